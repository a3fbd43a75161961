/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake-fixture.h"
#include "intake/sobre-spool-file.h"

#define DAY 20781

static int
open_spool (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  int spool = sobre_spool_open (fixture->spool, &error);

  g_assert_no_error (error);
  g_assert_cmpint (spool, >=, 0);
  return spool;
}

static SobreSpoolFile *
create (Fixture *fixture, int spool)
{
  SobreId id = sobre_id_make_v7 (fixture->clock, fixture->random);
  g_autoptr (GError) error = NULL;
  SobreSpoolFile *file = sobre_spool_file_create (spool, SOBRE_DATASET_RESPONSES, DAY, &id, &error);

  g_assert_no_error (error);
  return file;
}

static void
append (SobreSpoolFile *file, const char *lines)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sobre_spool_file_append (file, (const guint8 *) lines, strlen (lines), &error));
  g_assert_no_error (error);
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_no_errno (g_stat (path, &info));
  return info.st_mode & 0777;
}

static void
collect_cb (SobreDataset dataset, const char *line, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, line, (gssize) length);
  g_string_append_c (user_data, ';');
}

static char *
recover (int spool)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (sobre_spool_recover (spool, collect_cb, lines, &error));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_close_renames (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  int spool = open_spool (fixture);
  SobreSpoolFile *file = create (fixture, spool);
  g_autoptr (GPtrArray) open_files = NULL;
  g_autoptr (GPtrArray) closed_files = NULL;
  g_autofree char *text = NULL;

  append (file, "{\"a\":1}\n");
  append (file, "{\"a\":2}\n{\"a\":3}\n");
  g_assert_cmpuint (sobre_spool_file_get_size (file), ==, 24);
  open_files = fixture_list_spool (fixture);
  g_assert_cmpuint (open_files->len, ==, 1);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (open_files, 0), ".jsonl"));
  g_assert_false (g_str_has_suffix (g_ptr_array_index (open_files, 0), ".closed.jsonl"));
  g_assert_nonnull (strstr (g_ptr_array_index (open_files, 0), "/spool/responses/dt=2026-11-24/"));
  g_assert_true (sobre_spool_file_close (file, NULL));
  closed_files = fixture_list_spool (fixture);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (closed_files, 0), ".closed.jsonl"));
  text = fixture_read_spool (fixture, "responses");
  g_assert_cmpstr (text, ==, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
  close (spool);
}

static void
test_permissions (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  mode_t before = umask (0);
  int spool = open_spool (fixture);
  SobreSpoolFile *file = create (fixture, spool);
  g_autoptr (GPtrArray) files = fixture_list_spool (fixture);
  g_autofree char *day = g_path_get_dirname (g_ptr_array_index (files, 0));
  g_autofree char *dataset = g_path_get_dirname (day);

  umask (before);
  g_assert_cmphex (get_mode (g_ptr_array_index (files, 0)), ==, 0600);
  g_assert_cmphex (get_mode (day), ==, 0700);
  g_assert_cmphex (get_mode (dataset), ==, 0700);
  g_assert_cmphex (get_mode (fixture->spool), ==, 0700);
  g_assert_true (sobre_spool_file_close (file, NULL));
  close (spool);
}

static void
test_empty_is_removed (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  int spool = open_spool (fixture);
  g_autoptr (GPtrArray) files = NULL;

  g_assert_true (sobre_spool_file_close (create (fixture, spool), NULL));
  files = fixture_list_spool (fixture);
  g_assert_cmpuint (files->len, ==, 0);
  close (spool);
}

