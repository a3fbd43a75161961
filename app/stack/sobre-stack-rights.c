/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-rights.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-aws-query.h"
#include "stack/sobre-stack-policy.h"

#define MAX_RESULTS "1000"
#define SOME_NAME "check"

/** Job: @source: the ARN of the user or the role that is asked for */
typedef struct
{
  SobreStackWork *work;
  SobreCallerIdentity *identity;
  char **services;
  char *source;
  SobreStackRights *rights;
} Job;

static void
clear_rights (gpointer data)
{
  g_ptr_array_unref (((SobreStackRights *) data)->missing);
}

SobreStackRights *
sobre_stack_rights_ref (SobreStackRights *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_rights_unref (SobreStackRights *self)
{
  g_atomic_rc_box_release_full (self, clear_rights);
}

G_DEFINE_BOXED_TYPE (SobreStackRights, sobre_stack_rights, sobre_stack_rights_ref, sobre_stack_rights_unref)

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  sobre_caller_identity_free (job->identity);
  g_strfreev (job->services);
  g_free (job->source);
  g_clear_pointer (&job->rights, sobre_stack_rights_unref);
  g_free (job);
}

static SobreAwsElement *
call (Job *job, const char *action, GPtrArray *parameters, GError **error)
{
  return dex_await_boxed (sobre_aws_query (sobre_aws_account_get_client (job->work->account, SOBRE_AWS_IAM), SOBRE_AWS_IAM,
                                           action, parameters, job->work->cancellable),
                          error);
}

/* Of a role that was assumed, "arn:aws:sts::1:assumed-role/NAME/SESSION", only IAM knows the path; where it may not be asked, the role has none as a rule. */
static char *
find_role (Job *job, const char *arn, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (arn, ":", 6);
  GPtrArray *parameters = sobre_aws_query_parameters ();
  g_autoptr (SobreAwsElement) reply = NULL;
  const char *found;

  sobre_aws_query_add (parameters, "RoleName", name);
  reply = call (job, "GetRole", parameters, NULL);
  found = reply != NULL ? sobre_aws_element_get (reply, "Role/Arn") : NULL;
  return found != NULL ? g_strdup (found) : g_strdup_printf ("arn:%s:iam::%s:role/%s", parts[1], parts[4], name);
}

/* Returns whether there is somebody whose rights can be asked for. */
static gboolean
find_source (Job *job)
{
  g_auto (GStrv) parts = g_strsplit (job->identity->arn, ":", 6);
  g_auto (GStrv) names = NULL;

  if (g_strv_length (parts) != 6)
    return FALSE;
  job->rights->is_root = strcmp (parts[5], "root") == 0;
  names = g_strsplit (parts[5], "/", -1);
  if (strcmp (parts[2], "iam") == 0 && strcmp (names[0], "user") == 0)
    job->source = g_strdup (job->identity->arn);
  else if (strcmp (names[0], "assumed-role") == 0 && names[1] != NULL)
    job->source = find_role (job, job->identity->arn, names[1]);
  return job->rights->is_root || job->source != NULL;
}

static gboolean
is_asked_for (Job *job, const char *action)
{
  g_autofree char *service = g_strndup (action, strcspn (action, ":"));

  return strchr (action, '*') == NULL && !g_strv_contains ((const char *const *) job->services, service);
}

static gboolean
is_allowed (const SobreAwsElement *result)
{
  const char *decision = sobre_aws_element_get (result, "EvalDecision");
  const char *house = sobre_aws_element_get (result, "OrganizationsDecisionDetail/AllowedByOrganizations");

  return g_strcmp0 (decision, "allowed") == 0 && g_strcmp0 (house, "false") != 0;
}

static void
take_results (Job *job, const SobreAwsElement *reply, const char *resource)
{
  g_autoptr (GString) denied = g_string_new (NULL);

  for (guint i = 0; i < sobre_aws_element_count (reply, "EvaluationResults"); i++)
    {
      const SobreAwsElement *result = sobre_aws_element_child (reply, "EvaluationResults", i);
      const char *action = sobre_aws_element_get (result, "EvalActionName");

      if (action != NULL && !is_allowed (result))
        g_string_append_printf (denied, "%s%s", denied->len > 0 ? ", " : "", action);
    }
  if (denied->len > 0)
    g_ptr_array_add (job->rights->missing, g_strdup_printf ("%s: %s", resource, denied->str));
}

/* @resource: as the policy says it, with asterisks */
static gboolean
simulate (Job *job, JsonArray *actions, const char *resource, GError **error)
{
  GPtrArray *parameters = sobre_aws_query_parameters ();
  g_autoptr (SobreAwsElement) reply = NULL;
  g_autoptr (GString) named = g_string_new (resource);
  guint n = 0;

  sobre_aws_query_add (parameters, "PolicySourceArn", job->source);
  sobre_aws_query_add (parameters, "MaxItems", MAX_RESULTS);
  for (guint i = 0; i < json_array_get_length (actions); i++)
    {
      const char *action = json_array_get_string_element (actions, i);

      if (action != NULL && is_asked_for (job, action))
        sobre_aws_query_add_indexed (parameters, "ActionNames", n++, NULL, action);
    }
  if (n == 0)
    {
      g_ptr_array_unref (parameters);
      return TRUE;
    }
  if (strcmp (resource, "*") != 0)
    {
      g_string_replace (named, "*", SOME_NAME, 0);
      sobre_aws_query_add_indexed (parameters, "ResourceArns", 0, NULL, named->str);
    }
  reply = call (job, "SimulatePrincipalPolicy", parameters, error);
  if (reply == NULL)
    return FALSE;
  job->rights->n_checked += n;
  take_results (job, reply, resource);
  return TRUE;
}

static gboolean
simulate_statement (Job *job, JsonObject *statement, GError **error)
{
  JsonArray *actions = json_object_get_array_member (statement, "Action");
  JsonArray *resources = json_object_get_array_member (statement, "Resource");

  for (guint i = 0; i < json_array_get_length (resources); i++)
    if (!simulate (job, actions, json_array_get_string_element (resources, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
simulate_policy (Job *job, GError **error)
{
  const char *region = sobre_aws_account_get_region (job->work->account);
  g_autofree char *text =
      sobre_stack_policy_load (job->work->templates, job->work->name, region, job->identity->account, error);
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, error) : NULL;
  JsonArray *statements;

  if (root == NULL)
    return FALSE;
  statements = json_object_get_array_member (json_node_get_object (root), "Statement");
  for (guint i = 0; i < json_array_get_length (statements); i++)
    if (!simulate_statement (job, json_array_get_object_element (statements, i), error))
      return FALSE;
  return TRUE;
}

static DexFuture *
look_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;

  if (!find_source (job))
    return dex_future_new_reject (SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED,
                                  _ ("IAM tells the rights of users and roles only, and these keys are neither's"));
  if (!job->rights->is_root && !simulate_policy (job, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK_RIGHTS, g_steal_pointer (&job->rights));
}

DexFuture *
sobre_stack_look_at_rights (SobreStackWork *work, const SobreCallerIdentity *identity, const char *const *services)
{
  Job *job = g_new0 (Job, 1);

  job->work = sobre_stack_work_ref (work);
  job->identity = g_boxed_copy (SOBRE_TYPE_CALLER_IDENTITY, identity);
  job->services = g_strdupv ((char **) services);
  job->rights = g_atomic_rc_box_new0 (SobreStackRights);
  job->rights->missing = g_ptr_array_new_with_free_func (g_free);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, look_fiber, job, job_free);
}
