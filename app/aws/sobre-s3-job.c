/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3-private.h"

void
sobre_s3_job_free (gpointer data)
{
  SobreS3Job *self = data;

  g_clear_object (&self->client);
  g_clear_pointer (&self->request, sobre_aws_request_unref);
  g_clear_object (&self->cancellable);
  g_free (self->key);
  g_free (self->etag);
  g_free (self);
}

/* On a thread of the pool, whoever asks: the caller's thread may have no scheduler. */
DexFuture *
sobre_s3_job_spawn (SobreS3Job *self, SobreAwsClient *client, GCancellable *cancellable, DexFiberFunc fiber)
{
  self->client = g_object_ref (client);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, self, sobre_s3_job_free);
}

SobreHttpReply *
sobre_s3_job_send (SobreS3Job *self, GError **error)
{
  return dex_await_boxed (sobre_aws_client_send (self->client, self->request, self->cancellable), error);
}

DexFuture *
sobre_s3_job_fail (const SobreHttpReply *reply, const char *what)
{
  return dex_future_new_for_error (sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, "%s", what));
}

void
sobre_s3_request_set_body (SobreAwsRequest *request, GBytes *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *encoded = NULL;
  guint8 digest[32];
  gsize length, size = sizeof digest;
  const guint8 *bytes = g_bytes_get_data (body, &length);

  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
  encoded = g_base64_encode (digest, size);
  sobre_aws_request_add_header (request, "x-amz-checksum-sha256", encoded);
  request->body = g_bytes_ref (body);
}
