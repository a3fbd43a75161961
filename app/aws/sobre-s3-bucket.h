/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/**
 * sobre_s3_empty_bucket:
 * @client: of %SOBRE_AWS_S3
 *
 * Removes every version of every object and every marker of a removed one, a thousand at a time. Running it again goes on.
 *
 * Returns: (transfer full): resolves to how many were removed, an int64; rejects with %SOBRE_AWS_ERROR, of which %SOBRE_AWS_ERROR_NOT_FOUND says that there
 *   is no such bucket
 */
DexFuture *sobre_s3_empty_bucket (SobreAwsClient *client, const char *bucket, GCancellable *cancellable);

/** sobre_s3_remove_bucket: an empty one. Returns: (transfer full): resolves to a SobreHttpReply; rejects with %SOBRE_AWS_ERROR */
DexFuture *sobre_s3_remove_bucket (SobreAwsClient *client, const char *bucket, GCancellable *cancellable);

G_END_DECLS
