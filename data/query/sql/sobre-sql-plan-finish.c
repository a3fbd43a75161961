/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* What follows binding: every operator learns which of its columns are read, gives conditions down to those it reads from, and says what
 * it needs of them. Operators that are read come before those that read them in the binder's list, so it is walked from its end. */

static SobreSqlExpr *
replace_by_output (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data)
{
  SobreSqlExpr **outputs = data;

  return expr->kind == SOBRE_SQL_EXPR_COLUMN ? outputs[expr->slot] : NULL;
}

typedef struct
{
  guint n_keys;
  gboolean only_keys;
} KeyCheck;

static void
check_key (guint slot, gpointer data)
{
  KeyCheck *check = data;

  check->only_keys = check->only_keys && slot < check->n_keys;
}

static gboolean
push_into_block (SobreSqlBinder *self, SobreSqlBlock *block, SobreSqlExpr *condition)
{
  SobreSqlExpr *inside = sobre_sql_binder_map (self, condition, replace_by_output, block->outputs);
  KeyCheck check = { block->n_keys, block->n_sets == 0 };

  if (inside == NULL)
    return FALSE;
  if (!block->is_grouped)
    {
      sobre_sql_conditions_add (&block->conditions, self->arena, inside);
      return TRUE;
    }
  sobre_sql_expr_each_slot (inside, check_key, &check);
  if (check.only_keys && block->n_keys > 0)
    {
      inside = sobre_sql_binder_map (self, inside, replace_by_output, block->keys);
      if (inside != NULL)
        sobre_sql_conditions_add (&block->conditions, self->arena, inside);
      return inside != NULL;
    }
  if (block->having != NULL)
    inside = sobre_sql_binder_all_of (self, (SobreSqlExpr *[]) { block->having, inside }, 2);
  block->having = inside;
  return TRUE;
}

gboolean
sobre_sql_plan_push (SobreSqlBinder *self, SobreSqlPlan *plan, SobreSqlExpr *condition, gboolean *taken)
{
  gboolean left, right;

  *taken = FALSE;
  if (plan->n_readers != 1 || !condition->is_total)
    return TRUE;
  if (plan->kind == SOBRE_SQL_PLAN_SET_OPERATION)
    {
      if (!sobre_sql_plan_push (self, plan->set_operation->left, condition, &left) ||
          !sobre_sql_plan_push (self, plan->set_operation->right, condition, &right))
        return FALSE;
      *taken = left && right;
      return TRUE;
    }
  if (plan->kind != SOBRE_SQL_PLAN_BLOCK || plan->block->limit != G_MAXUINT64 || plan->block->offset != 0)
    return TRUE;
  *taken = push_into_block (self, plan->block, condition);
  return *taken;
}

static void
use_slot (guint slot, gpointer data)
{
  ((SobreSqlBlock *) data)->slots[slot].is_used = TRUE;
}

static void
use (SobreSqlBlock *block, const SobreSqlExpr *expr)
{
  if (expr != NULL)
    sobre_sql_expr_each_slot (expr, use_slot, block);
}

/* Over groups: an aggregate, or a scalar. */
static void
use_group_slot (guint slot, gpointer data)
{
  SobreSqlBlock *block = data;
  guint first_aggregate = sobre_sql_block_get_aggregate_slot (block, 0);
  guint first_scalar = sobre_sql_block_get_scalar_slot (block, 0);

  if (slot >= first_aggregate && slot < first_scalar)
    block->aggregates[slot - first_aggregate].is_used = TRUE;
  for (guint i = 0; slot >= first_scalar && i < block->n_slots; i++)
    if (block->slots[i].input == slot - first_scalar)
      block->slots[i].is_used = TRUE;
}

static void
use_outputs (SobreSqlPlan *plan)
{
  SobreSqlBlock *block = plan->block;

  for (guint i = 0; i < block->n_sort_keys; i++)
    if (block->sort_keys[i].column < plan->n_columns)
      plan->columns[block->sort_keys[i].column].is_used = TRUE;
  for (guint i = 0; i < plan->n_columns; i++)
    plan->columns[i].is_used = plan->columns[i].is_used || block->distinct;
  for (guint i = 0; i < block->n_outputs; i++)
    {
      if (i < plan->n_columns && !plan->columns[i].is_used)
        continue;
      if (block->is_grouped)
        sobre_sql_expr_each_slot (block->outputs[i], use_group_slot, block);
      else
        use (block, block->outputs[i]);
    }
  if (block->having != NULL)
    sobre_sql_expr_each_slot (block->having, use_group_slot, block);
}

static void
use_inputs (SobreSqlBlock *block)
{
  for (guint i = 0; i < block->n_keys; i++)
    use (block, block->keys[i]);
  for (guint i = 0; i < block->n_aggregates; i++)
    if (block->aggregates[i].is_used)
      {
        for (guint k = 0; k < block->aggregates[i].n_arguments; k++)
          use (block, block->aggregates[i].arguments[k]);
        use (block, block->aggregates[i].filter);
      }
  for (guint i = 0; i < block->n_inputs; i++)
    {
      const SobreSqlInput *input = &block->inputs[i];

      if (input->kind == SOBRE_SQL_INPUT_MOVED)
        continue;
      for (guint k = 0; k < input->n_keys; k++)
        {
          use (block, input->probe_keys[k]);
          use (block, input->build_keys[k]);
        }
      for (guint k = 0; k < input->n_unnest; k++)
        use (block, input->unnest[k]);
      use (block, input->pairs);
      use (block, input->rows);
      use (block, input->filter);
    }
  use (block, block->filter);
}

