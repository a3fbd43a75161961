/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

/* What a step looks up in: the input's rows, by its keys. */

typedef struct
{
  const SobreSqlBlock *block;
  const SobreSqlInput *input;
  SobreSqlRowSet *relation;
  SobreSqlEval *eval;
  SobreSqlVector *slots;
} Build;

/* Begins a batch of the relation, as the input's slots. */
static void
begin_batch (Build *self, guint64 from, guint n)
{
  guint input = (guint) (self->input - self->block->inputs);

  for (guint i = 0; i < self->block->n_slots; i++)
    {
      const SobreSqlSlot *slot = &self->block->slots[i];

      if (slot->input == input && slot->is_used && slot->column != SOBRE_SQL_MARK)
        self->slots[i] = sobre_sql_row_set_view (self->relation, slot->column, slot->type, from);
    }
  sobre_sql_eval_begin (self->eval, self->slots, self->block->n_slots, n);
}

static SobreSqlLookup *
new_lookup (Build *self, guint n_keys, SobreSqlBudget *budget)
{
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, n_keys + 1);

  for (guint i = 0; i < n_keys; i++)
    ranges[i] = (SobreSqlKeyRange) { self->input->build_keys[i]->low, self->input->build_keys[i]->high };
  return sobre_sql_lookup_new (n_keys, ranges, self->relation->n_rows, budget);
}

static gboolean
fill (Build *self, SobreSqlJoin *join, SobreSqlBudget *budget, GError **error)
{
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, self->input->n_keys + 1);

  for (guint64 from = 0; from < self->relation->n_rows; from += SOBRE_SCAN_BATCH_ROWS)
    {
      SobreSqlRows rows = { NULL, (guint) MIN (SOBRE_SCAN_BATCH_ROWS, self->relation->n_rows - from) };

      if (!sobre_sql_budget_check_time (budget, error))
        return FALSE;
      begin_batch (self, from, rows.n);
      if (self->input->rows != NULL && !sobre_sql_eval_filter (self->eval, self->input->rows, &rows, error))
        return FALSE;
      for (guint i = 0; i < self->input->n_keys; i++)
        if (!sobre_sql_eval (self->eval, self->input->build_keys[i], rows, &keys[i], error))
          return FALSE;
      if (!sobre_sql_lookup_add (join->lookup, keys, rows, (guint32) from, error))
        return FALSE;
      if (join->others != NULL && !sobre_sql_lookup_add (join->others, keys, rows, (guint32) from, error))
        return FALSE;
    }
  return sobre_sql_lookup_finish (join->lookup, error) &&
         (join->others == NULL || sobre_sql_lookup_finish (join->others, error));
}

/* Notes which groups of the other keys have a row whose last key is NULL. */
static gboolean
note_nulls (Build *self, SobreSqlJoin *join, GError **error)
{
  guint n = sobre_sql_lookup_get_n_groups (join->others);

  join->other_nulls = g_malloc0 ((gsize) n + 1);
  for (guint32 group = 0; group < n; group++)
    {
      guint n_rows;
      const guint32 *rows = sobre_sql_lookup_get_rows (join->others, group, &n_rows);

      for (guint i = 0; i < n_rows && !join->other_nulls[group]; i++)
        {
          SobreSqlVector value;

          begin_batch (self, rows[i], 1);
          if (!sobre_sql_eval (self->eval, self->input->build_keys[self->input->n_keys - 1], (SobreSqlRows) { NULL, 1 }, &value,
                               error))
            return FALSE;
          join->other_nulls[group] = sobre_sql_vector_is_null (&value, 0);
        }
    }
  return TRUE;
}

gboolean
sobre_sql_join_build (SobreSqlJoin *self,
                      SobreSqlExecution *execution,
                      const SobreSqlBlock *block,
                      const SobreSqlInput *input,
                      GError **error)
{
  g_autofree SobreSqlVector *slots = g_new0 (SobreSqlVector, block->n_slots + 1);
  Build build = { .block = block, .input = input, .slots = slots };
  gboolean built;

  self->relation = sobre_sql_run_plan (execution, input->plan, error);
  if (self->relation == NULL)
    return FALSE;
  build.relation = self->relation;
  build.eval = sobre_sql_eval_new (execution->program->n_expressions, execution->budget);
  self->lookup = new_lookup (&build, input->n_keys, execution->budget);
  if (input->step == SOBRE_SQL_STEP_IN && input->n_keys > 1)
    self->others = new_lookup (&build, input->n_keys - 1, execution->budget);
  built = fill (&build, self, execution->budget, error);
  if (built && self->others != NULL)
    built = note_nulls (&build, self, error);
  if (built && input->step == SOBRE_SQL_STEP_FULL)
    self->matched = g_malloc0 (self->relation->n_rows + 1);
  sobre_sql_eval_free (build.eval);
  return built;
}

void
sobre_sql_join_clear (SobreSqlJoin *self)
{
  g_clear_pointer (&self->lookup, sobre_sql_lookup_free);
  g_clear_pointer (&self->others, sobre_sql_lookup_free);
  g_clear_pointer (&self->relation, sobre_sql_row_set_unref);
  g_free (self->other_nulls);
  g_free (self->matched);
}
