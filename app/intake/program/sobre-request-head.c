/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-request-head.h"

#include "intake/sobre-host-list.h"

typedef struct
{
  SoupServerMessage *message;
  SoupMessageHeaders *headers;
  GInetSocketAddress *local;
  const char *const *hosts;
  SobreRoute route;
  guint64 body_max;
} Head;

SobreRoute
sobre_route_find (const char *path)
{
  static const struct
  {
    const char *path;
    SobreRoute route;
  } exact[] = {
    { "/v1/responses", SOBRE_ROUTE_RESPONSES }, { "/v1/events", SOBRE_ROUTE_EVENTS },
    { "/v1/form", SOBRE_ROUTE_FORM_POST },      { "/", SOBRE_ROUTE_ROOT },
    { "/thanks", SOBRE_ROUTE_THANKS },          { "/healthz", SOBRE_ROUTE_HEALTH },
  };
  static const struct
  {
    const char *path;
    SobreRoute route;
  } below[] = {
    { "/T/", SOBRE_ROUTE_FORM_PAGE },    { "/D/", SOBRE_ROUTE_DISHES_PAGE }, { "/M/", SOBRE_ROUTE_MENU_PAGE },
    { "/menu/", SOBRE_ROUTE_MENU_FILE }, { "/assets/", SOBRE_ROUTE_ASSET },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (exact); i++)
    if (g_str_equal (path, exact[i].path))
      return exact[i].route;
  for (gsize i = 0; i < G_N_ELEMENTS (below); i++)
    if (g_str_has_prefix (path, below[i].path))
      return below[i].route;
  return SOBRE_ROUTE_NONE;
}

gboolean
sobre_route_takes_body (SobreRoute route)
{
  return route == SOBRE_ROUTE_RESPONSES || route == SOBRE_ROUTE_EVENTS || route == SOBRE_ROUTE_FORM_POST;
}

static SobreHeadCheck
refuse (guint status, const char *rule)
{
  return (SobreHeadCheck) { .status = status, .rule = rule };
}

/* All values of a field, joined by commas. */
static const char *
get (const Head *head, const char *name)
{
  return soup_message_headers_get_list (head->headers, name);
}

/* Reads a Content-Length that is nothing but digits. */
static gboolean
parse_length (const char *text, guint64 *length)
{
  return g_ascii_isdigit (*text) && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, length, NULL);
}

static SobreHeadCheck
check_framing (const Head *head)
{
  const char *method = soup_server_message_get_method (head->message);
  const char *length_text = get (head, "Content-Length");
  const char *encoding = get (head, "Transfer-Encoding");
  guint64 length = 0;

  if (encoding != NULL)
    return length_text != NULL ? refuse (400, "framing") : refuse (411, "transfer-encoding");
  if (length_text != NULL && !parse_length (length_text, &length))
    return refuse (400, "content-length");
  if (method != SOUP_METHOD_GET && method != SOUP_METHOD_HEAD && method != SOUP_METHOD_POST)
    return refuse (405, "method");
  if (method != SOUP_METHOD_POST)
    return length > 0 ? refuse (400, "body") : refuse (0, NULL);
  if (length_text == NULL)
    return refuse (411, "content-length");
  return length > head->body_max ? refuse (413, "length") : refuse (0, NULL);
}

/* A request may name the host in its target too; it has to be the same one. */
static SobreHeadCheck
check_host (const Head *head)
{
  GUri *uri = soup_server_message_get_uri (head->message);
  const char *host = get (head, "Host");
  int port = g_uri_get_port (uri);
  g_autofree char *target = NULL;

  if (host == NULL || strchr (host, ',') != NULL)
    return refuse (400, "host");
  if (!sobre_host_is_allowed (host, head->local, head->hosts))
    return refuse (421, "host");
  target = port > 0 && port != 80 ? g_strdup_printf ("%s:%d", g_uri_get_host (uri), port) : g_strdup (g_uri_get_host (uri));
  if (g_uri_get_userinfo (uri) != NULL ||
      (g_ascii_strcasecmp (target, host) != 0 && !sobre_host_is_allowed (target, head->local, head->hosts)))
    return refuse (421, "target");
  return refuse (0, NULL);
}

static SobreHeadCheck
check_route (const Head *head)
{
  gboolean post = soup_server_message_get_method (head->message) == SOUP_METHOD_POST;

  if (head->route == SOBRE_ROUTE_NONE)
    return refuse (404, "path");
  return post != sobre_route_takes_body (head->route) ? refuse (405, "method") : refuse (0, NULL);
}

/* Whether a content type is the wanted one, with no parameter but charset=utf-8. */
static gboolean
is_type (const char *type, const char *wanted)
{
  gsize length = strlen (wanted);
  g_autofree char *rest = NULL;

  if (type == NULL || g_ascii_strncasecmp (type, wanted, length) != 0)
    return FALSE;
  rest = g_strstrip (g_strdup (type + length));
  if (*rest == '\0')
    return TRUE;
  return *rest == ';' && g_ascii_strcasecmp (g_strchug (rest + 1), "charset=utf-8") == 0;
}

static SobreHeadCheck
check_body (const Head *head)
{
  const char *type = get (head, "Content-Type");
  const char *origin = get (head, "Origin");
  const char *site = get (head, "Sec-Fetch-Site");
  const char *host = get (head, "Host");

  if (!sobre_route_takes_body (head->route))
    return refuse (0, NULL);
  if (get (head, "Content-Encoding") != NULL)
    return refuse (415, "content-encoding");
  if (!is_type (type, head->route == SOBRE_ROUTE_FORM_POST ? "application/x-www-form-urlencoded" : "application/json"))
    return refuse (415, "content-type");
  if (origin != NULL && (!g_str_has_prefix (origin, "http://") || g_ascii_strcasecmp (origin + strlen ("http://"), host) != 0))
    return refuse (403, "origin");
  if (site != NULL && !g_str_equal (site, "same-origin"))
    return refuse (403, "origin");
  return refuse (0, NULL);
}

SobreHeadCheck
sobre_request_head_check (SoupServerMessage *message, GInetSocketAddress *local, const char *const *hosts, gsize body_max)
{
  static SobreHeadCheck (*const checks[]) (const Head *) = { check_framing, check_host, check_route, check_body };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const Head head = {
    .message = message,
    .headers = headers,
    .local = local,
    .hosts = hosts,
    .route = sobre_route_find (g_uri_get_path (soup_server_message_get_uri (message))),
    .body_max = body_max,
  };
  const char *length = get (&head, "Content-Length");
  SobreHeadCheck check = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (checks) && check.status == 0; i++)
    check = checks[i](&head);
  check.has_body = get (&head, "Transfer-Encoding") != NULL || (length != NULL && !g_str_equal (length, "0"));
  return check;
}
