/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "menu-fixture.h"

#include <sys/stat.h>

#include "model/sobre-settings.h"

static void
assert_sees (const char *folder, guint version, const char *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreMenuPointer) pointer = sobre_menu_store_look (folder, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (pointer->version, ==, version);
  text = read_in (folder, pointer->file);
  g_assert_cmpstr (text, ==, document);
}

static char *
join_sold_out (const SobreMenuPointer *pointer)
{
  return g_strjoinv (" ", pointer->sold_out);
}

static void
test_publish (void)
{
  char *folder = make_folder ();
  g_autoptr (GBytes) first_document = make_menu ("5", "");
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autoptr (SobreMenuPointer) again = publish_menu (folder, "5", "");
  g_autoptr (SobreMenuPointer) second = publish_menu (folder, "6", "'celery'");
  g_autoptr (GPtrArray) history = sobre_menu_store_list_history (folder, NULL);
  const SobreMenuEntry *entry;

  g_assert_cmpuint (first->version, ==, 1);
  g_assert_cmpuint (again->version, ==, 1);
  g_assert_cmpuint (second->version, ==, 2);
  g_assert_cmpstr (first->file, !=, second->file);
  g_assert_cmpuint (history->len, ==, 2);
  entry = g_ptr_array_index (history, 1);
  g_assert_cmpuint (entry->version, ==, 2);
  g_assert_cmpint (entry->at, ==, NOON);
  g_assert_cmpuint (entry->n_dishes, ==, 2);
  g_assert_cmpuint (entry->changes->len, ==, 1);
  g_assert_cmpint (((const SobreAllergenChange *) g_ptr_array_index (entry->changes, 0))->allergen, ==, SOBRE_ALLERGEN_CELERY);
  remove_folder (folder);
}

/* The same bytes as then, and everything that was published stays. */
static void
test_roll_back (void)
{
  char *folder = make_folder ();
  g_autoptr (GBytes) document = make_menu ("5", "'milk'");
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "'milk'");
  g_autoptr (SobreMenuPointer) second = publish_menu (folder, "6", "");
  g_autoptr (SobreMenuPointer) third = publish_menu (folder, "7", "");
  g_autoptr (SobreMenuPointer) back = sobre_menu_store_roll_back (folder, 0, NOON + 1, NULL);
  g_autoptr (SobreMenuPointer) far = sobre_menu_store_roll_back (folder, 1, NOON + 2, NULL);
  g_autoptr (SobreMenuPointer) fourth = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  const SobreMenuEntry *last;

  g_assert_cmpuint (back->version, ==, 2);
  g_assert_cmpuint (far->version, ==, 1);
  g_assert_cmpstr (far->sha256, ==, first->sha256);
  assert_sees (folder, 1, g_bytes_get_data (document, NULL));
  history = sobre_menu_store_list_history (folder, NULL);
  last = g_ptr_array_index (history, history->len - 1);
  g_assert_cmpint (last->action, ==, SOBRE_MENU_ROLLED_BACK);
  g_assert_cmpuint (last->changes->len, ==, 1);

  g_assert_null (sobre_menu_store_roll_back (folder, 0, NOON, &error));
  g_assert_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_VERSION);
  g_clear_error (&error);
  g_assert_null (sobre_menu_store_roll_back (folder, 4, NOON, &error));
  g_assert_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_VERSION);

  /* What comes next is a version of its own, though its bytes were there before. */
  fourth = publish_menu (folder, "7", "");
  g_assert_cmpuint (fourth->version, ==, 4);
  g_assert_cmpstr (fourth->file, ==, third->file);
  remove_folder (folder);
}

static void
test_sold_out (void)
{
  char *folder = make_folder ();
  const char *const soup[] = { "soup", "soup/bread", NULL };
  const char *const crab[] = { "crab", NULL };
  const char *const nothing[] = { NULL };
  const char *const unknown[] = { "soup", "cake", NULL };
  g_autoptr (SobreMenuPointer) pointer = publish_menu (folder, "5", "");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = read_in (folder, SOBRE_MENU_HISTORY_FILE);
  g_autofree char *after = NULL;
  g_autofree char *listed = join_sold_out (pointer);
  g_autofree char *marked = NULL;
  g_autofree char *kept = NULL;

  g_assert_cmpstr (listed, ==, "crab");
  g_clear_pointer (&pointer, sobre_menu_pointer_free);
  pointer = sobre_menu_store_mark (folder, soup, TRUE, NULL);
  marked = join_sold_out (pointer);
  g_assert_cmpstr (marked, ==, "crab soup soup/bread");

  g_assert_null (sobre_menu_store_mark (folder, unknown, FALSE, &error));
  g_assert_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_ITEM);
  g_clear_pointer (&pointer, sobre_menu_pointer_free);
  pointer = sobre_menu_store_mark (folder, crab, FALSE, NULL);
  g_clear_pointer (&pointer, sobre_menu_pointer_free);
  pointer = sobre_menu_store_mark (folder, nothing, TRUE, NULL);
  kept = join_sold_out (pointer);
  g_assert_cmpstr (kept, ==, "soup soup/bread");

  /* It is no version and no change of allergens. */
  after = read_in (folder, SOBRE_MENU_HISTORY_FILE);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (pointer->version, ==, 1);
  remove_folder (folder);
}

