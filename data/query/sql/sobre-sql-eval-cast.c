/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-eval-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "query/sobre-value-text.h"
#include "query/sql/sobre-sql-decimal.h"
#include "query/sql/sobre-sql-kernels-private.h"

/* CAST, one value at a time, with fast loops for the conversions that happen by themselves. What Trino refuses fails here too. */

static gboolean
fail_cast (SobreSqlFrame *frame, const char *value)
{
  g_autofree char *to = sobre_sql_type_dup_name (frame->expr->type);

  return SOBRE_SQL_FAIL (frame, "\"%.60s\" cannot be cast to %s", value, to);
}

static gboolean
fail_text (SobreSqlFrame *frame, SobreText text)
{
  g_autofree char *copy = g_strndup (text.data, MIN (text.length, 80));
  g_autofree char *valid = g_utf8_make_valid (copy, -1);

  return fail_cast (frame, valid);
}

static gboolean
check_integer (SobreSqlFrame *frame, gint64 value, SobreSqlValue *result)
{
  if (frame->expr->type.kind == SOBRE_SQL_INTEGER && (value < G_MININT32 || value > G_MAXINT32))
    return SOBRE_SQL_FAIL (frame, "%" G_GINT64_FORMAT " is too large for integer", value);
  result->i = value;
  return TRUE;
}

/* The next whole number, halves away from zero. */
static gboolean
double_to_integer (SobreSqlFrame *frame, double number, SobreSqlValue *result)
{
  double rounded = round (number);

  if (!(rounded >= -9223372036854775808.0 && rounded < 9223372036854775808.0))
    return SOBRE_SQL_FAIL (frame, "%g is no whole number of 64 bits", number);
  return check_integer (frame, (gint64) rounded, result);
}

static gboolean
text_to_integer (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  char copy[32];
  char *end;

  if (text.length == 0 || text.length >= sizeof copy ||
      !(g_ascii_isdigit (text.data[0]) || strchr ("+-", text.data[0]) != NULL))
    return fail_text (frame, text);
  memcpy (copy, text.data, text.length);
  copy[text.length] = '\0';
  errno = 0;
  result->i = g_ascii_strtoll (copy, &end, 10);
  if (errno != 0 || *end != '\0' || end == copy || (gsize) (end - copy) != text.length || !g_ascii_isdigit (end[-1]))
    return fail_text (frame, text);
  if (frame->expr->type.kind == SOBRE_SQL_INTEGER && (result->i < G_MININT32 || result->i > G_MAXINT32))
    return fail_text (frame, text);
  return TRUE;
}

/* Java reads more than digits, "0x1p3" and "1d" among it; those and blanks are left out here and fail. */
static gboolean
text_to_double (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  char copy[400];
  char *end;

  if (text.length == 0 || text.length >= sizeof copy)
    return fail_text (frame, text);
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
        return fail_text (frame, text);
      result->d = g_ascii_strtod (copy, &end);
      if (*end != '\0' || end == copy)
        return fail_text (frame, text);
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
  return fail_text (frame, text);
}

static gboolean
text_to_decimal (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
{
  guint precision, scale;

  if (!sobre_sql_decimal_parse (text, &result->dec, &precision, &scale) ||
      !sobre_sql_decimal_rescale (result->dec, scale, frame->expr->type.scale, &result->dec) ||
      !sobre_sql_decimal_fits (result->dec, frame->expr->type.precision))
    return fail_text (frame, text);
  return TRUE;
}

static gboolean
from_text (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result)
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
      return sobre_sql_parse_date (text, &result->i) || fail_text (frame, text);
    default:
      return sobre_sql_parse_timestamp (text, FALSE, &result->i) || fail_text (frame, text);
    }
}

static void
append_value (GString *string, SobreSqlType type, const SobreSqlValue *value)
{
  switch (type.kind)
    {
    case SOBRE_SQL_BOOLEAN:
      g_string_append (string, value->i ? "true" : "false");
      break;
    case SOBRE_SQL_DOUBLE:
      sobre_append_double_scientific (string, value->d);
      break;
    case SOBRE_SQL_DECIMAL:
      sobre_sql_decimal_append (string, value->dec, type.scale);
      break;
    case SOBRE_SQL_DATE:
      sobre_append_date (string, value->i);
      break;
    case SOBRE_SQL_TIMESTAMP:
      sobre_append_timestamp (string, value->i);
      break;
    case SOBRE_SQL_TIMESTAMP_TZ:
      sobre_append_timestamp (string, sobre_sql_get_local (type, value));
      g_string_append_printf (string, " %s", sobre_sql_zone_get_name (type.zone));
      break;
    default:
      g_string_append_printf (string, "%" G_GINT64_FORMAT, value->i);
      break;
    }
}

/* varchar(n) cuts a text, but refuses a number, a date or a boolean that does not fit. */
static gboolean
to_text (SobreSqlFrame *frame, SobreSqlType from, const SobreSqlValue *value, SobreSqlValue *result)
{
  gint64 length = frame->expr->length;
  g_autoptr (GString) string = NULL;

  if (from.kind == SOBRE_SQL_VARCHAR)
    {
      result->s = value->s;
      if (length > 0 && length < (gint64) value->s.length && g_utf8_strlen (value->s.data, (gssize) value->s.length) > length)
        result->s.length = (gsize) (g_utf8_offset_to_pointer (value->s.data, length) - value->s.data);
      return TRUE;
    }
  string = g_string_new (NULL);
  append_value (string, from, value);
  if (length > 0 && (gint64) string->len > length)
    return SOBRE_SQL_FAIL (frame, "\"%s\" is longer than %" G_GINT64_FORMAT " characters", string->str, length);
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { string->str, string->len });
  return TRUE;
}

