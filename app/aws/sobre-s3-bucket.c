/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3-bucket.h"

#include "aws/sobre-s3-private.h"
#include "aws/sobre-s3-versions.h"

/** Job: a bucket that is emptied. */
typedef struct
{
  SobreAwsClient *client;
  char *bucket;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->client);
  g_free (job->bucket);
  g_clear_object (&job->cancellable);
  g_free (job);
}

/* Always the first page: what was on it is gone by the next look. */
static DexFuture *
empty_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  gint64 removed = 0;

  while (TRUE)
    {
      g_autoptr (SobreS3VersionPage) page =
          dex_await_boxed (sobre_s3_list_versions (job->client, job->bucket, "", NULL, job->cancellable), &error);

      if (page == NULL)
        return dex_future_new_for_error (error);
      if (page->versions->len == 0)
        return dex_future_new_for_int64 (removed);
      if (!dex_await (sobre_s3_remove_versions (job->client, job->bucket, page->versions, job->cancellable), &error))
        return dex_future_new_for_error (error);
      removed += page->versions->len;
    }
}

DexFuture *
sobre_s3_empty_bucket (SobreAwsClient *client, const char *bucket, GCancellable *cancellable)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { g_object_ref (client), g_strdup (bucket), cancellable != NULL ? g_object_ref (cancellable) : NULL };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, empty_fiber, job, job_free);
}

DexFuture *
sobre_s3_remove_bucket (SobreAwsClient *client, const char *bucket, GCancellable *cancellable)
{
  SobreAwsRequest *request = sobre_s3_request_new (client, "DELETE", bucket, NULL);
  DexFuture *future = sobre_aws_client_send (client, request, cancellable);

  sobre_aws_request_unref (request);
  return future;
}
