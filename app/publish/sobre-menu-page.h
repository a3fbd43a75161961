/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"
#include "publish/sobre-menu-text.h"
#include "publish/sobre-site-assets.h"
#include "publish/sobre-site-way.h"

G_BEGIN_DECLS

/**
 * SobreMenuPage: what a menu's page is made of; all borrowed.
 * @version: of the published menu
 * @time_zone: what the parts of the day are in
 * @language: one of the menu's, see sobre_language_choose()
 * @sold_out: (nullable) (element-type utf8): set of items, "cod" or "cod/prawns"
 * @restaurant: (nullable): name to put above
 * @store_id: (nullable): %NULL where the menu is read away from a table, so that nothing can be rated
 * @table_id: (nullable): likewise
 * @key: (nullable): the card's key as it came, right or wrong
 * @form: (nullable): whose id, version and question a rating goes under
 * @form_path: (nullable): where the form of the same table is
 * @way: which way ratings and visits go
 *
 * sobre_menu_page_render_main() needs only what stands before @restaurant.
 */
typedef struct
{
  SobreMenu *menu;
  const SobreSiteAssets *assets;
  guint version;
  const char *time_zone;
  const char *language;
  GHashTable *sold_out;
  const char *restaurant;
  const char *store_id;
  const char *table_id;
  const char *key;
  SobreForm *form;
  const char *form_path;
  SobreSiteWay way;
} SobreMenuPage;

/**
 * sobre_menu_page_render_main:
 *
 * The menu alone, the element “main”: the same for every table. It can be read without a script; what a script filters by is in it too.
 *
 * Returns: (transfer full): UTF-8 HTML
 */
char *sobre_menu_page_render_main (const SobreMenuPage *page, gsize *length);

/**
 * sobre_menu_page_render:
 * @main: what sobre_menu_page_render_main() made of the same page
 *
 * Returns: (transfer full): the whole document, to be sent as text/html; charset=utf-8 with SOBRE_FORM_PAGE_CSP and no-store
 */
char *sobre_menu_page_render (const SobreMenuPage *page, const char *main, gsize *length);

G_END_DECLS
