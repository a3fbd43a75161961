/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-reader-private.h"

/** SobreReaderDay: the cells of one day and cube, as they were when the file's CRC was @crc; %SOBRE_READER_NO_DAY when it had none. */
typedef struct
{
  gint64 crc;
  gboolean current;
  SobreCubeCell *cells;
  guint n_cells;
} SobreReaderDay;

#define SOBRE_READER_NO_DAY (-1)

/**
 * SobreReaderState: what a reader keeps in memory of the state it reads.
 * @chunks: (element-type SobreReaderChunk): by id; the tail, if there is one, last
 * @days: gint64 id of a cube's row → SobreReaderDay, of those that were asked for
 * @first_day: that any cube has cells of; after @last_day when none has
 * @n_bytes: of all columns kept
 */
typedef struct
{
  SobreDictionary *dictionary;
  GPtrArray *chunks;
  GHashTable *days;
  gint32 first_day;
  gint32 last_day;
  gsize n_bytes;
} SobreReaderState;

SobreReaderState *sobre_reader_state_new (void);
void sobre_reader_state_free (SobreReaderState *self);

GHashTable *sobre_reader_days_new (void);

/** Forgets the cells that the file has in another state now, and finds out which days it has. */
gboolean sobre_reader_state_check_cubes (SobreReaderState *self, sqlite3 *db, GError **error);

/** Brings @self up to the state that the connection's transaction sees. */
gboolean sobre_reader_state_load (SobreReaderState *self, sqlite3 *db, GError **error);

/** Reads the cells of those days that are not in memory yet. */
gboolean
sobre_reader_state_need_cube (SobreReaderState *self, sqlite3 *db, SobreCubeKind cube, gint32 from, gint32 to, GError **error);
const SobreCubeCell *sobre_reader_state_get_cube (SobreReaderState *self, gint32 day, SobreCubeKind cube, guint *n_cells);

/** The calendar of a cache's fingerprint. (transfer full) (nullable) */
SobreServiceCalendar *sobre_reader_load_calendar (sqlite3 *db, GError **error);

/** Takes a column, measured: %FALSE with %SOBRE_CACHE_ERROR_DAMAGED when it is not what a chunk holds. */
gboolean sobre_reader_chunk_take_column (SobreReaderChunk *self, SobreChunkColumn column, GBytes *bytes, GError **error);
void sobre_reader_chunk_drop_columns (SobreReaderChunk *self);
void sobre_reader_chunk_free (SobreReaderChunk *self);
