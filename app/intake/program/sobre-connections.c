/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-connections.h"

#define TICK_MS 250

struct _SobreConnection
{
  SobreConnections *all;
  /* Not owned: gone when stream_gone_cb() is called. */
  GObject *stream;
  GSocket *socket;
  GSocketAddress *remote;
  GInetAddress *address;
  gint64 deadline;
  gint64 idle_since;
  guint n_requests;
  gboolean busy;
  gboolean closing;
};

struct _SobreConnections
{
  SobreClock *clock;
  /* GSocketAddress object → SobreConnection. */
  GHashTable *by_remote;
  GSource *tick;
};

static void
connection_free (gpointer data)
{
  SobreConnection *connection = data;

  g_object_unref (connection->socket);
  g_object_unref (connection->remote);
  g_object_unref (connection->address);
  g_free (connection);
}

/* The stream's own close follows when the HTTP library sees the end. */
static void
shut_down (SobreConnection *connection)
{
  connection->closing = TRUE;
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

static void
set_deadline (SobreConnection *connection, guint milliseconds)
{
  if (!connection->closing)
    connection->deadline = sobre_clock_monotonic (connection->all->clock) + milliseconds * G_GINT64_CONSTANT (1000);
}

static gboolean
tick_cb (gpointer user_data)
{
  SobreConnections *self = user_data;
  gint64 now = sobre_clock_monotonic (self->clock);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_remote);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SobreConnection *connection = value;

      if (now >= connection->deadline)
        shut_down (connection);
    }
  if (g_hash_table_size (self->by_remote) > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->tick, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
start_tick (SobreConnections *self)
{
  if (self->tick != NULL)
    return;
  self->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

SobreConnections *
sobre_connections_new (SobreClock *clock)
{
  SobreConnections *self = g_new0 (SobreConnections, 1);

  self->clock = g_object_ref (clock);
  self->by_remote = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, connection_free);
  return self;
}

static void
stream_gone_cb (gpointer data, GObject *stream)
{
  SobreConnection *connection = data;

  g_hash_table_remove (connection->all->by_remote, connection->remote);
}

void
sobre_connections_free (SobreConnections *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_remote);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SobreConnection *connection = value;

      g_object_weak_unref (connection->stream, stream_gone_cb, connection);
      shut_down (connection);
    }
  if (self->tick != NULL)
    {
      g_source_destroy (self->tick);
      g_source_unref (self->tick);
    }
  g_hash_table_unref (self->by_remote);
  g_object_unref (self->clock);
  g_free (self);
}

static SobreConnection *
find_idlest (SobreConnections *self, GInetAddress *address, guint *n_open)
{
  SobreConnection *idlest = NULL;
  GHashTableIter iter;
  gpointer value;

  *n_open = 0;
  g_hash_table_iter_init (&iter, self->by_remote);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SobreConnection *connection = value;

      if (connection->closing || (address != NULL && !g_inet_address_equal (address, connection->address)))
        continue;
      (*n_open)++;
      if (!connection->busy && (idlest == NULL || connection->idle_since < idlest->idle_since))
        idlest = connection;
    }
  return idlest;
}

/* Whether one more fits below max, the idlest connection going if it has to. */
static gboolean
make_room (SobreConnections *self, GInetAddress *address, guint max)
{
  guint n_open;
  SobreConnection *idlest = find_idlest (self, address, &n_open);

  if (n_open < max)
    return TRUE;
  if (idlest == NULL)
    return FALSE;
  shut_down (idlest);
  return TRUE;
}

SobreConnection *
sobre_connections_admit (SobreConnections *self, GSocketConnection *stream, GSocketAddress *remote)
{
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  SobreConnection *connection;

  /* Those that close still hold a descriptor until the main loop comes round. */
  if (g_hash_table_size (self->by_remote) >= SOBRE_CONNECTIONS_MAX + SOBRE_CONNECTIONS_MAX / 4 ||
      !make_room (self, address, SOBRE_CONNECTIONS_PER_ADDRESS) || !make_room (self, NULL, SOBRE_CONNECTIONS_MAX))
    return NULL;
  connection = g_new0 (SobreConnection, 1);
  connection->all = self;
  connection->stream = G_OBJECT (stream);
  connection->socket = g_object_ref (g_socket_connection_get_socket (stream));
  connection->remote = g_object_ref (remote);
  connection->address = g_object_ref (address);
  g_hash_table_insert (self->by_remote, remote, connection);
  g_object_weak_ref (G_OBJECT (stream), stream_gone_cb, connection);
  sobre_connection_idle (connection);
  start_tick (self);
  return connection;
}

SobreConnection *
sobre_connections_find (SobreConnections *self, GSocketAddress *remote)
{
  return g_hash_table_lookup (self->by_remote, remote);
}

guint
sobre_connections_get_count (const SobreConnections *self)
{
  return g_hash_table_size (self->by_remote);
}

gboolean
sobre_connection_begin (SobreConnection *self)
{
  self->busy = TRUE;
  self->n_requests++;
  set_deadline (self, SOBRE_CONNECTION_REQUEST_MS);
  return self->n_requests < SOBRE_CONNECTION_REQUESTS;
}

void
sobre_connection_wait (SobreConnection *self)
{
  if (!self->closing)
    self->deadline = G_MAXINT64;
}

void
sobre_connection_answer (SobreConnection *self)
{
  set_deadline (self, SOBRE_CONNECTION_ANSWER_MS);
}

void
sobre_connection_idle (SobreConnection *self)
{
  self->busy = FALSE;
  self->idle_since = sobre_clock_monotonic (self->all->clock);
  set_deadline (self, SOBRE_CONNECTION_IDLE_MS);
}

void
sobre_connection_refuse (SobreConnection *self, const char *response, gsize length)
{
  /* One short segment into an empty send buffer: it is taken whole or the guest is gone. */
  g_socket_send_with_blocking (self->socket, response, length, FALSE, NULL, NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  set_deadline (self, SOBRE_CONNECTION_LINGER_MS);
  self->closing = TRUE;
}
