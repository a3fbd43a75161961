/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* From a tree of names to a plan of types: queries, and what they are put together from. Blocks are in sobre-sql-bind-block.c. */

#define MAX_PLANS 500

/** SobreSqlCteScope: one query of WITH that is visible. @outer: those before it · @n_named: how often the text names it */
struct _SobreSqlCteScope
{
  SobreSqlCteScope *outer;
  const SobreSqlCte *cte;
  SobreSqlPlan *plan;
  guint n_named;
  guint n_read;
};

SobreSqlPlan *
sobre_sql_binder_new_plan (SobreSqlBinder *self, SobreSqlPlanKind kind, guint n_columns)
{
  SobreSqlPlan *plan = sobre_sql_arena_new_object (self->arena, SobreSqlPlan);

  plan->kind = kind;
  plan->n_columns = n_columns;
  plan->columns = sobre_sql_arena_new_array (self->arena, SobreSqlPlanColumn, n_columns);
  if (kind == SOBRE_SQL_PLAN_BLOCK)
    plan->block = sobre_sql_arena_new_object (self->arena, SobreSqlBlock);
  else if (kind == SOBRE_SQL_PLAN_SET_OPERATION)
    plan->set_operation = sobre_sql_arena_new_object (self->arena, SobreSqlSetOperation);
  else if (kind == SOBRE_SQL_PLAN_VALUES)
    plan->values = sobre_sql_arena_new_object (self->arena, SobreSqlValues);
  return plan;
}

gboolean
sobre_sql_binder_add_plan (SobreSqlBinder *self, SobreSqlPlan *plan)
{
  plan->id = self->plans->len;
  g_ptr_array_add (self->plans, plan);
  return self->plans->len <= MAX_PLANS || sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE,
                                                                 "the query is made of more than %d queries", MAX_PLANS);
}

/* A block around @plan that gives its columns as @types. */
static SobreSqlPlan *
bind_casts (SobreSqlBinder *self, SobreSqlPlan *plan, const SobreSqlType *types, SobreSqlPosition position)
{
  SobreSqlPlan *around = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_BLOCK, plan->n_columns);
  SobreSqlBlock *block = around->block;
  SobreSqlBinding binding;
  guint first;

  sobre_sql_binding_begin (&binding, self, NULL, NULL);
  binding.block = block;
  sobre_sql_binding_add_plan (&binding, SOBRE_SQL_INPUT_PLAN, plan, position, &first);
  block->limit = G_MAXUINT64;
  block->n_outputs = block->n_visible = plan->n_columns;
  block->outputs = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, plan->n_columns);
  for (guint i = 0; i < plan->n_columns && block->outputs != NULL; i++)
    {
      SobreSqlExpr *expr = sobre_sql_binder_cast (self, sobre_sql_binder_slot (self, first + i, position), types[i]);

      around->columns[i] = (SobreSqlPlanColumn) { .name = plan->columns[i].name, .type = types[i] };
      block->outputs[i] = expr;
      if (expr == NULL)
        block->outputs = NULL;
    }
  sobre_sql_binding_keep (&binding, self);
  sobre_sql_binding_end (&binding, self);
  return block->outputs != NULL && sobre_sql_binder_add_plan (self, around) ? around : NULL;
}

static SobreSqlPlan *
cast_side (SobreSqlBinder *self, SobreSqlPlan *plan, const SobreSqlType *types, SobreSqlPosition position)
{
  for (guint i = 0; i < plan->n_columns; i++)
    if (!sobre_sql_type_equal (plan->columns[i].type, types[i]))
      return bind_casts (self, plan, types, position);
  return plan;
}

static gboolean
unify_sides (SobreSqlBinder *self,
             const SobreSqlSelect *select,
             const SobreSqlPlan *left,
             const SobreSqlPlan *right,
             SobreSqlType *types)
{
  static const char *const names[] = { "", "VALUES", "UNION", "INTERSECT", "EXCEPT" };

  if (left->n_columns != right->n_columns)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, select->position, "%s of %u and %u columns",
                                  names[select->body], left->n_columns, right->n_columns);
  for (guint i = 0; i < left->n_columns; i++)
    if (!sobre_sql_type_unify (left->columns[i].type, right->columns[i].type, &types[i]))
      {
        g_autofree char *one = sobre_sql_type_dup_name (left->columns[i].type);
        g_autofree char *other = sobre_sql_type_dup_name (right->columns[i].type);

        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, select->position,
                                      "column %u of %s cannot be %s and %s", i + 1, names[select->body], one, other);
      }
  return TRUE;
}

