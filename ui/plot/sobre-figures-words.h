/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-figures-plots.h"

/** The question's name in the form, or its id. (transfer none) */
const char *sobre_figures_get_question_name (const SobreFiguresLabels *labels, const char *question);

/** "Table 12", "Table 12, harbour". (transfer full) */
char *sobre_figures_format_place (const char *store_id, const char *table_id, gboolean with_store);
gboolean sobre_figures_has_several_stores (const SobreFigures *figures);
