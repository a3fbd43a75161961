/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* make-sample FOLDER: makes the sample restaurant there, the same one every day. */

#include "workspace/sobre-workspace.h"

int
main (int argc, char **argv)
{
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (1);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    return 2;
  workspace = sobre_workspace_create (argv[1], TRUE, clock, random, &error);
  if (workspace == NULL)
    g_printerr ("make-sample: %s\n", error->message);
  return workspace != NULL ? 0 : 1;
}
