/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-money.h"

/* @plain: (nullable): as it is written again; %NULL where it is no amount */
typedef struct
{
  const char *text;
  const char *currency;
  gint64 amount;
  const char *plain;
} Case;

static const Case cases[] = {
  { "12.50", "EUR", 1250, "12.50" },
  { "12.5", "EUR", 1250, "12.50" },
  { "12", "EUR", 1200, "12.00" },
  { "0", "EUR", 0, "0.00" },
  { "0.05", "EUR", 5, "0.05" },
  { "-1.00", "EUR", -100, "-1.00" },
  { "-0.5", "EUR", -50, "-0.50" },
  { "9999999.99", "EUR", 999999999, "9999999.99" },
  { "1250", "JPY", 1250, "1250" },
  { "1.250", "KWD", 1250, "1.250" },
  { "12.500", "EUR", 0, NULL },
  { "12.5", "JPY", 0, NULL },
  { "12345678", "EUR", 0, NULL },
  { "12,50", "EUR", 0, NULL },
  { "", "EUR", 0, NULL },
  { "-", "EUR", 0, NULL },
  { ".5", "EUR", 0, NULL },
  { "5.", "EUR", 0, NULL },
  { "+5", "EUR", 0, NULL },
  { " 5", "EUR", 0, NULL },
  { "5 ", "EUR", 0, NULL },
  { "5€", "EUR", 0, NULL },
  { "1e3", "EUR", 0, NULL },
  { "--5", "EUR", 0, NULL },
  { "0x10", "EUR", 0, NULL },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      gint64 amount = 0;
      g_autofree char *plain = NULL;

      g_assert_cmpint (sobre_money_parse (c->text, c->currency, &amount), ==, c->plain != NULL);
      g_assert_cmpint (amount, ==, c->amount);
      if (c->plain == NULL)
        continue;
      plain = sobre_money_format (amount, c->currency);
      g_assert_cmpstr (plain, ==, c->plain);
    }
}

static void
test_for_people (void)
{
  static const SobreMoneyStyle english = { "{currency}{amount}", ".", "," };
  static const SobreMoneyStyle german = { "{amount}\u00a0{currency}", ",", "." };
  static const struct
  {
    gint64 amount;
    const char *currency;
    const SobreMoneyStyle *style;
    const char *text;
  } written[] = {
    { 1250, "EUR", &english, "€12.50" },
    { 1250, "EUR", &german, "12,50\u00a0€" },
    { 123456789, "EUR", &german, "1.234.567,89\u00a0€" },
    { 100000, "JPY", &english, "¥100,000" },
    { 999, "JPY", &german, "999\u00a0¥" },
    { 1250, "CHF", &german, "12,50\u00a0CHF" },
    { -100, "EUR", &english, "−€1.00" },
    { 12500, "KWD", &english, "KWD12.500" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char *text = sobre_money_format_for_people (written[i].amount, written[i].currency, written[i].style);

      g_assert_cmpstr (text, ==, written[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/money/parse", test_parse);
  g_test_add_func ("/model/money/for-people", test_for_people);
  return g_test_run ();
}
