/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The form without JavaScript. infra/site/draw.js draws the same elements with the same classes; what differs is that here every
 * question is asked at once, the browser checks what is required, and hidden fields carry what the script knows by itself. The one about
 * dishes would weigh as much as the menu: it is asked on the page that thanks (sobre-form-dishes.c). */

#include "publish/sobre-form-markup.h"

#include "publish/sobre-html.h"

static const char *
say (const SobreFormPage *page, const char *key)
{
  return sobre_site_assets_get_word (page->assets, page->language, key);
}

static void
append_words (GString *html, const SobreFormPage *page, SobreFormWords words, const char *open, const char *close)
{
  const char *text = sobre_form_get_words (page->form, words, page->language);

  if (text != NULL)
    sobre_html_append_element (html, open, text, close);
}

static void
append_days (GString *html, const SobreFormPage *page, SobreFormWords words, guint n_days)
{
  g_autofree char *days = g_strdup_printf ("%u", n_days);
  g_autofree char *text = sobre_html_fill (sobre_form_get_words (page->form, words, page->language), "days", days);

  sobre_html_append_text (html, text);
}

static void
append_hidden (GString *html, const char *name, const char *value)
{
  g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\"", name);
  sobre_html_append_attribute (html, "value", value);
  g_string_append_c (html, '>');
}

static void
append_hidden_fields (GString *html, const SobreFormPage *page)
{
  char id[SOBRE_ID_STRING_LENGTH + 1];
  g_autofree char *version = g_strdup_printf ("%d", sobre_form_get_version (page->form));
  g_autofree char *started = g_strdup_printf ("%" G_GINT64_FORMAT, page->now);

  sobre_id_format (page->id, id);
  append_hidden (html, "id", id);
  append_hidden (html, "store", page->store_id);
  append_hidden (html, "table", page->table_id);
  append_hidden (html, "key", page->key);
  append_hidden (html, "form_id", sobre_form_get_id (page->form));
  append_hidden (html, "form_version", version);
  append_hidden (html, "lang", page->language);
  append_hidden (html, "started", started);
}

/* Opens a label with its radio button or check box. A question that is asked only sometimes cannot be required here. */
static void
open_choice (GString *html, const SobreFormQuestion *question, const char *value)
{
  gboolean required = question->required && !question->multiple && question->rule == SOBRE_FORM_ALWAYS;

  g_string_append_printf (html, "<label><input type=\"%s\" name=\"q.%s\"", question->multiple ? "checkbox" : "radio",
                          question->id);
  sobre_html_append_attribute (html, "value", value);
  g_string_append (html, required ? " required>" : ">");
}

static void
append_score (GString *html, const SobreFormPage *page, const SobreFormQuestion *question, guint score)
{
  g_autofree char *number = g_strdup_printf ("%u", score);

  open_choice (html, question, number);
  if (question->kind == SOBRE_ANSWER_SMILEY)
    {
      g_string_append_printf (html, "<svg aria-hidden=\"true\"><use href=\"#f%u\"/></svg>", score);
      sobre_html_append_element (html, "<span>", sobre_site_assets_get_face (page->assets, page->language, score), "</span>");
    }
  else if (question->kind == SOBRE_ANSWER_STARS)
    {
      g_autofree char *name = sobre_html_fill (say (page, "of5"), "n", number);

      g_string_append (html, "<svg aria-hidden=\"true\"><use href=\"#star\"/></svg>");
      sobre_html_append_element (html, "<span class=\"sr\">", name, "</span>");
    }
  else
    sobre_html_append_element (html, "<span>", number, "</span>");
  g_string_append (html, "</label>");
}

static void
append_ends (GString *html, const SobreFormPage *page, const SobreFormQuestion *question)
{
  const char *low = sobre_document_text_get (question->low, page->language);
  const char *high = sobre_document_text_get (question->high, page->language);

  if (low == NULL && high == NULL)
    return;
  sobre_html_append_element (html, "<p class=\"ends\"><span>", low != NULL ? "0 · " : NULL, "");
  sobre_html_append_text (html, low);
  sobre_html_append_element (html, "</span><span>", high != NULL ? "10 · " : NULL, "");
  sobre_html_append_element (html, "", high, "</span></p>");
}

static void
append_input (GString *html, const SobreFormPage *page, const SobreFormQuestion *question)
{
  guint least = question->kind == SOBRE_ANSWER_NPS ? 0 : 1;
  guint most = question->kind == SOBRE_ANSWER_NPS ? 10 : 5;

  g_string_append (html, "<div class=\"row\">");
  for (guint i = 0; question->kind == SOBRE_ANSWER_CHOICE && i < question->choices->len; i++)
    {
      const SobreFormChoice *choice = g_ptr_array_index (question->choices, i);

      open_choice (html, question, choice->id);
      sobre_html_append_element (html, "<span>", sobre_document_text_get (choice->label, page->language), "</span></label>");
    }
  for (guint score = least; question->kind != SOBRE_ANSWER_CHOICE && score <= most; score++)
    append_score (html, page, question, score);
  g_string_append (html, "</div>");
  if (question->kind == SOBRE_ANSWER_NPS)
    append_ends (html, page, question);
}

