/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-chunk.h"

#include <math.h>
#include <string.h>

#include "cache/sobre-integers.h"
#include "model/sobre-deflate.h"

/* Fast and already good: guests' words shrink to about a half at level 1, and to little less at higher ones. */
#define COMPRESSION_LEVEL 1
#define TEXT_HEADER 8
#define MAX_UNPACKED (256u << 20)

typedef struct
{
  const SobreRowBatch *batch;
  const guint32 *picked;
  guint n;
  gint64 *scratch; /* n_answers or n values, whichever is more */
} Encoder;

static const SobreRow *
row_at (const Encoder *encoder, guint index)
{
  return sobre_row_batch_get (encoder->batch, encoder->picked[index]);
}

#define ENCODE_COLUMN(encoder, chunk, column, expression)                                                                      \
  {                                                                                                                            \
    GByteArray *bytes = g_byte_array_new ();                                                                                   \
    for (guint i = 0; i < (encoder)->n; i++)                                                                                   \
      {                                                                                                                        \
        const SobreRow *row = row_at ((encoder), i);                                                                           \
        (encoder)->scratch[i] = (gint64) (expression);                                                                         \
      }                                                                                                                        \
    sobre_integers_encode (bytes, (encoder)->scratch, (encoder)->n);                                                           \
    (chunk)->columns[column] = g_byte_array_free_to_bytes (bytes);                                                             \
  }

static void
encode_integers (Encoder *encoder, SobreChunk *chunk)
{
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_BODY, row->body);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_SUBMITTED, row->submitted_at);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_RECEIVED, row->received_at - row->submitted_at);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_DT, row->dt);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_DAY, row->day);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_HOUR, row->hour);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_STORE, row->store);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_TABLE, row->table);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_VERIFIED, row->verified);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_FORM, row->form);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_FORM_VERSION, row->form_version);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_LANGUAGE, row->language);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_DURATION, row->duration_ms);
  ENCODE_COLUMN (encoder, chunk, SOBRE_CHUNK_CHANNEL, row->channel);
}

static void
encode_ids (Encoder *encoder, SobreChunk *chunk)
{
  SobreId *ids = g_new (SobreId, encoder->n);

  for (guint i = 0; i < encoder->n; i++)
    ids[i] = row_at (encoder, i)->id;
  chunk->columns[SOBRE_CHUNK_IDS] = g_bytes_new_take (ids, encoder->n * sizeof (SobreId));
}

static GBytes *
pack (const GByteArray *raw)
{
  struct libdeflate_compressor *compressor = sobre_deflate_compressor_new (COMPRESSION_LEVEL);
  gsize bound = libdeflate_deflate_compress_bound (compressor, raw->len);
  guint8 *packed = g_malloc (TEXT_HEADER + bound);
  guint32 sizes[2];

  sizes[0] = raw->len;
  sizes[1] = (guint32) libdeflate_deflate_compress (compressor, raw->data, raw->len, packed + TEXT_HEADER, bound);
  memcpy (packed, sizes, sizeof sizes);
  libdeflate_free_compressor (compressor);

  return g_bytes_new_take (g_realloc (packed, TEXT_HEADER + sizes[1]), TEXT_HEADER + sizes[1]);
}

static void
encode_comments (Encoder *encoder, SobreChunk *chunk)
{
  g_autoptr (GByteArray) raw = g_byte_array_new ();

  for (guint i = 0; i < encoder->n; i++)
    encoder->scratch[i] = row_at (encoder, i)->comment_length;
  sobre_integers_encode (raw, encoder->scratch, encoder->n);
  for (guint i = 0; i < encoder->n; i++)
    {
      const SobreRow *row = row_at (encoder, i);

      if (row->comment_length > 0)
        g_byte_array_append (raw, encoder->batch->text->data + row->comment_offset, (guint) row->comment_length);
    }
  chunk->columns[SOBRE_CHUNK_COMMENTS] = pack (raw);
}

/** Placed: one answer, where it goes. */
typedef struct
{
  guint32 group;
  guint16 row;
  const SobreRowAnswer *answer;
} Placed;

