/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-errand.h"

G_BEGIN_DECLS

/** sobre_plan_view_new: what deploying would do, in plain words: in whose name, what speaks against it, and what becomes of each part. @errand: has told its plans. Returns: (transfer floating): a page of preferences */
GtkWidget *sobre_plan_view_new (SobreErrand *errand);

/** sobre_plan_is_empty: Returns: whether nothing is to be done in AWS */
gboolean sobre_plan_is_empty (SobreErrand *errand);

/** sobre_plan_dup_counts: Returns: (transfer full): "12 to add, 1 to modify", or that nothing is to be done */
char *sobre_plan_dup_counts (const SobreStackPlan *plan);

G_END_DECLS
