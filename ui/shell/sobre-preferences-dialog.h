/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_PREFERENCES_DIALOG (sobre_preferences_dialog_get_type ())

/** SobrePreferencesDialog: the program's own settings; a restaurant's are in its folder. */
G_DECLARE_FINAL_TYPE (SobrePreferencesDialog, sobre_preferences_dialog, SOBRE, PREFERENCES_DIALOG, AdwPreferencesDialog)

/** sobre_preferences_dialog_new: @session: (nullable): whose AWS account can be chosen. Returns: (transfer floating) */
AdwDialog *sobre_preferences_dialog_new (GSettings *settings, SobreSession *session);

G_END_DECLS
