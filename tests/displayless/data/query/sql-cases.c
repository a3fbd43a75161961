/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sql-cases.h"

#include <string.h>

#include "query/sql/sobre-sql.h"
#include "table-source.h"

static const char answers_columns[] =
    "id|submitted_at|dt|service_day|store_id|table_id|verified|question|kind|score|choice|text|item";

static const char *const answers_rows[] = {
  "00000000-0000-7000-8000-000000000001|2026-01-05T12:30:15.250Z|2026-01-05|2026-01-05|centro|1|true|food|stars|5|-|-|-",
  "00000000-0000-7000-8000-000000000001|2026-01-05T12:30:15.250Z|2026-01-05|2026-01-05|centro|1|true|service|stars|4|-|-|-",
  "00000000-0000-7000-8000-000000000001|2026-01-05T12:30:15.250Z|2026-01-05|2026-01-05|centro|1|true|reason|text|-|-|Very "
  "good|",
  "00000000-0000-7000-8000-000000000002|2026-01-05T21:00:00.000Z|2026-01-05|2026-01-05|centro|2|true|food|stars|2|-|-|-",
  "00000000-0000-7000-8000-000000000002|2026-01-05T21:00:00.000Z|2026-01-05|2026-01-05|centro|2|true|nps|nps|9|-|-|-",
  "00000000-0000-7000-8000-000000000003|2026-01-06T00:15:00.500Z|2026-01-06|2026-01-05|playa|1|false|food|stars|1|-|-|paella",
  "00000000-0000-7000-8000-000000000003|2026-01-06T00:15:00.500Z|2026-01-06|2026-01-05|playa|1|false|again|choice|-|no|-|-",
  "00000000-0000-7000-8000-000000000004|2026-01-06T13:45:59.999Z|2026-01-06|2026-01-06|playa|2|true|food|stars|3.5|-|-|-",
  "00000000-0000-7000-8000-000000000004|2026-01-06T13:45:59.999Z|2026-01-06|2026-01-06|playa|2|true|again|choice|-|yes|-|-",
  "00000000-0000-7000-8000-000000000004|2026-01-06T13:45:59.999Z|2026-01-06|2026-01-06|playa|2|true|reason|text|-|-|ñandú 100% "
  "sí|-",
  "00000000-0000-7000-8000-000000000005|2026-02-28T23:59:59.000Z|2026-02-28|2026-02-28|centro|2|true|nps|nps|3|-|-|-",
  "00000000-0000-7000-8000-000000000005|2026-02-28T23:59:59.000Z|2026-02-28|2026-02-28|centro|2|true|reason|text|-|-|=1+1|-",
  NULL,
};

static const char responses_columns[] =
    "id|submitted_at|received_at|dt|service_day|store_id|table_id|verified|form_id|form_version|language|comment|duration_ms|"
    "channel";

static const char *const responses_rows[] = {
  "00000000-0000-7000-8000-000000000001|2026-01-05T12:30:15.250Z|2026-01-05T12:30:16.000Z|2026-01-05|2026-01-05|centro|1|true|"
  "visit|1|es|Muy bueno|30000|local",
  "00000000-0000-7000-8000-000000000002|2026-01-05T21:00:00.000Z|2026-01-05T21:00:01.000Z|2026-01-05|2026-01-05|centro|2|true|"
  "visit|1|en|-|45000|local",
  "00000000-0000-7000-8000-000000000003|2026-01-06T00:15:00.500Z|2026-01-06T00:15:01.000Z|2026-01-06|2026-01-05|playa|1|false|"
  "visit|2|en|cold soup|-|local",
  "00000000-0000-7000-8000-000000000004|2026-01-06T13:45:59.999Z|2026-01-06T13:46:00.000Z|2026-01-06|2026-01-06|playa|2|true|"
  "visit|2|de|-|12000|local",
  "00000000-0000-7000-8000-000000000005|2026-02-28T23:59:59.000Z|2026-03-01T00:00:00.000Z|2026-02-28|2026-02-28|centro|2|true|"
  "visit|2|es|-|8000|local",
  "00000000-0000-7000-8000-000000000006|2026-03-01T10:00:00.000Z|2026-03-01T10:00:01.000Z|2026-03-01|2026-03-01|monte|9|true|"
  "visit|2|fr|rien|9000|local",
  NULL,
};

static const char events_columns[] = "id|received_at|at|dt|service_day|store_id|table_id|visit|page|action|target|ms";

static const char *const events_rows[] = {
  "00000000-0000-7000-8000-0000000000e1|2026-01-05T12:00:01.000Z|2026-01-05T12:00:00.000Z|2026-01-05|2026-01-05|centro|1|v1|"
  "menu|"
  "view|-|100",
  "00000000-0000-7000-8000-0000000000e2|2026-01-05T12:00:31.000Z|2026-01-05T12:00:30.000Z|2026-01-05|2026-01-05|centro|1|v1|"
  "menu|"
  "open|paella|2500",
  "00000000-0000-7000-8000-0000000000e3|2026-01-05T12:20:01.000Z|2026-01-05T12:20:00.000Z|2026-01-05|2026-01-05|centro|1|v1|"
  "form|"
  "view|-|50",
  "00000000-0000-7000-8000-0000000000e4|2026-01-05T20:50:01.000Z|2026-01-05T20:50:00.000Z|2026-01-05|2026-01-05|centro|2|v2|"
  "form|"
  "view|-|70",
  "00000000-0000-7000-8000-0000000000e5|2026-01-06T13:00:01.000Z|2026-01-06T13:00:00.000Z|2026-01-06|2026-01-06|playa|2|v3|"
  "menu|"
  "open|tarta|900",
  NULL,
};

