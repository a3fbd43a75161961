/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a writer does with rows. The rule for two copies of one id does not ask which came first: the smaller of (received_at,
 * submitted_at, duration_ms, comment, dt) counts. So an incremental cache and a rebuilt one agree whatever order the objects came in. */

#include <stdlib.h>
#include <string.h>

#include "cache/sobre-cache-writer-private.h"

/** Ordered: a row of a batch and its key; sorted, so that the index grows at its end. */
typedef struct
{
  gint64 key;
  guint32 index;
} Ordered;

/** Stored: the copy of an id that the cache holds. @batch is where its texts are, once they have been asked for. */
typedef struct
{
  SobreRow row;
  gint64 number;
  SobreChunk *chunk; /* NULL when it is in the open chunk */
  SobreRowBatch *alone;
} Stored;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Ordered *left = a, *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return (left->index > right->index) - (left->index < right->index);
}

static GArray *
order_rows (const SobreRowBatch *batch)
{
  GArray *ordered = g_array_sized_new (FALSE, FALSE, sizeof (Ordered), batch->rows->len);
  gboolean sorted = TRUE;

  for (guint i = 0; i < batch->rows->len; i++)
    {
      Ordered entry = { sobre_row_batch_get (batch, i)->key, i };

      sorted = sorted && (i == 0 || g_array_index (ordered, Ordered, i - 1).key <= entry.key);
      g_array_append_val (ordered, entry);
    }
  if (!sorted)
    g_array_sort (ordered, compare_keys);
  return ordered;
}

static gboolean
find_stored (SobreCacheWriter *self, gint64 number, Stored *stored, GError **error)
{
  guint index = (guint) (number & (SOBRE_CHUNK_ROWS - 1));

  stored->number = number;
  stored->chunk = NULL;
  if (number >> SOBRE_CHUNK_SHIFT == self->open_chunk && index < self->open->rows->len)
    {
      stored->row = *sobre_row_batch_get (self->open, index);
      return TRUE;
    }
  stored->chunk = sobre_writer_get_chunk (self, number >> SOBRE_CHUNK_SHIFT, error);
  if (stored->chunk == NULL)
    return FALSE;
  if (sobre_chunk_decode_numbers (stored->chunk, index, &stored->row))
    return TRUE;
  sobre_cache_db_set_damaged (error);
  return FALSE;
}

/* The stored row with its texts and answers: the batch that holds it, and it in there. */
static const SobreRow *
get_stored_row (SobreCacheWriter *self, Stored *stored, const SobreRowBatch **batch, GError **error)
{
  guint index = (guint) (stored->number & (SOBRE_CHUNK_ROWS - 1));

  if (stored->chunk == NULL)
    {
      *batch = self->open;
      return sobre_row_batch_get (self->open, index);
    }
  if (stored->alone == NULL)
    {
      stored->alone = sobre_row_batch_new ();
      if (!sobre_chunk_decode_row (stored->chunk, index, stored->alone))
        {
          sobre_cache_db_set_damaged (error);
          return NULL;
        }
    }
  *batch = stored->alone;
  return sobre_row_batch_get (stored->alone, 0);
}

static gboolean
run_conflict (SobreCacheWriter *self,
              SobreWriterStatement which,
              const SobreId *id,
              guint32 body,
              const char *object,
              GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, which);

  sqlite3_bind_blob (statement, 1, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, body);
  if (object != NULL)
    sqlite3_bind_text (statement, 3, object, -1, SQLITE_STATIC);
  return sobre_cache_db_run (statement, error);
}

static gboolean
replace_in_open_chunk (SobreCacheWriter *self, Stored *stored, const SobreRowBatch *batch, const SobreRow *row, GError **error)
{
  guint index = (guint) (stored->number & (SOBRE_CHUNK_ROWS - 1));
  SobreRow old = *sobre_row_batch_get (self->open, index);
  guint last;

  if (index < self->n_stored && !sobre_writer_unindex_comment (self, self->open, &old, stored->number, error))
    return FALSE;
  last = sobre_row_batch_append_copy (self->open, batch, row);
  g_array_index (self->open->rows, SobreRow, index) = *sobre_row_batch_get (self->open, last);
  g_array_set_size (self->open->rows, last);
  if (index >= self->n_stored)
    return TRUE;
  return sobre_writer_index_comment (self, self->open, sobre_row_batch_get (self->open, index), stored->number, error) &&
         sobre_writer_put_tail (self, index, error);
}

