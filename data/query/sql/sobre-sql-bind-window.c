/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* Functions OVER a window. */

static gboolean
check_place (SobreSqlBinder *self, const SobreSqlNode *node, const SobreSqlFunction *function)
{
  const SobreSqlBinding *binding = self->binding;
  const char *clause = binding->in_having ? "HAVING" : binding->clause;

  if (node->over == NULL)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "%s() needs a window: OVER (…)",
                                  node->text);
  if (function->category != SOBRE_SQL_WINDOW && function->category != SOBRE_SQL_AGGREGATION)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "%s() takes no window", node->text);
  if (clause != NULL)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                  "%s() OVER a window cannot stand in %s: put the query into FROM and its condition around it",
                                  node->text, clause);
  if (binding->in_aggregate || binding->in_window)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                  "%s() OVER a window stands inside another %s", node->text,
                                  binding->in_window ? "window" : "aggregate");
  if (node->flag)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                                  "%s() with DISTINCT over a window is not available", node->text);
  if (node->ignores_nulls && function->window < SOBRE_SQL_WINDOW_LAG)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "%s() takes no IGNORE NULLS",
                                  node->text);
  return TRUE;
}

static gboolean
find_named (SobreSqlBinder *self, const SobreSqlOver *over, guint n_visible, guint *named)
{
  const SobreSqlNames *names = &self->binding->select->window_names;

  for (*named = 0; *named < n_visible; *named += 1)
    if (g_str_equal (names->names[*named], over->name))
      return TRUE;
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, over->position, "there is no window \"%.60s\"",
                                over->name);
}

/* What a window says, with what it is built on. */
static gboolean
resolve (SobreSqlBinder *self, const SobreSqlOver *over, guint n_visible, SobreSqlOver *result)
{
  guint named;

  *result = *over;
  if (over->name == NULL)
    return TRUE;
  if (!find_named (self, over, n_visible, &named) || !resolve (self, &self->binding->select->windows[named], named, result))
    return FALSE;
  if (over->bare)
    return TRUE;
  if (over->n_partition_by > 0 || result->has_frame || (over->n_order_by > 0 && result->n_order_by > 0))
    return sobre_query_error_set (
        self->error, SOBRE_QUERY_ERROR_TYPE, over->position,
        "what is built on the window \"%.60s\" may add an order where that has none, and a frame where that has "
        "none, and nothing else",
        over->name);
  if (over->n_order_by > 0)
    {
      result->order_by = over->order_by;
      result->n_order_by = over->n_order_by;
    }
  result->has_frame = over->has_frame;
  result->unit = over->unit;
  result->start = over->start;
  result->end = over->end;
  result->position = over->position;
  return TRUE;
}

static gboolean
bind_order (SobreSqlBinder *self, const SobreSqlOver *over, SobreSqlBoundWindow *window)
{
  window->n_partition = over->n_partition_by;
  window->partition = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, over->n_partition_by);
  for (guint i = 0; i < over->n_partition_by; i++)
    {
      window->partition[i] = sobre_sql_bind_node (self, over->partition_by[i]);
      if (window->partition[i] == NULL)
        return FALSE;
    }
  window->n_keys = over->n_order_by;
  window->keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, over->n_order_by);
  window->sort_keys = sobre_sql_arena_new_array (self->arena, SobreSqlSortKey, over->n_order_by);
  for (guint i = 0; i < over->n_order_by; i++)
    {
      window->keys[i] = sobre_sql_bind_node (self, over->order_by[i].node);
      if (window->keys[i] == NULL)
        return FALSE;
      window->sort_keys[i] = (SobreSqlSortKey) { 0, over->order_by[i].descending, over->order_by[i].nulls_first };
    }
  return TRUE;
}

static gboolean
fail_offset (SobreSqlBinder *self, const SobreSqlExpr *offset)
{
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, offset->position,
                                "a frame begins and ends a number of rows away that is neither negative nor NULL");
}

/* ROWS n PRECEDING: a whole number. */
static gboolean
bind_rows (SobreSqlBinder *self, SobreSqlExpr **offset)
{
  if ((*offset)->type.kind != SOBRE_SQL_INTEGER && (*offset)->type.kind != SOBRE_SQL_BIGINT)
    return fail_offset (self, *offset);
  *offset = sobre_sql_binder_cast (self, *offset, SOBRE_SQL_TYPE (BIGINT));
  return *offset != NULL;
}

static gboolean
is_negative (const SobreSqlExpr *expr)
{
  const SobreSqlValue *value = &expr->constant;

  if (expr->type.kind == SOBRE_SQL_DOUBLE)
    return !(value->d >= 0);
  return expr->type.kind == SOBRE_SQL_DECIMAL ? value->dec < 0 : value->i < 0;
}

