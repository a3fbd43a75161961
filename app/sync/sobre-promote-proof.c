/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-promote-proof.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ingest/sobre-ingest.h"
#include "workspace/sobre-workspace-files.h"

#define SOBRE_TYPE_TWIN_LAKE (sobre_twin_lake_get_type ())
G_DECLARE_FINAL_TYPE (SobreTwinLake, sobre_twin_lake, SOBRE, TWIN_LAKE, GObject)

/** SobreTwinLake: the bucket's objects, each of which is the folder's object too, or cannot be had. */
struct _SobreTwinLake
{
  GObject parent_instance;

  SobreDirLake *folder;
  SobreS3Lake *bucket;
  GMutex mutex;    /* guards what follows */
  GError *failure; /* the first one */
};

static DexFuture *sobre_twin_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object);

static void
source_iface_init (SobreLakeSourceInterface *iface)
{
  iface->fetch = sobre_twin_lake_fetch;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreTwinLake,
                               sobre_twin_lake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_LAKE_SOURCE, source_iface_init))

/** Pair: an object that is fetched to be compared. */
typedef struct
{
  SobreTwinLake *lake;
  SobreLakeObject *there;
} Pair;

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_object_unref (pair->lake);
  sobre_lake_object_free (pair->there);
  g_free (pair);
}

static DexFuture *
fail (SobreTwinLake *self, GError *error)
{
  g_mutex_lock (&self->mutex);
  if (self->failure == NULL)
    self->failure = g_error_copy (error);
  g_mutex_unlock (&self->mutex);
  return dex_future_new_for_error (error);
}

static DexFuture *
compare_fiber (gpointer data)
{
  Pair *pair = data;
  SobreTwinLake *self = pair->lake;
  GError *error = NULL;
  g_autoptr (GBytes) there = dex_await_boxed (sobre_lake_source_fetch (SOBRE_LAKE_SOURCE (self->bucket), pair->there), &error);
  g_autoptr (GBytes) here = there != NULL ? sobre_dir_lake_read_key (self->folder, pair->there->key, &error) : NULL;

  if (here == NULL)
    return fail (self, error);
  if (!g_bytes_equal (here, there))
    return fail (self, g_error_new (SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED,
                                    _ ("%s is another object in the bucket than in the folder; both were left as they are"),
                                    pair->there->key));
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&there));
}

static DexFuture *
sobre_twin_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object)
{
  Pair *pair = g_new0 (Pair, 1);

  pair->lake = g_object_ref (SOBRE_TWIN_LAKE (source));
  pair->there = sobre_lake_object_copy (object);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, compare_fiber, pair, pair_free);
}

static void
sobre_twin_lake_finalize (GObject *object)
{
  SobreTwinLake *self = SOBRE_TWIN_LAKE (object);

  g_clear_object (&self->folder);
  g_clear_object (&self->bucket);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (sobre_twin_lake_parent_class)->finalize (object);
}

static void
sobre_twin_lake_class_init (SobreTwinLakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_twin_lake_finalize;
}

static void
sobre_twin_lake_init (SobreTwinLake *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * Proof: what the two caches are built with.
 * @last: how far the one that is being built is
 * @done_bytes: what those before it have read
 * @total_bytes: what both read
 */
typedef struct
{
  SobreServiceCalendar *calendar;
  const char *scratch;
  SobrePromoteFunction function;
  gpointer user_data;
  GCancellable *cancellable;
  SobreIngestProgress last;
  guint64 done_bytes;
  guint64 total_bytes;
} Proof;

static void
progress_cb (const SobreIngestProgress *progress, gboolean committed, gpointer user_data)
{
  Proof *proof = user_data;

  proof->last = *progress;
  if (proof->function != NULL)
    proof->function (proof->done_bytes + progress->bytes, proof->total_bytes, proof->user_data);
}

/* Reads all of @objects into a cache of its own, and what that says. */
static gboolean
build (Proof *proof,
       SobreLakeSource *lake,
       GPtrArray *objects,
       const char *name,
       SobreCacheInspection *inspection,
       GError **error)
{
  g_autofree char *folder = g_build_filename (proof->scratch, name, NULL);
  g_autofree char *lock_path = g_build_filename (proof->scratch, "lock", NULL);
  g_autoptr (SobreCacheWriter) writer = sobre_cache_writer_open (folder, lock_path, proof->calendar, 0, 0, error);
  g_autoptr (SobreCacheReader) reader = NULL;
  guint n_done;

  proof->last = (SobreIngestProgress) { 0 };
  if (writer == NULL ||
      !sobre_ingest_objects (writer, lake, objects, NULL, progress_cb, proof, proof->cancellable, &n_done, error))
    return FALSE;
  if (proof->last.postponed > 0)
    {
      g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE,
                           _ ("The lake changed, or could not be read, while it was compared. Call it again."));
      return FALSE;
    }
  proof->done_bytes += proof->last.bytes;
  g_clear_pointer (&writer, sobre_cache_writer_free);
  reader = sobre_cache_reader_open (folder, error);
  return reader != NULL && sobre_cache_inspect (reader, inspection, error);
}