static gboolean
to_decimal (SobreSqlFrame *frame, SobreSqlType from, const SobreSqlValue *value, SobreSqlValue *result)
{
  SobreSqlType type = frame->expr->type;
  gboolean fits;

  if (from.kind == SOBRE_SQL_DOUBLE)
    fits = sobre_sql_decimal_from_double (value->d, type.precision, type.scale, &result->dec);
  else if (from.kind == SOBRE_SQL_DECIMAL)
    fits = sobre_sql_decimal_rescale (value->dec, from.scale, type.scale, &result->dec) &&
           sobre_sql_decimal_fits (result->dec, type.precision);
  else
    fits = sobre_sql_decimal_rescale (value->i, 0, type.scale, &result->dec) &&
           sobre_sql_decimal_fits (result->dec, type.precision);
  if (!fits)
    {
      g_autofree char *name = sobre_sql_type_dup_name (type);

      return SOBRE_SQL_FAIL (frame, "a number is too large for %s", name);
    }
  return TRUE;
}

static gboolean
to_integer (SobreSqlFrame *frame, SobreSqlType from, const SobreSqlValue *value, SobreSqlValue *result)
{
  SobreSqlInt128 whole;

  if (from.kind == SOBRE_SQL_DOUBLE)
    return double_to_integer (frame, value->d, result);
  if (from.kind != SOBRE_SQL_DECIMAL)
    return check_integer (frame, value->i, result);
  sobre_sql_decimal_rescale (value->dec, from.scale, 0, &whole);
  if (whole < G_MININT64 || whole > G_MAXINT64)
    return SOBRE_SQL_FAIL (frame, "a number is too large for bigint");
  return check_integer (frame, (gint64) whole, result);
}

static double
to_double (SobreSqlType from, const SobreSqlValue *value)
{
  if (from.kind == SOBRE_SQL_DECIMAL)
    return sobre_sql_decimal_to_double (value->dec, from.scale);
  return from.kind == SOBRE_SQL_DOUBLE ? value->d : (double) value->i;
}

gboolean
sobre_sql_cast_value (SobreSqlFrame *frame, const SobreSqlValue *value, SobreSqlValue *result)
{
  SobreSqlType from = frame->expr->children[0]->type;
  SobreSqlType to = frame->expr->type;

  if (to.kind == SOBRE_SQL_VARCHAR)
    return to_text (frame, from, value, result);
  if (from.kind == SOBRE_SQL_VARCHAR)
    return from_text (frame, value->s, result);
  switch (to.kind)
    {
    case SOBRE_SQL_BOOLEAN:
      result->i = from.kind == SOBRE_SQL_DOUBLE    ? value->d != 0
                  : from.kind == SOBRE_SQL_DECIMAL ? value->dec != 0
                                                   : value->i != 0;
      return TRUE;
    case SOBRE_SQL_INTEGER:
    case SOBRE_SQL_BIGINT:
      return to_integer (frame, from, value, result);
    case SOBRE_SQL_DOUBLE:
      result->d = to_double (from, value);
      return TRUE;
    case SOBRE_SQL_DECIMAL:
      return to_decimal (frame, from, value, result);
    case SOBRE_SQL_DATE:
      result->i = sobre_sql_floor_divide (sobre_sql_get_local (from, value), SOBRE_DAY_MS);
      return TRUE;
    case SOBRE_SQL_TIMESTAMP:
      result->i = sobre_sql_get_local (from, value);
      return TRUE;
    default:
      /* What has no zone is read as UTC: the session's zone, as in Athena. */
      result->i = from.kind == SOBRE_SQL_DATE ? value->i * SOBRE_DAY_MS : value->i;
      return TRUE;
    }
}

gboolean
sobre_sql_eval_cast (SobreSqlEval *self,
                     const SobreSqlExpr *expr,
                     const SobreSqlVector *operand,
                     SobreSqlRows rows,
                     SobreSqlVector *result,
                     GError **error)
{
  SobreSqlFrame frame = { expr, self->texts, self->budget, expr->is_try ? NULL : error };
  SobreSqlTypeKind from = expr->children[0]->type.kind;
  const guint mask = operand->mask;
  guint n = 0;

  if (!sobre_sql_eval_make (self, sobre_sql_type_get_physical (expr->type), result, error))
    return FALSE;
  if ((from == SOBRE_SQL_INTEGER || from == SOBRE_SQL_BIGINT) && expr->type.kind == SOBRE_SQL_DOUBLE)
    {
      SOBRE_SQL_EACH (rows, r, result->d[r] = (double) operand->i[r & mask];);
      return sobre_sql_eval_merge_valid (self, operand, 1, rows, result, error);
    }
  result->valid = sobre_sql_eval_scratch (self, MAX (self->n_rows, 1), error);
  if (result->valid == NULL)
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    SobreSqlValue value = sobre_sql_vector_get (operand, r);
    SobreSqlValue cast = { .null = value.null };

    if (!value.null && !sobre_sql_cast_value (&frame, &value, &cast))
      {
        if (!expr->is_try)
          return FALSE;
        cast.null = TRUE;
      }
    sobre_sql_vector_set (result, r, &cast);
    if ((++n & 255) == 0 && !sobre_sql_budget_check_time (self->budget, error))
      return FALSE;
  });
  return TRUE;
}
