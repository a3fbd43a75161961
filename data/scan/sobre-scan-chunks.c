/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-scan-private.h"

#include <math.h>
#include <string.h>

#include "cache/sobre-integers.h"

/* Integer columns come out of their packing in the type that the batch wants: all of them where the batch is every row of the chunk, else
 * the rows that it has. */

static void
take_int64 (const SobreScan *self, const SobreReaderChunk *chunk, SobreChunkColumn column, guint n, gint64 *values)
{
  const guint8 *packed = sobre_reader_chunk_get_integers (chunk, column);

  if (self->is_whole)
    sobre_integers_decode_int64 (packed, n, values);
  else
    sobre_integers_pick_int64 (packed, self->rows, n, values);
}

static gint64 *
need_numbers (SobreScan *self)
{
  if (self->numbers == NULL)
    self->numbers = g_new (gint64, SOBRE_SCAN_BATCH_ROWS);
  return self->numbers;
}

/* It is kept less submitted_at. */
static void
take_received (SobreScan *self, const SobreReaderChunk *chunk, guint n, gint64 *values)
{
  gint64 *submitted = need_numbers (self);

  take_int64 (self, chunk, SOBRE_CHUNK_RECEIVED, n, values);
  take_int64 (self, chunk, SOBRE_CHUNK_SUBMITTED, n, submitted);
  for (guint i = 0; i < n; i++)
    values[i] = (gint64) ((guint64) values[i] + (guint64) submitted[i]);
}

/* Their lengths come first, below 0 where there is none. */
static void
take_comments (SobreScan *self, const SobreReaderChunk *chunk, guint n, SobreText *values, guint8 *valid)
{
  const guint8 *bytes = g_bytes_get_data (chunk->comments, NULL);
  const guint32 *begins = chunk->comment_begins;
  gint64 *lengths = need_numbers (self);

  if (self->is_whole)
    sobre_integers_decode_int64 (bytes, n, lengths);
  else
    sobre_integers_pick_int64 (bytes, self->rows, n, lengths);
  for (guint i = 0; i < n; i++)
    {
      valid[i] = lengths[i] >= 0;
      values[i] = valid[i] ? (SobreText) { (const char *) bytes + begins[self->rows[i]], (gsize) lengths[i] } : SOBRE_TEXT_NONE;
    }
}

/* Values of 1, 4 or 8 bytes, and no NULL among them. */
static void
take_integers (SobreScan *self,
               const SobreReaderChunk *chunk,
               SobreVector *vector,
               SobreScanBuffer *buffer,
               SobreChunkColumn source,
               guint n)
{
  const guint8 *packed = sobre_reader_chunk_get_integers (chunk, source);

  vector->valid = NULL;
  vector->is_constant = source != SOBRE_CHUNK_RECEIVED && sobre_integers_are_constant (packed);
  if (source == SOBRE_CHUNK_RECEIVED)
    take_received (self, chunk, n, (gint64 *) (gpointer) buffer->values);
  else if (vector->kind == SOBRE_VECTOR_INT64)
    take_int64 (self, chunk, source, n, (gint64 *) (gpointer) buffer->values);
  else if (vector->kind == SOBRE_VECTOR_BOOLEAN && self->is_whole)
    sobre_integers_decode_uint8 (packed, n, buffer->values);
  else if (vector->kind == SOBRE_VECTOR_BOOLEAN)
    sobre_integers_pick_uint8 (packed, self->rows, n, buffer->values);
  else if (self->is_whole)
    sobre_integers_decode_int32 (packed, n, (gint32 *) (gpointer) buffer->values);
  else
    sobre_integers_pick_int32 (packed, self->rows, n, (gint32 *) (gpointer) buffer->values);
}

