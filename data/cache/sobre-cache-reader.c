/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cache/sobre-integers.h"
#include "cache/sobre-reader-state.h"

/* Columns of about a million responses and their answers, without ids and words, take 25 MB. */
#define MAX_KEPT_BYTES (40u << 20)

/* Pages on the way to a column are used for its neighbours at most, who are read next. */
#define KEEP_FEW_PAGES "PRAGMA cache_size = 16"

/**
 * SobreCacheReader:
 * @depth: how often begin was called without end
 * @commits: the number of the state that @state was loaded from
 * @max_kept: bytes of columns
 */
struct _SobreCacheReader
{
  GObject parent_instance;

  char *folder;
  guint64 generation;
  sqlite3 *db;
  sqlite3_stmt *get_column;
  sqlite3_stmt *get_commits;
  SobreServiceCalendar *calendar;
  SobreReaderState *state;
  gint64 commits;
  guint depth;
  guint64 clock;
  gsize max_kept;
};

G_DEFINE_FINAL_TYPE (SobreCacheReader, sobre_cache_reader, G_TYPE_OBJECT)

static void
close_generation (SobreCacheReader *self)
{
  g_clear_pointer (&self->state, sobre_reader_state_free);
  g_clear_pointer (&self->get_column, sqlite3_finalize);
  g_clear_pointer (&self->get_commits, sqlite3_finalize);
  g_clear_pointer (&self->db, sobre_cache_db_close);
  g_clear_pointer (&self->calendar, sobre_service_calendar_unref);
}

static void
sobre_cache_reader_finalize (GObject *object)
{
  SobreCacheReader *self = SOBRE_CACHE_READER (object);

  close_generation (self);
  g_free (self->folder);
  G_OBJECT_CLASS (sobre_cache_reader_parent_class)->finalize (object);
}

static void
sobre_cache_reader_class_init (SobreCacheReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_cache_reader_finalize;
}

static void
sobre_cache_reader_init (SobreCacheReader *self)
{
  self->max_kept = MAX_KEPT_BYTES;
}

static gboolean
open_generation (SobreCacheReader *self, guint64 generation, GError **error)
{
  g_autofree char *path = sobre_cache_generation_get_path (self->folder, generation);

  close_generation (self);
  if (generation == 0 || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_MISSING,
                           _ ("Nothing has been read from the lake yet. Sync first."));
      return FALSE;
    }
  self->db = sobre_cache_db_open (path, FALSE, error);
  if (self->db == NULL)
    return FALSE;
  self->calendar = sobre_reader_load_calendar (self->db, error);
  if (self->calendar == NULL)
    return FALSE;
  self->get_column = sobre_cache_db_prepare (self->db, "SELECT crc, data FROM chunk_column WHERE id = ?", error);
  if (self->get_column == NULL)
    return FALSE;
  self->get_commits = sobre_cache_db_prepare (self->db, "SELECT value FROM meta WHERE name = 'commits'", error);
  if (self->get_commits == NULL)
    return FALSE;
  self->state = sobre_reader_state_new ();
  self->commits = -1;
  self->generation = generation;
  return self->max_kept > 0 || sobre_cache_db_exec (self->db, KEEP_FEW_PAGES, error);
}

SobreCacheReader *
sobre_cache_reader_open (const char *folder, GError **error)
{
  g_autoptr (SobreCacheReader) self = g_object_new (SOBRE_TYPE_CACHE_READER, NULL);

  self->folder = g_strdup (folder);
  if (!sobre_cache_reader_begin (self, error))
    return NULL;
  sobre_cache_reader_end (self);
  return g_steal_pointer (&self);
}

gboolean
sobre_cache_reader_keep_nothing (SobreCacheReader *self, GError **error)
{
  self->max_kept = 0;
  return self->db == NULL || sobre_cache_db_exec (self->db, KEEP_FEW_PAGES, error);
}

SobreServiceCalendar *
sobre_cache_reader_get_calendar (SobreCacheReader *self)
{
  return self->calendar;
}

sqlite3 *
sobre_cache_reader_get_db (SobreCacheReader *self)
{
  return self->db;
}

SobreDictionary *
sobre_cache_reader_peek_dictionary (SobreCacheReader *self)
{
  return self->state->dictionary;
}

/* What is read first fixes the state that the transaction sees. */
static gboolean
begin_state (SobreCacheReader *self, GError **error)
{
  gboolean row;
  gint64 commits;

  if (!sobre_cache_db_exec (self->db, "BEGIN", error) || !sobre_cache_db_step (self->get_commits, &row, error))
    return FALSE;
  commits = row ? sqlite3_column_int64 (self->get_commits, 0) : -1;
  sqlite3_reset (self->get_commits);
  if (commits < 0)
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  if (commits == self->commits)
    return TRUE;
  self->commits = -1;
  if (!sobre_reader_state_load (self->state, self->db, error))
    return FALSE;
  self->commits = commits;
  return TRUE;
}

