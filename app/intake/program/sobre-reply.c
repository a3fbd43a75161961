/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-reply.h"

#include "intake/sobre-gzip.h"
#include "publish/sobre-form-page.h"

#define RETRY_AFTER_SECONDS "5"

/* The referrer policy is same-origin, not no-referrer: with the latter browsers send "Origin: null" with a form post, and a post
 * from here could not be told from a post from anywhere. Nothing leaves the origin with either. */
static const char *const protective_headers[][2] = {
  { "Content-Security-Policy", SOBRE_FORM_PAGE_CSP },
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "same-origin" },
  { "Cross-Origin-Resource-Policy", "same-origin" },
  { "Cache-Control", "no-store" },
};

void
sobre_reply_prepare (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (gsize i = 0; i < G_N_ELEMENTS (protective_headers); i++)
    soup_message_headers_replace (headers, protective_headers[i][0], protective_headers[i][1]);
}

void
sobre_reply_status (SoupServerMessage *message, guint status, const char *status_text)
{
  g_autofree char *body = g_strdup_printf ("{\"status\":\"%s\"}\n", status_text);
  gsize length = strlen (body);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, g_steal_pointer (&body), length);
}

static const char *
explain (guint status)
{
  switch (status)
    {
    case 400:
      return "The request breaks the rule named by code.";
    case 403:
      return "The request was sent by another site's page.";
    case 404:
      return "There is nothing here.";
    case 405:
      return "This is not what the address is for.";
    case 409:
      return "Another answer with this id is stored already.";
    case 411:
      return "The length of the body has to be said beforehand.";
    case 413:
      return "The body is too long.";
    case 415:
      return "The body has another type than this address takes.";
    case 421:
      return "This server does not go by that name.";
    default:
      return "The answer was not stored. It may be sent again.";
    }
}

static char *
format_error_body (guint status, const char *code, guint line)
{
  if (line > 0)
    return g_strdup_printf ("{\"error\":{\"code\":\"%s\",\"line\":%u,\"message\":\"%s\"}}\n", code, line, explain (status));
  return g_strdup_printf ("{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}\n", code, explain (status));
}

static const char *
get_extra_header (guint status)
{
  if (status == 429 || status == 503)
    return "Retry-After";
  return status == 405 ? "Allow" : NULL;
}

static const char *
get_extra_value (guint status)
{
  return status == 405 ? "GET, HEAD, POST" : RETRY_AFTER_SECONDS;
}

void
sobre_reply_error (SoupServerMessage *message, guint status, const char *code, guint line)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *body = format_error_body (status, code, line);
  gsize length = strlen (body);

  if (get_extra_header (status) != NULL)
    soup_message_headers_replace (headers, get_extra_header (status), get_extra_value (status));
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, g_steal_pointer (&body), length);
}

char *
sobre_reply_format_error (guint status, const char *code)
{
  GString *text = g_string_new (NULL);
  g_autofree char *body = format_error_body (status, code, 0);

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  for (gsize i = 0; i < G_N_ELEMENTS (protective_headers); i++)
    g_string_append_printf (text, "%s: %s\r\n", protective_headers[i][0], protective_headers[i][1]);
  if (get_extra_header (status) != NULL)
    g_string_append_printf (text, "%s: %s\r\n", get_extra_header (status), get_extra_value (status));
  g_string_append_printf (
      text, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n%s",
      strlen (body), body);
  return g_string_free (text, FALSE);
}

/* Whether the guest has the bytes with this tag already (RFC 9110, section 13.1.2). */
static gboolean
has_already (SoupServerMessage *message, const char *etag)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *known = soup_message_headers_get_list (headers, "If-None-Match");

  return known != NULL && strlen (known) < 1024 && strstr (known, etag) != NULL;
}

static void
reply_bytes (SoupServerMessage *message, guint status, const char *type, GBytes *plain, GBytes *packed)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gboolean pack = packed != NULL && sobre_accepts_gzip (soup_message_headers_get_list (request, "Accept-Encoding"));

  if (pack)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_headers_set_content_type (headers, type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), pack ? packed : plain);
  soup_server_message_set_status (message, status, NULL);
}

void
sobre_reply_page (SoupServerMessage *message, guint status, const char *type, GBytes *plain, GBytes *packed)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Vary", "Accept-Encoding");
  reply_bytes (message, status, type, plain, packed);
}

void
sobre_reply_file (SoupServerMessage *message, const SobreSiteAsset *file, const char *keep)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", file->name);

  soup_message_headers_replace (headers, "Cache-Control", keep);
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  /* A policy is a document's; with a style or a script it would be weight that no browser reads. */
  if (g_str_has_prefix (file->type, "text/css") || g_str_has_prefix (file->type, "text/javascript"))
    soup_message_headers_remove (headers, "Content-Security-Policy");
  if (has_already (message, etag))
    soup_server_message_set_status (message, 304, NULL);
  else
    reply_bytes (message, 200, file->type, file->plain, file->packed);
}

void
sobre_reply_redirect (SoupServerMessage *message, const char *location)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", location);
  soup_server_message_set_status (message, 303, NULL);
}
