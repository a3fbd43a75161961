/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "insight/sobre-mask.h"

#define BULLET "\342\200\242" /* U+2022 */
#define PHONE_DIGITS_MIN 8
#define PHONE_DIGITS_MAX 15
#define CARD_DIGITS_MIN 13
#define CARD_DIGITS_MAX 19
#define DATE_DIGITS 8

static gboolean
is_address_character (char c)
{
  return g_ascii_isalnum (c) || (guint8) c >= 0x80 || (c != '\0' && strchr ("._%+-", c) != NULL);
}

static gboolean
is_domain_character (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '-';
}

/* Where the e-mail address around the at sign at @at begins and ends; %FALSE when there is none. */
static gboolean
find_address (const char *text, gsize length, gsize at, gsize *begin, gsize *end)
{
  gsize first = at, last = at + 1;
  const char *dot;

  while (first > 0 && is_address_character (text[first - 1]))
    first--;
  while (last < length && is_domain_character (text[last]))
    last++;
  while (last > at + 1 && !g_ascii_isalnum (text[last - 1]))
    last--;

  dot = memchr (text + at + 1, '.', last - at - 1);
  if (first == at || dot == NULL || dot == text + at + 1)
    return FALSE;

  *begin = first;
  *end = last;
  return TRUE;
}

static gboolean
satisfies_luhn (const guint8 *digits, guint n_digits)
{
  guint sum = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      guint digit = digits[n_digits - 1 - i];

      if (i % 2 == 1)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return sum % 10 == 0;
}

/* Two runs of two and one of four, in either order, apart by the same dot, dash or stroke: a date that a guest wrote. */
static gboolean
looks_like_date (const char *text, gsize length)
{
  guint runs[4] = { 0 };
  guint n_runs = 0;
  char separator = '\0';

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          runs[n_runs]++;
          continue;
        }
      if ((separator != '\0' && text[i] != separator) || strchr (".-/", text[i]) == NULL || ++n_runs > 2)
        return FALSE;
      separator = text[i];
    }

  return n_runs == 2 && runs[1] <= 2 && ((runs[0] == 4 && runs[2] <= 2) || (runs[0] <= 2 && (runs[2] == 4 || runs[2] == 2)));
}

/* The run of digits and separators that begins at @begin: its end, and its digits. */
static gsize
read_number (const char *text, gsize length, gsize begin, guint8 *digits, guint *n_digits)
{
  gsize end = begin;
  guint gap = 0;

  *n_digits = 0;
  for (gsize i = begin; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          if (*n_digits == CARD_DIGITS_MAX + 1)
            break;
          digits[(*n_digits)++] = (guint8) (text[i] - '0');
          end = i + 1;
          gap = 0;
        }
      else if (strchr (" -./()+", text[i]) == NULL || text[i] == '\0' || ++gap > 2)
        break;
    }

  return end;
}

static gboolean
is_contact_number (const char *text, gsize length, const guint8 *digits, guint n_digits)
{
  if (n_digits >= CARD_DIGITS_MIN && n_digits <= CARD_DIGITS_MAX && satisfies_luhn (digits, n_digits))
    return TRUE;
  if (n_digits < PHONE_DIGITS_MIN || n_digits > PHONE_DIGITS_MAX)
    return FALSE;
  return text[0] == '+' || n_digits > DATE_DIGITS || !looks_like_date (text, length);
}

static void
mark (guint8 *hidden, gsize begin, gsize end)
{
  memset (hidden + begin, 1, end - begin);
}

static void
mark_numbers (const char *text, gsize length, guint8 *hidden)
{
  guint8 digits[CARD_DIGITS_MAX + 1];

  for (gsize i = 0; i < length;)
    {
      gboolean begins =
          g_ascii_isdigit (text[i]) || ((text[i] == '+' || text[i] == '(') && i + 1 < length && g_ascii_isdigit (text[i + 1]));
      guint n_digits;
      gsize end;

      if (!begins)
        {
          i++;
          continue;
        }
      end = read_number (text, length, i, digits, &n_digits);
      if (is_contact_number (text + i, end - i, digits, n_digits))
        mark (hidden, i, end);
      i = MAX (end, i + 1);
    }
}

char *
sobre_mask_contacts (const char *text, gsize length)
{
  g_autofree guint8 *hidden = g_malloc0 (length + 1);
  GString *masked = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      gsize begin, end;

      if (text[i] == '@' && find_address (text, length, i, &begin, &end))
        mark (hidden, begin, end);
    }
  mark_numbers (text, length, hidden);

  for (gsize i = 0; i < length; i++)
    {
      gboolean continues = ((guint8) text[i] & 0xC0) == 0x80;

      if (!hidden[i])
        g_string_append_c (masked, text[i]);
      else if (!continues)
        g_string_append (masked, BULLET);
    }

  return g_string_free_and_steal (masked);
}
