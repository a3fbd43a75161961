/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lake of the AWS on loopback: an object of answers, what was refused, and what a guest sent meanwhile. */

#include <string.h>

#include "fake-service.h"
#include "fake-stack-private.h"
#include "intake/sobre-gzip.h"

#define GOOD_KEY "errors/responses/processing-failed/dt=2026-11-28/good"
#define BAD_KEY "errors/responses/processing-failed/dt=2026-11-28/wrong"
#define SENT_KEY "raw/responses/dt=2026-11-29/sent.json.gz"
#define GOOD                                                                                                                   \
  "{\"id\":\"018bcfe5-6800-7c26-8f9b-0a6ea17a2a01\",\"submitted_at\":\"2026-11-28T12:00:00.000Z\",\"store_id\":\"harbour\","   \
  "\"table_id\":\"1\",\"form_id\":\"f\",\"form_version\":1,\"language\":\"en\",\"answers\":[]}"
#define NO_STORE                                                                                                               \
  "{\"id\":\"018bcfe5-6800-7c26-8f9b-0a6ea17a2a02\",\"submitted_at\":\"2026-11-28T12:00:00.000Z\",\"table_id\":\"1\","         \
  "\"form_id\":\"f\",\"form_version\":1,\"language\":\"en\",\"answers\":[]}"
#define NO_JSON "an answer"
#define ARRIVED G_GINT64_CONSTANT (1795867200000)

static GBytes *
pack (const char *plain)
{
  g_autoptr (GBytes) bytes = g_bytes_new (plain, strlen (plain));
  GBytes *packed = sobre_gzip (bytes);

  return packed != NULL ? packed : g_steal_pointer (&bytes);
}

/* As Firehose keeps it. */
static void
add_refused (GString *text, const char *record)
{
  g_autofree char *data = g_base64_encode ((const guchar *) record, strlen (record));

  g_string_append_printf (
      text, "{\"attemptsMade\":1,\"arrivalTimestamp\":%" G_GINT64_FORMAT ",\"errorCode\":\"x\",\"rawData\":\"%s\"}\n", ARRIVED,
      data);
}

static GBytes *
make_object (FakeStack *self, const char *key)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (strcmp (key, SENT_KEY) == 0)
    g_string_append_printf (text, "%s\n", self->sent);
  else if (strcmp (key, GOOD_KEY) == 0)
    add_refused (text, GOOD);
  else
    {
      add_refused (text, NO_STORE);
      add_refused (text, NO_JSON);
    }
  return pack (text->str);
}

static void
add_key (FakeStack *self, GString *list, const char *key, gint64 ago)
{
  g_autoptr (GBytes) object = make_object (self, key);
  g_autofree char *at = fake_stack_format_ago (ago);

  g_string_append_printf (
      list,
      "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>&quot;version-1&quot;</ETag><Size>%" G_GSIZE_FORMAT
      "</Size></Contents>",
      key, at, g_bytes_get_size (object));
}

static void
list_keys (FakeStack *self, gboolean refused, GString *reply)
{
  g_autoptr (GString) list = g_string_new ("<ListBucketResult><IsTruncated>false</IsTruncated>");
  g_autofree char *at = fake_stack_format_ago (360);

  if (refused && self->has_refused && self->n_replayed == 0)
    add_key (self, list, GOOD_KEY, 86400);
  if (refused && self->has_refused)
    add_key (self, list, BAD_KEY, 86400);
  if (!refused)
    g_string_append_printf (list,
                            "<Contents><Key>raw/responses/dt=2026-11-29/a.json.gz</Key><LastModified>%s</LastModified>"
                            "<ETag>&quot;version-0&quot;</ETag><Size>0</Size></Contents>",
                            at);
  if (!refused && self->sent != NULL)
    add_key (self, list, SENT_KEY, 0);
  g_string_append (list, "</ListBucketResult>");
  fake_service_append (reply, 200, NULL, list->str);
}

static void
get_object (FakeStack *self, const char *key, GString *reply)
{
  g_autoptr (GBytes) object = make_object (self, key);
  gsize length;
  const char *bytes = g_bytes_get_data (object, &length);

  g_string_append_printf (
      reply, "HTTP/1.1 200 X\r\nConnection: close\r\nETag: \"version-1\"\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      length);
  g_string_append_len (reply, bytes, (gssize) length);
}

void
fake_stack_answer_lake (FakeStack *self, const char *head, GString *reply)
{
  g_auto (GStrv) words = g_strsplit (head, " ", 3);
  g_autofree char *path = g_strv_length (words) > 1 ? g_uri_unescape_string (words[1], NULL) : NULL;
  const char *key = path != NULL ? strstr (path, FAKE_LAKE "/") : NULL;

  /* Whoever was stopped may have said nothing. */
  if (path == NULL)
    return;
  if (strstr (head, FAKE_GUEST_KEY) != NULL && !self->is_guest_free)
    fake_service_append (reply, 403, NULL, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
  else if (strstr (words[1], "list-type=2") != NULL)
    list_keys (self, strstr (words[1], "prefix=errors") != NULL, reply);
  else if (strcmp (words[0], "GET") == 0 && key != NULL)
    get_object (self, key + strlen (FAKE_LAKE "/"), reply);
  else if (strcmp (words[0], "GET") == 0)
    fake_service_append (reply, 404, NULL, "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>");
  else if (strcmp (words[0], "PUT") == 0)
    {
      self->n_replayed += key != NULL && strstr (key, "/raw/") != NULL;
      fake_service_append (reply, 200, "ETag: \"version-1\"\r\n", "");
    }
  else
    fake_service_append (reply, 204, NULL, "");
}