/* The bucket's objects that have the folder's keys, in the folder's order. */
static GPtrArray *
choose_twins (GPtrArray *here, GPtrArray *there)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *twins = g_ptr_array_new ();

  for (guint i = 0; i < there->len; i++)
    {
      SobreLakeObject *object = g_ptr_array_index (there, i);

      g_hash_table_replace (by_key, object->key, object);
    }
  for (guint i = 0; i < here->len; i++)
    {
      SobreLakeObject *twin = g_hash_table_lookup (by_key, ((const SobreLakeObject *) g_ptr_array_index (here, i))->key);

      if (twin != NULL)
        g_ptr_array_add (twins, twin);
    }
  return twins;
}

static guint64
sum_sizes (GPtrArray *objects)
{
  guint64 sum = 0;

  for (guint i = 0; i < objects->len; i++)
    sum += ((const SobreLakeObject *) g_ptr_array_index (objects, i))->size;
  return sum;
}

static gboolean
says_the_same (const SobreCacheInspection *a, const SobreCacheInspection *b)
{
  return memcmp (a->n_rows, b->n_rows, sizeof a->n_rows) == 0 && memcmp (a->hash, b->hash, sizeof a->hash) == 0 &&
         a->n_conflicts == b->n_conflicts;
}

static gboolean
prove (Proof *proof,
       SobreDirLake *from,
       SobreTwinLake *twin,
       GPtrArray *here,
       GPtrArray *there,
       SobreCacheInspection *inspection,
       GError **error)
{
  g_autoptr (GPtrArray) twins = choose_twins (here, there);
  g_autoptr (GError) cause = NULL;
  SobreCacheInspection proved;
  gboolean built;

  proof->total_bytes = 2 * sum_sizes (here);
  if (!build (proof, SOBRE_LAKE_SOURCE (from), here, "folder", inspection, error))
    return FALSE;
  built = build (proof, SOBRE_LAKE_SOURCE (twin), twins, "bucket", &proved, &cause);
  /* The object's own reason says more than that one was missing. */
  if (!built || twin->failure != NULL)
    {
      g_propagate_error (error, twin->failure != NULL ? g_steal_pointer (&twin->failure) : g_steal_pointer (&cause));
      return FALSE;
    }
  if (twins->len == here->len && says_the_same (inspection, &proved))
    return TRUE;
  g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED,
                       _ ("The bucket gives other figures than the folder. The workspace goes on reading from the folder."));
  return FALSE;
}

gboolean
sobre_promote_prove (SobreDirLake *from,
                     SobreS3Lake *to,
                     GPtrArray *here,
                     GPtrArray *there,
                     SobreServiceCalendar *calendar,
                     const char *scratch,
                     SobrePromoteFunction function,
                     gpointer user_data,
                     GCancellable *cancellable,
                     SobreCacheInspection *inspection,
                     GError **error)
{
  g_autoptr (SobreTwinLake) twin = g_object_new (SOBRE_TYPE_TWIN_LAKE, NULL);
  Proof proof = { calendar, scratch, function, user_data, cancellable, .total_bytes = 0 };
  gboolean proved;

  twin->folder = g_object_ref (from);
  twin->bucket = g_object_ref (to);
  /* What an earlier run left that was killed. */
  sobre_workspace_remove_tree (scratch);
  proved = prove (&proof, from, twin, here, there, inspection, error);
  sobre_workspace_remove_tree (scratch);
  return proved;
}

static gboolean
rename_versions (SobreCacheWriter *cache, GPtrArray *here, GPtrArray *there, GError **error)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < here->len; i++)
    {
      SobreLakeObject *object = g_ptr_array_index (here, i);

      g_hash_table_replace (by_key, object->key, object);
    }
  for (guint i = 0; i < there->len; i++)
    {
      const SobreLakeObject *twin = g_ptr_array_index (there, i);
      const SobreLakeObject *object = g_hash_table_lookup (by_key, twin->key);

      if (object != NULL && object->size == twin->size &&
          !sobre_cache_writer_rename_version (cache, object->key, object->etag, object->size, twin->etag, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_promote_adopt (SobreCacheWriter *cache, GPtrArray *here, GPtrArray *there, GError **error)
{
  if (!sobre_cache_writer_begin (cache, error))
    return FALSE;
  if (rename_versions (cache, here, there, error))
    return sobre_cache_writer_commit (cache, error);
  sobre_cache_writer_rollback (cache);
  return FALSE;
}
