/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "query/sql/sobre-sql-ast.h"
#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-plan.h"

/* The queries of tests/integration/query/athena-queries.sql: each is written back as SQL that parses to
 * the same tree, and what is written back has the same columns of the same types. What is refused is refused by name. */

#define MARK "-- query: "

typedef struct
{
  char *name;
  char *sql;
  gboolean is_refused;
} Entry;

static char *
describe (const SobreSqlSelect *select, const SobreQuery *query, SobreSqlArena *arena, GError **error)
{
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  SobreSqlBudget budget = { .deadline = G_MAXINT64, .max_memory = SOBRE_SQL_MAX_MEMORY };
  const SobreSqlProgram *program = sobre_sql_bind (select, query, 0, zones, &budget, arena, error);
  GString *text;

  if (program == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < program->root->n_columns; i++)
    {
      g_autofree char *type = sobre_sql_type_dup_name (program->root->columns[i].type);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", program->root->columns[i].name, type);
    }
  return g_string_free_and_steal (text);
}

static void
test_entry (gconstpointer data)
{
  const Entry *entry = data;
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (SobreQuery) query = sobre_query_new (entry->sql);
  g_autoptr (GError) error = NULL;
  const SobreSqlSelect *first = sobre_sql_parse (entry->sql, strlen (entry->sql), arena, &error);
  const SobreSqlSelect *second = NULL;
  g_autofree char *text = NULL;
  g_autofree char *columns = NULL;
  g_autofree char *columns_again = NULL;

  if (first != NULL)
    {
      text = sobre_sql_format (first);
      second = sobre_sql_parse (text, strlen (text), arena, &error);
      g_assert_no_error (error);
      g_assert_true (sobre_sql_select_equal (first, second));
      columns = describe (first, query, arena, &error);
    }
  if (entry->is_refused && columns == NULL)
    {
      g_assert_true (error->domain == SOBRE_QUERY_ERROR);
      return;
    }
  g_assert_no_error (error);
  g_assert_nonnull (second);
  columns_again = describe (second, query, arena, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (columns, ==, columns_again);
}

/* The lines up to DuckDB's own SQL. */
static char *
cut (const char *part)
{
  g_auto (GStrv) lines = g_strsplit (part, "\n", -1);
  GString *sql = g_string_new (NULL);

  for (guint i = 1; lines[i] != NULL && !g_str_has_prefix (lines[i], "-- duckdb:"); i++)
    g_string_append_printf (sql, "%s\n", lines[i]);
  return g_string_free_and_steal (sql);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry->sql);
  g_free (entry);
}

static void
load_file (GPtrArray *entries, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "tests", "integration", "query", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, "\n" MARK, -1);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->name = g_strndup (parts[i], strcspn (parts[i], "\n"));
      entry->sql = cut (parts[i]);
      entry->is_refused = strstr (parts[i], "\n-- refused: ") != NULL;
      g_ptr_array_add (entries, entry);
    }
}

static GPtrArray *
load (void)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  load_file (entries, "athena-queries.sql");
  load_file (entries, "trino-queries.sql");
  return entries;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) entries = load ();

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      g_autofree char *path = g_strdup_printf ("/sql/corpus/%s", entry->name);

      g_strdelimit (path, " ,", '-');

      g_test_add_data_func (path, entry, test_entry);
    }
  return g_test_run ();
}
