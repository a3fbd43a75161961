/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import/sobre-import-value.h"

#define MAX_TEXT 64
#define MAX_DIGITS 15
#define MAX_DECIMALS 6
#define GROUP_DIGITS 3

/* Signs that stand for one currency; the dollar's stands for many. */
static const struct
{
  const char *sign;
  const char *currency;
} signs[] = {
  { "€", "EUR" }, { "£", "GBP" },  { "¥", "JPY" },  { "₹", "INR" },  { "₩", "KRW" },
  { "₪", "ILS" }, { "₴", "UAH" },  { "₺", "TRY" },  { "₽", "RUB" },  { "฿", "THB" },
  { "₫", "VND" }, { "zł", "PLN" }, { "Kč", "CZK" }, { "R$", "BRL" }, { "$", "$" },
};

/* White space of numbers: also no-break, narrow no-break and thin spaces. */
static gsize
measure_blank (SobreText text)
{
  static const char *const blanks[] = { " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89" };

  for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
    {
      gsize n = strlen (blanks[i]);

      if (text.length >= n && memcmp (text.data, blanks[i], n) == 0)
        return n;
    }
  return 0;
}

static gboolean
take (SobreText *text, const char *what)
{
  gsize n = strlen (what);

  if (text->length < n || memcmp (text->data, what, n) != 0)
    return FALSE;
  *text = (SobreText) { text->data + n, text->length - n };
  return TRUE;
}

static gboolean
take_last (SobreText *text, const char *what)
{
  gsize n = strlen (what);

  if (text->length < n || memcmp (text->data + text->length - n, what, n) != 0)
    return FALSE;
  text->length -= n;
  return TRUE;
}

static void
strip (SobreText *text)
{
  gsize n;

  while ((n = measure_blank (*text)) > 0)
    *text = (SobreText) { text->data + n, text->length - n };
  for (gboolean again = TRUE; again;)
    again = take_last (text, " ") || take_last (text, "\xc2\xa0") || take_last (text, "\xe2\x80\xaf") ||
            take_last (text, "\xe2\x80\x89");
}

static gboolean
is_code (const char *at)
{
  return g_ascii_isupper (at[0]) && g_ascii_isupper (at[1]) && g_ascii_isupper (at[2]);
}

/* A currency's sign or code at either end, at most one. */
static void
take_currency (SobreText *text, char currency[4])
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (take (text, signs[i].sign) || take_last (text, signs[i].sign))
        {
          g_strlcpy (currency, signs[i].currency, 4);
          return;
        }
    }
  if (text->length <= 3)
    return;
  if (is_code (text->data))
    {
      memcpy (currency, text->data, 3);
      *text = (SobreText) { text->data + 3, text->length - 3 };
    }
  else if (is_code (text->data + text->length - 3))
    {
      memcpy (currency, text->data + text->length - 3, 3);
      text->length -= 3;
    }
}

/* Takes signs and brackets off; tells whether the number is below zero. */
static gboolean
take_sign (SobreText *text)
{
  if (text->length >= 2 && text->data[0] == '(' && text->data[text->length - 1] == ')')
    {
      *text = (SobreText) { text->data + 1, text->length - 2 };
      strip (text);
      return TRUE;
    }
  if (take (text, "-") || take (text, "\xe2\x88\x92") || take_last (text, "-"))
    {
      strip (text);
      return TRUE;
    }
  take (text, "+");
  return FALSE;
}

/* Bytes of a sign between thousands at the beginning of @text, 0 for none. A number keeps to one of them: @group. */
static gsize
measure_group (SobreText text, char decimal, char *group)
{
  gsize n = measure_blank (text);
  char found = '\0';

  if (n > 0)
    found = ' ';
  else if (text.length >= 3 && memcmp (text.data, "\xe2\x80\x99", 3) == 0)
    {
      found = '\'';
      n = 3;
    }
  else if (text.length > 0 && (text.data[0] == '\'' || (strchr (".,", text.data[0]) != NULL && text.data[0] != decimal)))
    {
      found = text.data[0];
      n = 1;
    }
  if (n == 0 || (*group != '\0' && *group != found))
    return 0;
  *group = found;
  return n;
}

