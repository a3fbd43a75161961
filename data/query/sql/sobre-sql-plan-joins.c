/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

/* In which order a block's inputs are joined, by which keys, and where each condition is checked: as early as all that it reads is there.
 *
 * The heaviest input of those that may come first is read row by row; each of the others is kept in memory and looked up. Of them, those
 * come next that have a key in common with what is there already, the lightest first. */

typedef struct
{
  SobreSqlBinder *binder;
  SobreSqlBlock *block;
  guint64 placed;
  SobreSqlConditions rest;   /* conditions that are not checked yet */
  SobreSqlConditions *early; /* by input: conditions on it alone, before it is joined */
  SobreSqlConditions *late;  /* by input: conditions once it is joined */
} Planner;

typedef struct
{
  const SobreSqlBlock *block;
  guint64 inputs;
} Reads;

static void
add_read (guint slot, gpointer data)
{
  Reads *reads = data;
  guint input = reads->block->slots[slot].input;

  if (reads->block->inputs[input].kind != SOBRE_SQL_INPUT_SCALAR)
    reads->inputs |= G_GUINT64_CONSTANT (1) << input;
}

/* The inputs that an expression reads, a bit each; scalars are always there and do not count. */
static guint64
get_inputs (const Planner *self, const SobreSqlExpr *expr)
{
  Reads reads = { self->block, 0 };

  sobre_sql_expr_each_slot (expr, add_read, &reads);
  return reads.inputs;
}

static void
note_scalar (guint slot, gpointer data)
{
  Reads *reads = data;

  reads->inputs |= reads->block->inputs[reads->block->slots[slot].input].kind == SOBRE_SQL_INPUT_SCALAR ? 1 : 0;
}

static gboolean
reads_scalar (const Planner *self, const SobreSqlExpr *expr)
{
  Reads reads = { self->block, 0 };

  sobre_sql_expr_each_slot (expr, note_scalar, &reads);
  return reads.inputs != 0;
}

static guint64
bit (guint input)
{
  return G_GUINT64_CONSTANT (1) << input;
}

/* How many rows to expect, roughly: what matters is which of two inputs has more. */
static guint
get_plan_weight (const SobreSqlPlan *plan)
{
  static const guint weights[] = {
    [SOBRE_TABLE_RESPONSES] = 3, [SOBRE_TABLE_ANSWERS] = 5, [SOBRE_TABLE_EVENTS] = 6, [SOBRE_TABLE_ORDERS] = 4
  };
  guint weight = 1;

  if (plan->kind != SOBRE_SQL_PLAN_BLOCK)
    return plan->kind == SOBRE_SQL_PLAN_SET_OPERATION ? 2 : 0;
  if (plan->block->is_grouped || plan->block->limit != G_MAXUINT64)
    return 1;
  for (guint i = 0; i < plan->block->n_inputs; i++)
    {
      const SobreSqlInput *input = &plan->block->inputs[i];

      if (input->kind == SOBRE_SQL_INPUT_TABLE)
        weight = MAX (weight, weights[input->scan.table]);
    }
  return weight;
}

static guint
get_weight (const SobreSqlInput *input)
{
  SobreSqlBlock block = { .inputs = (SobreSqlInput *) input, .n_inputs = 1, .limit = G_MAXUINT64 };
  SobreSqlPlan plan = { .kind = SOBRE_SQL_PLAN_BLOCK, .block = &block };

  return get_plan_weight (input->kind == SOBRE_SQL_INPUT_TABLE ? &plan : input->plan);
}

static gboolean
is_joined (const SobreSqlInput *input)
{
  return input->kind == SOBRE_SQL_INPUT_TABLE || input->kind == SOBRE_SQL_INPUT_PLAN || input->unnest != NULL;
}

static gboolean
is_free (const SobreSqlInput *input)
{
  return is_joined (input) && input->step == SOBRE_SQL_STEP_INNER && input->unnest == NULL;
}

/* What has to be there before @input can be joined. */
static guint64
get_needs (const Planner *self, guint input)
{
  const SobreSqlInput *what = &self->block->inputs[input];
  guint64 needs = 0;

  for (guint i = 0; i < what->conditions.n; i++)
    needs |= get_inputs (self, what->conditions.exprs[i]);
  for (guint i = 0; i < what->n_keys; i++)
    needs |= get_inputs (self, what->probe_keys[i]);
  if (what->pairs != NULL)
    needs |= get_inputs (self, what->pairs);
  for (guint i = 0; i < what->n_unnest; i++)
    needs |= get_inputs (self, what->unnest[i]);
  return needs & ~bit (input);
}

