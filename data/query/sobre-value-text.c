/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-value-text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/sobre-time.h"

guint
sobre_double_get_digits (double number, char digits[18], int *exponent)
{
  /* With 15 digits each decimal has a double of its own, so the shortest form shows as trailing zeros; else 16 or 17 are needed. */
  static const char formats[][8] = { "%.14e", "%.15e", "%.16e" };
  char text[64];
  guint n = 0;
  const char *c;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], fabs (number));
      if (g_ascii_strtod (text, NULL) == fabs (number))
        break;
    }
  for (c = text; *c != 'e'; c++)
    if (g_ascii_isdigit (*c))
      digits[n++] = *c;
  *exponent = atoi (c + 1);
  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
  return n;
}

static gboolean
append_special (GString *string, double number)
{
  if (isnan (number))
    g_string_append (string, "NaN");
  else if (isinf (number))
    g_string_append (string, number < 0 ? "-Infinity" : "Infinity");
  else if (signbit (number))
    g_string_append_c (string, '-');
  return !isfinite (number);
}

static void
append_scientific (GString *string, const char *digits, int exponent)
{
  g_string_append_printf (string, "%c.%sE%d", digits[0], digits[1] != '\0' ? digits + 1 : "0", exponent);
}

void
sobre_append_double_scientific (GString *string, double number)
{
  char digits[18];
  int exponent;

  if (append_special (string, number))
    return;
  sobre_double_get_digits (number, digits, &exponent);
  append_scientific (string, digits, exponent);
}

void
sobre_append_double (GString *string, double number)
{
  char digits[18];
  int exponent;
  int n;

  if (append_special (string, number))
    return;
  n = (int) sobre_double_get_digits (number, digits, &exponent);
  if (number != 0 && (exponent < -3 || exponent >= 7))
    append_scientific (string, digits, exponent);
  else if (exponent < 0)
    {
      g_string_append (string, "0.");
      for (int i = -1; i > exponent; i--)
        g_string_append_c (string, '0');
      g_string_append (string, digits);
    }
  else
    {
      for (int i = 0; i <= exponent; i++)
        g_string_append_c (string, i < n ? digits[i] : '0');
      g_string_append_printf (string, ".%s", n > exponent + 1 ? digits + exponent + 1 : "0");
    }
}

void
sobre_append_date (GString *string, gint64 day)
{
  int year, month, day_of_month;

  sobre_day_to_civil ((gint32) CLAMP (day, G_MININT32, G_MAXINT32), &year, &month, &day_of_month);
  g_string_append_printf (string, "%0*d-%02d-%02d", year < 0 ? 5 : 4, year, month, day_of_month);
}

void
sobre_append_time_of_day (GString *string, gint64 milliseconds)
{
  g_string_append_printf (string, "%02d:%02d:%02d.%03d", (int) (milliseconds / 3600000), (int) (milliseconds / 60000 % 60),
                          (int) (milliseconds / 1000 % 60), (int) (milliseconds % 1000));
}

void
sobre_append_timestamp (GString *string, gint64 time_ms)
{
  gint64 day = time_ms / SOBRE_DAY_MS - (time_ms % SOBRE_DAY_MS < 0);

  sobre_append_date (string, day);
  g_string_append_c (string, ' ');
  sobre_append_time_of_day (string, time_ms - day * SOBRE_DAY_MS);
}
