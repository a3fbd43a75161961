/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include <glib/gi18n-lib.h>
#include <libdex.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "cli/sobre-cli.h"

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SOBRE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("sobremesa");

  /* A closed pipe is an error like any other, so that what has been begun is ended in order. */
  signal (SIGPIPE, SIG_IGN);

  dex_init ();
  return sobre_cli_run (argv, STDOUT_FILENO, STDERR_FILENO);
}
