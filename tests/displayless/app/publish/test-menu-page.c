/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "menu-fixture.h"

#include <json-glib/json-glib.h>

#include "publish/sobre-menu-page.h"

static SobreMenu *
load_sample (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "data/resources/sample/menu.json", NULL);
  g_autofree char *json = NULL;
  SobreMenu *menu;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  menu = sobre_menu_parse (json, -1, "EUR", NULL, NULL);
  g_assert_nonnull (menu);
  return menu;
}

static char *
render_main (SobreMenu *menu, const SobreSiteAssets *assets, const char *language)
{
  SobreMenuPage page = { .menu = menu, .assets = assets, .version = 7, .time_zone = "Europe/Berlin", .language = language };
  gsize length;

  return sobre_menu_page_render_main (&page, &length);
}

/* What a guest can be hurt by is there in words, on every dish and option, in every language. */
static void
test_allergens_in_words (void)
{
  g_autoptr (SobreMenu) menu = load_sample ();
  g_autoptr (SobreSiteAssets) assets = load_assets ();
  static const struct
  {
    const char *language;
    const char *dish;
    const char *option;
    const char *ask;
  } texts[] = {
    { "en", "Contains: gluten, crustaceans, eggs, fish, celery, mustard. Traces of: sulphites, molluscs",
      "Contains: crustaceans, sulphites", "Please ask our staff" },
    { "de", "Enthält: Gluten, Krebstiere, Eier, Fisch, Sellerie, Senf. Spuren von: Sulfite, Weichtiere",
      "Enthält: Krebstiere, Sulfite", "fragen Sie unser Personal" },
    { "ar", "يحتوي على: الغلوتين، القشريات", "يحتوي على: القشريات، الكبريتيت", "سؤال طاقمنا" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *html = render_main (menu, assets, texts[i].language);

      g_assert_nonnull (strstr (html, texts[i].dish));
      g_assert_nonnull (strstr (html, texts[i].option));
      g_assert_nonnull (strstr (html, texts[i].ask));
    }
}

/* A text that is missing in a language is there in the first one, and says so. */
static void
test_fallback (void)
{
  g_autoptr (GBytes) document = make_menu ("5", "");
  g_autoptr (SobreMenu) menu = sobre_menu_parse (g_bytes_get_data (document, NULL), -1, "EUR", NULL, NULL);
  g_autoptr (SobreSiteAssets) assets = load_assets ();
  g_autofree char *german = render_main (menu, assets, "de");
  g_autofree char *english = render_main (menu, assets, "en");

  g_assert_nonnull (strstr (german, "<span lang=\"en\" dir=\"ltr\">Soup 5</span>"));
  g_assert_nonnull (strstr (german, "<p>Heiß</p>"));
  g_assert_nonnull (strstr (english, "<span>Soup 5</span>"));
  g_assert_nonnull (strstr (english, "None of the 14 allergens"));
  g_assert_nonnull (strstr (english, "Lunch, 12:00–15:00"));
}

static JsonNode *
parse_block (const char *html, const char *open)
{
  const char *begin = strstr (html, open);
  g_autofree char *json = NULL;
  JsonNode *node;

  g_assert_nonnull (begin);
  begin += strlen (open);
  json = g_strndup (begin, (gsize) (strstr (begin, "</script>") - begin));
  node = json_from_string (json, NULL);
  g_assert_nonnull (node);
  return node;
}

static char *
render_page (SobreMenu *menu, const SobreSiteAssets *assets, gboolean at_table)
{
  SobreMenuPage page = {
    .menu = menu, .assets = assets, .version = 7, .time_zone = "Europe/Berlin", .language = "en", .restaurant = "Harbour"
  };
  g_autofree char *element = render_main (menu, assets, "en");
  gsize length;

  if (at_table)
    {
      page.store_id = "harbour";
      page.table_id = "4";
      page.key = "KEY";
      page.form_path = "/T/HARBOUR/4/KEY";
    }
  return sobre_menu_page_render (&page, element, &length);
}

static void
test_schema (void)
{
  g_autoptr (SobreMenu) menu = load_sample ();
  g_autoptr (SobreSiteAssets) assets = load_assets ();
  g_autofree char *html = render_page (menu, assets, TRUE);
  g_autoptr (JsonNode) node = parse_block (html, "<script type=\"application/ld+json\">");
  JsonObject *root = json_node_get_object (node);
  JsonArray *sections = json_object_get_array_member (root, "hasMenuSection");
  JsonObject *drinks = json_array_get_object_element (sections, json_array_get_length (sections) - 1);
  JsonObject *water = json_array_get_object_element (json_object_get_array_member (drinks, "hasMenuItem"), 0);
  JsonObject *oysters = json_array_get_object_element (
      json_object_get_array_member (json_array_get_object_element (sections, 0), "hasMenuItem"), 0);
  JsonObject *offer = json_object_get_object_member (oysters, "offers");

  g_assert_cmpstr (json_object_get_string_member (root, "@type"), ==, "Menu");
  g_assert_cmpstr (json_object_get_string_member (oysters, "@type"), ==, "MenuItem");
  g_assert_cmpstr (json_object_get_string_member (offer, "price"), ==, "12.50");
  g_assert_cmpstr (json_object_get_string_member (offer, "priceCurrency"), ==, "EUR");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (water, "offers")), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (water, "suitableForDiet"), 1), ==,
                   "https://schema.org/VeganDiet");
}

static void
test_away_from_tables (void)
{
  g_autoptr (SobreMenu) menu = load_sample ();
  g_autoptr (SobreSiteAssets) assets = load_assets ();
  g_autofree char *at_table = render_page (menu, assets, TRUE);
  g_autofree char *away = render_page (menu, assets, FALSE);
  g_autoptr (JsonNode) table_data = parse_block (at_table, "<script type=\"application/json\" id=\"data\">");
  g_autoptr (JsonNode) away_data = parse_block (away, "<script type=\"application/json\" id=\"data\">");

  g_assert_nonnull (strstr (at_table, "/T/HARBOUR/4/KEY?lang=en"));
  g_assert_null (strstr (away, "/T/"));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (table_data), "table"), ==, "4");
  g_assert_false (json_object_has_member (json_node_get_object (away_data), "table"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu-page/allergens-in-words", test_allergens_in_words);
  g_test_add_func ("/menu-page/fallback", test_fallback);
  g_test_add_func ("/menu-page/schema", test_schema);
  g_test_add_func ("/menu-page/away-from-tables", test_away_from_tables);
  return g_test_run ();
}
