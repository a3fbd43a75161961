/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "model/sobre-id.h"

/* The value of each hexadecimal digit in lower case, 0xFF for every other byte: OR-ing the values of all digits of an id tells
 * in one comparison at the end whether each was one. */
#define X 0xFF
static const guint8 hex_values[256] = {
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x00 */
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, X, X, X, X, X, X, /* 0x20 */
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x40 */
  X, 10, 11, 12, 13, 14, 15, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x60 */
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0x80 */
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xA0 */
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xC0 */
  X, X,  X,  X,  X,  X,  X,  X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* 0xE0 */
};
#undef X

/* Where the two digits of each byte stand in xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx. */
static const guint8 digit_places[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };

gboolean
sobre_id_parse (const char *text, gsize length, SobreId *id)
{
  const guint8 *characters = (const guint8 *) text;
  guint seen = 0;

  if (length != SOBRE_ID_STRING_LENGTH || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
    return FALSE;

  for (guint i = 0; i < 16; i++)
    {
      guint high = hex_values[characters[digit_places[i]]];
      guint low = hex_values[characters[digit_places[i] + 1]];

      seen |= high | low;
      id->bytes[i] = (guint8) (high << 4 | low);
    }

  return seen <= 0x0F;
}

void
sobre_id_format (const SobreId *id, char string[SOBRE_ID_STRING_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";

  string[8] = string[13] = string[18] = string[23] = '-';
  for (guint i = 0; i < 16; i++)
    {
      string[digit_places[i]] = digits[id->bytes[i] >> 4];
      string[digit_places[i] + 1] = digits[id->bytes[i] & 0x0F];
    }
  string[SOBRE_ID_STRING_LENGTH] = '\0';
}

guint
sobre_id_get_version (const SobreId *id)
{
  return id->bytes[6] >> 4;
}

gint64
sobre_id_get_time (const SobreId *id)
{
  gint64 time_ms = 0;

  for (guint i = 0; i < 6; i++)
    time_ms = time_ms << 8 | id->bytes[i];

  return time_ms;
}

SobreId
sobre_id_make_v7 (SobreClock *clock, SobreRandom *random)
{
  gint64 now = sobre_clock_now (clock);
  SobreId id;

  sobre_random_fill (random, id.bytes + 6, sizeof id.bytes - 6);
  for (guint i = 0; i < 6; i++)
    id.bytes[i] = (guint8) (now >> (40 - 8 * i));
  id.bytes[6] = (id.bytes[6] & 0x0F) | 0x70;
  id.bytes[8] = (id.bytes[8] & 0x3F) | 0x80;

  return id;
}

int
sobre_id_compare (const SobreId *a, const SobreId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}
