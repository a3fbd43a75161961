/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-config.h"
#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FIXED_PROVIDER (sobre_fixed_provider_get_type ())

/** SobreFixedProvider: keys that are known already: from the environment, from a profile, from the keyring. */
G_DECLARE_FINAL_TYPE (SobreFixedProvider, sobre_fixed_provider, SOBRE, FIXED_PROVIDER, GObject)

/** sobre_fixed_provider_new: @credentials: what it always gives */
SobreCredentialsProvider *sobre_fixed_provider_new (SobreCredentials *credentials);

/**
 * sobre_environment_provider_new:
 *
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.
 *
 * Returns: (transfer full) (nullable): %NULL when the first two are not both set
 */
SobreCredentialsProvider *sobre_environment_provider_new (const SobreAwsConfig *config);

G_END_DECLS
