/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"
#include "model/sobre-service-calendar.h"
#include "scan/sobre-figures.h"
#include "sobre-drawing.h"

/**
 * SobreFiguresLabels: what figures alone do not know and their pictures say.
 * @calendar: puts instants on the restaurant's clock
 * @form: (nullable): names the questions; their ids are shown without
 * @language: (nullable): of those names; the form's first without
 */
typedef struct
{
  SobreServiceCalendar *calendar;
  SobreForm *form;
  const char *language;
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

/** Tables, the lowest score first; those with few answers last. @limit: at most so many rows, 0 for all. (transfer full) */
SobreDrawing *sobre_figures_make_tables (const SobreFigures *figures, const SobreFiguresLabels *labels, guint limit);

/** The newest comments with their place and score. @limit: at most so many, 0 for all. (transfer full) */
SobreDrawing *sobre_figures_make_comments (const SobreFigures *figures, const SobreFiguresLabels *labels, guint limit);

/** "16–22 Nov 2026 · all stores · all tables": what was asked, in words. (transfer full) */
char *sobre_figures_describe_filter (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** "answers up to 14:05", with the date when that was not on the last day shown; "no answers yet". (transfer full) */
char *sobre_figures_describe_age (const SobreFigures *figures, const SobreFiguresLabels *labels);

/** "Service days to 04:00, Europe/Berlin". (transfer full) */
char *sobre_figures_describe_calendar (const SobreFiguresLabels *labels);