static SobreSqlPlan *
bind_set_operation (SobreSqlBinder *self, const SobreSqlSelect *select, SobreSqlBinding *parent)
{
  SobreSqlPlan *left = sobre_sql_bind_query (self, select->left, parent, FALSE, FALSE, NULL);
  SobreSqlPlan *right = left != NULL ? sobre_sql_bind_query (self, select->right, parent, FALSE, FALSE, NULL) : NULL;
  g_autofree SobreSqlType *types = NULL;
  SobreSqlPlan *plan;

  if (right == NULL)
    return NULL;
  types = g_new (SobreSqlType, left->n_columns);
  if (!unify_sides (self, select, left, right, types))
    return NULL;
  left = cast_side (self, left, types, select->position);
  right = left != NULL ? cast_side (self, right, types, select->position) : NULL;
  if (right == NULL)
    return NULL;
  left->n_readers++;
  right->n_readers++;
  plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_SET_OPERATION, left->n_columns);
  for (guint i = 0; i < left->n_columns; i++)
    plan->columns[i] = (SobreSqlPlanColumn) { .name = left->columns[i].name, .type = types[i] };
  *plan->set_operation = (SobreSqlSetOperation) { select->body, select->distinct, left, right };
  return sobre_sql_binder_add_plan (self, plan) ? plan : NULL;
}

static gboolean
bind_value_rows (SobreSqlBinder *self, const SobreSqlSelect *select, SobreSqlPlan *plan)
{
  for (guint row = 0; row < select->n_rows; row++)
    {
      const SobreSqlNodes *nodes = &select->rows[row];

      if (nodes->n != plan->n_columns)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, nodes->nodes[0]->position,
                                      "the rows of VALUES have %u and %u columns", plan->n_columns, nodes->n);
      plan->values->rows[row] = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, nodes->n);
      for (guint i = 0; i < nodes->n; i++)
        {
          SobreSqlExpr *expr = sobre_sql_bind_in_clause (self, nodes->nodes[i], "VALUES");

          if (expr == NULL)
            return FALSE;
          if (!sobre_sql_type_unify (plan->columns[i].type, expr->type, &plan->columns[i].type))
            {
              g_autofree char *one = sobre_sql_type_dup_name (plan->columns[i].type);
              g_autofree char *other = sobre_sql_type_dup_name (expr->type);

              return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, expr->position,
                                            "column %u of VALUES cannot be %s and %s", i + 1, one, other);
            }
          plan->values->rows[row][i] = expr;
        }
    }
  return TRUE;
}

static SobreSqlPlan *
bind_values (SobreSqlBinder *self, const SobreSqlSelect *select)
{
  SobreSqlPlan *plan = sobre_sql_binder_new_plan (self, SOBRE_SQL_PLAN_VALUES, select->rows[0].n);
  SobreSqlBinding binding;
  gboolean bound;

  plan->values->n_rows = select->n_rows;
  plan->values->rows = sobre_sql_arena_new_array (self->arena, SobreSqlExpr **, select->n_rows);
  sobre_sql_binding_begin (&binding, self, NULL, NULL);
  bound = bind_value_rows (self, select, plan);
  if (bound && binding.inputs->len > 0)
    bound = sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, select->position,
                                   "a sub-query in VALUES is not available offline yet");
  sobre_sql_binding_end (&binding, self);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      g_autofree char *name = g_strdup_printf ("_col%u", i);

      plan->columns[i].name = sobre_sql_arena_string (self->arena, name, strlen (name));
      for (guint row = 0; bound && row < select->n_rows; row++)
        {
          SobreSqlExpr **value = &plan->values->rows[row][i];

          *value = sobre_sql_binder_cast (self, *value, plan->columns[i].type);
          bound = *value != NULL;
        }
    }
  return bound && sobre_sql_binder_add_plan (self, plan) ? plan : NULL;
}

static gboolean
rename_columns (SobreSqlBinder *self, SobreSqlPlan *plan, const SobreSqlCte *cte)
{
  if (cte->columns.n == 0)
    return TRUE;
  if (cte->columns.n != plan->n_columns)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, cte->position,
                                  "\"%.60s\" has %u columns, but %u names for them", cte->name, plan->n_columns,
                                  cte->columns.n);
  for (guint i = 0; i < plan->n_columns; i++)
    plan->columns[i].name = cte->columns.names[i];
  return TRUE;
}

static SobreSqlPlan *
bind_cte (SobreSqlBinder *self, SobreSqlCteScope *scope)
{
  SobreSqlCteScope *ctes = self->ctes;
  SobreSqlPlan *plan;

  self->ctes = scope->outer;
  plan = sobre_sql_bind_query (self, scope->cte->query, NULL, FALSE, FALSE, NULL);
  self->ctes = ctes;
  return plan != NULL && rename_columns (self, plan, scope->cte) ? plan : NULL;
}

SobreSqlPlan *
sobre_sql_binder_find_cte (SobreSqlBinder *self, const char *name, gboolean *found)
{
  SobreSqlCteScope *scope = self->ctes;

  while (scope != NULL && !g_str_equal (scope->cte->name, name))
    scope = scope->outer;
  *found = scope != NULL;
  if (scope == NULL)
    return NULL;
  /* What only picks rows and columns of one table is read anew at each place, with what that place asks of it; everything else is
   * computed once for all. */
  if (scope->n_read++ > 0 && sobre_sql_plan_is_simple (scope->plan))
    return bind_cte (self, scope);
  if (scope->n_named > 1 && !sobre_sql_plan_is_simple (scope->plan))
    scope->plan->is_shared = TRUE;
  return scope->plan;
}

