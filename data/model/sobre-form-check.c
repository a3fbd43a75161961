/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* form.json, which docs/form.md describes. People edit it by hand and it comes with copied folders, so it is hostile until checked:
 * what holds for every document first (sobre_document_reader_parse()), then every member by name. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-form-private.h"

#define MAX_FILE_BYTES (256 * 1024)
#define MAX_QUESTIONS 50
#define MAX_CHOICES 20
#define MAX_URL_BYTES 500
#define MAX_RETENTION_DAYS 36500

/* Members that would show the review link to some guests only. All are refused as unknown; these are told why. */
static const char *const gates[] = { "show_if", "at_least",  "at_most",       "is",        "when",
                                     "if",      "min_score", "max_score",     "score",     "minimum",
                                     "maximum", "rating",    "minimum_score", "threshold", NULL };

/* FormReader: one check of one form: what it becomes, and what was found. */
typedef struct
{
  SobreDocumentReader document;
  SobreForm *form;
} FormReader;

static void
free_choice (gpointer data)
{
  SobreFormChoice *choice = data;

  g_free (choice->id);
  g_clear_pointer (&choice->label, sobre_document_text_free);
  g_free (choice);
}

static void
read_choice (FormReader *self, JsonNode *node, const char *base, SobreFormQuestion *question)
{
  static const char *const known[] = { "id", "label", NULL };
  SobreFormChoice *choice;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      sobre_document_reader_refuse (&self->document, base, "", _ ("This has to be an object, “{…}”"));
      return;
    }
  sobre_document_reader_check_members (&self->document, json_node_get_object (node), base, known);
  choice = g_new0 (SobreFormChoice, 1);
  choice->id = sobre_document_reader_dup_id (&self->document, json_node_get_object (node), base, "id");
  choice->label = sobre_document_reader_get_text (&self->document, json_node_get_object (node), base, "label", TRUE,
                                                  SOBRE_DOCUMENT_NAME_CHARACTERS);
  for (guint i = 0; choice->id != NULL && i < question->choices->len; i++)
    {
      const SobreFormChoice *other = g_ptr_array_index (question->choices, i);

      if (g_strcmp0 (other->id, choice->id) == 0)
        sobre_document_reader_refuse (&self->document, base, "id", _ ("“%s” is taken by an earlier choice"), choice->id);
    }
  g_ptr_array_add (question->choices, choice);
}

static void
read_choices (FormReader *self, JsonObject *object, const char *base, SobreFormQuestion *question)
{
  JsonArray *array = sobre_document_reader_get_array (&self->document, object, base, "choices", 2, MAX_CHOICES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.choices[%u]", base, i);

      read_choice (self, json_array_get_element (array, i), path, question);
    }
}

static gboolean
find_earlier (FormReader *self, const char *id, guint before, guint *found)
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
read_bound (FormReader *self, JsonObject *object, const char *base, const char *member, SobreFormQuestion *question)
{
  const SobreFormQuestion *earlier = sobre_form_get_question (self->form, question->shown_after);
  JsonNode *node = json_object_get_member (object, member);

  question->rule = strcmp (member, "at_most") == 0    ? SOBRE_FORM_AT_MOST
                   : strcmp (member, "at_least") == 0 ? SOBRE_FORM_AT_LEAST
                                                      : SOBRE_FORM_IS;
  if (earlier->kind == SOBRE_ANSWER_TEXT)
    sobre_document_reader_refuse (&self->document, base, "question", _ ("An answer in words cannot decide what is asked next"));
  else if (earlier->dishes)
    sobre_document_reader_refuse (&self->document, base, "question",
                                  _ ("What is said of dishes cannot decide what is asked next"));
  else if (earlier->kind != SOBRE_ANSWER_CHOICE)
    question->score = (gint) sobre_document_reader_get_number (&self->document, object, base, member,
                                                               earlier->kind == SOBRE_ANSWER_NPS ? 0 : 1,
                                                               earlier->kind == SOBRE_ANSWER_NPS ? 10 : 5, -1);
  else if (question->rule != SOBRE_FORM_IS)
    sobre_document_reader_refuse (&self->document, base, member,
                                  _ ("“%s” has choices and no score: use “is” and a choice's id"), earlier->id);
  else if (json_node_get_value_type (node) != G_TYPE_STRING || !has_choice (earlier, json_node_get_string (node)))
    sobre_document_reader_refuse (&self->document, base, member, _ ("“%s” has no choice of that id"), earlier->id);
  else
    question->choice = json_node_dup_string (node);
}

