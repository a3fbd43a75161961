/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the worker gives up its rights, step by step. */

/** Limits, an empty environment, no new privileges, death with the parent. To be called first. */
void sobre_query_sandbox_begin (void);

/**
 * sobre_query_sandbox_confine:
 * @folder: the cache's; the only files that can be opened from now on lie in it
 *
 * Landlock for files and sockets where the kernel has it, then seccomp with a list of calls: no program can be run, no socket made, no
 * other process signalled. Both hold for the threads that begin later. To be called when everything else is open.
 *
 * Returns: %FALSE when the kernel has no seccomp
 */
gboolean sobre_query_sandbox_confine (const char *folder);

G_END_DECLS
