/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The data blocks of a menu's page, which no browser executes:
 *
 *   <script type="application/json" id="data">
 *     { "language": "en", "dir": "ltr", "store": "harbour", "table": "4", "key": "…",
 *       "form": { "id": "table", "version": 3, "question": "dish" }, "words": {…} }
 *   <script type="application/ld+json">
 *     { "@context": "https://schema.org", "@type": "Menu", "hasMenuSection": […] }
 */

#include "publish/sobre-menu-data.h"

#include <json-glib/json-glib.h>

#include "model/sobre-language.h"
#include "model/sobre-money.h"
#include "publish/sobre-html.h"

static const char *const script_words[] = {
  "gone", "shown", "nothing", "updated", "rate",    "rate_dish", "stars",   "rated",
  "send", "sent",  "saved",   "unsaved", "refused", "sending",   "offline",
};

/* schema.org/RestrictedDiet, in the order of SobreDiet. */
static const char *const schema_diets[SOBRE_N_DIETS] = {
  "VegetarianDiet", "VeganDiet", "HalalDiet", "KosherDiet", "GlutenFreeDiet", "LowLactoseDiet",
};

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, valid);
}

static void
append_block (GString *html, const char *open, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);

  g_string_append (html, open);
  sobre_html_append_json (html, json);
  g_string_append (html, "</script>");
}

/* What a rating is sent under: the form's own question about dishes, so that answers of both pages are one series. */
static void
add_form (JsonBuilder *builder, SobreForm *form)
{
  json_builder_set_member_name (builder, "form");
  json_builder_begin_object (builder);
  add_text (builder, "id", sobre_form_get_id (form));
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, sobre_form_get_version (form));
  add_text (builder, "question", sobre_form_get_dish_question_id (form));
  json_builder_end_object (builder);
}

void
sobre_menu_data_append (GString *html, const SobreMenuPage *page)
{
  const SobreSiteWords *words = sobre_site_assets_get_menu_words (page->assets);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "language", page->language);
  add_text (builder, "dir", sobre_language_is_right_to_left (page->language) ? "rtl" : "ltr");
  add_text (builder, "store", page->store_id);
  add_text (builder, "table", page->table_id);
  add_text (builder, "key", page->key);
  if (page->form != NULL && (page->table_id != NULL || page->way.address != NULL))
    add_form (builder, page->form);
  json_builder_set_member_name (builder, "words");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (script_words); i++)
    add_text (builder, script_words[i], sobre_site_words_get (words, page->language, script_words[i]));
  if (page->way.address != NULL)
    add_text (builder, "table", sobre_site_assets_get_word (page->assets, page->language, "table"));
  json_builder_end_object (builder);
  if (page->way.address != NULL)
    {
      json_builder_set_member_name (builder, "collector");
      json_builder_add_value (builder, json_from_string (page->way.address, NULL));
    }
  json_builder_end_object (builder);
  append_block (html, "<script type=\"application/json\" id=\"data\">", builder);
}

static void
begin_thing (JsonBuilder *builder, const char *type, const char *name, const char *description)
{
  json_builder_begin_object (builder);
  add_text (builder, "@type", type);
  add_text (builder, "name", name);
  add_text (builder, "description", description);
}

static void
add_offer (JsonBuilder *builder, SobreMenu *menu, gint64 amount, const char *name, gboolean gone)
{
  g_autofree char *price = sobre_money_format (amount, sobre_menu_get_currency (menu));

  begin_thing (builder, "Offer", name, NULL);
  add_text (builder, "price", price);
  add_text (builder, "priceCurrency", sobre_menu_get_currency (menu));
  if (gone)
    add_text (builder, "availability", "https://schema.org/SoldOut");
  json_builder_end_object (builder);
}

static void
add_offers (JsonBuilder *builder, const SobreMenuPage *page, const SobreMenuDish *dish)
{
  gboolean gone = page->sold_out != NULL && g_hash_table_contains (page->sold_out, dish->id);

  json_builder_set_member_name (builder, "offers");
  if (dish->sizes->len == 0)
    {
      add_offer (builder, page->menu, dish->price, NULL, gone);
      return;
    }
  json_builder_begin_array (builder);
  for (guint i = 0; i < dish->sizes->len; i++)
    {
      const SobreMenuSize *size = g_ptr_array_index (dish->sizes, i);

      add_offer (builder, page->menu, size->price, sobre_document_text_get (size->name, page->language), gone);
    }
  json_builder_end_array (builder);
}

static void
add_diets (JsonBuilder *builder, guint8 diets)
{
  if (diets == 0)
    return;
  json_builder_set_member_name (builder, "suitableForDiet");
  json_builder_begin_array (builder);
  for (guint i = 0; i < SOBRE_N_DIETS; i++)
    if (diets & 1u << i)
      {
        g_autofree char *diet = g_strconcat ("https://schema.org/", schema_diets[i], NULL);

        json_builder_add_string_value (builder, diet);
      }
  json_builder_end_array (builder);
}

static void
add_dish (JsonBuilder *builder, const SobreMenuPage *page, const SobreMenuDish *dish)
{
  begin_thing (builder, "MenuItem", sobre_document_text_get (dish->name, page->language),
               sobre_document_text_get (dish->text, page->language));
  add_offers (builder, page, dish);
  add_diets (builder, dish->diets);
  json_builder_end_object (builder);
}

static void
add_section (JsonBuilder *builder, const SobreMenuPage *page, const SobreMenuSection *section)
{
  begin_thing (builder, "MenuSection", sobre_document_text_get (section->name, page->language),
               sobre_document_text_get (section->text, page->language));
  json_builder_set_member_name (builder, "hasMenuItem");
  json_builder_begin_array (builder);
  for (guint i = 0; i < section->dishes->len; i++)
    add_dish (builder, page, g_ptr_array_index (section->dishes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
sobre_menu_data_append_schema (GString *html, const SobreMenuPage *page)
{
  GPtrArray *sections = sobre_menu_get_sections (page->menu);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "@context", "https://schema.org");
  add_text (builder, "@type", "Menu");
  add_text (builder, "name", sobre_menu_get_words (page->menu, SOBRE_MENU_TITLE, page->language));
  add_text (builder, "inLanguage", page->language);
  json_builder_set_member_name (builder, "hasMenuSection");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sections->len; i++)
    add_section (builder, page, g_ptr_array_index (sections, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  append_block (html, "<script type=\"application/ld+json\">", builder);
}
