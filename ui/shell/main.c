/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <libdex.h>
#include <locale.h>

#include "aws/sobre-credentials.h"
#include "shell/sobre-application.h"
#include "sobre-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (SobreApplication) application = NULL;

  if (g_getenv ("AWS_SECRET_ACCESS_KEY") != NULL)
    sobre_credentials_leave_no_image ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SOBRE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Sobremesa"));
  dex_init ();
  gtk_source_init ();
  application = sobre_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
