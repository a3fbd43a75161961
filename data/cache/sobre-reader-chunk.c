/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "cache/sobre-integers.h"
#include "cache/sobre-reader-state.h"

void
sobre_reader_chunk_drop_columns (SobreReaderChunk *self)
{
  for (guint i = 0; i < SOBRE_CHUNK_N_COLUMNS; i++)
    g_clear_pointer (&self->chunk.columns[i], g_bytes_unref);
  self->groups = NULL;
  self->n_groups = 0;
  g_clear_pointer (&self->comments, g_bytes_unref);
  g_clear_pointer (&self->comment_begins, g_free);
  g_clear_pointer (&self->texts, g_bytes_unref);
  g_clear_pointer (&self->rating_counts, g_free);
  g_clear_pointer (&self->rating_sums, g_free);
  self->n_bytes = 0;
}

void
sobre_reader_chunk_free (SobreReaderChunk *self)
{
  sobre_reader_chunk_drop_columns (self);
  g_free (self->alive);
  g_free (self);
}

/* Finds out where each comment begins, and that all lie inside. */
static gboolean
take_comments (SobreReaderChunk *self, GBytes *packed)
{
  gsize length, begin;
  const guint8 *bytes;
  g_autofree gint64 *lengths = g_new (gint64, self->chunk.n_rows);

  self->comments = sobre_chunk_unpack (packed);
  if (self->comments == NULL)
    return FALSE;
  bytes = g_bytes_get_data (self->comments, &length);
  begin = sobre_integers_measure (bytes, length, self->chunk.n_rows);
  if (begin == 0)
    return FALSE;
  sobre_integers_decode_int64 (bytes, self->chunk.n_rows, lengths);
  self->comment_begins = g_new (guint32, self->chunk.n_rows + 1);
  for (guint i = 0; i < self->chunk.n_rows; i++)
    {
      self->comment_begins[i] = (guint32) begin;
      if (lengths[i] > (gint64) (length - begin))
        return FALSE;
      begin += (gsize) MAX (lengths[i], 0);
    }
  self->comment_begins[self->chunk.n_rows] = (guint32) begin;
  self->n_bytes += length + self->chunk.n_rows * sizeof (guint32);
  return TRUE;
}

static gboolean
measure_column (SobreReaderChunk *self, SobreChunkColumn column, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  switch (column)
    {
    case SOBRE_CHUNK_IDS:
      return length == self->chunk.n_rows * sizeof (SobreId);

    case SOBRE_CHUNK_COMMENTS:
      return take_comments (self, bytes);

    case SOBRE_CHUNK_ANSWERS:
      self->groups = sobre_chunk_get_groups (bytes, self->chunk.n_rows, &self->n_groups);
      return self->groups != NULL;

    case SOBRE_CHUNK_TEXTS:
      self->texts = sobre_chunk_unpack (bytes);
      self->n_bytes += self->texts != NULL ? g_bytes_get_size (self->texts) : 0;
      return self->texts != NULL;

    default:
      return sobre_integers_measure (data, length, self->chunk.n_rows) > 0;
    }
}

gboolean
sobre_reader_chunk_take_column (SobreReaderChunk *self, SobreChunkColumn column, GBytes *bytes, GError **error)
{
  if (!measure_column (self, column, bytes))
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  self->chunk.columns[column] = g_bytes_ref (bytes);
  self->n_bytes += g_bytes_get_size (bytes);
  return TRUE;
}

SobreText
sobre_reader_chunk_get_comment (const SobreReaderChunk *self, guint row)
{
  const guint8 *bytes = g_bytes_get_data (self->comments, NULL);

  if (sobre_integers_get (bytes, row) < 0)
    return SOBRE_TEXT_NONE;
  return (SobreText) { (const char *) bytes + self->comment_begins[row],
                       self->comment_begins[row + 1] - self->comment_begins[row] };
}

static void
add_ratings (SobreReaderChunk *self, const SobreAnswerGroup *group)
{
  const guint8 *bytes = g_bytes_get_data (self->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  const guint16 *rows = group->rows != 0 ? (const guint16 *) (gconstpointer) (bytes + group->rows) : NULL;
  const gint8 *whole = (const gint8 *) bytes + group->scores;
  const double *scores = (const double *) (gconstpointer) (bytes + group->scores);

  for (guint i = 0; i < group->n; i++)
    {
      guint row = rows != NULL ? rows[i] : i;
      double score = group->whole ? whole[i] : scores[i];

      if (isnan (score) || self->rating_counts[row] == G_MAXUINT8)
        continue;
      self->rating_counts[row]++;
      self->rating_sums[row] += group->whole ? whole[i] * (gint32) SOBRE_CUBE_SUM_UNIT : (gint32) sobre_cube_get_sum (score);
    }
}

void
sobre_reader_chunk_need_ratings (SobreReaderChunk *self)
{
  if (self->rating_counts != NULL)
    return;
  self->rating_counts = g_new0 (guint8, self->chunk.n_rows);
  self->rating_sums = g_new0 (gint32, self->chunk.n_rows);
  for (guint i = 0; i < self->n_groups; i++)
    {
      const SobreAnswerGroup *group = &self->groups[i];

      if (group->scores != 0 && (group->kind == SOBRE_ANSWER_STARS || group->kind == SOBRE_ANSWER_SMILEY))
        add_ratings (self, group);
    }
}
