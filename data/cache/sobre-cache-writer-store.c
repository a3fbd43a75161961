/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How rows become chunks: the open chunk grows row by row; its rows have their final numbers from the first, so nothing moves when it is
 * sealed. Full chunks are sealed at once, inside the transaction; what is left at a commit goes to the tail. */

#include "cache/sobre-cache-writer-private.h"

gboolean
sobre_writer_clear (SobreCacheWriter *self, SobreWriterStatement statement, GError **error)
{
  return sobre_cache_db_run (sobre_writer_statement (self, statement), error);
}

gboolean
sobre_writer_load_tail (SobreCacheWriter *self, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_GET_TAIL);
  gboolean row;

  g_clear_pointer (&self->open, sobre_row_batch_unref);
  self->open = sobre_row_batch_new ();
  self->open_chunk = sobre_cache_db_get_int (self->db, "SELECT max(id) + 1 FROM chunk", 1);
  for (;;)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      bytes = sobre_cache_db_get_blob (statement, 1, error);
      if (bytes == NULL || sqlite3_column_int64 (statement, 0) != sobre_writer_get_next_row (self) ||
          !sobre_row_deserialize (self->open, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
        {
          sqlite3_reset (statement);
          if (bytes != NULL)
            sobre_cache_db_set_damaged (error);
          return FALSE;
        }
    }
  sqlite3_reset (statement);
  self->n_stored = self->open->rows->len;
  return TRUE;
}

gint64
sobre_writer_get_next_row (SobreCacheWriter *self)
{
  return self->open_chunk << SOBRE_CHUNK_SHIFT | self->open->rows->len;
}

static gboolean
run_comment (SobreCacheWriter *self,
             SobreWriterStatement which,
             const SobreRowBatch *batch,
             const SobreRow *row,
             gint64 row_number,
             GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, which);
  SobreText text = sobre_row_batch_get_text (batch, row->comment_offset, row->comment_length);

  if (row->comment_length <= 0)
    return TRUE;
  sqlite3_bind_int64 (statement, 1, row_number);
  sqlite3_bind_text (statement, 2, text.data, (int) text.length, SQLITE_STATIC);
  return sobre_cache_db_run (statement, error);
}

gboolean
sobre_writer_index_comment (SobreCacheWriter *self,
                            const SobreRowBatch *batch,
                            const SobreRow *row,
                            gint64 row_number,
                            GError **error)
{
  return run_comment (self, SOBRE_WRITER_ADD_COMMENT, batch, row, row_number, error);
}

gboolean
sobre_writer_unindex_comment (SobreCacheWriter *self,
                              const SobreRowBatch *batch,
                              const SobreRow *row,
                              gint64 row_number,
                              GError **error)
{
  return run_comment (self, SOBRE_WRITER_DROP_COMMENT, batch, row, row_number, error);
}

gboolean
sobre_writer_mark_dead (SobreCacheWriter *self, gint64 row_number, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_ADD_DEAD);

  sqlite3_bind_int64 (statement, 1, row_number);
  return sobre_cache_db_run (statement, error);
}

