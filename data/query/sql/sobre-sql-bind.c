/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

#include "model/sobre-time.h"

/* From a tree of names to a plan of types: the tables and columns, then block by block SELECT's clauses in the order that Trino
 * gives names a meaning: FROM, WHERE, GROUP BY (which sees columns and ordinals, no aliases), SELECT and HAVING, ORDER BY (which
 * sees aliases first). */

static const SobreScanColumn responses_columns[] = {
  SOBRE_COLUMN_ID,       SOBRE_COLUMN_SUBMITTED_AT, SOBRE_COLUMN_RECEIVED_AT, SOBRE_COLUMN_DT,      SOBRE_COLUMN_SERVICE_DAY,
  SOBRE_COLUMN_STORE_ID, SOBRE_COLUMN_TABLE_ID,     SOBRE_COLUMN_VERIFIED,    SOBRE_COLUMN_FORM_ID, SOBRE_COLUMN_FORM_VERSION,
  SOBRE_COLUMN_LANGUAGE, SOBRE_COLUMN_COMMENT,      SOBRE_COLUMN_DURATION_MS, SOBRE_COLUMN_CHANNEL,
};
static const SobreScanColumn answers_columns[] = {
  SOBRE_COLUMN_ID,       SOBRE_COLUMN_SUBMITTED_AT, SOBRE_COLUMN_DT,       SOBRE_COLUMN_SERVICE_DAY, SOBRE_COLUMN_STORE_ID,
  SOBRE_COLUMN_TABLE_ID, SOBRE_COLUMN_VERIFIED,     SOBRE_COLUMN_QUESTION, SOBRE_COLUMN_KIND,        SOBRE_COLUMN_SCORE,
  SOBRE_COLUMN_CHOICE,   SOBRE_COLUMN_TEXT,         SOBRE_COLUMN_ITEM,
};
static const SobreScanColumn events_columns[] = {
  SOBRE_COLUMN_ID,          SOBRE_COLUMN_RECEIVED_AT, SOBRE_COLUMN_AT,       SOBRE_COLUMN_DT,
  SOBRE_COLUMN_SERVICE_DAY, SOBRE_COLUMN_STORE_ID,    SOBRE_COLUMN_TABLE_ID, SOBRE_COLUMN_VISIT,
  SOBRE_COLUMN_PAGE,        SOBRE_COLUMN_ACTION,      SOBRE_COLUMN_TARGET,   SOBRE_COLUMN_MS,
};
static const SobreScanColumn orders_columns[] = {
  SOBRE_COLUMN_ID,       SOBRE_COLUMN_AT,       SOBRE_COLUMN_DT,       SOBRE_COLUMN_SERVICE_DAY,
  SOBRE_COLUMN_STORE_ID, SOBRE_COLUMN_TABLE_ID, SOBRE_COLUMN_ITEM_ID,  SOBRE_COLUMN_ITEM,
  SOBRE_COLUMN_QUANTITY, SOBRE_COLUMN_AMOUNT,   SOBRE_COLUMN_CURRENCY,
};

static const char *const table_names[] = { "responses", "answers", "events", "orders" };

const char *
sobre_sql_table_get_name (SobreTableKind table)
{
  return table_names[table];
}

const SobreScanColumn *
sobre_sql_table_get_columns (SobreTableKind table, guint *n)
{
  switch (table)
    {
    case SOBRE_TABLE_RESPONSES:
      *n = G_N_ELEMENTS (responses_columns);
      return responses_columns;
    case SOBRE_TABLE_ANSWERS:
      *n = G_N_ELEMENTS (answers_columns);
      return answers_columns;
    case SOBRE_TABLE_EVENTS:
      *n = G_N_ELEMENTS (events_columns);
      return events_columns;
    case SOBRE_TABLE_ORDERS:
    default:
      *n = G_N_ELEMENTS (orders_columns);
      return orders_columns;
    }
}

