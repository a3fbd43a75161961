/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "intake/sobre-spool-file.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"

/**
 * SobreSpoolLimits:
 * @segment_bytes: a segment of this size is closed
 * @segment_seconds: a segment of this age is closed
 */
typedef struct
{
  guint64 segment_bytes;
  guint segment_seconds;
} SobreSpoolLimits;

#define SOBRE_SPOOL_SEGMENT_BYTES (4 * 1024 * 1024)
#define SOBRE_SPOOL_SEGMENT_SECONDS 60

/**
 * SobreSpoolWriter:
 *
 * Appends lines to the spool on a thread of its own with group commit: while one fdatasync runs, the lines that arrive gather, and
 * the next write and fdatasync take all of them. Segments are closed by size, by age, at UTC midnight and when the writer stops.
 */
typedef struct _SobreSpoolWriter SobreSpoolWriter;

/**
 * SobreSpoolDone:
 * @error: (nullable): a GIOError when the lines are not acknowledged
 *
 * Called once for each append, in the order of sobre_spool_writer_append(), in the main context that was the thread's default
 * where the writer was made. A plain callback and no future: thousands of lines a second share one wake-up, and the
 * process that writes keeps no thread pool.
 */
typedef void (*SobreSpoolDone) (gpointer user_data, const GError *error);

/**
 * sobre_spool_writer_new:
 * @spool: (transfer full): from sobre_spool_open(), recovered
 * @limits: (nullable): %NULL for the usual ones
 *
 * Returns: (transfer full): a running writer
 */
SobreSpoolWriter *sobre_spool_writer_new (int spool, SobreClock *clock, SobreRandom *random, const SobreSpoolLimits *limits);

/**
 * sobre_spool_writer_append:
 * @lines: one record or several, a newline behind each: they become durable together
 * @done: called when they are durable, or cannot be
 *
 * Returns at once. @done is never called before this returns.
 */
void sobre_spool_writer_append (SobreSpoolWriter *self,
                                SobreDataset dataset,
                                const char *lines,
                                gsize length,
                                SobreSpoolDone done,
                                gpointer user_data);

/**
 * sobre_spool_writer_free:
 *
 * Writes what was appended, closes the segments, ends the thread and calls the outstanding #SobreSpoolDone. Blocks.
 */
void sobre_spool_writer_free (SobreSpoolWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSpoolWriter, sobre_spool_writer_free)
