/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-expr.h"

G_BEGIN_DECLS

/* Expressions over vectors: each node is computed for a whole batch before its parent is. */

typedef struct _SobreSqlEval SobreSqlEval;
typedef struct _SobreSqlVector SobreSqlVector;

/** SobreSqlRows: some rows of a batch: those at @index in rising order, or the first @n where it is %NULL. */
typedef struct
{
  const guint32 *index;
  guint n;
} SobreSqlRows;

/**
 * SobreSqlVector: the values of one expression for one batch. Only rows that were asked for are defined.
 * @valid: (nullable): 0 where NULL; %NULL when no row is
 * @mask: what a row's number is masked with to find its value: all ones, or 0 for a constant
 * @dictionary: of codes
 * @has_bounds: whether every value, or code, is known to lie between @low and @high
 * @make: (nullable): makes the values of @rows out of @raw; %NULL where they are there. Of a constant it makes the one
 */
struct _SobreSqlVector
{
  SobreSqlPhysical physical;
  guint mask;
  union
  {
    gpointer data;
    guint8 *b;
    gint64 *i;
    double *d;
    SobreSqlInt128 *dec;
    SobreText *s;
    guint32 *code;
  };
  guint8 *valid;
  const SobreText *dictionary;
  guint n_dictionary;
  gboolean has_bounds;
  gint64 low;
  gint64 high;
  gboolean (*make) (SobreSqlEval *eval, SobreSqlRows rows, SobreSqlVector *vector, GError **error);
  gconstpointer raw;
};

/** Runs a statement for each row @r of @rows. */
#define SOBRE_SQL_EACH(rows, r, ...)                                                                                           \
  do                                                                                                                           \
    {                                                                                                                          \
      if ((rows).index == NULL)                                                                                                \
        for (guint r = 0; r < (rows).n; r++)                                                                                   \
          {                                                                                                                    \
            __VA_ARGS__                                                                                                        \
          }                                                                                                                    \
      else                                                                                                                     \
        for (guint r##_i = 0; r##_i < (rows).n; r##_i++)                                                                       \
          {                                                                                                                    \
            const guint r = (rows).index[r##_i];                                                                               \
            __VA_ARGS__                                                                                                        \
          }                                                                                                                    \
    }                                                                                                                          \
  while (0)

static inline gboolean
sobre_sql_vector_is_null (const SobreSqlVector *vector, guint row)
{
  return vector->valid != NULL && !vector->valid[row & vector->mask];
}

static inline SobreText
sobre_sql_vector_get_text (const SobreSqlVector *vector, guint row)
{
  if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
    return vector->dictionary[vector->code[row & vector->mask]];
  return vector->s[row & vector->mask];
}

/** The value at @row, codes as text. */
SobreSqlValue sobre_sql_vector_get (const SobreSqlVector *vector, guint row);

/** Bytes of one value. */
gsize sobre_sql_physical_get_size (SobreSqlPhysical physical);

/**
 * sobre_sql_eval_new:
 * @n_expressions: ids are below this
 * @budget: shared
 *
 * One evaluator a thread.
 */
SobreSqlEval *sobre_sql_eval_new (guint n_expressions, SobreSqlBudget *budget);
void sobre_sql_eval_free (SobreSqlEval *self);

/**
 * sobre_sql_eval_begin:
 * @columns: what EXPR_COLUMN slots stand for; must stay until the next batch
 * @n_rows: of the batch
 *
 * A new batch; what was computed for the last one is gone.
 */
void sobre_sql_eval_begin (SobreSqlEval *self, SobreSqlVector *columns, guint n_columns, guint n_rows);

/** Says that no other rows of the batch than @rows will be asked for, which must stay until its end. */
void sobre_sql_eval_narrow (SobreSqlEval *self, SobreSqlRows rows);

/** Makes the values of a column that are not there yet. */
gboolean sobre_sql_eval_need (SobreSqlEval *self, guint slot, GError **error);

/** sobre_sql_eval: computes @expr for @rows. Returns: %FALSE with %SOBRE_QUERY_ERROR */
gboolean
sobre_sql_eval (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error);

/**
 * sobre_sql_eval_filter:
 * @rows: (inout): those for which @condition is true remain
 */
gboolean sobre_sql_eval_filter (SobreSqlEval *self, const SobreSqlExpr *condition, SobreSqlRows *rows, GError **error);

/** Memory that lasts until the next batch; %NULL with SOBRE_QUERY_ERROR_LIMIT. */
gpointer sobre_sql_eval_scratch (SobreSqlEval *self, gsize size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlEval, sobre_sql_eval_free)

G_END_DECLS