/* A column of responses. One that is wanted whole for each question of a chunk is taken once. */
static void
take_column (SobreScan *self, const SobreReaderChunk *chunk, guint index, guint n)
{
  SobreScanBuffer *buffer = &self->buffers[index];
  SobreVector *vector = &self->vectors[index];
  SobreChunkColumn source = sobre_scan_column_get_source (self->table, buffer->column);
  const guint16 *rows = self->rows;

  if (self->is_whole && buffer->whole_of == self->chunk + 1)
    return;
  buffer->whole_of = self->is_whole ? self->chunk + 1 : 0;
  vector->stamp = ++self->clock;
  switch (source)
    {
    case SOBRE_CHUNK_IDS:
      {
        const SobreId *ids = g_bytes_get_data (chunk->chunk.columns[SOBRE_CHUNK_IDS], NULL);

        for (guint i = 0; i < n; i++)
          ((SobreId *) (gpointer) buffer->values)[i] = ids[rows[i]];
        break;
      }

    case SOBRE_CHUNK_COMMENTS:
      take_comments (self, chunk, n, (SobreText *) (gpointer) buffer->values, buffer->valid);
      vector->valid = buffer->valid;
      break;

    default:
      take_integers (self, chunk, vector, buffer, source, n);
      break;
    }
  vector->has_bounds = source == SOBRE_CHUNK_DAY || source == SOBRE_CHUNK_DT;
  vector->low = source == SOBRE_CHUNK_DAY ? chunk->chunk.min_day : chunk->chunk.min_dt;
  vector->high = source == SOBRE_CHUNK_DAY ? chunk->chunk.max_day : chunk->chunk.max_dt;
  if (source == SOBRE_CHUNK_DURATION)
    {
      vector->is_constant = FALSE;
      for (guint i = 0; i < n; i++)
        buffer->valid[i] = ((const gint64 *) (gconstpointer) buffer->values)[i] >= 0;
      vector->valid = buffer->valid;
    }
}

/* All rows of a chunk, or those that are alive. */
static guint
choose_responses (const guint8 *alive, guint n_rows, guint16 *rows)
{
  guint n = 0;

  if (alive == NULL)
    {
      for (guint i = 0; i < n_rows; i++)
        rows[i] = (guint16) i;
      return n_rows;
    }
  for (guint i = 0; i < n_rows; i++)
    {
      rows[n] = (guint16) i;
      n += alive[i];
    }
  return n;
}

gboolean
sobre_scan_next_responses (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows)
{
  if (self->offset > 0)
    return FALSE;
  self->offset = chunk->chunk.n_rows;
  self->is_whole = chunk->alive == NULL;
  *n_rows = choose_responses (chunk->alive, chunk->chunk.n_rows, self->rows);
  for (guint i = 0; i < self->n_columns; i++)
    take_column (self, chunk, i, *n_rows);
  return *n_rows > 0;
}

/* Drops the answers whose response is dead. */
static guint
keep_alive (const guint8 *alive, guint16 *rows, guint32 *positions, guint n)
{
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    {
      const guint16 row = rows[i];

      rows[kept] = row;
      positions[kept] = positions[i];
      kept += alive[row];
    }
  return kept;
}

