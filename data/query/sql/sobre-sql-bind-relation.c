/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* FROM: what it names becomes inputs of the block, and what it offers becomes fields.
 *
 * A sub-query that only picks rows and columns is taken into the block: its inputs and conditions become the block's own, and its columns
 * stand for their expressions. Any other becomes an input by itself. So is the side of an outer join that may be absent, because its
 * expressions then have to be NULL whatever they say.
 *
 * Outer joins are LEFT joins here, with the sides swapped for RIGHT; a side that is itself a join becomes a block of its own where it may
 * be absent. */

typedef enum
{
  PLACE_INNER,
  PLACE_OPTIONAL, /* NULL where the other side has no partner */
  PLACE_ALONE,    /* the first side of a FULL join */
} Place;

static gboolean bind_relation (SobreSqlBinder *self, const SobreSqlRelation *relation, Place place, GArray *fields);

/* The last input is joined as its place says. */
static void
set_step (SobreSqlBinder *self, Place place)
{
  if (place == PLACE_OPTIONAL)
    g_array_index (self->binding->inputs, SobreSqlInput, self->binding->inputs->len - 1).step = SOBRE_SQL_STEP_LEFT;
}

static gboolean
add_plan (SobreSqlBinder *self,
          SobreSqlPlan *plan,
          const SobreSqlRelation *relation,
          const char *name,
          Place place,
          GArray *fields)
{
  guint first;

  sobre_sql_binding_add_plan (self->binding, SOBRE_SQL_INPUT_PLAN, plan, relation->position, &first);
  set_step (self, place);
  for (guint i = 0; i < plan->n_columns; i++)
    sobre_sql_fields_add (fields, name, plan->columns[i].name, sobre_sql_binder_slot (self, first + i, relation->position));
  return TRUE;
}

static gboolean
place_plan (SobreSqlBinder *self,
            SobreSqlPlan *plan,
            const SobreSqlRelation *relation,
            const char *name,
            Place place,
            GArray *fields)
{
  if (place == PLACE_INNER && sobre_sql_plan_is_inlinable (plan) &&
      self->binding->inputs->len + plan->block->n_inputs <= SOBRE_SQL_MAX_INPUTS)
    return sobre_sql_bind_inline (self, plan, name, fields);
  return add_plan (self, plan, relation, name, place, fields);
}

static gboolean
fail_table (SobreSqlBinder *self, const SobreSqlRelation *relation)
{
  const char *names[SOBRE_TABLE_ORDERS + 1];
  const char *suggestion;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    names[i] = sobre_sql_table_get_name ((SobreTableKind) i);
  suggestion = sobre_sql_suggest (relation->name, names, G_N_ELEMENTS (names));
  if (suggestion != NULL)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, relation->position,
                                  "there is no table \"%.60s\"; is \"%s\" meant?", relation->name, suggestion);
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, relation->position,
                                "there is no table \"%.60s\": there are responses, answers, events and orders", relation->name);
}

static gboolean
bind_table (SobreSqlBinder *self, const SobreSqlRelation *relation, const char *name, Place place, GArray *fields)
{
  gboolean found;
  SobreSqlPlan *plan = sobre_sql_binder_find_cte (self, relation->name, &found);

  if (found)
    return plan != NULL && place_plan (self, plan, relation, name, place, fields);
  for (guint i = 0; i <= SOBRE_TABLE_ORDERS; i++)
    if (g_str_equal (sobre_sql_table_get_name ((SobreTableKind) i), relation->name))
      {
        guint n, first;
        const SobreScanColumn *columns = sobre_sql_table_get_columns ((SobreTableKind) i, &n);

        sobre_sql_binding_add_table (self->binding, (SobreTableKind) i, relation->position, &first);
        set_step (self, place);
        for (guint k = 0; k < n; k++)
          sobre_sql_fields_add (fields, name, sobre_scan_column_get_name (columns[k]),
                                sobre_sql_binder_slot (self, first + k, relation->position));
        return TRUE;
      }
  return fail_table (self, relation);
}

