/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-account.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-credentials-chain.h"
#include "aws/sobre-fixed-provider.h"
#include "aws/sobre-keyring-provider.h"
#include "aws/sobre-profile-provider.h"

struct _SobreAwsAccount
{
  GObject parent_instance;

  SobreAwsMeans means;
  SobreAwsConfig *config;
  char *profile;
  char *region;
  SobreCredentialsProvider *provider;
  SobreAwsClient *clients[SOBRE_N_AWS_SERVICES];
};

G_DEFINE_FINAL_TYPE (SobreAwsAccount, sobre_aws_account, G_TYPE_OBJECT)

static gboolean
choose_region (SobreAwsAccount *self, const SobreAwsChoice *choice, GError **error)
{
  const char *region = choice->region != NULL ? choice->region : sobre_aws_config_get_region (self->config, self->profile);

  if (sobre_aws_region_is_valid (region))
    {
      self->region = g_strdup (region);
      return TRUE;
    }
  if (region == NULL)
    g_propagate_error (error, sobre_aws_error_new (
                                  SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL,
                                  _ ("No AWS region is chosen: set “aws”: {“region”: …} in workspace.json, AWS_REGION, or the "
                                     "region of profile “%s”"),
                                  self->profile));
  else
    g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL,
                                                   _ ("“%s” is no name of an AWS region, such as eu-central-1"), region));
  return FALSE;
}

static gboolean
check_endpoints (SobreAwsAccount *self, GError **error)
{
  for (guint service = 0; service < SOBRE_N_AWS_SERVICES; service++)
    {
      const char *endpoint = sobre_aws_config_get_endpoint (self->config, self->profile, service);

      if (endpoint == NULL || sobre_http_url_is_allowed (endpoint))
        continue;
      g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL,
                                                     _ ("The endpoint “%s” is neither https nor on this computer"), endpoint));
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_provider (SobreAwsAccount *self, const SobreAwsChoice *choice, GError **error)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);
  const char *home = sobre_aws_config_getenv (self->config, "HOME");
  SobreProfileContext context = { &self->means, self->config, home != NULL ? home : g_get_home_dir (), self->region,
                                  choice->mfa };
  SobreCredentialsProvider *environment = choice->profile == NULL ? sobre_environment_provider_new (self->config) : NULL;
  SobreCredentialsProvider *profile = NULL;
  GError *failure = NULL;

  if (environment != NULL)
    g_ptr_array_add (providers, environment);
  else
    profile = sobre_profile_provider_new (&context, self->profile, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (profile != NULL)
    g_ptr_array_add (providers, profile);
  else if (environment == NULL)
    g_ptr_array_add (providers, sobre_keyring_provider_new (self->profile));
  self->provider = sobre_credentials_chain_new (g_steal_pointer (&providers), self->profile);
  return TRUE;
}

SobreAwsAccount *
sobre_aws_account_open (const SobreAwsMeans *means,
                        const SobreAwsChoice *choice,
                        const char *const *environment,
                        GError **error)
{
  g_autoptr (SobreAwsAccount) self = g_object_new (SOBRE_TYPE_AWS_ACCOUNT, NULL);

  self->means = (SobreAwsMeans) { g_object_ref (means->http), g_object_ref (means->clock), g_object_ref (means->random) };
  self->config = sobre_aws_config_load (environment, error);
  if (self->config == NULL)
    return NULL;
  self->profile = g_strdup (sobre_aws_config_get_profile (self->config, choice->profile));
  if (!choose_region (self, choice, error) || !check_endpoints (self, error) || !make_provider (self, choice, error))
    return NULL;
  for (guint service = 0; service < SOBRE_N_AWS_SERVICES; service++)
    self->clients[service] = sobre_aws_account_new_client (self, service, sobre_aws_service_get_region (service, self->region));
  return g_steal_pointer (&self);
}

static void
sobre_aws_account_finalize (GObject *object)
{
  SobreAwsAccount *self = SOBRE_AWS_ACCOUNT (object);

  for (guint service = 0; service < SOBRE_N_AWS_SERVICES; service++)
    g_clear_object (&self->clients[service]);
  g_clear_object (&self->provider);
  g_clear_object (&self->means.http);
  g_clear_object (&self->means.clock);
  g_clear_object (&self->means.random);
  g_clear_pointer (&self->config, sobre_aws_config_unref);
  g_free (self->profile);
  g_free (self->region);
  G_OBJECT_CLASS (sobre_aws_account_parent_class)->finalize (object);
}

static void
sobre_aws_account_class_init (SobreAwsAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_aws_account_finalize;
}

static void
sobre_aws_account_init (SobreAwsAccount *self)
{
}

const char *
sobre_aws_account_get_profile (SobreAwsAccount *self)
{
  return self->profile;
}

const char *
sobre_aws_account_get_region (SobreAwsAccount *self)
{
  return self->region;
}

const SobreAwsMeans *
sobre_aws_account_get_means (SobreAwsAccount *self)
{
  return &self->means;
}

SobreAwsConfig *
sobre_aws_account_get_config (SobreAwsAccount *self)
{
  return self->config;
}

SobreCredentialsProvider *
sobre_aws_account_get_provider (SobreAwsAccount *self)
{
  return self->provider;
}

SobreAwsClient *
sobre_aws_account_new_client (SobreAwsAccount *self, SobreAwsService service, const char *region)
{
  return sobre_aws_client_new (&self->means, service, region,
                               sobre_aws_config_get_endpoint (self->config, self->profile, service), self->provider,
                               sobre_aws_config_get_max_attempts (self->config, self->profile));
}

SobreAwsClient *
sobre_aws_account_get_client (SobreAwsAccount *self, SobreAwsService service)
{
  g_return_val_if_fail ((guint) service < SOBRE_N_AWS_SERVICES, NULL);
  return self->clients[service];
}
