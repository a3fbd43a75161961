/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/* What a bucket that keeps versions has beside what is read. Every function takes values and returns a future that resolves once or rejects with SOBRE_AWS_ERROR
 * or G_IO_ERROR_CANCELLED. */

/**
 * SobreS3Version: one version of an object.
 * @id: "null" where the bucket kept no versions when it was written
 * @size: bytes; 0 of a marker
 * @is_current: whether it is what is read
 * @is_marker: whether it only says that the object was removed
 */
typedef struct
{
  char *key;
  char *id;
  guint64 size;
  gboolean is_current;
  gboolean is_marker;
} SobreS3Version;

SobreS3Version *sobre_s3_version_copy (const SobreS3Version *self);
void sobre_s3_version_free (SobreS3Version *self);

/** SobreS3VersionPage: @versions: (element-type SobreS3Version): in the order of keys, the newest of a key first · @is_truncated: whether more follow behind the last */
typedef struct
{
  GPtrArray *versions;
  gboolean is_truncated;
} SobreS3VersionPage;

#define SOBRE_TYPE_S3_VERSION_PAGE (sobre_s3_version_page_get_type ())
GType sobre_s3_version_page_get_type (void);
void sobre_s3_version_page_free (SobreS3VersionPage *self);

/**
 * sobre_s3_list_versions:
 * @client: of %SOBRE_AWS_S3
 * @prefix: what keys begin with; "" for all
 * @after: (nullable): the last version of the page before
 *
 * Returns: (transfer full): resolves to a SobreS3VersionPage of a thousand at most. A bucket that keeps none has the objects themselves
 */
DexFuture *sobre_s3_list_versions (SobreAwsClient *client,
                                   const char *bucket,
                                   const char *prefix,
                                   const SobreS3Version *after,
                                   GCancellable *cancellable);

/** sobre_s3_get_version: @max_bytes: a larger one is refused. Returns: (transfer full): resolves to a GBytes, the whole of it, checked as sobre_s3_get() does */
DexFuture *sobre_s3_get_version (SobreAwsClient *client,
                                 const char *bucket,
                                 const SobreS3Version *version,
                                 guint64 max_bytes,
                                 GCancellable *cancellable);

/**
 * sobre_s3_remove_versions:
 * @versions: (element-type SobreS3Version): a thousand at most, none for nothing to do
 *
 * Removes them for good. One that is gone already counts as removed.
 *
 * Returns: (transfer full): resolves to %TRUE
 */
DexFuture *
sobre_s3_remove_versions (SobreAwsClient *client, const char *bucket, GPtrArray *versions, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreS3Version, sobre_s3_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreS3VersionPage, sobre_s3_version_page_free)

G_END_DECLS
