/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3-lake.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-s3-private.h"

#define PAGE_OBJECTS 1000
#define MAX_OBJECT_BYTES (G_GUINT64_CONSTANT (256) << 20)
#define DEFAULT_AT_ONCE 16

struct _SobreS3Lake
{
  GObject parent_instance;

  SobreAwsClient *client;
  char *bucket;
  char *name;
  SobreClock *clock;        /* with a limit of the speed */
  guint64 bytes_per_second; /* 0 for no limit */
  GMutex mutex;             /* guards what follows */
  guint n_free;             /* how many more objects may be fetched at once */
  GQueue waiting;           /* of Request, for one of those places */
  gint64 free_at;           /* when what was asked for will have come, monotonic, µs */
};

static DexFuture *sobre_s3_lake_list (SobreLakeSource *source, SobreDataset dataset, const char *after);
static DexFuture *sobre_s3_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object);
static const char *sobre_s3_lake_get_name (SobreLakeSource *source);

static void
source_iface_init (SobreLakeSourceInterface *iface)
{
  iface->get_name = sobre_s3_lake_get_name;
  iface->list = sobre_s3_lake_list;
  iface->fetch = sobre_s3_lake_fetch;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreS3Lake,
                               sobre_s3_lake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_LAKE_SOURCE, source_iface_init))

/**
 * Request: what is asked of the bucket.
 * @object: (nullable): what is fetched
 * @admitted: (nullable): resolves when there is a place for it
 * @has_place: whether it has one, which it gives back when it ends, however it does
 */
typedef struct
{
  SobreS3Lake *lake;
  SobreDataset dataset;
  char *after;
  SobreLakeObject *object;
  DexPromise *admitted;
  gboolean has_place;
} Request;

/* With the mutex held. */
static void
admit (SobreS3Lake *self)
{
  while (self->n_free > 0 && !g_queue_is_empty (&self->waiting))
    {
      Request *next = g_queue_pop_head (&self->waiting);

      self->n_free--;
      next->has_place = TRUE;
      dex_promise_resolve_boolean (next->admitted, TRUE);
    }
}

static void
request_free (gpointer data)
{
  Request *request = data;
  SobreS3Lake *lake = request->lake;

  g_mutex_lock (&lake->mutex);
  if (request->has_place)
    lake->n_free++;
  else
    g_queue_remove (&lake->waiting, request);
  admit (lake);
  g_mutex_unlock (&lake->mutex);
  dex_clear (&request->admitted);
  g_object_unref (request->lake);
  g_free (request->after);
  g_clear_pointer (&request->object, sobre_lake_object_free);
  g_free (request);
}

/* Puts an error of AWS into the words of a lake. The message keeps what the service said. */
static GError *
translate (GError *cause)
{
  SobreLakeError code = SOBRE_LAKE_ERROR_UNAVAILABLE;
  GError *error;

  if (cause->domain != SOBRE_AWS_ERROR)
    return cause;
  switch ((SobreAwsErrorCode) cause->code)
    {
    case SOBRE_AWS_ERROR_NOT_FOUND:
      /* A bucket that is not there is no object that is gone. */
      code = g_strcmp0 (sobre_aws_error_get_aws_code (cause), "NoSuchBucket") == 0 ? SOBRE_LAKE_ERROR_UNAVAILABLE
                                                                                   : SOBRE_LAKE_ERROR_GONE;
      break;
    case SOBRE_AWS_ERROR_CONFLICT:
      code = SOBRE_LAKE_ERROR_GONE;
      break;
    case SOBRE_AWS_ERROR_CONFIGURATION:
    case SOBRE_AWS_ERROR_CREDENTIALS:
    case SOBRE_AWS_ERROR_DENIED:
    case SOBRE_AWS_ERROR_UNAVAILABLE:
    case SOBRE_AWS_ERROR_REFUSED:
    case SOBRE_AWS_ERROR_PROTOCOL:
    default:
      break;
    }
  error = g_error_new_literal (SOBRE_LAKE_ERROR, (int) code, cause->message);
  g_error_free (cause);
  return error;
}

static void
take_object (SobreLakePage *page, const SobreS3Object *from)
{
  g_autoptr (SobreLakeObject) object = g_new0 (SobreLakeObject, 1);

  if (!sobre_lake_key_parse (from->key, &object->dataset, &object->dt))
    return;
  object->key = g_strdup (from->key);
  object->etag = g_strdup (from->etag);
  object->size = from->size;
  object->modified_at = from->modified_at;
  g_ptr_array_add (page->objects, g_steal_pointer (&object));
}

static DexFuture *
list_fiber (gpointer data)
{
  Request *request = data;
  g_autofree char *prefix = g_strconcat ("raw/", sobre_dataset_get_name (request->dataset), "/", NULL);
  GError *error = NULL;
  g_autoptr (SobreS3Page) listed = dex_await_boxed (
      sobre_s3_list (request->lake->client, request->lake->bucket, prefix, request->after, PAGE_OBJECTS, NULL), &error);
  SobreLakePage *page;

  if (listed == NULL)
    return dex_future_new_for_error (translate (error));
  page = g_new0 (SobreLakePage, 1);
  page->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);
  for (guint i = 0; i < listed->objects->len; i++)
    take_object (page, g_ptr_array_index (listed->objects, i));
  if (listed->is_truncated)
    page->next = g_strdup (((SobreS3Object *) g_ptr_array_index (listed->objects, listed->objects->len - 1))->key);
  return dex_future_new_take_boxed (SOBRE_TYPE_LAKE_PAGE, page);
}

