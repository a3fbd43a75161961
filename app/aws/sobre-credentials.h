/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * SobreCredentials:
 *
 * Keys that sign calls. Immutable; its memory is cleared before it is given back. Never written, logged or passed to a child.
 */
typedef struct _SobreCredentials SobreCredentials;

#define SOBRE_TYPE_CREDENTIALS (sobre_credentials_get_type ())
GType sobre_credentials_get_type (void);

#define SOBRE_CREDENTIALS_NEVER G_MAXINT64

/**
 * sobre_credentials_leave_no_image:
 *
 * From here on the kernel writes no core of this process when it dies, and lets no other process of the user's look into it. Clearing keys
 * would not be enough: whoever signs, sends and decrypts has copies. Making credentials calls it; a program that was started with keys in its
 * environment calls it first.
 */
void sobre_credentials_leave_no_image (void);

/**
 * sobre_credentials_new:
 * @session_token: (nullable)
 * @expires_at: milliseconds since the epoch; SOBRE_CREDENTIALS_NEVER
 * @source: what gave them, for people: "environment", "profile night"
 */
SobreCredentials *sobre_credentials_new (const char *access_key_id,
                                         const char *secret_access_key,
                                         const char *session_token,
                                         gint64 expires_at,
                                         const char *source);
SobreCredentials *sobre_credentials_ref (SobreCredentials *self);
void sobre_credentials_unref (SobreCredentials *self);

const char *sobre_credentials_get_access_key_id (const SobreCredentials *self);
const char *sobre_credentials_get_secret_access_key (const SobreCredentials *self);

/** sobre_credentials_get_session_token: Returns: (nullable) */
const char *sobre_credentials_get_session_token (const SobreCredentials *self);
gint64 sobre_credentials_get_expires_at (const SobreCredentials *self);
const char *sobre_credentials_get_source (const SobreCredentials *self);

#define SOBRE_TYPE_CREDENTIALS_PROVIDER (sobre_credentials_provider_get_type ())
G_DECLARE_INTERFACE (SobreCredentialsProvider, sobre_credentials_provider, SOBRE, CREDENTIALS_PROVIDER, GObject)

/**
 * SobreCredentialsProviderInterface:
 * @provide: (transfer full): resolves to SobreCredentials. Rejects with %SOBRE_AWS_ERROR_CREDENTIALS, or _CONFIGURATION when its source is
 *   there but wrong; with %G_IO_ERROR_NOT_FOUND when its source has nothing to say, so that a chain asks the next
 * @renew: (nullable): what it gave was refused: the next @provide asks its source again, unless it has meanwhile given something else
 *
 * SobreCredentialsProvider: one place that credentials come from. May be called from any thread.
 */
struct _SobreCredentialsProviderInterface
{
  GTypeInterface parent_iface;

  DexFuture *(*provide) (SobreCredentialsProvider *self);
  void (*renew) (SobreCredentialsProvider *self, const SobreCredentials *refused);
};

/** sobre_credentials_provider_provide: (transfer full): see SobreCredentialsProviderInterface */
DexFuture *sobre_credentials_provider_provide (SobreCredentialsProvider *self);

/** sobre_credentials_provider_renew: @refused: what a service did not take. See SobreCredentialsProviderInterface */
void sobre_credentials_provider_renew (SobreCredentialsProvider *self, const SobreCredentials *refused);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCredentials, sobre_credentials_unref)

G_END_DECLS
