/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-follow.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"

#define MOST_EVENTS 2000
#define MAX_WAIT_MS 30000

/** Following: @after: the last event that was told · @cause: (nullable): of the failure · @wait_ms: before the next look */
typedef struct
{
  SobreStackWork *work;
  char *stack;
  char *after;
  char *cause;
  guint wait_ms;
} Following;

static void
following_free (gpointer data)
{
  Following *self = data;

  sobre_stack_work_unref (self->work);
  g_free (self->stack);
  g_free (self->after);
  g_free (self->cause);
  g_free (self);
}

/* What is cancelled because of another's failure says so; the stack itself fails because of a resource. */
gboolean
sobre_stack_event_is_failure (const SobreStackEvent *event)
{
  return g_str_has_suffix (event->status, "_FAILED") && event->reason != NULL &&
         !g_str_has_suffix (event->reason, "cancelled") && strcmp (event->type, "AWS::CloudFormation::Stack") != 0;
}

const SobreStackEvent *
sobre_stack_find_cause (GPtrArray *events)
{
  const SobreStackEvent *cause = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const SobreStackEvent *event = g_ptr_array_index (events, i);
      gboolean begins = strcmp (event->type, "AWS::CloudFormation::Stack") == 0 &&
                        g_strv_contains ((const char *const[]) { "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS",
                                                                 "DELETE_IN_PROGRESS", "REVIEW_IN_PROGRESS", NULL },
                                         event->status);

      if (begins)
        cause = NULL;
      else if (cause == NULL && sobre_stack_event_is_failure (event))
        cause = event;
    }
  return cause;
}

static void
take_events (Following *self, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const SobreStackEvent *event = g_ptr_array_index (events, i);

      if (self->cause == NULL && sobre_stack_event_is_failure (event))
        self->cause = g_strdup_printf ("%s (%s): %s", event->logical_id, event->type, event->reason);
      if (self->work->tell != NULL)
        self->work->tell (event, self->work->tell_data);
      g_set_str (&self->after, event->id);
    }
}

/* One look: the state first, so that the events that are read after it hold everything that led to it. */
static SobreStack *
look (Following *self, GError **error)
{
  SobreAwsClient *client = sobre_stack_work_get_client (self->work);
  g_autoptr (SobreStack) stack =
      dex_await_boxed (sobre_cloudformation_describe (client, self->stack, self->work->cancellable), error);
  g_autoptr (GPtrArray) events = NULL;

  if (stack == NULL)
    return NULL;
  events = dex_await_boxed (
      sobre_cloudformation_list_events (client, self->stack, self->after, MOST_EVENTS, self->work->cancellable), error);
  if (events == NULL)
    return NULL;
  take_events (self, events);
  return g_steal_pointer (&stack);
}

static DexFuture *
finish (Following *self, SobreStack *stack)
{
  static const char *const good[] = { "CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE", "REVIEW_IN_PROGRESS", NULL };

  if (g_strv_contains (good, stack->status))
    return dex_future_new_take_boxed (SOBRE_TYPE_STACK, sobre_stack_ref (stack));
  return dex_future_new_reject (
      SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED, _ ("%s. The stack %s is %s now%s"),
      self->cause != NULL ? self->cause : (stack->reason != NULL ? stack->reason : _ ("AWS gives no reason")), stack->name,
      stack->status,
      g_str_has_prefix (stack->status, "UPDATE_ROLLBACK_COMPLETE") ? _ (", as it was before: nothing is lost") : "");
}

static DexFuture *
follow_fiber (gpointer data)
{
  Following *self = data;

  while (TRUE)
    {
      GError *error = NULL;
      g_autoptr (SobreStack) stack = look (self, &error);

      if (stack == NULL && !g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_UNAVAILABLE))
        return dex_future_new_for_error (error);
      g_clear_error (&error);
      if (stack != NULL && !sobre_stack_is_busy (stack))
        return finish (self, stack);
      self->wait_ms = stack != NULL ? self->work->poll_ms : MIN (self->wait_ms * 2, MAX_WAIT_MS);
      if (!sobre_stack_work_sleep (self->work, self->wait_ms, &error))
        return dex_future_new_for_error (error);
    }
}

DexFuture *
sobre_stack_follow (SobreStackWork *work, const char *stack, const char *after)
{
  Following *self = g_new0 (Following, 1);

  *self = (Following) { sobre_stack_work_ref (work), g_strdup (stack), g_strdup (after), NULL, work->poll_ms };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, follow_fiber, self, following_free);
}
