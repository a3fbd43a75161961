/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_IMPORT_DIALOG (sobre_import_dialog_get_type ())

/**
 * SobreImportDialog:
 *
 * The orders of a till, or the answers of another survey tool, on their way from a file into the lake: what each column is, to be corrected; the first rows as
 * they would be stored, and those that cannot be; the import, which can be stopped, and taken back.
 */
G_DECLARE_FINAL_TYPE (SobreImportDialog, sobre_import_dialog, SOBRE, IMPORT_DIALOG, AdwDialog)

/** sobre_import_dialog_new: @path: of the file, which is read at once. Returns: (transfer floating) */
AdwDialog *sobre_import_dialog_new (SobreSession *session, const char *path);

/** sobre_import_dialog_choose: asks for a file, then presents the dialog. */
void sobre_import_dialog_choose (GtkWidget *parent, SobreSession *session);

G_END_DECLS
