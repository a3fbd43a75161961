/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* What is demanded of service_day, so that the scan can skip chunks. Only conditions that every row must meet count: those that AND
 * joins at the top. */

static gboolean
is_service_day (const SobreSqlBlock *block, const SobreSqlExpr *expr)
{
  return expr->kind == SOBRE_SQL_EXPR_COLUMN && (SobreScanColumn) block->slots[expr->slot].column == SOBRE_COLUMN_SERVICE_DAY;
}

static void
narrow (SobreSqlScan *scan, SobreSqlOperator op, gint64 day)
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
  scan->from_day = MAX (scan->from_day, (gint32) CLAMP (low, G_MININT32, G_MAXINT32));
  scan->to_day = MIN (scan->to_day, (gint32) CLAMP (high, G_MININT32, G_MAXINT32));
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
visit (const SobreSqlBlock *block, SobreSqlScan *scan, const SobreSqlExpr *expr)
{
  if (expr->kind == SOBRE_SQL_EXPR_AND)
    {
      for (guint i = 0; i < expr->n_children; i++)
        visit (block, scan, expr->children[i]);
    }
  else if (expr->kind == SOBRE_SQL_EXPR_CONSTANT && (expr->constant.null || expr->constant.i == 0))
    {
      /* Nothing passes, so nothing is read. */
      scan->from_day = G_MAXINT32;
      scan->to_day = G_MININT32;
    }
  else if (expr->kind == SOBRE_SQL_EXPR_COMPARE && expr->children[0]->type.kind == SOBRE_SQL_DATE)
    {
      const SobreSqlExpr *left = expr->children[0];
      const SobreSqlExpr *right = expr->children[1];

      if (is_service_day (block, left) && right->kind == SOBRE_SQL_EXPR_CONSTANT && !right->constant.null)
        narrow (scan, expr->op, right->constant.i);
      else if (is_service_day (block, right) && left->kind == SOBRE_SQL_EXPR_CONSTANT && !left->constant.null)
        narrow (scan, mirror (expr->op), left->constant.i);
    }
  else if (expr->kind == SOBRE_SQL_EXPR_IN && is_service_day (block, expr->children[0]) && expr->n_set > 0)
    {
      narrow (scan, SOBRE_SQL_GREATER_EQUAL, expr->set[0].i);
      narrow (scan, SOBRE_SQL_LESS_EQUAL, expr->set[expr->n_set - 1].i);
    }
}

void
sobre_sql_find_day_bounds (SobreSqlBlock *block)
{
  SobreSqlInput *base = block->reads_first ? &block->inputs[block->order[0]] : NULL;

  if (base == NULL || base->kind != SOBRE_SQL_INPUT_TABLE)
    return;
  base->scan.from_day = G_MININT32;
  base->scan.to_day = G_MAXINT32;
  if (base->rows != NULL)
    visit (block, &base->scan, base->rows);
  if (base->filter != NULL)
    visit (block, &base->scan, base->filter);
}
