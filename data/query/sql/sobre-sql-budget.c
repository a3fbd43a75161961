/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-budget.h"

gboolean
sobre_sql_budget_check_time (SobreSqlBudget *self, GError **error)
{
  if (self->deadline == G_MAXINT64 || g_get_monotonic_time () < self->deadline)
    return TRUE;
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TIMEOUT, SOBRE_SQL_NOWHERE, "the query took too long and was stopped");
}

gboolean
sobre_sql_budget_take (SobreSqlBudget *self, gint64 bytes, GError **error)
{
  if (__atomic_add_fetch (&self->memory, bytes, __ATOMIC_RELAXED) <= self->max_memory)
    return TRUE;
  __atomic_sub_fetch (&self->memory, bytes, __ATOMIC_RELAXED);
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE,
                                "the query needs more than %" G_GINT64_FORMAT
                                " MiB of memory: ask for fewer groups, rows or columns",
                                self->max_memory >> 20);
}

void
sobre_sql_budget_give_back (SobreSqlBudget *self, gint64 bytes)
{
  __atomic_sub_fetch (&self->memory, bytes, __ATOMIC_RELAXED);
}
