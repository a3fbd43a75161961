/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_WINDOW (sobre_window_get_type ())

/**
 * SobreWindow:
 *
 * One restaurant's window. It opens its workspace on another thread; a folder without one gets the welcome page. Properties:
 * "session" (SobreSession, nullable, read-only), "restaurant" (string, read-only), "figures-as-tables" (boolean).
 */
G_DECLARE_FINAL_TYPE (SobreWindow, sobre_window, SOBRE, WINDOW, AdwApplicationWindow)

/**
 * sobre_window_new:
 * @settings: of the application
 *
 * Returns: (transfer none): owned by GTK
 */
SobreWindow *sobre_window_new (GtkApplication *application, GSettings *settings);

/** Shows the workspace in @path, or the welcome page when there is none there. */
void sobre_window_open (SobreWindow *self, const char *path);

/** Shows @workspace at once. */
void sobre_window_set_workspace (SobreWindow *self, SobreWorkspace *workspace);

/** (transfer none) (nullable): the folder that was asked for last */
const char *sobre_window_get_path (SobreWindow *self);
SobreSession *sobre_window_get_session (SobreWindow *self);

/** @page: "overview", "cards" or "collect" */
void sobre_window_show_page (SobreWindow *self, const char *page);

G_END_DECLS
