/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_HELP_DIALOG (sobre_help_dialog_get_type ())

/** SobreHelpDialog: what the program does, and how it counts. */
G_DECLARE_FINAL_TYPE (SobreHelpDialog, sobre_help_dialog, SOBRE, HELP_DIALOG, AdwDialog)

AdwDialog *sobre_help_dialog_new (void);

G_END_DECLS
