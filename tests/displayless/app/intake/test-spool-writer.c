/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sys/resource.h>

#include "intake-fixture.h"
#include "intake/sobre-spool-writer.h"
#include "model/sobre-time.h"

typedef struct
{
  GPtrArray *order;
  guint expected;
  guint failed;
  gboolean over;
} Log;

typedef struct
{
  Log *log;
  char *text;
} Line;

static SobreSpoolWriter *
start (Fixture *fixture, guint64 bytes, guint seconds)
{
  const SobreSpoolLimits limits = { bytes, seconds };
  g_autoptr (GError) error = NULL;
  int spool = sobre_spool_open (fixture->spool, &error);

  g_assert_no_error (error);
  return sobre_spool_writer_new (spool, fixture->clock, fixture->random, &limits);
}

static void
done_cb (gpointer user_data, const GError *error)
{
  Line *line = user_data;
  Log *log = line->log;

  if (error != NULL)
    {
      log->failed++;
      g_free (line->text);
    }
  else
    g_ptr_array_add (log->order, line->text);
  log->over = log->order->len + log->failed == log->expected;
  g_free (line);
}

static void
append (SobreSpoolWriter *writer, Log *log, SobreDataset dataset, const char *text)
{
  Line *line = g_new0 (Line, 1);
  g_autofree char *whole = g_strconcat (text, "\n", NULL);

  line->log = log;
  line->text = g_strdup (whole);
  log->expected++;
  log->over = FALSE;
  sobre_spool_writer_append (writer, dataset, whole, strlen (whole), done_cb, line);
}

static Log *
log_new (void)
{
  Log *log = g_new0 (Log, 1);

  log->order = g_ptr_array_new_with_free_func (g_free);
  return log;
}

static void
log_free (Log *log)
{
  g_ptr_array_unref (log->order);
  g_free (log);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_free)

static char *
join (Log *log)
{
  g_ptr_array_add (log->order, NULL);
  return g_strjoinv ("", (char **) log->order->pdata);
}

static guint
count_segments (Fixture *fixture, const char *suffix)
{
  g_autoptr (GPtrArray) files = fixture_list_spool (fixture);
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    n += g_str_has_suffix (g_ptr_array_index (files, i), suffix);
  return n;
}

/* Lines of random length in bursts of random size: what is told durable is what lies there, in that order. */
static void
test_keeps_order (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = start (fixture, 20000, 60);
  g_autoptr (Log) log = log_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *filler = g_strnfill ((gsize) g_rand_int_range (rand, 0, 300), 'x');
      g_autofree char *line = g_strdup_printf ("{\"n\":%u,\"x\":\"%s\"}", i, filler);

      append (writer, log, SOBRE_DATASET_RESPONSES, line);
      /* Segments begun in one millisecond have no order among themselves. */
      if (log->over || g_rand_int_range (rand, 0, 20) == 0)
        {
          fixture_wait (&log->over);
          sobre_manual_clock_advance (fixture->clock, 1);
        }
    }
  fixture_wait (&log->over);
  g_assert_cmpuint (log->failed, ==, 0);
  g_assert_cmpuint (count_segments (fixture, ".closed.jsonl"), >, 5);
  g_clear_pointer (&writer, sobre_spool_writer_free);
  g_assert_cmpuint (count_segments (fixture, ".jsonl"), ==, count_segments (fixture, ".closed.jsonl"));
  expected = join (log);
  text = fixture_read_spool (fixture, "responses");
  g_assert_true (g_str_equal (text, expected));
}

static void
test_datasets_apart (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = start (fixture, 1 << 20, 60);
  g_autoptr (Log) log = log_new ();
  g_autofree char *responses = NULL;
  g_autofree char *events = NULL;

  append (writer, log, SOBRE_DATASET_RESPONSES, "{\"r\":1}");
  append (writer, log, SOBRE_DATASET_EVENTS, "{\"e\":1}\n{\"e\":2}");
  append (writer, log, SOBRE_DATASET_RESPONSES, "{\"r\":2}");
  fixture_wait (&log->over);
  responses = fixture_read_spool (fixture, "responses");
  events = fixture_read_spool (fixture, "events");
  g_assert_cmpstr (responses, ==, "{\"r\":1}\n{\"r\":2}\n");
  g_assert_cmpstr (events, ==, "{\"e\":1}\n{\"e\":2}\n");
}

