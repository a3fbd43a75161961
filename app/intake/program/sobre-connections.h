/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-clock.h"

/* At once, altogether and from one address. A guest's network behind one address still works: who idles longest makes room. */
#define SOBRE_CONNECTIONS_MAX 64
#define SOBRE_CONNECTIONS_PER_ADDRESS 8

/* Milliseconds that a guest may take: between two requests; for one whole request; to take the answer; to close after a refusal. */
#define SOBRE_CONNECTION_IDLE_MS 15000
#define SOBRE_CONNECTION_REQUEST_MS 10000
#define SOBRE_CONNECTION_ANSWER_MS 10000
#define SOBRE_CONNECTION_LINGER_MS 2000

/* Requests that one connection may carry. */
#define SOBRE_CONNECTION_REQUESTS 1000

/** SobreConnection: one guest's connection, as long as its stream lives. */
typedef struct _SobreConnection SobreConnection;

/**
 * SobreConnections:
 *
 * Who is connected, and for how long they may be. The HTTP library has neither caps nor time limits of its own: each connection is
 * admitted here first, has a deadline at every moment, and is shut down at its socket when that has passed.
 */
typedef struct _SobreConnections SobreConnections;

SobreConnections *sobre_connections_new (SobreClock *clock);

/** Shuts every connection down. */
void sobre_connections_free (SobreConnections *self);

/**
 * sobre_connections_admit:
 * @stream: a connection just accepted
 * @remote: its other end; the object itself is what sobre_connections_find() finds the connection by
 *
 * Returns: (transfer none) (nullable): %NULL when there is no room for another from this address, or at all
 */
SobreConnection *sobre_connections_admit (SobreConnections *self, GSocketConnection *stream, GSocketAddress *remote);
SobreConnection *sobre_connections_find (SobreConnections *self, GSocketAddress *remote);
guint sobre_connections_get_count (const SobreConnections *self);

/** A request begins. Returns: whether another may follow it on this connection */
gboolean sobre_connection_begin (SobreConnection *self);

/** The request is read and waits for the disk: no deadline until sobre_connection_answer(). */
void sobre_connection_wait (SobreConnection *self);
void sobre_connection_answer (SobreConnection *self);
void sobre_connection_idle (SobreConnection *self);

/**
 * sobre_connection_refuse:
 * @response: a whole HTTP response
 *
 * Answers behind the HTTP library's back, which would read the rest of the request first, and closes the sending side. What the
 * guest still sends is read and dropped for a moment, so that the answer is not lost to a reset.
 */
void sobre_connection_refuse (SobreConnection *self, const char *response, gsize length);
