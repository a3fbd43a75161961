/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-record.h"
#include "query/sobre-query.h"

G_BEGIN_DECLS

/**
 * SobreAthenaRead:
 * @table: "answers"
 * @dataset: where its rows come from
 * @is_bounded: whether a condition on dt keeps days out
 * @from_day: first day that is read, days since the epoch; %G_MININT32 where that is open or not known before the query runs
 * @to_day: last day; %G_MAXINT32 likewise
 *
 * A place where a query reads a table.
 */
typedef struct
{
  char *table;
  SobreDataset dataset;
  gboolean is_bounded;
  gint32 from_day;
  gint32 to_day;
} SobreAthenaRead;

/**
 * sobre_athena_find_reads:
 * @today: what current_date is, days since the epoch
 *
 * Only conditions on dt that stand beside the table, in WHERE or ON and joined by AND, are seen.
 *
 * Returns: (transfer full) (element-type SobreAthenaRead) (nullable): %NULL for a query that the local grammar does not know, of which nothing can be told
 */
GPtrArray *sobre_athena_find_reads (const SobreQuery *query, gint32 today);

/** sobre_athena_estimate: @days: (element-type SobreLakeDay): what the lake holds. Returns: bytes that are read at most: what lies as Parquet takes less */
guint64 sobre_athena_estimate (GPtrArray *reads, GPtrArray *days);

/** sobre_athena_dup_unbounded: Returns: (transfer full) (nullable): the tables that are read without a condition on dt, "answers, orders" */
char *sobre_athena_dup_unbounded (GPtrArray *reads);

G_END_DECLS
