/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-stack-desk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-quicksight.h"
#include "stack/sobre-stack-drift.h"
#include "stack/sobre-stack-mark.h"
#include "stack/sobre-stack-workspace.h"

#define ACCOUNT_DIGITS 12

/** Task: what one of the flows needs; each uses what is its own. */
typedef struct
{
  SobreWorkspace *workspace;
  GCancellable *cancellable;
  SobreClock *clock;
  SobreRelay *relay;
  gboolean prove;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_object_unref (self->workspace);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->relay, sobre_relay_unref);
  g_free (self);
}

static Task *
task_new (SobreWorkspace *workspace, GCancellable *cancellable)
{
  Task *self = g_new0 (Task, 1);

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->cancellable, cancellable);
  return self;
}

static DexFuture *
spawn (Task *task, DexFiberFunc fiber)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, task, task_free);
}

static void
clear_parts (gpointer data)
{
  SobreStackParts *self = data;

  g_free (self->region);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    g_clear_pointer (&self->resources[part], g_ptr_array_unref);
}

SobreStackParts *
sobre_stack_parts_ref (SobreStackParts *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_parts_unref (SobreStackParts *self)
{
  g_atomic_rc_box_release_full (self, clear_parts);
}

G_DEFINE_BOXED_TYPE (SobreStackParts, sobre_stack_parts, sobre_stack_parts_ref, sobre_stack_parts_unref)

static void
clear_dashboards (gpointer data)
{
  SobreDashboards *self = data;

  g_free (self->region);
  g_free (self->account);
  g_clear_pointer (&self->list, g_ptr_array_unref);
}

SobreDashboards *
sobre_dashboards_ref (SobreDashboards *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_dashboards_unref (SobreDashboards *self)
{
  g_atomic_rc_box_release_full (self, clear_dashboards);
}

G_DEFINE_BOXED_TYPE (SobreDashboards, sobre_dashboards, sobre_dashboards_ref, sobre_dashboards_unref)

static SobreStackWork *
open_work (Task *task, GError **error)
{
  return sobre_stack_work_open (task->workspace, NULL, NULL, NULL, task->cancellable, error);
}

static void
tell_cb (const SobreStackCheck *check, gpointer user_data)
{
  sobre_relay_send (((Task *) user_data)->relay, sobre_stack_check_copy (check));
}

/* Whether there is an answer in the lake to look for further on. */
static gboolean
is_in_lake (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const SobreStackCheck *check = g_ptr_array_index (checks, i);

      if (strcmp (check->name, "lake") == 0)
        return check->state == SOBRE_CHECK_HOLDS;
    }
  return FALSE;
}

static gboolean
look_in_cache (Task *task, SobreStackWork *work, const char *id, GPtrArray *checks, GError **error)
{
  const SobreStackCheck begun = { "cache", sobre_stack_mark_get_words (), SOBRE_CHECK_BEGUN, NULL };
  SobreStackCheck *seen;

  tell_cb (&begun, task);
  seen = dex_await_boxed (sobre_stack_mark_find (work, task->workspace, id), error);
  if (seen != NULL)
    g_ptr_array_add (checks, seen);
  return seen != NULL;
}

static DexFuture *
test_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreRandom) random = sobre_system_random_new ();
  g_autoptr (SobreStackMark) mark = sobre_stack_mark_new (task->workspace, task->clock, random);
  g_autoptr (SobreStackWork) work = open_work (task, &error);
  g_autoptr (GPtrArray) checks = NULL;

  if (work == NULL)
    return dex_future_new_for_error (error);
  checks = dex_await_boxed (sobre_stack_test (work, mark->record, mark->id, task->prove, tell_cb, task), &error);
  if (checks == NULL || (is_in_lake (checks) && !look_in_cache (task, work, mark->id, checks, &error)))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&checks));
}

