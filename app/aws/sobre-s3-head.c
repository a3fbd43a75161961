/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3-head.h"

#include "aws/sobre-s3-private.h"

/** Look: at an object's headers. */
typedef struct
{
  SobreAwsClient *client;
  SobreAwsRequest *request;
  char *type;
  char *encoding;
  char *cache_control;
  GCancellable *cancellable;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  g_object_unref (self->client);
  sobre_aws_request_unref (self->request);
  g_free (self->type);
  g_free (self->encoding);
  g_free (self->cache_control);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
has (const SobreHttpReply *reply, const char *header, const char *value)
{
  return value == NULL ? sobre_http_reply_get_header (reply, header) == NULL
                       : g_strcmp0 (sobre_http_reply_get_header (reply, header), value) == 0;
}

static DexFuture *
look_fiber (gpointer data)
{
  Look *self = data;
  GError *error = NULL;
  g_autoptr (SobreHttpReply) reply =
      dex_await_boxed (sobre_aws_client_send (self->client, self->request, self->cancellable), &error);

  if (reply == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (has (reply, "content-type", self->type) &&
                                     has (reply, "content-encoding", self->encoding) &&
                                     has (reply, "cache-control", self->cache_control));
}

DexFuture *
sobre_s3_is_served_as (SobreAwsClient *client, const char *bucket, const SobreS3Upload *upload, GCancellable *cancellable)
{
  Look *self = g_new0 (Look, 1);

  self->client = g_object_ref (client);
  self->request = sobre_s3_request_new (client, "HEAD", bucket, upload->key);
  self->type = g_strdup (upload->content_type);
  self->encoding = g_strdup (upload->content_encoding);
  self->cache_control = g_strdup (upload->cache_control);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, look_fiber, self, look_free);
}
