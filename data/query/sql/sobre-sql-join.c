/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

/* Joining a batch. Where a row finds one partner at most, the rows stay where they are and only the partner's columns are fetched beside
 * them; else pairs are made, a batch of them at a time. */

#define BATCH_ROWS SOBRE_SCAN_BATCH_ROWS
#define NO_ROW G_MAXUINT32

/** Pairs: the pairs of one batch of stage @stage, those that are not sent on yet. */
typedef struct
{
  SobreSqlPart *part;
  guint stage;
  const SobreSqlInput *input;
  SobreSqlJoin *join;
  guint n;
  guint8 *matched; /* by row of the batch */
} Pairs;

static guint
get_input_number (const SobreSqlPart *part, const SobreSqlInput *input)
{
  return (guint) (input - part->block->inputs);
}

static gboolean
find (SobreSqlPart *part, guint stage, const SobreSqlInput *input, SobreSqlRows rows, guint32 **groups, GError **error)
{
  SobreSqlEval *eval = part->stages[stage].eval;
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, input->n_keys + 1);

  *groups = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1) * sizeof (guint32), error);
  if (*groups == NULL)
    return FALSE;
  for (guint i = 0; i < input->n_keys; i++)
    if (!sobre_sql_eval (eval, input->probe_keys[i], rows, &keys[i], error))
      return FALSE;
  return sobre_sql_probe_find (part->stages[stage].probe, eval, keys, rows, *groups, error);
}

/* Begins the next stage with the rows of this one, where they are. */
static void
keep_rows (SobreSqlPart *part, guint stage)
{
  SobreSqlStage *from = &part->stages[stage], *to = &part->stages[stage + 1];

  sobre_sql_eval_begin (to->eval, to->slots, part->block->n_slots, from->eval->n_rows);
  memcpy (to->slots, from->slots, part->block->n_slots * sizeof *to->slots);
}

static gboolean
join_unique (SobreSqlPart *part,
             guint stage,
             const SobreSqlInput *input,
             SobreSqlRows rows,
             const guint32 *groups,
             GError **error)
{
  const SobreSqlJoin *join = &part->joins[stage + 1];
  SobreSqlStage *from = &part->stages[stage], *to = &part->stages[stage + 1];
  guint32 *partners = sobre_sql_eval_scratch (from->eval, MAX (from->eval->n_rows, 1) * sizeof (guint32), error);
  guint number = get_input_number (part, input);
  guint n = 0, n_rows;

  if (partners == NULL)
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    partners[r] = groups[r] != SOBRE_SQL_NO_GROUP ? *sobre_sql_lookup_get_rows (join->lookup, groups[r], &n_rows) : NO_ROW;
    from->left[n] = r;
    n += partners[r] != NO_ROW || input->step != SOBRE_SQL_STEP_INNER;
  });
  if (n == 0)
    return TRUE;
  keep_rows (part, stage);
  rows = (SobreSqlRows) { from->left, n };
  for (guint i = 0; i < part->block->n_slots; i++)
    if (part->block->slots[i].input == number && sobre_sql_part_reads (part, i, stage + 1) &&
        !sobre_sql_row_set_gather (join->relation, part->block->slots[i].column, part->block->slots[i].type, partners, rows,
                                   to->eval, &to->slots[i], error))
      return FALSE;
  return sobre_sql_part_send (part, stage + 1, rows, error);
}

