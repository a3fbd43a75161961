/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-lake-catalogue.h"

typedef struct
{
  SobreLakeSource *lake;
  GHashTable *counts;
} Catalogue;

static void
catalogue_free (gpointer data)
{
  Catalogue *self = data;

  g_object_unref (self->lake);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

void
sobre_lake_count_free (SobreLakeCount *self)
{
  g_free (self->etag);
  g_free (self);
}

static void
add_object (GPtrArray *days, const SobreLakeObject *object, GHashTable *counts)
{
  const SobreLakeCount *count = counts != NULL ? g_hash_table_lookup (counts, object->key) : NULL;
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
  if (count == NULL || !g_str_equal (count->etag, object->etag))
    return;
  day->n_counted++;
  day->n_rows += count->n_rows;
  day->n_rejects += count->n_rejects;
}

static DexFuture *
catalogue_worker (gpointer data)
{
  const Catalogue *self = data;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autofree char *after = NULL;

      do
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SobreLakePage) page =
              dex_await_boxed (sobre_lake_source_list (self->lake, (SobreDataset) dataset, after), &error);

          if (page == NULL)
            return dex_future_new_for_error (g_steal_pointer (&error));
          for (guint i = 0; i < page->objects->len; i++)
            add_object (days, g_ptr_array_index (page->objects, i), self->counts);
          g_free (after);
          after = g_strdup (page->next);
        }
      while (after != NULL);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&days));
}

DexFuture *
sobre_lake_catalogue (SobreLakeSource *lake, GHashTable *counts)
{
  Catalogue *self = g_new0 (Catalogue, 1);

  self->lake = g_object_ref (lake);
  self->counts = counts != NULL ? g_hash_table_ref (counts) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, catalogue_worker, self, catalogue_free);
}
