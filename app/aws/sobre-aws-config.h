/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-aws-service.h"

G_BEGIN_DECLS

/**
 * SobreAwsConfig:
 *
 * What the user has told the AWS tools: the environment's AWS_… variables, the shared config file and the shared credentials file (AWS SDKs and
 * Tools Reference Guide, "Shared config and credentials files"). Read once, immutable, may cross threads. It holds secrets.
 */
typedef struct _SobreAwsConfig SobreAwsConfig;

#define SOBRE_TYPE_AWS_CONFIG (sobre_aws_config_get_type ())
GType sobre_aws_config_get_type (void);

/** SobreAwsSection: @SOBRE_AWS_SECTION_PROFILE: [profile …], and […] of the credentials file, which counts more */
typedef enum
{
  SOBRE_AWS_SECTION_PROFILE,
  SOBRE_AWS_SECTION_SSO_SESSION,
  SOBRE_AWS_SECTION_SERVICES,
} SobreAwsSection;

/**
 * sobre_aws_config_parse:
 * @config: (nullable): the config file's text
 * @credentials: (nullable): the credentials file's text
 * @environment: (array zero-terminated=1): "NAME=value"
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR_CONFIGURATION, which names file and line
 */
SobreAwsConfig *
sobre_aws_config_parse (const char *config, const char *credentials, const char *const *environment, GError **error);

/**
 * sobre_aws_config_load:
 * @environment: (array zero-terminated=1): names the files where they are not in ~/.aws
 *
 * Blocks. A file that is not there is an empty one.
 */
SobreAwsConfig *sobre_aws_config_load (const char *const *environment, GError **error);

SobreAwsConfig *sobre_aws_config_ref (SobreAwsConfig *self);
void sobre_aws_config_unref (SobreAwsConfig *self);

/** sobre_aws_config_get: Returns: (nullable): @key of a section; a nested one is "s3.endpoint_url" */
const char *sobre_aws_config_get (const SobreAwsConfig *self, SobreAwsSection section, const char *name, const char *key);
gboolean sobre_aws_config_has (const SobreAwsConfig *self, SobreAwsSection section, const char *name);

/** sobre_aws_config_getenv: Returns: (nullable): a variable that is set and not empty */
const char *sobre_aws_config_getenv (const SobreAwsConfig *self, const char *name);

/** sobre_aws_config_list_profiles: Returns: (transfer full): their names, sorted */
char **sobre_aws_config_list_profiles (const SobreAwsConfig *self);

/** sobre_aws_config_get_profile: @wanted: (nullable). Returns: @wanted, else $AWS_PROFILE, else "default" */
const char *sobre_aws_config_get_profile (const SobreAwsConfig *self, const char *wanted);

/** sobre_aws_config_get_region: Returns: (nullable): $AWS_REGION, $AWS_DEFAULT_REGION, the profile's region */
const char *sobre_aws_config_get_region (const SobreAwsConfig *self, const char *profile);

/**
 * sobre_aws_config_get_endpoint:
 *
 * The service's own variable, AWS_ENDPOINT_URL, the profile's "services" section, its endpoint_url, in this order; nothing of that when
 * AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true.
 *
 * Returns: (nullable): where a service is to be asked instead of at AWS's host
 */
const char *sobre_aws_config_get_endpoint (const SobreAwsConfig *self, const char *profile, SobreAwsService service);

/** sobre_aws_config_get_max_attempts: Returns: $AWS_MAX_ATTEMPTS, the profile's max_attempts, else SOBRE_RETRY_ATTEMPTS; 1 to 20 */
guint sobre_aws_config_get_max_attempts (const SobreAwsConfig *self, const char *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAwsConfig, sobre_aws_config_unref)

G_END_DECLS
