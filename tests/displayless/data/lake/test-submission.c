/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lake-fixture.h"
#include "lake/sobre-submission.h"

#define SUBMITTED                                                                                                              \
  "{\"id\":\"" ID                                                                                                              \
  "\",\"submitted_at\":\"2026-11-24T19:30:00.125Z\",\"store_id\":\"CENTRO\",\"table_id\":\"T1\",\"key\":\"ABC\","              \
  "\"form_id\":\"main\",\"form_version\":3,\"language\":\"es\",\"answers\":[{\"question\":\"food\",\"kind\":\"stars\","        \
  "\"score\":4}],"                                                                                                             \
  "\"comment\":\"a\\nb\",\"duration_ms\":5120,\"extra\":{\"big\":123456789012345678,\"n\":1.50}}"

static SobreSubmission *
parse (const char *json, const char **reason)
{
  g_autoptr (SobreRules) rules = sobre_rules_new ();

  return sobre_submission_parse (rules, SOBRE_DATASET_RESPONSES, json, strlen (json), reason);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  GString *changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  return g_string_free_and_steal (changed);
}

static void
test_values (void)
{
  const char *reason;
  g_autoptr (SobreSubmission) submission = parse (SUBMITTED, &reason);
  char id[SOBRE_ID_STRING_LENGTH + 1];

  g_assert_null (reason);
  sobre_id_format (sobre_submission_get_id (submission), id);
  g_assert_cmpstr (id, ==, ID);
  g_assert_cmpint (sobre_submission_get_time (submission), ==, G_GINT64_CONSTANT (1795548600125));
  g_assert_cmpint (sobre_submission_get_duration (submission), ==, 5120);
  g_assert_true (sobre_text_equal (sobre_submission_get_text (submission, "store_id"), sobre_text ("CENTRO")));
  g_assert_true (sobre_text_equal (sobre_submission_get_text (submission, "key"), sobre_text ("ABC")));
  g_assert_null (sobre_submission_get_text (submission, "answers").data);
  g_assert_null (sobre_submission_get_text (submission, "nothing").data);
}

static void
test_stored_line (void)
{
  const char *reason;
  g_autoptr (SobreSubmission) submission = parse (SUBMITTED, &reason);
  g_autofree char *line = NULL;
  g_autoptr (Tally) tally = tally_new ();
  gsize length;

  sobre_submission_set_text (submission, "store_id", "centro");
  sobre_submission_set_text (submission, "table_id", "t1");
  sobre_submission_set_suspicion (submission, 0.25);
  line = sobre_submission_format (submission, G_GINT64_CONSTANT (1795548601000), TRUE, SOBRE_CHANNEL_LOCAL, &length);
  g_assert_cmpuint (length, ==, strlen (line));
  g_assert_cmpstr (
      line, ==,
      "{\"v\":1,\"id\":\"" ID "\",\"submitted_at\":\"2026-11-24T19:30:00.125Z\",\"store_id\":\"centro\",\"table_id\":\"t1\","
      "\"form_id\":\"main\",\"form_version\":3,\"language\":\"es\",\"answers\":[{\"question\":\"food\",\"kind\":\"stars\","
      "\"score\":4}],"
      "\"comment\":\"a\\nb\",\"duration_ms\":5120,\"extra\":{\"big\":123456789012345678,\"n\":1.5},"
      "\"received_at\":\"2026-11-24T19:30:01.000Z\",\"verified\":true,\"channel\":\"local\",\"suspicion\":0.25}\n");

  /* And the lake's reader takes it. */
  g_assert_true (tally_read (tally, SOBRE_DATASET_RESPONSES, (const guint8 *) line, length, NULL));
  g_assert_cmpstr (tally->reasons->str, ==, "");
  g_assert_cmpuint (tally->n_records, ==, 1);
}

static void
test_guest_cannot_set_the_collectors_members (void)
{
  g_autofree char *json =
      replace (SUBMITTED, "{\"id\"",
               "{\"verified\":true,\"verified\":[],\"received_at\":\"1970-01-01T00:00:00Z\",\"channel\":\"api\","
               "\"v\":7,\"suspicion\":0,\"id\"");
  const char *reason;
  g_autoptr (SobreSubmission) submission = parse (json, &reason);
  g_autofree char *line = NULL;
  gsize length;

  g_assert_null (reason);
  line = sobre_submission_format (submission, G_GINT64_CONSTANT (1795548601000), FALSE, SOBRE_CHANNEL_LOCAL, &length);
  g_assert_nonnull (strstr (line, "\"verified\":false"));
  g_assert_null (strstr (line, "\"verified\":true"));
  g_assert_null (strstr (line, "suspicion"));
  g_assert_null (strstr (line, "1970"));
  g_assert_null (strstr (line, "\"api\""));
  g_assert_true (g_str_has_prefix (line, "{\"v\":1,\"id\""));
}

