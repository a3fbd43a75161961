/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs queries over a cache in this process, as sobremesa-query does in its own, and says how long each took without the start of a
 * process: one JSON document, a number of seconds for each, the median of several runs. */

#include <gio/gio.h>
#include <stdlib.h>

#include "query/sql/sobre-sql.h"

#define NOW G_GINT64_CONSTANT (1767225600000) /* 2026-01-01 */

static int
compare_times (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static SobreResultTable *
run (SobreCacheReader **readers, const char *sql, GError **error)
{
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  SobreSqlSource *source = sobre_sql_scan_source_new (readers, SOBRE_SQL_N_PARTS);
  SobreResultTable *table;

  sobre_sql_preload_zones (zones, query);
  table = sobre_sql_run (query, source, zones, NOW, G_MAXINT64, error);
  sobre_sql_scan_source_free (source);
  return table;
}

static gboolean
measure (SobreCacheReader **readers, const char *path, guint n_runs, GError **error)
{
  g_autofree gint64 *times = g_new (gint64, n_runs);
  g_autofree char *sql = NULL;
  guint64 n_rows = 0;

  if (!g_file_get_contents (path, &sql, NULL, error))
    return FALSE;
  for (guint i = 0; i < n_runs + 1; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (SobreResultTable) table = run (readers, sql, error);

      if (table == NULL)
        return FALSE;
      /* The first run reads what the others find in memory. */
      if (i > 0)
        times[i - 1] = g_get_monotonic_time () - begin;
      n_rows = sobre_result_table_get_n_rows (table);
    }
  g_sort_array (times, n_runs, sizeof *times, compare_times, NULL);
  g_print ("{\"query\": \"%s\", \"seconds\": %.6f, \"rows\": %" G_GUINT64_FORMAT "}", path, (double) times[n_runs / 2] * 1e-6,
           n_rows);
  return TRUE;
}

int
main (int argc, char **argv)
{
  SobreCacheReader *readers[SOBRE_SQL_N_PARTS];
  g_autoptr (GError) error = NULL;

  if (argc < 4)
    {
      g_printerr ("usage: %s CACHE RUNS FILE…\n", argv[0]);
      return 2;
    }
  for (guint i = 0; i < SOBRE_SQL_N_PARTS; i++)
    if ((readers[i] = sobre_cache_reader_open (argv[1], &error)) == NULL)
      break;
  g_print ("[");
  for (int i = 3; i < argc && error == NULL; i++)
    {
      g_print ("%s", i > 3 ? ",\n " : "");
      measure (readers, argv[i], (guint) CLAMP (atoi (argv[2]), 1, 1000), &error);
      if (error != NULL)
        g_prefix_error (&error, "%s: ", argv[i]);
    }
  g_print ("]\n");
  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  for (guint i = 0; i < SOBRE_SQL_N_PARTS; i++)
    g_object_unref (readers[i]);
  return EXIT_SUCCESS;
}
