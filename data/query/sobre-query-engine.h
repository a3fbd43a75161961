/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "query/sobre-query.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_QUERY_ENGINE (sobre_query_engine_get_type ())

/** SobreQueryEngine: answers queries: SobreLocalEngine from the cache, SobreAthenaEngine from the lake in S3. */
G_DECLARE_INTERFACE (SobreQueryEngine, sobre_query_engine, SOBRE, QUERY_ENGINE, GObject)

struct _SobreQueryEngineInterface
{
  GTypeInterface parent_iface;

  DexFuture *(*run) (SobreQueryEngine *self, SobreQuery *query, GCancellable *cancellable);
};

/**
 * sobre_query_engine_run:
 * @query: must not change any more
 * @cancellable: (nullable)
 *
 * Returns: (transfer full): resolves to a SobreResultTable, or rejects with %SOBRE_QUERY_ERROR (see
 *   sobre_query_error_get_position()) or %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_query_engine_run (SobreQueryEngine *self, SobreQuery *query, GCancellable *cancellable);

G_END_DECLS
