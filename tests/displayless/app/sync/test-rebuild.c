/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A cache that cannot be right any more is built anew by itself, aside, and swapped in; what is only new is only read. */

#include <glib/gstdio.h>
#include <libdex.h>
#include <string.h>

#include "cache/sobre-cache-db.h"
#include "lake-fixture.h"
#include "sync-fixture.h"

#define DAY SYNC_FIXTURE_DAY
#define N_RESPONSES 40

static char *
make_lines (SyncFixture *fixture, guint n)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      MadeResponse response = made_response (fixture->random, DAY - 20);

      made_response_append_line (&response, lines);
    }
  return g_string_free (lines, FALSE);
}

static void
put (SyncFixture *fixture, gint32 dt, const char *name, guint n)
{
  g_autofree char *key = sync_fixture_make_key (SOBRE_DATASET_RESPONSES, dt, name);
  g_autofree char *lines = make_lines (fixture, n);

  sync_fixture_put (fixture, key, lines);
}

static void
begin (SyncFixture *fixture)
{
  put (fixture, DAY - 3, "a.json.gz", N_RESPONSES);
  put (fixture, DAY - 2, "b.json.gz", N_RESPONSES);
  sync_fixture_run (fixture, &fixture->pass);
}

/* Syncs, and tells whether that took a rebuild. In either case the cache is what it has to be. */
static gboolean
sync_and_check (SyncFixture *fixture)
{
  SobreSyncReport report = sync_fixture_run (fixture, &fixture->pass);
  SobreCacheInspection grown = sync_fixture_inspect (fixture), rebuilt = sync_fixture_inspect_rebuilt (fixture);

  g_assert_cmpuint (grown.n_rows[SOBRE_TABLE_RESPONSES], ==, rebuilt.n_rows[SOBRE_TABLE_RESPONSES]);
  g_assert_cmpuint (grown.hash[0], ==, rebuilt.hash[0]);
  return report.rebuilt;
}

static void
test_only_new (SyncFixture *fixture, gconstpointer data)
{
  begin (fixture);
  g_assert_false (sync_and_check (fixture));
  put (fixture, DAY, "c.json", 5);
  g_assert_false (sync_and_check (fixture));
  put (fixture, DAY - 20, "older.json.gz", 5);
  g_assert_false (sync_and_check (fixture));
}

/* What was damaged gave nothing, so it is simply read once it is whole. */
static void
test_damaged_object_that_heals (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *key = sync_fixture_make_key (SOBRE_DATASET_RESPONSES, DAY, "c.json.gz");
  SobreSyncReport report;

  begin (fixture);
  fixture_write (fixture->raw, key, "\x1F\x8B\x08 no gzip", 11);
  report = sync_fixture_run (fixture, &fixture->pass);
  g_assert_cmpuint (report.failed, ==, 1);
  /* It is not tried again as long as it is what it was. */
  report = sync_fixture_run (fixture, &fixture->pass);
  g_assert_cmpuint (report.objects, ==, 0);
  put (fixture, DAY, "c.json.gz", 5);
  g_assert_false (sync_and_check (fixture));
}

static void
test_vanished_object (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *key = sync_fixture_make_key (SOBRE_DATASET_RESPONSES, DAY - 3, "a.json.gz");

  begin (fixture);
  sync_fixture_remove (fixture, key);
  g_assert_true (sync_and_check (fixture));
  g_assert_false (sync_and_check (fixture));
}

static void
test_replaced_object (SyncFixture *fixture, gconstpointer data)
{
  static const guint sizes[] = { N_RESPONSES / 2, N_RESPONSES, N_RESPONSES * 3 };

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      put (fixture, DAY - 3, "a.json.gz", sizes[i]);
      g_assert_true (sync_and_check (fixture));
    }
}

static void
test_retention (SyncFixture *fixture, gconstpointer data)
{
  begin (fixture);
  sobre_manual_clock_advance (fixture->clock, (SYNC_FIXTURE_RETENTION - 3) * G_GINT64_CONSTANT (86400000));
  g_assert_false (sync_and_check (fixture));
  sobre_manual_clock_advance (fixture->clock, G_GINT64_CONSTANT (86400000));
  g_assert_true (sync_and_check (fixture));
  g_assert_false (sync_and_check (fixture));
}

