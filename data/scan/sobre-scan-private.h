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
 */
typedef struct
{
  SobreScanColumn column;
  guint8 *values;
  guint8 *valid;
} SobreScanBuffer;

/**
 * SobreScan:
 * @chunk: index of the chunk that is read
 * @group: the group of answers in it that is read
 * @offset: rows (or answers) of it that were handed out
 * @decoded: for answers: a response column of the chunk, decoded once, by column
 * @statement: of events and orders
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
  gint64 *decoded[SOBRE_CHUNK_N_COLUMNS];
  guint32 decoded_bits;
  guint16 *rows;      /* of the batch: which responses */
  guint32 *positions; /* of the batch: which answers of the group */

  sqlite3_stmt *statement;
  GByteArray *text;
  gsize *text_offsets;
  gboolean finished;
};

/** Which column of a chunk a column of responses or answers is made from; SOBRE_CHUNK_N_COLUMNS for none. */
SobreChunkColumn sobre_scan_column_get_source (SobreTableKind table, SobreScanColumn column);

gboolean sobre_scan_next_responses (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows);
gboolean sobre_scan_next_answers (SobreScan *self, SobreReaderChunk *chunk, guint *n_rows);
gboolean sobre_scan_begin_rows (SobreScan *self, GError **error);
gboolean sobre_scan_next_rows (SobreScan *self, guint *n_rows, GError **error);
