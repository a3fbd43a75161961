/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

/* Text functions that look at letters one by one. */

#define MAX_DISTANCE_STEPS 1000000 /* as Trino bounds them */

/* The code points of a text. */
static gunichar *
spell (SobreText text, glong *n)
{
  return g_utf8_to_ucs4_fast (text.length > 0 ? text.data : "", (glong) text.length, n);
}

static gboolean
has_letter (const gunichar *letters, glong n, gunichar c)
{
  for (glong i = 0; i < n; i++)
    if (letters[i] == c)
      return TRUE;
  return FALSE;
}

static gboolean
trim_letters (SobreSqlFrame *frame, const SobreSqlValue *arguments, gboolean left, gboolean right, SobreSqlValue *result)
{
  SobreText text = arguments[0].s;
  glong n;
  g_autofree gunichar *letters = spell (arguments[1].s, &n);

  while (left && text.length > 0 && has_letter (letters, n, g_utf8_get_char (text.data)))
    {
      gsize skip = MIN ((gsize) g_utf8_skip[(guchar) *text.data], text.length);

      text = (SobreText) { text.data + skip, text.length - skip };
      if (!sobre_sql_budget_check_time (frame->budget, frame->error))
        return FALSE;
    }
  while (right && text.length > 0)
    {
      gsize at = text.length - 1;

      while (at > 0 && ((guchar) text.data[at] & 0xc0) == 0x80)
        at--;
      if (!has_letter (letters, n, g_utf8_get_char (text.data + at)))
        break;
      text.length = at;
      if (!sobre_sql_budget_check_time (frame->budget, frame->error))
        return FALSE;
    }
  result->s = text;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (trim_letters) { return trim_letters (frame, arguments, TRUE, TRUE, result); }

SOBRE_SQL_DECLARE_KERNEL (ltrim_letters) { return trim_letters (frame, arguments, TRUE, FALSE, result); }

SOBRE_SQL_DECLARE_KERNEL (rtrim_letters) { return trim_letters (frame, arguments, FALSE, TRUE, result); }

/* translate(text, from, to): the first place of a letter in @from counts; a letter that @to has nothing for is left out. */
SOBRE_SQL_DECLARE_KERNEL (translate)
{
  glong n_text, n_from, n_to;
  g_autofree gunichar *text = spell (arguments[0].s, &n_text);
  g_autofree gunichar *from = spell (arguments[1].s, &n_from);
  g_autofree gunichar *to = spell (arguments[2].s, &n_to);
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) translated = g_string_sized_new (arguments[0].s.length);

  for (glong i = n_from; i-- > 0;)
    g_hash_table_insert (places, GUINT_TO_POINTER (from[i]), GSIZE_TO_POINTER (i + 1));
  for (glong i = 0; i < n_text; i++)
    {
      glong place = (glong) GPOINTER_TO_SIZE (g_hash_table_lookup (places, GUINT_TO_POINTER (text[i])));

      if (place == 0)
        g_string_append_unichar (translated, text[i]);
      else if (place <= n_to)
        g_string_append_unichar (translated, to[place - 1]);
    }
  if (translated->len > SOBRE_SQL_MAX_TEXT)
    return sobre_query_error_set (frame->error, SOBRE_QUERY_ERROR_LIMIT, frame->expr->position, "a text longer than %d bytes",
                                  SOBRE_SQL_MAX_TEXT);
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { translated->str, translated->len });
  return TRUE;
}

/* strpos(text, needle, n): the n-th from the beginning, from the end where n is negative; occurrences may overlap. */
SOBRE_SQL_DECLARE_KERNEL (strpos_nth)
{
  SobreText text = arguments[0].s, needle = arguments[1].s;
  gint64 n = ABS (MAX (arguments[2].i, -G_MAXINT64));
  gboolean back = arguments[2].i < 0;
  gsize at = back ? text.length - needle.length : 0;

  if (n == 0)
    return SOBRE_SQL_FAIL (frame, "strpos() counts from 1, or from -1");
  result->i = needle.length == 0;
  if (needle.length == 0 || needle.length > text.length)
    return TRUE;
  for (guint steps = 1;; steps++, at += back ? (gsize) -1 : 1)
    {
      if (memcmp (text.data + at, needle.data, needle.length) == 0 && --n == 0)
        {
          result->i = g_utf8_strlen (text.data, (gssize) at) + 1;
          return TRUE;
        }
      if (at == (back ? 0 : text.length - needle.length))
        return TRUE;
      if (steps % 4096 == 0 && !sobre_sql_budget_check_time (frame->budget, frame->error))
        return FALSE;
    }
}

/* Row by row of the table of distances between the beginnings of both. */
static gint64
get_distance (const gunichar *longer, glong n, const gunichar *shorter, glong m)
{
  g_autofree guint *row = g_new (guint, m + 1);

  for (glong j = 0; j <= m; j++)
    row[j] = (guint) j;
  for (glong i = 1; i <= n; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (glong j = 1; j <= m; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (row[j - 1], above) + 1, diagonal + (longer[i - 1] != shorter[j - 1]));
          diagonal = above;
        }
    }
  return row[m];
}

SOBRE_SQL_DECLARE_KERNEL (levenshtein_distance)
{
  glong n, m;
  g_autofree gunichar *left = spell (arguments[0].s, &n);
  g_autofree gunichar *right = spell (arguments[1].s, &m);

  if (MIN (n, m) > 0 && (gint64) MAX (n, m) * (MIN (n, m) - 1) > MAX_DISTANCE_STEPS)
    return SOBRE_SQL_FAIL (frame, "texts that are too long for levenshtein_distance()");
  result->i = n >= m ? get_distance (left, n, right, m) : get_distance (right, m, left, n);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (hamming_distance)
{
  glong n, m;
  g_autofree gunichar *left = spell (arguments[0].s, &n);
  g_autofree gunichar *right = spell (arguments[1].s, &m);

  if (n != m)
    return SOBRE_SQL_FAIL (frame, "hamming_distance() takes texts of the same length");
  result->i = 0;
  for (glong i = 0; i < n; i++)
    result->i += left[i] != right[i];
  return TRUE;
}
