/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-lake-retention.h"

/* Days are removed oldest first, so that an interruption leaves no hole. */
static gboolean
expire_dataset (SobreDirLake *lake, SobreDataset dataset, gint32 first_kept, guint *n_objects, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autofree char *after = NULL;

  do
    {
      g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (lake, dataset, after, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreLakeObject *object = g_ptr_array_index (page->objects, i);
          g_autoptr (GError) cause = NULL;

          /* Keys are in the order of days. */
          if (object->dt >= first_kept)
            return TRUE;
          if (sobre_dir_lake_replace (lake, object, nothing, &cause))
            (*n_objects)++;
          else if (!g_error_matches (cause, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE))
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return FALSE;
            }
        }
      g_free (after);
      after = g_strdup (page->next);
    }
  while (after != NULL);

  return TRUE;
}

gboolean
sobre_lake_expire (SobreDirLake *lake, gint32 today, guint retention_days, guint *n_objects, GError **error)
{
  guint n_removed = 0;
  gboolean done = TRUE;

  g_return_val_if_fail (retention_days >= 1, FALSE);

  for (guint dataset = 0; done && dataset < SOBRE_N_DATASETS; dataset++)
    done = expire_dataset (lake, (SobreDataset) dataset, today - (gint32) retention_days, &n_removed, error);
  if (n_objects != NULL)
    *n_objects = n_removed;
  return done;
}
