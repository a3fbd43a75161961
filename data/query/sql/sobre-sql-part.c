/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

/* One part of a block: reads its share of the first input and sends it, batch by batch, through the steps.
 *
 * Stage 0 holds what is read, stage n what is there after the n-th further input has been joined. Each stage has an evaluator of its own:
 * the memory of a stage's vectors lasts until its next batch. */

#define BATCH_ROWS SOBRE_SCAN_BATCH_ROWS

guint
sobre_sql_block_get_n_stages (const SobreSqlBlock *block)
{
  return 1 + block->n_order - (block->reads_first ? 1 : 0);
}

const SobreSqlInput *
sobre_sql_block_get_input (const SobreSqlBlock *block, guint stage)
{
  if (block->reads_first)
    return &block->inputs[block->order[stage]];
  return stage == 0 ? NULL : &block->inputs[block->order[stage - 1]];
}

void
sobre_sql_part_begin (SobreSqlPart *self, guint64 max_rows)
{
  const SobreSqlBlock *block = self->block;
  SobreSqlBudget *budget = self->execution->budget;

  self->n_stages = sobre_sql_block_get_n_stages (block);
  self->stages = g_new0 (SobreSqlStage, self->n_stages);
  for (guint i = 0; i < self->n_stages; i++)
    {
      SobreSqlStage *stage = &self->stages[i];
      const SobreSqlJoin *join = i + 1 < self->n_stages ? &self->joins[i + 1] : NULL;

      stage->eval = sobre_sql_eval_new (self->execution->program->n_expressions, budget);
      stage->slots = g_new0 (SobreSqlVector, block->n_slots + 1);
      stage->stamps = g_new0 (guint64, block->n_slots + 1);
      stage->left = g_new (guint32, BATCH_ROWS);
      stage->right = g_new (guint32, BATCH_ROWS);
      stage->probe = join != NULL && join->lookup != NULL ? sobre_sql_probe_new (join->lookup) : NULL;
      stage->others = join != NULL && join->others != NULL ? sobre_sql_probe_new (join->others) : NULL;
    }
  sobre_sql_grouping_begin (&self->grouping, block, budget);
  self->rows = sobre_sql_row_store_new (self->plan, max_rows, budget);
}

void
sobre_sql_part_end (SobreSqlPart *self)
{
  SobreSqlSource *source = self->execution->source;

  for (guint i = 0; i < self->n_stages; i++)
    {
      SobreSqlStage *stage = &self->stages[i];

      g_clear_pointer (&stage->probe, sobre_sql_probe_free);
      g_clear_pointer (&stage->others, sobre_sql_probe_free);
      sobre_sql_eval_free (stage->eval);
      g_free (stage->slots);
      g_free (stage->stamps);
      g_free (stage->left);
      g_free (stage->right);
    }
  g_free (self->stages);
  sobre_sql_grouping_clear (&self->grouping);
  g_clear_pointer (&self->rows, sobre_sql_row_store_free);
  if (self->cursor != NULL)
    source->close (source, self->cursor);
  g_clear_error (&self->error);
}

gboolean
sobre_sql_part_send (SobreSqlPart *self, guint stage, SobreSqlRows rows, GError **error)
{
  const SobreSqlInput *input = sobre_sql_block_get_input (self->block, stage);
  const SobreSqlExpr *filter = input != NULL ? input->filter : self->block->filter;
  SobreSqlEval *eval = self->stages[stage].eval;

  if (stage == 0 && input != NULL && input->rows != NULL && !sobre_sql_eval_filter (eval, input->rows, &rows, error))
    return FALSE;
  sobre_sql_eval_narrow (eval, rows);
  if (filter != NULL && rows.n > 0 && !sobre_sql_eval_filter (eval, filter, &rows, error))
    return FALSE;
  if (rows.n == 0)
    return TRUE;
  sobre_sql_eval_narrow (eval, rows);
  if (stage + 1 < self->n_stages)
    return sobre_sql_part_join (self, stage, rows, error);
  if (self->block->is_grouped)
    return sobre_sql_grouping_add (self, eval, rows, error);
  return sobre_sql_put_out (self->plan, eval, rows, NULL, self->rows, error);
}

