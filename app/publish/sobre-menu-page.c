/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The menu as a document. A dish is an item of a list and says in words what it contains. What infra/site/menu.js filters by stands in
 * attributes of the same item: data-a the allergens that it contains or may contain, data-d the diets that it fits, data-p the parts of
 * the day, each the bits of a set in hexadecimal; data-i is what answers, events and the list of what is sold out call it. */

#include "publish/sobre-menu-page.h"

#include "model/sobre-language.h"
#include "publish/sobre-html.h"
#include "publish/sobre-menu-data.h"
#include "publish/sobre-page-frame.h"

/* One rendering of the element “main”. */
typedef struct
{
  GString *html;
  const SobreMenuPage *page;
  SobreMenuSpeech speech;
} Writer;

/* A text of the menu between tags; one that is missing in the page's language says which it is in. @open: without its “>” */
static void
append_text (Writer *self, const char *open, const SobreDocumentText *text, const char *close)
{
  const char *language = sobre_document_text_get_language (text, self->speech.language);

  if (text == NULL)
    return;
  g_string_append (self->html, open);
  if (!g_str_equal (language, self->speech.language))
    g_string_append_printf (self->html, " lang=\"%s\" dir=\"%s\"", language,
                            sobre_language_is_right_to_left (language) ? "rtl" : "ltr");
  sobre_html_append_element (self->html, ">", sobre_document_text_get (text, self->speech.language), close);
}

static void
append_said (Writer *self, const char *open, char *said, const char *close)
{
  if (said != NULL)
    sobre_html_append_element (self->html, open, said, close);
  g_free (said);
}

static void
append_set (Writer *self, const char *name, guint set)
{
  if (set != 0)
    g_string_append_printf (self->html, " %s=\"%x\"", name, set);
}

static gboolean
is_sold_out (Writer *self, const char *item)
{
  return self->page->sold_out != NULL && g_hash_table_contains (self->page->sold_out, item);
}

static void
append_gone (Writer *self, gboolean gone)
{
  if (gone)
    sobre_html_append_element (self->html, "<b class=\"gone\">", sobre_menu_say (&self->speech, "gone"), "</b>");
}

static void
append_allergens (Writer *self, SobreAllergens allergens)
{
  char *contains = sobre_menu_say_contains (&self->speech, allergens);

  append_said (self, "", contains, contains != NULL && allergens.traces != 0 ? ". " : "");
  append_said (self, "", sobre_menu_say_traces (&self->speech, allergens), "");
}

static void
append_option (Writer *self, const SobreMenuDish *dish, const SobreMenuOption *option)
{
  g_autofree char *item = g_strconcat (dish->id, "/", option->id, NULL);
  g_autofree char *diets = sobre_menu_say_diets (&self->speech, option->diets);

  g_string_append_printf (self->html, "<li data-i=\"%s\"", item);
  append_set (self, "data-a", option->allergens.contains | option->allergens.traces);
  append_text (self, "><span", option->name, "</span>");
  append_gone (self, is_sold_out (self, item));
  append_said (self, " <bdi>", sobre_menu_say_surcharge (&self->speech, option->price), "</bdi>");
  if (diets != NULL)
    append_said (self, " <i>", sobre_html_fill (sobre_menu_say (&self->speech, "fits"), "list", diets), "</i>");
  if (option->allergens.contains != 0 || option->allergens.traces != 0)
    {
      g_string_append (self->html, "<p class=\"has\">");
      append_allergens (self, option->allergens);
      g_string_append (self->html, "</p>");
    }
  g_string_append (self->html, "</li>");
}

static void
append_prices (Writer *self, const SobreMenuDish *dish)
{
  g_string_append (self->html, "<p class=\"price\">");
  if (dish->sizes->len == 0)
    append_said (self, "<bdi>", sobre_menu_say_price (&self->speech, dish->price), "</bdi>");
  for (guint i = 0; i < dish->sizes->len; i++)
    {
      const SobreMenuSize *size = g_ptr_array_index (dish->sizes, i);

      append_text (self, "<span><small", size->name, "</small> ");
      append_said (self, "<bdi>", sobre_menu_say_price (&self->speech, size->price), "</bdi></span>");
    }
  g_string_append (self->html, "</p>");
}

/* What somebody on a diet can have of a dish, an option's help included. */
static guint8
get_possible_diets (const SobreMenuDish *dish)
{
  guint8 diets = dish->diets;

  for (guint i = 0; i < dish->options->len; i++)
    diets |= ((const SobreMenuOption *) g_ptr_array_index (dish->options, i))->diets;
  return diets;
}

