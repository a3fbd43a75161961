/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Amounts of money are gint64 in the currency's smallest unit, 1250 for 12.50 EUR, so that none is ever rounded. */

/** sobre_money_get_digits: @currency: ISO 4217. Returns: how many decimals an amount in it has (ISO 4217's minor unit) */
guint sobre_money_get_digits (const char *currency);

/**
 * sobre_money_parse:
 * @text: "12.50", "12.5", "12" or "-1": up to seven digits, then a point and no more decimals than the currency has
 *
 * Returns: %FALSE for anything else
 */
gboolean sobre_money_parse (const char *text, const char *currency, gint64 *amount);

/** sobre_money_format: Returns: (transfer full): "12.50", with all decimals that the currency has; reads back as the same */
char *sobre_money_format (gint64 amount, const char *currency);

/**
 * SobreMoneyStyle: how a language writes an amount.
 * @pattern: "{currency}{amount}" or so, with the spaces that belong there
 * @point: what stands before the decimals
 * @group: what stands between thousands
 */
typedef struct
{
  const char *pattern;
  const char *point;
  const char *group;
} SobreMoneyStyle;

/** sobre_money_format_for_people: Returns: (transfer full): "€12.50", "1.250,00 €"; a currency without a sign of its own by its code */
char *sobre_money_format_for_people (gint64 amount, const char *currency, const SobreMoneyStyle *style);