/* RANGE x PRECEDING: the frame starts at the value x before that of the row, in the order's direction. */
static gboolean
bind_range (SobreSqlBinder *self, SobreSqlBoundWindow *window, gboolean preceding, SobreSqlExpr **offset)
{
  gboolean less = preceding != window->sort_keys[0].descending;
  SobreSqlType type;
  SobreSqlExpr *bound;

  if ((*offset)->kind != SOBRE_SQL_EXPR_CONSTANT)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, (*offset)->position,
                                  "a frame of RANGE with a distance that is no constant is not available offline yet");
  if ((*offset)->constant.null || is_negative (*offset))
    return fail_offset (self, *offset);
  bound = sobre_sql_binder_arithmetic (self, less ? SOBRE_SQL_SUBTRACT : SOBRE_SQL_ADD, window->keys[0], *offset,
                                       (*offset)->position);
  if (bound == NULL)
    return FALSE;
  if (!sobre_sql_type_unify (window->range != NULL ? window->range->type : window->keys[0]->type, bound->type, &type))
    return fail_offset (self, *offset);
  window->range = sobre_sql_binder_cast (self, window->range != NULL ? window->range : window->keys[0], type);
  *offset = sobre_sql_binder_cast (self, bound, type);
  return window->range != NULL && *offset != NULL;
}

static gboolean
bind_bound (SobreSqlBinder *self,
            const SobreSqlOver *over,
            const SobreSqlBound *bound,
            SobreSqlBoundWindow *window,
            SobreSqlExpr **offset)
{
  if (bound->offset == NULL)
    return TRUE;
  *offset = sobre_sql_bind_node (self, bound->offset);
  if (*offset == NULL)
    return FALSE;
  if (over->unit == SOBRE_SQL_FRAME_ROWS)
    return bind_rows (self, offset);
  if (window->n_keys != 1)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, over->position,
                                  "a frame of RANGE with a distance needs ORDER BY of one key");
  return bind_range (self, window, bound->kind == SOBRE_SQL_BOUND_PRECEDING, offset);
}

static gboolean
bind_frame (SobreSqlBinder *self, const SobreSqlOver *over, SobreSqlBoundWindow *window)
{
  SobreSqlWindowFunction *function = &window->function;

  function->unit = over->unit;
  function->start = over->start.kind;
  function->end = over->end.kind;
  if ((function->kind == SOBRE_SQL_WINDOW_LAG || function->kind == SOBRE_SQL_WINDOW_LEAD) &&
      (over->has_frame || over->n_order_by == 0))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, over->position,
                                  "lag() and lead() need a window with ORDER BY and without a frame");
  if (!bind_bound (self, over, &over->start, window, &window->start) ||
      !bind_bound (self, over, &over->end, window, &window->end))
    return FALSE;
  /* A later cast may have widened what the first bound is compared with. */
  if (window->range != NULL && window->start != NULL)
    window->start = sobre_sql_binder_cast (self, window->start, window->range->type);
  return window->range == NULL || window->start != NULL || over->start.offset == NULL;
}

static gboolean
bind_arguments (SobreSqlBinder *self, const SobreSqlNode *node, const SobreSqlFunction *function, SobreSqlBoundWindow *window)
{
  SobreSqlExpr *children[SOBRE_SQL_MAX_ARGUMENTS + 1];

  window->function.kind = function->window;
  if (function->category == SOBRE_SQL_AGGREGATION)
    {
      if (!sobre_sql_bind_aggregate_parts (self, node, &window->function.aggregate))
        return FALSE;
      window->function.type = window->function.aggregate.type;
      return TRUE;
    }
  if (node->star || node->filter != NULL || node->n_order_by > 0)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                  "%s() is no aggregate: it takes neither *, ORDER BY nor FILTER", node->text);
  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_bind_node (self, node->children[i]);
      if (children[i] == NULL)
        return FALSE;
    }
  if (sobre_sql_binder_match (self, node->text, children, node->n_children, node->position, &window->function.type) == NULL)
    return FALSE;
  window->function.n_arguments = node->n_children;
  for (guint i = 0; i < node->n_children; i++)
    window->arguments[i] = children[i];
  return TRUE;
}

SobreSqlExpr *
sobre_sql_bind_window (SobreSqlBinder *self, const SobreSqlNode *node, const SobreSqlFunction *function)
{
  SobreSqlBinding *binding = self->binding;
  SobreSqlBoundWindow window = { .function = { .position = node->position, .ignores_nulls = node->ignores_nulls } };
  SobreSqlOver over;
  SobreSqlExpr *expr;
  gboolean bound;

  if (!check_place (self, node, function) || !resolve (self, node->over, binding->select->window_names.n, &over))
    return NULL;
  binding->in_window = TRUE;
  bound =
      bind_arguments (self, node, function, &window) && bind_order (self, &over, &window) && bind_frame (self, &over, &window);
  binding->in_window = FALSE;
  if (!bound)
    return NULL;
  if (binding->windows->len == SOBRE_SQL_MAX_COLUMNS)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, node->position, "more than %d window functions",
                             SOBRE_SQL_MAX_COLUMNS);
      return NULL;
    }
  g_array_append_val (binding->windows, window);
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_WINDOW, window.function.type, node->position, NULL, 0);
  expr->slot = binding->windows->len - 1;
  expr->is_total = TRUE;
  return expr;
}
