/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"
#include "query/sql/sobre-sql-tally.h"

/* Groups, what becomes of them, and outputs.
 *
 * Grouping sets: rows are grouped by all keys first; the groups of each set are then merged from those, so that a further set costs as much
 * as there are groups, not rows. */

#define BATCH_ROWS SOBRE_SCAN_BATCH_ROWS

static SobreSqlState **
new_states (const SobreSqlBlock *block, SobreSqlBudget *budget)
{
  SobreSqlState **states = g_new0 (SobreSqlState *, block->n_aggregates + 1);

  for (guint i = 0; i < block->n_aggregates; i++)
    states[i] = sobre_sql_state_new (&block->aggregates[i], budget);
  return states;
}

static SobreSqlGroups *
new_groups (const SobreSqlBlock *block, gboolean has_set, SobreSqlBudget *budget)
{
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, block->n_keys + 2);

  for (guint i = 0; i < block->n_keys; i++)
    ranges[i] = (SobreSqlKeyRange) { block->keys[i]->low, block->keys[i]->high };
  return sobre_sql_groups_new (block->n_keys + (has_set ? 1 : 0), ranges, budget);
}

static gboolean
counts_rows (const SobreSqlBlock *block)
{
  for (guint i = 0; i < block->n_aggregates; i++)
    {
      const SobreSqlAggregate *aggregate = &block->aggregates[i];

      if (aggregate->is_used && (aggregate->kind != SOBRE_SQL_AGGREGATE_COUNT || aggregate->n_arguments > 0 ||
                                 aggregate->filter != NULL || aggregate->distinct))
        return FALSE;
    }
  return TRUE;
}

static void
add_key_slot (guint slot, gpointer data)
{
  g_array_append_val (data, slot);
}

static void
begin (SobreSqlGrouping *self, const SobreSqlBlock *block, gboolean has_set, SobreSqlBudget *budget)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < block->n_keys; i++)
    sobre_sql_expr_each_slot (block->keys[i], add_key_slot, slots);
  *self = (SobreSqlGrouping) {
    .groups = new_groups (block, has_set, budget),
    .states = new_states (block, budget),
    .groups_of_rows = g_new (guint32, BATCH_ROWS),
    .run_ends = g_new (guint32, BATCH_ROWS),
    .sizes = g_new (gint64, SOBRE_SQL_MOST_TALLIED),
    .counts_rows = counts_rows (block),
    .n_key_slots = slots->len,
    .key_stamps = g_new0 (guint64, slots->len + 1),
  };
  self->key_slots = (guint *) (gpointer) g_array_free (slots, FALSE);
}

void
sobre_sql_grouping_begin (SobreSqlGrouping *self, const SobreSqlBlock *block, SobreSqlBudget *budget)
{
  begin (self, block, FALSE, budget);
}

void
sobre_sql_grouping_clear (SobreSqlGrouping *self)
{
  for (guint i = 0; self->states != NULL && self->states[i] != NULL; i++)
    sobre_sql_state_free (self->states[i]);
  g_clear_pointer (&self->states, g_free);
  g_clear_pointer (&self->groups, sobre_sql_groups_free);
  g_clear_pointer (&self->groups_of_rows, g_free);
  g_clear_pointer (&self->run_ends, g_free);
  g_clear_pointer (&self->sizes, g_free);
  g_clear_pointer (&self->key_slots, g_free);
  g_clear_pointer (&self->key_stamps, g_free);
}

/* Whether the rows' keys are those of the batch before, because what they are made of is: of answers, the columns of their responses
 * stay the same from one question that everybody answers to the next. */
static gboolean
have_keys_stayed (SobreSqlPart *part, SobreSqlRows rows)
{
  SobreSqlGrouping *self = &part->grouping;
  const guint64 *stamps = part->stages[0].stamps;
  gboolean stayed = part->n_stages == 1 && rows.index == NULL && rows.n == self->n_rows;

  for (guint i = 0; i < self->n_key_slots; i++)
    {
      guint64 stamp = stamps[self->key_slots[i]];

      stayed = stayed && stamp != 0 && stamp == self->key_stamps[i];
      self->key_stamps[i] = stamp;
    }
  self->n_rows = rows.index == NULL ? rows.n : 0;
  return stayed;
}

