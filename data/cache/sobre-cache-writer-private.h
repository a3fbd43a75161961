/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-db.h"
#include "cache/sobre-cache-writer.h"
#include "cache/sobre-chunk.h"
#include "cache/sobre-cube.h"
#include "cache/sobre-sheet.h"

/* A short chunk is sealed when a commit leaves this many new rows; fewer go to the tail, which a reader decodes row by row. */
#define SOBRE_WRITER_SHORT_CHUNK 2048
#define SOBRE_WRITER_N_KEPT 8

/** SobreWriterStatement: the prepared statements of a writer. */
typedef enum
{
  SOBRE_WRITER_ADD_SEEN,
  SOBRE_WRITER_FIND_SEEN,
  SOBRE_WRITER_MOVE_SEEN,
  SOBRE_WRITER_FIND_AGAIN,
  SOBRE_WRITER_PUT_AGAIN,
  SOBRE_WRITER_ADD_CHUNK,
  SOBRE_WRITER_ADD_COLUMN,
  SOBRE_WRITER_GET_CHUNK,
  SOBRE_WRITER_GET_COLUMN,
  SOBRE_WRITER_ADD_DEAD,
  SOBRE_WRITER_PUT_TAIL,
  SOBRE_WRITER_GET_TAIL,
  SOBRE_WRITER_CLEAR_TAIL,
  SOBRE_WRITER_ADD_COMMENT,
  SOBRE_WRITER_DROP_COMMENT,
  SOBRE_WRITER_GET_CUBE,
  SOBRE_WRITER_PUT_CUBE,
  SOBRE_WRITER_DROP_CUBE,
  SOBRE_WRITER_PUT_LEDGER,
  SOBRE_WRITER_DROP_LEDGER,
  SOBRE_WRITER_FIND_LEDGER,
  SOBRE_WRITER_RENAME_LEDGER,
  SOBRE_WRITER_ADD_CONFLICT,
  SOBRE_WRITER_DROP_CONFLICT,
  SOBRE_WRITER_ADD_QUARANTINE,
  SOBRE_WRITER_DROP_QUARANTINE,
  SOBRE_WRITER_ADD_EVENT,
  SOBRE_WRITER_FIND_EVENT,
  SOBRE_WRITER_REPLACE_EVENT,
  SOBRE_WRITER_ADD_PURCHASE,
  SOBRE_WRITER_FIND_PURCHASE,
  SOBRE_WRITER_REPLACE_PURCHASE,
  SOBRE_WRITER_CHANGE_SHEET,
  SOBRE_WRITER_LIST_CHANGED,
  SOBRE_WRITER_PUT_SHEET,
  SOBRE_WRITER_ADD_SHEET_COLUMN,
  SOBRE_WRITER_DROP_SHEET_COLUMNS,
} SobreWriterStatement;

#define SOBRE_WRITER_N_STATEMENTS (SOBRE_WRITER_DROP_SHEET_COLUMNS + 1)

/**
 * SobreCacheWriter:
 * @open: the rows of the chunk that is not sealed: the tail's and those taken since
 * @n_stored: how many of them the tail table and the comment index have
 * @open_chunk: that chunk's id
 * @kept: chunks read lately, for copies of ids that lie in them
 * @touched: (element-type gint guint): by key of a day, how many events or orders of it were taken since the transaction began
 * @day_rows: by table: reads the rows of a day
 * @data_version: what SQLite said when all this was read; another number means that another program has written
 */
struct _SobreCacheWriter
{
  char *folder;
  char *lock_path;
  int lock;
  int generations_lock;
  sqlite3 *db;
  guint64 generation;
  gboolean aside;
  SobreServiceCalendar *calendar;
  guint n_forgotten;
  SobreDictionary *dictionary;
  SobreCubes *cubes;
  gint64 secret;
  sqlite3_stmt *statements[SOBRE_WRITER_N_STATEMENTS];
  SobreRowBatch *open;
  guint n_stored;
  gint64 open_chunk;
  SobreChunk *kept[SOBRE_WRITER_N_KEPT];
  guint next_kept;
  GHashTable *touched;
  sqlite3_stmt *day_rows[SOBRE_N_SHEET_TABLES];
  gint64 data_version;
  guint64 epoch;
  gboolean in_transaction;
  guint64 n_pending;
  SobreCacheTally tally;
};

static inline sqlite3_stmt *
sobre_writer_statement (SobreCacheWriter *self, SobreWriterStatement statement)
{
  return self->statements[statement];
}

/** Reads the tail into @open. */
gboolean sobre_writer_load_tail (SobreCacheWriter *self, GError **error);

/** Appends a row to the open chunk and seals it when it is full. @row_number: (out) */
gboolean sobre_writer_append (SobreCacheWriter *self,
                              const SobreRowBatch *batch,
                              const SobreRow *row,
                              gint64 *row_number,
                              GError **error);
gint64 sobre_writer_get_next_row (SobreCacheWriter *self);
gboolean sobre_writer_seal (SobreCacheWriter *self, GError **error);

/** Writes the open chunk's new rows to the tail, or seals them; then the cubes. */
gboolean sobre_writer_flush (SobreCacheWriter *self, GError **error);

/** A sealed chunk with all columns. Returns: (transfer none) (nullable): valid until the next call */
SobreChunk *sobre_writer_get_chunk (SobreCacheWriter *self, gint64 id, GError **error);
gboolean sobre_writer_write_chunk (SobreCacheWriter *self, const SobreChunk *chunk, GError **error);
void sobre_writer_drop_kept (SobreCacheWriter *self);

gboolean sobre_writer_index_comment (SobreCacheWriter *self,
                                     const SobreRowBatch *batch,
                                     const SobreRow *row,
                                     gint64 row_number,
                                     GError **error);
gboolean sobre_writer_unindex_comment (SobreCacheWriter *self,
                                       const SobreRowBatch *batch,
                                       const SobreRow *row,
                                       gint64 row_number,
                                       GError **error);
gboolean sobre_writer_put_tail (SobreCacheWriter *self, guint index, GError **error);
gboolean sobre_writer_clear (SobreCacheWriter *self, SobreWriterStatement statement, GError **error);
gboolean sobre_writer_mark_dead (SobreCacheWriter *self, gint64 row_number, GError **error);

/** Notes that a row of @day was added or replaced. */
void sobre_writer_touch_day (SobreCacheWriter *self, SobreSheetTable table, gint32 day);

/** Writes which days have changed, and makes the sheets of those that are due. */
gboolean sobre_writer_flush_sheets (SobreCacheWriter *self, GError **error);
gboolean sobre_writer_prepare_sheets (SobreCacheWriter *self, GError **error);

/** What a cache was made for; one with another fingerprint is stale. (transfer full) */
char *sobre_cache_make_fingerprint (SobreServiceCalendar *calendar);
