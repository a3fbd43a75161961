/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-ast.h"

#include <string.h>

/* Writes a tree back as SQL, every name in double quotes and every operand that is no primary in brackets, and compares trees. */

const char *
sobre_sql_operator_get_name (SobreSqlOperator op)
{
  static const char *const names[] = { "+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">=" };

  return names[op];
}

static void format_node (GString *sql, const SobreSqlNode *node);

static void
append_quoted (GString *sql, const char *text, char quote)
{
  g_string_append_c (sql, quote);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == quote)
        g_string_append_c (sql, quote);
      g_string_append_c (sql, *c);
    }
  g_string_append_c (sql, quote);
}

static gboolean
is_primary (const SobreSqlNode *node)
{
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_NEGATE:
    case SOBRE_SQL_NODE_NOT:
    case SOBRE_SQL_NODE_AND:
    case SOBRE_SQL_NODE_OR:
    case SOBRE_SQL_NODE_BINARY:
    case SOBRE_SQL_NODE_BETWEEN:
    case SOBRE_SQL_NODE_IN:
    case SOBRE_SQL_NODE_LIKE:
    case SOBRE_SQL_NODE_IS_NULL:
    case SOBRE_SQL_NODE_IS_DISTINCT:
    case SOBRE_SQL_NODE_AT_TIME_ZONE:
      return FALSE;
    default:
      return node->text == NULL || node->text[0] != '-';
    }
}

static void
format_operand (GString *sql, const SobreSqlNode *node)
{
  gboolean brackets = !is_primary (node);

  if (brackets)
    g_string_append_c (sql, '(');
  format_node (sql, node);
  if (brackets)
    g_string_append_c (sql, ')');
}

static void
format_list (GString *sql, const SobreSqlNode *node, guint from, const char *separator)
{
  for (guint i = from; i < node->n_children; i++)
    {
      if (i > from)
        g_string_append (sql, separator);
      format_operand (sql, node->children[i]);
    }
}

static void
format_case (GString *sql, const SobreSqlNode *node)
{
  guint i = 0;

  g_string_append (sql, "CASE");
  if (node->flag)
    {
      g_string_append_c (sql, ' ');
      format_operand (sql, node->children[i++]);
    }
  for (; i + 1 < node->n_children; i += 2)
    {
      g_string_append (sql, " WHEN ");
      format_operand (sql, node->children[i]);
      g_string_append (sql, " THEN ");
      format_operand (sql, node->children[i + 1]);
    }
  if (node->star)
    {
      g_string_append (sql, " ELSE ");
      format_operand (sql, node->children[i]);
    }
  g_string_append (sql, " END");
}

static void
format_cast (GString *sql, const SobreSqlNode *node)
{
  const char *zone = " with time zone";
  gboolean zoned = g_str_has_suffix (node->type.name, zone);
  g_autofree char *name = g_strndup (node->type.name, strlen (node->type.name) - (zoned ? strlen (zone) : 0));

  g_string_append (sql, node->flag ? "TRY_CAST(" : "CAST(");
  format_node (sql, node->children[0]);
  g_string_append (sql, " AS ");
  if (zoned)
    g_string_append (sql, name);
  else
    append_quoted (sql, name, '"');
  if (node->type.precision >= 0)
    g_string_append_printf (sql, "(%" G_GINT64_FORMAT, node->type.precision);
  if (node->type.scale >= 0)
    g_string_append_printf (sql, ", %" G_GINT64_FORMAT, node->type.scale);
  if (node->type.precision >= 0)
    g_string_append_c (sql, ')');
  if (zoned)
    g_string_append (sql, zone);
  g_string_append_c (sql, ')');
}

static void
format_call (GString *sql, const SobreSqlNode *node)
{
  g_string_append (sql, node->text);
  if (g_str_equal (node->text, "current_date") || g_str_equal (node->text, "current_timestamp") ||
      g_str_equal (node->text, "localtimestamp"))
    return;
  g_string_append (sql, node->flag ? "(DISTINCT " : "(");
  if (node->star)
    g_string_append_c (sql, '*');
  format_list (sql, node, 0, ", ");
  g_string_append_c (sql, ')');
  if (node->filter != NULL)
    {
      g_string_append (sql, " FILTER (WHERE ");
      format_node (sql, node->filter);
      g_string_append_c (sql, ')');
    }
}

