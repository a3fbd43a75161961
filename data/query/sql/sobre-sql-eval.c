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
 * An expression of one dictionary column that cannot fail is computed once for each entry of the dictionary and then looked up by code
 * ("lifted"): a comparison of a text costs as much as a load.
 *
 * Memory of a batch comes from blocks that are kept from batch to batch. */

#define BLOCK_SIZE ((gsize) 1 << 20)
#define MAX_LIFTED 65536

typedef struct
{
  const SobreText *dictionary;
  guint n;
  gboolean tried;
  SobreSqlVector vector;
  SobreSqlEval *eval; /* owns the vector's memory */
} Lifted;

static void
lifted_free (gpointer data)
{
  Lifted *lifted = data;

  if (lifted == NULL)
    return;
  g_clear_pointer (&lifted->eval, sobre_sql_eval_free);
  g_free (lifted);
}

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
  sobre_sql_arena_free (self->texts);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

void
sobre_sql_eval_begin (SobreSqlEval *self, const SobreSqlVector *columns, guint n_columns, guint n_rows)
{
  self->columns = columns;
  self->n_columns = n_columns;
  self->n_rows = n_rows;
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
    g_ptr_array_add (self->blocks, g_malloc (BLOCK_SIZE));
  data = (guint8 *) g_ptr_array_index (self->blocks, self->block) + self->used;
  self->used += size;
  return data;
}

