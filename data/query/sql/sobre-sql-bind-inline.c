/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* A sub-query that only picks rows and columns, taken into the block that reads it. */

void
sobre_sql_fields_add (GArray *fields, const char *relation, const char *name, SobreSqlExpr *expr)
{
  SobreSqlField field = { relation, name, expr };

  g_array_append_val (fields, field);
}

static SobreSqlExpr **
renumber_all (SobreSqlBinder *self, SobreSqlExpr **exprs, guint n, const guint *slots)
{
  SobreSqlExpr **copies = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n);

  for (guint i = 0; i < n; i++)
    {
      copies[i] = sobre_sql_binder_renumber (self, exprs[i], slots);
      if (copies[i] == NULL)
        return NULL;
    }
  return copies;
}

static gboolean
renumber_conditions (SobreSqlBinder *self, const SobreSqlConditions *from, const guint *slots, SobreSqlConditions *to)
{
  for (guint i = 0; i < from->n; i++)
    {
      SobreSqlExpr *copy = sobre_sql_binder_renumber (self, from->exprs[i], slots);

      if (copy == NULL)
        return FALSE;
      sobre_sql_conditions_add (to, self->arena, copy);
    }
  return TRUE;
}

/* Moves one input of a block into the one that is being bound. */
static gboolean
move_input (SobreSqlBinder *self, const SobreSqlInput *input, const guint *slots)
{
  SobreSqlInput moved = *input;

  moved.conditions = (SobreSqlConditions) { NULL, 0, 0 };
  if (!renumber_conditions (self, &input->conditions, slots, &moved.conditions))
    return FALSE;
  moved.probe_keys = renumber_all (self, input->probe_keys, input->n_keys, slots);
  moved.build_keys = renumber_all (self, input->build_keys, input->n_keys, slots);
  if (moved.probe_keys == NULL || moved.build_keys == NULL)
    return FALSE;
  if (input->pairs != NULL && (moved.pairs = sobre_sql_binder_renumber (self, input->pairs, slots)) == NULL)
    return FALSE;
  g_array_append_val (self->binding->inputs, moved);
  return TRUE;
}

gboolean
sobre_sql_bind_inline (SobreSqlBinder *self, const SobreSqlPlan *plan, const char *name, GArray *fields)
{
  const SobreSqlBlock *block = plan->block;
  guint first_input = self->binding->inputs->len;
  g_autofree guint *slots = g_new (guint, block->n_slots + 1);

  for (guint i = 0; i < block->n_slots; i++)
    {
      SobreSqlSlot slot = block->slots[i];

      slots[i] = self->binding->slots->len;
      slot.input += first_input;
      g_array_append_val (self->binding->slots, slot);
    }
  for (guint i = 0; i < block->n_inputs; i++)
    if (!move_input (self, &block->inputs[i], slots))
      return FALSE;
  if (!renumber_conditions (self, &block->conditions, slots, &self->binding->block->conditions))
    return FALSE;
  for (guint i = 0; i < plan->n_columns; i++)
    {
      SobreSqlExpr *expr = sobre_sql_binder_renumber (self, block->outputs[i], slots);

      if (expr == NULL)
        return FALSE;
      sobre_sql_fields_add (fields, name, plan->columns[i].name, expr);
    }
  return TRUE;
}

gboolean
sobre_sql_plan_is_inlinable (const SobreSqlPlan *plan)
{
  const SobreSqlBlock *block = plan->block;

  if (plan->kind != SOBRE_SQL_PLAN_BLOCK || plan->is_shared || block->is_grouped || block->distinct || block->n_inputs == 0 ||
      block->limit != G_MAXUINT64 || block->offset != 0)
    return FALSE;
  for (guint i = 0; i < block->n_inputs; i++)
    if (block->inputs[i].step == SOBRE_SQL_STEP_FULL || block->inputs[i].kind == SOBRE_SQL_INPUT_UNNEST)
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_plan_is_simple (const SobreSqlPlan *plan)
{
  return sobre_sql_plan_is_inlinable (plan) && plan->block->n_inputs == 1 &&
         plan->block->inputs[0].kind == SOBRE_SQL_INPUT_TABLE;
}
