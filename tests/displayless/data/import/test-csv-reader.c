/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import/sobre-csv-reader.h"
#include "model/sobre-random.h"

/** Reading: a reader over bytes in memory. */
typedef struct
{
  SobreImportInput *input;
  SobreCsvReader *reader;
} Reading;

static Reading
read_bytes (const char *text, gssize length, char delimiter)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  Reading reading = { sobre_import_input_new (bytes, "UTF-8", &error), NULL };

  g_assert_no_error (error);
  reading.reader = sobre_csv_reader_new (reading.input, delimiter, &error);
  g_assert_no_error (error);
  return reading;
}

static void
close_reading (Reading *reading)
{
  sobre_csv_reader_free (reading->reader);
  sobre_import_input_free (reading->input);
}

static const SobreImportRow *
next (Reading *reading)
{
  g_autoptr (GError) error = NULL;
  const SobreImportRow *row = sobre_csv_reader_next (reading->reader, &error);

  g_assert_no_error (error);
  return row;
}

/* A row as "line: [cell][cell]", or "line: reason". */
static char *
describe (const SobreImportRow *row)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GUINT64_FORMAT ": ", row->line);
  if (row->reason != NULL)
    g_string_append (text, row->reason);
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_string_append_c (text, '[');
      g_string_append_len (text, row->cells[i].data, (gssize) row->cells[i].length);
      g_string_append_c (text, ']');
    }
  return g_string_free (text, FALSE);
}

static void
assert_rows (const char *csv, char delimiter, const char *const *expected)
{
  Reading reading = read_bytes (csv, -1, delimiter);

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; expected[i] != NULL; i++)
        {
          const SobreImportRow *row = next (&reading);
          g_autofree char *text = NULL;

          g_assert_nonnull (row);
          text = describe (row);
          g_assert_cmpstr (text, ==, expected[i]);
        }
      g_assert_null (next (&reading));
      sobre_csv_reader_rewind (reading.reader);
    }
  close_reading (&reading);
}

#define ROWS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
test_plain (void)
{
  assert_rows ("a,b\n1,2\n", 0, ROWS ("1: [a][b]", "2: [1][2]"));
  assert_rows ("a,b\r\n1,2", 0, ROWS ("1: [a][b]", "2: [1][2]"));
  assert_rows ("a;b\r1;2\r", 0, ROWS ("1: [a][b]", "2: [1][2]"));
  assert_rows ("a,b\n\n\n1,\n", 0, ROWS ("1: [a][b]", "4: [1][]"));
  assert_rows ("a\n\"\"\n", 0, ROWS ("1: [a]", "2: []"));
  assert_rows (",", ',', ROWS ("1: [][]"));
}

static void
test_quotes (void)
{
  assert_rows ("\"a,b\",\"c \"\"d\"\"\"\n", ',', ROWS ("1: [a,b][c \"d\"]"));
  assert_rows ("\"two\nlines\",x\ny,z\n", ',', ROWS ("1: [two\nlines][x]", "3: [y][z]"));
  assert_rows ("\"two\r\nlines\",x\r\ny,z\r\n", ',', ROWS ("1: [two\r\nlines][x]", "3: [y][z]"));
  /* A measure in inches, and blanks beside quotes. */
  assert_rows ("12\" pizza,1\n \"a, b\" , \"c\"\n", ',', ROWS ("1: [12\" pizza][1]", "2: [a, b][c]"));
}

