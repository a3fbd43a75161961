/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-config.h"
#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

/* What signing in with IAM Identity Center leaves: a token in a file, the same that the AWS CLI writes and reads
 * (~/.aws/sso/cache/<SHA-1 of the session's name>.json), so that signing in with one of the two is signing in with both. */

/**
 * SobreSsoSettings: where a profile signs in.
 * @session: (nullable): the name of its sso-session; %NULL for a profile of the old form
 * @start_url: the portal's address
 * @region: the portal's
 */
typedef struct
{
  char *session;
  char *start_url;
  char *region;
  char *account_id;
  char *role_name;
} SobreSsoSettings;

void sobre_sso_settings_free (SobreSsoSettings *self);

/**
 * sobre_sso_settings_find:
 *
 * Returns: (transfer full) (nullable): %NULL without an error when @profile does not sign in like that, with %SOBRE_AWS_ERROR_CONFIGURATION when
 *   it lacks something
 */
SobreSsoSettings *sobre_sso_settings_find (const SobreAwsConfig *config, const char *profile, GError **error);

/**
 * SobreSsoToken: a token with what renews it.
 * @expires_at: milliseconds since the epoch
 * @refresh_token: (nullable)
 * @client_id: (nullable): of the registration that the refresh token belongs to
 * @client_secret: (nullable)
 * @registration_expires_at: milliseconds since the epoch
 */
typedef struct
{
  char *access_token;
  gint64 expires_at;
  char *refresh_token;
  char *client_id;
  char *client_secret;
  gint64 registration_expires_at;
} SobreSsoToken;

#define SOBRE_TYPE_SSO_TOKEN (sobre_sso_token_get_type ())
GType sobre_sso_token_get_type (void);
void sobre_sso_token_free (SobreSsoToken *self);

/** sobre_sso_token_dup_path: Returns: (transfer full): where the token of @settings lies below @home */
char *sobre_sso_token_dup_path (const SobreSsoSettings *settings, const char *home);

/** sobre_sso_token_parse: Returns: (transfer full) (nullable): %NULL when @text is no token's document */
SobreSsoToken *sobre_sso_token_parse (const char *text, gsize length);

/** sobre_sso_token_format: Returns: (transfer full): the document that the AWS CLI would write */
char *sobre_sso_token_format (const SobreSsoToken *self, const SobreSsoSettings *settings);

/** sobre_sso_token_load: Blocks. Returns: (transfer full) (nullable): %NULL when there is none that can be read */
SobreSsoToken *sobre_sso_token_load (const char *path);

/** sobre_sso_token_save: Blocks. Writes the file whole, readable by its owner only. Returns: %FALSE with a GFileError */
gboolean sobre_sso_token_save (const SobreSsoToken *self, const SobreSsoSettings *settings, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSsoSettings, sobre_sso_settings_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSsoToken, sobre_sso_token_free)

G_END_DECLS
