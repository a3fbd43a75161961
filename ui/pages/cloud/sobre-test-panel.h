/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_TEST_PANEL (sobre_test_panel_get_type ())

/** SobreTestPanel: follows one answer through everything that is deployed, stage by stage as it goes. It goes on while another page is shown. */
G_DECLARE_FINAL_TYPE (SobreTestPanel, sobre_test_panel, SOBRE, TEST_PANEL, AdwNavigationPage)

/** sobre_test_panel_new: Returns: (transfer floating) */
GtkWidget *sobre_test_panel_new (SobreSession *session);

G_END_DECLS