static void
test_delimiters_are_found (void)
{
  static const struct
  {
    const char *csv;
    char delimiter;
  } cases[] = {
    { "a,b,c\n1,2,3\n", ',' },
    { "a;b;c\n1,5;2,5;3,5\n", ';' },
    { "a\tb\tc\nx, y\tz, w\tv\n", '\t' },
    { "a|b\n1|2\n", '|' },
    { "\"x;y;z\",b\n\"p;q\",c\n", ',' },
    { "sep=;\r\na,b;c\r\n1,5;2,5\r\n", ';' },
    { "alone\n1\n2\n", ',' },
    { "", ',' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Reading reading = read_bytes (cases[i].csv, -1, 0);

      g_assert_cmpint (sobre_csv_reader_get_delimiter (reading.reader), ==, cases[i].delimiter);
      close_reading (&reading);
    }
  assert_rows ("sep=;\r\na;b\r\n", 0, ROWS ("2: [a][b]"));
}

static void
test_broken_quotes_cost_one_line (void)
{
  /* Opened and never closed: at the end of the file, and before rows that are sound. */
  assert_rows ("a,b\n1,\"", ',', ROWS ("1: [a][b]", "2: quote.open"));
  assert_rows ("a,b\n\"1,2\n3,4\n5,6\n", ',', ROWS ("1: [a][b]", "2: quote.open", "3: [3][4]", "4: [5][6]"));
  /* Closed by the quote that opens another cell, far below. */
  assert_rows ("a,b\n\"1,2\n3,4\n\"5\",6\n", ',', ROWS ("1: [a][b]", "2: quote.text", "3: [3][4]", "4: [5][6]"));
  assert_rows ("\"a\"b,c\nd,e\n", ',', ROWS ("1: quote.text", "2: [d][e]"));
  assert_rows ("\"", ',', ROWS ("1: quote.open"));
}

static void
test_nul_is_a_byte_like_others (void)
{
  static const char csv[] = "a\0b,c\n\"\0\",d\n";
  Reading reading = read_bytes (csv, sizeof csv - 1, ',');
  const SobreImportRow *row = next (&reading);

  g_assert_cmpuint (row->n_cells, ==, 2);
  g_assert_cmpmem (row->cells[0].data, row->cells[0].length, "a\0b", 3);
  row = next (&reading);
  g_assert_cmpmem (row->cells[0].data, row->cells[0].length, "\0", 1);
  g_assert_null (next (&reading));
  close_reading (&reading);
}

/* A field beyond 10 MiB costs its line, which is named; the lines beside it are read. */
static void
test_fields_of_ten_megabytes (void)
{
  for (guint quoted = 0; quoted < 2; quoted++)
    {
      for (gsize extra = 0; extra < 2; extra++)
        {
          gsize length = SOBRE_IMPORT_MAX_FIELD_BYTES + extra;
          g_autofree char *filling = g_strnfill (length, 'x');
          g_autofree char *csv = g_strdup_printf (quoted ? "a,b\n1,\"%s\"\n3,4\n" : "a,b\n1,%s\n3,4\n", filling);
          Reading reading = read_bytes (csv, -1, ',');
          const SobreImportRow *row;
          g_autofree char *last = NULL;

          next (&reading);
          row = next (&reading);
          g_assert_cmpuint (row->line, ==, 2);
          g_assert_cmpstr (row->reason, ==, extra > 0 ? "cell.length" : NULL);
          if (extra == 0)
            g_assert_cmpuint (row->cells[1].length, ==, length);
          last = describe (next (&reading));
          g_assert_cmpstr (last, ==, "3: [3][4]");
          g_assert_null (next (&reading));
          close_reading (&reading);
        }
    }
}

/* Without a line end in sight, a line of any length is left out without being kept. */
static void
test_a_line_longer_than_any_window (void)
{
  gsize length = 40 * 1024 * 1024;
  g_autofree char *csv = g_strnfill (length + 8, 'x');
  Reading reading;
  g_autofree char *last = NULL;

  csv[length] = '\n';
  memcpy (csv + length + 1, "1,2\n", 4);
  reading = read_bytes (csv, (gssize) length + 5, ',');
  g_assert_cmpstr (next (&reading)->reason, ==, "cell.length");
  last = describe (next (&reading));
  g_assert_cmpstr (last, ==, "2: [1][2]");
  close_reading (&reading);
}

static void
test_too_many_cells (void)
{
  g_autofree char *commas = g_strnfill (SOBRE_IMPORT_MAX_COLUMNS, ',');
  g_autofree char *csv = g_strdup_printf ("%s\n1,2\n", commas);

  assert_rows (csv, ',', ROWS ("1: row.cells", "2: [1][2]"));
}

/* In every line a quote is opened and another one closed: reading on from each of them would take a time that grows with the square. */
static void
test_endless_quotes_end (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint64 line = 0;
  const SobreImportRow *row;
  Reading reading;

  while (csv->len < 8 * 1024 * 1024)
    g_string_append (csv, "x\",\"\"\"\n");
  reading = read_bytes (csv->str, (gssize) csv->len, ',');
  while ((row = sobre_csv_reader_next (reading.reader, &error)) != NULL)
    line = row->line;
  g_assert_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE);
  g_assert_cmpuint (line, >, 0);
  g_assert_nonnull (strstr (error->message, "Line "));
  close_reading (&reading);
}

