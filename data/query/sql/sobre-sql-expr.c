/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-expr.h"

#include <math.h>

static int
compare_doubles (double a, double b)
{
  if (isnan (a) || isnan (b))
    return (isnan (a) != 0) - (isnan (b) != 0);
  return (a > b) - (a < b);
}

int
sobre_sql_value_compare (SobreSqlType type, const SobreSqlValue *a, const SobreSqlValue *b)
{
  switch (sobre_sql_type_get_physical (type))
    {
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      return compare_doubles (a->d, b->d);
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      return (a->dec > b->dec) - (a->dec < b->dec);
    case SOBRE_SQL_PHYSICAL_TEXT:
    case SOBRE_SQL_PHYSICAL_CODE:
      return sobre_text_compare (a->s, b->s);
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      return (a->i > b->i) - (a->i < b->i);
    }
}

static gboolean
value_equal (SobreSqlType type, const SobreSqlValue *a, const SobreSqlValue *b)
{
  if (a->null || b->null)
    return a->null == b->null;
  if (type.kind == SOBRE_SQL_DOUBLE && signbit (a->d) != signbit (b->d))
    return FALSE;
  return type.kind == SOBRE_SQL_UNKNOWN || sobre_sql_value_compare (type, a, b) == 0;
}

gboolean
sobre_sql_expr_equal (const SobreSqlExpr *a, const SobreSqlExpr *b)
{
  if (a == b)
    return TRUE;
  if (a->kind != b->kind || a->op != b->op || a->function != b->function || a->slot != b->slot || a->is_try != b->is_try ||
      a->has_null != b->has_null || a->outer != b->outer || a->length != b->length || a->n_children != b->n_children ||
      a->n_set != b->n_set || !sobre_sql_type_equal (a->type, b->type))
    return FALSE;
  if (a->kind == SOBRE_SQL_EXPR_CONSTANT && !value_equal (a->type, &a->constant, &b->constant))
    return FALSE;
  for (guint i = 0; i < a->n_set; i++)
    if (!value_equal (a->kind == SOBRE_SQL_EXPR_IN ? a->children[0]->type : a->type, &a->set[i], &b->set[i]))
      return FALSE;
  for (guint i = 0; i < a->n_children; i++)
    if (!sobre_sql_expr_equal (a->children[i], b->children[i]))
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_expr_has (const SobreSqlExpr *expr, SobreSqlExprKind kind)
{
  if (expr->kind == kind)
    return TRUE;
  for (guint i = 0; i < expr->n_children; i++)
    if (sobre_sql_expr_has (expr->children[i], kind))
      return TRUE;
  return FALSE;
}

void
sobre_sql_expr_each_slot (const SobreSqlExpr *expr, void (*visit) (guint slot, gpointer data), gpointer data)
{
  if (expr->kind == SOBRE_SQL_EXPR_COLUMN)
    visit (expr->slot, data);
  for (guint i = 0; i < expr->n_children; i++)
    sobre_sql_expr_each_slot (expr->children[i], visit, data);
}
