/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-eval-private.h"

#include <math.h>

#include "query/sql/sobre-sql-decimal.h"

/* Arithmetic and comparison. Whole numbers and decimals are exact or an error; doubles are as IEEE 754 has them. The value of a row
 * that is NULL is arbitrary, so an overflow counts only where the row is valid. */

static gboolean
fail_range (const SobreSqlExpr *expr, GError **error)
{
  g_autofree char *name = sobre_sql_type_dup_name (expr->type);

  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, expr->position, "the result of %s is too large for %s",
                                expr->kind == SOBRE_SQL_EXPR_NEGATE ? "-" : sobre_sql_operator_get_name (expr->op), name);
}

static gboolean
fail_zero (const SobreSqlExpr *expr, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, expr->position, "division by zero");
}

static gboolean
divide_int64 (SobreSqlOperator op, gint64 a, gint64 b, gint64 *result)
{
  if (b == -1)
    {
      if (op == SOBRE_SQL_MODULO)
        *result = 0;
      else
        return !__builtin_sub_overflow ((gint64) 0, a, result);
      return TRUE;
    }
  *result = op == SOBRE_SQL_DIVIDE ? a / b : a % b;
  return TRUE;
}

static gboolean
compute_int64 (SobreSqlOperator op, gint64 a, gint64 b, gint64 *result)
{
  switch (op)
    {
    case SOBRE_SQL_ADD:
      return !__builtin_add_overflow (a, b, result);
    case SOBRE_SQL_SUBTRACT:
      return !__builtin_sub_overflow (a, b, result);
    case SOBRE_SQL_MULTIPLY:
      return !__builtin_mul_overflow (a, b, result);
    default:
      return divide_int64 (op, a, b, result);
    }
}

static gboolean
eval_int64 (const SobreSqlExpr *expr, const SobreSqlVector *operands, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  const gint64 low = expr->type.kind == SOBRE_SQL_INTEGER ? G_MININT32 : G_MININT64;
  const gint64 high = expr->type.kind == SOBRE_SQL_INTEGER ? G_MAXINT32 : G_MAXINT64;
  const guint left_mask = operands[0].mask, right_mask = operands[1].mask;
  const gboolean divides = expr->op == SOBRE_SQL_DIVIDE || expr->op == SOBRE_SQL_MODULO;

  SOBRE_SQL_EACH (rows, r, {
    gint64 a = operands[0].i[r & left_mask];
    gint64 b = operands[1].i[r & right_mask];
    gint64 value = 0;

    if (result->valid != NULL && !result->valid[r])
      continue;
    if (divides && b == 0)
      return fail_zero (expr, error);
    if (!compute_int64 (expr->op, a, b, &value) || value < low || value > high)
      return fail_range (expr, error);
    result->i[r] = value;
  });
  return TRUE;
}

static void
eval_double (const SobreSqlExpr *expr, const SobreSqlVector *operands, SobreSqlRows rows, SobreSqlVector *result)
{
  const double *a = operands[0].d;
  const double *b = operands[1].d;
  const guint left = operands[0].mask, right = operands[1].mask;
  double *to = result->d;

  switch (expr->op)
    {
    case SOBRE_SQL_ADD:
      SOBRE_SQL_EACH (rows, r, to[r] = a[r & left] + b[r & right];);
      break;
    case SOBRE_SQL_SUBTRACT:
      SOBRE_SQL_EACH (rows, r, to[r] = a[r & left] - b[r & right];);
      break;
    case SOBRE_SQL_MULTIPLY:
      SOBRE_SQL_EACH (rows, r, to[r] = a[r & left] * b[r & right];);
      break;
    case SOBRE_SQL_DIVIDE:
      SOBRE_SQL_EACH (rows, r, to[r] = a[r & left] / b[r & right];);
      break;
    default:
      SOBRE_SQL_EACH (rows, r, to[r] = fmod (a[r & left], b[r & right]););
      break;
    }
}

/* One decimal operation; both operands keep their own scale. %FALSE when it does not fit. */
static gboolean
compute_decimal (const SobreSqlExpr *expr, SobreSqlInt128 a, SobreSqlInt128 b, SobreSqlInt128 *value)
{
  guint left = expr->children[0]->type.scale, right = expr->children[1]->type.scale, scale = expr->type.scale;

  switch (expr->op)
    {
    case SOBRE_SQL_MULTIPLY:
      return !__builtin_mul_overflow (a, b, value);
    case SOBRE_SQL_DIVIDE:
      /* a/10^left ÷ b/10^right at the result's scale is a × 10^(scale + right − left) ÷ b. */
      if (scale + right - left > SOBRE_SQL_MAX_PRECISION ||
          __builtin_mul_overflow (a, sobre_sql_power_of_ten (scale + right - left), &a))
        return FALSE;
      *value = sobre_sql_decimal_divide_rounded (a, b);
      return TRUE;
    default:
      if (!sobre_sql_decimal_rescale (a, left, scale, &a) || !sobre_sql_decimal_rescale (b, right, scale, &b))
        return FALSE;
      if (expr->op == SOBRE_SQL_MODULO)
        *value = a % b;
      else if (expr->op == SOBRE_SQL_ADD)
        return !__builtin_add_overflow (a, b, value);
      else
        return !__builtin_sub_overflow (a, b, value);
      return TRUE;
    }
}