static guint
roll (SobreRandom *random, guint sides)
{
  guint32 bits;

  sobre_random_fill (random, &bits, sizeof bits);
  return bits % sides;
}

static void
append_random_cell (SobreRandom *random, GString *cell)
{
  static const char *const pieces[] = { "a",  "b",    "\"", "\"\"", ",",  ";",    "\t", "|", "\r",
                                        "\n", "\r\n", " ",  "é",    "日", "=1+1", "'",  "\\" };

  for (guint n = roll (random, 8); n > 0; n--)
    g_string_append (cell, pieces[roll (random, G_N_ELEMENTS (pieces))]);
}

/* Whatever cells hold: what is written is read again as the same, with every delimiter and line end. */
static void
test_what_is_written_is_read (void)
{
  static const char delimiters[] = { ',', ';', '\t', '|' };
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (11);

  for (guint round = 0; round < 2000; round++)
    {
      char delimiter = delimiters[round % G_N_ELEMENTS (delimiters)];
      const char *line_end = roll (random, 2) == 0 ? "\n" : "\r\n";
      guint n_columns = 1 + roll (random, 5);
      guint n_rows = 1 + roll (random, 6);
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) csv = g_string_new (NULL);
      Reading reading;

      for (guint i = 0; i < n_rows * n_columns; i++)
        {
          GString *cell = g_string_new (NULL);

          append_random_cell (random, cell);
          sobre_csv_append_cell (csv, (SobreText) { cell->str, cell->len }, delimiter, FALSE);
          g_ptr_array_add (cells, g_string_free (cell, FALSE));
          if (i % n_columns < n_columns - 1)
            g_string_append_c (csv, delimiter);
          else if (i + 1 < n_rows * n_columns || roll (random, 2) == 0)
            g_string_append (csv, line_end);
        }

      reading = read_bytes (csv->str, (gssize) csv->len, delimiter);
      for (guint i = 0; i < n_rows; i++)
        {
          const SobreImportRow *row = next (&reading);

          g_assert_nonnull (row);
          g_assert_cmpstr (row->reason, ==, NULL);
          g_assert_cmpuint (row->n_cells, ==, n_columns);
          for (guint j = 0; j < n_columns; j++)
            {
              const char *cell = g_ptr_array_index (cells, i * n_columns + j);

              g_assert_cmpmem (row->cells[j].data, row->cells[j].length, cell, strlen (cell));
            }
        }
      g_assert_null (next (&reading));
      close_reading (&reading);
    }
}

static void
test_formulas_are_defused_when_written (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  sobre_csv_append_cell (csv, sobre_text ("=HYPERLINK(\"x\")"), ',', TRUE);
  g_string_append_c (csv, ' ');
  sobre_csv_append_cell (csv, sobre_text ("\xc2\xa0@SUM(1)"), ',', TRUE);
  g_string_append_c (csv, ' ');
  sobre_csv_append_cell (csv, sobre_text ("a=b"), ',', TRUE);
  g_assert_cmpstr (csv->str, ==, "\"'=HYPERLINK(\"\"x\"\")\" \"'\xc2\xa0@SUM(1)\" a=b");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-reader/plain", test_plain);
  g_test_add_func ("/csv-reader/quotes", test_quotes);
  g_test_add_func ("/csv-reader/delimiters-are-found", test_delimiters_are_found);
  g_test_add_func ("/csv-reader/broken-quotes-cost-one-line", test_broken_quotes_cost_one_line);
  g_test_add_func ("/csv-reader/nul-is-a-byte-like-others", test_nul_is_a_byte_like_others);
  g_test_add_func ("/csv-reader/fields-of-ten-megabytes", test_fields_of_ten_megabytes);
  g_test_add_func ("/csv-reader/a-line-longer-than-any-window", test_a_line_longer_than_any_window);
  g_test_add_func ("/csv-reader/too-many-cells", test_too_many_cells);
  g_test_add_func ("/csv-reader/endless-quotes-end", test_endless_quotes_end);
  g_test_add_func ("/csv-reader/what-is-written-is-read", test_what_is_written_is_read);
  g_test_add_func ("/csv-reader/formulas-are-defused-when-written", test_formulas_are_defused_when_written);

  return g_test_run ();
}
