/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query.h"
#include "query/sql/sobre-sql-function.h"
#include "scan/sobre-scan.h"

G_BEGIN_DECLS

/**
 * SobreSqlAggregate: one aggregate of a block.
 * @argument: (nullable): over the source's columns; %NULL for count(*)
 * @filter: (nullable): rows that count
 * @fraction: of approx_percentile
 */
typedef struct
{
  SobreSqlAggregateKind kind;
  SobreSqlType type;
  SobreSqlExpr *argument;
  SobreSqlExpr *filter;
  gboolean distinct;
  double fraction;
} SobreSqlAggregate;

/** SobreSqlSortKey: @column: of the plan's outputs */
typedef struct
{
  guint column;
  gboolean descending;
  gboolean nulls_first;
} SobreSqlSortKey;

/**
 * SobreSqlPlan: one query block with every name looked up and every type known.
 * @has_table: whether it reads a table; else it has one row without columns
 * @columns: what is read of it: the slots of expressions over the source
 * @from_day: no row before this service day passes the filter; G_MININT32 when that is not known
 * @to_day: likewise after
 * @filter: (nullable): WHERE
 * @is_grouped: whether rows are grouped; then outputs and @having are over groups: first the keys, then the aggregates
 * @outputs: the columns of the result, then those that only the order needs
 * @n_visible: how many are columns of the result
 * @names: of those
 * @distinct: whether equal rows count once
 * @limit: rows at most; G_MAXUINT64 for all
 *
 * It lives in the arena that it was bound in and is immutable.
 */
typedef struct
{
  gboolean has_table;
  SobreTableKind table;
  SobreScanColumn *columns;
  SobreSqlType *column_types;
  guint n_columns;
  gint32 from_day;
  gint32 to_day;
  SobreSqlExpr *filter;
  gboolean is_grouped;
  SobreSqlExpr **keys;
  guint n_keys;
  SobreSqlAggregate *aggregates;
  guint n_aggregates;
  SobreSqlExpr *having;
  SobreSqlExpr **outputs;
  guint n_outputs;
  guint n_visible;
  const char **names;
  gboolean distinct;
  SobreSqlSortKey *sort_keys;
  guint n_sort_keys;
  guint64 limit;
  guint64 offset;
  guint n_expressions; /* ids of expressions are below this */
} SobreSqlPlan;

/**
 * sobre_sql_bind:
 * @select: from sobre_sql_parse()
 * @query: its parameters
 * @now_ms: what current_date and now() stand for
 * @zones: where time zones come from; must outlive the plan
 * @error: SOBRE_QUERY_ERROR_NAME, _TYPE, _UNSUPPORTED or _LIMIT
 *
 * Returns: (transfer none) (nullable): in @arena
 */
const SobreSqlPlan *sobre_sql_bind (const SobreSqlSelect *select,
                                    const SobreQuery *query,
                                    gint64 now_ms,
                                    SobreSqlZones *zones,
                                    SobreSqlArena *arena,
                                    GError **error);

/** The SQL type of a column. */
SobreSqlType sobre_sql_column_get_type (SobreScanColumn column);

/** sobre_sql_table_get_columns: Returns: (array length=n): the columns of a table in the order of its * */
const SobreScanColumn *sobre_sql_table_get_columns (SobreTableKind table, guint *n);

/** "responses", "answers", "events", "orders". */
const char *sobre_sql_table_get_name (SobreTableKind table);

G_END_DECLS
