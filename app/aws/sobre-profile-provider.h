/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-assume-role-provider.h"

G_BEGIN_DECLS

/**
 * SobreProfileContext: what providers of a profile are made with.
 * @home: below which tokens of SSO lie
 * @region: where STS is asked
 * @mfa: (nullable): see sobre_assume_role_provider_new()
 */
typedef struct
{
  const SobreAwsMeans *means;
  SobreAwsConfig *config;
  const char *home;
  const char *region;
  SobreMfa *mfa;
} SobreProfileContext;

/**
 * sobre_profile_provider_new:
 *
 * What a profile of the shared files says of its keys, the first of: role_arn with source_profile or credential_source; keys of its own; SSO;
 * credential_process. A source_profile that has a role itself is followed; a profile may name itself once, for its own keys.
 *
 * Returns: (transfer full) (nullable): %NULL without an error when the profile says nothing of keys, with %SOBRE_AWS_ERROR_CONFIGURATION when what it says
 *   cannot be followed
 */
SobreCredentialsProvider *sobre_profile_provider_new (const SobreProfileContext *context, const char *profile, GError **error);

G_END_DECLS
