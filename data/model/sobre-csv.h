/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* The workspace's CSV files, as RFC 4180 has it: fields apart by commas, records by CRLF or LF, a field in quotes may hold commas, line
 * ends and doubled quotes. A byte order mark, which spreadsheets write, is skipped. Messages count lines as an editor does. */

/**
 * SobreCsvCursor:
 * @at: the next byte
 * @end: behind the last byte
 * @line: the line of @at, from 1
 * @record_line: the line in which the record began
 */
typedef struct
{
  const char *at;
  const char *end;
  guint line;
  guint record_line;
} SobreCsvCursor;

/**
 * sobre_csv_cursor_init:
 * @self: (out): borrows @csv
 * @csv: a file's bytes
 * @length: bytes
 *
 * Returns: %FALSE with %SOBRE_SETTINGS_ERROR_INVALID for what is no UTF-8 or holds a NUL
 */
gboolean sobre_csv_cursor_init (SobreCsvCursor *self, const char *csv, gsize length, GError **error);

/**
 * sobre_csv_read_header:
 * @names: (array length=n_names): of the fields, in their order
 *
 * Returns: %FALSE with %SOBRE_SETTINGS_ERROR_INVALID when the first record is another one
 */
gboolean sobre_csv_read_header (SobreCsvCursor *self, const char *const *names, guint n_names, GError **error);

/**
 * sobre_csv_read_record:
 * @fields: (element-type utf8): gets the fields of one record; the cursor is behind its line end afterwards
 *
 * Returns: %FALSE with %SOBRE_SETTINGS_ERROR_INVALID that names the line
 */
gboolean sobre_csv_read_record (SobreCsvCursor *self, GPtrArray *fields, GError **error);

/** sobre_csv_refuse: sets %SOBRE_SETTINGS_ERROR_INVALID that says what is wrong in @line. Returns: %FALSE */
gboolean sobre_csv_refuse (GError **error, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);

/** Appends @text, in quotes where it needs them. */
void sobre_csv_append_field (GString *csv, const char *text);
