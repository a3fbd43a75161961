/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lake-fixture.h"
#include "lake/sobre-dir-lake.h"
#include "lake/sobre-lake-retention.h"
#include "model/sobre-time.h"

typedef struct
{
  char *root;
  SobreDirLake *lake;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->root = g_dir_make_tmp ("sobre-lake-XXXXXX", NULL);
  fixture->lake = sobre_dir_lake_new (fixture->root);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_unref (fixture->lake);
  fixture_remove (fixture->root);
  g_free (fixture->root);
}

/* All keys of the responses, page by page. */
static char *
list_keys (Fixture *fixture)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autofree char *after = NULL;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (fixture->lake, SOBRE_DATASET_RESPONSES, after, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreLakeObject *object = g_ptr_array_index (page->objects, i);

          g_string_append_printf (keys, "%s\n", object->key);
        }
      g_free (after);
      after = g_strdup (page->next);
    }
  while (after != NULL);
  return g_string_free_and_steal (g_steal_pointer (&keys));
}

static SobreLakeObject *
find_first (Fixture *fixture)
{
  g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (fixture->lake, SOBRE_DATASET_RESPONSES, NULL, NULL);

  g_assert_cmpuint (page->objects->len, >, 0);
  return sobre_lake_object_copy (g_ptr_array_index (page->objects, 0));
}

static void
test_keys (void)
{
  static const char *const bad[] = {
    "",
    "raw",
    "raw/responses",
    "raw/responses/dt=2026-11-24",
    "raw/responses/dt=2026-11-24/",
    "raw/responses/dt=2026-11-24/.",
    "raw/responses/dt=2026-11-24/..",
    "raw/responses/dt=2026-11-24/.hidden",
    "raw/responses/dt=2026-11-24/a/b",
    "raw/responses/dt=2026-11-24/../x",
    "raw/responses/dt=2026-11-31/x",
    "raw/responses/dt=2026-1-1/x",
    "raw/responses/2026-11-24/x",
    "raw/answers/dt=2026-11-24/x",
    "raw/../dt=2026-11-24/x",
    "/raw/responses/dt=2026-11-24/x",
    "parquet/responses/dt=2026-11-24/x",
    "errors/responses/dt=2026-11-24/x",
    "RAW/responses/dt=2026-11-24/x",
  };
  SobreDataset dataset;
  gint32 dt;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sobre_lake_key_parse (bad[i], &dataset, &dt));

  g_assert_true (sobre_lake_key_parse ("raw/orders/dt=2026-11-24/x.json.gz", &dataset, &dt));
  g_assert_cmpint (dataset, ==, SOBRE_DATASET_ORDERS);
  g_assert_cmpint (dt, ==, sobre_day_from_civil (2026, 11, 24));
}

static void
test_no_folder_is_an_empty_lake (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *keys = list_keys (fixture);

  g_assert_cmpstr (keys, ==, "");
}

static void
test_order_and_strangers (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *pipe = g_build_filename (fixture->root, "raw/responses/dt=2026-01-02/pipe", NULL);
  g_autofree char *keys = NULL;

  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/b", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/B", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/a.json.gz", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/a-1", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/\xC3\xB1", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2025-12-31/z", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/.hidden", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/sub/c", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-02-30/c", "x", 1);
  fixture_write (fixture->root, "raw/responses/tmp/c", "x", 1);
  fixture_write (fixture->root, "raw/responses/stray", "x", 1);
  fixture_write (fixture->root, "raw/events/dt=2026-01-02/e", "x", 1);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  keys = list_keys (fixture);
  g_assert_cmpstr (keys, ==,
                   "raw/responses/dt=2025-12-31/z\n"
                   "raw/responses/dt=2026-01-02/B\n"
                   "raw/responses/dt=2026-01-02/a-1\n"
                   "raw/responses/dt=2026-01-02/a.json.gz\n"
                   "raw/responses/dt=2026-01-02/b\n"
                   "raw/responses/dt=2026-01-02/\xC3\xB1\n");
}

