/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* A block whose outputs need more than its rows or groups: window functions, or sub-queries that are looked up by what groups show. It
 * becomes up to three operators:
 *
 *   the block, which gives every column and aggregate that is needed → the windows over its rows → a block around them, with the look-ups,
 *   the outputs, DISTINCT, the order and the limit */

/**
 * Stages:
 * @exports: (element-type SobreSqlExpr): what the inner block gives
 * @slots: (element-type guint): by export: the slot of the outer block that shows it
 * @moved: by slot of the inner block: the outer slot of a look-up that moves out; G_MAXUINT for others
 */
typedef struct
{
  SobreSqlBinding *inner;
  SobreSqlBinding *outer;
  GPtrArray *exports;
  GArray *slots;
  guint *moved;
  gboolean failed;
} Stages;

static SobreSqlExpr *
new_slot_expr (SobreSqlBinder *self, const Stages *stages, guint slot, SobreSqlPosition position)
{
  SobreSqlExpr *expr;

  self->binding = stages->outer;
  expr = sobre_sql_binder_slot (self, slot, position);
  self->binding = stages->inner;
  return expr;
}

/* The column of the inner block that gives @expr. */
static guint export (Stages *self, SobreSqlExpr *expr)
{
  guint slot;

  for (guint i = 0; i < self->exports->len; i++)
    if (sobre_sql_expr_equal (g_ptr_array_index (self->exports, i), expr))
      return i;
  g_ptr_array_add (self->exports, expr);
  slot = sobre_sql_binding_add_slot (self->outer, 0, self->inner->windows->len + self->exports->len - 1, expr->type, expr->low,
                                     expr->high);
  g_array_append_val (self->slots, slot);
  return self->exports->len - 1;
}

static gboolean
is_leaf (const SobreSqlBinder *self, const SobreSqlExpr *expr)
{
  const SobreSqlBlock *block = self->binding->block;

  if (expr->kind == SOBRE_SQL_EXPR_COLUMN || expr->kind == SOBRE_SQL_EXPR_AGGREGATE || expr->kind == SOBRE_SQL_EXPR_GROUPING)
    return TRUE;
  for (guint i = 0; block->is_grouped && i < block->n_keys; i++)
    if (expr->kind != SOBRE_SQL_EXPR_CONSTANT && sobre_sql_expr_equal (block->keys[i], expr))
      return TRUE;
  return FALSE;
}

/* What stands for a node in the outer block. */
static SobreSqlExpr *
replace (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data)
{
  Stages *stages = data;
  SobreSqlExpr *given = expr;
  guint column;

  if (expr->kind == SOBRE_SQL_EXPR_WINDOW)
    return new_slot_expr (self, stages, expr->slot, expr->position);
  if (expr->kind == SOBRE_SQL_EXPR_COLUMN && stages->moved[expr->slot] != G_MAXUINT)
    return new_slot_expr (self, stages, stages->moved[expr->slot], expr->position);
  if (!is_leaf (self, expr))
    return NULL;
  if (stages->inner->block->is_grouped)
    given = sobre_sql_binder_regroup (self, expr);
  if (given == NULL)
    {
      stages->failed = TRUE;
      return expr;
    }
  column = export (stages, given);
  return new_slot_expr (self, stages, g_array_index (stages->slots, guint, column), expr->position);
}

static SobreSqlExpr *
move_out (SobreSqlBinder *self, Stages *stages, SobreSqlExpr *expr)
{
  SobreSqlExpr *moved = sobre_sql_binder_map (self, expr, replace, stages);

  return stages->failed ? NULL : moved;
}

/* The column of the inner block for a part of a window, which is computed before any look-up of groups. */
static gboolean
export_part (SobreSqlBinder *self, Stages *stages, SobreSqlExpr *expr, guint *column)
{
  *column = SOBRE_SQL_NO_COLUMN;
  if (expr == NULL)
    return TRUE;
  if (stages->inner->block->is_grouped)
    expr = sobre_sql_binder_regroup (self, expr);
  if (expr == NULL)
    return FALSE;
  *column = export (stages, expr);
  return TRUE;
}

/* The same, as an expression over the columns of the inner block. */
static gboolean
export_expr (SobreSqlBinder *self, Stages *stages, SobreSqlExpr **expr)
{
  guint column;
  SobreSqlExpr *copy;

  if (*expr == NULL)
    return TRUE;
  if (!export_part (self, stages, *expr, &column))
    return FALSE;
  copy = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, (*expr)->type, (*expr)->position, NULL, 0);
  copy->slot = column;
  copy->is_total = TRUE;
  *expr = copy;
  return TRUE;
}

static gboolean
orders_equal (const SobreSqlWindowOrder *a, const SobreSqlWindowOrder *b)
{
  if (a->n_partition != b->n_partition || a->n_keys != b->n_keys)
    return FALSE;
  for (guint i = 0; i < a->n_partition; i++)
    if (a->partition[i] != b->partition[i])
      return FALSE;
  for (guint i = 0; i < a->n_keys; i++)
    if (a->keys[i].column != b->keys[i].column || a->keys[i].descending != b->keys[i].descending ||
        a->keys[i].nulls_first != b->keys[i].nulls_first)
      return FALSE;
  return TRUE;
}