static void
test_other_cutoff (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *settings = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GError) error = NULL;

  begin (fixture);
  settings = fixture_read (fixture->path, "workspace.json");
  changed = g_string_new (settings);
  g_assert_cmpuint (g_string_replace (changed, "04:00", "06:00", 1), ==, 1);
  fixture_write (fixture->path, "workspace.json", changed->str, changed->len);
  sobre_sync_pass_clear (&fixture->pass);
  g_object_unref (fixture->workspace);
  fixture->workspace = sobre_workspace_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->pass.workspace = fixture->workspace;
  g_assert_true (sync_and_check (fixture));
  g_assert_false (sync_and_check (fixture));
}

/* What the disk may do to the file, each on a cache of its own. */
static void
damage_file (SyncFixture *fixture, guint way)
{
  const char *folder = sobre_workspace_get_cache_folder (fixture->workspace);
  g_autofree char *path = sobre_cache_generation_get_path (folder, sobre_cache_generation_read (folder));
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  switch (way)
    {
    case 0:
      memset (bytes, 0, 8192);
      break;
    case 1:
      length /= 2;
      break;
    case 2:
      length = 0;
      break;
    case 3:
      memcpy (bytes, "no SQLite", 9);
      break;
    default:
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;
    }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
test_damaged_file (SyncFixture *fixture, gconstpointer data)
{
  begin (fixture);
  for (guint way = 0; way < 5; way++)
    {
      sobre_sync_pass_clear (&fixture->pass);
      damage_file (fixture, way);
      sync_and_check (fixture);
      g_assert_false (sync_and_check (fixture));
    }
}

/* The other program, whose cache was swapped away under it, goes on with the new one. */
static void
test_other_program_rebuilds (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SobreSyncReport report;

  begin (fixture);
  sobre_sync_pass_run (&fixture->other, SOBRE_SYNC_FULL, &report, &error);
  g_assert_no_error (error);
  g_assert_true (report.rebuilt);
  g_assert_cmpuint (report.rows, >, 0);
  put (fixture, DAY, "c.json", 5);
  g_assert_false (sync_and_check (fixture));
}

static void
test_dry_run_changes_nothing (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SobreCacheInspection before, after;
  SobreSyncReport report;

  begin (fixture);
  before = sync_fixture_inspect (fixture);
  put (fixture, DAY, "c.json", 5);
  sobre_sync_pass_run (&fixture->pass, SOBRE_SYNC_DRY_RUN, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.objects, ==, 1);
  g_assert_cmpuint (report.bytes, >, 0);
  after = sync_fixture_inspect (fixture);
  g_assert_cmpuint (before.hash[0], ==, after.hash[0]);
  report = sync_fixture_run (fixture, &fixture->pass);
  g_assert_cmpuint (report.objects, ==, 1);
}

static void
test_cancelled (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SobreSyncReport report;

  begin (fixture);
  put (fixture, DAY, "c.json", 5);
  put (fixture, DAY, "d.json", 5);
  g_cancellable_cancel (cancellable);
  fixture->pass.cancellable = cancellable;
  g_assert_false (sobre_sync_pass_run (&fixture->pass, SOBRE_SYNC_DEFAULT, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture->pass.cancellable = NULL;
  g_assert_false (sync_and_check (fixture));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

#define ADD(name, func) g_test_add ("/rebuild/" name, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)
  ADD ("only-new", test_only_new);
  ADD ("damaged-object-that-heals", test_damaged_object_that_heals);
  ADD ("vanished-object", test_vanished_object);
  ADD ("replaced-object", test_replaced_object);
  ADD ("retention", test_retention);
  ADD ("other-cutoff", test_other_cutoff);
  ADD ("damaged-file", test_damaged_file);
  ADD ("other-program-rebuilds", test_other_program_rebuilds);
  ADD ("dry-run-changes-nothing", test_dry_run_changes_nothing);
  ADD ("cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
