/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-writer.h"
#include "lake/sobre-lake-forget.h"
#include "sync/sobre-sync.h"

/**
 * sobre_sync_open_cache:
 * @forgotten: the ids that do not count
 * @generation: 0 for the current one, else a new one that is built aside
 *
 * Opens the workspace's cache for writing, as sobre_cache_writer_open().
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR
 */
SobreCacheWriter *
sobre_sync_open_cache (SobreWorkspace *workspace, const SobreForgotten *forgotten, guint64 generation, GError **error);

/** SobreSyncPassProgress: called on the writing thread. */
typedef void (*SobreSyncPassFunction) (const SobreSyncProgress *progress, gboolean committed, gpointer user_data);

/**
 * SobreSyncPass:
 * @workspace: what to sync
 * @clock: tells which days of the lake are past their retention
 * @n_forgotten: how many ids did not count when the writer was opened
 * @writer: (nullable): kept from pass to pass, so that watching does not open the cache twice a second
 * @function: hears of progress
 * @cancellable: stops at the next object
 *
 * What the writing thread works with.
 */
typedef struct
{
  SobreWorkspace *workspace;
  SobreClock *clock;
  guint n_forgotten;
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
