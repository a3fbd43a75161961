/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads requests, a JSON object a line, and prints for each what the program signs: its authorization header. With "--send" it sends each, one after
 * the other, and prints the status of the reply. */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "aws/sobre-aws-signature.h"
#include "aws/sobre-http.h"
#include "ingest/sobre-wait.h"

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static GBytes *
read_body (JsonObject *object)
{
  const char *text = get_text (object, "body");
  gsize length = 0;
  guchar *bytes = text != NULL ? g_base64_decode (text, &length) : NULL;

  return bytes != NULL ? g_bytes_new_take (bytes, length) : NULL;
}

static GPtrArray *
read_headers (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "headers");
  GPtrArray *headers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (headers, g_strdup (json_array_get_string_element (array, i)));
  return headers;
}

static SobreCredentials *
read_credentials (JsonObject *object)
{
  return sobre_credentials_new (get_text (object, "key_id"), get_text (object, "secret"), get_text (object, "token"),
                                SOBRE_CREDENTIALS_NEVER, "test");
}

static void
print_signature (JsonObject *object)
{
  g_autoptr (GPtrArray) headers = read_headers (object);
  g_autoptr (GBytes) body = read_body (object);
  g_autoptr (SobreCredentials) credentials = read_credentials (object);
  SobreAwsSignable signable = { get_text (object, "method"),
                                get_text (object, "url"),
                                headers,
                                body,
                                get_text (object, "service"),
                                get_text (object, "region"),
                                json_object_get_int_member (object, "now_ms") };
  g_autoptr (GPtrArray) made = sobre_aws_signature_make (&signable, credentials);

  printf ("%s\n", (const char *) g_ptr_array_index (made, made->len - 1) + strlen ("authorization: "));
}

static void
send_signed (SobreHttp *http, JsonObject *object)
{
  g_autoptr (GPtrArray) headers = read_headers (object);
  g_autoptr (SobreCredentials) credentials = read_credentials (object);
  g_autoptr (SobreHttpRequest) request = sobre_http_request_new (get_text (object, "method"), get_text (object, "url"));
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  request->body = read_body (object);
  for (guint i = 0; i < headers->len; i++)
    {
      const char *header = g_ptr_array_index (headers, i);
      const char *colon = strchr (header, ':');
      g_autofree char *name = g_strndup (header, (gsize) (colon - header));

      sobre_http_request_add_header (request, name, colon + 1);
    }
  sobre_http_request_sign (request, credentials, get_text (object, "service"), get_text (object, "region"),
                           json_object_get_int_member (object, "now_ms"));
  future = sobre_http_send (http, request, NULL);
  value = sobre_wait_for_future (future, &error);
  printf ("%u\n", value != NULL ? ((SobreHttpReply *) g_value_get_boxed (value))->status : 0);
}

int
main (int argc, char **argv)
{
  gboolean sends = argc > 1 && strcmp (argv[1], "--send") == 0;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (SobreHttp) http = NULL;
  g_autofree char *line = NULL;
  size_t size = 0;

  dex_init ();
  http = sobre_http_new ();
  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr (GError) error = NULL;
      JsonObject *object;

      if (!json_parser_load_from_data (parser, line, -1, &error))
        g_error ("%s", error->message);
      object = json_node_get_object (json_parser_get_root (parser));
      if (sends)
        send_signed (http, object);
      else
        print_signature (object);
    }
  return 0;
}
