/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-decimal.h"

#include <math.h>

#include "query/sobre-value-text.h"

SobreSqlInt128
sobre_sql_power_of_ten (guint n)
{
  SobreSqlInt128 power = 1;

  while (n-- > 0)
    power *= 10;
  return power;
}

gboolean
sobre_sql_decimal_fits (SobreSqlInt128 value, guint precision)
{
  SobreSqlInt128 limit = sobre_sql_power_of_ten (precision);

  return value < limit && value > -limit;
}

SobreSqlInt128
sobre_sql_decimal_divide_rounded (SobreSqlInt128 value, SobreSqlInt128 divisor)
{
  SobreSqlInt128 quotient = value / divisor;
  SobreSqlInt128 rest = value % divisor;
  SobreSqlInt128 half = divisor < 0 ? -(divisor / 2) : divisor / 2;
  gboolean odd = divisor % 2 != 0;

  if (rest < 0)
    rest = -rest;
  if (rest > half || (rest == half && !odd && rest != 0))
    quotient += (value < 0) == (divisor < 0) ? 1 : -1;
  return quotient;
}

gboolean
sobre_sql_decimal_rescale (SobreSqlInt128 value, guint from_scale, guint to_scale, SobreSqlInt128 *result)
{
  if (to_scale >= from_scale)
    return !__builtin_mul_overflow (value, sobre_sql_power_of_ten (to_scale - from_scale), result) &&
           sobre_sql_decimal_fits (*result, SOBRE_SQL_MAX_PRECISION);
  *result = sobre_sql_decimal_divide_rounded (value, sobre_sql_power_of_ten (from_scale - to_scale));
  return TRUE;
}

gboolean
sobre_sql_decimal_parse (SobreText text, SobreSqlInt128 *value, guint *precision, guint *scale)
{
  gboolean negative = FALSE, point = FALSE, any = FALSE;
  gsize i = 0;

  *value = 0;
  *precision = *scale = 0;
  if (text.length > 0 && (text.data[0] == '-' || text.data[0] == '+'))
    negative = text.data[i++] == '-';
  for (; i < text.length; i++)
    {
      char c = text.data[i];

      if (c == '.' && !point)
        {
          point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (c))
        return FALSE;
      any = TRUE;
      if (point)
        *scale += 1;
      if (*precision > 0 || c != '0' || point)
        *precision += 1;
      if (*precision > SOBRE_SQL_MAX_PRECISION)
        return FALSE;
      *value = *value * 10 + (c - '0');
    }
  *precision = MAX (*precision, 1);
  if (negative)
    *value = -*value;
  return any;
}

double
sobre_sql_decimal_to_double (SobreSqlInt128 value, guint scale)
{
  g_autoptr (GString) text = NULL;

  /* Both parts exact: one correctly rounded division. */
  if (scale <= 22 && value < ((SobreSqlInt128) 1 << 53) && value > -((SobreSqlInt128) 1 << 53))
    return (double) value / (double) sobre_sql_power_of_ten (scale);
  text = g_string_new (NULL);
  sobre_sql_decimal_append (text, value, scale);
  return g_ascii_strtod (text->str, NULL);
}

gboolean
sobre_sql_decimal_from_double (double number, guint precision, guint scale, SobreSqlInt128 *value)
{
  char digits[18];
  SobreSqlInt128 mantissa = 0;
  int exponent, shift;
  guint n;

  if (!isfinite (number))
    return FALSE;
  /* What gets rounded is the shortest decimal that reads back as the number, as Java's BigDecimal.valueOf() has it. */
  n = sobre_double_get_digits (number, digits, &exponent);
  for (guint i = 0; i < n; i++)
    mantissa = mantissa * 10 + (digits[i] - '0');
  shift = exponent - (int) (n - 1) + (int) scale;
  if (shift > SOBRE_SQL_MAX_PRECISION && mantissa != 0)
    return FALSE;
  if (shift >= 0 && __builtin_mul_overflow (mantissa, sobre_sql_power_of_ten (mantissa != 0 ? (guint) shift : 0), value))
    return FALSE;
  if (shift < 0)
    *value = -shift > SOBRE_SQL_MAX_PRECISION
                 ? 0
                 : sobre_sql_decimal_divide_rounded (mantissa, sobre_sql_power_of_ten ((guint) -shift));
  if (number < 0)
    *value = -*value;
  return sobre_sql_decimal_fits (*value, precision);
}

void
sobre_sql_decimal_append (GString *string, SobreSqlInt128 value, guint scale)
{
  char digits[48];
  guint n = 0;
  unsigned __int128 rest = value < 0 ? -(unsigned __int128) value : (unsigned __int128) value;

  do
    {
      digits[n++] = (char) ('0' + (int) (rest % 10));
      rest /= 10;
    }
  while (rest > 0 || n <= scale);
  if (value < 0)
    g_string_append_c (string, '-');
  while (n > 0)
    {
      g_string_append_c (string, digits[--n]);
      if (n == scale && scale > 0)
        g_string_append_c (string, '.');
    }
}
