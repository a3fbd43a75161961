/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-eval.h"
#include "query/sql/sobre-sql-function.h"

G_BEGIN_DECLS

/* What the parts of the evaluator share. */

struct _SobreSqlEval
{
  SobreSqlBudget *budget;
  SobreSqlArena *texts; /* of this batch */
  GPtrArray *blocks;    /* scratch */
  gsize block;          /* the one being filled */
  gsize used;           /* of it */
  const SobreSqlVector *columns;
  guint n_columns;
  guint n_rows;
  GPtrArray *lifted; /* by expression id: its values for each entry of a dictionary */
  guint n_expressions;
};

/** Makes @vector one of @physical with room for the batch. */
gboolean sobre_sql_eval_make (SobreSqlEval *self, SobreSqlPhysical physical, SobreSqlVector *vector, GError **error);

/** Gives @result the rows' validity: valid where all @operands are. Allocates only where one has NULLs. */
gboolean sobre_sql_eval_merge_valid (SobreSqlEval *self,
                                     const SobreSqlVector *operands,
                                     guint n_operands,
                                     SobreSqlRows rows,
                                     SobreSqlVector *result,
                                     GError **error);

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
