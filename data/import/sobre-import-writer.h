/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-record.h"
#include "lake/sobre-dir-lake.h"

/* How an import's objects are called: raw/<dataset>/dt=…/import-<batch>-<number>.json.gz. */
#define SOBRE_IMPORT_OBJECT_PREFIX "import-"

/**
 * SobreImportWriter:
 *
 * Takes lines, and makes objects of the lake of them at the end, all at once: until then they lie in a file that has no name, so a
 * program that ends in between leaves nothing. Belongs to one thread at a time.
 */
typedef struct _SobreImportWriter SobreImportWriter;

/** sobre_import_writer_new: @folder: for the file without a name. Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR_FAILED */
SobreImportWriter *sobre_import_writer_new (const char *folder, GError **error);
void sobre_import_writer_free (SobreImportWriter *self);

/** sobre_import_writer_add: @line: with its newline. Returns: %FALSE with %SOBRE_IMPORT_ERROR_FAILED */
gboolean sobre_import_writer_add (SobreImportWriter *self, SobreText line, GError **error);

/**
 * sobre_import_writer_publish:
 * @dt: days since the epoch: today, in UTC
 * @batch: (out) (transfer full) (nullable): what the objects have in their names; %NULL when there was no line
 * @n_objects: (out): how many there are
 *
 * Puts the objects into the lake. Doing it again after it was interrupted adds what is missing. Blocks.
 *
 * Returns: %FALSE with %SOBRE_IMPORT_ERROR_FAILED or %SOBRE_LAKE_ERROR
 */
gboolean sobre_import_writer_publish (SobreImportWriter *self,
                                      SobreDirLake *lake,
                                      SobreDataset dataset,
                                      gint32 dt,
                                      char **batch,
                                      guint *n_objects,
                                      GError **error);

/**
 * sobre_import_withdraw:
 * @batch: what sobre_import_writer_publish() gave
 * @n_objects: (out): how many there were
 *
 * Removes the objects of one import from the lake. Blocks.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR; those removed by then stay removed
 */
gboolean sobre_import_withdraw (SobreDirLake *lake, const char *batch, guint *n_objects, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportWriter, sobre_import_writer_free)
