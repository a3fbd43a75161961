/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-record.h"

/** SobreImportReject: a row that was not taken. @column: (nullable) · @value: what stands in it · @row: as in the file; both cut to 4 KiB, valid UTF-8 */
typedef struct
{
  guint64 line;
  const char *reason;
  char *column;
  char *value;
  char *row;
} SobreImportReject;

/**
 * SobreImportRejects:
 *
 * The list of rows that were not taken, each with its line and reason: all of them in a CSV file, the first ones in memory. The file is
 * there whole or not at all. Belongs to one thread at a time.
 */
typedef struct _SobreImportRejects SobreImportRejects;

/** sobre_import_rejects_new: @path: (nullable): the file, which is made, with its folder, when the first row comes. Returns: (transfer full) */
SobreImportRejects *sobre_import_rejects_new (const char *path);

/** Without sobre_import_rejects_finish() before it, no file is left. */
void sobre_import_rejects_free (SobreImportRejects *self);

/** sobre_import_rejects_add: @column: (nullable). Returns: %FALSE with %SOBRE_IMPORT_ERROR_FAILED */
gboolean sobre_import_rejects_add (SobreImportRejects *self,
                                   const SobreImportRow *row,
                                   const char *reason,
                                   const char *column,
                                   SobreText value,
                                   GError **error);
gboolean sobre_import_rejects_finish (SobreImportRejects *self, GError **error);
guint64 sobre_import_rejects_get_n (const SobreImportRejects *self);

/** sobre_import_rejects_get_first: (transfer none) (element-type SobreImportReject): at most 1,000 */
GPtrArray *sobre_import_rejects_get_first (const SobreImportRejects *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportRejects, sobre_import_rejects_free)
