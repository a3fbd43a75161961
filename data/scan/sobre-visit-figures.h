/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scan/sobre-figures.h"

/* What guests did before they answered, and what the house sold meanwhile, beside what they said: the clickstream, the orders and the
 * answers of one cache under one filter. Like SobreFigures a plain value that may cross threads. */

/**
 * SobreVisitStep: how far a visit came, in the order in which a guest goes.
 */
typedef enum
{
  SOBRE_VISIT_MENU_OPENED,
  SOBRE_VISIT_DISH_LOOKED_AT,
  SOBRE_VISIT_FORM_OPENED,
  SOBRE_VISIT_FORM_BEGUN,
  SOBRE_VISIT_QUESTION_REACHED,
  SOBRE_VISIT_ANSWER_SENT,
} SobreVisitStep;

#define SOBRE_N_VISIT_STEPS (SOBRE_VISIT_ANSWER_SENT + 1)

/** SobreReachFigures: @visits: that reached @question of the form */
typedef struct
{
  char *question;
  gint64 visits;
} SobreReachFigures;

/**
 * SobreDishFigures:
 * @item: as the menu numbers it
 * @visits: that looked at it
 * @sold: how many of it the till sold, returns taken off
 * @named: answers that name it
 * @scores: those with a score; @low: those with one of 1 or 2 (or 0)
 * @mean: of the scores; NaN without
 */
typedef struct
{
  char *item;
  gint64 visits;
  gint64 sold;
  gint64 named;
  gint64 scores;
  gint64 low;
  double mean;
} SobreDishFigures;

/**
 * SobreHourFigures: a local hour of the day.
 * @visits: that opened a page in it; @menus and @forms: how often the one or the other was opened
 * @lines: of orders
 * @scores: given by answers that count in it; @low: those of 1 or 2 (or 0)
 * @mean: of the scores; NaN without
 */
typedef struct
{
  gint64 visits;
  gint64 menus;
  gint64 forms;
  gint64 lines;
  gint64 scores;
  gint64 low;
  double mean;
} SobreHourFigures;

/**
 * SobreLoadFigures: hours of a store on a day that were about as busy, and that guests scored.
 * @lines_from: order lines in each, from this number up to the next one
 * @hours: how many
 */
typedef struct
{
  gint64 lines_from;
  gint64 hours;
  gint64 scores;
  gint64 low;
  double mean;
} SobreLoadFigures;

/**
 * SobreVisitQuery: what is asked beside the filter.
 * @question: (nullable): whose scores are set against the orders; %NULL for those of all star and smiley questions
 * @load_step: the width of SobreLoadFigures, in order lines; at least 1
 */
typedef struct
{
  const char *question;
  guint load_step;
} SobreVisitQuery;

/**
 * SobreVisitFigures:
 * @filter: what was asked. Visits and orders have no language and no card key, so those two parts of it narrow the answers only
 * @n_visits: visits of the filter, however far they came
 * @n_lines: order lines of the filter
 * @steps: visits that came to each step
 * @reach: (element-type SobreReachFigures): of each question that was shown, the one that most visits reached first
 * @dishes: (element-type SobreDishFigures): those that guests looked at or named, the most looked at first
 * @hours: by local hour
 * @loads: (element-type SobreLoadFigures): the quietest first
 * @has_visits: whether the whole cache has any event
 * @has_orders: likewise any order
 */
typedef struct
{
  SobreFilter *filter;
  gint64 n_visits;
  gint64 n_lines;
  gint64 steps[SOBRE_N_VISIT_STEPS];
  GPtrArray *reach;
  GPtrArray *dishes;
  SobreHourFigures hours[24];
  GArray *loads;
  gboolean has_visits;
  gboolean has_orders;
  gatomicrefcount ref_count;
} SobreVisitFigures;

/**
 * sobre_visit_figures_compute:
 * @reader: an open cache
 * @filter: what to count
 * @query: what beside
 *
 * Reads the events and orders of the filter's days and the answers in them. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR
 */
SobreVisitFigures *
sobre_visit_figures_compute (SobreCacheReader *reader, const SobreFilter *filter, const SobreVisitQuery *query, GError **error);

/** Figures without a visit, a dish or an order, to be filled in. (transfer full) */
SobreVisitFigures *sobre_visit_figures_new (const SobreFilter *filter);
SobreVisitFigures *sobre_visit_figures_ref (SobreVisitFigures *self);
void sobre_visit_figures_unref (SobreVisitFigures *self);

/** Adds a question or a dish with nothing counted. (transfer none) */
SobreReachFigures *sobre_visit_figures_add_reach (SobreVisitFigures *self, const char *question);
SobreDishFigures *sobre_visit_figures_add_dish (SobreVisitFigures *self, const char *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreVisitFigures, sobre_visit_figures_unref)
