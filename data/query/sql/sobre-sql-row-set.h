/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-column.h"
#include "query/sql/sobre-sql-plan.h"

G_BEGIN_DECLS

/**
 * SobreSqlRowSet: rows that an operator has given, kept in memory.
 * @columns: those that nothing reads are empty
 */
typedef struct
{
  gatomicrefcount ref_count;
  SobreSqlColumn *columns;
  guint n_columns;
  guint64 n_rows;
} SobreSqlRowSet;

SobreSqlRowSet *sobre_sql_row_set_new (guint n_columns, SobreSqlBudget *budget);
SobreSqlRowSet *sobre_sql_row_set_ref (SobreSqlRowSet *self);
void sobre_sql_row_set_unref (SobreSqlRowSet *self);

/** The rows of @column from @from on; @type: what it is, also where no row was ever added. */
SobreSqlVector sobre_sql_row_set_view (const SobreSqlRowSet *self, guint column, SobreSqlType type, guint64 from);

/** A vector of NULLs. */
SobreSqlVector sobre_sql_vector_nothing (SobreSqlType type);

/** The values of @column at @index, as a vector of @n rows in the evaluator's memory; NULL where an index is G_MAXUINT32. */
gboolean sobre_sql_row_set_gather (const SobreSqlRowSet *self,
                                   guint column,
                                   SobreSqlType type,
                                   const guint32 *index,
                                   SobreSqlRows rows,
                                   SobreSqlEval *eval,
                                   SobreSqlVector *vector,
                                   GError **error);

/** The values of @from at @index, as a vector of @n rows in the evaluator's memory. */
gboolean sobre_sql_vector_gather (const SobreSqlVector *from,
                                  const guint32 *index,
                                  guint n,
                                  SobreSqlEval *eval,
                                  SobreSqlVector *vector,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlRowSet, sobre_sql_row_set_unref)

G_END_DECLS
