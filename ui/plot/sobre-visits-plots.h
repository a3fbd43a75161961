/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scan/sobre-visit-figures.h"
#include "sobre-figures-plots.h"

/* The pictures of what guests did before they answered. Each takes the figures of the same filter, whose age it tells, and says what to do
 * where there is nothing to show. */

/** How far visits of the menu and of the form came. (transfer full) */
SobreDrawing *
sobre_visits_make_funnel (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels);

/** The questions in the form's order, each with the visits that reached it. (transfer full) */
SobreDrawing *
sobre_visits_make_drop_off (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels);

/** Visits, order lines and mean score by hour of the service day, one over the other. (transfer full) */
SobreDrawing *
sobre_visits_make_hours (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels);

/** Each dish by the visits that looked at it and its mean score. (transfer full) */
SobreDrawing *
sobre_visits_make_interest (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels);

/** The dishes with a score, the lowest first. @limit: at most so many, half of them the highest; 0 for all. (transfer full) */
SobreDrawing *sobre_visits_make_dishes (const SobreVisitFigures *visits,
                                        const SobreFigures *figures,
                                        const SobreFiguresLabels *labels,
                                        guint limit);

/** Whether there is anything to show: a visit or an order in the whole cache, or a dish with a score. */
gboolean sobre_visits_have_anything (const SobreVisitFigures *visits);
