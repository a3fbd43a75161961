/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* Sub-queries in expressions:
 *
 *   (query)          by itself: a scalar, computed once; one that hangs on the query around it: joined by what it hangs on
 *   EXISTS (query)   by itself: the scalar "count(*) > 0"; else a look-up
 *   x IN (query)     a look-up */

static void
correlations_clear (SobreSqlCorrelations *self)
{
  g_array_unref (self->equal);
  g_ptr_array_unref (self->pairs);
  g_array_unref (self->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SobreSqlCorrelations, correlations_clear)

static gboolean
check_inputs (SobreSqlBinder *self, SobreSqlPosition position)
{
  return self->binding->inputs->len + 2 <= SOBRE_SQL_MAX_INPUTS ||
         sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, position, "more than %d tables in one query",
                                SOBRE_SQL_MAX_INPUTS);
}

static SobreSqlExpr *
add_scalar (SobreSqlBinder *self, SobreSqlPlan *plan, SobreSqlPosition position)
{
  guint first;

  if (!check_inputs (self, position))
    return NULL;
  sobre_sql_binding_add_plan (self->binding, SOBRE_SQL_INPUT_SCALAR, plan, position, &first);
  return sobre_sql_binder_slot (self, first, position);
}

/* The plan as an input that is looked up, joined by what the sub-query hangs on. @more: room for so many further keys */
static SobreSqlInput *
add_look_up (SobreSqlBinder *self,
             SobreSqlPlan *plan,
             SobreSqlStepKind step,
             const SobreSqlCorrelations *correlations,
             guint more,
             SobreSqlPosition position,
             guint *first)
{
  guint n = correlations->equal->len;
  SobreSqlInput *input;

  if (!check_inputs (self, position))
    return NULL;
  if (self->binding->clause == NULL && !self->binding->in_aggregate)
    g_array_append_val (self->binding->late, self->binding->inputs->len);
  input = sobre_sql_binding_add_plan (self->binding, SOBRE_SQL_INPUT_PLAN, plan, position, first);
  input->step = step;
  input->probe_keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n + more);
  input->build_keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n + more);
  for (input->n_keys = 0; input->n_keys < n; input->n_keys++)
    {
      input->probe_keys[input->n_keys] = g_array_index (correlations->equal, SobreSqlCorrelation, input->n_keys).outer;
      input->build_keys[input->n_keys] =
          sobre_sql_binder_slot (self, *first + correlations->n_visible + input->n_keys, position);
    }
  return input;
}

/* Where an aggregate over no rows is asked for, the sub-query gives what it gives without any. */
static SobreSqlExpr *
add_default (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlExpr *value, SobreSqlExpr *key)
{
  SobreSqlCorrelations ignored = { 0 };
  SobreSqlPlan *plan = sobre_sql_bind_query (self, node->query, self->binding, TRUE, TRUE, &ignored);
  SobreSqlExpr *children[3];

  if (plan == NULL)
    return NULL;
  children[0] = sobre_sql_binder_finish (
      self, sobre_sql_binder_new (self, SOBRE_SQL_EXPR_IS_NULL, SOBRE_SQL_TYPE (BOOLEAN), node->position, &key, 1));
  children[1] = add_scalar (self, plan, node->position);
  children[2] = value;
  if (children[0] == NULL || children[1] == NULL)
    return NULL;
  return sobre_sql_binder_case (self, children, 3, node->position);
}

static SobreSqlExpr *
bind_value (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlPlan *plan, const SobreSqlCorrelations *correlations)
{
  SobreSqlInput *input;
  SobreSqlExpr *value;
  guint first;

  if (correlations->equal->len == 0)
    return add_scalar (self, plan, node->position);
  input = add_look_up (self, plan, SOBRE_SQL_STEP_SINGLE, correlations, 0, node->position, &first);
  if (input == NULL)
    return NULL;
  value = sobre_sql_binder_slot (self, first, node->position);
  if (!correlations->is_global)
    return value;
  return add_default (self, node, value, sobre_sql_binder_slot (self, first + 1, node->position));
}

/* count(*) > 0 over at most one row. */
static SobreSqlPlan *
count_rows (SobreSqlBinder *self, SobreSqlPlan *plan, SobreSqlPosition position)
{
  SobreSqlPlan *count = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, 1);
  SobreSqlAggregate aggregate = { .kind = SOBRE_SQL_AGGREGATE_COUNT, .type = SOBRE_SQL_TYPE (BIGINT) };
  SobreSqlBlock *block = count->block;
  SobreSqlBinding binding;
  SobreSqlExpr *column, *zero, *some;
  guint first;

  if (plan->kind == SOBRE_SQL_PLAN_BLOCK && !plan->is_shared)
    {
      plan->block->limit = MIN (plan->block->limit, 1);
      plan->block->n_sort_keys = 0;
    }
  sobre_sql_binding_begin (&binding, self, NULL, NULL);
  binding.block = block;
  sobre_sql_binding_add_plan (&binding, SOBRE_SQL_INPUT_PLAN, plan, position, &first);
  g_array_append_val (binding.aggregates, aggregate);
  sobre_sql_binding_keep (&binding, self);
  sobre_sql_binding_end (&binding, self);
  column = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, aggregate.type, position, NULL, 0);
  column->is_total = TRUE;
  zero = sobre_sql_binder_constant (self, aggregate.type, (SobreSqlValue) { .i = 0 }, position);
  some = sobre_sql_binder_compare (self, SOBRE_SQL_GREATER, column, zero, position);
  if (some == NULL)
    return NULL;
  block->is_grouped = TRUE;
  block->limit = G_MAXUINT64;
  block->n_outputs = block->n_visible = 1;
  block->outputs = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, 1);
  block->outputs[0] = some;
  count->columns[0] = (SobreSqlPlanColumn) { .name = "", .type = some->type };
  return sobre_sql_binder_add_plan (self, count) ? count : NULL;
}

