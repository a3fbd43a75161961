/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query-error.h"
#include "query/sobre-result-table.h"

G_BEGIN_DECLS

/** SobreResultCsvColumn: @type: as Athena's metadata names it: "varchar", "timestamp with time zone" */
typedef struct
{
  const char *name;
  const char *type;
  guint precision;
  guint scale;
} SobreResultCsvColumn;

/**
 * SobreResultCsv:
 *
 * Reads a result as Athena writes it, piece by piece: a line of names, then a line a row, every value in double quotes. Nothing between two commas is NULL, and
 * two double quotes are an empty text. Which column is which, the names say and not the order.
 */
typedef struct _SobreResultCsv SobreResultCsv;

/** sobre_result_csv_new: @columns: (array length=n): what there is · @max_rows: what comes behind is only counted as "more" */
SobreResultCsv *sobre_result_csv_new (const SobreResultCsvColumn *columns, guint n, guint64 max_rows);
void sobre_result_csv_free (SobreResultCsv *self);

/**
 * sobre_result_csv_feed:
 * @data: the next bytes, cut anywhere
 *
 * Returns: %FALSE with %SOBRE_QUERY_ERROR_FAILED for what is no such file, _LIMIT for a result that is too large
 */
gboolean sobre_result_csv_feed (SobreResultCsv *self, const char *data, gsize length, GError **error);

/** sobre_result_csv_is_full: Returns: whether there are more rows than are wanted, so that nothing more need come */
gboolean sobre_result_csv_is_full (const SobreResultCsv *self);

/** sobre_result_csv_finish: Returns: (transfer full) (nullable): the table; %NULL with %SOBRE_QUERY_ERROR_FAILED where the file ends too early */
SobreResultTable *sobre_result_csv_finish (SobreResultCsv *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreResultCsv, sobre_result_csv_free)

G_END_DECLS
