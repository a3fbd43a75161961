/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3-versions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-reply.h"
#include "aws/sobre-s3-private.h"

#define PAGE_VERSIONS "1000"

SobreS3Version *
sobre_s3_version_copy (const SobreS3Version *self)
{
  SobreS3Version *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->id = g_strdup (self->id);
  return copy;
}

void
sobre_s3_version_free (SobreS3Version *self)
{
  g_free (self->key);
  g_free (self->id);
  g_free (self);
}

static SobreS3VersionPage *
page_copy (SobreS3VersionPage *self)
{
  SobreS3VersionPage *copy = g_memdup2 (self, sizeof *self);

  g_ptr_array_ref (copy->versions);
  return copy;
}

void
sobre_s3_version_page_free (SobreS3VersionPage *self)
{
  g_ptr_array_unref (self->versions);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreS3VersionPage, sobre_s3_version_page, page_copy, sobre_s3_version_page_free)

/** Listing: a list that is being read. @current: the version whose elements come */
typedef struct
{
  SobreS3VersionPage *page;
  SobreS3Version *current;
  gboolean is_wrong;
} Listing;

static void
leaf_cb (const char *path, const char *text, gpointer user_data)
{
  Listing *listing = user_data;
  const char *name;

  if (strcmp (path, "IsTruncated") == 0)
    listing->page->is_truncated = strcmp (text, "true") == 0;
  if (!g_str_has_prefix (path, "Version/") && !g_str_has_prefix (path, "DeleteMarker/"))
    return;
  if (listing->current == NULL)
    listing->current = g_new0 (SobreS3Version, 1);
  name = strchr (path, '/') + 1;
  if (strcmp (name, "Key") == 0)
    g_set_str (&listing->current->key, text);
  else if (strcmp (name, "VersionId") == 0)
    g_set_str (&listing->current->id, text);
  else if (strcmp (name, "IsLatest") == 0)
    listing->current->is_current = strcmp (text, "true") == 0;
  else if (strcmp (name, "Size") == 0)
    listing->is_wrong |= !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &listing->current->size, NULL);
}

static void
end_cb (const char *path, const char *text, gpointer user_data)
{
  Listing *listing = user_data;

  if (listing->current == NULL || (strcmp (path, "Version") != 0 && strcmp (path, "DeleteMarker") != 0))
    return;
  listing->current->is_marker = strcmp (path, "DeleteMarker") == 0;
  listing->is_wrong |= listing->current->key == NULL || listing->current->id == NULL;
  g_ptr_array_add (listing->page->versions, g_steal_pointer (&listing->current));
}

static DexFuture *
list_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (data, &error);
  g_autoptr (SobreS3VersionPage) page = g_new0 (SobreS3VersionPage, 1);
  Listing listing = { page, NULL, FALSE };
  gboolean read;

  page->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_s3_version_free);
  if (reply == NULL)
    return dex_future_new_for_error (error);
  read = sobre_aws_reply_read_xml (reply, "ListVersionsResult", leaf_cb, end_cb, &listing, &error);
  g_clear_pointer (&listing.current, sobre_s3_version_free);
  if (!read)
    return dex_future_new_for_error (error);
  /* A page that says there is more and holds nothing would be asked for over and over. */
  if (listing.is_wrong || (page->is_truncated && page->versions->len == 0))
    return sobre_s3_job_fail (reply, _ ("The list of the bucket's versions cannot be read"));
  return dex_future_new_take_boxed (SOBRE_TYPE_S3_VERSION_PAGE, g_steal_pointer (&page));
}

DexFuture *
sobre_s3_list_versions (SobreAwsClient *client,
                        const char *bucket,
                        const char *prefix,
                        const SobreS3Version *after,
                        GCancellable *cancellable)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);
  SobreAwsRequest *request = job->request = sobre_s3_request_new (client, "GET", bucket, NULL);

  sobre_aws_request_add_query (request, "versions", NULL);
  sobre_aws_request_add_query (request, "max-keys", PAGE_VERSIONS);
  if (prefix[0] != '\0')
    sobre_aws_request_add_query (request, "prefix", prefix);
  if (after != NULL)
    {
      sobre_aws_request_add_query (request, "key-marker", after->key);
      sobre_aws_request_add_query (request, "version-id-marker", after->id);
    }
  return sobre_s3_job_spawn (job, client, cancellable, list_fiber);
}

