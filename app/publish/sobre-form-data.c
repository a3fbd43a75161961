/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The block <script type="application/json">, which no browser executes:
 *
 *   { "form": {…}, "language": "en", "dir": "ltr", "days": 730, "store": "harbour", "table": "4", "key": "…",
 *     "dishes": ["/assets/dishes.….js", "/assets/dishes.….css"], "words": {…} }
 *
 * "form" is a form.json document with the texts of one language only, so that a page carries what its guest reads and no more. The
 * script takes a whole form.json just as well. "dishes" is there while the form can ask about them: what the script loads for that.
 * "collector" is there where that is not the page's own host. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-language.h"
#include "model/sobre-json-members.h"
#include "publish/sobre-form-markup.h"
#include "publish/sobre-html.h"

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
add_words (JsonBuilder *builder, const char *member, const char *language, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  add_text (builder, language, text);
  json_builder_end_object (builder);
}

static void
add_flag (JsonBuilder *builder, const char *member, gboolean flag)
{
  if (!flag)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
add_rule (JsonBuilder *builder, SobreForm *form, const SobreFormQuestion *question)
{
  static const char *const bounds[] = { "", "at_most", "at_least", "is" };

  if (question->rule == SOBRE_FORM_ALWAYS)
    return;
  json_builder_set_member_name (builder, "show_if");
  json_builder_begin_object (builder);
  add_text (builder, "question", sobre_form_get_question_id (form, question->shown_after));
  if (question->choice != NULL)
    add_text (builder, bounds[question->rule], question->choice);
  else
    sobre_json_add_number (builder, bounds[question->rule], question->score);
  json_builder_end_object (builder);
}

static void
add_choices (JsonBuilder *builder, const SobreFormQuestion *question, const char *language)
{
  if (question->choices->len == 0)
    return;
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < question->choices->len; i++)
    {
      const SobreFormChoice *choice = g_ptr_array_index (question->choices, i);

      json_builder_begin_object (builder);
      add_text (builder, "id", choice->id);
      add_words (builder, "label", language, sobre_document_text_get (choice->label, language));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_question (JsonBuilder *builder, SobreForm *form, const SobreFormQuestion *question, const char *language)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", question->id);
  add_text (builder, "kind", sobre_form_question_get_kind_name (question));
  add_flag (builder, "required", question->required);
  add_flag (builder, "multiple", question->multiple || question->dishes);
  add_words (builder, "label", language, sobre_document_text_get (question->label, language));
  add_words (builder, "text", language, sobre_document_text_get (question->text, language));
  add_words (builder, "low", language, sobre_document_text_get (question->low, language));
  add_words (builder, "high", language, sobre_document_text_get (question->high, language));
  if (question->kind == SOBRE_ANSWER_TEXT)
    sobre_json_add_number (builder, "max_length", question->max_length);
  add_choices (builder, question, language);
  add_rule (builder, form, question);
  json_builder_end_object (builder);
}

static void
add_form (JsonBuilder *builder, SobreForm *form, const char *language)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", sobre_form_get_id (form));
  sobre_json_add_number (builder, "version", sobre_form_get_version (form));
  json_builder_set_member_name (builder, "languages");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, language);
  json_builder_end_array (builder);
  add_words (builder, "title", language, sobre_form_get_words (form, SOBRE_FORM_TITLE, language));
  add_words (builder, "intro", language, sobre_form_get_words (form, SOBRE_FORM_INTRO, language));
  json_builder_set_member_name (builder, "questions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sobre_form_get_n_questions (form); i++)
    add_question (builder, form, sobre_form_get_question (form, i), language);
  json_builder_end_array (builder);
  if (sobre_form_get_words (form, SOBRE_FORM_COMMENT, language) != NULL)
    {
      json_builder_set_member_name (builder, "comment");
      json_builder_begin_object (builder);
      add_words (builder, "text", language, sobre_form_get_words (form, SOBRE_FORM_COMMENT, language));
      sobre_json_add_number (builder, "max_length", sobre_form_get_comment_max_length (form));
      json_builder_end_object (builder);
    }
  if (sobre_form_get_words (form, SOBRE_FORM_CONTACT, language) != NULL)
    {
      json_builder_set_member_name (builder, "contact");
      json_builder_begin_object (builder);
      add_words (builder, "text", language, sobre_form_get_words (form, SOBRE_FORM_CONTACT, language));
      add_words (builder, "consent", language, sobre_form_get_words (form, SOBRE_FORM_CONTACT_CONSENT, language));
      sobre_json_add_number (builder, "retention_days", sobre_form_get_contact_days (form));
      json_builder_end_object (builder);
    }
  add_words (builder, "consent", language, sobre_form_get_words (form, SOBRE_FORM_CONSENT, language));
  add_words (builder, "privacy", language, sobre_form_get_words (form, SOBRE_FORM_PRIVACY, language));
  add_words (builder, "thanks", language, sobre_form_get_words (form, SOBRE_FORM_THANKS, language));
  if (sobre_form_get_review_url (form) != NULL)
    {
      json_builder_set_member_name (builder, "review_link");
      json_builder_begin_object (builder);
      add_text (builder, "url", sobre_form_get_review_url (form));
      add_words (builder, "label", language, sobre_form_get_words (form, SOBRE_FORM_REVIEW, language));
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/* What asks about dishes is no part of the page's first load. */
static void
add_dishes (JsonBuilder *builder, const SobreFormPage *page)
{
  static const char *const files[] = { "dishes.js", "dishes.css" };

  if (page->menu_path == NULL || sobre_form_find_dish_question (page->form) == NULL)
    return;
  json_builder_set_member_name (builder, "dishes");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/assets/", sobre_site_assets_get_name (page->assets, files[i]), NULL);

      json_builder_add_string_value (builder, path);
    }
  json_builder_end_array (builder);
}

void
sobre_form_data_append (GString *html, const SobreFormPage *page)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "form");
  add_form (builder, page->form, page->language);
  add_text (builder, "language", page->language);
  add_text (builder, "dir", sobre_language_is_right_to_left (page->language) ? "rtl" : "ltr");
  sobre_json_add_number (builder, "days", page->retention_days);
  add_text (builder, "store", page->store_id);
  add_text (builder, "table", page->table_id);
  add_text (builder, "key", page->key);
  add_dishes (builder, page);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  /* The words are JSON already: they take the place of the last brace. */
  json[strlen (json) - 1] = '\0';
  g_string_append (html, "<script type=\"application/json\" id=\"data\">");
  sobre_html_append_json (html, json);
  if (page->way.address != NULL)
    {
      g_string_append (html, ",\"collector\":");
      sobre_html_append_json (html, page->way.address);
    }
  g_string_append (html, ",\"words\":");
  sobre_html_append_json (html, sobre_site_assets_get_words (page->assets, page->language));
  g_string_append (html, "}</script>");
}
