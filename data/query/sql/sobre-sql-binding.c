/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* What is gathered while a block is bound. */

void
sobre_sql_binding_begin (SobreSqlBinding *self, SobreSqlBinder *binder, const SobreSqlSelect *select, SobreSqlBinding *parent)
{
  *self = (SobreSqlBinding) {
    .previous = binder->binding,
    .parent = parent,
    .select = select,
    .fields = g_array_new (FALSE, TRUE, sizeof (SobreSqlField)),
    .inputs = g_array_new (FALSE, TRUE, sizeof (SobreSqlInput)),
    .late = g_array_new (FALSE, FALSE, sizeof (guint)),
    .slots = g_array_new (FALSE, TRUE, sizeof (SobreSqlSlot)),
    .aggregates = g_array_new (FALSE, TRUE, sizeof (SobreSqlAggregate)),
    .windows = g_array_new (FALSE, TRUE, sizeof (SobreSqlBoundWindow)),
  };
  binder->binding = self;
}

void
sobre_sql_binding_end (SobreSqlBinding *self, SobreSqlBinder *binder)
{
  binder->binding = self->previous;
  g_array_unref (self->fields);
  g_array_unref (self->inputs);
  g_array_unref (self->late);
  g_array_unref (self->slots);
  g_array_unref (self->aggregates);
  g_array_unref (self->windows);
}

static SobreSqlInput *
add_input (SobreSqlBinding *self, SobreSqlInputKind kind, SobreSqlPosition position)
{
  SobreSqlInput input = { .kind = kind, .position = position };

  g_array_append_val (self->inputs, input);
  return &g_array_index (self->inputs, SobreSqlInput, self->inputs->len - 1);
}

guint
sobre_sql_binding_add_slot (SobreSqlBinding *self, guint input, guint column, SobreSqlType type, gint32 low, gint32 high)
{
  SobreSqlSlot slot = { .input = input, .column = column, .type = type, .low = low, .high = high };

  g_array_append_val (self->slots, slot);
  return self->slots->len - 1;
}

SobreSqlInput *
sobre_sql_binding_add_table (SobreSqlBinding *self, SobreTableKind table, SobreSqlPosition position, guint *first_slot)
{
  SobreSqlInput *input = add_input (self, SOBRE_SQL_INPUT_TABLE, position);
  guint n;
  const SobreScanColumn *columns = sobre_sql_table_get_columns (table, &n);

  input->scan.table = table;
  *first_slot = self->slots->len;
  for (guint i = 0; i < n; i++)
    {
      SobreSqlType type = sobre_sql_column_get_type (columns[i]);
      gboolean is_day = type.kind == SOBRE_SQL_DATE;

      /* 1970 to 2059: what a restaurant's days are; others are grouped too, but more slowly. */
      sobre_sql_binding_add_slot (self, self->inputs->len - 1, columns[i], type, 0, is_day ? 32767 : 0);
    }
  return input;
}

SobreSqlInput *
sobre_sql_binding_add_plan (SobreSqlBinding *self,
                            SobreSqlInputKind kind,
                            SobreSqlPlan *plan,
                            SobreSqlPosition position,
                            guint *first_slot)
{
  SobreSqlInput *input = add_input (self, kind, position);

  input->plan = plan;
  plan->n_readers++;
  *first_slot = self->slots->len;
  for (guint i = 0; i < plan->n_columns; i++)
    sobre_sql_binding_add_slot (self, self->inputs->len - 1, i, plan->columns[i].type, plan->columns[i].low,
                                plan->columns[i].high);
  return input;
}

SobreSqlExpr *
sobre_sql_binder_slot (SobreSqlBinder *self, guint slot, SobreSqlPosition position)
{
  const SobreSqlSlot *what = &g_array_index (self->binding->slots, SobreSqlSlot, slot);
  SobreSqlExpr *expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COLUMN, what->type, position, NULL, 0);

  expr->slot = slot;
  expr->low = what->low;
  expr->high = what->high;
  expr->is_total = TRUE;
  return expr;
}

void
sobre_sql_binding_keep (SobreSqlBinding *self, SobreSqlBinder *binder)
{
  SobreSqlBlock *block = self->block;

  block->n_inputs = self->inputs->len;
  block->inputs = sobre_sql_arena_copy (binder->arena, self->inputs->data, self->inputs->len * sizeof (SobreSqlInput));
  block->n_slots = self->slots->len;
  block->slots = sobre_sql_arena_copy (binder->arena, self->slots->data, self->slots->len * sizeof (SobreSqlSlot));
  block->n_aggregates = self->aggregates->len;
  block->aggregates =
      sobre_sql_arena_copy (binder->arena, self->aggregates->data, self->aggregates->len * sizeof (SobreSqlAggregate));
}
