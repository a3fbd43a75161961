/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "model/sobre-settings.h"
#include "model/sobre-table.h"

#define HEADER "store_id,table_id,zone,seats,x,y\n"

static void
test_quotes_and_line_ends (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) tables =
      sobre_table_list_parse ("\xEF\xBB\xBFstore_id,table_id,zone,seats,x,y\r\ncentro,t1,\"Terraza, "
                              "\"\"sur\"\"\nabajo\",4,1.5,-2\r\n\r\nCentro,T2,,,,\r\nplaya,t1,Sala,2,0,0",
                              -1, &error);
  g_autoptr (SobreTable) first = NULL;
  g_autoptr (SobreTable) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (tables), ==, 3);
  first = g_list_model_get_item (tables, 0);
  second = g_list_model_get_item (tables, 1);
  g_assert_cmpstr (sobre_table_get_zone (first), ==, "Terraza, \"sur\"\nabajo");
  g_assert_cmpuint (sobre_table_get_seats (first), ==, 4);
  g_assert_cmpfloat (sobre_table_get_x (first), ==, 1.5);
  g_assert_cmpfloat (sobre_table_get_y (first), ==, -2);
  g_assert_cmpstr (sobre_table_get_store_id (second), ==, "Centro");
  g_assert_cmpstr (sobre_table_get_table_id (second), ==, "T2");
  g_assert_true (isnan (sobre_table_get_x (second)));
}

static void
test_text_comes_back (void)
{
  static const char *const zones[] = { "", "Sala", "a,b", "\"", "\"\"", "\n", "\r\n", ",\",\"", "Ñ “x”", " led by space" };

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GListStore) tables = g_list_store_new (SOBRE_TYPE_TABLE);
      g_autoptr (GListModel) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_again = NULL;
      guint n_tables = (guint) g_test_rand_int_range (0, 20);

      for (guint j = 0; j < n_tables; j++)
        {
          g_autofree char *id = g_strdup_printf ("t.%u-%u", j, i);
          double x = g_test_rand_bit () ? g_test_rand_double_range (-1e6, 1e6) : NAN;
          g_autoptr (SobreTable) table = sobre_table_new ("centro", id, zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))],
                                                          j, x, g_test_rand_double ());

          g_list_store_append (tables, table);
        }
      text = sobre_table_list_format (G_LIST_MODEL (tables));
      again = sobre_table_list_parse (text, -1, NULL);
      g_assert_nonnull (again);
      g_assert_cmpuint (g_list_model_get_n_items (again), ==, n_tables);
      text_again = sobre_table_list_format (again);
      g_assert_cmpstr (text_again, ==, text);
    }
}

static void
test_names_the_line (void)
{
  const struct
  {
    const char *csv;
    const char *where;
  } cases[] = {
    { "", "Line 1" },
    { "store,table\n", "Line 1" },
    { HEADER "centro,t1,Sala,4,1\n", "Line 2" },
    { HEADER "centro,t1,Sala,4,1,2,3\n", "Line 2" },
    { HEADER "centro,t1,Sala,4,1,2\ncentro,T1,Sala,4,1,2\n", "Line 3" },
    { HEADER "centro,t1,\"a\nb\",4,1,2\ncen tro,t1,,,,\n", "Line 4" },
    { HEADER "centro,t1,\"a,4,1,2\n", "Line 2" },
    { HEADER "centro,t1,\"a\"b,4,1,2\n", "Line 2" },
    { HEADER "centro,t1,a\"b,4,1,2\n", "Line 2" },
    { HEADER "centro,t1,Sala,four,1,2\n", "Line 2" },
    { HEADER "centro,t1,Sala,-1,1,2\n", "Line 2" },
    { HEADER "centro,t1,Sala,4,1e999,2\n", "Line 2" },
    { HEADER "centro,t1,Sala,4,nan,2\n", "Line 2" },
    { HEADER "centro,t1,Sala,4, 1,2\n", "Line 2" },
    { HEADER "centro,..,Sala,4,1,2\n", "Line 2" },
    { HEADER "\ncentro,t1,\xFF,4,1,2\n", "Line 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_table_list_parse (cases[i].csv, -1, &error));
      g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].where));
    }
}

static void
test_nul_is_refused (void)
{
  static const char csv[] = HEADER "centro,t\0001,,,,\n";

  g_assert_null (sobre_table_list_parse (csv, sizeof csv - 1, NULL));
}

static void
test_place_ids (void)
{
  static const char *const good[] = { "1", "T1", "t-1", "a.b", "12345678901234567890123456789012" };
  static const char *const bad[] = { "", ".", "..", "-", "a b", "a/b", "ñ", "a_b", "123456789012345678901234567890123", "a%" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (sobre_place_id_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sobre_place_id_is_valid (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/table/quotes-and-line-ends", test_quotes_and_line_ends);
  g_test_add_func ("/table/text-comes-back", test_text_comes_back);
  g_test_add_func ("/table/names-the-line", test_names_the_line);
  g_test_add_func ("/table/nul-is-refused", test_nul_is_refused);
  g_test_add_func ("/table/place-ids", test_place_ids);

  return g_test_run ();
}
