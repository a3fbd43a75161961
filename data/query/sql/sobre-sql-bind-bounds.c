/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* What WHERE says about service_day, so that the scan can skip chunks. Only conditions that every row must meet count: those that
 * AND joins at the top. */

static gboolean
is_service_day (const SobreSqlPlan *plan, const SobreSqlExpr *expr)
{
  return expr->kind == SOBRE_SQL_EXPR_COLUMN && plan->columns[expr->slot] == SOBRE_COLUMN_SERVICE_DAY;
}

static void
narrow (SobreSqlPlan *plan, SobreSqlOperator op, gint64 day)
{
  gint64 low = G_MININT32, high = G_MAXINT32;

  switch (op)
    {
    case SOBRE_SQL_EQUAL:
      low = high = day;
      break;
    case SOBRE_SQL_GREATER_EQUAL:
      low = day;
      break;
    case SOBRE_SQL_GREATER:
      low = day + 1;
      break;
    case SOBRE_SQL_LESS_EQUAL:
      high = day;
      break;
    case SOBRE_SQL_LESS:
      high = day - 1;
      break;
    default:
      break;
    }
  plan->from_day = MAX (plan->from_day, (gint32) CLAMP (low, G_MININT32, G_MAXINT32));
  plan->to_day = MIN (plan->to_day, (gint32) CLAMP (high, G_MININT32, G_MAXINT32));
}

static SobreSqlOperator
mirror (SobreSqlOperator op)
{
  switch (op)
    {
    case SOBRE_SQL_LESS:
      return SOBRE_SQL_GREATER;
    case SOBRE_SQL_LESS_EQUAL:
      return SOBRE_SQL_GREATER_EQUAL;
    case SOBRE_SQL_GREATER:
      return SOBRE_SQL_LESS;
    case SOBRE_SQL_GREATER_EQUAL:
      return SOBRE_SQL_LESS_EQUAL;
    default:
      return op;
    }
}

static void
visit (SobreSqlPlan *plan, const SobreSqlExpr *expr)
{
  if (expr->kind == SOBRE_SQL_EXPR_AND)
    {
      for (guint i = 0; i < expr->n_children; i++)
        visit (plan, expr->children[i]);
    }
  else if (expr->kind == SOBRE_SQL_EXPR_COMPARE && expr->children[0]->type.kind == SOBRE_SQL_DATE)
    {
      const SobreSqlExpr *left = expr->children[0];
      const SobreSqlExpr *right = expr->children[1];

      if (is_service_day (plan, left) && right->kind == SOBRE_SQL_EXPR_CONSTANT && !right->constant.null)
        narrow (plan, expr->op, right->constant.i);
      else if (is_service_day (plan, right) && left->kind == SOBRE_SQL_EXPR_CONSTANT && !left->constant.null)
        narrow (plan, mirror (expr->op), left->constant.i);
    }
  else if (expr->kind == SOBRE_SQL_EXPR_IN && is_service_day (plan, expr->children[0]) && expr->n_set > 0)
    {
      narrow (plan, SOBRE_SQL_GREATER_EQUAL, expr->set[0].i);
      narrow (plan, SOBRE_SQL_LESS_EQUAL, expr->set[expr->n_set - 1].i);
    }
}

void
sobre_sql_find_day_bounds (SobreSqlPlan *plan)
{
  plan->from_day = G_MININT32;
  plan->to_day = G_MAXINT32;
  if (plan->filter != NULL && plan->has_table)
    visit (plan, plan->filter);
}
