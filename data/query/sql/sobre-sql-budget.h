/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "query/sobre-query-error.h"

G_BEGIN_DECLS

/**
 * SobreSqlBudget:
 *
 * What a query may use: time until a deadline of the monotonic clock, and memory. Every loop whose length the data or the query
 * decides spends from it. Shared by the query's threads.
 */
typedef struct
{
  gint64 deadline; /* microseconds of g_get_monotonic_time(); G_MAXINT64 for never */
  gint64 max_memory;
  gint64 memory; /* atomic */
} SobreSqlBudget;

#define SOBRE_SQL_MAX_MEMORY (G_GINT64_CONSTANT (192) << 20)
#define SOBRE_SQL_MAX_SCRATCH ((gsize) 64 << 20)

/** sobre_sql_budget_check_time: Returns: %FALSE with SOBRE_QUERY_ERROR_TIMEOUT when the deadline has passed */
gboolean sobre_sql_budget_check_time (SobreSqlBudget *self, GError **error);

/** sobre_sql_budget_take: Returns: %FALSE with SOBRE_QUERY_ERROR_LIMIT when @bytes more are too many */
gboolean sobre_sql_budget_take (SobreSqlBudget *self, gint64 bytes, GError **error);
void sobre_sql_budget_give_back (SobreSqlBudget *self, gint64 bytes);

G_END_DECLS