static void
test_pages (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SobreLakePage) first = NULL;
  g_autofree char *keys = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 2100; i++)
    {
      g_autofree char *path = g_strdup_printf ("raw/responses/dt=2026-01-%02u/%06u", 1 + i / 700, i);

      fixture_write (fixture->root, path, "x", 1);
    }

  first = sobre_dir_lake_list_page (fixture->lake, SOBRE_DATASET_RESPONSES, NULL, NULL);
  g_assert_cmpuint (first->objects->len, ==, 1000);
  g_assert_nonnull (first->next);
  keys = list_keys (fixture);
  lines = g_strsplit (keys, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2101);
  for (guint i = 1; i < 2100; i++)
    g_assert_cmpint (strcmp (lines[i - 1], lines[i]), <, 0);
}

static void
test_exactly_one_page (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SobreLakePage) page = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *path = g_strdup_printf ("raw/responses/dt=2026-01-01/%06u", i);

      fixture_write (fixture->root, path, "x", 1);
    }
  page = sobre_dir_lake_list_page (fixture->lake, SOBRE_DATASET_RESPONSES, NULL, NULL);
  g_assert_cmpuint (page->objects->len, ==, 1000);
  g_assert_null (page->next);
}

static void
test_links_lead_nowhere (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *outside = g_dir_make_tmp ("sobre-outside-XXXXXX", NULL);
  g_autofree char *secret = g_build_filename (outside, "dt=2026-01-01", NULL);
  g_autofree char *day_link = g_build_filename (fixture->root, "raw/responses/dt=2026-01-01", NULL);
  g_autofree char *file_link = g_build_filename (fixture->root, "raw/responses/dt=2026-01-02/link", NULL);
  g_autofree char *target = g_build_filename (outside, "dt=2026-01-01/x", NULL);
  g_autofree char *orders = g_build_filename (fixture->root, "raw/orders", NULL);
  g_autoptr (SobreLakeObject) object = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) content = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *untouched = NULL;

  fixture_write (outside, "dt=2026-01-01/x", "secret", 6);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-02/y", "x", 1);
  g_assert_cmpint (symlink (secret, day_link), ==, 0);
  g_assert_cmpint (symlink (target, file_link), ==, 0);
  g_assert_cmpint (symlink (outside, orders), ==, 0);

  keys = list_keys (fixture);
  g_assert_cmpstr (keys, ==, "raw/responses/dt=2026-01-02/y\n");

  /* Not even when the key is asked for by itself. */
  object = find_first (fixture);
  g_free (object->key);
  object->key = g_strdup ("raw/responses/dt=2026-01-02/link");
  bytes = sobre_dir_lake_read (fixture->lake, object, &error);
  g_assert_null (bytes);
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE);
  g_clear_error (&error);
  g_assert_null (sobre_dir_lake_read_key (fixture->lake, "raw/responses/dt=2026-01-01/x", NULL));
  g_assert_null (sobre_dir_lake_read_key (fixture->lake, "raw/orders/dt=2026-01-01/x", NULL));

  g_assert_false (sobre_dir_lake_put (fixture->lake, "raw/responses/dt=2026-01-01/new", content, NULL));
  g_assert_false (sobre_dir_lake_put (fixture->lake, "raw/orders/dt=2026-01-01/new", content, NULL));
  g_assert_false (sobre_dir_lake_put (fixture->lake, "raw/responses/dt=2026-01-02/link", content, NULL));
  g_assert_null (sobre_dir_lake_list_page (fixture->lake, SOBRE_DATASET_ORDERS, NULL, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
  untouched = fixture_read (outside, "dt=2026-01-01/x");
  g_assert_cmpstr (untouched, ==, "secret");
  g_assert_null (fixture_read (outside, "dt=2026-01-01/new"));
  fixture_remove (outside);
}

static void
test_put (Fixture *fixture, gconstpointer user_data)
{
  const char *key = "raw/responses/dt=2026-01-01/x.json.gz";
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->root, key, NULL);
  g_autofree char *text = NULL;
  struct stat status;

  g_assert_true (sobre_dir_lake_put (fixture->lake, key, one, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  /* Once more is as good as once; another object is refused and the first one stays. */
  g_assert_true (sobre_dir_lake_put (fixture->lake, key, one, NULL));
  g_assert_false (sobre_dir_lake_put (fixture->lake, key, two, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED);
  text = fixture_read (fixture->root, key);
  g_assert_cmpstr (text, ==, "one");
  g_clear_error (&error);

  g_assert_false (sobre_dir_lake_put (fixture->lake, "raw/responses/dt=2026-01-01/../../../../x", one, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED);
}

static void
test_left_over_file_is_no_object (Fixture *fixture, gconstpointer user_data)
{
  const char *key = "raw/responses/dt=2026-01-01/x";
  g_autoptr (GBytes) bytes = g_bytes_new_static ("whole", 5);
  g_autofree char *keys = NULL;
  g_autofree char *text = NULL;

  fixture_write (fixture->root, "raw/responses/dt=2026-01-01/.x.new", "ha", 2);
  keys = list_keys (fixture);
  g_assert_cmpstr (keys, ==, "");
  g_assert_true (sobre_dir_lake_put (fixture->lake, key, bytes, NULL));
  text = fixture_read (fixture->root, key);
  g_assert_cmpstr (text, ==, "whole");
  g_assert_null (fixture_read (fixture->root, "raw/responses/dt=2026-01-01/.x.new"));
}

static void
test_read_and_replace (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SobreLakeObject) object = NULL;
  g_autoptr (SobreLakeObject) newer = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = NULL;

  fixture_write (fixture->root, "raw/responses/dt=2026-01-01/x", "first", 5);
  object = find_first (fixture);
  bytes = sobre_dir_lake_read (fixture->lake, object, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "first", 5);

  g_assert_true (sobre_dir_lake_replace (fixture->lake, object, other, &error));
  newer = find_first (fixture);
  g_assert_cmpstr (newer->etag, !=, object->etag);

  /* What was listed is not there any more. */
  g_assert_null (sobre_dir_lake_read (fixture->lake, object, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE);
  g_clear_error (&error);
  g_assert_false (sobre_dir_lake_replace (fixture->lake, object, other, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE);
  g_clear_error (&error);

  g_assert_true (sobre_dir_lake_replace (fixture->lake, newer, nothing, NULL));
  keys = list_keys (fixture);
  g_assert_cmpstr (keys, ==, "");
  g_assert_null (sobre_dir_lake_read (fixture->lake, newer, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE);
}

static void
test_permissions (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *file = g_build_filename (fixture->root, "raw/responses/dt=2026-01-01/x", NULL);
  g_autofree char *folder = g_build_filename (fixture->root, "raw/responses", NULL);
  g_autoptr (SobreLakeObject) object = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }

  fixture_write (fixture->root, "raw/responses/dt=2026-01-01/x", "x", 1);
  object = find_first (fixture);
  g_assert_cmpint (g_chmod (file, 0), ==, 0);
  g_assert_null (sobre_dir_lake_read (fixture->lake, object, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  g_assert_false (sobre_dir_lake_put (fixture->lake, "raw/responses/dt=2026-01-02/x", bytes, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  g_assert_null (sobre_dir_lake_list_page (fixture->lake, SOBRE_DATASET_RESPONSES, NULL, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
test_futures (Fixture *fixture, gconstpointer user_data)
{
  SobreLakeSource *source = SOBRE_LAKE_SOURCE (fixture->lake);
  g_autoptr (DexFuture) listed = NULL;
  g_autoptr (DexFuture) fetched = NULL;
  const SobreLakePage *page;

  fixture_write (fixture->root, "raw/responses/dt=2026-01-01/x", "first", 5);
  listed = sobre_lake_source_list (source, SOBRE_DATASET_RESPONSES, NULL);
  while (dex_future_is_pending (listed))
    g_main_context_iteration (NULL, FALSE);
  page = g_value_get_boxed (dex_future_get_value (listed, NULL));
  g_assert_cmpuint (page->objects->len, ==, 1);

  fetched = sobre_lake_source_fetch (source, g_ptr_array_index (page->objects, 0));
  while (dex_future_is_pending (fetched))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (g_bytes_get_size (g_value_get_boxed (dex_future_get_value (fetched, NULL))), ==, 5);
}

static void
test_expire (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *keys = NULL;
  guint n_objects;

  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *path = g_strdup_printf ("raw/responses/dt=2026-01-%02u/%u", 1 + i % 10, i);

      fixture_write (fixture->root, path, "x", 1);
    }
  fixture_write (fixture->root, "raw/events/dt=2026-01-01/e", "x", 1);
  fixture_write (fixture->root, "raw/responses/dt=2026-01-11/last", "x", 1);

  g_assert_true (sobre_lake_expire (fixture->lake, sobre_day_from_civil (2026, 1, 12), 1, &n_objects, NULL));
  g_assert_cmpuint (n_objects, ==, 1501);
  keys = list_keys (fixture);
  g_assert_cmpstr (keys, ==, "raw/responses/dt=2026-01-11/last\n");
  g_assert_true (sobre_lake_expire (fixture->lake, sobre_day_from_civil (2026, 1, 12), 1, &n_objects, NULL));
  g_assert_cmpuint (n_objects, ==, 0);
}

#define N_ROUNDS 100
#define N_WRITERS 3

typedef struct
{
  SobreDirLake *lake;
  GBytes *bytes;
  int *n_written; /* one more with each round that all have ended */
} Writer;

/* Two programs may roll the same part of the spool at once. Each has to find it whole in the lake when it is told so: it removes its own copy then. */
static gpointer
write_the_same (gpointer data)
{
  Writer *writer = data;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *key = g_strdup_printf ("raw/responses/dt=2026-01-01/%d", i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) there = NULL;

      while (g_atomic_int_get (writer->n_written) < i * N_WRITERS)
        g_thread_yield ();
      g_assert_true (sobre_dir_lake_put (writer->lake, key, writer->bytes, &error));
      g_assert_no_error (error);
      there = sobre_dir_lake_read_key (writer->lake, key, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (there, writer->bytes));
      g_atomic_int_inc (writer->n_written);
    }
  return NULL;
}

static void
test_same_object_from_several (Fixture *fixture, gconstpointer user_data)
{
  int n_written = 0;
  Writer writer = { fixture->lake, g_bytes_new_take (g_malloc0 (300000), 300000), &n_written };
  GThread *threads[N_WRITERS];
  g_autofree char *folder = g_build_filename (fixture->root, "raw", "responses", "dt=2026-01-01", NULL);
  g_autoptr (GDir) entries = NULL;
  const char *name;

  for (guint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_the_same, &writer);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);

  entries = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (entries)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".new"));
  g_bytes_unref (writer.bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, func) g_test_add ("/dir-lake/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_add_func ("/dir-lake/keys", test_keys);
  ADD ("no-folder-is-an-empty-lake", test_no_folder_is_an_empty_lake);
  ADD ("order-and-strangers", test_order_and_strangers);
  ADD ("pages", test_pages);
  ADD ("exactly-one-page", test_exactly_one_page);
  ADD ("links-lead-nowhere", test_links_lead_nowhere);
  ADD ("put", test_put);
  ADD ("left-over-file-is-no-object", test_left_over_file_is_no_object);
  ADD ("same-object-from-several", test_same_object_from_several);
  ADD ("read-and-replace", test_read_and_replace);
  ADD ("permissions", test_permissions);
  ADD ("futures", test_futures);
  ADD ("expire", test_expire);
#undef ADD

  return g_test_run ();
}
