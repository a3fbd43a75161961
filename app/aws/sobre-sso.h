/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"
#include "aws/sobre-sso-token.h"

G_BEGIN_DECLS

/* Signing in with IAM Identity Center: the device authorization grant (RFC 8628) as its OIDC service speaks it. The person types a code on a web page, on
 * any device, so the program needs neither a browser of its own nor a port to listen on. */

#define SOBRE_TYPE_SSO_PROVIDER (sobre_sso_provider_get_type ())

/** SobreSsoProvider: exchanges the token that signing in left for a role's keys; renews the token where it can be renewed. */
G_DECLARE_FINAL_TYPE (SobreSsoProvider, sobre_sso_provider, SOBRE, SSO_PROVIDER, GObject)

/** sobre_sso_provider_new: @settings: (transfer full) · @home: below which the token lies */
SobreCredentialsProvider *sobre_sso_provider_new (const SobreAwsMeans *means,
                                                  SobreAwsConfig *config,
                                                  const char *profile,
                                                  SobreSsoSettings *settings,
                                                  const char *home);

/** SobreSsoInvitation: what the person has to do. @uri_complete: @uri with the code in it */
typedef struct
{
  char *user_code;
  char *uri;
  char *uri_complete;
} SobreSsoInvitation;

/** Called once, on a thread of the pool, when the person can begin. */
typedef void (*SobreSsoInvite) (const SobreSsoInvitation *invitation, gpointer user_data);

/**
 * sobre_sso_login:
 * @settings: copied
 * @home: below which the token is stored
 * @invite: hears of the code and the address
 *
 * Registers the program, asks for a code, and waits until the person has typed it, at most as long as it holds (ten minutes).
 *
 * Returns: (transfer full): resolves to the path where the token lies now, a string; rejects with %SOBRE_AWS_ERROR_CREDENTIALS when the code has run out
 *   or was refused, or as sobre_aws_client_send() does
 */
DexFuture *sobre_sso_login (const SobreAwsMeans *means,
                            SobreAwsConfig *config,
                            const char *profile,
                            const SobreSsoSettings *settings,
                            const char *home,
                            SobreSsoInvite invite,
                            gpointer user_data,
                            GCancellable *cancellable);

G_END_DECLS
