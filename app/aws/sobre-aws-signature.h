/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

/**
 * SobreAwsSignable:
 * @method: "GET"
 * @url: whole and percent-encoded, as it goes over the wire
 * @headers: (element-type utf8): "name: value"; each is signed but those that a proxy may change
 * @body: (nullable)
 * @service: what the signature is for: "s3", "athena"
 * @region: "eu-central-1"
 * @now_ms: when it is signed, by the service's clock, milliseconds since the epoch
 *
 * A request that is to be signed.
 */
typedef struct
{
  const char *method;
  const char *url;
  GPtrArray *headers;
  GBytes *body;
  const char *service;
  const char *region;
  gint64 now_ms;
} SobreAwsSignable;

/**
 * sobre_aws_signature_dup_canonical:
 * @headers: (element-type utf8): all that is signed, "host" among them
 * @names: (out) (transfer full): the names that are signed, joined with ";"
 *
 * The canonical request. A header "x-amz-content-sha256" says the body's hash where it is among @headers.
 *
 * Returns: (transfer full)
 */
char *sobre_aws_signature_dup_canonical (const SobreAwsSignable *signable, GPtrArray *headers, char **names);

/**
 * sobre_aws_signature_make:
 *
 * Signs with AWS Signature Version 4. Pure: the same values give the same headers.
 *
 * Returns: (transfer full) (element-type utf8): the headers to send beside those of @signable, "name: value": host, x-amz-date, x-amz-security-token
 *   where there is a token, x-amz-content-sha256 for S3, authorization
 */
GPtrArray *sobre_aws_signature_make (const SobreAwsSignable *signable, const SobreCredentials *credentials);

G_END_DECLS
