/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-chunk.h"

#include <math.h>
#include <string.h>

#include "cache/sobre-integers.h"

static gboolean
array_fits (guint32 offset, gsize size, gsize length)
{
  return offset == 0 || (offset % 8 == 0 && offset <= length && size <= length - offset);
}

static gboolean
integers_fit (const guint8 *bytes, guint32 offset, guint n, gsize length)
{
  return offset == 0 ||
         (offset % 8 == 0 && offset <= length && sobre_integers_measure (bytes + offset, length - offset, n) > 0);
}

static gboolean
group_fits (const SobreAnswerGroup *group, const guint8 *bytes, gsize length, guint n_rows)
{
  if (group->n > length || (group->rows == 0 && group->n != n_rows))
    return FALSE;
  if (!array_fits (group->rows, group->n * sizeof (guint16), length) ||
      !array_fits (group->scores, group->n * (group->whole ? sizeof (gint8) : sizeof (double)), length))
    return FALSE;
  for (guint i = 0; group->rows != 0 && i < group->n; i++)
    {
      guint16 row;

      memcpy (&row, bytes + group->rows + i * sizeof row, sizeof row);
      if (row >= n_rows)
        return FALSE;
    }
  return integers_fit (bytes, group->choices, group->n, length) && integers_fit (bytes, group->items, group->n, length) &&
         integers_fit (bytes, group->lengths, group->n, length);
}

const SobreAnswerGroup *
sobre_chunk_get_groups (GBytes *blob, guint n_rows, guint *n_groups)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (blob, &length);
  const SobreAnswerGroup *groups;
  guint32 head[2];

  if (length < sizeof head)
    return NULL;
  memcpy (head, bytes, sizeof head);
  if (head[0] > (length - sizeof head) / sizeof (SobreAnswerGroup))
    return NULL;
  groups = (const SobreAnswerGroup *) (gconstpointer) (bytes + sizeof head);
  for (guint i = 0; i < head[0]; i++)
    {
      if (!group_fits (&groups[i], bytes, length, n_rows))
        return NULL;
    }
  *n_groups = head[0];
  return groups;
}

static gboolean
read_integer (const SobreChunk *self, SobreChunkColumn column, guint index, gint64 *value)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (self->columns[column], &length);

  if (sobre_integers_measure (bytes, length, self->n_rows) == 0)
    return FALSE;
  *value = sobre_integers_get (bytes, index);
  return TRUE;
}

gboolean
sobre_chunk_decode_numbers (const SobreChunk *self, guint index, SobreRow *row)
{
  gint64 values[SOBRE_CHUNK_CHANNEL + 1] = { 0 };
  gsize n_ids;
  const SobreId *ids = g_bytes_get_data (self->columns[SOBRE_CHUNK_IDS], &n_ids);

  if (index >= self->n_rows || n_ids != self->n_rows * sizeof (SobreId))
    return FALSE;
  for (guint column = SOBRE_CHUNK_BODY; column <= SOBRE_CHUNK_CHANNEL; column++)
    {
      if (!read_integer (self, column, index, &values[column]))
        return FALSE;
    }

  memset (row, 0, sizeof *row);
  row->id = ids[index];
  row->body = (guint32) values[SOBRE_CHUNK_BODY];
  row->submitted_at = values[SOBRE_CHUNK_SUBMITTED];
  row->received_at = (gint64) ((guint64) values[SOBRE_CHUNK_RECEIVED] + (guint64) row->submitted_at);
  row->dt = (gint32) values[SOBRE_CHUNK_DT];
  row->day = (gint32) values[SOBRE_CHUNK_DAY];
  row->hour = (guint8) values[SOBRE_CHUNK_HOUR];
  row->store = (guint32) values[SOBRE_CHUNK_STORE];
  row->table = (guint32) values[SOBRE_CHUNK_TABLE];
  row->verified = (guint8) values[SOBRE_CHUNK_VERIFIED];
  row->form = (guint32) values[SOBRE_CHUNK_FORM];
  row->form_version = (gint32) values[SOBRE_CHUNK_FORM_VERSION];
  row->language = (guint32) values[SOBRE_CHUNK_LANGUAGE];
  row->duration_ms = values[SOBRE_CHUNK_DURATION];
  row->channel = (guint8) values[SOBRE_CHUNK_CHANNEL];
  return TRUE;
}

