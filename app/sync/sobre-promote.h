/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3-lake.h"
#include "lake/sobre-dir-lake.h"
#include "sync/sobre-compact-opening.h"

G_BEGIN_DECLS

/** SobrePromoteReport: @sent: objects that the bucket did not have · @sent_bytes: their size */
typedef struct
{
  guint64 sent;
  guint64 sent_bytes;
} SobrePromoteReport;

/** Called on the calling thread after each object. */
typedef void (*SobrePromoteFunction) (guint64 done_bytes, guint64 total_bytes, gpointer user_data);

/**
 * sobre_promote_choose:
 * @here: (element-type SobreLakeObject): what the folder has
 * @there: (element-type SobreLakeObject): what the bucket has
 *
 * Returns: (transfer container) (element-type SobreLakeObject): what of @here is under no key of @there
 */
GPtrArray *sobre_promote_choose (GPtrArray *here, GPtrArray *there);

/**
 * sobre_promote:
 * @from: the lake in the workspace's folder
 * @to: the lake in the bucket
 * @objects: (element-type SobreLakeObject): what the folder has and the bucket has not
 * @there: (element-type SobreLakeObject): the objects that are sent are added, in any order, with the bucket's etags
 * @opening: opens the days that get objects; not ended
 * @function: (nullable): hears of the progress
 * @cancellable: (nullable): what was sent by then stays; the next run goes on
 *
 * Copies the objects under the same keys and with the same bytes: each is made only where there is none, and S3 compares its
 * SHA-256. What is there by now has to be the same object. Nothing is removed from the folder. Blocks.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR, where %SOBRE_LAKE_ERROR_DAMAGED names an object that is another one in the bucket, what
 *   sobre_compact_opening_add() says, or %G_IO_ERROR_CANCELLED
 */
gboolean sobre_promote (SobreDirLake *from,
                        SobreS3Lake *to,
                        GPtrArray *objects,
                        GPtrArray *there,
                        SobreCompactOpening *opening,
                        SobrePromoteFunction function,
                        gpointer user_data,
                        GCancellable *cancellable,
                        SobrePromoteReport *report,
                        GError **error);

G_END_DECLS
