/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-menu.h"
#include "publish/sobre-site-words.h"

/* What a menu says in words, the same on the guest's page and on paper. */

/**
 * SobreMenuSpeech: all borrowed.
 * @words: those of the menu, see sobre_site_assets_get_menu_words()
 */
typedef struct
{
  SobreMenu *menu;
  const SobreSiteWords *words;
  const char *language;
} SobreMenuSpeech;

/** sobre_menu_say: one of the page's own words. (transfer none) */
const char *sobre_menu_say (const SobreMenuSpeech *speech, const char *key);

/** sobre_menu_say_allergen, sobre_menu_say_diet: (transfer none) */
const char *sobre_menu_say_allergen (const SobreMenuSpeech *speech, SobreAllergen allergen);
const char *sobre_menu_say_diet (const SobreMenuSpeech *speech, SobreDiet diet);

/** sobre_menu_say_contains: "Contains: fish, milk"; %NULL when it contains none. (transfer full) (nullable) */
char *sobre_menu_say_contains (const SobreMenuSpeech *speech, SobreAllergens allergens);

/** sobre_menu_say_traces: "Traces of: nuts"; %NULL when there are none. (transfer full) (nullable) */
char *sobre_menu_say_traces (const SobreMenuSpeech *speech, SobreAllergens allergens);

/** sobre_menu_say_diets: "vegan, gluten-free"; vegetarian is not said of what is vegan. %NULL when none. (transfer full) (nullable) */
char *sobre_menu_say_diets (const SobreMenuSpeech *speech, guint8 diets);

/** sobre_menu_say_price: "€12.50". (transfer full) */
char *sobre_menu_say_price (const SobreMenuSpeech *speech, gint64 amount);

/** sobre_menu_say_surcharge: "+€4.50", "−€1.00"; %NULL when it costs the same. (transfer full) (nullable) */
char *sobre_menu_say_surcharge (const SobreMenuSpeech *speech, gint64 amount);

/** sobre_menu_say_hours: "Lunch, 12:00–15:00 · Dinner, 18:00–22:30"; %NULL when served all day. (transfer full) (nullable) */
char *sobre_menu_say_hours (const SobreMenuSpeech *speech, guint16 parts);