static guint
find_group (GArray *groups, const SobreRowAnswer *answer)
{
  SobreAnswerGroup group = { .question = answer->question, .kind = answer->kind };

  /* There are as many groups as a form has questions: a handful, the wanted one mostly just behind the last. */
  for (guint i = 0; i < groups->len; i++)
    {
      const SobreAnswerGroup *known = &g_array_index (groups, SobreAnswerGroup, i);

      if (known->question == answer->question && known->kind == answer->kind)
        return i;
    }
  g_array_append_val (groups, group);
  return groups->len - 1;
}

/* All answers, sorted into groups by counting; inside a group they keep the order of rows. */
static Placed *
place_answers (const Encoder *encoder, GArray *groups, guint *n_answers)
{
  guint total = 0, next = 0;
  g_autofree Placed *placed = NULL;
  g_autofree guint *begins = NULL;
  Placed *sorted;

  for (guint i = 0; i < encoder->n; i++)
    total += row_at (encoder, i)->n_answers;
  placed = g_new (Placed, total);
  sorted = g_new (Placed, total);
  for (guint i = 0; i < encoder->n; i++)
    {
      const SobreRow *row = row_at (encoder, i);

      for (guint j = 0; j < row->n_answers; j++)
        {
          const SobreRowAnswer *answer = sobre_row_batch_get_answer (encoder->batch, row, j);

          placed[next] = (Placed) { find_group (groups, answer), (guint16) i, answer };
          g_array_index (groups, SobreAnswerGroup, placed[next].group).n++;
          next++;
        }
    }

  begins = g_new0 (guint, groups->len + 1);
  for (guint i = 0; i < groups->len; i++)
    begins[i + 1] = begins[i] + g_array_index (groups, SobreAnswerGroup, i).n;
  for (guint i = 0; i < total; i++)
    sorted[begins[placed[i].group]++] = placed[i];

  *n_answers = total;
  return sorted;
}

static void
pad (GByteArray *bytes)
{
  static const guint8 zeros[8] = { 0 };

  if (bytes->len % 8 != 0)
    g_byte_array_append (bytes, zeros, 8 - bytes->len % 8);
}

static guint32
encode_rows (GByteArray *bytes, const Placed *placed, guint n, guint n_rows)
{
  guint32 offset = bytes->len;
  gboolean dense = n == n_rows;

  for (guint i = 0; i < n && dense; i++)
    dense = placed[i].row == i;
  if (dense)
    return 0;
  for (guint i = 0; i < n; i++)
    g_byte_array_append (bytes, (const guint8 *) &placed[i].row, sizeof placed[i].row);
  pad (bytes);
  return offset;
}

static guint32
encode_scores (GByteArray *bytes, const Placed *placed, guint n, guint32 *whole)
{
  guint32 offset = bytes->len;
  gboolean any = FALSE;

  *whole = 1;
  for (guint i = 0; i < n; i++)
    {
      double score = placed[i].answer->score;

      any = any || !isnan (score);
      if (!(score >= 0 && score <= 127 && score == floor (score)))
        *whole = 0;
    }
  if (!any)
    {
      *whole = 0;
      return 0;
    }
  for (guint i = 0; i < n; i++)
    {
      double score = placed[i].answer->score;
      guint8 byte = (guint8) score;

      if (*whole)
        g_byte_array_append (bytes, &byte, 1);
      else
        g_byte_array_append (bytes, (const guint8 *) &score, sizeof score);
    }
  pad (bytes);
  return offset;
}

static guint32
encode_scratch (GByteArray *bytes, const gint64 *values, guint n, gint64 absent)
{
  guint32 offset = bytes->len;
  gboolean any = FALSE;

  for (guint i = 0; i < n && !any; i++)
    any = values[i] != absent;
  if (!any)
    return 0;
  sobre_integers_encode (bytes, values, n);
  return offset;
}

static void
encode_group (Encoder *encoder, GByteArray *bytes, GByteArray *texts, const Placed *placed, SobreAnswerGroup *group)
{
  guint n = group->n;

  group->rows = encode_rows (bytes, placed, n, encoder->n);
  group->scores = encode_scores (bytes, placed, n, &group->whole);
  for (guint i = 0; i < n; i++)
    encoder->scratch[i] = placed[i].answer->choice;
  group->choices = encode_scratch (bytes, encoder->scratch, n, SOBRE_CODE_NONE);
  for (guint i = 0; i < n; i++)
    encoder->scratch[i] = placed[i].answer->item;
  group->items = encode_scratch (bytes, encoder->scratch, n, SOBRE_CODE_NONE);
  for (guint i = 0; i < n; i++)
    encoder->scratch[i] = placed[i].answer->text_length;
  group->lengths = encode_scratch (bytes, encoder->scratch, n, SOBRE_TEXT_ABSENT);
  group->texts = texts->len;
  for (guint i = 0; i < n; i++)
    {
      const SobreRowAnswer *answer = placed[i].answer;

      if (answer->text_length > 0)
        g_byte_array_append (texts, encoder->batch->text->data + answer->text_offset, (guint) answer->text_length);
    }
}

