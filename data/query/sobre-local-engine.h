/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-clock.h"
#include "query/sobre-query-engine.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_LOCAL_ENGINE (sobre_local_engine_get_type ())

/**
 * SobreLocalEngine:
 *
 * Answers queries from the cache. Each query runs in a sobremesa-query process of its own, which is killed when the query is
 * cancelled or its time is over; whatever a query does, it cannot reach this process.
 */
G_DECLARE_FINAL_TYPE (SobreLocalEngine, sobre_local_engine, SOBRE, LOCAL_ENGINE, GObject)

/**
 * sobre_local_engine_new:
 * @program: (nullable): the worker; %NULL for the installed sobremesa-query
 * @cache_folder: from sobre_cache_folder_for_workspace()
 * @clock: what now() reads where the query does not say
 */
SobreLocalEngine *sobre_local_engine_new (const char *program, const char *cache_folder, SobreClock *clock);

/**
 * sobre_local_engine_run_sync:
 *
 * Blocks. What sobre_query_engine_run() does on a pool thread.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_QUERY_ERROR or %G_IO_ERROR_CANCELLED
 */
SobreResultTable *
sobre_local_engine_run_sync (SobreLocalEngine *self, SobreQuery *query, GCancellable *cancellable, GError **error);

G_END_DECLS
