/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3.h"

G_BEGIN_DECLS

/**
 * sobre_s3_is_served_as:
 * @upload: whose bytes are not looked at
 *
 * Returns: (transfer full): resolves to whether the object has the content type, the encoding and the cache control that @upload would give it; rejects with
 *   %SOBRE_AWS_ERROR, of which %SOBRE_AWS_ERROR_NOT_FOUND says that it is not there
 */
DexFuture *
sobre_s3_is_served_as (SobreAwsClient *client, const char *bucket, const SobreS3Upload *upload, GCancellable *cancellable);

G_END_DECLS
