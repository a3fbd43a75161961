/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-lines.h"

#include <string.h>

#include "model/sobre-id.h"
#include "model/sobre-time.h"

void
bench_append_number (GString *line, guint64 number)
{
  char digits[20];
  guint n = 0;

  do
    digits[n++] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  while (n > 0)
    g_string_append_c (line, digits[--n]);
}

static void
begin_text (GString *line, const char *member)
{
  g_string_append (line, ",\"");
  g_string_append (line, member);
  g_string_append (line, "\":\"");
}

void
bench_append_time (GString *line, const char *member, gint64 time_ms)
{
  char text[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (time_ms, text);
  begin_text (line, member);
  g_string_append_len (line, text, SOBRE_TIME_STRING_LENGTH);
  g_string_append_c (line, '"');
}

void
bench_append_text (GString *line, const char *member, const char *text)
{
  begin_text (line, member);
  g_string_append (line, text);
  g_string_append_c (line, '"');
}

void
bench_append_id (GString *line, Dice *dice, gint64 time_ms, guint version)
{
  guint64 halves[2] = { GUINT64_TO_BE (throw (dice)), GUINT64_TO_BE (throw (dice)) };
  char text[SOBRE_ID_STRING_LENGTH + 1];
  SobreId id;

  memcpy (id.bytes, halves, sizeof id.bytes);
  for (guint i = 0; version != 4 && i < 6; i++)
    id.bytes[i] = (guint8) (time_ms >> (40 - 8 * i));
  id.bytes[6] = (guint8) ((id.bytes[6] & 0x0F) | version << 4);
  id.bytes[8] = (id.bytes[8] & 0x3F) | 0x80;
  sobre_id_format (&id, text);
  g_string_append (line, "{\"v\":1");
  bench_append_text (line, "id", text);
}

const char *
bench_pick (Dice *dice, const char *const *choices, const guint8 *shares)
{
  guint share = throw_below (dice, 100);
  guint i = 0;

  for (guint sum = shares[0]; share >= sum; sum += shares[++i])
    ;
  return choices[i];
}
