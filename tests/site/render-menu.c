/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes the menu's page to standard output, as the collector would send it.
 *
 * usage: render-menu SITE MENU LANGUAGE RESTAURANT STORE TABLE KEY [SOLD-OUT…] */

#include <stdio.h>

#include "publish/sobre-language-choice.h"
#include "publish/sobre-menu-page.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreSiteAssets) assets = NULL;
  g_autoptr (SobreMenu) menu = NULL;
  g_autoptr (GHashTable) sold_out = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *json = NULL;
  g_autofree char *element = NULL;
  g_autofree char *html = NULL;
  SobreMenuPage page = { .version = 1, .time_zone = "Europe/Berlin" };
  gsize length;

  if (argc < 8)
    return 2;
  assets = sobre_site_assets_load (argv[1], &error);
  if (assets != NULL && g_file_get_contents (argv[2], &json, &length, &error))
    menu = sobre_menu_parse (json, (gssize) length, "EUR", NULL, &error);
  if (menu == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  page.menu = menu;
  page.assets = assets;
  page.language = sobre_language_choose (sobre_menu_get_languages (menu), argv[3], NULL);
  page.restaurant = argv[4];
  page.store_id = argv[5];
  page.table_id = argv[6];
  page.key = argv[7];
  for (int i = 8; i < argc; i++)
    g_hash_table_add (sold_out, argv[i]);
  page.sold_out = sold_out;
  element = sobre_menu_page_render_main (&page, &length);
  html = sobre_menu_page_render (&page, element, &length);
  fwrite (html, 1, length, stdout);
  return 0;
}
