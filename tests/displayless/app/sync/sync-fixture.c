/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ingest/sobre-ingest.h"
#include "lake-fixture.h"
#include "model/sobre-time.h"

static const char SETTINGS[] =
    "{\"version\":1,\"name\":\"Casa\",\"stores\":[{\"id\":\"main\",\"name\":\"Main\"}],"
    "\"time_zone\":\"Europe/Madrid\",\"day_cutoff\":\"04:00\",\"currency\":\"EUR\",\"languages\":[\"es\"],"
    "\"retention_days\":25}";

void
sync_fixture_set_up (SyncFixture *self, gconstpointer data)
{
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (1);
  g_autoptr (SobreWorkspace) created = NULL;
  g_autoptr (GError) error = NULL;

  self->root = g_dir_make_tmp ("sobre-sync-XXXXXX", NULL);
  self->path = g_build_filename (self->root, "casa", NULL);
  self->raw = g_build_filename (self->path, "lake", NULL);
  self->state = g_build_filename (self->path, ".sobremesa", NULL);
  self->clock = sobre_manual_clock_new (SYNC_FIXTURE_DAY * SOBRE_DAY_MS);
  self->random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  created = sobre_workspace_create (self->path, FALSE, self->clock, random, &error);
  g_assert_no_error (error);
  fixture_write (self->path, "workspace.json", SETTINGS, strlen (SETTINGS));
  self->workspace = sobre_workspace_open (self->path, &error);
  g_assert_no_error (error);
  self->pass = (SobreSyncPass) { .workspace = self->workspace, .clock = self->clock };
  self->other = self->pass;
}

void
sync_fixture_tear_down (SyncFixture *self, gconstpointer data)
{
  sobre_sync_pass_clear (&self->pass);
  sobre_sync_pass_clear (&self->other);
  fixture_remove (sobre_workspace_get_cache_folder (self->workspace));
  fixture_remove (self->root);
  g_object_unref (self->workspace);
  g_object_unref (self->clock);
  g_rand_free (self->random);
  g_free (self->root);
  g_free (self->path);
  g_free (self->raw);
  g_free (self->state);
}

char *
sync_fixture_make_key (SobreDataset dataset, gint32 dt, const char *name)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (dt, day);
  return g_strdup_printf ("raw/%s/dt=%s/%s", sobre_dataset_get_name (dataset), day, name);
}

void
sync_fixture_put (SyncFixture *self, const char *key, const char *lines)
{
  g_autoptr (GBytes) packed = NULL;

  if (!g_str_has_suffix (key, ".gz"))
    {
      fixture_write (self->raw, key, lines, strlen (lines));
      return;
    }
  packed = fixture_pack (lines, strlen (lines));
  fixture_write (self->raw, key, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
}

void
sync_fixture_remove (SyncFixture *self, const char *key)
{
  g_autofree char *path = g_build_filename (self->raw, key, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static char *
make_segment_path (SyncFixture *self, gint32 dt, const char *segment, const char *suffix)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (dt, day);
  return g_strdup_printf ("%s/spool/responses/dt=%s/%s%s", self->state, day, segment, suffix);
}

void
sync_fixture_append (SyncFixture *self, gint32 dt, const char *segment, const char *bytes)
{
  g_autofree char *path = make_segment_path (self, dt, segment, ".jsonl");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *old = NULL;
  g_autofree char *whole = NULL;
  FILE *file;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  file = g_fopen (path, "ae");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, strlen (bytes), file), ==, strlen (bytes));
  g_assert_cmpint (fclose (file), ==, 0);
}

void
sync_fixture_close (SyncFixture *self, gint32 dt, const char *segment)
{
  g_autofree char *open = make_segment_path (self, dt, segment, ".jsonl");
  g_autofree char *closed = make_segment_path (self, dt, segment, ".closed.jsonl");

  g_assert_cmpint (g_rename (open, closed), ==, 0);
}

SobreSyncReport
sync_fixture_run (SyncFixture *self, SobreSyncPass *pass)
{
  g_autoptr (GError) error = NULL;
  SobreSyncReport report;

  sobre_sync_pass_run (pass, SOBRE_SYNC_DEFAULT, &report, &error);
  g_assert_no_error (error);
  return report;
}

static SobreCacheInspection
inspect (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreCacheReader) reader = sobre_cache_reader_open (folder, &error);
  SobreCacheInspection inspection;

  g_assert_no_error (error);
  sobre_cache_inspect (reader, &inspection, &error);
  g_assert_no_error (error);
  return inspection;
}

SobreCacheInspection
sync_fixture_inspect (SyncFixture *self)
{
  return inspect (sobre_workspace_get_cache_folder (self->workspace));
}

/* In the reverse of the usual order, which must not matter. */
static GPtrArray *
list_backwards (SobreDirLake *lake)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (lake, (SobreDataset) dataset, NULL, &error);

      g_assert_no_error (error);
      g_assert_null (page->next);
      for (guint i = page->objects->len; i > 0; i--)
        g_ptr_array_add (objects, sobre_lake_object_copy (g_ptr_array_index (page->objects, i - 1)));
    }
  return objects;
}

SobreCacheInspection
sync_fixture_inspect_rebuilt (SyncFixture *self)
{
  g_autofree char *folder = g_build_filename (self->root, "aside", NULL);
  g_autofree char *lock_path = g_build_filename (self->root, "aside.lock", NULL);
  SobreDirLake *lake = sobre_workspace_get_lake (self->workspace);
  g_autoptr (SobreForgotten) forgotten = sobre_forgotten_load (self->state, NULL);
  g_autoptr (GPtrArray) objects = list_backwards (lake);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreCacheWriter) writer =
      sobre_cache_writer_open (folder, lock_path, sobre_workspace_get_calendar (self->workspace), 0, 0, &error);
  SobreCacheInspection inspection;
  guint64 n_bytes;
  guint n_done;

  g_assert_no_error (error);
  sobre_ingest_spool (writer, sobre_workspace_get_spool_folder (self->workspace), forgotten, &n_bytes, &error);
  g_assert_no_error (error);
  sobre_ingest_objects (writer, SOBRE_LAKE_SOURCE (lake), objects, forgotten, NULL, NULL, NULL, &n_done, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, ==, objects->len);
  g_clear_pointer (&writer, sobre_cache_writer_free);
  inspection = inspect (folder);
  fixture_remove (folder);
  return inspection;
}

void
sync_fixture_forget (SyncFixture *self, const SobreId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreForgetReport) report = sobre_lake_forget (sobre_workspace_get_lake (self->workspace), self->state,
                                                            sobre_workspace_get_spool_folder (self->workspace), id, &error);

  g_assert_no_error (error);
}
