/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "session/sobre-relay.h"
#include "sync/sobre-rejects.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* What the gate in AWS refused of what guests sent to the stack of a workspace. Files and network off the main thread. */

/** SobreRejectsProgress: how far reading has come: objects, records in them, and those of them that are in the lake now */
typedef struct
{
  guint64 objects;
  guint64 records;
  guint64 replayed;
} SobreRejectsProgress;

/**
 * sobre_rejects_desk_read:
 * @replay: whether the workspace is synced, and what passes now brought to the lake, see sobre_rejects_read()
 * @clock: says which day it is
 * @relay: is sent a SobreRejectsProgress after each object, to be freed by g_free()
 *
 * Returns: (transfer full): a future of a SobreRejects; rejects with %SOBRE_STACK_ERROR, %SOBRE_WORKSPACE_ERROR, %SOBRE_AWS_ERROR, an error of the sync or %G_IO_ERROR_CANCELLED, after which what was brought to
 *   the lake stays there
 */
DexFuture *sobre_rejects_desk_read (SobreWorkspace *workspace,
                                    gboolean replay,
                                    SobreClock *clock,
                                    SobreRelay *relay,
                                    GCancellable *cancellable);

/** sobre_rejects_desk_reads_lake: @bucket: (nullable): of the stack. Returns: whether the figures of @workspace come from there */
gboolean sobre_rejects_desk_reads_lake (SobreWorkspace *workspace, const char *bucket);

G_END_DECLS
