/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-profile-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-cached-provider.h"
#include "aws/sobre-fixed-provider.h"
#include "aws/sobre-process-provider.h"
#include "aws/sobre-sso.h"

static SobreCredentialsProvider *
follow (const SobreProfileContext *context, const char *profile, GHashTable *seen, gboolean roles, GError **error);

static const char *
get (const SobreProfileContext *context, const char *profile, const char *key)
{
  return sobre_aws_config_get (context->config, SOBRE_AWS_SECTION_PROFILE, profile, key);
}

static gpointer
fail (GError **error, const char *profile, const char *what)
{
  g_propagate_error (error,
                     sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL, _ ("AWS profile “%s”: %s"), profile, what));
  return NULL;
}

/* Keys that cost a request are kept until they run out. */
static SobreCredentialsProvider *
keep (const SobreProfileContext *context, SobreCredentialsProvider *source)
{
  SobreCredentialsProvider *kept = sobre_cached_provider_new (source, context->means->clock, context->means->random);

  g_object_unref (source);
  return kept;
}

/* Whose keys ask for the role. */
static SobreCredentialsProvider *
find_source (const SobreProfileContext *context, const char *profile, GHashTable *seen, GError **error)
{
  const char *source_profile = get (context, profile, "source_profile");
  const char *credential_source = get (context, profile, "credential_source");
  SobreCredentialsProvider *source = NULL;
  GError *failure = NULL;

  if (source_profile != NULL)
    {
      /* A profile that names itself means the keys beside its role. */
      source = follow (context, source_profile, seen, strcmp (source_profile, profile) != 0, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      return source != NULL ? source : fail (error, profile, _ ("its source_profile has no keys"));
    }
  if (credential_source == NULL)
    return fail (error, profile, _ ("a role_arn wants a source_profile or a credential_source"));
  if (strcmp (credential_source, "Environment") != 0)
    return fail (error, profile, _ ("the only credential_source that a laptop has is Environment"));
  source = sobre_environment_provider_new (context->config);
  return source != NULL ? source
                        : fail (error, profile, _ ("the environment has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
}

static SobreCredentialsProvider *
make_role (const SobreProfileContext *context, const char *profile, GHashTable *seen, GError **error)
{
  g_autoptr (SobreCredentialsProvider) source = find_source (context, profile, seen, error);

  if (source == NULL)
    return NULL;
  return keep (context, sobre_assume_role_provider_new (context->means, context->config, profile, context->region, source,
                                                        context->mfa));
}

static SobreCredentialsProvider *
make_fixed (const SobreProfileContext *context, const char *profile)
{
  g_autofree char *source = g_strdup_printf ("profile %s", profile);
  g_autoptr (SobreCredentials) credentials =
      sobre_credentials_new (get (context, profile, "aws_access_key_id"), get (context, profile, "aws_secret_access_key"),
                             get (context, profile, "aws_session_token"), SOBRE_CREDENTIALS_NEVER, source);

  return sobre_fixed_provider_new (credentials);
}

/* @roles: whether a role_arn counts */
static SobreCredentialsProvider *
follow (const SobreProfileContext *context, const char *profile, GHashTable *seen, gboolean roles, GError **error)
{
  SobreSsoSettings *sso;
  const char *command;
  GError *failure = NULL;

  if (!sobre_aws_config_has (context->config, SOBRE_AWS_SECTION_PROFILE, profile))
    return strcmp (profile, "default") == 0 ? NULL : fail (error, profile, _ ("there is no such profile"));
  if (roles && !g_hash_table_add (seen, g_strdup (profile)))
    return fail (error, profile, _ ("its source_profile leads back to it"));
  if (roles && get (context, profile, "role_arn") != NULL)
    return make_role (context, profile, seen, error);
  if (get (context, profile, "aws_access_key_id") != NULL)
    return get (context, profile, "aws_secret_access_key") != NULL
               ? make_fixed (context, profile)
               : fail (error, profile, _ ("it has an aws_access_key_id and no aws_secret_access_key"));
  sso = sobre_sso_settings_find (context->config, profile, &failure);
  if (sso != NULL)
    return keep (context, sobre_sso_provider_new (context->means, context->config, profile, sso, context->home));
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  command = get (context, profile, "credential_process");
  return command != NULL ? keep (context, sobre_process_provider_new (command, profile)) : NULL;
}

SobreCredentialsProvider *
sobre_profile_provider_new (const SobreProfileContext *context, const char *profile, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return follow (context, profile, seen, TRUE, error);
}