static gboolean
move_seen (SobreCacheWriter *self, const SobreRow *row, gboolean again, gint64 number, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, again ? SOBRE_WRITER_PUT_AGAIN : SOBRE_WRITER_MOVE_SEEN);

  if (again)
    sqlite3_bind_blob (statement, 1, row->id.bytes, sizeof row->id.bytes, SQLITE_STATIC);
  else
    sqlite3_bind_int64 (statement, 1, row->key);
  sqlite3_bind_int64 (statement, 2, number);
  return sobre_cache_db_run (statement, error);
}

static gboolean
replace (SobreCacheWriter *self,
         Stored *stored,
         const SobreRowBatch *batch,
         const SobreRow *row,
         gboolean again,
         GError **error)
{
  const SobreRowBatch *old_batch;
  const SobreRow *old = get_stored_row (self, stored, &old_batch, error);
  gint64 number;

  if (old == NULL)
    return FALSE;
  sobre_cubes_count (self->cubes, old_batch, old, -1);
  sobre_cubes_count (self->cubes, batch, row, 1);
  if (stored->chunk == NULL)
    return replace_in_open_chunk (self, stored, batch, row, error);
  return sobre_writer_mark_dead (self, stored->number, error) &&
         sobre_writer_unindex_comment (self, old_batch, old, stored->number, error) &&
         sobre_writer_append (self, batch, row, &number, error) && move_seen (self, row, again, number, error);
}

static SobreText
comment_of (const SobreRowBatch *batch, const SobreRow *row)
{
  return sobre_row_batch_get_text (batch, row->comment_offset, row->comment_length);
}

/* Whether the new copy counts. Most often the times tell, or the bodies are the same and only the day is left to tell: then the stored row's
 * words, which are packed, need not be looked at. */
static gboolean
wins (SobreCacheWriter *self,
      Stored *stored,
      const SobreRowBatch *batch,
      const SobreRow *row,
      gboolean *wins_over,
      GError **error)
{
  int order = sobre_row_compare_times (row, &stored->row);
  const SobreRowBatch *old_batch;
  const SobreRow *old;

  *wins_over = order < 0 || (order == 0 && row->body == stored->row.body && row->dt < stored->row.dt);
  if (order != 0 || row->body == stored->row.body)
    return TRUE;
  old = get_stored_row (self, stored, &old_batch, error);
  if (old == NULL)
    return FALSE;
  *wins_over = sobre_row_wins (row, comment_of (batch, row), old, comment_of (old_batch, old));
  return TRUE;
}

/* Another copy of an id that is there. */
static gboolean
take_copy (SobreCacheWriter *self,
           const SobreCacheSource *source,
           Stored *stored,
           const SobreRowBatch *batch,
           const SobreRow *row,
           gboolean again,
           GError **error)
{
  gboolean same_body = stored->row.body == row->body;
  gboolean wins_over;

  self->tally.duplicates++;
  if (same_body && stored->row.received_at == row->received_at && stored->row.dt == row->dt)
    return TRUE;

  if (!wins (self, stored, batch, row, &wins_over, error))
    return FALSE;
  if (!same_body)
    {
      guint32 loser = wins_over ? stored->row.body : row->body;

      self->tally.conflicts++;
      if (!run_conflict (self, SOBRE_WRITER_ADD_CONFLICT, &row->id, loser, source->key, error) ||
          (wins_over && !run_conflict (self, SOBRE_WRITER_DROP_CONFLICT, &row->id, row->body, NULL, error)))
        return FALSE;
    }
  return !wins_over || replace (self, stored, batch, row, again, error);
}

static gboolean
accept (SobreCacheWriter *self, const SobreRowBatch *batch, const SobreRow *row, GError **error)
{
  gint64 number;

  sobre_cubes_count (self->cubes, batch, row, 1);
  self->tally.rows++;
  self->n_pending++;
  return sobre_writer_append (self, batch, row, &number, error);
}

