/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-format-private.h"

#include <string.h>

/* Writes an expression back as SQL, every name in double quotes and every operand that is no primary in brackets. */

const char *
sobre_sql_operator_get_name (SobreSqlOperator op)
{
  static const char *const names[] = { "+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">=" };

  return names[op];
}

void
sobre_sql_format_quoted (GString *sql, const char *text, char quote)
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
    case SOBRE_SQL_NODE_IN_QUERY:
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
  sobre_sql_format_node (sql, node);
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
  sobre_sql_format_node (sql, node->children[0]);
  g_string_append (sql, " AS ");
  if (zoned)
    g_string_append (sql, name);
  else
    sobre_sql_format_quoted (sql, name, '"');
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
format_bound (GString *sql, const SobreSqlBound *bound)
{
  static const char *const names[] = { "UNBOUNDED PRECEDING", " PRECEDING", "CURRENT ROW", " FOLLOWING",
                                       "UNBOUNDED FOLLOWING" };

  if (bound->offset != NULL)
    format_operand (sql, bound->offset);
  g_string_append (sql, names[bound->kind]);
}

void
sobre_sql_format_over (GString *sql, const SobreSqlOver *over)
{
  g_string_append_c (sql, '(');
  if (over->name != NULL)
    sobre_sql_format_quoted (sql, over->name, '"');
  for (guint i = 0; i < over->n_partition_by; i++)
    {
      g_string_append (sql, i == 0 ? " PARTITION BY " : ", ");
      sobre_sql_format_node (sql, over->partition_by[i]);
    }
  sobre_sql_format_order_by (sql, over->order_by, over->n_order_by);
  if (over->has_frame)
    {
      g_string_append (sql, over->unit == SOBRE_SQL_FRAME_ROWS ? " ROWS BETWEEN " : " RANGE BETWEEN ");
      format_bound (sql, &over->start);
      g_string_append (sql, " AND ");
      format_bound (sql, &over->end);
    }
  g_string_append_c (sql, ')');
}

static void
format_call (GString *sql, const SobreSqlNode *node)
{
  gboolean within = node->n_order_by > 0 && g_str_equal (node->text, "listagg");

  g_string_append (sql, node->text);
  if (g_str_equal (node->text, "current_date") || g_str_equal (node->text, "current_timestamp") ||
      g_str_equal (node->text, "localtimestamp"))
    return;
  g_string_append (sql, node->flag ? "(DISTINCT " : "(");
  if (node->star)
    g_string_append_c (sql, '*');
  format_list (sql, node, 0, ", ");
  g_string_append (sql, within ? ") WITHIN GROUP (" : "");
  sobre_sql_format_order_by (sql, node->order_by, node->n_order_by);
  g_string_append_c (sql, ')');
  if (node->filter != NULL)
    {
      g_string_append (sql, " FILTER (WHERE ");
      sobre_sql_format_node (sql, node->filter);
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, node->ignores_nulls ? " IGNORE NULLS" : "");
  if (node->over == NULL)
    return;
  g_string_append (sql, " OVER ");
  if (node->over->bare)
    sobre_sql_format_quoted (sql, node->over->name, '"');
  else
    sobre_sql_format_over (sql, node->over);
}

static void
format_query (GString *sql, const SobreSqlNode *node)
{
  if (node->kind == SOBRE_SQL_NODE_EXISTS)
    g_string_append (sql, "EXISTS ");
  else if (node->kind == SOBRE_SQL_NODE_IN_QUERY)
    {
      format_operand (sql, node->children[0]);
      g_string_append (sql, node->flag ? " NOT IN " : " IN ");
    }
  g_string_append_c (sql, '(');
  sobre_sql_format_select (sql, node->query);
  g_string_append_c (sql, ')');
}

static void
format_interval (GString *sql, const SobreSqlNode *node)
{
  gboolean negative = node->text[0] == '-';

  g_string_append (sql, negative ? "INTERVAL -" : "INTERVAL ");
  sobre_sql_format_quoted (sql, node->text + (negative ? 1 : 0), '\'');
  g_string_append_printf (sql, " %s", node->qualifier);
}

static void
format_name (GString *sql, const SobreSqlNode *node)
{
  if (node->qualifier != NULL)
    {
      sobre_sql_format_quoted (sql, node->qualifier, '"');
      g_string_append_c (sql, '.');
    }
  if (node->kind == SOBRE_SQL_NODE_STAR)
    g_string_append_c (sql, '*');
  else
    sobre_sql_format_quoted (sql, node->text, '"');
}

/* The operators: each writes its operands with a word or sign between them. */
static void
format_operator (GString *sql, const SobreSqlNode *node)
{
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_NEGATE:
      g_string_append (sql, "- (");
      sobre_sql_format_node (sql, node->children[0]);
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

void
sobre_sql_format_node (GString *sql, const SobreSqlNode *node)
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
      sobre_sql_format_quoted (sql, node->text, '\'');
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
    case SOBRE_SQL_NODE_ARRAY:
      g_string_append (sql, "ARRAY[");
      format_list (sql, node, 0, ", ");
      g_string_append_c (sql, ']');
      break;
    case SOBRE_SQL_NODE_SUBQUERY:
    case SOBRE_SQL_NODE_EXISTS:
    case SOBRE_SQL_NODE_IN_QUERY:
      format_query (sql, node);
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
