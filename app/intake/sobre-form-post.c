/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-form-post.h"

#include <stdlib.h>
#include <yyjson.h>

#include "intake/sobre-urlencoded.h"
#include "model/sobre-time.h"

#define QUESTION_PREFIX "q."

/* The longest step of a card's path (sobre-card-path.c). */
#define PART_MAX 64

static void
add_text (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    yyjson_mut_obj_add_strcpy (doc, object, member, text);
}

/* A whole number where the text is one, else the text, which the gate then refuses by its type. */
static void
add_number (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *member, const char *text)
{
  gint64 number;

  if (g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL))
    yyjson_mut_obj_add_int (doc, object, member, number);
  else
    add_text (doc, object, member, text);
}

/* Browsers end the lines of a text area with CR LF. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  return g_strjoinv ("\n", lines);
}

static SobreAnswerKind
get_kind (SobreForm *form, const char *question)
{
  for (guint i = 0; i < sobre_form_get_n_questions (form); i++)
    if (g_str_equal (sobre_form_get_question_id (form, i), question))
      return sobre_form_get_question_kind (form, i);
  return SOBRE_ANSWER_TEXT;
}

/* The dish of a field "q.QUESTION/DISH", NULL where the field is of no question about dishes. No id has a slash. */
static const char *
find_dish (SobreForm *form, const char *field)
{
  const SobreFormQuestion *dishes = sobre_form_find_dish_question (form);
  gsize length = dishes != NULL ? strlen (dishes->id) : 0;

  if (dishes == NULL || !g_str_has_prefix (field, QUESTION_PREFIX))
    return NULL;
  field += strlen (QUESTION_PREFIX);
  return strncmp (field, dishes->id, length) == 0 && field[length] == '/' ? field + length + 1 : NULL;
}

static void
add_answer (yyjson_mut_doc *doc, yyjson_mut_val *answers, SobreForm *form, const SobreField *field)
{
  const char *dish = find_dish (form, field->name);
  const char *question = dish != NULL ? sobre_form_get_dish_question_id (form) : field->name + strlen (QUESTION_PREFIX);
  SobreAnswerKind kind = get_kind (form, question);
  yyjson_mut_val *answer = yyjson_mut_arr_add_obj (doc, answers);
  g_autofree char *text = join_lines (field->value);

  yyjson_mut_obj_add_strcpy (doc, answer, "question", question);
  yyjson_mut_obj_add_str (doc, answer, "kind", sobre_answer_kind_get_name (kind));
  if (kind == SOBRE_ANSWER_CHOICE)
    add_text (doc, answer, "choice", text);
  else if (kind == SOBRE_ANSWER_TEXT)
    add_text (doc, answer, "text", text);
  else
    add_number (doc, answer, "score", text);
  add_text (doc, answer, "item", dish);
}

static void
add_times (yyjson_mut_doc *doc, yyjson_mut_val *root, const char *started, gint64 now)
{
  char submitted[SOBRE_TIME_STRING_LENGTH + 1];
  gint64 start;

  sobre_time_format (now, submitted);
  yyjson_mut_obj_add_strcpy (doc, root, "submitted_at", submitted);
  if (started != NULL && g_ascii_string_to_signed (started, 10, now - SOBRE_DAY_MS, now, &start, NULL))
    yyjson_mut_obj_add_int (doc, root, "duration_ms", now - start);
}

/* What the guest agreed to; an address without its consent is not taken. */
static void
add_consent (yyjson_mut_doc *doc, yyjson_mut_val *root, SobreForm *form, GPtrArray *fields)
{
  const char *contact = sobre_urlencoded_get (fields, "contact");

  if (contact != NULL && *contact != '\0' && sobre_urlencoded_get (fields, "contact_consent") != NULL)
    {
      add_text (doc, root, "contact", contact);
      yyjson_mut_obj_add_uint (doc, root, "contact_days", sobre_form_get_contact_days (form));
    }
  if (sobre_urlencoded_get (fields, "consent") != NULL)
    yyjson_mut_obj_add_bool (doc, root, "consent", TRUE);
}

