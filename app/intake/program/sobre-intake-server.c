/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request goes through here like this:
 *
 *   (the stream)     a head is held back until it is whole and well-formed (sobre-guest-stream.h)
 *   request-started  a Request is tied to the message; for a connection's first request that is when it is accepted
 *   got-headers      the connection's clock starts and the head is judged; a refused request with a body is answered at the socket,
 *                    and the rest of it dropped
 *   got-chunk        the body is gathered, never more than its checked length
 *   handler          the route does its work; a post pauses the message until the inbox has decided
 *   request-finished the connection may bring another
 *
 * The library's message keeps no body (accumulate is off), serves no ranges (the field is removed), and never sees TLS, HTTP/2,
 * WebSocket, cookies or multipart.
 */

#include "sobre-intake-server.h"

#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "intake/sobre-form-post.h"
#include "intake/sobre-id-memory.h"
#include "sobre-connections.h"
#include "sobre-guest-stream.h"
#include "sobre-reply.h"
#include "sobre-request-head.h"

#define BACKLOG 128
/* A silent socket fails its own reads and writes; the connection's deadline comes first. */
#define SOCKET_TIMEOUT_SECONDS 30
#define FORM_POSTS_REMEMBERED 4096

struct _SobreIntakeServer
{
  SobreIntakeSetup setup;
  SoupServer *soup;
  GSocketService *service;
  GSocket *listener;
  SobreConnections *connections;
  /* The last form posts by their ids: a page that is sent again without a script differs in nothing but its time. */
  SobreIdMemory *form_posts;
  SobreIntakeCounts counts;
  guint port;
};

typedef struct
{
  SobreIntakeServer *server;
  SoupServerMessage *message;
  SobreRoute route;
  GByteArray *body;
  gsize room;
  char *language;
  char *card;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->body, g_byte_array_unref);
  g_free (request->language);
  g_free (request->card);
  g_free (request);
}

static SobreConnection *
find_connection (SobreIntakeServer *self, SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? sobre_connections_find (self->connections, remote) : NULL;
}

static void
refuse (SobreIntakeServer *self, SoupServerMessage *message, const SobreHeadCheck *check)
{
  SobreConnection *connection = find_connection (self, message);

  self->counts.refused++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  sobre_reply_error (message, check->status, check->rule, 0);
  if (check->has_body && connection != NULL)
    {
      g_autofree char *response = sobre_reply_format_error (check->status, check->rule);

      sobre_connection_refuse (connection, response, strlen (response));
    }
}

static void
got_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  Request *request = user_data;
  SobreIntakeServer *self = request->server;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GInetSocketAddress *local = G_INET_SOCKET_ADDRESS (soup_server_message_get_local_address (message));
  SobreConnection *connection = find_connection (self, message);
  SobreHeadCheck check;

  if (connection == NULL || !sobre_connection_begin (connection))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  soup_message_headers_remove (headers, "Range");
  soup_message_headers_remove (headers, "Upgrade");
  check = sobre_request_head_check (message, local, self->setup.hosts, SOBRE_INBOX_BODY_MAX);
  if (check.status != 0)
    {
      refuse (self, message, &check);
      return;
    }
  request->route = sobre_route_find (g_uri_get_path (soup_server_message_get_uri (message)));
  request->room = SOBRE_INBOX_BODY_MAX;
  if (sobre_route_takes_body (request->route))
    request->body = g_byte_array_new ();
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Request *request = user_data;
  gsize size = g_bytes_get_size (chunk);

  if (request->body == NULL || size > request->room)
    return;
  g_byte_array_append (request->body, g_bytes_get_data (chunk, NULL), size);
  request->room -= size;
}

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  SobreIntakeServer *self = user_data;
  Request *request = g_new0 (Request, 1);

  request->server = self;
  request->message = message;
  g_object_set_data_full (G_OBJECT (message), "request", request, request_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  sobre_reply_prepare (message);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), request);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), request);
}

static void
request_over_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  SobreIntakeServer *self = user_data;
  SobreConnection *connection = find_connection (self, message);

  if (connection != NULL)
    sobre_connection_idle (connection);
}

static void
reply_form_problem (SobreIntakeServer *self, Request *request, guint status, SobreFormProblem problem)
{
  sobre_intake_pages_serve_problem (self->setup.pages, request->message, status, problem, request->language);
}

/* Dishes are asked about on the page of thanks, as long as there are any to ask about. */
static void
reply_thanks (SobreIntakeServer *self, Request *request)
{
  const char *language = sobre_form_page_choose_language (self->setup.pages->form, request->language, NULL);
  gboolean dishes = request->card != NULL && sobre_intake_pages_has_menu (self->setup.pages);
  g_autofree char *location = dishes ? g_strconcat ("/" SOBRE_DISHES_PAGE "/", request->card, "?lang=", language, NULL)
                                     : g_strconcat ("/thanks?lang=", language, NULL);

  sobre_reply_redirect (request->message, location);
}

