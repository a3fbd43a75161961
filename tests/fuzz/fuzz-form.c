/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A form is taken whole or refused with its faults; what is taken reads back as itself; and whatever is posted to it is JSON that the gate
 * judges. The input is a form and, behind a NUL, a post. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "intake/sobre-form-post.h"
#include "lake/sobre-submission.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_post (SobreForm *form, const char *post, gsize length)
{
  g_autoptr (SobreRules) rules = sobre_rules_new ();
  g_autoptr (SobreSubmission) submission = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *language = NULL;
  g_autofree char *card = NULL;
  g_autofree char *json = NULL;
  const char *rule = NULL;
  gsize json_length;

  json = sobre_form_post_to_json (form, post, length, G_GINT64_CONSTANT (1795548601000), &language, &card, &json_length, &rule);
  g_assert_cmpint (json == NULL, ==, rule != NULL);
  if (json == NULL)
    return;
  g_assert_true (json_parser_load_from_data (parser, json, (gssize) json_length, NULL));
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));
  submission = sobre_submission_parse (rules, SOBRE_DATASET_RESPONSES, json, json_length, &rule);
  g_assert_cmpint (submission == NULL, ==, rule != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const guint8 *end = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize length = end != NULL ? (gsize) (end - data) : size;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) issues_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreForm) form = sobre_form_parse ((const char *) data, (gssize) length, &issues, &error);
  g_autoptr (SobreForm) again = NULL;

  g_assert_cmpint (form == NULL, ==, error != NULL);
  if (form == NULL)
    return 0;
  again = sobre_form_parse (sobre_form_get_json (form), -1, &issues_again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sobre_form_get_json (form), ==, sobre_form_get_json (again));
  for (guint i = 0; i < sobre_form_get_n_questions (form); i++)
    g_assert_nonnull (sobre_form_get_question_label (form, i, "xx"));
  if (end != NULL)
    check_post (form, (const char *) end + 1, size - length - 1);
  return 0;
}
