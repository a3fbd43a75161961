/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-eval-private.h"

#include <string.h>

#include "query/sql/sobre-sql-binder-private.h"

/* The evaluator.
 *
 * A node's result is a vector as long as the batch of which only the rows asked for are filled: CASE, AND, OR and COALESCE ask their
 * later children only for the rows that need them, so that what a condition guards is never computed where it does not hold.
 *
 * What cannot fail is computed once where all rows have the same value, or, of one dictionary column, once for each entry of the dictionary
 * and then looked up by code ("lifted"): a comparison of a text costs as much as a load. A column that has to be made from what the scan gave
 * is made when it is asked for, and only of the rows that are left by then.
 *
 * Memory of a batch comes from blocks that are kept from batch to batch. */

#define BLOCK_SIZE SOBRE_SQL_SCRATCH_BLOCK

SobreSqlEval *
sobre_sql_eval_new (guint n_expressions, SobreSqlBudget *budget)
{
  SobreSqlEval *self = g_new0 (SobreSqlEval, 1);

  self->budget = budget;
  self->n_expressions = n_expressions;
  self->texts = sobre_sql_arena_new ();
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
sobre_sql_eval_free (SobreSqlEval *self)
{
  g_clear_pointer (&self->lifted, g_ptr_array_unref);
  sobre_sql_budget_give_back (self->budget, (gint64) self->blocks->len * (gint64) BLOCK_SIZE);
  sobre_sql_arena_free (self->texts);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

void
sobre_sql_eval_begin (SobreSqlEval *self, SobreSqlVector *columns, guint n_columns, guint n_rows)
{
  self->columns = columns;
  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->rows = (SobreSqlRows) { NULL, n_rows };
  self->block = self->used = 0;
  sobre_sql_arena_reset (self->texts);
}

gpointer
sobre_sql_eval_scratch (SobreSqlEval *self, gsize size, GError **error)
{
  gpointer data;

  size = (size + 63) & ~(gsize) 63;
  if (size > BLOCK_SIZE || sobre_sql_arena_get_size (self->texts) > SOBRE_SQL_MAX_SCRATCH ||
      self->block >= SOBRE_SQL_MAX_SCRATCH / BLOCK_SIZE)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE,
                             "the query's expressions need more than %d MiB at once", (int) (SOBRE_SQL_MAX_SCRATCH >> 20));
      return NULL;
    }
  if (self->used + size > BLOCK_SIZE)
    {
      self->block++;
      self->used = 0;
    }
  while (self->blocks->len <= self->block)
    {
      if (!sobre_sql_budget_take (self->budget, BLOCK_SIZE, error))
        return NULL;
      g_ptr_array_add (self->blocks, g_malloc (BLOCK_SIZE));
    }
  data = (guint8 *) g_ptr_array_index (self->blocks, self->block) + self->used;
  self->used += size;
  return data;
}

gboolean
sobre_sql_eval_make (SobreSqlEval *self, SobreSqlPhysical physical, SobreSqlVector *vector, GError **error)
{
  *vector = (SobreSqlVector) { .physical = physical, .mask = G_MAXUINT };
  vector->data = sobre_sql_eval_scratch (self, sobre_sql_physical_get_size (physical) * MAX (self->n_rows, 1), error);
  return vector->data != NULL;
}

gboolean
sobre_sql_eval_merge_valid (SobreSqlEval *self,
                            const SobreSqlVector *operands,
                            guint n_operands,
                            SobreSqlRows rows,
                            SobreSqlVector *result,
                            GError **error)
{
  guint8 *valid = NULL;

  for (guint i = 0; i < n_operands; i++)
    {
      const guint8 *from = operands[i].valid;
      const guint mask = operands[i].mask;

      if (from == NULL)
        continue;
      if (valid == NULL)
        {
          valid = sobre_sql_eval_scratch (self, MAX (self->n_rows, 1), error);
          if (valid == NULL)
            return FALSE;
          SOBRE_SQL_EACH (rows, r, valid[r] = from[r & mask];);
        }
      else
        SOBRE_SQL_EACH (rows, r, valid[r] &= from[r & mask];);
    }
  result->valid = valid;
  return TRUE;
}

gboolean
sobre_sql_eval_make_nullable (SobreSqlEval *self, SobreSqlPhysical physical, SobreSqlVector *vector, GError **error)
{
  if (!sobre_sql_eval_make (self, physical, vector, error))
    return FALSE;
  vector->valid = sobre_sql_eval_scratch (self, MAX (self->n_rows, 1), error);
  return vector->valid != NULL;
}

