/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* UNNEST: lists whose elements become rows. A list has no type of its own here: it is what ARRAY[…] and some functions give, and UNNEST is
 * the only place for it.
 *
 * Where no list hangs on what stands before it in FROM, the rows are those of a block of its own, which is joined as any other; else each row
 * that is there already is joined to the elements of its own lists. */

static SobreSqlExpr *
new_list (SobreSqlBinder *self,
          const SobreSqlNode *node,
          SobreSqlType type,
          const SobreSqlFunction *function,
          SobreSqlExpr **children,
          guint n)
{
  SobreSqlExpr *list = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_LIST, type, node->position, children, n);

  list->function = function;
  if (!sobre_sql_binder_take_pattern (self, list))
    return NULL;
  if (list->weight <= SOBRE_SQL_MAX_WEIGHT)
    return list;
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, node->position, "the expression has more than %d parts",
                         SOBRE_SQL_MAX_WEIGHT);
  return NULL;
}

static SobreSqlExpr *
bind_array (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlExpr **children)
{
  SobreSqlType type = SOBRE_SQL_TYPE (UNKNOWN);

  for (guint i = 0; i < node->n_children; i++)
    if (!sobre_sql_type_unify (type, children[i]->type, &type))
      {
        g_autofree char *one = sobre_sql_type_dup_name (type);
        g_autofree char *other = sobre_sql_type_dup_name (children[i]->type);

        sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, children[i]->position, "an ARRAY cannot be of %s and %s",
                               one, other);
        return NULL;
      }
  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_binder_cast (self, children[i], type);
      if (children[i] == NULL)
        return NULL;
    }
  return new_list (self, node, type, NULL, children, node->n_children);
}

static SobreSqlExpr *
bind_list_call (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlExpr **children)
{
  SobreSqlType type;
  const SobreSqlFunction *function;

  if (node->star || node->flag || node->filter != NULL || node->n_order_by > 0 || node->over != NULL)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                             "%s() is no aggregate: it takes neither *, DISTINCT, ORDER BY, FILTER nor OVER", node->text);
      return NULL;
    }
  function = sobre_sql_binder_match (self, node->text, children, node->n_children, node->position, &type);
  return function != NULL ? new_list (self, node, type, function, children, node->n_children) : NULL;
}

static SobreSqlExpr *
bind_list (SobreSqlBinder *self, const SobreSqlNode *node)
{
  const SobreSqlFunction *function = node->kind == SOBRE_SQL_NODE_CALL ? sobre_sql_function_find (node->text) : NULL;
  SobreSqlExpr *children[SOBRE_SQL_MAX_ARGUMENTS + 1];

  if (node->kind != SOBRE_SQL_NODE_ARRAY && (function == NULL || function->category != SOBRE_SQL_LISTS))
    {
      sobre_query_error_set (
          self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
          "UNNEST of anything but ARRAY[…], sequence(), split(), regexp_split() and regexp_extract_all() is not "
          "available offline yet");
      return NULL;
    }
  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_bind_in_clause (self, node->children[i], "UNNEST");
      if (children[i] == NULL)
        return NULL;
      if (sobre_sql_expr_has (children[i], SOBRE_SQL_EXPR_OUTER))
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, children[i]->position,
                                 "UNNEST of what hangs on the query around it is not available offline yet");
          return NULL;
        }
    }
  return node->kind == SOBRE_SQL_NODE_ARRAY ? bind_array (self, node, children) : bind_list_call (self, node, children);
}

/* Adds the input to the block that is being bound, and a field for each of its columns. */
static SobreSqlInput *
add_unnest (SobreSqlBinder *self, const SobreSqlRelation *relation, SobreSqlExpr **lists, const char *name, GArray *fields)
{
  SobreSqlInput input = {
    .kind = SOBRE_SQL_INPUT_UNNEST,
    .position = relation->position,
    .unnest = lists,
    .n_unnest = relation->arguments.n,
    .with_ordinality = relation->with_ordinality,
  };
  guint n = input.n_unnest + (input.with_ordinality ? 1 : 0);

  g_array_append_val (self->binding->inputs, input);
  for (guint i = 0; i < n; i++)
    {
      SobreSqlType type = i < input.n_unnest ? lists[i]->type : SOBRE_SQL_TYPE (BIGINT);
      guint slot = sobre_sql_binding_add_slot (self->binding, self->binding->inputs->len - 1, i, type, 0, 0);
      SobreSqlField field = { name, "", sobre_sql_binder_slot (self, slot, relation->position) };

      g_array_append_val (fields, field);
    }
  return &g_array_index (self->binding->inputs, SobreSqlInput, self->binding->inputs->len - 1);
}

/* The rows as a block of its own. */
static SobreSqlPlan *
bind_alone (SobreSqlBinder *self, const SobreSqlRelation *relation, SobreSqlExpr **lists)
{
  SobreSqlPlan *plan;
  SobreSqlBinding binding;
  guint n;

  sobre_sql_binding_begin (&binding, self, NULL, NULL);
  binding.block = sobre_sql_arena_new_object (self->arena, SobreSqlBlock);
  add_unnest (self, relation, lists, NULL, binding.fields);
  n = binding.fields->len;
  plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, n);
  plan->block = binding.block;
  plan->block->limit = G_MAXUINT64;
  plan->block->n_outputs = plan->block->n_visible = n;
  plan->block->outputs = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n);
  for (guint i = 0; i < n; i++)
    {
      SobreSqlExpr *expr = g_array_index (binding.fields, SobreSqlField, i).expr;

      plan->block->outputs[i] = expr;
      plan->columns[i] = (SobreSqlPlanColumn) { "", expr->type, 0, 0, FALSE };
    }
  sobre_sql_binding_keep (&binding, self);
  sobre_sql_binding_end (&binding, self);
  return sobre_sql_binder_add_plan (self, plan) ? plan : NULL;
}

gboolean
sobre_sql_bind_unnest (SobreSqlBinder *self,
                       const SobreSqlRelation *relation,
                       const char *name,
                       gboolean is_optional,
                       SobreSqlPlan **plan,
                       GArray *fields)
{
  guint n = relation->arguments.n, n_inputs = self->binding->inputs->len;
  SobreSqlExpr **lists = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n);
  gboolean hangs = FALSE;

  *plan = NULL;
  for (guint i = 0; i < n; i++)
    {
      lists[i] = bind_list (self, relation->arguments.nodes[i]);
      if (lists[i] == NULL)
        return FALSE;
      hangs = hangs || sobre_sql_expr_has (lists[i], SOBRE_SQL_EXPR_COLUMN);
    }
  if (self->binding->inputs->len > n_inputs)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, relation->position,
                                  "a sub-query in UNNEST is not available offline yet");
  if (hangs)
    {
      add_unnest (self, relation, lists, name, fields)->step = is_optional ? SOBRE_SQL_STEP_LEFT : SOBRE_SQL_STEP_INNER;
      return TRUE;
    }
  *plan = bind_alone (self, relation, lists);
  return *plan != NULL;
}
