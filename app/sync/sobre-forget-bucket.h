/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3-lake.h"
#include "lake/sobre-lake-forget.h"
#include "sync/sobre-compact-opening.h"

G_BEGIN_DECLS

/**
 * sobre_forget_in_bucket:
 * @opening: opens the days whose objects are written anew; not ended
 * @report: is added to: an object that cannot be read, or that somebody else has changed meanwhile, is among the unreadable ones
 * @cancellable: (nullable): what was written anew by then stays
 *
 * Takes one record out of a lake in a bucket, after sobre_lake_forget() has written its tombstone: reads every object, and writes those that hold it anew under
 * the condition that they are still what was read. What else a bucket has of it is for sobre_forget_traces(). Blocks; not on a thread of the pool.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR_UNAVAILABLE, what sobre_compact_opening_add() says, or %G_IO_ERROR_CANCELLED; another run does the rest
 */
gboolean sobre_forget_in_bucket (SobreS3Lake *bucket,
                                 const SobreId *id,
                                 SobreCompactOpening *opening,
                                 SobreForgetReport *report,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
