/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-resource.h"

/* GLib registers static resources when the first of them is asked for: one thread takes the list of all of them and fills them in one
 * after the other. A thread that asks meanwhile finds the list empty and its own resource not filled in yet, and gets NULL
 * (g_static_resource_get_resource() of GLib 2.84). It is there a moment later. */
GBytes *
sobre_resource_load (GResource *(*get_resource) (void), const char *path)
{
  g_autoptr (GError) error = NULL;
  GResource *resource;
  GBytes *bytes;

  while ((resource = get_resource ()) == NULL)
    g_thread_yield ();
  bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes == NULL)
    g_error ("The library was built without %s: %s", path, error->message);
  return bytes;
}
