/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/menu/sobre-editor-panel.h"
#include "pages/menu/sobre-site-line.h"

G_BEGIN_DECLS

typedef struct
{
  AdwNavigationView *navigation;
  AdwNavigationPage *list_page;
  AdwBanner *banner;
  GtkStack *stack;
  AdwStatusPage *broken_page;
  GtkLabel *published_label;
  GtkLabel *draft_label;
  GtkButton *check_button;
  SobreSiteLine *site_line;
  SobreSession *session;
  SobreDocumentBook *book;
  char *title;
  char *menu_name;
  char *broken_title;
  GMenuModel *menu_model;
  GtkWidget *start_page;
  GtkWidget *list_child;
  SobreEditorSight sight; /* of what is shown, or a moment ago; without its issues, which the book has */
  gboolean is_checked;
  gboolean checking;
  gboolean outdated; /* what is being checked is not what is shown any more */
  gboolean narrow;
  gboolean busy;
} SobreEditorPanelPrivate;

SobreEditorPanelPrivate *sobre_editor_panel_get_private (SobreEditorPanel *self);

/** sobre_editor_panel_read: as sobre_editor_panel_reload(). Returns: (transfer full): a future that is settled once what guests get was looked at */
DexFuture *sobre_editor_panel_read (SobreEditorPanel *self);
void sobre_editor_panel_class_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
