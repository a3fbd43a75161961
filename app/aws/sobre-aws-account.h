/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-assume-role-provider.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_AWS_ACCOUNT (sobre_aws_account_get_type ())

/**
 * SobreAwsAccount:
 *
 * An AWS account as this computer reaches it: profile, region, keys, endpoints and the network, put together once from the user's AWS settings. Makes the
 * clients. May be used from any thread.
 */
G_DECLARE_FINAL_TYPE (SobreAwsAccount, sobre_aws_account, SOBRE, AWS_ACCOUNT, GObject)

/**
 * SobreAwsChoice: what the workspace and the command line say. Each may be %NULL.
 * @profile: else $AWS_PROFILE, else "default"
 * @region: else the environment's, else the profile's
 * @mfa: where there is somebody to ask
 */
typedef struct
{
  const char *profile;
  const char *region;
  SobreMfa *mfa;
} SobreAwsChoice;

/**
 * sobre_aws_account_open:
 * @environment: (array zero-terminated=1): "NAME=value"
 *
 * Reads the shared files. Keys are the environment's where no profile was chosen, else the profile's, else the keyring's. Asks nobody yet. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR_CONFIGURATION
 */
SobreAwsAccount *sobre_aws_account_open (const SobreAwsMeans *means,
                                         const SobreAwsChoice *choice,
                                         const char *const *environment,
                                         GError **error);

const char *sobre_aws_account_get_profile (SobreAwsAccount *self);
const char *sobre_aws_account_get_region (SobreAwsAccount *self);
const SobreAwsMeans *sobre_aws_account_get_means (SobreAwsAccount *self);
SobreAwsConfig *sobre_aws_account_get_config (SobreAwsAccount *self);
SobreCredentialsProvider *sobre_aws_account_get_provider (SobreAwsAccount *self);

/** sobre_aws_account_get_client: Returns: (transfer none): the one client of @service, so that all its callers share its quota and clock */
SobreAwsClient *sobre_aws_account_get_client (SobreAwsAccount *self, SobreAwsService service);

/** sobre_aws_account_new_client: @region: valid. Returns: (transfer full): of @service in a region that need not be the account's own, for what AWS keeps in one only */
SobreAwsClient *sobre_aws_account_new_client (SobreAwsAccount *self, SobreAwsService service, const char *region);

G_END_DECLS
