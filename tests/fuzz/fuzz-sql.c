/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* SQL that the grammar takes is written as SQL that parses to the same tree; and whatever parses can be bound, is refused by name or is
 * stopped when its time is over. */

#include <string.h>

#include "query/sql/sobre-sql-ast.h"
#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-plan.h"

#define TIME_LIMIT (2 * G_USEC_PER_SEC)

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *sql = g_strndup ((const char *) data, size);
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  g_autoptr (SobreQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const SobreSqlSelect *select = sobre_sql_parse (sql, strlen (sql), arena, &error);
  const SobreSqlSelect *again;
  SobreSqlBudget budget = { .max_memory = SOBRE_SQL_MAX_MEMORY };

  g_assert_cmpint (select == NULL, ==, error != NULL);
  if (select == NULL)
    {
      g_assert_true (error->domain == SOBRE_QUERY_ERROR);
      return 0;
    }
  text = sobre_sql_format (select);
  again = sobre_sql_parse (text, strlen (text), arena, &error);
  /* Brackets that make the tree plain can make the text longer or deeper than what is taken. */
  if (again == NULL)
    g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_LIMIT);
  else
    g_assert_true (sobre_sql_select_equal (select, again));
  g_clear_error (&error);

  query = sobre_query_new (sql);
  budget.deadline = g_get_monotonic_time () + TIME_LIMIT;
  if (sobre_sql_bind (select, query, G_GINT64_CONSTANT (1795548601000), zones, &budget, arena, &error) == NULL)
    g_assert_true (error != NULL && error->domain == SOBRE_QUERY_ERROR);
  g_assert_cmpint (budget.memory, ==, 0);
  return 0;
}