static gboolean
make_order (SobreSqlBinder *self, Stages *stages, const SobreSqlBoundWindow *window, SobreSqlWindowStage *stage, guint *which)
{
  SobreSqlWindowOrder order = { .n_partition = window->n_partition, .n_keys = window->n_keys };

  order.partition = sobre_sql_arena_new_array (self->arena, guint, window->n_partition);
  for (guint i = 0; i < window->n_partition; i++)
    if (!export_part (self, stages, window->partition[i], &order.partition[i]))
      return FALSE;
  order.keys = window->sort_keys;
  for (guint i = 0; i < window->n_keys; i++)
    if (!export_part (self, stages, window->keys[i], &order.keys[i].column))
      return FALSE;
  for (*which = 0; *which < stage->n_orders; *which += 1)
    if (orders_equal (&stage->orders[*which], &order))
      return TRUE;
  stage->orders[stage->n_orders++] = order;
  return TRUE;
}

static gboolean
make_function (SobreSqlBinder *self, Stages *stages, const SobreSqlBoundWindow *window, SobreSqlWindowStage *stage)
{
  SobreSqlWindowFunction *function = &stage->functions[stage->n_functions++];

  *function = window->function;
  for (guint i = 0; i < function->n_arguments; i++)
    if (!export_part (self, stages, window->arguments[i], &function->arguments[i]))
      return FALSE;
  function->aggregate.arguments = sobre_sql_arena_copy (self->arena, window->function.aggregate.arguments,
                                                        function->aggregate.n_arguments * sizeof (SobreSqlExpr *));
  for (guint i = 0; i < function->aggregate.n_arguments; i++)
    if (!export_expr (self, stages, &function->aggregate.arguments[i]))
      return FALSE;
  return export_expr (self, stages, &function->aggregate.filter) &&
         make_order (self, stages, window, stage, &function->order) &&
         export_part (self, stages, window->start, &function->start_column) &&
         export_part (self, stages, window->end, &function->end_column) &&
         export_part (self, stages, window->range, &function->range_column);
}

static SobreSqlWindowStage *
make_windows (SobreSqlBinder *self, Stages *stages)
{
  SobreSqlWindowStage *stage = sobre_sql_arena_new_object (self->arena, SobreSqlWindowStage);
  guint n = stages->inner->windows->len;

  stage->orders = sobre_sql_arena_new_array (self->arena, SobreSqlWindowOrder, n);
  stage->functions = sobre_sql_arena_new_array (self->arena, SobreSqlWindowFunction, n);
  for (guint i = 0; i < n; i++)
    if (!make_function (self, stages, &g_array_index (stages->inner->windows, SobreSqlBoundWindow, i), stage))
      return NULL;
  return stage;
}

/* Look-ups by groups move into the outer block, with their slots. */
static gboolean
move_look_ups (SobreSqlBinder *self, Stages *stages)
{
  SobreSqlBinding *inner = stages->inner;

  for (guint i = 0; inner->block->is_grouped && i < inner->late->len; i++)
    {
      guint number = g_array_index (inner->late, guint, i);
      SobreSqlInput input = g_array_index (inner->inputs, SobreSqlInput, number);
      SobreSqlExpr **probe_keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, input.n_keys);
      SobreSqlExpr **build_keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, input.n_keys);

      for (guint slot = 0; slot < inner->slots->len; slot++)
        {
          const SobreSqlSlot *what = &g_array_index (inner->slots, SobreSqlSlot, slot);

          if (what->input == number)
            stages->moved[slot] = sobre_sql_binding_add_slot (stages->outer, stages->outer->inputs->len, what->column,
                                                              what->type, what->low, what->high);
        }
      for (guint k = 0; k < input.n_keys; k++)
        {
          probe_keys[k] = move_out (self, stages, input.probe_keys[k]);
          build_keys[k] = move_out (self, stages, input.build_keys[k]);
          if (probe_keys[k] == NULL || build_keys[k] == NULL)
            return FALSE;
        }
      if (input.pairs != NULL && (input.pairs = move_out (self, stages, input.pairs)) == NULL)
        return FALSE;
      input.probe_keys = probe_keys;
      input.build_keys = build_keys;
      g_array_append_val (stages->outer->inputs, input);
      g_array_index (inner->inputs, SobreSqlInput, number).kind = SOBRE_SQL_INPUT_MOVED;
    }
  return TRUE;
}

static void
note_moved (guint slot, gpointer data)
{
  Stages *stages = data;

  stages->failed = stages->failed || stages->moved[slot] != G_MAXUINT;
}

