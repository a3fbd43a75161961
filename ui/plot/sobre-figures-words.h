/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-figures-plots.h"

/** The question's name in the form, or its id. (transfer none) */
const char *sobre_figures_get_question_name (const SobreFiguresLabels *labels, const char *question);

/** The store's name, or its id. (transfer none) */
const char *sobre_figures_get_store_name (const SobreFiguresLabels *labels, const char *store_id);

/** "Table 12", "Table 12, Harbour Kitchen". (transfer full) */
char *
sobre_figures_format_place (const SobreFiguresLabels *labels, const char *store_id, const char *table_id, gboolean with_store);

/** Gives @drawing @title and, in the corner, how old its answers are: in few words where there is little room. */
void sobre_figures_set_titles (const SobreFigures *figures,
                               const SobreFiguresLabels *labels,
                               SobreDrawing *drawing,
                               const char *title);
gboolean sobre_figures_has_several_stores (const SobreFigures *figures);
