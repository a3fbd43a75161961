/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-form.h"
#include "model/sobre-menu.h"
#include "model/sobre-service-calendar.h"
#include "model/sobre-settings.h"
#include "scan/sobre-figures.h"
#include "sobre-drawing.h"

/**
 * SobreFiguresLabels: what figures alone do not know and their pictures say.
 * @calendar: puts instants on the restaurant's clock
 * @form: (nullable): names the questions; their ids are shown without
 * @language: (nullable): of those names; the form's first without
 * @stores: (nullable) (element-type SobreStore): names the stores; their ids are shown without
 * @tables: (nullable): a GListModel of SobreTable, where tables stand; they are ranked without
 * @notes: (nullable): a GListModel of SobreNote, oldest first: what happened on which day
 * @menu: (nullable): names the dishes; their ids are shown without
 */
typedef struct
{
  SobreServiceCalendar *calendar;
  SobreForm *form;
  const char *language;
  const GPtrArray *stores;
  GListModel *tables;
  GListModel *notes;
  SobreMenu *menu;
} SobreFiguresLabels;

/**
 * sobre_figures_make_tiles:
 *
 * Overall score, recommendation (when an nps question was asked), the lowest question and the number of answers.
 *
 * Returns: (transfer full) (element-type SobreDrawing): two to four tiles
 */
GPtrArray *sobre_figures_make_tiles (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** Score by day with the expected band and the days outside it. (transfer full) */
SobreDrawing *sobre_figures_make_trend (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** Mean score by weekday and hour. (transfer full) */
SobreDrawing *sobre_figures_make_heat_map (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** Each question's shares of scores and its mean. (transfer full) */
SobreDrawing *sobre_figures_make_questions (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** The tables where they stand, coloured by score; %NULL when most of those with answers have no place. (transfer full) (nullable) */
SobreDrawing *sobre_figures_make_floor_plan (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** How many tables have answers. */
guint sobre_figures_count_ranked (const SobreFigures *figures);

/**
 * sobre_figures_make_ranking:
 * @first: how many of them to pass over
 * @limit: at most so many rows, 0 for all
 *
 * Returns: (transfer full): tables with answers, the lowest score first; those with few answers last
 */
SobreDrawing *
sobre_figures_make_ranking (const SobreFigures *figures, const SobreFiguresLabels *labels, guint first, guint limit);

/** The floor plan, or the ranking with at most @limit rows where there is none. (transfer full) */
SobreDrawing *sobre_figures_make_tables (const SobreFigures *figures, const SobreFiguresLabels *labels, guint limit);

/** The newest comments with their place and score. @limit: at most so many, 0 for all. (transfer full) */
SobreDrawing *sobre_figures_make_comments (const SobreFigures *figures, const SobreFiguresLabels *labels, guint limit);

/** "16–22 Nov 2026 · all stores · all tables": what was asked, in words. (transfer full) */
char *sobre_figures_describe_filter (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** "answers up to 14:05", with the date when that was not on the last day shown; "no answers yet". (transfer full) */
char *sobre_figures_describe_age (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** "Service days to 04:00, Europe/Berlin". (transfer full) */
char *sobre_figures_describe_calendar (const SobreFiguresLabels *labels);
