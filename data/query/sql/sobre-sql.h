/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query.h"
#include "query/sql/sobre-sql-source.h"

G_BEGIN_DECLS

#define SOBRE_SQL_N_PARTS 2

/**
 * sobre_sql_run:
 * @query: the text, its parameters, the rows wanted at most
 * @source: where tables are
 * @zones: time zones that are loaded already stay usable when no file can be opened any more
 * @now_ms: for current_date and now()
 * @deadline: microseconds of the monotonic clock; G_MAXINT64 for never
 *
 * Parses, binds and executes a query. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_QUERY_ERROR, or with the source's own error
 */
SobreResultTable *sobre_sql_run (const SobreQuery *query,
                                 SobreSqlSource *source,
                                 SobreSqlZones *zones,
                                 gint64 now_ms,
                                 gint64 deadline,
                                 GError **error);

/** sobre_sql_preload_zones: loads each time zone whose name stands in single quotes in the text or is a parameter's value. */
void sobre_sql_preload_zones (SobreSqlZones *zones, const SobreQuery *query);

G_END_DECLS
