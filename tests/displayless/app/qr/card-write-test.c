/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "cards-fixture.h"

typedef struct
{
  char *folder;
  GListModel *tables;
  GBytes *secret;
  SobreCardOrder order;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("card-write-XXXXXX", NULL);
  fixture->tables = cards_fixture_make_tables (3);
  fixture->secret = cards_fixture_make_secret ();
  fixture->order = cards_fixture_make_order (fixture->tables, fixture->secret);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_object_unref (fixture->tables);
  g_bytes_unref (fixture->secret);
}

static char **
write_cards (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (SobreCardJob) job = sobre_card_job_new (&fixture->order, error);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char **files = NULL;

  if (job != NULL)
    sobre_card_job_write (job, path, &files, error);
  return files;
}

static void
assert_begins (const char *path, const char *magic, gsize length)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, length);
  g_assert_cmpmem (bytes, length, magic, length);
}

static void
test_files_are_what_they_are_called (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *name;
    const char *magic;
    guint n_files;
  } kinds[] = { { "c.pdf", "%PDF-", 1 },
                { "c.PDF", "%PDF-", 1 },
                { "c.svg", "<?xml", 3 },
                { "c.png", "\x89PNG", 3 },
                { "c.zip", "PK\x03\x04", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) files = write_cards (fixture, kinds[i].name, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (files), ==, kinds[i].n_files);
      for (guint k = 0; files[k] != NULL; k++)
        assert_begins (files[k], kinds[i].magic, strlen (kinds[i].magic));
    }
}

static void
test_a_file_a_card_is_named_by_its_table (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) files = write_cards (fixture, "cards.svg", NULL);
  g_autofree char *second = g_build_filename (fixture->folder, "cards-harbour-2.svg", NULL);

  g_assert_cmpstr (files[1], ==, second);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) none = cards_fixture_make_tables (0);
  g_autoptr (GError) format_error = NULL;
  g_autoptr (GError) folder_error = NULL;
  g_autoptr (GError) empty_error = NULL;
  g_autoptr (GError) off_page_error = NULL;

  g_assert_null (write_cards (fixture, "cards.doc", &format_error));
  g_assert_error (format_error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_FORMAT);
  g_assert_null (write_cards (fixture, "missing/cards.pdf", &folder_error));
  g_assert_error (folder_error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_FAILED);
  fixture->order.tables = none;
  g_assert_null (write_cards (fixture, "cards.pdf", &empty_error));
  g_assert_error (empty_error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_EMPTY);

  /* A correction that moves the code over the paper's edge. */
  fixture->order.tables = fixture->tables;
  fixture->order.offset_x = 30;
  g_assert_null (write_cards (fixture, "cards.pdf", &off_page_error));
  g_assert_error (off_page_error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_UNREADABLE);
}

static void
test_corrected_pages_read_back (Fixture *fixture, gconstpointer data)
{
  const double scales[] = { 60, 93.7, 98.5, 101.3 };

  for (guint i = 0; i < G_N_ELEMENTS (scales) * 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreCardJob) job = NULL;

      fixture->order.scale = scales[i / 2];
      fixture->order.offset_x = -1.7;
      fixture->order.offset_y = 2.3;
      fixture->order.paper = i % 2 ? SOBRE_CARD_PAPER_A4 : SOBRE_CARD_PAPER_A6;
      job = sobre_card_job_new (&fixture->order, NULL);
      g_assert_cmpuint (sobre_card_job_get_n_pages (job), ==, i % 2 ? 1 : 3);
      g_assert_true (sobre_card_job_check (job, &error));
      g_assert_no_error (error);
    }
}

/* The same order gives the same bytes; only a PDF has a date in it. */
static void
test_pictures_are_deterministic (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCardJob) job = sobre_card_job_new (&fixture->order, NULL);
  g_autoptr (GBytes) first = sobre_card_job_render (job, SOBRE_CARD_FORMAT_PNG, 2, NULL);
  g_autoptr (GBytes) second = sobre_card_job_render (job, SOBRE_CARD_FORMAT_PNG, 2, NULL);
  g_autoptr (GBytes) other = sobre_card_job_render (job, SOBRE_CARD_FORMAT_PNG, 1, NULL);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_false (g_bytes_equal (first, other));
}

#define ADD(name, test) g_test_add ("/card-write/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("files-are-what-they-are-called", test_files_are_what_they_are_called);
  ADD ("a-file-a-card-is-named-by-its-table", test_a_file_a_card_is_named_by_its_table);
  ADD ("refused", test_refused);
  ADD ("corrected-pages-read-back", test_corrected_pages_read_back);
  ADD ("pictures-are-deterministic", test_pictures_are_deterministic);
  return g_test_run ();
}
