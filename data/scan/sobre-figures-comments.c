/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-figures-private.h"

#include <math.h>

#include "cache/sobre-integers.h"
#include "insight/sobre-mask.h"
#include "scan/sobre-search-words.h"

#define COMMENT_COLUMNS                                                                                                        \
  (SOBRE_TALLY_FILTER_COLUMNS | SOBRE_CHUNK_BIT (SOBRE_CHUNK_SUBMITTED) | SOBRE_CHUNK_BIT (SOBRE_CHUNK_ANSWERS) |              \
   SOBRE_CHUNK_BIT (SOBRE_CHUNK_COMMENTS))

/* Matches that are looked at to fill a page of results: enough for any filter that is not rarer than one answer in a hundred. */
#define MATCHES_PER_RESULT 200

typedef struct
{
  gint64 at;
  guint chunk;
  guint row;
} Place;

void
sobre_comment_free (SobreComment *self)
{
  g_free (self->text);
  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self);
}

static void
free_comment (gpointer data)
{
  sobre_comment_free (data);
}

static char *
dup_code (SobreCacheReader *reader, SobreDictionaryKind kind, const SobreReaderChunk *chunk, SobreChunkColumn column, guint row)
{
  guint32 code = (guint32) sobre_integers_get (sobre_reader_chunk_get_integers (chunk, column), row);
  SobreText text = sobre_dictionary_get (sobre_cache_reader_peek_dictionary (reader), kind, code);

  return g_strndup (text.data != NULL ? text.data : "", text.length);
}

SobreComment *
sobre_tally_make_comment (SobreCacheReader *reader, SobreReaderChunk *chunk, guint row)
{
  SobreComment *comment = g_new0 (SobreComment, 1);
  SobreText text = sobre_reader_chunk_get_comment (chunk, row);

  sobre_reader_chunk_need_ratings (chunk);
  comment->text = sobre_mask_contacts (text.data, text.length);
  comment->store_id = dup_code (reader, SOBRE_DICTIONARY_STORE, chunk, SOBRE_CHUNK_STORE, row);
  comment->table_id = dup_code (reader, SOBRE_DICTIONARY_TABLE, chunk, SOBRE_CHUNK_TABLE, row);
  comment->submitted_at = sobre_integers_get (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_SUBMITTED), row);
  comment->score =
      chunk->rating_counts[row] > 0 ? chunk->rating_sums[row] / SOBRE_CUBE_SUM_UNIT / chunk->rating_counts[row] : (double) NAN;
  return comment;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  if (x->chunk != y->chunk)
    return x->chunk > y->chunk ? -1 : 1;
  return (x->row < y->row) - (x->row > y->row);
}

/** Visit: a chunk, by the last day it may have rows of. */
typedef struct
{
  gint32 last;
  guint chunk;
} Visit;

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  const Visit *x = a, *y = b;

  if (x->last != y->last)
    return x->last > y->last ? -1 : 1;
  return (x->chunk < y->chunk) - (x->chunk > y->chunk);
}

static GArray *
plan_visits (const SobreTally *self, SobreCacheReader *reader)
{
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (Visit));

  for (guint i = 0; i < sobre_cache_reader_get_n_chunks (reader); i++)
    {
      const SobreReaderChunk *chunk = sobre_cache_reader_get_chunk (reader, i, 0, NULL);
      Visit visit = { MIN (chunk->chunk.max_day, self->to), i };

      if (chunk->chunk.max_day >= self->from && chunk->chunk.min_day <= self->to)
        g_array_append_val (visits, visit);
    }
  g_array_sort (visits, compare_visits);
  return visits;
}

static gboolean
collect (const SobreTally *self, SobreCacheReader *reader, guint index, GArray *places, GError **error)
{
  g_autofree guint8 *selected = g_malloc (SOBRE_CHUNK_ROWS);
  SobreReaderChunk *chunk = sobre_cache_reader_get_chunk (reader, index, SOBRE_TALLY_FILTER_COLUMNS, error);
  const guint8 *lengths, *submitted;

  if (chunk == NULL)
    return FALSE;
  if (sobre_tally_select (self, chunk, self->from, self->to, selected) == 0)
    return TRUE;
  chunk = sobre_cache_reader_get_chunk (reader, index, COMMENT_COLUMNS, error);
  if (chunk == NULL)
    return FALSE;
  lengths = g_bytes_get_data (chunk->comments, NULL);
  submitted = sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_SUBMITTED);
  for (guint row = 0; row < chunk->chunk.n_rows; row++)
    {
      Place place = { 0, index, row };

      if (!selected[row] || sobre_integers_get (lengths, row) <= 0)
        continue;
      place.at = sobre_integers_get (submitted, row);
      g_array_append_val (places, place);
    }
  return TRUE;
}