/* The answer of the inbox as a guest without a script sees it. */
static void
reply_form_outcome (SobreIntakeServer *self, Request *request, const SobreOutcome *outcome)
{
  SobreBodyHash hash = sobre_body_hash_make (request->body->data, request->body->len);
  SobreBodyHash known;

  switch (outcome->verdict)
    {
    case SOBRE_VERDICT_STORED:
      sobre_id_memory_add (self->form_posts, &outcome->id, hash);
      reply_thanks (self, request);
      break;
    case SOBRE_VERDICT_KNOWN:
      reply_thanks (self, request);
      break;
    case SOBRE_VERDICT_CONFLICT:
      if (sobre_id_memory_find (self->form_posts, &outcome->id, &known) && known == hash)
        reply_thanks (self, request);
      else
        reply_form_problem (self, request, 409, SOBRE_FORM_PROBLEM_ALREADY);
      break;
    case SOBRE_VERDICT_REFUSED:
      reply_form_problem (self, request, 400, SOBRE_FORM_PROBLEM_INCOMPLETE);
      break;
    case SOBRE_VERDICT_FAILED:
    default:
      reply_form_problem (self, request, 503, SOBRE_FORM_PROBLEM_BUSY);
      break;
    }
}

/* The answer of the inbox as the form's script reads it. */
static void
reply_outcome (SobreIntakeServer *self, SoupServerMessage *message, const SobreOutcome *outcome)
{
  switch (outcome->verdict)
    {
    case SOBRE_VERDICT_STORED:
      sobre_reply_status (message, 201, "stored");
      break;
    case SOBRE_VERDICT_KNOWN:
      sobre_reply_status (message, 200, "known");
      break;
    case SOBRE_VERDICT_CONFLICT:
      sobre_reply_error (message, 409, "id.conflict", 0);
      break;
    case SOBRE_VERDICT_REFUSED:
      sobre_reply_error (message, 400, outcome->rule, outcome->line);
      break;
    case SOBRE_VERDICT_FAILED:
    default:
      sobre_reply_error (message, 503, "spool", 0);
      break;
    }
}

static void
submitted_cb (const SobreOutcome *outcome, gpointer user_data)
{
  g_autoptr (SoupServerMessage) message = user_data;
  Request *request = g_object_get_data (G_OBJECT (message), "request");
  SobreIntakeServer *self = request->server;
  SobreConnection *connection = find_connection (self, message);

  if (request->route == SOBRE_ROUTE_RESPONSES || request->route == SOBRE_ROUTE_FORM_POST)
    self->counts.accepted += outcome->n_stored;
  if (outcome->verdict == SOBRE_VERDICT_REFUSED || outcome->verdict == SOBRE_VERDICT_CONFLICT)
    self->counts.refused++;
  if (request->route == SOBRE_ROUTE_FORM_POST)
    reply_form_outcome (self, request, outcome);
  else
    reply_outcome (self, message, outcome);
  if (connection != NULL)
    sobre_connection_answer (connection);
  soup_server_message_unpause (message);
}

static void
submit (SobreIntakeServer *self, Request *request, SobreDataset dataset, const char *body, gsize length)
{
  SobreConnection *connection = find_connection (self, request->message);

  /* An empty array has no data at all. */
  if (length == 0)
    body = "";
  if (connection != NULL)
    sobre_connection_wait (connection);
  soup_server_message_pause (request->message);
  sobre_inbox_submit (self->setup.inbox, dataset, body, length, submitted_cb, g_object_ref (request->message));
}

static void
take_form_post (SobreIntakeServer *self, Request *request)
{
  const SobreIntakePages *pages = self->setup.pages;
  const char *rule = NULL;
  g_autofree char *json = NULL;
  gsize length;

  json = sobre_form_post_to_json (pages->form, (const char *) request->body->data, request->body->len,
                                  sobre_clock_now (pages->clock), &request->language, &request->card, &length, &rule);
  if (json != NULL && length <= SOBRE_INBOX_BODY_MAX)
    {
      submit (self, request, SOBRE_DATASET_RESPONSES, json, length);
      return;
    }
  self->counts.refused++;
  if (json == NULL)
    reply_form_problem (self, request, 400, SOBRE_FORM_PROBLEM_INCOMPLETE);
  else
    reply_form_problem (self, request, 413, SOBRE_FORM_PROBLEM_TOO_LONG);
}