/* Finds the runs, if there are few: groups at random would mispredict the end of every one. */
static void
find_runs (SobreSqlGrouping *self, guint n)
{
  const guint32 *groups = self->groups_of_rows;
  guint32 *ends = self->run_ends;
  guint n_changes = 0, n_runs = 0;

  for (guint r = 1; r < n; r++)
    n_changes += groups[r] != groups[r - 1];
  if (n_changes >= n / 16)
    return;
  for (guint r = 1; r < n && n_changes > 0; r++)
    {
      ends[n_runs] = r;
      n_runs += groups[r] != groups[r - 1];
    }
  ends[n_runs++] = n;
  self->members.run_ends = ends;
  self->members.n_runs = n_runs;
}

static gboolean
find_groups (SobreSqlPart *part, SobreSqlEval *eval, SobreSqlRows rows, GError **error)
{
  const SobreSqlBlock *block = part->block;
  SobreSqlGrouping *self = &part->grouping;
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, block->n_keys);

  for (guint i = 0; i < block->n_keys; i++)
    if (!sobre_sql_eval (eval, block->keys[i], rows, &keys[i], error))
      return FALSE;
  if (self->counts_rows && sobre_sql_groups_count (self->groups, keys, rows, self->groups_of_rows, self->sizes))
    {
      self->members = (SobreSqlMembers) { .n_groups = sobre_sql_groups_get_n (self->groups), .sizes = self->sizes };
      return TRUE;
    }
  if (!sobre_sql_groups_assign (self->groups, keys, rows, self->groups_of_rows, error))
    return FALSE;
  self->members = (SobreSqlMembers) { self->groups_of_rows, sobre_sql_groups_get_n (self->groups) };
  if (rows.index == NULL)
    find_runs (self, rows.n);
  return TRUE;
}

static gboolean
find_members (SobreSqlPart *part, SobreSqlEval *eval, SobreSqlRows rows, GError **error)
{
  SobreSqlGrouping *self = &part->grouping;

  if (have_keys_stayed (part, rows))
    return TRUE;
  if (part->block->n_keys > 0)
    return find_groups (part, eval, rows, error);
  self->members = (SobreSqlMembers) { NULL, 1 };
  if (rows.index == NULL)
    {
      self->run_ends[0] = rows.n;
      self->members.run_ends = self->run_ends;
      self->members.n_runs = 1;
    }
  return TRUE;
}

static gboolean
update_state (SobreSqlPart *part, SobreSqlEval *eval, guint which, SobreSqlRows rows, GError **error)
{
  const SobreSqlAggregate *aggregate = &part->block->aggregates[which];
  SobreSqlMembers members = part->grouping.members;
  SobreSqlVector arguments[SOBRE_SQL_MAX_COLUMNS + 1];
  guint n = rows.n;

  if (aggregate->filter != NULL && !sobre_sql_eval_filter (eval, aggregate->filter, &rows, error))
    return FALSE;
  if (rows.n < n)
    members.run_ends = NULL;
  for (guint i = 0; i < aggregate->n_arguments; i++)
    if (!sobre_sql_eval (eval, aggregate->arguments[i], rows, &arguments[i], error))
      return FALSE;
  return sobre_sql_state_update (part->grouping.states[which], arguments, rows, &members, error);
}

gboolean
sobre_sql_grouping_add (SobreSqlPart *part, SobreSqlEval *eval, SobreSqlRows rows, GError **error)
{
  const SobreSqlBlock *block = part->block;

  if (!find_members (part, eval, rows, error))
    return FALSE;
  for (guint i = 0; i < block->n_aggregates; i++)
    if (block->aggregates[i].is_used && !update_state (part, eval, i, rows, error))
      return FALSE;
  return TRUE;
}

static guint
get_n_groups (const SobreSqlGrouping *self, const SobreSqlBlock *block)
{
  return block->n_keys > 0 ? sobre_sql_groups_get_n (self->groups) : 1;
}

