/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "aws/sobre-s3.h"
#include "fake-service.h"

#define NOW G_GINT64_CONSTANT (1795867200000)

/** Shop: what a test's bucket does. @text: its one object · @cut: bytes after which a transfer breaks, 0 for never */
typedef struct
{
  const char *text;
  const char *headers;
  guint cut;
  guint status;
} Shop;

static SobreAwsClient *
make_client (FakeService *service, const SobreAwsMeans *means)
{
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();

  return sobre_aws_client_new (means, SOBRE_AWS_S3, "eu-central-1", fake_service_get_endpoint (service), provider, 3);
}

static void
serve_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  Shop *shop = user_data;
  g_autofree char *range = fake_service_dup_header (head, "range");
  g_autofree char *match = fake_service_dup_header (head, "if-match");
  guint from = range != NULL ? (guint) g_ascii_strtoull (range + strlen ("bytes="), NULL, 10) : 0;
  gsize length = strlen (shop->text) - from;

  g_assert_true (g_str_has_prefix (head, "GET /cellar/raw/responses/dt%3D2026-11-28/a%2Bb.json.gz HTTP/1.1"));
  g_assert_cmpstr (match, ==, "\"one\"");
  if (shop->status != 0)
    {
      fake_service_append (reply, shop->status, NULL,
                           shop->status == 412 ? "<Error><Code>PreconditionFailed</Code></Error>"
                                               : "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
  g_string_append_printf (
      reply, "HTTP/1.1 %u X\r\nConnection: close\r\nETag: \"one\"\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      from > 0 ? 206u : 200u, from > 0 || shop->headers == NULL ? "" : shop->headers, length);
  g_string_append_len (reply, shop->text + from, (gssize) (shop->cut > 0 && length > shop->cut ? shop->cut : length));
}

static GBytes *
fetch (FakeService *service, const SobreAwsMeans *means, guint64 size, GError **error)
{
  g_autoptr (SobreAwsClient) client = make_client (service, means);
  g_autoptr (DexFuture) future =
      sobre_s3_get (client, "cellar", "raw/responses/dt=2026-11-28/a+b.json.gz", "one", size, 1 << 26, 0, NULL);
  const GValue *value = wait_for (future, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static void
test_broken_transfer_goes_on (void)
{
  g_autofree char *text = g_strnfill (1000000, 'a');
  Shop shop = { text, NULL, 100000, 0 };
  g_autoptr (FakeService) service = NULL;
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 1000000; i++)
    text[i] = (char) ('a' + i % 23);
  service = fake_service_new (serve_cb, &shop);
  bytes = fetch (service, means, 1000000, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, 1000000);
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 10);
}

static void
test_another_version_is_a_conflict (void)
{
  Shop shop = { "x", NULL, 0, 412 };
  g_autoptr (FakeService) service = fake_service_new (serve_cb, &shop);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (service, means, 1, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT);
  g_clear_error (&error);
  shop.status = 404;
  g_assert_null (fetch (service, means, 1, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND);
}

static void
test_other_bytes_are_found (void)
{
  /* The CRC-32C of "123456789", RFC 3720's check value. */
  Shop shop = { "123456789", "x-amz-checksum-crc32c: 4waSgw==\r\n", 0, 0 };
  g_autoptr (FakeService) service = fake_service_new (serve_cb, &shop);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fetch (service, means, 9, &error);

  g_assert_no_error (error);
  shop.text = "123456780";
  g_assert_null (fetch (service, means, 9, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_PROTOCOL);
}

static void
list_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  const char *document = user_data;

  g_assert_true (
      g_str_has_prefix (head, "GET /cellar/?list-type=2&max-keys=1000&prefix=raw%2Fresponses%2F&start-after=raw%2Fa HTTP/1.1"));
  fake_service_append (reply, 200, "Content-Type: application/xml\r\n", document);
}

static const char good_list[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult "
    "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>cellar</Name>"
    "<IsTruncated>true</IsTruncated><Contents><Key>raw/b&amp;c</Key><LastModified>2026-11-28T12:00:00.500Z</LastModified>"
    "<ETag>&quot;e1&quot;</ETag><Size>12</Size><StorageClass>STANDARD</StorageClass></Contents>"
    "<Contents><Key>raw/d</Key><LastModified>2026-11-28T12:00:01.000Z</LastModified><ETag>\"e2\"</ETag><Size>0</Size></"
    "Contents>"
    "</ListBucketResult>";

static DexFuture *
list (FakeService *service, const SobreAwsMeans *means)
{
  g_autoptr (SobreAwsClient) client = make_client (service, means);

  return sobre_s3_list (client, "cellar", "raw/responses/", "raw/a", 1000, NULL);
}

static void
test_list_is_read (void)
{
  g_autoptr (FakeService) service = fake_service_new (list_cb, (gpointer) good_list);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) future = list (service, means);
  const GValue *value = wait_for (future, &error);
  const SobreS3Page *page;
  const SobreS3Object *first;

  g_assert_no_error (error);
  page = g_value_get_boxed (value);
  g_assert_true (page->is_truncated);
  g_assert_cmpuint (page->objects->len, ==, 2);
  first = g_ptr_array_index (page->objects, 0);
  g_assert_cmpstr (first->key, ==, "raw/b&c");
  g_assert_cmpstr (first->etag, ==, "e1");
  g_assert_cmpuint (first->size, ==, 12);
  g_assert_cmpint (first->modified_at, ==, NOW + 500);
}

/* What a hostile server might send instead of a list. */
static void
test_hostile_lists_are_refused (void)
{
  static const char *const documents[] = {
    "",
    "<html><body>Sign in to the hotel's network</body></html>",
    "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
    "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
    "<ListBucketResult><Contents><Key>a</Key><ETag>e</ETag><Size>-1</Size></Contents></ListBucketResult>",
    "<ListBucketResult><Contents><Key>a</Key><ETag>e</ETag><Size>99999999999999999999</Size></Contents></ListBucketResult>",
    "<!DOCTYPE l [<!ENTITY a \"b\">]><ListBucketResult><Contents><Key>&a;</Key></Contents></ListBucketResult>",
    "<ListBucketResult><Contents><Key>&unknown;</Key><ETag>e</ETag></Contents></ListBucketResult>",
    "<ListBucketResult><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a></a></a></a></"
    "a></a></a></a></ListBucketResult>",
    "<ListBucketResult><Contents>",
    "\xff\xfe<ListBucketResult/>",
  };
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (FakeService) service = fake_service_new (list_cb, (gpointer) documents[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (DexFuture) future = list (service, means);

      g_test_message ("document %u", i);
      g_assert_null (wait_for (future, &error));
      g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_PROTOCOL);
    }
}

static void
put_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  g_autofree char *digest = fake_service_dup_header (head, "x-amz-checksum-sha256");
  g_autofree char *new = fake_service_dup_header (head, "if-none-match");
  g_autofree char *hash = fake_service_dup_header (head, "x-amz-content-sha256");

  g_assert_true (g_str_has_prefix (head, "PUT /cellar/state/lake.json HTTP/1.1"));
  g_assert_cmpstr (body, ==, "abc");
  g_assert_cmpstr (digest, ==, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  if (number == 1)
    {
      g_assert_cmpstr (new, ==, "*");
      fake_service_append (reply, 200, "ETag: \"e1\"\r\n", "");
    }
  else
    fake_service_append (reply, 412, NULL, "<Error><Code>PreconditionFailed</Code></Error>");
}

static void
test_put_only_what_is_not_there (void)
{
  g_autoptr (FakeService) service = fake_service_new (put_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreAwsClient) client = make_client (service, means);
  g_autoptr (GBytes) body = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DexFuture) future = sobre_s3_put (client, "cellar", "state/lake.json", body, "application/json", NULL, NULL);
      const GValue *value = wait_for (future, &error);

      if (i == 0)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (g_value_get_string (value), ==, "e1");
        }
      else
        g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT);
    }
}

