/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* What the process gives up before it talks to strangers. Sanitizers need what is given up here (they read /proc and reserve
 * terabytes), so a sanitized build only does what sobre_sandbox_begin() does. */

/**
 * sobre_sandbox_begin:
 *
 * Empties the environment, forbids core dumps, being traced and new privileges, and sets the umask to 077. Called first.
 */
void sobre_sandbox_begin (void);

/**
 * sobre_sandbox_restrict_files:
 * @spool: the spool, which exists
 * @menu: a descriptor of the folder of the published menus; -1 for none
 *
 * From here on the calling thread and those it makes can open files below @spool, read those below @menu and nothing else, connect to nothing, and signal
 * nobody else (Landlock, as far as the kernel has it). Limits descriptors and address space. Called before there are threads.
 *
 * Returns: the version of Landlock in force, 0 for none
 */
guint sobre_sandbox_restrict_files (const char *spool, int menu);

/**
 * sobre_sandbox_restrict_calls:
 *
 * From here on every thread of the process has only the system calls that serving and storing need (seccomp); others fail with EPERM,
 * and those that start another program kill it. Called when all threads have been made and the server listens.
 *
 * Returns: whether the kernel took the filter
 */
gboolean sobre_sandbox_restrict_calls (void);
