/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_REMOVE_PANEL (sobre_remove_panel_get_type ())

/** SobreRemovePanel: removes what is deployed, once its name was typed. Signal "changed": something came to its end in AWS. */
G_DECLARE_FINAL_TYPE (SobreRemovePanel, sobre_remove_panel, SOBRE, REMOVE_PANEL, AdwNavigationPage)

/** sobre_remove_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_remove_panel_new (SobreSession *session);

G_END_DECLS
