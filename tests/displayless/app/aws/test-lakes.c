/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What whoever reads a lake may rely on, whether it is a folder or a bucket: each case is run on both. */

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "aws/sobre-s3-lake.h"
#include "fake-service.h"
#include "lake/sobre-dir-lake.h"
#include "workspace/sobre-workspace-files.h"

#define NOW G_GINT64_CONSTANT (1795867200000)
#define DAY "raw/responses/dt=2026-01-02/"
#define N_OBJECTS 2100

/** Place: a lake and what is in it. @root: the folder's · @objects: (element-type utf8 utf8): the bucket's, in the order of keys · @is_away: whether the bucket answers nobody */
typedef struct
{
  SobreLakeSource *lake;
  char *root;
  FakeService *service;
  SobreAwsMeans *means;
  GMutex mutex; /* guards objects and is_away */
  GTree *objects;
  gboolean is_away;
} Place;

/** Kind: of a lake. @put: writes an object, or one in its place · @take_away: nobody can reach it from then on */
typedef struct
{
  const char *name;
  void (*open) (Place *place);
  void (*put) (Place *place, const char *key, const char *text);
  void (*remove) (Place *place, const char *key);
  void (*take_away) (Place *place);
} Kind;

static void
open_folder (Place *place)
{
  place->lake = SOBRE_LAKE_SOURCE (sobre_dir_lake_new (place->root));
}

