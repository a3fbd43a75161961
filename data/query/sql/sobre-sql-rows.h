/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-result-table.h"
#include "query/sql/sobre-sql-row-set.h"

G_BEGIN_DECLS

/**
 * SobreSqlRowStore:
 *
 * Rows that a block has put out, with the columns that only its order needs. Holds no more than the limit calls for: when more come, the
 * best are kept in the block's order, or the first where it has none.
 */
typedef struct _SobreSqlRowStore SobreSqlRowStore;

/** sobre_sql_row_store_new: @max_rows: how many may be asked of it */
SobreSqlRowStore *sobre_sql_row_store_new (const SobreSqlPlan *plan, guint64 max_rows, SobreSqlBudget *budget);
void sobre_sql_row_store_free (SobreSqlRowStore *self);

/** @outputs: (array): one vector for each output of the plan */
gboolean sobre_sql_row_store_append (SobreSqlRowStore *self, const SobreSqlVector *outputs, SobreSqlRows rows, GError **error);

/** Whether no further row can change the result. */
gboolean sobre_sql_row_store_is_full (const SobreSqlRowStore *self);

/** Appends all rows of @other, which it empties. */
gboolean sobre_sql_row_store_merge (SobreSqlRowStore *self, SobreSqlRowStore *other, GError **error);

/** sobre_sql_row_store_finish: sorts, leaves out the offset, cuts to @max_rows. Returns: (transfer full) (nullable) */
SobreResultTable *sobre_sql_row_store_finish (SobreSqlRowStore *self, guint64 max_rows, GError **error);

/** sobre_sql_row_store_take_row_set: Returns: (transfer full) (nullable): the rows that are asked for, in no order; the store is empty then */
SobreSqlRowSet *sobre_sql_row_store_take_row_set (SobreSqlRowStore *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlRowStore, sobre_sql_row_store_free)

G_END_DECLS
