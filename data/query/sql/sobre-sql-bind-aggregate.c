/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* Aggregates, by themselves or over a window. */

static gboolean
check_aggregate (SobreSqlBinder *self, const SobreSqlNode *node)
{
  if (self->binding->in_aggregate)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "%s() stands inside another aggregate",
                                  node->text);
  if (self->binding->clause != NULL)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                  "%s() is an aggregate and cannot stand in %s", node->text, self->binding->clause);
  return TRUE;
}

static gboolean
bind_parts (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlExpr **children, SobreSqlExpr **filter)
{
  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_bind_node (self, node->children[i]);
      if (children[i] == NULL)
        return FALSE;
    }
  *filter = NULL;
  if (node->filter == NULL)
    return TRUE;
  *filter = sobre_sql_bind_node (self, node->filter);
  return *filter != NULL && sobre_sql_binder_check_condition (self, filter, "FILTER");
}

static gboolean
read_fraction (SobreSqlBinder *self, const SobreSqlExpr *expr, double *fraction)
{
  if (expr->kind != SOBRE_SQL_EXPR_CONSTANT || expr->constant.null)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, expr->position,
                                  "a percentile that is no constant is not available offline yet");
  *fraction = expr->constant.d;
  if (*fraction >= 0 && *fraction <= 1)
    return TRUE;
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, expr->position, "a percentile lies between 0 and 1");
}

/* count_if(x) is count(*) with one more filter. */
static gboolean
move_to_filter (SobreSqlBinder *self, SobreSqlAggregate *aggregate)
{
  SobreSqlExpr *both[2] = { aggregate->filter, aggregate->arguments[0] };

  aggregate->filter = aggregate->arguments[0];
  aggregate->n_arguments = 0;
  if (both[0] == NULL)
    return TRUE;
  aggregate->filter = sobre_sql_binder_finish (
      self, sobre_sql_binder_new (self, SOBRE_SQL_EXPR_AND, SOBRE_SQL_TYPE (BOOLEAN), both[1]->position, both, 2));
  return aggregate->filter != NULL;
}

static gboolean
aggregate_equal (const SobreSqlAggregate *a, const SobreSqlAggregate *b)
{
  if (a->kind != b->kind || !sobre_sql_type_equal (a->type, b->type) || a->distinct != b->distinct ||
      a->fraction != b->fraction || a->n_arguments != b->n_arguments || a->n_sort_keys != b->n_sort_keys ||
      (a->filter == NULL) != (b->filter == NULL) || !sobre_text_equal (a->separator, b->separator))
    return FALSE;
  for (guint i = 0; i < a->n_arguments; i++)
    if (!sobre_sql_expr_equal (a->arguments[i], b->arguments[i]))
      return FALSE;
  for (guint i = 0; i < a->n_sort_keys; i++)
    if (a->sort_keys[i].column != b->sort_keys[i].column || a->sort_keys[i].descending != b->sort_keys[i].descending ||
        a->sort_keys[i].nulls_first != b->sort_keys[i].nulls_first)
      return FALSE;
  return a->filter == NULL || sobre_sql_expr_equal (a->filter, b->filter);
}

static SobreSqlExpr *
add_aggregate (SobreSqlBinder *self, const SobreSqlAggregate *aggregate, SobreSqlPosition position)
{
  SobreSqlExpr *expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_AGGREGATE, aggregate->type, position, NULL, 0);

  for (expr->slot = 0; expr->slot < self->binding->aggregates->len; expr->slot++)
    if (aggregate_equal (&g_array_index (self->binding->aggregates, SobreSqlAggregate, expr->slot), aggregate))
      return expr;
  g_array_append_val (self->binding->aggregates, *aggregate);
  return expr;
}

static gboolean
check_distinct (SobreSqlBinder *self, const SobreSqlNode *node, const SobreSqlFunction *function)
{
  if (!node->flag)
    return TRUE;
  if (node->n_children == 0 || (function->flags & (SOBRE_SQL_FILTERS | SOBRE_SQL_DISTINCT)) != 0 ||
      (function->aggregate >= SOBRE_SQL_AGGREGATE_STDDEV_SAMP && function->aggregate != SOBRE_SQL_AGGREGATE_LIST))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                                  "%s() with DISTINCT is not available offline yet", node->text);
  return TRUE;
}