static void
append_area (GString *html,
             const SobreFormPage *page,
             const char *name,
             const char *id,
             const char *label,
             guint max_length,
             gboolean required)
{
  g_string_append_printf (html, "<div class=\"q text\" id=\"q-%s\"><label for=\"t-%s\">", id, id);
  sobre_html_append_text (html, label);
  if (!required)
    sobre_html_append_element (html, " <small>", say (page, "optional"), "</small>");
  g_string_append_printf (
      html, "</label><textarea id=\"t-%s\" name=\"%s\" rows=\"3\" maxlength=\"%u\" dir=\"auto\"%s></textarea></div>", id, name,
      max_length, required ? " required" : "");
}

static void
append_question (GString *html, const SobreFormPage *page, const SobreFormQuestion *question)
{
  const char *text = sobre_document_text_get (question->text != NULL ? question->text : question->label, page->language);

  if (question->kind == SOBRE_ANSWER_TEXT)
    {
      g_autofree char *name = g_strconcat ("q.", question->id, NULL);

      append_area (html, page, name, question->id, text, question->max_length,
                   question->required && question->rule == SOBRE_FORM_ALWAYS);
      return;
    }
  g_string_append_printf (html, "<fieldset class=\"q %s\" id=\"q-%s\"%s>", sobre_answer_kind_get_name (question->kind),
                          question->id,
                          question->required && !question->multiple ? " role=\"radiogroup\" aria-required=\"true\"" : "");
  sobre_html_append_element (html, "<legend>", text, "");
  if (question->multiple)
    sobre_html_append_element (html, " <small>", say (page, "several"), "</small>");
  g_string_append (html, "</legend>");
  append_input (html, page, question);
  g_string_append (html, "</fieldset>");
}

/* Stars that follow each other share a card. */
static void
append_questions (GString *html, const SobreFormPage *page)
{
  gboolean stars = FALSE;

  for (guint i = 0; i < sobre_form_get_n_questions (page->form); i++)
    {
      const SobreFormQuestion *question = sobre_form_get_question (page->form, i);

      if (question->dishes)
        continue;
      if (!stars || question->kind != SOBRE_ANSWER_STARS)
        g_string_append (html, i > 0 ? "</div><div class=\"card\">" : "<div class=\"card\">");
      append_question (html, page, question);
      stars = question->kind == SOBRE_ANSWER_STARS;
    }
  g_string_append (html, "</div>");
}

static void
append_contact (GString *html, const SobreFormPage *page)
{
  if (sobre_form_get_words (page->form, SOBRE_FORM_CONTACT, page->language) == NULL)
    return;
  append_words (html, page, SOBRE_FORM_CONTACT, "<div class=\"card\"><details class=\"q contact\"><summary>", "</summary>");
  sobre_html_append_element (html, "<label for=\"contact\">", say (page, "address"), "</label>");
  g_string_append (html, "<input id=\"contact\" name=\"contact\" maxlength=\"200\" autocomplete=\"email\" dir=\"ltr\">"
                         "<label class=\"tick\"><input type=\"checkbox\" name=\"contact_consent\" value=\"yes\"><span>");
  append_days (html, page, SOBRE_FORM_CONTACT_CONSENT, sobre_form_get_contact_days (page->form));
  g_string_append (html, "</span></label></details></div>");
}

void
sobre_form_markup_begin (GString *html, const SobreFormPage *page)
{
  g_string_append (html, "<form class=\"plain\" method=\"post\" action=\"/v1/form\">");
  append_hidden_fields (html, page);
}

void
sobre_form_markup_end (GString *html, const SobreFormPage *page)
{
  append_words (html, page, SOBRE_FORM_CONSENT,
                "<label class=\"tick\"><input type=\"checkbox\" name=\"consent\" value=\"yes\" required><span>",
                "</span></label>");
  g_string_append (html, "<p class=\"trap\" aria-hidden=\"true\"><label>Website<input name=\"website\" tabindex=\"-1\" "
                         "autocomplete=\"off\"></label></p>");
  sobre_html_append_element (html, "<button class=\"send\">", say (page, "send"), "</button><p class=\"privacy\">");
  append_days (html, page, SOBRE_FORM_PRIVACY, page->retention_days);
  g_string_append (html, "</p></form>");
}

void
sobre_form_markup_append (GString *html, const SobreFormPage *page)
{
  sobre_form_markup_begin (html, page);
  append_words (html, page, SOBRE_FORM_TITLE, "<div class=\"hero\"><h1>", "</h1>");
  append_words (html, page, SOBRE_FORM_INTRO, "<p>", "</p>");
  g_string_append (html, "</div>");
  append_questions (html, page);
  if (sobre_form_get_words (page->form, SOBRE_FORM_COMMENT, page->language) != NULL)
    {
      g_string_append (html, "<div class=\"card\">");
      append_area (html, page, "comment", "comment", sobre_form_get_words (page->form, SOBRE_FORM_COMMENT, page->language),
                   sobre_form_get_comment_max_length (page->form), FALSE);
      g_string_append (html, "</div>");
    }
  append_contact (html, page);
  sobre_form_markup_end (html, page);
}
