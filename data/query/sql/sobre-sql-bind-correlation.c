/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* A sub-query that names columns of the query around it, as one that does not: "WHERE inner = outer" is taken out of its conditions, the
 * inner side becomes a further column (and a key, where the sub-query groups), and the query around it joins by that column. What cannot
 * be taken out is refused. */

static const SobreSqlExpr *
find_outer (const SobreSqlExpr *expr)
{
  const SobreSqlExpr *found = expr->kind == SOBRE_SQL_EXPR_OUTER ? expr : NULL;

  for (guint i = 0; i < expr->n_children && found == NULL; i++)
    found = find_outer (expr->children[i]);
  return found;
}

static gboolean
refuse (SobreSqlBinder *self, const SobreSqlExpr *outer)
{
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, outer->position,
                                "a sub-query that depends on the query around it other than by = in its WHERE is not available "
                                "offline yet");
}

/* %FALSE, with the error set, where @expr still names the query around. */
static gboolean
check (SobreSqlBinder *self, const SobreSqlExpr *expr)
{
  const SobreSqlExpr *outer = expr != NULL ? find_outer (expr) : NULL;

  return outer == NULL || refuse (self, outer);
}

static gboolean
check_all (SobreSqlBinder *self, SobreSqlExpr *const *exprs, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!check (self, exprs[i]))
      return FALSE;
  return TRUE;
}

static SobreSqlExpr *
leave (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data)
{
  return expr->kind == SOBRE_SQL_EXPR_OUTER ? expr->outer : NULL;
}

static gboolean
is_inner (const SobreSqlExpr *expr)
{
  return sobre_sql_expr_has (expr, SOBRE_SQL_EXPR_COLUMN);
}

/* The two sides of a condition that can be joined by; a condition about the query around alone is one that equals TRUE. */
static gboolean
split (SobreSqlBinder *self, SobreSqlExpr *condition, SobreSqlCorrelation *correlation)
{
  SobreSqlExpr *sides[2];
  guint outer = 0;

  if (!is_inner (condition))
    {
      correlation->inner =
          sobre_sql_binder_constant (self, SOBRE_SQL_TYPE (BOOLEAN), (SobreSqlValue) { .i = 1 }, condition->position);
      correlation->outer = sobre_sql_binder_map (self, condition, leave, NULL);
      return correlation->outer != NULL;
    }
  if (condition->kind != SOBRE_SQL_EXPR_COMPARE || condition->op != SOBRE_SQL_EQUAL)
    return FALSE;
  sides[0] = condition->children[0];
  sides[1] = condition->children[1];
  outer = find_outer (sides[0]) != NULL ? 0 : 1;
  if (is_inner (sides[outer]) || find_outer (sides[1 - outer]) != NULL)
    return FALSE;
  correlation->inner = sides[1 - outer];
  correlation->outer = sobre_sql_binder_map (self, sides[outer], leave, NULL);
  return correlation->outer != NULL;
}

static void
add_column (SobreSqlBinder *self, GPtrArray *outputs, SobreSqlExpr *expr)
{
  SobreSqlPlan *plan = self->binding->plan;
  SobreSqlPlanColumn *columns = sobre_sql_arena_new_array (self->arena, SobreSqlPlanColumn, plan->n_columns + 1);

  for (guint i = 0; i < plan->n_columns; i++)
    columns[i] = plan->columns[i];
  columns[plan->n_columns] = (SobreSqlPlanColumn) { "", expr->type, expr->low, expr->high, FALSE };
  plan->columns = columns;
  plan->n_columns++;
  g_ptr_array_add (outputs, expr);
}

/* The columns that a further condition on pairs reads are shown. */
static void
show_slot (guint slot, gpointer data)
{
  g_array_index ((GArray *) data, guint, slot) = 0;
}

static void
add_pair_condition (SobreSqlBinder *self, SobreSqlExpr *condition)
{
  SobreSqlCorrelations *correlations = self->binding->correlations;
  guint none = G_MAXUINT;

  while (correlations->columns->len < self->binding->slots->len)
    g_array_append_val (correlations->columns, none);
  sobre_sql_expr_each_slot (condition, show_slot, correlations->columns);
  g_ptr_array_add (correlations->pairs, condition);
}

