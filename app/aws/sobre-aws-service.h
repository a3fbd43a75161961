/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SobreAwsService: the services that are called. */
typedef enum
{
  SOBRE_AWS_S3,
  SOBRE_AWS_STS,
  SOBRE_AWS_SSO,
  SOBRE_AWS_SSO_OIDC,
  SOBRE_AWS_ATHENA,
  SOBRE_AWS_CLOUDFORMATION,
  SOBRE_AWS_IAM,
  SOBRE_AWS_SSM,
  SOBRE_AWS_COGNITO,
  SOBRE_AWS_FIREHOSE,
  SOBRE_AWS_CLOUDWATCH,
  SOBRE_AWS_QUICKSIGHT,
  SOBRE_AWS_GLUE,
  SOBRE_AWS_LAMBDA,
} SobreAwsService;

#define SOBRE_N_AWS_SERVICES (SOBRE_AWS_LAMBDA + 1)

/** SobreAwsProtocol: how a service's requests and replies look. @SOBRE_AWS_QUERY: parameters as a form, replies as XML */
typedef enum
{
  SOBRE_AWS_REST_XML,
  SOBRE_AWS_REST_JSON,
  SOBRE_AWS_QUERY,
  SOBRE_AWS_JSON_1_1,
} SobreAwsProtocol;

/**
 * SobreAwsServiceInfo:
 * @name: what SigV4 signs with, and what errors call it
 * @host: the first part of its host's name
 * @setting: how AWS_ENDPOINT_URL_… and "services" sections name it, lower case
 * @target: (nullable): what X-Amz-Target begins with, of JSON protocols
 * @version: (nullable): of the API, of query protocols
 * @is_global: it is asked in one region for all of them, see sobre_aws_service_get_region()
 */
typedef struct
{
  const char *name;
  const char *host;
  const char *setting;
  SobreAwsProtocol protocol;
  const char *target;
  const char *version;
  gboolean is_global;
} SobreAwsServiceInfo;

const SobreAwsServiceInfo *sobre_aws_service_get_info (SobreAwsService service);

/** sobre_aws_region_is_valid: Returns: whether @region has the form of a region's name, so that a host may be built from it */
gboolean sobre_aws_region_is_valid (const char *region);

/** sobre_aws_service_get_region: Returns: where @service is asked, and its calls are signed for, by somebody who is in @region */
const char *sobre_aws_service_get_region (SobreAwsService service, const char *region);

/**
 * sobre_aws_service_dup_endpoint:
 * @region: valid
 * @host_prefix: (nullable): "bucket", a part of a host's name
 *
 * Returns: (transfer full): "https://athena.eu-central-1.amazonaws.com"
 */
char *sobre_aws_service_dup_endpoint (SobreAwsService service, const char *region, const char *host_prefix);

/** sobre_aws_uri_encode: Returns: (transfer full): @text with all but unreserved characters percent-encoded, as SigV4 wants it; perhaps not slashes */
char *sobre_aws_uri_encode (const char *text, gboolean keep_slashes);

G_END_DECLS
