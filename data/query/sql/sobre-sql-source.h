/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-plan.h"

G_BEGIN_DECLS

/**
 * SobreSqlSource: where a table's rows come from.
 * @n_parts: disjoint shares of a table; each is read by one thread
 * @open: begins reading a table: fills @cursors, one a part; on failure none is left. Whatever is read between the first call and the
 *   source's end is of one state. One table is read at a time
 * @next: the next batch; %FALSE at the end, and with the error set on failure
 * @get_dictionary: the texts of a column's codes; the same for all parts, and valid until the source's end
 * @close: frees a cursor
 */
typedef struct _SobreSqlSource SobreSqlSource;

struct _SobreSqlSource
{
  guint n_parts;
  gboolean (*open) (SobreSqlSource *self, const SobreSqlScan *scan, gpointer *cursors, GError **error);
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

/** sobre_sql_execute: Returns: (transfer full) (nullable): what a query gave; %NULL with %SOBRE_QUERY_ERROR, or with the source's own error */
SobreResultTable *sobre_sql_execute (const SobreSqlProgram *program,
                                     SobreSqlSource *source,
                                     SobreSqlBudget *budget,
                                     guint64 max_rows,
                                     GError **error);

G_END_DECLS
