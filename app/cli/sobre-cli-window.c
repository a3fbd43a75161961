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
activate (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;

  if (bus == NULL)
    return FALSE;
  reply =
      g_dbus_connection_call_sync (bus, SOBRE_APP_ID, APP_PATH, "org.freedesktop.Application", "Activate",
                                   g_variant_new ("(a{sv})", NULL), NULL, G_DBUS_CALL_FLAGS_NONE, BUS_TIMEOUT_MS, NULL, NULL);
  return reply != NULL;
}

/* A window of a certain workspace is executed: where one runs already it gets the command line, which D-Bus activation cannot carry.
 * So it is too where no session bus answers, or the bus does not know the service. */
SobreCliStatus
sobre_cli_open_window (SobreCli *self)
{
  g_autofree char *program = g_build_filename (SOBRE_LIBEXECDIR, "sobremesa-window", NULL);
  g_autofree char *workspace = sobre_workspace_resolve_path (self->workspace_option);
  gboolean certain = self->workspace_option != NULL || g_getenv ("SOBREMESA_WORKSPACE") != NULL;
  int code;

  if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)
    return sobre_cli_refuse_usage (self, NULL, _ ("There is no display for the window, and no command was given"));
  if (!certain && activate ())
    return SOBRE_CLI_DONE;

  execl (program, program, "--workspace", workspace, NULL);
  code = errno;
  return sobre_cli_fail (self, g_error_new (G_IO_ERROR, g_io_error_from_errno (code),
                                            _ ("The window “%s” could not be started: %s"), program, g_strerror (code)));
}
