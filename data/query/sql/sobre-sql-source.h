/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-plan.h"

G_BEGIN_DECLS

/**
 * SobreSqlSource: where a table's rows come from.
 * @n_parts: disjoint shares of a table; each is read by one thread
 * @open: begins reading the plan's table: fills @cursors, one a part, all of one state; on failure none is left
 * @next: the next batch; %FALSE at the end, and with the error set on failure
 * @get_dictionary: the texts of a column's codes; valid until the cursor is closed
 * @close: frees a cursor
 */
typedef struct _SobreSqlSource SobreSqlSource;

struct _SobreSqlSource
{
  guint n_parts;
  gboolean (*open) (SobreSqlSource *self, const SobreSqlPlan *plan, gpointer *cursors, GError **error);
  gboolean (*next) (SobreSqlSource *self, gpointer cursor, SobreScanBatch *batch, GError **error);
  const SobreText *(*get_dictionary) (SobreSqlSource *self, gpointer cursor, SobreScanColumn column, guint *n);
  void (*close) (SobreSqlSource *self, gpointer cursor);
};

/**
 * sobre_sql_scan_source_new:
 * @readers: (array length=n_readers): of one cache, one a part
 *
 * Returns: (transfer full): gives %SOBRE_CACHE_ERROR when it cannot be read
 */
SobreSqlSource *sobre_sql_scan_source_new (SobreCacheReader *const *readers, guint n_readers);
void sobre_sql_scan_source_free (SobreSqlSource *self);

/** What a query gave. @table: (transfer full) */
SobreResultTable *
sobre_sql_execute (const SobreSqlPlan *plan, SobreSqlSource *source, SobreSqlBudget *budget, guint64 max_rows, GError **error);

G_END_DECLS
