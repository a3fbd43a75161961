/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ingest/sobre-wait.h"

typedef struct
{
  GMutex mutex;
  GCond settled;
  DexFuture *future;
  gboolean done;
} Wait;

static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;

  dex_await (dex_ref (wait->future), NULL);
  g_mutex_lock (&wait->mutex);
  wait->done = TRUE;
  g_cond_signal (&wait->settled);
  g_mutex_unlock (&wait->mutex);
  return dex_future_new_true ();
}

const GValue *
sobre_wait_for_future (DexFuture *future, GError **error)
{
  Wait wait = { .future = future };
  g_autoptr (DexFuture) fiber = NULL;

  if (!dex_future_is_pending (future))
    return dex_future_get_value (future, error);
  g_mutex_init (&wait.mutex);
  g_cond_init (&wait.settled);
  fiber = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, wait_fiber, &wait, NULL);
  g_mutex_lock (&wait.mutex);
  while (!wait.done)
    g_cond_wait (&wait.settled, &wait.mutex);
  g_mutex_unlock (&wait.mutex);
  g_mutex_clear (&wait.mutex);
  g_cond_clear (&wait.settled);

  return dex_future_get_value (future, error);
}