static void
append_dish (Writer *self, const SobreMenuSection *section, const SobreMenuDish *dish)
{
  gboolean gone = is_sold_out (self, dish->id);

  g_string_append_printf (self->html, "<li id=\"d-%s\" data-i=\"%s\"", dish->id, dish->id);
  append_set (self, "data-a", dish->allergens.contains | dish->allergens.traces);
  append_set (self, "data-d", get_possible_diets (dish));
  append_set (self, "data-p", dish->parts);
  g_string_append (self->html, gone ? " class=\"out\"><h3>" : "><h3>");
  if (dish->number != 0)
    g_string_append_printf (self->html, "<small>%u</small> ", dish->number);
  append_text (self, "<span", dish->name, "</span></h3>");
  append_gone (self, gone);
  append_prices (self, dish);
  append_text (self, "<p", dish->text, "</p>");
  if (dish->parts != section->parts)
    append_said (self, "<p class=\"hours\">", sobre_menu_say_hours (&self->speech, dish->parts), "</p>");
  append_said (self, "<p class=\"diets\">", sobre_menu_say_diets (&self->speech, dish->diets), "</p>");
  g_string_append (self->html, "<p class=\"has\">");
  if (dish->allergens.contains == 0 && dish->allergens.traces == 0)
    sobre_html_append_text (self->html, sobre_menu_say (&self->speech, "none"));
  append_allergens (self, dish->allergens);
  g_string_append (self->html, dish->options->len > 0 ? "</p><ul role=\"list\">" : "</p>");
  for (guint i = 0; i < dish->options->len; i++)
    append_option (self, dish, g_ptr_array_index (dish->options, i));
  g_string_append (self->html, dish->options->len > 0 ? "</ul></li>" : "</li>");
}

static void
append_section (Writer *self, const SobreMenuSection *section)
{
  g_string_append_printf (self->html, "<section id=\"s-%s\" aria-labelledby=\"h-%s\">", section->id, section->id);
  g_string_append_printf (self->html, "<h2 id=\"h-%s\"", section->id);
  append_text (self, "", section->name, "</h2>");
  append_text (self, "<p", section->text, "</p>");
  append_said (self, "<p class=\"hours\">", sobre_menu_say_hours (&self->speech, section->parts), "</p>");
  g_string_append (self->html, "<ul role=\"list\">");
  for (guint i = 0; i < section->dishes->len; i++)
    append_dish (self, section, g_ptr_array_index (section->dishes, i));
  g_string_append (self->html, "</ul></section>");
}

static void
append_navigation (Writer *self)
{
  GPtrArray *sections = sobre_menu_get_sections (self->page->menu);

  g_string_append (self->html, "<nav class=\"sections\"");
  sobre_html_append_attribute (self->html, "aria-label", sobre_menu_say (&self->speech, "sections"));
  g_string_append (self->html, "><ul role=\"list\">");
  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      g_string_append_printf (self->html, "<li><a href=\"#s-%s\"", section->id);
      append_text (self, "", section->name, "</a></li>");
    }
  g_string_append (self->html, "</ul></nav>");
}

static void
begin_choices (Writer *self, const char *legend)
{
  sobre_html_append_element (self->html, "<fieldset><legend>", sobre_menu_say (&self->speech, legend), "</legend>");
}

static void
append_choice (Writer *self, const char *type, const char *name, guint value, const char *label)
{
  g_string_append_printf (self->html, "<label><input type=\"%s\" name=\"%s\" value=\"%x\"%s>", type, name, value,
                          value == 0 ? " checked" : "");
  sobre_html_append_element (self->html, "<span>", label, "</span></label>");
}

static void
append_parts (Writer *self)
{
  GPtrArray *parts = sobre_menu_get_parts (self->page->menu);

  if (parts->len == 0)
    return;
  begin_choices (self, "when");
  append_choice (self, "radio", "p", 0, sobre_menu_say (&self->speech, "always"));
  for (guint i = 0; i < parts->len; i++)
    {
      const SobreMenuPart *part = g_ptr_array_index (parts, i);

      append_choice (self, "radio", "p", 1u << i, sobre_document_text_get (part->name, self->speech.language));
    }
  g_string_append (self->html, "</fieldset>");
}

