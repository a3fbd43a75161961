/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-ast.h"

#include <string.h>

/* What the grammar takes, what it refuses and by which name, and where. */

static const SobreSqlSelect *
parse (const char *sql, SobreSqlArena *arena, GError **error)
{
  return sobre_sql_parse (sql, strlen (sql), arena, error);
}

static const char *const accepted[] = {
  "SELECT 1",
  "select 1;",
  "SELECT * FROM answers",
  "SELECT a.* FROM answers AS a",
  "SELECT answers.question, a.b c, d AS \"E f\" FROM answers a",
  "SELECT 1 + 2 * 3 - -4 / (5 % 6) || 'x''y'",
  "SELECT - - 1, -x, +1, -(1.5), 1e3, .5, 5., 1.5E-3",
  "SELECT NULL, TRUE, false, 'é', DATE '2026-01-01', TIMESTAMP '2026-01-01 10:00:00.123'",
  "SELECT INTERVAL '7' DAY, INTERVAL -'2' month",
  "SELECT :from_day, :n + 1",
  "SELECT a OR b AND NOT c = d OR e",
  "SELECT a AND b AND c AND d",
  "SELECT a BETWEEN 1 AND 2 AND b NOT BETWEEN c + 1 AND d",
  "SELECT a IN (1, 2, 3), b NOT IN ('x')",
  "SELECT a LIKE 'x%', b NOT LIKE '!%' ESCAPE '!'",
  "SELECT a IS NULL, b IS NOT NULL, c IS DISTINCT FROM d, e IS NOT DISTINCT FROM 1 + f",
  "SELECT CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE x + 1 WHEN 2 THEN 'two' END",
  "SELECT CAST(a AS varchar), TRY_CAST(b AS decimal(5, 2)), CAST(c AS timestamp(3) with time zone), CAST(d AS double "
  "precision)",
  "SELECT EXTRACT(YEAR FROM a), position('b' IN c), current_date, CURRENT_TIMESTAMP, now()",
  "SELECT submitted_at AT TIME ZONE 'Europe/Madrid', hour(at AT TIME ZONE 'UTC')",
  "SELECT count(*), count(DISTINCT a), sum(ALL b), avg(c) FILTER (WHERE d > 1), approx_percentile(e, 0.5)",
  "SELECT DISTINCT a, b FROM t WHERE c GROUP BY 1, b, a + 1 HAVING count(*) > 1 ORDER BY 2 DESC NULLS FIRST, b ASC NULLS LAST",
  "SELECT a FROM t OFFSET 5 ROWS LIMIT 10",
  "SELECT a FROM t LIMIT ALL",
  "SELECT a FROM t LIMIT :n",
  "SELECT date, year, text, at, language, comment, action, day FROM t -- the end",
  "/* a */ SELECT /* b\n * c */ 1",
  "SELECT if(a, 1, 2), coalesce(a, b), nullif(a, b), trim(a), \"select\" FROM \"from\"",
  "SELECT a FROM t JOIN u ON t.x = u.x LEFT OUTER JOIN v USING (x, y) RIGHT JOIN w ON TRUE FULL JOIN z ON a = b, q CROSS JOIN "
  "r",
  "SELECT a FROM t JOIN u JOIN v ON u.x = v.x ON t.x = u.x",
  "SELECT a FROM t AS one (a, b), (SELECT 1) two (c), (VALUES (1, 'a'), (2, 'b')) AS three (d, e)",
  "SELECT a FROM (t JOIN u ON TRUE) JOIN (v CROSS JOIN w) ON TRUE",
  "SELECT a FROM ((SELECT 1) UNION (SELECT 2)) t, ((SELECT 1) x CROSS JOIN y)",
  "WITH a AS (SELECT 1), b (c, d) AS (SELECT 2, 3 FROM a) SELECT * FROM b ORDER BY c LIMIT 1",
  "SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT ALL SELECT 4 ORDER BY 1 LIMIT 3",
  "(SELECT 1 ORDER BY 1 LIMIT 1) UNION ALL (SELECT 2) OFFSET 1",
  "VALUES 1, 2, 3",
  "VALUES (1, 'a'), (2, 'b') ORDER BY 1",
  "SELECT (SELECT 1), a IN (SELECT 2), a NOT IN (SELECT 3 UNION SELECT 4), EXISTS (SELECT 5), NOT EXISTS (SELECT 6)",
  "SELECT a = ANY (SELECT 1), a <> ALL (SELECT 2), ((SELECT 1)) + 1",
  "SELECT a FROM t, UNNEST(ARRAY[1, 2], sequence(1, 3)) WITH ORDINALITY AS u (x, y, n)",
  "SELECT a FROM t GROUP BY ROLLUP (a, (b, c)), CUBE (d), GROUPING SETS ((e, f), (), g), h, ()",
  "SELECT a FROM t GROUP BY DISTINCT a, (b), (c) + 1",
  "SELECT rank() OVER (PARTITION BY a, b ORDER BY c DESC), sum(x) OVER w, lag(a, 1, 0) IGNORE NULLS OVER (w ORDER BY d) FROM t "
  "WINDOW w AS (PARTITION BY a), v AS ()",
  "SELECT sum(a) OVER (ROWS 2 PRECEDING), sum(a) OVER (ORDER BY b RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), "
  "sum(a) OVER (ROWS BETWEEN 1 + 1 PRECEDING AND 3 FOLLOWING), count(*) FILTER (WHERE a) OVER (ORDER BY b)",
  "SELECT listagg(a, ', ') WITHIN GROUP (ORDER BY b DESC) FROM t",
  "SELECT max_by(a, b), string_agg(a, ',' ORDER BY b NULLS FIRST) FROM t",
  "SELECT a FROM t OFFSET 2 ROWS FETCH FIRST 3 ROWS ONLY",
  "SELECT a FROM t FETCH NEXT ROW ONLY",
  "SELECT a = (b = c), (a AND b) = c, NOT (NOT a), -(-(1)), (a + b) AT TIME ZONE 'x'",
};