static void
test_one_writer (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  int spool = open_spool (fixture);

  g_assert_cmpint (sobre_spool_open (fixture->spool, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  close (spool);
  close (open_spool (fixture));
}

static void
test_link_is_refused (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;
  SobreId id = sobre_id_make_v7 (fixture->clock, fixture->random);
  int spool = open_spool (fixture);

  link = g_build_filename (fixture->spool, "responses", NULL);
  g_assert_no_errno (g_mkdir (elsewhere, 0700));
  g_assert_no_errno (symlink (elsewhere, link));
  g_assert_null (sobre_spool_file_create (spool, SOBRE_DATASET_RESPONSES, DAY, &id, &error));
  g_assert_nonnull (error);
  g_assert_false (sobre_spool_recover (spool, NULL, NULL, NULL));
  close (spool);
}

/* A segment cut at each of its bytes: the whole lines are kept, the torn one goes, and the second start finds nothing to do. */
static void
test_every_torn_end (void)
{
  static const char content[] = "{\"a\":1}\n{\"b\":22}\n{\"c\":333}\n";

  for (gsize length = 0; length <= strlen (content); length++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autofree char *folder = g_build_filename (fixture->spool, "responses", "dt=2026-11-24", NULL);
      g_autofree char *path = g_build_filename (folder, "01a20bd6-ec6b-7839-9c25-18a3434a50b3.jsonl", NULL);
      g_autofree char *whole = g_strndup (content, length);
      g_autofree char *expected = NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) files = NULL;
      int spool;

      g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
      g_assert_true (g_file_set_contents (path, whole, -1, NULL));
      while (length > 0 && whole[0] != '\0' && !g_str_has_suffix (whole, "\n"))
        whole[strlen (whole) - 1] = '\0';
      expected = g_strdelimit (g_strdup (whole), "\n", ';');
      spool = open_spool (fixture);
      first = recover (spool);
      g_assert_cmpstr (first, ==, expected);
      text = fixture_read_spool (fixture, "responses");
      g_assert_cmpstr (text, ==, whole);
      files = fixture_list_spool (fixture);
      g_assert_cmpuint (files->len, ==, *whole != '\0');
      if (files->len > 0)
        g_assert_true (g_str_has_suffix (g_ptr_array_index (files, 0), ".closed.jsonl"));
      second = recover (spool);
      g_assert_cmpstr (second, ==, expected);
      close (spool);
    }
}

/* Lines longer than the reader's buffer, and files that are no segments. */
static void
test_recover_passes_over (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *folder = g_build_filename (fixture->spool, "events", "dt=2026-11-24", NULL);
  g_autofree char *foreign = g_build_filename (folder, "notes.txt", NULL);
  g_autofree char *odd = g_build_filename (folder, "01A20BD6-EC6B-7839-9C25-18A3434A50B3.jsonl", NULL);
  g_autofree char *segment = g_build_filename (folder, "01a20bd6-ec6b-7839-9c25-18a3434a50b3.closed.jsonl", NULL);
  g_autofree char *strange_day = g_build_filename (fixture->spool, "events", "dt=2026-13-01", NULL);
  g_autofree char *line = g_strnfill (200000, 'x');
  g_autofree char *content = g_strconcat (line, "\n", NULL);
  g_autofree char *expected = g_strconcat (line, ";", NULL);
  g_autofree char *found = NULL;
  int spool;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_no_errno (g_mkdir_with_parents (strange_day, 0700));
  g_assert_true (g_file_set_contents (foreign, "mine\n", -1, NULL));
  g_assert_true (g_file_set_contents (odd, "mine\n", -1, NULL));
  g_assert_true (g_file_set_contents (segment, content, -1, NULL));
  spool = open_spool (fixture);
  found = recover (spool);
  g_assert_cmpstr (found, ==, expected);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (odd, G_FILE_TEST_EXISTS));
  close (spool);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/spool-file/close-renames", test_close_renames);
  g_test_add_func ("/intake/spool-file/permissions", test_permissions);
  g_test_add_func ("/intake/spool-file/empty-is-removed", test_empty_is_removed);
  g_test_add_func ("/intake/spool-file/one-writer", test_one_writer);
  g_test_add_func ("/intake/spool-file/link-is-refused", test_link_is_refused);
  g_test_add_func ("/intake/spool-file/every-torn-end", test_every_torn_end);
  g_test_add_func ("/intake/spool-file/recover-passes-over", test_recover_passes_over);
  return g_test_run ();
}
