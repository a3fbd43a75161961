/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-service.h"

#include <string.h>

#include "ingest/sobre-wait.h"

struct _FakeService
{
  GSocketService *service;
  char *endpoint;
  FakeServiceFunction function; /* NULL when the test is over */
  gpointer user_data;
  GMutex mutex; /* guards n and function, and makes requests come one at a time */
  guint n;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

static char *
read_head (GDataInputStream *stream)
{
  GString *head = g_string_new (NULL);

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);

      if (line == NULL || line[0] == '\0' || line[0] == '\r')
        break;
      g_string_append_printf (head, "%s\n", line);
    }
  return g_string_free_and_steal (head);
}

char *
fake_service_dup_header (const char *head, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strstrip (lines[i] + length + 1));
  return NULL;
}

/* A client that was cancelled goes in the middle of a request, or before it: nobody is asked then. */
static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  FakeService *self = user_data;
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autofree char *head = NULL;
  g_autofree char *length = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GString) reply = g_string_new (NULL);
  gsize n = 0;
  gsize n_read = 0;

  g_data_input_stream_set_newline_type (stream, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  head = read_head (stream);
  length = fake_service_dup_header (head, "content-length");
  n = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  body = g_malloc0 (n + 1);
  g_input_stream_read_all (G_INPUT_STREAM (stream), body, n, &n_read, NULL, NULL);
  g_mutex_lock (&self->mutex);
  if (*head != '\0' && n_read == n && self->function != NULL)
    self->function (++self->n, head, body, reply, self->user_data);
  g_mutex_unlock (&self->mutex);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), reply->str, reply->len, NULL, NULL,
                             NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static void
release (gpointer data)
{
  FakeService *self = data;

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->endpoint);
}

/* Connections have threads of their own, which hold the listening service while they run: with it goes this hold on ours. */
static void
release_cb (gpointer data, GClosure *closure)
{
  g_atomic_rc_box_release_full (data, release);
}

static gpointer
thread_func (gpointer data)
{
  FakeService *self = data;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &bound, &error);
  g_assert_no_error (error);
  g_signal_connect_data (self->service, "run", G_CALLBACK (run_cb), g_atomic_rc_box_acquire (self), release_cb,
                         G_CONNECT_DEFAULT);
  g_socket_service_start (self->service);
  g_mutex_lock (&self->mutex);
  self->endpoint = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_mutex_unlock (&self->mutex);
  g_main_loop_run (self->loop);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

FakeService *
fake_service_new (FakeServiceFunction function, gpointer user_data)
{
  FakeService *self = g_atomic_rc_box_new0 (FakeService);
  gboolean ready = FALSE;

  self->function = function;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("fake-service", thread_func, self);
  while (!ready)
    {
      g_usleep (1000);
      g_mutex_lock (&self->mutex);
      ready = self->endpoint != NULL;
      g_mutex_unlock (&self->mutex);
    }
  return self;
}

void
fake_service_free (FakeService *self)
{
  g_main_loop_quit (self->loop);
  g_main_context_wakeup (self->context);
  g_thread_join (self->thread);
  g_mutex_lock (&self->mutex);
  self->function = NULL;
  g_mutex_unlock (&self->mutex);
  g_atomic_rc_box_release_full (self, release);
}

const char *
fake_service_get_endpoint (FakeService *self)
{
  return self->endpoint;
}

guint
fake_service_get_n_requests (FakeService *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n;
  g_mutex_unlock (&self->mutex);
  return n;
}

void
fake_service_append (GString *reply, guint status, const char *headers, const char *body)
{
  g_string_append_printf (reply, "HTTP/1.1 %u X\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
                          status, strlen (body), headers != NULL ? headers : "", body);
}

/* Keys that are others once they were renewed, unless they stay. */

typedef struct
{
  GObject parent_instance;

  gboolean stays;
  gint n_renewed; /* atomic */
} FixedProvider;

typedef GObjectClass FixedProviderClass;

static GType fixed_provider_get_type (void);

static DexFuture *
fixed_provide (SobreCredentialsProvider *provider)
{
  FixedProvider *self = (FixedProvider *) provider;
  const char *id = self->stays || g_atomic_int_get (&self->n_renewed) == 0 ? "AKIDEXAMPLE" : "AKIDRENEWED";

  return dex_future_new_take_boxed (
      SOBRE_TYPE_CREDENTIALS,
      sobre_credentials_new (id, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", NULL, SOBRE_CREDENTIALS_NEVER, "test"));
}

static void
fixed_renew (SobreCredentialsProvider *provider, const SobreCredentials *refused)
{
  g_atomic_int_inc (&((FixedProvider *) provider)->n_renewed);
}

static void
fixed_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = fixed_provide;
  iface->renew = fixed_renew;
}

G_DEFINE_TYPE_WITH_CODE (FixedProvider,
                         fixed_provider,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, fixed_iface_init))

static void
fixed_provider_class_init (FixedProviderClass *klass)
{
}

static void
fixed_provider_init (FixedProvider *self)
{
}

SobreCredentialsProvider *
fixed_provider_new (void)
{
  return g_object_new (fixed_provider_get_type (), NULL);
}

void
fixed_provider_stay (SobreCredentialsProvider *provider)
{
  ((FixedProvider *) provider)->stays = TRUE;
}

guint
fixed_provider_get_n_renewed (SobreCredentialsProvider *provider)
{
  return (guint) g_atomic_int_get (&((FixedProvider *) provider)->n_renewed);
}

SobreAwsMeans *
fake_means_new (gint64 now_ms)
{
  SobreAwsMeans *self = g_new0 (SobreAwsMeans, 1);

  self->http = sobre_http_new ();
  self->clock = sobre_manual_clock_new (now_ms);
  self->random = sobre_seeded_random_new (7);
  return self;
}

void
fake_means_free (SobreAwsMeans *self)
{
  g_object_unref (self->http);
  g_object_unref (self->clock);
  g_object_unref (self->random);
  g_free (self);
}

const GValue *
wait_for (DexFuture *future, GError **error)
{
  return sobre_wait_for_future (future, error);
}