/* Whether @condition says that something of @input alone equals something of what is there. */
static gboolean
is_key (const Planner *self, const SobreSqlExpr *condition, guint input, guint *build)
{
  guint64 sides[2];

  if (condition->kind != SOBRE_SQL_EXPR_COMPARE || condition->op != SOBRE_SQL_EQUAL)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    sides[i] = get_inputs (self, condition->children[i]);
  for (*build = 0; *build < 2; *build += 1)
    if (sides[*build] == bit (input) && !reads_scalar (self, condition->children[*build]) && sides[1 - *build] != 0 &&
        (sides[1 - *build] & ~self->placed) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_key (const Planner *self, guint input)
{
  guint build;

  for (guint i = 0; i < self->rest.n; i++)
    if (is_key (self, self->rest.exprs[i], input, &build))
      return TRUE;
  return FALSE;
}

/* Smaller comes sooner; G_MAXUINT cannot come yet. */
static guint
get_turn (const Planner *self, guint input)
{
  const SobreSqlInput *what = &self->block->inputs[input];

  if ((get_needs (self, input) & ~self->placed) != 0)
    return G_MAXUINT;
  if (what->step == SOBRE_SQL_STEP_FULL)
    return 0;
  if (what->step == SOBRE_SQL_STEP_IN || what->step == SOBRE_SQL_STEP_EXISTS)
    return 1;
  if (is_free (what))
    return (has_key (self, input) ? 10 : 1000) + get_weight (what);
  return what->unnest != NULL ? 900 : 100;
}

static gboolean
get_next (const Planner *self, guint *next)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < self->block->n_inputs; i++)
    if (is_joined (&self->block->inputs[i]) && (self->placed & bit (i)) == 0 && get_turn (self, i) < best)
      {
        best = get_turn (self, i);
        *next = i;
      }
  return best != G_MAXUINT;
}

static void
add_key (Planner *self, SobreSqlInput *input, SobreSqlExpr *condition, guint build)
{
  SobreSqlExpr **probe_keys = sobre_sql_arena_new_array (self->binder->arena, SobreSqlExpr *, input->n_keys + 1);
  SobreSqlExpr **build_keys = sobre_sql_arena_new_array (self->binder->arena, SobreSqlExpr *, input->n_keys + 1);

  for (guint i = 0; i < input->n_keys; i++)
    {
      probe_keys[i] = input->probe_keys[i];
      build_keys[i] = input->build_keys[i];
    }
  probe_keys[input->n_keys] = condition->children[1 - build];
  build_keys[input->n_keys] = condition->children[build];
  input->probe_keys = probe_keys;
  input->build_keys = build_keys;
  input->n_keys++;
}

/* Of an outer join: keys, what concerns the optional side alone and can be checked early, and what has to be checked pair by pair. */
static void
place_own_conditions (Planner *self, guint input)
{
  SobreSqlInput *what = &self->block->inputs[input];
  SobreSqlConditions pairs = { NULL, 0, 0 };
  guint build;

  if (what->step != SOBRE_SQL_STEP_LEFT && what->step != SOBRE_SQL_STEP_FULL)
    return;
  for (guint i = 0; i < what->conditions.n; i++)
    {
      SobreSqlExpr *condition = what->conditions.exprs[i];

      if (is_key (self, condition, input, &build))
        add_key (self, what, condition, build);
      else if (what->step == SOBRE_SQL_STEP_LEFT && get_inputs (self, condition) == bit (input) &&
               !reads_scalar (self, condition))
        sobre_sql_conditions_add (&self->early[input], self->binder->arena, condition);
      else
        sobre_sql_conditions_add (&pairs, self->binder->arena, condition);
    }
  what->pairs = sobre_sql_binder_all_of (self->binder, pairs.exprs, pairs.n);
  what->conditions.n = 0;
}

/* What can be checked once @input has been joined. */
static void
place_conditions (Planner *self, guint input)
{
  guint n = 0;

  for (guint i = 0; i < self->rest.n; i++)
    {
      SobreSqlExpr *condition = self->rest.exprs[i];
      guint build;

      if ((get_inputs (self, condition) & ~(self->placed | bit (input))) != 0)
        self->rest.exprs[n++] = condition;
      else if (is_free (&self->block->inputs[input]) && self->placed != 0 && is_key (self, condition, input, &build))
        add_key (self, &self->block->inputs[input], condition, build);
      else
        sobre_sql_conditions_add (&self->late[input], self->binder->arena, condition);
    }
  self->rest.n = n;
}