static gboolean
is_done (const SobreSqlPart *self)
{
  return g_atomic_int_get (self->stop) || (!self->block->is_grouped && sobre_sql_row_store_is_full (self->rows));
}

gboolean
sobre_sql_part_fill_scalars (SobreSqlPart *self, GError **error)
{
  const SobreSqlBlock *block = self->block;
  SobreSqlStage *stage = &self->stages[0];

  for (guint i = 0; i < block->n_slots; i++)
    {
      const SobreSqlSlot *slot = &block->slots[i];

      if (block->inputs[slot->input].kind == SOBRE_SQL_INPUT_SCALAR &&
          !sobre_sql_eval_single (stage->eval, slot->type, &self->scalars[slot->input], &stage->slots[i], error))
        return FALSE;
    }
  return TRUE;
}

/* Begins the next batch of stage 0. */
static gboolean
begin_batch (SobreSqlPart *self, guint n_rows, GError **error)
{
  SobreSqlStage *stage = &self->stages[0];

  sobre_sql_eval_begin (stage->eval, stage->slots, self->block->n_slots, n_rows);
  return sobre_sql_part_fill_scalars (self, error);
}

static gboolean
run_table (SobreSqlPart *self, guint input, GError **error)
{
  SobreSqlSource *source = self->execution->source;
  const SobreSqlBlock *block = self->block;
  SobreSqlStage *stage = &self->stages[0];
  SobreScanBatch batch;
  GError *failure = NULL;

  while (!is_done (self) && source->next (source, self->cursor, &batch, &failure))
    {
      if (!sobre_sql_budget_check_time (self->execution->budget, error) || !begin_batch (self, batch.n_rows, error))
        return FALSE;
      for (guint i = 0; i < block->n_slots; i++)
        {
          const SobreSqlSlot *slot = &block->slots[i];

          if (slot->input != input || !slot->is_used)
            continue;
          sobre_sql_load_column (self, (SobreScanColumn) slot->column, &batch.columns[slot->place], &stage->slots[i]);
          stage->stamps[i] = batch.columns[slot->place].stamp;
        }
      if (!sobre_sql_part_send (self, 0, (SobreSqlRows) { NULL, batch.n_rows }, error))
        return FALSE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
run_relation (SobreSqlPart *self, guint input, GError **error)
{
  const SobreSqlBlock *block = self->block;
  const SobreSqlRowSet *relation = self->relation;
  SobreSqlStage *stage = &self->stages[0];
  guint64 end = relation->n_rows * (self->part + 1) / self->n_parts;

  for (guint64 from = relation->n_rows * self->part / self->n_parts; from < end && !is_done (self); from += BATCH_ROWS)
    {
      guint n = (guint) MIN (BATCH_ROWS, end - from);

      if (!sobre_sql_budget_check_time (self->execution->budget, error) || !begin_batch (self, n, error))
        return FALSE;
      for (guint i = 0; i < block->n_slots; i++)
        if (block->slots[i].input == input && block->slots[i].is_used)
          stage->slots[i] = sobre_sql_row_set_view (relation, block->slots[i].column, block->slots[i].type, from);
      if (!sobre_sql_part_send (self, 0, (SobreSqlRows) { NULL, n }, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_sql_part_run (SobreSqlPart *self, GError **error)
{
  const SobreSqlBlock *block = self->block;
  guint first = block->reads_first ? block->order[0] : 0;

  if (!block->reads_first)
    return self->part > 0 || (begin_batch (self, 1, error) && sobre_sql_part_send (self, 0, (SobreSqlRows) { NULL, 1 }, error));
  if (block->inputs[first].kind == SOBRE_SQL_INPUT_TABLE)
    return run_table (self, first, error);
  return run_relation (self, first, error);
}