DexFuture *
sobre_stack_desk_test (SobreWorkspace *workspace,
                       gboolean prove,
                       SobreClock *clock,
                       SobreRelay *relay,
                       GCancellable *cancellable)
{
  Task *task = task_new (workspace, cancellable);

  task->clock = g_object_ref (clock);
  task->relay = sobre_relay_ref (relay);
  task->prove = prove;
  return spawn (task, test_fiber);
}

static DexFuture *
drift_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreStackWork) work = open_work (task, &error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_drift_free);

  if (work == NULL)
    return dex_future_new_for_error (error);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      g_autoptr (GPtrArray) found = dex_await_boxed (sobre_stack_find_drift (work, part), &error);

      if (found == NULL)
        return dex_future_new_for_error (error);
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&found));
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&all));
}

DexFuture *
sobre_stack_desk_find_drift (SobreWorkspace *workspace, GCancellable *cancellable)
{
  return spawn (task_new (workspace, cancellable), drift_fiber);
}

static DexFuture *
resources_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreStackWork) work = open_work (task, &error);
  g_autoptr (SobreStackParts) parts = g_atomic_rc_box_new0 (SobreStackParts);

  if (work == NULL)
    return dex_future_new_for_error (error);
  parts->region = g_strdup (sobre_aws_account_get_region (work->account));
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      g_autoptr (SobreStack) stack = dex_await_boxed (sobre_stack_work_describe (work, part), &error);

      if (stack == NULL && !g_error_matches (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
        return dex_future_new_for_error (error);
      g_clear_error (&error);
      if (stack == NULL)
        continue;
      parts->resources[part] = dex_await_boxed (
          sobre_cloudformation_list_resources (sobre_stack_work_get_client (work), stack->name, task->cancellable), &error);
      if (parts->resources[part] == NULL)
        return dex_future_new_for_error (error);
    }
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK_PARTS, g_steal_pointer (&parts));
}

DexFuture *
sobre_stack_desk_list_resources (SobreWorkspace *workspace, GCancellable *cancellable)
{
  return spawn (task_new (workspace, cancellable), resources_fiber);
}

/* The account, out of "arn:aws:cloudformation:eu-central-1:123456789012:stack/…". */
static char *
dup_account (const SobreStack *stack)
{
  g_auto (GStrv) parts = g_strsplit (stack->id, ":", 6);

  if (g_strv_length (parts) < 6 || strlen (parts[4]) != ACCOUNT_DIGITS || strspn (parts[4], "0123456789") != ACCOUNT_DIGITS)
    return NULL;
  return g_strdup (parts[4]);
}

static DexFuture *
dashboards_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreStackWork) work = open_work (task, &error);
  g_autoptr (SobreDashboards) found = g_atomic_rc_box_new0 (SobreDashboards);
  g_autoptr (SobreStack) stack = NULL;

  if (work == NULL)
    return dex_future_new_for_error (error);
  stack = dex_await_boxed (sobre_stack_work_describe (work, SOBRE_STACK_MAIN), &error);
  if (stack == NULL)
    return dex_future_new_for_error (error);
  found->region = g_strdup (sobre_aws_account_get_region (work->account));
  found->account = dup_account (stack);
  if (found->account == NULL)
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED, _ ("AWS does not say which account %s is in"),
                                  stack->name);
  found->list =
      dex_await_boxed (sobre_quicksight_list_dashboards (sobre_aws_account_get_client (work->account, SOBRE_AWS_QUICKSIGHT),
                                                         found->account, task->cancellable),
                       &error);
  if (found->list == NULL && !sobre_quicksight_is_missing (error))
    return dex_future_new_for_error (error);
  g_clear_error (&error);
  return dex_future_new_take_boxed (SOBRE_TYPE_DASHBOARDS, g_steal_pointer (&found));
}

DexFuture *
sobre_stack_desk_list_dashboards (SobreWorkspace *workspace, GCancellable *cancellable)
{
  return spawn (task_new (workspace, cancellable), dashboards_fiber);
}
