/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/menu/sobre-editor-panel.h"
#include "session/sobre-form-desk.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FORM_PANEL (sobre_form_panel_get_type ())

/** SobreFormPanel: the form that is being written, beside the one that guests answer. */
G_DECLARE_FINAL_TYPE (SobreFormPanel, sobre_form_panel, SOBRE, FORM_PANEL, SobreEditorPanel)

/** (transfer none) (nullable): the last form that guests could use as it is written */
SobreForm *sobre_form_panel_get_form (SobreFormPanel *self);

G_END_DECLS
