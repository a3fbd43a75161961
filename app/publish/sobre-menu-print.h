/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-menu-text.h"

/**
 * sobre_menu_print:
 * @speech: the menu, and the language and words to print it in
 * @restaurant: name to put above
 * @sold_out: (nullable) (array zero-terminated=1): dishes and options that are called sold out, “cod”, “cod/prawns”
 * @n_pages: (out): how many pages it takes
 *
 * The menu for paper: A4, two columns, a dish never broken, a section's heading never without its first dish. Allergens are numbers, with
 * their names at the end and the sentence that sends guests with allergies to the staff. Text stays text: it can be searched and copied.
 *
 * Returns: (transfer full): a PDF
 */
GBytes *sobre_menu_print (const SobreMenuSpeech *speech, const char *restaurant, const char *const *sold_out, guint *n_pages);