static gboolean
bind_query (SobreSqlBinder *self, const SobreSqlRelation *relation, const char *name, Place place, GArray *fields)
{
  SobreSqlPlan *plan = sobre_sql_bind_query (self, relation->query, self->binding, FALSE, FALSE, NULL);

  return plan != NULL && place_plan (self, plan, relation, name, place, fields);
}

static gboolean
bind_unnest (SobreSqlBinder *self, const SobreSqlRelation *relation, const char *name, Place place, GArray *fields)
{
  SobreSqlPlan *plan;

  if (!sobre_sql_bind_unnest (self, relation, name, place == PLACE_OPTIONAL, &plan, fields))
    return FALSE;
  return plan == NULL || add_plan (self, plan, relation, name, place, fields);
}

/* A table, a sub-query, lists, with its aliases. */
static gboolean
bind_leaf (SobreSqlBinder *self, const SobreSqlRelation *relation, Place place, GArray *fields)
{
  const char *name = relation->alias != NULL ? relation->alias : relation->name;
  guint before = fields->len;
  gboolean bound;

  if (self->binding->inputs->len >= SOBRE_SQL_MAX_INPUTS)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, relation->position, "more than %d tables in one query",
                                  SOBRE_SQL_MAX_INPUTS);
  switch (relation->kind)
    {
    case SOBRE_SQL_RELATION_TABLE:
      bound = bind_table (self, relation, name, place, fields);
      break;
    case SOBRE_SQL_RELATION_QUERY:
      bound = bind_query (self, relation, name, place, fields);
      break;
    default:
      bound = bind_unnest (self, relation, name, place, fields);
      break;
    }
  if (!bound || relation->columns.n == 0)
    return bound;
  if (relation->columns.n != fields->len - before)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, relation->position,
                                  "\"%.60s\" has %u columns, but %u names for them", name, fields->len - before,
                                  relation->columns.n);
  for (guint i = 0; i < relation->columns.n; i++)
    g_array_index (fields, SobreSqlField, before + i).name = relation->columns.names[i];
  return TRUE;
}

/* Joins that stand where they may be absent as a whole, as a block of their own. */
static gboolean
bind_side_as_block (SobreSqlBinder *self, const SobreSqlRelation *relation, Place place, GArray *fields)
{
  SobreSqlBinding binding;
  SobreSqlBinding *outer = self->binding;
  SobreSqlPlan *plan = NULL;
  guint first;

  sobre_sql_binding_begin (&binding, self, NULL, outer);
  binding.block = sobre_sql_arena_new_object (self->arena, SobreSqlBlock);
  if (bind_relation (self, relation, PLACE_INNER, binding.fields))
    {
      guint n = binding.fields->len;

      plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, n);
      plan->block = binding.block;
      plan->block->limit = G_MAXUINT64;
      plan->block->n_outputs = plan->block->n_visible = n;
      plan->block->outputs = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n);
      for (guint i = 0; i < n; i++)
        {
          const SobreSqlField *field = &g_array_index (binding.fields, SobreSqlField, i);

          plan->block->outputs[i] = field->expr;
          plan->columns[i] =
              (SobreSqlPlanColumn) { field->name, field->expr->type, field->expr->low, field->expr->high, FALSE };
          sobre_sql_fields_add (fields, field->relation, field->name, NULL);
        }
      sobre_sql_binding_keep (&binding, self);
    }
  sobre_sql_binding_end (&binding, self);
  if (plan == NULL || !sobre_sql_binder_add_plan (self, plan))
    return FALSE;
  sobre_sql_binding_add_plan (outer, SOBRE_SQL_INPUT_PLAN, plan, relation->position, &first);
  set_step (self, place);
  for (guint i = 0; i < plan->n_columns; i++)
    g_array_index (fields, SobreSqlField, fields->len - plan->n_columns + i).expr =
        sobre_sql_binder_slot (self, first + i, relation->position);
  return TRUE;
}

