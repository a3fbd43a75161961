/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-source.h"
#include "import/sobre-import-value.h"

#define SOBRE_IMPORT_MAX_DISTINCT 64

/**
 * SobreImportColumn: what a column holds.
 * @n_filled: cells that are not empty
 * @n_times: among them dates; @orders: those that all of them can be read in; @orders_differ: whether it matters which
 * @order_lines: the first line that rules out dmy, mdy, ymd; 0 for none
 * @n_clocks: times of day without a date
 * @n_numbers, @decimals, @decimals_differ, @decimal_lines: likewise of numbers and point, comma
 * @n_whole: numbers without decimals · @minimum, @maximum: of the numbers
 * @n_distinct: at most %SOBRE_IMPORT_MAX_DISTINCT
 * @n_addresses: cells with an @ in them
 * @n_bytes: of all cells
 * @counts: whether it numbers the rows: each cell is one more than the one before, in at least a dozen
 * @unique: whether no two cells are alike
 */
typedef struct
{
  char *name;
  guint64 n_filled;
  guint64 n_times;
  guint orders;
  gboolean orders_differ;
  guint64 order_lines[3];
  guint64 n_clocks;
  guint64 n_numbers;
  guint decimals;
  gboolean decimals_differ;
  guint64 decimal_lines[2];
  guint64 n_whole;
  double minimum;
  double maximum;
  guint n_distinct;
  guint64 distinct[SOBRE_IMPORT_MAX_DISTINCT];
  guint64 n_addresses;
  guint64 n_bytes;
  gboolean counts;
  gint64 count;
  gboolean unique;
} SobreImportColumn;

/** SobreImportSurvey: @columns: (element-type SobreImportColumn), as the source has them · @n_rows: sound ones · @n_bad: others */
typedef struct
{
  GPtrArray *columns;
  guint64 n_rows;
  guint64 n_bad;
} SobreImportSurvey;

/** SobreImportProgress: called now and then; @fraction: 0–1 of the file; @n_rows: so far */
typedef void (*SobreImportProgress) (double fraction, guint64 n_rows, gpointer user_data);

/**
 * sobre_import_survey_new:
 * @source: is read to its end
 *
 * Reads all rows once and tells what each column holds, so that a guess about it is about the whole file. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR_UNREADABLE or %G_IO_ERROR_CANCELLED
 */
SobreImportSurvey *sobre_import_survey_new (SobreImportSource *source,
                                            SobreImportProgress progress,
                                            gpointer user_data,
                                            GCancellable *cancellable,
                                            GError **error);
void sobre_import_survey_free (SobreImportSurvey *self);

/** sobre_import_survey_find: Returns: the place of the column @name, -1 where there is none */
int sobre_import_survey_find (const SobreImportSurvey *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportSurvey, sobre_import_survey_free)
