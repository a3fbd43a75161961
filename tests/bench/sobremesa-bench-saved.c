/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs one saved query through the program that answers queries, several times, each time beside a query for a constant, which costs what the
 * start of that program costs. Prints {"start": […], "query": […]}, the seconds of each run after the first, which finds nothing in memory. */

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "query/sobre-local-engine.h"
#include "query/sobre-saved-query.h"

static GHashTable *
read_values (char **words)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (; *words != NULL; words++)
    {
      const char *equals = strchr (*words, '=');

      if (equals != NULL)
        g_hash_table_insert (values, g_strndup (*words, (gsize) (equals - *words)), g_strdup (equals + 1));
    }
  return values;
}

static SobreQuery *
make_query (char **argv, GError **error)
{
  const SobreSavedContext context = { 0, "UTC" };
  g_autoptr (GHashTable) values = read_values (argv + 1);
  g_autoptr (SobreSavedQuery) saved = sobre_saved_query_load (argv[0], error);

  return saved != NULL ? sobre_saved_query_bind (saved, values, &context, error) : NULL;
}

/* Returns: seconds, below 0 with an error */
static double
measure (SobreLocalEngine *engine, SobreQuery *query, GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (SobreResultTable) table = sobre_local_engine_run_sync (engine, query, NULL, error);

  return table != NULL ? (double) (g_get_monotonic_time () - begin) * 1e-6 : -1;
}

static gboolean
measure_pairs (SobreLocalEngine *engine, SobreQuery *query, int n_runs, GError **error)
{
  g_autoptr (SobreQuery) constant = sobre_query_new ("SELECT 1");
  g_autoptr (GString) starts = g_string_new (NULL);
  g_autoptr (GString) queries = g_string_new (NULL);

  for (int i = 0; i <= n_runs; i++)
    {
      double start = measure (engine, constant, error);
      double seconds = start >= 0 ? measure (engine, query, error) : -1;

      if (seconds < 0)
        return FALSE;
      if (i > 0)
        {
          g_string_append_printf (starts, "%s%.6f", i > 1 ? ", " : "", start);
          g_string_append_printf (queries, "%s%.6f", i > 1 ? ", " : "", seconds);
        }
    }
  g_print ("{\"start\": [%s], \"query\": [%s]}\n", starts->str, queries->str);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreLocalEngine) engine = NULL;
  g_autoptr (SobreQuery) query = NULL;

  if (argc < 5)
    {
      g_printerr ("usage: %s WORKER CACHE RUNS FILE.sql [NAME=VALUE…]\n", argv[0]);
      return 2;
    }
  engine = sobre_local_engine_new (argv[1], argv[2], clock);
  query = make_query (argv + 4, &error);
  if (query != NULL && measure_pairs (engine, query, CLAMP (atoi (argv[3]), 1, 1000), &error))
    return EXIT_SUCCESS;
  g_printerr ("%s\n", error->message);
  return EXIT_FAILURE;
}
