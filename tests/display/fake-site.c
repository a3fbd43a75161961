/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-site.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "fake-service.h"

#define MENU_SOURCE "source/menu.json"
#define MENU_RESULT "source/result.json"
#define MENU_POINTER "public/menu/current.json"

static void
begin (FakeSite *self)
{
  if (self->objects == NULL)
    self->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

void
fake_site_clear (FakeSite *self)
{
  g_clear_pointer (&self->objects, g_hash_table_unref);
}

/* @bytes: (transfer full) */
static void
store (FakeSite *self, const char *key, GBytes *bytes)
{
  begin (self);
  g_hash_table_insert (self->objects, g_strdup (key), bytes);
}

void
fake_site_put (FakeSite *self, const char *key, const char *text)
{
  store (self, key, g_bytes_new (text, strlen (text)));
}

char *
fake_site_dup (FakeSite *self, const char *key)
{
  GBytes *bytes = self->objects != NULL ? g_hash_table_lookup (self->objects, key) : NULL;

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

static char *
dup_etag (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_MD5, bytes);
}

/* What infra/functions/menu.py does with an upload, as far as the program sees it. */
static void
publish_menu (FakeSite *self, GBytes *upload)
{
  g_autofree char *etag = dup_etag (upload);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  g_autofree char *sold_out = NULL;
  g_autofree char *pointer = NULL;
  g_autofree char *result = g_strdup_printf ("{\"etag\": \"%s\", \"state\": \"published\"}", etag);

  g_assert_true (
      json_parser_load_from_data (parser, g_bytes_get_data (upload, NULL), (gssize) g_bytes_get_size (upload), NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  sold_out = json_to_string (json_object_get_member (object, "sold_out"), FALSE);
  pointer = g_strdup_printf ("{\"version\": %d, \"files\": {}, \"sold_out\": %s}",
                             (int) json_object_get_int_member (object, "version"), sold_out);
  fake_site_put (self, MENU_POINTER, pointer);
  fake_site_put (self, MENU_RESULT, result);
}

static void
put (FakeSite *self, const char *key, const char *head, const char *body, GString *reply)
{
  g_autofree char *length = fake_service_dup_header (head, "content-length");
  GBytes *bytes = g_bytes_new (body, g_ascii_strtoull (length, NULL, 10));
  g_autofree char *etag = dup_etag (bytes);
  g_autofree char *header = g_strdup_printf ("ETag: \"%s\"\r\n", etag);

  if (self->delay_us > 0)
    g_usleep (self->delay_us);
  if (self->refusal != NULL)
    {
      g_autofree char *text = g_strdup_printf ("<Error><Code>%s</Code><Message>no</Message></Error>", self->refusal);

      fake_service_append (reply, strcmp (self->refusal, "PreconditionFailed") == 0 ? 412 : 403, NULL, text);
      g_bytes_unref (bytes);
      return;
    }
  self->n_writes++;
  store (self, key, bytes);
  if (strcmp (key, MENU_SOURCE) == 0)
    publish_menu (self, bytes);
  fake_service_append (reply, 200, header, "");
}

static void
get (FakeSite *self, const char *key, GString *reply)
{
  g_autofree char *text = fake_site_dup (self, key);
  g_autofree char *etag = text != NULL ? dup_etag (g_hash_table_lookup (self->objects, key)) : NULL;
  g_autofree char *header = g_strdup_printf ("ETag: \"%s\"\r\n", etag);

  if (text == NULL)
    fake_service_append (reply, 404, NULL, "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>");
  else
    fake_service_append (reply, 200, header, text);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list (FakeSite *self, const char *prefix, GString *reply)
{
  g_autoptr (GString) body = g_string_new ("<ListBucketResult><IsTruncated>false</IsTruncated>");
  g_autoptr (GPtrArray) keys = NULL;

  begin (self);
  keys = g_hash_table_get_keys_as_ptr_array (self->objects);
  g_ptr_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      GBytes *bytes = g_hash_table_lookup (self->objects, key);
      g_autofree char *etag = dup_etag (bytes);

      if (g_str_has_prefix (key, prefix))
        g_string_append_printf (body,
                                "<Contents><Key>%s</Key><LastModified>2026-11-29T12:00:00Z</LastModified><ETag>&quot;%s&quot;"
                                "</ETag><Size>%" G_GSIZE_FORMAT "</Size></Contents>",
                                key, etag, g_bytes_get_size (bytes));
    }
  g_string_append (body, "</ListBucketResult>");
  fake_service_append (reply, 200, NULL, body->str);
}

void
fake_site_answer (FakeSite *self, const char *head, const char *body, GString *reply)
{
  g_auto (GStrv) words = g_strsplit (head, " ", 3);
  g_auto (GStrv) parts = g_strsplit (words[1], "?", 2);
  g_autofree char *path = g_uri_unescape_string (parts[0], NULL);
  const char *key = strlen (path) > strlen ("/" FAKE_SITE_BUCKET "/") ? path + strlen ("/" FAKE_SITE_BUCKET "/") : "";
  const char *at = parts[1] != NULL ? strstr (parts[1], "prefix=") : NULL;
  g_autofree char *encoded = at != NULL ? g_strndup (at + 7, strcspn (at + 7, "&")) : NULL;
  g_autofree char *prefix = encoded != NULL ? g_uri_unescape_string (encoded, NULL) : NULL;

  if (strcmp (words[0], "PUT") == 0)
    put (self, key, head, body, reply);
  else if (*key != '\0')
    get (self, key, reply);
  else
    list (self, prefix != NULL ? prefix : "", reply);
}
