/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-promote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ingest/sobre-wait.h"
#include "sync/sobre-sync-listing.h"

#define N_AT_ONCE 8

/** Item: one object on its way. @bytes: what the folder has */
typedef struct
{
  const SobreLakeObject *object;
  GBytes *bytes;
  DexFuture *future;
} Item;

static void
item_clear (Item *item)
{
  g_clear_pointer (&item->bytes, g_bytes_unref);
  dex_clear (&item->future);
}

static void
add_there (GPtrArray *there, const Item *item, const char *etag)
{
  SobreLakeObject *copy = sobre_lake_object_copy (item->object);

  g_set_str (&copy->etag, etag);
  g_ptr_array_add (there, copy);
}

static gboolean
fail_differs (const Item *item, GError **error)
{
  g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED,
               _ ("%s is another object in the bucket than in the folder; both were left as they are"), item->object->key);
  return FALSE;
}

/* The object that the bucket has under a key. */
static SobreLakeObject *
find_there (SobreS3Lake *to, const SobreLakeObject *object, GError **error)
{
  SobreLakeObject *found;

  if (sobre_sync_find_object (SOBRE_LAKE_SOURCE (to), object->dataset, object->key, &found, error) && found == NULL)
    g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, _ ("%s is neither to be made in the bucket nor there"),
                 object->key);
  return found;
}

/* There was one already. Where that is the same, it may be ours: the reply to a first try was lost. */
static gboolean
settle_conflict (const Item *item, SobreS3Lake *to, GPtrArray *there, GError **error)
{
  g_autoptr (SobreLakeObject) found = find_there (to, item->object, error);
  g_autoptr (DexFuture) fetch = found != NULL ? sobre_lake_source_fetch (SOBRE_LAKE_SOURCE (to), found) : NULL;
  const GValue *value = fetch != NULL ? sobre_wait_for_future (fetch, error) : NULL;

  if (value == NULL)
    return FALSE;
  if (!g_bytes_equal (g_value_get_boxed (value), item->bytes))
    return fail_differs (item, error);
  add_there (there, item, found->etag);
  return TRUE;
}

/* Waits until an object is in the bucket. */
static gboolean
finish (Item *item, SobreS3Lake *to, GPtrArray *there, SobrePromoteReport *report, GError **error)
{
  g_autoptr (GError) failure = NULL;
  const GValue *value = sobre_wait_for_future (item->future, &failure);

  if (value == NULL && g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT))
    {
      if (!settle_conflict (item, to, there, error))
        return FALSE;
    }
  else if (value == NULL)
    {
      if (failure->domain == SOBRE_AWS_ERROR)
        g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, failure->message);
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  else
    add_there (there, item, g_value_get_string (value));
  report->sent++;
  report->sent_bytes += g_bytes_get_size (item->bytes);
  return TRUE;
}

static gboolean
begin (Item *item, SobreDirLake *from, SobreS3Lake *to, GCancellable *cancellable, GError **error)
{
  item->bytes = sobre_dir_lake_read (from, item->object, error);
  if (item->bytes == NULL)
    return FALSE;
  item->future = sobre_s3_lake_put (to, item->object->key, item->bytes, cancellable);
  return TRUE;
}

GPtrArray *
sobre_promote_choose (GPtrArray *here, GPtrArray *there)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (keys, ((SobreLakeObject *) g_ptr_array_index (there, i))->key);
  for (guint i = 0; i < here->len; i++)
    {
      SobreLakeObject *object = g_ptr_array_index (here, i);

      if (!g_hash_table_contains (keys, object->key))
        g_ptr_array_add (chosen, object);
    }
  return chosen;
}

static GArray *
make_items (GPtrArray *objects)
{
  GArray *items = g_array_sized_new (FALSE, TRUE, sizeof (Item), objects->len);

  for (guint i = 0; i < objects->len; i++)
    {
      Item item = { .object = g_ptr_array_index (objects, i) };

      g_array_append_val (items, item);
    }
  return items;
}

static gboolean
open_days (SobreCompactOpening *opening, GArray *items, GError **error)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      gint32 day = g_array_index (items, Item, i).object->dt;

      if (g_hash_table_add (seen, GINT_TO_POINTER (day)))
        g_array_append_val (days, day);
    }
  return sobre_compact_opening_add (opening, days, error);
}

static guint64
sum_sizes (GArray *items)
{
  guint64 sum = 0;

  for (guint i = 0; i < items->len; i++)
    sum += g_array_index (items, Item, i).object->size;
  return sum;
}

gboolean
sobre_promote (SobreDirLake *from,
               SobreS3Lake *to,
               GPtrArray *objects,
               GPtrArray *there,
               SobreCompactOpening *opening,
               SobrePromoteFunction function,
               gpointer user_data,
               GCancellable *cancellable,
               SobrePromoteReport *report,
               GError **error)
{
  g_autoptr (GArray) items = make_items (objects);
  guint64 done_bytes = 0, total_bytes = sum_sizes (items);
  gboolean good = open_days (opening, items, error);
  guint begun = 0;

  *report = (SobrePromoteReport) { 0 };
  for (guint i = 0; i < items->len && good; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      for (; good && begun < items->len && begun < i + N_AT_ONCE; begun++)
        good = begin (&g_array_index (items, Item, begun), from, to, cancellable, error);
      good = good && finish (item, to, there, report, error) && !g_cancellable_set_error_if_cancelled (cancellable, error);
      done_bytes += item->object->size;
      item_clear (item);
      if (good && function != NULL)
        function (done_bytes, total_bytes, user_data);
    }
  for (guint i = 0; i < items->len; i++)
    item_clear (&g_array_index (items, Item, i));
  return good;
}
