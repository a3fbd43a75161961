/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * sobre_collector_process_start: starts sobremesa-intake for a workspace. The process is tied to its caller by the status pipe: it writes
 * a line a change (program/sobre-intake-status.h has the format), and stops by itself when the reading end is gone. The cards' secret goes
 * to it through a second pipe and is in no argument, environment or file of it.
 * @listen: address and port, as --listen takes them
 * @status: (out) (transfer full): the reading end of the status pipe
 *
 * Returns: (transfer full) (nullable): %NULL with %G_SPAWN_ERROR, %G_UNIX_ERROR, %G_IO_ERROR or %SOBRE_WORKSPACE_ERROR
 */
GSubprocess *
sobre_collector_process_start (SobreWorkspace *workspace, const char *listen, GInputStream **status, GError **error);

/**
 * sobre_collector_process_explain: what kept the process from listening, and what helps.
 * @listen: what it was to listen on
 * @reason: its own word for it, as the status pipe has it
 * @message: what the system said
 *
 * Returns: (transfer full): of %SOBRE_COLLECTOR_ERROR
 */
GError *sobre_collector_process_explain (const char *listen, const char *reason, const char *message);

G_END_DECLS
