/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/**
 * sobre_resource_load:
 * @get_resource: what glib-compile-resources made: "sobre_lake_get_resource"
 * @path: of a file in it; it has to be there
 *
 * The bytes of a file that is compiled into the library. May be called from any thread.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *sobre_resource_load (GResource *(*get_resource) (void), const char *path);
