/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

/* Runs a block: what it looks up in and its scalars first, then its parts, then what they have made together. */

typedef struct
{
  const SobreSqlBlock *block;
  guint *last_stages;
  guint stage;
} Reads;

static void
note_read (guint slot, gpointer data)
{
  Reads *reads = data;

  reads->last_stages[slot] = MAX (reads->last_stages[slot], reads->stage);
}

static void
note (Reads *reads, const SobreSqlExpr *expr, guint stage)
{
  reads->stage = stage;
  if (expr != NULL)
    sobre_sql_expr_each_slot (expr, note_read, reads);
}

/* After which stage nothing reads a slot any more: until then it goes along. */
static void
find_last_stages (const SobreSqlPlan *plan, guint *last_stages)
{
  const SobreSqlBlock *block = plan->block;
  Reads reads = { block, last_stages, 0 };
  guint last = sobre_sql_block_get_n_stages (block) - 1;

  for (guint stage = 0; stage <= last; stage++)
    {
      const SobreSqlInput *input = sobre_sql_block_get_input (block, stage);

      for (guint i = 0; input != NULL && i < input->n_keys; i++)
        note (&reads, input->probe_keys[i], stage - 1);
      for (guint i = 0; input != NULL && i < input->n_unnest; i++)
        note (&reads, input->unnest[i], stage - 1);
      note (&reads, input != NULL ? input->pairs : NULL, stage);
      note (&reads, input != NULL ? input->filter : NULL, stage);
    }
  for (guint i = 0; i < block->n_keys; i++)
    note (&reads, block->keys[i], last);
  for (guint i = 0; i < block->n_aggregates; i++)
    if (block->aggregates[i].is_used)
      {
        for (guint k = 0; k < block->aggregates[i].n_arguments; k++)
          note (&reads, block->aggregates[i].arguments[k], last);
        note (&reads, block->aggregates[i].filter, last);
      }
  for (guint i = 0; i < block->n_outputs && !block->is_grouped; i++)
    if (sobre_sql_plan_shows (plan, i))
      note (&reads, block->outputs[i], last);
}

static gboolean
run_scalar (SobreSqlExecution *self, const SobreSqlInput *input, SobreSqlArena *texts, SobreSqlValue *value, GError **error)
{
  g_autoptr (SobreSqlRowSet) relation = sobre_sql_run_plan (self, input->plan, error);
  SobreSqlVector vector;

  if (relation == NULL)
    return FALSE;
  if (relation->n_rows > 1)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, input->position,
                                  "a sub-query that stands for one value gives several rows");
  *value = (SobreSqlValue) { .null = TRUE };
  if (relation->n_rows == 0)
    return TRUE;
  vector = sobre_sql_row_set_view (relation, 0, input->plan->columns[0].type, 0);
  *value = sobre_sql_vector_get (&vector, 0);
  if (!value->null && sobre_sql_type_get_physical (input->plan->columns[0].type) == SOBRE_SQL_PHYSICAL_TEXT)
    value->s = sobre_sql_arena_text (texts, value->s);
  return TRUE;
}

static gboolean
open_parts (SobreSqlExecution *self, const SobreSqlBlock *block, SobreSqlPart *parts, guint n_parts, GError **error)
{
  g_autofree gpointer *cursors = g_new0 (gpointer, n_parts);
  const SobreSqlInput *first = block->reads_first ? &block->inputs[block->order[0]] : NULL;

  if (first == NULL || first->kind != SOBRE_SQL_INPUT_TABLE)
    return TRUE;
  sobre_sql_need_days (self, &first->scan);
  if (!self->source->open (self->source, &first->scan, cursors, error))
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    parts[i].cursor = cursors[i];
  return TRUE;
}

static gpointer
run_part (gpointer data)
{
  SobreSqlPart *part = data;

  if (!sobre_sql_part_run (part, &part->error))
    g_atomic_int_set (part->stop, 1);
  return NULL;
}

static gboolean
run_parts (SobreSqlPart *parts, guint n_parts, GError **error)
{
  for (guint i = 1; i < n_parts; i++)
    parts[i].thread = g_thread_new ("query", run_part, &parts[i]);
  run_part (&parts[0]);
  for (guint i = 1; i < n_parts; i++)
    g_thread_join (parts[i].thread);
  for (guint i = 0; i < n_parts; i++)
    if (parts[i].error != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&parts[i].error));
        return FALSE;
      }
  return TRUE;
}

static gboolean
merge_part (SobreSqlPart *to, SobreSqlPart *from, GError **error)
{
  if (to->block->is_grouped)
    return sobre_sql_grouping_merge (&to->grouping, &from->grouping, to->block, to->execution->budget, error);
  return sobre_sql_row_store_merge (to->rows, from->rows, error);
}

