/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-scan-private.h"

#include <math.h>

#include "cache/sobre-integers.h"

/* Integer columns come out of their packing a whole chunk at a time, into 64 bits a value; the batch then takes the rows it wants in the
 * type it wants. Where the batch is the whole chunk and the type is as wide, they are unpacked in place. */

static const gint64 *
decode (SobreScan *self, const SobreReaderChunk *chunk, SobreChunkColumn column)
{
  if (self->decoded[column] == NULL)
    self->decoded[column] = g_new (gint64, SOBRE_CHUNK_ROWS);
  if ((self->decoded_bits & SOBRE_CHUNK_BIT (column)) == 0)
    {
      sobre_integers_decode_int64 (sobre_reader_chunk_get_integers (chunk, column), chunk->chunk.n_rows, self->decoded[column]);
      if (column == SOBRE_CHUNK_RECEIVED)
        {
          const gint64 *submitted = decode (self, chunk, SOBRE_CHUNK_SUBMITTED);

          for (guint i = 0; i < chunk->chunk.n_rows; i++)
            self->decoded[column][i] += submitted[i];
        }
      self->decoded_bits |= SOBRE_CHUNK_BIT (column);
    }
  return self->decoded[column];
}

/* Values of 1, 4 or 8 bytes, and no NULL among them. */
static void
gather_integers (SobreScan *self,
                 const SobreReaderChunk *chunk,
                 SobreVector *vector,
                 SobreScanBuffer *buffer,
                 SobreChunkColumn source,
                 guint n)
{
  const guint8 *packed = sobre_reader_chunk_get_integers (chunk, source);
  const guint16 *rows = self->rows;
  gboolean whole = n == chunk->chunk.n_rows && self->table == SOBRE_TABLE_RESPONSES;
  const gint64 *decoded;

  vector->valid = NULL;
  if (whole && vector->kind != SOBRE_VECTOR_INT64)
    {
      if (vector->kind == SOBRE_VECTOR_BOOLEAN)
        sobre_integers_decode_uint8 (packed, n, buffer->values);
      else
        sobre_integers_decode_int32 (packed, n, (gint32 *) (gpointer) buffer->values);
      return;
    }
  decoded = decode (self, chunk, source);
  switch (vector->kind)
    {
    case SOBRE_VECTOR_INT64:
      for (guint i = 0; i < n; i++)
        ((gint64 *) (gpointer) buffer->values)[i] = decoded[rows[i]];
      break;

    case SOBRE_VECTOR_BOOLEAN:
      for (guint i = 0; i < n; i++)
        buffer->values[i] = (guint8) decoded[rows[i]];
      break;

    default:
      for (guint i = 0; i < n; i++)
        ((gint32 *) (gpointer) buffer->values)[i] = (gint32) decoded[rows[i]];
      break;
    }
}

static void
gather_column (SobreScan *self, const SobreReaderChunk *chunk, guint index, guint n)
{
  SobreScanBuffer *buffer = &self->buffers[index];
  SobreVector *vector = &self->vectors[index];
  SobreChunkColumn source = sobre_scan_column_get_source (self->table, buffer->column);
  const guint16 *rows = self->rows;

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
      for (guint i = 0; i < n; i++)
        {
          SobreText text = sobre_reader_chunk_get_comment (chunk, rows[i]);

          ((SobreText *) (gpointer) buffer->values)[i] = text;
          buffer->valid[i] = text.data != NULL;
        }
      vector->valid = buffer->valid;
      break;

    default:
      gather_integers (self, chunk, vector, buffer, source, n);
      break;
    }
  if (source == SOBRE_CHUNK_DURATION)
    {
      for (guint i = 0; i < n; i++)
        buffer->valid[i] = ((const gint64 *) (gconstpointer) buffer->values)[i] >= 0;
      vector->valid = buffer->valid;
    }
}

gboolean
sobre_scan_next_responses (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows)
{
  guint n = 0;

  if (self->offset > 0)
    return FALSE;
  self->offset = chunk->chunk.n_rows;
  for (guint i = 0; i < chunk->chunk.n_rows; i++)
    {
      self->rows[n] = (guint16) i;
      n += chunk->alive == NULL || chunk->alive[i];
    }
  for (guint i = 0; i < self->n_columns; i++)
    gather_column (self, chunk, i, n);
  *n_rows = n;
  return n > 0;
}

/* Chooses the next answers of the group: their places in it and the responses they belong to. */
static guint
choose_answers (SobreScan *self, const SobreReaderChunk *chunk, const SobreAnswerGroup *group)
{
  const guint8 *bytes = g_bytes_get_data (chunk->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  const guint16 *group_rows = group->rows != 0 ? (const guint16 *) (gconstpointer) (bytes + group->rows) : NULL;
  guint n = 0;

  for (; self->offset < group->n && n < SOBRE_SCAN_BATCH_ROWS; self->offset++)
    {
      guint row = group_rows != NULL ? group_rows[self->offset] : self->offset;

      self->rows[n] = (guint16) row;
      self->positions[n] = self->offset;
      n += chunk->alive == NULL || chunk->alive[row];
    }
  return n;
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
  if (group->scores != 0 && group->whole)
    {
      const gint8 *scores = (const gint8 *) bytes + group->scores;

      for (guint i = 0; i < n; i++)
        values[i] = scores[self->positions[i]];
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      values[i] =
          group->scores != 0 ? ((const double *) (gconstpointer) (bytes + group->scores))[self->positions[i]] : (double) NAN;
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
      values[i] = packed != NULL ? (guint32) sobre_integers_get (packed, self->positions[i]) : SOBRE_CODE_NONE;
      buffer->valid[i] = values[i] != SOBRE_CODE_NONE;
    }
  vector->valid = buffer->valid;
}

static void
fill_constant (SobreVector *vector, SobreScanBuffer *buffer, guint32 code, guint n)
{
  for (guint i = 0; i < n; i++)
    ((guint32 *) (gpointer) buffer->values)[i] = code;
  vector->valid = NULL;
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

  switch (buffer->column)
    {
    case SOBRE_COLUMN_QUESTION:
      fill_constant (vector, buffer, group->question, n);
      break;

    case SOBRE_COLUMN_KIND:
      fill_constant (vector, buffer, group->kind, n);
      break;

    case SOBRE_COLUMN_SCORE:
      fill_scores (self, bytes, group, vector, buffer, n);
      break;

    case SOBRE_COLUMN_CHOICE:
      fill_codes (self, group->choices != 0 ? bytes + group->choices : NULL, vector, buffer, n);
      break;

    case SOBRE_COLUMN_ITEM:
      fill_codes (self, group->items != 0 ? bytes + group->items : NULL, vector, buffer, n);
      break;

    case SOBRE_COLUMN_TEXT:
      fill_texts (self, chunk, group, vector, buffer, n);
      break;

    default:
      gather_column (self, chunk, index, n);
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
