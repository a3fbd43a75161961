/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake-fixture.h"

#include <glib/gstdio.h>
#include <gio/gio.h>

#include "model/sobre-card-key.h"

Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GListStore) tables = g_list_store_new (SOBRE_TYPE_TABLE);
  g_autoptr (SobreTable) one = sobre_table_new ("Centro", "T1", "", 4, 0, 0);
  g_autoptr (SobreTable) two = sobre_table_new ("Centro", "t-2", "", 2, 0, 0);
  g_autoptr (GError) error = NULL;
  guint8 secret[SOBRE_CARD_SECRET_LENGTH];

  for (guint i = 0; i < sizeof secret; i++)
    secret[i] = (guint8) i;
  g_list_store_append (tables, one);
  g_list_store_append (tables, two);
  self->secret = g_bytes_new (secret, sizeof secret);
  self->places = sobre_places_new (G_LIST_MODEL (tables), self->secret, FIXTURE_EPOCH);
  self->clock = sobre_manual_clock_new (FIXTURE_NOW);
  self->random = sobre_seeded_random_new (11);
  self->folder = g_dir_make_tmp ("sobremesa-intake-XXXXXX", &error);
  g_assert_no_error (error);
  self->spool = g_build_filename (self->folder, "spool", NULL);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_no_errno (g_remove (path));
}

void
fixture_free (Fixture *self)
{
  remove_tree (self->folder);
  sobre_places_free (self->places);
  g_bytes_unref (self->secret);
  g_object_unref (self->clock);
  g_object_unref (self->random);
  g_free (self->folder);
  g_free (self->spool);
  g_free (self);
}

char *
fixture_make_body (Fixture *self, guint id, const char *comment)
{
  char key[SOBRE_CARD_KEY_LENGTH + 1];

  sobre_card_key_make (self->secret, "Centro", "T1", FIXTURE_EPOCH, key);
  return g_strdup_printf ("{\"id\":\"0190a5a0-0000-7000-8000-%012x\",\"submitted_at\":\"2026-11-24T11:59:00.000Z\","
                          "\"store_id\":\"CENTRO\",\"table_id\":\"T1\",\"key\":\"%s\",\"form_id\":\"table\",\"form_version\":1,"
                          "\"language\":\"en\",\"answers\":[{\"question\":\"overall\",\"kind\":\"smiley\",\"score\":4}],"
                          "\"comment\":\"%s\",\"duration_ms\":9000}",
                          id, key, comment);
}

void
fixture_wait (const gboolean *flag)
{
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
}

static void
list_files (const char *path, GPtrArray *files)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        list_files (child, files);
      else
        g_ptr_array_add (files, g_steal_pointer (&child));
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

GPtrArray *
fixture_list_spool (Fixture *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  list_files (self->spool, files);
  g_ptr_array_sort_values (files, compare_paths);
  return files;
}

char *
fixture_read_spool (Fixture *self, const char *dataset)
{
  g_autoptr (GPtrArray) files = fixture_list_spool (self);
  g_autofree char *part = g_strdup_printf ("/%s/", dataset);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *content = NULL;

      if (strstr (g_ptr_array_index (files, i), part) == NULL)
        continue;
      g_assert_true (g_file_get_contents (g_ptr_array_index (files, i), &content, NULL, NULL));
      g_string_append (text, content);
    }
  return g_string_free (text, FALSE);
}