gboolean
sobre_sql_eval_single (SobreSqlEval *self,
                       SobreSqlType type,
                       const SobreSqlValue *value,
                       SobreSqlVector *vector,
                       GError **error)
{
  guint8 *memory = sobre_sql_eval_scratch (self, 2 * sizeof (SobreSqlInt128), error);

  if (memory == NULL)
    return FALSE;
  memset (memory, 0, 2 * sizeof (SobreSqlInt128));
  *vector = (SobreSqlVector) { .physical = sobre_sql_type_get_physical (type), .mask = 0, .data = memory };
  if (value->null)
    vector->valid = memory + sizeof (SobreSqlInt128);
  else
    sobre_sql_vector_set (vector, 0, value);
  return TRUE;
}

void
sobre_sql_eval_narrow (SobreSqlEval *self, SobreSqlRows rows)
{
  self->rows = rows;
}

gboolean
sobre_sql_eval_need (SobreSqlEval *self, guint slot, GError **error)
{
  SobreSqlVector *column = &self->columns[slot];

  if (column->make == NULL)
    return TRUE;
  if (!column->make (self, self->rows, column, error))
    return FALSE;
  column->make = NULL;
  return TRUE;
}

static gboolean
eval_children (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *operands, GError **error)
{
  for (guint i = 0; i < expr->n_children; i++)
    if (!sobre_sql_eval (self, expr->children[i], rows, &operands[i], error))
      return FALSE;
  return TRUE;
}

/* The whole numbers that a call hangs on, where they alone differ from row to row, and none is NULL; else %NULL. */
static const gint64 *
find_varying (const SobreSqlVector *operands, guint n)
{
  const gint64 *varying = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (operands[i].mask == 0)
        continue;
      if (varying != NULL || operands[i].physical != SOBRE_SQL_PHYSICAL_INT64 || operands[i].valid != NULL)
        return NULL;
      varying = operands[i].i;
    }
  return varying;
}

