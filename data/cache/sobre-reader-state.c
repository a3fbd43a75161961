/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-reader-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cache/sobre-cache-writer-private.h"

#define CUTOFF_MARK ", cut-off "

static void
free_chunk (gpointer data)
{
  sobre_reader_chunk_free (data);
}

SobreReaderState *
sobre_reader_state_new (void)
{
  SobreReaderState *self = g_new0 (SobreReaderState, 1);

  self->dictionary = sobre_dictionary_new ();
  self->chunks = g_ptr_array_new_with_free_func (free_chunk);
  self->days = sobre_reader_days_new ();
  self->first_day = G_MAXINT32;
  self->last_day = G_MININT32;
  return self;
}

void
sobre_reader_state_free (SobreReaderState *self)
{
  sobre_dictionary_unref (self->dictionary);
  g_ptr_array_unref (self->chunks);
  g_hash_table_unref (self->days);
  g_free (self);
}

/* The fingerprint ends in "…, <time zone>, cut-off <minutes>"; it is believed only if the calendar read from it has that very fingerprint. */
SobreServiceCalendar *
sobre_reader_load_calendar (sqlite3 *db, GError **error)
{
  g_autofree char *found = sobre_cache_db_get_text (db, "SELECT value FROM meta WHERE name = 'fingerprint'");
  g_autofree char *expected = NULL;
  g_autoptr (SobreServiceCalendar) calendar = NULL;
  char *cutoff, *zone;

  if (found == NULL)
    {
      sobre_cache_db_set_damaged (error);
      return NULL;
    }
  cutoff = g_strrstr (found, CUTOFF_MARK);
  zone = cutoff != NULL ? g_strrstr_len (found, cutoff - found, ", ") : NULL;
  if (zone != NULL)
    {
      g_autofree char *name = g_strndup (zone + 2, (gsize) (cutoff - zone - 2));

      calendar = sobre_service_calendar_new (name, (guint) g_ascii_strtoull (cutoff + strlen (CUTOFF_MARK), NULL, 10));
    }
  expected = calendar != NULL ? sobre_cache_make_fingerprint (calendar) : NULL;
  if (g_strcmp0 (expected, found) == 0)
    return g_steal_pointer (&calendar);
  g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                       _ ("The cache was made by another version. The next sync builds it anew."));
  return NULL;
}

static SobreReaderChunk *
need_chunk (GHashTable *known, gint64 id)
{
  gpointer key = NULL, value = NULL;

  if (!g_hash_table_steal_extended (known, &id, &key, &value))
    {
      value = g_new0 (SobreReaderChunk, 1);
      ((SobreReaderChunk *) value)->chunk.id = id;
    }
  return value;
}

/* Chunks are never written twice, except where a guest was forgotten: the writer says so by the count of such times. */
static gboolean
load_chunks (SobreReaderState *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (
      db, "SELECT id, n_rows, n_answers, min_day, max_day, min_dt, max_dt, max_received FROM chunk ORDER BY id", error);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_chunk);
  gboolean row = statement != NULL;

  if (!row)
    return FALSE;
  for (guint i = 0; i < self->chunks->len; i++)
    {
      SobreReaderChunk *chunk = g_ptr_array_index (self->chunks, i);

      if (!chunk->is_tail)
        g_hash_table_insert (known, &chunk->chunk.id, chunk);
      else
        sobre_reader_chunk_free (chunk);
    }
  g_ptr_array_set_free_func (self->chunks, NULL);
  g_ptr_array_set_size (self->chunks, 0);
  g_ptr_array_set_free_func (self->chunks, free_chunk);

  while (TRUE)
    {
      SobreReaderChunk *chunk;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      chunk = need_chunk (known, sqlite3_column_int64 (statement, 0));
      g_ptr_array_add (self->chunks, chunk);
      chunk->chunk.n_rows = (guint) sqlite3_column_int64 (statement, 1);
      chunk->chunk.n_answers = (guint) sqlite3_column_int64 (statement, 2);
      chunk->chunk.min_day = (gint32) sqlite3_column_int64 (statement, 3);
      chunk->chunk.max_day = (gint32) sqlite3_column_int64 (statement, 4);
      chunk->chunk.min_dt = (gint32) sqlite3_column_int64 (statement, 5);
      chunk->chunk.max_dt = (gint32) sqlite3_column_int64 (statement, 6);
      chunk->chunk.max_received = sqlite3_column_int64 (statement, 7);
      if (chunk->chunk.n_rows == 0 || chunk->chunk.n_rows > SOBRE_CHUNK_ROWS)
        {
          sobre_cache_db_set_damaged (error);
          return FALSE;
        }
    }
}