static void
test_accepted (gconstpointer data)
{
  const char *sql = data;
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GError) error = NULL;
  const SobreSqlSelect *first = parse (sql, arena, &error);
  const SobreSqlSelect *second;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  text = sobre_sql_format (first);
  second = parse (text, arena, &error);
  g_assert_no_error (error);
  g_assert_true (sobre_sql_select_equal (first, second));
  again = sobre_sql_format (second);
  g_assert_cmpstr (text, ==, again);
}

typedef struct
{
  const char *sql;
  SobreQueryErrorCode code;
  guint line;
  guint column;
  const char *part; /* of the message */
} Refusal;

static const Refusal refusals[] = {
  { "", SOBRE_QUERY_ERROR_SYNTAX, 1, 1, "SELECT expected, but the query ends" },
  { "SELEC 1", SOBRE_QUERY_ERROR_SYNTAX, 1, 1, "found \"selec\"" },
  { "SELECT", SOBRE_QUERY_ERROR_SYNTAX, 1, 7, "an expression expected" },
  { "SELECT 1,", SOBRE_QUERY_ERROR_SYNTAX, 1, 10, "an expression expected" },
  { "SELECT 1 FROM", SOBRE_QUERY_ERROR_SYNTAX, 1, 14, "a table expected" },
  { "SELECT a FROM t\nWHERE a = b = c", SOBRE_QUERY_ERROR_SYNTAX, 2, 13, "the end of the query expected" },
  { "SELECT 'abc", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "' is missing" },
  { "SELECT \"abc", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "\" is missing" },
  { "SELECT \"\"", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "empty" },
  { "SELECT /* x", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "*/ is missing" },
  { "SELECT 'é', #", SOBRE_QUERY_ERROR_SYNTAX, 1, 13, "means nothing" },
  { "SELECT `a`", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "quoted with" },
  { "SELECT 1x", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "begins with a digit" },
  { "SELECT 1e", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "exponent" },
  { "SELECT café FROM t", SOBRE_QUERY_ERROR_SYNTAX, 1, 11, "double quotes" },
  { "SELECT (1", SOBRE_QUERY_ERROR_SYNTAX, 1, 10, "\")\" expected" },
  { "SELECT CASE x END", SOBRE_QUERY_ERROR_SYNTAX, 1, 15, "WHEN expected" },
  { "SELECT a FROM t LIMIT 5 OFFSET 2", SOBRE_QUERY_ERROR_SYNTAX, 1, 25, "OFFSET stands before LIMIT" },
  { "SELECT a FROM t LIMIT -1", SOBRE_QUERY_ERROR_SYNTAX, 1, 23, "a number of rows" },
  { "SELECT a FROM t GROUP a", SOBRE_QUERY_ERROR_SYNTAX, 1, 23, "BY expected" },
  { "SELECT a b c FROM t", SOBRE_QUERY_ERROR_SYNTAX, 1, 12, "the end of the query" },
  { "SELECT CAST(a AS)", SOBRE_QUERY_ERROR_SYNTAX, 1, 17, "a type expected" },
  { "SELECT INTERVAL '1' week", SOBRE_QUERY_ERROR_SYNTAX, 1, 21, "SECOND, MINUTE" },
  { "SELECT a FROM t JOIN u", SOBRE_QUERY_ERROR_SYNTAX, 1, 23, "ON or USING expected" },
  { "SELECT a FROM t LEFT u", SOBRE_QUERY_ERROR_SYNTAX, 1, 22, "JOIN expected" },
  { "SELECT a FROM t NATURAL JOIN u", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 17, "NATURAL JOIN is not available offline yet" },
  { "SELECT a FROM (t JOIN u ON TRUE) x", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 34, "an alias for joined tables" },
  { "SELECT a FROM LATERAL (SELECT 1)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 15, "LATERAL" },
  { "SELECT a FROM (SELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 1, 24, "\")\" expected" },
  { "SELECT a FROM f(1)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 15, "a table function" },
  { "SELECT a > ALL (SELECT 1)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 10, "ANY, ALL or SOME" },
  { "SELECT a = ANY (1)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 10, "ANY, ALL or SOME" },
  { "WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 6, "WITH RECURSIVE is not" },
  { "WITH x SELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 1, 8, "AS expected" },
  { "SELECT 1 UNION", SOBRE_QUERY_ERROR_SYNTAX, 1, 15, "SELECT expected" },
  { "SELECT 1 UNION CORRESPONDING SELECT 2", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 16, "CORRESPONDING" },
  { "VALUES ()", SOBRE_QUERY_ERROR_SYNTAX, 1, 10, "is empty" },
  { "TABLE t", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 1, "TABLE is not" },
  { "SELECT rank() OVER (ORDER BY a GROUPS 1 PRECEDING)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 32, "a frame of GROUPS" },
  { "SELECT sum(a) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING)", SOBRE_QUERY_ERROR_SYNTAX, 1, 21, "ends before it begins" },
  { "SELECT sum(a) OVER (ROWS 1 PRECEDING EXCLUDE TIES)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 38, "EXCLUDE" },
  { "SELECT lag(a) IGNORE NULLS FROM t", SOBRE_QUERY_ERROR_SYNTAX, 1, 28, "OVER expected" },
  { "SELECT a FROM t QUALIFY rank() OVER (ORDER BY a) = 1", SOBRE_QUERY_ERROR_SYNTAX, 1, 25, "the end of the query" },
  { "SELECT a[1]", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 9, "a subscript" },
  { "SELECT ROW(1)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "ROW" },
  { "SELECT (1, 2)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "a row of values" },
  { "SELECT filter(a, x -> x)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 20, "a lambda" },
  { "SELECT ?", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "a parameter without a name" },
  { "SELECT X'00'", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "varbinary" },
  { "SELECT U&'x'", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "escaped text" },
  { "SELECT TIME '10:00'", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "a literal TIME '…'" },
  { "SELECT INTERVAL '1-2' YEAR TO MONTH", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 28, "an interval of two units" },
  { "SELECT a FROM s.t", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 15, "a catalogue or schema" },
  { "SELECT a FROM t FETCH FIRST 3 ROWS WITH TIES", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 36, "WITH TIES" },
  { "SELECT a FROM t GROUP BY AUTO", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 26, "GROUP BY AUTO" },
  { "SELECT a FROM t TABLESAMPLE BERNOULLI (1)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 17, "TABLESAMPLE" },
  { "SELECT trim(BOTH 'x' FROM a)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 8, "TRIM with BOTH" },
  { "SELECT max(a) WITHIN GROUP (ORDER BY b) FROM t", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 15,
    "WITHIN GROUP is available behind listagg() only" },
  { "SELECT f() WITHIN GROUP (ORDER BY b)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 12,
    "WITHIN GROUP is available behind listagg() only" },
  { "SELECT count(*) WITHIN GROUP (ORDER BY b)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 17,
    "WITHIN GROUP is available behind listagg() only" },
  { "SELECT listagg(a, ',' ORDER BY b)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 23, "ORDER BY inside the brackets of listagg()" },
  { "SELECT listagg(a) WITHIN GROUP (ORDER BY a) OVER (ORDER BY b)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 45,
    "listagg() over a window" },
  { "SELECT listagg(a ORDER BY b) WITHIN GROUP (ORDER BY c)", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 18, "ORDER BY inside" },
  { "DELETE FROM t", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 1, "DELETE is not available" },
  { "drop table t", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 1, "DROP is not available" },
  { "SELECT 1; DROP TABLE t", SOBRE_QUERY_ERROR_UNSUPPORTED, 1, 11, "a second statement" },
};

static void
test_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GError) error = NULL;
  SobreSqlPosition position;

  g_assert_null (parse (refusal->sql, arena, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, (int) refusal->code);
  if (strstr (error->message, refusal->part) == NULL)
    g_error ("\"%s\" says \"%s\", not \"%s\"", refusal->sql, error->message, refusal->part);
  position = sobre_query_error_get_position (error);
  g_assert_cmpuint (position.line, ==, refusal->line);
  g_assert_cmpuint (position.column, ==, refusal->column);
}

static void
assert_limit (const char *sql)
{
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (sql, arena, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_LIMIT);
}

static char *
repeat (const char *before, const char *part, guint n, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *brackets = repeat ("SELECT ", "(", 101, "1");
  g_autofree char *nots = repeat ("SELECT ", "NOT ", 101, "TRUE");
  g_autofree char *signs = repeat ("SELECT ", "- ", 101, "x");
  g_autofree char *pluses = repeat ("SELECT ", "+ ", 101, "x");
  g_autofree char *sums = repeat ("SELECT 1", " + 1", 101, "");
  g_autofree char *calls = repeat ("SELECT ", "abs(", 101, "1");
  g_autofree char *cases = repeat ("SELECT ", "CASE WHEN ", 101, "1");
  g_autofree char *columns = repeat ("SELECT 1", ", 1", 100, "");
  g_autofree char *arguments = repeat ("SELECT concat('a'", ", 'a'", 32, ")");
  g_autofree char *queries = repeat ("SELECT * FROM ", "(SELECT * FROM ", 101, "t");
  g_autofree char *tables = repeat ("SELECT * FROM t", ", t", 32, "");
  g_autofree char *unions = repeat ("SELECT 1", " UNION SELECT 1", 51, "");
  g_autofree char *joins = repeat ("SELECT * FROM ", "(t JOIN ", 101, "t");
  g_autofree char *length = repeat ("SELECT 1", " ", 100000, "");

  assert_limit (brackets);
  assert_limit (nots);
  assert_limit (signs);
  assert_limit (pluses);
  assert_limit (sums);
  assert_limit (calls);
  assert_limit (cases);
  assert_limit (columns);
  assert_limit (arguments);
  assert_limit (length);
  assert_limit (queries);
  assert_limit (tables);
  assert_limit (unions);
  assert_limit (joins);
}

static void
test_wide_conditions (void)
{
  g_autofree char *sql = repeat ("SELECT a", " OR a = 1 AND b", 2000, "");
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GError) error = NULL;
  const SobreSqlSelect *select = parse (sql, arena, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (select->items[0].node->n_children, ==, 2001);
}

static void
test_precedence (void)
{
  static const char *const pairs[][2] = {
    { "SELECT 1 + 2 * 3", "SELECT 1 + (2 * 3)" },
    { "SELECT 1 - 2 - 3", "SELECT (1 - 2) - 3" },
    { "SELECT a || b + c", "SELECT a || (b + c)" },
    { "SELECT -a * b", "SELECT (-a) * b" },
    { "SELECT NOT a = b", "SELECT NOT (a = b)" },
    { "SELECT NOT a AND b", "SELECT (NOT a) AND b" },
    { "SELECT a OR b AND c", "SELECT a OR (b AND c)" },
    { "SELECT a + 1 BETWEEN b AND c AND d", "SELECT ((a + 1) BETWEEN b AND c) AND d" },
    { "SELECT a - b AT TIME ZONE 'z'", "SELECT a - (b AT TIME ZONE 'z')" },
    { "SELECT a IS NULL OR b", "SELECT (a IS NULL) OR b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
      const SobreSqlSelect *bare = parse (pairs[i][0], arena, NULL);
      const SobreSqlSelect *bracketed = parse (pairs[i][1], arena, NULL);

      g_assert_nonnull (bare);
      g_assert_nonnull (bracketed);
      g_assert_true (sobre_sql_select_equal (bare, bracketed));
    }
}

static void
test_not_text (void)
{
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_sql_parse ("SELECT '\xff'", 10, arena, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (sobre_sql_parse ("SELECT 1\0", 9, arena, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_SYNTAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sql/parser/accepted/%02u", i);

      g_test_add_data_func (path, accepted[i], test_accepted);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sql/parser/refused/%02u", i);

      g_test_add_data_func (path, &refusals[i], test_refused);
    }
  g_test_add_func ("/sql/parser/limits", test_limits);
  g_test_add_func ("/sql/parser/wide-conditions", test_wide_conditions);
  g_test_add_func ("/sql/parser/precedence", test_precedence);
  g_test_add_func ("/sql/parser/not-text", test_not_text);
  return g_test_run ();
}