static gboolean
merge_states (SobreSqlGrouping *self,
              SobreSqlGrouping *from,
              const SobreSqlBlock *block,
              const guint32 *groups,
              guint n_from,
              guint n_groups,
              GError **error)
{
  for (guint i = 0; i < block->n_aggregates; i++)
    if (block->aggregates[i].is_used && n_from > 0 &&
        !sobre_sql_state_merge (self->states[i], from->states[i], groups, n_from, n_groups, error))
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_grouping_merge (SobreSqlGrouping *self,
                          SobreSqlGrouping *from,
                          const SobreSqlBlock *block,
                          SobreSqlBudget *budget,
                          GError **error)
{
  guint n = get_n_groups (from, block);
  g_autofree guint32 *groups = g_new0 (guint32, MAX (n, 1));
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, block->n_keys + 1);
  guint n_groups = 1;

  if (n == 0)
    return TRUE;
  for (guint i = 0; i < block->n_keys; i++)
    keys[i] = sobre_sql_groups_view (from->groups, i, 0);
  if (block->n_keys > 0)
    {
      if (!sobre_sql_groups_assign (self->groups, keys, (SobreSqlRows) { NULL, n }, groups, error))
        return FALSE;
      n_groups = sobre_sql_groups_get_n (self->groups);
    }
  return merge_states (self, from, block, groups, n, n_groups, error) && sobre_sql_budget_check_time (budget, error);
}

/* The groups of one grouping set: those keys that it has, NULL for the others, and its number. */
static gboolean
add_set (SobreSqlGrouping *self, SobreSqlGrouping *from, const SobreSqlBlock *block, guint set, GError **error)
{
  guint n = get_n_groups (from, block);
  guint n_from = n;
  g_autofree guint32 *groups = NULL;
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, block->n_keys + 1);
  SobreSqlInt128 number[1] = { set };

  /* The set without keys has a group even where there is no row. */
  if (n == 0 && block->sets[set] == 0)
    n = 1;
  groups = g_new0 (guint32, MAX (n, 1));
  for (guint i = 0; i < block->n_keys; i++)
    {
      const SobreSqlVector nothing = sobre_sql_vector_nothing (block->keys[i]->type);

      keys[i] = n_from > 0 ? sobre_sql_groups_view (from->groups, i, 0) : nothing;
      if ((block->sets[set] >> i & 1) != 0)
        continue;
      /* NULLs, in the layout of the key's values. */
      keys[i].mask = 0;
      keys[i].data = nothing.data;
      keys[i].valid = nothing.valid;
    }
  keys[block->n_keys] = (SobreSqlVector) { .physical = SOBRE_SQL_PHYSICAL_INT64, .mask = 0, .data = number };
  return sobre_sql_groups_assign (self->groups, keys, (SobreSqlRows) { NULL, n }, groups, error) &&
         merge_states (self, from, block, groups, n_from, sobre_sql_groups_get_n (self->groups), error);
}

/* Puts the groups of all sets in the place of those by all keys. */
static gboolean
make_sets (SobreSqlPart *part, GError **error)
{
  const SobreSqlBlock *block = part->block;
  SobreSqlBudget *budget = part->execution->budget;
  SobreSqlGrouping sets;

  begin (&sets, block, TRUE, budget);
  for (guint set = 0; set < block->n_sets; set++)
    if (!add_set (&sets, &part->grouping, block, set, error) || !sobre_sql_budget_check_time (budget, error))
      {
        sobre_sql_grouping_clear (&sets);
        return FALSE;
      }
  sobre_sql_grouping_clear (&part->grouping);
  part->grouping = sets;
  return TRUE;
}

/* Of the rows that show the same, only the first one ever seen remains. */
static gboolean
keep_new (SobreSqlEval *eval, SobreSqlGroups *seen, const SobreSqlVector *outputs, SobreSqlRows *rows, GError **error)
{
  guint32 *groups = sobre_sql_eval_scratch (eval, BATCH_ROWS * sizeof (guint32), error);
  guint32 *kept = sobre_sql_eval_scratch (eval, BATCH_ROWS * sizeof (guint32), error);
  guint next = sobre_sql_groups_get_n (seen);
  guint n = 0;

  if (groups == NULL || kept == NULL || !sobre_sql_groups_assign (seen, outputs, *rows, groups, error))
    return FALSE;
  SOBRE_SQL_EACH (*rows, r, {
    if (groups[r] == next)
      {
        kept[n++] = r;
        next++;
      }
  });
  *rows = (SobreSqlRows) { kept, n };
  return TRUE;
}

