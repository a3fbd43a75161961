/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "model/sobre-time.h"

static void
test_day_is_what_gdate_says (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint32 day = g_test_rand_int_range (-719162, 2932897); /* the years 1 to 9999 */
      g_autoptr (GDate) date = g_date_new_julian ((guint32) (day + 719163));
      int year, month, day_of_month;

      sobre_day_to_civil (day, &year, &month, &day_of_month);
      g_assert_cmpint (year, ==, g_date_get_year (date));
      g_assert_cmpint (month, ==, (int) g_date_get_month (date));
      g_assert_cmpint (day_of_month, ==, g_date_get_day (date));
      g_assert_cmpint (sobre_day_from_civil (year, month, day_of_month), ==, day);
      g_assert_cmpint (sobre_day_get_weekday (day) + 1, ==, (int) g_date_get_weekday (date));
    }
}

static void
test_day_text_comes_back (void)
{
  for (gint32 day = -719162; day <= 2932896; day += 97)
    {
      char text[SOBRE_DAY_STRING_LENGTH + 1];
      gint32 again;

      sobre_day_format (day, text);
      g_assert_true (sobre_day_parse (text, strlen (text), &again));
      g_assert_cmpint (again, ==, day);
    }
}

static void
test_day_outside_is_written_as_the_nearest (void)
{
  char text[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (G_MAXINT32, text);
  g_assert_cmpstr (text, ==, "9999-12-31");
  sobre_day_format (G_MININT32, text);
  g_assert_cmpstr (text, ==, "0001-01-01");
}

static void
test_time_is_what_gdatetime_says (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64 second = (gint64) (g_test_rand_double () * 315537897600.0) - G_GINT64_CONSTANT (62135596800);
      int millisecond = g_test_rand_int_range (0, 1000);
      gint64 time_ms = second * 1000 + millisecond;
      g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_utc (second);
      g_autofree char *behind_year = g_date_time_format (date_time, "%m-%dT%H:%M:%S");
      g_autofree char *expected = g_strdup_printf ("%04d-%s.%03dZ", g_date_time_get_year (date_time), behind_year, millisecond);
      char text[SOBRE_TIME_STRING_LENGTH + 1];
      gint64 again;

      sobre_time_format (time_ms, text);
      g_assert_cmpstr (text, ==, expected);
      g_assert_true (sobre_time_parse (text, strlen (text), &again));
      g_assert_cmpint (again, ==, time_ms);
    }
}

static void
test_time_fractions (void)
{
  const struct
  {
    const char *text;
    gint64 time_ms;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1970-01-01T00:00:00.1Z", 100 },
    { "1970-01-01T00:00:00.12Z", 120 },
    { "1970-01-01T00:00:01.123456789Z", 1123 },
    { "1970-01-01T00:00:00.999999Z", 999 },
    { "1969-12-31T23:59:59.999Z", -1 },
    { "2000-02-29T00:00:00Z", G_GINT64_CONSTANT (951782400000) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time_ms;

      g_assert_true (sobre_time_parse (cases[i].text, strlen (cases[i].text), &time_ms));
      g_assert_cmpint (time_ms, ==, cases[i].time_ms);
    }
}

static void
test_time_refuses_the_rest (void)
{
  static const char *const texts[] = {
    "",
    "2026-11-24",
    "2026-11-24T12:00:00",
    "2026-11-24T12:00:00+00:00",
    "2026-11-24t12:00:00Z",
    "2026-11-24T12:00:00z",
    "2026-11-24 12:00:00Z",
    "2026-11-24T12:00:00.Z",
    "2026-11-24T12:00:00,5Z",
    "2026-11-24T12:00:00.1234567890Z",
    "2026-11-24T12:00:00.12aZ",
    "2026-11-24T24:00:00Z",
    "2026-11-24T12:60:00Z",
    "2026-11-24T12:00:60Z",
    "2026-11-31T12:00:00Z",
    "2025-02-29T12:00:00Z",
    "1900-02-29T12:00:00Z",
    "2026-00-01T12:00:00Z",
    "2026-13-01T12:00:00Z",
    "2026-01-00T12:00:00Z",
    "0000-01-01T12:00:00Z",
    "-026-01-01T12:00:00Z",
    "+026-01-01T12:00:00Z",
    "2026-1 -01T12:00:00Z",
    " 2026-11-24T12:00:00Z",
    "2026-11-24T12:00:00Z ",
    "2026-11-24T12:0:00:00Z",
    "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA6-11-24T12:00:00Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 time_ms;

      if (sobre_time_parse (texts[i], strlen (texts[i]), &time_ms))
        g_error ("“%s” was read as a time", texts[i]);
    }
}

/* Whatever one byte is turned into, what is accepted is written back as it was. */
static void
test_time_accepts_one_form_only (void)
{
  const char *text = "2024-02-29T23:59:59.120Z";

  for (gsize place = 0; place < strlen (text); place++)
    {
      for (guint byte = 0; byte < 256; byte++)
        {
          g_autofree char *changed = g_strdup (text);
          char formatted[SOBRE_TIME_STRING_LENGTH + 1];
          gint64 time_ms;

          changed[place] = (char) byte;
          if (!sobre_time_parse (changed, strlen (text), &time_ms))
            continue;
          sobre_time_format (time_ms, formatted);
          g_assert_cmpmem (formatted, strlen (formatted), changed, strlen (text));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/day-is-what-gdate-says", test_day_is_what_gdate_says);
  g_test_add_func ("/time/day-text-comes-back", test_day_text_comes_back);
  g_test_add_func ("/time/day-outside-is-written-as-the-nearest", test_day_outside_is_written_as_the_nearest);
  g_test_add_func ("/time/is-what-gdatetime-says", test_time_is_what_gdatetime_says);
  g_test_add_func ("/time/fractions", test_time_fractions);
  g_test_add_func ("/time/refuses-the-rest", test_time_refuses_the_rest);
  g_test_add_func ("/time/accepts-one-form-only", test_time_accepts_one_form_only);

  return g_test_run ();
}
