/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-query-engine.h"

G_DEFINE_INTERFACE (SobreQueryEngine, sobre_query_engine, G_TYPE_OBJECT)

static void
sobre_query_engine_default_init (SobreQueryEngineInterface *iface)
{
}

DexFuture *
sobre_query_engine_run (SobreQueryEngine *self, SobreQuery *query, GCancellable *cancellable)
{
  g_return_val_if_fail (SOBRE_IS_QUERY_ENGINE (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  return SOBRE_QUERY_ENGINE_GET_IFACE (self)->run (self, query, cancellable);
}
