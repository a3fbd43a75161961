/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-sso-private.h"

#define GRANT_DEVICE "urn:ietf:params:oauth:grant-type:device_code"
#define SCOPE "sso:account:access"
#define DEFAULT_INTERVAL_S 5
#define SLOW_DOWN_S 5 /* RFC 8628, 3.5: what "slow_down" adds to the interval */

/** Login: a person is signing in. */
typedef struct
{
  SobreAwsMeans means;
  SobreAwsClient *oidc;
  SobreSsoSettings *settings;
  char *path;
  SobreSsoInvite invite;
  gpointer user_data;
  GCancellable *cancellable;
} Login;

static void
login_free (gpointer data)
{
  Login *login = data;

  g_object_unref (login->means.http);
  g_object_unref (login->means.clock);
  g_object_unref (login->means.random);
  g_object_unref (login->oidc);
  sobre_sso_settings_free (login->settings);
  g_free (login->path);
  g_clear_object (&login->cancellable);
  g_free (login);
}

const char *
sobre_sso_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gint64
sobre_sso_get_number (JsonObject *object, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : otherwise;
}

gboolean
sobre_sso_take_token (JsonObject *reply, gint64 now_ms, SobreSsoToken *token, GError **error)
{
  const char *access = sobre_sso_get_text (reply, "accessToken");
  const char *refresh = sobre_sso_get_text (reply, "refreshToken");

  if (access == NULL)
    {
      g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 0, NULL, "%s", _ ("The reply holds no token")));
      return FALSE;
    }
  g_set_str (&token->access_token, access);
  if (refresh != NULL)
    g_set_str (&token->refresh_token, refresh);
  token->expires_at = now_ms + sobre_sso_get_number (reply, "expiresIn", 0) * 1000;
  return TRUE;
}

static gboolean
register_program (Login *login, SobreSsoToken *token, GError **error)
{
  static const char *const members[] = { "clientName", "sobremesa", "clientType", "public", "scopes[]", SCOPE, NULL };
  g_autoptr (JsonObject) reply = sobre_sso_ask (login->oidc, "/client/register", members, login->cancellable, error);

  if (reply == NULL)
    return FALSE;
  token->client_id = g_strdup (sobre_sso_get_text (reply, "clientId"));
  token->client_secret = g_strdup (sobre_sso_get_text (reply, "clientSecret"));
  token->registration_expires_at = sobre_sso_get_number (reply, "clientSecretExpiresAt", 0) * 1000;
  if (token->client_id != NULL && token->client_secret != NULL)
    return TRUE;
  g_propagate_error (
      error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 0, NULL, "%s", _ ("The portal did not register the program")));
  return FALSE;
}

/* A page that a person is sent to is https, whatever the reply says. */
static gboolean
is_web_page (const char *uri)
{
  return uri != NULL && sobre_http_url_is_allowed (uri);
}

static JsonObject *
ask_for_code (Login *login, const SobreSsoToken *token, GError **error)
{
  const char *members[] = {
    "clientId", token->client_id, "clientSecret", token->client_secret, "startUrl", login->settings->start_url, NULL
  };
  g_autoptr (JsonObject) reply = sobre_sso_ask (login->oidc, "/device_authorization", members, login->cancellable, error);
  SobreSsoInvitation invitation;

  if (reply == NULL)
    return NULL;
  invitation = (SobreSsoInvitation) { (char *) sobre_sso_get_text (reply, "userCode"),
                                      (char *) sobre_sso_get_text (reply, "verificationUri"),
                                      (char *) sobre_sso_get_text (reply, "verificationUriComplete") };
  if (invitation.user_code == NULL || sobre_sso_get_text (reply, "deviceCode") == NULL || !is_web_page (invitation.uri) ||
      !is_web_page (invitation.uri_complete))
    {
      g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 0, NULL, "%s", _ ("The portal gave no code")));
      return NULL;
    }
  login->invite (&invitation, login->user_data);
  return g_steal_pointer (&reply);
}

