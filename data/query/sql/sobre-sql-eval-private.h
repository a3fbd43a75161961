/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-eval.h"
#include "query/sql/sobre-sql-function.h"

G_BEGIN_DECLS

/* What the parts of the evaluator share. */

#define SOBRE_SQL_SCRATCH_BLOCK ((gsize) 1 << 20) /* bytes */

/** SobreSqlEval: @rows: those of the batch that are left: no others are asked for any more */
struct _SobreSqlEval
{
  SobreSqlBudget *budget;
  SobreSqlArena *texts; /* of this batch */
  GPtrArray *blocks;    /* scratch */
  gsize block;          /* the one being filled */
  gsize used;           /* of it */
  SobreSqlVector *columns;
  guint n_columns;
  guint n_rows;
  SobreSqlRows rows;
  GPtrArray *lifted; /* by expression id: its values for each entry of a dictionary */
  guint n_expressions;
};

/** Computes one node, whatever is known of its columns; in sobre-sql-eval.c. */
gboolean
sobre_sql_eval_plain (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *vector, GError **error);

/** Computes @expr by way of a dictionary, where it can be; @done: (out): whether. In sobre-sql-eval-lifted.c. */
gboolean sobre_sql_eval_lifted (SobreSqlEval *self,
                                const SobreSqlExpr *expr,
                                SobreSqlRows rows,
                                SobreSqlVector *vector,
                                gboolean *done,
                                GError **error);

/** Makes @vector one of @physical with room for the batch. */
gboolean sobre_sql_eval_make (SobreSqlEval *self, SobreSqlPhysical physical, SobreSqlVector *vector, GError **error);

/** Gives @result the rows' validity: valid where all @operands are. Allocates only where one has NULLs. */
gboolean sobre_sql_eval_merge_valid (SobreSqlEval *self,
                                     const SobreSqlVector *operands,
                                     guint n_operands,
                                     SobreSqlRows rows,
                                     SobreSqlVector *result,
                                     GError **error);

/** Makes @vector one of the same value at every row. */
gboolean sobre_sql_eval_single (SobreSqlEval *self,
                                SobreSqlType type,
                                const SobreSqlValue *value,
                                SobreSqlVector *vector,
                                GError **error);

/** Makes @vector one of @physical with room for the batch, whose rows may be NULL. */
gboolean sobre_sql_eval_make_nullable (SobreSqlEval *self, SobreSqlPhysical physical, SobreSqlVector *vector, GError **error);

/** In sobre-sql-eval-condition.c: they ask their later children only for the rows that need them. */
gboolean
sobre_sql_eval_logic (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error);
gboolean
sobre_sql_eval_not (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error);
gboolean sobre_sql_eval_is_null (SobreSqlEval *self,
                                 const SobreSqlExpr *expr,
                                 SobreSqlRows rows,
                                 SobreSqlVector *result,
                                 GError **error);
gboolean
sobre_sql_eval_in (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error);
gboolean
sobre_sql_eval_case (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error);
gboolean sobre_sql_eval_coalesce (SobreSqlEval *self,
                                  const SobreSqlExpr *expr,
                                  SobreSqlRows rows,
                                  SobreSqlVector *result,
                                  GError **error);
gboolean
sobre_sql_eval_try (SobreSqlEval *self, const SobreSqlExpr *expr, SobreSqlRows rows, SobreSqlVector *result, GError **error);

/** In sobre-sql-eval-arithmetic.c. */
gboolean sobre_sql_eval_arithmetic (SobreSqlEval *self,
                                    const SobreSqlExpr *expr,
                                    const SobreSqlVector *operands,
                                    SobreSqlRows rows,
                                    SobreSqlVector *result,
                                    GError **error);
gboolean sobre_sql_eval_negate (SobreSqlEval *self,
                                const SobreSqlExpr *expr,
                                const SobreSqlVector *operand,
                                SobreSqlRows rows,
                                SobreSqlVector *result,
                                GError **error);
gboolean sobre_sql_eval_compare (SobreSqlEval *self,
                                 const SobreSqlExpr *expr,
                                 const SobreSqlVector *operands,
                                 SobreSqlRows rows,
                                 SobreSqlVector *result,
                                 GError **error);

/** In sobre-sql-cast-text.c: a text as the type of the frame's expression; %FALSE with the error set. */
gboolean sobre_sql_cast_text (SobreSqlFrame *frame, SobreText text, SobreSqlValue *result);

/** In sobre-sql-eval-cast.c: one value; %FALSE with the error set. */
gboolean sobre_sql_cast_value (SobreSqlFrame *frame, const SobreSqlValue *value, SobreSqlValue *result);
gboolean sobre_sql_eval_cast (SobreSqlEval *self,
                              const SobreSqlExpr *expr,
                              const SobreSqlVector *operand,
                              SobreSqlRows rows,
                              SobreSqlVector *result,
                              GError **error);

/** Writes one value at @row. */
void sobre_sql_vector_set (SobreSqlVector *vector, guint row, const SobreSqlValue *value);

G_END_DECLS
