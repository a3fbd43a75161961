/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#define SOBRE_IMPORT_ERROR (sobre_import_error_quark ())
GQuark sobre_import_error_quark (void);

/**
 * SobreImportError:
 * @SOBRE_IMPORT_ERROR_UNREADABLE: the file cannot be opened or is no table of rows; the message names the line where there is one
 * @SOBRE_IMPORT_ERROR_MAPPING: it is not clear which column is what; the message says which option tells
 * @SOBRE_IMPORT_ERROR_AMBIGUOUS: the order of day and month, or the decimal sign, can be read in more than one way; an option tells
 * @SOBRE_IMPORT_ERROR_FAILED: the result cannot be written; nothing was imported
 */
typedef enum
{
  SOBRE_IMPORT_ERROR_UNREADABLE,
  SOBRE_IMPORT_ERROR_MAPPING,
  SOBRE_IMPORT_ERROR_AMBIGUOUS,
  SOBRE_IMPORT_ERROR_FAILED,
} SobreImportError;

/**
 * SobreImportInput:
 *
 * A file as UTF-8, whatever its encoding, through a window that moves over it: memory does not depend on the size of the file. Bytes
 * that its encoding does not know become 0xFF, which is never valid in UTF-8, so whoever checks a row finds them. Belongs to one
 * thread at a time. All functions that read block.
 */
typedef struct _SobreImportInput SobreImportInput;

/**
 * sobre_import_input_open:
 * @path: a regular file
 * @encoding: (nullable): a name that iconv knows; %NULL to find out: a byte order mark, UTF-16 by its zeros, UTF-8 where all of the file
 *   or nearly all is, else Windows-1252
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR_UNREADABLE
 */
SobreImportInput *sobre_import_input_open (const char *path, const char *encoding, GError **error);

/** sobre_import_input_new: the same for bytes in memory. */
SobreImportInput *sobre_import_input_new (GBytes *bytes, const char *encoding, GError **error);
void sobre_import_input_free (SobreImportInput *self);

/** sobre_import_input_get_encoding: the one that was said or found: "UTF-8", "UTF-16LE", "WINDOWS-1252", … (transfer none) */
const char *sobre_import_input_get_encoding (const SobreImportInput *self);

/** Bytes of the file, and how many of them were read since the beginning: for progress. */
guint64 sobre_import_input_get_size (const SobreImportInput *self);
guint64 sobre_import_input_get_position (const SobreImportInput *self);

/** sobre_import_input_get_window: what was read and not yet skipped. Returns: (transfer none): valid until the window is filled or rewound */
const char *sobre_import_input_get_window (const SobreImportInput *self, gsize *length);

/**
 * sobre_import_input_fill:
 *
 * Makes the window longer, about twice as long when it is long already.
 *
 * Returns: %FALSE at the end of the file, or with %SOBRE_IMPORT_ERROR_UNREADABLE
 */
gboolean sobre_import_input_fill (SobreImportInput *self, GError **error);
void sobre_import_input_skip (SobreImportInput *self, gsize length);

/** Back to the beginning, behind a byte order mark. */
void sobre_import_input_rewind (SobreImportInput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportInput, sobre_import_input_free)