static gboolean
bind_side (SobreSqlBinder *self, const SobreSqlRelation *relation, Place place, GArray *fields)
{
  if (relation->kind == SOBRE_SQL_RELATION_JOIN && place != PLACE_INNER)
    return bind_side_as_block (self, relation, place, fields);
  return bind_relation (self, relation, place, fields);
}

/* The field of one side that USING names. */
static SobreSqlExpr *
find_using (SobreSqlBinder *self, GArray *fields, const char *name, const SobreSqlRelation *join, const char *side)
{
  SobreSqlExpr *found = NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const SobreSqlField *field = &g_array_index (fields, SobreSqlField, i);

      if (g_ascii_strcasecmp (field->name, name) != 0)
        continue;
      if (found != NULL)
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, join->position,
                                 "USING: \"%.60s\" names several columns on the %s", name, side);
          return NULL;
        }
      found = field->expr;
    }
  if (found == NULL)
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, join->position, "USING: there is no column \"%.60s\" on the %s",
                           name, side);
  return found;
}

/* The one column that USING makes of two. */
static SobreSqlExpr *
merge_using (SobreSqlBinder *self, const SobreSqlRelation *join, SobreSqlExpr *left, SobreSqlExpr *right)
{
  SobreSqlType type;

  if (!sobre_sql_type_unify (left->type, right->type, &type))
    return NULL;
  left = sobre_sql_binder_cast (self, left, type);
  right = sobre_sql_binder_cast (self, right, type);
  if (left == NULL || right == NULL)
    return NULL;
  if (join->join == SOBRE_SQL_JOIN_RIGHT)
    return right;
  if (join->join != SOBRE_SQL_JOIN_FULL)
    return left;
  return sobre_sql_binder_finish (
      self, sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COALESCE, type, join->position, (SobreSqlExpr *[]) { left, right }, 2));
}

