/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CLOUD_PANEL (sobre_cloud_panel_get_type ())

/**
 * SobreCloudPanel:
 *
 * A page beside the Cloud page that asks AWS one thing when it is first shown and when it is told to, and shows the answer, or why there is none. While it asks it can be stopped.
 * Its "session" (construct only) says of which workspace.
 */
G_DECLARE_DERIVABLE_TYPE (SobreCloudPanel, sobre_cloud_panel, SOBRE, CLOUD_PANEL, AdwNavigationPage)

/**
 * SobreCloudPanelClass:
 * @ask: returns (transfer full) a future of the answer
 * @show: shows it with sobre_cloud_panel_show_page() or sobre_cloud_panel_show_nothing()
 */
struct _SobreCloudPanelClass
{
  AdwNavigationPageClass parent_class;

  DexFuture *(*ask) (SobreCloudPanel *self, GCancellable *cancellable);
  void (*show) (SobreCloudPanel *self, const GValue *answer);
};

SobreSession *sobre_cloud_panel_get_session (SobreCloudPanel *self);

/** sobre_cloud_panel_set_busy: what is said while it asks. @description: plain text */
void sobre_cloud_panel_set_busy (SobreCloudPanel *self, const char *title, const char *description);

/** sobre_cloud_panel_show_page: @page: (transfer floating) */
void sobre_cloud_panel_show_page (SobreCloudPanel *self, GtkWidget *page);

/** sobre_cloud_panel_show_nothing: that there is nothing to list. @description: plain text · @label, @uri: (nullable): a button that opens a page of the web */
void sobre_cloud_panel_show_nothing (SobreCloudPanel *self,
                                     const char *icon,
                                     const char *title,
                                     const char *description,
                                     const char *label,
                                     const char *uri);

G_END_DECLS
