/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "session/sobre-finder.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_SEARCH_PROVIDER (sobre_search_provider_get_type ())

/**
 * SobreSearchProvider:
 *
 * Answers the desktop's search over the bus. It holds the application while it looks. Signals, on the main thread: "chosen" (SobreFound, const
 * char *words), when a result is to be shown, with what was typed; "launched" (const char *words), when the program is to go on searching.
 */
G_DECLARE_FINAL_TYPE (SobreSearchProvider, sobre_search_provider, SOBRE, SEARCH_PROVIDER, GObject)

/** SobreSearchPlace: Returns: (transfer full): the workspace to look in */
typedef char *(*SobreSearchPlace) (gpointer user_data);

/** sobre_search_provider_new: @application: held, not owned · Returns: (transfer full) */
SobreSearchProvider *sobre_search_provider_new (GApplication *application, SobreSearchPlace place, gpointer user_data);

/** sobre_search_provider_export: Returns: %FALSE with %G_IO_ERROR_EXISTS where something is at @path already */
gboolean sobre_search_provider_export (SobreSearchProvider *self, GDBusConnection *bus, const char *path, GError **error);

void sobre_search_provider_unexport (SobreSearchProvider *self, GDBusConnection *bus);

G_END_DECLS