/* The digits before the decimal sign, in groups or not. */
static gboolean
read_whole (SobreText *text, char decimal, gint64 *value, guint *n_digits)
{
  guint n_in_group = 0, n_groups = 0;
  char group = '\0';

  while (text->length > 0)
    {
      gsize n;

      if (g_ascii_isdigit (text->data[0]))
        {
          if (++*n_digits > MAX_DIGITS)
            return FALSE;
          *value = *value * 10 + (text->data[0] - '0');
          n_in_group++;
          *text = (SobreText) { text->data + 1, text->length - 1 };
          continue;
        }
      n = measure_group (*text, decimal, &group);
      if (n == 0)
        break;
      if (n_in_group == 0 || n_in_group > GROUP_DIGITS || (n_groups > 0 && n_in_group != GROUP_DIGITS))
        return FALSE;
      n_groups++;
      n_in_group = 0;
      *text = (SobreText) { text->data + n, text->length - n };
    }
  return n_groups == 0 || n_in_group == GROUP_DIGITS;
}

gboolean
sobre_import_number_parse (SobreText text, guint decimal, SobreImportNumber *number)
{
  char point = decimal == SOBRE_DECIMAL_COMMA ? ',' : '.';
  gboolean negative;
  guint n_digits = 0;

  *number = (SobreImportNumber) { 0 };
  if (text.data == NULL || text.length > MAX_TEXT)
    return FALSE;
  strip (&text);
  negative = take_sign (&text);
  take_currency (&text, number->currency);
  strip (&text);
  /* "-€3" and "€-3" */
  negative ^= take_sign (&text);
  if (!read_whole (&text, point, &number->mantissa, &n_digits))
    return FALSE;
  if (text.length > 0 && text.data[0] == point)
    {
      for (text = (SobreText) { text.data + 1, text.length - 1 }; text.length > 0 && g_ascii_isdigit (text.data[0]);
           text = (SobreText) { text.data + 1, text.length - 1 })
        {
          if (++n_digits > MAX_DIGITS || ++number->scale > MAX_DECIMALS)
            return FALSE;
          number->mantissa = number->mantissa * 10 + (text.data[0] - '0');
        }
    }
  if (n_digits == 0 || text.length > 0)
    return FALSE;
  while (number->scale > 0 && number->mantissa % 10 == 0)
    {
      number->mantissa /= 10;
      number->scale--;
    }
  if (negative)
    number->mantissa = -number->mantissa;
  return TRUE;
}

guint
sobre_import_number_get_decimals (SobreText text, gboolean *differ)
{
  SobreImportNumber point, comma;
  guint possible = 0;

  if (sobre_import_number_parse (text, SOBRE_DECIMAL_POINT, &point))
    possible |= SOBRE_DECIMAL_POINT;
  if (sobre_import_number_parse (text, SOBRE_DECIMAL_COMMA, &comma))
    possible |= SOBRE_DECIMAL_COMMA;
  *differ = possible == SOBRE_DECIMAL_ANY && (point.mantissa != comma.mantissa || point.scale != comma.scale);
  return possible;
}

void
sobre_import_number_append (GString *json, const SobreImportNumber *number)
{
  guint64 digits = number->mantissa < 0 ? -(guint64) number->mantissa : (guint64) number->mantissa;
  guint64 unit = 1;

  for (guint i = 0; i < number->scale; i++)
    unit *= 10;
  if (number->mantissa < 0)
    g_string_append_c (json, '-');
  g_string_append_printf (json, "%" G_GUINT64_FORMAT, digits / unit);
  if (number->scale > 0)
    g_string_append_printf (json, ".%0*" G_GUINT64_FORMAT, (int) number->scale, digits % unit);
}
