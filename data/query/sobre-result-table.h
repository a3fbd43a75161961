/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-text.h"

G_BEGIN_DECLS

/** SobreValueType: the SQL types of results, named as Athena names them. */
typedef enum
{
  SOBRE_VALUE_BOOLEAN,
  SOBRE_VALUE_INTEGER,
  SOBRE_VALUE_BIGINT,
  SOBRE_VALUE_DOUBLE,
  SOBRE_VALUE_DECIMAL,
  SOBRE_VALUE_VARCHAR,
  SOBRE_VALUE_DATE,
  SOBRE_VALUE_TIMESTAMP,
  SOBRE_VALUE_TIMESTAMP_TZ,
} SobreValueType;

#define SOBRE_N_VALUE_TYPES (SOBRE_VALUE_TIMESTAMP_TZ + 1)

/** "boolean", "integer", "bigint", "double", "decimal", "varchar", "date", "timestamp(3)", "timestamp(3) with time zone". */
const char *sobre_value_type_get_name (SobreValueType type);

/** Whether a value of @type is a number: it stands on the right of its column, and charts can draw it. */
gboolean sobre_value_type_is_number (SobreValueType type);

#define SOBRE_TYPE_RESULT_TABLE (sobre_result_table_get_type ())

/** SobreResultTable: the one shape of every result, whichever engine made it. Immutable, a GListModel of SobreResultRow. */
G_DECLARE_FINAL_TYPE (SobreResultTable, sobre_result_table, SOBRE, RESULT_TABLE, GObject)

guint sobre_result_table_get_n_columns (SobreResultTable *self);
const char *sobre_result_table_get_column_name (SobreResultTable *self, guint column);
SobreValueType sobre_result_table_get_column_type (SobreResultTable *self, guint column);
guint64 sobre_result_table_get_n_rows (SobreResultTable *self);

/** Whether there were more rows than the query asked for at most. */
gboolean sobre_result_table_is_truncated (SobreResultTable *self);

/** %TRUE when the cell is SQL NULL. */
gboolean sobre_result_table_is_null (SobreResultTable *self, guint64 row, guint column);

/** The cell as a number, for charts: NaN for NULL and for what is no number; dates are days, timestamps milliseconds since the epoch. */
double sobre_result_table_get_double (SobreResultTable *self, guint64 row, guint column);

/** The cell as the text that Athena's result file would hold; absent for NULL. (transfer full) */
char *sobre_result_table_dup_text (SobreResultTable *self, guint64 row, guint column);

#define SOBRE_TYPE_RESULT_ROW (sobre_result_row_get_type ())

/** SobreResultRow: one row of a result as a list model's item, made when it is asked for. */
G_DECLARE_FINAL_TYPE (SobreResultRow, sobre_result_row, SOBRE, RESULT_ROW, GObject)

/** sobre_result_row_get_table: Returns: (transfer none) */
SobreResultTable *sobre_result_row_get_table (SobreResultRow *self);
guint64 sobre_result_row_get_index (SobreResultRow *self);

typedef enum
{
  SOBRE_RESULT_FORMAT_TABLE,
  SOBRE_RESULT_FORMAT_CSV,
  SOBRE_RESULT_FORMAT_JSON,
} SobreResultFormat;

/** Writes the whole table. CSV cells that a spreadsheet would take for a formula get a leading apostrophe. */
gboolean sobre_result_table_write (SobreResultTable *self,
                                   SobreResultFormat format,
                                   GOutputStream *stream,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
