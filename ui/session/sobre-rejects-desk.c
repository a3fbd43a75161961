/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-rejects-desk.h"

#include <glib/gi18n-lib.h>

#include "query/sobre-local-engine.h"
#include "stack/sobre-stack-workspace.h"
#include "sync/sobre-sync.h"

typedef struct
{
  SobreWorkspace *workspace;
  SobreClock *clock;
  SobreRelay *relay;
  GCancellable *cancellable;
  gboolean replay;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_object_unref (self->workspace);
  g_object_unref (self->clock);
  sobre_relay_unref (self->relay);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static void
tell_cb (const SobreRejects *so_far, gpointer user_data)
{
  SobreRejectsProgress *progress = g_new (SobreRejectsProgress, 1);

  *progress = (SobreRejectsProgress) { so_far->n_objects, so_far->n_records, so_far->n_replayed };
  sobre_relay_send (((Task *) user_data)->relay, progress);
}

/* What the lake has is known from the cache, which is brought up to date first. */
static SobreQueryEngine *
open_cache (Task *task, GError **error)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (task->workspace);

  if (!dex_await (sobre_sync_run (sync, SOBRE_SYNC_DEFAULT), error))
    return NULL;
  return SOBRE_QUERY_ENGINE (sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (task->workspace), task->clock));
}

static SobreRejects *
read_rejects (Task *task, SobreStackWork *work, const SobreStack *stack, GError **error)
{
  const SobreSettings *settings = sobre_workspace_get_settings (task->workspace);
  const char *bucket = g_hash_table_lookup (stack->outputs, "LakeBucket");
  SobreChannel channel = g_hash_table_contains (stack->outputs, "ApiUrl") ? SOBRE_CHANNEL_API : SOBRE_CHANNEL_DIRECT;
  g_autoptr (GBytes) secret = sobre_workspace_load_card_secret (task->workspace, error);
  g_autoptr (SobrePlaces) places = NULL;
  g_autoptr (SobreQueryEngine) cache = NULL;

  if (secret == NULL)
    return NULL;
  if (bucket == NULL)
    {
      g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING, _ ("The stack %s is %s and has no lake yet"),
                   stack->name, stack->status);
      return NULL;
    }
  cache = task->replay ? open_cache (task, error) : NULL;
  if (task->replay && cache == NULL)
    return NULL;
  places = sobre_places_new (sobre_workspace_get_tables (task->workspace), secret, (guint) settings->card_epoch);
  return dex_await_boxed (sobre_rejects_read (sobre_aws_account_get_client (work->account, SOBRE_AWS_S3), bucket, places,
                                              channel, cache, task->clock, tell_cb, task, task->cancellable),
                          error);
}

static DexFuture *
read_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (SobreStackWork) work = sobre_stack_work_open (task->workspace, NULL, NULL, NULL, task->cancellable, &error);
  g_autoptr (SobreStack) stack = NULL;
  g_autoptr (SobreRejects) found = NULL;

  if (work == NULL)
    return dex_future_new_for_error (error);
  stack = dex_await_boxed (sobre_stack_work_describe (work, SOBRE_STACK_MAIN), &error);
  if (stack == NULL)
    return dex_future_new_for_error (error);
  found = read_rejects (task, work, stack, &error);
  if (found == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_REJECTS, g_steal_pointer (&found));
}

DexFuture *
sobre_rejects_desk_read (SobreWorkspace *workspace,
                         gboolean replay,
                         SobreClock *clock,
                         SobreRelay *relay,
                         GCancellable *cancellable)
{
  Task *task = g_new0 (Task, 1);

  *task = (Task) {
    .workspace = g_object_ref (workspace),
    .clock = g_object_ref (clock),
    .relay = sobre_relay_ref (relay),
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
    .replay = replay,
  };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, read_fiber, task, task_free);
}

gboolean
sobre_rejects_desk_reads_lake (SobreWorkspace *workspace, const char *bucket)
{
  return bucket != NULL && g_strcmp0 (sobre_workspace_get_settings (workspace)->lake_bucket, bucket) == 0;
}
