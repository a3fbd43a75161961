/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/* What is needed of Amazon S3: lists, whole objects, conditional writes. Every function takes values and returns a future that resolves once
 * or rejects with SOBRE_AWS_ERROR or G_IO_ERROR_CANCELLED. */

/** SobreS3Object: one entry of a list. @etag: without its quotes · @modified_at: milliseconds since the epoch */
typedef struct
{
  char *key;
  char *etag;
  guint64 size;
  gint64 modified_at;
} SobreS3Object;

/** SobreS3Page: @objects: (element-type SobreS3Object): in the order of keys · @is_truncated: whether more follow behind the last */
typedef struct
{
  GPtrArray *objects;
  gboolean is_truncated;
} SobreS3Page;

#define SOBRE_TYPE_S3_PAGE (sobre_s3_page_get_type ())
GType sobre_s3_page_get_type (void);
void sobre_s3_page_free (SobreS3Page *self);

/** sobre_s3_bucket_is_valid: Returns: whether @bucket has the form of a bucket's name */
gboolean sobre_s3_bucket_is_valid (const char *bucket);

/**
 * sobre_s3_list:
 * @client: of %SOBRE_AWS_S3
 * @prefix: what keys begin with
 * @after: (nullable): a key, behind which the list begins
 * @max_keys: 1 to 1,000
 *
 * Returns: (transfer full): resolves to a SobreS3Page
 */
DexFuture *sobre_s3_list (SobreAwsClient *client,
                          const char *bucket,
                          const char *prefix,
                          const char *after,
                          guint max_keys,
                          GCancellable *cancellable);

/**
 * sobre_s3_get:
 * @etag: (nullable): the version that is wanted, from a list
 * @size: how large that version is, bytes
 * @max_bytes: an object that is larger is refused
 * @max_bytes_per_second: how fast it may come; 0 for as fast as it does
 *
 * The whole object, checked: its length, and the strongest checksum that S3 gives of the whole of it, else the MD5 that its ETag is. A transfer that
 * breaks goes on where it broke, and every request names @etag, so that bytes of two versions are never joined.
 *
 * Returns: (transfer full): resolves to a GBytes; rejects with %SOBRE_AWS_ERROR_CONFLICT when there is another version now, _NOT_FOUND when
 *   there is none, _PROTOCOL when the bytes are not what they should be
 */
DexFuture *sobre_s3_get (SobreAwsClient *client,
                         const char *bucket,
                         const char *key,
                         const char *etag,
                         guint64 size,
                         guint64 max_bytes,
                         guint64 max_bytes_per_second,
                         GCancellable *cancellable);

/**
 * SobreS3Part: a piece of an object.
 * @etag: of the version that it is of
 * @total: how large the whole object is, bytes
 */
typedef struct
{
  GBytes *bytes;
  char *etag;
  guint64 total;
} SobreS3Part;

#define SOBRE_TYPE_S3_PART (sobre_s3_part_get_type ())
GType sobre_s3_part_get_type (void);
void sobre_s3_part_free (SobreS3Part *self);

/**
 * sobre_s3_get_part:
 * @etag: (nullable): the version that is wanted; %NULL for the first part, which says which one there is
 * @first: where the part begins, bytes
 * @length: how long it is at most
 *
 * A part of an object that is too large to be held whole. S3 gives no checksum of a part, but its length is checked.
 *
 * Returns: (transfer full): resolves to a SobreS3Part; rejects like sobre_s3_get()
 */
DexFuture *sobre_s3_get_part (SobreAwsClient *client,
                              const char *bucket,
                              const char *key,
                              const char *etag,
                              guint64 first,
                              guint64 length,
                              GCancellable *cancellable);

/**
 * sobre_s3_put:
 * @body: the whole object
 * @content_type: (nullable)
 * @if_match: (nullable): the ETag of the version that is replaced; %NULL to make an object that is not there yet
 *
 * Sends an SHA-256 of @body along, which S3 compares.
 *
 * Returns: (transfer full): resolves to the new ETag, a string; rejects with %SOBRE_AWS_ERROR_CONFLICT when the condition does not hold
 */
DexFuture *sobre_s3_put (SobreAwsClient *client,
                         const char *bucket,
                         const char *key,
                         GBytes *body,
                         const char *content_type,
                         const char *if_match,
                         GCancellable *cancellable);

/**
 * SobreS3Upload: an object as it is to be; all borrowed.
 * @content_encoding: (nullable)
 * @cache_control: (nullable): how long who serves it and who gets it may keep it
 */
typedef struct
{
  const char *key;
  GBytes *body;
  const char *content_type;
  const char *content_encoding;
  const char *cache_control;
} SobreS3Upload;

/** sobre_s3_upload: as sobre_s3_put(), whatever is there now. Returns: (transfer full): resolves to the new ETag, a string */
DexFuture *sobre_s3_upload (SobreAwsClient *client, const char *bucket, const SobreS3Upload *upload, GCancellable *cancellable);

/** sobre_s3_remove: Returns: (transfer full): resolves to %TRUE, also when there was no such object; of a bucket with versions the earlier ones stay */
DexFuture *sobre_s3_remove (SobreAwsClient *client, const char *bucket, const char *key, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreS3Page, sobre_s3_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreS3Part, sobre_s3_part_free)

G_END_DECLS
