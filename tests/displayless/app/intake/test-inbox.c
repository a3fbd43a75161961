/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "intake-fixture.h"
#include "intake/sobre-inbox.h"

typedef struct
{
  SobreOutcome outcome;
  gboolean over;
} Answer;

static SobreInbox *
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SobreInbox *inbox = sobre_inbox_new (fixture->spool, fixture->places, fixture->clock, fixture->random, NULL, &error);

  g_assert_no_error (error);
  return inbox;
}

static void
done_cb (const SobreOutcome *outcome, gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_false (answer->over);
  answer->outcome = *outcome;
  answer->over = TRUE;
}

static void
send_body (SobreInbox *inbox, SobreDataset dataset, const char *body, Answer *answer)
{
  *answer = (Answer) { 0 };
  sobre_inbox_submit (inbox, dataset, body, strlen (body), done_cb, answer);
}

static SobreVerdict
submit (SobreInbox *inbox, const char *body)
{
  Answer answer;

  send_body (inbox, SOBRE_DATASET_RESPONSES, body, &answer);
  fixture_wait (&answer.over);
  return answer.outcome.verdict;
}

static guint
count_lines (Fixture *fixture, const char *dataset)
{
  g_autofree char *text = fixture_read_spool (fixture, dataset);
  guint n = 0;

  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  return n;
}

static void
test_same_again (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreInbox) inbox = start (fixture);
  g_autofree char *body = fixture_make_body (fixture, 1, "good");
  g_autofree char *other = fixture_make_body (fixture, 1, "bad");

  g_assert_cmpint (submit (inbox, body), ==, SOBRE_VERDICT_STORED);
  sobre_manual_clock_advance (fixture->clock, 5000);
  g_assert_cmpint (submit (inbox, body), ==, SOBRE_VERDICT_KNOWN);
  g_assert_cmpint (submit (inbox, other), ==, SOBRE_VERDICT_CONFLICT);
  g_assert_cmpint (submit (inbox, body), ==, SOBRE_VERDICT_KNOWN);
  g_assert_cmpuint (count_lines (fixture, "responses"), ==, 1);
}

/* Whether a segment is open, closed, or was cut off by a kill: after the next start its ids are known. */
static void
test_remembered_across_a_restart (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreInbox) inbox = start (fixture);
  g_autofree char *body = fixture_make_body (fixture, 1, "good");
  g_autofree char *other = fixture_make_body (fixture, 1, "bad");
  g_autofree char *second = fixture_make_body (fixture, 2, "also good");

  g_assert_cmpint (submit (inbox, body), ==, SOBRE_VERDICT_STORED);
  g_clear_pointer (&inbox, sobre_inbox_free);
  inbox = start (fixture);
  g_assert_cmpint (submit (inbox, body), ==, SOBRE_VERDICT_KNOWN);
  g_assert_cmpint (submit (inbox, other), ==, SOBRE_VERDICT_CONFLICT);
  g_assert_cmpint (submit (inbox, second), ==, SOBRE_VERDICT_STORED);
  g_clear_pointer (&inbox, sobre_inbox_free);
  inbox = start (fixture);
  g_assert_cmpint (submit (inbox, second), ==, SOBRE_VERDICT_KNOWN);
  g_assert_cmpuint (count_lines (fixture, "responses"), ==, 2);
}

/* The second try arrives before the first is on disk: neither is told anything until it is. */
static void
test_twice_on_the_way (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreInbox) inbox = start (fixture);
  g_autofree char *body = fixture_make_body (fixture, 1, "good");
  g_autofree char *other = fixture_make_body (fixture, 1, "bad");
  Answer first;
  Answer again;
  Answer conflicting;

  send_body (inbox, SOBRE_DATASET_RESPONSES, body, &first);
  send_body (inbox, SOBRE_DATASET_RESPONSES, body, &again);
  send_body (inbox, SOBRE_DATASET_RESPONSES, other, &conflicting);
  g_assert_false (first.over || again.over || conflicting.over);
  fixture_wait (&conflicting.over);
  g_assert_true (first.over && again.over);
  g_assert_cmpint (first.outcome.verdict, ==, SOBRE_VERDICT_STORED);
  g_assert_cmpint (again.outcome.verdict, ==, SOBRE_VERDICT_KNOWN);
  g_assert_cmpint (conflicting.outcome.verdict, ==, SOBRE_VERDICT_CONFLICT);
  g_assert_cmpuint (count_lines (fixture, "responses"), ==, 1);
}