/* Whether anything was said at all, and agreed to where the form asks for that. */
static const char *
find_lack (SobreForm *form, GPtrArray *fields)
{
  const char *comment = sobre_urlencoded_get (fields, "comment");
  gboolean answered = comment != NULL && *comment != '\0';

  for (guint i = 0; i < fields->len && !answered; i++)
    {
      const SobreField *field = g_ptr_array_index (fields, i);

      answered = g_str_has_prefix (field->name, QUESTION_PREFIX) && *field->value != '\0';
    }
  if (!answered)
    return "form.empty";
  if (sobre_form_get_words (form, SOBRE_FORM_CONSENT, "") != NULL && sobre_urlencoded_get (fields, "consent") == NULL)
    return "form.consent";
  return NULL;
}

static char *
write_json (SobreForm *form, GPtrArray *fields, gint64 now, gsize *length)
{
  static const struct
  {
    const char *field;
    const char *member;
  } texts[] = { { "id", "id" },           { "store", "store_id" }, { "table", "table_id" }, { "key", "key" },
                { "form_id", "form_id" }, { "lang", "language" },  { "website", "website" } };
  yyjson_mut_doc *doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  const char *version = sobre_urlencoded_get (fields, "form_version");
  const char *comment = sobre_urlencoded_get (fields, "comment");
  g_autofree char *comment_lines = comment != NULL ? join_lines (comment) : NULL;
  yyjson_mut_val *answers;
  char *text;
  char *json;

  yyjson_mut_doc_set_root (doc, root);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (doc, root, texts[i].member, sobre_urlencoded_get (fields, texts[i].field));
  if (version != NULL)
    add_number (doc, root, "form_version", version);
  add_times (doc, root, sobre_urlencoded_get (fields, "started"), now);
  answers = yyjson_mut_obj_add_arr (doc, root, "answers");
  for (guint i = 0; i < fields->len; i++)
    {
      const SobreField *field = g_ptr_array_index (fields, i);

      if (g_str_has_prefix (field->name, QUESTION_PREFIX) && *field->value != '\0')
        add_answer (doc, answers, form, field);
    }
  add_text (doc, root, "comment", comment_lines);
  add_consent (doc, root, form, fields);
  text = yyjson_mut_write (doc, YYJSON_WRITE_NOFLAG, length);
  json = g_strndup (text, *length);
  free (text);
  yyjson_mut_doc_free (doc);
  return json;
}

/* Where the guest was, if the dishes are still to be asked about. */
static char *
dup_card (SobreForm *form, GPtrArray *fields)
{
  static const char *const steps[] = { "store", "table", "key" };
  g_autoptr (GString) card = g_string_new (NULL);

  if (sobre_form_find_dish_question (form) == NULL)
    return NULL;
  for (guint i = 0; i < fields->len; i++)
    if (find_dish (form, ((const SobreField *) g_ptr_array_index (fields, i))->name) != NULL)
      return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *step = sobre_urlencoded_get (fields, steps[i]);

      if (step == NULL || *step == '\0' || strlen (step) > PART_MAX)
        return NULL;
      g_string_append (card, i > 0 ? "/" : "");
      g_string_append_uri_escaped (card, step, NULL, FALSE);
    }
  return g_string_free (g_steal_pointer (&card), FALSE);
}

char *
sobre_form_post_to_json (SobreForm *form,
                         const char *body,
                         gsize length,
                         gint64 now,
                         char **language,
                         char **card,
                         gsize *json_length,
                         const char **rule)
{
  g_autoptr (GPtrArray) fields = sobre_urlencoded_parse (body, length, rule);

  *language = NULL;
  *card = NULL;
  if (fields == NULL)
    return NULL;
  *rule = find_lack (form, fields);
  *language = g_strdup (sobre_urlencoded_get (fields, "lang"));
  *card = dup_card (form, fields);
  return *rule == NULL ? write_json (form, fields, now, json_length) : NULL;
}