typedef struct
{
  const SobreSqlCorrelations *correlations;
  guint first;
} PairMap;

static SobreSqlExpr *
map_pair (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data)
{
  const PairMap *map = data;

  if (expr->kind == SOBRE_SQL_EXPR_OUTER)
    return expr->outer;
  if (expr->kind == SOBRE_SQL_EXPR_COLUMN)
    return sobre_sql_binder_slot (self, map->first + g_array_index (map->correlations->columns, guint, expr->slot),
                                  expr->position);
  return NULL;
}

static SobreSqlExpr *
bind_exists (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlPlan *plan, const SobreSqlCorrelations *correlations)
{
  SobreSqlConditions pairs = { NULL, 0, 0 };
  SobreSqlInput *input;
  guint first, mark;

  if (correlations->equal->len == 0 && correlations->pairs->len == 0)
    {
      plan = count_rows (self, plan, node->position);
      return plan != NULL ? add_scalar (self, plan, node->position) : NULL;
    }
  input = add_look_up (self, plan, SOBRE_SQL_STEP_EXISTS, correlations, 0, node->position, &first);
  if (input == NULL)
    return NULL;
  mark = sobre_sql_binding_add_slot (self->binding, self->binding->inputs->len - 1, SOBRE_SQL_MARK, SOBRE_SQL_TYPE (BOOLEAN), 0,
                                     0);
  for (guint i = 0; i < correlations->pairs->len; i++)
    {
      PairMap map = { correlations, first };
      SobreSqlExpr *condition = sobre_sql_binder_map (self, g_ptr_array_index (correlations->pairs, i), map_pair, &map);

      if (condition == NULL)
        return NULL;
      sobre_sql_conditions_add (&pairs, self->arena, condition);
    }
  input->pairs = sobre_sql_binder_all_of (self, pairs.exprs, pairs.n);
  return sobre_sql_binder_slot (self, mark, node->position);
}

static SobreSqlExpr *
bind_in (SobreSqlBinder *self,
         const SobreSqlNode *node,
         SobreSqlExpr *value,
         SobreSqlPlan *plan,
         const SobreSqlCorrelations *correlations)
{
  SobreSqlInput *input;
  SobreSqlExpr *equal, *result;
  guint first, mark;

  input = add_look_up (self, plan, SOBRE_SQL_STEP_IN, correlations, 1, node->position, &first);
  if (input == NULL)
    return NULL;
  equal = sobre_sql_binder_compare (self, SOBRE_SQL_EQUAL, value, sobre_sql_binder_slot (self, first, node->position),
                                    node->position);
  if (equal == NULL)
    return NULL;
  input->probe_keys[input->n_keys] = equal->children[0];
  input->build_keys[input->n_keys++] = equal->children[1];
  mark = sobre_sql_binding_add_slot (self->binding, self->binding->inputs->len - 1, SOBRE_SQL_MARK, SOBRE_SQL_TYPE (BOOLEAN), 0,
                                     0);
  result = sobre_sql_binder_slot (self, mark, node->position);
  if (!node->flag)
    return result;
  return sobre_sql_binder_finish (
      self, sobre_sql_binder_new (self, SOBRE_SQL_EXPR_NOT, SOBRE_SQL_TYPE (BOOLEAN), node->position, &result, 1));
}

SobreSqlExpr *
sobre_sql_bind_subquery (SobreSqlBinder *self, const SobreSqlNode *node)
{
  g_auto (SobreSqlCorrelations) correlations = {
    .is_exists = node->kind == SOBRE_SQL_NODE_EXISTS,
    .equal = g_array_new (FALSE, FALSE, sizeof (SobreSqlCorrelation)),
    .pairs = g_ptr_array_new (),
    .columns = g_array_new (FALSE, FALSE, sizeof (guint)),
  };
  SobreSqlExpr *value = NULL;
  SobreSqlPlan *plan;

  if (node->kind == SOBRE_SQL_NODE_IN_QUERY && (value = sobre_sql_bind_node (self, node->children[0])) == NULL)
    return NULL;
  correlations.n_visible = G_MAXUINT;
  plan = sobre_sql_bind_query (self, node->query, self->binding, TRUE, FALSE, &correlations);
  if (plan == NULL)
    return NULL;
  if (correlations.n_visible == G_MAXUINT)
    correlations.n_visible = plan->n_columns;
  if (node->kind == SOBRE_SQL_NODE_EXISTS)
    return bind_exists (self, node, plan, &correlations);
  if (correlations.n_visible != 1)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                             "a sub-query in an expression gives one column, not %u", correlations.n_visible);
      return NULL;
    }
  if (value != NULL)
    return bind_in (self, node, value, plan, &correlations);
  return bind_value (self, node, plan, &correlations);
}
