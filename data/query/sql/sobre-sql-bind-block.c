/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* A block, clause by clause in the order that Trino gives names a meaning: FROM, WHERE, GROUP BY (which sees columns and ordinals, no
 * aliases), SELECT and HAVING, ORDER BY (which sees aliases first). */

SobreSqlExpr *
sobre_sql_bind_in_clause (SobreSqlBinder *self, const SobreSqlNode *node, const char *clause)
{
  SobreSqlExpr *expr;

  self->binding->clause = clause;
  expr = sobre_sql_bind_node (self, node);
  self->binding->clause = NULL;
  return expr;
}

/* GROUP BY 2 means the second item; anything else is an expression over the source. */
const SobreSqlNode *
sobre_sql_bind_ordinal (SobreSqlBinder *self, const SobreSqlNode *node, const char *clause)
{
  const SobreSqlSelect *select = self->binding->select;
  guint64 ordinal;

  if (node->kind != SOBRE_SQL_NODE_INTEGER)
    return node;
  for (guint i = 0; i < select->n_items; i++)
    if (select->items[i].node->kind == SOBRE_SQL_NODE_STAR)
      {
        sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                               "a column's number in %s beside SELECT * is not available offline yet", clause);
        return NULL;
      }
  if (g_ascii_string_to_unsigned (node->text, 10, 1, select->n_items, &ordinal, NULL))
    return select->items[ordinal - 1].node;
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no column number %s in SELECT",
                         node->text);
  return NULL;
}

static gboolean
add_output (SobreSqlBinder *self, GPtrArray *outputs, GPtrArray *names, SobreSqlExpr *expr, const char *name)
{
  if (expr == NULL)
    return FALSE;
  if (outputs->len == SOBRE_SQL_MAX_COLUMNS)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, expr->position, "more than %d columns",
                                  SOBRE_SQL_MAX_COLUMNS);
  g_ptr_array_add (outputs, expr);
  g_ptr_array_add (names, (gpointer) name);
  return TRUE;
}

static gboolean
bind_star (SobreSqlBinder *self, const SobreSqlNode *node, GPtrArray *outputs, GPtrArray *names)
{
  const GArray *fields = self->binding->fields;
  gboolean found = FALSE;

  for (guint i = 0; i < fields->len; i++)
    {
      const SobreSqlField *field = &g_array_index (fields, SobreSqlField, i);

      if (node->qualifier != NULL && g_strcmp0 (field->relation, node->qualifier) != 0)
        continue;
      found = TRUE;
      if (!add_output (self, outputs, names, field->expr, field->name))
        return FALSE;
    }
  if (found)
    return TRUE;
  if (node->qualifier != NULL)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no table \"%.60s\" in FROM",
                                  node->qualifier);
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "SELECT * needs a FROM");
}

/* A column's name in the result: its alias, the column it shows, or _col and its place, as in Trino. */
static const char *
get_output_name (SobreSqlBinder *self, const SobreSqlItem *item, guint place)
{
  g_autofree char *name = NULL;

  if (item->spelled != NULL)
    return item->spelled;
  name = g_strdup_printf ("_col%u", place);
  return sobre_sql_arena_string (self->arena, name, strlen (name));
}

static gboolean
bind_items (SobreSqlBinder *self, GPtrArray *outputs)
{
  const SobreSqlSelect *select = self->binding->select;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  SobreSqlPlan *plan;

  for (guint i = 0; i < select->n_items; i++)
    {
      const SobreSqlItem *item = &select->items[i];

      if (item->node->kind == SOBRE_SQL_NODE_STAR)
        {
          if (!bind_star (self, item->node, outputs, names))
            return FALSE;
        }
      else if (!add_output (self, outputs, names, sobre_sql_bind_node (self, item->node),
                            get_output_name (self, item, outputs->len)))
        return FALSE;
    }
  plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, outputs->len);
  for (guint i = 0; i < outputs->len; i++)
    {
      const SobreSqlExpr *expr = g_ptr_array_index (outputs, i);

      plan->columns[i] = (SobreSqlPlanColumn) { g_ptr_array_index (names, i), expr->type, expr->low, expr->high, FALSE };
    }
  plan->block = self->binding->block;
  self->binding->plan = plan;
  return TRUE;
}

static gboolean
find_output (GPtrArray *outputs, const SobreSqlExpr *expr, guint *column)
{
  for (*column = 0; *column < outputs->len; *column += 1)
    if (sobre_sql_expr_equal (g_ptr_array_index (outputs, *column), expr))
      return TRUE;
  return FALSE;
}

