/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define BUS_TIMEOUT_MS 10000
#define APP_PATH "/io/github/sobremesa/Sobremesa"

/* The interface that every GApplication exports at its id's path (the Desktop Entry Specification, "D-Bus activation"). */
static gboolean
activate (const char *workspace, GError **error)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  g_autoptr (GVariant) reply = NULL;
  GVariantBuilder platform;

  if (bus == NULL)
    return FALSE;
  g_variant_builder_init (&platform, G_VARIANT_TYPE_VARDICT);
  if (workspace == NULL)
    {
      reply = g_dbus_connection_call_sync (bus, SOBRE_APP_ID, APP_PATH, "org.freedesktop.Application", "Activate",
                                           g_variant_new ("(a{sv})", &platform), NULL, G_DBUS_CALL_FLAGS_NONE, BUS_TIMEOUT_MS,
                                           NULL, error);
    }
  else
    {
      g_autofree char *uri = g_filename_to_uri (workspace, NULL, error);
      const char *const uris[] = { uri, NULL };

      if (uri == NULL)
        return FALSE;
      reply = g_dbus_connection_call_sync (bus, SOBRE_APP_ID, APP_PATH, "org.freedesktop.Application", "Open",
                                           g_variant_new ("(^asa{sv})", uris, &platform), NULL, G_DBUS_CALL_FLAGS_NONE,
                                           BUS_TIMEOUT_MS, NULL, error);
    }
  return reply != NULL;
}

SobreCliStatus
sobre_cli_open_window (SobreCli *self)
{
  g_autofree char *program = g_build_filename (SOBRE_LIBEXECDIR, "sobremesa-window", NULL);
  g_autofree char *workspace = NULL;
  g_autoptr (GError) error = NULL;

  if (self->workspace_option != NULL)
    workspace = sobre_workspace_resolve_path (self->workspace_option);
  if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)
    return sobre_cli_refuse_usage (self, NULL, _ ("There is no display for the window, and no command was given"));
  if (activate (workspace, &error))
    return SOBRE_CLI_DONE;

  /* No session bus, or the window's service is not installed where the bus looks: this process becomes the window. */
  sobre_cli_output_finish (self->output);
  execl (program, program, workspace, NULL);
  return sobre_cli_fail (self, g_error_new (G_IO_ERROR, g_io_error_from_errno (errno),
                                            _ ("The window “%s” could not be started: %s"), program, g_strerror (errno)));
}
