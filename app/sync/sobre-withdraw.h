/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/** SobreWithdrawn: how many objects of an import the workspace's folder had, and the bucket */
typedef struct
{
  guint n_of_folder;
  guint n_of_bucket;
} SobreWithdrawn;

/**
 * sobre_withdraw_import:
 * @batch: what sobre_import_writer_publish() gave
 * @withdrawn: (out): what there was
 * @cancellable: (nullable): what was removed by then stays removed
 *
 * Takes an import out of the lake: out of the workspace's folder and, where the lake is a bucket, out of that, whose days it opens. A sync takes it out of the
 * figures; where the lake is a bucket only a full one sees that something is gone. Blocks; not on a thread of the pool.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR, %SOBRE_LAKE_ERROR_GONE where the lake has nothing of that import, %SOBRE_AWS_ERROR, what
 *   sobre_compact_opening_add() says, or %G_IO_ERROR_CANCELLED; another run does the rest
 */
gboolean sobre_withdraw_import (SobreWorkspace *workspace,
                                const char *batch,
                                SobreWithdrawn *withdrawn,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
