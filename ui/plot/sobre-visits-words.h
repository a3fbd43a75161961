/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-visits-plots.h"

/** Why there is no visit to show, and what to do where there never was one. (transfer none) */
const char *sobre_visits_get_empty_words (const SobreVisitFigures *visits);

/** As sobre_figures_set_titles(). Visits and orders have no language: while one is chosen the note says that these are of all. */
void sobre_visits_set_titles (const SobreVisitFigures *visits,
                              const SobreFigures *figures,
                              const SobreFiguresLabels *labels,
                              SobreDrawing *drawing,
                              const char *title);
