/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import-fixture.h"

#define AT "\"at\":\"2026-11-25T18:30:00.000Z\",\"store_id\":\"harbour\""

static GPtrArray *
take (const char *text, gboolean one_store, const SobreImportWishes *wishes)
{
  g_autoptr (Table) table = table_new (text, one_store);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreImportMapping) mapping = table_guess (table, wishes, &error);

  g_assert_no_error (error);
  return table_take (table, mapping);
}

static SobreId
get_id (const char *line)
{
  SobreId id;

  g_assert_true (sobre_import_line_get_id (sobre_text (line), &id));
  return id;
}

/* What is behind the id. */
static const char *
get_rest (const char *line)
{
  get_id (line);
  return line + strlen ("{\"v\":1,\"id\":\"\",") + SOBRE_ID_STRING_LENGTH;
}

static void
test_an_order (void)
{
  g_autoptr (GPtrArray) lines = take ("Datum;Uhrzeit;Tisch;Artikel;Nr;Menge;Preis;Bon\n"
                                      "25.11.2026;19:30;Tisch t3;K\"ä\\\tse;7;3;1.012,50 €;17\n"
                                      "25.11.2026;19:30;Garten;=cmd|' /C calc'!A0;;-1;£2;\n",
                                      TRUE, &(SobreImportWishes) { .maps = (const char *const[]) { "item-id=Nr", NULL } });

  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (get_rest (g_ptr_array_index (lines, 0)), ==,
                   AT
                   ",\"table_id\":\"T3\",\"item_id\":\"7\",\"item\":\"K\\\"ä\\\\\\u0009se\",\"quantity\":3,\"amount\":3037.5,"
                   "\"currency\":\"EUR\",\"order\":\"17\"}");
  g_assert_cmpstr (
      get_rest (g_ptr_array_index (lines, 1)), ==,
      AT ",\"table_id\":\"Garten\",\"item\":\"=cmd|' /C calc'!A0\",\"quantity\":-1,\"amount\":-2,\"currency\":\"GBP\"}");
}

static void
test_an_answer (void)
{
  g_autoptr (GPtrArray) lines = take ("Timestamp,Started,Store,Language,Food,Recommend,Comment\n"
                                      "2026-11-25 19:30:00,2026-11-25 19:28:30,am hafen,pt_BR,4,10,\"Two\nlines\"\n",
                                      FALSE, NULL);

  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (
      get_rest (g_ptr_array_index (lines, 0)), ==,
      "\"submitted_at\":\"2026-11-25T18:30:00.000Z\",\"received_at\":\"2026-11-25T18:30:00.000Z\",\"store_id\":\"harbour\","
      "\"table_id\":\"unknown\",\"verified\":true,\"form_id\":\"import\",\"form_version\":1,\"language\":\"pt-BR\",\"answers\":"
      "["
      "{\"question\":\"food\",\"kind\":\"stars\",\"score\":4},{\"question\":\"recommend\",\"kind\":\"nps\",\"score\":10}],"
      "\"comment\":\"Two\\nlines\",\"duration_ms\":90000,\"channel\":\"import\"}");
}

