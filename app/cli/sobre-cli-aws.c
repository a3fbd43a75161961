/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The AWS account: who is signed in, signing in, and keys that are typed in. */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-keyring-provider.h"
#include "aws/sobre-sso.h"
#include "aws/sobre-sts.h"
#include "cli/sobre-cli-ask.h"
#include "model/sobre-json-members.h"

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->output, document);
}

static void
print_status (SobreCli *self,
              SobreAwsAccount *account,
              const SobreCredentials *credentials,
              const SobreCallerIdentity *identity)
{
  const char *profile = sobre_aws_account_get_profile (account);
  const char *region = sobre_aws_account_get_region (account);
  gint64 expires_at = sobre_credentials_get_expires_at (credentials);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GDateTime) expires =
      expires_at != SOBRE_CREDENTIALS_NEVER ? g_date_time_new_from_unix_utc (expires_at / 1000) : NULL;
  g_autofree char *until = expires != NULL ? g_date_time_format_iso8601 (expires) : NULL;

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "profile", profile);
  sobre_json_add_text (builder, "region", region);
  sobre_json_add_text (builder, "keys", sobre_credentials_get_source (credentials));
  sobre_json_add_text (builder, "expires", until);
  sobre_json_add_text (builder, "account", identity->account);
  sobre_json_add_text (builder, "arn", identity->arn);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (self->output, _ ("Account %s as %s"), identity->account, identity->arn);
  sobre_cli_output_print (self->output, _ ("Profile %s, region %s, keys from: %s"), profile, region,
                          sobre_credentials_get_source (credentials));
  if (until != NULL)
    sobre_cli_output_print (self->output, _ ("The keys hold until %s and are renewed by themselves"), until);
}

SobreCliStatus
sobre_cli_aws_status (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (DexFuture) given = NULL;
  g_autoptr (DexFuture) asked = NULL;
  SobreAwsAccount *account;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  account = sobre_workspace_get_account (workspace, &error);
  if (account == NULL)
    return sobre_cli_fail (self, error);
  given = sobre_credentials_provider_provide (sobre_aws_account_get_provider (account));
  if (!sobre_cli_await (self, dex_ref (given), &error))
    return sobre_cli_fail (self, error);
  asked = sobre_sts_get_caller_identity (sobre_aws_account_get_client (account, SOBRE_AWS_STS), NULL);
  if (!sobre_cli_await (self, dex_ref (asked), &error))
    return sobre_cli_fail (self, error);
  print_status (self, account, g_value_get_boxed (dex_future_get_value (given, NULL)),
                g_value_get_boxed (dex_future_get_value (asked, NULL)));
  return SOBRE_CLI_DONE;
}

/* Called on a thread of the pool: the output is not for that thread, so the invitation goes to the main context. */
typedef struct
{
  SobreCli *cli;
  char *user_code;
  char *uri;
  char *uri_complete;
} Invitation;

static void
invitation_free (gpointer data)
{
  Invitation *invitation = data;

  g_free (invitation->user_code);
  g_free (invitation->uri);
  g_free (invitation->uri_complete);
  g_free (invitation);
}

