/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include "query/sql/sobre-sql-eval-private.h"
#include "query/sql/sobre-sql-function.h"

/* Joining the rows of a batch to the elements of their lists: element n of each list makes row n, NULL where a list is shorter than another.
 *
 * Elements are values; texts among them are parts of the lists' arguments, or lie in the memory of the stage that those belong to. */

#define BATCH_ROWS SOBRE_SCAN_BATCH_ROWS

/** Unnest: what is to be sent on: @n rows, of each the row it comes from, its elements by list, and its number among them */
typedef struct
{
  SobreSqlPart *part;
  guint stage;
  const SobreSqlInput *input;
  SobreSqlVector *arguments; /* of all lists, one after the other */
  GArray **lists;            /* SobreSqlValue: of the row at hand */
  GArray **elements;         /* SobreSqlValue: of the rows that are not sent on yet */
  GArray *numbers;           /* SobreSqlValue */
  guint n;
  gint64 taken; /* memory of the longest lists so far */
} Unnest;

static gboolean
fill_list (Unnest *self, const SobreSqlExpr *list, const SobreSqlVector *arguments, guint row, GArray *elements, GError **error)
{
  SobreSqlEval *eval = self->part->stages[self->stage].eval;
  SobreSqlFrame frame = { list, eval->texts, eval->budget, error };
  SobreSqlValue values[SOBRE_SQL_MAX_ARGUMENTS + 1];

  g_array_set_size (elements, 0);
  for (guint i = 0; i < list->n_children; i++)
    {
      values[i] = sobre_sql_vector_get (&arguments[i], row);
      if (list->function != NULL && values[i].null)
        return TRUE;
    }
  if (list->function != NULL)
    return list->function->list (&frame, values, elements);
  g_array_append_vals (elements, values, list->n_children);
  return TRUE;
}

