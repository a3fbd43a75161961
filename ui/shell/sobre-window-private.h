/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cards/sobre-cards-page.h"
#include "pages/overview/sobre-overview-page.h"
#include "pages/welcome/sobre-welcome-page.h"
#include "shell/sobre-window.h"
#include "sobre-figures-plots.h"

G_BEGIN_DECLS

struct _SobreWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  SobreWelcomePage *welcome;
  AdwNavigationSplitView *split_view;
  GtkMenuButton *menu_button;
  GtkListBox *page_list;
  GtkLabel *collecting_label;
  GtkLabel *age_label;
  AdwNavigationPage *content_page;
  GtkStack *pages;
  SobreOverviewPage *overview;
  SobreCardsPage *cards;
  GSettings *settings;
  SobreSession *session;
  char *path;
  char *restaurant;
  gboolean figures_as_tables;
  gboolean painted;
};

void sobre_window_class_install_actions (GtkWidgetClass *widget_class);

/** Switches off what makes no sense without a workspace. */
void sobre_window_update_actions (SobreWindow *self);

G_END_DECLS
