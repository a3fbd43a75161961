/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-personal.h"

#include <string.h>

#define MOST_DIGITS 32

static gboolean
is_one_of (char c, const char *set)
{
  return c != '\0' && strchr (set, c) != NULL;
}

/* What stands between @at, behind an “@”, and @end: whether it begins with the name of a host. */
static gboolean
is_host (const char *at, const char *end)
{
  const char *stop = at;
  const char *dot;

  if (at == end || !g_ascii_isalnum (*at))
    return FALSE;
  while (stop < end && (g_ascii_isalnum (*stop) || *stop == '.' || *stop == '-'))
    stop++;
  while (stop[-1] == '.' || stop[-1] == '-')
    stop--;
  dot = memrchr (at, '.', stop - at);
  if (dot == NULL || stop - dot < 3)
    return FALSE;
  for (at = dot + 1; at < stop; at++)
    if (!g_ascii_isalpha (*at))
      return FALSE;
  return TRUE;
}

static gboolean
has_email (const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *at = memchr (text, '@', length); at != NULL; at = memchr (at + 1, '@', end - at - 1))
    if (at > text && (g_ascii_isalnum (at[-1]) || is_one_of (at[-1], "._%+-")) && is_host (at + 1, end))
      return TRUE;
  return FALSE;
}

/* Doubles every second digit from the right and adds up the digits of all. */
static gboolean
checks (const char *digits, guint n_digits)
{
  guint sum = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      guint digit = (guint) (digits[n_digits - 1 - i] - '0') << (i % 2);

      sum += digit > 9 ? digit - 9 : digit;
    }
  return sum % 10 == 0;
}

static SobrePersonal
name_number (const SobrePersonalRules *rules, const char *digits, guint n_digits)
{
  if (n_digits >= rules->card_least && n_digits <= rules->card_most && checks (digits, n_digits))
    return SOBRE_PERSONAL_CARD;
  return n_digits >= rules->phone_least && n_digits <= rules->phone_most ? SOBRE_PERSONAL_PHONE : 0;
}

/* Where the next digit of the same number stands; %NULL when there is none. */
static const char *
find_next_digit (const SobrePersonalRules *rules, const char *at, const char *end)
{
  for (guint gap = 0; gap <= rules->gap && at + gap < end; gap++)
    {
      if (g_ascii_isdigit (at[gap]))
        return at + gap;
      if (!is_one_of (at[gap], rules->separators))
        return NULL;
    }
  return NULL;
}

static SobrePersonal
find_numbers (const SobrePersonalRules *rules, const char *text, gsize length)
{
  const char *end = text + length;
  SobrePersonal set = 0;

  for (const char *at = text; at < end; at++)
    {
      char digits[MOST_DIGITS];
      guint n_digits = 0;

      for (const char *digit = g_ascii_isdigit (*at) ? at : NULL; digit != NULL;
           digit = find_next_digit (rules, digit + 1, end))
        {
          if (n_digits < MOST_DIGITS)
            digits[n_digits] = *digit;
          n_digits++;
          at = digit;
        }
      set |= name_number (rules, digits, n_digits);
    }
  return set;
}

SobrePersonal
sobre_personal_find (const SobrePersonalRules *rules, const char *text, gsize length)
{
  g_return_val_if_fail (rules->card_most <= MOST_DIGITS, 0);
  return (has_email (text, length) ? SOBRE_PERSONAL_EMAIL : 0) | find_numbers (rules, text, length);
}

char *
sobre_personal_format (SobrePersonal set)
{
  static const char *const names[SOBRE_N_PERSONALS] = { "email", "phone", "card" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < SOBRE_N_PERSONALS; i++)
    if (set & 1u << i)
      g_string_append_printf (text, text->len > 0 ? " %s" : "%s", names[i]);
  return g_string_free_and_steal (text);
}
