/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query/sql/sobre-sql-decimal.h"
#include "query/sql/sobre-sql-eval-private.h"
#include "query/sql/sobre-sql-kernels-private.h"

/* CAST of texts.
 *
 * What is written plainly is read. What Trino reads besides, " 7", "1e3" as a decimal, "0x1p3" and "1d" as doubles, digits of other
 * scripts, "2026-1-5", a timestamp to the microsecond, is refused: it does not fail, so that TRY_CAST does not make NULL of it. */

#define MAX_NUMBER 31 /* characters of an integer that are read */
#define MAX_DIGITS SOBRE_SQL_MAX_PRECISION

static gboolean
fail_text (SobreSqlFrame *frame, SobreText text, gboolean may_be_read)
{
  g_autofree char *copy = g_strndup (text.data, MIN (text.length, 80));
  g_autofree char *valid = g_utf8_make_valid (copy, -1);
  g_autofree char *to = sobre_sql_type_dup_name (frame->expr->type);

  if (may_be_read)
    return SOBRE_SQL_REFUSE (frame, "\"%.60s\" written like this cannot be cast to %s offline", valid, to);
  return SOBRE_SQL_FAIL (frame, "\"%.60s\" cannot be cast to %s", valid, to);
}

/* Without the blanks at its ends, as Java takes them off. */
static SobreText
strip (SobreText text)
{
  while (text.length > 0 && (guchar) text.data[0] <= ' ')
    text = (SobreText) { text.data + 1, text.length - 1 };
  while (text.length > 0 && (guchar) text.data[text.length - 1] <= ' ')
    text.length--;
  return text;
}

static gboolean
has_only (SobreText text, const char *letters)
{
  for (gsize i = 0; i < text.length; i++)
    if (text.data[i] == '\0' || strchr (letters, text.data[i]) == NULL)
      return FALSE;
  return text.length > 0;
}

/* How many digits it has, of any script, when there is nothing else in it but @letters; else 0. */
static gsize
count_digits (SobreText text, const char *letters)
{
  gsize n = 0;

  for (gsize i = 0; i < text.length; i += (gsize) g_utf8_skip[(guchar) text.data[i]])
    {
      gunichar c = g_utf8_get_char (text.data + i);

      if (g_unichar_isdigit (c))
        n++;
      else if (c >= 0x80 || strchr (letters, (int) c) == NULL)
        return 0;
    }
  return n;
}

static gboolean
may_be_integer (SobreText text)
{
  SobreText bare = strip (text);

  return count_digits (bare, "+-") > 0 &&
         (bare.length < text.length || bare.length > MAX_NUMBER || !has_only (bare, "+-0123456789"));
}

static gboolean
may_be_double (SobreText text)
{
  SobreText bare = strip (text);
  gsize sign = bare.length > 0 && (bare.data[0] == '+' || bare.data[0] == '-') ? 1 : 0;
  gboolean stripped = bare.length < text.length || text.length >= 400;
  SobreText number = { bare.data + sign, bare.length - sign };

  if (number.length > 2 && number.data[0] == '0' && (number.data[1] == 'x' || number.data[1] == 'X'))
    return TRUE;
  if (number.length > 1 && strchr ("dDfF", number.data[number.length - 1]) != NULL)
    return has_only ((SobreText) { number.data, number.length - 1 }, "+-.0123456789eE");
  return stripped && (has_only (number, "+-.0123456789eE") || sobre_text_equal (number, sobre_text ("NaN")) ||
                      sobre_text_equal (number, sobre_text ("Infinity")));
}

static gboolean
may_be_decimal (SobreText text)
{
  SobreText bare = strip (text);
  gsize n = count_digits (bare, "+-.eE");

  return n > 0 && (n > MAX_DIGITS || bare.length < text.length || !has_only (bare, "+-.0123456789"));
}

static gboolean
has_shape (SobreText text, const char *shape)
{
  if (text.length != strlen (shape))
    return FALSE;
  for (gsize i = 0; i < text.length; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text.data[i]) : shape[i] != text.data[i])
      return FALSE;
  return TRUE;
}

/* Whether it is a day of the years 1 to 9999 in the plain form, be there such a day or not. */
static gboolean
is_plain_day (SobreText text)
{
  return has_shape (text, "0000-00-00") && memcmp (text.data, "0000", 4) != 0;
}

