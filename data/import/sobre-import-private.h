/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import.h"

/**
 * SobreImport:
 * @names: of the saved mappings' files, in order
 * @known: whether @mapping was saved
 * @reading: what was said of how to read it
 * @is_settled: whether @mapping says everything that a record depends on
 */
struct _SobreImport
{
  char *workspace;
  const SobreImportHouse *house;
  SobreImportSource *source;
  SobreImportSurvey *survey;
  SobreImportMapping *mapping;
  char *file;
  gboolean known;
  SobreImportReading reading;
  gboolean is_settled;
};

/** Writes the mapping into its file, unless it says the same already. */
gboolean sobre_import_save_mapping (const SobreImport *self, GError **error);
