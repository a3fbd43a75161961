/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cloud/sobre-cloud-panel.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DASHBOARDS_PANEL (sobre_dashboards_panel_get_type ())

/** SobreDashboardsPanel: the dashboards of QuickSight, each opened with the store and the dates that the session's filter has. */
G_DECLARE_FINAL_TYPE (SobreDashboardsPanel, sobre_dashboards_panel, SOBRE, DASHBOARDS_PANEL, SobreCloudPanel)

/** sobre_dashboards_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_dashboards_panel_new (SobreSession *session);

G_END_DECLS
