/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "intake/sobre-lan-addresses.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_COLLECTOR_DEFAULT_LISTEN "0.0.0.0:8080"

#define SOBRE_COLLECTOR_ERROR (sobre_collector_error_quark ())
GQuark sobre_collector_error_quark (void);

/**
 * SobreCollectorError:
 * @SOBRE_COLLECTOR_ERROR_PORT_TAKEN: another program listens there; the message names a port to try
 * @SOBRE_COLLECTOR_ERROR_ADDRESS: the address is none of this computer's, is no address, or its port needs more rights
 * @SOBRE_COLLECTOR_ERROR_SPOOL: the spool cannot be written, or another intake has it
 * @SOBRE_COLLECTOR_ERROR_FAILED: the program could not be started, or ended without being asked
 */
typedef enum
{
  SOBRE_COLLECTOR_ERROR_PORT_TAKEN,
  SOBRE_COLLECTOR_ERROR_ADDRESS,
  SOBRE_COLLECTOR_ERROR_SPOOL,
  SOBRE_COLLECTOR_ERROR_FAILED,
} SobreCollectorError;

/** SobreCollectorState: what the intake of a workspace is doing. After FAILED it may be started again. */
typedef enum
{
  SOBRE_COLLECTOR_STOPPED,
  SOBRE_COLLECTOR_STARTING,
  SOBRE_COLLECTOR_LISTENING,
  SOBRE_COLLECTOR_FAILED,
} SobreCollectorState;

#define SOBRE_TYPE_COLLECTOR_STATE (sobre_collector_state_get_type ())
GType sobre_collector_state_get_type (void);

#define SOBRE_TYPE_COLLECTOR (sobre_collector_get_type ())

/**
 * SobreCollector:
 *
 * Runs sobremesa-intake for a workspace and says how it is. It belongs to the thread that made it, whose main context has to run.
 * Dropping the last reference stops the process; an answer that it acknowledged is on disk by then.
 *
 * Properties, all read-only and notified: "state" (SobreCollectorState), "port" (uint, 0 unless listening), "accepted" (uint64,
 * answers since the start), "refused" (uint64), "base-url" (string, nullable), "message" (string, nullable: why it failed,
 * translated), "warning" (string, nullable: what the owner should know while it runs, translated).
 */
G_DECLARE_FINAL_TYPE (SobreCollector, sobre_collector, SOBRE, COLLECTOR, GObject)

SobreCollector *sobre_collector_new (SobreWorkspace *workspace);

/**
 * sobre_collector_start:
 * @listen: (nullable): ADDR:PORT, an IPv6 address in brackets, port 0 for any; %NULL for %SOBRE_COLLECTOR_DEFAULT_LISTEN
 *
 * Starts the process. While it starts or listens already, the running one's future is given.
 *
 * Returns: (transfer full): resolves to %TRUE when guests can be served, or rejects with %SOBRE_COLLECTOR_ERROR
 */
DexFuture *sobre_collector_start (SobreCollector *self, const char *listen);

/**
 * sobre_collector_stop:
 *
 * Asks the process to stop: it answers what it has begun, closes its spool segment and ends, within 3 seconds or it is killed.
 *
 * Returns: (transfer full): resolves to %TRUE when the process is gone; at once when there is none
 */
DexFuture *sobre_collector_stop (SobreCollector *self);

/**
 * sobre_collector_restart:
 *
 * Stops the process and starts it again where it listened, so that it serves what the workspace's files hold now. Guests who send meanwhile
 * try again by themselves.
 *
 * Returns: (transfer full): as sobre_collector_start(); resolves at once where nothing listens
 */
DexFuture *sobre_collector_restart (SobreCollector *self);

SobreCollectorState sobre_collector_get_state (SobreCollector *self);

/** Why the state is FAILED: in %SOBRE_COLLECTOR_ERROR, translated. (transfer none) (nullable) */
const GError *sobre_collector_get_error (SobreCollector *self);

/** The port it listens on; 0 unless it does. */
guint sobre_collector_get_port (SobreCollector *self);

/** New answers stored since the start; repeated ones do not count. */
guint64 sobre_collector_get_accepted (SobreCollector *self);

/** Requests turned down since the start: broken rules, foreign hosts, connections over the cap. */
guint64 sobre_collector_get_refused (SobreCollector *self);

/**
 * sobre_collector_dup_base_url:
 *
 * What a card's address begins with, in upper case as the codes hold it: "HTTP://192.168.1.20:8080". The workspace's guest_url when
 * it has one.
 *
 * Returns: (transfer full) (nullable): %NULL unless it listens
 */
char *sobre_collector_dup_base_url (SobreCollector *self);

/**
 * sobre_collector_dup_warning:
 *
 * What the owner should know while guests are served: the printed cards lead to another address than this one (X3), or no
 * address of this computer can be reached by guests.
 *
 * Returns: (transfer full) (nullable): translated
 */
char *sobre_collector_dup_warning (SobreCollector *self);

G_END_DECLS