/* Conditions on one input alone are checked before it is joined, except on the optional side of an outer join. */
static void
take_early_conditions (Planner *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rest.n; i++)
    {
      SobreSqlExpr *condition = self->rest.exprs[i];
      guint64 inputs = get_inputs (self, condition);
      guint input = 0;

      while (inputs != 0 && (inputs >> input & 1) == 0)
        input++;
      if (inputs != 0 && inputs == bit (input) && is_free (&self->block->inputs[input]) && !reads_scalar (self, condition))
        sobre_sql_conditions_add (&self->early[input], self->binder->arena, condition);
      else
        self->rest.exprs[n++] = condition;
    }
  self->rest.n = n;
}

static gboolean
is_about (const SobreSqlExpr *expr, guint slot)
{
  const SobreSqlExpr *other;

  if (expr->kind == SOBRE_SQL_EXPR_IN)
    return expr->children[0]->kind == SOBRE_SQL_EXPR_COLUMN && expr->children[0]->slot == slot;
  if (expr->kind != SOBRE_SQL_EXPR_COMPARE)
    return FALSE;
  other = expr->children[0]->kind == SOBRE_SQL_EXPR_COLUMN ? expr->children[1] : expr->children[0];
  return other->kind == SOBRE_SQL_EXPR_CONSTANT &&
         (expr->children[0] == other ? expr->children[1] : expr->children[0])->kind == SOBRE_SQL_EXPR_COLUMN &&
         (expr->children[0] == other ? expr->children[1] : expr->children[0])->slot == slot;
}

/* What is demanded of one side of a key holds for the other side as well: "a.day = b.day AND a.day > x" bounds what is read of b. */
static gboolean
spread_conditions (Planner *self, guint input, guint from)
{
  SobreSqlInput *what = &self->block->inputs[input];
  const SobreSqlConditions *known = &self->early[from];

  if (what->step == SOBRE_SQL_STEP_FULL || what->step == SOBRE_SQL_STEP_IN)
    return TRUE;
  for (guint key = 0; key < what->n_keys; key++)
    for (guint i = 0; i < known->n; i++)
      {
        const SobreSqlExpr *probe = what->probe_keys[key];
        const SobreSqlExpr *build = what->build_keys[key];
        g_autofree guint *slots = NULL;
        SobreSqlExpr *copy;

        if (probe->kind != SOBRE_SQL_EXPR_COLUMN || build->kind != SOBRE_SQL_EXPR_COLUMN ||
            !is_about (known->exprs[i], probe->slot))
          continue;
        slots = g_new (guint, self->block->n_slots);
        slots[probe->slot] = build->slot;
        copy = sobre_sql_binder_renumber (self->binder, known->exprs[i], slots);
        if (copy == NULL)
          return FALSE;
        sobre_sql_conditions_add (&self->early[input], self->binder->arena, copy);
      }
  return TRUE;
}

/* The table as a plan of its own, of the columns that the block sees of it. */
static gboolean
wrap_table (Planner *self, guint input)
{
  SobreSqlBinder *binder = self->binder;
  SobreSqlInput *what = &self->block->inputs[input];
  guint n_columns, first;
  SobreSqlPlan *plan;
  SobreSqlBinding binding;

  sobre_sql_table_get_columns (what->scan.table, &n_columns);
  plan = sobre_sql_binder_new_plan (binder, SOBRE_SQL_PLAN_BLOCK, n_columns);
  sobre_sql_binding_begin (&binding, binder, NULL, NULL);
  binding.block = plan->block;
  sobre_sql_binding_add_table (&binding, what->scan.table, what->position, &first);
  plan->block->limit = G_MAXUINT64;
  plan->block->n_outputs = plan->block->n_visible = n_columns;
  plan->block->outputs = sobre_sql_arena_new_array (binder->arena, SobreSqlExpr *, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      SobreSqlExpr *expr = sobre_sql_binder_slot (binder, first + i, what->position);

      plan->block->outputs[i] = expr;
      plan->columns[i] = (SobreSqlPlanColumn) { "", expr->type, expr->low, expr->high, FALSE };
    }
  sobre_sql_binding_keep (&binding, binder);
  sobre_sql_binding_end (&binding, binder);
  for (guint i = 0, place = 0; i < self->block->n_slots; i++)
    if (self->block->slots[i].input == input)
      self->block->slots[i].column = place++;
  what->kind = SOBRE_SQL_INPUT_PLAN;
  what->plan = plan;
  plan->n_readers = 1;
  return sobre_sql_binder_add_plan (binder, plan);
}

