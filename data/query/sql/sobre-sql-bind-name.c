/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* What names mean: the four tables and their columns, and what a column's name in a query refers to. */

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
  SOBRE_COLUMN_ID,          SOBRE_COLUMN_AT,     SOBRE_COLUMN_RECEIVED_AT, SOBRE_COLUMN_DT,
  SOBRE_COLUMN_SERVICE_DAY, SOBRE_COLUMN_VISIT,  SOBRE_COLUMN_STORE_ID,    SOBRE_COLUMN_TABLE_ID,
  SOBRE_COLUMN_PAGE,        SOBRE_COLUMN_ACTION, SOBRE_COLUMN_TARGET,      SOBRE_COLUMN_MS,
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

static gboolean
field_matches (const SobreSqlField *field, const SobreSqlNode *node)
{
  return g_ascii_strcasecmp (field->name, node->text) == 0 &&
         (node->qualifier == NULL || (field->relation != NULL && g_str_equal (field->relation, node->qualifier)));
}

/* The one field that @node names, among those of @binding. %NULL with @ambiguous set when there are several. */
static SobreSqlExpr *
find_field (const SobreSqlBinding *binding, const SobreSqlNode *node, gboolean *ambiguous)
{
  SobreSqlExpr *found = NULL;

  *ambiguous = FALSE;
  for (guint i = 0; i < binding->fields->len; i++)
    {
      const SobreSqlField *field = &g_array_index (binding->fields, SobreSqlField, i);

      if (!field_matches (field, node))
        continue;
      *ambiguous = *ambiguous || found != NULL;
      found = field->expr;
    }
  return *ambiguous ? NULL : found;
}

static gboolean
has_relation (const SobreSqlBinding *binding, const char *name)
{
  for (guint i = 0; i < binding->fields->len; i++)
    if (g_strcmp0 (g_array_index (binding->fields, SobreSqlField, i).relation, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
names_alias (const SobreSqlBinding *binding, const SobreSqlNode *node)
{
  if (binding->select == NULL || binding->clause == NULL || node->qualifier != NULL)
    return FALSE;
  for (guint i = 0; i < binding->select->n_items; i++)
    if (g_strcmp0 (binding->select->items[i].alias, node->text) == 0)
      return TRUE;
  return FALSE;
}

static SobreSqlExpr *
fail_column (SobreSqlBinder *self, const SobreSqlNode *node)
{
  const SobreSqlBinding *binding = self->binding;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *suggestion;

  if (names_alias (binding, node))
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position,
                             "\"%.60s\" is an alias, which %s does not see: write its expression%s", node->text,
                             binding->clause, g_str_equal (binding->clause, "GROUP BY") ? " or its number" : "");
      return NULL;
    }
  for (guint i = 0; i < binding->fields->len; i++)
    {
      const SobreSqlField *field = &g_array_index (binding->fields, SobreSqlField, i);

      if (node->qualifier == NULL || g_strcmp0 (field->relation, node->qualifier) == 0)
        g_ptr_array_add (names, (gpointer) field->name);
    }
  suggestion = sobre_sql_suggest (node->text, (const char *const *) names->pdata, names->len);
  if (node->qualifier != NULL && !has_relation (binding, node->qualifier))
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no table \"%.60s\" in FROM",
                           node->qualifier);
  else if (suggestion != NULL && !g_str_equal (suggestion, node->text))
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position,
                           "there is no column \"%.60s\"; is \"%s\" meant?", node->text, suggestion);
  else
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no column \"%.60s\"%s", node->text,
                           binding->fields->len > 0 ? "" : ": the query has no FROM");
  return NULL;
}

/* An alias of the result, while binding ORDER BY. %NULL without an error when there is none. */
static SobreSqlExpr *
find_alias (const SobreSqlBinding *binding, const SobreSqlNode *node, gboolean *ambiguous)
{
  SobreSqlExpr *found = NULL;

  *ambiguous = FALSE;
  if (binding->outputs == NULL || node->qualifier != NULL || binding->in_aggregate)
    return NULL;
  for (guint i = 0; i < binding->n_outputs; i++)
    {
      if (g_ascii_strcasecmp (binding->plan->columns[i].name, node->text) != 0)
        continue;
      *ambiguous = *ambiguous || (found != NULL && !sobre_sql_expr_equal (found, binding->outputs[i]));
      found = binding->outputs[i];
    }
  return found;
}

static SobreSqlExpr *
fail_ambiguous (SobreSqlBinder *self, const SobreSqlNode *node, const char *where)
{
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "\"%.60s\" names several columns of %s",
                         node->text, where);
  return NULL;
}

/* A column of a block further out: only of the next one, and only where the sub-query stands in an expression of it. */
static SobreSqlExpr *
find_outer (SobreSqlBinder *self, const SobreSqlNode *node, gboolean *found)
{
  SobreSqlBinding *outer = self->binding->parent;
  gboolean reachable = self->binding->is_direct;
  gboolean ambiguous = FALSE;
  SobreSqlExpr *column = NULL;
  SobreSqlExpr *expr;

  for (; outer != NULL; outer = outer->parent, reachable = FALSE)
    {
      column = find_field (outer, node, &ambiguous);
      if (column != NULL || ambiguous)
        break;
    }
  *found = outer != NULL;
  if (outer == NULL)
    return NULL;
  if (ambiguous)
    return fail_ambiguous (self, node, "the query around this one");
  if (!reachable)
    {
      sobre_query_error_set (
          self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
          "\"%.60s\" of a query further out, from inside FROM or a further sub-query, is not available offline yet",
          node->text);
      return NULL;
    }
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_OUTER, column->type, node->position, NULL, 0);
  expr->outer = column;
  expr->is_total = column->is_total;
  self->binding->is_correlated = TRUE;
  return expr;
}

SobreSqlExpr *
sobre_sql_bind_column (SobreSqlBinder *self, const SobreSqlNode *node)
{
  gboolean ambiguous, found;
  SobreSqlExpr *expr = find_alias (self->binding, node, &ambiguous);

  if (ambiguous)
    return fail_ambiguous (self, node, "the result");
  if (expr != NULL)
    return expr;
  expr = find_field (self->binding, node, &ambiguous);
  if (ambiguous)
    return fail_ambiguous (self, node, "FROM: write the table's name and a point before it");
  if (expr == NULL)
    {
      expr = find_outer (self, node, &found);
      return found ? expr : fail_column (self, node);
    }
  return expr->kind == SOBRE_SQL_EXPR_COLUMN ? sobre_sql_binder_slot (self, expr->slot, node->position) : expr;
}
