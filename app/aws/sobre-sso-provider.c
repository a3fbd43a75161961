/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-reply.h"
#include "aws/sobre-sso-private.h"

#define AHEAD_MS (5 * 60 * 1000) /* a token is renewed that long before it runs out */

struct _SobreSsoProvider
{
  GObject parent_instance;

  SobreSsoSettings *settings;
  char *profile;
  char *path;
  SobreClock *clock;
  SobreAwsClient *portal;
  SobreAwsClient *oidc;
};

static DexFuture *sso_provider_provide (SobreCredentialsProvider *provider);

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = sso_provider_provide;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreSsoProvider,
                               sobre_sso_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  if (g_str_has_suffix (name, "[]"))
    {
      g_autofree char *array = g_strndup (name, strlen (name) - 2);

      json_builder_set_member_name (builder, array);
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, value);
      json_builder_end_array (builder);
      return;
    }
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

JsonObject *
sobre_sso_ask (SobreAwsClient *client, const char *path, const char *const *members, GCancellable *cancellable, GError **error)
{
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new ("POST", path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (SobreHttpReply) reply = NULL;
  g_autofree char *body = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; members[i] != NULL; i += 2)
    add_member (builder, members[i], members[i + 1]);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  body = json_to_string (root, FALSE);
  request->body = g_bytes_new (body, strlen (body));
  explicit_bzero (body, strlen (body));
  sobre_aws_request_add_header (request, "content-type", "application/json");
  reply = dex_await_boxed (sobre_aws_client_send (client, request, cancellable), error);
  return reply != NULL ? sobre_aws_reply_parse_json (reply, error) : NULL;
}

static gboolean
fail_signed_out (SobreSsoProvider *self, GError **error)
{
  g_propagate_error (
      error, sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
                                  _ ("Nobody is signed in for profile “%s”: “sobremesa aws login --profile %s” signs in"),
                                  self->profile, self->profile));
  return FALSE;
}

/* A token that runs out is exchanged with the refresh token for a new one, while the registration holds. */
static gboolean
refresh (SobreSsoProvider *self, SobreSsoToken *token, GError **error)
{
  gint64 now = sobre_clock_now (self->clock);
  const char *members[] = { "clientId",           token->client_id,     "clientSecret",
                            token->client_secret, "grantType",          "refresh_token",
                            "refreshToken",       token->refresh_token, NULL };
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (GError) failure = NULL;

  if (token->refresh_token == NULL || token->client_id == NULL || token->client_secret == NULL ||
      token->registration_expires_at <= now)
    return token->expires_at > now ? TRUE : fail_signed_out (self, error);
  reply = sobre_sso_ask (self->oidc, "/token", members, NULL, &failure);
  if (reply == NULL && token->expires_at > now)
    return TRUE;
  if (reply == NULL && sobre_aws_error_get_status (failure) >= 400 && sobre_aws_error_get_status (failure) < 500)
    return fail_signed_out (self, error);
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return sobre_sso_take_token (reply, now, token, error) && sobre_sso_token_save (token, self->settings, self->path, error);
}

static SobreCredentials *
read_credentials (SobreSsoProvider *self, const SobreHttpReply *reply, GError **error)
{
  g_autoptr (JsonObject) object = sobre_aws_reply_parse_json (reply, error);
  JsonNode *node = object != NULL ? json_object_get_member (object, "roleCredentials") : NULL;
  JsonObject *given = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *source = g_strdup_printf ("SSO of profile %s", self->profile);
  const char *id, *secret;

  if (object == NULL)
    return NULL;
  id = given != NULL ? sobre_sso_get_text (given, "accessKeyId") : NULL;
  secret = given != NULL ? sobre_sso_get_text (given, "secretAccessKey") : NULL;
  if (id != NULL && secret != NULL)
    return sobre_credentials_new (id, secret, sobre_sso_get_text (given, "sessionToken"),
                                  sobre_sso_get_number (given, "expiration", 0), source);
  g_propagate_error (error,
                     sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, "%s", _ ("The reply holds no keys")));
  return NULL;
}

static DexFuture *
provide_fiber (gpointer data)
{
  SobreSsoProvider *self = data;
  g_autoptr (SobreSsoToken) token = sobre_sso_token_load (self->path);
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new ("GET", "/federation/credentials");
  g_autoptr (SobreHttpReply) reply = NULL;
  SobreCredentials *given;
  GError *error = NULL;

  if (token == NULL)
    fail_signed_out (self, &error);
  else if (token->expires_at - AHEAD_MS <= sobre_clock_now (self->clock))
    refresh (self, token, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  sobre_aws_request_add_query (request, "role_name", self->settings->role_name);
  sobre_aws_request_add_query (request, "account_id", self->settings->account_id);
  sobre_aws_request_add_header (request, "x-amz-sso_bearer_token", token->access_token);
  reply = dex_await_boxed (sobre_aws_client_send (self->portal, request, NULL), &error);
  if (reply == NULL && sobre_aws_error_get_status (error) == 401)
    {
      g_clear_error (&error);
      fail_signed_out (self, &error);
    }
  given = reply != NULL ? read_credentials (self, reply, &error) : NULL;
  return given != NULL ? dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, given) : dex_future_new_for_error (error);
}

static DexFuture *
sso_provider_provide (SobreCredentialsProvider *provider)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, provide_fiber, g_object_ref (provider),
                              g_object_unref);
}

static void
sobre_sso_provider_finalize (GObject *object)
{
  SobreSsoProvider *self = SOBRE_SSO_PROVIDER (object);

  g_clear_pointer (&self->settings, sobre_sso_settings_free);
  g_free (self->profile);
  g_free (self->path);
  g_clear_object (&self->clock);
  g_clear_object (&self->portal);
  g_clear_object (&self->oidc);
  G_OBJECT_CLASS (sobre_sso_provider_parent_class)->finalize (object);
}

static void
sobre_sso_provider_class_init (SobreSsoProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_sso_provider_finalize;
}

static void
sobre_sso_provider_init (SobreSsoProvider *self)
{
}

SobreCredentialsProvider *
sobre_sso_provider_new (const SobreAwsMeans *means,
                        SobreAwsConfig *config,
                        const char *profile,
                        SobreSsoSettings *settings,
                        const char *home)
{
  SobreSsoProvider *self = g_object_new (SOBRE_TYPE_SSO_PROVIDER, NULL);
  guint attempts = sobre_aws_config_get_max_attempts (config, profile);

  self->settings = settings;
  self->profile = g_strdup (profile);
  self->path = sobre_sso_token_dup_path (settings, home);
  self->clock = g_object_ref (means->clock);
  self->portal = sobre_aws_client_new (means, SOBRE_AWS_SSO, settings->region,
                                       sobre_aws_config_get_endpoint (config, profile, SOBRE_AWS_SSO), NULL, attempts);
  self->oidc = sobre_aws_client_new (means, SOBRE_AWS_SSO_OIDC, settings->region,
                                     sobre_aws_config_get_endpoint (config, profile, SOBRE_AWS_SSO_OIDC), NULL, attempts);
  return SOBRE_CREDENTIALS_PROVIDER (self);
}
