/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-result-table.h"

G_BEGIN_DECLS

/**
 * SobreResultColumn: one column, owned by its table.
 * @scale: of a decimal
 * @zone: (nullable): of a timestamp with time zone
 * @values: (array length=n_rows): guint8 for boolean, __int128 for decimal, double, gint64 for everything else; %NULL for varchar
 * @valid: (array length=n_rows): 0 where NULL
 * @ends: (array length=n_rows): of varchar: where each text ends in @bytes; it begins where the one before ends
 */
typedef struct
{
  char *name;
  SobreValueType type;
  guint precision;
  guint scale;
  char *zone;
  gint64 *offsets; /* per row, milliseconds east, of a timestamp with time zone */
  gpointer values;
  guint8 *valid;
  guint64 *ends;
  char *bytes;
} SobreResultColumn;

void sobre_result_column_clear (SobreResultColumn *self);

/** Bytes of one value of @type in an array; 0 for varchar. */
gsize sobre_value_type_get_size (SobreValueType type);

/** sobre_result_table_new: @columns: (transfer full) (element-type SobreResultColumn) */
SobreResultTable *sobre_result_table_new (GArray *columns, guint64 n_rows, gboolean truncated);

const SobreResultColumn *sobre_result_table_get_columns (SobreResultTable *self);

/** An array of SobreResultColumn that clears its elements. */
GArray *sobre_result_columns_new (void);

/** Appends the cell as text, nothing for NULL. */
void sobre_result_column_append_text (const SobreResultColumn *self, guint64 row, GString *string);

G_END_DECLS
