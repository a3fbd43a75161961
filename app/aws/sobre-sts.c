/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-sts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-reply.h"

/** Job: a request on its way. @source: of credentials */
typedef struct
{
  SobreAwsClient *client;
  SobreAwsRequest *request;
  GCancellable *cancellable;
  char *source;
} Job;

/** Fields: what a reply is searched for, by path, and what was found. */
typedef struct
{
  const char *const *paths;
  char **values;
} Fields;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->client);
  sobre_aws_request_unref (job->request);
  g_clear_object (&job->cancellable);
  g_free (job->source);
  g_free (job);
}

static DexFuture *
spawn (SobreAwsClient *client, SobreAwsRequest *request, const char *source, GCancellable *cancellable, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);

  job->client = g_object_ref (client);
  job->request = request;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->source = g_strdup (source);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

static SobreCallerIdentity *
copy_identity (SobreCallerIdentity *self)
{
  SobreCallerIdentity *copy = g_new0 (SobreCallerIdentity, 1);

  copy->account = g_strdup (self->account);
  copy->arn = g_strdup (self->arn);
  copy->user_id = g_strdup (self->user_id);
  return copy;
}

void
sobre_caller_identity_free (SobreCallerIdentity *self)
{
  g_free (self->account);
  g_free (self->arn);
  g_free (self->user_id);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreCallerIdentity, sobre_caller_identity, copy_identity, sobre_caller_identity_free)

static void
take_field_cb (const char *path, const char *text, gpointer user_data)
{
  Fields *fields = user_data;

  for (guint i = 0; fields->paths[i] != NULL; i++)
    if (strcmp (fields->paths[i], path) == 0)
      g_set_str (&fields->values[i], text);
}

/* Sends the request and finds every one of @paths in the reply; with %FALSE some of @values may be set. */
static gboolean
ask (Job *job, const char *root, const char *const *paths, char **values, GError **error)
{
  Fields fields = { paths, values };
  g_autoptr (SobreHttpReply) reply =
      dex_await_boxed (sobre_aws_client_send (job->client, job->request, job->cancellable), error);

  if (reply == NULL || !sobre_aws_reply_read_xml (reply, root, take_field_cb, NULL, &fields, error))
    return FALSE;
  for (guint i = 0; paths[i] != NULL; i++)
    if (values[i] == NULL)
      {
        g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, _ ("The reply lacks %s"),
                                                       strrchr (paths[i], '/') + 1));
        return FALSE;
      }
  return TRUE;
}

static DexFuture *
identity_fiber (gpointer data)
{
  static const char *const paths[] = { "GetCallerIdentityResult/Account", "GetCallerIdentityResult/Arn",
                                       "GetCallerIdentityResult/UserId", NULL };
  g_autoptr (SobreCallerIdentity) identity = g_new0 (SobreCallerIdentity, 1);
  char *values[3] = { NULL };
  GError *error = NULL;
  gboolean done = ask (data, "GetCallerIdentityResponse", paths, values, &error);

  *identity = (SobreCallerIdentity) { values[0], values[1], values[2] };
  return done ? dex_future_new_take_boxed (SOBRE_TYPE_CALLER_IDENTITY, g_steal_pointer (&identity))
              : dex_future_new_for_error (error);
}

DexFuture *
sobre_sts_get_caller_identity (SobreAwsClient *client, GCancellable *cancellable)
{
  static const char *const parameters[] = { NULL };
  SobreAwsRequest *request = sobre_aws_request_new_query (SOBRE_AWS_STS, "GetCallerIdentity", parameters);

  return spawn (client, request, NULL, cancellable, identity_fiber);
}

static DexFuture *
make_credentials (Job *job, char **values)
{
  g_autoptr (GDateTime) expires = g_date_time_new_from_iso8601 (values[3], NULL);

  if (expires == NULL)
    return dex_future_new_for_error (
        sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 0, NULL, "%s", _ ("The reply does not say when the keys run out")));
  return dex_future_new_take_boxed (
      SOBRE_TYPE_CREDENTIALS,
      sobre_credentials_new (values[0], values[1], values[2], g_date_time_to_unix (expires) * 1000, job->source));
}

static DexFuture *
assume_fiber (gpointer data)
{
  static const char *const paths[] = { "AssumeRoleResult/Credentials/AccessKeyId",
                                       "AssumeRoleResult/Credentials/SecretAccessKey",
                                       "AssumeRoleResult/Credentials/SessionToken", "AssumeRoleResult/Credentials/Expiration",
                                       NULL };
  char *values[4] = { NULL };
  GError *error = NULL;
  gboolean done = ask (data, "AssumeRoleResponse", paths, values, &error);
  DexFuture *result = done ? make_credentials (data, values) : dex_future_new_for_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] != NULL)
      explicit_bzero (values[i], strlen (values[i]));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_free (values[i]);
  return result;
}

DexFuture *
sobre_sts_assume_role (SobreAwsClient *client, const SobreRole *role, const char *source, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) parameters = g_ptr_array_new ();
  g_autofree char *duration = g_strdup_printf ("%u", role->duration_seconds);
  const char *const pairs[][2] = {
    { "RoleArn", role->arn },
    { "RoleSessionName", role->session_name },
    { "ExternalId", role->external_id },
    { "SerialNumber", role->mfa_serial },
    { "TokenCode", role->mfa_code },
    { "DurationSeconds", role->duration_seconds > 0 ? duration : NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i][1] != NULL)
      {
        g_ptr_array_add (parameters, (gpointer) pairs[i][0]);
        g_ptr_array_add (parameters, (gpointer) pairs[i][1]);
      }
  g_ptr_array_add (parameters, NULL);
  return spawn (client, sobre_aws_request_new_query (SOBRE_AWS_STS, "AssumeRole", (const char *const *) parameters->pdata),
                source, cancellable, assume_fiber);
}