static GPtrArray *
make_comments (SobreCacheReader *reader, const GArray *places, guint limit, GError **error)
{
  g_autoptr (GPtrArray) comments = g_ptr_array_new_with_free_func (free_comment);

  for (guint i = 0; i < MIN (places->len, limit); i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      SobreReaderChunk *chunk = sobre_cache_reader_get_chunk (reader, place->chunk, COMMENT_COLUMNS, error);

      if (chunk == NULL)
        return NULL;
      g_ptr_array_add (comments, sobre_tally_make_comment (reader, chunk, place->row));
    }
  return g_steal_pointer (&comments);
}

GPtrArray *
sobre_tally_list_comments (const SobreTally *self, SobreCacheReader *reader, guint limit, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) visits = plan_visits (self, reader);
  gint32 oldest = G_MININT32;

  /* A day begins at the cut-off in some time zone: two days further back no instant can be newer than what is there already. */
  for (guint i = 0; limit > 0 && i < visits->len; i++)
    {
      const Visit *visit = &g_array_index (visits, Visit, i);

      if (places->len >= limit && visit->last < oldest - 2)
        break;
      if (!collect (self, reader, visit->chunk, places, error))
        return NULL;
      g_array_sort (places, compare_newest_first);
      if (places->len > limit)
        g_array_set_size (places, limit);
      if (places->len == limit)
        oldest = (gint32) (g_array_index (places, Place, limit - 1).at / G_GINT64_CONSTANT (86400000));
    }
  return make_comments (reader, places, limit, error);
}

static gboolean
take_match (const SobreTally *self,
            SobreCacheReader *reader,
            gint64 number,
            guint8 *selected,
            gint *loaded,
            GArray *places,
            GError **error)
{
  gint index = sobre_cache_reader_find_chunk (reader, number);
  guint row = (guint) (number & (SOBRE_CHUNK_ROWS - 1));
  SobreReaderChunk *chunk;
  Place place = { 0, (guint) index, row };

  if (index < 0)
    return TRUE;
  chunk = sobre_cache_reader_get_chunk (reader, (guint) index,
                                        SOBRE_TALLY_FILTER_COLUMNS | SOBRE_CHUNK_BIT (SOBRE_CHUNK_SUBMITTED), error);
  if (chunk == NULL)
    return FALSE;
  if (*loaded != index)
    sobre_tally_select (self, chunk, self->from, self->to, selected);
  *loaded = index;
  if (!selected[row])
    return TRUE;
  place.at = sobre_integers_get (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_SUBMITTED), row);
  g_array_append_val (places, place);
  return TRUE;
}

static gboolean
find_matches (const SobreTally *self, SobreCacheReader *reader, const char *match, guint limit, GArray *places, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (
      sobre_cache_reader_get_db (reader), "SELECT rowid FROM comment WHERE comment MATCH ? ORDER BY rowid DESC", error);
  g_autofree guint8 *selected = g_malloc (SOBRE_CHUNK_ROWS);
  gboolean row = statement != NULL;
  gint loaded = -1;

  if (!row)
    return FALSE;
  sqlite3_bind_text (statement, 1, match, -1, SQLITE_STATIC);
  for (guint looked_at = 0; places->len < limit || looked_at < limit * MATCHES_PER_RESULT; looked_at++)
    {
      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!take_match (self, reader, sqlite3_column_int64 (statement, 0), selected, &loaded, places, error))
        return FALSE;
    }
  return TRUE;
}

/* (nullable): NULL with an error; no match at all is no error. */
static GPtrArray *
search (SobreCacheReader *reader, const char *text, const SobreFilter *filter, guint limit, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *match = sobre_search_words_parse (sobre_cache_reader_get_db (reader), text, &cause);
  g_autoptr (SobreTally) tally = sobre_tally_new (reader, filter);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  if (match != NULL)
    find_matches (tally, reader, match, limit, places, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  g_array_sort (places, compare_newest_first);
  return make_comments (reader, places, limit, error);
}

GPtrArray *
sobre_figures_search (SobreCacheReader *reader, const char *text, const SobreFilter *filter, guint limit, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GPtrArray *comments;

  if (!sobre_cache_reader_begin (reader, error))
    return NULL;
  comments = search (reader, text, filter, limit, &cause);
  sobre_cache_reader_end (reader);
  if (cause != NULL)
    sobre_cache_reader_fail (reader, g_steal_pointer (&cause), error);
  return comments;
}
