/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3.h"

G_BEGIN_DECLS

/** sobre_s3_request_new: Returns: (transfer full): a request for @key of @bucket, %NULL for the bucket itself, as the client's endpoint wants it named */
SobreAwsRequest *sobre_s3_request_new (SobreAwsClient *client, const char *method, const char *bucket, const char *key);

/** sobre_s3_request_set_body: sends @body, with its SHA-256 for S3 to compare */
void sobre_s3_request_set_body (SobreAwsRequest *request, GBytes *body);

/**
 * SobreS3Job: a request on its way, for a fiber. All are owned.
 * @client, @cancellable: sobre_s3_job_spawn() sets them
 * @key, @etag, @size: (nullable): of what is fetched; @size of a part: where it begins
 */
typedef struct
{
  SobreAwsClient *client;
  SobreAwsRequest *request;
  GCancellable *cancellable;
  char *key;
  char *etag;
  guint64 size;
} SobreS3Job;

void sobre_s3_job_free (gpointer job);

/** sobre_s3_job_spawn: @self: (transfer full): what @fiber is called with. Returns: (transfer full): what @fiber returns */
DexFuture *sobre_s3_job_spawn (SobreS3Job *self, SobreAwsClient *client, GCancellable *cancellable, DexFiberFunc fiber);

/** sobre_s3_job_send: for a fiber, waits. Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR */
SobreHttpReply *sobre_s3_job_send (SobreS3Job *self, GError **error);

/** sobre_s3_job_fail: Returns: (transfer full): a future that rejects with %SOBRE_AWS_ERROR_PROTOCOL, as @reply is not what S3 sends */
DexFuture *sobre_s3_job_fail (const SobreHttpReply *reply, const char *what);

/** sobre_s3_await_get: as sobre_s3_get(), for a fiber that waits for it. Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR */
GBytes *sobre_s3_await_get (SobreAwsClient *client,
                            const char *bucket,
                            const char *key,
                            const char *etag,
                            guint64 size,
                            guint64 max_bytes,
                            guint64 max_bytes_per_second,
                            GError **error);

/** sobre_s3_make_deadline: @size: bytes · @max_bytes_per_second: 0 for as fast as they come. Returns: how long one attempt may take, milliseconds */
guint sobre_s3_make_deadline (guint64 size, guint64 max_bytes_per_second);

/** sobre_s3_dup_etag: Returns: (transfer full): an ETag without its quotes */
char *sobre_s3_dup_etag (const char *quoted);

/**
 * sobre_s3_checksum_matches:
 * @reply: with the headers of the whole object
 * @etag: (nullable): without quotes
 *
 * Compares @body with the first of x-amz-checksum-{sha256,crc64nvme,crc32c,crc32,sha1} that the reply gives of the whole object, else with @etag
 * where that is an MD5: 32 hexadecimal digits, and the object not encrypted with a key of KMS.
 *
 * Returns: %FALSE when they differ; %TRUE also when there is nothing to compare with
 */
gboolean sobre_s3_checksum_matches (const SobreHttpReply *reply, const char *etag, GBytes *body);

/** CRC-32C (Castagnoli) of @length bytes. */
guint32 sobre_crc32c (const guint8 *bytes, gsize length);

/** CRC-64/NVME of @length bytes. */
guint64 sobre_crc64nvme (const guint8 *bytes, gsize length);

G_END_DECLS
