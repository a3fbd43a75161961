/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* GROUP BY and what it makes of the expressions of SELECT, HAVING and ORDER BY. */

#define MAX_SETS 2048
#define MAX_SET_KEYS 62 /* a set of keys is one word */

/* The place of a key among the block's, which it joins where it is new. */
static gboolean
add_key (SobreSqlBinder *self, const SobreSqlNode *node, GPtrArray *keys, guint *place)
{
  SobreSqlExpr *key;

  node = sobre_sql_bind_ordinal (self, node, "GROUP BY");
  key = node != NULL ? sobre_sql_bind_in_clause (self, node, "GROUP BY") : NULL;
  if (key == NULL)
    return FALSE;
  for (*place = 0; *place < keys->len; *place += 1)
    if (sobre_sql_expr_equal (g_ptr_array_index (keys, *place), key))
      return TRUE;
  if (keys->len == SOBRE_SQL_MAX_COLUMNS)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, node->position, "more than %d keys in GROUP BY",
                                  SOBRE_SQL_MAX_COLUMNS);
  g_ptr_array_add (keys, key);
  return TRUE;
}

static gboolean
add_keys (SobreSqlBinder *self, const SobreSqlNodes *nodes, GPtrArray *keys, guint64 *mask)
{
  for (guint i = 0; i < nodes->n; i++)
    {
      guint place;

      if (!add_key (self, nodes->nodes[i], keys, &place))
        return FALSE;
      if (place <= MAX_SET_KEYS)
        *mask |= G_GUINT64_CONSTANT (1) << place;
    }
  return TRUE;
}

static gboolean
fail_sets (SobreSqlBinder *self, SobreSqlPosition position)
{
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, position, "more than %d grouping sets", MAX_SETS);
}

/* The sets of one element: of ROLLUP its beginnings, of CUBE every choice. */
static gboolean
list_element (SobreSqlBinder *self, const SobreSqlGroupElement *element, GPtrArray *keys, GArray *sets)
{
  guint64 masks[SOBRE_SQL_MAX_COLUMNS] = { 0 };
  guint64 mask = 0;

  for (guint i = 0; i < element->n_sets; i++)
    if (!add_keys (self, &element->sets[i], keys, &masks[i]))
      return FALSE;
  switch (element->kind)
    {
    case SOBRE_SQL_GROUP_ROLLUP:
      for (guint n = element->n_sets + 1; n-- > 0;)
        {
          mask = 0;
          for (guint i = 0; i < n; i++)
            mask |= masks[i];
          g_array_append_val (sets, mask);
        }
      return TRUE;
    case SOBRE_SQL_GROUP_CUBE:
      if (element->n_sets > 11)
        return fail_sets (self, element->position);
      for (guint choice = 0; choice < 1u << element->n_sets; choice++)
        {
          mask = 0;
          for (guint i = 0; i < element->n_sets; i++)
            mask |= (choice >> i & 1) != 0 ? 0 : masks[i];
          g_array_append_val (sets, mask);
        }
      return TRUE;
    default:
      g_array_append_vals (sets, masks, element->n_sets);
      return TRUE;
    }
}

/* Every set of one with every set of the other. */
static gboolean
multiply (SobreSqlBinder *self, GArray *sets, const GArray *others, SobreSqlPosition position)
{
  g_autofree guint64 *before = g_memdup2 (sets->data, sets->len * sizeof (guint64));
  guint n_before = sets->len;

  if ((guint64) n_before * others->len > MAX_SETS)
    return fail_sets (self, position);
  g_array_set_size (sets, 0);
  for (guint i = 0; i < n_before; i++)
    for (guint k = 0; k < others->len; k++)
      {
        guint64 both = before[i] | g_array_index (others, guint64, k);

        g_array_append_val (sets, both);
      }
  return TRUE;
}

static void
drop_repeated (GArray *sets)
{
  for (guint i = 0; i < sets->len; i++)
    for (guint k = sets->len; k-- > i + 1;)
      if (g_array_index (sets, guint64, i) == g_array_index (sets, guint64, k))
        g_array_remove_index (sets, k);
}

gboolean
sobre_sql_bind_group_by (SobreSqlBinder *self)
{
  const SobreSqlSelect *select = self->binding->select;
  SobreSqlBlock *block = self->binding->block;
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GArray) sets = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 none = 0;
  gboolean plain = TRUE;

  g_array_append_val (sets, none);
  for (guint i = 0; i < select->n_group_by; i++)
    {
      g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint64));

      plain = plain && select->group_by[i].kind == SOBRE_SQL_GROUP_SIMPLE;
      if (!list_element (self, &select->group_by[i], keys, others) ||
          !multiply (self, sets, others, select->group_by[i].position))
        return FALSE;
    }
  block->n_keys = keys->len;
  block->keys = sobre_sql_arena_copy (self->arena, keys->pdata, keys->len * sizeof (SobreSqlExpr *));
  if (plain)
    return TRUE;
  if (keys->len > MAX_SET_KEYS)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, select->group_by[0].position,
                                  "more than %d keys in grouping sets", MAX_SET_KEYS);
  if (select->distinct_sets)
    drop_repeated (sets);
  block->n_sets = sets->len;
  block->sets = sobre_sql_arena_copy (self->arena, sets->data, sets->len * sizeof (guint64));
  return TRUE;
}

