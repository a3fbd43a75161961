/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-http.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "sobre-config.h"

#define CONNECT_TIMEOUT_MS 5000
#define FIRST_BYTE_US (20 * G_USEC_PER_SEC)
#define STALL_BYTES_A_SECOND 1024
#define STALL_SECONDS 30
#define POLL_MS 100
#define MAX_HEADERS 200
#define MAX_CONNECTIONS_A_HOST                                                                                                 \
  64 /* what waits for a connection within libcurl runs out of time: callers ask for fewer at once */

struct _SobreHttp
{
  GObject parent_instance;

  GMutex mutex; /* guards thread and multi */
  GThread *thread;
  CURLM *multi;
  GAsyncQueue *queue; /* of Exchange; the thread ends with one that has no request */
};

/** Exchange: a request on its way. Belongs to the thread from when it is queued. */
typedef struct
{
  SobreHttpRequest *request;
  SobreHttpReply *reply;
  DexPromise *promise;
  GCancellable *cancellable;
  CURL *easy;
  struct curl_slist *headers;
  GByteArray *body;
  gint64 sent_at; /* monotonic, µs */
  gboolean answered;
  gboolean too_large;
} Exchange;

G_DEFINE_FINAL_TYPE (SobreHttp, sobre_http, G_TYPE_OBJECT)

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_clear_pointer (&self->easy, curl_easy_cleanup);
  curl_slist_free_all (self->headers);
  g_clear_pointer (&self->request, sobre_http_request_unref);
  g_clear_pointer (&self->reply, sobre_http_reply_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_object (&self->cancellable);
  dex_clear (&self->promise);
  g_free (self);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
sobre_http_url_is_allowed (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return g_uri_get_host (uri)[0] != '\0';
  return strcmp (g_uri_get_scheme (uri), "http") == 0 && is_loopback (g_uri_get_host (uri));
}

/* libcurl's callbacks. */

static size_t
take_body_cb (char *data, size_t size, size_t n, void *user_data)
{
  Exchange *exchange = user_data;
  gsize length = size * n;

  exchange->answered = TRUE;
  if (length > exchange->request->max_reply - exchange->body->len)
    {
      exchange->too_large = TRUE;
      return CURL_WRITEFUNC_ERROR;
    }
  g_byte_array_append (exchange->body, (const guint8 *) data, (guint) length);
  return length;
}

static size_t
take_header_cb (char *data, size_t size, size_t n, void *user_data)
{
  Exchange *exchange = user_data;
  gsize length = size * n;
  const char *colon = memchr (data, ':', length);

  exchange->answered = TRUE;
  /* A new status line begins a new set: what came before was a 100 or a proxy's. */
  if (length >= 5 && memcmp (data, "HTTP/", 5) == 0)
    g_hash_table_remove_all (exchange->reply->headers);
  if (colon != NULL && colon > data && g_hash_table_size (exchange->reply->headers) < MAX_HEADERS)
    {
      char *name = g_ascii_strdown (data, colon - data);
      char *value = g_strstrip (g_strndup (colon + 1, length - (gsize) (colon + 1 - data)));

      g_hash_table_replace (exchange->reply->headers, name, value);
    }
  return length;
}

static gboolean
has_header (const SobreHttpRequest *request, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < request->headers->len; i++)
    {
      const char *header = g_ptr_array_index (request->headers, i);

      if (g_ascii_strncasecmp (header, name, length) == 0 && header[length] == ':')
        return TRUE;
    }
  return FALSE;
}

/* libcurl takes "name:" for the wish to send no such header; "name;" stands for one without a value. */
static void
append_header (Exchange *exchange, const char *header)
{
  const char *colon = strchr (header, ':');
  g_autofree char *empty = NULL;

  if (colon != NULL && colon[1 + strspn (colon + 1, " \t")] == '\0')
    empty = g_strdup_printf ("%.*s;", (int) (colon - header), header);
  exchange->headers = curl_slist_append (exchange->headers, empty != NULL ? empty : header);
}

