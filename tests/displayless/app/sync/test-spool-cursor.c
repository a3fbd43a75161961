/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What intake acknowledged is in the cache before it is in the lake, and once when it is in both. */

#include <libdex.h>
#include <string.h>

#include "sync-fixture.h"

#define DAY SYNC_FIXTURE_DAY
#define SEGMENT "01890a5d-0000-7000-8000-000000000001"
#define OTHER_SEGMENT "01890a5d-0000-7000-8000-000000000002"

static char *
make_line (SyncFixture *fixture)
{
  MadeResponse response = made_response (fixture->random, DAY - 20);
  GString *line = g_string_new (NULL);

  made_response_append_line (&response, line);
  return g_string_free (line, FALSE);
}

static void
append_line (SyncFixture *fixture, const char *segment)
{
  g_autofree char *line = make_line (fixture);

  sync_fixture_append (fixture, DAY, segment, line);
}

static gboolean
glance (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  sobre_sync_pass_glance (&fixture->pass, &changed, &error);
  g_assert_no_error (error);
  return changed;
}

static guint64
count_rows (SyncFixture *fixture)
{
  return sync_fixture_inspect (fixture).n_rows[SOBRE_TABLE_RESPONSES];
}

static void
test_before_and_after_the_roll (SyncFixture *fixture, gconstpointer data)
{
  SobreCacheInspection before, after;
  SobreSyncReport report;

  append_line (fixture, SEGMENT);
  append_line (fixture, SEGMENT);
  report = sync_fixture_run (fixture, &fixture->pass);
  g_assert_cmpuint (report.rows, ==, 2);
  g_assert_cmpuint (report.rolled, ==, 0);
  append_line (fixture, SEGMENT);
  report = sync_fixture_run (fixture, &fixture->other);
  g_assert_cmpuint (report.rows, ==, 1);
  g_assert_cmpuint (report.duplicates, ==, 0);
  before = sync_fixture_inspect (fixture);
  g_assert_cmpuint (before.n_rows[SOBRE_TABLE_RESPONSES], ==, 3);

  sync_fixture_close (fixture, DAY, SEGMENT);
  sobre_sync_pass_clear (&fixture->pass);
  report = sync_fixture_run (fixture, &fixture->pass);
  g_assert_cmpuint (report.rolled, ==, 1);
  g_assert_cmpuint (report.objects, ==, 1);
  g_assert_cmpuint (report.rows, ==, 0);
  g_assert_cmpuint (report.duplicates, ==, 3);
  g_assert_false (report.rebuilt);
  after = sync_fixture_inspect (fixture);
  g_assert_cmpuint (after.n_rows[SOBRE_TABLE_RESPONSES], ==, 3);
  g_assert_cmpuint (before.hash[0], ==, after.hash[0]);
}

/* A line that is being written is not read before it is whole, and then once. */
static void
test_torn_line (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *line = make_line (fixture);
  gsize half = strlen (line) / 2;
  g_autofree char *head = g_strndup (line, half);

  append_line (fixture, SEGMENT);
  g_assert_true (glance (fixture));
  sync_fixture_append (fixture, DAY, SEGMENT, head);
  g_assert_false (glance (fixture));
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  sync_fixture_append (fixture, DAY, SEGMENT, line + half);
  g_assert_true (glance (fixture));
  g_assert_false (glance (fixture));
  g_assert_cmpuint (count_rows (fixture), ==, 2);
}

static void
test_segments_side_by_side (SyncFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      append_line (fixture, i % 2 == 0 ? SEGMENT : OTHER_SEGMENT);
      g_assert_true (glance (fixture));
    }
  sync_fixture_close (fixture, DAY, SEGMENT);
  append_line (fixture, OTHER_SEGMENT);
  g_assert_true (glance (fixture));
  g_assert_cmpuint (count_rows (fixture), ==, 6);
  append_line (fixture, OTHER_SEGMENT);
  g_assert_true (glance (fixture));
  g_assert_cmpuint (count_rows (fixture), ==, 7);
}

/* The phone of a guest who was forgotten sends it again. */
static void
test_forgotten_comes_back (SyncFixture *fixture, gconstpointer data)
{
  MadeResponse response = made_response (fixture->random, DAY - 20);
  g_autoptr (GString) line = g_string_new (NULL);

  made_response_append_line (&response, line);
  append_line (fixture, SEGMENT);
  sync_fixture_append (fixture, DAY, SEGMENT, line->str);
  g_assert_true (glance (fixture));
  g_assert_cmpuint (count_rows (fixture), ==, 2);

  /* It stands in an open segment still, where nothing is rewritten. */
  sync_fixture_forget (fixture, &response.id);
  g_assert_true (glance (fixture));
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  sync_fixture_append (fixture, DAY, SEGMENT, line->str);
  glance (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

#define ADD(name, func) g_test_add ("/spool-cursor/" name, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)
  ADD ("before-and-after-the-roll", test_before_and_after_the_roll);
  ADD ("torn-line", test_torn_line);
  ADD ("segments-side-by-side", test_segments_side_by_side);
  ADD ("forgotten-comes-back", test_forgotten_comes_back);
#undef ADD

  return g_test_run ();
}
