/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-sso-token.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_FILE_BYTES 65536

void
sobre_sso_settings_free (SobreSsoSettings *self)
{
  g_free (self->session);
  g_free (self->start_url);
  g_free (self->region);
  g_free (self->account_id);
  g_free (self->role_name);
  g_free (self);
}

SobreSsoSettings *
sobre_sso_settings_find (const SobreAwsConfig *config, const char *profile, GError **error)
{
  const char *session = sobre_aws_config_get (config, SOBRE_AWS_SECTION_PROFILE, profile, "sso_session");
  SobreAwsSection section = session != NULL ? SOBRE_AWS_SECTION_SSO_SESSION : SOBRE_AWS_SECTION_PROFILE;
  const char *name = session != NULL ? session : profile;
  g_autoptr (SobreSsoSettings) self = NULL;

  if (session == NULL && sobre_aws_config_get (config, SOBRE_AWS_SECTION_PROFILE, profile, "sso_start_url") == NULL)
    return NULL;
  self = g_new0 (SobreSsoSettings, 1);
  self->session = g_strdup (session);
  self->start_url = g_strdup (sobre_aws_config_get (config, section, name, "sso_start_url"));
  self->region = g_strdup (sobre_aws_config_get (config, section, name, "sso_region"));
  self->account_id = g_strdup (sobre_aws_config_get (config, SOBRE_AWS_SECTION_PROFILE, profile, "sso_account_id"));
  self->role_name = g_strdup (sobre_aws_config_get (config, SOBRE_AWS_SECTION_PROFILE, profile, "sso_role_name"));
  if (self->start_url != NULL && sobre_aws_region_is_valid (self->region) && self->account_id != NULL &&
      self->role_name != NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error,
                     sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL,
                                          _ ("Profile “%s” signs in with SSO but lacks one of sso_start_url, sso_region, "
                                             "sso_account_id, sso_role_name"),
                                          profile));
  return NULL;
}

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
sobre_sso_token_free (SobreSsoToken *self)
{
  free_secret (self->access_token);
  free_secret (self->refresh_token);
  g_free (self->client_id);
  free_secret (self->client_secret);
  g_free (self);
}

static SobreSsoToken *
copy_token (SobreSsoToken *self)
{
  SobreSsoToken *copy = g_memdup2 (self, sizeof *self);

  copy->access_token = g_strdup (self->access_token);
  copy->refresh_token = g_strdup (self->refresh_token);
  copy->client_id = g_strdup (self->client_id);
  copy->client_secret = g_strdup (self->client_secret);
  return copy;
}

G_DEFINE_BOXED_TYPE (SobreSsoToken, sobre_sso_token, copy_token, sobre_sso_token_free)

char *
sobre_sso_token_dup_path (const SobreSsoSettings *settings, const char *home)
{
  g_autofree char *hash =
      g_compute_checksum_for_string (G_CHECKSUM_SHA1, settings->session != NULL ? settings->session : settings->start_url, -1);
  g_autofree char *name = g_strconcat (hash, ".json", NULL);

  return g_build_filename (home, ".aws", "sso", "cache", name, NULL);
}

static char *
dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

/* "2026-11-28T12:00:00Z"; older programs wrote "UTC" for the Z. */
static gint64
read_time (JsonObject *object, const char *name)
{
  g_autofree char *text = dup_text (object, name);
  g_autoptr (GDateTime) time = NULL;
  char *utc = text != NULL ? strstr (text, "UTC") : NULL;

  if (utc != NULL)
    memcpy (utc, "Z\0", 2);
  time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

SobreSsoToken *
sobre_sso_token_parse (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (SobreSsoToken) self = g_new0 (SobreSsoToken, 1);
  JsonObject *object;

  if (length > MAX_FILE_BYTES || !json_parser_load_from_data (parser, text, (gssize) length, NULL) ||
      json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  object = json_node_get_object (json_parser_get_root (parser));
  self->access_token = dup_text (object, "accessToken");
  self->expires_at = read_time (object, "expiresAt");
  self->refresh_token = dup_text (object, "refreshToken");
  self->client_id = dup_text (object, "clientId");
  self->client_secret = dup_text (object, "clientSecret");
  self->registration_expires_at = read_time (object, "registrationExpiresAt");
  return self->access_token != NULL && self->expires_at > 0 ? g_steal_pointer (&self) : NULL;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_time (JsonBuilder *builder, const char *name, gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  add_text (builder, name, text);
}

char *
sobre_sso_token_format (const SobreSsoToken *self, const SobreSsoSettings *settings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "startUrl", settings->start_url);
  add_text (builder, "region", settings->region);
  add_text (builder, "accessToken", self->access_token);
  add_time (builder, "expiresAt", self->expires_at);
  add_text (builder, "clientId", self->client_id);
  add_text (builder, "clientSecret", self->client_secret);
  if (self->registration_expires_at > 0)
    add_time (builder, "registrationExpiresAt", self->registration_expires_at);
  add_text (builder, "refreshToken", self->refresh_token);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

SobreSsoToken *
sobre_sso_token_load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SobreSsoToken *self;
  char *text = NULL;
  gsize length = 0;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, NULL))
    return NULL;
  self = sobre_sso_token_parse (text, length);
  free_secret (text);
  return self;
}

gboolean
sobre_sso_token_save (const SobreSsoToken *self, const SobreSsoSettings *settings, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  char *text = sobre_sso_token_format (self, settings);
  gboolean saved = g_mkdir_with_parents (folder, 0700) == 0;

  if (!saved)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _ ("The folder %s cannot be made"), folder);
  else
    saved =
        g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  free_secret (text);
  return saved;
}