/* One column of the rows that are sent on. */
static gboolean
make_column (SobreSqlEval *eval, SobreSqlType type, const GArray *values, guint n, SobreSqlVector *vector, GError **error)
{
  if (!sobre_sql_eval_make (eval, sobre_sql_type_get_physical (type), vector, error))
    return FALSE;
  vector->valid = sobre_sql_eval_scratch (eval, MAX (n, 1), error);
  if (vector->valid == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    sobre_sql_vector_set (vector, i, &g_array_index (values, SobreSqlValue, i));
  return TRUE;
}

static gboolean
flush (Unnest *self, GError **error)
{
  SobreSqlPart *part = self->part;
  SobreSqlStage *from = &part->stages[self->stage], *to = &part->stages[self->stage + 1];
  guint number = (guint) (self->input - part->block->inputs), n = self->n;

  if (n == 0)
    return TRUE;
  if (!sobre_sql_budget_check_time (part->execution->budget, error))
    return FALSE;
  sobre_sql_eval_begin (to->eval, to->slots, part->block->n_slots, n);
  for (guint i = 0; i < part->block->n_slots; i++)
    {
      const SobreSqlSlot *slot = &part->block->slots[i];
      gboolean made;

      if (!sobre_sql_part_reads (part, i, self->stage + 1))
        continue;
      if (!sobre_sql_eval_need (from->eval, i, error))
        return FALSE;
      if (slot->input != number && from->slots[i].data == NULL)
        continue;
      if (slot->input == number)
        made = make_column (to->eval, slot->type,
                            slot->column < self->input->n_unnest ? self->elements[slot->column] : self->numbers, n,
                            &to->slots[i], error);
      else
        made = sobre_sql_vector_gather (&from->slots[i], from->left, n, to->eval, &to->slots[i], error);
      if (!made)
        return FALSE;
    }
  self->n = 0;
  for (guint i = 0; i < self->input->n_unnest; i++)
    g_array_set_size (self->elements[i], 0);
  g_array_set_size (self->numbers, 0);
  return sobre_sql_part_send (part, self->stage + 1, (SobreSqlRows) { NULL, n }, error);
}

/* @at: the place in the lists; G_MAXUINT for a row without elements */
static gboolean
add_row (Unnest *self, guint row, guint at, GError **error)
{
  const SobreSqlValue nothing = { .null = TRUE };
  SobreSqlValue number = { .null = at == G_MAXUINT, .i = (gint64) at + 1 };

  if (self->n == BATCH_ROWS && !flush (self, error))
    return FALSE;
  self->part->stages[self->stage].left[self->n++] = row;
  for (guint i = 0; i < self->input->n_unnest; i++)
    if (at < self->lists[i]->len)
      g_array_append_val (self->elements[i], g_array_index (self->lists[i], SobreSqlValue, at));
    else
      g_array_append_val (self->elements[i], nothing);
  g_array_append_val (self->numbers, number);
  return TRUE;
}

static gboolean
take_memory (Unnest *self, gint64 needed, GError **error)
{
  if (needed <= self->taken)
    return TRUE;
  if (!sobre_sql_budget_take (self->part->execution->budget, needed - self->taken, error))
    return FALSE;
  self->taken = needed;
  return TRUE;
}

static gboolean
unnest_row (Unnest *self, guint row, GError **error)
{
  const SobreSqlVector *arguments = self->arguments;
  gint64 size = 0;
  guint n = 0;

  for (guint i = 0; i < self->input->n_unnest; i++)
    {
      if (!fill_list (self, self->input->unnest[i], arguments, row, self->lists[i], error))
        return FALSE;
      arguments += self->input->unnest[i]->n_children;
      n = MAX (n, self->lists[i]->len);
      size += (gint64) self->lists[i]->len * (gint64) sizeof (SobreSqlValue);
      if (!take_memory (self, size, error))
        return FALSE;
    }
  for (guint at = 0; at < n; at++)
    if (!add_row (self, row, at, error))
      return FALSE;
  return n > 0 || self->input->step == SOBRE_SQL_STEP_INNER || add_row (self, row, G_MAXUINT, error);
}

static gboolean
eval_arguments (Unnest *self, SobreSqlRows rows, GError **error)
{
  SobreSqlEval *eval = self->part->stages[self->stage].eval;
  guint n = 0;

  for (guint i = 0; i < self->input->n_unnest; i++)
    for (guint k = 0; k < self->input->unnest[i]->n_children; k++)
      if (!sobre_sql_eval (eval, self->input->unnest[i]->children[k], rows, &self->arguments[n++], error))
        return FALSE;
  return TRUE;
}

static gboolean
unnest_rows (Unnest *self, SobreSqlRows rows, GError **error)
{
  guint n = 0;

  if (!eval_arguments (self, rows, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    if (!unnest_row (self, r, error) ||
        ((++n & 255) == 0 && !sobre_sql_budget_check_time (self->part->execution->budget, error)))
      return FALSE;
  });
  return flush (self, error);
}

gboolean
sobre_sql_part_unnest (SobreSqlPart *part, guint stage, SobreSqlRows rows, GError **error)
{
  Unnest self = { .part = part, .stage = stage, .input = sobre_sql_block_get_input (part->block, stage + 1) };
  guint n = self.input->n_unnest, n_arguments = 0;
  gboolean done;

  for (guint i = 0; i < n; i++)
    n_arguments += self.input->unnest[i]->n_children;
  self.arguments = g_new0 (SobreSqlVector, n_arguments + 1);
  self.lists = g_new0 (GArray *, n);
  self.elements = g_new0 (GArray *, n);
  self.numbers = g_array_new (FALSE, FALSE, sizeof (SobreSqlValue));
  for (guint i = 0; i < n; i++)
    {
      self.lists[i] = g_array_new (FALSE, FALSE, sizeof (SobreSqlValue));
      self.elements[i] = g_array_new (FALSE, FALSE, sizeof (SobreSqlValue));
    }
  done = unnest_rows (&self, rows, error);
  sobre_sql_budget_give_back (part->execution->budget, self.taken);
  for (guint i = 0; i < n; i++)
    {
      g_array_unref (self.lists[i]);
      g_array_unref (self.elements[i]);
    }
  g_array_unref (self.numbers);
  g_free (self.lists);
  g_free (self.elements);
  g_free (self.arguments);
  return done;
}