static gboolean
look_up (SobreCacheWriter *self,
         SobreWriterStatement which,
         const SobreRow *row,
         gint64 *number,
         gboolean *found,
         GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, which);

  if (which == SOBRE_WRITER_FIND_AGAIN)
    sqlite3_bind_blob (statement, 1, row->id.bytes, sizeof row->id.bytes, SQLITE_STATIC);
  else
    sqlite3_bind_int64 (statement, 1, row->key);
  if (!sobre_cache_db_step (statement, found, error))
    return FALSE;
  *number = *found ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  return TRUE;
}

/* The key is taken: by a copy of the same id, or by another id that happens to share it. */
static gboolean
take_known_key (SobreCacheWriter *self,
                const SobreCacheSource *source,
                const SobreRowBatch *batch,
                const SobreRow *row,
                GError **error)
{
  Stored stored = { 0 };
  gboolean found, again = FALSE, done;
  gint64 number;

  if (!look_up (self, SOBRE_WRITER_FIND_SEEN, row, &number, &found, error) || !find_stored (self, number, &stored, error))
    return FALSE;
  if (sobre_id_compare (&stored.row.id, &row->id) != 0)
    {
      if (!look_up (self, SOBRE_WRITER_FIND_AGAIN, row, &number, &again, error) ||
          (again && !find_stored (self, number, &stored, error)))
        return FALSE;
      found = again;
    }
  if (found)
    {
      done = take_copy (self, source, &stored, batch, row, again, error);
      g_clear_pointer (&stored.alone, sobre_row_batch_unref);
      return done;
    }
  return move_seen (self, row, TRUE, sobre_writer_get_next_row (self), error) && accept (self, batch, row, error);
}

gboolean
sobre_cache_writer_take (SobreCacheWriter *self, const SobreCacheSource *source, SobreRowBatch *batch, GError **error)
{
  g_autoptr (GArray) ordered = order_rows (batch);
  sqlite3_stmt *add = sobre_writer_statement (self, SOBRE_WRITER_ADD_SEEN);

  for (guint i = 0; i < ordered->len; i++)
    {
      const SobreRow *row = sobre_row_batch_get (batch, g_array_index (ordered, Ordered, i).index);

      sqlite3_bind_int64 (add, 1, row->key);
      sqlite3_bind_int64 (add, 2, sobre_writer_get_next_row (self));
      if (!sobre_cache_db_run (add, error))
        return FALSE;
      if (!(sqlite3_changes64 (self->db) > 0 ? accept (self, batch, row, error)
                                             : take_known_key (self, source, batch, row, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_cache_writer_quarantine (SobreCacheWriter *self,
                               const SobreCacheSource *source,
                               const SobreReject *reject,
                               GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_ADD_QUARANTINE);

  sqlite3_bind_text (statement, 1, source->key, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, (gint64) reject->line);
  sqlite3_bind_int64 (statement, 3, (gint64) reject->offset);
  sqlite3_bind_text (statement, 4, reject->reason, -1, SQLITE_STATIC);
  sqlite3_bind_blob64 (statement, 5, reject->text.data != NULL ? reject->text.data : "", reject->text.length, SQLITE_STATIC);
  return sobre_cache_db_run (statement, error);
}

gboolean
sobre_cache_writer_enter (SobreCacheWriter *self, const SobreCacheSource *source, guint64 rows, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_PUT_LEDGER);

  sqlite3_bind_text (statement, 1, source->key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, source->etag, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, (gint64) source->size);
  sqlite3_bind_int64 (statement, 4, source->dataset);
  sqlite3_bind_int64 (statement, 5, (gint64) source->cursor);
  sqlite3_bind_int64 (statement, 6, (gint64) rows);
  sqlite3_bind_int64 (statement, 7, (gint64) source->n_rejects);
  sqlite3_bind_text (statement, 8, source->failure, -1, SQLITE_STATIC);
  return sobre_cache_db_run (statement, error);
}

gboolean
sobre_cache_writer_strike (SobreCacheWriter *self, const char *key, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_DROP_LEDGER);

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  if (!sobre_cache_db_run (statement, error))
    return FALSE;
  statement = sobre_writer_statement (self, SOBRE_WRITER_DROP_QUARANTINE);
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  return sobre_cache_db_run (statement, error);
}