static void
test_closes_by_age (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = start (fixture, 1 << 20, 60);
  g_autoptr (Log) log = log_new ();

  append (writer, log, SOBRE_DATASET_RESPONSES, "{}");
  fixture_wait (&log->over);
  sobre_manual_clock_advance (fixture->clock, 59000);
  append (writer, log, SOBRE_DATASET_RESPONSES, "{}");
  fixture_wait (&log->over);
  g_assert_cmpuint (count_segments (fixture, ".jsonl"), ==, 1);
  g_assert_cmpuint (count_segments (fixture, ".closed.jsonl"), ==, 0);
  sobre_manual_clock_advance (fixture->clock, 1000);
  append (writer, log, SOBRE_DATASET_RESPONSES, "{}");
  fixture_wait (&log->over);
  g_assert_cmpuint (count_segments (fixture, ".closed.jsonl"), ==, 1);
  g_assert_cmpuint (count_segments (fixture, ".jsonl"), ==, 2);
}

/* With nobody sending anything more, the segment is closed all the same. */
static void
test_closes_when_idle (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = start (fixture, 1 << 20, 60);
  g_autoptr (Log) log = log_new ();
  guint tries = 0;

  append (writer, log, SOBRE_DATASET_RESPONSES, "{}");
  fixture_wait (&log->over);
  sobre_manual_clock_advance (fixture->clock, 60000);
  while (count_segments (fixture, ".closed.jsonl") == 0)
    {
      g_assert_cmpuint (tries++, <, 500);
      g_usleep (20000);
    }
  g_assert_cmpuint (count_segments (fixture, ".jsonl"), ==, 1);
}

static void
test_closes_at_midnight (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = NULL;
  g_autoptr (Log) log = log_new ();
  g_autoptr (GPtrArray) files = NULL;

  sobre_manual_clock_advance (fixture->clock, SOBRE_DAY_MS / 2 - 1);
  writer = start (fixture, 1 << 20, 60);
  append (writer, log, SOBRE_DATASET_RESPONSES, "{\"old\":1}");
  fixture_wait (&log->over);
  sobre_manual_clock_advance (fixture->clock, 1);
  append (writer, log, SOBRE_DATASET_RESPONSES, "{\"new\":1}");
  fixture_wait (&log->over);
  files = fixture_list_spool (fixture);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (files, 0), "dt=2026-11-24"));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (files, 0), ".closed.jsonl"));
  g_assert_nonnull (strstr (g_ptr_array_index (files, 1), "dt=2026-11-25"));
}

/* A file size limit stands for a full disk: it lets part of a write through and then fails it. */
static void
test_full_disk (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = start (fixture, 1 << 20, 60);
  g_autoptr (Log) log = log_new ();
  g_autofree char *filler = g_strnfill (3000, 'x');
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  struct rlimit before;
  struct rlimit small;

  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 5000;
  append (writer, log, SOBRE_DATASET_RESPONSES, filler);
  fixture_wait (&log->over);
  g_assert_cmpuint (log->failed, ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &small));
  append (writer, log, SOBRE_DATASET_RESPONSES, filler);
  fixture_wait (&log->over);
  g_assert_cmpuint (log->failed, ==, 1);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &before));
  sobre_manual_clock_advance (fixture->clock, 1);
  append (writer, log, SOBRE_DATASET_RESPONSES, "{\"after\":1}");
  fixture_wait (&log->over);
  g_assert_cmpuint (log->failed, ==, 1);
  g_clear_pointer (&writer, sobre_spool_writer_free);
  expected = join (log);
  text = fixture_read_spool (fixture, "responses");
  g_assert_true (g_str_equal (text, expected));
}

/* While the day's folder cannot be made nothing is acknowledged; when it can, the next answer is. */
static void
test_resumes_by_itself (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (SobreSpoolWriter) writer = start (fixture, 1 << 20, 60);
  g_autoptr (Log) log = log_new ();

  g_assert_no_errno (g_chmod (fixture->spool, 0500));
  append (writer, log, SOBRE_DATASET_RESPONSES, "{}");
  fixture_wait (&log->over);
  g_assert_cmpuint (log->failed, ==, 1);
  g_assert_no_errno (g_chmod (fixture->spool, 0700));
  append (writer, log, SOBRE_DATASET_RESPONSES, "{}");
  fixture_wait (&log->over);
  g_assert_cmpuint (log->failed, ==, 1);
  g_assert_cmpuint (log->order->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* What the disk refuses is warned of. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_test_add_func ("/intake/spool-writer/keeps-order", test_keeps_order);
  g_test_add_func ("/intake/spool-writer/datasets-apart", test_datasets_apart);
  g_test_add_func ("/intake/spool-writer/closes-by-age", test_closes_by_age);
  g_test_add_func ("/intake/spool-writer/closes-when-idle", test_closes_when_idle);
  g_test_add_func ("/intake/spool-writer/closes-at-midnight", test_closes_at_midnight);
  g_test_add_func ("/intake/spool-writer/full-disk", test_full_disk);
  g_test_add_func ("/intake/spool-writer/resumes-by-itself", test_resumes_by_itself);
  return g_test_run ();
}
