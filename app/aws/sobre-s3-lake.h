/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3.h"
#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_S3_LAKE (sobre_s3_lake_get_type ())

/** SobreS3Lake: a lake in a bucket, with the same keys and the same bytes as one in a folder. */
G_DECLARE_FINAL_TYPE (SobreS3Lake, sobre_s3_lake, SOBRE, S3_LAKE, GObject)

/**
 * sobre_s3_lake_new:
 * @client: of %SOBRE_AWS_S3
 * @bucket: valid
 */
SobreS3Lake *sobre_s3_lake_new (SobreAwsClient *client, const char *bucket);

/**
 * sobre_s3_lake_set_limits:
 * @clock: by which fetches wait for their turn
 * @n_at_once: how many objects may be fetched at once, at least 1
 * @bytes_per_second: how fast objects may come, all of them together; 0 for as fast as they do
 *
 * Before the first fetch. Objects are asked for at such times that those before them have come at that speed, and none comes faster by itself.
 */
void sobre_s3_lake_set_limits (SobreS3Lake *self, SobreClock *clock, guint n_at_once, guint64 bytes_per_second);

const char *sobre_s3_lake_get_bucket (SobreS3Lake *self);

/** sobre_s3_lake_put: Returns: (transfer full): as sobre_s3_put() of an object that is not there yet */
DexFuture *sobre_s3_lake_put (SobreS3Lake *self, const char *key, GBytes *bytes, GCancellable *cancellable);

/** sobre_s3_lake_replace: writes @object anew, if it is still that version. Returns: (transfer full): resolves to its new ETag; rejects like sobre_s3_put() */
DexFuture *sobre_s3_lake_replace (SobreS3Lake *self, const SobreLakeObject *object, GBytes *bytes, GCancellable *cancellable);

/** sobre_s3_lake_remove: Returns: (transfer full): as sobre_s3_remove() */
DexFuture *sobre_s3_lake_remove (SobreS3Lake *self, const char *key, GCancellable *cancellable);

G_END_DECLS
