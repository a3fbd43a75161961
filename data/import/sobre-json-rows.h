/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-csv-reader.h"

/**
 * SobreJsonRows:
 *
 * Reads JSON lines as rows of a table: one object a line, whose members are the columns. Members of objects in it are columns too, with
 * their path: "guest.table"; those of arrays have numbers: "items.0.name". Numbers keep their digits; null is an absent cell. What is
 * no object costs its line. Belongs to one thread at a time.
 */
typedef struct _SobreJsonRows SobreJsonRows;

/** sobre_json_rows_new: @input: (transfer none): outlives the reader. Returns: (transfer full) */
SobreJsonRows *sobre_json_rows_new (SobreImportInput *input);
void sobre_json_rows_free (SobreJsonRows *self);

/** sobre_json_rows_get_columns: (transfer none) (element-type utf8): those that were met so far, in that order; it only grows */
GPtrArray *sobre_json_rows_get_columns (const SobreJsonRows *self);

/** sobre_json_rows_next: see sobre_csv_reader_next(); a row has as many cells as columns are known then. */
const SobreImportRow *sobre_json_rows_next (SobreJsonRows *self, GError **error);

/** Back to the first row; the columns stay. */
void sobre_json_rows_rewind (SobreJsonRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreJsonRows, sobre_json_rows_free)
