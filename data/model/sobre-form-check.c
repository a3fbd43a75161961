/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* form.json, which docs/form.md describes. People edit it by hand and it comes with copied folders, so it is hostile until checked:
 * size, nesting (before json-glib recurses into it) and UTF-8 first, then every member by name. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-form-private.h"
#include "model/sobre-language.h"
#include "model/sobre-settings.h"

#define MAX_FILE_BYTES (256 * 1024)
#define MAX_DEPTH 16
#define MAX_LANGUAGES 40
#define MAX_QUESTIONS 50
#define MAX_CHOICES 20
#define MAX_URL_BYTES 500
#define MAX_RETENTION_DAYS 36500

/* Members that would show the review link to some guests only. All are refused as unknown; these are told why. */
static const char *const gates[] = { "show_if", "at_least",  "at_most",       "is",        "when",
                                     "if",      "min_score", "max_score",     "score",     "minimum",
                                     "maximum", "rating",    "minimum_score", "threshold", NULL };

static void
free_choice (gpointer data)
{
  SobreFormChoice *choice = data;

  g_free (choice->id);
  g_clear_pointer (&choice->label, sobre_form_text_free);
  g_free (choice);
}

static gboolean
is_deeper_than (const char *json, gsize length, guint most)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && json[i] == '\\')
        i++;
      else if (json[i] == '"')
        in_string = !in_string;
      else if (!in_string && (json[i] == '[' || json[i] == '{') && ++depth > most)
        return TRUE;
      else if (!in_string && (json[i] == ']' || json[i] == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

/* An escaped NUL ends a text early in C: what follows would be shown to nobody and checked by nobody. */
static gboolean
has_escaped_nul (const char *json, gsize length)
{
  for (gsize i = 0; i + 5 < length; i++)
    {
      if (json[i] != '\\')
        continue;
      if (memcmp (json + i, "\\u0000", 6) == 0)
        return TRUE;
      i++;
    }
  return FALSE;
}

static void
read_languages (SobreFormReader *self, JsonObject *root)
{
  JsonArray *array = sobre_form_reader_get_array (self, root, "", "languages", 1, MAX_LANGUAGES);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *tag = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
      g_autofree char *path = g_strdup_printf ("languages[%u]", i);

      if (!sobre_language_is_valid (tag))
        sobre_form_reader_refuse (self, path, "", _ ("This has to be a language tag such as “es” or “pt-BR”"));
      else if (!g_hash_table_add (seen, (gpointer) tag))
        sobre_form_reader_refuse (self, path, "", _ ("“%s” is named a second time"), tag);
      else
        g_strv_builder_add (builder, tag);
    }
  if (g_hash_table_size (seen) > 0)
    self->form->languages = g_strv_builder_end (builder);
}

static void
read_choice (SobreFormReader *self, JsonNode *node, const char *base, SobreFormQuestion *question)
{
  static const char *const known[] = { "id", "label", NULL };
  SobreFormChoice *choice;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      sobre_form_reader_refuse (self, base, "", _ ("This has to be an object, “{…}”"));
      return;
    }
  sobre_form_reader_check_members (self, json_node_get_object (node), base, known);
  choice = g_new0 (SobreFormChoice, 1);
  choice->id = sobre_form_reader_dup_id (self, json_node_get_object (node), base, "id");
  choice->label =
      sobre_form_reader_get_text (self, json_node_get_object (node), base, "label", TRUE, SOBRE_FORM_NAME_CHARACTERS);
  for (guint i = 0; choice->id != NULL && i < question->choices->len; i++)
    {
      const SobreFormChoice *other = g_ptr_array_index (question->choices, i);

      if (g_strcmp0 (other->id, choice->id) == 0)
        sobre_form_reader_refuse (self, base, "id", _ ("“%s” is taken by an earlier choice"), choice->id);
    }
  g_ptr_array_add (question->choices, choice);
}

static void
read_choices (SobreFormReader *self, JsonObject *object, const char *base, SobreFormQuestion *question)
{
  JsonArray *array = sobre_form_reader_get_array (self, object, base, "choices", 2, MAX_CHOICES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.choices[%u]", base, i);

      read_choice (self, json_array_get_element (array, i), path, question);
    }
}

