/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lake/sobre-lake-files.h"
#include "lake/sobre-lake-retention.h"
#include "model/sobre-time.h"

/* Removes the files of one day and then its folder, if nothing else is in it. */
static gboolean
expire_day (int dataset_folder, const char *day, guint *n_objects, GError **error)
{
  const char *steps[] = { day, NULL };
  g_autoptr (GError) cause = NULL;
  g_autofd int folder = sobre_files_open_below (dataset_folder, steps, FALSE, &cause);
  g_autoptr (GPtrArray) names = folder >= 0 ? sobre_files_list (folder, &cause) : NULL;

  /* What is no folder is no day. */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS))
    return TRUE;
  if (names == NULL || !sobre_files_remove_all (folder, names, n_objects, &cause))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  sobre_files_remove_folder (dataset_folder, day);
  return TRUE;
}

/* Days are removed oldest first, so that an interruption leaves no hole. */
static gboolean
expire_dataset (int root, SobreDataset dataset, gint32 first_kept, guint *n_objects, GError **error)
{
  const char *steps[] = { "raw", sobre_dataset_get_name (dataset), NULL };
  g_autoptr (GError) cause = NULL;
  g_autofd int folder = sobre_files_open_below (root, steps, FALSE, &cause);
  g_autoptr (GPtrArray) days = folder >= 0 ? sobre_files_list (folder, &cause) : NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  for (guint i = 0; cause == NULL && i < days->len; i++)
    {
      const char *day = g_ptr_array_index (days, i);
      gint32 dt;

      if (g_str_has_prefix (day, "dt=") && sobre_day_parse (day + 3, strlen (day + 3), &dt) && dt < first_kept)
        expire_day (folder, day, n_objects, &cause);
    }

  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
sobre_lake_expire (SobreDirLake *lake, gint32 today, guint retention_days, guint *n_objects, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofd int root = sobre_files_open_folder (sobre_dir_lake_get_path (lake), FALSE, &cause);
  guint n_removed = 0;

  g_return_val_if_fail (retention_days >= 1, FALSE);

  for (guint dataset = 0; cause == NULL && dataset < SOBRE_N_DATASETS; dataset++)
    expire_dataset (root, (SobreDataset) dataset, today - (gint32) retention_days, &n_removed, &cause);
  if (n_objects != NULL)
    *n_objects = n_removed;

  if (cause == NULL || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, cause->message);
  return FALSE;
}
