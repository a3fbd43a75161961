/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-code-desk.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CODE_DIALOG (sobre_code_dialog_get_type ())

/**
 * SobreCodeDialog:
 *
 * Asks for the six digits that an MFA device shows, and says why the last ones were not taken.
 */
G_DECLARE_FINAL_TYPE (SobreCodeDialog, sobre_code_dialog, SOBRE, CODE_DIALOG, AdwAlertDialog)

/**
 * sobre_code_dialog_attach:
 * @parent: over which the questions of @desk are shown from now on, for as long as it is there and to be seen
 */
void sobre_code_dialog_attach (SobreCodeDesk *desk, GtkWidget *parent);

/** sobre_code_dialog_get_entry: Returns: (transfer none): where the digits are typed */
GtkEditable *sobre_code_dialog_get_entry (SobreCodeDialog *self);

G_END_DECLS
