/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-id.h"
#include "model/sobre-record.h"

/**
 * SobreSpoolFile:
 *
 * The open spool segment of one dataset (lake/sobre-spool.h has the format). All of it blocks; it belongs to one thread.
 */
typedef struct _SobreSpoolFile SobreSpoolFile;

/**
 * sobre_spool_open:
 * @folder: the spool; made with mode 0700 when it is not there
 *
 * Opens the spool's folder and locks it (flock), so that one intake at a time writes there.
 *
 * Returns: a descriptor, which holds the lock; -1 with a GIOError, %G_IO_ERROR_BUSY when another intake has the spool
 */
int sobre_spool_open (const char *folder, GError **error);

/** SobreSpoolLine: called with each whole line found at the start, without its newline. */
typedef void (*SobreSpoolLine) (SobreDataset dataset, const char *line, gsize length, gpointer user_data);

/**
 * sobre_spool_recover:
 * @spool: from sobre_spool_open()
 * @line: (nullable): takes every line that the spool holds, segments in name order
 *
 * Puts a spool in order that a killed intake or a power loss left: of each open segment the torn last line is cut off and what
 * remains is made durable and closed; empty segments are removed.
 *
 * Returns: %FALSE with a GIOError
 */
gboolean sobre_spool_recover (int spool, SobreSpoolLine line, gpointer user_data, GError **error);

/**
 * sobre_spool_file_create:
 * @spool: from sobre_spool_open()
 * @dt: the UTC day that the segment begins on, days since the epoch
 * @id: the segment's name
 *
 * Returns: (transfer full) (nullable): an empty segment whose name is durable; %NULL with a GIOError
 */
SobreSpoolFile *sobre_spool_file_create (int spool, SobreDataset dataset, gint32 dt, const SobreId *id, GError **error);

/**
 * sobre_spool_file_append:
 * @lines: whole lines, newlines included
 *
 * Appends @lines and makes them durable. After an error nothing of @lines counts and the descriptor is not to be trusted (a second
 * fsync after a failed one may lie): only sobre_spool_file_close() may follow.
 *
 * Returns: %FALSE with a GIOError
 */
gboolean sobre_spool_file_append (SobreSpoolFile *self, const guint8 *lines, gsize length, GError **error);

/** Bytes that are durable. */
guint64 sobre_spool_file_get_size (const SobreSpoolFile *self);
gint32 sobre_spool_file_get_dt (const SobreSpoolFile *self);

/**
 * sobre_spool_file_close:
 * @self: (transfer full): a segment
 *
 * Closes the segment at its last durable byte, or removes it when it is empty. What an error leaves behind is put in order by the
 * next sobre_spool_recover().
 *
 * Returns: %FALSE with a GIOError
 */
gboolean sobre_spool_file_close (SobreSpoolFile *self, GError **error);
