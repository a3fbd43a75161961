/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-job.h"

typedef struct
{
  SobreJobFunc func;
  gpointer data;
  GDestroyNotify free;
  DexPromise *promise;
} Job;

static gpointer
run_worker (gpointer user_data)
{
  Job *job = user_data;
  g_auto (GValue) result = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  gboolean done = job->func (job->data, &result, &error);

  if (job->free != NULL)
    job->free (job->data);
  if (!done)
    dex_promise_reject (job->promise, g_steal_pointer (&error));
  else if (G_IS_VALUE (&result))
    dex_promise_resolve (job->promise, &result);
  else
    dex_promise_resolve_boolean (job->promise, TRUE);
  dex_unref (job->promise);
  g_free (job);
  return NULL;
}

DexFuture *
sobre_job_run (const char *name, SobreJobFunc func, gpointer data, GDestroyNotify free)
{
  Job *job = g_new0 (Job, 1);
  DexPromise *promise = dex_promise_new ();

  job->func = func;
  job->data = data;
  job->free = free;
  job->promise = dex_ref (promise);
  g_thread_unref (g_thread_new (name, run_worker, job));
  return DEX_FUTURE (promise);
}
