/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said of a stack's health follows from what was seen, and nothing else. */

#include <string.h>

#include "stack/sobre-health.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define NOW G_GINT64_CONSTANT (1795867200000)

typedef struct
{
  SobreHealthFacts facts;
} Seen;

static void
set_up (Seen *seen, gconstpointer data)
{
  seen->facts = (SobreHealthFacts) { .now = NOW,
                                     .has_site = TRUE,
                                     .is_open = TRUE,
                                     .last_visit = NOW - 4 * MINUTE,
                                     .last_record = NOW - 5 * MINUTE,
                                     .newest_object = NOW - 3 * MINUTE,
                                     .buffer = 5 * MINUTE,
                                     .accepted = 40,
                                     .last_query = NOW - 60 * MINUTE };
  seen->facts.alarms = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_health_alarm_free);
}

static void
tear_down (Seen *seen, gconstpointer data)
{
  g_ptr_array_unref (seen->facts.alarms);
}

static void
expect (Seen *seen, SobreHealthStage stage, SobreHealthState state)
{
  g_autoptr (SobreHealth) health = sobre_health_judge (&seen->facts);

  for (guint i = 0; i < SOBRE_N_HEALTH_STAGES; i++)
    {
      g_assert_cmpint (health->stages[i].state, ==, i == stage ? state : SOBRE_HEALTH_GOOD);
      g_assert_nonnull (health->stages[i].why);
    }
  g_assert_cmpint (sobre_health_get_worst (health), ==, state == SOBRE_HEALTH_UNKNOWN ? SOBRE_HEALTH_ATTENTION : state);
}

static void
test_all_good (Seen *seen, gconstpointer data)
{
  g_autoptr (SobreHealth) health = sobre_health_judge (&seen->facts);

  expect (seen, SOBRE_HEALTH_FORM, SOBRE_HEALTH_GOOD);
  g_assert_cmpint (health->answers_until, ==, NOW - 3 * MINUTE);
  g_assert_cmpint (health->stages[SOBRE_HEALTH_INGEST].last_success, ==, NOW - 5 * MINUTE);
}

/* What is still gathered is not late; what Firehose should have written long ago is. */
static void
test_late_objects (Seen *seen, gconstpointer data)
{
  seen->facts.last_record = NOW - 10 * MINUTE;
  seen->facts.newest_object = NOW - 90 * MINUTE;
  expect (seen, SOBRE_HEALTH_LAKE, SOBRE_HEALTH_GOOD);
  seen->facts.last_record = NOW - 21 * MINUTE;
  expect (seen, SOBRE_HEALTH_LAKE, SOBRE_HEALTH_BAD);
  seen->facts.newest_object = 0;
  expect (seen, SOBRE_HEALTH_LAKE, SOBRE_HEALTH_BAD);
}

/* A restaurant that is closed is not ill. */
static void
test_closed_days (Seen *seen, gconstpointer data)
{
  seen->facts.last_visit = 0;
  seen->facts.last_record = 0;
  seen->facts.newest_object = 0;
  seen->facts.accepted = 0;
  seen->facts.last_query = 0;
  expect (seen, SOBRE_HEALTH_FORM, SOBRE_HEALTH_GOOD);
}

static void
test_refused_answers (Seen *seen, gconstpointer data)
{
  seen->facts.rejected = 4;
  expect (seen, SOBRE_HEALTH_INGEST, SOBRE_HEALTH_GOOD);
  seen->facts.rejected = 20;
  expect (seen, SOBRE_HEALTH_INGEST, SOBRE_HEALTH_ATTENTION);
  seen->facts.accepted = 0;
  expect (seen, SOBRE_HEALTH_INGEST, SOBRE_HEALTH_BAD);
}

static void
test_paused (Seen *seen, gconstpointer data)
{
  seen->facts.is_open = FALSE;
  expect (seen, SOBRE_HEALTH_INGEST, SOBRE_HEALTH_ATTENTION);
}

static void
test_no_site (Seen *seen, gconstpointer data)
{
  seen->facts.has_site = FALSE;
  expect (seen, SOBRE_HEALTH_FORM, SOBRE_HEALTH_ATTENTION);
}

static void
test_failed_query (Seen *seen, gconstpointer data)
{
  seen->facts.last_failure = NOW - 61 * MINUTE;
  expect (seen, SOBRE_HEALTH_QUERY, SOBRE_HEALTH_GOOD);
  seen->facts.last_failure = NOW - 59 * MINUTE;
  expect (seen, SOBRE_HEALTH_QUERY, SOBRE_HEALTH_ATTENTION);
}

/* What cannot be looked at is not said to be good, but what was seen to be wrong is said. */
static void
test_unseen (Seen *seen, gconstpointer data)
{
  seen->facts.unseen = 1u << SOBRE_HEALTH_LAKE;
  expect (seen, SOBRE_HEALTH_LAKE, SOBRE_HEALTH_UNKNOWN);
  g_ptr_array_add (seen->facts.alarms, sobre_health_alarm_new ("LateResponses", TRUE, NULL, NULL));
  expect (seen, SOBRE_HEALTH_LAKE, SOBRE_HEALTH_BAD);
}

/* Every alarm of the template is about a stage and has words; one that is off says nothing. */
static void
test_alarms (Seen *seen, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "infra", "template.yaml", NULL);
  g_autofree char *template = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &template, NULL, NULL));
  lines = g_strsplit (template, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_alarm = strstr (lines[i], ": !Alarm {") != NULL ||
                          (lines[i + 1] != NULL && strstr (lines[i + 1], "Type: AWS::CloudWatch::Alarm") != NULL);
      g_autofree char *resource = is_alarm ? g_strndup (g_strchug (lines[i]), strcspn (g_strchug (lines[i]), ":")) : NULL;
      SobreHealthAlarm *alarm;

      if (!is_alarm)
        continue;
      alarm = sobre_health_alarm_new (resource, FALSE, "reason", NULL);
      g_assert_cmpstr (sobre_health_alarm_get_words (alarm), !=, resource);
      g_ptr_array_set_size (seen->facts.alarms, 0);
      g_ptr_array_add (seen->facts.alarms, alarm);
      expect (seen, SOBRE_HEALTH_FORM, SOBRE_HEALTH_GOOD);
      alarm->is_raised = TRUE;
      expect (seen, sobre_health_alarm_get_stage (alarm),
              strcmp (resource, "LateResponses") == 0 || strcmp (resource, "TransformErrors") == 0 ? SOBRE_HEALTH_BAD
                                                                                                   : SOBRE_HEALTH_ATTENTION);
      n++;
    }
  g_assert_cmpuint (n, >=, 9);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*function) (Seen *seen, gconstpointer data);
  } cases[] = {
    { "/health/all-good", test_all_good },
    { "/health/late-objects", test_late_objects },
    { "/health/closed-days", test_closed_days },
    { "/health/refused-answers", test_refused_answers },
    { "/health/paused", test_paused },
    { "/health/no-site", test_no_site },
    { "/health/failed-query", test_failed_query },
    { "/health/unseen", test_unseen },
    { "/health/alarms", test_alarms },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Seen, NULL, set_up, cases[i].function, tear_down);
  return g_test_run ();
}