/* What could not be stored is not known: the next try stores it, and none of those that waited was told otherwise. */
static void
test_failed_is_forgotten (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreInbox) inbox = start (fixture);
  g_autofree char *body = fixture_make_body (fixture, 1, "good");
  Answer first;
  Answer again;

  g_assert_no_errno (g_chmod (fixture->spool, 0500));
  send_body (inbox, SOBRE_DATASET_RESPONSES, body, &first);
  send_body (inbox, SOBRE_DATASET_RESPONSES, body, &again);
  fixture_wait (&again.over);
  g_assert_cmpint (first.outcome.verdict, ==, SOBRE_VERDICT_FAILED);
  g_assert_cmpint (again.outcome.verdict, ==, SOBRE_VERDICT_FAILED);
  g_assert_no_errno (g_chmod (fixture->spool, 0700));
  g_assert_cmpint (submit (inbox, body), ==, SOBRE_VERDICT_STORED);
  g_assert_cmpuint (count_lines (fixture, "responses"), ==, 1);
}

/* Stopping while answers are on their way writes them, and tells so. */
static void
test_stop_finishes (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  SobreInbox *inbox = start (fixture);
  Answer answers[50];

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *body = fixture_make_body (fixture, i, "last order");

      send_body (inbox, SOBRE_DATASET_RESPONSES, body, &answers[i]);
    }
  sobre_inbox_free (inbox);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_true (answers[i].over);
      g_assert_cmpint (answers[i].outcome.verdict, ==, SOBRE_VERDICT_STORED);
    }
  g_assert_cmpuint (count_lines (fixture, "responses"), ==, G_N_ELEMENTS (answers));
}

static char *
make_events (guint from, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < from + n; i++)
    g_string_append_printf (text,
                            "{\"id\":\"0190a5a0-0000-7000-8000-%012x\",\"at\":\"2026-11-24T11:59:00.000Z\",\"visit\":\"v1\","
                            "\"store_id\":\"Centro\",\"table_id\":\"T1\",\"page\":\"form\",\"action\":\"open\"}\n",
                            i);
  return g_string_free (text, FALSE);
}

static void
test_events (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreInbox) inbox = start (fixture);
  g_autofree char *events = make_events (1, 3);
  g_autofree char *more = make_events (3, 2);
  g_autofree char *bad = g_strconcat (events, "{\"id\":7}\n", NULL);
  Answer answer;

  send_body (inbox, SOBRE_DATASET_EVENTS, events, &answer);
  fixture_wait (&answer.over);
  g_assert_cmpint (answer.outcome.verdict, ==, SOBRE_VERDICT_STORED);
  g_assert_cmpuint (answer.outcome.n_stored, ==, 3);
  send_body (inbox, SOBRE_DATASET_EVENTS, events, &answer);
  g_assert_cmpint (answer.outcome.verdict, ==, SOBRE_VERDICT_KNOWN);
  send_body (inbox, SOBRE_DATASET_EVENTS, bad, &answer);
  g_assert_cmpint (answer.outcome.verdict, ==, SOBRE_VERDICT_REFUSED);
  g_assert_cmpuint (answer.outcome.line, ==, 4);
  g_assert_cmpuint (count_lines (fixture, "events"), ==, 3);
  send_body (inbox, SOBRE_DATASET_EVENTS, more, &answer);
  fixture_wait (&answer.over);
  g_assert_cmpint (answer.outcome.verdict, ==, SOBRE_VERDICT_STORED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* What the disk refuses is warned of. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_test_add_func ("/intake/inbox/same-again", test_same_again);
  g_test_add_func ("/intake/inbox/remembered-across-a-restart", test_remembered_across_a_restart);
  g_test_add_func ("/intake/inbox/twice-on-the-way", test_twice_on_the_way);
  g_test_add_func ("/intake/inbox/failed-is-forgotten", test_failed_is_forgotten);
  g_test_add_func ("/intake/inbox/stop-finishes", test_stop_finishes);
  g_test_add_func ("/intake/inbox/events", test_events);
  return g_test_run ();
}