/* What the second side of a FULL join has that no pair has, as a part of its own. */
static gboolean
add_unmatched (SobreSqlPart *to, guint64 max_rows, GError **error)
{
  SobreSqlPart part = *to;
  gboolean done;

  if (to->n_stages < 2 || to->joins[1].matched == NULL)
    return TRUE;
  part.error = NULL;
  part.cursor = NULL;
  sobre_sql_part_begin (&part, max_rows);
  done = sobre_sql_part_send_unmatched (&part, error) && merge_part (to, &part, error);
  sobre_sql_part_end (&part);
  return done;
}

static SobreSqlRowStore *
finish_parts (SobreSqlPart *parts, guint n_parts, guint64 max_rows, GError **error)
{
  for (guint i = 1; i < n_parts; i++)
    if (!merge_part (&parts[0], &parts[i], error))
      return NULL;
  if (!add_unmatched (&parts[0], max_rows, error))
    return NULL;
  if (parts[0].block->is_grouped && !sobre_sql_grouping_put_out (&parts[0], parts[0].rows, error))
    return NULL;
  return g_steal_pointer (&parts[0].rows);
}

/* How many threads a block is worth: one for what is small. */
static guint
get_n_parts (const SobreSqlExecution *self, const SobreSqlBlock *block, const SobreSqlRowSet *relation)
{
  if (!block->reads_first)
    return 1;
  if (relation == NULL)
    return self->source->n_parts;
  return (guint) CLAMP (relation->n_rows / SOBRE_SCAN_BATCH_ROWS, 1, self->source->n_parts);
}

static SobreSqlRowStore *
run_block (SobreSqlPart *prototype, guint64 max_rows, GError **error)
{
  SobreSqlExecution *self = prototype->execution;
  const SobreSqlBlock *block = prototype->block;
  guint n_parts = get_n_parts (self, block, prototype->relation);
  g_autofree SobreSqlPart *parts = g_new0 (SobreSqlPart, n_parts);
  SobreSqlRowStore *rows = NULL;
  gint stop = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      parts[i] = *prototype;
      parts[i].part = i;
      parts[i].n_parts = n_parts;
      parts[i].stop = &stop;
      sobre_sql_part_begin (&parts[i], max_rows);
    }
  if (open_parts (self, block, parts, n_parts, error) && run_parts (parts, n_parts, error))
    rows = finish_parts (parts, n_parts, max_rows, error);
  for (guint i = 0; i < n_parts; i++)
    sobre_sql_part_end (&parts[i]);
  return rows;
}

/* Computes everything that the rows of the first input are joined to. */
static gboolean
prepare (SobreSqlPart *prototype, SobreSqlArena *texts, GError **error)
{
  SobreSqlExecution *self = prototype->execution;
  const SobreSqlBlock *block = prototype->block;
  guint n_stages = sobre_sql_block_get_n_stages (block);

  for (guint i = 0; i < block->n_inputs; i++)
    if (block->inputs[i].kind == SOBRE_SQL_INPUT_SCALAR &&
        !run_scalar (self, &block->inputs[i], texts, &prototype->scalars[i], error))
      return FALSE;
  for (guint stage = 1; stage < n_stages; stage++)
    {
      const SobreSqlInput *input = sobre_sql_block_get_input (block, stage);

      if (input->unnest == NULL && !sobre_sql_join_build (&prototype->joins[stage], self, block, input, error))
        return FALSE;
    }
  if (block->reads_first && block->inputs[block->order[0]].kind == SOBRE_SQL_INPUT_PLAN)
    {
      prototype->relation = sobre_sql_run_plan (self, block->inputs[block->order[0]].plan, error);
      return prototype->relation != NULL;
    }
  return TRUE;
}

SobreSqlRowStore *
sobre_sql_run_block (SobreSqlExecution *self, const SobreSqlPlan *plan, guint64 max_rows, GError **error)
{
  const SobreSqlBlock *block = plan->block;
  guint n_stages = sobre_sql_block_get_n_stages (block);
  g_autofree SobreSqlJoin *joins = g_new0 (SobreSqlJoin, n_stages);
  g_autofree SobreSqlValue *scalars = g_new0 (SobreSqlValue, block->n_inputs + 1);
  g_autofree guint *last_stages = g_new0 (guint, block->n_slots + 1);
  g_autoptr (SobreSqlArena) texts = sobre_sql_arena_new ();
  SobreSqlPart prototype = {
    .execution = self, .plan = plan, .block = block, .joins = joins, .last_stages = last_stages, .scalars = scalars
  };
  SobreSqlRowStore *rows = NULL;

  find_last_stages (plan, last_stages);
  if (prepare (&prototype, texts, error))
    rows = run_block (&prototype, max_rows, error);
  g_clear_pointer (&prototype.relation, sobre_sql_row_set_unref);
  for (guint i = 0; i < n_stages; i++)
    sobre_sql_join_clear (&joins[i]);
  return rows;
}
