/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* Operators of two values: which types they take together, and of what type the result is. */

SobreSqlExpr *
sobre_sql_binder_fail_operator (SobreSqlBinder *self,
                                SobreSqlOperator op,
                                const SobreSqlExpr *left,
                                const SobreSqlExpr *right,
                                SobreSqlPosition position)
{
  g_autofree char *left_name = sobre_sql_type_dup_name (left->type);
  g_autofree char *right_name = sobre_sql_type_dup_name (right->type);
  const SobreSqlExpr *other = left->type.kind == SOBRE_SQL_VARCHAR ? right : left;
  const char *hint = "";

  if (left->type.kind == SOBRE_SQL_VARCHAR || right->type.kind == SOBRE_SQL_VARCHAR)
    hint = other->type.kind == SOBRE_SQL_DATE        ? ": write DATE '…'"
           : other->type.kind == SOBRE_SQL_TIMESTAMP ? ": write TIMESTAMP '…'"
           : sobre_sql_type_is_numeric (other->type) ? ": a text becomes a number only by CAST"
                                                     : "";
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, position, "there is no %s %s %s%s", left_name,
                         sobre_sql_operator_get_name (op), right_name, hint);
  return NULL;
}

SobreSqlExpr *
sobre_sql_binder_compare (SobreSqlBinder *self,
                          SobreSqlOperator op,
                          SobreSqlExpr *left,
                          SobreSqlExpr *right,
                          SobreSqlPosition position)
{
  SobreSqlExpr *children[2];
  SobreSqlType type;

  if (!sobre_sql_type_unify (left->type, right->type, &type))
    return sobre_sql_binder_fail_operator (self, op, left, right, position);
  children[0] = sobre_sql_binder_cast (self, left, type);
  children[1] = sobre_sql_binder_cast (self, right, type);
  if (children[0] == NULL || children[1] == NULL)
    return NULL;
  SobreSqlExpr *expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COMPARE, SOBRE_SQL_TYPE (BOOLEAN), position, children, 2);
  expr->op = op;
  return sobre_sql_binder_finish (self, expr);
}

/* The type of a decimal result, as Trino's rules have it. */
static gboolean
get_decimal_result (SobreSqlOperator op, SobreSqlType a, SobreSqlType b, SobreSqlType *type)
{
  guint scale = MAX (a.scale, b.scale);
  guint precision;

  switch (op)
    {
    case SOBRE_SQL_MULTIPLY:
      precision = a.precision + b.precision;
      scale = a.scale + b.scale;
      break;
    case SOBRE_SQL_DIVIDE:
      precision = a.precision + b.scale + (b.scale > a.scale ? (guint) (b.scale - a.scale) : 0);
      break;
    case SOBRE_SQL_MODULO:
      precision = MIN (a.precision - a.scale, b.precision - b.scale) + scale;
      break;
    default:
      precision = (guint) MAX (a.precision - a.scale, b.precision - b.scale) + scale + 1;
      break;
    }
  if (scale > SOBRE_SQL_MAX_PRECISION)
    return FALSE;
  *type = sobre_sql_decimal_type (CLAMP (precision, 1, SOBRE_SQL_MAX_PRECISION), scale);
  return TRUE;
}

/* Dates and intervals. The functions behind them have names that no query can write. */
static SobreSqlExpr *
bind_time_arithmetic (SobreSqlBinder *self,
                      SobreSqlOperator op,
                      SobreSqlExpr *left,
                      SobreSqlExpr *right,
                      SobreSqlPosition position)
{
  SobreSqlExpr *children[2] = { left, right };
  SobreSqlType type = left->type;
  const char *name = op == SOBRE_SQL_ADD ? "+" : "-";
  SobreSqlExpr *expr;

  if (op == SOBRE_SQL_ADD && sobre_sql_type_is_interval (left->type) && sobre_sql_type_is_instant (right->type))
    {
      children[0] = right;
      children[1] = left;
      type = right->type;
    }
  else if (op == SOBRE_SQL_SUBTRACT && sobre_sql_type_is_instant (left->type) && sobre_sql_type_is_instant (right->type))
    {
      SobreSqlType common;

      sobre_sql_type_unify (left->type, right->type, &common);
      children[0] = sobre_sql_binder_cast (self, left, common);
      children[1] = sobre_sql_binder_cast (self, right, common);
      type = SOBRE_SQL_TYPE (INTERVAL_DAY);
      name = "- ";
    }
  else if (op > SOBRE_SQL_SUBTRACT || !sobre_sql_type_is_instant (left->type) || !sobre_sql_type_is_interval (right->type))
    {
      if (sobre_sql_type_is_interval (left->type) || sobre_sql_type_is_interval (right->type))
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, position,
                                 "arithmetic of intervals other than with a date or timestamp is not available offline yet");
          return NULL;
        }
      return sobre_sql_binder_fail_operator (self, op, left, right, position);
    }
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CALL, type, position, children, 2);
  expr->function = sobre_sql_function_find (name);
  return sobre_sql_binder_finish (self, expr);
}

SobreSqlExpr *
sobre_sql_binder_arithmetic (SobreSqlBinder *self,
                             SobreSqlOperator op,
                             SobreSqlExpr *left,
                             SobreSqlExpr *right,
                             SobreSqlPosition position)
{
  SobreSqlType common, type;
  SobreSqlExpr *children[2] = { left, right };
  SobreSqlExpr *expr;

  if (sobre_sql_type_is_instant (left->type) || sobre_sql_type_is_instant (right->type) ||
      sobre_sql_type_is_interval (left->type) || sobre_sql_type_is_interval (right->type))
    return bind_time_arithmetic (self, op, left, right, position);
  if (!sobre_sql_type_unify (left->type, right->type, &common) ||
      !(sobre_sql_type_is_numeric (common) || common.kind == SOBRE_SQL_UNKNOWN))
    return sobre_sql_binder_fail_operator (self, op, left, right, position);
  type = common.kind == SOBRE_SQL_UNKNOWN ? SOBRE_SQL_TYPE (INTEGER) : common;
  for (guint i = 0; i < 2; i++)
    {
      gboolean own_scale = common.kind == SOBRE_SQL_DECIMAL && children[i]->type.kind != SOBRE_SQL_UNKNOWN;

      children[i] =
          sobre_sql_binder_cast (self, children[i], own_scale ? sobre_sql_integer_as_decimal (children[i]->type) : type);
      if (children[i] == NULL)
        return NULL;
    }
  if (common.kind == SOBRE_SQL_DECIMAL && !get_decimal_result (op, children[0]->type, children[1]->type, &type))
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, position,
                             "a decimal with more than 38 digits behind the point");
      return NULL;
    }
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_ARITHMETIC, type, position, children, 2);
  expr->op = op;
  return sobre_sql_binder_finish (self, expr);
}

SobreSqlExpr *
sobre_sql_binder_negate (SobreSqlBinder *self, SobreSqlExpr *child, SobreSqlPosition position)
{
  g_autofree char *name = NULL;

  if (child->type.kind == SOBRE_SQL_UNKNOWN)
    child = sobre_sql_binder_cast (self, child, SOBRE_SQL_TYPE (INTEGER));
  if (sobre_sql_type_is_numeric (child->type) || sobre_sql_type_is_interval (child->type))
    return sobre_sql_binder_finish (self, sobre_sql_binder_new (self, SOBRE_SQL_EXPR_NEGATE, child->type, position, &child, 1));
  name = sobre_sql_type_dup_name (child->type);
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, position, "there is no - %s", name);
  return NULL;
}
