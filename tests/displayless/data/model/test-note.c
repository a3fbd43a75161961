/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "model/sobre-note.h"
#include "model/sobre-settings.h"
#include "model/sobre-time.h"

static const char *
get_text (GListModel *notes, guint place)
{
  g_autoptr (SobreNote) note = g_list_model_get_item (notes, place);

  return sobre_note_get_text (note);
}

static void
test_reads_in_order (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) notes = sobre_note_list_parse ("\xEF\xBB\xBF"
                                                        "day,note\r\n2026-11-13,\"Terrace, \"\"south\"\"\"\r\n\r\n"
                                                        "2026-10-27,New menu\r\n2026-11-13,Concert",
                                                        -1, &error);
  g_autoptr (SobreNote) first = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 3);
  first = g_list_model_get_item (notes, 0);
  g_assert_cmpint (sobre_note_get_day (first), ==, sobre_day_from_civil (2026, 10, 27));
  g_assert_cmpstr (get_text (notes, 0), ==, "New menu");
  g_assert_cmpstr (get_text (notes, 1), ==, "Concert");
  g_assert_cmpstr (get_text (notes, 2), ==, "Terrace, \"south\"");
}

static void
test_text_comes_back (void)
{
  static const char *const texts[] = { "New menu", "a,b", "\"", "\"\"", ",\",\"", "Ñ “x”", "مهرجان", "=1+1" };

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GListModel) notes = G_LIST_MODEL (g_list_store_new (SOBRE_TYPE_NOTE));
      g_autoptr (GListModel) again = NULL;
      g_autofree char *csv = NULL;
      g_autofree char *csv_again = NULL;
      guint n = (guint) g_test_rand_int_range (0, 20);

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (SobreNote) note =
              sobre_note_new (g_test_rand_int_range (-30000, 60000), texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
          GListModel *more = sobre_note_list_change (notes, NULL, note);

          g_object_unref (notes);
          notes = more;
          g_assert_cmpint (sobre_note_list_find (notes, note), >=, 0);
        }
      csv = sobre_note_list_format (notes);
      again = sobre_note_list_parse (csv, -1, NULL);
      g_assert_nonnull (again);
      g_assert_cmpuint (g_list_model_get_n_items (again), ==, n);
      csv_again = sobre_note_list_format (again);
      g_assert_cmpstr (csv_again, ==, csv);
    }
}

static void
test_names_the_line (void)
{
  const struct
  {
    const char *csv;
    gssize length;
    const char *where;
    const char *what;
  } cases[] = {
    { "", -1, "Line 1", "day,note" },
    { "note,day\n", -1, "Line 1", "day,note" },
    { "day,note\n2026-11-13\n", -1, "Line 2", "1 fields" },
    { "day,note\n2026-11-13,a,b\n", -1, "Line 2", "3 fields" },
    { "day,note\n2026-11-13,a\n2026-02-30,b\n", -1, "Line 3", "“day”" },
    { "day,note\n13.11.2026,a\n", -1, "Line 2", "“day”" },
    { "day,note\n2026-11-13,\n", -1, "Line 2", "“note”" },
    { "day,note\n2026-11-13, a\n", -1, "Line 2", "“note”" },
    { "day,note\n2026-11-13,\"two\nlines\"\n", -1, "Line 2", "“note”" },
    { "day,note\n2026-11-13,\"\x1b[2J\"\n", -1, "Line 2", "“note”" },
    { "day,note\n2026-11-13,\"never closed\n", -1, "Line 2", "never closed" },
    { "day,note\n2026-11-13,\"a\"b\n", -1, "Line 2", "closing quote" },
    { "day,note\n2026-11-13,a\n2026-11-14,\xff\n", -1, "Line 3", "UTF-8" },
    { "day,note\n2026-11-13,a\0b\n", 23, "Line 2", "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_note_list_parse (cases[i].csv, cases[i].length, &error));
      g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].where));
      g_assert_nonnull (strstr (error->message, cases[i].what));
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) csv = g_string_new ("day,note\n");
  g_autoptr (GListModel) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (SOBRE_NOTE_MAX_LENGTH, 'a');
  g_autofree char *longer = g_strnfill (SOBRE_NOTE_MAX_LENGTH + 1, 'a');

  g_assert_true (sobre_note_text_is_valid (longest));
  g_assert_false (sobre_note_text_is_valid (longer));
  g_assert_false (sobre_note_text_is_valid ("a\302\205b"));
  g_assert_false (sobre_note_text_is_valid ("a\342\200\250b"));
  for (guint i = 0; i < SOBRE_NOTE_MAX_COUNT; i++)
    g_string_append (csv, "2026-11-13,a\n");
  notes = sobre_note_list_parse (csv->str, (gssize) csv->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, SOBRE_NOTE_MAX_COUNT);
  g_string_append (csv, "2026-11-13,a\n");
  g_assert_null (sobre_note_list_parse (csv->str, (gssize) csv->len, &error));
  g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
}

static void
test_changes (void)
{
  g_autoptr (GListModel) none = G_LIST_MODEL (g_list_store_new (SOBRE_TYPE_NOTE));
  g_autoptr (SobreNote) a = sobre_note_new (10, "a");
  g_autoptr (SobreNote) b = sobre_note_new (9, "b");
  g_autoptr (SobreNote) as_a = sobre_note_new (10, "a");
  g_autoptr (GListModel) one = sobre_note_list_change (none, NULL, a);
  g_autoptr (GListModel) two = sobre_note_list_change (one, NULL, b);
  g_autoptr (GListModel) changed = sobre_note_list_change (two, as_a, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  g_assert_cmpint (sobre_note_list_find (two, as_a), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (changed), ==, 1);
  g_assert_cmpstr (get_text (changed, 0), ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note/reads-in-order", test_reads_in_order);
  g_test_add_func ("/note/text-comes-back", test_text_comes_back);
  g_test_add_func ("/note/names-the-line", test_names_the_line);
  g_test_add_func ("/note/limits", test_limits);
  g_test_add_func ("/note/changes", test_changes);
  return g_test_run ();
}