gboolean
sobre_cache_reader_begin (SobreCacheReader *self, GError **error)
{
  g_autoptr (GError) cause = NULL;
  guint64 current;

  if (self->depth > 0)
    {
      self->depth++;
      return TRUE;
    }
  current = sobre_cache_generation_read (self->folder);
  if (((self->db == NULL || current != self->generation) && !open_generation (self, current, &cause)) ||
      !begin_state (self, &cause))
    {
      close_generation (self);
      sobre_cache_reader_fail (self, g_steal_pointer (&cause), error);
      return FALSE;
    }
  self->depth = 1;
  return TRUE;
}

gboolean
sobre_cache_reader_sees_same (SobreCacheReader *self, SobreCacheReader *other)
{
  return self->generation == other->generation && self->commits == other->commits;
}

void
sobre_cache_reader_fail (SobreCacheReader *self, GError *cause, GError **error)
{
  if (g_error_matches (cause, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED))
    sobre_cache_suspect (self->folder);
  g_propagate_error (error, cause);
}

void
sobre_cache_reader_end (SobreCacheReader *self)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (self->depth == 0)
    sobre_cache_db_exec (self->db, "COMMIT", NULL);
}

guint
sobre_cache_reader_get_n_chunks (SobreCacheReader *self)
{
  return self->state->chunks->len;
}

gint
sobre_cache_reader_find_chunk (SobreCacheReader *self, gint64 number)
{
  gint64 id = number >> SOBRE_CHUNK_SHIFT;
  guint low = 0, high = self->state->chunks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const SobreReaderChunk *chunk = g_ptr_array_index (self->state->chunks, middle);

      if (chunk->chunk.id == id)
        return (number & (SOBRE_CHUNK_ROWS - 1)) < chunk->chunk.n_rows ? (gint) middle : -1;
      if (chunk->chunk.id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

/* Lets go of the chunks that were not used for longest until what is kept fits. The tail is not in the file as columns: it stays. */
static void
make_room (SobreCacheReader *self, const SobreReaderChunk *wanted)
{
  while (self->state->n_bytes > self->max_kept)
    {
      SobreReaderChunk *oldest = NULL;

      for (guint i = 0; i < self->state->chunks->len; i++)
        {
          SobreReaderChunk *chunk = g_ptr_array_index (self->state->chunks, i);

          if (chunk != wanted && chunk->n_bytes > 0 && !chunk->is_tail && (oldest == NULL || chunk->used < oldest->used))
            oldest = chunk;
        }
      if (oldest == NULL)
        return;
      self->state->n_bytes -= oldest->n_bytes;
      sobre_reader_chunk_drop_columns (oldest);
    }
}

static gboolean
read_column (SobreCacheReader *self, SobreReaderChunk *chunk, guint column, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize before = chunk->n_bytes;
  gboolean row;

  sqlite3_bind_int64 (self->get_column, 1, chunk->chunk.id << SOBRE_CHUNK_COLUMN_SHIFT | column);
  if (!sobre_cache_db_step (self->get_column, &row, error))
    {
      sqlite3_reset (self->get_column);
      return FALSE;
    }
  if (row)
    bytes = sobre_cache_db_get_blob (self->get_column, 0, error);
  else
    sobre_cache_db_set_damaged (error);
  sqlite3_reset (self->get_column);
  if (bytes == NULL)
    return FALSE;
  if (!sobre_reader_chunk_take_column (chunk, column, bytes, error))
    return FALSE;
  self->state->n_bytes += chunk->n_bytes - before;
  return TRUE;
}

SobreReaderChunk *
sobre_cache_reader_get_chunk (SobreCacheReader *self, guint index, guint32 columns, GError **error)
{
  SobreReaderChunk *chunk = g_ptr_array_index (self->state->chunks, index);
  g_autoptr (GError) cause = NULL;

  chunk->used = ++self->clock;
  for (guint column = 0; column < SOBRE_CHUNK_N_COLUMNS; column++)
    {
      if ((columns & SOBRE_CHUNK_BIT (column)) != 0 && chunk->chunk.columns[column] == NULL &&
          !read_column (self, chunk, column, &cause))
        {
          sobre_cache_reader_fail (self, g_steal_pointer (&cause), error);
          return NULL;
        }
    }
  make_room (self, chunk);
  return chunk;
}

gboolean
sobre_cache_reader_need_cube (SobreCacheReader *self, SobreCubeKind cube, gint32 from, gint32 to, GError **error)
{
  return sobre_reader_state_need_cube (self->state, self->db, cube, from, to, error);
}

const SobreCubeCell *
sobre_cache_reader_get_cube (SobreCacheReader *self, gint32 day, SobreCubeKind cube, guint *n_cells)
{
  return sobre_reader_state_get_cube (self->state, day, cube, n_cells);
}

gboolean
sobre_cache_reader_get_days (SobreCacheReader *self, gint32 *first, gint32 *last)
{
  *first = self->state->first_day;
  *last = self->state->last_day;
  return *first <= *last;
}
