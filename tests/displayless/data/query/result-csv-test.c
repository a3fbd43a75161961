/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Results as Athena writes them: what is read is what was written, wherever the bytes are cut. */

#include <string.h>

#include "query/sobre-result-csv.h"

#define N_TABLES 10000
#define MAX_COLUMNS 6
#define MAX_ROWS 5

/** Made: a table of chance. @cells: (nullable) texts, row by row */
typedef struct
{
  guint n_columns;
  guint n_rows;
  SobreResultCsvColumn columns[MAX_COLUMNS];
  guint order[MAX_COLUMNS];
  char *cells[MAX_ROWS * MAX_COLUMNS];
} Made;

static const char *const names[] = { "a", "b", "A", "with \"quotes\"", "with, comma", "" };

static char *
make_text (GRand *rand)
{
  static const char *const pieces[] = { "\"", "\"\"", ",", "\n",   "\r\n", "\r", "é",   "日本",
                                        "🍲", "x",    " ", "NULL", "'",    "\t", "=1+1" };
  GString *text = g_string_new (NULL);

  for (gint n = g_rand_int_range (rand, 0, 5); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, (gint32) G_N_ELEMENTS (pieces))]);
  return g_string_free_and_steal (text);
}

static char *
make_cell (GRand *rand, const char *type)
{
  if (g_rand_int_range (rand, 0, 5) == 0)
    return NULL;
  if (strcmp (type, "varchar") == 0)
    return make_text (rand);
  if (strcmp (type, "bigint") == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) (((guint64) g_rand_int (rand) << 32) | g_rand_int (rand)));
  if (strcmp (type, "boolean") == 0)
    return g_strdup (g_rand_boolean (rand) ? "true" : "false");
  if (strcmp (type, "date") == 0)
    return g_strdup_printf ("20%02d-0%d-1%d", g_rand_int_range (rand, 0, 100), g_rand_int_range (rand, 1, 10),
                            g_rand_int_range (rand, 0, 10));
  return g_strdup_printf ("20%02d-0%d-1%d 0%d:5%d:00.12%d", g_rand_int_range (rand, 0, 100), g_rand_int_range (rand, 1, 10),
                          g_rand_int_range (rand, 0, 10), g_rand_int_range (rand, 0, 10), g_rand_int_range (rand, 0, 10),
                          g_rand_int_range (rand, 0, 10));
}

static void
make_table (GRand *rand, Made *made)
{
  static const char *const types[] = { "varchar", "varchar", "bigint", "boolean", "date", "timestamp" };

  made->n_columns = (guint) g_rand_int_range (rand, 1, MAX_COLUMNS + 1);
  made->n_rows = (guint) g_rand_int_range (rand, 0, MAX_ROWS + 1);
  for (guint i = 0; i < made->n_columns; i++)
    {
      made->columns[i] =
          (SobreResultCsvColumn) { names[i], types[g_rand_int_range (rand, 0, (gint32) G_N_ELEMENTS (types))], 0, 0 };
      made->order[i] = i;
    }
  for (guint i = made->n_columns - 1; i > 0; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
      guint kept = made->order[i];

      made->order[i] = made->order[j];
      made->order[j] = kept;
    }
  for (guint i = 0; i < made->n_rows * made->n_columns; i++)
    made->cells[i] = make_cell (rand, made->columns[i % made->n_columns].type);
}

static void
append_cell (GString *csv, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_c (csv, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

static GString *
write_csv (const Made *made)
{
  GString *csv = g_string_new (NULL);

  for (guint row = 0; row <= made->n_rows; row++)
    {
      for (guint i = 0; i < made->n_columns; i++)
        {
          g_string_append (csv, i > 0 ? "," : "");
          append_cell (csv, row == 0 ? made->columns[made->order[i]].name
                                     : made->cells[(row - 1) * made->n_columns + made->order[i]]);
        }
      g_string_append_c (csv, '\n');
    }
  return csv;
}

static SobreResultTable *
read_in_pieces (GRand *rand, const Made *made, const GString *csv)
{
  g_autoptr (SobreResultCsv) reader = sobre_result_csv_new (made->columns, made->n_columns, 100);
  g_autoptr (GError) error = NULL;
  SobreResultTable *table;

  for (gsize at = 0; at < csv->len;)
    {
      gsize wanted = (gsize) g_rand_int_range (rand, 1, 20);
      gsize length = MIN (csv->len - at, wanted);

      g_assert_true (sobre_result_csv_feed (reader, csv->str + at, length, &error));
      g_assert_no_error (error);
      at += length;
    }
  g_assert_false (sobre_result_csv_is_full (reader));
  table = sobre_result_csv_finish (reader, &error);
  g_assert_no_error (error);
  return table;
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261129);

  for (guint n = 0; n < N_TABLES; n++)
    {
      Made made = { 0 };
      g_autoptr (GString) csv = NULL;
      g_autoptr (SobreResultTable) table = NULL;

      make_table (rand, &made);
      csv = write_csv (&made);
      table = read_in_pieces (rand, &made, csv);
      g_assert_cmpuint (sobre_result_table_get_n_rows (table), ==, made.n_rows);
      g_assert_cmpuint (sobre_result_table_get_n_columns (table), ==, made.n_columns);
      for (guint i = 0; i < made.n_rows * made.n_columns; i++)
        {
          guint row = i / made.n_columns, column = i % made.n_columns;
          g_autofree char *text = sobre_result_table_dup_text (table, row, column);

          g_assert_cmpint (sobre_result_table_is_null (table, row, column), ==, made.cells[i] == NULL);
          if (made.cells[i] != NULL)
            g_assert_cmpstr (text, ==, made.cells[i]);
          g_free (made.cells[i]);
        }
    }
}

static void
check_refused (const char *csv, const char *const *types, guint n)
{
  SobreResultCsvColumn columns[3] = { { "a", types[0], 38, 2 }, { "b", types[1], 38, 2 }, { "c", "varchar", 0, 0 } };
  g_autoptr (SobreResultCsv) reader = sobre_result_csv_new (columns, n, 100);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreResultTable) table = NULL;

  g_test_message ("%s", csv);
  if (sobre_result_csv_feed (reader, csv, strlen (csv), &error))
    table = sobre_result_csv_finish (reader, &error);
  g_assert_null (table);
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_FAILED);
}