static void
redirect_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  g_autofree char *authorization = fake_service_dup_header (head, "authorization");

  if (strstr (authorization, "/us-west-2/s3/") != NULL)
    fake_service_append (reply, 200, NULL, "<ListBucketResult/>");
  else
    fake_service_append (reply, 301, "x-amz-bucket-region: us-west-2\r\nLocation: http://evil.example/\r\n",
                         "<Error><Code>PermanentRedirect</Code></Error>");
}

static void
test_bucket_of_another_region (void)
{
  g_autoptr (FakeService) service = fake_service_new (redirect_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) future = list (service, means);

  g_assert_nonnull (wait_for (future, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 2);
}

static void
test_bucket_names (void)
{
  g_assert_true (sobre_s3_bucket_is_valid ("harbour-kitchen.lake"));
  g_assert_false (sobre_s3_bucket_is_valid ("ab"));
  g_assert_false (sobre_s3_bucket_is_valid ("Cellar"));
  g_assert_false (sobre_s3_bucket_is_valid ("cellar/../x"));
  g_assert_false (sobre_s3_bucket_is_valid ("a..b"));
  g_assert_false (sobre_s3_bucket_is_valid ("-cellar"));
  g_assert_false (sobre_s3_bucket_is_valid (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/aws/s3/broken-transfer-goes-on", test_broken_transfer_goes_on);
  g_test_add_func ("/aws/s3/another-version-is-a-conflict", test_another_version_is_a_conflict);
  g_test_add_func ("/aws/s3/other-bytes-are-found", test_other_bytes_are_found);
  g_test_add_func ("/aws/s3/list-is-read", test_list_is_read);
  g_test_add_func ("/aws/s3/hostile-lists-are-refused", test_hostile_lists_are_refused);
  g_test_add_func ("/aws/s3/put-only-what-is-not-there", test_put_only_what_is_not_there);
  g_test_add_func ("/aws/s3/bucket-of-another-region", test_bucket_of_another_region);
  g_test_add_func ("/aws/s3/bucket-names", test_bucket_names);
  return g_test_run ();
}