static void
set_up_request (Exchange *exchange)
{
  SobreHttpRequest *request = exchange->request;
  CURL *easy = exchange->easy;
  gboolean has_body = request->body != NULL;

  curl_easy_setopt (easy, CURLOPT_URL, request->url);
  /* A key may hold ".." and "//", and the signature is of the path as it stands. */
  curl_easy_setopt (easy, CURLOPT_PATH_AS_IS, 1L);
  if (strcmp (request->method, "HEAD") == 0)
    curl_easy_setopt (easy, CURLOPT_NOBODY, 1L);
  else if (has_body || strcmp (request->method, "GET") != 0)
    {
      curl_easy_setopt (easy, CURLOPT_POST, 1L);
      curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) (has_body ? g_bytes_get_size (request->body) : 0));
      curl_easy_setopt (easy, CURLOPT_POSTFIELDS, has_body ? g_bytes_get_data (request->body, NULL) : "");
      curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, request->method);
    }
  for (guint i = 0; i < request->headers->len; i++)
    append_header (exchange, g_ptr_array_index (request->headers, i));
  exchange->headers = curl_slist_append (exchange->headers, "Expect:");
  /* libcurl calls every body a form's unless it is told otherwise; a header without a value takes that away. */
  if (!has_header (request, "content-type"))
    exchange->headers = curl_slist_append (exchange->headers, "Content-Type:");
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, exchange->headers);
}

static void
set_up (Exchange *exchange)
{
  CURL *easy = exchange->easy = curl_easy_init ();
  const char *bundle = g_getenv ("AWS_CA_BUNDLE");

  curl_easy_setopt (easy, CURLOPT_PRIVATE, exchange);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt (easy, CURLOPT_PIPEWAIT, 0L);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, "sobremesa/" SOBRE_VERSION);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) CONNECT_TIMEOUT_MS);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, (long) STALL_BYTES_A_SECOND);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, (long) STALL_SECONDS);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) exchange->request->deadline_ms);
  curl_easy_setopt (easy, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t) exchange->request->max_bytes_per_second);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_body_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_header_cb);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, exchange);
  if (bundle != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, bundle);
  set_up_request (exchange);
}

static SobreHttpFailure
judge (const Exchange *exchange, CURLcode code)
{
  if (exchange->too_large)
    return SOBRE_HTTP_FAILURE_TOO_LARGE;
  switch (code)
    {
    case CURLE_OK:
      return SOBRE_HTTP_FAILURE_NONE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return SOBRE_HTTP_FAILURE_TLS;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return SOBRE_HTTP_FAILURE_REFUSED;
    default:
      return SOBRE_HTTP_FAILURE_NETWORK;
    }
}

/* Ends an exchange with what came of it. */
static void
settle (Exchange *exchange, CURLcode code, const char *message)
{
  long status = 0;

  curl_easy_getinfo (exchange->easy, CURLINFO_RESPONSE_CODE, &status);
  exchange->reply->status = (guint) status;
  exchange->reply->failure = judge (exchange, code);
  if (exchange->reply->failure != SOBRE_HTTP_FAILURE_NONE)
    exchange->reply->message = g_strdup (message != NULL ? message : curl_easy_strerror (code));
  exchange->reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  dex_promise_resolve_boxed (exchange->promise, SOBRE_TYPE_HTTP_REPLY, g_steal_pointer (&exchange->reply));
}

static void
reject_cancelled (Exchange *exchange)
{
  dex_promise_reject (exchange->promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));
}

/* What libcurl does not look after: cancelled exchanges, and servers that take a request and never begin to answer. */
static void
look_after (CURLM *multi, GPtrArray *running)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = running->len; i > 0; i--)
    {
      Exchange *exchange = g_ptr_array_index (running, i - 1);
      gboolean cancelled = g_cancellable_is_cancelled (exchange->cancellable);

      if (!cancelled && (exchange->answered || now - exchange->sent_at < FIRST_BYTE_US))
        continue;
      curl_multi_remove_handle (multi, exchange->easy);
      if (cancelled)
        reject_cancelled (exchange);
      else
        settle (exchange, CURLE_OPERATION_TIMEDOUT, _ ("the server did not answer within 20 seconds"));
      g_ptr_array_remove_index_fast (running, i - 1);
    }
}

