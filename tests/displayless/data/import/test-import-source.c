/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import/sobre-import-source.h"

static SobreImportSource *
open_bytes (const char *text, gsize length, const char *encoding)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  SobreImportReading reading = { (char *) encoding, 0, FALSE };
  SobreImportSource *source = sobre_import_source_new (bytes, &reading, &error);

  g_assert_no_error (error);
  return source;
}

static const SobreImportRow *
next (SobreImportSource *source)
{
  g_autoptr (GError) error = NULL;
  const SobreImportRow *row = sobre_import_source_next (source, &error);

  g_assert_no_error (error);
  return row;
}

static void
assert_cell (const SobreImportRow *row, guint place, const char *expected)
{
  g_assert_nonnull (row);
  g_assert_cmpstr (row->reason, ==, NULL);
  g_assert_cmpuint (place, <, row->n_cells);
  g_assert_cmpmem (row->cells[place].data, row->cells[place].length, expected, strlen (expected));
}

/* The same words in every encoding that spreadsheets write, found without being told. */
static void
test_encodings_are_found (void)
{
  static const char *const text = "Gericht,Menge\nKäsespätzle – groß €,2\nJalapeño,3\n";
  static const struct
  {
    const char *encoding;
    const char *mark;
    gsize mark_length;
    const char *found;
  } cases[] = {
    { "UTF-8", "", 0, "UTF-8" },
    { "UTF-8", "\xEF\xBB\xBF", 3, "UTF-8" },
    { "UTF-16LE", "\xFF\xFE", 2, "UTF-16LE" },
    { "UTF-16BE", "\xFE\xFF", 2, "UTF-16BE" },
    { "UTF-16LE", "", 0, "UTF-16LE" },
    { "UTF-16BE", "", 0, "UTF-16BE" },
    { "UTF-32LE", "\xFF\xFE\0\0", 4, "UTF-32LE" },
    { "WINDOWS-1252", "", 0, "WINDOWS-1252" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *encoded = NULL;
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (SobreImportSource) source = NULL;
      gsize length;

      encoded = g_convert (text, -1, cases[i].encoding, "UTF-8", NULL, &length, NULL);
      g_byte_array_append (bytes, (const guint8 *) cases[i].mark, (guint) cases[i].mark_length);
      g_byte_array_append (bytes, (const guint8 *) encoded, (guint) length);
      source = open_bytes ((const char *) bytes->data, bytes->len, NULL);
      g_assert_cmpstr (sobre_import_source_get_encoding (source), ==, cases[i].found);
      g_assert_cmpstr (g_ptr_array_index (sobre_import_source_get_columns (source), 0), ==, "Gericht");
      assert_cell (next (source), 0, "Käsespätzle – groß €");
      assert_cell (next (source), 0, "Jalapeño");
      g_assert_null (next (source));
    }
}

static void
test_another_encoding_can_be_said (void)
{
  static const char bytes[] = "\xc3\xd2\xc5\xc8\nx\n"; /* KOI8-R */
  g_autoptr (SobreImportSource) source = open_bytes (bytes, sizeof bytes - 1, "KOI8-R");
  g_autoptr (GBytes) plain = g_bytes_new_static ("a\n", 2);

  g_assert_cmpstr (g_ptr_array_index (sobre_import_source_get_columns (source), 0), ==, "црех");
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "KLINGON", "UTF-16//IGNORE", "" };
      SobreImportReading reading = { (char *) names[i], 0, FALSE };
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_import_source_new (plain, &reading, &error));
      g_assert_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE);
    }
}

