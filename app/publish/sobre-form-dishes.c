/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The question about dishes without JavaScript: every dish of the published menu with a choice of its stars, by section. The field of a dish is
 * "q.QUESTION/DISH"; sobre_form_post_to_json() makes an answer of each that was given. With JavaScript infra/site/dishes.js asks it. */

#include "publish/sobre-form-markup.h"

#include "model/sobre-language.h"
#include "publish/sobre-html.h"

#define MOST_STARS 5

/* A text of the menu between tags; one that is missing in the page's language says which it is in. @open: without its “>” */
static void
append_text (GString *html, const SobreFormPage *page, const char *open, const SobreDocumentText *text, const char *close)
{
  const char *language = sobre_document_text_get_language (text, page->language);

  g_string_append (html, open);
  if (g_strcmp0 (language, page->language) != 0)
    g_string_append_printf (html, " lang=\"%s\" dir=\"%s\"", language,
                            sobre_language_is_right_to_left (language) ? "rtl" : "ltr");
  sobre_html_append_element (html, ">", sobre_document_text_get (text, page->language), close);
}

static void
append_dish (GString *html, const SobreFormPage *page, const SobreFormQuestion *question, const SobreMenuDish *dish)
{
  const char *of5 = sobre_site_assets_get_word (page->assets, page->language, "of5");

  g_string_append_printf (html, "<p><label for=\"d-%s\"", dish->id);
  append_text (html, page, "", dish->name, "</label>");
  g_string_append_printf (html, "<select id=\"d-%s\" name=\"q.%s/%s\"><option value=\"\">–</option>", dish->id, question->id,
                          dish->id);
  for (guint stars = MOST_STARS; stars > 0; stars--)
    {
      g_autofree char *number = g_strdup_printf ("%u", stars);
      g_autofree char *text = sobre_html_fill (of5, "n", number);

      g_string_append_printf (html, "<option value=\"%s\">", number);
      sobre_html_append_element (html, "", text, "</option>");
    }
  g_string_append (html, "</select></p>");
}

void
sobre_form_markup_append_dishes (GString *html, const SobreFormPage *page, SobreMenu *menu)
{
  const SobreFormQuestion *question = sobre_form_find_dish_question (page->form);
  GPtrArray *sections = sobre_menu_get_sections (menu);

  g_assert (question != NULL);
  sobre_form_markup_begin (html, page);
  sobre_html_append_element (
      html, "<div class=\"card\"><fieldset class=\"q dish\"><legend>",
      sobre_document_text_get (question->text != NULL ? question->text : question->label, page->language), "</legend>");
  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      append_text (html, page, "<h2", section->name, "</h2>");
      for (guint j = 0; j < section->dishes->len; j++)
        append_dish (html, page, question, g_ptr_array_index (section->dishes, j));
    }
  g_string_append (html, "</fieldset></div>");
  sobre_form_markup_end (html, page);
}
