/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An object's ETag is the MD5 of its bytes here (one part, no key), so a list tells which bytes are there; how they are served, a look at each. */

#include "stack/sobre-stack-site-private.h"

#include "aws/sobre-aws-error.h"
#include "aws/sobre-s3-head.h"

#define MAX_SOURCE ((guint64) 4 << 20)
#define LIST_KEYS 1000

char *
sobre_site_dup_md5 (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_MD5, bytes);
}

gboolean
sobre_site_job_has (SobreSiteJob *job, const char *key, GBytes *bytes)
{
  g_autofree char *md5 = sobre_site_dup_md5 (bytes);

  return g_strcmp0 (g_hash_table_lookup (job->known, key), md5) == 0;
}

gboolean
sobre_site_job_list (SobreSiteJob *job, const char *prefix, GError **error)
{
  g_autofree char *after = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (SobreS3Page) page =
          dex_await_boxed (sobre_s3_list (job->s3, job->bucket, prefix, after, LIST_KEYS, job->work->cancellable), error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);

          g_hash_table_insert (job->known, g_strdup (object->key), g_strdup (object->etag));
          g_set_str (&after, object->key);
        }
      more = page->is_truncated;
    }
  return TRUE;
}

/* Returns (transfer full) (nullable): what is there; %NULL without an error where nothing is. */
GBytes *
sobre_site_job_read (SobreSiteJob *job, const char *key, GError **error)
{
  GError *failure = NULL;
  GBytes *bytes =
      dex_await_boxed (sobre_s3_get (job->s3, job->bucket, key, NULL, 0, MAX_SOURCE, 0, job->work->cancellable), &failure);

  if (bytes == NULL && g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
    g_clear_error (&failure);
  else if (bytes == NULL)
    g_propagate_error (error, failure);
  return bytes;
}

/* Whether it is served as it should be, too: what a cache may keep, and for how long, is said beside the bytes. */
static gboolean
is_as_it_should_be (SobreSiteJob *job, const SobreSiteFile *file, const SobreS3Upload *upload, gboolean *is, GError **error)
{
  GError *failure = NULL;

  *is =
      (file->is_for_ever ? g_hash_table_contains (job->known, file->key) : sobre_site_job_has (job, file->key, file->bytes)) &&
      dex_await_boolean (sobre_s3_is_served_as (job->s3, job->bucket, upload, job->work->cancellable), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Files of one kind after the other, in their order: what a page names is there before it. */
gboolean
sobre_site_job_write (SobreSiteJob *job, GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const SobreSiteFile *file = g_ptr_array_index (files, i);
      const SobreS3Upload upload = { file->key, file->bytes, file->type, file->encoding, file->cache_control };
      gboolean is;

      if (!is_as_it_should_be (job, file, &upload, &is, error))
        return FALSE;
      if (is)
        continue;
      job->site->n_files++;
      if (!job->dry && !dex_await (sobre_s3_upload (job->s3, job->bucket, &upload, job->work->cancellable), error))
        return FALSE;
    }
  return TRUE;
}