/* Brings the gathered pairs into the next stage. */
static gboolean
gather_pairs (Pairs *self, GError **error)
{
  SobreSqlPart *part = self->part;
  SobreSqlStage *from = &part->stages[self->stage], *to = &part->stages[self->stage + 1];
  guint number = get_input_number (part, self->input);
  SobreSqlRows rows = { NULL, self->n };

  sobre_sql_eval_begin (to->eval, to->slots, part->block->n_slots, self->n);
  for (guint i = 0; i < part->block->n_slots; i++)
    {
      const SobreSqlSlot *slot = &part->block->slots[i];
      gboolean gathered;

      if (!sobre_sql_part_reads (part, i, self->stage + 1))
        continue;
      if (!sobre_sql_eval_need (from->eval, i, error))
        return FALSE;
      if (slot->input != number && from->slots[i].data == NULL)
        continue;
      if (slot->input == number)
        gathered =
            slot->column == SOBRE_SQL_MARK || sobre_sql_row_set_gather (self->join->relation, slot->column, slot->type,
                                                                        from->right, rows, to->eval, &to->slots[i], error);
      else
        gathered = sobre_sql_vector_gather (&from->slots[i], from->left, self->n, to->eval, &to->slots[i], error);
      if (!gathered)
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_matches (Pairs *self, SobreSqlRows rows, GError **error)
{
  const SobreSqlStage *from = &self->part->stages[self->stage];
  gboolean single = self->input->step == SOBRE_SQL_STEP_SINGLE;

  SOBRE_SQL_EACH (rows, r, {
    guint8 *matched = &self->matched[from->left[r]];

    if (single && *matched)
      return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, self->input->position,
                                    "a sub-query that stands for one value gives several rows");
    *matched = 1;
    if (self->join->matched != NULL)
      __atomic_store_n (&self->join->matched[from->right[r]], 1, __ATOMIC_RELAXED);
  });
  return TRUE;
}

/* Sends the gathered pairs on. @are_pairs: else they are rows that found no partner */
static gboolean
flush (Pairs *self, gboolean are_pairs, GError **error)
{
  SobreSqlRows rows = { NULL, self->n };

  if (self->n == 0)
    return TRUE;
  if (!sobre_sql_budget_check_time (self->part->execution->budget, error) || !gather_pairs (self, error))
    return FALSE;
  self->n = 0;
  if (are_pairs && self->input->pairs != NULL &&
      !sobre_sql_eval_filter (self->part->stages[self->stage + 1].eval, self->input->pairs, &rows, error))
    return FALSE;
  if (are_pairs && self->matched != NULL && !note_matches (self, rows, error))
    return FALSE;
  if (rows.n == 0 || self->input->step == SOBRE_SQL_STEP_EXISTS)
    return TRUE;
  return sobre_sql_part_send (self->part, self->stage + 1, rows, error);
}

static gboolean
add_pair (Pairs *self, guint32 left, guint32 right, gboolean are_pairs, GError **error)
{
  SobreSqlStage *from = &self->part->stages[self->stage];

  if (self->n == BATCH_ROWS && !flush (self, are_pairs, error))
    return FALSE;
  from->left[self->n] = left;
  from->right[self->n++] = right;
  return TRUE;
}

static gboolean
make_pairs (Pairs *self, SobreSqlRows rows, const guint32 *groups, GError **error)
{
  SOBRE_SQL_EACH (rows, r, {
    const guint32 *partners;
    guint n = 0;

    partners = groups[r] != SOBRE_SQL_NO_GROUP ? sobre_sql_lookup_get_rows (self->join->lookup, groups[r], &n) : NULL;
    for (guint i = 0; i < n; i++)
      if (!add_pair (self, r, partners[i], TRUE, error))
        return FALSE;
  });
  return flush (self, TRUE, error);
}

static gboolean
send_unmatched_rows (Pairs *self, SobreSqlRows rows, GError **error)
{
  SOBRE_SQL_EACH (rows, r, {
    if (!self->matched[r] && !add_pair (self, r, NO_ROW, FALSE, error))
      return FALSE;
  });
  return flush (self, FALSE, error);
}

/* The boolean that IN or EXISTS gives, beside the rows as they are. */
static gboolean
send_marks (SobreSqlPart *part,
            guint stage,
            const SobreSqlInput *input,
            SobreSqlRows rows,
            const SobreSqlVector *marks,
            GError **error)
{
  guint number = get_input_number (part, input);

  keep_rows (part, stage);
  for (guint i = 0; i < part->block->n_slots; i++)
    if (part->block->slots[i].input == number && part->block->slots[i].column == SOBRE_SQL_MARK)
      part->stages[stage + 1].slots[i] = *marks;
  return sobre_sql_part_send (part, stage + 1, rows, error);
}

static gboolean
make_marks (SobreSqlEval *eval, SobreSqlVector *marks, GError **error)
{
  if (!sobre_sql_eval_make (eval, SOBRE_SQL_PHYSICAL_BOOLEAN, marks, error))
    return FALSE;
  marks->valid = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1), error);
  return marks->valid != NULL;
}

static gboolean
join_exists (SobreSqlPart *part,
             guint stage,
             const SobreSqlInput *input,
             SobreSqlRows rows,
             const guint32 *groups,
             GError **error)
{
  SobreSqlEval *eval = part->stages[stage].eval;
  Pairs pairs = { .part = part, .stage = stage, .input = input, .join = &part->joins[stage + 1] };
  SobreSqlVector marks;

  if (!make_marks (eval, &marks, error))
    return FALSE;
  if (input->pairs != NULL)
    {
      pairs.matched = marks.b;
      memset (marks.b, 0, eval->n_rows);
      if (!make_pairs (&pairs, rows, groups, error))
        return FALSE;
    }
  else
    SOBRE_SQL_EACH (rows, r, marks.b[r] = groups[r] != SOBRE_SQL_NO_GROUP;);
  marks.valid = NULL;
  return send_marks (part, stage, input, rows, &marks, error);
}

