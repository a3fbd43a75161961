/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache.h"
#include "model/sobre-filter.h"
#include "model/sobre-record.h"

/* The numbers of a dashboard. Everything is a plain value, computed in one call and then immutable, so it may cross threads. */

#define SOBRE_SMALL_SAMPLE 5 /* below this many answers a figure is shown grey, with its n */

/**
 * SobreQuestionFigures:
 * @question: the question's id; %NULL for the figures over all star and smiley questions together
 * @n: answers counted
 * @mean: of the scores; NaN when @n is 0. For nps it is the score's mean, see @nps
 * @nps: per cent promoters (9, 10) less per cent detractors (0–6); NaN for other kinds
 * @histogram: answers per score, 0–10
 * @previous_n: the same over the period of equal length just before the filter's
 * @previous_mean: likewise
 * @previous_nps: likewise
 * @spark: (nullable) (element-type SobreDayFigures): @n and @mean (of the scores) of this question alone, a day each over the days
 *   of SobreFigures.spark; no band. %NULL in SobreFigures.overall, whose days are SobreFigures.spark itself
 */
typedef struct
{
  char *question;
  SobreAnswerKind kind;
  gint64 n;
  double mean;
  double nps;
  gint64 histogram[11];
  gint64 previous_n;
  double previous_mean;
  double previous_nps;
  GArray *spark;
} SobreQuestionFigures;

/**
 * SobreDayFigures:
 * @n: responses with a score that day
 * @mean: mean score of the star and smiley questions; NaN on a day without
 * @low: lower end of the expected band; NaN where there is too little history
 * @high: upper end
 */
typedef struct
{
  gint32 day;
  gint64 n;
  double mean;
  double low;
  double high;
  gboolean outlier;
} SobreDayFigures;

/** SobreCellFigures: @n: responses with a score · @mean: of all their scores, NaN when there are none. */
typedef struct
{
  gint64 n;
  double mean;
} SobreCellFigures;

/** SobreTableFigures: @n: responses with a score · @mean: of all their scores */
typedef struct
{
  char *store_id;
  char *table_id;
  gint64 n;
  double mean;
} SobreTableFigures;

/** SobreComment: a guest's words, with contact details masked. @score: mean of the response's scores, NaN without. */
typedef struct
{
  char *text;
  char *store_id;
  char *table_id;
  gint64 submitted_at;
  double score;
} SobreComment;

/**
 * SobreFigures:
 * @filter: what was asked
 * @n_responses: responses counted
 * @previous_n_responses: likewise in the period of equal length before
 * @overall: over all star and smiley questions
 * @questions: (element-type SobreQuestionFigures): in the order of the form where known, then by name
 * @days: (array) one for each day of the filter, closed days included
 * @spark: (array) (element-type SobreDayFigures): at least 30 days up to the filter's last, with their band: for the tiles' spark
 *   lines, and to see a short period in
 * @heat: by weekday (Monday first) and local hour
 * @tables: (element-type SobreTableFigures): by store, then table in natural order
 * @comments: (element-type SobreComment): the newest first
 * @newest: when the newest response in the whole cache was received, ms since the epoch; 0 when the cache is empty
 * @n_unverified: responses left out because their card key is not valid
 */
typedef struct
{
  SobreFilter *filter;
  gint64 n_responses;
  gint64 previous_n_responses;
  SobreQuestionFigures overall;
  GPtrArray *questions;
  GArray *days;
  GArray *spark;
  SobreCellFigures heat[7][24];
  GPtrArray *tables;
  GPtrArray *comments;
  gint64 newest;
  gint64 n_unverified;
  gatomicrefcount ref_count;
} SobreFigures;

/**
 * sobre_figures_compute:
 * @reader: an open cache
 * @filter: what to count
 * @max_comments: how many comments to fetch, 0 for none
 *
 * Uses the cubes where they hold the answer and scans chunks where they do not (hour together with table).
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR
 */
SobreFigures *sobre_figures_compute (SobreCacheReader *reader, const SobreFilter *filter, guint max_comments, GError **error);
SobreFigures *sobre_figures_ref (SobreFigures *self);
void sobre_figures_unref (SobreFigures *self);

/**
 * sobre_figures_search:
 * @text: words as the manager types them; every one must occur, the last one may be a beginning
 *
 * Full-text search over the comments.
 *
 * Returns: (transfer full) (element-type SobreComment): the newest first; %NULL with %SOBRE_CACHE_ERROR
 */
GPtrArray *
sobre_figures_search (SobreCacheReader *reader, const char *text, const SobreFilter *filter, guint limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreFigures, sobre_figures_unref)
