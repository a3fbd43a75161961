/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Prints what the cache of a workspace says, as one JSON document: its rows, a hash that depends on nothing else, and whether it agrees
 * with itself. */

#include <stdio.h>

#include "scan/sobre-cache-inspection.h"

int
main (int argc, char **argv)
{
  g_autofree char *folder = argc == 2 ? sobre_cache_folder_for_workspace (argv[1]) : NULL;
  g_autoptr (SobreCacheReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  SobreCacheInspection seen;

  if (folder == NULL)
    {
      fprintf (stderr, "usage: cache-probe WORKSPACE\n");
      return 2;
    }
  reader = sobre_cache_reader_open (folder, &error);
  if (reader == NULL || !sobre_cache_inspect (reader, &seen, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("{\"rows\": %" G_GUINT64_FORMAT ", \"answers\": %" G_GUINT64_FORMAT ", \"conflicts\": %" G_GUINT64_FORMAT
          ", \"hash\": \"%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x\", \"check\": \"ok\"}\n",
          seen.n_rows[SOBRE_TABLE_RESPONSES], seen.n_rows[SOBRE_TABLE_ANSWERS], seen.n_conflicts, seen.hash[0], seen.hash[1]);
  return 0;
}
