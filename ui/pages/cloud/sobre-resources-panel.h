/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cloud/sobre-cloud-panel.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_RESOURCES_PANEL (sobre_resources_panel_get_type ())

/** SobreResourcesPanel: of what the stacks consist, in plain words, with links to AWS's own pages. */
G_DECLARE_FINAL_TYPE (SobreResourcesPanel, sobre_resources_panel, SOBRE, RESOURCES_PANEL, SobreCloudPanel)

/** sobre_resources_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_resources_panel_new (SobreSession *session);

G_END_DECLS