SobreSqlType
sobre_sql_column_get_type (SobreScanColumn column)
{
  switch (column)
    {
    case SOBRE_COLUMN_SUBMITTED_AT:
    case SOBRE_COLUMN_RECEIVED_AT:
    case SOBRE_COLUMN_AT:
      return SOBRE_SQL_TYPE (TIMESTAMP);
    case SOBRE_COLUMN_SERVICE_DAY:
      return SOBRE_SQL_TYPE (DATE);
    case SOBRE_COLUMN_VERIFIED:
      return SOBRE_SQL_TYPE (BOOLEAN);
    case SOBRE_COLUMN_SCORE:
    case SOBRE_COLUMN_AMOUNT:
      return SOBRE_SQL_TYPE (DOUBLE);
    case SOBRE_COLUMN_FORM_VERSION:
      return SOBRE_SQL_TYPE (INTEGER);
    case SOBRE_COLUMN_DURATION_MS:
    case SOBRE_COLUMN_MS:
    case SOBRE_COLUMN_QUANTITY:
      return SOBRE_SQL_TYPE (BIGINT);
    default:
      return SOBRE_SQL_TYPE (VARCHAR);
    }
}

SobreSqlExpr *
sobre_sql_bind_scan_column (SobreSqlBinder *self, SobreScanColumn column, SobreSqlPosition position)
{
  SobreSqlExpr *expr =
      sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, sobre_sql_column_get_type (column), position, NULL, 0);

  expr->is_total = TRUE;
  if (expr->type.kind == SOBRE_SQL_DATE)
    {
      expr->low = 0;
      expr->high = 32767; /* 1970 to 2059: what a restaurant's days are; others are grouped too, but more slowly */
    }
  for (expr->slot = 0; expr->slot < self->columns->len; expr->slot++)
    if (g_array_index (self->columns, SobreScanColumn, expr->slot) == column)
      return expr;
  g_array_append_val (self->columns, column);
  return expr;
}

static gboolean
matches_relation (const SobreSqlBinder *self, const char *qualifier)
{
  const SobreSqlRelation *from = self->select->from;

  return from != NULL && g_str_equal (from->alias != NULL ? from->alias : from->name, qualifier);
}

static SobreSqlExpr *
fail_column (SobreSqlBinder *self, const SobreSqlNode *node)
{
  const char *names[32];
  const SobreScanColumn *columns;
  const char *suggestion = NULL;
  guint n = 0;

  if (self->plan->has_table)
    {
      columns = sobre_sql_table_get_columns (self->plan->table, &n);
      for (guint i = 0; i < n; i++)
        names[i] = sobre_scan_column_get_name (columns[i]);
      suggestion = sobre_sql_suggest (node->text, names, n);
    }
  for (guint i = 0; i < self->select->n_items; i++)
    if (g_strcmp0 (self->select->items[i].alias, node->text) == 0 && self->clause != NULL)
      {
        sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position,
                               "\"%.60s\" is an alias, which %s does not see: write its expression%s", node->text, self->clause,
                               g_str_equal (self->clause, "GROUP BY") ? " or its number" : "");
        return NULL;
      }
  if (suggestion != NULL)
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position,
                           "there is no column \"%.60s\"; is \"%s\" meant?", node->text, suggestion);
  else
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no column \"%.60s\"%s", node->text,
                           self->plan->has_table ? "" : ": the query has no FROM");
  return NULL;
}

/* An alias of the result, while binding ORDER BY. %NULL without an error when there is none. */
static SobreSqlExpr *
find_alias (SobreSqlBinder *self, const SobreSqlNode *node, gboolean *ambiguous)
{
  SobreSqlExpr *found = NULL;

  *ambiguous = FALSE;
  if (self->outputs == NULL || node->qualifier != NULL || self->in_aggregate)
    return NULL;
  for (guint i = 0; i < self->n_outputs; i++)
    {
      if (g_strcmp0 (self->plan->names[i], node->text) != 0)
        continue;
      *ambiguous = *ambiguous || (found != NULL && !sobre_sql_expr_equal (found, self->outputs[i]));
      found = self->outputs[i];
    }
  return found;
}

SobreSqlExpr *
sobre_sql_bind_column (SobreSqlBinder *self, const SobreSqlNode *node)
{
  const SobreScanColumn *columns;
  gboolean ambiguous;
  SobreSqlExpr *alias = find_alias (self, node, &ambiguous);
  guint n;

  if (ambiguous)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position,
                             "\"%.60s\" names several columns of the result", node->text);
      return NULL;
    }
  if (alias != NULL)
    return alias;
  if (node->qualifier != NULL && !matches_relation (self, node->qualifier))
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no table \"%.60s\" in FROM",
                             node->qualifier);
      return NULL;
    }
  if (!self->plan->has_table)
    return fail_column (self, node);
  columns = sobre_sql_table_get_columns (self->plan->table, &n);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (sobre_scan_column_get_name (columns[i]), node->text))
      return sobre_sql_bind_scan_column (self, columns[i], node->position);
  return fail_column (self, node);
}