/* Every query of WITH is bound, so that an error in it is found also where nothing reads it. */
static gboolean
bind_ctes (SobreSqlBinder *self, const SobreSqlSelect *select)
{
  for (guint i = 0; i < select->n_ctes; i++)
    {
      SobreSqlCteScope *scope = sobre_sql_arena_new_object (self->arena, SobreSqlCteScope);

      for (guint k = 0; k < i; k++)
        if (g_str_equal (select->ctes[k].name, select->ctes[i].name))
          return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, select->ctes[i].position,
                                        "WITH has \"%.60s\" twice", select->ctes[i].name);
      scope->outer = self->ctes;
      scope->cte = &select->ctes[i];
      for (const SobreSqlRelation *table = self->tables; table != NULL; table = table->next)
        scope->n_named += g_str_equal (table->name, scope->cte->name) ? 1 : 0;
      scope->plan = bind_cte (self, scope);
      if (scope->plan == NULL)
        return FALSE;
      self->ctes = scope;
    }
  return TRUE;
}

static SobreSqlPlan *
bind_body (SobreSqlBinder *self,
           const SobreSqlSelect *select,
           SobreSqlBinding *parent,
           gboolean is_direct,
           gboolean without_rows,
           SobreSqlCorrelations *correlations)
{
  SobreSqlPlan *plan;

  switch (select->body)
    {
    case SOBRE_SQL_BODY_BLOCK:
      return sobre_sql_bind_block (self, select, parent, is_direct, without_rows, correlations);
    case SOBRE_SQL_BODY_VALUES:
      plan = bind_values (self, select);
      break;
    case SOBRE_SQL_BODY_BRACKETS:
      plan = sobre_sql_bind_query (self, select->left, parent, FALSE, FALSE, NULL);
      break;
    default:
      plan = bind_set_operation (self, select, parent);
      break;
    }
  return plan != NULL ? sobre_sql_bind_wrap (self, select, plan) : NULL;
}

SobreSqlPlan *
sobre_sql_bind_query (SobreSqlBinder *self,
                      const SobreSqlSelect *select,
                      SobreSqlBinding *parent,
                      gboolean is_direct,
                      gboolean without_rows,
                      SobreSqlCorrelations *correlations)
{
  SobreSqlCteScope *ctes = self->ctes;
  SobreSqlPlan *plan = NULL;

  if (bind_ctes (self, select))
    plan = bind_body (self, select, parent, is_direct, without_rows, correlations);
  self->ctes = ctes;
  return plan;
}

/* The result is given by a block, whatever the query is. */
static SobreSqlPlan *
make_root (SobreSqlBinder *self, SobreSqlPlan *plan)
{
  g_autofree SobreSqlType *types = g_new (SobreSqlType, plan->n_columns);

  for (guint i = 0; i < plan->n_columns; i++)
    {
      types[i] = plan->columns[i].type;
      if (types[i].kind >= SOBRE_SQL_INTERVAL_DAY)
        {
          sobre_query_error_set (
              self->error, SOBRE_QUERY_ERROR_UNSUPPORTED,
              plan->kind == SOBRE_SQL_PLAN_BLOCK ? plan->block->outputs[i]->position : SOBRE_SQL_NOWHERE,
              "an interval as a column of the result is not available offline yet: date_diff() gives a number");
          return NULL;
        }
    }
  if (plan->kind == SOBRE_SQL_PLAN_BLOCK && !plan->is_shared)
    return plan;
  return bind_casts (self, plan, types, SOBRE_SQL_NOWHERE);
}

const SobreSqlProgram *
sobre_sql_bind (const SobreSqlSelect *select,
                const SobreQuery *query,
                gint64 now_ms,
                SobreSqlZones *zones,
                SobreSqlBudget *budget,
                SobreSqlArena *arena,
                GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new ();
  SobreSqlBinder self = {
    .arena = arena,
    .zones = zones,
    .query = query,
    .now_ms = now_ms,
    .budget = budget,
    .error = error,
    .tables = select->tables,
    .plans = plans,
  };
  SobreSqlPlan *plan = sobre_sql_bind_query (&self, select, NULL, FALSE, FALSE, NULL);
  SobreSqlProgram *program = sobre_sql_arena_new_object (arena, SobreSqlProgram);

  if (plan != NULL)
    plan = make_root (&self, plan);
  if (plan == NULL)
    return NULL;
  plan->n_readers++;
  if (!sobre_sql_plan_finish (&self, plan))
    return NULL;
  *program = (SobreSqlProgram) { plan, plans->len, self.next_id };
  return program;
}
