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
    return sobre_sql_cast_text (frame, value->s, result);
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
  g_autoptr (GError) failure = NULL;
  SobreSqlFrame frame = { expr, self->texts, self->budget, &failure };
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
        if (!expr->is_try || !g_error_matches (failure, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_RUNTIME))
          {
            g_propagate_error (error, g_steal_pointer (&failure));
            return FALSE;
          }
        g_clear_error (&failure);
        cast.null = TRUE;
      }
    sobre_sql_vector_set (result, r, &cast);
    if ((++n & 255) == 0 && !sobre_sql_budget_check_time (self->budget, error))
      return FALSE;
  });
  return TRUE;
}
