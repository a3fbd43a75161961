/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cloud/sobre-cloud-panel.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DRIFT_PANEL (sobre_drift_panel_get_type ())

/** SobreDriftPanel: what was changed in AWS by hand since it was deployed. */
G_DECLARE_FINAL_TYPE (SobreDriftPanel, sobre_drift_panel, SOBRE, DRIFT_PANEL, SobreCloudPanel)

/** sobre_drift_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_drift_panel_new (SobreSession *session);

G_END_DECLS