/* NULL where the value is not found but might be: it is NULL itself, or a NULL is among what it is looked for in. */
static gboolean
join_in (SobreSqlPart *part, guint stage, const SobreSqlInput *input, SobreSqlRows rows, const guint32 *groups, GError **error)
{
  const SobreSqlJoin *join = &part->joins[stage + 1];
  SobreSqlEval *eval = part->stages[stage].eval;
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, input->n_keys + 1);
  guint32 *others = NULL;
  gboolean has_rows = sobre_sql_lookup_get_n_rows (join->lookup) > 0;
  gboolean has_null = sobre_sql_lookup_has_null (join->lookup);
  SobreSqlVector marks;

  for (guint i = 0; i < input->n_keys; i++)
    if ((join->others != NULL || i + 1 == input->n_keys) && !sobre_sql_eval (eval, input->probe_keys[i], rows, &keys[i], error))
      return FALSE;
  if (join->others != NULL)
    {
      others = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1) * sizeof (guint32), error);
      if (others == NULL || !sobre_sql_probe_find (part->stages[stage].others, eval, keys, rows, others, error))
        return FALSE;
    }
  if (!make_marks (eval, &marks, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    gboolean found = groups[r] != SOBRE_SQL_NO_GROUP;
    gboolean among = others != NULL ? others[r] != SOBRE_SQL_NO_GROUP : has_rows;
    gboolean null = sobre_sql_vector_is_null (&keys[input->n_keys - 1], r);

    if (among && !null)
      null = others != NULL ? join->other_nulls[others[r]] : has_null;
    marks.b[r] = found;
    marks.valid[r] = found || !among || !null;
  });
  return send_marks (part, stage, input, rows, &marks, error);
}

gboolean
sobre_sql_part_join (SobreSqlPart *part, guint stage, SobreSqlRows rows, GError **error)
{
  const SobreSqlInput *input = sobre_sql_block_get_input (part->block, stage + 1);
  Pairs pairs = { .part = part, .stage = stage, .input = input, .join = &part->joins[stage + 1] };
  SobreSqlEval *eval = part->stages[stage].eval;
  guint32 *groups;

  if (input->kind == SOBRE_SQL_INPUT_UNNEST)
    return sobre_sql_part_unnest (part, stage, rows, error);
  if (!find (part, stage, input, rows, &groups, error))
    return FALSE;
  if (input->step == SOBRE_SQL_STEP_IN)
    return join_in (part, stage, input, rows, groups, error);
  if (input->step == SOBRE_SQL_STEP_EXISTS)
    return join_exists (part, stage, input, rows, groups, error);
  if (input->pairs == NULL && input->step != SOBRE_SQL_STEP_FULL && sobre_sql_lookup_is_unique (pairs.join->lookup))
    return join_unique (part, stage, input, rows, groups, error);
  if (input->step != SOBRE_SQL_STEP_INNER)
    {
      pairs.matched = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1), error);
      if (pairs.matched == NULL)
        return FALSE;
      memset (pairs.matched, 0, eval->n_rows);
    }
  return make_pairs (&pairs, rows, groups, error) && (pairs.matched == NULL || send_unmatched_rows (&pairs, rows, error));
}

gboolean
sobre_sql_part_send_unmatched (SobreSqlPart *part, GError **error)
{
  const SobreSqlInput *input = sobre_sql_block_get_input (part->block, 1);
  SobreSqlJoin *join = &part->joins[1];
  SobreSqlStage *from = &part->stages[0];
  Pairs pairs = { .part = part, .input = input, .join = join };

  /* Of the first side, there is nothing but NULLs. */
  sobre_sql_eval_begin (from->eval, from->slots, part->block->n_slots, 1);
  if (!sobre_sql_part_fill_scalars (part, error))
    return FALSE;
  for (guint i = 0; i < part->block->n_slots; i++)
    if (part->block->slots[i].input == part->block->order[0])
      from->slots[i] = sobre_sql_vector_nothing (part->block->slots[i].type);
  for (guint64 row = 0; row < join->relation->n_rows; row++)
    if (!join->matched[row] && !add_pair (&pairs, 0, (guint32) row, FALSE, error))
      return FALSE;
  return flush (&pairs, FALSE, error);
}
