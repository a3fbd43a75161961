/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_QUESTION_MAX_SHARES 5

/**
 * SobreQuestionRow:
 * @name: the question's short name
 * @value: its figure, formatted
 * @n: answers counted
 * @n_shares: three (detractors, passives, promoters) or five (scores 1 to 5)
 * @shares: of the answers, from the worst to the best, together 1
 */
typedef struct
{
  char *name;
  char *value;
  gint64 n;
  guint n_shares;
  double shares[SOBRE_QUESTION_MAX_SHARES];
} SobreQuestionRow;

SobreQuestionRow *sobre_question_row_new (const char *name, const char *value, gint64 n);
void sobre_question_row_free (SobreQuestionRow *self);

#define SOBRE_TYPE_QUESTION_BARS (sobre_question_bars_get_type ())

/** SobreQuestionBars: for each question a stacked bar of the shares of its scores. */
G_DECLARE_FINAL_TYPE (SobreQuestionBars, sobre_question_bars, SOBRE, QUESTION_BARS, SobreDrawing)

SobreQuestionBars *sobre_question_bars_new (void);

/** sobre_question_bars_add: @row: (transfer full) */
void sobre_question_bars_add (SobreQuestionBars *self, SobreQuestionRow *row);

G_END_DECLS
