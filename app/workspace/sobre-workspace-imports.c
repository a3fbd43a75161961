/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workspace/sobre-workspace-imports.h"

#include "workspace/sobre-workspace-files.h"

char *
sobre_workspace_dup_rejects_path (SobreWorkspace *self, SobreDataset dataset, const char *file)
{
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *list = g_strconcat (name, ".rejects.csv", NULL);

  return g_build_filename (sobre_workspace_get_path (self), SOBRE_LAKE_FOLDER, "errors", sobre_dataset_get_name (dataset), list,
                           NULL);
}
