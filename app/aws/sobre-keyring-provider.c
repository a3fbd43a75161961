/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-keyring-provider.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

struct _SobreKeyringProvider
{
  GObject parent_instance;

  char *profile;
};

static DexFuture *keyring_provider_provide (SobreCredentialsProvider *provider);

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = keyring_provider_provide;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreKeyringProvider,
                               sobre_keyring_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = { "io.github.sobremesa.Sobremesa.AwsKeys",
                                       SECRET_SCHEMA_NONE,
                                       { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
                                       0,
                                       0,
                                       0,
                                       0,
                                       0,
                                       0,
                                       0,
                                       0 };

  return &schema;
}

static gboolean
fail (const GError *cause, GError **error)
{
  g_propagate_error (
      error, sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL, _ ("The keyring cannot be used: %s"), cause->message));
  return FALSE;
}

static gboolean
is_key_id (const char *text)
{
  gsize length = strlen (text);

  return length >= 16 && length <= 128 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz_") == length;
}

/* The item's secret is "ID SECRET"; neither holds a blank. */
static SobreCredentials *
look_up (const char *profile, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *source = g_strdup_printf ("keyring, profile %s", profile);
  char *text = secret_password_lookup_sync (get_schema (), NULL, &failure, "profile", profile, NULL);
  char *blank = text != NULL ? strchr (text, ' ') : NULL;
  SobreCredentials *credentials = NULL;

  if (blank != NULL)
    {
      *blank = '\0';
      credentials = sobre_credentials_new (text, blank + 1, NULL, SOBRE_CREDENTIALS_NEVER, source);
      *blank = ' ';
    }
  else
    /* A session without a keyring has nothing to say either: whoever asks goes on to the next. */
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         failure != NULL ? failure->message : _ ("no keys in the keyring"));
  secret_password_free (text);
  return credentials;
}

static DexFuture *
provide_worker (gpointer data)
{
  GError *error = NULL;
  SobreCredentials *given = look_up (((SobreKeyringProvider *) data)->profile, &error);

  return given != NULL ? dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, given) : dex_future_new_for_error (error);
}

static DexFuture *
keyring_provider_provide (SobreCredentialsProvider *provider)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, provide_worker, g_object_ref (provider),
                              g_object_unref);
}

gboolean
sobre_keyring_store (const char *profile,
                     const char *access_key_id,
                     const char *secret_access_key,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *label = g_strdup_printf (_ ("AWS keys of Sobremesa, profile %s"), profile);
  g_autoptr (GError) failure = NULL;
  gboolean stored;
  char *text;

  if (!is_key_id (access_key_id) || secret_access_key[0] == '\0' || strpbrk (secret_access_key, " \t\r\n") != NULL)
    {
      g_propagate_error (
          error,
          sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL, "%s",
                               _ ("That is no access key: it has an id of capitals and digits and a secret without blanks")));
      return FALSE;
    }
  text = g_strconcat (access_key_id, " ", secret_access_key, NULL);
  stored = secret_password_store_sync (get_schema (), SECRET_COLLECTION_DEFAULT, label, text, cancellable, &failure, "profile",
                                       profile, NULL);
  explicit_bzero (text, strlen (text));
  g_free (text);
  return stored ? TRUE : fail (failure, error);
}

gboolean
sobre_keyring_clear (const char *profile, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;

  secret_password_clear_sync (get_schema (), cancellable, &failure, "profile", profile, NULL);
  return failure == NULL ? TRUE : fail (failure, error);
}

static void
sobre_keyring_provider_finalize (GObject *object)
{
  g_free (SOBRE_KEYRING_PROVIDER (object)->profile);
  G_OBJECT_CLASS (sobre_keyring_provider_parent_class)->finalize (object);
}

static void
sobre_keyring_provider_class_init (SobreKeyringProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_keyring_provider_finalize;
}

static void
sobre_keyring_provider_init (SobreKeyringProvider *self)
{
}

SobreCredentialsProvider *
sobre_keyring_provider_new (const char *profile)
{
  SobreKeyringProvider *self = g_object_new (SOBRE_TYPE_KEYRING_PROVIDER, NULL);

  self->profile = g_strdup (profile);
  return SOBRE_CREDENTIALS_PROVIDER (self);
}