/* HAVING stays with the groups, unless it looks something up. */
static gboolean
place_having (SobreSqlBinder *self, Stages *stages)
{
  SobreSqlBlock *block = stages->inner->block;
  SobreSqlExpr *having = block->having;
  gboolean moves;

  if (having == NULL)
    return TRUE;
  sobre_sql_expr_each_slot (having, note_moved, stages);
  moves = stages->failed;
  stages->failed = FALSE;
  block->having = NULL;
  if (!moves)
    {
      block->having = sobre_sql_binder_regroup (self, having);
      return block->having != NULL;
    }
  if (stages->inner->windows->len > 0)
    return sobre_query_error_set (
        self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, having->position,
        "a sub-query that depends on groups in HAVING, beside window functions, is not available offline yet");
  having = move_out (self, stages, having);
  if (having != NULL)
    sobre_sql_conditions_add (&stages->outer->block->conditions, self->arena, having);
  return having != NULL;
}

static SobreSqlPlan *
make_inner_plan (SobreSqlBinder *self, Stages *stages)
{
  SobreSqlBlock *block = stages->inner->block;
  guint n = stages->exports->len;
  SobreSqlPlan *plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, n);

  plan->block = block;
  block->n_outputs = block->n_visible = n;
  block->outputs = sobre_sql_arena_copy (self->arena, stages->exports->pdata, n * sizeof (SobreSqlExpr *));
  for (guint i = 0; i < n; i++)
    plan->columns[i] =
        (SobreSqlPlanColumn) { "", block->outputs[i]->type, block->outputs[i]->low, block->outputs[i]->high, FALSE };
  sobre_sql_binding_keep (stages->inner, self);
  return sobre_sql_binder_add_plan (self, plan) ? plan : NULL;
}

static SobreSqlPlan *
make_window_plan (SobreSqlBinder *self, SobreSqlPlan *input, SobreSqlWindowStage *stage)
{
  SobreSqlPlan *plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_WINDOW, stage->n_functions + input->n_columns);

  for (guint i = 0; i < stage->n_functions; i++)
    plan->columns[i] = (SobreSqlPlanColumn) { .name = "", .type = stage->functions[i].type };
  for (guint i = 0; i < input->n_columns; i++)
    plan->columns[stage->n_functions + i] = input->columns[i];
  stage->input = input;
  input->n_readers++;
  plan->window = stage;
  return sobre_sql_binder_add_plan (self, plan) ? plan : NULL;
}

/* The outer block takes over what stands behind the outputs. */
static void
hand_over (SobreSqlBlock *inner, SobreSqlBlock *outer)
{
  outer->distinct = inner->distinct;
  outer->sort_keys = inner->sort_keys;
  outer->n_sort_keys = inner->n_sort_keys;
  outer->limit = inner->limit;
  outer->offset = inner->offset;
  inner->distinct = FALSE;
  inner->n_sort_keys = 0;
  inner->limit = G_MAXUINT64;
  inner->offset = 0;
}

static gboolean
split (SobreSqlBinder *self, Stages *stages, GPtrArray *outputs)
{
  SobreSqlWindowStage *windows;
  SobreSqlPlan *plan;

  if (!move_look_ups (self, stages) || !place_having (self, stages))
    return FALSE;
  for (guint i = 0; i < outputs->len; i++)
    {
      outputs->pdata[i] = move_out (self, stages, g_ptr_array_index (outputs, i));
      if (outputs->pdata[i] == NULL)
        return FALSE;
    }
  windows = make_windows (self, stages);
  plan = windows != NULL ? make_inner_plan (self, stages) : NULL;
  if (plan != NULL && windows->n_functions > 0)
    plan = make_window_plan (self, plan, windows);
  if (plan == NULL)
    return FALSE;
  plan->n_readers++;
  g_array_index (stages->outer->inputs, SobreSqlInput, 0).plan = plan;
  return TRUE;
}

gboolean
sobre_sql_bind_stages (SobreSqlBinder *self, SobreSqlBinding *around, GPtrArray *outputs)
{
  SobreSqlBinding *inner = self->binding;
  g_autoptr (GPtrArray) exports = g_ptr_array_new ();
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *moved = g_new (guint, inner->slots->len + 1);
  SobreSqlInput input = { .kind = SOBRE_SQL_INPUT_PLAN, .position = inner->select->position };
  Stages stages = { .inner = inner, .outer = around, .exports = exports, .slots = slots, .moved = moved };
  gboolean done;

  for (guint i = 0; i <= inner->slots->len; i++)
    moved[i] = G_MAXUINT;
  sobre_sql_binding_begin (around, self, inner->select, inner->parent);
  around->plan = inner->plan;
  around->block = sobre_sql_arena_new_object (self->arena, SobreSqlBlock);
  around->plan->block = around->block;
  g_array_append_val (around->inputs, input);
  for (guint i = 0; i < inner->windows->len; i++)
    sobre_sql_binding_add_slot (around, 0, i, g_array_index (inner->windows, SobreSqlBoundWindow, i).function.type, 0, 0);
  hand_over (inner->block, around->block);
  inner->block->n_aggregates = inner->aggregates->len;
  self->binding = inner;
  done = split (self, &stages, outputs);
  self->binding = around;
  return done;
}