/* Takes what is queued; FALSE when the thread is to end. */
static gboolean
take_queued (SobreHttp *self, GPtrArray *running, gboolean wait)
{
  Exchange *exchange = wait ? g_async_queue_pop (self->queue) : g_async_queue_try_pop (self->queue);

  for (; exchange != NULL; exchange = g_async_queue_try_pop (self->queue))
    {
      if (exchange->request == NULL)
        {
          exchange_free (exchange);
          return FALSE;
        }
      if (g_cancellable_is_cancelled (exchange->cancellable))
        {
          reject_cancelled (exchange);
          exchange_free (exchange);
          continue;
        }
      set_up (exchange);
      exchange->sent_at = g_get_monotonic_time ();
      curl_multi_add_handle (self->multi, exchange->easy);
      g_ptr_array_add (running, exchange);
    }
  return TRUE;
}

static void
finish_done (SobreHttp *self, GPtrArray *running)
{
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
    {
      CURLcode code = message->data.result;
      Exchange *exchange = NULL;

      if (message->msg != CURLMSG_DONE)
        continue;
      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, &exchange);
      curl_multi_remove_handle (self->multi, exchange->easy);
      settle (exchange, code, NULL);
      g_ptr_array_remove_fast (running, exchange);
    }
}

static gpointer
thread_func (gpointer data)
{
  SobreHttp *self = data;
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (exchange_free);
  int n_running;

  while (take_queued (self, running, running->len == 0))
    {
      curl_multi_perform (self->multi, &n_running);
      finish_done (self, running);
      look_after (self->multi, running);
      if (running->len > 0)
        curl_multi_poll (self->multi, NULL, 0, POLL_MS, NULL);
    }
  for (guint i = 0; i < running->len; i++)
    {
      Exchange *exchange = g_ptr_array_index (running, i);

      curl_multi_remove_handle (self->multi, exchange->easy);
      reject_cancelled (exchange);
    }
  return NULL;
}

static void
start (SobreHttp *self)
{
  g_mutex_lock (&self->mutex);
  if (self->thread == NULL)
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      self->multi = curl_multi_init ();
      curl_multi_setopt (self->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long) MAX_CONNECTIONS_A_HOST);
      self->thread = g_thread_new ("sobre-http", thread_func, self);
    }
  g_mutex_unlock (&self->mutex);
}

DexFuture *
sobre_http_send (SobreHttp *self, SobreHttpRequest *request, GCancellable *cancellable)
{
  Exchange *exchange;
  DexPromise *promise;

  g_return_val_if_fail (SOBRE_IS_HTTP (self), NULL);

  promise = dex_promise_new ();
  if (!sobre_http_url_is_allowed (request->url))
    {
      SobreHttpReply *reply = sobre_http_reply_new ();

      reply->failure = SOBRE_HTTP_FAILURE_REFUSED;
      reply->message = g_strdup (_ ("only https is spoken, and plain http only to this computer"));
      reply->body = g_bytes_new (NULL, 0);
      dex_promise_resolve_boxed (promise, SOBRE_TYPE_HTTP_REPLY, reply);
      return DEX_FUTURE (promise);
    }
  start (self);
  exchange = g_new0 (Exchange, 1);
  exchange->request = sobre_http_request_ref (request);
  exchange->reply = sobre_http_reply_new ();
  exchange->body = g_byte_array_new ();
  exchange->promise = dex_ref (promise);
  exchange->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_async_queue_push (self->queue, exchange);
  curl_multi_wakeup (self->multi);
  return DEX_FUTURE (promise);
}

static void
sobre_http_finalize (GObject *object)
{
  SobreHttp *self = SOBRE_HTTP (object);

  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, g_new0 (Exchange, 1));
      curl_multi_wakeup (self->multi);
      g_thread_join (self->thread);
      curl_multi_cleanup (self->multi);
    }
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (sobre_http_parent_class)->finalize (object);
}

static void
sobre_http_class_init (SobreHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_http_finalize;
}

static void
sobre_http_init (SobreHttp *self)
{
  g_mutex_init (&self->mutex);
  self->queue = g_async_queue_new_full (exchange_free);
}

SobreHttp *
sobre_http_new (void)
{
  return g_object_new (SOBRE_TYPE_HTTP, NULL);
}
