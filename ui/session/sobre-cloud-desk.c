/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-cloud-desk.h"

#include <string.h>

#include "aws/sobre-aws-error.h"
#include "stack/sobre-stack-follow.h"
#include "stack/sobre-stack-guests.h"
#include "stack/sobre-stack-usage.h"
#include "stack/sobre-stack-workspace.h"

#define MAX_EVENTS 50
#define COST_AGE_MS ((gint64) 3600000)

/** Task: what one of the flows needs; each uses what is its own. */
typedef struct
{
  SobreWorkspace *workspace;
  GCancellable *cancellable;
  gboolean is_open;
  SobreCloudSight *before;
  SobreClock *clock;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_object_unref (self->workspace);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->before, sobre_cloud_sight_unref);
  g_clear_object (&self->clock);
  g_free (self);
}

static Task *
task_new (SobreWorkspace *workspace)
{
  Task *self = g_new0 (Task, 1);

  self->workspace = g_object_ref (workspace);
  return self;
}

static DexFuture *
spawn (Task *task, DexFiberFunc fiber)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, task, task_free);
}

static void
clear_sight (gpointer data)
{
  SobreCloudSight *self = data;

  g_free (self->name);
  g_free (self->region);
  g_free (self->missing);
  g_clear_pointer (&self->stack, sobre_stack_unref);
  g_clear_pointer (&self->health, sobre_health_unref);
  g_clear_pointer (&self->cost, sobre_stack_cost_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

SobreCloudSight *
sobre_cloud_sight_ref (SobreCloudSight *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_cloud_sight_unref (SobreCloudSight *self)
{
  g_atomic_rc_box_release_full (self, clear_sight);
}

G_DEFINE_BOXED_TYPE (SobreCloudSight, sobre_cloud_sight, sobre_cloud_sight_ref, sobre_cloud_sight_unref)

static gboolean
is_complete (const SobreStack *stack)
{
  return g_hash_table_contains (stack->outputs, "DoorRole") && !sobre_stack_is_busy (stack);
}

static gboolean
look_at_events (SobreCloudSight *sight, SobreStackWork *work, GError **error)
{
  sight->events = dex_await_boxed (sobre_cloudformation_list_events (sobre_stack_work_get_client (work), sight->stack->name,
                                                                     NULL, MAX_EVENTS, work->cancellable),
                                   error);
  if (sight->events == NULL)
    return FALSE;
  sight->cause = sobre_stack_find_cause (sight->events);
  return TRUE;
}

/* What it costs is worth knowing, and no reason to show nothing. */
static void
look_at_cost (SobreCloudSight *sight, Task *task, SobreStackWork *work, const char *folder)
{
  const SobreCloudSight *before = task->before;
  gint64 now = sobre_clock_now (task->clock);

  if (before != NULL && before->cost != NULL && now >= before->cost_at && now - before->cost_at < COST_AGE_MS &&
      before->stack != NULL && strcmp (before->stack->id, sight->stack->id) == 0)
    {
      sight->cost = sobre_stack_cost_ref (before->cost);
      sight->cost_at = before->cost_at;
      return;
    }
  sight->cost = dex_await_boxed (sobre_stack_look_at_cost (work, folder), NULL);
  sight->cost_at = now;
}

/* Of what is complete: how it fares. */
static gboolean
look_at_health (SobreCloudSight *sight, Task *task, SobreStackWork *work, GError **error)
{
  g_autofree char *folder = sobre_workspace_dup_athena_folder (task->workspace);
  GError *failure = NULL;

  sight->is_open = dex_await_boolean (sobre_stack_get_door (work), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  sight->health = dex_await_boxed (sobre_stack_look_at_health (work, folder), error);
  if (sight->health == NULL)
    return FALSE;
  look_at_cost (sight, task, work, folder);
  return TRUE;
}

/* Somebody who never had to do with AWS is not told of a failure. */
static gboolean
is_stranger (SobreWorkspace *workspace, const GError *error)
{
  return (g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFIGURATION) ||
          g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS)) &&
         !sobre_stack_was_deployed (workspace);
}

static gboolean
look_at_stack (SobreCloudSight *sight, Task *task, GError **error)
{
  g_autoptr (SobreStackWork) work = sobre_stack_work_open (task->workspace, NULL, NULL, NULL, task->cancellable, error);
  GError *failure = NULL;

  if (work == NULL)
    return FALSE;
  sight->name = g_strdup (work->name);
  sight->region = g_strdup (sobre_aws_account_get_region (work->account));
  sight->stack = dex_await_boxed (sobre_stack_work_describe (work, SOBRE_STACK_MAIN), &failure);
  if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    {
      g_error_free (failure);
      return TRUE;
    }
  if (sight->stack == NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return look_at_events (sight, work, error) && (!is_complete (sight->stack) || look_at_health (sight, task, work, error));
}

static DexFuture *
look_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (SobreCloudSight) sight = g_atomic_rc_box_new0 (SobreCloudSight);
  GError *error = NULL;

  if (!look_at_stack (sight, task, &error))
    {
      if (!is_stranger (task->workspace, error))
        return dex_future_new_for_error (error);
      sight->missing = g_strdup (error->message);
      g_error_free (error);
    }
  return dex_future_new_take_boxed (SOBRE_TYPE_CLOUD_SIGHT, g_steal_pointer (&sight));
}

DexFuture *
sobre_cloud_desk_look (SobreWorkspace *workspace, SobreCloudSight *before, SobreClock *clock, GCancellable *cancellable)
{
  Task *task = task_new (workspace);

  g_set_object (&task->cancellable, cancellable);
  task->before = before != NULL ? sobre_cloud_sight_ref (before) : NULL;
  task->clock = g_object_ref (clock);
  return spawn (task, look_fiber);
}

static DexFuture *
door_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreStackWork) work = sobre_stack_work_open (task->workspace, NULL, NULL, NULL, task->cancellable, &error);

  return work != NULL ? sobre_stack_set_door (work, task->is_open) : dex_future_new_for_error (error);
}

DexFuture *
sobre_cloud_desk_set_door (SobreWorkspace *workspace, gboolean is_open)
{
  Task *task = task_new (workspace);

  task->is_open = is_open;
  return spawn (task, door_fiber);
}

static DexFuture *
alarms_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreStackWork) work = NULL;

  if (!sobre_stack_was_deployed (task->workspace))
    return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_new ());
  work = sobre_stack_work_open (task->workspace, NULL, NULL, NULL, NULL, &error);
  return work != NULL ? sobre_stack_list_alarms (work) : dex_future_new_for_error (error);
}

DexFuture *
sobre_cloud_desk_list_alarms (SobreWorkspace *workspace)
{
  return spawn (task_new (workspace), alarms_fiber);
}