static void
test_scores (void)
{
  static const struct
  {
    const char *cell;
    const char *score;
  } cases[] = {
    { "4", "4" },     { "4.5", "4.5" }, { "4/5", "4" }, { "3 of 5", "3" }, { "★★★", "3" },
    { "★★☆☆☆", "2" }, { "8/10", NULL }, { "6", NULL },  { "0", NULL },     { "good", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("date,x\n2026-11-25,%s\n", cases[i].cell);
      g_autoptr (GPtrArray) lines =
          take (text, TRUE, &(SobreImportWishes) { .kind = "answers", .maps = (const char *const[]) { "stars:x=x", NULL } });
      g_autofree char *expected = g_strdup_printf ("\"score\":%s}", cases[i].score);

      g_test_message ("%s", cases[i].cell);
      if (cases[i].score != NULL)
        g_assert_nonnull (strstr (g_ptr_array_index (lines, 0), expected));
      else
        g_assert_true (g_str_has_prefix (g_ptr_array_index (lines, 0), "2: answers.score."));
    }
}

/* Each wrong row is named by its line and what is wrong with it; the gate's own rules are among them. */
static void
test_reasons (void)
{
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autofree char *text = g_strdup_printf ("date,store,item,quantity,amount\n"
                                           "yesterday,harbour,a,1,1\n"
                                           ",harbour,a,1,1\n"
                                           "2026-11-25,moon,a,1,1\n"
                                           "2026-11-25,,a,1,1\n"
                                           "2026-11-25,harbour,,1,1\n"
                                           "2026-11-25,harbour,%s,1,1\n"
                                           "2026-11-25,harbour,a,1.5,1\n"
                                           "2026-11-25,harbour,a,2000000,1\n"
                                           "2026-11-25,harbour,a,1,free\n"
                                           "2026-11-25,harbour,a,1,\n"
                                           "1969-07-20,harbour,a,1,1\n"
                                           "2099-12-31,harbour,a,1,1\n"
                                           "2026-11-25,harbour,a,1\n"
                                           "2026-11-25,harbour,\"a,1,1\n"
                                           "2026-11-25,harbour,a,1,1\n"
                                           "2026-11-25,harbour,b,1,1\n"
                                           "2026-11-25,harbour,c,1,1\n"
                                           "2026-11-25,harbour,d,1,1\n",
                                           long_name);
  static const char *const expected[] = {
    "2: at.form",       "3: at.missing",     "4: store_id.unknown", "5: store_id.missing", "6: item.missing", "7: item.length",
    "8: quantity.form", "9: quantity.range", "10: amount.form",     "11: amount.missing",  "12: time.past",   NULL,
    "14: row.cells",    "15: quote.open",
  };
  g_autoptr (GPtrArray) lines = take (
      text, FALSE,
      &(SobreImportWishes) { .kind = "orders", .maps = (const char *const[]) { "store=store", "quantity=quantity", NULL } });

  g_assert_cmpuint (lines->len, ==, 18);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      if (i < G_N_ELEMENTS (expected) && expected[i] != NULL)
        g_assert_cmpstr (line, ==, expected[i]);
      else
        get_id (line);
    }
}

/* Local times become instants by the zone's rules, also where its clocks are changed. */
static void
test_time_zones (void)
{
  static const struct
  {
    const char *local;
    const char *instant;
  } cases[] = {
    { "2026-01-15 12:00", "2026-01-15T11:00:00.000Z" },
    { "2026-07-15 12:00", "2026-07-15T10:00:00.000Z" },
    { "2026-03-29 01:59", "2026-03-29T00:59:00.000Z" },
    { "2026-03-29 02:30", "2026-03-29T01:30:00.000Z" }, /* there is no such time: 03:30 */
    { "2026-03-29 03:00", "2026-03-29T01:00:00.000Z" },
    { "2026-10-25 02:30", "2026-10-25T00:30:00.000Z" }, /* the first of two */
    { "2026-10-25 03:00", "2026-10-25T02:00:00.000Z" },
    { "2026-07-15 12:00Z", "2026-07-15T12:00:00.000Z" },
    { "2026-07-15 12:00 +05:30", "2026-07-15T06:30:00.000Z" },
    { "2026-07-15", "2026-07-15T10:00:00.000Z" }, /* noon, so that it is that service day */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("date,item,amount\n%s,a,1\n", cases[i].local);
      g_autofree char *expected = g_strdup_printf ("\"at\":\"%s\"", cases[i].instant);
      g_autoptr (GPtrArray) lines = take (text, TRUE, NULL);

      g_test_message ("%s", cases[i].local);
      g_assert_true (g_str_has_prefix (get_rest (g_ptr_array_index (lines, 0)), expected));
    }
}

static void
test_ids_are_those_of_before (void)
{
  g_autoptr (GPtrArray) lines = take ("date,item,amount\n2026-11-25T18:30:00Z,a,1\n2026-11-25T18:30:00Z,a,1\n", TRUE, NULL);
  SobreId first = get_id (g_ptr_array_index (lines, 0));
  SobreId second = get_id (g_ptr_array_index (lines, 1));
  char text[SOBRE_ID_STRING_LENGTH + 1];

  g_assert_cmpuint (sobre_id_get_version (&first), ==, 8);
  g_assert_cmpint (sobre_id_get_time (&first), ==, G_GINT64_CONSTANT (1795631400000));
  /* Another version of the program has to make these very ids, or what was imported would be imported twice. The hash is that of
   * "till\0orders\0harbour\0", then of each cell's column, 0x1e, cell, 0x1f, by name; then of that hash and 1 in eight bytes. */
  sobre_id_format (&first, text);
  g_assert_cmpstr (text, ==, "01a213f8-c440-8d5a-87fc-f8ff606ad37a");
  sobre_id_format (&second, text);
  g_assert_cmpstr (text, ==, "01a213f8-c440-8eb6-9f59-f35f5f14d085");
}