static gboolean
bind_from (SobreSqlBinder *self)
{
  const SobreSqlRelation *from = self->select->from;
  const char *suggestion;

  if (from == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (table_names); i++)
    if (g_str_equal (table_names[i], from->name))
      {
        self->plan->has_table = TRUE;
        self->plan->table = (SobreTableKind) i;
        return TRUE;
      }
  suggestion = sobre_sql_suggest (from->name, table_names, G_N_ELEMENTS (table_names));
  if (suggestion != NULL)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, from->position,
                                  "there is no table \"%.60s\"; is \"%s\" meant?", from->name, suggestion);
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, from->position,
                                "there is no table \"%.60s\": there are responses, answers, events and orders", from->name);
}

static SobreSqlExpr *
bind_in_clause (SobreSqlBinder *self, const SobreSqlNode *node, const char *clause)
{
  SobreSqlExpr *expr;

  self->clause = clause;
  expr = sobre_sql_bind_node (self, node);
  self->clause = NULL;
  return expr;
}

/* GROUP BY 2 means the second item; anything else is an expression over the source. */
static const SobreSqlNode *
resolve_ordinal (SobreSqlBinder *self, const SobreSqlNode *node, const char *clause)
{
  guint64 ordinal;

  if (node->kind != SOBRE_SQL_NODE_INTEGER)
    return node;
  for (guint i = 0; i < self->select->n_items; i++)
    if (self->select->items[i].node->kind == SOBRE_SQL_NODE_STAR)
      {
        sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                               "a column's number in %s beside SELECT * is not available offline yet", clause);
        return NULL;
      }
  if (g_ascii_string_to_unsigned (node->text, 10, 1, self->select->n_items, &ordinal, NULL))
    return self->select->items[ordinal - 1].node;
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no column number %s in SELECT",
                         node->text);
  return NULL;
}

static gboolean
bind_keys (SobreSqlBinder *self)
{
  const SobreSqlSelect *select = self->select;

  self->plan->keys = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, select->n_group_by + SOBRE_SQL_MAX_COLUMNS);
  for (guint i = 0; i < select->n_group_by; i++)
    {
      const SobreSqlNode *node = resolve_ordinal (self, select->group_by[i], "GROUP BY");
      SobreSqlExpr *key = node != NULL ? bind_in_clause (self, node, "GROUP BY") : NULL;

      if (key == NULL)
        return FALSE;
      self->plan->keys[self->plan->n_keys++] = key;
    }
  return TRUE;
}

static gboolean
add_output (SobreSqlBinder *self, GPtrArray *outputs, GPtrArray *names, SobreSqlExpr *expr, const char *name)
{
  if (expr == NULL)
    return FALSE;
  if (outputs->len == SOBRE_SQL_MAX_COLUMNS)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, expr->position, "more than %d columns",
                                  SOBRE_SQL_MAX_COLUMNS);
  if (expr->type.kind >= SOBRE_SQL_INTERVAL_DAY)
    return sobre_query_error_set (
        self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, expr->position,
        "an interval as a column of the result is not available offline yet: date_diff() gives a number");
  g_ptr_array_add (outputs, expr);
  g_ptr_array_add (names, (gpointer) name);
  return TRUE;
}

static gboolean
bind_star (SobreSqlBinder *self, const SobreSqlNode *node, GPtrArray *outputs, GPtrArray *names)
{
  const SobreScanColumn *columns;
  guint n;

  if (node->qualifier != NULL && !matches_relation (self, node->qualifier))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no table \"%.60s\" in FROM",
                                  node->qualifier);
  if (!self->plan->has_table)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "SELECT * needs a FROM");
  columns = sobre_sql_table_get_columns (self->plan->table, &n);
  for (guint i = 0; i < n; i++)
    if (!add_output (self, outputs, names, sobre_sql_bind_scan_column (self, columns[i], node->position),
                     sobre_scan_column_get_name (columns[i])))
      return FALSE;
  return TRUE;
}

/* A column's name in the result: its alias, the column it shows, or _col and its place, as in Trino. */
static const char *
get_output_name (SobreSqlBinder *self, const SobreSqlItem *item, guint place)
{
  g_autofree char *name = NULL;

  if (item->alias != NULL)
    return item->alias;
  if (item->node->kind == SOBRE_SQL_NODE_COLUMN)
    return item->node->text;
  name = g_strdup_printf ("_col%u", place);
  return sobre_sql_arena_string (self->arena, name, strlen (name));
}

