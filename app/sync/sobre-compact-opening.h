/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3-lake.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* Whoever writes raw objects of earlier days has those days read from their raw files first, and their Parquet files removed: wherever it ends then, the views
 * say what the lake says. Nobody compacts meanwhile. In a bucket that was never compacted there is nothing to do. */

typedef struct _SobreCompactOpening SobreCompactOpening;

/** sobre_compact_opening_new: @workspace, @lake, @cancellable: borrowed. Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR */
SobreCompactOpening *
sobre_compact_opening_new (SobreWorkspace *workspace, SobreS3Lake *lake, GCancellable *cancellable, GError **error);
void sobre_compact_opening_free (SobreCompactOpening *self);

/**
 * sobre_compact_opening_add:
 * @days: (element-type gint32): days since the epoch, whose raw objects are about to be written; those that are not closed yet are let pass
 *
 * Keeps others from compacting, and opens days. Blocks; not on a thread of the pool.
 *
 * Returns: %FALSE with %SOBRE_COMPACT_ERROR, where %SOBRE_COMPACT_ERROR_BUSY says that somebody compacts, %SOBRE_AWS_ERROR, %SOBRE_LAKE_ERROR or G_IO_ERROR_CANCELLED;
 *   nothing may be written then
 */
gboolean sobre_compact_opening_add (SobreCompactOpening *self, GArray *days, GError **error);

/**
 * sobre_compact_opening_end:
 *
 * To be called once everything is written, or nothing more is. Whoever took longer than an hour, and was compacted behind meanwhile, has those days opened again.
 * Blocks; not on a thread of the pool.
 *
 * Returns: %FALSE as sobre_compact_opening_add(); the next compaction finds those days itself
 */
gboolean sobre_compact_opening_end (SobreCompactOpening *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCompactOpening, sobre_compact_opening_free)

G_END_DECLS
