/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache.h"
#include "model/sobre-id.h"
#include "model/sobre-text.h"

/* The vectorised scan: batches of columns out of column chunks and the tail, as one table each. It knows nothing of SQL: the query
 * engine and the dashboard figures are both built on it. */

typedef enum
{
  SOBRE_TABLE_RESPONSES,
  SOBRE_TABLE_ANSWERS,
  SOBRE_TABLE_EVENTS,
  SOBRE_TABLE_ORDERS,
} SobreTableKind;

/** SobreScanColumn: every column of the four tables of docs/data-flow.md, by its SQL name. */
typedef enum
{
  SOBRE_COLUMN_ID,
  SOBRE_COLUMN_SUBMITTED_AT,
  SOBRE_COLUMN_RECEIVED_AT,
  SOBRE_COLUMN_AT,
  SOBRE_COLUMN_DT,
  SOBRE_COLUMN_SERVICE_DAY,
  SOBRE_COLUMN_STORE_ID,
  SOBRE_COLUMN_TABLE_ID,
  SOBRE_COLUMN_VERIFIED,
  SOBRE_COLUMN_FORM_ID,
  SOBRE_COLUMN_FORM_VERSION,
  SOBRE_COLUMN_LANGUAGE,
  SOBRE_COLUMN_COMMENT,
  SOBRE_COLUMN_DURATION_MS,
  SOBRE_COLUMN_CHANNEL,
  SOBRE_COLUMN_QUESTION,
  SOBRE_COLUMN_KIND,
  SOBRE_COLUMN_SCORE,
  SOBRE_COLUMN_CHOICE,
  SOBRE_COLUMN_TEXT,
  SOBRE_COLUMN_ITEM,
  SOBRE_COLUMN_VISIT,
  SOBRE_COLUMN_PAGE,
  SOBRE_COLUMN_ACTION,
  SOBRE_COLUMN_TARGET,
  SOBRE_COLUMN_MS,
  SOBRE_COLUMN_ITEM_ID,
  SOBRE_COLUMN_QUANTITY,
  SOBRE_COLUMN_AMOUNT,
  SOBRE_COLUMN_CURRENCY,
  SOBRE_COLUMN_LOCAL_HOUR, /* not a SQL column: the local wall-clock hour of the instant the row counts at */
} SobreScanColumn;

#define SOBRE_N_SCAN_COLUMNS (SOBRE_COLUMN_LOCAL_HOUR + 1)
#define SOBRE_SCAN_BATCH_ROWS 8192

/** The SQL name of @column. */
const char *sobre_scan_column_get_name (SobreScanColumn column);

/** Whether @table has @column. */
gboolean sobre_table_has_column (SobreTableKind table, SobreScanColumn column);

/**
 * SobreVectorKind: how a column's values lie in memory.
 * @SOBRE_VECTOR_INT64: gint64; timestamps are milliseconds since the epoch, UTC, and dates days since the epoch
 * @SOBRE_VECTOR_DOUBLE: double
 * @SOBRE_VECTOR_BOOLEAN: guint8, 0 or 1
 * @SOBRE_VECTOR_CODE: guint32, an index into the column's dictionary
 * @SOBRE_VECTOR_TEXT: SobreText
 * @SOBRE_VECTOR_ID: SobreId
 */
typedef enum
{
  SOBRE_VECTOR_INT64,
  SOBRE_VECTOR_DOUBLE,
  SOBRE_VECTOR_BOOLEAN,
  SOBRE_VECTOR_CODE,
  SOBRE_VECTOR_TEXT,
  SOBRE_VECTOR_ID,
} SobreVectorKind;

/** How the values of @column lie in batches. */
SobreVectorKind sobre_scan_column_get_kind (SobreScanColumn column);

/**
 * SobreVector:
 * @values: (array): one value a row, of @kind
 * @valid: (array) (nullable): one byte a row, 0 where the value is NULL; %NULL when no row is
 * @is_constant: whether all rows have the value of the first, or all are NULL: what is known so need not be looked up row by row
 * @has_bounds: whether every value is known to lie between @low and @high
 * @stamp: another one than in the batch before unless the rows are as many and have the same values; 0 when that is not known
 */
typedef struct
{
  SobreVectorKind kind;
  const void *values;
  const guint8 *valid;
  gboolean is_constant;
  gboolean has_bounds;
  gint64 low;
  gint64 high;
  guint64 stamp;
} SobreVector;

/** SobreScanBatch: @columns: (array): in the order asked for. Valid until the next call on the same scan. */
typedef struct
{
  guint n_rows;
  const SobreVector *columns;
} SobreScanBatch;

typedef struct _SobreScan SobreScan;

/**
 * sobre_scan_new:
 * @reader: stays with the scan; open one reader a thread
 * @table: which table
 * @columns: (array length=n_columns): what each batch holds
 * @from_day: no batch holds only rows of service days before this (zone statistics prune; rows are not filtered)
 * @to_day: likewise after this; pass G_MININT32 and G_MAXINT32 for everything
 * @part: this scan's share, 0 … @n_parts − 1: shares of one table are disjoint and together whole, so that threads can divide the work
 * @n_parts: how many shares, at least 1
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR
 */
SobreScan *sobre_scan_new (SobreCacheReader *reader,
                           SobreTableKind table,
                           const SobreScanColumn *columns,
                           guint n_columns,
                           gint32 from_day,
                           gint32 to_day,
                           guint part,
                           guint n_parts,
                           GError **error);
void sobre_scan_free (SobreScan *self);

/**
 * sobre_scan_next:
 * @batch: (out): at most SOBRE_SCAN_BATCH_ROWS rows
 *
 * Returns: %FALSE at the end, and with @error set when the cache could not be read
 */
gboolean sobre_scan_next (SobreScan *self, SobreScanBatch *batch, GError **error);

/**
 * sobre_cache_reader_get_dictionary:
 * @column: one that comes as SOBRE_VECTOR_CODE
 * @n_entries: (out): how many codes there are
 *
 * Returns: (transfer none) (array): the text of each code; codes are not in text order. Code 0 is the absent text, except among kinds
 *   and channels. It grows only when a new scan begins.
 */
const SobreText *sobre_cache_reader_get_dictionary (SobreCacheReader *reader, SobreScanColumn column, guint *n_entries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreScan, sobre_scan_free)