static void
put_file (Place *place, const char *key, const char *text)
{
  g_autofree char *path = g_build_filename (place->root, key, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_file (Place *place, const char *key)
{
  g_autofree char *path = g_build_filename (place->root, key, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Not by its rights, which root does not need. */
static void
take_folder_away (Place *place)
{
  g_autofree char *path = g_build_filename (place->root, "raw", "responses", NULL);

  sobre_workspace_remove_tree (path);
  g_assert_cmpint (symlink ("/", path), ==, 0);
}

/** Listing: a list that is being written. @left: how many keys may follow */
typedef struct
{
  GString *xml;
  char *prefix;
  char *after;
  guint left;
  gboolean is_truncated;
} Listing;

static gboolean
list_cb (gpointer key, gpointer value, gpointer user_data)
{
  Listing *self = user_data;
  g_autofree char *etag = NULL;
  g_autofree char *escaped = NULL;

  if (!g_str_has_prefix (key, self->prefix) || strcmp (key, self->after) <= 0)
    return FALSE;
  self->is_truncated = self->left == 0;
  if (self->is_truncated)
    return TRUE;
  self->left--;
  etag = g_compute_checksum_for_string (G_CHECKSUM_MD5, value, -1);
  escaped = g_markup_escape_text (key, -1);
  g_string_append_printf (self->xml,
                          "<Contents><Key>%s</Key><LastModified>2026-11-28T12:00:00.000Z</LastModified>"
                          "<ETag>\"%s\"</ETag><Size>%" G_GSIZE_FORMAT "</Size></Contents>",
                          escaped, etag, strlen (value));
  return FALSE;
}

static void
list (Place *place, const char *query, GString *reply)
{
  g_autoptr (GHashTable) asked = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
  const char *after = g_hash_table_lookup (asked, "start-after");
  g_autoptr (GString) xml = g_string_new ("<ListBucketResult>");
  Listing listing = { xml, g_hash_table_lookup (asked, "prefix"), (char *) (after != NULL ? after : ""),
                      (guint) g_ascii_strtoull (g_hash_table_lookup (asked, "max-keys"), NULL, 10), FALSE };

  g_tree_foreach (place->objects, list_cb, &listing);
  g_string_append_printf (xml, "<IsTruncated>%s</IsTruncated></ListBucketResult>", listing.is_truncated ? "true" : "false");
  fake_service_append (reply, 200, "Content-Type: application/xml\r\n", xml->str);
}

static void
get (Place *place, const char *head, const char *key, GString *reply)
{
  const char *text = g_tree_lookup (place->objects, key);
  g_autofree char *wanted = fake_service_dup_header (head, "if-match");
  g_autofree char *digest = text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1) : NULL;
  g_autofree char *etag = g_strdup_printf ("\"%s\"", digest);
  g_autofree char *headers = g_strdup_printf ("ETag: %s\r\n", etag);

  if (text == NULL)
    fake_service_append (reply, 404, NULL, "<Error><Code>NoSuchKey</Code></Error>");
  else if (g_strcmp0 (wanted, etag) != 0)
    fake_service_append (reply, 412, NULL, "<Error><Code>PreconditionFailed</Code></Error>");
  else
    fake_service_append (reply, 200, headers, text);
}

static void
serve_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  Place *place = user_data;
  g_auto (GStrv) words = g_strsplit (head, " ", 3);
  g_auto (GStrv) parts = g_strsplit (words[1], "?", 2);
  g_autofree char *key = g_uri_unescape_string (parts[0] + strlen ("/cellar/"), NULL);

  g_mutex_lock (&place->mutex);
  if (place->is_away)
    fake_service_append (reply, 503, NULL, "<Error><Code>InternalError</Code></Error>");
  else if (*key == '\0')
    list (place, parts[1], reply);
  else
    get (place, head, key, reply);
  g_mutex_unlock (&place->mutex);
}

static void
open_bucket (Place *place)
{
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = NULL;

  place->service = fake_service_new (serve_cb, place);
  place->means = fake_means_new (NOW);
  client = sobre_aws_client_new (place->means, SOBRE_AWS_S3, "eu-central-1", fake_service_get_endpoint (place->service),
                                 provider, 3);
  place->lake = SOBRE_LAKE_SOURCE (sobre_s3_lake_new (client, "cellar"));
}

static void
put_object (Place *place, const char *key, const char *text)
{
  g_mutex_lock (&place->mutex);
  g_tree_insert (place->objects, g_strdup (key), g_strdup (text));
  g_mutex_unlock (&place->mutex);
}

static void
remove_object (Place *place, const char *key)
{
  g_mutex_lock (&place->mutex);
  g_assert_true (g_tree_remove (place->objects, key));
  g_mutex_unlock (&place->mutex);
}

static void
take_bucket_away (Place *place)
{
  g_mutex_lock (&place->mutex);
  place->is_away = TRUE;
  g_mutex_unlock (&place->mutex);
}

static const Kind kinds[] = {
  { "folder", open_folder, put_file, remove_file, take_folder_away },
  { "bucket", open_bucket, put_object, remove_object, take_bucket_away },
};

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static void
set_up (Place *place, gconstpointer data)
{
  const Kind *kind = data;

  g_mutex_init (&place->mutex);
  place->objects = g_tree_new_full (compare_keys, NULL, g_free, g_free);
  place->root = g_dir_make_tmp ("sobremesa-lakes-XXXXXX", NULL);
  kind->open (place);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_object_unref (place->lake);
  g_clear_pointer (&place->service, fake_service_free);
  g_clear_pointer (&place->means, fake_means_free);
  g_tree_unref (place->objects);
  g_mutex_clear (&place->mutex);
  sobre_workspace_remove_tree (place->root);
  g_free (place->root);
}

/* Returns: (transfer full) (nullable) */
static SobreLakePage *
list_page (Place *place, SobreDataset dataset, const char *after, GError **error)
{
  g_autoptr (DexFuture) future = sobre_lake_source_list (place->lake, dataset, after);
  const GValue *value = wait_for (future, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

/* Keys of the responses behind @after, a line each, page by page. */
static char *
list_keys (Place *place, const char *behind)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autofree char *after = g_strdup (behind);

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreLakePage) page = list_page (place, SOBRE_DATASET_RESPONSES, after, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->objects->len; i++)
        g_string_append_printf (keys, "%s\n", ((const SobreLakeObject *) g_ptr_array_index (page->objects, i))->key);
      g_set_str (&after, page->next);
    }
  while (after != NULL);
  return g_string_free_and_steal (g_steal_pointer (&keys));
}

static SobreLakeObject *
find_first (Place *place)
{
  g_autoptr (SobreLakePage) page = list_page (place, SOBRE_DATASET_RESPONSES, NULL, NULL);

  g_assert_cmpuint (page->objects->len, >, 0);
  return sobre_lake_object_copy (g_ptr_array_index (page->objects, 0));
}

/* Returns: (transfer full) (nullable) */
static GBytes *
fetch (Place *place, const SobreLakeObject *object, GError **error)
{
  g_autoptr (DexFuture) future = sobre_lake_source_fetch (place->lake, object);
  const GValue *value = wait_for (future, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static void
test_nothing (Place *place, gconstpointer data)
{
  g_autofree char *keys = list_keys (place, NULL);

  g_assert_cmpstr (keys, ==, "");
}

/* Keys are bytes, and come in their order; what is no object of the dataset is passed over. */
static void
test_order_and_strangers (Place *place, gconstpointer data)
{
  static const char *const keys[] = { DAY "b",
                                      DAY "B",
                                      DAY "a.json.gz",
                                      DAY "a-1",
                                      DAY "a+1 &<",
                                      DAY "\xC3\xB1",
                                      "raw/responses/dt=2025-12-31/z",
                                      DAY ".hidden",
                                      DAY "sub/c",
                                      "raw/responses/dt=2026-02-30/c",
                                      "raw/responses/tmp/c",
                                      "raw/responses/stray",
                                      "raw/events/dt=2026-01-02/e" };
  const Kind *kind = data;
  g_autofree char *all = NULL;
  g_autofree char *rest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    kind->put (place, keys[i], "x");
  all = list_keys (place, NULL);
  g_assert_cmpstr (all, ==,
                   "raw/responses/dt=2025-12-31/z\n" DAY "B\n" DAY "a+1 &<\n" DAY "a-1\n" DAY "a.json.gz\n" DAY "b\n" DAY
                   "\xC3\xB1\n");
  rest = list_keys (place, DAY "a-1");
  g_assert_cmpstr (rest, ==, DAY "a.json.gz\n" DAY "b\n" DAY "\xC3\xB1\n");
}

static void
test_pages (Place *place, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *keys = NULL;

  for (guint i = 0; i < N_OBJECTS; i++)
    {
      g_autofree char *key = g_strdup_printf ("raw/responses/dt=2026-01-%02u/%06u", 1 + i / 700, i);

      kind->put (place, key, "x");
      g_string_append_printf (expected, "%s\n", key);
    }
  keys = list_keys (place, NULL);
  g_assert_cmpstr (keys, ==, expected->str);
}

static void
test_fetch (Place *place, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (SobreLakeObject) object = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  kind->put (place, DAY "a+1 &<", "first");
  object = find_first (place);
  g_assert_cmpint (object->dataset, ==, SOBRE_DATASET_RESPONSES);
  g_assert_cmpuint (object->size, ==, 5);
  g_assert_cmpint (object->modified_at, >, 0);
  bytes = fetch (place, object, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "first", 5);
}

/* Whoever listed one version never reads another one under its name, even of the same size. */
static void
test_changed_meanwhile (Place *place, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (SobreLakeObject) object = NULL;
  g_autoptr (SobreLakeObject) newer = NULL;
  g_autoptr (GError) error = NULL;

  kind->put (place, DAY "x", "first");
  object = find_first (place);
  kind->put (place, DAY "x", "other");
  newer = find_first (place);
  g_assert_cmpstr (newer->etag, !=, object->etag);
  g_assert_null (fetch (place, object, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE);
  g_clear_error (&error);
  kind->remove (place, DAY "x");
  g_assert_null (fetch (place, newer, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE);
}

/* A lake that cannot be read is none that is empty: it is asked again later. */
static void
test_out_of_reach (Place *place, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (GError) error = NULL;

  kind->put (place, DAY "x", "first");
  kind->take_away (place);
  g_assert_null (list_page (place, SOBRE_DATASET_RESPONSES, NULL, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (Place *, gconstpointer);
  } cases[] = {
    { "nothing", test_nothing }, { "order-and-strangers", test_order_and_strangers }, { "pages", test_pages },
    { "fetch", test_fetch },     { "changed-meanwhile", test_changed_meanwhile },     { "out-of-reach", test_out_of_reach },
  };

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        g_autofree char *path = g_strdup_printf ("/lakes/%s/%s", kinds[i].name, cases[j].name);

        g_test_add (path, Place, &kinds[i], set_up, cases[j].function, tear_down);
      }
  return g_test_run ();
}