static void
handler_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  SobreIntakeServer *self = user_data;
  Request *request = g_object_get_data (G_OBJECT (message), "request");
  const SobreIntakePages *pages = self->setup.pages;
  const char *language = query != NULL ? g_hash_table_lookup (query, "lang") : NULL;
  const GByteArray *body = request->body;

  switch (request->route)
    {
    case SOBRE_ROUTE_RESPONSES:
      submit (self, request, SOBRE_DATASET_RESPONSES, (const char *) body->data, body->len);
      break;
    case SOBRE_ROUTE_EVENTS:
      submit (self, request, SOBRE_DATASET_EVENTS, (const char *) body->data, body->len);
      break;
    case SOBRE_ROUTE_FORM_POST:
      take_form_post (self, request);
      break;
    case SOBRE_ROUTE_FORM_PAGE:
      sobre_intake_pages_serve_form (pages, message, path, language);
      break;
    case SOBRE_ROUTE_DISHES_PAGE:
      sobre_intake_pages_serve_dishes (pages, message, path, language);
      break;
    case SOBRE_ROUTE_MENU_PAGE:
      sobre_intake_pages_serve_menu (pages, message, path, language);
      break;
    case SOBRE_ROUTE_MENU_FILE:
      sobre_intake_pages_serve_menu_file (pages, message, path + strlen ("/menu/"));
      break;
    case SOBRE_ROUTE_THANKS:
      sobre_intake_pages_serve_thanks (pages, message, language);
      break;
    case SOBRE_ROUTE_ROOT:
      sobre_intake_pages_serve_problem (pages, message, 404, SOBRE_FORM_PROBLEM_NOT_FOUND, language);
      break;
    case SOBRE_ROUTE_ASSET:
      sobre_intake_pages_serve_asset (pages, message, path + strlen ("/assets/"));
      break;
    case SOBRE_ROUTE_HEALTH:
      sobre_reply_status (message, 200, "listening");
      break;
    case SOBRE_ROUTE_NONE:
    default:
      sobre_reply_error (message, 404, "path", 0);
      break;
    }
}

/* What one guest's stream is refused with; freed with the stream. */
typedef struct
{
  SobreIntakeServer *server;
  SobreConnection *connection;
} Guest;

static void
malformed_cb (const SobreRequestScan *scan, gpointer user_data)
{
  Guest *guest = user_data;
  g_autofree char *response = sobre_reply_format_error (scan->status, scan->rule);

  guest->server->counts.refused++;
  sobre_connection_refuse (guest->connection, response, strlen (response));
}

static void
accept_guest (SobreIntakeServer *self,
              SobreConnection *connection,
              GSocketConnection *stream,
              GSocketAddress *local,
              GSocketAddress *remote)
{
  g_autoptr (GIOStream) screened = NULL;
  Guest *guest = g_new0 (Guest, 1);

  guest->server = self;
  guest->connection = connection;
  screened = sobre_guest_stream_new (G_IO_STREAM (stream), malformed_cb, guest);
  g_object_set_data_full (G_OBJECT (screened), "guest", guest, g_free);
  soup_server_accept_iostream (self->soup, screened, local, remote, NULL);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *stream, GObject *source, gpointer user_data)
{
  SobreIntakeServer *self = user_data;
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);
  SobreConnection *connection;

  if (local == NULL || remote == NULL)
    return TRUE;
  g_socket_set_timeout (socket, SOCKET_TIMEOUT_SECONDS);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  connection = sobre_connections_admit (self->connections, stream, remote);
  if (connection == NULL)
    {
      g_autofree char *response = sobre_reply_format_error (503, "connections");

      self->counts.refused++;
      g_socket_send_with_blocking (socket, response, strlen (response), FALSE, NULL, NULL);
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
      return TRUE;
    }
  accept_guest (self, connection, stream, local, remote);
  return TRUE;
}

/* The library closes each connection after its first answer unless it believes that it listens itself. It is given one end of a
 * socket pair, whose other end is held and never written to. */
static gboolean
pretend_to_listen (SobreIntakeServer *self, GError **error)
{
  g_autoptr (GSocket) end = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "socketpair");
      return FALSE;
    }
  self->listener = g_socket_new_from_fd (ends[0], error);
  end = g_socket_new_from_fd (ends[1], error);
  return self->listener != NULL && end != NULL && soup_server_listen_socket (self->soup, end, 0, error);
}

static gboolean
listen_at (SobreIntakeServer *self, GInetSocketAddress *address, GError **error)
{
  g_autoptr (GSocketAddress) bound = NULL;

  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), G_SOCKET_ADDRESS (address), G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

SobreIntakeServer *
sobre_intake_server_new (const SobreIntakeSetup *setup, GInetSocketAddress *address, GError **error)
{
  g_autoptr (SobreIntakeServer) self = g_new0 (SobreIntakeServer, 1);

  self->setup = *setup;
  self->connections = sobre_connections_new (setup->pages->clock);
  self->form_posts = sobre_id_memory_new (FORM_POSTS_REMEMBERED, setup->pages->random);
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  self->service = g_socket_service_new ();
  if (!pretend_to_listen (self, error) || !listen_at (self, address, error))
    return NULL;
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (request_over_cb), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (request_over_cb), self);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return g_steal_pointer (&self);
}

void
sobre_intake_server_stop (SobreIntakeServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

void
sobre_intake_server_free (SobreIntakeServer *self)
{
  sobre_intake_server_stop (self);
  soup_server_disconnect (self->soup);
  sobre_connections_free (self->connections);
  sobre_id_memory_free (self->form_posts);
  g_clear_object (&self->service);
  g_clear_object (&self->soup);
  g_clear_object (&self->listener);
  g_free (self);
}

guint
sobre_intake_server_get_port (const SobreIntakeServer *self)
{
  return self->port;
}

SobreIntakeCounts
sobre_intake_server_get_counts (const SobreIntakeServer *self)
{
  SobreIntakeCounts counts = self->counts;

  counts.connections = sobre_connections_get_count (self->connections);
  return counts;
}