static DexFuture *
get_fiber (gpointer data)
{
  SobreS3Job *job = data;
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (job, &error);
  const char *quoted = reply != NULL ? sobre_http_reply_get_header (reply, "etag") : NULL;
  g_autofree char *etag = quoted != NULL ? sobre_s3_dup_etag (quoted) : NULL;

  if (reply == NULL)
    return dex_future_new_for_error (error);
  if (g_bytes_get_size (reply->body) != job->size || !sobre_s3_checksum_matches (reply, etag, reply->body))
    return sobre_s3_job_fail (reply, _ ("An object arrived with other bytes than S3 has"));
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (reply->body));
}

DexFuture *
sobre_s3_get_version (SobreAwsClient *client,
                      const char *bucket,
                      const SobreS3Version *version,
                      guint64 max_bytes,
                      GCancellable *cancellable)
{
  SobreS3Job *job = g_new0 (SobreS3Job, 1);
  SobreAwsRequest *request = job->request = sobre_s3_request_new (client, "GET", bucket, version->key);

  job->size = version->size;
  sobre_aws_request_add_query (request, "versionId", version->id);
  sobre_aws_request_add_header (request, "x-amz-checksum-mode", "ENABLED");
  request->max_reply = (gsize) max_bytes;
  request->deadline_ms = sobre_s3_make_deadline (version->size, 0);
  return sobre_s3_job_spawn (job, client, cancellable, get_fiber);
}

/** Refusals: what S3 says of those that it did not remove. */
typedef struct
{
  guint n;
  char *code;
} Refusals;

static void
refusal_cb (const char *path, const char *text, gpointer user_data)
{
  Refusals *refusals = user_data;

  if (strcmp (path, "Error/Code") != 0)
    return;
  refusals->n++;
  g_set_str (&refusals->code, text);
}

static DexFuture *
remove_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply = sobre_s3_job_send (data, &error);
  Refusals refusals = { 0, NULL };
  g_autofree char *code = NULL;
  gboolean read = reply != NULL && sobre_aws_reply_read_xml (reply, "DeleteResult", refusal_cb, NULL, &refusals, &error);

  code = refusals.code;
  if (read && refusals.n > 0)
    error = sobre_aws_error_new_for_reply ("s3", reply->status, code, NULL);
  return error == NULL ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

static GBytes *
format_removal (GPtrArray *versions)
{
  GString *body = g_string_new ("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>");

  for (guint i = 0; i < versions->len; i++)
    {
      const SobreS3Version *version = g_ptr_array_index (versions, i);
      g_autofree char *element =
          g_markup_printf_escaped ("<Object><Key>%s</Key><VersionId>%s</VersionId></Object>", version->key, version->id);

      g_string_append (body, element);
    }
  g_string_append (body, "</Delete>");
  return g_string_free_to_bytes (body);
}

DexFuture *
sobre_s3_remove_versions (SobreAwsClient *client, const char *bucket, GPtrArray *versions, GCancellable *cancellable)
{
  SobreS3Job *job;
  g_autoptr (GBytes) body = NULL;

  if (versions->len == 0)
    return dex_future_new_for_boolean (TRUE);
  body = format_removal (versions);
  job = g_new0 (SobreS3Job, 1);
  job->request = sobre_s3_request_new (client, "POST", bucket, NULL);
  sobre_s3_request_set_body (job->request, body);
  sobre_aws_request_add_query (job->request, "delete", NULL);
  sobre_aws_request_add_header (job->request, "content-type", "application/xml");
  return sobre_s3_job_spawn (job, client, cancellable, remove_fiber);
}
