/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-import-desk.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_IMPORT_MAPPING_PAGE (sobre_import_mapping_page_get_type ())

/**
 * SobreImportMappingPage: what each column of a file is, as it was guessed or saved, to be corrected.
 *
 * Emits "changed" when somebody has corrected it, "reading-changed" when the file is to be read in another way.
 */
G_DECLARE_FINAL_TYPE (SobreImportMappingPage, sobre_import_mapping_page, SOBRE, IMPORT_MAPPING_PAGE, AdwBin)

/** sobre_import_mapping_page_show: @path: of the file */
void sobre_import_mapping_page_show (SobreImportMappingPage *self,
                                     const char *path,
                                     SobreWorkspace *workspace,
                                     const SobreImportSight *sight);

/** sobre_import_mapping_page_dup_reading: @reading: (out): to be cleared */
void sobre_import_mapping_page_dup_reading (SobreImportMappingPage *self, SobreImportReading *reading);

/** sobre_import_mapping_page_settle: Returns: (transfer full): see sobre_import_desk_settle(), with what is chosen here */
DexFuture *sobre_import_mapping_page_settle (SobreImportMappingPage *self, SobreImportDesk *desk);

G_END_DECLS