static gboolean
bind_sort_key (SobreSqlBinder *self, const SobreSqlOrder *order, GPtrArray *outputs, SobreSqlSortKey *key)
{
  SobreSqlBinding *binding = self->binding;
  guint64 ordinal;
  SobreSqlExpr *expr;

  *key = (SobreSqlSortKey) { 0, order->descending, order->nulls_first };
  if (order->node->kind == SOBRE_SQL_NODE_INTEGER)
    {
      if (!g_ascii_string_to_unsigned (order->node->text, 10, 1, binding->plan->n_columns, &ordinal, NULL))
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, order->node->position,
                                      "there is no column number %s in SELECT", order->node->text);
      key->column = (guint) ordinal - 1;
      return TRUE;
    }
  binding->outputs = (SobreSqlExpr **) outputs->pdata;
  binding->n_outputs = binding->plan->n_columns;
  expr = sobre_sql_bind_node (self, order->node);
  binding->outputs = NULL;
  if (expr == NULL)
    return FALSE;
  if (find_output (outputs, expr, &key->column))
    return TRUE;
  if (binding->block->distinct)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, order->node->position,
                                  "with SELECT DISTINCT, ORDER BY names columns of the result only");
  g_ptr_array_add (outputs, expr);
  return TRUE;
}

static gboolean
bind_order_by (SobreSqlBinder *self, const SobreSqlSelect *select, GPtrArray *outputs)
{
  SobreSqlBlock *block = self->binding->block;

  block->sort_keys = sobre_sql_arena_new_array (self->arena, SobreSqlSortKey, select->n_order_by);
  for (; block->n_sort_keys < select->n_order_by; block->n_sort_keys++)
    if (!bind_sort_key (self, &select->order_by[block->n_sort_keys], outputs, &block->sort_keys[block->n_sort_keys]))
      return FALSE;
  return TRUE;
}

static gboolean
bind_count (SobreSqlBinder *self, const SobreSqlNode *node, guint64 otherwise, guint64 *count)
{
  SobreSqlExpr *expr;

  *count = otherwise;
  if (node == NULL)
    return TRUE;
  expr = sobre_sql_bind_literal (self, node);
  if (expr == NULL)
    return FALSE;
  if ((expr->type.kind != SOBRE_SQL_INTEGER && expr->type.kind != SOBRE_SQL_BIGINT) || expr->constant.null ||
      expr->constant.i < 0)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                  "a number of rows is a whole number from 0");
  *count = (guint64) expr->constant.i;
  return TRUE;
}

static gboolean
bind_limits (SobreSqlBinder *self, const SobreSqlSelect *select)
{
  SobreSqlBlock *block = self->binding->block;

  return bind_count (self, select->limit, G_MAXUINT64, &block->limit) && bind_count (self, select->offset, 0, &block->offset);
}

static gboolean
bind_where (SobreSqlBinder *self)
{
  const SobreSqlSelect *select = self->binding->select;
  SobreSqlExpr *filter;

  if (select->where != NULL)
    {
      filter = sobre_sql_bind_in_clause (self, select->where, "WHERE");
      if (filter == NULL || !sobre_sql_binder_check_condition (self, &filter, "WHERE"))
        return FALSE;
      sobre_sql_conditions_add (&self->binding->block->conditions, self->arena, filter);
    }
  if (!self->binding->without_rows)
    return TRUE;
  self->binding->block->conditions.n = 0;
  filter = sobre_sql_binder_constant (self, SOBRE_SQL_TYPE (BOOLEAN), (SobreSqlValue) { .i = 0 }, select->position);
  sobre_sql_conditions_add (&self->binding->block->conditions, self->arena, filter);
  return TRUE;
}

static gboolean
bind_clauses (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBinding *binding = self->binding;
  const SobreSqlSelect *select = binding->select;
  SobreSqlBlock *block = binding->block;

  block->distinct = select->distinct;
  if (!sobre_sql_bind_from (self) || !bind_where (self) || !sobre_sql_bind_group_by (self) || !bind_items (self, outputs))
    return FALSE;
  if (select->having != NULL)
    {
      binding->in_having = TRUE;
      block->having = sobre_sql_bind_node (self, select->having);
      binding->in_having = FALSE;
      if (block->having == NULL || !sobre_sql_binder_check_condition (self, &block->having, "HAVING"))
        return FALSE;
    }
  if (!bind_order_by (self, select, outputs) || !bind_limits (self, select))
    return FALSE;
  block->is_grouped = select->n_group_by > 0 || binding->aggregates->len > 0 || select->having != NULL;
  return TRUE;
}

