/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DEPLOY_PANEL (sobre_deploy_panel_get_type ())

/**
 * SobreDeployPanel: deploys in three steps: in which account and what, what that would do, and doing it with everything that happens. Signal "changed": something came to its end in AWS.
 */
G_DECLARE_FINAL_TYPE (SobreDeployPanel, sobre_deploy_panel, SOBRE, DEPLOY_PANEL, AdwNavigationPage)

/** sobre_deploy_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_deploy_panel_new (SobreSession *session);

/** sobre_deploy_panel_resume: goes on with what was begun and not seen to its end */
void sobre_deploy_panel_resume (SobreDeployPanel *self);

G_END_DECLS
