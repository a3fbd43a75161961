/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/sobre-card-key.h"
#include "workspace-fixture.h"

static void
assert_mode (const char *folder, const char *name, mode_t mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, mode);
}

static void
test_new_workspace (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  g_autofree char *names = workspace_fixture_list (self->path);
  g_autoptr (GBytes) secret = NULL;

  g_assert_cmpstr (names, ==, ".gitignore,.sobremesa,form.json,lake,queries,tables.csv,workspace.json");
  g_assert_cmpuint (sobre_workspace_get_settings (workspace)->stores->len, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (sobre_workspace_get_tables (workspace)), ==, 10);
  secret = sobre_workspace_load_card_secret (workspace, NULL);
  g_assert_nonnull (secret);
  g_assert_cmpuint (g_bytes_get_size (secret), ==, SOBRE_CARD_SECRET_LENGTH);
}

/* Guests of any restaurant are not sent to where the sample one is reviewed. */
static void
test_form_has_no_other_house_in_it (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  SobreForm *form = sobre_workspace_get_form (workspace);

  g_assert_cmpuint (sobre_form_get_n_questions (form), ==, 8);
  g_assert_null (sobre_form_get_review_url (form));
  g_assert_null (strstr (sobre_form_get_json (form), "harbour"));
}

static void
test_permissions (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);

  assert_mode (self->path, "", 0700);
  assert_mode (self->path, ".sobremesa", 0700);
  assert_mode (self->path, ".sobremesa/spool", 0700);
  assert_mode (self->path, ".sobremesa/card.key", 0600);
  assert_mode (self->path, "lake", 0700);
  assert_mode (self->path, "workspace.json", 0600);
  assert_mode (self->path, "form.json", 0600);
}

static void
test_git_ignores_secret_and_answers (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  g_autofree char *path = g_build_filename (self->path, ".gitignore", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "/.sobremesa/\n"));
  g_assert_nonnull (strstr (text, "/lake/\n"));
}

static void
test_secrets_differ (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) one = workspace_fixture_create (self, FALSE);
  g_autofree char *path = g_build_filename (self->folder, "other", NULL);
  g_autoptr (SobreWorkspace) other = sobre_workspace_create (path, FALSE, self->clock, self->random, NULL);
  g_autoptr (GBytes) secret = sobre_workspace_load_card_secret (one, NULL);
  g_autoptr (GBytes) other_secret = sobre_workspace_load_card_secret (other, NULL);

  g_assert_false (g_bytes_equal (secret, other_secret));
}

static void
test_existing_is_kept (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  workspace_fixture_write (self, "tables.csv", "store_id,table_id,zone,seats,x,y\nmain,7,room,2,,\n");
  g_assert_null (sobre_workspace_create (self->path, TRUE, self->clock, self->random, &error));
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS);
  g_clear_object (&workspace);
  workspace = sobre_workspace_open (self->path, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sobre_workspace_get_tables (workspace)), ==, 1);
  names = workspace_fixture_list (self->folder);
  g_assert_cmpstr (names, ==, "restaurant");
}

static void
test_other_folder_is_kept (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  workspace_fixture_write (self, "thesis.txt", "years of work");
  g_assert_null (sobre_workspace_create (self->path, FALSE, self->clock, self->random, &error));
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS);
  names = workspace_fixture_list (self->path);
  g_assert_cmpstr (names, ==, "thesis.txt");
}

static void
test_empty_folder_is_taken (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = NULL;

  g_assert_cmpint (g_mkdir (self->path, 0755), ==, 0);
  workspace = workspace_fixture_create (self, FALSE);
  assert_mode (self->path, "", 0700);
}

/* A folder that may not be written: nothing is left, the folders above included that were made for it. */
static void
test_refused_by_file_system (WorkspaceFixture *self, gconstpointer data)
{
  g_autofree char *closed = g_build_filename (self->folder, "closed", NULL);
  g_autofree char *path = g_build_filename (closed, "restaurant", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_assert_cmpint (g_mkdir (closed, 0500), ==, 0);
  g_assert_null (sobre_workspace_create (path, FALSE, self->clock, self->random, &error));
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED);
  names = workspace_fixture_list (closed);
  g_assert_cmpstr (names, ==, "");
}

static void
test_file_in_the_way (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  g_assert_true (g_file_set_contents (self->path, "a file", -1, NULL));
  g_assert_null (sobre_workspace_create (self->path, FALSE, self->clock, self->random, &error));
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS);
  names = workspace_fixture_list (self->folder);
  g_assert_cmpstr (names, ==, "restaurant");
}

static void
test_parents_are_made (WorkspaceFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "a", "b", "c", NULL);
  g_autoptr (SobreWorkspace) workspace = sobre_workspace_create (path, FALSE, self->clock, self->random, NULL);

  g_assert_nonnull (workspace);
  assert_mode (self->folder, "a", 0700);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                                                   \
  g_test_add (name, WorkspaceFixture, NULL, workspace_fixture_set_up, function, workspace_fixture_tear_down)
  CASE ("/workspace/create/new", test_new_workspace);
  CASE ("/workspace/create/form-has-no-other-house-in-it", test_form_has_no_other_house_in_it);
  CASE ("/workspace/create/permissions", test_permissions);
  CASE ("/workspace/create/git-ignores-secret-and-answers", test_git_ignores_secret_and_answers);
  CASE ("/workspace/create/secrets-differ", test_secrets_differ);
  CASE ("/workspace/create/existing-is-kept", test_existing_is_kept);
  CASE ("/workspace/create/other-folder-is-kept", test_other_folder_is_kept);
  CASE ("/workspace/create/empty-folder-is-taken", test_empty_folder_is_taken);
  CASE ("/workspace/create/refused-by-file-system", test_refused_by_file_system);
  CASE ("/workspace/create/file-in-the-way", test_file_in_the_way);
  CASE ("/workspace/create/parents-are-made", test_parents_are_made);
  return g_test_run ();
}