static gboolean
find_earlier (SobreFormReader *self, const char *id, guint before, guint *found)
{
  for (guint i = 0; i < before; i++)
    if (g_strcmp0 (sobre_form_get_question_id (self->form, i), id) == 0)
      {
        *found = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_choice (const SobreFormQuestion *question, const char *id)
{
  for (guint i = 0; i < question->choices->len; i++)
    {
      const SobreFormChoice *choice = g_ptr_array_index (question->choices, i);

      if (g_strcmp0 (choice->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The value that the earlier answer is compared with. */
static void
read_bound (SobreFormReader *self, JsonObject *object, const char *base, const char *member, SobreFormQuestion *question)
{
  const SobreFormQuestion *earlier = sobre_form_get_question (self->form, question->shown_after);
  JsonNode *node = json_object_get_member (object, member);

  question->rule = strcmp (member, "at_most") == 0    ? SOBRE_FORM_AT_MOST
                   : strcmp (member, "at_least") == 0 ? SOBRE_FORM_AT_LEAST
                                                      : SOBRE_FORM_IS;
  if (earlier->kind == SOBRE_ANSWER_TEXT)
    sobre_form_reader_refuse (self, base, "question", _ ("An answer in words cannot decide what is asked next"));
  else if (earlier->kind != SOBRE_ANSWER_CHOICE)
    question->score = (gint) sobre_form_reader_get_number (
        self, object, base, member, earlier->kind == SOBRE_ANSWER_NPS ? 0 : 1, earlier->kind == SOBRE_ANSWER_NPS ? 10 : 5, -1);
  else if (question->rule != SOBRE_FORM_IS)
    sobre_form_reader_refuse (self, base, member, _ ("“%s” has choices and no score: use “is” and a choice's id"), earlier->id);
  else if (json_node_get_value_type (node) != G_TYPE_STRING || !has_choice (earlier, json_node_get_string (node)))
    sobre_form_reader_refuse (self, base, member, _ ("“%s” has no choice of that id"), earlier->id);
  else
    question->choice = json_node_dup_string (node);
}

static void
read_rule (SobreFormReader *self, JsonObject *object, const char *base, guint index, SobreFormQuestion *question)
{
  static const char *const known[] = { "question", "at_most", "at_least", "is", NULL };
  static const char *const bounds[] = { "at_most", "at_least", "is" };
  g_autofree char *path = g_strconcat (base, ".show_if", NULL);
  JsonObject *rule = sobre_form_reader_get_object (self, object, base, "show_if");
  const char *member = NULL;
  g_autofree char *id = NULL;

  if (rule == NULL)
    return;
  sobre_form_reader_check_members (self, rule, path, known);
  id = sobre_form_reader_dup_id (self, rule, path, "question");
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (json_object_has_member (rule, bounds[i]))
      {
        if (member != NULL)
          sobre_form_reader_refuse (self, path, bounds[i], _ ("Only one of “at_most”, “at_least” and “is” can be there"));
        member = bounds[i];
      }
  if (member == NULL)
    sobre_form_reader_refuse (self, path, "", _ ("One of “at_most”, “at_least” and “is” has to be there"));
  if (id != NULL && !find_earlier (self, id, index, &question->shown_after))
    sobre_form_reader_refuse (self, path, "question", _ ("No earlier question has the id “%s”"), id);
  else if (id != NULL && member != NULL)
    read_bound (self, rule, path, member, question);
}

static gboolean
read_kind (SobreFormReader *self, JsonObject *object, const char *base, SobreAnswerKind *kind)
{
  JsonNode *node = json_object_get_member (object, "kind");
  const char *name = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

  return sobre_answer_kind_parse (sobre_text (name), kind) ||
         sobre_form_reader_refuse (self, base, "kind", _ ("This has to be “smiley”, “stars”, “nps”, “choice” or “text”"));
}

/* Members that mean something for one kind only, so that none is there in vain. */
static void
read_kind_members (SobreFormReader *self, JsonObject *object, const char *base, SobreFormQuestion *question)
{
  static const struct
  {
    const char *member;
    SobreAnswerKind kind;
  } owners[] = { { "choices", SOBRE_ANSWER_CHOICE },
                 { "multiple", SOBRE_ANSWER_CHOICE },
                 { "max_length", SOBRE_ANSWER_TEXT },
                 { "low", SOBRE_ANSWER_NPS },
                 { "high", SOBRE_ANSWER_NPS } };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    if (json_object_has_member (object, owners[i].member) && question->kind != owners[i].kind)
      sobre_form_reader_refuse (self, base, owners[i].member, _ ("Only a question of kind “%s” can have this"),
                                sobre_answer_kind_get_name (owners[i].kind));
  if (question->kind == SOBRE_ANSWER_CHOICE)
    {
      read_choices (self, object, base, question);
      question->multiple = sobre_form_reader_get_boolean (self, object, base, "multiple");
    }
  else if (question->kind == SOBRE_ANSWER_TEXT)
    question->max_length = (guint) sobre_form_reader_get_number (self, object, base, "max_length", 1, SOBRE_FORM_MAX_LENGTH,
                                                                 SOBRE_FORM_MAX_LENGTH);
  else if (question->kind == SOBRE_ANSWER_NPS)
    {
      question->low = sobre_form_reader_get_text (self, object, base, "low", FALSE, SOBRE_FORM_NAME_CHARACTERS);
      question->high = sobre_form_reader_get_text (self, object, base, "high", FALSE, SOBRE_FORM_NAME_CHARACTERS);
    }
}

static void
read_question (SobreFormReader *self, JsonNode *node, const char *base, guint index)
{
  static const char *const known[] = { "id",      "kind",     "label",      "text", "required", "show_if",
                                       "choices", "multiple", "max_length", "low",  "high",     NULL };
  SobreFormQuestion *question = g_new0 (SobreFormQuestion, 1);
  JsonObject *object;
  guint other;

  question->choices = g_ptr_array_new_with_free_func (free_choice);
  g_ptr_array_add (self->form->questions, question);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      sobre_form_reader_refuse (self, base, "", _ ("This has to be an object, “{…}”"));
      return;
    }
  object = json_node_get_object (node);
  sobre_form_reader_check_members (self, object, base, known);
  question->id = sobre_form_reader_dup_id (self, object, base, "id");
  if (question->id != NULL && find_earlier (self, question->id, index, &other))
    sobre_form_reader_refuse (self, base, "id", _ ("“%s” is taken by an earlier question"), question->id);
  question->label = sobre_form_reader_get_text (self, object, base, "label", TRUE, SOBRE_FORM_NAME_CHARACTERS);
  question->text = sobre_form_reader_get_text (self, object, base, "text", FALSE, SOBRE_FORM_TEXT_CHARACTERS);
  question->required = sobre_form_reader_get_boolean (self, object, base, "required");
  if (read_kind (self, object, base, &question->kind))
    read_kind_members (self, object, base, question);
  read_rule (self, object, base, index, question);
}

static void
read_questions (SobreFormReader *self, JsonObject *root)
{
  JsonArray *array = sobre_form_reader_get_array (self, root, "", "questions", 1, MAX_QUESTIONS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("questions[%u]", i);

      read_question (self, json_array_get_element (array, i), path, i);
    }
}

static void
read_comment (SobreFormReader *self, JsonObject *root)
{
  static const char *const known[] = { "text", "max_length", NULL };
  JsonObject *object = sobre_form_reader_get_object (self, root, "", "comment");

  if (object == NULL)
    return;
  sobre_form_reader_check_members (self, object, "comment", known);
  self->form->words[SOBRE_FORM_COMMENT] =
      sobre_form_reader_get_text (self, object, "comment", "text", TRUE, SOBRE_FORM_TEXT_CHARACTERS);
  self->form->comment_max_length = (guint) sobre_form_reader_get_number (self, object, "comment", "max_length", 1,
                                                                         SOBRE_FORM_MAX_LENGTH, SOBRE_FORM_MAX_LENGTH);
}

/* An address is personal: it is asked for only with its own consent, which says for how long it is kept (F8). */
static void
read_contact (SobreFormReader *self, JsonObject *root)
{
  static const char *const known[] = { "text", "consent", "retention_days", NULL };
  JsonObject *object = sobre_form_reader_get_object (self, root, "", "contact");

  if (object == NULL)
    return;
  sobre_form_reader_check_members (self, object, "contact", known);
  self->form->words[SOBRE_FORM_CONTACT] =
      sobre_form_reader_get_text (self, object, "contact", "text", TRUE, SOBRE_FORM_TEXT_CHARACTERS);
  self->form->words[SOBRE_FORM_CONTACT_CONSENT] = sobre_form_reader_get_retention_text (self, object, "contact", "consent");
  self->form->contact_days =
      (guint) sobre_form_reader_get_number (self, object, "contact", "retention_days", 1, MAX_RETENTION_DAYS, 0);
}

static gboolean
is_public_url (const char *url)
{
  g_autoptr (GUri) uri = strlen (url) <= MAX_URL_BYTES ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_host (uri) != NULL &&
         g_uri_get_host (uri)[0] != '\0' && g_uri_get_userinfo (uri) == NULL;
}

/* The link is for everybody: showing it to pleased guests only is what review sites and consumer law forbid (F9). */
static void
read_review_link (SobreFormReader *self, JsonObject *root)
{
  JsonObject *object = sobre_form_reader_get_object (self, root, "", "review_link");
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;
  JsonNode *url = object != NULL ? json_object_get_member (object, "url") : NULL;

  if (object == NULL)
    return;
  for (GList *link = members; link != NULL; link = link->next)
    if (g_strv_contains (gates, link->data))
      sobre_form_reader_refuse (self, "review_link", link->data,
                                _ ("The review link is shown to every guest, whatever the score; remove this rule"));
    else if (!g_str_equal (link->data, "url") && !g_str_equal (link->data, "label"))
      sobre_form_reader_refuse (self, "review_link", link->data, _ ("This is no known member; check its spelling"));

  if (url == NULL || json_node_get_value_type (url) != G_TYPE_STRING || !is_public_url (json_node_get_string (url)))
    sobre_form_reader_refuse (self, "review_link", "url", _ ("This has to be an address that begins with “https://”"));
  else
    self->form->review_url = json_node_dup_string (url);
  self->form->words[SOBRE_FORM_REVIEW] =
      sobre_form_reader_get_text (self, object, "review_link", "label", TRUE, SOBRE_FORM_NAME_CHARACTERS);
}

static void
read_document (SobreFormReader *self, JsonObject *root)
{
  static const char *const known[] = { "id",      "version", "languages", "title",  "intro",       "questions", "comment",
                                       "contact", "consent", "privacy",   "thanks", "review_link", NULL };
  SobreFormText **words = self->form->words;

  sobre_form_reader_check_members (self, root, "", known);
  self->form->id = sobre_form_reader_dup_id (self, root, "", "id");
  self->form->version = (gint32) sobre_form_reader_get_number (self, root, "", "version", 1, G_MAXINT32, 0);
  read_languages (self, root);
  words[SOBRE_FORM_TITLE] = sobre_form_reader_get_text (self, root, "", "title", TRUE, SOBRE_FORM_NAME_CHARACTERS);
  words[SOBRE_FORM_INTRO] = sobre_form_reader_get_text (self, root, "", "intro", FALSE, SOBRE_FORM_TEXT_CHARACTERS);
  read_questions (self, root);
  read_comment (self, root);
  read_contact (self, root);
  words[SOBRE_FORM_CONSENT] = sobre_form_reader_get_text (self, root, "", "consent", FALSE, SOBRE_FORM_TEXT_CHARACTERS);
  words[SOBRE_FORM_PRIVACY] = sobre_form_reader_get_retention_text (self, root, "", "privacy");
  words[SOBRE_FORM_THANKS] = sobre_form_reader_get_text (self, root, "", "thanks", TRUE, SOBRE_FORM_TEXT_CHARACTERS);
  read_review_link (self, root);
}

static void
read_json (SobreFormReader *self, const char *json, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonNode *root;

  if (length > MAX_FILE_BYTES)
    sobre_form_reader_refuse (self, "", "", _ ("The form is larger than %d KiB"), MAX_FILE_BYTES / 1024);
  else if (!g_utf8_validate_len (json, length, NULL))
    sobre_form_reader_refuse (self, "", "", _ ("The form is not UTF-8 text"));
  else if (is_deeper_than (json, length, MAX_DEPTH))
    sobre_form_reader_refuse (self, "", "", _ ("The form nests more than %d levels deep"), MAX_DEPTH);
  else if (has_escaped_nul (json, length))
    sobre_form_reader_refuse (self, "", "", _ ("The form holds the character NUL, “\\u0000”, which no text can show"));
  if (self->n_fatal > 0)
    return;

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, json, (gssize) length, &error))
    {
      sobre_form_reader_refuse (self, "", "", _ ("The form is no valid JSON: %s"), error->message);
      return;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      sobre_form_reader_refuse (self, "", "", _ ("The form has to be one JSON object, “{…}”"));
      return;
    }
  read_document (self, json_node_get_object (root));
  self->form->json = json_to_string (root, FALSE);
}

static void
set_error_from_issues (const SobreFormReader *self, GError **error)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      const SobreFormIssue *issue = g_ptr_array_index (self->issues, i);

      if (!issue->fatal)
        continue;
      if (issue->path[0] == '\0')
        g_set_error_literal (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, issue->message);
      else
        g_set_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, "“%s”: %s", issue->path, issue->message);
      return;
    }
}

SobreForm *
sobre_form_parse (const char *json, gssize length, GPtrArray **issues, GError **error)
{
  g_autoptr (SobreForm) form = g_object_new (SOBRE_TYPE_FORM, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_form_issue_free);
  SobreFormReader reader = { form, found, 0 };

  read_json (&reader, json, length < 0 ? strlen (json) : (gsize) length);
  if (reader.n_fatal > 0)
    set_error_from_issues (&reader, error);
  if (issues != NULL)
    *issues = g_steal_pointer (&found);
  return reader.n_fatal == 0 ? g_steal_pointer (&form) : NULL;
}