static gboolean
bind_items (SobreSqlBinder *self, GPtrArray *outputs)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->select->n_items; i++)
    {
      const SobreSqlItem *item = &self->select->items[i];

      if (item->node->kind == SOBRE_SQL_NODE_STAR)
        {
          if (!bind_star (self, item->node, outputs, names))
            return FALSE;
        }
      else if (!add_output (self, outputs, names, sobre_sql_bind_node (self, item->node),
                            get_output_name (self, item, outputs->len)))
        return FALSE;
    }
  self->plan->n_visible = outputs->len;
  self->plan->names = sobre_sql_arena_new_array (self->arena, const char *, names->len);
  memcpy (self->plan->names, names->pdata, names->len * sizeof (char *));
  return TRUE;
}

static gboolean
find_output (GPtrArray *outputs, guint n, const SobreSqlExpr *expr, guint *column)
{
  for (*column = 0; *column < n; *column += 1)
    if (sobre_sql_expr_equal (g_ptr_array_index (outputs, *column), expr))
      return TRUE;
  return FALSE;
}

static gboolean
bind_sort_key (SobreSqlBinder *self, const SobreSqlOrder *order, GPtrArray *outputs, SobreSqlSortKey *key)
{
  guint64 ordinal;
  SobreSqlExpr *expr;

  *key = (SobreSqlSortKey) { 0, order->descending, order->nulls_first };
  if (order->node->kind == SOBRE_SQL_NODE_INTEGER)
    {
      if (!g_ascii_string_to_unsigned (order->node->text, 10, 1, self->plan->n_visible, &ordinal, NULL))
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, order->node->position,
                                      "there is no column number %s in SELECT", order->node->text);
      key->column = (guint) ordinal - 1;
      return TRUE;
    }
  self->outputs = (SobreSqlExpr **) outputs->pdata;
  self->n_outputs = self->plan->n_visible;
  expr = sobre_sql_bind_node (self, order->node);
  self->outputs = NULL;
  if (expr == NULL)
    return FALSE;
  if (find_output (outputs, outputs->len, expr, &key->column))
    return TRUE;
  if (self->select->distinct)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, order->node->position,
                                  "with SELECT DISTINCT, ORDER BY names columns of the result only");
  g_ptr_array_add (outputs, expr);
  return TRUE;
}

static gboolean
bind_order_by (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlPlan *plan = self->plan;

  plan->sort_keys = sobre_sql_arena_new_array (self->arena, SobreSqlSortKey, self->select->n_order_by);
  for (; plan->n_sort_keys < self->select->n_order_by; plan->n_sort_keys++)
    if (!bind_sort_key (self, &self->select->order_by[plan->n_sort_keys], outputs, &plan->sort_keys[plan->n_sort_keys]))
      return FALSE;
  return TRUE;
}

/* Turns an expression over the source into one over groups: keys and aggregates become columns, and nothing else may remain. */
static SobreSqlExpr *
regroup (SobreSqlBinder *self, SobreSqlExpr *expr)
{
  SobreSqlPlan *plan = self->plan;
  SobreSqlExpr *copy;

  for (guint i = 0; i < plan->n_keys; i++)
    if (expr->kind != SOBRE_SQL_EXPR_CONSTANT && sobre_sql_expr_equal (plan->keys[i], expr))
      {
        copy = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, expr->type, expr->position, NULL, 0);
        copy->slot = i;
        copy->is_total = TRUE;
        return copy;
      }
  if (expr->kind == SOBRE_SQL_EXPR_COLUMN)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, expr->position,
                             "\"%s\" must be in GROUP BY or inside an aggregate",
                             sobre_scan_column_get_name (g_array_index (self->columns, SobreScanColumn, expr->slot)));
      return NULL;
    }
  copy = sobre_sql_arena_new_object (self->arena, SobreSqlExpr);
  *copy = *expr;
  copy->id = self->next_id++;
  if (expr->kind == SOBRE_SQL_EXPR_AGGREGATE)
    {
      copy->kind = SOBRE_SQL_EXPR_COLUMN;
      copy->slot = plan->n_keys + expr->slot;
      copy->is_total = TRUE;
      return copy;
    }
  copy->children = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, expr->n_children);
  for (guint i = 0; i < expr->n_children; i++)
    {
      copy->children[i] = regroup (self, expr->children[i]);
      if (copy->children[i] == NULL)
        return NULL;
    }
  return copy;
}

