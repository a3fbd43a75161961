/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-assume-role-provider.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-sts.h"

#define MIN_DURATION 900
#define MAX_DURATION 43200
#define MAX_CODES 3

struct _SobreAssumeRoleProvider
{
  GObject parent_instance;

  SobreAwsConfig *config;
  char *profile;
  SobreCredentialsProvider *source;
  SobreAwsClient *sts;
  SobreMfa *mfa;
};

static DexFuture *assume_role_provider_provide (SobreCredentialsProvider *provider);

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = assume_role_provider_provide;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreAssumeRoleProvider,
                               sobre_assume_role_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

static const char *
get_setting (SobreAssumeRoleProvider *self, const char *key)
{
  return sobre_aws_config_get (self->config, SOBRE_AWS_SECTION_PROFILE, self->profile, key);
}

static guint
get_duration (SobreAssumeRoleProvider *self)
{
  const char *text = get_setting (self, "duration_seconds");
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, MIN_DURATION, MAX_DURATION, &number, NULL) ? (guint) number : 0;
}

static SobreCredentials *
assume (SobreAssumeRoleProvider *self, const char *serial, const char *code, GError **error)
{
  const char *name = get_setting (self, "role_session_name");
  g_autofree char *source = g_strdup_printf ("role of profile %s", self->profile);
  const SobreRole role = {
    .arn = get_setting (self, "role_arn"),
    .session_name = name != NULL ? name : "sobremesa",
    .external_id = get_setting (self, "external_id"),
    .mfa_serial = serial,
    .mfa_code = code,
    .duration_seconds = get_duration (self),
  };

  return dex_await_boxed (sobre_sts_assume_role (self->sts, &role, source, NULL), error);
}

/* A code that AWS does not take is asked for again, with what AWS said of it: it may have been mistyped, or have run out while it was. */
static SobreCredentials *
assume_with_code (SobreAssumeRoleProvider *self, const char *serial, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  SobreCredentials *given = NULL;

  for (guint i = 0; given == NULL && i < MAX_CODES; i++)
    {
      g_autofree char *code =
          dex_await_string (sobre_mfa_ask (self->mfa, serial, refusal != NULL ? refusal->message : NULL), error);

      if (code == NULL)
        return NULL;
      g_clear_error (&refusal);
      given = assume (self, serial, code, &refusal);
      if (given == NULL && !g_error_matches (refusal, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED))
        break;
    }
  if (given == NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return given;
}

static DexFuture *
provide_fiber (gpointer data)
{
  SobreAssumeRoleProvider *self = data;
  const char *serial = get_setting (self, "mfa_serial");
  GError *error = NULL;
  SobreCredentials *given;

  if (serial != NULL && self->mfa == NULL)
    return dex_future_new_for_error (sobre_aws_error_new (
        SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
        _ ("The role of profile “%s” wants the code that %s shows, and there is nobody to ask for it: run the command on a "
           "terminal, or use a profile without mfa_serial"),
        self->profile, serial));
  given = serial != NULL ? assume_with_code (self, serial, &error) : assume (self, NULL, NULL, &error);
  return given != NULL ? dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, given) : dex_future_new_for_error (error);
}

static DexFuture *
assume_role_provider_provide (SobreCredentialsProvider *provider)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, provide_fiber, g_object_ref (provider),
                              g_object_unref);
}

static void
sobre_assume_role_provider_finalize (GObject *object)
{
  SobreAssumeRoleProvider *self = SOBRE_ASSUME_ROLE_PROVIDER (object);

  g_clear_pointer (&self->config, sobre_aws_config_unref);
  g_free (self->profile);
  g_clear_object (&self->source);
  g_clear_object (&self->sts);
  g_clear_pointer (&self->mfa, sobre_mfa_unref);
  G_OBJECT_CLASS (sobre_assume_role_provider_parent_class)->finalize (object);
}

static void
sobre_assume_role_provider_class_init (SobreAssumeRoleProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_assume_role_provider_finalize;
}

static void
sobre_assume_role_provider_init (SobreAssumeRoleProvider *self)
{
}

SobreCredentialsProvider *
sobre_assume_role_provider_new (const SobreAwsMeans *means,
                                SobreAwsConfig *config,
                                const char *profile,
                                const char *region,
                                SobreCredentialsProvider *source,
                                SobreMfa *mfa)
{
  SobreAssumeRoleProvider *self = g_object_new (SOBRE_TYPE_ASSUME_ROLE_PROVIDER, NULL);

  self->config = sobre_aws_config_ref (config);
  self->profile = g_strdup (profile);
  self->source = g_object_ref (source);
  self->sts =
      sobre_aws_client_new (means, SOBRE_AWS_STS, region, sobre_aws_config_get_endpoint (config, profile, SOBRE_AWS_STS),
                            source, sobre_aws_config_get_max_attempts (config, profile));
  self->mfa = mfa != NULL ? sobre_mfa_ref (mfa) : NULL;
  return SOBRE_CREDENTIALS_PROVIDER (self);
}
