/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"
#include "workspace/sobre-sample-guest.h"

/**
 * SobreSampleQuestion: one of form.json.
 * @choices: (nullable): ids
 * @asker: (nullable): the question whose score decides whether this one is asked, from @at_least to @at_most
 */
typedef struct
{
  const char *id;
  SobreAnswerKind kind;
  gboolean dishes;
  SobreSampleAspect aspect;
  char **choices;
  char *asker;
  gint64 at_least;
  gint64 at_most;
} SobreSampleQuestion;

/** sobre_sample_questions_read: Returns: (transfer full) (element-type SobreSampleQuestion): those of @form, which they refer to; %NULL with a JsonParserError */
GArray *sobre_sample_questions_read (SobreForm *form, GError **error);

/** Whether a guest comes to see a question that is one of @questions. */
gboolean sobre_sample_question_is_asked (const SobreSampleQuestion *self, GArray *questions, const SobreSampleGuest *guest);
