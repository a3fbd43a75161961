/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-process-provider.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_DOCUMENT 65536
#define SANDBOX_MARK "/.flatpak-info"

struct _SobreProcessProvider
{
  GObject parent_instance;

  char *command;
  char *profile;
};

static DexFuture *process_provider_provide (SobreCredentialsProvider *provider);

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = process_provider_provide;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreProcessProvider,
                               sobre_process_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static SobreCredentials *
read_object (JsonObject *object, const char *source)
{
  const char *id = get_text (object, "AccessKeyId");
  const char *secret = get_text (object, "SecretAccessKey");
  const char *expiration = get_text (object, "Expiration");
  g_autoptr (GDateTime) expires = expiration != NULL ? g_date_time_new_from_iso8601 (expiration, NULL) : NULL;
  JsonNode *version = json_object_get_member (object, "Version");

  if (version == NULL || json_node_get_value_type (version) != G_TYPE_INT64 || json_node_get_int (version) != 1 || id == NULL ||
      secret == NULL || (expiration != NULL && expires == NULL))
    return NULL;
  return sobre_credentials_new (id, secret, get_text (object, "SessionToken"),
                                expires != NULL ? g_date_time_to_unix (expires) * 1000 : SOBRE_CREDENTIALS_NEVER, source);
}

SobreCredentials *
sobre_process_provider_parse (const char *document, gsize length, const char *profile, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *source = g_strdup_printf ("process of profile %s", profile);
  SobreCredentials *credentials = NULL;

  /* A flat document: nothing in it needs a second bracket. */
  if (length <= MAX_DOCUMENT && g_utf8_validate_len (document, length, NULL) && memchr (document, '[', length) == NULL &&
      json_parser_load_from_data (parser, document, (gssize) length, NULL) && json_parser_get_root (parser) != NULL &&
      JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    credentials = read_object (json_node_get_object (json_parser_get_root (parser)), source);
  if (credentials == NULL)
    g_propagate_error (
        error,
        sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
                             _ ("The credential_process of profile “%s” did not print version 1 of its document"), profile));
  return credentials;
}

/* The helper has keys of its own; those of our environment are none of its business. */
static GSubprocess *
start (char **argv, GError **error)
{
  static const char *const secrets[] = { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN" };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_subprocess_launcher_unsetenv (launcher, secrets[i]);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, error);
}

static SobreCredentials *
run (SobreProcessProvider *self, GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  gboolean ran = g_shell_parse_argv (self->command, NULL, &argv, &failure);

  if (ran)
    {
      process = start (argv, &failure);
      ran = process != NULL && g_subprocess_communicate (process, NULL, NULL, &output, NULL, &failure);
    }
  if (ran && g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0)
    return sobre_process_provider_parse (g_bytes_get_data (output, NULL), g_bytes_get_size (output), self->profile, error);
  g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
                                                 _ ("The credential_process of profile “%s” failed: %s"), self->profile,
                                                 failure != NULL ? failure->message : _ ("its exit status was not 0")));
  return NULL;
}

static DexFuture *
provide_worker (gpointer data)
{
  SobreProcessProvider *self = data;
  GError *error = NULL;
  SobreCredentials *given;

  if (g_file_test (SANDBOX_MARK, G_FILE_TEST_EXISTS))
    return dex_future_new_for_error (sobre_aws_error_new (
        SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
        _ ("Profile “%s” gets its keys from a program of the host, which the sandbox cannot run: sign in with SSO instead"),
        self->profile));
  given = run (self, &error);
  return given != NULL ? dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, given) : dex_future_new_for_error (error);
}

static DexFuture *
process_provider_provide (SobreCredentialsProvider *provider)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, provide_worker, g_object_ref (provider),
                              g_object_unref);
}

static void
sobre_process_provider_finalize (GObject *object)
{
  SobreProcessProvider *self = SOBRE_PROCESS_PROVIDER (object);

  g_free (self->command);
  g_free (self->profile);
  G_OBJECT_CLASS (sobre_process_provider_parent_class)->finalize (object);
}

static void
sobre_process_provider_class_init (SobreProcessProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_process_provider_finalize;
}

static void
sobre_process_provider_init (SobreProcessProvider *self)
{
}

SobreCredentialsProvider *
sobre_process_provider_new (const char *command, const char *profile)
{
  SobreProcessProvider *self = g_object_new (SOBRE_TYPE_PROCESS_PROVIDER, NULL);

  self->command = g_strdup (command);
  self->profile = g_strdup (profile);
  return SOBRE_CREDENTIALS_PROVIDER (self);
}
