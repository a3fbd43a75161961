/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "intake/sobre-inbox.h"
#include "sobre-intake-pages.h"

/** SobreIntakeCounts: since the start, but for @connections, which are open now. */
typedef struct
{
  guint64 accepted;
  guint64 refused;
  guint connections;
} SobreIntakeCounts;

/**
 * SobreIntakeSetup: what a server serves; all borrowed for its life.
 * @hosts: (nullable): names that guests may use besides the address they reach
 */
typedef struct
{
  SobreInbox *inbox;
  const SobreIntakePages *pages;
  const char *const *hosts;
} SobreIntakeSetup;

/**
 * SobreIntakeServer:
 *
 * The HTTP side of intake: admits connections, judges heads, gathers bodies up to a limit, and answers when the inbox has decided.
 * It belongs to the thread and main context that made it.
 */
typedef struct _SobreIntakeServer SobreIntakeServer;

/**
 * sobre_intake_server_new:
 * @address: where to listen; port 0 for any
 *
 * Returns: (transfer full) (nullable): a server that accepts guests as soon as the main context runs; %NULL with a GIOError
 */
SobreIntakeServer *sobre_intake_server_new (const SobreIntakeSetup *setup, GInetSocketAddress *address, GError **error);

/** No connection is accepted any more; those that are open are served on. */
void sobre_intake_server_stop (SobreIntakeServer *self);

/** Closes every connection. No #SobreInboxDone may be outstanding. */
void sobre_intake_server_free (SobreIntakeServer *self);

guint sobre_intake_server_get_port (const SobreIntakeServer *self);
SobreIntakeCounts sobre_intake_server_get_counts (const SobreIntakeServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreIntakeServer, sobre_intake_server_free)
