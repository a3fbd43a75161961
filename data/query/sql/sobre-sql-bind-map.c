/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* Copies of expressions with something changed in them, and lists of conditions. */

#define MAX_EXPRESSIONS 400000

void
sobre_sql_conditions_add (SobreSqlConditions *self, SobreSqlArena *arena, SobreSqlExpr *expr)
{
  if (expr->kind == SOBRE_SQL_EXPR_AND)
    {
      for (guint i = 0; i < expr->n_children; i++)
        sobre_sql_conditions_add (self, arena, expr->children[i]);
      return;
    }
  if (self->n == self->capacity)
    {
      guint capacity = MAX (self->capacity * 2, 8);
      SobreSqlExpr **exprs = sobre_sql_arena_new_array (arena, SobreSqlExpr *, capacity);

      for (guint i = 0; i < self->n; i++)
        exprs[i] = self->exprs[i];
      self->exprs = exprs;
      self->capacity = capacity;
    }
  self->exprs[self->n++] = expr;
}

SobreSqlExpr *
sobre_sql_binder_all_of (SobreSqlBinder *self, SobreSqlExpr **exprs, guint n_exprs)
{
  SobreSqlExpr *all;

  if (n_exprs <= 1)
    return n_exprs == 0 ? NULL : exprs[0];
  all = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_AND, SOBRE_SQL_TYPE (BOOLEAN), exprs[0]->position, exprs, n_exprs);
  all->is_total = TRUE;
  for (guint i = 0; i < n_exprs; i++)
    all->is_total = all->is_total && exprs[i]->is_total;
  return all;
}

gboolean
sobre_sql_binder_check_size (SobreSqlBinder *self, SobreSqlPosition position)
{
  if (self->next_id > MAX_EXPRESSIONS)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, position,
                                  "the query's expressions have more than %d parts", MAX_EXPRESSIONS);
  return sobre_sql_budget_check_time (self->budget, self->error);
}

SobreSqlExpr *
sobre_sql_binder_map (SobreSqlBinder *self, SobreSqlExpr *expr, SobreSqlReplace replace, gpointer data)
{
  SobreSqlExpr *copy = replace (self, expr, data);

  if (copy != NULL)
    return copy;
  if (expr->kind == SOBRE_SQL_EXPR_CONSTANT)
    return expr;
  if (!sobre_sql_binder_check_size (self, expr->position))
    return NULL;
  copy = sobre_sql_arena_new_object (self->arena, SobreSqlExpr);
  *copy = *expr;
  copy->id = self->next_id++;
  copy->children = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, expr->n_children);
  for (guint i = 0; i < expr->n_children; i++)
    {
      copy->children[i] = sobre_sql_binder_map (self, expr->children[i], replace, data);
      if (copy->children[i] == NULL)
        return NULL;
    }
  return copy;
}

static SobreSqlExpr *
renumber_slot (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data)
{
  const guint *slots = data;
  SobreSqlExpr *copy;

  if (expr->kind != SOBRE_SQL_EXPR_COLUMN)
    return NULL;
  copy = sobre_sql_arena_new_object (self->arena, SobreSqlExpr);
  *copy = *expr;
  copy->id = self->next_id++;
  copy->slot = slots[expr->slot];
  return copy;
}

SobreSqlExpr *
sobre_sql_binder_renumber (SobreSqlBinder *self, SobreSqlExpr *expr, const guint *slots)
{
  return sobre_sql_binder_map (self, expr, renumber_slot, (gpointer) slots);
}
