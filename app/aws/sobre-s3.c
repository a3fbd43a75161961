/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-reply.h"
#include "aws/sobre-s3-private.h"

#define DEADLINE_MS 60000 /* and a second for each 64 KiB */

static void
object_free (gpointer data)
{
  SobreS3Object *self = data;

  g_free (self->key);
  g_free (self->etag);
  g_free (self);
}

static SobreS3Page *
page_copy (SobreS3Page *self)
{
  SobreS3Page *copy = g_memdup2 (self, sizeof *self);

  g_ptr_array_ref (copy->objects);
  return copy;
}

void
sobre_s3_page_free (SobreS3Page *self)
{
  g_ptr_array_unref (self->objects);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreS3Page, sobre_s3_page, page_copy, sobre_s3_page_free)

gboolean
sobre_s3_bucket_is_valid (const char *bucket)
{
  gsize length = bucket != NULL ? strlen (bucket) : 0;

  return length >= 3 && length <= 63 && strspn (bucket, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length &&
         g_ascii_isalnum (bucket[0]) && g_ascii_isalnum (bucket[length - 1]) && strstr (bucket, "..") == NULL;
}

/* A bucket is a part of the host's name, but where it has dots, for which there is no certificate, or where the host is not AWS's. */
SobreAwsRequest *
sobre_s3_request_new (SobreAwsClient *client, const char *method, const char *bucket, const char *key)
{
  gboolean in_host = sobre_aws_client_get_endpoint (client) == NULL && strchr (bucket, '.') == NULL;
  g_autofree char *encoded = sobre_aws_uri_encode (key != NULL ? key : "", TRUE);
  g_autofree char *path = in_host ? g_strconcat ("/", encoded, NULL) : g_strconcat ("/", bucket, "/", encoded, NULL);
  SobreAwsRequest *request = sobre_aws_request_new (method, path);

  request->host_prefix = in_host ? g_strdup (bucket) : NULL;
  return request;
}

char *
sobre_s3_dup_etag (const char *quoted)
{
  gsize length = strlen (quoted);

  if (length >= 2 && quoted[0] == '"' && quoted[length - 1] == '"')
    return g_strndup (quoted + 1, length - 2);
  return g_strdup (quoted);
}

/* An etag as headers have it. @etag: (nullable): %NULL to add nothing */
static void
add_match (SobreAwsRequest *request, const char *etag)
{
  g_autofree char *quoted = etag != NULL ? g_strdup_printf ("\"%s\"", etag) : NULL;

  if (quoted != NULL)
    sobre_aws_request_add_header (request, "if-match", quoted);
}

/** Listing: a list that is being read. @current: the object whose elements come */
typedef struct
{
  SobreS3Page *page;
  SobreS3Object *current;
  gboolean is_wrong;
} Listing;

static void
list_leaf_cb (const char *path, const char *text, gpointer user_data)
{
  Listing *listing = user_data;
  g_autoptr (GDateTime) date = NULL;

  if (strcmp (path, "IsTruncated") == 0)
    listing->page->is_truncated = strcmp (text, "true") == 0;
  if (!g_str_has_prefix (path, "Contents/"))
    return;
  if (listing->current == NULL)
    listing->current = g_new0 (SobreS3Object, 1);
  path += strlen ("Contents/");
  if (strcmp (path, "Key") == 0)
    g_set_str (&listing->current->key, text);
  else if (strcmp (path, "ETag") == 0)
    {
      g_free (listing->current->etag);
      listing->current->etag = sobre_s3_dup_etag (text);
    }
  else if (strcmp (path, "Size") == 0)
    listing->is_wrong |= !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &listing->current->size, NULL);
  else if (strcmp (path, "LastModified") == 0)
    {
      date = g_date_time_new_from_iso8601 (text, NULL);
      listing->is_wrong |= date == NULL;
      listing->current->modified_at = date != NULL ? g_date_time_to_unix_usec (date) / 1000 : 0;
    }
}

static void
list_end_cb (const char *path, const char *text, gpointer user_data)
{
  Listing *listing = user_data;
  SobreS3Object *object = g_steal_pointer (&listing->current);

  if (object == NULL)
    return;
  listing->is_wrong |= strcmp (path, "Contents") != 0 || object->key == NULL || object->etag == NULL;
  g_ptr_array_add (listing->page->objects, object);
}

static DexFuture *
list_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (data, &error);
  g_autoptr (SobreS3Page) page = g_new0 (SobreS3Page, 1);
  Listing listing = { page, NULL, FALSE };
  gboolean read;

  page->objects = g_ptr_array_new_with_free_func (object_free);
  if (reply == NULL)
    return dex_future_new_for_error (error);
  read = sobre_aws_reply_read_xml (reply, "ListBucketResult", list_leaf_cb, list_end_cb, &listing, &error);
  g_clear_pointer (&listing.current, object_free);
  if (!read)
    return dex_future_new_for_error (error);
  /* A page that says there is more and holds nothing would be asked for over and over. */
  if (listing.is_wrong || (page->is_truncated && page->objects->len == 0))
    return sobre_s3_job_fail (reply, _ ("The list of the bucket cannot be read"));
  return dex_future_new_take_boxed (SOBRE_TYPE_S3_PAGE, g_steal_pointer (&page));
}

