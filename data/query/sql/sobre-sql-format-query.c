/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-format-private.h"

/* Writes a query back as SQL. */

static void
format_alias (GString *sql, const char *alias)
{
  if (alias == NULL)
    return;
  g_string_append (sql, " AS ");
  sobre_sql_format_quoted (sql, alias, '"');
}

static void
format_names (GString *sql, const SobreSqlNames *names)
{
  for (guint i = 0; i < names->n; i++)
    {
      g_string_append (sql, i == 0 ? " (" : ", ");
      sobre_sql_format_quoted (sql, names->names[i], '"');
    }
  g_string_append (sql, names->n > 0 ? ")" : "");
}

/* "(a, b)": always in brackets, which a single one does not need but may have. */
static void
format_row (GString *sql, const SobreSqlNodes *row)
{
  g_string_append_c (sql, '(');
  for (guint i = 0; i < row->n; i++)
    {
      g_string_append (sql, i > 0 ? ", " : "");
      sobre_sql_format_node (sql, row->nodes[i]);
    }
  g_string_append_c (sql, ')');
}

static void format_relation (GString *sql, const SobreSqlRelation *relation);

static void
format_join (GString *sql, const SobreSqlRelation *join)
{
  static const char *const names[] = { " CROSS JOIN ", " JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN " };
  gboolean brackets = join->right->kind == SOBRE_SQL_RELATION_JOIN;

  format_relation (sql, join->left);
  g_string_append (sql, names[join->join]);
  g_string_append (sql, brackets ? "(" : "");
  format_relation (sql, join->right);
  g_string_append (sql, brackets ? ")" : "");
  if (join->on != NULL)
    {
      g_string_append (sql, " ON ");
      sobre_sql_format_node (sql, join->on);
    }
  if (join->using.n > 0)
    g_string_append (sql, " USING");
  format_names (sql, &join->using);
}

static void
format_relation (GString *sql, const SobreSqlRelation *relation)
{
  switch (relation->kind)
    {
    case SOBRE_SQL_RELATION_TABLE:
      sobre_sql_format_quoted (sql, relation->name, '"');
      break;
    case SOBRE_SQL_RELATION_QUERY:
      g_string_append_c (sql, '(');
      sobre_sql_format_select (sql, relation->query);
      g_string_append_c (sql, ')');
      break;
    case SOBRE_SQL_RELATION_UNNEST:
      g_string_append (sql, "UNNEST ");
      format_row (sql, &relation->arguments);
      g_string_append (sql, relation->with_ordinality ? " WITH ORDINALITY" : "");
      break;
    case SOBRE_SQL_RELATION_JOIN:
    default:
      format_join (sql, relation);
      break;
    }
  format_alias (sql, relation->alias);
  format_names (sql, &relation->columns);
}

static void
format_clause (GString *sql, const char *name, const SobreSqlNode *node)
{
  if (node == NULL)
    return;
  g_string_append (sql, name);
  sobre_sql_format_node (sql, node);
}

static void
format_group_by (GString *sql, const SobreSqlSelect *select)
{
  static const char *const names[] = { "", "ROLLUP ", "CUBE ", "GROUPING SETS " };

  for (guint i = 0; i < select->n_group_by; i++)
    {
      const SobreSqlGroupElement *element = &select->group_by[i];
      gboolean several = element->kind != SOBRE_SQL_GROUP_SIMPLE;

      g_string_append (sql, i > 0 ? ", " : select->distinct_sets ? " GROUP BY DISTINCT " : " GROUP BY ");
      g_string_append (sql, names[element->kind]);
      g_string_append (sql, several ? "(" : "");
      for (guint k = 0; k < element->n_sets; k++)
        {
          g_string_append (sql, k > 0 ? ", " : "");
          format_row (sql, &element->sets[k]);
        }
      g_string_append (sql, several ? ")" : "");
    }
}

void
sobre_sql_format_order_by (GString *sql, const SobreSqlOrder *keys, guint n_keys)
{
  for (guint i = 0; i < n_keys; i++)
    {
      g_string_append (sql, i == 0 ? " ORDER BY " : ", ");
      sobre_sql_format_node (sql, keys[i].node);
      g_string_append (sql, keys[i].descending ? " DESC" : "");
      g_string_append (sql, keys[i].nulls_first ? " NULLS FIRST" : "");
    }
}

/* What the result calls a column is written as it was. */
static void
format_item (GString *sql, const SobreSqlItem *item)
{
  SobreSqlNode named = *item->node;

  if (item->alias == NULL && item->spelled != NULL)
    named.text = item->spelled;
  sobre_sql_format_node (sql, &named);
  format_alias (sql, item->alias != NULL ? item->spelled : NULL);
}

static void
format_block (GString *sql, const SobreSqlSelect *select)
{
  g_string_append (sql, select->distinct ? "SELECT DISTINCT" : "SELECT");
  for (guint i = 0; i < select->n_items; i++)
    {
      g_string_append (sql, i == 0 ? " " : ", ");
      format_item (sql, &select->items[i]);
    }
  if (select->from != NULL)
    {
      g_string_append (sql, " FROM ");
      format_relation (sql, select->from);
    }
  format_clause (sql, " WHERE ", select->where);
  format_group_by (sql, select);
  format_clause (sql, " HAVING ", select->having);
  for (guint i = 0; i < select->window_names.n; i++)
    {
      g_string_append (sql, i == 0 ? " WINDOW " : ", ");
      sobre_sql_format_quoted (sql, select->window_names.names[i], '"');
      g_string_append (sql, " AS ");
      sobre_sql_format_over (sql, &select->windows[i]);
    }
}

static void
format_operand (GString *sql, const SobreSqlSelect *select)
{
  g_string_append_c (sql, '(');
  sobre_sql_format_select (sql, select);
  g_string_append_c (sql, ')');
}

static void
format_body (GString *sql, const SobreSqlSelect *select)
{
  static const char *const names[] = { "", "", " UNION ", " INTERSECT ", " EXCEPT " };

  switch (select->body)
    {
    case SOBRE_SQL_BODY_BLOCK:
      format_block (sql, select);
      break;
    case SOBRE_SQL_BODY_VALUES:
      for (guint i = 0; i < select->n_rows; i++)
        {
          g_string_append (sql, i == 0 ? "VALUES " : ", ");
          format_row (sql, &select->rows[i]);
        }
      break;
    case SOBRE_SQL_BODY_BRACKETS:
      format_operand (sql, select->left);
      break;
    default:
      format_operand (sql, select->left);
      g_string_append (sql, names[select->body]);
      g_string_append (sql, select->distinct ? "" : "ALL ");
      format_operand (sql, select->right);
      break;
    }
}

void
sobre_sql_format_select (GString *sql, const SobreSqlSelect *select)
{
  for (guint i = 0; i < select->n_ctes; i++)
    {
      g_string_append (sql, i == 0 ? "WITH " : ", ");
      sobre_sql_format_quoted (sql, select->ctes[i].name, '"');
      format_names (sql, &select->ctes[i].columns);
      g_string_append (sql, " AS ");
      format_operand (sql, select->ctes[i].query);
      g_string_append (sql, i + 1 == select->n_ctes ? " " : "");
    }
  format_body (sql, select);
  sobre_sql_format_order_by (sql, select->order_by, select->n_order_by);
  format_clause (sql, " OFFSET ", select->offset);
  format_clause (sql, " LIMIT ", select->limit);
}

char *
sobre_sql_format (const SobreSqlSelect *select)
{
  GString *sql = g_string_new (NULL);

  sobre_sql_format_select (sql, select);
  return g_string_free (sql, FALSE);
}
