/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "listing-fixture.h"

#include "lake-fixture.h"

#define LATEST_MS (25 * HOUR_MS) /* after the day that it is written under may begin; Firehose tries for 24 hours */

void
far_lake_write (FarLake *self, SobreDataset dataset, gint64 arrival)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format ((gint32) (arrival / SOBRE_DAY_MS), day);
  g_tree_replace (self->objects,
                  g_strdup_printf ("raw/%s/dt=%s/%02x-%u.json", sobre_dataset_get_name (dataset), day,
                                   (guint) g_rand_int_range (self->chance, 0, 256), self->n_made),
                  g_strdup_printf ("%u", self->n_made));
  self->n_made++;
}

void
far_lake_write_some (FarLake *self)
{
  far_lake_write (self, (SobreDataset) g_rand_int_range (self->chance, 0, SOBRE_N_DATASETS),
                  self->now - g_rand_int_range (self->chance, 0, LATEST_MS));
}

/* With the mutex held: time goes on, and now and then an object comes, up to a day late, in any place among its day's keys. */
static void
live (FarLake *self)
{
  if (self->quiet)
    return;
  self->n_lived++;
  self->now += g_rand_int_range (self->chance, 0, 2 * 60 * 1000);
  if (g_rand_int_range (self->chance, 0, 8) == 0)
    far_lake_write_some (self);
}

/** Turn: the page that is being filled. */
typedef struct
{
  const char *prefix;
  const char *after;
  SobreLakePage *page;
} Turn;

static gboolean
add_key_cb (gpointer key, gpointer value, gpointer user_data)
{
  Turn *turn = user_data;
  SobreLakeObject *object;

  if (!g_str_has_prefix (key, turn->prefix) || (turn->after != NULL && strcmp (key, turn->after) <= 0))
    return FALSE;
  if (turn->page->objects->len == PAGE_OBJECTS)
    {
      object = turn->page->objects->pdata[PAGE_OBJECTS - 1];
      turn->page->next = g_strdup (object->key);
      return TRUE;
    }
  object = g_new0 (SobreLakeObject, 1);
  object->key = g_strdup (key);
  object->etag = g_strdup (value);
  g_assert_true (sobre_lake_key_parse (key, &object->dataset, &object->dt));
  g_ptr_array_add (turn->page->objects, object);
  return FALSE;
}

static DexFuture *
far_lake_list (SobreLakeSource *source, SobreDataset dataset, const char *after)
{
  FarLake *self = FAR_LAKE (source);
  g_autofree char *prefix = g_strdup_printf ("raw/%s/", sobre_dataset_get_name (dataset));
  Turn turn = { prefix, after, g_new0 (SobreLakePage, 1) };
  gboolean fails;

  turn.page->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);
  g_mutex_lock (&self->mutex);
  live (self);
  g_tree_foreach (self->objects, add_key_cb, &turn);
  live (self);
  self->n_lists++;
  fails = self->last_list != NULL && after != NULL && strcmp (after, self->last_list) > 0;
  g_mutex_unlock (&self->mutex);
  if (fails)
    {
      sobre_lake_page_free (turn.page);
      return dex_future_new_reject (SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, "not now");
    }
  return dex_future_new_take_boxed (SOBRE_TYPE_LAKE_PAGE, turn.page);
}

static DexFuture *
far_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object)
{
  FarLake *self = FAR_LAKE (source);
  gboolean fails;

  g_mutex_lock (&self->mutex);
  live (self);
  fails = g_rand_int_range (self->chance, 0, 10) < self->failing;
  if (g_hash_table_size (self->fetched) == 0)
    self->n_lists_at_fetch = self->n_lists;
  g_hash_table_add (self->fetched, g_strdup (object->key));
  g_mutex_unlock (&self->mutex);
  return fails ? dex_future_new_reject (SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, "not now")
               : dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new (NULL, 0));
}

static const char *
far_lake_get_name (SobreLakeSource *source)
{
  return "far";
}

static void
source_iface_init (SobreLakeSourceInterface *iface)
{
  iface->list = far_lake_list;
  iface->fetch = far_lake_fetch;
  iface->get_name = far_lake_get_name;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FarLake,
                               far_lake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_LAKE_SOURCE, source_iface_init))

static void
far_lake_finalize (GObject *object)
{
  FarLake *self = FAR_LAKE (object);

  g_tree_unref (self->objects);
  g_hash_table_unref (self->fetched);
  g_rand_free (self->chance);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (far_lake_parent_class)->finalize (object);
}

static void
far_lake_class_init (FarLakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = far_lake_finalize;
}

