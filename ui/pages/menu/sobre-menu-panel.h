/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/menu/sobre-editor-panel.h"
#include "session/sobre-menu-desk.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_MENU_PANEL (sobre_menu_panel_get_type ())

/** SobreMenuPanel: the menu that is being written, beside what guests see, and what of it is sold out. */
G_DECLARE_FINAL_TYPE (SobreMenuPanel, sobre_menu_panel, SOBRE, MENU_PANEL, SobreEditorPanel)

/** (transfer none) (nullable): the last menu that could be shown to guests as it is written */
SobreMenu *sobre_menu_panel_get_menu (SobreMenuPanel *self);

/** (transfer none) (nullable) */
SobrePublishedMenu *sobre_menu_panel_get_published (SobreMenuPanel *self);

G_END_DECLS
