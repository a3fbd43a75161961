/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include <glib/gi18n-lib.h>
#include <libdex.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "aws/sobre-credentials.h"
#include "cli/sobre-cli.h"

#define SETTLE_US 50000

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SOBRE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("sobremesa");

  if (g_getenv ("AWS_SECRET_ACCESS_KEY") != NULL)
    sobre_credentials_leave_no_image ();
  /* A closed pipe is an error like any other, so that what has been begun is ended in order. */
  signal (SIGPIPE, SIG_IGN);

  dex_init ();
  status = sobre_cli_run (argv, STDOUT_FILENO, STDERR_FILENO);
  /* The leak checker does not search the stacks of fibers: what the pool's threads are just letting go of would look lost. */
  if (SOBRE_SANITIZED)
    g_usleep (SETTLE_US);
  return status;
}
