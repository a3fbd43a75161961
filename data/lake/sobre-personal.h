/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SobrePersonal: what a text seems to hold that tells who somebody is. A set. */
typedef enum
{
  SOBRE_PERSONAL_EMAIL = 1 << 0,
  SOBRE_PERSONAL_PHONE = 1 << 1,
  SOBRE_PERSONAL_CARD = 1 << 2,
} SobrePersonal;

#define SOBRE_N_PERSONALS 3

/**
 * SobrePersonalRules: how many digits make which number, the section "personal" of rules.json.
 * @separators: what may stand between two digits of one number, @gap of them at most
 */
typedef struct
{
  guint phone_least;
  guint phone_most;
  guint card_least;
  guint card_most;
  guint gap;
  const char *separators;
} SobrePersonalRules;

/**
 * sobre_personal_find:
 * @text: any bytes
 *
 * An e-mail address is an “@” between a letter, digit or one of “._%+-” and a name of a host whose last part is of two letters or more. A number is digits
 * with separators between them; one with as many digits as a payment card has, the last of which checks the others (Luhn, ISO/IEC 7812-1), is a card, else
 * one with as many as a telephone number has is that. Only ASCII counts. Takes time in proportion to @length, and infra/functions/transform.py finds
 * the same in the same bytes.
 *
 * Returns: the set of what is in @text
 */
SobrePersonal sobre_personal_find (const SobrePersonalRules *rules, const char *text, gsize length);

/** sobre_personal_format: Returns: (transfer full): "email phone", the names of a set that is not empty */
char *sobre_personal_format (SobrePersonal set);

G_END_DECLS
