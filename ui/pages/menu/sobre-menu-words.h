/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-document.h"
#include "model/sobre-menu-changes.h"

G_BEGIN_DECLS

/* What a menu is called in the window's own language. */

/** sobre_allergen_say, sobre_diet_say: "Milk", "Vegan". (transfer none) */
const char *sobre_allergen_say (SobreAllergen allergen);
const char *sobre_diet_say (SobreDiet diet);

/** sobre_allergen_change_say: "Milk: none → contains". (transfer full) */
char *sobre_allergen_change_say (const SobreAllergenChange *change);

/** sobre_price_say: Returns: (transfer full): "€12.50"; @text as it is where it is no price */
char *sobre_price_say (const char *text, const char *currency);

/** sobre_issues_say: "2 faults, 1 warning", "No faults". (transfer full). @n_faults, @n_warnings: (out) (optional) */
char *sobre_issues_say (const GPtrArray *issues, guint *n_faults, guint *n_warnings);

G_END_DECLS
