/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import/sobre-import-value.h"
#include "model/sobre-random.h"
#include "model/sobre-time.h"

/* The wall clock's time, behind it the offset if there is one, "-" where the text is no date. */
static char *
read_time (const char *text, guint order)
{
  char string[SOBRE_TIME_STRING_LENGTH + 1];
  SobreImportTime time;

  if (!sobre_import_time_parse (sobre_text (text), order, &time))
    return g_strdup ("-");
  sobre_time_format (time.local, string);
  string[SOBRE_TIME_STRING_LENGTH - 1] = '\0';
  if (time.has_zone)
    return g_strdup_printf ("%s%+d", string, (int) (time.offset / 60000));
  return g_strdup_printf ("%s%s", string, time.has_clock ? "" : "?");
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    guint order;
    const char *expected;
  } cases[] = {
    { "2015-01-03", SOBRE_DATE_DMY, "2015-01-03T12:00:00.000?" },
    { "2015-01-03 20:15", SOBRE_DATE_MDY, "2015-01-03T20:15:00.000" },
    { "2015-01-03T20:15:30.25Z", SOBRE_DATE_YMD, "2015-01-03T20:15:30.250+0" },
    { "2015-01-03T20:15:30+02:00", SOBRE_DATE_YMD, "2015-01-03T20:15:30.000+120" },
    { "2015-01-03 20:15:30 -0530", SOBRE_DATE_YMD, "2015-01-03T20:15:30.000-330" },
    { "2023/05/01 8:15:30 PM GMT+2", SOBRE_DATE_DMY, "2023-05-01T20:15:30.000+120" },
    { "03/04/2015", SOBRE_DATE_DMY, "2015-04-03T12:00:00.000?" },
    { "03/04/2015", SOBRE_DATE_MDY, "2015-03-04T12:00:00.000?" },
    { "03/04/2015", SOBRE_DATE_YMD, "-" },
    { "3.4.15 20.15 Uhr", SOBRE_DATE_MDY, "2015-04-03T20:15:00.000" },
    { "03/04/05", SOBRE_DATE_DMY, "2005-04-03T12:00:00.000?" },
    { "03/04/05", SOBRE_DATE_MDY, "2005-03-04T12:00:00.000?" },
    { "03/04/05", SOBRE_DATE_YMD, "2003-04-05T12:00:00.000?" },
    { "1/2/69", SOBRE_DATE_DMY, "1969-02-01T12:00:00.000?" },
    { "1/2/68", SOBRE_DATE_DMY, "2068-02-01T12:00:00.000?" },
    { "3 Jan 2015", SOBRE_DATE_MDY, "2015-01-03T12:00:00.000?" },
    { "January 3rd, 2015 at 8:15 PM", SOBRE_DATE_DMY, "2015-01-03T20:15:00.000" },
    { "Saturday, January 3, 2015", SOBRE_DATE_DMY, "2015-01-03T12:00:00.000?" },
    { "3. März 2015 um 20:15 Uhr", SOBRE_DATE_DMY, "2015-03-03T20:15:00.000" },
    { "3 de enero de 2015 8:15 p. m.", SOBRE_DATE_DMY, "2015-01-03T20:15:00.000" },
    { "mardi 3 mars 2015 20h15", SOBRE_DATE_DMY, "2015-03-03T20:15:00.000" },
    { "3 août 2015", SOBRE_DATE_DMY, "2015-08-03T12:00:00.000?" },
    { "3 maggio 2015", SOBRE_DATE_DMY, "2015-05-03T12:00:00.000?" },
    { "Mar 3, 2015", SOBRE_DATE_DMY, "2015-03-03T12:00:00.000?" },
    { "20150103", SOBRE_DATE_DMY, "2015-01-03T12:00:00.000?" },
    { "20150103201530", SOBRE_DATE_DMY, "2015-01-03T20:15:30.000" },
    { "1420316130", SOBRE_DATE_DMY, "2015-01-03T20:15:30.000+0" },
    { "1420316130250", SOBRE_DATE_DMY, "2015-01-03T20:15:30.250+0" },
    { "29/02/2016", SOBRE_DATE_DMY, "2016-02-29T12:00:00.000?" },
    { "29/02/2015", SOBRE_DATE_DMY, "-" },
    { "31/04/2015", SOBRE_DATE_DMY, "-" },
    { "2015-13-01", SOBRE_DATE_DMY, "-" },
    { "2015-01-03 25:00", SOBRE_DATE_DMY, "-" },
    { "2015-01-03 13:00 PM", SOBRE_DATE_DMY, "-" },
    { "12:00 AM", SOBRE_DATE_DMY, "-" },
    { "2015-01-03 12:30 AM", SOBRE_DATE_DMY, "2015-01-03T00:30:00.000" },
    { "2015-01-03 20:15 CET", SOBRE_DATE_DMY, "-" },
    { "2015-01-03 was nice", SOBRE_DATE_DMY, "-" },
    { "1/2-2015", SOBRE_DATE_DMY, "-" },
    { "", SOBRE_DATE_DMY, "-" },
    { "42005", SOBRE_DATE_DMY, "-" },
    { "0000-00-00", SOBRE_DATE_YMD, "-" },
    { "1899-12-31", SOBRE_DATE_YMD, "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *read = read_time (cases[i].text, cases[i].order);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (read, ==, cases[i].expected);
    }
}