/* Finds the text of entry @index among @n that follow each other from @begin on. */
static gboolean
find_text (const guint8 *lengths, guint n, guint index, const guint8 *texts, gsize n_texts, gsize begin, SobreText *text)
{
  gint64 length;

  for (guint i = 0; i < index; i++)
    begin += (gsize) MAX (sobre_integers_get (lengths, i), 0);
  length = sobre_integers_get (lengths, index);
  if (length < 0)
    {
      *text = SOBRE_TEXT_NONE;
      return TRUE;
    }
  if (begin > n_texts || (gsize) length > n_texts - begin)
    return FALSE;
  *text = (SobreText) { (const char *) texts + begin, (gsize) length };
  return TRUE;
}

static gint32
append_text (SobreRowBatch *batch, SobreText text, guint32 *offset)
{
  *offset = batch->text->len;
  if (text.data == NULL)
    return SOBRE_TEXT_ABSENT;
  g_byte_array_append (batch->text, (const guint8 *) text.data, (guint) text.length);
  return (gint32) text.length;
}

static gboolean
decode_comment (const SobreChunk *self, guint index, SobreRowBatch *batch, SobreRow *row)
{
  gsize length, begin;
  const guint8 *bytes = g_bytes_get_data (self->raw_comments, &length);
  SobreText text;

  begin = sobre_integers_measure (bytes, length, self->n_rows);
  if (begin == 0 || !find_text (bytes, self->n_rows, index, bytes, length, begin, &text))
    return FALSE;
  row->comment_length = append_text (batch, text, &row->comment_offset);
  return TRUE;
}

static gint64
find_in_group (const SobreAnswerGroup *group, const guint8 *bytes, guint row, guint from)
{
  if (group->rows == 0)
    return from == 0 ? (gint64) row : -1;
  for (guint i = from; i < group->n; i++)
    {
      guint16 at;

      memcpy (&at, bytes + group->rows + i * sizeof at, sizeof at);
      if (at == row)
        return i;
    }
  return -1;
}

static gboolean
decode_answer (const SobreAnswerGroup *group, const guint8 *bytes, GBytes *texts, guint at, SobreRowBatch *batch)
{
  SobreRowAnswer answer = { .question = group->question, .kind = group->kind, .score = NAN, .text_length = SOBRE_TEXT_ABSENT };

  if (group->scores != 0 && group->whole)
    answer.score = ((const gint8 *) bytes)[group->scores + at];
  else if (group->scores != 0)
    memcpy (&answer.score, bytes + group->scores + at * sizeof (double), sizeof (double));
  if (group->choices != 0)
    answer.choice = (guint32) sobre_integers_get (bytes + group->choices, at);
  if (group->items != 0)
    answer.item = (guint32) sobre_integers_get (bytes + group->items, at);
  if (group->lengths != 0)
    {
      gsize n_texts;
      const guint8 *data = g_bytes_get_data (texts, &n_texts);
      SobreText text;

      if (!find_text (bytes + group->lengths, group->n, at, data, n_texts, group->texts, &text))
        return FALSE;
      answer.text_length = append_text (batch, text, &answer.text_offset);
    }
  g_array_append_val (batch->answers, answer);
  return TRUE;
}

/* Once a chunk: several rows of it may be wanted. */
static gboolean
need_texts (SobreChunk *self)
{
  if (self->raw_comments == NULL)
    self->raw_comments = sobre_chunk_unpack (self->columns[SOBRE_CHUNK_COMMENTS]);
  if (self->raw_texts == NULL)
    self->raw_texts = sobre_chunk_unpack (self->columns[SOBRE_CHUNK_TEXTS]);
  return self->raw_comments != NULL && self->raw_texts != NULL;
}

gboolean
sobre_chunk_decode_row (SobreChunk *self, guint index, SobreRowBatch *batch)
{
  const guint8 *bytes = g_bytes_get_data (self->columns[SOBRE_CHUNK_ANSWERS], NULL);
  const SobreAnswerGroup *groups;
  guint n_groups;
  SobreRow row;

  if (!need_texts (self) || !sobre_chunk_decode_numbers (self, index, &row) || !decode_comment (self, index, batch, &row))
    return FALSE;
  groups = sobre_chunk_get_groups (self->columns[SOBRE_CHUNK_ANSWERS], self->n_rows, &n_groups);
  if (groups == NULL)
    return FALSE;

  row.first_answer = batch->answers->len;
  for (guint i = 0; i < n_groups; i++)
    {
      for (gint64 at = find_in_group (&groups[i], bytes, index, 0); at >= 0;
           at = find_in_group (&groups[i], bytes, index, (guint) at + 1))
        {
          if (!decode_answer (&groups[i], bytes, self->raw_texts, (guint) at, batch))
            return FALSE;
        }
    }
  row.n_answers = batch->answers->len - row.first_answer;
  g_array_append_val (batch->rows, row);
  return TRUE;
}
