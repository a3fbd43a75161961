/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workspace/sobre-sample-questions.h"

#include <json-glib/json-glib.h>
#include <string.h>

static SobreSampleAspect
guess_aspect (const char *question)
{
  for (SobreSampleAspect aspect = SOBRE_SAMPLE_FOOD; aspect < SOBRE_N_SAMPLE_ASPECTS; aspect++)
    {
      if (strstr (question, sobre_sample_aspect_get_name (aspect)) != NULL)
        return aspect;
    }
  return SOBRE_SAMPLE_OVERALL;
}

/* The ids of a choice question's choices. */
static char **
dup_choices (JsonObject *question)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonArray *choices;

  if (!json_object_has_member (question, "choices"))
    return NULL;
  choices = json_object_get_array_member (question, "choices");
  for (guint i = 0; i < json_array_get_length (choices); i++)
    g_strv_builder_add (ids, json_object_get_string_member (json_array_get_object_element (choices, i), "id"));
  return g_strv_builder_end (ids);
}

static void
read_rule (SobreSampleQuestion *self, JsonObject *question)
{
  JsonObject *rule;

  if (!json_object_has_member (question, "show_if"))
    return;
  rule = json_object_get_object_member (question, "show_if");
  self->asker = g_strdup (json_object_get_string_member (rule, "question"));
  self->at_least = json_object_get_int_member_with_default (rule, "at_least", 0);
  self->at_most = json_object_get_int_member_with_default (rule, "at_most", G_MAXINT64);
}

static void
question_clear (gpointer data)
{
  SobreSampleQuestion *self = data;

  g_strfreev (self->choices);
  g_free (self->asker);
}

GArray *
sobre_sample_questions_read (SobreForm *form, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  GArray *self;
  JsonArray *questions;

  if (!json_parser_load_from_data (parser, sobre_form_get_json (form), -1, error))
    return NULL;
  questions = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "questions");

  self = g_array_new (FALSE, TRUE, sizeof (SobreSampleQuestion));
  g_array_set_clear_func (self, question_clear);
  for (guint i = 0; i < sobre_form_get_n_questions (form); i++)
    {
      JsonObject *object = json_array_get_object_element (questions, i);
      SobreSampleQuestion question = {
        .id = sobre_form_get_question_id (form, i),
        .kind = sobre_form_get_question_kind (form, i),
        .dishes = sobre_form_get_question (form, i)->dishes,
        .choices = dup_choices (object),
      };

      question.aspect = guess_aspect (question.id);
      read_rule (&question, object);
      g_array_append_val (self, question);
    }
  return self;
}

gboolean
sobre_sample_question_is_asked (const SobreSampleQuestion *self, GArray *questions, const SobreSampleGuest *guest)
{
  for (guint i = 0; self->asker != NULL && i < questions->len; i++)
    {
      const SobreSampleQuestion *other = &g_array_index (questions, SobreSampleQuestion, i);

      if (g_str_equal (other->id, self->asker))
        {
          int score = sobre_sample_round_score (guest->moods[other->aspect], 1, 5);

          return score >= self->at_least && score <= self->at_most;
        }
    }
  return TRUE;
}