static void
test_what_a_date_leaves_open (void)
{
  static const struct
  {
    const char *text;
    guint orders;
    gboolean differ;
  } cases[] = {
    { "25/03/2015", SOBRE_DATE_DMY, FALSE },
    { "03/25/2015", SOBRE_DATE_MDY, FALSE },
    { "03/04/2015", SOBRE_DATE_DMY | SOBRE_DATE_MDY, TRUE },
    { "05/05/2015", SOBRE_DATE_ANY, FALSE },
    { "03.04.2015", SOBRE_DATE_ANY, FALSE },
    { "2015-03-04", SOBRE_DATE_ANY, FALSE },
    { "3 Apr 2015", SOBRE_DATE_ANY, FALSE },
    { "25/12/31", SOBRE_DATE_DMY | SOBRE_DATE_YMD, TRUE },
    { "03/04/05", SOBRE_DATE_ANY, TRUE },
    { "hello", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean differ;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (sobre_import_time_get_orders (sobre_text (cases[i].text), &differ), ==, cases[i].orders);
      g_assert_cmpint (differ, ==, cases[i].differ);
    }
}

/* Every day of two centuries in each of the three orders. */
static void
test_every_day_in_three_orders (void)
{
  for (gint32 day = sobre_day_from_civil (1900, 1, 1); day <= sobre_day_from_civil (2099, 12, 31); day++)
    {
      int year, month, day_of_month;
      g_autofree char *dmy = NULL;
      g_autofree char *mdy = NULL;
      g_autofree char *ymd = NULL;
      const char *texts[3];

      sobre_day_to_civil (day, &year, &month, &day_of_month);
      texts[0] = dmy = g_strdup_printf ("%d/%d/%04d 0:01", day_of_month, month, year);
      texts[1] = mdy = g_strdup_printf ("%02d/%02d/%04d 12:01 am", month, day_of_month, year);
      texts[2] = ymd = g_strdup_printf ("%04d/%d/%d 00:01:00", year, month, day_of_month);
      for (guint i = 0; i < 3; i++)
        {
          SobreImportTime time;

          g_assert_true (sobre_import_time_parse (sobre_text (texts[i]), 1u << i, &time));
          g_assert_cmpint (time.local, ==, day * SOBRE_DAY_MS + 60000);
        }
    }
}

static void
test_clocks (void)
{
  static const struct
  {
    const char *text;
    int minutes;
  } cases[] = {
    { "20:15", 1215 }, { "8:15 PM", 1215 }, { "8:15:59 pm", 1215 }, { "20.15", 1215 }, { "20h15", 1215 }, { "8 pm", 1200 },
    { "00:00", 0 },    { "12 am", 0 },      { "24:00", -1 },        { "20:60", -1 },   { "20", -1 },      { "2015", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 ms = -60000;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (sobre_import_clock_parse (sobre_text (cases[i].text), &ms), ==, cases[i].minutes >= 0);
      if (cases[i].minutes >= 0)
        g_assert_cmpint (ms / 60000, ==, cases[i].minutes);
    }
}

static char *
read_number (const char *text, guint decimal)
{
  SobreImportNumber number;
  GString *json;

  if (!sobre_import_number_parse (sobre_text (text), decimal, &number))
    return g_strdup ("-");
  json = g_string_new (NULL);
  sobre_import_number_append (json, &number);
  if (number.currency[0] != '\0')
    g_string_append_printf (json, " %s", number.currency);
  return g_string_free (json, FALSE);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    const char *point;
    const char *comma;
  } cases[] = {
    { "12", "12", "12" },
    { "12.50", "12.5", "-" },
    { "12,50", "-", "12.5" },
    { "1,234", "1234", "1.234" },
    { "1.234,56", "-", "1234.56" },
    { "1,234.56", "1234.56", "-" },
    { "1'234'567.5", "1234567.5", "-" },
    { "1\xe2\x80\xaf"
      "234,5 \xe2\x82\xac",
      "-", "1234.5 EUR" },
    { "\xe2\x82\xac 1 234", "1234 EUR", "1234 EUR" },
    { "$12.00", "12 $", "-" },
    { "USD 12.00", "12 USD", "-" },
    { "12.00 CHF", "12 CHF", "-" },
    { "-12.5", "-12.5", "-" },
    { "12.5-", "-12.5", "-" },
    { "(12.5)", "-12.5", "-" },
    { "-$12.5", "-12.5 $", "-" },
    { "\xe2\x88\x92"
      "3",
      "-3", "-3" },
    { "+3", "3", "3" },
    { ".5", "0.5", "-" },
    { "-0.05", "-0.05", "-" },
    { "0", "0", "0" },
    { "1,23,456", "-", "-" },
    { "1.234.56", "-", "-" },
    { "12,345678", "-", "12.345678" },
    { "0.1234567", "-", "-" },
    { "999999999999999", "999999999999999", "999999999999999" },
    { "1234567890123456", "-", "-" },
    { "1e5", "-", "-" },
    { "=1+1", "-", "-" },
    { "12 %", "-", "-" },
    { "NaN", "-", "-" },
    { "", "-", "-" },
    { "-", "-", "-" },
    { ",", "-", "-" },
    { "\xe2\x82\xac", "-", "-" },
    { "--1", "1", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *point = read_number (cases[i].text, SOBRE_DECIMAL_POINT);
      g_autofree char *comma = read_number (cases[i].text, SOBRE_DECIMAL_COMMA);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (point, ==, cases[i].point);
      g_assert_cmpstr (comma, ==, cases[i].comma);
    }
}

static void
test_numbers_as_they_are_written_are_read (void)
{
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (3);

  for (guint i = 0; i < 20000; i++)
    {
      SobreImportNumber number = { 0 }, again;
      g_autoptr (GString) text = g_string_new (NULL);
      guint64 bits;

      sobre_random_fill (random, &bits, sizeof bits);
      number.scale = (guint) (bits % 7);
      number.mantissa = (gint64) (bits >> 8) % G_GINT64_CONSTANT (1000000000000);
      if (number.scale > 0 && number.mantissa % 10 == 0)
        number.mantissa++;
      if (bits & 0x80)
        number.mantissa = -number.mantissa;
      sobre_import_number_append (text, &number);
      g_assert_true (sobre_import_number_parse ((SobreText) { text->str, text->len }, SOBRE_DECIMAL_POINT, &again));
      g_assert_cmpint (again.mantissa, ==, number.mantissa);
      g_assert_cmpuint (again.scale, ==, number.scale);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-value/dates", test_dates);
  g_test_add_func ("/import-value/what-a-date-leaves-open", test_what_a_date_leaves_open);
  g_test_add_func ("/import-value/every-day-in-three-orders", test_every_day_in_three_orders);
  g_test_add_func ("/import-value/clocks", test_clocks);
  g_test_add_func ("/import-value/numbers", test_numbers);
  g_test_add_func ("/import-value/numbers-as-they-are-written-are-read", test_numbers_as_they_are_written_are_read);

  return g_test_run ();
}
