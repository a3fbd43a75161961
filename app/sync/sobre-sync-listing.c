/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-sync-listing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ingest/sobre-wait.h"
#include "model/sobre-time.h"

#define OVERLAP_MS (G_GINT64_CONSTANT (26) * 60 * 60 * 1000)
#define WHOLE_EVERY_MS SOBRE_DAY_MS
#define PAGE_KEYS 1000 /* S3 gives no more at once */

/* Of what the ledger has and the list has not, so many keys are looked up at the end. More of them were never read beside this pass: the lake has lost them. */
#define MAX_MISSING 1000

/**
 * SobreSyncListing:
 * @lake: (nullable): sobre_lake_source_get_name()
 * @at: by dataset: where its next page begins
 * @pages: by dataset: (nullable): the page that is on its way; %NULL when the last one was taken
 * @n_listed: by dataset: objects so far
 * @missing: (element-type utf8): what the ledger has and its page has not, the first of them; @n_missing of them in all
 * @whole_at: when all of the lake was listed last, milliseconds since the epoch
 */
struct _SobreSyncListing
{
  SobreCacheWriter *writer;
  SobreLakeSource *source;
  char *lake;
  char *at[SOBRE_N_DATASETS];
  DexFuture *pages[SOBRE_N_DATASETS];
  guint n_listed[SOBRE_N_DATASETS];
  GPtrArray *missing;
  guint n_missing;
  gboolean anew;
  gboolean whole;
  gint64 whole_at;
};

static const SobreLakePage *
wait_for_page (DexFuture *future, GCancellable *cancellable, GError **error)
{
  g_autoptr (DexFuture) either = NULL;
  const GValue *value;

  if (cancellable != NULL && dex_future_is_pending (future))
    {
      either = dex_future_first (dex_ref (future), dex_cancellable_new_from_cancellable (cancellable), NULL);
      if (sobre_wait_for_future (either, error) == NULL)
        return NULL;
    }
  value = sobre_wait_for_future (future, error);
  return value != NULL ? g_value_get_boxed (value) : NULL;
}

/* The first page of each dataset is on its way at once; what follows a page is known when it is there. */
GPtrArray *
sobre_sync_list_lake (SobreLakeSource *lake, GError **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);
  DexFuture *pages[SOBRE_N_DATASETS];
  gboolean good = TRUE;

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    pages[dataset] = sobre_lake_source_list (lake, (SobreDataset) dataset, NULL);
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      while (good && pages[dataset] != NULL)
        {
          g_autoptr (DexFuture) future = g_steal_pointer (&pages[dataset]);
          const SobreLakePage *page = wait_for_page (future, NULL, error);

          good = page != NULL;
          if (good && page->next != NULL)
            pages[dataset] = sobre_lake_source_list (lake, (SobreDataset) dataset, page->next);
          for (guint i = 0; good && i < page->objects->len; i++)
            g_ptr_array_add (objects, sobre_lake_object_copy (g_ptr_array_index (page->objects, i)));
        }
      dex_clear (&pages[dataset]);
    }
  return good ? g_steal_pointer (&objects) : NULL;
}

/* The key without its last byte comes before it, and as a rule right before it. */
gboolean
sobre_sync_find_object (SobreLakeSource *lake, SobreDataset dataset, const char *key, SobreLakeObject **found, GError **error)
{
  g_autofree char *after = g_strndup (key, strlen (key) - 1);

  *found = NULL;
  while (*found == NULL && after != NULL && strcmp (after, key) < 0)
    {
      g_autoptr (DexFuture) future = sobre_lake_source_list (lake, dataset, after);
      const SobreLakePage *page = wait_for_page (future, NULL, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len && *found == NULL; i++)
        {
          const SobreLakeObject *object = g_ptr_array_index (page->objects, i);

          if (strcmp (object->key, key) == 0)
            *found = sobre_lake_object_copy (object);
        }
      g_set_str (&after, page->next);
    }
  return TRUE;
}

char *
sobre_sync_listing_make_start (SobreDataset dataset, gint32 newest, gint32 today)
{
  gint64 begin = (gint64) MIN (newest, today) * SOBRE_DAY_MS - OVERLAP_MS;
  gint32 first = (gint32) ((begin - (begin < 0 ? SOBRE_DAY_MS - 1 : 0)) / SOBRE_DAY_MS);
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (first, day);
  return g_strdup_printf ("raw/%s/dt=%s/", sobre_dataset_get_name (dataset), day);
}

/* All keys of a dataset lie between these two. */
static char *
make_first (SobreDataset dataset)
{
  return g_strdup_printf ("raw/%s/", sobre_dataset_get_name (dataset));
}

static char *
make_last (SobreDataset dataset)
{
  return g_strdup_printf ("raw/%s0", sobre_dataset_get_name (dataset)); /* '0' is the byte behind '/' */
}

