/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"
#include "import/sobre-import.h"

/** sobre_cli_import_print_mapping: tells how the columns of @file are read. */
void sobre_cli_import_print_mapping (SobreCli *self, const char *file, const SobreImport *import);

/**
 * sobre_cli_import_print_report:
 * @builder: an array, which gets the file's object
 * @target: what was done, or would have been
 * @seconds: that it took
 */
void sobre_cli_import_print_report (SobreCli *self,
                                    JsonBuilder *builder,
                                    const char *file,
                                    const SobreImport *import,
                                    const SobreImportTarget *target,
                                    const SobreImportReport *report,
                                    double seconds);
