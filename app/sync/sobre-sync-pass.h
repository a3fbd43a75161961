/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-writer.h"
#include "sync/sobre-sync.h"

/** SobreSyncPassProgress: called on the writing thread. */
typedef void (*SobreSyncPassFunction) (const SobreSyncProgress *progress, gboolean committed, gpointer user_data);

/**
 * SobreSyncPass:
 * @workspace: what to sync
 * @writer: (nullable): kept from pass to pass, so that watching does not open the cache twice a second
 * @function: hears of progress
 * @cancellable: stops at the next object
 *
 * What the writing thread works with.
 */
typedef struct
{
  SobreWorkspace *workspace;
  SobreCacheWriter *writer;
  SobreSyncPassFunction function;
  gpointer user_data;
  GCancellable *cancellable;
} SobreSyncPass;

/** One pass over lake and spool. Blocks. Returns: %FALSE with %SOBRE_CACHE_ERROR, %SOBRE_LAKE_ERROR or a GIOError */
gboolean sobre_sync_pass_run (SobreSyncPass *self, SobreSyncFlags flags, SobreSyncReport *report, GError **error);

/**
 * sobre_sync_pass_glance:
 * @changed: (out): whether a new state was committed
 *
 * The cheap pass of watching: what the spool has new; and when it has closed segments, a whole pass. Blocks.
 */
gboolean sobre_sync_pass_glance (SobreSyncPass *self, gboolean *changed, GError **error);

void sobre_sync_pass_clear (SobreSyncPass *self);