static gboolean
sleep_seconds (Login *login, gint64 seconds, GError **error)
{
  DexFuture *slept = sobre_clock_sleep (login->means.clock, seconds * 1000);

  if (login->cancellable != NULL)
    slept = dex_future_first (slept, dex_cancellable_new_from_cancellable (login->cancellable), NULL);
  dex_await (slept, NULL);
  return !g_cancellable_set_error_if_cancelled (login->cancellable, error);
}

/* Asks again and again until the person has typed the code. */
static gboolean
wait_for_person (Login *login, JsonObject *code, SobreSsoToken *token, GError **error)
{
  const char *members[] = { "clientId",  token->client_id, "clientSecret", token->client_secret,
                            "grantType", GRANT_DEVICE,     "deviceCode",   sobre_sso_get_text (code, "deviceCode"),
                            NULL };
  gint64 interval = CLAMP (sobre_sso_get_number (code, "interval", DEFAULT_INTERVAL_S), 1, 60);
  gint64 until = sobre_clock_now (login->means.clock) + CLAMP (sobre_sso_get_number (code, "expiresIn", 600), 1, 3600) * 1000;

  while (sobre_clock_now (login->means.clock) < until)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (JsonObject) reply = NULL;
      const char *said;

      if (!sleep_seconds (login, interval, error))
        return FALSE;
      reply = sobre_sso_ask (login->oidc, "/token", members, login->cancellable, &failure);
      if (reply != NULL)
        return sobre_sso_take_token (reply, sobre_clock_now (login->means.clock), token, error);
      said = sobre_aws_error_get_aws_code (failure);
      if (g_strcmp0 (said, "SlowDownException") == 0 || g_strcmp0 (said, "slow_down") == 0)
        interval += SLOW_DOWN_S;
      else if (g_strcmp0 (said, "ExpiredTokenException") == 0 || g_strcmp0 (said, "expired_token") == 0)
        break;
      else if (g_strcmp0 (said, "AuthorizationPendingException") != 0 && g_strcmp0 (said, "authorization_pending") != 0)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL, "%s",
                                                 _ ("Nobody signed in while the code held; ask for a new one")));
  return FALSE;
}

static DexFuture *
login_fiber (gpointer data)
{
  Login *login = data;
  g_autoptr (SobreSsoToken) token = g_new0 (SobreSsoToken, 1);
  g_autoptr (JsonObject) code = NULL;
  GError *error = NULL;

  if (!register_program (login, token, &error))
    return dex_future_new_for_error (error);
  code = ask_for_code (login, token, &error);
  if (code == NULL || !wait_for_person (login, code, token, &error) ||
      !sobre_sso_token_save (token, login->settings, login->path, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_string (login->path);
}

DexFuture *
sobre_sso_login (const SobreAwsMeans *means,
                 SobreAwsConfig *config,
                 const char *profile,
                 const SobreSsoSettings *settings,
                 const char *home,
                 SobreSsoInvite invite,
                 gpointer user_data,
                 GCancellable *cancellable)
{
  Login *login = g_new0 (Login, 1);

  login->means = (SobreAwsMeans) { g_object_ref (means->http), g_object_ref (means->clock), g_object_ref (means->random) };
  login->oidc = sobre_aws_client_new (means, SOBRE_AWS_SSO_OIDC, settings->region,
                                      sobre_aws_config_get_endpoint (config, profile, SOBRE_AWS_SSO_OIDC), NULL,
                                      sobre_aws_config_get_max_attempts (config, profile));
  login->settings = g_new0 (SobreSsoSettings, 1);
  *login->settings =
      (SobreSsoSettings) { g_strdup (settings->session), g_strdup (settings->start_url), g_strdup (settings->region),
                           g_strdup (settings->account_id), g_strdup (settings->role_name) };
  login->path = sobre_sso_token_dup_path (settings, home);
  login->invite = invite;
  login->user_data = user_data;
  login->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, login_fiber, login, login_free);
}