static gint
compare_keys_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static void
far_lake_init (FarLake *self)
{
  g_mutex_init (&self->mutex);
  self->objects = g_tree_new_full (compare_keys_cb, NULL, g_free, g_free);
  self->fetched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->chance = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  self->now = BEGIN_MS;
}

static void
open_writer (House *house)
{
  g_autofree char *lock_path = g_build_filename (house->root, "lock", NULL);
  g_autofree char *folder = g_build_filename (house->root, "cache", NULL);
  g_autoptr (GError) error = NULL;

  house->writer = sobre_cache_writer_open (folder, lock_path, house->calendar, 0, 0, &error);
  g_assert_no_error (error);
}

void
house_set_up (House *house, gconstpointer data)
{
  house->lake = g_object_new (FAR_TYPE_LAKE, NULL);
  house->root = g_dir_make_tmp ("sobre-listing-XXXXXX", NULL);
  house->calendar = sobre_service_calendar_new ("Europe/Madrid", 240);
  open_writer (house);
}

void
house_tear_down (House *house, gconstpointer data)
{
  sobre_cache_writer_free (house->writer);
  sobre_service_calendar_unref (house->calendar);
  g_object_unref (house->lake);
  fixture_remove (house->root);
  g_free (house->root);
}

void
pass_clear (Pass *self)
{
  g_clear_pointer (&self->listing, sobre_sync_listing_free);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
}

void
pass_start (Pass *self, House *house)
{
  g_autoptr (GError) error = NULL;

  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);
  self->cancellable = g_cancellable_new ();
  self->listing = sobre_sync_listing_new (house->writer, SOBRE_LAKE_SOURCE (house->lake), house->lake->now, FALSE, &error);
  g_assert_no_error (error);
}

static void
progress_cb (const SobreIngestProgress *progress, gboolean committed, gpointer user_data)
{
  Pass *self = user_data;

  self->last = *progress;
  if (progress->objects == self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
feed_cb (GPtrArray *more, guint n_waiting, gboolean wait, gboolean *ended, gpointer user_data, GError **error)
{
  Pass *self = user_data;
  gboolean good =
      sobre_sync_listing_take_news (self->listing, more, MAX_WAITING - MIN (n_waiting, MAX_WAITING), wait, NULL, error);

  *ended = sobre_sync_listing_has_ended (self->listing);
  g_assert_true (!good || !wait || *ended || more->len > 0);
  self->n_waiting = MAX (self->n_waiting, n_waiting + more->len);
  if (good && self->n_named == 0 && more->len > 0)
    good = sobre_sync_listing_begin (self->listing, error);
  self->n_named += more->len;
  return good;
}

gboolean
pass_read (Pass *self, House *house, GError **error)
{
  gboolean done;

  if (!sobre_ingest_stream (house->writer, SOBRE_LAKE_SOURCE (house->lake), self->pending, feed_cb, NULL, progress_cb, self,
                            self->cancellable, &done, error))
    return FALSE;
  g_assert_true (done);
  g_assert_cmpuint (self->last.objects, ==, self->n_named);
  return sobre_sync_listing_check_missing (self->listing, error) &&
         (self->last.postponed > 0 || sobre_sync_listing_finish (self->listing, error));
}

void
house_open_again (House *house)
{
  sobre_cache_writer_free (house->writer);
  open_writer (house);
}

void
house_pass (House *house, gboolean killed)
{
  g_auto (Pass) pass = { .stop_at = killed ? 3 : 0 };
  g_autoptr (GError) error = NULL;

  pass_start (&pass, house);
  house->n_windows += sobre_sync_listing_is_whole (pass.listing) ? 0 : 1;
  pass_read (&pass, house, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    house_open_again (house);
  else
    g_assert_no_error (error);
}

static gboolean
check_key_cb (gpointer key, gpointer value, gpointer user_data)
{
  const SobreLedgerEntry *entry = g_hash_table_lookup (user_data, key);

  if (entry == NULL)
    g_test_message ("%s was missed", (const char *) key);
  g_assert_nonnull (entry);
  g_assert_cmpstr (entry->etag, ==, value);
  return FALSE;
}

void
house_check_nothing_is_missed (House *house)
{
  g_autoptr (GHashTable) ledger = NULL;

  house->lake->failing = 0;
  house->lake->quiet = TRUE;
  house_pass (house, FALSE);
  house->lake->quiet = FALSE;
  ledger = sobre_cache_writer_load_ledger (house->writer, SOBRE_LEDGER_LAKE, NULL);
  g_assert_nonnull (ledger);
  g_tree_foreach (house->lake->objects, check_key_cb, ledger);
}
