/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workspace-fixture.h"

#include "workspace/sobre-workspace-files.h"

#define TUESDAY_MORNING G_GINT64_CONSTANT (1795510800000)

void
workspace_fixture_set_up (WorkspaceFixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("sobremesa-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "restaurant", NULL);
  self->clock = sobre_manual_clock_new (TUESDAY_MORNING);
  self->random = sobre_seeded_random_new (1);
}

void
workspace_fixture_tear_down (WorkspaceFixture *self, gconstpointer data)
{
  sobre_workspace_remove_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
}

SobreWorkspace *
workspace_fixture_create (WorkspaceFixture *self, gboolean sample)
{
  g_autoptr (GError) error = NULL;
  SobreWorkspace *workspace = sobre_workspace_create (self->path, sample, self->clock, self->random, &error);

  g_assert_no_error (error);
  g_assert_nonnull (workspace);
  return workspace;
}

void
workspace_fixture_write (WorkspaceFixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char *
workspace_fixture_list (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (",", (char **) names->pdata);
}