/* A character may lie across the pieces in which a file is read. */
static void
test_characters_across_pieces (void)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "WINDOWS-1252" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      for (guint shift = 0; shift < 4; shift++)
        {
          g_autoptr (GString) text = g_string_new ("a\n");
          g_autofree char *encoded = NULL;
          g_autoptr (SobreImportSource) source = NULL;
          gsize length;
          guint n = 0;

          for (guint j = 0; j < shift; j++)
            g_string_append_c (text, 'x');
          for (guint j = 0; j < 60000; j++)
            g_string_append (text, "€éé\n");
          encoded = g_convert (text->str, -1, encodings[i], "UTF-8", NULL, &length, NULL);
          source = open_bytes (encoded, length, NULL);
          g_assert_cmpstr (sobre_import_source_get_encoding (source), ==, encodings[i]);
          for (const SobreImportRow *row = next (source); row != NULL; row = next (source), n++)
            {
              g_assert_cmpstr (row->reason, ==, NULL);
              if (n > 0)
                assert_cell (row, 0, "€éé");
            }
          g_assert_cmpuint (n, ==, 60000);
        }
    }
}

/* Text that is UTF-8 but for one place stays UTF-8, and that place costs its line. */
static void
test_a_broken_place_costs_its_line (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autoptr (SobreImportSource) source = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append (text, "ééé,1\n");
  g_string_append (text, "caf\xe9,2\nfin,3\n");
  source = open_bytes (text->str, text->len, NULL);
  g_assert_cmpstr (sobre_import_source_get_encoding (source), ==, "UTF-8");
  for (guint i = 0; i < 30; i++)
    assert_cell (next (source), 0, "ééé");
  g_assert_cmpstr (next (source)->reason, ==, "utf8");
  assert_cell (next (source), 0, "fin");
}

static void
test_nul_and_half_units (void)
{
  static const char nul[] = "a,b\nx\0y,1\nz,2\n";
  static const char half[] = "\xFF\xFE"
                             "a\0,\0b\0\n\0"
                             "1\0,\0"
                             "2\0\n\0"
                             "x";
  static const char lone[] = "\xFF\xFE"
                             "a\0\n\0"
                             "\x00\xD8"
                             "\n\0"
                             "1\0";
  g_autoptr (SobreImportSource) with_nul = open_bytes (nul, sizeof nul - 1, NULL);
  g_autoptr (SobreImportSource) with_half = open_bytes (half, sizeof half - 1, NULL);
  g_autoptr (SobreImportSource) with_lone = open_bytes (lone, sizeof lone - 1, NULL);

  g_assert_cmpstr (next (with_nul)->reason, ==, "nul");
  assert_cell (next (with_nul), 0, "z");
  assert_cell (next (with_half), 1, "2");
  g_assert_cmpstr (next (with_half)->reason, ==, "row.cells");
  g_assert_cmpstr (next (with_lone)->reason, ==, "utf8");
  assert_cell (next (with_lone), 0, "1");
}

static void
test_rows_have_as_many_cells_as_the_header (void)
{
  static const char csv[] = "a,b\n1\n1,2,,\n1,2,3\n";
  g_autoptr (SobreImportSource) source = open_bytes (csv, sizeof csv - 1, NULL);

  g_assert_cmpstr (next (source)->reason, ==, "row.cells");
  assert_cell (next (source), 1, "2");
  g_assert_cmpstr (next (source)->reason, ==, "row.cells");
  g_assert_null (next (source));
}

static void
test_names_of_columns (void)
{
  static const char csv[] = "  Rating ,,Comment,\"Com\nment\",Comment\n";
  static const char *const expected[] = { "Rating", "2", "Comment", "Com ment", "Comment (2)" };
  g_autoptr (SobreImportSource) source = open_bytes (csv, sizeof csv - 1, NULL);
  GPtrArray *columns = sobre_import_source_get_columns (source);

  g_assert_cmpuint (columns->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < columns->len; i++)
    g_assert_cmpstr (g_ptr_array_index (columns, i), ==, expected[i]);
}