gboolean
sobre_sql_put_out (const SobreSqlPlan *plan,
                   SobreSqlEval *eval,
                   SobreSqlRows rows,
                   SobreSqlGroups *seen,
                   SobreSqlRowStore *store,
                   GError **error)
{
  const SobreSqlBlock *block = plan->block;
  g_autofree SobreSqlVector *outputs = g_new0 (SobreSqlVector, block->n_outputs + 1);

  for (guint i = 0; i < block->n_outputs; i++)
    if (sobre_sql_plan_shows (plan, i) && !sobre_sql_eval (eval, block->outputs[i], rows, &outputs[i], error))
      return FALSE;
  if (seen != NULL && !keep_new (eval, seen, outputs, &rows, error))
    return FALSE;
  return sobre_sql_row_store_append (store, outputs, rows, error);
}

/* One aggregate's results for some groups, as a vector. */
static gboolean
load_results (SobreSqlPart *part, SobreSqlEval *eval, guint which, guint from, guint n, SobreSqlVector *vector, GError **error)
{
  SobreSqlPhysical physical = sobre_sql_type_get_physical (part->block->aggregates[which].type);

  if (!sobre_sql_eval_make (eval, physical, vector, error))
    return FALSE;
  vector->valid = sobre_sql_eval_scratch (eval, MAX (n, 1), error);
  if (vector->valid == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      SobreSqlValue value = sobre_sql_state_get (part->grouping.states[which], from + i);

      sobre_sql_vector_set (vector, i, &value);
    }
  return TRUE;
}

/* Begins a batch of groups: their keys, the number of their set, the aggregates, the scalars. */
static gboolean
begin_groups (SobreSqlPart *part, SobreSqlEval *eval, SobreSqlVector *columns, guint from, guint n, GError **error)
{
  const SobreSqlBlock *block = part->block;

  sobre_sql_eval_begin (eval, columns, sobre_sql_block_get_scalar_slot (block, block->n_inputs), n);
  for (guint i = 0; i < block->n_keys + (block->n_sets > 0 ? 1 : 0); i++)
    columns[i] = sobre_sql_groups_view (part->grouping.groups, i, from);
  for (guint i = 0; i < block->n_aggregates; i++)
    if (block->aggregates[i].is_used &&
        !load_results (part, eval, i, from, n, &columns[sobre_sql_block_get_aggregate_slot (block, i)], error))
      return FALSE;
  for (guint i = 0; i < block->n_slots; i++)
    {
      const SobreSqlSlot *slot = &block->slots[i];

      if (block->inputs[slot->input].kind == SOBRE_SQL_INPUT_SCALAR &&
          !sobre_sql_eval_single (eval, slot->type, &part->scalars[slot->input],
                                  &columns[sobre_sql_block_get_scalar_slot (block, slot->input)], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish_states (SobreSqlPart *part, guint n_groups, GError **error)
{
  for (guint i = 0; i < part->block->n_aggregates; i++)
    if (part->block->aggregates[i].is_used && !sobre_sql_state_finish (part->grouping.states[i], n_groups, error))
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_grouping_put_out (SobreSqlPart *part, SobreSqlRowStore *store, GError **error)
{
  const SobreSqlBlock *block = part->block;
  SobreSqlBudget *budget = part->execution->budget;
  SobreSqlEval *eval = part->stages[part->n_stages - 1].eval;
  g_autofree SobreSqlVector *columns = g_new0 (SobreSqlVector, sobre_sql_block_get_scalar_slot (block, block->n_inputs) + 1);
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, block->n_visible + 1);
  g_autoptr (SobreSqlGroups) seen = block->distinct ? sobre_sql_groups_new (block->n_visible, ranges, budget) : NULL;
  guint n_groups;

  if (block->n_sets > 0 && !make_sets (part, error))
    return FALSE;
  n_groups = block->n_sets > 0 ? sobre_sql_groups_get_n (part->grouping.groups) : get_n_groups (&part->grouping, block);
  if (!finish_states (part, n_groups, error))
    return FALSE;
  for (guint from = 0; from < n_groups && !sobre_sql_row_store_is_full (store); from += BATCH_ROWS)
    {
      SobreSqlRows rows = { NULL, MIN (BATCH_ROWS, n_groups - from) };

      if (!begin_groups (part, eval, columns, from, rows.n, error))
        return FALSE;
      if (block->having != NULL && !sobre_sql_eval_filter (eval, block->having, &rows, error))
        return FALSE;
      if (rows.n > 0 && !sobre_sql_put_out (part->plan, eval, rows, seen, store, error))
        return FALSE;
      if (!sobre_sql_budget_check_time (budget, error))
        return FALSE;
    }
  return TRUE;
}