/* Only what makes a difference on this menu is offered. Without a script there is nothing to filter with, and the style hides it. */
static void
append_filter (Writer *self)
{
  guint16 allergens = sobre_menu_get_used_allergens (self->page->menu);
  guint8 diets = sobre_menu_get_used_diets (self->page->menu);

  g_string_append (self->html,
                   "<form class=\"filter\" role=\"search\"><p><input type=\"search\" name=\"q\" autocomplete=\"off\"");
  sobre_html_append_attribute (self->html, "aria-label", sobre_menu_say (&self->speech, "search"));
  sobre_html_append_attribute (self->html, "placeholder", sobre_menu_say (&self->speech, "search"));
  sobre_html_append_element (self->html, "></p><details><summary>", sobre_menu_say (&self->speech, "filter"),
                             "<span></span></summary>");
  append_parts (self);
  if (diets != 0)
    begin_choices (self, "diet");
  for (guint i = 0; i < SOBRE_N_DIETS; i++)
    if (diets & 1u << i)
      append_choice (self, "checkbox", "d", 1u << i, sobre_menu_say_diet (&self->speech, i));
  g_string_append (self->html, diets != 0 ? "</fieldset>" : "");
  if (allergens != 0)
    begin_choices (self, "without");
  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    if (allergens & 1u << i)
      append_choice (self, "checkbox", "a", 1u << i, sobre_menu_say_allergen (&self->speech, i));
  g_string_append (self->html, allergens != 0 ? "</fieldset>" : "");
  sobre_html_append_element (self->html, "<button type=\"reset\">", sobre_menu_say (&self->speech, "clear"),
                             "</button></details><p role=\"status\"></p></form>");
}

/* Whatever the menu says, the sentence that sends guests with allergies to the staff is there. */
static void
append_warning (Writer *self)
{
  sobre_html_append_element (self->html, "<p class=\"ask\"><b>", sobre_menu_say (&self->speech, "ask"), "</b>");
  append_text (self, " <span", sobre_menu_get_text (self->page->menu, SOBRE_MENU_NOTE), "</span>");
  g_string_append (self->html, "</p>");
}

static void
begin_main (Writer *self)
{
  GPtrArray *parts = sobre_menu_get_parts (self->page->menu);

  g_string_append_printf (self->html, "<main data-version=\"%u\"", self->page->version);
  sobre_html_append_attribute (self->html, "data-zone", self->page->time_zone);
  if (parts->len > 0)
    g_string_append (self->html, " data-parts=\"");
  for (guint i = 0; i < parts->len; i++)
    {
      const SobreMenuPart *part = g_ptr_array_index (parts, i);

      g_string_append_printf (self->html, i > 0 ? " %u-%u" : "%u-%u", part->from, part->until);
    }
  g_string_append (self->html, parts->len > 0 ? "\">" : ">");
}

char *
sobre_menu_page_render_main (const SobreMenuPage *page, gsize *length)
{
  Writer writer = {
    .html = g_string_sized_new (64 * 1024),
    .page = page,
    .speech = { page->menu, sobre_site_assets_get_menu_words (page->assets), page->language },
  };
  GPtrArray *sections = sobre_menu_get_sections (page->menu);

  begin_main (&writer);
  append_text (&writer, "<div class=\"hero\"><h1", sobre_menu_get_text (page->menu, SOBRE_MENU_TITLE), "</h1>");
  append_text (&writer, "<p", sobre_menu_get_text (page->menu, SOBRE_MENU_INTRO), "</p>");
  g_string_append (writer.html, "</div>");
  append_warning (&writer);
  append_navigation (&writer);
  append_filter (&writer);
  g_string_append (writer.html, "<div class=\"card-of\">");
  for (guint i = 0; i < sections->len; i++)
    append_section (&writer, g_ptr_array_index (sections, i));
  g_string_append (writer.html, "</div></main>");
  *length = writer.html->len;
  return g_string_free (writer.html, FALSE);
}

char *
sobre_menu_page_render (const SobreMenuPage *page, const char *main, gsize *length)
{
  GString *html = g_string_sized_new (96 * 1024);
  const SobreSiteWords *words = sobre_site_assets_get_menu_words (page->assets);
  const SobrePageFrame frame = {
    .assets = page->assets,
    .language = page->language,
    .languages = sobre_menu_get_languages (page->menu),
    .title = sobre_menu_get_words (page->menu, SOBRE_MENU_TITLE, page->language),
    .restaurant = page->restaurant,
    .table_id = page->table_id,
    .style = "menu.css",
    .script = sobre_site_way_get_menu_script (&page->way),
    .link = page->form_path,
    .link_text = sobre_site_words_get (words, page->language, "feedback"),
  };

  sobre_page_frame_begin (html, &frame);
  sobre_page_frame_append_header (html, &frame);
  g_string_append (html, "<p id=\"status\" role=\"status\"></p>");
  g_string_append (html, main);
  sobre_menu_data_append (html, page);
  sobre_menu_data_append_schema (html, page);
  return sobre_page_frame_end (html, length);
}
