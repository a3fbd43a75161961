/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/menu/sobre-menu-line.h"
#include "pages/menu/sobre-menu-panel.h"

G_BEGIN_DECLS

struct _SobreMenuPanel
{
  SobreEditorPanel parent_instance;

  GtkEditable *search_entry;
  GtkStack *list_stack;
  GtkListView *list;
  SobrePublishedMenu *published; /* (nullable): until it was looked at */
  SobreMenuCheck *check;         /* (nullable): of what is shown, or a moment ago */
  SobreMenu *menu;               /* (nullable): the last that could be shown to guests */
  GListStore *lines;
  GtkStringFilter *filter;
  GtkSingleSelection *selection;
};

/** "Fri 20 Nov, 20:41" on the restaurant's clock. (transfer full) */
char *sobre_menu_panel_say_moment (SobreMenuPanel *self, gint64 at);

/** Fills the list from the tree. */
void sobre_menu_panel_fill (SobreEditorPanel *panel);

void sobre_menu_panel_class_install_list (GtkWidgetClass *widget_class);
void sobre_menu_panel_make_list (SobreMenuPanel *self);
void sobre_menu_panel_class_install_edits (GtkWidgetClass *widget_class);
void sobre_menu_panel_class_install_publishing (SobreEditorPanelClass *panel_class);

G_END_DECLS
