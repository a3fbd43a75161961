/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-site-files.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "publish/sobre-language-choice.h"
#include "publish/sobre-menu-page.h"

#define HTML "text/html; charset=utf-8"
#define FOR_EVER "max-age=31536000, immutable"
#define BRIEFLY "max-age=5"

/* Where a table's pages begin; the rest of the path is the card's. */
#define FORM_PATH "/T/"
#define MENU_PATH "/M/"

void
sobre_site_file_free (SobreSiteFile *self)
{
  g_free (self->key);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
add_file (GPtrArray *files, char *key, const SobreSiteAsset *asset, const char *cache_control)
{
  SobreSiteFile *file = g_new0 (SobreSiteFile, 1);

  file->key = key;
  file->type = asset->type;
  file->cache_control = cache_control;
  file->encoding = asset->packed != NULL ? "gzip" : NULL;
  file->bytes = g_bytes_ref (asset->packed != NULL ? asset->packed : asset->plain);
  file->is_for_ever = g_str_equal (cache_control, FOR_EVER);
  g_ptr_array_add (files, file);
}

static void
add_asset (GPtrArray *files, const SobreSiteAssets *assets, const char *file)
{
  const SobreSiteAsset *asset = sobre_site_assets_find (assets, sobre_site_assets_get_name (assets, file));

  add_file (files, g_strconcat ("public/assets/", asset->name, NULL), asset, FOR_EVER);
}

/* @html: (transfer full) */
static void
add_page (GPtrArray *files, char *key, char *html, gsize length)
{
  g_autoptr (GBytes) plain = g_bytes_new_take (html, length);
  SobreSiteAsset *asset = sobre_site_asset_new (key, HTML, plain, FALSE);

  add_file (files, key, asset, BRIEFLY);
  sobre_site_asset_free (asset);
}

static SobreFormPage
make_form_page (const SobreSiteSetup *setup, const char *language)
{
  return (SobreFormPage) {
    .form = setup->form,
    .assets = setup->assets,
    .language = sobre_form_page_choose_language (setup->form, language, NULL),
    .restaurant = sobre_settings_find_restaurant (setup->settings, NULL),
    .retention_days = setup->settings->retention_days,
    .menu_path = setup->menu != NULL ? MENU_PATH : NULL,
    .way = setup->way,
  };
}

GPtrArray *
sobre_site_files_make (const SobreSiteSetup *setup)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_site_file_free);
  SobreFormPage lost = make_form_page (setup, setup->languages[0]);
  gsize length;

  add_asset (files, setup->assets, "form.css");
  add_asset (files, setup->assets, sobre_site_way_get_form_script (&setup->way));
  add_asset (files, setup->assets, "dishes.css");
  add_asset (files, setup->assets, "dishes.js");
  add_asset (files, setup->assets, "menu.css");
  add_asset (files, setup->assets, sobre_site_way_get_menu_script (&setup->way));
  for (guint i = 0; setup->languages[i] != NULL; i++)
    {
      SobreFormPage page = make_form_page (setup, setup->languages[i]);
      char *html = sobre_form_page_render (&page, &length);

      add_page (files, g_strdup_printf ("public/form/%s.html", setup->languages[i]), html, length);
    }
  for (guint i = 0; i < 2; i++)
    {
      char *html = sobre_form_page_render_problem (&lost, SOBRE_FORM_PROBLEM_NOT_FOUND, &length);

      add_page (files, g_strdup (i == 0 ? "public/404.html" : "public/index.html"), html, length);
    }
  return files;
}

static SobreMenuPage
make_menu_page (const SobreSiteSetup *setup, const char *language, GHashTable *sold_out)
{
  return (SobreMenuPage) {
    .menu = setup->menu,
    .assets = setup->assets,
    .version = setup->pointer->version,
    .time_zone = setup->pointer->time_zone,
    .language = sobre_language_choose (sobre_menu_get_languages (setup->menu), language, NULL),
    .sold_out = sold_out,
    .restaurant = sobre_settings_find_restaurant (setup->settings, NULL),
    .form = setup->form,
    .form_path = FORM_PATH,
    .way = setup->way,
  };
}

GPtrArray *
sobre_site_files_make_menu (const SobreSiteSetup *setup)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_site_file_free);
  g_autoptr (GHashTable) sold_out = g_hash_table_new (g_str_hash, g_str_equal);
  gsize length;

  if (setup->menu == NULL)
    return files;
  for (guint i = 0; setup->pointer->sold_out[i] != NULL; i++)
    g_hash_table_add (sold_out, setup->pointer->sold_out[i]);
  for (guint i = 0; setup->languages[i] != NULL; i++)
    {
      SobreMenuPage page = make_menu_page (setup, setup->languages[i], sold_out);
      g_autofree char *main = sobre_menu_page_render_main (&page, &length);
      char *html = sobre_menu_page_render (&page, main, &length);

      add_page (files, g_strdup_printf ("public/menu-page/%s.html", setup->languages[i]), html, length);
    }
  return files;
}

/* The files hold the menu as it was published; what is sold out comes and goes and is the pointer's. */
static void
add_mains (JsonBuilder *builder, const SobreSiteSetup *setup)
{
  const char *const *languages = sobre_menu_get_languages (setup->menu);

  json_builder_set_member_name (builder, "files");
  json_builder_begin_object (builder);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      SobreMenuPage page = make_menu_page (setup, languages[i], NULL);
      gsize length;
      g_autofree char *html = sobre_menu_page_render_main (&page, &length);

      json_builder_set_member_name (builder, languages[i]);
      json_builder_add_string_value (builder, html);
    }
  json_builder_end_object (builder);
}

GBytes *
sobre_menu_upload_make (const SobreSiteSetup *setup, GBytes *document)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize size;
  const char *text = g_bytes_get_data (document, &size);
  char *json;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, setup->pointer->version);
  json_builder_set_member_name (builder, "menu");
  if (json_parser_load_from_data (parser, text, (gssize) size, NULL))
    json_builder_add_value (builder, json_node_copy (json_parser_get_root (parser)));
  else
    json_builder_add_null_value (builder);
  add_mains (builder, setup);
  json_builder_set_member_name (builder, "sold_out");
  json_builder_begin_array (builder);
  for (guint i = 0; setup->pointer->sold_out[i] != NULL; i++)
    json_builder_add_string_value (builder, setup->pointer->sold_out[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  return g_bytes_new_take (json, strlen (json));
}