/* listagg(text, separator) WITHIN GROUP (ORDER BY …): the sort keys become further arguments, the separator is none. */
static gboolean
bind_list (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlAggregate *aggregate)
{
  SobreSqlExpr **arguments = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, 1 + node->n_order_by);
  guint n = node->n_order_by;

  if (n == 0 || aggregate->n_arguments > 2)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                  "listagg() needs WITHIN GROUP (ORDER BY …)");
  aggregate->separator = sobre_text ("");
  if (aggregate->n_arguments == 2)
    {
      const SobreSqlExpr *separator = aggregate->arguments[1];

      if (separator->kind != SOBRE_SQL_EXPR_CONSTANT || separator->constant.null)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, separator->position,
                                      "the separator of listagg() is a text literal");
      aggregate->separator = separator->constant.s;
    }
  arguments[0] = aggregate->arguments[0];
  aggregate->arguments = arguments;
  aggregate->n_arguments = 1 + n;
  aggregate->sort_keys = sobre_sql_arena_new_array (self->arena, SobreSqlSortKey, n);
  for (; aggregate->n_sort_keys < n; aggregate->n_sort_keys++)
    {
      const SobreSqlOrder *order = &node->order_by[aggregate->n_sort_keys];

      arguments[1 + aggregate->n_sort_keys] = sobre_sql_bind_node (self, order->node);
      if (arguments[1 + aggregate->n_sort_keys] == NULL)
        return FALSE;
      if (node->flag && !sobre_sql_expr_equal (arguments[0], arguments[1 + aggregate->n_sort_keys]))
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, order->node->position,
                                      "listagg() with DISTINCT sorts by its first argument only");
      aggregate->sort_keys[aggregate->n_sort_keys] =
          (SobreSqlSortKey) { 1 + aggregate->n_sort_keys, order->descending, order->nulls_first };
    }
  return TRUE;
}

gboolean
sobre_sql_bind_aggregate_parts (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlAggregate *aggregate)
{
  SobreSqlExpr *children[SOBRE_SQL_MAX_ARGUMENTS + 1];
  const SobreSqlFunction *function;

  if (node->star && !g_str_equal (node->text, "count"))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "there is no %s(*): only count(*)",
                                  node->text);
  if (!bind_parts (self, node, children, &aggregate->filter))
    return FALSE;
  function = sobre_sql_binder_match (self, node->text, children, node->n_children, node->position, &aggregate->type);
  if (function == NULL || !check_distinct (self, node, function))
    return FALSE;
  aggregate->kind = function->aggregate;
  aggregate->position = node->position;
  aggregate->n_arguments = aggregate->kind == SOBRE_SQL_AGGREGATE_PERCENTILE ? 1 : node->n_children;
  aggregate->arguments = sobre_sql_arena_copy (self->arena, children, node->n_children * sizeof (SobreSqlExpr *));
  aggregate->distinct = (node->flag || (function->flags & SOBRE_SQL_DISTINCT) != 0) &&
                        function->aggregate != SOBRE_SQL_AGGREGATE_MIN && function->aggregate != SOBRE_SQL_AGGREGATE_MAX &&
                        function->aggregate != SOBRE_SQL_AGGREGATE_ARBITRARY;
  if (aggregate->kind == SOBRE_SQL_AGGREGATE_PERCENTILE && !read_fraction (self, children[1], &aggregate->fraction))
    return FALSE;
  if (aggregate->kind == SOBRE_SQL_AGGREGATE_LIST)
    return bind_list (self, node, aggregate);
  if (node->n_order_by > 0)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                                  "%s() with ORDER BY is not available offline yet", node->text);
  return (function->flags & SOBRE_SQL_FILTERS) == 0 || move_to_filter (self, aggregate);
}

SobreSqlExpr *
sobre_sql_bind_aggregate (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlAggregate aggregate = { 0 };
  gboolean bound;

  if (!check_aggregate (self, node))
    return NULL;
  self->binding->in_aggregate = TRUE;
  bound = sobre_sql_bind_aggregate_parts (self, node, &aggregate);
  self->binding->in_aggregate = FALSE;
  return bound ? add_aggregate (self, &aggregate, node->position) : NULL;
}