static void
read_rule (FormReader *self, JsonObject *object, const char *base, guint index, SobreFormQuestion *question)
{
  static const char *const known[] = { "question", "at_most", "at_least", "is", NULL };
  static const char *const bounds[] = { "at_most", "at_least", "is" };
  g_autofree char *path = g_strconcat (base, ".show_if", NULL);
  JsonObject *rule = sobre_document_reader_get_object (&self->document, object, base, "show_if");
  const char *member = NULL;
  g_autofree char *id = NULL;

  if (rule == NULL)
    return;
  sobre_document_reader_check_members (&self->document, rule, path, known);
  id = sobre_document_reader_dup_id (&self->document, rule, path, "question");
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (json_object_has_member (rule, bounds[i]))
      {
        if (member != NULL)
          sobre_document_reader_refuse (&self->document, path, bounds[i],
                                        _ ("Only one of “at_most”, “at_least” and “is” can be there"));
        member = bounds[i];
      }
  if (member == NULL)
    sobre_document_reader_refuse (&self->document, path, "", _ ("One of “at_most”, “at_least” and “is” has to be there"));
  if (id != NULL && !find_earlier (self, id, index, &question->shown_after))
    sobre_document_reader_refuse (&self->document, path, "question", _ ("No earlier question has the id “%s”"), id);
  else if (id != NULL && member != NULL)
    read_bound (self, rule, path, member, question);
}

/* Dishes are asked about once, so that all stars of a dish are one series. Where no menu is published the question is not asked: a form
 * that begins with it would begin with nothing. */
static void
check_dishes (FormReader *self, const char *base, guint index)
{
  if (index == 0)
    sobre_document_reader_refuse (&self->document, base, "kind",
                                  _ ("A question about dishes cannot come first: it is asked only while a menu is published"));
  for (guint i = 0; i < index; i++)
    if (sobre_form_get_question (self->form, i)->dishes)
      sobre_document_reader_refuse (&self->document, base, "kind", _ ("Only one question can be about dishes"));
}

static gboolean
read_kind (FormReader *self, JsonObject *object, const char *base, SobreFormQuestion *question)
{
  JsonNode *node = json_object_get_member (object, "kind");
  const char *name = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

  question->dishes = g_str_equal (name, SOBRE_FORM_DISH_KIND);
  if (question->dishes)
    question->kind = SOBRE_ANSWER_STARS;
  return question->dishes || sobre_answer_kind_parse (sobre_text (name), &question->kind) ||
         sobre_document_reader_refuse (&self->document, base, "kind",
                                       _ ("This has to be “smiley”, “stars”, “nps”, “choice”, “text” or “dish”"));
}

/* Members that mean something for one kind only, so that none is there in vain. */
static void
read_kind_members (FormReader *self, JsonObject *object, const char *base, SobreFormQuestion *question)
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
      sobre_document_reader_refuse (&self->document, base, owners[i].member, _ ("Only a question of kind “%s” can have this"),
                                    sobre_answer_kind_get_name (owners[i].kind));
  if (question->kind == SOBRE_ANSWER_CHOICE)
    {
      read_choices (self, object, base, question);
      question->multiple = sobre_document_reader_get_boolean (&self->document, object, base, "multiple");
    }
  else if (question->kind == SOBRE_ANSWER_TEXT)
    question->max_length = (guint) sobre_document_reader_get_number (&self->document, object, base, "max_length", 1,
                                                                     SOBRE_FORM_MAX_LENGTH, SOBRE_FORM_MAX_LENGTH);
  else if (question->kind == SOBRE_ANSWER_NPS)
    {
      question->low =
          sobre_document_reader_get_text (&self->document, object, base, "low", FALSE, SOBRE_DOCUMENT_NAME_CHARACTERS);
      question->high =
          sobre_document_reader_get_text (&self->document, object, base, "high", FALSE, SOBRE_DOCUMENT_NAME_CHARACTERS);
    }
}

static void
read_question (FormReader *self, JsonNode *node, const char *base, guint index)
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
      sobre_document_reader_refuse (&self->document, base, "", _ ("This has to be an object, “{…}”"));
      return;
    }
  object = json_node_get_object (node);
  sobre_document_reader_check_members (&self->document, object, base, known);
  question->id = sobre_document_reader_dup_id (&self->document, object, base, "id");
  if (question->id != NULL && find_earlier (self, question->id, index, &other))
    sobre_document_reader_refuse (&self->document, base, "id", _ ("“%s” is taken by an earlier question"), question->id);
  question->label =
      sobre_document_reader_get_text (&self->document, object, base, "label", TRUE, SOBRE_DOCUMENT_NAME_CHARACTERS);
  question->text =
      sobre_document_reader_get_text (&self->document, object, base, "text", FALSE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  question->required = sobre_document_reader_get_boolean (&self->document, object, base, "required");
  if (read_kind (self, object, base, question))
    read_kind_members (self, object, base, question);
  if (question->dishes)
    check_dishes (self, base, index);
  read_rule (self, object, base, index, question);
}

static void
read_questions (FormReader *self, JsonObject *root)
{
  JsonArray *array = sobre_document_reader_get_array (&self->document, root, "", "questions", 1, MAX_QUESTIONS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("questions[%u]", i);

      read_question (self, json_array_get_element (array, i), path, i);
    }
}

