/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-menu.h"

/** SobrePresence: what a menu says of one allergen in one item. */
typedef enum
{
  SOBRE_PRESENCE_NO_ITEM, /* the menu has no such item */
  SOBRE_PRESENCE_NONE,
  SOBRE_PRESENCE_TRACES,
  SOBRE_PRESENCE_CONTAINS,
} SobrePresence;

/** sobre_presence_get_name: Returns: (transfer none): "contains" */
const char *sobre_presence_get_name (SobrePresence presence);
gboolean sobre_presence_parse (const char *name, SobrePresence *presence);

/**
 * SobreAllergenChange: what changed for those who have to avoid something.
 * @item: "cod" or "cod/prawns"
 * @name: the dish's, and the option's behind it, in the menu's first language
 */
typedef struct
{
  char *item;
  char *name;
  SobreAllergen allergen;
  SobrePresence was;
  SobrePresence is;
} SobreAllergenChange;

SobreAllergenChange *
sobre_allergen_change_new (const char *item, const char *name, SobreAllergen allergen, SobrePresence was, SobrePresence is);
void sobre_allergen_change_free (SobreAllergenChange *self);

/**
 * sobre_menu_list_allergen_changes:
 * @before: (nullable): the menu that guests saw until now
 *
 * An item that comes or goes counts with each allergen that it has.
 *
 * Returns: (transfer full) (element-type SobreAllergenChange): in the order of the menus, those that @after no longer has last
 */
GPtrArray *sobre_menu_list_allergen_changes (SobreMenu *before, SobreMenu *after);

/**
 * sobre_menu_list_number_changes:
 *
 * Guests, staff and reports know dishes by number and id. Notes a number that @after gives to another dish than @before, and an id that
 * is gone although a dish of the same name is still there under another one.
 *
 * Returns: (transfer full) (element-type SobreDocumentIssue): none of them fatal
 */
GPtrArray *sobre_menu_list_number_changes (SobreMenu *before, SobreMenu *after);
