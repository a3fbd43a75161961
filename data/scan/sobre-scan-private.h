/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-reader-private.h"
#include "scan/sobre-scan.h"

/**
 * SobreScanBuffer: one column of a batch.
 * @values: room for SOBRE_SCAN_BATCH_ROWS values of the widest kind
 * @valid: a byte a row
 * @whole_of: the number of the chunk, from 1 on, that it holds a whole column of; 0 for none
 */
typedef struct
{
  SobreScanColumn column;
  guint8 *values;
  guint8 *valid;
  guint whole_of;
} SobreScanBuffer;

/** SobreScanUnit: a sheet of a day, or with @n_rows 0 a day that is read from its rows. */
typedef struct
{
  gint32 day;
  guint number;
  guint n_rows;
} SobreScanUnit;

/** SobreScanTexts: what the texts of a batch point into. */
typedef struct
{
  GBytes *blob;
  SobreText *texts;
} SobreScanTexts;

/**
 * SobreScan:
 * @chunk: index of the chunk that is read
 * @group: the group of answers in it that is read
 * @offset: rows (or answers) of it that were handed out
 * @is_whole: whether the batch has a row of each response of the chunk, in their order
 * @numbers: (nullable): room for a batch of numbers that a column is made from
 * @units: (element-type SobreScanUnit): of events and orders
 * @unit: the next of them
 * @texts: (element-type SobreScanTexts): by column
 * @get_blob: reads a column of a sheet
 * @statement: reads the rows of a day
 * @is_stepping: whether it is in the middle of a day
 * @is_over: whether the last rows of a day have been handed out
 */
struct _SobreScan
{
  SobreCacheReader *reader;
  SobreTableKind table;
  guint n_columns;
  SobreScanBuffer *buffers;
  SobreVector *vectors;
  guint32 needed; /* bits of SobreChunkColumn */
  gint32 from_day;
  gint32 to_day;
  guint part;
  guint n_parts;

  guint chunk;
  guint group;
  guint offset;
  gboolean is_whole;
  gint64 *numbers;
  guint64 clock;      /* of the vectors' stamps */
  guint16 *rows;      /* of the batch: which responses */
  guint32 *positions; /* of the batch: which answers of the group */

  GArray *units;
  guint unit;
  GArray *texts;
  sqlite3_stmt *get_blob;
  sqlite3_stmt *statement;
  gboolean is_stepping;
  gboolean is_over;
  GByteArray *text;
  gsize *text_offsets;
  gboolean finished;
};

/** Which column of a chunk a column of responses or answers is made from; SOBRE_CHUNK_N_COLUMNS for none. */
SobreChunkColumn sobre_scan_column_get_source (SobreTableKind table, SobreScanColumn column);

gboolean sobre_scan_next_responses (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows);
gboolean sobre_scan_next_answers (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows);

/** Events and orders. In sobre-scan-sheets.c. */
gboolean sobre_scan_begin_sheets (SobreScan *self, GError **error);
gboolean sobre_scan_next_of_sheets (SobreScan *self, guint *n_rows, GError **error);

/** The rows of one day as batches; %FALSE at its end. In sobre-scan-rows.c. */
gboolean sobre_scan_begin_rows (SobreScan *self, GError **error);
gboolean sobre_scan_next_rows (SobreScan *self, gint32 day, guint *n_rows, GError **error);

/** What a column is called in the tables that rows lie in. */
const char *sobre_scan_get_row_column (SobreScanColumn column);