/* Where the list of a dataset begins. One of which nothing is known is listed from its beginning. @start: (out) (nullable) */
static gboolean
choose_start (SobreSyncListing *self, SobreDataset dataset, gint32 today, char **start, GError **error)
{
  g_autofree char *first = make_first (dataset);
  g_autofree char *last = make_last (dataset);
  g_autofree char *newest = NULL;
  SobreDataset found;
  gint32 dt;

  *start = NULL;
  if (self->whole)
    return TRUE;
  if (!sobre_cache_writer_find_newest (self->writer, first, last, &newest, error))
    return FALSE;
  if (newest != NULL && sobre_lake_key_parse (newest, &found, &dt))
    *start = sobre_sync_listing_make_start (dataset, dt, today);
  return TRUE;
}

/* What is known of a bucket holds for a day. A clock that stepped back says nothing about how long ago that was. */
static gboolean
needs_whole (const SobreSyncListing *self, gint64 now, gint64 *whole_at)
{
  g_autofree char *listed = sobre_cache_writer_dup_listing (self->writer, whole_at);

  return self->lake == NULL || g_strcmp0 (self->lake, listed) != 0 || now < *whole_at || now - *whole_at >= WHOLE_EVERY_MS;
}

SobreSyncListing *
sobre_sync_listing_new (SobreCacheWriter *writer, SobreLakeSource *lake, gint64 now, gboolean anew, GError **error)
{
  g_autoptr (SobreSyncListing) self = g_new0 (SobreSyncListing, 1);

  self->writer = writer;
  self->source = g_object_ref (lake);
  self->lake = g_strdup (sobre_lake_source_get_name (lake));
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->anew = anew;
  self->whole = anew || needs_whole (self, now, &self->whole_at);
  if (self->whole)
    self->whole_at = now;
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autofree char *start = NULL;

      if (!choose_start (self, (SobreDataset) dataset, (gint32) (now / SOBRE_DAY_MS), &start, error))
        return NULL;
      self->pages[dataset] = sobre_lake_source_list (lake, (SobreDataset) dataset, start);
      self->at[dataset] = start != NULL ? g_steal_pointer (&start) : make_first ((SobreDataset) dataset);
    }
  return g_steal_pointer (&self);
}

void
sobre_sync_listing_free (SobreSyncListing *self)
{
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_free (self->at[dataset]);
      dex_clear (&self->pages[dataset]);
    }
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_object (&self->source);
  g_free (self->lake);
  g_free (self);
}

gboolean
sobre_sync_listing_is_whole (const SobreSyncListing *self)
{
  return self->whole;
}

gboolean
sobre_sync_listing_has_ended (const SobreSyncListing *self)
{
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      if (self->pages[dataset] != NULL)
        return FALSE;
    }
  return TRUE;
}

guint
sobre_sync_listing_count_requests (const SobreSyncListing *self)
{
  guint n = 0;

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    n += MAX ((self->n_listed[dataset] + PAGE_KEYS - 1) / PAGE_KEYS, 1);
  return n;
}

static gboolean
fail_stale (GError **error)
{
  g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                       _ ("The lake has lost or changed objects that the cache holds. The cache is built anew."));
  return FALSE;
}

/* What the ledger has of a page's keys: those behind where it began, up to @last. */
static GHashTable *
load_known (SobreSyncListing *self, guint dataset, const char *last, GError **error)
{
  if (self->anew)
    return g_hash_table_new (g_str_hash, g_str_equal);
  return sobre_cache_writer_load_ledger_range (self->writer, self->at[dataset], last, error);
}