gboolean
sobre_writer_write_chunk (SobreCacheWriter *self, const SobreChunk *chunk, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_ADD_CHUNK);
  const gint64 numbers[] = { chunk->id,      chunk->n_rows, chunk->n_answers, chunk->min_day,
                             chunk->max_day, chunk->min_dt, chunk->max_dt,    chunk->max_received };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, (int) i + 1, numbers[i]);
  if (!sobre_cache_db_run (statement, error))
    return FALSE;

  statement = sobre_writer_statement (self, SOBRE_WRITER_ADD_COLUMN);
  for (guint column = 0; column < SOBRE_CHUNK_N_COLUMNS; column++)
    {
      sqlite3_bind_int64 (statement, 1, chunk->id << SOBRE_CHUNK_COLUMN_SHIFT | column);
      sobre_cache_db_bind_blob (statement, 2, chunk->columns[column]);
      if (!sobre_cache_db_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
index_new_comments (SobreCacheWriter *self, GError **error)
{
  for (guint i = self->n_stored; i < self->open->rows->len; i++)
    {
      if (!sobre_writer_index_comment (self, self->open, sobre_row_batch_get (self->open, i),
                                       self->open_chunk << SOBRE_CHUNK_SHIFT | i, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_writer_seal (SobreCacheWriter *self, GError **error)
{
  guint n = self->open->rows->len;
  g_autofree guint32 *picked = g_new (guint32, n);
  g_autoptr (SobreChunk) chunk = NULL;

  for (guint i = 0; i < n; i++)
    picked[i] = i;
  chunk = sobre_chunk_encode (self->open, picked, n);
  chunk->id = self->open_chunk;
  if (!sobre_writer_write_chunk (self, chunk, error) || !index_new_comments (self, error))
    return FALSE;
  if (self->n_stored > 0 && !sobre_writer_clear (self, SOBRE_WRITER_CLEAR_TAIL, error))
    return FALSE;

  g_array_set_size (self->open->rows, 0);
  g_array_set_size (self->open->answers, 0);
  g_byte_array_set_size (self->open->text, 0);
  self->n_stored = 0;
  self->open_chunk++;
  return TRUE;
}

gboolean
sobre_writer_append (SobreCacheWriter *self,
                     const SobreRowBatch *batch,
                     const SobreRow *row,
                     gint64 *row_number,
                     GError **error)
{
  *row_number = sobre_writer_get_next_row (self);
  sobre_row_batch_append_copy (self->open, batch, row);
  return self->open->rows->len < SOBRE_CHUNK_ROWS || sobre_writer_seal (self, error);
}

gboolean
sobre_writer_put_tail (SobreCacheWriter *self, guint index, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_PUT_TAIL);
  g_autoptr (GBytes) bytes = sobre_row_serialize (self->open, sobre_row_batch_get (self->open, index));

  sqlite3_bind_int64 (statement, 1, self->open_chunk << SOBRE_CHUNK_SHIFT | index);
  sobre_cache_db_bind_blob (statement, 2, bytes);
  return sobre_cache_db_run (statement, error);
}

static gboolean
flush_rows (SobreCacheWriter *self, GError **error)
{
  if (self->open->rows->len - self->n_stored >= SOBRE_WRITER_SHORT_CHUNK)
    return sobre_writer_seal (self, error);

  if (!index_new_comments (self, error))
    return FALSE;
  for (guint i = self->n_stored; i < self->open->rows->len; i++)
    {
      if (!sobre_writer_put_tail (self, i, error))
        return FALSE;
    }
  self->n_stored = self->open->rows->len;
  return TRUE;
}

static gboolean
flush_day (gint32 day, SobreCubeKind cube, const SobreCubeCell *cells, guint n_cells, gpointer user_data, GError **error)
{
  SobreCacheWriter *self = user_data;
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_GET_CUBE);
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) merged = NULL;
  gboolean row;

  sqlite3_bind_int64 (statement, 1, sobre_cube_get_id (day, cube));
  if (!sobre_cache_db_step (statement, &row, error))
    return FALSE;
  old = row ? sobre_cache_db_get_blob (statement, 0, error) : g_bytes_new (NULL, 0);
  sqlite3_reset (statement);
  if (old == NULL)
    return FALSE;
  merged = sobre_cube_merge (g_bytes_get_data (old, NULL), g_bytes_get_size (old), cells, n_cells);
  if (merged == NULL)
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }

  statement = sobre_writer_statement (self, g_bytes_get_size (merged) > 0 ? SOBRE_WRITER_PUT_CUBE : SOBRE_WRITER_DROP_CUBE);
  sqlite3_bind_int64 (statement, 1, sobre_cube_get_id (day, cube));
  if (g_bytes_get_size (merged) > 0)
    sobre_cache_db_bind_blob (statement, 2, merged);
  return sobre_cache_db_run (statement, error);
}

gboolean
sobre_writer_flush (SobreCacheWriter *self, GError **error)
{
  gboolean done = flush_rows (self, error) && sobre_cubes_foreach_day (self->cubes, flush_day, self, error);

  sobre_cubes_clear (self->cubes);
  return done;
}

void
sobre_writer_drop_kept (SobreCacheWriter *self)
{
  for (guint i = 0; i < SOBRE_WRITER_N_KEPT; i++)
    g_clear_pointer (&self->kept[i], sobre_chunk_free);
}

static gboolean
read_columns (SobreCacheWriter *self, SobreChunk *chunk, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_GET_COLUMN);

  for (guint column = 0; column < SOBRE_CHUNK_N_COLUMNS; column++)
    {
      gboolean row;

      sqlite3_bind_int64 (statement, 1, chunk->id << SOBRE_CHUNK_COLUMN_SHIFT | column);
      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      chunk->columns[column] = row ? sobre_cache_db_get_blob (statement, 0, error) : NULL;
      sqlite3_reset (statement);
      if (!row)
        sobre_cache_db_set_damaged (error);
      if (chunk->columns[column] == NULL)
        return FALSE;
    }
  return TRUE;
}

SobreChunk *
sobre_writer_get_chunk (SobreCacheWriter *self, gint64 id, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_GET_CHUNK);
  g_autoptr (SobreChunk) chunk = NULL;
  gboolean row;

  for (guint i = 0; i < SOBRE_WRITER_N_KEPT; i++)
    {
      if (self->kept[i] != NULL && self->kept[i]->id == id)
        return self->kept[i];
    }

  sqlite3_bind_int64 (statement, 1, id);
  if (!sobre_cache_db_step (statement, &row, error))
    return NULL;
  chunk = g_new0 (SobreChunk, 1);
  chunk->id = id;
  chunk->n_rows = row ? (guint) sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  if (chunk->n_rows == 0 || chunk->n_rows > SOBRE_CHUNK_ROWS)
    {
      sobre_cache_db_set_damaged (error);
      return NULL;
    }
  if (!read_columns (self, chunk, error))
    return NULL;

  g_clear_pointer (&self->kept[self->next_kept], sobre_chunk_free);
  self->kept[self->next_kept] = g_steal_pointer (&chunk);
  id = self->next_kept;
  self->next_kept = (self->next_kept + 1) % SOBRE_WRITER_N_KEPT;
  return self->kept[id];
}
