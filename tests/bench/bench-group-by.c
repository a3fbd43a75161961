/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Times queries as the program runs them: each in a worker process of its own. What the worker's start takes is measured with a query that
 * reads nothing, before every query, and taken off that one's time: so a moment in which the machine is busy is in both. Reads one query a line from standard input, prints one JSON document with times and results.
 *
 *   sobremesa-bench-group-by WORKER CACHE ROUNDS
 */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "query/sobre-local-engine.h"

#define NOTHING "SELECT 1 AS one"

static SobreResultTable *
run (SobreLocalEngine *engine, const char *sql, double *ms)
{
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  SobreResultTable *table = sobre_local_engine_run_sync (engine, query, NULL, &error);

  *ms = (double) (g_get_monotonic_time () - begin) / 1000;
  if (table == NULL)
    {
      g_printerr ("%s: %s\n", sql, error->message);
      exit (1);
    }
  return table;
}

/* The start's time, and the query's beyond it. */
static SobreResultTable *
run_both (SobreLocalEngine *engine, const char *sql, GArray *starts, GArray *times)
{
  double start, ms;
  g_autoptr (SobreResultTable) nothing = run (engine, NOTHING, &start);
  SobreResultTable *table = run (engine, sql, &ms);

  ms -= start;
  g_array_append_val (starts, start);
  g_array_append_val (times, ms);
  return table;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_median (GArray *times)
{
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, times->len / 2);
}

static void
add_rows (JsonBuilder *builder, SobreResultTable *table)
{
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint64 row = 0; row < sobre_result_table_get_n_rows (table); row++)
    {
      json_builder_begin_array (builder);
      for (guint column = 0; column < sobre_result_table_get_n_columns (table); column++)
        {
          g_autofree char *text = sobre_result_table_dup_text (table, row, column);

          if (text != NULL)
            json_builder_add_string_value (builder, text);
          else
            json_builder_add_null_value (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static GPtrArray *
read_queries (void)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func (g_free);
  char line[65536];

  while (fgets (line, sizeof line, stdin) != NULL)
    g_ptr_array_add (queries, g_strdup (g_strstrip (line)));
  return queries;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) queries = read_queries ();
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreLocalEngine) engine = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;

  if (argc != 4)
    {
      g_printerr ("usage: %s WORKER CACHE ROUNDS\n", argv[0]);
      return 2;
    }
  engine = sobre_local_engine_new (argv[1], argv[2], clock);
  for (guint i = 0; i < queries->len; i++)
    g_ptr_array_add (times, g_array_new (FALSE, FALSE, sizeof (double)));
  for (guint round = 0; round < (guint) g_ascii_strtoull (argv[3], NULL, 10); round++)
    {
      for (guint i = 0; i < queries->len; i++)
        {
          g_autoptr (SobreResultTable) table =
              run_both (engine, g_ptr_array_index (queries, i), starts, g_ptr_array_index (times, i));

          if (round == 0)
            g_ptr_array_add (tables, g_steal_pointer (&table));
        }
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "start_ms");
  json_builder_add_double_value (builder, find_median (starts));
  json_builder_set_member_name (builder, "queries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < queries->len; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "ms");
      json_builder_add_double_value (builder, find_median (g_ptr_array_index (times, i)));
      add_rows (builder, g_ptr_array_index (tables, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  text = json_to_string (document, FALSE);
  g_print ("%s\n", text);
  return 0;
}