static void
test_json_lines (void)
{
  static const char json[] =
      "{\"id\":1,\"guest\":{\"table\":\"T 4\",\"vip\":true},\"dishes\":[\"soup\",{\"name\":\"pie\"}],\"n\":1.50}\n"
      "\n"
      "{\"id\":2,\"guest\":null,\"late\":\"x\"}\r\n"
      "[1]\n"
      "{\"id\":3,\"id\":4}\n"
      "{\"id\":\n"
      "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}\n"
      "{\"id\":5}";
  static const char *const columns[] = { "id", "guest.table", "guest.vip", "dishes.0", "dishes.1.name", "n", "late" };
  g_autoptr (SobreImportSource) source = open_bytes (json, sizeof json - 1, NULL);
  const SobreImportRow *row = next (source);

  g_assert_true (sobre_import_source_is_json (source));
  assert_cell (row, 0, "1");
  assert_cell (row, 1, "T 4");
  assert_cell (row, 2, "true");
  assert_cell (row, 4, "pie");
  assert_cell (row, 5, "1.50");
  row = next (source);
  g_assert_cmpuint (row->line, ==, 3);
  assert_cell (row, 6, "x");
  g_assert_null (row->cells[1].data);
  g_assert_cmpstr (next (source)->reason, ==, "object");
  g_assert_cmpstr (next (source)->reason, ==, "duplicate");
  g_assert_cmpstr (next (source)->reason, ==, "json");
  g_assert_cmpstr (next (source)->reason, ==, "depth");
  assert_cell (next (source), 0, "5");
  g_assert_null (next (source));
  g_assert_cmpuint (sobre_import_source_get_columns (source)->len, ==, G_N_ELEMENTS (columns));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_cmpstr (g_ptr_array_index (sobre_import_source_get_columns (source), i), ==, columns[i]);
}

static void
test_a_json_line_of_ten_megabytes (void)
{
  g_autofree char *filling = g_strnfill (30 * 1024 * 1024, 'x');
  g_autofree char *json = g_strdup_printf ("{\"a\":1}\n{\"a\":\"%s\"}\n{\"a\":3}\n", filling);
  g_autoptr (SobreImportSource) source = open_bytes (json, strlen (json), NULL);

  assert_cell (next (source), 0, "1");
  g_assert_cmpstr (next (source)->reason, ==, "row.length");
  assert_cell (next (source), 0, "3");
}

static void
test_an_array_is_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[{\"a\":1}]", 9);
  SobreImportReading reading = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_import_source_new (bytes, &reading, &error));
  g_assert_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE);
}

static void
test_shape_is_that_of_the_names (void)
{
  g_autoptr (SobreImportSource) one = open_bytes ("a,b\n1,2\n", 8, NULL);
  g_autoptr (SobreImportSource) other_order = open_bytes ("b;a\r\n", 5, NULL);
  g_autoptr (SobreImportSource) other = open_bytes ("a,c\n", 4, NULL);
  g_autofree char *shape = sobre_import_source_make_shape (one);
  g_autofree char *shape_of_other_order = sobre_import_source_make_shape (other_order);
  g_autofree char *shape_of_other = sobre_import_source_make_shape (other);

  g_assert_cmpuint (strlen (shape), ==, 16);
  g_assert_cmpstr (shape, ==, shape_of_other_order);
  g_assert_cmpstr (shape, !=, shape_of_other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-source/encodings-are-found", test_encodings_are_found);
  g_test_add_func ("/import-source/another-encoding-can-be-said", test_another_encoding_can_be_said);
  g_test_add_func ("/import-source/characters-across-pieces", test_characters_across_pieces);
  g_test_add_func ("/import-source/a-broken-place-costs-its-line", test_a_broken_place_costs_its_line);
  g_test_add_func ("/import-source/nul-and-half-units", test_nul_and_half_units);
  g_test_add_func ("/import-source/rows-have-as-many-cells-as-the-header", test_rows_have_as_many_cells_as_the_header);
  g_test_add_func ("/import-source/names-of-columns", test_names_of_columns);
  g_test_add_func ("/import-source/json-lines", test_json_lines);
  g_test_add_func ("/import-source/a-json-line-of-ten-megabytes", test_a_json_line_of_ten_megabytes);
  g_test_add_func ("/import-source/an-array-is-refused", test_an_array_is_refused);
  g_test_add_func ("/import-source/shape-is-that-of-the-names", test_shape_is_that_of_the_names);

  return g_test_run ();
}