/* One function call a row, but none for a row with the arguments of the row before, as where rows lie by day. */
static gboolean
eval_call (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlValue value = { FALSE };
  const gint64 *varying;
  guint before = 0;
  SobreSqlVector operands[SOBRE_SQL_MAX_ARGUMENTS + 1];
  SobreSqlValue arguments[SOBRE_SQL_MAX_ARGUMENTS + 1];
  SobreSqlFrame frame = { expr, self->texts, self->budget, error };
  gboolean takes_nulls = (expr->function->flags & SOBRE_SQL_NULLS) != 0;
  const guint n = expr->n_children;

  if (!eval_children (self, expr, rows, operands, error) ||
      !sobre_sql_eval_make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
    return FALSE;
  varying = find_varying (operands, n);
  for (guint i = 0; i < rows.n; i++)
    {
      guint row = rows.index != NULL ? rows.index[i] : i;

      if (varying != NULL && i > 0 && varying[row] == varying[before])
        {
          sobre_sql_vector_set (result, row, &value);
          continue;
        }
      before = row;
      value = (SobreSqlValue) { FALSE };
      for (guint k = 0; k < n; k++)
        {
          if (i == 0 || operands[k].mask != 0)
            arguments[k] = sobre_sql_vector_get (&operands[k], row);
          value.null = value.null || arguments[k].null;
        }
      if (takes_nulls)
        value.null = FALSE;
      if (!value.null && !expr->function->kernel (&frame, arguments, &value))
        return FALSE;
      sobre_sql_vector_set (result, row, &value);
      if ((i & 255) == 255 &&
          (!sobre_sql_budget_check_time (self->budget, error) ||
           (sobre_sql_arena_get_size (self->texts) > SOBRE_SQL_MAX_SCRATCH && sobre_sql_eval_scratch (self, 1, error) == NULL)))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_sql_eval_plain (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error)
{
  SobreSqlVector operands[2];

  switch (expr->kind)
    {
    case SOBRE_SQL_EXPR_CALL:
      return eval_call (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_ARITHMETIC:
      return eval_children (self, expr, rows, operands, error) &&
             sobre_sql_eval_arithmetic (self, expr, operands, rows, vector, error);
    case SOBRE_SQL_EXPR_NEGATE:
      return eval_children (self, expr, rows, operands, error) &&
             sobre_sql_eval_negate (self, expr, operands, rows, vector, error);
    case SOBRE_SQL_EXPR_COMPARE:
    case SOBRE_SQL_EXPR_DISTINCT:
      return eval_children (self, expr, rows, operands, error) &&
             sobre_sql_eval_compare (self, expr, operands, rows, vector, error);
    case SOBRE_SQL_EXPR_AND:
    case SOBRE_SQL_EXPR_OR:
      return sobre_sql_eval_logic (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_NOT:
      return sobre_sql_eval_not (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_IS_NULL:
      return sobre_sql_eval_is_null (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_IN:
      return sobre_sql_eval_in (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_CASE:
      return sobre_sql_eval_case (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_COALESCE:
      return sobre_sql_eval_coalesce (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_TRY:
      return sobre_sql_eval_try (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_CAST:
      return eval_children (self, expr, rows, operands, error) &&
             sobre_sql_eval_cast (self, expr, operands, rows, vector, error);
    case SOBRE_SQL_EXPR_COLUMN:
      if (!sobre_sql_eval_need (self, expr->slot, error))
        return FALSE;
      *vector = self->columns[expr->slot];
      return TRUE;
    case SOBRE_SQL_EXPR_CONSTANT:
      return sobre_sql_eval_single (self, expr->type, &expr->constant, vector, error);
    case SOBRE_SQL_EXPR_AGGREGATE:
    case SOBRE_SQL_EXPR_WINDOW:
    case SOBRE_SQL_EXPR_GROUPING:
    case SOBRE_SQL_EXPR_OUTER:
    case SOBRE_SQL_EXPR_LIST:
    default:
      g_assert_not_reached ();
    }
}

/* Whether all rows of the batch have the same value. */
static gboolean
is_constant (const SobreSqlEval *self, const SobreSqlExpr *expr)
{
  if (expr->kind == SOBRE_SQL_EXPR_COLUMN)
    return self->columns[expr->slot].mask == 0;
  for (guint i = 0; i < expr->n_children; i++)
    if (!is_constant (self, expr->children[i]))
      return FALSE;
  return TRUE;
}

static gboolean
eval_constant (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlVector *vector, GError **error)
{
  if (!sobre_sql_eval_plain (self, expr, (SobreSqlRows) { NULL, 1 }, vector, error))
    return FALSE;
  vector->mask = 0;
  return TRUE;
}

gboolean
sobre_sql_eval (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error)
{
  gboolean done;

  if (expr->is_total && expr->kind != SOBRE_SQL_EXPR_COLUMN && expr->kind != SOBRE_SQL_EXPR_CONSTANT && self->n_columns > 0)
    {
      if (rows.n > 1 && is_constant (self, expr))
        return eval_constant (self, expr, vector, error);
      if (!sobre_sql_eval_lifted (self, expr, rows, vector, &done, error))
        return FALSE;
      if (done)
        return TRUE;
    }
  return sobre_sql_eval_plain (self, expr, rows, vector, error);
}

gboolean
sobre_sql_eval_filter (SobreSqlEval *self, const SobreSqlExpr *condition, SobreSqlRows *rows, GError **error)
{
  SobreSqlVector vector;
  guint32 *index;
  guint n = 0;

  if (condition->kind == SOBRE_SQL_EXPR_AND)
    {
      for (guint i = 0; i < condition->n_children && rows->n > 0; i++)
        if (!sobre_sql_eval_filter (self, condition->children[i], rows, error))
          return FALSE;
      return TRUE;
    }
  if (!sobre_sql_eval (self, condition, *rows, &vector, error))
    return FALSE;
  if (vector.mask == 0)
    {
      if (!vector.b[0] || sobre_sql_vector_is_null (&vector, 0))
        rows->n = 0;
      return TRUE;
    }
  index = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  if (index == NULL)
    return FALSE;
  if (vector.valid == NULL)
    SOBRE_SQL_EACH (*rows, r, {
      index[n] = r;
      n += vector.b[r & vector.mask];
    });
  else
    SOBRE_SQL_EACH (*rows, r, {
      index[n] = r;
      n += vector.b[r & vector.mask] & vector.valid[r & vector.mask];
    });
  if (n < rows->n)
    *rows = (SobreSqlRows) { index, n };
  return TRUE;
}

gboolean
sobre_sql_fold (const SobreSqlExpr *expr, SobreSqlArena *arena, SobreSqlBudget *budget, SobreSqlValue *value, GError **error)
{
  g_autoptr (SobreSqlEval) eval = sobre_sql_eval_new (0, budget);
  SobreSqlVector vector;

  sobre_sql_eval_begin (eval, NULL, 0, 1);
  if (!sobre_sql_eval (eval, expr, (SobreSqlRows) { NULL, 1 }, &vector, error))
    return FALSE;
  *value = sobre_sql_vector_get (&vector, 0);
  if (!value->null && vector.physical == SOBRE_SQL_PHYSICAL_TEXT)
    value->s = sobre_sql_arena_text (arena, value->s);
  return TRUE;
}
