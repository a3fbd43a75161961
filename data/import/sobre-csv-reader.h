/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-input.h"
#include "model/sobre-text.h"

#define SOBRE_IMPORT_MAX_FIELD_BYTES (10 * 1024 * 1024)
#define SOBRE_IMPORT_MAX_COLUMNS 1000

/**
 * SobreImportRow:
 * @line: the line of the file in which the row begins, from 1
 * @cells: @n_cells of them, without quotes; absent ones have no data
 * @reason: (nullable): what is wrong with the row as a whole, a name as docs/import.md lists them; it has no cells then
 * @raw: the row as it stands in the file, in UTF-8 as far as it could be decoded; of a bad row the first line, cut to 64 KiB
 *
 * A row of a table, valid until the next one is asked for. Cells may hold any bytes.
 */
typedef struct
{
  guint64 line;
  const SobreText *cells;
  guint n_cells;
  const char *reason;
  SobreText raw;
} SobreImportRow;

/**
 * SobreCsvReader:
 *
 * Reads the rows of a CSV file (RFC 4180 and what programs make of it): any delimiter, CRLF, LF or CR, quotes with line ends and
 * doubled quotes in them, blanks between a delimiter and a quote. A quote inside a field that does not begin with one is text.
 *
 * What is not a row costs the line it begins in and nothing else: after a quote that is never closed, or is followed by text,
 * reading goes on at the next line. Blank lines are no rows. Belongs to one thread at a time.
 */
typedef struct _SobreCsvReader SobreCsvReader;

/**
 * sobre_csv_reader_new:
 * @input: (transfer none): outlives the reader
 * @delimiter: the byte between cells; 0 to find out, among comma, semicolon, tab and bar
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR_UNREADABLE
 */
SobreCsvReader *sobre_csv_reader_new (SobreImportInput *input, char delimiter, GError **error);
void sobre_csv_reader_free (SobreCsvReader *self);
char sobre_csv_reader_get_delimiter (const SobreCsvReader *self);

/**
 * sobre_csv_reader_next:
 *
 * Returns: (transfer none) (nullable): the next row, bad ones included; %NULL at the end of the file, or with
 *   %SOBRE_IMPORT_ERROR_UNREADABLE, also where quotes are so broken that reading on would not end
 */
const SobreImportRow *sobre_csv_reader_next (SobreCsvReader *self, GError **error);

/** Back to the first row. */
void sobre_csv_reader_rewind (SobreCsvReader *self);

/** sobre_csv_append_cell: writes @text so that it reads back as the same; @quote_formulas: an apostrophe before what a spreadsheet would run */
void sobre_csv_append_cell (GString *csv, SobreText text, char delimiter, gboolean quote_formulas);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCsvReader, sobre_csv_reader_free)
