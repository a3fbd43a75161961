/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-csv-reader.h"

/**
 * SobreImportReading: how a file is to be read; what is not said is found out.
 * @encoding: (nullable): a name that iconv knows
 * @delimiter: of CSV; 0 to find out
 * @no_header: the first line of CSV is a row already; its columns are called 1, 2, 3, …
 */
typedef struct
{
  char *encoding;
  char delimiter;
  gboolean no_header;
} SobreImportReading;

void sobre_import_reading_clear (SobreImportReading *self);
void sobre_import_reading_copy (const SobreImportReading *self, SobreImportReading *copy);
gboolean sobre_import_reading_equal (const SobreImportReading *a, const SobreImportReading *b);

/**
 * SobreImportSource:
 *
 * A file's rows, with names for the columns: CSV, or JSON lines where the first line is an object. Names of CSV are those of its first
 * row, made different where two are alike. Belongs to one thread at a time; blocks.
 */
typedef struct _SobreImportSource SobreImportSource;

/** sobre_import_source_open: Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR_UNREADABLE */
SobreImportSource *sobre_import_source_open (const char *path, const SobreImportReading *reading, GError **error);

/** sobre_import_source_new: the same for bytes in memory. */
SobreImportSource *sobre_import_source_new (GBytes *bytes, const SobreImportReading *reading, GError **error);
void sobre_import_source_free (SobreImportSource *self);

gboolean sobre_import_source_is_json (const SobreImportSource *self);

/** The delimiter of CSV, 0 of JSON lines. */
char sobre_import_source_get_delimiter (const SobreImportSource *self);
const char *sobre_import_source_get_encoding (const SobreImportSource *self);

/** sobre_import_source_get_columns: (transfer none) (element-type utf8): of JSON lines those that were met so far */
GPtrArray *sobre_import_source_get_columns (const SobreImportSource *self);

/** sobre_import_source_next: see sobre_csv_reader_next(); also checks that a row has as many cells as there are columns, and its encoding. */
const SobreImportRow *sobre_import_source_next (SobreImportSource *self, GError **error);

/** Back to the first row. */
gboolean sobre_import_source_rewind (SobreImportSource *self, GError **error);

/** How much of the file was read, 0–1. */
double sobre_import_source_get_fraction (const SobreImportSource *self);

/**
 * sobre_import_source_make_shape:
 *
 * What tells that two files have the same form: a hash of the names of their columns, whatever their order.
 *
 * Returns: (transfer full): 16 hexadecimal digits
 */
char *sobre_import_source_make_shape (const SobreImportSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportSource, sobre_import_source_free)