static void
encode_answers (Encoder *encoder, SobreChunk *chunk)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (SobreAnswerGroup));
  g_autoptr (GByteArray) texts = g_byte_array_new ();
  g_autofree Placed *placed = place_answers (encoder, groups, &chunk->n_answers);
  GByteArray *bytes = g_byte_array_new ();
  guint32 head[2] = { groups->len, 0 };
  guint begin = 0;

  encoder->scratch = g_renew (gint64, encoder->scratch, MAX (encoder->n, chunk->n_answers) + 1);
  g_byte_array_append (bytes, (const guint8 *) head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) groups->data, (guint) (groups->len * sizeof (SobreAnswerGroup)));
  pad (bytes);
  for (guint i = 0; i < groups->len; i++)
    {
      SobreAnswerGroup *group = &g_array_index (groups, SobreAnswerGroup, i);

      encode_group (encoder, bytes, texts, placed + begin, group);
      begin += group->n;
    }
  if (groups->len > 0)
    memcpy (bytes->data + sizeof head, groups->data, groups->len * sizeof (SobreAnswerGroup));
  chunk->columns[SOBRE_CHUNK_ANSWERS] = g_byte_array_free_to_bytes (bytes);
  chunk->columns[SOBRE_CHUNK_TEXTS] = pack (texts);
}

SobreChunk *
sobre_chunk_encode (const SobreRowBatch *batch, const guint32 *picked, guint n_picked)
{
  Encoder encoder = { batch, picked, n_picked, g_new (gint64, n_picked + 1) };
  SobreChunk *self = g_new0 (SobreChunk, 1);

  g_assert (n_picked > 0 && n_picked <= SOBRE_CHUNK_ROWS);
  self->n_rows = n_picked;
  self->min_day = self->min_dt = G_MAXINT32;
  self->max_day = self->max_dt = G_MININT32;
  for (guint i = 0; i < n_picked; i++)
    {
      const SobreRow *row = row_at (&encoder, i);

      self->min_day = MIN (self->min_day, row->day);
      self->max_day = MAX (self->max_day, row->day);
      self->min_dt = MIN (self->min_dt, row->dt);
      self->max_dt = MAX (self->max_dt, row->dt);
      self->max_received = MAX (self->max_received, row->received_at);
    }
  encode_ids (&encoder, self);
  encode_integers (&encoder, self);
  encode_comments (&encoder, self);
  encode_answers (&encoder, self);
  g_free (encoder.scratch);

  return self;
}

void
sobre_chunk_free (SobreChunk *self)
{
  for (guint i = 0; i < SOBRE_CHUNK_N_COLUMNS; i++)
    g_clear_pointer (&self->columns[i], g_bytes_unref);
  g_clear_pointer (&self->raw_comments, g_bytes_unref);
  g_clear_pointer (&self->raw_texts, g_bytes_unref);
  g_free (self);
}

GBytes *
sobre_chunk_unpack (GBytes *blob)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (blob, &length);
  struct libdeflate_decompressor *decompressor;
  enum libdeflate_result result;
  guint32 sizes[2];
  guint8 *raw;

  if (length < TEXT_HEADER)
    return NULL;
  memcpy (sizes, bytes, sizeof sizes);
  if (sizes[0] > MAX_UNPACKED || sizes[1] != length - TEXT_HEADER)
    return NULL;
  raw = g_malloc (MAX (sizes[0], 1));
  decompressor = sobre_deflate_decompressor_new ();
  result = libdeflate_deflate_decompress (decompressor, bytes + TEXT_HEADER, sizes[1], raw, sizes[0], NULL);
  libdeflate_free_decompressor (decompressor);
  if (result != LIBDEFLATE_SUCCESS)
    {
      g_free (raw);
      return NULL;
    }
  return g_bytes_new_take (raw, sizes[0]);
}