/* Takes the next turn, which lasts as long as @size bytes take. Returns: milliseconds until it begins */
static gint64
take_turn (SobreS3Lake *self, guint64 size)
{
  gint64 now, begins;

  if (self->bytes_per_second == 0)
    return 0;
  now = sobre_clock_monotonic (self->clock);
  g_mutex_lock (&self->mutex);
  begins = MAX (now, self->free_at);
  self->free_at = begins + (gint64) (size * G_USEC_PER_SEC / self->bytes_per_second);
  g_mutex_unlock (&self->mutex);
  return (begins - now) / 1000;
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Request *request = data;
  gint64 wait_ms;
  const SobreLakeObject *object = request->object;
  GError *error = NULL;
  GBytes *bytes;

  if (object->size > MAX_OBJECT_BYTES)
    return dex_future_new_reject (SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED, _ ("%s is larger than 256 MiB"), object->key);
  dex_await (dex_ref (DEX_FUTURE (request->admitted)), NULL);
  wait_ms = take_turn (request->lake, object->size);
  if (wait_ms > 0)
    dex_await (sobre_clock_sleep (request->lake->clock, wait_ms), NULL);
  bytes = sobre_s3_await_get (request->lake->client, request->lake->bucket, object->key, object->etag, object->size,
                              MAX_OBJECT_BYTES, request->lake->bytes_per_second, &error);
  return bytes != NULL ? dex_future_new_take_boxed (G_TYPE_BYTES, bytes) : dex_future_new_for_error (translate (error));
}

static DexFuture *
sobre_s3_lake_list (SobreLakeSource *source, SobreDataset dataset, const char *after)
{
  Request *request = g_new0 (Request, 1);

  request->lake = g_object_ref (SOBRE_S3_LAKE (source));
  request->dataset = dataset;
  request->after = g_strdup (after);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, list_fiber, request, request_free);
}

static DexFuture *
sobre_s3_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object)
{
  Request *request = g_new0 (Request, 1);

  request->lake = g_object_ref (SOBRE_S3_LAKE (source));
  request->object = sobre_lake_object_copy (object);
  request->admitted = dex_promise_new ();
  g_mutex_lock (&request->lake->mutex);
  g_queue_push_tail (&request->lake->waiting, request);
  admit (request->lake);
  g_mutex_unlock (&request->lake->mutex);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fetch_fiber, request, request_free);
}

static const char *
sobre_s3_lake_get_name (SobreLakeSource *source)
{
  return SOBRE_S3_LAKE (source)->name;
}

static void
sobre_s3_lake_finalize (GObject *object)
{
  SobreS3Lake *self = SOBRE_S3_LAKE (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_mutex_clear (&self->mutex);
  g_free (self->bucket);
  g_free (self->name);
  G_OBJECT_CLASS (sobre_s3_lake_parent_class)->finalize (object);
}

static void
sobre_s3_lake_class_init (SobreS3LakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_s3_lake_finalize;
}

static void
sobre_s3_lake_init (SobreS3Lake *self)
{
  g_mutex_init (&self->mutex);
  self->n_free = DEFAULT_AT_ONCE;
}

SobreS3Lake *
sobre_s3_lake_new (SobreAwsClient *client, const char *bucket)
{
  SobreS3Lake *self = g_object_new (SOBRE_TYPE_S3_LAKE, NULL);

  g_return_val_if_fail (sobre_s3_bucket_is_valid (bucket), self);
  self->client = g_object_ref (client);
  self->bucket = g_strdup (bucket);
  self->name = g_strconcat ("s3://", bucket, NULL);
  return self;
}

void
sobre_s3_lake_set_limits (SobreS3Lake *self, SobreClock *clock, guint n_at_once, guint64 bytes_per_second)
{
  g_set_object (&self->clock, clock);
  self->n_free = MAX (n_at_once, 1);
  self->bytes_per_second = bytes_per_second;
}

const char *
sobre_s3_lake_get_bucket (SobreS3Lake *self)
{
  return self->bucket;
}

DexFuture *
sobre_s3_lake_put (SobreS3Lake *self, const char *key, GBytes *bytes, GCancellable *cancellable)
{
  return sobre_s3_put (self->client, self->bucket, key, bytes, "application/gzip", NULL, cancellable);
}

DexFuture *
sobre_s3_lake_replace (SobreS3Lake *self, const SobreLakeObject *object, GBytes *bytes, GCancellable *cancellable)
{
  return sobre_s3_put (self->client, self->bucket, object->key, bytes, "application/gzip", object->etag, cancellable);
}

DexFuture *
sobre_s3_lake_remove (SobreS3Lake *self, const char *key, GCancellable *cancellable)
{
  return sobre_s3_remove (self->client, self->bucket, key, cancellable);
}
