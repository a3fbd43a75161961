/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-figures-plots.h"

/**
 * SobreEvidence: a sentence beside the headline and whose answers it speaks of.
 * @words: the sentence
 * @weekday: 0 for Monday, of an hour of the week; else -1
 * @hour: 0–23, likewise
 * @store_id: (nullable): of a table
 * @table_id: (nullable): likewise
 */
typedef struct
{
  char *words;
  int weekday;
  int hour;
  char *store_id;
  char *table_id;
} SobreEvidence;

/**
 * SobreHeadline: what matters, in words.
 * @headline: one sentence
 * @evidence: (element-type SobreEvidence): what it rests on and what else stands out
 */
typedef struct
{
  char *headline;
  GPtrArray *evidence;
} SobreHeadline;

/**
 * sobre_headline_make:
 *
 * Says which question moved most against the period before, and where and when scores are lowest. The same figures give the same
 * words. A change counts when it is larger than twice its standard error, and a place or an hour when its mean lies three standard errors
 * under the overall one; with fewer than SOBRE_SMALL_SAMPLE answers nothing is claimed.
 *
 * Returns: (transfer full)
 */
SobreHeadline *sobre_headline_make (const SobreFigures *figures, const SobreFiguresLabels *labels);
void sobre_headline_free (SobreHeadline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreHeadline, sobre_headline_free)
