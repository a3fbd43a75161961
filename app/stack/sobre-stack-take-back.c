/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-take-back.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-query.h"

/* The state in which AWS listens to that; afterwards it is cleaning up, or taking back already. */
#define UNDER_WAY "UPDATE_IN_PROGRESS"

/* Returns (transfer full) (nullable): a part that something is being done to. */
static SobreStack *
find_busy (SobreStackWork *work, GError **error)
{
  for (guint i = 0; i < SOBRE_N_STACK_PARTS; i++)
    {
      GError *failure = NULL;
      g_autoptr (SobreStack) stack = dex_await_boxed (sobre_stack_work_describe (work, i), &failure);

      if (stack == NULL && !g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      g_clear_error (&failure);
      if (stack != NULL && sobre_stack_is_busy (stack))
        return g_steal_pointer (&stack);
    }
  g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING, _ ("AWS is changing nothing of %s"), work->name);
  return NULL;
}

static DexFuture *
take_back_fiber (gpointer data)
{
  SobreStackWork *work = data;
  GError *error = NULL;
  g_autoptr (SobreStack) stack = find_busy (work, &error);
  GPtrArray *parameters;

  if (stack == NULL)
    return dex_future_new_for_error (error);
  if (strcmp (stack->status, UNDER_WAY) != 0)
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_STUCK,
                                  _ ("The stack %s is %s, which cannot be taken back; wait until it is over, then “sobremesa "
                                     "stack delete” removes it"),
                                  stack->name, stack->status);
  parameters = sobre_aws_query_parameters ();
  sobre_aws_query_add (parameters, "StackName", stack->name);
  if (!dex_await (sobre_aws_query (sobre_stack_work_get_client (work), SOBRE_AWS_CLOUDFORMATION, "CancelUpdateStack",
                                   parameters, work->cancellable),
                  &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_string (stack->name);
}

DexFuture *
sobre_stack_take_back (SobreStackWork *work)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, take_back_fiber, sobre_stack_work_ref (work),
                              (GDestroyNotify) sobre_stack_work_unref);
}