DexFuture *
sobre_s3_list (SobreAwsClient *client,
               const char *bucket,
               const char *prefix,
               const char *after,
               guint max_keys,
               GCancellable *cancellable)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);
  g_autofree char *number = g_strdup_printf ("%u", max_keys);

  job->request = sobre_s3_request_new (client, "GET", bucket, NULL);
  sobre_aws_request_add_query (job->request, "list-type", "2");
  sobre_aws_request_add_query (job->request, "max-keys", number);
  sobre_aws_request_add_query (job->request, "prefix", prefix);
  if (after != NULL)
    sobre_aws_request_add_query (job->request, "start-after", after);
  return sobre_s3_job_spawn (job, client, cancellable, list_fiber);
}

static GBytes *
await_get (SobreS3Job *job, GError **error)
{
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (job, error);
  g_autofree char *etag = NULL;

  if (reply == NULL)
    return NULL;
  if (sobre_http_reply_get_header (reply, "etag") != NULL)
    etag = sobre_s3_dup_etag (sobre_http_reply_get_header (reply, "etag"));
  if (job->etag != NULL && (g_strcmp0 (etag, job->etag) != 0 || g_bytes_get_size (reply->body) != job->size))
    {
      g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CONFLICT, reply->status, NULL,
                                                     _ ("%s has changed since it was listed"), job->key));
      return NULL;
    }
  if (!sobre_s3_checksum_matches (reply, etag, reply->body))
    {
      g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, "%s",
                                                     _ ("An object arrived with other bytes than S3 has")));
      return NULL;
    }
  return g_bytes_ref (reply->body);
}

static DexFuture *
get_fiber (gpointer data)
{
  GError *error = NULL;
  GBytes *bytes = await_get (data, &error);

  return bytes != NULL ? dex_future_new_take_boxed (G_TYPE_BYTES, bytes) : dex_future_new_for_error (error);
}

/* What is held back has twice the time that it takes at that speed. */
guint
sobre_s3_make_deadline (guint64 size, guint64 max_bytes_per_second)
{
  guint64 held_back = max_bytes_per_second > 0 ? size * 2000 / max_bytes_per_second : 0;

  return (guint) MIN (DEADLINE_MS + (size >> 16) * 1000 + held_back, G_MAXINT32);
}

static SobreS3Job *
make_get (SobreAwsClient *client,
          const char *bucket,
          const char *key,
          const char *etag,
          guint64 size,
          guint64 max_bytes,
          guint64 max_bytes_per_second)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);

  job->request = sobre_s3_request_new (client, "GET", bucket, key);
  job->key = g_strdup (key);
  job->etag = g_strdup (etag);
  job->size = size;
  job->request->max_reply = (gsize) max_bytes;
  job->request->deadline_ms = sobre_s3_make_deadline (etag != NULL ? size : max_bytes, max_bytes_per_second);
  job->request->max_bytes_per_second = max_bytes_per_second;
  sobre_aws_request_add_header (job->request, "x-amz-checksum-mode", "ENABLED");
  job->request->is_resumable = etag != NULL;
  add_match (job->request, etag);
  return job;
}

DexFuture *
sobre_s3_get (SobreAwsClient *client,
              const char *bucket,
              const char *key,
              const char *etag,
              guint64 size,
              guint64 max_bytes,
              guint64 max_bytes_per_second,
              GCancellable *cancellable)
{
  return sobre_s3_job_spawn (make_get (client, bucket, key, etag, size, max_bytes, max_bytes_per_second), client, cancellable,
                             get_fiber);
}

GBytes *
sobre_s3_await_get (SobreAwsClient *client,
                    const char *bucket,
                    const char *key,
                    const char *etag,
                    guint64 size,
                    guint64 max_bytes,
                    guint64 max_bytes_per_second,
                    GError **error)
{
  SobreS3Job *job = make_get (client, bucket, key, etag, size, max_bytes, max_bytes_per_second);
  GBytes *bytes;

  job->client = g_object_ref (client);
  bytes = await_get (job, error);
  sobre_s3_job_free (job);
  return bytes;
}

static SobreS3Part *
part_copy (SobreS3Part *self)
{
  SobreS3Part *copy = g_memdup2 (self, sizeof *self);

  g_bytes_ref (copy->bytes);
  copy->etag = g_strdup (self->etag);
  return copy;
}

void
sobre_s3_part_free (SobreS3Part *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->etag);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreS3Part, sobre_s3_part, part_copy, sobre_s3_part_free)