static const char orders_columns[] = "id|at|dt|service_day|store_id|table_id|item_id|item|quantity|amount|currency";

static const char *const orders_rows[] = {
  "00000000-0000-8000-8000-0000000000a1|2026-01-05T12:10:00.000Z|2026-01-05|2026-01-05|centro|1|p1|paella|2|25.5|EUR",
  "00000000-0000-8000-8000-0000000000a2|2026-01-05T12:15:00.000Z|2026-01-05|2026-01-05|centro|1|t1|tarta|1|6|EUR",
  "00000000-0000-8000-8000-0000000000a3|2026-01-05T20:40:00.000Z|2026-01-05|2026-01-05|centro|2|p1|paella|1|12.75|EUR",
  "00000000-0000-8000-8000-0000000000a4|2026-01-06T13:20:00.000Z|2026-01-06|2026-01-06|playa|2|s1|sopa|3|13.5|EUR",
  "00000000-0000-8000-8000-0000000000a5|2026-01-07T13:20:00.000Z|2026-01-07|2026-01-07|playa|3|s1|sopa|1|-|EUR",
  NULL,
};

static SobreSqlSource *
new_tables (guint n_parts, guint batch_rows)
{
  SobreSqlSource *source = table_source_new (n_parts, batch_rows);

  table_source_add (source, SOBRE_TABLE_ANSWERS, answers_columns, answers_rows);
  table_source_add (source, SOBRE_TABLE_RESPONSES, responses_columns, responses_rows);
  table_source_add (source, SOBRE_TABLE_EVENTS, events_columns, events_rows);
  table_source_add (source, SOBRE_TABLE_ORDERS, orders_columns, orders_rows);
  return source;
}

static const char *const value_type_names[] = { "boolean", "integer", "bigint",    "double",      "decimal",
                                                "varchar", "date",    "timestamp", "timestamp tz" };

static char *
render_table (SobreResultTable *table)
{
  GString *text = g_string_new (NULL);
  guint n = sobre_result_table_get_n_columns (table);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? "|" : "", sobre_result_table_get_column_name (table, i),
                            value_type_names[sobre_result_table_get_column_type (table, i)]);
  for (guint64 row = 0; row < sobre_result_table_get_n_rows (table); row++)
    for (guint i = 0; i < n; i++)
      {
        g_autofree char *cell = sobre_result_table_dup_text (table, row, i);

        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "\n", cell != NULL ? cell : "NULL");
      }
  return g_string_free (text, FALSE);
}

static char *
render_error (const GError *error)
{
  SobreSqlPosition position = sobre_query_error_get_position (error);

  g_assert_true (error->domain == SOBRE_QUERY_ERROR);
  return g_strdup_printf ("! %s %u:%u %s", sobre_query_error_get_name ((SobreQueryErrorCode) error->code), position.line,
                          position.column, error->message);
}

static char *
run (const char *sql, guint n_parts, guint batch_rows)
{
  SobreSqlSource *source = new_tables (n_parts, batch_rows);
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  g_autoptr (SobreResultTable) table = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  sobre_query_set_parameter (query, "store", SOBRE_VALUE_VARCHAR, "playa", &error);
  sobre_query_set_parameter (query, "from_day", SOBRE_VALUE_DATE, "2026-01-06", &error);
  sobre_query_set_parameter (query, "n", SOBRE_VALUE_INTEGER, "2", &error);
  sobre_query_set_parameter (query, "nothing", SOBRE_VALUE_VARCHAR, NULL, &error);
  sobre_query_set_parameter (query, "evil", SOBRE_VALUE_VARCHAR, "' OR 1=1 --", &error);
  g_assert_no_error (error);
  table = sobre_sql_run (query, source, zones, SQL_CASES_NOW, G_MAXINT64, &error);
  g_assert_true ((table == NULL) == (error != NULL));
  text = table != NULL ? render_table (table) : render_error (error);
  table_source_free (source);
  return text;
}

static gboolean
matches (const char *text, const char *expected)
{
  g_auto (GStrv) parts = NULL;

  if (expected[0] != '!')
    return g_str_equal (text, expected);
  /* "! code line:column part": the message may say more */
  parts = g_strsplit (expected, " ", 4);
  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  return g_str_has_prefix (text, "! ") && g_str_has_prefix (text + 2, parts[1]) && strstr (text, parts[2]) != NULL &&
         strstr (text, parts[3]) != NULL;
}

static void
test_case (gconstpointer data)
{
  const SqlCase *test = data;
  static const guint layouts[][2] = { { 1, 8192 }, { 3, 1 }, { 2, 5 } };

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autofree char *text = run (test->sql, layouts[i][0], layouts[i][1]);

      if (!matches (text, test->expected))
        {
          g_printerr ("%s\n-- gave (%u parts, batches of %u)\n%s\n-- and not\n%s\n", test->sql, layouts[i][0], layouts[i][1],
                      text, test->expected);
          g_test_fail ();
        }
    }
}

int
sql_cases_run (int argc, char **argv, const char *path, const SqlCase *cases, unsigned int n_cases)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *name = g_strdup_printf ("/sql/%s/%03u", path, i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  return g_test_run ();
}