static void
show_columns (SobreSqlBinder *self, GPtrArray *outputs)
{
  GArray *columns = self->binding->correlations->columns;

  for (guint slot = 0; slot < columns->len; slot++)
    if (g_array_index (columns, guint, slot) != G_MAXUINT)
      {
        g_array_index (columns, guint, slot) = self->binding->plan->n_columns;
        add_column (self, outputs, sobre_sql_binder_slot (self, slot, SOBRE_SQL_NOWHERE));
      }
}

static gboolean
take_out (SobreSqlBinder *self)
{
  SobreSqlBlock *block = self->binding->block;
  SobreSqlCorrelations *correlations = self->binding->correlations;
  guint n = 0;

  for (guint i = 0; i < block->conditions.n; i++)
    {
      SobreSqlExpr *condition = block->conditions.exprs[i];
      SobreSqlCorrelation correlation;

      if (find_outer (condition) == NULL)
        block->conditions.exprs[n++] = condition;
      else if (split (self, condition, &correlation))
        g_array_append_val (correlations->equal, correlation);
      else if (correlations->is_exists && !block->is_grouped)
        add_pair_condition (self, condition);
      else
        return refuse (self, find_outer (condition));
    }
  block->conditions.n = n;
  return TRUE;
}

/* The new columns are keys as well, where rows are grouped. */
static void
add_keys (SobreSqlBinder *self)
{
  SobreSqlBlock *block = self->binding->block;
  GArray *equal = self->binding->correlations->equal;
  SobreSqlExpr **keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, block->n_keys + equal->len);

  for (guint i = 0; i < block->n_keys; i++)
    keys[i] = block->keys[i];
  for (guint i = 0; i < equal->len; i++)
    keys[block->n_keys++] = g_array_index (equal, SobreSqlCorrelation, i).inner;
  block->keys = keys;
}

static gboolean
check_rest (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBinding *binding = self->binding;
  SobreSqlBlock *block = binding->block;

  for (guint i = 0; i < binding->inputs->len; i++)
    {
      const SobreSqlInput *input = &g_array_index (binding->inputs, SobreSqlInput, i);

      if (!check_all (self, input->probe_keys, input->n_keys) || !check (self, input->pairs) ||
          !check_all (self, input->conditions.exprs, input->conditions.n))
        return FALSE;
    }
  for (guint i = 0; i < binding->aggregates->len; i++)
    {
      const SobreSqlAggregate *aggregate = &g_array_index (binding->aggregates, SobreSqlAggregate, i);

      if (!check_all (self, aggregate->arguments, aggregate->n_arguments) || !check (self, aggregate->filter))
        return FALSE;
    }
  return check_all (self, (SobreSqlExpr **) outputs->pdata, outputs->len) && check_all (self, block->keys, block->n_keys) &&
         check (self, block->having);
}

gboolean
sobre_sql_bind_correlations (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBinding *binding = self->binding;
  SobreSqlCorrelations *correlations = binding->correlations;
  SobreSqlBlock *block = binding->block;

  if (correlations != NULL)
    correlations->n_visible = binding->plan->n_columns;
  if (!binding->is_correlated || binding->without_rows)
    return TRUE;
  if (correlations->is_exists && block->limit > 0 && block->offset == 0)
    block->limit = G_MAXUINT64;
  if (block->limit != G_MAXUINT64 || block->offset != 0 || block->n_sets > 0 || binding->windows->len > 0)
    return sobre_query_error_set (
        self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, binding->select->position,
        "LIMIT, OFFSET, windows or grouping sets in a sub-query that depends on the query around it are "
        "not available offline yet");
  g_ptr_array_set_size (outputs, (gint) binding->plan->n_columns);
  block->n_sort_keys = 0;
  if (!take_out (self) || !check_rest (self, outputs))
    return FALSE;
  correlations->is_global = block->is_grouped && block->n_keys == 0;
  for (guint i = 0; i < correlations->equal->len; i++)
    add_column (self, outputs, g_array_index (correlations->equal, SobreSqlCorrelation, i).inner);
  if (block->is_grouped)
    add_keys (self);
  show_columns (self, outputs);
  return TRUE;
}
