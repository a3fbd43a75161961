/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* lake-tool roll SPOOL LAKE
 * lake-tool forget SPOOL LAKE STATE ID
 *
 * One operation on a lake, alone in its process, so that it can be stopped anywhere. */

#include <string.h>

#include "lake/sobre-lake-forget.h"
#include "lake/sobre-spool.h"

static gboolean
forget (SobreDirLake *lake, char *argv[], GError **error)
{
  g_autoptr (SobreForgetReport) report = NULL;
  SobreId id;

  if (!sobre_id_parse (argv[5], strlen (argv[5]), &id))
    return FALSE;
  report = sobre_lake_forget (lake, argv[4], argv[2], &id, error);
  return report != NULL && report->unreadable->len == 0;
}

int
main (int argc, char *argv[])
{
  g_autoptr (SobreDirLake) lake = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  if (argc < 4 || (strcmp (argv[1], "forget") == 0 && argc < 6))
    return 2;
  lake = sobre_dir_lake_new (argv[3]);
  if (strcmp (argv[1], "roll") == 0)
    done = sobre_spool_roll (argv[2], lake, NULL, &error);
  else if (strcmp (argv[1], "forget") == 0)
    done = forget (lake, argv, &error);

  if (!done)
    g_printerr ("%s\n", error != NULL ? error->message : "not done");
  return done ? 0 : 1;
}
