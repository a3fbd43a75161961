/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-id.h"
#include "model/sobre-record.h"

/* Records at random, as values that an oracle can reason about and as lines of a lake. They come from a small world, so that ids share
 * keys, texts recur, and copies of one id differ in just one thing. */

/** MadeAnswer: @score: NaN for none · @choice, @text, @item: (nullable) */
typedef struct
{
  const char *question;
  SobreAnswerKind kind;
  double score;
  const char *choice;
  const char *text;
  const char *item;
} MadeAnswer;

#define MADE_MAX_ANSWERS 6

/** MadeResponse: a value; its texts are constants. @dt: of the object that holds it · @comment: (nullable) */
typedef struct
{
  SobreId id;
  gint64 submitted_at;
  gint64 received_at;
  gint64 duration_ms;
  gint32 dt;
  const char *store;
  const char *table;
  const char *form;
  gint32 form_version;
  const char *language;
  gboolean verified;
  SobreChannel channel;
  const char *comment;
  guint n_answers;
  MadeAnswer answers[MADE_MAX_ANSWERS];
} MadeResponse;

/** An id whose key some other id shares, more often than not; versions 7, 8 and 4. */
SobreId made_id (GRand *random, gint64 time_ms);

/** Something that a guest might have sent within the 20 days from @first_day on. */
MadeResponse made_response (GRand *random, gint32 first_day);

/** Another copy of the same id, which differs in nothing, in when it came, or in what it says. */
MadeResponse made_response_vary (GRand *random, const MadeResponse *from);

/** Appends the line that a lake holds, newline included. */
void made_response_append_line (const MadeResponse *self, GString *lines);

/** Everything that it says, in one text that equals another one only if all is equal; answers in the order of their questions. (transfer full) */
char *made_response_describe (const MadeResponse *self);

/**
 * made_response_compare:
 *
 * Which of two copies counts: the documented rule, (received_at, submitted_at, duration_ms, comment), then dt.
 *
 * Returns: less than 0 when @a does; 0 when the rule does not tell
 */
int made_response_compare (const MadeResponse *a, const MadeResponse *b);

/** A random line of the dataset; ids of events and orders come from a small pool, so many are copies that differ. */
void made_event_append_line (GRand *random, gint32 first_day, GString *lines);
void made_order_append_line (GRand *random, gint32 first_day, GString *lines);

/** Appends a line that is no record. */
void made_bad_append_line (GRand *random, GString *lines);
