/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_KEYRING_PROVIDER (sobre_keyring_provider_get_type ())

/** SobreKeyringProvider: keys that the user typed in, from the session's keyring (in a sandbox, from the one that the Secret portal opens). */
G_DECLARE_FINAL_TYPE (SobreKeyringProvider, sobre_keyring_provider, SOBRE, KEYRING_PROVIDER, GObject)

/** sobre_keyring_provider_new: @profile: for which profile they were typed in */
SobreCredentialsProvider *sobre_keyring_provider_new (const char *profile);

/**
 * sobre_keyring_store:
 * @access_key_id: 16 to 128 letters and digits
 *
 * Blocks.
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR_CREDENTIALS when no keyring takes them or they are none
 */
gboolean sobre_keyring_store (const char *profile,
                              const char *access_key_id,
                              const char *secret_access_key,
                              GCancellable *cancellable,
                              GError **error);

/** sobre_keyring_clear: Blocks. Forgets the keys of @profile. Returns: %FALSE with %SOBRE_AWS_ERROR_CREDENTIALS */
gboolean sobre_keyring_clear (const char *profile, GCancellable *cancellable, GError **error);

G_END_DECLS
