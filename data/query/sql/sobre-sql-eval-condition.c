/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-eval-private.h"

#include <string.h>

/* What decides which of its parts is computed for which row. */

/* Three-valued: AND is false as soon as one child is, else NULL if one is; OR the other way round. Later children are asked only for
 * the rows that are still open. */
gboolean
sobre_sql_eval_logic (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  const guint8 decided = expr->kind == SOBRE_SQL_EXPR_OR;
  guint32 *open;
  SobreSqlRows rest = rows;

  if (!sobre_sql_eval_make_nullable (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error))
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

gboolean
sobre_sql_eval_not (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlVector child;

  if (!sobre_sql_eval (self, expr->children[0], rows, &child, error) ||
      !sobre_sql_eval_make (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error) ||
      !sobre_sql_eval_merge_valid (self, &child, 1, rows, result, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, result->b[r] = !child.b[r & child.mask];);
  return TRUE;
}

gboolean
sobre_sql_eval_is_null (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
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

gboolean
sobre_sql_eval_in (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  SobreSqlVector child;

  if (!sobre_sql_eval (self, expr->children[0], rows, &child, error) ||
      !sobre_sql_eval_make_nullable (self, SOBRE_SQL_PHYSICAL_BOOLEAN, result, error))
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

gboolean
sobre_sql_eval_case (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  guint32 *open = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  guint32 *hits = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  SobreSqlRows rest = rows;
  SobreSqlVector value;

  if (open == NULL || hits == NULL ||
      !sobre_sql_eval_make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
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

gboolean
sobre_sql_eval_coalesce (SobreSqlEval *self,
                         const SobreSqlExpr *expr,
                         SobreSqlRows rows,
                         SobreSqlVector *result,
                         GError **error)
{
  guint32 *open = sobre_sql_eval_scratch (self, sizeof (guint32) * MAX (self->n_rows, 1), error);
  SobreSqlRows rest = rows;

  if (open == NULL || !sobre_sql_eval_make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
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

/** Need: columns that are made for @eval. */
typedef struct
{
  SobreSqlEval *eval;
  GError *failure;
} Need;

static void
need_slot (guint slot, gpointer data)
{
  Need *need = data;

  if (need->failure == NULL)
    sobre_sql_eval_need (need->eval, slot, &need->failure);
}

/* A batch that fails is computed again row by row, to find the rows that fail. The columns are made before: they outlast what is thrown away
 * in between. */
gboolean
sobre_sql_eval_try (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Need need = { self, NULL };
  gsize block, used;

  sobre_sql_expr_each_slot (expr, need_slot, &need);
  if (need.failure != NULL)
    {
      g_propagate_error (error, need.failure);
      return FALSE;
    }
  block = self->block;
  used = self->used;
  if (sobre_sql_eval (self, expr->children[0], rows, result, &failure))
    return TRUE;
  if (!g_error_matches (failure, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_RUNTIME))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->block = block;
  self->used = used;
  if (!sobre_sql_eval_make_nullable (self, sobre_sql_type_get_physical (expr->type), result, error))
    return FALSE;
  block = self->block;
  used = self->used;
  SOBRE_SQL_EACH (rows, r, {
    g_autoptr (GError) row_failure = NULL;
    SobreSqlValue value = { .null = TRUE };
    SobreSqlVector one;

    if (sobre_sql_eval (self, expr->children[0], (SobreSqlRows) { &r, 1 }, &one, &row_failure))
      value = sobre_sql_vector_get (&one, r);
    else if (!g_error_matches (row_failure, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_RUNTIME))
      {
        g_propagate_error (error, g_steal_pointer (&row_failure));
        return FALSE;
      }
    sobre_sql_vector_set (result, r, &value);
    /* What the row took is free for the next one; texts lie elsewhere. */
    self->block = block;
    self->used = used;
    if ((r & 255) == 255 && !sobre_sql_budget_check_time (self->budget, error))
      return FALSE;
  });
  return TRUE;
}
