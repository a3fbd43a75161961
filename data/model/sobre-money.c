/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-money.h"

#include <string.h>

#define MAX_WHOLE_DIGITS 7
#define GROUP_DIGITS 3
#define USUAL_DIGITS 2

/* Currencies whose minor unit is not a hundredth (ISO 4217:2015, table A.1). */
static const struct
{
  const char *currencies;
  guint digits;
} unusual[] = {
  { "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0 },
  { "BHD IQD JOD KWD LYD OMR TND", 3 },
  { "CLF UYW", 4 },
};

/* Signs that stand for one currency only, or for the one that everybody means by it. */
static const struct
{
  const char *currency;
  const char *sign;
} signs[] = {
  { "EUR", "€" },  { "USD", "$" },  { "GBP", "£" },  { "JPY", "¥" },  { "INR", "₹" }, { "KRW", "₩" }, { "ILS", "₪" },
  { "UAH", "₴" },  { "VND", "₫" },  { "TRY", "₺" },  { "NGN", "₦" },  { "PHP", "₱" }, { "KZT", "₸" }, { "GEL", "₾" },
  { "BRL", "R$" }, { "PLN", "zł" }, { "CZK", "Kč" }, { "HUF", "Ft" }, { "RUB", "₽" }, { "THB", "฿" },
};

guint
sobre_money_get_digits (const char *currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unusual); i++)
    if (strstr (unusual[i].currencies, currency) != NULL)
      return unusual[i].digits;
  return USUAL_DIGITS;
}

gboolean
sobre_money_parse (const char *text, const char *currency, gint64 *amount)
{
  gboolean negative = *text == '-';
  const char *whole = text + negative;
  gsize n_whole = strspn (whole, "0123456789");
  const char *rest = whole + n_whole;
  gsize n_decimals = *rest == '.' ? strspn (rest + 1, "0123456789") : 0;
  gsize digits = sobre_money_get_digits (currency);
  gint64 value = 0;

  if (n_whole == 0 || n_whole > MAX_WHOLE_DIGITS || n_decimals > digits || (*rest == '.' && n_decimals == 0) ||
      rest[*rest == '.' ? n_decimals + 1 : 0] != '\0')
    return FALSE;
  for (gsize i = 0; i < n_whole; i++)
    value = value * 10 + (whole[i] - '0');
  for (gsize i = 0; i < digits; i++)
    value = value * 10 + (i < n_decimals ? rest[1 + i] - '0' : 0);
  *amount = negative ? -value : value;
  return TRUE;
}

/* The amount without its sign: whole units and decimals, as digits. */
static void
split (gint64 amount, guint digits, char **whole, char **decimals)
{
  guint64 unsigned_amount = amount < 0 ? -(guint64) amount : (guint64) amount;
  guint64 unit = 1;

  for (guint i = 0; i < digits; i++)
    unit *= 10;
  *whole = g_strdup_printf ("%" G_GUINT64_FORMAT, unsigned_amount / unit);
  *decimals = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) digits, unsigned_amount % unit);
}

char *
sobre_money_format (gint64 amount, const char *currency)
{
  guint digits = sobre_money_get_digits (currency);
  g_autofree char *whole = NULL;
  g_autofree char *decimals = NULL;

  split (amount, digits, &whole, &decimals);
  return g_strconcat (amount < 0 ? "-" : "", whole, digits > 0 ? "." : "", digits > 0 ? decimals : "", NULL);
}

static const char *
get_sign (const char *currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (signs[i].currency, currency) == 0)
      return signs[i].sign;
  return currency;
}

char *
sobre_money_format_for_people (gint64 amount, const char *currency, const SobreMoneyStyle *style)
{
  guint digits = sobre_money_get_digits (currency);
  g_autofree char *whole = NULL;
  g_autofree char *decimals = NULL;
  GString *number = g_string_new (NULL);
  GString *text = g_string_new (amount < 0 ? "−" : "");
  gsize n;

  split (amount, digits, &whole, &decimals);
  n = strlen (whole);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % GROUP_DIGITS == 0)
        g_string_append (number, style->group);
      g_string_append_c (number, whole[i]);
    }
  if (digits > 0)
    g_string_append_printf (number, "%s%s", style->point, decimals);
  g_string_append (text, style->pattern);
  g_string_replace (text, "{currency}", get_sign (currency), 1);
  g_string_replace (text, "{amount}", number->str, 1);
  g_string_free (number, TRUE);
  return g_string_free (text, FALSE);
}
