/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-fixed-provider.h"

struct _SobreFixedProvider
{
  GObject parent_instance;

  SobreCredentials *credentials;
};

static DexFuture *
fixed_provider_provide (SobreCredentialsProvider *provider)
{
  SobreFixedProvider *self = SOBRE_FIXED_PROVIDER (provider);

  return dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, sobre_credentials_ref (self->credentials));
}

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = fixed_provider_provide;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreFixedProvider,
                               sobre_fixed_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

static void
sobre_fixed_provider_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_FIXED_PROVIDER (object)->credentials, sobre_credentials_unref);
  G_OBJECT_CLASS (sobre_fixed_provider_parent_class)->finalize (object);
}

static void
sobre_fixed_provider_class_init (SobreFixedProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_fixed_provider_finalize;
}

static void
sobre_fixed_provider_init (SobreFixedProvider *self)
{
}

SobreCredentialsProvider *
sobre_fixed_provider_new (SobreCredentials *credentials)
{
  SobreFixedProvider *self = g_object_new (SOBRE_TYPE_FIXED_PROVIDER, NULL);

  self->credentials = sobre_credentials_ref (credentials);
  return SOBRE_CREDENTIALS_PROVIDER (self);
}

SobreCredentialsProvider *
sobre_environment_provider_new (const SobreAwsConfig *config)
{
  const char *id = sobre_aws_config_getenv (config, "AWS_ACCESS_KEY_ID");
  const char *secret = sobre_aws_config_getenv (config, "AWS_SECRET_ACCESS_KEY");
  g_autoptr (SobreCredentials) credentials = NULL;

  if (id == NULL || secret == NULL)
    return NULL;
  credentials = sobre_credentials_new (id, secret, sobre_aws_config_getenv (config, "AWS_SESSION_TOKEN"),
                                       SOBRE_CREDENTIALS_NEVER, "environment");
  return sobre_fixed_provider_new (credentials);
}