gsize
sobre_sql_physical_get_size (SobreSqlPhysical physical)
{
  switch (physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      return sizeof (guint8);
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      return sizeof (SobreSqlInt128);
    case SOBRE_SQL_PHYSICAL_TEXT:
      return sizeof (SobreText);
    case SOBRE_SQL_PHYSICAL_CODE:
      return sizeof (guint32);
    default:
      return sizeof (gint64);
    }
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

SobreSqlValue
sobre_sql_vector_get (const SobreSqlVector *vector, guint row)
{
  SobreSqlValue value = { .null = sobre_sql_vector_is_null (vector, row) };

  if (value.null)
    return value;
  row &= vector->mask;
  switch (vector->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      value.i = vector->b[row];
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      value.d = vector->d[row];
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      value.dec = vector->dec[row];
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      value.s = vector->s[row];
      break;
    case SOBRE_SQL_PHYSICAL_CODE:
      value.s = vector->dictionary[vector->code[row]];
      break;
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      value.i = vector->i[row];
      break;
    }
  return value;
}

void
sobre_sql_vector_set (SobreSqlVector *vector, guint row, const SobreSqlValue *value)
{
  if (vector->valid != NULL)
    vector->valid[row] = !value->null;
  if (value->null)
    return;
  switch (vector->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      vector->b[row] = value->i != 0;
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      vector->d[row] = value->d;
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      vector->dec[row] = value->dec;
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      vector->s[row] = value->s;
      break;
    default:
      vector->i[row] = value->i;
      break;
    }
}

static gboolean
make_nullable (SobreSqlEval *self, SobreSqlPhysical physical, SobreSqlVector *vector, GError **error)
{
  if (!sobre_sql_eval_make (self, physical, vector, error))
    return FALSE;
  vector->valid = sobre_sql_eval_scratch (self, MAX (self->n_rows, 1), error);
  return vector->valid != NULL;
}

static gboolean
eval_constant (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlVector *vector, GError **error)
{
  SobreSqlPhysical physical = sobre_sql_type_get_physical (expr->type);
  guint8 *memory = sobre_sql_eval_scratch (self, 2 * sizeof (SobreSqlInt128), error);

  if (memory == NULL)
    return FALSE;
  memset (memory, 0, 2 * sizeof (SobreSqlInt128));
  *vector = (SobreSqlVector) { .physical = physical, .mask = 0, .data = memory };
  if (expr->constant.null)
    vector->valid = memory + sizeof (SobreSqlInt128);
  else
    sobre_sql_vector_set (vector, 0, &expr->constant);
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

/* One function call a row. */
static gboolean
eval_call (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlVector operands[SOBRE_SQL_MAX_ARGUMENTS + 1];
  SobreSqlValue arguments[SOBRE_SQL_MAX_ARGUMENTS + 1];
  SobreSqlFrame frame = { expr, self->texts, self->budget, error };
  gboolean takes_nulls = (expr->function->flags & SOBRE_SQL_NULLS) != 0;
  const guint n = expr->n_children;

  if (!eval_children (self, expr, rows, operands, error) ||
      !make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
    return FALSE;
  for (guint i = 0; i < rows.n; i++)
    {
      guint row = rows.index != NULL ? rows.index[i] : i;
      SobreSqlValue value = { FALSE };

      for (guint k = 0; k < n; k++)
        {
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

/* Three-valued: AND is false as soon as one child is, else NULL if one is; OR the other way round. Later children are asked only for
 * the rows that are still open. */
static gboolean
eval_logic (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  const guint8 decided = expr->kind == SOBRE_SQL_EXPR_OR;
  guint32 *open;
  SobreSqlRows rest = rows;

  if (!make_nullable (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error))
    return FALSE;
  open = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  if (open == NULL)
    return FALSE;
  SOBRE_SQL_EACH (rows, r, result->b[r] = !decided; result->valid[r] = 1;);
  for (guint i = 0; i < expr->n_children && rest.n > 0; i++)
    {
      SobreSqlVector child;
      guint n = 0;

      if (!sobre_sql_eval (self, expr->children[i], rest, &child, error))
        return FALSE;
      SOBRE_SQL_EACH (rest, r, {
        if (sobre_sql_vector_is_null (&child, r))
          {
            result->valid[r] = 0;
            open[n++] = r;
          }
        else if (child.b[r & child.mask] == decided)
          {
            result->b[r] = decided;
            result->valid[r] = 1;
          }
        else
          open[n++] = r;
      });
      rest = (SobreSqlRows) { open, n };
    }
  return TRUE;
}

static gboolean
eval_not (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlVector child;

  if (!sobre_sql_eval (self, expr->children[0], rows, &child, error) ||
      !sobre_sql_eval_make (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error) ||
      !sobre_sql_eval_merge_valid (self, &child, 1, rows, result, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, result->b[r] = !child.b[r & child.mask];);
  return TRUE;
}

static gboolean
eval_is_null (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlVector child;

  if (!sobre_sql_eval (self, expr->children[0], rows, &child, error) ||
      !sobre_sql_eval_make (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, result->b[r] = sobre_sql_vector_is_null (&child, r););
  return TRUE;
}

static gboolean
set_holds (const SobreSqlExpr *expr, const SobreSqlValue *value)
{
  SobreSqlType type = expr->children[0]->type;
  guint low = 0, high = expr->n_set;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = sobre_sql_value_compare (type, value, &expr->set[middle]);

      if (order == 0)
        return TRUE;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

static gboolean
eval_in (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlVector child;

  if (!sobre_sql_eval (self, expr->children[0], rows, &child, error) ||
      !make_nullable (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, {
    SobreSqlValue value = sobre_sql_vector_get (&child, r);

    result->b[r] = !value.null && set_holds (expr, &value);
    result->valid[r] = !value.null && (result->b[r] || !expr->has_null);
  });
  return sobre_sql_budget_check_time (self->budget, error);
}

/* Copies the rows of @from into @to, codes as texts. */
static void
copy_rows (SobreSqlVector *to, const SobreSqlVector *from, SobreSqlRows rows)
{
  SOBRE_SQL_EACH (rows, r, {
    SobreSqlValue value = sobre_sql_vector_get (from, r);

    sobre_sql_vector_set (to, r, &value);
  });
}

static gboolean
eval_case (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  guint32 *open = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  guint32 *hits = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  SobreSqlRows rest = rows;
  SobreSqlVector value;

  if (open == NULL || hits == NULL || !make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
    return FALSE;
  for (guint i = 0; i + 1 < expr->n_children && rest.n > 0; i += 2)
    {
      SobreSqlVector condition;
      guint n_hits = 0, n_open = 0;

      if (!sobre_sql_eval (self, expr->children[i], rest, &condition, error))
        return FALSE;
      SOBRE_SQL_EACH (rest, r, {
        if (!sobre_sql_vector_is_null (&condition, r) && condition.b[r & condition.mask])
          hits[n_hits++] = r;
        else
          open[n_open++] = r;
      });
      rest = (SobreSqlRows) { open, n_open };
      if (n_hits == 0)
        continue;
      if (!sobre_sql_eval (self, expr->children[i + 1], (SobreSqlRows) { hits, n_hits }, &value, error))
        return FALSE;
      copy_rows (result, &value, (SobreSqlRows) { hits, n_hits });
    }
  if (rest.n == 0)
    return TRUE;
  if (!sobre_sql_eval (self, expr->children[expr->n_children - 1], rest, &value, error))
    return FALSE;
  copy_rows (result, &value, rest);
  return TRUE;
}

static gboolean
eval_coalesce (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  guint32 *open = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  SobreSqlRows rest = rows;

  if (open == NULL || !make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
    return FALSE;
  for (guint i = 0; i < expr->n_children && rest.n > 0; i++)
    {
      SobreSqlVector value;
      guint n = 0;

      if (!sobre_sql_eval (self, expr->children[i], rest, &value, error))
        return FALSE;
      copy_rows (result, &value, rest);
      SOBRE_SQL_EACH (rest, r, {
        if (!result->valid[r])
          open[n++] = r;
      });
      rest = (SobreSqlRows) { open, n };
    }
  return TRUE;
}

/* The only column of @expr, G_MAXUINT for none, G_MAXUINT - 1 for several. */
static guint
find_only_column (const SobreSqlExpr *expr)
{
  guint found = G_MAXUINT;

  if (expr->kind == SOBRE_SQL_EXPR_COLUMN)
    return expr->slot;
  for (guint i = 0; i < expr->n_children; i++)
    {
      guint column = find_only_column (expr->children[i]);

      if (column == G_MAXUINT - 1 || (found != G_MAXUINT && column != G_MAXUINT && column != found))
        return G_MAXUINT - 1;
      if (column != G_MAXUINT)
        found = column;
    }
  return found;
}

static gboolean
eval_plain (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error);

/* Computes @expr for each entry of the dictionary, and for NULL behind them. */
static gboolean
lift (SobreSqlEval *self, const SobreSqlExpr *expr, const SobreSqlVector *column, guint slot, Lifted *lifted)
{
  guint n = column->n_dictionary;
  g_autofree SobreSqlVector *columns = g_new0 (SobreSqlVector, slot + 1);
  g_autofree guint8 *valid = g_malloc0 (n + 1);
  g_autofree SobreText *texts = g_new0 (SobreText, n + 1);

  memcpy (texts, column->dictionary, n * sizeof *texts);
  memset (valid, 1, n);
  columns[slot] = (SobreSqlVector) { .physical = SOBRE_SQL_PHYSICAL_TEXT, .mask = G_MAXUINT, .s = texts, .valid = valid };
  g_clear_pointer (&lifted->eval, sobre_sql_eval_free);
  lifted->eval = sobre_sql_eval_new (self->n_expressions, self->budget);
  sobre_sql_eval_begin (lifted->eval, columns, slot + 1, n + 1);
  if (!eval_plain (lifted->eval, expr, (SobreSqlRows) { NULL, n + 1 }, &lifted->vector, NULL))
    g_clear_pointer (&lifted->eval, sobre_sql_eval_free);
  lifted->dictionary = column->dictionary;
  lifted->n = n;
  return lifted->eval != NULL;
}

static gboolean
look_up (SobreSqlEval *self,
         const Lifted *lifted,
         const SobreSqlVector *column,
         SobreSqlRows rows,
         SobreSqlVector *vector,
         GError **error)
{
  const SobreSqlVector *from = &lifted->vector;

  if (from->mask == 0)
    {
      *vector = *from;
      return TRUE;
    }
  if (!make_nullable (self, from->physical, vector, error))
    return FALSE;
  if (from->physical == SOBRE_SQL_PHYSICAL_BOOLEAN && column->valid == NULL && from->valid == NULL)
    {
      SOBRE_SQL_EACH (rows, r, vector->b[r] = from->b[column->code[r]];);
      vector->valid = NULL;
      return TRUE;
    }
  SOBRE_SQL_EACH (rows, r, {
    SobreSqlValue value = sobre_sql_vector_get (from, sobre_sql_vector_is_null (column, r) ? lifted->n : column->code[r]);

    sobre_sql_vector_set (vector, r, &value);
  });
  return TRUE;
}

/* Whether @expr was computed by way of a dictionary. */
static gboolean
eval_lifted (SobreSqlEval *self,
             const SobreSqlExpr *expr,
             SobreSqlRows rows,
             SobreSqlVector *vector,
             gboolean *done,
             GError **error)
{
  guint slot = find_only_column (expr);
  const SobreSqlVector *column;
  Lifted *lifted;

  *done = FALSE;
  if (slot >= self->n_columns)
    return TRUE;
  column = &self->columns[slot];
  if (column->physical != SOBRE_SQL_PHYSICAL_CODE || column->mask == 0 || column->n_dictionary > MAX_LIFTED ||
      sobre_sql_physical_get_size (SOBRE_SQL_PHYSICAL_TEXT) * (column->n_dictionary + 1) > BLOCK_SIZE)
    return TRUE;
  if (self->lifted == NULL)
    {
      self->lifted = g_ptr_array_new_with_free_func (lifted_free);
      g_ptr_array_set_size (self->lifted, (gint) self->n_expressions);
    }
  if (g_ptr_array_index (self->lifted, expr->id) == NULL)
    g_ptr_array_index (self->lifted, expr->id) = g_new0 (Lifted, 1);
  lifted = g_ptr_array_index (self->lifted, expr->id);
  if ((!lifted->tried || lifted->dictionary != column->dictionary || lifted->n != column->n_dictionary) &&
      !lift (self, expr, column, slot, lifted))
    lifted->tried = TRUE;
  lifted->tried = TRUE;
  if (lifted->eval == NULL)
    return TRUE;
  *done = TRUE;
  return look_up (self, lifted, column, rows, vector, error);
}

static gboolean
eval_plain (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error)
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
      return eval_logic (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_NOT:
      return eval_not (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_IS_NULL:
      return eval_is_null (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_IN:
      return eval_in (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_CASE:
      return eval_case (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_COALESCE:
      return eval_coalesce (self, expr, rows, vector, error);
    case SOBRE_SQL_EXPR_CAST:
      return eval_children (self, expr, rows, operands, error) &&
             sobre_sql_eval_cast (self, expr, operands, rows, vector, error);
    case SOBRE_SQL_EXPR_COLUMN:
      *vector = self->columns[expr->slot];
      return TRUE;
    case SOBRE_SQL_EXPR_CONSTANT:
      return eval_constant (self, expr, vector, error);
    case SOBRE_SQL_EXPR_AGGREGATE:
    default:
      g_assert_not_reached ();
    }
}

gboolean
sobre_sql_eval (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error)
{
  gboolean done;

  if (expr->is_total && expr->kind != SOBRE_SQL_EXPR_COLUMN && expr->kind != SOBRE_SQL_EXPR_CONSTANT && self->n_columns > 0)
    {
      if (!eval_lifted (self, expr, rows, vector, &done, error))
        return FALSE;
      if (done)
        return TRUE;
    }
  return eval_plain (self, expr, rows, vector, error);
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
  index = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  if (index == NULL || !sobre_sql_eval (self, condition, *rows, &vector, error))
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
  *rows = (SobreSqlRows) { index, n };
  return TRUE;
}

gboolean
sobre_sql_fold (const SobreSqlExpr *expr, SobreSqlArena *arena, SobreSqlValue *value)
{
  SobreSqlBudget budget = { .deadline = G_MAXINT64, .max_memory = SOBRE_SQL_MAX_MEMORY };
  g_autoptr (SobreSqlEval) eval = sobre_sql_eval_new (0, &budget);
  SobreSqlVector vector;

  sobre_sql_eval_begin (eval, NULL, 0, 1);
  if (!sobre_sql_eval (eval, expr, (SobreSqlRows) { NULL, 1 }, &vector, NULL))
    return FALSE;
  *value = sobre_sql_vector_get (&vector, 0);
  if (!value->null && vector.physical == SOBRE_SQL_PHYSICAL_TEXT)
    value->s = sobre_sql_arena_text (arena, value->s);
  return TRUE;
}
