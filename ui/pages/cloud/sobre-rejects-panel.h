/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_REJECTS_PANEL (sobre_rejects_panel_get_type ())

/**
 * SobreRejectsPanel: what the gate in AWS refused, by the rule that was broken, and bringing to the lake what passes after a fix. It reads when it is first shown and when it is told to;
 * what it is doing goes on while another page is shown.
 */
G_DECLARE_FINAL_TYPE (SobreRejectsPanel, sobre_rejects_panel, SOBRE, REJECTS_PANEL, AdwNavigationPage)

/** sobre_rejects_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_rejects_panel_new (SobreSession *session);

G_END_DECLS