/* "bytes 0-8388607/20000000" */
static gboolean
read_content_range (const char *header, guint64 *first, guint64 *last, guint64 *total)
{
  g_auto (GStrv) numbers = NULL;

  if (header == NULL || !g_str_has_prefix (header, "bytes "))
    return FALSE;
  numbers = g_strsplit_set (header + strlen ("bytes "), "-/", 4);
  return g_strv_length (numbers) == 3 && g_ascii_string_to_unsigned (numbers[0], 10, 0, G_MAXINT64, first, NULL) &&
         g_ascii_string_to_unsigned (numbers[1], 10, *first, G_MAXINT64, last, NULL) &&
         g_ascii_string_to_unsigned (numbers[2], 10, *last + 1, G_MAXINT64, total, NULL);
}

static DexFuture *
part_fiber (gpointer data)
{
  SobreS3Job *job = data;
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (job, &error);
  const char *etag = reply != NULL ? sobre_http_reply_get_header (reply, "etag") : NULL;
  guint64 first, last, total;
  SobreS3Part *part;

  if (reply == NULL)
    return dex_future_new_for_error (error);
  if (etag == NULL || reply->status != 206 ||
      !read_content_range (sobre_http_reply_get_header (reply, "content-range"), &first, &last, &total) || first != job->size ||
      last - first + 1 != g_bytes_get_size (reply->body))
    return sobre_s3_job_fail (reply, _ ("S3 did not send the part of the object that was asked for"));
  part = g_new0 (SobreS3Part, 1);
  part->bytes = g_bytes_ref (reply->body);
  part->etag = sobre_s3_dup_etag (etag);
  part->total = total;
  return dex_future_new_take_boxed (SOBRE_TYPE_S3_PART, part);
}

DexFuture *
sobre_s3_get_part (SobreAwsClient *client,
                   const char *bucket,
                   const char *key,
                   const char *etag,
                   guint64 first,
                   guint64 length,
                   GCancellable *cancellable)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);
  g_autofree char *range = g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, first, first + length - 1);

  job->request = sobre_s3_request_new (client, "GET", bucket, key);
  job->size = first;
  job->request->max_reply = (gsize) length;
  job->request->deadline_ms = sobre_s3_make_deadline (length, 0);
  sobre_aws_request_add_header (job->request, "range", range);
  add_match (job->request, etag);
  return sobre_s3_job_spawn (job, client, cancellable, part_fiber);
}

static DexFuture *
put_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (data, &error);
  const char *etag = reply != NULL ? sobre_http_reply_get_header (reply, "etag") : NULL;

  if (reply == NULL)
    return dex_future_new_for_error (error);
  return etag != NULL ? dex_future_new_take_string (sobre_s3_dup_etag (etag))
                      : sobre_s3_job_fail (reply, _ ("S3 did not name what it stored"));
}

static SobreS3Job *
make_put (SobreAwsClient *client, const char *bucket, const char *key, GBytes *body, const char *content_type)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);

  job->request = sobre_s3_request_new (client, "PUT", bucket, key);
  sobre_aws_request_add_header (job->request, "content-type", content_type != NULL ? content_type : "application/octet-stream");
  sobre_s3_request_set_body (job->request, body);
  job->request->deadline_ms = sobre_s3_make_deadline (g_bytes_get_size (body), 0);
  return job;
}

DexFuture *
sobre_s3_put (SobreAwsClient *client,
              const char *bucket,
              const char *key,
              GBytes *body,
              const char *content_type,
              const char *if_match,
              GCancellable *cancellable)
{
  SobreS3Job *job = make_put (client, bucket, key, body, content_type);

  if (if_match == NULL)
    sobre_aws_request_add_header (job->request, "if-none-match", "*");
  add_match (job->request, if_match);
  return sobre_s3_job_spawn (job, client, cancellable, put_fiber);
}

DexFuture *
sobre_s3_upload (SobreAwsClient *client, const char *bucket, const SobreS3Upload *upload, GCancellable *cancellable)
{
  SobreS3Job *job = make_put (client, bucket, upload->key, upload->body, upload->content_type);

  if (upload->content_encoding != NULL)
    sobre_aws_request_add_header (job->request, "content-encoding", upload->content_encoding);
  if (upload->cache_control != NULL)
    sobre_aws_request_add_header (job->request, "cache-control", upload->cache_control);
  return sobre_s3_job_spawn (job, client, cancellable, put_fiber);
}

static DexFuture *
remove_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (data, &error);

  return reply != NULL ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

DexFuture *
sobre_s3_remove (SobreAwsClient *client, const char *bucket, const char *key, GCancellable *cancellable)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);

  job->request = sobre_s3_request_new (client, "DELETE", bucket, key);
  return sobre_s3_job_spawn (job, client, cancellable, remove_fiber);
}
