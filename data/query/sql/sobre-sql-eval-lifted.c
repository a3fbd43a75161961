/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-eval-private.h"

#include <string.h>

/* An expression of one dictionary column, computed for the dictionary instead of for the rows. */

/* What is lifted lies in one block of scratch memory. */
#define MAX_LIFTED (SOBRE_SQL_SCRATCH_BLOCK / sizeof (SobreText) - 1)

/** Lifted: @vector: by code, and for NULL behind the last · @may_be_null: whether it is for some code */
typedef struct
{
  const SobreText *dictionary;
  guint n;
  gboolean tried;
  SobreSqlVector vector;
  gboolean may_be_null;
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

/* Computes @expr for each entry of the dictionary, and for NULL behind them. */
static gboolean
lift (SobreSqlEval *self, const SobreSqlExpr *expr, const SobreSqlVector *column, guint slot, Lifted *lifted)
{
  guint n = column->n_dictionary;
  g_autofree SobreSqlVector *columns = g_new0 (SobreSqlVector, slot + 1);
  g_autofree guint8 *valid = g_malloc0 (n + 1);
  g_autofree SobreText *texts = g_new0 (SobreText, n + 1);

  /* No row has the text of an entry that is absent, so the empty one stands for it. */
  for (guint i = 0; i < n; i++)
    texts[i] = column->dictionary[i].data != NULL ? column->dictionary[i] : sobre_text ("");
  memset (valid, 1, n);
  columns[slot] = (SobreSqlVector) { .physical = SOBRE_SQL_PHYSICAL_TEXT, .mask = G_MAXUINT, .s = texts, .valid = valid };
  g_clear_pointer (&lifted->eval, sobre_sql_eval_free);
  lifted->eval = sobre_sql_eval_new (self->n_expressions, self->budget);
  sobre_sql_eval_begin (lifted->eval, columns, slot + 1, n + 1);
  if (!sobre_sql_eval_plain (lifted->eval, expr, (SobreSqlRows) { NULL, n + 1 }, &lifted->vector, NULL))
    g_clear_pointer (&lifted->eval, sobre_sql_eval_free);
  lifted->dictionary = column->dictionary;
  lifted->n = n;
  lifted->may_be_null = FALSE;
  if (lifted->eval == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    lifted->may_be_null = lifted->may_be_null || sobre_sql_vector_is_null (&lifted->vector, i);
  return TRUE;
}

/* Whether the condition says the same of all codes that the column may hold. */
static gboolean
is_same_within_bounds (const Lifted *lifted, const SobreSqlVector *column)
{
  const guint8 *b = lifted->vector.b;

  if (lifted->vector.physical != SOBRE_SQL_PHYSICAL_BOOLEAN || !column->has_bounds || column->valid != NULL ||
      lifted->may_be_null || column->low < 0 || column->high >= lifted->n)
    return FALSE;
  for (gint64 code = column->low; code <= column->high; code++)
    if (b[code] != b[column->low])
      return FALSE;
  return TRUE;
}

#define LOOK_UP(member)                                                                                                        \
  do                                                                                                                           \
    {                                                                                                                          \
      if (vector->valid == NULL)                                                                                               \
        SOBRE_SQL_EACH (rows, r, vector->member[r] = from->member[column->code[r]];);                                          \
      else                                                                                                                     \
        SOBRE_SQL_EACH (rows, r, {                                                                                             \
          const guint32 code = sobre_sql_vector_is_null (column, r) ? lifted->n : column->code[r];                             \
          vector->member[r] = from->member[code];                                                                              \
          vector->valid[r] = from->valid == NULL || from->valid[code];                                                         \
        });                                                                                                                    \
    }                                                                                                                          \
  while (0)

static gboolean
look_up (SobreSqlEval *self,
         const Lifted *lifted,
         const SobreSqlVector *column,
         SobreSqlRows rows,
         SobreSqlVector *vector,
         GError **error)
{
  const SobreSqlVector *from = &lifted->vector;

  if (!sobre_sql_eval_make (self, from->physical, vector, error))
    return FALSE;
  if (column->valid != NULL || lifted->may_be_null)
    {
      vector->valid = sobre_sql_eval_scratch (self, MAX (self->n_rows, 1), error);
      if (vector->valid == NULL)
        return FALSE;
    }
  switch (from->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      LOOK_UP (b);
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      LOOK_UP (d);
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      LOOK_UP (dec);
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      LOOK_UP (s);
      break;
    case SOBRE_SQL_PHYSICAL_CODE:
      vector->dictionary = from->dictionary;
      vector->n_dictionary = from->n_dictionary;
      LOOK_UP (code);
      break;
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      LOOK_UP (i);
      break;
    }
  return TRUE;
}

static Lifted *
need_lifted (SobreSqlEval *self, const SobreSqlExpr *expr, guint slot)
{
  const SobreSqlVector *column = &self->columns[slot];
  Lifted *lifted;

  if (self->lifted == NULL)
    {
      self->lifted = g_ptr_array_new_with_free_func (lifted_free);
      g_ptr_array_set_size (self->lifted, (gint) self->n_expressions);
    }
  if (g_ptr_array_index (self->lifted, expr->id) == NULL)
    g_ptr_array_index (self->lifted, expr->id) = g_new0 (Lifted, 1);
  lifted = g_ptr_array_index (self->lifted, expr->id);
  if (!lifted->tried || lifted->dictionary != column->dictionary || lifted->n != column->n_dictionary)
    lift (self, expr, column, slot, lifted);
  lifted->tried = TRUE;
  return lifted;
}

gboolean
sobre_sql_eval_lifted (SobreSqlEval *self,
                       const SobreSqlExpr *expr,
                       SobreSqlRows rows,
                       SobreSqlVector *vector,
                       gboolean *done,
                       GError **error)
{
  guint slot = find_only_column (expr);
  const SobreSqlVector *column;
  const Lifted *lifted;

  *done = FALSE;
  if (slot >= self->n_columns)
    return TRUE;
  column = &self->columns[slot];
  if (column->physical != SOBRE_SQL_PHYSICAL_CODE || column->mask == 0 || column->n_dictionary > MAX_LIFTED)
    return TRUE;
  lifted = need_lifted (self, expr, slot);
  if (lifted->eval == NULL)
    return TRUE;
  *done = TRUE;
  if (lifted->vector.mask == 0)
    {
      *vector = lifted->vector;
      return TRUE;
    }
  if (is_same_within_bounds (lifted, column))
    {
      const SobreSqlValue value = { .i = lifted->vector.b[column->low] };

      return sobre_sql_eval_single (self, expr->type, &value, vector, error);
    }
  return sobre_sql_eval_need (self, slot, error) && look_up (self, lifted, column, rows, vector, error);
}