static void
format_interval (GString *sql, const SobreSqlNode *node)
{
  gboolean negative = node->text[0] == '-';

  g_string_append (sql, negative ? "INTERVAL -" : "INTERVAL ");
  append_quoted (sql, node->text + (negative ? 1 : 0), '\'');
  g_string_append_printf (sql, " %s", node->qualifier);
}

static void
format_name (GString *sql, const SobreSqlNode *node)
{
  if (node->qualifier != NULL)
    {
      append_quoted (sql, node->qualifier, '"');
      g_string_append_c (sql, '.');
    }
  if (node->kind == SOBRE_SQL_NODE_STAR)
    g_string_append_c (sql, '*');
  else
    append_quoted (sql, node->text, '"');
}

/* The operators: each writes its operands with a word or sign between them. */
static void
format_operator (GString *sql, const SobreSqlNode *node)
{
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_NEGATE:
      g_string_append (sql, "- (");
      format_node (sql, node->children[0]);
      g_string_append_c (sql, ')');
      break;
    case SOBRE_SQL_NODE_NOT:
      g_string_append (sql, "NOT ");
      format_operand (sql, node->children[0]);
      break;
    case SOBRE_SQL_NODE_AND:
    case SOBRE_SQL_NODE_OR:
      format_list (sql, node, 0, node->kind == SOBRE_SQL_NODE_AND ? " AND " : " OR ");
      break;
    case SOBRE_SQL_NODE_BINARY:
      format_operand (sql, node->children[0]);
      g_string_append_printf (sql, " %s ", sobre_sql_operator_get_name (node->op));
      format_operand (sql, node->children[1]);
      break;
    default:
      format_operand (sql, node->children[0]);
      g_string_append (sql, " AT TIME ZONE ");
      format_operand (sql, node->children[1]);
      break;
    }
}

static void
format_predicate (GString *sql, const SobreSqlNode *node)
{
  gboolean is = node->kind == SOBRE_SQL_NODE_IS_NULL || node->kind == SOBRE_SQL_NODE_IS_DISTINCT;

  format_operand (sql, node->children[0]);
  g_string_append (sql, is ? " IS" : "");
  g_string_append (sql, node->flag ? " NOT " : " ");
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_BETWEEN:
      g_string_append (sql, "BETWEEN ");
      format_list (sql, node, 1, " AND ");
      break;
    case SOBRE_SQL_NODE_IN:
      g_string_append (sql, "IN (");
      format_list (sql, node, 1, ", ");
      g_string_append_c (sql, ')');
      break;
    case SOBRE_SQL_NODE_LIKE:
      g_string_append (sql, "LIKE ");
      format_list (sql, node, 1, " ESCAPE ");
      break;
    case SOBRE_SQL_NODE_IS_NULL:
      g_string_append (sql, "NULL");
      break;
    default:
      g_string_append (sql, "DISTINCT FROM ");
      format_operand (sql, node->children[1]);
      break;
    }
}

static void
format_node (GString *sql, const SobreSqlNode *node)
{
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_NULL:
      g_string_append (sql, "NULL");
      break;
    case SOBRE_SQL_NODE_BOOLEAN:
    case SOBRE_SQL_NODE_INTEGER:
    case SOBRE_SQL_NODE_DECIMAL:
    case SOBRE_SQL_NODE_DOUBLE:
      g_string_append (sql, node->text);
      break;
    case SOBRE_SQL_NODE_DATE:
    case SOBRE_SQL_NODE_TIMESTAMP:
      g_string_append (sql, node->kind == SOBRE_SQL_NODE_DATE ? "DATE " : "TIMESTAMP ");
      G_GNUC_FALLTHROUGH;
    case SOBRE_SQL_NODE_STRING:
      append_quoted (sql, node->text, '\'');
      break;
    case SOBRE_SQL_NODE_INTERVAL:
      format_interval (sql, node);
      break;
    case SOBRE_SQL_NODE_PARAMETER:
      g_string_append_printf (sql, ":%s", node->text);
      break;
    case SOBRE_SQL_NODE_COLUMN:
    case SOBRE_SQL_NODE_STAR:
      format_name (sql, node);
      break;
    case SOBRE_SQL_NODE_CALL:
      format_call (sql, node);
      break;
    case SOBRE_SQL_NODE_CASE:
      format_case (sql, node);
      break;
    case SOBRE_SQL_NODE_CAST:
      format_cast (sql, node);
      break;
    case SOBRE_SQL_NODE_NEGATE:
    case SOBRE_SQL_NODE_NOT:
    case SOBRE_SQL_NODE_AND:
    case SOBRE_SQL_NODE_OR:
    case SOBRE_SQL_NODE_BINARY:
    case SOBRE_SQL_NODE_AT_TIME_ZONE:
      format_operator (sql, node);
      break;
    default:
      format_predicate (sql, node);
      break;
    }
}

