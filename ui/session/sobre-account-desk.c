/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "session/sobre-account-desk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-keyring-provider.h"
#include "aws/sobre-sts.h"
#include "session/sobre-job.h"

/* What one of the jobs needs; each uses what is its own. */
typedef struct
{
  SobreWorkspace *workspace;
  char *profile;
  char *region;
  char *key_id;
  char *secret;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_clear_object (&self->workspace);
  g_free (self->profile);
  g_free (self->region);
  g_free (self->key_id);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self);
}

void
sobre_account_state_free (SobreAccountState *self)
{
  g_strfreev (self->profiles);
  g_free (self->profile);
  g_free (self->region);
  g_free (self->used_profile);
  g_free (self->used_region);
  g_free (self);
}

static SobreAccountState *
sobre_account_state_copy (SobreAccountState *self)
{
  SobreAccountState *copy = g_memdup2 (self, sizeof *self);

  copy->profiles = g_strdupv (self->profiles);
  copy->profile = g_strdup (self->profile);
  copy->region = g_strdup (self->region);
  copy->used_profile = g_strdup (self->used_profile);
  copy->used_region = g_strdup (self->used_region);
  return copy;
}

G_DEFINE_BOXED_TYPE (SobreAccountState, sobre_account_state, sobre_account_state_copy, sobre_account_state_free)

static SobreAwsConfig *
load_config (GError **error)
{
  g_auto (GStrv) environment = g_get_environ ();

  return sobre_aws_config_load ((const char *const *) environment, error);
}

static gboolean
load_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;
  g_autoptr (SobreAwsConfig) config = load_config (error);
  g_autoptr (SobreAccountState) state = g_new0 (SobreAccountState, 1);
  g_autoptr (SobreSsoSettings) sso = NULL;

  if (config == NULL)
    return FALSE;
  state->profiles = sobre_aws_config_list_profiles (config);
  sobre_workspace_dup_account_choice (self->workspace, &state->profile, &state->region);
  state->used_profile = g_strdup (sobre_aws_config_get_profile (config, state->profile));
  state->used_region =
      g_strdup (state->region != NULL ? state->region : sobre_aws_config_get_region (config, state->used_profile));
  sso = sobre_sso_settings_find (config, state->used_profile, NULL);
  state->has_sso = sso != NULL;
  g_value_init (result, SOBRE_TYPE_ACCOUNT_STATE);
  g_value_take_boxed (result, g_steal_pointer (&state));
  return TRUE;
}

static gboolean
store_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;

  return sobre_workspace_set_account (self->workspace, self->profile, self->region, error);
}

static gboolean
open_worker (gpointer data, GValue *result, GError **error)
{
  SobreAwsAccount *account = sobre_workspace_get_account (((Task *) data)->workspace, error);

  if (account == NULL)
    return FALSE;
  g_value_init (result, SOBRE_TYPE_AWS_ACCOUNT);
  g_value_set_object (result, account);
  return TRUE;
}

static gboolean
store_keys_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;

  return sobre_keyring_store (self->profile, self->key_id, self->secret, NULL, error);
}

static gboolean
clear_keys_worker (gpointer data, GValue *result, GError **error)
{
  return sobre_keyring_clear (((Task *) data)->profile, NULL, error);
}

static Task *
task_new (SobreWorkspace *workspace, const char *profile)
{
  Task *self = g_new0 (Task, 1);

  self->workspace = workspace != NULL ? g_object_ref (workspace) : NULL;
  self->profile = g_strdup (profile);
  return self;
}

DexFuture *
sobre_account_desk_load (SobreWorkspace *workspace)
{
  return sobre_job_run ("account", load_worker, task_new (workspace, NULL), task_free);
}

DexFuture *
sobre_account_desk_store (SobreWorkspace *workspace, const char *profile, const char *region)
{
  Task *task = task_new (workspace, profile);

  task->region = g_strdup (region);
  return sobre_job_run ("account-store", store_worker, task, task_free);
}

static DexFuture *
opened_cb (DexFuture *future, gpointer user_data)
{
  SobreAwsAccount *account = g_value_get_object (dex_future_get_value (future, NULL));

  return sobre_sts_get_caller_identity (sobre_aws_account_get_client (account, SOBRE_AWS_STS), NULL);
}

DexFuture *
sobre_account_desk_test (SobreWorkspace *workspace)
{
  return dex_future_then (sobre_job_run ("account-test", open_worker, task_new (workspace, NULL), task_free), opened_cb, NULL,
                          NULL);
}

/* A sign-in on its way. */
typedef struct
{
  SobreSsoInvite invite;
  gpointer user_data;
  GCancellable *cancellable;
} Login;

static void
login_free (gpointer data)
{
  Login *self = data;

  g_clear_object (&self->cancellable);
  g_free (self);
}

static DexFuture *
log_in_cb (DexFuture *future, gpointer user_data)
{
  Login *login = user_data;
  SobreAwsAccount *account = g_value_get_object (dex_future_get_value (future, NULL));
  SobreAwsConfig *config = sobre_aws_account_get_config (account);
  const char *profile = sobre_aws_account_get_profile (account);
  const char *home = sobre_aws_config_getenv (config, "HOME");
  g_autoptr (SobreSsoSettings) settings = NULL;
  GError *error = NULL;

  settings = sobre_sso_settings_find (config, profile, &error);
  if (settings == NULL && error == NULL)
    error =
        sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL, _ ("Profile “%s” does not sign in with SSO."), profile);
  if (settings == NULL)
    return dex_future_new_for_error (error);
  return sobre_sso_login (sobre_aws_account_get_means (account), config, profile, settings,
                          home != NULL ? home : g_get_home_dir (), login->invite, login->user_data, login->cancellable);
}

DexFuture *
sobre_account_desk_log_in (SobreWorkspace *workspace, SobreSsoInvite invite, gpointer user_data, GCancellable *cancellable)
{
  Login *login = g_new0 (Login, 1);

  login->invite = invite;
  login->user_data = user_data;
  login->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_future_then (sobre_job_run ("account-login", open_worker, task_new (workspace, NULL), task_free), log_in_cb, login,
                          login_free);
}

DexFuture *
sobre_account_desk_store_keys (const char *profile, const char *access_key_id, const char *secret)
{
  Task *task = task_new (NULL, profile);

  task->key_id = g_strstrip (g_strdup (access_key_id));
  task->secret = g_strstrip (g_strdup (secret));
  return sobre_job_run ("account-keys", store_keys_worker, task, task_free);
}

DexFuture *
sobre_account_desk_clear_keys (const char *profile)
{
  return sobre_job_run ("account-keys", clear_keys_worker, task_new (NULL, profile), task_free);
}
