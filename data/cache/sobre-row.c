/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-row.h"

#include <string.h>

SobreRowBatch *
sobre_row_batch_new (void)
{
  SobreRowBatch *self = g_new0 (SobreRowBatch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rows = g_array_new (FALSE, FALSE, sizeof (SobreRow));
  self->answers = g_array_new (FALSE, FALSE, sizeof (SobreRowAnswer));
  self->text = g_byte_array_new ();

  return self;
}

SobreRowBatch *
sobre_row_batch_ref (SobreRowBatch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_row_batch_unref (SobreRowBatch *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->rows);
  g_array_unref (self->answers);
  g_byte_array_unref (self->text);
  g_free (self);
}

static guint32
append_text (SobreRowBatch *self, const SobreRowBatch *from, guint32 offset, gint32 length)
{
  guint32 at = self->text->len;

  if (length > 0)
    g_byte_array_append (self->text, from->text->data + offset, (guint) length);
  return at;
}

guint
sobre_row_batch_append_copy (SobreRowBatch *self, const SobreRowBatch *from, const SobreRow *row)
{
  SobreRow copy = *row;

  copy.comment_offset = append_text (self, from, row->comment_offset, row->comment_length);
  copy.first_answer = self->answers->len;
  for (guint i = 0; i < row->n_answers; i++)
    {
      SobreRowAnswer answer = *sobre_row_batch_get_answer (from, row, i);

      answer.text_offset = append_text (self, from, answer.text_offset, answer.text_length);
      g_array_append_val (self->answers, answer);
    }
  g_array_append_val (self->rows, copy);

  return self->rows->len - 1;
}

/* The finalizer of MurmurHash3 (public domain): every input bit reaches every output bit. */
static guint64
mix (guint64 value)
{
  value ^= value >> 33;
  value *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  value ^= value >> 33;
  value *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return value ^ (value >> 33);
}

gint64
sobre_row_make_key (const SobreId *id, guint64 secret)
{
  guint64 high, low;
  guint version = sobre_id_get_version (id);

  if (version == 7 || version == 8)
    {
      guint64 time = (guint64) sobre_id_get_time (id) & G_GUINT64_CONSTANT (0x7fffffffffff);

      return (gint64) (time << 16 | (guint64) id->bytes[14] << 8 | id->bytes[15]);
    }
  memcpy (&high, id->bytes, sizeof high);
  memcpy (&low, id->bytes + 8, sizeof low);
  return (gint64) (mix (mix (high ^ secret) ^ low ^ (secret << 1 | 1)) | G_GUINT64_CONSTANT (1) << 63);
}

int
sobre_row_compare_times (const SobreRow *a, const SobreRow *b)
{
  if (a->received_at != b->received_at)
    return a->received_at < b->received_at ? -1 : 1;
  if (a->submitted_at != b->submitted_at)
    return a->submitted_at < b->submitted_at ? -1 : 1;
  /* NULLs last, as SQL orders them on both engines. */
  if (a->duration_ms != b->duration_ms)
    return b->duration_ms < 0 || (a->duration_ms >= 0 && a->duration_ms < b->duration_ms) ? -1 : 1;
  return 0;
}

gboolean
sobre_row_wins (const SobreRow *a, SobreText a_comment, const SobreRow *b, SobreText b_comment)
{
  int order = sobre_row_compare_times (a, b);

  if (order != 0)
    return order < 0;
  if ((a_comment.data == NULL) != (b_comment.data == NULL))
    return b_comment.data == NULL;
  order = sobre_text_compare (a_comment, b_comment);
  if (order != 0)
    return order < 0;
  if (a->dt != b->dt)
    return a->dt < b->dt;
  return a->body < b->body;
}

GBytes *
sobre_row_serialize (const SobreRowBatch *batch, const SobreRow *row)
{
  g_autoptr (SobreRowBatch) alone = sobre_row_batch_new ();
  GByteArray *bytes = g_byte_array_new ();

  sobre_row_batch_append_copy (alone, batch, row);
  g_byte_array_append (bytes, (const guint8 *) alone->rows->data, sizeof (SobreRow));
  g_byte_array_append (bytes, (const guint8 *) alone->answers->data, (guint) (row->n_answers * sizeof (SobreRowAnswer)));
  g_byte_array_append (bytes, alone->text->data, alone->text->len);

  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
is_inside (guint32 offset, gint32 length, gsize n_text)
{
  return length < 0 || (offset <= n_text && (gsize) length <= n_text - offset);
}

gboolean
sobre_row_deserialize (SobreRowBatch *batch, const guint8 *bytes, gsize length)
{
  guint32 first_text = batch->text->len;
  gsize n_answers_bytes, n_text;
  SobreRow row;

  if (length < sizeof row)
    return FALSE;
  memcpy (&row, bytes, sizeof row);
  n_answers_bytes = row.n_answers * sizeof (SobreRowAnswer);
  if (row.n_answers > length / sizeof (SobreRowAnswer) || length - sizeof row < n_answers_bytes)
    return FALSE;
  n_text = length - sizeof row - n_answers_bytes;
  if (!is_inside (row.comment_offset, row.comment_length, n_text))
    return FALSE;

  row.comment_offset += first_text;
  row.first_answer = batch->answers->len;
  for (guint i = 0; i < row.n_answers; i++)
    {
      SobreRowAnswer answer;

      memcpy (&answer, bytes + sizeof row + i * sizeof answer, sizeof answer);
      if (!is_inside (answer.text_offset, answer.text_length, n_text))
        {
          g_array_set_size (batch->answers, row.first_answer);
          return FALSE;
        }
      answer.text_offset += first_text;
      g_array_append_val (batch->answers, answer);
    }
  g_byte_array_append (batch->text, bytes + sizeof row + n_answers_bytes, (guint) n_text);
  g_array_append_val (batch->rows, row);

  return TRUE;
}
