/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-lake-catalogue.h"

static void
add_object (GPtrArray *days, const SobreLakeObject *object)
{
  SobreLakeDay *day = days->len > 0 ? g_ptr_array_index (days, days->len - 1) : NULL;

  if (day == NULL || day->dataset != object->dataset || day->dt != object->dt)
    {
      day = g_new0 (SobreLakeDay, 1);
      day->dataset = object->dataset;
      day->dt = object->dt;
      g_ptr_array_add (days, day);
    }
  day->n_objects++;
  day->n_bytes += object->size;
  day->last_arrival = MAX (day->last_arrival, object->modified_at);
}

static DexFuture *
catalogue_worker (gpointer data)
{
  SobreLakeSource *lake = data;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autofree char *after = NULL;

      do
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SobreLakePage) page =
              dex_await_boxed (sobre_lake_source_list (lake, (SobreDataset) dataset, after), &error);

          if (page == NULL)
            return dex_future_new_for_error (g_steal_pointer (&error));
          for (guint i = 0; i < page->objects->len; i++)
            add_object (days, g_ptr_array_index (page->objects, i));
          g_free (after);
          after = g_strdup (page->next);
        }
      while (after != NULL);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&days));
}

DexFuture *
sobre_lake_catalogue (SobreLakeSource *lake)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, catalogue_worker, g_object_ref (lake),
                              g_object_unref);
}