/* Gives the conditions on an input alone to its plan; what that does not take is checked when its rows are read. */
static gboolean
push_early (Planner *self, guint input, gboolean is_base)
{
  SobreSqlInput *what = &self->block->inputs[input];
  SobreSqlConditions kept = { NULL, 0, 0 };
  g_autofree guint *columns = g_new0 (guint, self->block->n_slots + 1);

  if (what->kind == SOBRE_SQL_INPUT_TABLE && !is_base && !wrap_table (self, input))
    return FALSE;
  for (guint i = 0; i < self->block->n_slots; i++)
    columns[i] = self->block->slots[i].column;
  for (guint i = 0; i < self->early[input].n; i++)
    {
      SobreSqlExpr *condition = self->early[input].exprs[i];
      gboolean taken = FALSE;

      if (what->kind == SOBRE_SQL_INPUT_PLAN)
        {
          SobreSqlExpr *copy = sobre_sql_binder_renumber (self->binder, condition, columns);

          if (copy == NULL || !sobre_sql_plan_push (self->binder, what->plan, copy, &taken))
            return FALSE;
        }
      if (!taken)
        sobre_sql_conditions_add (&kept, self->binder->arena, condition);
    }
  what->rows = sobre_sql_binder_all_of (self->binder, kept.exprs, kept.n);
  return TRUE;
}

/* Those first that cannot fail: what they drop cannot make the others fail. */
static SobreSqlExpr *
join_conditions (Planner *self, const SobreSqlConditions *conditions)
{
  SobreSqlConditions sorted = { NULL, 0, 0 };

  for (guint total = 2; total-- > 0;)
    for (guint i = 0; i < conditions->n; i++)
      if (conditions->exprs[i]->is_total == (total == 1))
        sobre_sql_conditions_add (&sorted, self->binder->arena, conditions->exprs[i]);
  return sobre_sql_binder_all_of (self->binder, sorted.exprs, sorted.n);
}

static gboolean
choose_base (const Planner *self, guint *base)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->block->n_inputs; i++)
    {
      const SobreSqlInput *input = &self->block->inputs[i];

      if (input->step == SOBRE_SQL_STEP_FULL && is_joined (input))
        {
          *base = 0; /* its first side */
          return TRUE;
        }
      if (is_free (input) && (!found || get_weight (input) > get_weight (&self->block->inputs[*base])))
        {
          *base = i;
          found = TRUE;
        }
    }
  return found;
}

static gboolean
has_full (const SobreSqlBlock *block)
{
  for (guint i = 0; i < block->n_inputs; i++)
    if (block->inputs[i].step == SOBRE_SQL_STEP_FULL)
      return TRUE;
  return FALSE;
}

static gboolean
order_inputs (Planner *self)
{
  SobreSqlBlock *block = self->block;
  guint next;

  block->order = sobre_sql_arena_new_array (self->binder->arena, guint, block->n_inputs);
  if (choose_base (self, &next))
    {
      /* Nothing is checked before a FULL join is whole. */
      if (!has_full (block))
        {
          take_early_conditions (self);
          place_conditions (self, next);
        }
      self->placed |= bit (next);
      block->order[block->n_order++] = next;
    }
  while (get_next (self, &next))
    {
      place_own_conditions (self, next);
      place_conditions (self, next);
      self->placed |= bit (next);
      block->order[block->n_order++] = next;
    }
  for (guint i = 1; i < block->n_order; i++)
    for (guint from = 0; from < i; from++)
      if (!spread_conditions (self, block->order[i], block->order[from]))
        return FALSE;
  return TRUE;
}

gboolean
sobre_sql_plan_joins (SobreSqlBinder *binder, SobreSqlPlan *plan)
{
  SobreSqlBlock *block = plan->block;
  g_autofree SobreSqlConditions *early = g_new0 (SobreSqlConditions, block->n_inputs + 1);
  g_autofree SobreSqlConditions *late = g_new0 (SobreSqlConditions, block->n_inputs + 1);
  Planner self = { .binder = binder, .block = block, .rest = block->conditions, .early = early, .late = late };

  if (!order_inputs (&self))
    return FALSE;
  block->reads_first = block->n_order > 0 && is_free (&block->inputs[block->order[0]]);
  for (guint i = 0; i < block->n_order; i++)
    {
      guint input = block->order[i];

      if (block->inputs[input].unnest == NULL && !push_early (&self, input, i == 0 && block->reads_first))
        return FALSE;
      block->inputs[input].filter = join_conditions (&self, &late[input]);
    }
  /* Without inputs, everything hangs on the one row that there is. */
  block->filter = join_conditions (&self, &self.rest);
  block->conditions.n = 0;
  return TRUE;
}
