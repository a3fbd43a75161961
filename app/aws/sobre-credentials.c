/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "aws/sobre-credentials.h"

#include <string.h>
#include <sys/prctl.h>

struct _SobreCredentials
{
  char *access_key_id;
  char *secret_access_key;
  char *session_token;
  gint64 expires_at;
  char *source;
};

G_DEFINE_BOXED_TYPE (SobreCredentials, sobre_credentials, sobre_credentials_ref, sobre_credentials_unref)
G_DEFINE_INTERFACE (SobreCredentialsProvider, sobre_credentials_provider, G_TYPE_OBJECT)

static void
sobre_credentials_provider_default_init (SobreCredentialsProviderInterface *iface)
{
}

DexFuture *
sobre_credentials_provider_provide (SobreCredentialsProvider *self)
{
  return SOBRE_CREDENTIALS_PROVIDER_GET_IFACE (self)->provide (self);
}

void
sobre_credentials_provider_renew (SobreCredentialsProvider *self, const SobreCredentials *refused)
{
  SobreCredentialsProviderInterface *iface = SOBRE_CREDENTIALS_PROVIDER_GET_IFACE (self);

  if (iface->renew != NULL)
    iface->renew (self, refused);
}

/* A core without memory would not do: the vector registers hold whatever was copied last. The leak checker needs to look into its own process. */
void
sobre_credentials_leave_no_image (void)
{
  if (!SOBRE_SANITIZED && prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_warning ("a crash would leave an image of the process");
}

static void
clear_secret (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
clear (gpointer data)
{
  SobreCredentials *self = data;

  clear_secret (&self->access_key_id);
  clear_secret (&self->secret_access_key);
  clear_secret (&self->session_token);
  g_free (self->source);
}

SobreCredentials *
sobre_credentials_new (const char *access_key_id,
                       const char *secret_access_key,
                       const char *session_token,
                       gint64 expires_at,
                       const char *source)
{
  SobreCredentials *self = g_atomic_rc_box_new0 (SobreCredentials);

  sobre_credentials_leave_no_image ();
  self->access_key_id = g_strdup (access_key_id);
  self->secret_access_key = g_strdup (secret_access_key);
  self->session_token = g_strdup (session_token);
  self->expires_at = expires_at;
  self->source = g_strdup (source);
  return self;
}

SobreCredentials *
sobre_credentials_ref (SobreCredentials *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_credentials_unref (SobreCredentials *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
sobre_credentials_get_access_key_id (const SobreCredentials *self)
{
  return self->access_key_id;
}

const char *
sobre_credentials_get_secret_access_key (const SobreCredentials *self)
{
  return self->secret_access_key;
}

const char *
sobre_credentials_get_session_token (const SobreCredentials *self)
{
  return self->session_token;
}

gint64
sobre_credentials_get_expires_at (const SobreCredentials *self)
{
  return self->expires_at;
}

const char *
sobre_credentials_get_source (const SobreCredentials *self)
{
  return self->source;
}
