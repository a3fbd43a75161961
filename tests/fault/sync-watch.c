/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* sync-watch WORKSPACE: watches the spool as the window does until standard input ends. A line for each new state and each error. */

#include <glib-unix.h>
#include <stdio.h>

#include "sync/sobre-sync.h"

static void
committed_cb (void)
{
  printf ("committed\n");
  fflush (stdout);
}

static void
failed_cb (SobreSync *sync, const GError *error)
{
  printf ("failed: %s\n", error->message);
  fflush (stdout);
}

static gboolean
end_cb (int file, GIOCondition condition, gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreSync) sync = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    return 2;
  dex_init ();
  workspace = sobre_workspace_open (argv[1], &error);
  if (workspace == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  sync = sobre_sync_new (workspace);
  g_signal_connect (sync, "committed", G_CALLBACK (committed_cb), NULL);
  g_signal_connect (sync, "failed", G_CALLBACK (failed_cb), NULL);
  sobre_sync_set_watching (sync, TRUE);
  g_unix_fd_add (0, G_IO_IN | G_IO_HUP, end_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