/* A scan reads the columns that are used, and no others. */
static void
choose_columns (SobreSqlBinder *self, SobreSqlBlock *block, guint input)
{
  SobreSqlScan *scan = &block->inputs[input].scan;

  scan->columns = sobre_sql_arena_new_array (self->arena, SobreScanColumn, block->n_slots);
  for (guint i = 0; i < block->n_slots; i++)
    if (block->slots[i].input == input && block->slots[i].is_used)
      {
        block->slots[i].place = scan->n_columns;
        scan->columns[scan->n_columns++] = (SobreScanColumn) block->slots[i].column;
      }
}

static gboolean finish_plan (SobreSqlBinder *self, SobreSqlPlan *plan);

static gboolean
finish_block (SobreSqlBinder *self, SobreSqlPlan *plan)
{
  SobreSqlBlock *block = plan->block;
  guint n_plans = self->plans->len;

  if (!sobre_sql_plan_joins (self, plan))
    return FALSE;
  use_outputs (plan);
  use_inputs (block);
  for (guint i = 0; i < block->n_slots; i++)
    {
      const SobreSqlSlot *slot = &block->slots[i];
      SobreSqlPlan *input = block->inputs[slot->input].plan;

      if (slot->is_used && slot->column != SOBRE_SQL_MARK && input != NULL)
        input->columns[slot->column].is_used = TRUE;
    }
  for (guint i = 0; i < block->n_inputs; i++)
    if (block->inputs[i].kind == SOBRE_SQL_INPUT_TABLE)
      choose_columns (self, block, i);
  sobre_sql_find_day_bounds (block);
  /* Tables that the planning of the joins made plans of. */
  for (guint i = n_plans; i < self->plans->len; i++)
    if (!finish_plan (self, g_ptr_array_index (self->plans, i)))
      return FALSE;
  return TRUE;
}

static void
use_column (SobreSqlPlan *plan, guint column)
{
  if (column != SOBRE_SQL_NO_COLUMN)
    plan->columns[column].is_used = TRUE;
}

static void
use_expr_column (SobreSqlPlan *plan, const SobreSqlExpr *expr)
{
  if (expr != NULL)
    plan->columns[expr->slot].is_used = TRUE;
}

/* What a window reads of its input: the columns that are read of it, and what its functions need. */
static void
use_windows (SobreSqlPlan *plan)
{
  const SobreSqlWindowStage *stage = plan->window;

  for (guint i = stage->n_functions; i < plan->n_columns; i++)
    if (plan->columns[i].is_used)
      use_column (stage->input, i - stage->n_functions);
  for (guint i = 0; i < stage->n_functions; i++)
    {
      const SobreSqlWindowFunction *function = &stage->functions[i];
      const SobreSqlWindowOrder *order = &stage->orders[function->order];

      if (!plan->columns[i].is_used)
        continue;
      for (guint k = 0; k < function->n_arguments; k++)
        use_column (stage->input, function->arguments[k]);
      for (guint k = 0; k < order->n_partition; k++)
        use_column (stage->input, order->partition[k]);
      for (guint k = 0; k < order->n_keys; k++)
        use_column (stage->input, order->keys[k].column);
      use_column (stage->input, function->start_column);
      use_column (stage->input, function->end_column);
      use_column (stage->input, function->range_column);
      for (guint k = 0; k < function->aggregate.n_arguments; k++)
        use_expr_column (stage->input, function->aggregate.arguments[k]);
      use_expr_column (stage->input, function->aggregate.filter);
    }
}

static gboolean
finish_plan (SobreSqlBinder *self, SobreSqlPlan *plan)
{
  SobreSqlSetOperation *set = plan->set_operation;

  if (plan->kind == SOBRE_SQL_PLAN_BLOCK)
    return finish_block (self, plan);
  if (plan->kind == SOBRE_SQL_PLAN_WINDOW)
    use_windows (plan);
  for (guint i = 0; set != NULL && i < plan->n_columns; i++)
    {
      gboolean is_used = plan->columns[i].is_used || set->distinct || set->operation != SOBRE_SQL_BODY_UNION;

      plan->columns[i].is_used = is_used;
      set->left->columns[i].is_used = set->left->columns[i].is_used || is_used;
      set->right->columns[i].is_used = set->right->columns[i].is_used || is_used;
    }
  return TRUE;
}

/* The order of rows that another operator reads cannot be seen, unless it says which rows there are. */
static void
drop_order (SobreSqlPlan *plan)
{
  SobreSqlBlock *block = plan->block;

  if (block->limit != G_MAXUINT64 || block->offset != 0)
    return;
  block->n_sort_keys = 0;
  block->n_outputs = block->n_visible;
}

gboolean
sobre_sql_plan_finish (SobreSqlBinder *self, SobreSqlPlan *root)
{
  for (guint i = 0; i < root->n_columns; i++)
    root->columns[i].is_used = TRUE;
  for (guint i = self->plans->len; i-- > 0;)
    {
      SobreSqlPlan *plan = g_ptr_array_index (self->plans, i);

      if (plan != root && plan->kind == SOBRE_SQL_PLAN_BLOCK)
        drop_order (plan);
      if (plan->n_readers > 0 && !finish_plan (self, plan))
        return FALSE;
    }
  return TRUE;
}