static gboolean
show_invitation_cb (gpointer data)
{
  Invitation *invitation = data;

  sobre_cli_output_warn (invitation->cli->output, _ ("Open %s and type the code %s, or open %s"), invitation->uri,
                         invitation->user_code, invitation->uri_complete);
  /* Where there is a desktop, its browser opens the page; where there is none, the address is enough. */
  g_app_info_launch_default_for_uri (invitation->uri_complete, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
invite_cb (const SobreSsoInvitation *from, gpointer user_data)
{
  Invitation *invitation = g_new0 (Invitation, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  invitation->cli = user_data;
  invitation->user_code = g_strdup (from->user_code);
  invitation->uri = g_strdup (from->uri);
  invitation->uri_complete = g_strdup (from->uri_complete);
  g_source_set_callback (source, show_invitation_cb, invitation, invitation_free);
  g_source_attach (source, NULL);
}

static SobreAwsConfig *
load_config (SobreWorkspace *workspace, char **profile, GError **error)
{
  g_auto (GStrv) environment = g_get_environ ();
  SobreAwsConfig *config = sobre_aws_config_load ((const char *const *) environment, error);

  if (config != NULL && *profile == NULL)
    {
      g_autofree char *chosen = NULL;
      g_autofree char *region = NULL;

      sobre_workspace_dup_account_choice (workspace, &chosen, &region);
      *profile = g_strdup (sobre_aws_config_get_profile (config, chosen));
    }
  return config;
}

static SobreCliStatus
log_in (SobreCli *self, SobreAwsConfig *config, const char *profile)
{
  g_autoptr (SobreHttp) http = sobre_http_new ();
  SobreAwsMeans means = { http, self->clock, self->random };
  const char *home = sobre_aws_config_getenv (config, "HOME");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (SobreSsoSettings) settings = NULL;
  DexFuture *future;
  GError *error = NULL;
  gboolean done;

  settings = sobre_sso_settings_find (config, profile, &error);
  if (settings == NULL && error == NULL)
    error = sobre_aws_error_new (
        SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL,
        _ ("Profile “%s” does not sign in with SSO: “aws configure sso” sets it up, and “sobremesa aws keys” takes an "
           "access key instead"),
        profile);
  if (settings == NULL)
    return sobre_cli_fail (self, error);
  future = sobre_sso_login (&means, config, profile, settings, home != NULL ? home : g_get_home_dir (), invite_cb, self,
                            cancellable);
  done = sobre_cli_await (self, future, &error);
  g_cancellable_cancel (cancellable);
  if (!done)
    return sobre_cli_fail (self, error);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "profile", profile);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (self->output, _ ("Signed in for profile %s"), profile);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_aws_login (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *profile = NULL;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, N_ ("The profile of the AWS settings; else the workspace's"), "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreAwsConfig) config = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  config = load_config (workspace, &profile, &error);
  return config != NULL ? log_in (self, config, profile) : sobre_cli_fail (self, error);
}

static void
clear_secret (char *secret)
{
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* Returns: (transfer full) (nullable): the answer, of which nothing stays behind elsewhere */
static char *
ask (SobreCli *self, const char *question, gboolean secret, GError **error)
{
  g_autoptr (DexFuture) future = sobre_cli_ask (self, question, secret);
  char *line, *copy;

  if (!sobre_cli_finish (self, dex_ref (future), error))
    return NULL;
  line = (char *) g_value_get_string (dex_future_get_value (future, NULL));
  copy = g_strstrip (g_strdup (line));
  explicit_bzero (line, strlen (line));
  return copy;
}

static gboolean
take_keys (SobreCli *self, const char *profile, GError **error)
{
  g_autofree char *id = ask (self, _ ("Access key id:"), FALSE, error);
  char *secret = id != NULL ? ask (self, _ ("Secret access key:"), TRUE, error) : NULL;
  gboolean stored = secret != NULL && sobre_keyring_store (profile, id, secret, NULL, error);

  g_clear_pointer (&secret, clear_secret);
  return stored;
}

SobreCliStatus
sobre_cli_aws_keys (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *profile = NULL;
  gboolean clear = FALSE;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, N_ ("The profile that the keys are for; else the workspace's"), "NAME" },
    { "clear", 0, 0, G_OPTION_ARG_NONE, &clear, N_ ("Take the keys out of the keyring"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreAwsConfig) config = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  config = load_config (workspace, &profile, &error);
  if (config == NULL || !(clear ? sobre_keyring_clear (profile, NULL, &error) : take_keys (self, profile, &error)))
    return sobre_cli_fail (self, error);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "profile", profile);
  json_builder_end_object (builder);
  print_document (self, builder);
  if (clear)
    sobre_cli_output_print (self->output, _ ("The keyring holds no keys for profile %s any more"), profile);
  else
    sobre_cli_output_print (self->output, _ ("The keyring holds the keys for profile %s; “sobremesa aws status” tries them"),
                            profile);
  return SOBRE_CLI_DONE;
}