static void
read_comment (FormReader *self, JsonObject *root)
{
  static const char *const known[] = { "text", "max_length", NULL };
  JsonObject *object = sobre_document_reader_get_object (&self->document, root, "", "comment");

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, "comment", known);
  self->form->words[SOBRE_FORM_COMMENT] =
      sobre_document_reader_get_text (&self->document, object, "comment", "text", TRUE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  self->form->comment_max_length = (guint) sobre_document_reader_get_number (&self->document, object, "comment", "max_length",
                                                                             1, SOBRE_FORM_MAX_LENGTH, SOBRE_FORM_MAX_LENGTH);
}

/* An address is personal: it is asked for only with its own consent, which says for how long it is kept (F8). */
static void
read_contact (FormReader *self, JsonObject *root)
{
  static const char *const known[] = { "text", "consent", "retention_days", NULL };
  JsonObject *object = sobre_document_reader_get_object (&self->document, root, "", "contact");

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, "contact", known);
  self->form->words[SOBRE_FORM_CONTACT] =
      sobre_document_reader_get_text (&self->document, object, "contact", "text", TRUE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  self->form->words[SOBRE_FORM_CONTACT_CONSENT] =
      sobre_document_reader_get_retention_text (&self->document, object, "contact", "consent");
  self->form->contact_days =
      (guint) sobre_document_reader_get_number (&self->document, object, "contact", "retention_days", 1, MAX_RETENTION_DAYS, 0);
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
read_review_link (FormReader *self, JsonObject *root)
{
  JsonObject *object = sobre_document_reader_get_object (&self->document, root, "", "review_link");
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;
  JsonNode *url = object != NULL ? json_object_get_member (object, "url") : NULL;

  if (object == NULL)
    return;
  for (GList *link = members; link != NULL; link = link->next)
    if (g_strv_contains (gates, link->data))
      sobre_document_reader_refuse (&self->document, "review_link", link->data,
                                    _ ("The review link is shown to every guest, whatever the score; remove this rule"));
    else if (!g_str_equal (link->data, "url") && !g_str_equal (link->data, "label"))
      sobre_document_reader_refuse (&self->document, "review_link", link->data,
                                    _ ("This is no known member; check its spelling"));

  if (url == NULL || json_node_get_value_type (url) != G_TYPE_STRING || !is_public_url (json_node_get_string (url)))
    sobre_document_reader_refuse (&self->document, "review_link", "url",
                                  _ ("This has to be an address that begins with “https://”"));
  else
    self->form->review_url = json_node_dup_string (url);
  self->form->words[SOBRE_FORM_REVIEW] =
      sobre_document_reader_get_text (&self->document, object, "review_link", "label", TRUE, SOBRE_DOCUMENT_NAME_CHARACTERS);
}

static void
read_document (FormReader *self, JsonObject *root)
{
  static const char *const known[] = { "id",      "version", "languages", "title",  "intro",       "questions", "comment",
                                       "contact", "consent", "privacy",   "thanks", "review_link", NULL };
  SobreDocumentText **words = self->form->words;

  sobre_document_reader_check_members (&self->document, root, "", known);
  self->form->id = sobre_document_reader_dup_id (&self->document, root, "", "id");
  self->form->version = (gint32) sobre_document_reader_get_number (&self->document, root, "", "version", 1, G_MAXINT32, 0);
  self->form->languages = sobre_document_reader_dup_languages (&self->document, root);
  self->document.languages = self->form->languages;
  words[SOBRE_FORM_TITLE] =
      sobre_document_reader_get_text (&self->document, root, "", "title", TRUE, SOBRE_DOCUMENT_NAME_CHARACTERS);
  words[SOBRE_FORM_INTRO] =
      sobre_document_reader_get_text (&self->document, root, "", "intro", FALSE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  read_questions (self, root);
  read_comment (self, root);
  read_contact (self, root);
  words[SOBRE_FORM_CONSENT] =
      sobre_document_reader_get_text (&self->document, root, "", "consent", FALSE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  words[SOBRE_FORM_PRIVACY] = sobre_document_reader_get_retention_text (&self->document, root, "", "privacy");
  words[SOBRE_FORM_THANKS] =
      sobre_document_reader_get_text (&self->document, root, "", "thanks", TRUE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  read_review_link (self, root);
}

SobreForm *
sobre_form_parse (const char *json, gssize length, GPtrArray **issues, GError **error)
{
  g_autoptr (SobreForm) form = g_object_new (SOBRE_TYPE_FORM, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_document_issue_free);
  FormReader reader = { { NULL, found, 0 }, form };
  g_autoptr (JsonNode) root =
      sobre_document_reader_parse (&reader.document, json, length < 0 ? strlen (json) : (gsize) length, MAX_FILE_BYTES);
  gboolean usable;

  if (root != NULL)
    {
      read_document (&reader, json_node_get_object (root));
      form->json = json_to_string (root, FALSE);
    }
  usable = sobre_document_reader_finish (&reader.document, error);
  if (issues != NULL)
    *issues = g_steal_pointer (&found);
  return usable ? g_steal_pointer (&form) : NULL;
}