static gboolean
is_using (const SobreSqlRelation *join, const char *name)
{
  for (guint i = 0; i < join->using.n; i++)
    if (g_ascii_strcasecmp (join->using.names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* USING: the merged columns come first, without a table's name; then what else each side has. */
static gboolean
bind_using (SobreSqlBinder *self,
            const SobreSqlRelation *join,
            GArray *left,
            GArray *right,
            SobreSqlConditions *conditions,
            GArray *fields)
{
  GArray *sides[2] = { left, right };

  for (guint i = 0; i < join->using.n; i++)
    {
      const char *name = join->using.names[i];
      SobreSqlExpr *one = find_using (self, left, name, join, "left");
      SobreSqlExpr *other = one != NULL ? find_using (self, right, name, join, "right") : NULL;
      SobreSqlExpr *equal, *merged;

      if (other == NULL)
        return FALSE;
      equal = sobre_sql_binder_compare (self, SOBRE_SQL_EQUAL, one, other, join->position);
      merged = equal != NULL ? merge_using (self, join, one, other) : NULL;
      if (merged == NULL)
        return FALSE;
      sobre_sql_conditions_add (conditions, self->arena, equal);
      sobre_sql_fields_add (fields, NULL, name, merged);
    }
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < sides[side]->len; i++)
      {
        const SobreSqlField *field = &g_array_index (sides[side], SobreSqlField, i);

        if (!is_using (join, field->name))
          g_array_append_val (fields, *field);
      }
  return TRUE;
}

static gboolean
bind_on (SobreSqlBinder *self,
         const SobreSqlRelation *join,
         GArray *left,
         GArray *right,
         SobreSqlConditions *conditions,
         GArray *fields)
{
  GArray *visible = self->binding->fields;
  SobreSqlExpr *condition;
  guint n_inputs;

  g_array_append_vals (fields, left->data, left->len);
  g_array_append_vals (fields, right->data, right->len);
  if (join->on == NULL)
    return TRUE;
  self->binding->fields = fields;
  n_inputs = self->binding->inputs->len;
  condition = sobre_sql_bind_in_clause (self, join->on, "ON");
  self->binding->fields = visible;
  if (condition == NULL || !sobre_sql_binder_check_condition (self, &condition, "ON"))
    return FALSE;
  if (self->binding->inputs->len > n_inputs || sobre_sql_expr_has (condition, SOBRE_SQL_EXPR_OUTER))
    return sobre_query_error_set (
        self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, join->position,
        "a sub-query in ON, or one that hangs on the query around it in ON, is not available offline yet");
  sobre_sql_conditions_add (conditions, self->arena, condition);
  return TRUE;
}

/* As in Trino, UNNEST is joined to all rows before it: it is CROSS, INNER or LEFT, ON TRUE. What stands before it can be seen in it. */
static gboolean
bind_unnest_side (SobreSqlBinder *self, const SobreSqlRelation *join, Place place, GArray *left, GArray *right)
{
  GArray *visible = self->binding->fields;
  gboolean bound;

  if (join->join == SOBRE_SQL_JOIN_RIGHT || join->join == SOBRE_SQL_JOIN_FULL || join->using.n > 0 ||
      (join->on != NULL && (join->on->kind != SOBRE_SQL_NODE_BOOLEAN || g_ascii_strcasecmp (join->on->text, "true") != 0)))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, join->position,
                                  "UNNEST is available after CROSS JOIN, and after JOIN and LEFT JOIN with ON TRUE only");
  self->binding->fields = left;
  bound = bind_leaf (self, join->right, place, right);
  self->binding->fields = visible;
  return bound;
}

static gboolean
bind_join (SobreSqlBinder *self, const SobreSqlRelation *join, GArray *fields)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (SobreSqlField));
  g_autoptr (GArray) right = g_array_new (FALSE, FALSE, sizeof (SobreSqlField));
  SobreSqlConditions own = { NULL, 0, 0 };
  gboolean swapped = join->join == SOBRE_SQL_JOIN_RIGHT;
  gboolean full = join->join == SOBRE_SQL_JOIN_FULL;
  gboolean outer = swapped || full || join->join == SOBRE_SQL_JOIN_LEFT;
  SobreSqlInput *input;
  guint joined;

  if (join->right->kind == SOBRE_SQL_RELATION_UNNEST)
    {
      if (!bind_side (self, join->left, PLACE_INNER, left) ||
          !bind_unnest_side (self, join, outer ? PLACE_OPTIONAL : PLACE_INNER, left, right))
        return FALSE;
      g_array_append_vals (fields, left->data, left->len);
      g_array_append_vals (fields, right->data, right->len);
      return TRUE;
    }
  if (!bind_side (self, swapped ? join->right : join->left, full ? PLACE_ALONE : PLACE_INNER, swapped ? right : left) ||
      !bind_side (self, swapped ? join->left : join->right, outer ? PLACE_OPTIONAL : PLACE_INNER, swapped ? left : right))
    return FALSE;
  joined = self->binding->inputs->len - 1;
  if (!(join->using.n > 0 ? bind_using : bind_on) (self, join, left, right, outer ? &own : &self->binding->block->conditions,
                                                   fields))
    return FALSE;
  if (!outer)
    return TRUE;
  input = &g_array_index (self->binding->inputs, SobreSqlInput, joined);
  input->step = full ? SOBRE_SQL_STEP_FULL : SOBRE_SQL_STEP_LEFT;
  input->conditions = own;
  return TRUE;
}

static gboolean
bind_relation (SobreSqlBinder *self, const SobreSqlRelation *relation, Place place, GArray *fields)
{
  if (relation->kind != SOBRE_SQL_RELATION_JOIN)
    return bind_leaf (self, relation, place, fields);
  /* The rows of a FULL join are whole before anything else is joined to them. */
  if (relation->join == SOBRE_SQL_JOIN_FULL && self->binding->inputs->len > 0)
    return bind_side_as_block (self, relation, place, fields);
  return bind_join (self, relation, fields);
}

gboolean
sobre_sql_bind_from (SobreSqlBinder *self)
{
  const SobreSqlRelation *from = self->binding->select->from;

  return from == NULL || bind_relation (self, from, PLACE_INNER, self->binding->fields);
}