static gboolean
has_two_dashes (SobreText text)
{
  gsize n = 0;

  for (gsize i = 0; i < text.length; i++)
    n += text.data[i] == '-';
  return n >= 2;
}

static gboolean
may_be_date (SobreText text)
{
  return !is_plain_day (text) && has_only (strip (text), "0123456789+-") && has_two_dashes (text);
}

static gboolean
may_be_timestamp (SobreText text)
{
  static const char *const shapes[] = { "", " 00:00", " 00:00:00", " 00:00:00.0", " 00:00:00.00", " 00:00:00.000" };
  SobreText day = { text.data, MIN (text.length, 10) };
  SobreText rest = { text.data + day.length, text.length - day.length };

  if (is_plain_day (day))
    for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
      if (has_shape (rest, shapes[i]))
        return FALSE;
  return has_only (strip (text), "0123456789+-:. ") && has_two_dashes (text);
}

static gboolean
text_to_integer (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  char copy[32];
  char *end;

  if (text.length == 0 || text.length >= sizeof copy ||
      !(g_ascii_isdigit (text.data[0]) || strchr ("+-", text.data[0]) != NULL))
    return fail_text (frame, text, may_be_integer (text));
  memcpy (copy, text.data, text.length);
  copy[text.length] = '\0';
  errno = 0;
  result->i = g_ascii_strtoll (copy, &end, 10);
  if (errno != 0 || *end != '\0' || end == copy || (gsize) (end - copy) != text.length || !g_ascii_isdigit (end[-1]))
    return fail_text (frame, text, may_be_integer (text));
  if (frame->expr->type.kind == SOBRE_SQL_INTEGER && (result->i < G_MININT32 || result->i > G_MAXINT32))
    return fail_text (frame, text, may_be_integer (text));
  return TRUE;
}

static gboolean
text_to_double (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  char copy[400];
  char *end;

  if (text.length == 0 || text.length >= sizeof copy)
    return fail_text (frame, text, may_be_double (text));
  memcpy (copy, text.data, text.length);
  copy[text.length] = '\0';
  if (g_str_equal (copy, "NaN"))
    result->d = (double) NAN;
  else if (g_str_equal (copy, "Infinity") || g_str_equal (copy, "+Infinity"))
    result->d = (double) INFINITY;
  else if (g_str_equal (copy, "-Infinity"))
    result->d = (double) -INFINITY;
  else
    {
      if (strspn (copy, "+-.0123456789eE") != text.length)
        return fail_text (frame, text, may_be_double (text));
      result->d = g_ascii_strtod (copy, &end);
      if (*end != '\0' || end == copy)
        return fail_text (frame, text, may_be_double (text));
    }
  return TRUE;
}

static gboolean
text_to_boolean (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  static const char *const words[2][3] = { { "false", "f", "0" }, { "true", "t", "1" } };

  for (guint truth = 0; truth < 2; truth++)
    for (guint i = 0; i < 3; i++)
      if (strlen (words[truth][i]) == text.length && g_ascii_strncasecmp (words[truth][i], text.data, text.length) == 0)
        {
          result->i = truth;
          return TRUE;
        }
  return fail_text (frame, text, FALSE);
}

static gboolean
text_to_decimal (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  guint precision, scale;

  if (!sobre_sql_decimal_parse (text, &result->dec, &precision, &scale) ||
      !sobre_sql_decimal_rescale (result->dec, scale, frame->expr->type.scale, &result->dec) ||
      !sobre_sql_decimal_fits (result->dec, frame->expr->type.precision))
    return fail_text (frame, text, may_be_decimal (text));
  return TRUE;
}

gboolean
sobre_sql_cast_text (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  switch (frame->expr->type.kind)
    {
    case SOBRE_SQL_BOOLEAN:
      return text_to_boolean (frame, text, result);
    case SOBRE_SQL_INTEGER:
    case SOBRE_SQL_BIGINT:
      return text_to_integer (frame, text, result);
    case SOBRE_SQL_DOUBLE:
      return text_to_double (frame, text, result);
    case SOBRE_SQL_DECIMAL:
      return text_to_decimal (frame, text, result);
    case SOBRE_SQL_DATE:
      return sobre_sql_parse_date (text, &result->i) || fail_text (frame, text, may_be_date (text));
    default:
      return sobre_sql_parse_timestamp (text, FALSE, &result->i) || fail_text (frame, text, may_be_timestamp (text));
    }
}
