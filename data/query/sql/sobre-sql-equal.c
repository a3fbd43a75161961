/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-ast.h"

/* Whether two trees are the same, places aside. */

static gboolean
nodes_equal (const SobreSqlNodes *a, const SobreSqlNodes *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!sobre_sql_node_equal (a->nodes[i], b->nodes[i]))
      return FALSE;
  return TRUE;
}

static gboolean
names_equal (const SobreSqlNames *a, const SobreSqlNames *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!g_str_equal (a->names[i], b->names[i]))
      return FALSE;
  return TRUE;
}

static gboolean
orders_equal (const SobreSqlOrder *a, guint n_a, const SobreSqlOrder *b, guint n_b)
{
  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!sobre_sql_node_equal (a[i].node, b[i].node) || a[i].descending != b[i].descending ||
        a[i].nulls_first != b[i].nulls_first)
      return FALSE;
  return TRUE;
}

static gboolean
over_equal (const SobreSqlOver *a, const SobreSqlOver *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->name, b->name) == 0 && a->bare == b->bare && a->has_frame == b->has_frame && a->unit == b->unit &&
         a->start.kind == b->start.kind && sobre_sql_node_equal (a->start.offset, b->start.offset) &&
         a->end.kind == b->end.kind && sobre_sql_node_equal (a->end.offset, b->end.offset) &&
         nodes_equal (&(SobreSqlNodes) { a->partition_by, a->n_partition_by },
                      &(SobreSqlNodes) { b->partition_by, b->n_partition_by }) &&
         orders_equal (a->order_by, a->n_order_by, b->order_by, b->n_order_by);
}

gboolean
sobre_sql_node_equal (const SobreSqlNode *a, const SobreSqlNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->kind == b->kind && a->op == b->op && a->flag == b->flag && a->star == b->star &&
         a->ignores_nulls == b->ignores_nulls && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->qualifier, b->qualifier) == 0 && g_strcmp0 (a->type.name, b->type.name) == 0 &&
         a->type.precision == b->type.precision && a->type.scale == b->type.scale &&
         sobre_sql_node_equal (a->filter, b->filter) && orders_equal (a->order_by, a->n_order_by, b->order_by, b->n_order_by) &&
         over_equal (a->over, b->over) && sobre_sql_select_equal (a->query, b->query) &&
         nodes_equal (&(SobreSqlNodes) { a->children, a->n_children }, &(SobreSqlNodes) { b->children, b->n_children });
}

static gboolean
relation_equal (const SobreSqlRelation *a, const SobreSqlRelation *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->kind == b->kind && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->alias, b->alias) == 0 &&
         names_equal (&a->columns, &b->columns) && sobre_sql_select_equal (a->query, b->query) &&
         nodes_equal (&a->arguments, &b->arguments) && a->with_ordinality == b->with_ordinality && a->join == b->join &&
         relation_equal (a->left, b->left) && relation_equal (a->right, b->right) && sobre_sql_node_equal (a->on, b->on) &&
         names_equal (&a->using, &b->using);
}

static gboolean
groups_equal (const SobreSqlSelect *a, const SobreSqlSelect *b)
{
  if (a->n_group_by != b->n_group_by || a->distinct_sets != b->distinct_sets)
    return FALSE;
  for (guint i = 0; i < a->n_group_by; i++)
    {
      const SobreSqlGroupElement *x = &a->group_by[i];
      const SobreSqlGroupElement *y = &b->group_by[i];

      if (x->kind != y->kind || x->n_sets != y->n_sets)
        return FALSE;
      for (guint k = 0; k < x->n_sets; k++)
        if (!nodes_equal (&x->sets[k], &y->sets[k]))
          return FALSE;
    }
  return TRUE;
}

static gboolean
lists_equal (const SobreSqlSelect *a, const SobreSqlSelect *b)
{
  if (a->n_ctes != b->n_ctes || a->n_items != b->n_items || a->n_rows != b->n_rows ||
      !names_equal (&a->window_names, &b->window_names))
    return FALSE;
  for (guint i = 0; i < a->n_ctes; i++)
    if (!g_str_equal (a->ctes[i].name, b->ctes[i].name) || !names_equal (&a->ctes[i].columns, &b->ctes[i].columns) ||
        !sobre_sql_select_equal (a->ctes[i].query, b->ctes[i].query))
      return FALSE;
  for (guint i = 0; i < a->n_items; i++)
    if (!sobre_sql_node_equal (a->items[i].node, b->items[i].node) || g_strcmp0 (a->items[i].alias, b->items[i].alias) != 0)
      return FALSE;
  for (guint i = 0; i < a->window_names.n; i++)
    if (!over_equal (&a->windows[i], &b->windows[i]))
      return FALSE;
  for (guint i = 0; i < a->n_rows; i++)
    if (!nodes_equal (&a->rows[i], &b->rows[i]))
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_select_equal (const SobreSqlSelect *a, const SobreSqlSelect *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->body == b->body && a->distinct == b->distinct && lists_equal (a, b) && relation_equal (a->from, b->from) &&
         sobre_sql_node_equal (a->where, b->where) && groups_equal (a, b) && sobre_sql_node_equal (a->having, b->having) &&
         sobre_sql_select_equal (a->left, b->left) && sobre_sql_select_equal (a->right, b->right) &&
         orders_equal (a->order_by, a->n_order_by, b->order_by, b->n_order_by) && sobre_sql_node_equal (a->limit, b->limit) &&
         sobre_sql_node_equal (a->offset, b->offset);
}