static void
test_digest (void)
{
  g_autoptr (SobreRules) rules = sobre_rules_new ();
  g_autofree char *other_key = replace (SUBMITTED, "\"ABC\"", "\"XYZ\"");
  g_autofree char *spaced = replace (SUBMITTED, "\"form_version\":3", "\"form_version\" : 3");
  g_autofree char *changed = replace (SUBMITTED, "\"score\":4", "\"score\":5");
  const char *reason;
  g_autoptr (SobreSubmission) first = parse (SUBMITTED, &reason);
  g_autoptr (SobreSubmission) second = parse (other_key, &reason);
  g_autoptr (SobreSubmission) third = parse (spaced, &reason);
  g_autoptr (SobreSubmission) fourth = parse (changed, &reason);
  g_autoptr (SobreSubmission) stored = NULL;
  guint8 digest[SOBRE_SUBMISSION_DIGEST_LENGTH], other[SOBRE_SUBMISSION_DIGEST_LENGTH];
  g_autofree char *line = NULL;
  gsize length;

  sobre_submission_get_digest (first, digest);
  sobre_submission_get_digest (second, other);
  g_assert_cmpmem (digest, sizeof digest, other, sizeof other);
  sobre_submission_get_digest (third, other);
  g_assert_cmpmem (digest, sizeof digest, other, sizeof other);
  sobre_submission_get_digest (fourth, other);
  g_assert_cmpint (memcmp (digest, other, sizeof digest), !=, 0);

  /* What was stored is recognised after a restart. */
  sobre_submission_set_suspicion (first, 1);
  line = sobre_submission_format (first, G_GINT64_CONSTANT (1795548601000), TRUE, SOBRE_CHANNEL_LOCAL, &length);
  stored = sobre_submission_parse_stored (rules, SOBRE_DATASET_RESPONSES, line, length, &reason);
  g_assert_null (reason);
  sobre_submission_get_digest (stored, other);
  g_assert_cmpmem (digest, sizeof digest, other, sizeof other);
}

static void
test_refuses (void)
{
  const struct
  {
    const char *from;
    const char *to;
    const char *reason;
  } cases[] = {
    { "\"id\":\"" ID "\",", "", "id.missing" },
    { "\"score\":4", "\"score\":9", "answers.score.range" },
    { "\"key\":\"ABC\"", "\"key\":5", "key.type" },
    { "\"extra\"", "\"comment\":\"twice\",\"extra\"", "duplicate" },
    { "\"extra\":{", "\"extra\":[{", "json" },
    { "{\"id\"", "{}{\"id\"", "id.missing" },
    { "{\"id\"", "[{\"id\"", "json" },
    { "a\\nb", "\xFF", "utf8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = replace (SUBMITTED, cases[i].from, cases[i].to);
      const char *reason;

      g_assert_null (parse (json, &reason));
      g_assert_cmpstr (reason, ==, cases[i].reason);
    }
}

static void
test_only_one_record (void)
{
  const char *reason;

  g_assert_null (parse (SUBMITTED SUBMITTED, &reason));
  g_assert_cmpstr (reason, ==, "json");
  g_assert_null (parse ("", &reason));
  g_assert_cmpstr (reason, ==, "json");
  g_assert_null (parse ("[" SUBMITTED "]", &reason));
  g_assert_cmpstr (reason, ==, "object");
}

static void
test_event (void)
{
  g_autoptr (SobreRules) rules = sobre_rules_new ();
  const char *json =
      "{\"id\":\"" ID
      "\",\"at\":\"2026-11-24T19:30:00.125Z\",\"visit\":\"a\",\"store_id\":\"centro\",\"page\":\"form\",\"action\":\"open\"}";
  const char *reason;
  g_autoptr (SobreSubmission) submission = sobre_submission_parse (rules, SOBRE_DATASET_EVENTS, json, strlen (json), &reason);
  g_autofree char *line = NULL;
  gsize length;

  g_assert_null (reason);
  line = sobre_submission_format (submission, G_GINT64_CONSTANT (1795548601000), TRUE, SOBRE_CHANNEL_LOCAL, &length);
  g_assert_null (strstr (line, "verified"));
  g_assert_null (strstr (line, "channel"));
  g_assert_nonnull (strstr (line, "\"received_at\":\"2026-11-24T19:30:01.000Z\"}\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/submission/values", test_values);
  g_test_add_func ("/submission/stored-line", test_stored_line);
  g_test_add_func ("/submission/guest-cannot-set-the-collectors-members", test_guest_cannot_set_the_collectors_members);
  g_test_add_func ("/submission/digest", test_digest);
  g_test_add_func ("/submission/refuses", test_refuses);
  g_test_add_func ("/submission/only-one-record", test_only_one_record);
  g_test_add_func ("/submission/event", test_event);

  return g_test_run ();
}