/* grouping(a, b): a bit for each argument, set where the row's grouping set does not have it: looked up by the set's number. */
SobreSqlExpr *
sobre_sql_bind_grouping (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlBlock *block = self->binding->block;
  SobreSqlExpr *expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_GROUPING, SOBRE_SQL_TYPE (INTEGER), node->position, NULL, 0);

  if (self->binding->clause != NULL || self->binding->in_aggregate || node->n_children == 0 || node->n_children > 31 ||
      self->binding->select == NULL || self->binding->select->n_group_by == 0)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                             "grouping() takes keys of GROUP BY, in SELECT, HAVING or ORDER BY");
      return NULL;
    }
  expr->is_total = TRUE;
  expr->n_set = MAX (block->n_sets, 1);
  expr->set = sobre_sql_arena_new_array (self->arena, SobreSqlValue, expr->n_set);
  for (guint i = 0; i < node->n_children; i++)
    {
      SobreSqlExpr *key = sobre_sql_bind_node (self, node->children[i]);
      guint place = 0;

      if (key == NULL)
        return NULL;
      while (place < block->n_keys && !sobre_sql_expr_equal (block->keys[place], key))
        place++;
      if (place == block->n_keys)
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->children[i]->position,
                                 "grouping() takes keys of GROUP BY only");
          return NULL;
        }
      for (guint set = 0; set < expr->n_set; set++)
        expr->set[set].i = expr->set[set].i * 2 + (block->n_sets > 0 && (block->sets[set] >> place & 1) == 0 ? 1 : 0);
    }
  return expr;
}

static SobreSqlExpr *
new_group_column (SobreSqlBinder *self, const SobreSqlExpr *expr, guint slot)
{
  SobreSqlExpr *column = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, expr->type, expr->position, NULL, 0);

  column->slot = slot;
  column->low = expr->low;
  column->high = expr->high;
  column->is_total = TRUE;
  return column;
}

static SobreSqlExpr *
fail_ungrouped (SobreSqlBinder *self, const SobreSqlExpr *expr)
{
  const char *name = NULL;

  for (guint i = 0; i < self->binding->fields->len && name == NULL; i++)
    {
      const SobreSqlField *field = &g_array_index (self->binding->fields, SobreSqlField, i);

      if (field->expr->kind == SOBRE_SQL_EXPR_COLUMN && field->expr->slot == expr->slot)
        name = field->name;
    }
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, expr->position,
                         "\"%.60s\" must be in GROUP BY or inside an aggregate", name != NULL ? name : "a sub-query");
  return NULL;
}

static SobreSqlExpr *
regroup_grouping (SobreSqlBinder *self, SobreSqlExpr *expr)
{
  SobreSqlBlock *block = self->binding->block;
  SobreSqlExpr *set, *call;

  if (block->n_sets == 0)
    return sobre_sql_binder_constant (self, expr->type, (SobreSqlValue) { .i = 0 }, expr->position);
  set = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, SOBRE_SQL_TYPE (BIGINT), expr->position, NULL, 0);
  set->slot = sobre_sql_block_get_set_slot (block);
  set->is_total = TRUE;
  call = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CALL, expr->type, expr->position, &set, 1);
  call->function = sobre_sql_function_find ("grouping");
  call->set = expr->set;
  call->n_set = expr->n_set;
  call->is_total = TRUE;
  return call;
}

static SobreSqlExpr *
regroup_node (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data)
{
  SobreSqlBlock *block = self->binding->block;
  gboolean *failed = data;

  for (guint i = 0; i < block->n_keys; i++)
    if (expr->kind != SOBRE_SQL_EXPR_CONSTANT && sobre_sql_expr_equal (block->keys[i], expr))
      return new_group_column (self, expr, i);
  if (expr->kind == SOBRE_SQL_EXPR_AGGREGATE)
    return new_group_column (self, expr, sobre_sql_block_get_aggregate_slot (block, expr->slot));
  if (expr->kind == SOBRE_SQL_EXPR_GROUPING)
    return regroup_grouping (self, expr);
  if (expr->kind == SOBRE_SQL_EXPR_COLUMN)
    {
      guint input = g_array_index (self->binding->slots, SobreSqlSlot, expr->slot).input;

      if (g_array_index (self->binding->inputs, SobreSqlInput, input).kind == SOBRE_SQL_INPUT_SCALAR)
        return new_group_column (self, expr, sobre_sql_block_get_scalar_slot (block, input));
      if (!*failed)
        fail_ungrouped (self, expr);
      *failed = TRUE;
      return expr;
    }
  return NULL;
}

SobreSqlExpr *
sobre_sql_binder_regroup (SobreSqlBinder *self, SobreSqlExpr *expr)
{
  gboolean failed = FALSE;
  SobreSqlExpr *regrouped = sobre_sql_binder_map (self, expr, regroup_node, &failed);

  return failed ? NULL : regrouped;
}
