/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import-fixture.h"
#include "import/sobre-import-names.h"

/* What is guessed about the exports of several tools, in several languages. */
static void
test_guesses (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    /* A till. */
    { "Datum;Uhrzeit;Tisch;Artikel;Menge;Preis;Bon\n25.11.2026;19:30;Tisch 3;Suppe;2;12,50;17\n",
      "orders time=Datum clock=Uhrzeit price=Preis quantity=Menge table=Tisch order=Bon item=Artikel store:=harbour "
      "currency:=EUR" },
    { "order_id,created_at,sku,product,qty,line_total,currency\n1,2026-11-25T19:30:00Z,P1,Pizza,1,9.50,EUR\n",
      "orders time=created_at amount=line_total quantity=qty currency=currency order=order_id item-id=sku item=product "
      "store:=harbour" },
    { "Fecha,Hora,Mesa,Plato,Cantidad,Importe\n25/11/2026,21:05,4,Paella,1,\"18,00\"\n",
      "orders time=Fecha clock=Hora amount=Importe quantity=Cantidad table=Mesa item=Plato store:=harbour currency:=EUR" },
    { "id,date,time,name,size,type,price\np-1,2015-01-01,11:38:36,hawaiian,M,classic,13.25\np-1,2015-01-01,11:38:36,hawaiian,M,"
      "classic,13.25\n",
      "orders time=date clock=time price=price order=id item=name store:=harbour currency:=EUR quantity:=1" },
    { "{\"sold_at\":1767225600,\"item\":{\"name\":\"Tea\",\"id\":\"T\"},\"amount\":3.5}\n",
      "orders time=sold_at amount=amount item-id=item.id item=item.name store:=harbour currency:=EUR quantity:=1" },
    /* Another survey tool. */
    { "Timestamp,Table,How likely are you to recommend us?,Food,Anything else?,Email Address\n"
      "2026/11/25 8:15:30 PM GMT+1,1,9,5,Lovely evening by the water,a@b.example\n",
      "answers time=Timestamp table=Table comment=Anything else? nps:how-likely-are-you-to-recommend-us=How likely are you to "
      "recommend us? "
      "stars:food=Food store:=harbour language:=en form:=import" },
    { "Zeitstempel;Gesamt;Bedienung;Kommentar\n25.11.2026 19:30:00;4;3;Gut\n",
      "answers time=Zeitstempel comment=Kommentar smiley:overall=Gesamt stars:bedienung=Bedienung store:=harbour language:=en "
      "form:=import table:=unknown" },
    { "id,submitdate,startlanguage,startdate,Comida,Ambiente\n7,2026-11-25 19:30:00,es,2026-11-25 19:28:00,5,Bueno\n"
      "3,2026-11-26 19:30:00,es,2026-11-26 19:28:00,4,Bueno\n",
      "answers time=submitdate started=startdate language=startlanguage id=id stars:comida=Comida choice:ambiente=Ambiente "
      "store:=harbour form:=import table:=unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Table) table = table_new (cases[i].text, TRUE);
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreImportMapping) mapping = table_guess (table, NULL, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      found = table_describe (mapping);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_names (void)
{
  g_autofree char *name = sobre_import_name_normalize ("  Numéro_de TABLE (Straße) №7 ");

  g_assert_cmpstr (name, ==, "numero de table strasse no7");
  g_assert_cmpuint (sobre_import_name_rate ("tisch nr", SOBRE_IMPORT_TABLE), >,
                    sobre_import_name_rate ("der tisch am fenster", SOBRE_IMPORT_TABLE));
  g_assert_cmpuint (sobre_import_name_rate ("stable", SOBRE_IMPORT_TABLE), ==, 0);
  g_assert_true (sobre_import_name_is_personal ("your email address"));
  g_assert_true (sobre_import_name_is_counter ("unnamed 0"));
  g_assert_false (sobre_import_name_is_counter ("row of seats"));
}

/* What is said counts more than what is guessed, and a column has one meaning. */
static void
test_wishes (void)
{
  g_autoptr (Table) table = table_new ("When,What,Was,N\n2026-11-25,Soup,Pie,3\n", FALSE);
  const char *maps[] = { "item=was", "quantity=4", NULL };
  const char *sets[] = { "amount=2.5", "currency=CHF", NULL };
  SobreImportWishes wishes = {
    .kind = "orders", .maps = maps, .sets = sets, .store = "market", .source = "old till", .time_zone = "Asia/Tokyo"
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreImportMapping) mapping = table_guess (table, &wishes, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = table_describe (mapping);
  g_assert_cmpstr (found, ==, "orders time=When item=Was quantity=N amount:=2.5 currency:=CHF store:=market");
  g_assert_cmpstr (mapping->source, ==, "old till");
  g_assert_cmpstr (mapping->time_zone, ==, "Asia/Tokyo");
}

static void
assert_refused (const char *text, gboolean one_store, const SobreImportWishes *wishes, SobreImportError code, const char *word)
{
  g_autoptr (Table) table = table_new (text, one_store);
  g_autoptr (GError) error = NULL;

  g_assert_null (table_guess (table, wishes, &error));
  g_assert_error (error, SOBRE_IMPORT_ERROR, (gint) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_what_is_not_clear_is_refused (void)
{
  static const char orders[] = "date,item,amount\n2026-11-25,Soup,2\n";
  const char *maps[] = { NULL, NULL };
  SobreImportWishes wishes = { .maps = maps };
  static const char *const wrong[] = { "colour=item", "item=Nope", "stars:x=item", "item", "stars:=item" };

  assert_refused ("a,b\nx,y\n", TRUE, NULL, SOBRE_IMPORT_ERROR_MAPPING, "--kind");
  assert_refused (orders, FALSE, NULL, SOBRE_IMPORT_ERROR_MAPPING, "--store");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *field = g_strndup (wrong[i], strcspn (wrong[i], "="));

      maps[0] = wrong[i];
      assert_refused (orders, TRUE, &wishes, SOBRE_IMPORT_ERROR_MAPPING, i == 1 ? "Nope" : field);
    }
  maps[0] = "time=";
  assert_refused (orders, TRUE, &wishes, SOBRE_IMPORT_ERROR_MAPPING, "--map time=COLUMN");
  wishes = (SobreImportWishes) { .time_zone = "Mars/Olympus" };
  assert_refused (orders, TRUE, &wishes, SOBRE_IMPORT_ERROR_MAPPING, "Mars/Olympus");
  maps[0] = "amount=never";
  wishes = (SobreImportWishes) { .sets = maps };
  assert_refused (orders, TRUE, &wishes, SOBRE_IMPORT_ERROR_MAPPING, "never");
}

/* The order of day and month is what all dates together leave; where that is more than one, nothing is guessed. */
static void
test_date_orders (void)
{
  static const struct
  {
    const char *dates[3];
    guint order;
    gboolean refused;
  } cases[] = {
    { { "03/04/2026", "25/04/2026", "01/02/2026" }, SOBRE_DATE_DMY, FALSE },
    { { "03/04/2026", "04/25/2026", "01/02/2026" }, SOBRE_DATE_MDY, FALSE },
    { { "03/04/2026", "04/04/2026", "01/02/2026" }, 0, TRUE },
    { { "03/03/2026", "04/04/2026", "05/05/2026" }, 0, FALSE },
    { { "2026-03-04", "2026-04-25", "2026-01-02" }, 0, FALSE },
    { { "03.04.2026", "04.04.2026", "01.02.2026" }, 0, FALSE },
    { { "25/04/2026", "04/25/2026", "01/02/2026" }, 0, TRUE },
    { { "26/03/31", "26/04/01", "26/04/02" }, SOBRE_DATE_DMY | SOBRE_DATE_YMD, TRUE },
    { { "26/03/32", "26/04/33", "26/04/34" }, SOBRE_DATE_DMY, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("date,item,amount\n%s,a,1\n%s,b,1\n%s,c,1\n", cases[i].dates[0],
                                               cases[i].dates[1], cases[i].dates[2]);
      g_autoptr (Table) table = table_new (text, TRUE);
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreImportMapping) mapping = table_guess (table, NULL, &error);

      g_test_message ("%s", cases[i].dates[0]);
      if (cases[i].refused)
        {
          g_assert_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_AMBIGUOUS);
          g_assert_nonnull (strstr (error->message, "--date-order"));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (mapping->order, ==, cases[i].order);
    }
}

static void
test_decimal_signs (void)
{
  static const struct
  {
    const char *amounts[2];
    guint decimal;
    gboolean refused;
  } cases[] = {
    { { "1,234", "5,50" }, SOBRE_DECIMAL_COMMA, FALSE },
    { { "1,234", "5.50" }, SOBRE_DECIMAL_POINT, FALSE },
    { { "1,234", "2,345" }, 0, TRUE },
    { { "12", "13" }, 0, FALSE },
    { { "1,5", "1.5" }, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("date;item;amount\n2026-11-25;a;%s\n2026-11-25;b;%s\n", cases[i].amounts[0], cases[i].amounts[1]);
      g_autoptr (Table) table = table_new (text, TRUE);
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreImportMapping) mapping = table_guess (table, NULL, &error);

      if (cases[i].refused)
        {
          g_assert_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_AMBIGUOUS);
          g_assert_nonnull (strstr (error->message, "--decimal"));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (mapping->decimal, ==, cases[i].decimal);
    }
}

static void
test_mapping_is_written_and_read (void)
{
  g_autoptr (Table) table = table_new ("Datum;Artikel;Preis;Note \"x\"\n25.11.2026;Suppe;2,50;a\n", TRUE);
  g_autoptr (SobreImportMapping) mapping = table_guess (table, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreImportMapping) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  mapping->order = SOBRE_DATE_DMY;
  mapping->reading = (SobreImportReading) { g_strdup ("WINDOWS-1252"), '\t', TRUE };
  g_assert_true (sobre_import_mapping_set (mapping, "order", "Note \"x\"", NULL, NULL));
  text = sobre_import_mapping_format (mapping);
  again = sobre_import_mapping_parse (text, -1, &error);
  g_assert_no_error (error);
  text_again = sobre_import_mapping_format (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_true (sobre_import_reading_equal (&mapping->reading, &again->reading));
}

static void
test_broken_mappings_are_refused (void)
{
  static const struct
  {
    const char *json;
    const char *word;
  } cases[] = {
    { "", "" },
    { "[]", "" },
    { "{\"version\":1}", "kind" },
    { "{\"version\":2,\"kind\":\"orders\",\"source\":\"a\",\"time_zone\":\"UTC\",\"fields\":[{\"field\":\"item\",\"value\":"
      "\"x\"}]}",
      "version" },
    { "{\"version\":1,\"kind\":\"orders\",\"source\":\"a\",\"time_zone\":\"Nowhere\",\"fields\":[{\"field\":\"item\",\"value\":"
      "\"x\"}]}",
      "time_zone" },
    { "{\"version\":1,\"kind\":\"orders\",\"source\":\"a\",\"time_zone\":\"UTC\",\"fields\":[{\"field\":\"nope\",\"value\":"
      "\"x\"}]}",
      "nope" },
    { "{\"version\":1,\"kind\":\"orders\",\"source\":\"a\",\"time_zone\":\"UTC\",\"fields\":[{\"field\":\"item\"}]}",
      "fields[0]" },
    { "{\"version\":1,\"kind\":\"orders\",\"source\":\"a\",\"time_zone\":\"UTC\",\"fields\":[7]}", "fields[0]" },
    { "{\"version\":1,\"kind\":\"orders\",\"source\":\"a\",\"time_zone\":\"UTC\",\"surprise\":1,\"fields\":[{\"field\":"
      "\"item\",\"value\":\"x\"}]}",
      "surprise" },
    { "{\"version\":1,\"kind\":\"orders\",\"source\":7,\"time_zone\":\"UTC\",\"fields\":[{\"field\":\"item\",\"value\":\"x\"}]"
      "}",
      "source" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_import_mapping_parse (cases[i].json, -1, &error));
      g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-guess/guesses", test_guesses);
  g_test_add_func ("/import-guess/names", test_names);
  g_test_add_func ("/import-guess/wishes", test_wishes);
  g_test_add_func ("/import-guess/what-is-not-clear-is-refused", test_what_is_not_clear_is_refused);
  g_test_add_func ("/import-guess/date-orders", test_date_orders);
  g_test_add_func ("/import-guess/decimal-signs", test_decimal_signs);
  g_test_add_func ("/import-guess/mapping-is-written-and-read", test_mapping_is_written_and_read);
  g_test_add_func ("/import-guess/broken-mappings-are-refused", test_broken_mappings_are_refused);

  return g_test_run ();
}
