/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql.h"

#include <string.h>

#define MAX_ZONES 32

SobreResultTable *
sobre_sql_run (const SobreQuery *query,
               SobreSqlSource *source,
               SobreSqlZones *zones,
               gint64 now_ms,
               gint64 deadline,
               GError **error)
{
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  SobreSqlBudget budget = { .deadline = deadline, .max_memory = SOBRE_SQL_MAX_MEMORY };
  const char *sql = sobre_query_get_sql (query);
  const SobreSqlSelect *select = sobre_sql_parse (sql, strlen (sql), arena, error);
  const SobreSqlProgram *program;

  if (select == NULL || !sobre_sql_budget_check_time (&budget, error))
    return NULL;
  program = sobre_sql_bind (select, query, now_ms, zones, &budget, arena, error);
  if (program == NULL)
    return NULL;
  return sobre_sql_execute (program, source, &budget, sobre_query_get_max_rows (query), error);
}

void
sobre_sql_preload_zones (SobreSqlZones *zones, const SobreQuery *query)
{
  guint n;
  const SobreQueryParameter *parameters = sobre_query_get_parameters (query, &n);
  guint n_zones = 0;

  sobre_sql_zones_lookup (zones, sobre_text ("UTC"));
  for (guint i = 0; i < n && n_zones < MAX_ZONES; i++)
    if (parameters[i].value != NULL && sobre_sql_zones_lookup (zones, sobre_text (parameters[i].value)) != NULL)
      n_zones++;
  for (const char *quote = strchr (sobre_query_get_sql (query), '\''); quote != NULL && n_zones < MAX_ZONES;
       quote = strchr (quote + 1, '\''))
    {
      const char *end = strchr (quote + 1, '\'');

      if (end != NULL && sobre_sql_zones_lookup (zones, (SobreText) { quote + 1, (gsize) (end - quote - 1) }) != NULL)
        n_zones++;
    }
}