/* Chooses the next answers of the group: their places in it and the responses they belong to. */
static guint
choose_answers (SobreScan *self, const SobreReaderChunk *chunk, const SobreAnswerGroup *group)
{
  const guint8 *bytes = g_bytes_get_data (chunk->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  const guint16 *group_rows = group->rows != 0 ? (const guint16 *) (gconstpointer) (bytes + group->rows) : NULL;
  const guint offset = self->offset;
  const guint n = MIN (group->n - offset, SOBRE_SCAN_BATCH_ROWS);
  guint16 *rows = self->rows;
  guint32 *positions = self->positions;

  for (guint i = 0; i < n; i++)
    positions[i] = offset + i;
  if (group_rows != NULL)
    memcpy (rows, group_rows + offset, n * sizeof *rows);
  else
    for (guint i = 0; i < n; i++)
      rows[i] = (guint16) (offset + i);
  self->offset += n;
  self->is_whole = group_rows == NULL && chunk->alive == NULL;
  return chunk->alive == NULL ? n : keep_alive (chunk->alive, rows, positions, n);
}

static void
fill_scores (SobreScan *self,
             const guint8 *bytes,
             const SobreAnswerGroup *group,
             SobreVector *vector,
             SobreScanBuffer *buffer,
             guint n)
{
  double *values = (double *) (gpointer) buffer->values;

  vector->valid = NULL;
  if (group->whole)
    {
      const gint8 *scores = (const gint8 *) bytes + group->scores;
      const guint32 *positions = self->positions;
      const guint32 first = n > 0 ? positions[0] : 0;

      /* In one piece, as where nothing is dead, they are converted several at a time. */
      if (n > 0 && positions[n - 1] - first == n - 1)
        for (guint i = 0; i < n; i++)
          values[i] = scores[first + i];
      else
        for (guint i = 0; i < n; i++)
          values[i] = scores[positions[i]];
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      values[i] = ((const double *) (gconstpointer) (bytes + group->scores))[self->positions[i]];
      buffer->valid[i] = !isnan (values[i]);
    }
  vector->valid = buffer->valid;
}

static void
fill_codes (SobreScan *self, const guint8 *packed, SobreVector *vector, SobreScanBuffer *buffer, guint n)
{
  guint32 *values = (guint32 *) (gpointer) buffer->values;

  for (guint i = 0; i < n; i++)
    {
      values[i] = (guint32) sobre_integers_get (packed, self->positions[i]);
      buffer->valid[i] = values[i] != SOBRE_CODE_NONE;
    }
  vector->valid = buffer->valid;
}

/* What no answer of the group has. */
static void
fill_nothing (SobreVector *vector, SobreScanBuffer *buffer, guint n)
{
  memset (buffer->values, 0, n * sizeof (gint64));
  memset (buffer->valid, 0, n);
  vector->valid = buffer->valid;
  vector->is_constant = TRUE;
}

static void
fill_constant (SobreVector *vector, SobreScanBuffer *buffer, guint32 code, guint n)
{
  for (guint i = 0; i < n; i++)
    ((guint32 *) (gpointer) buffer->values)[i] = code;
  vector->valid = NULL;
  vector->is_constant = TRUE;
}

static void
fill_texts (SobreScan *self,
            const SobreReaderChunk *chunk,
            const SobreAnswerGroup *group,
            SobreVector *vector,
            SobreScanBuffer *buffer,
            guint n)
{
  const guint8 *bytes = g_bytes_get_data (chunk->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  gsize length;
  const char *texts = g_bytes_get_data (chunk->texts, &length);
  SobreText *values = (SobreText *) (gpointer) buffer->values;
  gsize begin = group->texts;
  guint place = 0;

  vector->valid = buffer->valid;
  for (guint i = 0; i < n; i++)
    {
      gint64 own = -1;

      for (; group->lengths != 0 && place <= self->positions[i]; place++)
        {
          begin += (gsize) MAX (own, 0);
          own = sobre_integers_get (bytes + group->lengths, place);
        }
      buffer->valid[i] = own >= 0 && begin <= length && (gsize) own <= length - begin;
      values[i] = buffer->valid[i] ? (SobreText) { texts + begin, (gsize) own } : SOBRE_TEXT_NONE;
      begin += (gsize) MAX (own, 0);
    }
}

static void
fill_answers (SobreScan *self, const SobreReaderChunk *chunk, const SobreAnswerGroup *group, guint index, guint n)
{
  const guint8 *bytes = g_bytes_get_data (chunk->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  SobreScanBuffer *buffer = &self->buffers[index];
  SobreVector *vector = &self->vectors[index];
  SobreChunkColumn source = sobre_scan_column_get_source (self->table, buffer->column);

  if (source != SOBRE_CHUNK_ANSWERS && source != SOBRE_CHUNK_TEXTS)
    {
      take_column (self, chunk, index, n);
      return;
    }
  vector->is_constant = FALSE;
  switch (buffer->column)
    {
    case SOBRE_COLUMN_QUESTION:
      fill_constant (vector, buffer, group->question, n);
      break;

    case SOBRE_COLUMN_KIND:
      fill_constant (vector, buffer, group->kind, n);
      break;

    case SOBRE_COLUMN_SCORE:
      if (group->scores != 0)
        fill_scores (self, bytes, group, vector, buffer, n);
      else
        fill_nothing (vector, buffer, n);
      break;

    case SOBRE_COLUMN_CHOICE:
      if (group->choices != 0)
        fill_codes (self, bytes + group->choices, vector, buffer, n);
      else
        fill_nothing (vector, buffer, n);
      break;

    case SOBRE_COLUMN_ITEM:
      if (group->items != 0)
        fill_codes (self, bytes + group->items, vector, buffer, n);
      else
        fill_nothing (vector, buffer, n);
      break;

    case SOBRE_COLUMN_TEXT:
    default:
      fill_texts (self, chunk, group, vector, buffer, n);
      break;
    }
}

gboolean
sobre_scan_next_answers (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows)
{
  for (; self->group < chunk->n_groups; self->group++, self->offset = 0)
    {
      const SobreAnswerGroup *group = &chunk->groups[self->group];

      *n_rows = choose_answers (self, chunk, group);
      if (*n_rows == 0)
        continue;
      for (guint i = 0; i < self->n_columns; i++)
        fill_answers (self, chunk, group, i, *n_rows);
      return TRUE;
    }
  return FALSE;
}