static gboolean
regroup_block (SobreSqlBinder *self, GPtrArray *outputs)
{
  SobreSqlPlan *plan = self->plan;

  /* SELECT DISTINCT without aggregates groups by what it selects. */
  if (!plan->is_grouped && plan->distinct)
    {
      plan->is_grouped = TRUE;
      plan->distinct = FALSE;
      for (guint i = 0; i < outputs->len; i++)
        plan->keys[plan->n_keys++] = g_ptr_array_index (outputs, i);
    }
  if (!plan->is_grouped)
    return TRUE;
  for (guint i = 0; i < outputs->len; i++)
    {
      outputs->pdata[i] = regroup (self, g_ptr_array_index (outputs, i));
      if (outputs->pdata[i] == NULL)
        return FALSE;
    }
  if (plan->having == NULL)
    return TRUE;
  plan->having = regroup (self, plan->having);
  return plan->having != NULL;
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
bind_clauses (SobreSqlBinder *self, GPtrArray *outputs)
{
  const SobreSqlSelect *select = self->select;
  SobreSqlPlan *plan = self->plan;

  if (!bind_from (self))
    return FALSE;
  if (select->where != NULL)
    {
      plan->filter = bind_in_clause (self, select->where, "WHERE");
      if (plan->filter == NULL || !sobre_sql_binder_check_condition (self, &plan->filter, "WHERE"))
        return FALSE;
    }
  if (!bind_keys (self) || !bind_items (self, outputs))
    return FALSE;
  if (select->having != NULL)
    {
      plan->having = sobre_sql_bind_node (self, select->having);
      if (plan->having == NULL || !sobre_sql_binder_check_condition (self, &plan->having, "HAVING"))
        return FALSE;
    }
  if (!bind_order_by (self, outputs))
    return FALSE;
  plan->distinct = select->distinct;
  plan->is_grouped = select->n_group_by > 0 || self->aggregates->len > 0 || select->having != NULL;
  return regroup_block (self, outputs) && bind_count (self, select->limit, G_MAXUINT64, &plan->limit) &&
         bind_count (self, select->offset, 0, &plan->offset);
}

static void
keep_columns (SobreSqlBinder *self)
{
  SobreSqlPlan *plan = self->plan;

  plan->n_columns = self->columns->len;
  plan->columns = sobre_sql_arena_new_array (self->arena, SobreScanColumn, plan->n_columns);
  plan->column_types = sobre_sql_arena_new_array (self->arena, SobreSqlType, plan->n_columns);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      plan->columns[i] = g_array_index (self->columns, SobreScanColumn, i);
      plan->column_types[i] = sobre_sql_column_get_type (plan->columns[i]);
    }
}

const SobreSqlPlan *
sobre_sql_bind (const SobreSqlSelect *select,
                const SobreQuery *query,
                gint64 now_ms,
                SobreSqlZones *zones,
                SobreSqlArena *arena,
                GError **error)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (SobreScanColumn));
  g_autoptr (GArray) aggregates = g_array_new (FALSE, TRUE, sizeof (SobreSqlAggregate));
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  SobreSqlPlan *plan = sobre_sql_arena_new_object (arena, SobreSqlPlan);
  SobreSqlBinder self = {
    .arena = arena,
    .zones = zones,
    .query = query,
    .now_ms = now_ms,
    .error = error,
    .select = select,
    .plan = plan,
    .columns = columns,
    .aggregates = aggregates,
  };

  if (!bind_clauses (&self, outputs))
    return NULL;
  plan->n_outputs = outputs->len;
  plan->outputs = sobre_sql_arena_new_array (arena, SobreSqlExpr *, outputs->len);
  memcpy (plan->outputs, outputs->pdata, outputs->len * sizeof (SobreSqlExpr *));
  plan->n_aggregates = aggregates->len;
  plan->aggregates = sobre_sql_arena_new_array (arena, SobreSqlAggregate, aggregates->len);
  for (guint i = 0; i < aggregates->len; i++)
    plan->aggregates[i] = g_array_index (aggregates, SobreSqlAggregate, i);
  keep_columns (&self);
  sobre_sql_find_day_bounds (plan);
  plan->n_expressions = self.next_id;
  return plan;
}
