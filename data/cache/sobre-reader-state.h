/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-reader-private.h"

/** SobreReaderDay: the cells of one day and cube, as they were when the file's CRC was @crc. */
typedef struct
{
  gint64 crc;
  gboolean seen;
  GArray *cells;
} SobreReaderDay;

/**
 * SobreReaderState: what a reader keeps in memory of the state it reads.
 * @chunks: (element-type SobreReaderChunk): by id; the tail, if there is one, last
 * @days: gint64 id of a cube's row → SobreReaderDay
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

/** Brings @self up to the state that the connection's transaction sees. */
gboolean sobre_reader_state_load (SobreReaderState *self, sqlite3 *db, GError **error);
const SobreCubeCell *sobre_reader_state_get_cube (SobreReaderState *self, gint32 day, SobreCubeKind cube, guint *n_cells);

/** The calendar of a cache's fingerprint. (transfer full) (nullable) */
SobreServiceCalendar *sobre_reader_load_calendar (sqlite3 *db, GError **error);

/** Takes a column, measured: %FALSE with %SOBRE_CACHE_ERROR_DAMAGED when it is not what a chunk holds. */
gboolean sobre_reader_chunk_take_column (SobreReaderChunk *self, SobreChunkColumn column, GBytes *bytes, GError **error);
void sobre_reader_chunk_drop_columns (SobreReaderChunk *self);
void sobre_reader_chunk_free (SobreReaderChunk *self);
void sobre_reader_set_damaged (GError **error);