static void
note_missing (SobreSyncListing *self, GHashTable *known)
{
  GHashTableIter iter;
  gpointer key;

  self->n_missing += g_hash_table_size (known);
  g_hash_table_iter_init (&iter, known);
  while (self->missing->len < MAX_MISSING && g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (self->missing, g_strdup (key));
}

/* Compares a page with what is known of its keys, of which those are left that it does not have. */
static gboolean
compare (const SobreLakePage *page, GHashTable *known, GPtrArray *news, GError **error)
{
  for (guint i = 0; i < page->objects->len; i++)
    {
      const SobreLakeObject *object = g_ptr_array_index (page->objects, i);
      const SobreLedgerEntry *entry = g_hash_table_lookup (known, object->key);
      gboolean same = entry != NULL && g_str_equal (entry->etag, object->etag) && entry->size == object->size;

      if (entry != NULL && !same && entry->rows > 0)
        return fail_stale (error);
      if (!same)
        g_ptr_array_add (news, sobre_lake_object_copy (object));
      g_hash_table_remove (known, object->key);
    }
  return TRUE;
}

/* The next page is on its way before this one is looked at. */
static gboolean
take_page (SobreSyncListing *self, guint dataset, GPtrArray *news, GCancellable *cancellable, GError **error)
{
  const SobreLakePage *page = wait_for_page (self->pages[dataset], cancellable, error);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autofree char *last = NULL;

  if (page == NULL)
    return FALSE;
  future = g_steal_pointer (&self->pages[dataset]);
  if (page->next != NULL)
    self->pages[dataset] = sobre_lake_source_list (self->source, (SobreDataset) dataset, page->next);
  self->n_listed[dataset] += page->objects->len;
  last = page->next != NULL ? g_strdup (page->next) : make_last ((SobreDataset) dataset);
  known = load_known (self, dataset, last, error);
  if (known == NULL || !compare (page, known, news, error))
    return FALSE;
  note_missing (self, known);
  g_set_str (&self->at[dataset], last);
  return TRUE;
}

/* (nullable): the dataset whose page is there, else, with @wait, the first one that is not listed to its end. */
static gboolean
choose_page (const SobreSyncListing *self, gboolean wait, guint *dataset)
{
  for (*dataset = 0; *dataset < SOBRE_N_DATASETS; (*dataset)++)
    {
      if (self->pages[*dataset] != NULL && !dex_future_is_pending (self->pages[*dataset]))
        return TRUE;
    }
  for (*dataset = 0; wait && *dataset < SOBRE_N_DATASETS; (*dataset)++)
    {
      if (self->pages[*dataset] != NULL)
        return TRUE;
    }
  return FALSE;
}

gboolean
sobre_sync_listing_take_news (SobreSyncListing *self,
                              GPtrArray *news,
                              guint limit,
                              gboolean wait,
                              GCancellable *cancellable,
                              GError **error)
{
  guint dataset;

  while (news->len < limit && choose_page (self, wait && news->len == 0, &dataset))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !take_page (self, dataset, news, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_sync_listing_check_missing (SobreSyncListing *self, GError **error)
{
  for (guint i = 0; i < self->missing->len; i++)
    {
      const char *key = g_ptr_array_index (self->missing, i);
      g_autoptr (SobreLakeObject) found = NULL;
      SobreDataset dataset;
      gint32 dt;

      if (!sobre_lake_key_parse (key, &dataset, &dt))
        return fail_stale (error);
      if (!sobre_sync_find_object (self->source, dataset, key, &found, error))
        return FALSE;
      if (found == NULL)
        return fail_stale (error);
    }
  return self->n_missing == self->missing->len || fail_stale (error);
}

/* Of a page of the folder: what the ledger does not have. */
static gboolean
add_absent (SobreSyncListing *self,
            const SobreLakePage *page,
            const char *at,
            const char *last,
            GPtrArray *absent,
            GError **error)
{
  g_autoptr (GHashTable) known = sobre_cache_writer_load_ledger_range (self->writer, at, last, error);

  for (guint i = 0; known != NULL && i < page->objects->len; i++)
    {
      const SobreLakeObject *object = g_ptr_array_index (page->objects, i);

      if (!g_hash_table_contains (known, object->key))
        g_ptr_array_add (absent, sobre_lake_object_copy (object));
    }
  return known != NULL;
}

static gboolean
find_absent (SobreSyncListing *self, SobreLakeSource *folder, SobreDataset dataset, GPtrArray *absent, GError **error)
{
  g_autofree char *at = make_first (dataset);
  gboolean ended = FALSE;

  while (!ended)
    {
      g_autoptr (DexFuture) future = sobre_lake_source_list (folder, dataset, at);
      const SobreLakePage *page = wait_for_page (future, NULL, error);
      g_autofree char *last = NULL;

      if (page == NULL)
        return FALSE;
      ended = page->next == NULL;
      last = ended ? make_last (dataset) : g_strdup (page->next);
      if (!add_absent (self, page, at, last, absent, error))
        return FALSE;
      g_set_str (&at, last);
    }
  return TRUE;
}

/* What could not be read has no entry, and may be there all the same. */
static gboolean
drop_present (SobreSyncListing *self, GPtrArray *absent, GError **error)
{
  for (guint i = absent->len; i > 0; i--)
    {
      const SobreLakeObject *object = g_ptr_array_index (absent, i - 1);
      g_autoptr (SobreLakeObject) found = NULL;

      if (!sobre_sync_find_object (self->source, object->dataset, object->key, &found, error))
        return FALSE;
      if (found != NULL)
        g_ptr_array_remove_index (absent, i - 1);
    }
  return TRUE;
}

GPtrArray *
sobre_sync_listing_find_absent (SobreSyncListing *self, SobreLakeSource *folder, gboolean all_read, GError **error)
{
  g_autoptr (GPtrArray) absent = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      if (!find_absent (self, folder, (SobreDataset) dataset, absent, error))
        return NULL;
    }
  return all_read || drop_present (self, absent, error) ? g_steal_pointer (&absent) : NULL;
}

gboolean
sobre_sync_listing_begin (const SobreSyncListing *self, GError **error)
{
  gint64 whole_at;
  g_autofree char *listed = sobre_cache_writer_dup_listing (self->writer, &whole_at);

  return listed == NULL || sobre_cache_writer_set_listing (self->writer, NULL, 0, error);
}

gboolean
sobre_sync_listing_finish (const SobreSyncListing *self, GError **error)
{
  gint64 whole_at;
  g_autofree char *listed = sobre_cache_writer_dup_listing (self->writer, &whole_at);

  if (g_strcmp0 (listed, self->lake) == 0 && (self->lake == NULL || whole_at == self->whole_at))
    return TRUE;
  return sobre_cache_writer_set_listing (self->writer, self->lake, self->whole_at, error);
}
