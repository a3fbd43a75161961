/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "query/sobre-saved-query.h"

/* What a saved query's file says, what it may not say, and what its parameters become. */

static const SobreSavedContext context = { .today = 20416, .time_zone = "Europe/Berlin" }; /* 2025-11-24 */

static const char whole[] = "-- SPDX-License-Identifier: GPL-3.0-or-later\n"
                            "-- title:  Worst tables \n"
                            "--\n"
                            "-- description: Tables, \"bad\" ones first\r\n"
                            "\n"
                            "-- A free comment: with a colon, and https://example.com.\n"
                            "-- param: from date today-27 First day\n"
                            "-- param: store varchar \"\" Only this store\n"
                            "-- param: word varchar \"a \"\"b\"\" c\" A word\n"
                            "-- param: zone varchar @time_zone\n"
                            "-- param: literal varchar \"@time_zone\" L\n"
                            "--param: least integer 5 Answers at least\n"
                            "-- param: day date - A day\n"
                            "-- chart: bar table_id \"the mean\"\n"
                            "SELECT :from, :store, :word, :zone, :least, :day, :literal -- param: none of it\n"
                            "  FROM answers\n";

static SobreSavedQuery *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SobreSavedQuery *query = sobre_saved_query_parse ("worst-tables", text, &error);

  g_assert_no_error (error);
  return query;
}

static void
test_whole (void)
{
  g_autoptr (SobreSavedQuery) query = parse (whole);
  const char *x, *y;
  guint n;
  const SobreSavedParameter *parameters = sobre_saved_query_get_parameters (query, &n);

  g_assert_cmpstr (sobre_saved_query_get_name (query), ==, "worst-tables");
  g_assert_cmpstr (sobre_saved_query_get_title (query), ==, "Worst tables");
  g_assert_cmpstr (sobre_saved_query_get_description (query), ==, "Tables, \"bad\" ones first");
  g_assert_cmpstr (sobre_saved_query_get_sql (query), ==, whole);
  g_assert_cmpint (sobre_saved_query_get_chart (query, &x, &y), ==, SOBRE_CHART_BAR);
  g_assert_cmpstr (x, ==, "table_id");
  g_assert_cmpstr (y, ==, "the mean");
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpstr (parameters[0].name, ==, "from");
  g_assert_cmpint (parameters[0].type, ==, SOBRE_VALUE_DATE);
  g_assert_cmpstr (parameters[0].default_value, ==, "today-27");
  g_assert_cmpstr (parameters[0].label, ==, "First day");
  g_assert_cmpuint (parameters[0].line, ==, 7);
  g_assert_cmpstr (parameters[2].default_value, ==, "a \"b\" c");
  g_assert_cmpstr (parameters[3].label, ==, "zone");
  g_assert_cmpint (parameters[5].type, ==, SOBRE_VALUE_INTEGER);
  g_assert_null (parameters[6].default_value);
}

static void
test_least (void)
{
  g_autoptr (SobreSavedQuery) query = parse ("-- title: One\nSELECT 1");
  guint n;

  g_assert_null (sobre_saved_query_get_description (query));
  g_assert_cmpint (sobre_saved_query_get_chart (query, NULL, NULL), ==, SOBRE_CHART_NONE);
  sobre_saved_query_get_parameters (query, &n);
  g_assert_cmpuint (n, ==, 0);
}

typedef struct
{
  const char *text;
  SobreQueryErrorCode code;
  guint line;
  const char *part;
} Refusal;

