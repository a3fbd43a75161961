/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <unistd.h>

#include "workspace-fixture.h"

/* Opening @self->path has to fail with a message that holds @words, separated by "|". */
static void
assert_refused (WorkspaceFixture *self, int code, const char *words)
{
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  workspace = sobre_workspace_open (self->path, &error);
  g_assert_null (workspace);
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, code);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_test_message ("“%s” in “%s”", list[i], error->message);
      g_assert_nonnull (strstr (error->message, list[i]));
    }
}

static void
test_missing (WorkspaceFixture *self, gconstpointer data)
{
  assert_refused (self, SOBRE_WORKSPACE_ERROR_MISSING, "sobremesa init|restaurant");
}

static void
test_broken_settings (WorkspaceFixture *self, gconstpointer data)
{
  g_object_unref (workspace_fixture_create (self, FALSE));
  workspace_fixture_write (self, "workspace.json", "{\n  \"version\": 1,\n  \"name\" \"Casa\"\n}");
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "workspace.json: |:3:");
}

static void
test_unknown_zone (WorkspaceFixture *self, gconstpointer data)
{
  g_object_unref (workspace_fixture_create (self, FALSE));
  workspace_fixture_write (
      self, "workspace.json",
      "{\"version\": 1, \"name\": \"Casa\", \"stores\": [{\"id\": \"main\", \"name\": \"Casa\"}], \"time_zone\": "
      "\"Europe/Atlantis\", \"day_cutoff\": \"04:00\", \"currency\": \"EUR\", \"languages\": [\"en\"]}");
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "workspace.json: |time_zone|Europe/Atlantis");
}

static void
test_broken_tables (WorkspaceFixture *self, gconstpointer data)
{
  g_object_unref (workspace_fixture_create (self, FALSE));
  workspace_fixture_write (self, "tables.csv", "store_id,table_id,zone,seats,x,y\nmain,1,room,4,,\nmain,2,room,many,,\n");
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "tables.csv: |3");
}

static void
test_table_of_unknown_store (WorkspaceFixture *self, gconstpointer data)
{
  g_object_unref (workspace_fixture_create (self, FALSE));
  workspace_fixture_write (self, "tables.csv", "store_id,table_id,zone,seats,x,y\nelsewhere,1,room,4,,\n");
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "tables.csv: |elsewhere|workspace.json");
}

static void
test_broken_form (WorkspaceFixture *self, gconstpointer data)
{
  g_object_unref (workspace_fixture_create (self, FALSE));
  workspace_fixture_write (self, "form.json", "{\"id\": \"table\"}");
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "form.json: ");
}

static void
test_missing_file (WorkspaceFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->path, "tables.csv", NULL);

  g_object_unref (workspace_fixture_create (self, FALSE));
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "tables.csv: ");
}

static void
test_not_utf8 (WorkspaceFixture *self, gconstpointer data)
{
  g_object_unref (workspace_fixture_create (self, FALSE));
  workspace_fixture_write (self, "tables.csv",
                           "store_id,table_id,zone,seats,x,y\nmain,1,terra\xe7"
                           "a,4,,\n");
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "tables.csv: |line 2|UTF-8");
}

static void
test_huge_file (WorkspaceFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->path, "form.json", NULL);

  g_object_unref (workspace_fixture_create (self, FALSE));
  g_assert_cmpint (truncate (path, 5 << 20), ==, 0);
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "form.json: |MiB");
}

static void
test_device_is_no_file (WorkspaceFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->path, "form.json", NULL);

  g_object_unref (workspace_fixture_create (self, FALSE));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  assert_refused (self, SOBRE_WORKSPACE_ERROR_INVALID, "form.json: |regular");
}

static void
test_secret_behind_link (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  g_autofree char *path = g_build_filename (self->path, ".sobremesa", "card.key", NULL);
  g_autofree char *elsewhere = g_build_filename (self->folder, "planted", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, path), ==, 0);
  g_assert_null (sobre_workspace_load_card_secret (workspace, &error));
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED);
}

