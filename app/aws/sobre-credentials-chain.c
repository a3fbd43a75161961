/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-credentials-chain.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

struct _SobreCredentialsChain
{
  GObject parent_instance;

  GPtrArray *providers;
  char *profile;
};

static DexFuture *chain_provide (SobreCredentialsProvider *provider);
static void chain_renew (SobreCredentialsProvider *provider, const SobreCredentials *refused);

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = chain_provide;
  iface->renew = chain_renew;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreCredentialsChain,
                               sobre_credentials_chain,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

static DexFuture *
provide_fiber (gpointer data)
{
  SobreCredentialsChain *self = data;

  for (guint i = 0; i < self->providers->len; i++)
    {
      GError *error = NULL;
      SobreCredentials *given =
          dex_await_boxed (sobre_credentials_provider_provide (g_ptr_array_index (self->providers, i)), &error);

      if (given != NULL)
        return dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, given);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return dex_future_new_for_error (error);
      g_error_free (error);
    }
  return dex_future_new_for_error (sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
                                                        _ ("There are no AWS keys for profile “%s”: “sobremesa aws login” "
                                                           "signs in with SSO, “sobremesa aws keys” takes an access "
                                                           "key, and the AWS CLI's settings count as well"),
                                                        self->profile));
}

static DexFuture *
chain_provide (SobreCredentialsProvider *provider)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, provide_fiber, g_object_ref (provider),
                              g_object_unref);
}

static void
chain_renew (SobreCredentialsProvider *provider, const SobreCredentials *refused)
{
  SobreCredentialsChain *self = SOBRE_CREDENTIALS_CHAIN (provider);

  for (guint i = 0; i < self->providers->len; i++)
    sobre_credentials_provider_renew (g_ptr_array_index (self->providers, i), refused);
}

static void
sobre_credentials_chain_finalize (GObject *object)
{
  SobreCredentialsChain *self = SOBRE_CREDENTIALS_CHAIN (object);

  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_free (self->profile);
  G_OBJECT_CLASS (sobre_credentials_chain_parent_class)->finalize (object);
}

static void
sobre_credentials_chain_class_init (SobreCredentialsChainClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_credentials_chain_finalize;
}

static void
sobre_credentials_chain_init (SobreCredentialsChain *self)
{
}

SobreCredentialsProvider *
sobre_credentials_chain_new (GPtrArray *providers, const char *profile)
{
  SobreCredentialsChain *self = g_object_new (SOBRE_TYPE_CREDENTIALS_CHAIN, NULL);

  self->providers = providers;
  self->profile = g_strdup (profile);
  return SOBRE_CREDENTIALS_PROVIDER (self);
}
