/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-finder.h"
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

/**
 * sobre_window_collect:
 * @listen: (nullable): see sobre_collector_start()
 *
 * Collects answers at once, or as soon as the workspace that is being opened is there.
 */
void sobre_window_collect (SobreWindow *self, const char *listen);

/**
 * sobre_window_save:
 *
 * Has what was changed last written. Where it cannot be, the window says so and asks whether to close it anyway.
 *
 * Returns: (transfer full): a future of %TRUE once nothing would be lost with the window; rejects with %SOBRE_WORKSPACE_ERROR
 */
DexFuture *sobre_window_save (SobreWindow *self);

/** Ends collecting, and the window with it, where it was closed and goes on collecting out of sight. */
void sobre_window_stop_in_background (SobreWindow *self);

/**
 * sobre_window_show_found:
 * @words: what was typed
 *
 * Shows what was found in this window's workspace, as soon as it is there: the overview of a table, a query with its result, a comment in the search.
 */
void sobre_window_show_found (SobreWindow *self, SobreFound *found, const char *words);

/** sobre_window_search: Looks for @words in what guests wrote within a year at any table, as soon as the workspace is there. */
void sobre_window_search (SobreWindow *self, const char *words);

/** (transfer none) (nullable): the folder that was asked for last */
const char *sobre_window_get_path (SobreWindow *self);
SobreSession *sobre_window_get_session (SobreWindow *self);

/** @page: "overview", "queries", "cards", "menu", "collect" or "cloud" */
void sobre_window_show_page (SobreWindow *self, const char *page);

G_END_DECLS
