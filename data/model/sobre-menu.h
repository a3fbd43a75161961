/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-document.h"

G_BEGIN_DECLS

/** SobreAllergen: what has to be declared (Regulation (EU) No 1169/2011, annex II), in the order of that list. */
typedef enum
{
  SOBRE_ALLERGEN_GLUTEN, /* cereals containing gluten */
  SOBRE_ALLERGEN_CRUSTACEANS,
  SOBRE_ALLERGEN_EGGS,
  SOBRE_ALLERGEN_FISH,
  SOBRE_ALLERGEN_PEANUTS,
  SOBRE_ALLERGEN_SOYBEANS,
  SOBRE_ALLERGEN_MILK, /* lactose included */
  SOBRE_ALLERGEN_NUTS,
  SOBRE_ALLERGEN_CELERY,
  SOBRE_ALLERGEN_MUSTARD,
  SOBRE_ALLERGEN_SESAME,
  SOBRE_ALLERGEN_SULPHITES,
  SOBRE_ALLERGEN_LUPIN,
  SOBRE_ALLERGEN_MOLLUSCS,
} SobreAllergen;

#define SOBRE_N_ALLERGENS 14

/** sobre_allergen_get_name: Returns: (transfer none): "gluten", as menu.json has it */
const char *sobre_allergen_get_name (SobreAllergen allergen);

/** SobreAllergens: sets of allergens; bit 1 << #SobreAllergen. @contains and @traces have none in common. */
typedef struct
{
  guint16 contains;
  guint16 traces;
} SobreAllergens;

typedef enum
{
  SOBRE_DIET_VEGETARIAN,
  SOBRE_DIET_VEGAN,
  SOBRE_DIET_HALAL,
  SOBRE_DIET_KOSHER,
  SOBRE_DIET_GLUTEN_FREE,
  SOBRE_DIET_LACTOSE_FREE,
} SobreDiet;

#define SOBRE_N_DIETS 6

/** sobre_diet_get_name: Returns: (transfer none): "gluten_free", as menu.json has it */
const char *sobre_diet_get_name (SobreDiet diet);

/** SobreMenuPart: a part of the day. @from, @until: minutes after local midnight; one that ends at or before its begin runs past it */
typedef struct
{
  char *id;
  SobreDocumentText *name;
  guint from;
  guint until;
} SobreMenuPart;

/** SobreMenuSize: one of a dish's portions. @price: in the currency's smallest unit */
typedef struct
{
  char *id;
  SobreDocumentText *name;
  gint64 price;
} SobreMenuSize;

/**
 * SobreMenuOption: what a guest may add to a dish or change about it.
 * @price: what it costs more, or less where it is negative
 * @allergens: what it brings along
 * @diets: bits 1 << #SobreDiet that the dish fits with it and not without
 */
typedef struct
{
  char *id;
  SobreDocumentText *name;
  gint64 price;
  SobreAllergens allergens;
  guint8 diets;
  gboolean sold_out;
} SobreMenuOption;

/**
 * SobreMenuDish:
 * @id: never given to another dish: answers and events name it
 * @number: as the guest reads it, unique, 0 for none
 * @text: (nullable): a line of description
 * @price: in the currency's smallest unit; 0 where there are sizes
 * @sizes: (element-type SobreMenuSize): portions with prices of their own, empty where there is one price
 * @allergens: with all options left out
 * @diets: bits 1 << #SobreDiet; vegan implies vegetarian
 * @parts: bits 1 << index of the day parts in which it is served, 0 for all day; the section's where it has none of its own
 * @sold_out: when the menu is published
 * @options: (element-type SobreMenuOption)
 */
typedef struct
{
  char *id;
  guint number;
  SobreDocumentText *name;
  SobreDocumentText *text;
  gint64 price;
  GPtrArray *sizes;
  SobreAllergens allergens;
  guint8 diets;
  guint16 parts;
  gboolean sold_out;
  GPtrArray *options;
} SobreMenuDish;

/** SobreMenuSection: @text: (nullable) · @dishes: (element-type SobreMenuDish): at least one */
typedef struct
{
  char *id;
  SobreDocumentText *name;
  SobreDocumentText *text;
  guint16 parts;
  GPtrArray *dishes;
} SobreMenuSection;

/** SobreMenuWords: the texts of a menu that belong to no dish; all but the title may be %NULL. */
typedef enum
{
  SOBRE_MENU_TITLE, /* the headline */
  SOBRE_MENU_INTRO, /* a line under it */
  SOBRE_MENU_NOTE,  /* what the house says about allergens beside the page's own sentence */
} SobreMenuWords;

#define SOBRE_MENU_N_WORDS 3

#define SOBRE_TYPE_MENU (sobre_menu_get_type ())

/** SobreMenu: menu.json, checked. Immutable. docs/menu.md describes the document. */
G_DECLARE_FINAL_TYPE (SobreMenu, sobre_menu, SOBRE, MENU, GObject)

/**
 * sobre_menu_parse:
 * @currency: ISO 4217, of the workspace: what the prices are in
 * @issues: (out) (optional) (element-type SobreDocumentIssue) (transfer full): everything found, fatal or not
 *
 * Reads and checks a menu. Allergens have to be declared for each dish and option, if only as “none”, and a diet that an allergen
 * contradicts is refused.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_SETTINGS_ERROR when anything fatal was found
 */
SobreMenu *sobre_menu_parse (const char *json, gssize length, const char *currency, GPtrArray **issues, GError **error);

const char *sobre_menu_get_currency (SobreMenu *self);
const char *const *sobre_menu_get_languages (SobreMenu *self);

/** sobre_menu_get_words: Returns: (transfer none) (nullable): the text in @language, falling back to the first language */
const char *sobre_menu_get_words (SobreMenu *self, SobreMenuWords words, const char *language);

/** (transfer none) (nullable): in all its languages */
const SobreDocumentText *sobre_menu_get_text (SobreMenu *self, SobreMenuWords words);

/** (element-type SobreMenuPart) (transfer none) */
GPtrArray *sobre_menu_get_parts (SobreMenu *self);

/** (element-type SobreMenuSection) (transfer none) */
GPtrArray *sobre_menu_get_sections (SobreMenu *self);
guint sobre_menu_get_n_dishes (SobreMenu *self);

/** Allergens, and diets, of any dish or option: what a filter is worth offering for. */
guint16 sobre_menu_get_used_allergens (SobreMenu *self);
guint8 sobre_menu_get_used_diets (SobreMenu *self);

/** sobre_menu_find_dish: (transfer none) (nullable) */
const SobreMenuDish *sobre_menu_find_dish (SobreMenu *self, const char *id);

/**
 * sobre_menu_find_item:
 * @item: a dish's id, or a dish's and an option's with a slash between
 * @option: (out) (optional) (nullable) (transfer none): %NULL where @item is a dish
 *
 * Returns: (transfer none) (nullable): the dish; %NULL where there is no such item
 */
const SobreMenuDish *sobre_menu_find_item (SobreMenu *self, const char *item, const SobreMenuOption **option);

G_END_DECLS