static gboolean
eval_decimal (const SobreSqlExpr *expr,
              const SobreSqlVector *operands,
              SobreSqlRows rows,
              SobreSqlVector *result,
              GError **error)
{
  const gboolean divides = expr->op == SOBRE_SQL_DIVIDE || expr->op == SOBRE_SQL_MODULO;

  SOBRE_SQL_EACH (rows, r, {
    SobreSqlInt128 a, b, value;

    if (result->valid != NULL && !result->valid[r])
      continue;
    a = operands[0].dec[r & operands[0].mask];
    b = operands[1].dec[r & operands[1].mask];
    if (divides && b == 0)
      return fail_zero (expr, error);
    if (!compute_decimal (expr, a, b, &value) || !sobre_sql_decimal_fits (value, SOBRE_SQL_MAX_PRECISION))
      return fail_range (expr, error);
    result->dec[r] = value;
  });
  return TRUE;
}

gboolean
sobre_sql_eval_arithmetic (SobreSqlEval *self,
                           const SobreSqlExpr *expr,
                           const SobreSqlVector *operands,
                           SobreSqlRows rows,
                           SobreSqlVector *result,
                           GError **error)
{
  if (!sobre_sql_eval_make (self, sobre_sql_type_get_physical (expr->type), result, error) ||
      !sobre_sql_eval_merge_valid (self, operands, 2, rows, result, error))
    return FALSE;
  if (result->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
    {
      eval_double (expr, operands, rows, result);
      return TRUE;
    }
  if (result->physical == SOBRE_SQL_PHYSICAL_DECIMAL)
    return eval_decimal (expr, operands, rows, result, error);
  return eval_int64 (expr, operands, rows, result, error);
}

gboolean
sobre_sql_eval_negate (SobreSqlEval *self,
                       const SobreSqlExpr *expr,
                       const SobreSqlVector *operand,
                       SobreSqlRows rows,
                       SobreSqlVector *result,
                       GError **error)
{
  const gint64 low = expr->type.kind == SOBRE_SQL_INTEGER ? G_MININT32 : G_MININT64;
  const guint mask = operand->mask;

  if (!sobre_sql_eval_make (self, operand->physical, result, error) ||
      !sobre_sql_eval_merge_valid (self, operand, 1, rows, result, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    if (result->valid != NULL && !result->valid[r])
      continue;
    if (operand->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
      result->d[r] = -operand->d[r & mask];
    else if (operand->physical == SOBRE_SQL_PHYSICAL_DECIMAL)
      result->dec[r] = -operand->dec[r & mask];
    else if (operand->i[r & mask] == low)
      return fail_range (expr, error);
    else
      result->i[r] = -operand->i[r & mask];
  });
  return TRUE;
}

/* One loop for each comparison of each kind of number; a constant on the right is loaded once. */
#define COMPARE_LOOPS(left, right, to)                                                                                         \
  do                                                                                                                           \
    {                                                                                                                          \
      switch (expr->op)                                                                                                        \
        {                                                                                                                      \
        case SOBRE_SQL_EQUAL:                                                                                                  \
          SOBRE_SQL_EACH (rows, r, to[r] = left == right;);                                                                    \
          break;                                                                                                               \
        case SOBRE_SQL_NOT_EQUAL:                                                                                              \
          SOBRE_SQL_EACH (rows, r, to[r] = left != right;);                                                                    \
          break;                                                                                                               \
        case SOBRE_SQL_LESS:                                                                                                   \
          SOBRE_SQL_EACH (rows, r, to[r] = left < right;);                                                                     \
          break;                                                                                                               \
        case SOBRE_SQL_LESS_EQUAL:                                                                                             \
          SOBRE_SQL_EACH (rows, r, to[r] = left <= right;);                                                                    \
          break;                                                                                                               \
        case SOBRE_SQL_GREATER:                                                                                                \
          SOBRE_SQL_EACH (rows, r, to[r] = left > right;);                                                                     \
          break;                                                                                                               \
        default:                                                                                                               \
          SOBRE_SQL_EACH (rows, r, to[r] = left >= right;);                                                                    \
          break;                                                                                                               \
        }                                                                                                                      \
    }                                                                                                                          \
  while (0)

static void
compare_int64 (const SobreSqlExpr *expr, const SobreSqlVector *operands, SobreSqlRows rows, guint8 *to)
{
  const gint64 *a = operands[0].i, *b = operands[1].i;
  const guint left_mask = operands[0].mask, right_mask = operands[1].mask;

  if (left_mask != 0 && right_mask == 0)
    {
      const gint64 constant = b[0];

      COMPARE_LOOPS (a[r], constant, to);
    }
  else
    COMPARE_LOOPS (a[r & left_mask], b[r & right_mask], to);
}

static void
compare_double (const SobreSqlExpr *expr, const SobreSqlVector *operands, SobreSqlRows rows, guint8 *to)
{
  const double *a = operands[0].d, *b = operands[1].d;
  const guint left_mask = operands[0].mask, right_mask = operands[1].mask;

  if (left_mask != 0 && right_mask == 0)
    {
      const double constant = b[0];

      COMPARE_LOOPS (a[r], constant, to);
    }
  else
    COMPARE_LOOPS (a[r & left_mask], b[r & right_mask], to);
}

static gboolean
order_holds (SobreSqlOperator op, int order)
{
  switch (op)
    {
    case SOBRE_SQL_EQUAL:
      return order == 0;
    case SOBRE_SQL_NOT_EQUAL:
      return order != 0;
    case SOBRE_SQL_LESS:
      return order < 0;
    case SOBRE_SQL_LESS_EQUAL:
      return order <= 0;
    case SOBRE_SQL_GREATER:
      return order > 0;
    default:
      return order >= 0;
    }
}

/* Texts, booleans and decimals, which the binder gave one scale. */
static gboolean
compare_values (const SobreSqlExpr *expr, const SobreSqlVector *operands, SobreSqlRows rows, SobreSqlVector *result)
{
  SobreSqlType type = expr->children[0]->type;

  SOBRE_SQL_EACH (rows, r, {
    SobreSqlValue a, b;

    if (result->valid != NULL && !result->valid[r])
      continue;
    a = sobre_sql_vector_get (&operands[0], r);
    b = sobre_sql_vector_get (&operands[1], r);
    result->b[r] = order_holds (expr->op, sobre_sql_value_compare (type, &a, &b));
  });
  return TRUE;
}

/* IS DISTINCT FROM: never NULL. Two NaN are not distinct. */
static gboolean
eval_distinct (SobreSqlEval *self,
               const SobreSqlExpr *expr,
               const SobreSqlVector *operands,
               SobreSqlRows rows,
               SobreSqlVector *result,
               GError **error)
{
  SobreSqlType type = expr->children[0]->type;

  if (!sobre_sql_eval_make (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    SobreSqlValue a = sobre_sql_vector_get (&operands[0], r);
    SobreSqlValue b = sobre_sql_vector_get (&operands[1], r);

    result->b[r] = a.null || b.null ? a.null != b.null : sobre_sql_value_compare (type, &a, &b) != 0;
  });
  return TRUE;
}

/* Whether the comparison holds for every number between @low and @high, or for none. */
static gboolean
decides (SobreSqlOperator op, gint64 low, gint64 high, gint64 number, gboolean *holds)
{
  switch (op)
    {
    case SOBRE_SQL_LESS:
      *holds = high < number;
      return *holds || low >= number;
    case SOBRE_SQL_LESS_EQUAL:
      *holds = high <= number;
      return *holds || low > number;
    case SOBRE_SQL_GREATER:
      *holds = low > number;
      return *holds || high <= number;
    case SOBRE_SQL_GREATER_EQUAL:
      *holds = low >= number;
      return *holds || high < number;
    case SOBRE_SQL_EQUAL:
    case SOBRE_SQL_NOT_EQUAL:
    default:
      *holds = op == SOBRE_SQL_NOT_EQUAL;
      return high < number || low > number;
    }
}

static gboolean
is_decided (const SobreSqlExpr *expr, const SobreSqlVector *operands, gboolean *holds)
{
  return operands[0].physical == SOBRE_SQL_PHYSICAL_INT64 && operands[1].physical == SOBRE_SQL_PHYSICAL_INT64 &&
         operands[0].has_bounds && operands[0].valid == NULL && operands[1].mask == 0 && operands[1].valid == NULL &&
         decides (expr->op, operands[0].low, operands[0].high, operands[1].i[0], holds);
}

gboolean
sobre_sql_eval_compare (SobreSqlEval *self,
                        const SobreSqlExpr *expr,
                        const SobreSqlVector *operands,
                        SobreSqlRows rows,
                        SobreSqlVector *result,
                        GError **error)
{
  gboolean holds;

  if (expr->kind == SOBRE_SQL_EXPR_DISTINCT)
    return eval_distinct (self, expr, operands, rows, result, error);
  if (is_decided (expr, operands, &holds))
    return sobre_sql_eval_single (self, expr->type, &(SobreSqlValue) { .i = holds }, result, error);
  if (!sobre_sql_eval_make (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error) ||
      !sobre_sql_eval_merge_valid (self, operands, 2, rows, result, error))
    return FALSE;
  if (operands[0].physical == SOBRE_SQL_PHYSICAL_INT64 && operands[1].physical == SOBRE_SQL_PHYSICAL_INT64)
    compare_int64 (expr, operands, rows, result->b);
  else if (operands[0].physical == SOBRE_SQL_PHYSICAL_DOUBLE)
    compare_double (expr, operands, rows, result->b);
  else
    return compare_values (expr, operands, rows, result);
  return TRUE;
}
