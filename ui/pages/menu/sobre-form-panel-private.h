/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/menu/sobre-form-panel.h"

G_BEGIN_DECLS

struct _SobreFormPanel
{
  SobreEditorPanel parent_instance;

  GtkListBox *list;
  SobreFormState *state; /* (nullable): of what is shown, or a moment ago */
  SobreForm *form;       /* (nullable): the last that guests could use */
};

/** What a question is called in the house's language. (transfer full) */
char *sobre_form_panel_dup_name (SobreFormPanel *self, const char *path);

void sobre_form_panel_class_install_actions (GtkWidgetClass *widget_class);
void sobre_form_panel_class_install_publishing (SobreEditorPanelClass *panel_class);

G_END_DECLS
