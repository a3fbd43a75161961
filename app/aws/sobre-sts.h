/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/** SobreCallerIdentity: who the keys belong to. @arn: "arn:aws:iam::123456789012:user/maria" */
typedef struct
{
  char *account;
  char *arn;
  char *user_id;
} SobreCallerIdentity;

#define SOBRE_TYPE_CALLER_IDENTITY (sobre_caller_identity_get_type ())
GType sobre_caller_identity_get_type (void);
void sobre_caller_identity_free (SobreCallerIdentity *self);

/** sobre_sts_get_caller_identity: @client: of %SOBRE_AWS_STS. Returns: (transfer full): resolves to a SobreCallerIdentity; rejects with %SOBRE_AWS_ERROR */
DexFuture *sobre_sts_get_caller_identity (SobreAwsClient *client, GCancellable *cancellable);

/**
 * SobreRole: what AssumeRole is asked for.
 * @session_name: shown in the account's logs
 * @external_id: (nullable)
 * @mfa_serial: (nullable): the device whose @mfa_code proves who asks
 * @duration_seconds: 900 to 43,200, 0 for the role's own
 */
typedef struct
{
  const char *arn;
  const char *session_name;
  const char *external_id;
  const char *mfa_serial;
  const char *mfa_code;
  guint duration_seconds;
} SobreRole;

/** sobre_sts_assume_role: @source: what the credentials say they come from. Returns: (transfer full): resolves to SobreCredentials; rejects with %SOBRE_AWS_ERROR */
DexFuture *sobre_sts_assume_role (SobreAwsClient *client, const SobreRole *role, const char *source, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCallerIdentity, sobre_caller_identity_free)

G_END_DECLS