/* SELECT DISTINCT without aggregates groups by what it selects. */
static void
group_distinct (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBlock *block = self->binding->block;

  if (block->is_grouped || !block->distinct)
    return;
  block->is_grouped = TRUE;
  block->distinct = FALSE;
  block->n_keys = outputs->len;
  block->keys = sobre_sql_arena_copy (self->arena, outputs->pdata, outputs->len * sizeof (SobreSqlExpr *));
}

static gboolean
regroup_block (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBlock *block = self->binding->block;

  group_distinct (self, outputs);
  if (!block->is_grouped)
    return TRUE;
  block->n_aggregates = self->binding->aggregates->len;
  for (guint i = 0; i < outputs->len; i++)
    {
      outputs->pdata[i] = sobre_sql_binder_regroup (self, g_ptr_array_index (outputs, i));
      if (outputs->pdata[i] == NULL)
        return FALSE;
    }
  if (block->having == NULL)
    return TRUE;
  block->having = sobre_sql_binder_regroup (self, block->having);
  return block->having != NULL;
}

static void
keep_outputs (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBlock *block = self->binding->block;

  block->n_visible = self->binding->plan->n_columns;
  block->n_outputs = outputs->len;
  block->outputs = sobre_sql_arena_copy (self->arena, outputs->pdata, outputs->len * sizeof (SobreSqlExpr *));
  sobre_sql_binding_keep (self->binding, self);
}

static gboolean
needs_stages (const SobreSqlBinding *binding)
{
  return binding->windows->len > 0 || (binding->block->is_grouped && binding->late->len > 0);
}

static SobreSqlPlan *
finish_block (SobreSqlBinder *self, GPtrArray *outputs)
{
  if (!regroup_block (self, outputs))
    return NULL;
  keep_outputs (self, outputs);
  return self->binding->plan;
}

static SobreSqlPlan *
finish_stages (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlBinding around;
  SobreSqlPlan *plan = NULL;

  if (sobre_sql_bind_stages (self, &around, outputs))
    plan = finish_block (self, outputs);
  sobre_sql_binding_end (&around, self);
  return plan;
}

SobreSqlPlan *
sobre_sql_bind_block (SobreSqlBinder *self,
                      const SobreSqlSelect *select,
                      SobreSqlBinding *parent,
                      gboolean is_direct,
                      gboolean without_rows,
                      SobreSqlCorrelations *correlations)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  SobreSqlBinding binding;
  SobreSqlPlan *plan = NULL;

  sobre_sql_binding_begin (&binding, self, select, parent);
  binding.is_direct = is_direct;
  binding.without_rows = without_rows;
  binding.correlations = correlations;
  binding.block = sobre_sql_arena_new_object (self->arena, SobreSqlBlock);
  if (bind_clauses (self, outputs) && sobre_sql_bind_correlations (self, outputs))
    plan = needs_stages (&binding) ? finish_stages (self, outputs) : finish_block (self, outputs);
  sobre_sql_binding_end (&binding, self);
  return plan != NULL && sobre_sql_binder_add_plan (self, plan) ? plan : NULL;
}

SobreSqlPlan *
sobre_sql_bind_wrap (SobreSqlBinder *self, const SobreSqlSelect *select, SobreSqlPlan *plan)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  SobreSqlBinding binding;
  SobreSqlPlan *around;
  guint first;

  if (select->n_order_by == 0 && select->limit == NULL && select->offset == NULL)
    return plan;
  around = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, plan->n_columns);
  sobre_sql_binding_begin (&binding, self, select, NULL);
  binding.block = around->block;
  binding.plan = around;
  sobre_sql_binding_add_plan (&binding, SOBRE_SQL_INPUT_PLAN, plan, select->position, &first);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      SobreSqlExpr *expr = sobre_sql_binder_slot (self, first + i, select->position);
      SobreSqlField field = { NULL, plan->columns[i].name, expr };

      around->columns[i] = plan->columns[i];
      g_array_append_val (binding.fields, field);
      g_ptr_array_add (outputs, expr);
    }
  if (!bind_order_by (self, select, outputs) || !bind_limits (self, select))
    around = NULL;
  else
    keep_outputs (self, outputs);
  sobre_sql_binding_end (&binding, self);
  return around != NULL && sobre_sql_binder_add_plan (self, around) ? around : NULL;
}