static void
assert_same_ids (GPtrArray *a, guint i, GPtrArray *b, guint j, gboolean same)
{
  SobreId first = get_id (g_ptr_array_index (a, i));
  SobreId second = get_id (g_ptr_array_index (b, j));
  guint8 first_key[16], second_key[16];

  sobre_import_id_get_key (&first, first_key);
  sobre_import_id_get_key (&second, second_key);
  g_assert_cmpint (memcmp (first_key, second_key, 16) == 0, ==, same);
}

/* An id depends on what the row says, not on how the file is written or read. */
static void
test_what_ids_depend_on (void)
{
  static const char csv[] = "date,item,amount\n03/04/2026,a,1\n25/12/2026,b,\"1,5\"\n25/12/2026,b,\"1,5\"\n";
  g_autoptr (GPtrArray) plain = take (csv, TRUE, NULL);
  g_autoptr (GPtrArray) again = take (csv, TRUE, NULL);
  g_autoptr (GPtrArray) reordered =
      take ("amount;row;item;date\r\n1,5;1;b;25/12/2026\r\n1;2;a;03/04/2026\r\n1,5;3;b;25/12/2026\r\n", TRUE, NULL);
  g_autoptr (GPtrArray) otherwise = take (
      csv, TRUE,
      &(SobreImportWishes) { .time_zone = "Asia/Tokyo", .sets = (const char *const[]) { "currency=CHF", "quantity=2", NULL } });
  g_autoptr (GPtrArray) other_source = take (csv, TRUE, &(SobreImportWishes) { .source = "second till" });
  g_autoptr (GPtrArray) other_store = take (csv, FALSE, &(SobreImportWishes) { .store = "market" });

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpstr (g_ptr_array_index (plain, i), ==, g_ptr_array_index (again, i));
      assert_same_ids (plain, i, otherwise, i, TRUE);
      assert_same_ids (plain, i, other_source, i, FALSE);
      assert_same_ids (plain, i, other_store, i, FALSE);
    }
  /* Rows that are alike stay two, whatever stands between them. */
  assert_same_ids (plain, 1, plain, 2, FALSE);
  assert_same_ids (plain, 0, reordered, 1, TRUE);
  assert_same_ids (plain, 1, reordered, 0, TRUE);
  assert_same_ids (plain, 2, reordered, 2, TRUE);
}

static void
test_a_row_may_say_which_it_is (void)
{
  SobreImportWishes wishes = { .maps = (const char *const[]) { "id=no", NULL } };
  g_autoptr (GPtrArray) lines =
      take ("no,date,item,amount\nx,2026-11-25,a,1\nx,2026-11-25,b,2\ny,2026-11-25,a,1\n", TRUE, &wishes);

  assert_same_ids (lines, 0, lines, 1, TRUE);
  assert_same_ids (lines, 0, lines, 2, FALSE);
}

static void
test_hash_of_a_line_leaves_its_id_out (void)
{
  g_autoptr (GPtrArray) lines = take ("date,item,amount\n2026-11-25,a,1\n2026-11-25,a,1\n2026-11-25,a,2\n", TRUE, NULL);
  guint64 hashes[3];

  for (guint i = 0; i < 3; i++)
    hashes[i] = sobre_import_line_hash (sobre_text (g_ptr_array_index (lines, i)));
  g_assert_cmpuint (hashes[0], ==, hashes[1]);
  g_assert_cmpuint (hashes[0], !=, hashes[2]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-record/an-order", test_an_order);
  g_test_add_func ("/import-record/an-answer", test_an_answer);
  g_test_add_func ("/import-record/scores", test_scores);
  g_test_add_func ("/import-record/reasons", test_reasons);
  g_test_add_func ("/import-record/time-zones", test_time_zones);
  g_test_add_func ("/import-record/ids-are-those-of-before", test_ids_are_those_of_before);
  g_test_add_func ("/import-record/what-ids-depend-on", test_what_ids_depend_on);
  g_test_add_func ("/import-record/a-row-may-say-which-it-is", test_a_row_may_say_which_it_is);
  g_test_add_func ("/import-record/hash-of-a-line-leaves-its-id-out", test_hash_of_a_line_leaves_its_id_out);

  return g_test_run ();
}