static void
test_what_is_no_result (void)
{
  static const char *const texts[] = { "varchar", "varchar" };
  static const char *const numbers[] = { "bigint", "double" };
  static const char *const others[] = { "decimal", "timestamp with time zone" };

  check_refused ("", texts, 2);
  check_refused ("\"a\"\n", texts, 2);
  check_refused ("\"a\",\"x\"\n", texts, 2);
  check_refused ("\"a\",\"a\"\n", texts, 2);
  check_refused ("\"a\",\"b\"\n\"1\"\n", texts, 2);
  check_refused ("\"a\",\"b\"\n\"1\",\"2\",\"3\"\n", texts, 2);
  check_refused ("\"a\",\"b\"\n\"1\",\"2", texts, 2);
  check_refused ("\"a\",\"b\"\n\"1\"x,\"2\"\n", texts, 2);
  check_refused ("\"a\",\"b\"\nx\"1\",\"2\"\n", texts, 2);
  check_refused ("\"a\",\"b\"\n\"\xff\",\"2\"\n", texts, 2);
  check_refused ("<!DOCTYPE html><html></html>", texts, 2);
  check_refused ("\"a\",\"b\"\n\"1.5\",\"2\"\n", numbers, 2);
  check_refused ("\"a\",\"b\"\n\"1\",\"two\"\n", numbers, 2);
  check_refused ("\"a\",\"b\"\n\"\",\"2\"\n", numbers, 2);
  check_refused ("\"a\",\"b\"\n\"x\",\n", others, 2);
  check_refused ("\"a\",\"b\"\n,\"2026-01-01 00:00:00.000 Nowhere/Land\"\n", others, 2);
  check_refused ("\"a\",\"b\"\n,\"2026-01-01 00:00:00.000 UTC\"\n,\"2026-01-01 00:00:00.000 Europe/Madrid\"\n", others, 2);
}

/* One column whose value is NULL is an empty line. */
static void
test_empty_line_is_a_null (void)
{
  const SobreResultCsvColumn column = { "a", "varchar", 0, 0 };
  g_autoptr (SobreResultCsv) reader = sobre_result_csv_new (&column, 1, 100);
  g_autoptr (SobreResultTable) table = NULL;
  const char *csv = "\"a\"\n\n\"\"\n\"x\"";

  g_assert_true (sobre_result_csv_feed (reader, csv, strlen (csv), NULL));
  table = sobre_result_csv_finish (reader, NULL);
  g_assert_cmpuint (sobre_result_table_get_n_rows (table), ==, 3);
  g_assert_true (sobre_result_table_is_null (table, 0, 0));
  g_assert_false (sobre_result_table_is_null (table, 1, 0));
}

static void
test_more_rows_than_wanted (void)
{
  const SobreResultCsvColumn column = { "a", "integer", 0, 0 };
  const char *csv = "\"a\"\n\"1\"\n\"2\"\n\"3\"\n";

  for (guint max = 0; max <= 3; max++)
    {
      g_autoptr (SobreResultCsv) reader = sobre_result_csv_new (&column, 1, max);
      g_autoptr (SobreResultTable) table = NULL;

      g_assert_true (sobre_result_csv_feed (reader, csv, strlen (csv), NULL));
      g_assert_cmpint (sobre_result_csv_is_full (reader), ==, max < 3);
      table = sobre_result_csv_finish (reader, NULL);
      g_assert_cmpuint (sobre_result_table_get_n_rows (table), ==, max);
      g_assert_cmpint (sobre_result_table_is_truncated (table), ==, max < 3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/result-csv/round-trip", test_round_trip);
  g_test_add_func ("/result-csv/what-is-no-result", test_what_is_no_result);
  g_test_add_func ("/result-csv/empty-line-is-a-null", test_empty_line_is_a_null);
  g_test_add_func ("/result-csv/more-rows-than-wanted", test_more_rows_than_wanted);
  return g_test_run ();
}