static void
format_order_by (GString *sql, const SobreSqlSelect *select)
{
  for (guint i = 0; i < select->n_order_by; i++)
    {
      g_string_append (sql, i == 0 ? " ORDER BY " : ", ");
      format_node (sql, select->order_by[i].node);
      g_string_append (sql, select->order_by[i].descending ? " DESC" : "");
      g_string_append (sql, select->order_by[i].nulls_first ? " NULLS FIRST" : "");
    }
}

static void
format_clause (GString *sql, const char *name, const SobreSqlNode *node)
{
  if (node == NULL)
    return;
  g_string_append (sql, name);
  format_node (sql, node);
}

char *
sobre_sql_format (const SobreSqlSelect *select)
{
  GString *sql = g_string_new (select->distinct ? "SELECT DISTINCT" : "SELECT");

  for (guint i = 0; i < select->n_items; i++)
    {
      g_string_append (sql, i == 0 ? " " : ", ");
      format_node (sql, select->items[i].node);
      if (select->items[i].alias != NULL)
        {
          g_string_append (sql, " AS ");
          append_quoted (sql, select->items[i].alias, '"');
        }
    }
  if (select->from != NULL)
    {
      g_string_append (sql, " FROM ");
      append_quoted (sql, select->from->name, '"');
      if (select->from->alias != NULL)
        {
          g_string_append (sql, " AS ");
          append_quoted (sql, select->from->alias, '"');
        }
    }
  format_clause (sql, " WHERE ", select->where);
  for (guint i = 0; i < select->n_group_by; i++)
    format_clause (sql, i == 0 ? " GROUP BY " : ", ", select->group_by[i]);
  format_clause (sql, " HAVING ", select->having);
  format_order_by (sql, select);
  format_clause (sql, " OFFSET ", select->offset);
  format_clause (sql, " LIMIT ", select->limit);
  return g_string_free (sql, FALSE);
}

gboolean
sobre_sql_node_equal (const SobreSqlNode *a, const SobreSqlNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (a->kind != b->kind || a->op != b->op || a->flag != b->flag || a->star != b->star || a->n_children != b->n_children ||
      g_strcmp0 (a->text, b->text) != 0 || g_strcmp0 (a->qualifier, b->qualifier) != 0 ||
      g_strcmp0 (a->type.name, b->type.name) != 0 || a->type.precision != b->type.precision || a->type.scale != b->type.scale ||
      !sobre_sql_node_equal (a->filter, b->filter))
    return FALSE;
  for (guint i = 0; i < a->n_children; i++)
    if (!sobre_sql_node_equal (a->children[i], b->children[i]))
      return FALSE;
  return TRUE;
}

static gboolean
relation_equal (const SobreSqlRelation *a, const SobreSqlRelation *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_str_equal (a->name, b->name) && g_strcmp0 (a->alias, b->alias) == 0;
}

gboolean
sobre_sql_select_equal (const SobreSqlSelect *a, const SobreSqlSelect *b)
{
  if (a->distinct != b->distinct || a->n_items != b->n_items || a->n_group_by != b->n_group_by ||
      a->n_order_by != b->n_order_by || !relation_equal (a->from, b->from) || !sobre_sql_node_equal (a->where, b->where) ||
      !sobre_sql_node_equal (a->having, b->having) || !sobre_sql_node_equal (a->limit, b->limit) ||
      !sobre_sql_node_equal (a->offset, b->offset))
    return FALSE;
  for (guint i = 0; i < a->n_items; i++)
    if (!sobre_sql_node_equal (a->items[i].node, b->items[i].node) || g_strcmp0 (a->items[i].alias, b->items[i].alias) != 0)
      return FALSE;
  for (guint i = 0; i < a->n_group_by; i++)
    if (!sobre_sql_node_equal (a->group_by[i], b->group_by[i]))
      return FALSE;
  for (guint i = 0; i < a->n_order_by; i++)
    if (!sobre_sql_node_equal (a->order_by[i].node, b->order_by[i].node) ||
        a->order_by[i].descending != b->order_by[i].descending || a->order_by[i].nulls_first != b->order_by[i].nulls_first)
      return FALSE;
  return TRUE;
}
