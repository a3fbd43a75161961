/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_SHORTCUTS_DIALOG (sobre_shortcuts_dialog_get_type ())

/** SobreShortcutsDialog: every keyboard shortcut, as the application has it. */
G_DECLARE_FINAL_TYPE (SobreShortcutsDialog, sobre_shortcuts_dialog, SOBRE, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *sobre_shortcuts_dialog_new (GtkApplication *application);

G_END_DECLS
