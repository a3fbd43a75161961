/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "query/sql/sobre-sql.h"
#include "table-source.h"

/* A query whose time is over ends with the error that says so, wherever it is at that moment: while constants are computed, in a frame,
 * in steps over NULLs, in an aggregate that begins anew for each row. Each of these would run for hours. */

#define DIGITS "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) "
#define ROWS DIGITS "a (x), " DIGITS "b (x), " DIGITS "c (x), " DIGITS "d (x), " DIGITS "e (x)"
#define NULLS "(SELECT CAST(NULL AS integer) AS v FROM " ROWS ") t"

#define TIME_LIMIT (G_USEC_PER_SEC / 4)

static const char *const endless[] = {
  "SELECT rpad('a', 100000, 'a') LIKE '%' || rpad('a', 50000, 'a') || 'b'",
  "SELECT 1 FROM answers WHERE question LIKE 'x' OR rpad('a', 100000, 'a') LIKE '%' || rpad('a', 50000, 'a') || 'b'",
  "SELECT count(v) FROM (SELECT lag(v, 100000) IGNORE NULLS OVER (ORDER BY v) AS v FROM " NULLS ") u",
  "SELECT count(v) FROM (SELECT lead(v, 1) IGNORE NULLS OVER (ORDER BY v) AS v FROM " NULLS ") u",
  "SELECT count(v) FROM (SELECT nth_value(v, 2) IGNORE NULLS OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) "
  "AS v "
  "FROM " NULLS ") u",
  "SELECT count(v) FROM (SELECT last_value(v) IGNORE NULLS OVER (ROWS UNBOUNDED PRECEDING) AS v FROM " NULLS ") u",
  "SELECT sum(s) FROM (SELECT sum(a.x) OVER (ROWS BETWEEN 50000 PRECEDING AND 50000 FOLLOWING) AS s FROM " ROWS ") u",
  "SELECT sum(s) FROM (SELECT approx_percentile(a.x, 0.5) OVER (ROWS BETWEEN 200 PRECEDING AND CURRENT ROW) AS s FROM " ROWS
  ", " DIGITS "f (x)) u",
};

static SobreResultTable *
run (const char *sql, gint64 deadline, GError **error)
{
  SobreSqlSource *source = table_source_new (1, 8192);
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  SobreResultTable *table = sobre_sql_run (query, source, zones, 0, deadline, error);

  table_source_free (source);
  return table;
}

static void
test_endless (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreResultTable) table = run (data, g_get_monotonic_time () + TIME_LIMIT, &error);

  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_TIMEOUT);
  g_assert_null (table);
}

/* No expression is bound, and no constant computed, once time is over. */
static void
test_over (void)
{
  static const char *const queries[] = { "SELECT 1 + 1", "SELECT question FROM answers", "VALUES (1), (2)" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreResultTable) table = run (queries[i], g_get_monotonic_time () - 1, &error);

      g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_TIMEOUT);
      g_assert_null (table);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (endless); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sql/deadline/endless/%u", i);

      g_test_add_data_func (path, endless[i], test_endless);
    }
  g_test_add_func ("/sql/deadline/over", test_over);
  return g_test_run ();
}
