/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "publish/sobre-menu-store.h"
#include "publish/sobre-site-assets.h"

#define NOON G_GINT64_CONSTANT (1795608000000)

/* A menu with one dish of that price, soup with an option, and crab, which the menu itself calls sold out. @allergens: of the soup */
static inline GBytes *
make_menu (const char *price, const char *allergens)
{
  g_autofree char *json = g_strdup_printf (
      "{'languages':['en','de'],'title':{'en':'Menu','de':'Karte'},"
      "'day_parts':[{'id':'lunch','name':{'en':'Lunch','de':'Mittag'},'from':'12:00','until':'15:00'}],"
      "'sections':[{'id':'all','name':{'en':'All','de':'Alles'},'dishes':["
      "{'id':'soup','number':3,'name':{'en':'Soup %s'},'text':{'en':'Hot','de':'Heiß'},'price':'%s','allergens':[%s],"
      "'options':[{'id':'bread','name':{'en':'Bread','de':'Brot'},'price':'1','allergens':['gluten']}]},"
      "{'id':'crab','name':{'en':'Crab','de':'Krebs'},'price':'9','allergens':['crustaceans'],'day_parts':['lunch'],"
      "'sold_out':true}]}]}",
      price, price, allergens);
  char *text = g_strdelimit (g_steal_pointer (&json), "'", '"');

  return g_bytes_new_take (text, strlen (text));
}

static inline SobreMenuPointer *
publish_menu (const char *folder, const char *price, const char *allergens)
{
  g_autoptr (GBytes) document = make_menu (price, allergens);
  g_autoptr (GError) error = NULL;
  SobreMenuPointer *pointer = sobre_menu_store_publish (folder, document, "EUR", "Europe/Berlin", NOON, &error);

  g_assert_no_error (error);
  return pointer;
}

static inline char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("sobre-menu-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static inline void
remove_folder (char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static inline char *
read_in (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

static inline void
write_in (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The pages' words and style as they are installed beside the test. */
static inline SobreSiteAssets *
load_assets (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("SOBRE_TEST_BINDIR"), "..", "share", "sobremesa", "site", NULL);
  g_autoptr (GError) error = NULL;
  SobreSiteAssets *assets = sobre_site_assets_load (folder, &error);

  g_assert_no_error (error);
  return assets;
}