static SobreReaderChunk *
make_tail (SobreRowBatch *batch, gint64 id)
{
  g_autofree guint32 *picked = g_new (guint32, batch->rows->len);
  g_autoptr (SobreChunk) encoded = NULL;
  SobreReaderChunk *tail = g_new0 (SobreReaderChunk, 1);

  for (guint i = 0; i < batch->rows->len; i++)
    picked[i] = i;
  encoded = sobre_chunk_encode (batch, picked, batch->rows->len);
  tail->is_tail = TRUE;
  tail->chunk = *encoded;
  tail->chunk.id = id;
  for (guint i = 0; i < SOBRE_CHUNK_N_COLUMNS; i++)
    {
      g_autoptr (GBytes) bytes = g_steal_pointer (&encoded->columns[i]);

      tail->chunk.columns[i] = NULL;
      if (!sobre_reader_chunk_take_column (tail, i, bytes, NULL))
        g_assert_not_reached ();
    }
  return tail;
}

static gboolean
load_tail (SobreReaderState *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, "SELECT row, crc, data FROM tail ORDER BY row", error);
  g_autoptr (SobreRowBatch) batch = sobre_row_batch_new ();
  gboolean row = statement != NULL;
  gint64 first = 0;

  if (!row)
    return FALSE;
  while (TRUE)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      bytes = sobre_cache_db_get_blob (statement, 1, error);
      if (bytes == NULL)
        return FALSE;
      if (batch->rows->len == 0)
        first = sqlite3_column_int64 (statement, 0);
      if (sqlite3_column_int64 (statement, 0) != first + batch->rows->len || batch->rows->len >= SOBRE_CHUNK_ROWS ||
          !sobre_row_deserialize (batch, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
        {
          sobre_cache_db_set_damaged (error);
          return FALSE;
        }
    }
  if (batch->rows->len > 0)
    g_ptr_array_add (self->chunks, make_tail (batch, first >> SOBRE_CHUNK_SHIFT));
  return TRUE;
}

static gboolean
load_dead (SobreReaderState *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, "SELECT row FROM dead ORDER BY row", error);
  gboolean row = statement != NULL;
  guint index = 0;

  if (!row)
    return FALSE;
  for (guint i = 0; i < self->chunks->len; i++)
    {
      SobreReaderChunk *chunk = g_ptr_array_index (self->chunks, i);

      g_clear_pointer (&chunk->alive, g_free);
      chunk->n_dead = 0;
    }
  while (TRUE)
    {
      SobreReaderChunk *chunk;
      gint64 number;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      number = sqlite3_column_int64 (statement, 0);
      while (index < self->chunks->len &&
             ((SobreReaderChunk *) g_ptr_array_index (self->chunks, index))->chunk.id < number >> SOBRE_CHUNK_SHIFT)
        index++;
      chunk = index < self->chunks->len ? g_ptr_array_index (self->chunks, index) : NULL;
      number &= SOBRE_CHUNK_ROWS - 1;
      if (chunk == NULL || number >= chunk->chunk.n_rows)
        continue;
      if (chunk->alive == NULL)
        {
          chunk->alive = g_malloc (chunk->chunk.n_rows);
          memset (chunk->alive, 1, chunk->chunk.n_rows);
        }
      chunk->alive[number] = 0;
      chunk->n_dead++;
    }
}

gboolean
sobre_reader_state_load (SobreReaderState *self, sqlite3 *db, GError **error)
{
  if (!sobre_dictionary_load (self->dictionary, db, error) || !load_chunks (self, db, error) || !load_tail (self, db, error) ||
      !load_dead (self, db, error) || !sobre_reader_state_check_cubes (self, db, error))
    return FALSE;

  self->n_bytes = 0;
  for (guint i = 0; i < self->chunks->len; i++)
    self->n_bytes += ((SobreReaderChunk *) g_ptr_array_index (self->chunks, i))->n_bytes;
  return TRUE;
}
