/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * SobreCardWords: what a card says in one language.
 * @language: BCP 47, without region
 * @headline: the question
 * @subline: what it costs the guest
 * @table: the word before the table's number
 * @allergens: regulation (EU) 1169/2011 lets a restaurant tell allergens on request where a notice says so
 */
typedef struct
{
  const char *language;
  const char *headline;
  const char *subline;
  const char *table;
  const char *allergens;
} SobreCardWords;

/** sobre_card_words_get: @language: BCP 47; its region is ignored. Returns: (transfer none): English where there are none of its own */
const SobreCardWords *sobre_card_words_get (const char *language);

/** sobre_card_words_has: Whether there are words in @language itself. */
gboolean sobre_card_words_has (const char *language);