/* A new menu keeps what is sold out and still there, and adds what it says itself. */
static void
test_sold_out_over_publish (void)
{
  char *folder = make_folder ();
  const char *const soup[] = { "soup", NULL };
  const char *const crab[] = { "crab", NULL };
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autoptr (SobreMenuPointer) marked = sobre_menu_store_mark (folder, soup, TRUE, NULL);
  g_autoptr (SobreMenuPointer) back = sobre_menu_store_mark (folder, crab, FALSE, NULL);
  g_autoptr (SobreMenuPointer) second = publish_menu (folder, "6", "");
  g_autofree char *listed = join_sold_out (second);

  g_assert_cmpstr (listed, ==, "crab soup");
  remove_folder (folder);
}

/* What cannot be read now is not taken for nothing: it says what is sold out. */
static void
test_pointer_unread (void)
{
  char *folder = make_folder ();
  const char *const soup[] = { "soup", NULL };
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autoptr (SobreMenuPointer) marked = sobre_menu_store_mark (folder, soup, TRUE, NULL);
  g_autoptr (SobreMenuPointer) seen = NULL;
  g_autoptr (GBytes) document = make_menu ("6", "");
  g_autofree char *path = g_build_filename (folder, "current.json", NULL);
  g_autofree char *sold_out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (chmod (path, 0));
  g_assert_null (sobre_menu_store_publish (folder, document, "EUR", "Europe/Berlin", NOON, &error));
  g_assert_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_FAILED);
  g_assert_no_errno (chmod (path, 0600));
  seen = sobre_menu_store_look (folder, NULL, NULL);
  g_assert_cmpuint (seen->version, ==, 1);
  sold_out = join_sold_out (seen);
  g_assert_cmpstr (sold_out, ==, "crab soup");
  remove_folder (folder);
}

static void
test_nothing (void)
{
  char *folder = make_folder ();
  const char *const soup[] = { "soup", NULL };
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  const char *const folders[] = { folder, missing };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GError) look = NULL;
      g_autoptr (GError) mark = NULL;
      g_autoptr (GError) back = NULL;
      g_autoptr (GError) list = NULL;

      g_assert_null (sobre_menu_store_look (folders[i], NULL, &look));
      g_assert_error (look, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE);
      g_assert_null (sobre_menu_store_mark (folders[i], soup, TRUE, &mark));
      g_assert_error (mark, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE);
      g_assert_null (sobre_menu_store_roll_back (folders[i], 0, NOON, &back));
      g_assert_error (back, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE);
      g_assert_null (sobre_menu_store_list_history (folders[i], &list));
      g_assert_error (list, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE);
    }
  remove_folder (folder);
}

static void
test_faulty_document (void)
{
  char *folder = make_folder ();
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autoptr (GBytes) faulty = make_menu ("5", "'chalk'");
  g_autofree char *before = read_in (folder, SOBRE_MENU_POINTER_FILE);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_menu_store_publish (folder, faulty, "EUR", "Europe/Berlin", NOON, &error));
  g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
  after = read_in (folder, SOBRE_MENU_POINTER_FILE);
  g_assert_cmpstr (after, ==, before);
  remove_folder (folder);
}

/* A line that the pointer does not count never happened: its writer died. */
static void
test_line_of_the_dead (void)
{
  char *folder = make_folder ();
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autofree char *line = read_in (folder, SOBRE_MENU_HISTORY_FILE);
  g_autofree char *two = g_strconcat (line, line, "{\"torn", NULL);
  g_autoptr (SobreMenuPointer) second = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autofree char *whole = NULL;

  write_in (folder, SOBRE_MENU_HISTORY_FILE, two);
  one = sobre_menu_store_list_history (folder, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  second = publish_menu (folder, "6", "");
  g_assert_cmpuint (second->version, ==, 2);
  both = sobre_menu_store_list_history (folder, NULL);
  g_assert_cmpuint (both->len, ==, 2);
  whole = read_in (folder, SOBRE_MENU_HISTORY_FILE);
  g_assert_cmpuint (strlen (whole), ==, second->history_bytes);
  remove_folder (folder);
}

/* A pointer that is gone or no pointer is healed by publishing, and takes no version twice. */
static void
test_pointer_lost (gconstpointer data)
{
  char *folder = make_folder ();
  const char *const soup[] = { "soup", NULL };
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autoptr (SobreMenuPointer) second = publish_menu (folder, "6", "");
  g_autoptr (SobreMenuPointer) third = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;

  if (data != NULL)
    {
      write_in (folder, SOBRE_MENU_POINTER_FILE, data);
      g_assert_null (sobre_menu_store_mark (folder, soup, TRUE, &error));
      g_assert_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED);
    }
  else
    {
      g_autofree char *path = g_build_filename (folder, SOBRE_MENU_POINTER_FILE, NULL);

      g_remove (path);
    }
  third = publish_menu (folder, "7", "");
  g_assert_cmpuint (third->version, ==, 3);
  history = sobre_menu_store_list_history (folder, NULL);
  g_assert_cmpuint (history->len, ==, 3);
  remove_folder (folder);
}

