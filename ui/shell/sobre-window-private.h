/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cards/sobre-cards-page.h"
#include "pages/menu/sobre-guest-pages.h"
#include "pages/overview/sobre-overview-page.h"
#include "pages/queries/sobre-queries-page.h"
#include "pages/welcome/sobre-welcome-page.h"
#include "session/sobre-cloud-watch.h"
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
  SobreQueriesPage *queries;
  SobreGuestPages *guest_pages;
  GSettings *settings;
  SobreSession *session;
  SobreCloudWatch *cloud_watch;
  char *path;
  char *restaurant;
  char *listen;       /* where to collect once there is a session */
  SobreFound *wanted; /* (nullable): to be shown once there is a session */
  char *wanted_words; /* (nullable): to be searched for then */
  gboolean collects;
  gboolean in_background; /* closed, and collecting */
  gboolean figures_as_tables;
  gboolean painted;
  gboolean is_closing; /* and waits until what was changed is written */
  gboolean discards;   /* what cannot be written */
};

void sobre_window_class_install_actions (GtkWidgetClass *widget_class);

/** Has a file that is dropped on the window imported. */
void sobre_window_accept_drops (SobreWindow *self);

/** Switches off what makes no sense without a workspace. */
void sobre_window_update_actions (SobreWindow *self);

/** Shows what somebody searched for, if it is due. */
void sobre_window_show_wanted (SobreWindow *self);

/** Puts the window out of sight instead of closing it. Returns: %FALSE where nothing is collected and so it may close */
gboolean sobre_window_enter_background (SobreWindow *self);

/** Has what was changed last written before the window closes. Returns: %TRUE where it has to stay for that; it closes by itself then */
gboolean sobre_window_wait_for_changes (SobreWindow *self);

/** It is in sight again. */
void sobre_window_leave_background (SobreWindow *self);

/** The collector's state has changed. */
void sobre_window_watch_background (SobreWindow *self);

/** Has whoever is at the desk told of alarms in AWS. */
void sobre_window_watch_cloud (SobreWindow *self);

G_END_DECLS
