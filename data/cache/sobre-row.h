/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <math.h>

#include "model/sobre-id.h"
#include "model/sobre-record.h"

/* Responses on their way into the cache: fixed-size rows whose texts are codes of the cache's dictionary or lie in one buffer beside
 * them. A batch holds what one lake object gave; the tail holds single rows in the same form. */

#define SOBRE_CODE_NONE 0 /* an absent text; the dictionary's own codes begin at 1 */
#define SOBRE_TEXT_ABSENT (-1)

/** SobreRowAnswer: @score is NaN where there is none; @text_length is %SOBRE_TEXT_ABSENT where there is no text. */
typedef struct
{
  double score;
  guint32 question;
  guint32 choice;
  guint32 item;
  guint32 text_offset;
  gint32 text_length;
  guint32 kind;
} SobreRowAnswer;

/** Whether the answer counts into means over all star and smiley questions. */
static inline gboolean
sobre_row_answer_is_rating (const SobreRowAnswer *self)
{
  return (self->kind == SOBRE_ANSWER_STARS || self->kind == SOBRE_ANSWER_SMILEY) && !isnan (self->score);
}

/**
 * SobreRow:
 * @key: where `seen` looks the id up, see sobre_row_make_key()
 * @day: service day of the instant the row counts at
 * @hour: local hour of that instant
 * @body: hash of everything but @received_at and @dt: two copies with different bodies are a conflict
 * @duration_ms: -1 when absent
 * @comment_length: %SOBRE_TEXT_ABSENT when there is none
 */
typedef struct
{
  SobreId id;
  gint64 key;
  gint64 submitted_at;
  gint64 received_at;
  gint64 duration_ms;
  gint32 dt;
  gint32 day;
  guint32 body;
  guint32 store;
  guint32 table;
  guint32 form;
  gint32 form_version;
  guint32 language;
  guint32 comment_offset;
  gint32 comment_length;
  guint32 first_answer;
  guint32 n_answers;
  guint8 hour;
  guint8 verified;
  guint8 channel;
  guint8 padding[5]; /* zero, so that rows compare and store as bytes */
} SobreRow;

/** SobreRowBatch: @rows of SobreRow, @answers of SobreRowAnswer, @text the bytes that both point into. */
typedef struct
{
  GArray *rows;
  GArray *answers;
  GByteArray *text;
  gatomicrefcount ref_count;
} SobreRowBatch;

SobreRowBatch *sobre_row_batch_new (void);
SobreRowBatch *sobre_row_batch_ref (SobreRowBatch *self);
void sobre_row_batch_unref (SobreRowBatch *self);

static inline const SobreRow *
sobre_row_batch_get (const SobreRowBatch *self, guint index)
{
  return &g_array_index (self->rows, SobreRow, index);
}

static inline const SobreRowAnswer *
sobre_row_batch_get_answer (const SobreRowBatch *self, const SobreRow *row, guint index)
{
  return &g_array_index (self->answers, SobreRowAnswer, row->first_answer + index);
}

static inline SobreText
sobre_row_batch_get_text (const SobreRowBatch *self, guint32 offset, gint32 length)
{
  if (length < 0)
    return SOBRE_TEXT_NONE;
  /* An empty text is there, also where no buffer is. */
  return (SobreText) { length > 0 ? (const char *) self->text->data + offset : "", (gsize) length };
}

/** Appends a copy of @row, its answers and texts to @self. Returns: its index there. */
guint sobre_row_batch_append_copy (SobreRowBatch *self, const SobreRowBatch *from, const SobreRow *row);

/**
 * sobre_row_make_key:
 * @secret: of this cache, so that nobody outside can make random ids collide
 *
 * 48 bits of time and the last 16 bits for version 7 and 8 ids, which therefore come in order; a keyed hash with the top bit set for others.
 */
gint64 sobre_row_make_key (const SobreId *id, guint64 secret);

/**
 * sobre_row_compare_times:
 *
 * Which of two copies of one id counts, as far as (received_at, submitted_at, duration_ms) tell.
 *
 * Returns: less than 0 when @a does; 0 when sobre_row_wins() has to be asked
 */
int sobre_row_compare_times (const SobreRow *a, const SobreRow *b);

/** Whether @a counts rather than @b, two copies of one id: the smaller of (received_at, submitted_at, duration_ms, comment, dt, body). */
gboolean sobre_row_wins (const SobreRow *a, SobreText a_comment, const SobreRow *b, SobreText b_comment);

/** One row as bytes and back, for the tail. */
GBytes *sobre_row_serialize (const SobreRowBatch *batch, const SobreRow *row);
gboolean sobre_row_deserialize (SobreRowBatch *batch, const guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreRowBatch, sobre_row_batch_unref)