static void
test_document_damaged (void)
{
  char *folder = make_folder ();
  g_autoptr (SobreMenuPointer) first = publish_menu (folder, "5", "");
  g_autoptr (SobreMenuPointer) second = publish_menu (folder, "6", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreMenuPointer) healed = NULL;

  write_in (folder, first->file, "{}");
  g_assert_null (sobre_menu_store_roll_back (folder, 1, NOON, &error));
  g_assert_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED);
  healed = publish_menu (folder, "5", "");
  g_assert_cmpuint (healed->version, ==, 3);
  g_assert_cmpstr (healed->file, ==, first->file);
  g_clear_pointer (&healed, sobre_menu_pointer_free);
  healed = sobre_menu_store_roll_back (folder, 1, NOON, NULL);
  g_assert_cmpuint (healed->version, ==, 1);
  remove_folder (folder);
}

static void
test_files_are_private (void)
{
  char *folder = make_folder ();
  g_autoptr (SobreMenuPointer) pointer = publish_menu (folder, "5", "");
  const char *const names[] = { SOBRE_MENU_POINTER_FILE, SOBRE_MENU_HISTORY_FILE, pointer->file };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  remove_folder (folder);
}

#define N_WRITERS 4
#define N_TIMES 12

/* Publishes prices that nobody else does. */
static gpointer
publish_many (gpointer data)
{
  const char *folder = ((gpointer *) data)[0];
  guint writer = GPOINTER_TO_UINT (((gpointer *) data)[1]);

  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autofree char *price = g_strdup_printf ("%u", 1 + writer * N_TIMES + i);
      g_autoptr (SobreMenuPointer) pointer = publish_menu (folder, price, "");

      g_assert_nonnull (pointer);
    }
  return NULL;
}

/* Each has a version of its own, and none takes another's line of the history. */
static void
test_several_publish_at_once (void)
{
  char *folder = make_folder ();
  gpointer data[N_WRITERS][2];
  GThread *threads[N_WRITERS];
  g_autoptr (GPtrArray) history = NULL;

  for (guint i = 0; i < N_WRITERS; i++)
    {
      data[i][0] = folder;
      data[i][1] = GUINT_TO_POINTER (i);
      threads[i] = g_thread_new ("publisher", publish_many, data[i]);
    }
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);
  history = sobre_menu_store_list_history (folder, NULL);
  g_assert_cmpuint (history->len, ==, N_WRITERS * N_TIMES);
  for (guint i = 0; i < history->len; i++)
    g_assert_cmpuint (((const SobreMenuEntry *) g_ptr_array_index (history, i))->version, ==, i + 1);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  static const char *const pointers[][2] = {
    { "gone", NULL },
    { "empty", "" },
    { "list", "[]" },
    { "another-file", "{\"version\":2,\"since\":\"2026-11-24T12:00:00.000Z\",\"menu\":\"../../"
                      "form.json\",\"sha256\":\"0\",\"currency\":\"EUR\","
                      "\"time_zone\":\"UTC\",\"sold_out\":[],\"history_bytes\":9}" },
    { "no-version", "{\"version\":0}" },
    { "deep", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]" },
    { "binary", "\xff\xfe" },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu-store/publish", test_publish);
  g_test_add_func ("/menu-store/roll-back", test_roll_back);
  g_test_add_func ("/menu-store/sold-out", test_sold_out);
  g_test_add_func ("/menu-store/sold-out-over-publish", test_sold_out_over_publish);
  g_test_add_func ("/menu-store/pointer-unread", test_pointer_unread);
  g_test_add_func ("/menu-store/nothing", test_nothing);
  g_test_add_func ("/menu-store/faulty-document", test_faulty_document);
  g_test_add_func ("/menu-store/line-of-the-dead", test_line_of_the_dead);
  g_test_add_func ("/menu-store/document-damaged", test_document_damaged);
  g_test_add_func ("/menu-store/several-publish-at-once", test_several_publish_at_once);
  g_test_add_func ("/menu-store/files-are-private", test_files_are_private);
  for (gsize i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      g_autofree char *path = g_strconcat ("/menu-store/pointer-lost/", pointers[i][0], NULL);

      g_test_add_data_func (path, pointers[i][1], test_pointer_lost);
    }
  return g_test_run ();
}
