/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-import-desk.h"

G_BEGIN_DECLS

/** sobre_import_preview_new: what an import would do. Returns: (transfer floating) */
GtkWidget *sobre_import_preview_new (const SobreImportOutcome *outcome, SobreWorkspace *workspace);

/** sobre_import_preview_say: Returns: (transfer full): what became of the rows that were not added: "3 are there already, 2 cannot be taken"; empty for none */
char *sobre_import_preview_say (const SobreImportReport *report);

G_END_DECLS
