/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"
#include "aws/sobre-aws-config.h"
#include "aws/sobre-mfa.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ASSUME_ROLE_PROVIDER (sobre_assume_role_provider_get_type ())

/** SobreAssumeRoleProvider: takes the role that a profile names, with the keys of another provider. */
G_DECLARE_FINAL_TYPE (SobreAssumeRoleProvider, sobre_assume_role_provider, SOBRE, ASSUME_ROLE_PROVIDER, GObject)

/**
 * sobre_assume_role_provider_new:
 * @profile: has role_arn, perhaps role_session_name, external_id, mfa_serial, duration_seconds
 * @region: where STS is asked
 * @source: whose keys ask
 * @mfa: (nullable): asked for a code, and three times at most while AWS takes none; %NULL where there is nobody to ask; then a role that wants a code is refused with words that say so
 */
SobreCredentialsProvider *sobre_assume_role_provider_new (const SobreAwsMeans *means,
                                                          SobreAwsConfig *config,
                                                          const char *profile,
                                                          const char *region,
                                                          SobreCredentialsProvider *source,
                                                          SobreMfa *mfa);

G_END_DECLS
