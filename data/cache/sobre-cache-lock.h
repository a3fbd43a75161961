/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache.h"

/* Locks between programs: a file that one of them has locked, with the holder's name in it for the others' messages. The system
 * takes a lock back when its holder ends, however it ends. Where a file system has no locks of files, the file's folder is locked. */

/**
 * sobre_cache_lock:
 * @file: (inout): the open lock, or -1: it is opened then, made if it is not there, and stays open
 * @path: where it lies
 *
 * Waits up to 5 seconds for the lock. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR; BUSY names who holds it
 */
gboolean sobre_cache_lock (int *file, const char *path, GError **error);

/** Gives the lock back; the file stays open. */
void sobre_cache_unlock (int file);
