/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "intake/sobre-collector-process.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "intake/sobre-collector.h"
#include "workspace/sobre-workspace-files.h"

#define PROGRAM SOBRE_LIBEXECDIR "/sobremesa-intake"
#define SITE SOBRE_PKGDATADIR "/site"
#define KEY_FD 3
#define STATUS_FD 4

/* What a process without a session still needs: its language, and in sanitized builds their options. */
static char **
make_environment (void)
{
  static const char *const kept[] = { "LANG",         "LANGUAGE",     "LC_ALL",       "LC_MESSAGES",
                                      "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS" };
  char **environment = g_new0 (char *, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  return environment;
}

static gboolean
give_secret (SobreWorkspace *workspace, GSubprocessLauncher *launcher, GError **error)
{
  g_autoptr (GBytes) secret = sobre_workspace_load_card_secret (workspace, error);
  gsize length;
  const void *data;
  int ends[2];

  if (secret == NULL || !g_unix_open_pipe (ends, O_CLOEXEC, error))
    return FALSE;
  data = g_bytes_get_data (secret, &length);
  /* Far less than a pipe holds, so it is taken at once. */
  if (write (ends[1], data, length) != (gssize) length)
    g_warning ("the cards' secret was not handed over");
  close (ends[1]);
  g_subprocess_launcher_take_fd (launcher, ends[0], KEY_FD);
  return TRUE;
}

GSubprocess *
sobre_collector_process_start (SobreWorkspace *workspace, const char *listen, GInputStream **status, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  const char *path = sobre_workspace_get_path (workspace);
  g_autofree char *form = g_build_filename (path, "form.json", NULL);
  g_autofree char *tables = g_build_filename (path, "tables.csv", NULL);
  g_autofree char *settings = g_build_filename (path, "workspace.json", NULL);
  const char *menu = sobre_workspace_get_menu_folder (workspace);
  g_auto (GStrv) environment = make_environment ();
  g_autoptr (GInputStream) stream = NULL;
  GSubprocess *process;
  int ends[2];

  g_subprocess_launcher_set_environ (launcher, environment);
  /* It is there before the first menu is, so that the one published while guests are served is seen. */
  if (!sobre_workspace_make_folder (menu, error) || !give_secret (workspace, launcher, error) ||
      !g_unix_open_pipe (ends, O_CLOEXEC, error))
    return NULL;
  stream = g_unix_input_stream_new (ends[0], TRUE);
  g_subprocess_launcher_take_fd (launcher, ends[1], STATUS_FD);
  process = g_subprocess_launcher_spawn (launcher, error, PROGRAM, "--listen", listen, "--spool",
                                         sobre_workspace_get_spool_folder (workspace), "--site", SITE, "--form", form,
                                         "--tables", tables, "--settings", settings, "--menu", menu, "--key-fd",
                                         G_STRINGIFY (KEY_FD), "--status-fd", G_STRINGIFY (STATUS_FD), NULL);
  if (process == NULL)
    return NULL;
  g_subprocess_launcher_close (launcher);
  *status = g_steal_pointer (&stream);
  return process;
}

static guint
get_asked_port (const char *listen)
{
  const char *colon = strrchr (listen, ':');

  return colon != NULL ? (guint) g_ascii_strtoull (colon + 1, NULL, 10) : 0;
}

GError *
sobre_collector_process_explain (const char *listen, const char *reason, const char *message)
{
  guint port = get_asked_port (listen);

  if (g_str_equal (reason, "port-taken"))
    return g_error_new (SOBRE_COLLECTOR_ERROR, SOBRE_COLLECTOR_ERROR_PORT_TAKEN,
                        _ ("Port %u is taken by another program. Stop that program, or listen on another port, such as %u."),
                        port, port < G_MAXUINT16 ? port + 1 : 8080);
  if (g_str_equal (reason, "address"))
    return g_error_new (
        SOBRE_COLLECTOR_ERROR, SOBRE_COLLECTOR_ERROR_ADDRESS,
        _ ("Guests cannot be served at %s: it has to be an address of this computer and a port above 1023 (%s)."), listen,
        message);
  if (g_str_equal (reason, "spool"))
    return g_error_new (SOBRE_COLLECTOR_ERROR, SOBRE_COLLECTOR_ERROR_SPOOL,
                        _ ("Answers cannot be stored, so none are taken: %s. What was stored before is kept."), message);
  return g_error_new (SOBRE_COLLECTOR_ERROR, SOBRE_COLLECTOR_ERROR_FAILED, _ ("Intake could not start: %s"), message);
}
