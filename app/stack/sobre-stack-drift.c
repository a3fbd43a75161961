/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-drift.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-query.h"
#include "stack/sobre-stack-guests.h"

#define MAX_LOOKS 150

/** Job: @found: (element-type SobreDrift) */
typedef struct
{
  SobreStackWork *work;
  SobreStackPart part;
  SobreStack *stack;
  GPtrArray *found;
} Job;

void
sobre_drift_free (SobreDrift *self)
{
  g_free (self->stack);
  g_free (self->resource);
  g_free (self->type);
  g_free (self->property);
  g_free (self->wanted);
  g_free (self->found);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_clear_pointer (&job->stack, sobre_stack_unref);
  g_clear_pointer (&job->found, g_ptr_array_unref);
  g_free (job);
}

/* @parameters: (transfer full) */
static SobreAwsElement *
ask (Job *job, const char *action, GPtrArray *parameters, GError **error)
{
  return dex_await_boxed (sobre_aws_query (sobre_stack_work_get_client (job->work), SOBRE_AWS_CLOUDFORMATION, action,
                                           parameters, job->work->cancellable),
                          error);
}

static gboolean
compare (Job *job, GError **error)
{
  SobreClock *clock = sobre_aws_account_get_means (job->work->account)->clock;
  GPtrArray *parameters = sobre_aws_query_parameters ();
  g_autoptr (SobreAwsElement) begun = NULL;

  sobre_aws_query_add (parameters, "StackName", job->stack->name);
  begun = ask (job, "DetectStackDrift", parameters, error);
  if (begun == NULL)
    return FALSE;
  for (guint look = 0; look < MAX_LOOKS; look++)
    {
      g_autoptr (SobreAwsElement) state = NULL;
      const char *status;

      parameters = sobre_aws_query_parameters ();
      sobre_aws_query_add (parameters, "StackDriftDetectionId", sobre_aws_element_get (begun, "StackDriftDetectionId"));
      state = ask (job, "DescribeStackDriftDetectionStatus", parameters, error);
      if (state == NULL)
        return FALSE;
      status = sobre_aws_element_get (state, "DetectionStatus");
      if (g_strcmp0 (status, "DETECTION_COMPLETE") == 0)
        return TRUE;
      if (g_strcmp0 (status, "DETECTION_IN_PROGRESS") != 0)
        {
          const char *reason = sobre_aws_element_get (state, "DetectionStatusReason");

          g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED, _ ("AWS cannot compare %s with its template: %s"),
                       job->stack->name, reason != NULL ? reason : _ ("no reason given"));
          return FALSE;
        }
      if (!dex_await (sobre_clock_sleep (clock, job->work->poll_ms), error))
        return FALSE;
    }
  g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED, _ ("AWS cannot compare %s with its template: %s"),
               job->stack->name, _ ("no reason given"));
  return FALSE;
}

/* A pause is a policy that the program itself puts on the door's role. */
static gboolean
is_pause (Job *job, const SobreAwsElement *resource, const char *property)
{
  const char *role = g_hash_table_lookup (job->stack->outputs, "DoorRole");

  return role != NULL && g_strcmp0 (sobre_aws_element_get (resource, "PhysicalResourceId"), role) == 0 && property != NULL &&
         g_str_has_prefix (property, "/Policies");
}

static void
add (Job *job, const SobreAwsElement *resource, const SobreAwsElement *difference)
{
  const char *property = difference != NULL ? sobre_aws_element_get (difference, "PropertyPath") : NULL;
  SobreDrift *drift;

  if (is_pause (job, resource, property))
    return;
  drift = g_new0 (SobreDrift, 1);
  drift->stack = g_strdup (job->stack->name);
  drift->resource = g_strdup (sobre_aws_element_get (resource, "LogicalResourceId"));
  drift->type = g_strdup (sobre_aws_element_get (resource, "ResourceType"));
  drift->property = g_strdup (property);
  if (difference != NULL)
    {
      drift->wanted = g_strdup (sobre_aws_element_get (difference, "ExpectedValue"));
      drift->found = g_strdup (sobre_aws_element_get (difference, "ActualValue"));
    }
  g_ptr_array_add (job->found, drift);
}

static void
take (Job *job, const SobreAwsElement *resource)
{
  const char *status = sobre_aws_element_get (resource, "StackResourceDriftStatus");

  if (g_strcmp0 (status, "DELETED") == 0)
    add (job, resource, NULL);
  else if (g_strcmp0 (status, "MODIFIED") == 0)
    for (guint i = 0; i < sobre_aws_element_count (resource, "PropertyDifferences"); i++)
      add (job, resource, sobre_aws_element_child (resource, "PropertyDifferences", i));
}

static gboolean
list (Job *job, GError **error)
{
  g_autofree char *next = NULL;

  do
    {
      GPtrArray *parameters = sobre_aws_query_parameters ();
      g_autoptr (SobreAwsElement) page = NULL;

      sobre_aws_query_add (parameters, "StackName", job->stack->name);
      sobre_aws_query_add (parameters, "NextToken", next);
      page = ask (job, "DescribeStackResourceDrifts", parameters, error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < sobre_aws_element_count (page, "StackResourceDrifts"); i++)
        take (job, sobre_aws_element_child (page, "StackResourceDrifts", i));
      g_set_str (&next, sobre_aws_element_get (page, "NextToken"));
    }
  while (next != NULL && next[0] != '\0');
  return TRUE;
}

static DexFuture *
find_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;

  job->stack = dex_await_boxed (sobre_stack_work_describe (job->work, job->part), &error);
  if (job->stack == NULL || !compare (job, &error) || !list (job, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&job->found));
}

DexFuture *
sobre_stack_find_drift (SobreStackWork *work, SobreStackPart part)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { sobre_stack_work_ref (work), part, NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_drift_free) };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, find_fiber, job, job_free);
}