static void
test_secret_of_wrong_length (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->path, ".sobremesa", "card.key", NULL);

  workspace_fixture_write (self, ".sobremesa/card.key", "0123456789abcdef0123456789abcdef\n");
  g_assert_null (sobre_workspace_load_card_secret (workspace, &error));
  g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (sobre_workspace_load_card_secret (workspace, &missing));
  g_assert_error (missing, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING);
}

static void
test_printed_base (WorkspaceFixture *self, gconstpointer data)
{
  static const char *const bad[] = { "",         "192.168.1.20:8080", "ftp://x",     "http://",
                                     "https://", "http://a b",        "http://a/?q", "http://a/" };
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, FALSE);
  g_autofree char *before = sobre_workspace_dup_printed_base (workspace);
  g_autofree char *after = NULL;
  g_autofree char *broken = NULL;

  g_assert_null (before);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sobre_workspace_set_printed_base (workspace, bad[i], &error));
      g_assert_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID);
    }
  g_assert_true (sobre_workspace_set_printed_base (workspace, "HTTP://192.168.1.20:8080", NULL));
  after = sobre_workspace_dup_printed_base (workspace);
  g_assert_cmpstr (after, ==, "HTTP://192.168.1.20:8080");
  workspace_fixture_write (self, ".sobremesa/printed-base", "\x1b[2Jhttp://evil");
  broken = sobre_workspace_dup_printed_base (workspace);
  g_assert_null (broken);
}

static void
test_resolve_path (WorkspaceFixture *self, gconstpointer data)
{
  g_autofree char *fallback = NULL;
  g_autofree char *variable = NULL;
  g_autofree char *option = NULL;
  g_autofree char *file = NULL;
  g_autofree char *other = NULL;

  g_unsetenv ("SOBREMESA_WORKSPACE");
  fallback = sobre_workspace_resolve_path (NULL);
  g_assert_true (g_str_has_prefix (fallback, g_get_user_data_dir ()));
  g_setenv ("SOBREMESA_WORKSPACE", "/srv/variable", TRUE);
  variable = sobre_workspace_resolve_path (NULL);
  g_assert_cmpstr (variable, ==, "/srv/variable");
  option = sobre_workspace_resolve_path ("/srv/a/../option");
  g_assert_cmpstr (option, ==, "/srv/option");
  file = sobre_workspace_resolve_path ("/srv/option/workspace.json");
  g_assert_cmpstr (file, ==, "/srv/option");
  other = sobre_workspace_resolve_path ("/srv/option/form.json");
  g_assert_cmpstr (other, ==, "/srv/option/form.json");
  g_unsetenv ("SOBREMESA_WORKSPACE");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                                                   \
  g_test_add (name, WorkspaceFixture, NULL, workspace_fixture_set_up, function, workspace_fixture_tear_down)
  CASE ("/workspace/open/missing", test_missing);
  CASE ("/workspace/open/broken-settings", test_broken_settings);
  CASE ("/workspace/open/unknown-zone", test_unknown_zone);
  CASE ("/workspace/open/broken-tables", test_broken_tables);
  CASE ("/workspace/open/table-of-unknown-store", test_table_of_unknown_store);
  CASE ("/workspace/open/broken-form", test_broken_form);
  CASE ("/workspace/open/missing-file", test_missing_file);
  CASE ("/workspace/open/not-utf8", test_not_utf8);
  CASE ("/workspace/open/huge-file", test_huge_file);
  CASE ("/workspace/open/device-is-no-file", test_device_is_no_file);
  CASE ("/workspace/secret/behind-link", test_secret_behind_link);
  CASE ("/workspace/secret/wrong-length", test_secret_of_wrong_length);
  CASE ("/workspace/printed-base", test_printed_base);
  CASE ("/workspace/resolve-path", test_resolve_path);
  return g_test_run ();
}