static const Refusal refusals[] = {
  { "SELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 1, "title" },
  { "", SOBRE_QUERY_ERROR_SYNTAX, 1, "title" },
  { "-- title: A\n", SOBRE_QUERY_ERROR_SYNTAX, 2, "no SQL" },
  { "-- title:\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 1, "empty" },
  { "-- title: A\n-- title: B\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 2, "second title" },
  { "-- title: A\n-- tilte: B\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 2, "\"tilte:\"" },
  { "-- title: A\n-- description: B\n-- description: C\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 3, "second description" },
  { "-- title: A\n-- param: from date\nSELECT :from", SOBRE_QUERY_ERROR_SYNTAX, 2, "NAME TYPE DEFAULT LABEL" },
  { "-- title: A\n-- param: from date \"today\nSELECT :from", SOBRE_QUERY_ERROR_SYNTAX, 2, "NAME TYPE DEFAULT LABEL" },
  { "-- title: A\n-- param: from date \"today\"x\nSELECT :from", SOBRE_QUERY_ERROR_SYNTAX, 2, "NAME TYPE DEFAULT LABEL" },
  { "-- title: A\n-- param: From date today D\nSELECT :from", SOBRE_QUERY_ERROR_SYNTAX, 2, "\"From\"" },
  { "-- title: A\n-- param: from text x D\nSELECT :from", SOBRE_QUERY_ERROR_TYPE, 2, "\"text\"" },
  { "-- title: A\n-- param: from date yesterday D\nSELECT :from", SOBRE_QUERY_ERROR_TYPE, 2, "\"yesterday\"" },
  { "-- title: A\n-- param: from date \"today\" D\nSELECT :from", SOBRE_QUERY_ERROR_TYPE, 2, "\"today\"" },
  { "-- title: A\n-- param: n integer 1.5 N\nSELECT :n", SOBRE_QUERY_ERROR_TYPE, 2, "\"1.5\"" },
  { "-- title: A\n-- param: n integer 1 N\n-- param: n integer 2 N\nSELECT :n", SOBRE_QUERY_ERROR_NAME, 3, "second parameter" },
  { "-- title: A\n\n-- param: n integer 1 N\nSELECT 1", SOBRE_QUERY_ERROR_NAME, 3, "does not use" },
  { "-- title: A\nSELECT 1,\n  :n", SOBRE_QUERY_ERROR_NAME, 3, ":n has no line" },
  { "-- title: A\n-- chart: pie a b\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 2, "bar, line or table" },
  { "-- title: A\n-- chart: bar a\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 2, "bar X Y" },
  { "-- title: A\n-- chart: bar a b c\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 2, "\"c\"" },
  { "-- title: A\n-- chart: table\n-- chart: table\nSELECT 1", SOBRE_QUERY_ERROR_SYNTAX, 3, "second chart" },
  { "-- title: A\nSELECT 'open", SOBRE_QUERY_ERROR_SYNTAX, 2, "" },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreSavedQuery) query = sobre_saved_query_parse ("a", refusal->text, &error);

  g_assert_null (query);
  g_assert_error (error, SOBRE_QUERY_ERROR, (int) refusal->code);
  g_assert_cmpuint (sobre_query_error_get_position (error).line, ==, refusal->line);
  if (strstr (error->message, refusal->part) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, refusal->part);
}

static void
test_hostile_text (void)
{
  g_autoptr (GString) text = g_string_new ("-- title: ");
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_saved_query_parse ("../a", "-- title: A\nSELECT 1", &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (sobre_saved_query_parse ("", "-- title: A\nSELECT 1", &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (sobre_saved_query_parse ("a", "-- title: \xff\nSELECT 1", &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_LIMIT);
  g_clear_error (&error);
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, 'x');
  g_assert_null (sobre_saved_query_parse ("a", text->str, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_LIMIT);
  g_clear_error (&error);
  g_string_assign (text, "-- title: A\n");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "-- param: p%u integer 1 P\n", i);
  g_assert_null (sobre_saved_query_parse ("a", text->str, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_LIMIT);
}

static GHashTable *
make_values (const char *name, const char *value)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (values, (gpointer) "day", (gpointer) "2025-12-01");
  g_hash_table_insert (values, (gpointer) name, (gpointer) value);
  return values;
}

static char *
bind (SobreSavedQuery *query, const char *name, const char *value)
{
  g_autoptr (GHashTable) values = make_values (name, value);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreQuery) bound = sobre_saved_query_bind (query, values, &context, &error);
  GString *text = g_string_new (NULL);
  const SobreQueryParameter *parameters;
  guint n;

  if (bound == NULL)
    {
      g_assert_true (error->domain == SOBRE_QUERY_ERROR);
      g_string_append_printf (text, "%s: %s", sobre_query_error_get_name ((SobreQueryErrorCode) error->code), error->message);
      return g_string_free_and_steal (text);
    }
  parameters = sobre_query_get_parameters (bound, &n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s=%s|", parameters[i].name, parameters[i].value);
  return g_string_free_and_steal (text);
}

static void
test_bind (void)
{
  static const struct
  {
    const char *name, *value, *expected;
  } cases[] = {
    { "day", "2025-12-01",
      "from=2025-10-28|store=|word=a \"b\" c|zone=Europe/Berlin|literal=@time_zone|least=5|day=2025-12-01|" },
    { "day", "today", "from=2025-10-28|store=|word=a \"b\" c|zone=Europe/Berlin|literal=@time_zone|least=5|day=2025-11-24|" },
    { "from", "today-1", "from=2025-11-23|" },
    { "from", "today+7", "from=2025-12-01|" },
    { "from", "today-", "type: " },
    { "from", "today1", "type: " },
    { "from", "today--1", "type: " },
    { "from", "today-99999999999999999999", "type: " },
    { "from", "2025-02-30", "type: " },
    { "store", "today", "from=2025-10-28|store=today|" },
    { "word", "@time_zone", "from=2025-10-28|store=|word=@time_zone|" },
    { "least", "many", "type: " },
    { "shop", "1", "name: worst-tables has no parameter \"shop\"" },
  };
  g_autoptr (SobreSavedQuery) query = parse (whole);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = bind (query, cases[i].name, cases[i].value);

      if (!g_str_has_prefix (text, cases[i].expected))
        g_error ("%s=%s gave “%s”", cases[i].name, cases[i].value, text);
    }
}

static void
test_bind_needs_value (void)
{
  g_autoptr (SobreSavedQuery) query = parse (whole);
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_saved_query_bind (query, NULL, &context, &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_TYPE);
  g_assert_nonnull (strstr (error->message, "A day"));
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_files (const char *folder, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_folders (void)
{
  g_autofree char *own = g_dir_make_tmp ("sobremesa-own-XXXXXX", NULL);
  g_autofree char *shipped = g_dir_make_tmp ("sobremesa-shipped-XXXXXX", NULL);
  const char *const folders[] = { "/nonexistent", own, shipped, NULL };
  g_autoptr (GListModel) queries = NULL;
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (SobreSavedQuery) found = NULL;
  g_autoptr (GError) error = NULL;

  write_file (own, "tables.sql", "-- title: Own\nSELECT 1");
  write_file (own, "broken.sql", "-- title: Broken\n-- chart: pie\nSELECT 1");
  write_file (own, ".tables.sql", "nothing");
  write_file (own, "notes.txt", "nothing");
  write_file (shipped, "tables.sql", "-- title: Shipped\nSELECT 1");
  write_file (shipped, "broken.sql", "-- title: Whole\nSELECT 1");
  write_file (shipped, "a b.sql", "-- title: A\nSELECT 1");
  write_file (shipped, "hours.sql", "-- title: Hours\nSELECT 1");

  queries = sobre_saved_query_list (folders, &errors);
  for (guint i = 0; i < g_list_model_get_n_items (queries); i++)
    {
      g_autoptr (SobreSavedQuery) query = g_list_model_get_item (queries, i);

      g_string_append_printf (names, "%s %s|", sobre_saved_query_get_name (query), sobre_saved_query_get_title (query));
    }
  g_assert_cmpstr (names->str, ==, "hours Hours|tables Own|");
  g_assert_cmpuint (errors->len, ==, 2);
  g_string_assign (names, g_ptr_array_index (errors, 0));
  g_string_append (names, g_ptr_array_index (errors, 1));
  g_assert_nonnull (strstr (names->str, "broken.sql:2: a chart is"));
  g_assert_nonnull (strstr (names->str, "a b.sql: "));

  found = sobre_saved_query_find (folders, "hours", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sobre_saved_query_get_title (found), ==, "Hours");
  g_assert_null (sobre_saved_query_find (folders, "broken", &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (sobre_saved_query_find (folders, "../../etc/passwd", &error));
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_NAME);

  remove_files (own, (const char *const[]) { "tables.sql", "broken.sql", ".tables.sql", "notes.txt", NULL });
  remove_files (shipped, (const char *const[]) { "tables.sql", "broken.sql", "a b.sql", "hours.sql", NULL });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saved-query/whole", test_whole);
  g_test_add_func ("/saved-query/least", test_least);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/saved-query/refusal/%02u", i);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  g_test_add_func ("/saved-query/hostile-text", test_hostile_text);
  g_test_add_func ("/saved-query/bind", test_bind);
  g_test_add_func ("/saved-query/bind-needs-value", test_bind_needs_value);
  g_test_add_func ("/saved-query/folders", test_folders);
  return g_test_run ();
}
