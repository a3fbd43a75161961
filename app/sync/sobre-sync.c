/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-sync.h"

#include "sync/sobre-sync-pass.h"

#define GLANCE_US (G_USEC_PER_SEC / 2)
#define PROGRESS_US (G_USEC_PER_SEC / 10)

typedef enum
{
  COMMAND_RUN,
  COMMAND_WATCH,
  COMMAND_REST,
  COMMAND_QUIT,
} CommandKind;

/** Command: what the writing thread is asked for. @promise: only for COMMAND_RUN. */
typedef struct
{
  CommandKind kind;
  SobreSyncFlags flags;
  DexPromise *promise;
} Command;

struct _SobreSync
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  GMainContext *context;
  GThread *thread;
  GAsyncQueue *commands;
  GMutex mutex; /* guards what follows */
  SobreSyncProgress progress;
  GCancellable *cancellable;
  gint64 last_progress;
  gboolean busy;
};

enum
{
  PROP_BUSY = 1,
};

G_DEFINE_FINAL_TYPE (SobreSync, sobre_sync, G_TYPE_OBJECT)

static SobreSyncReport *
report_copy (SobreSyncReport *self)
{
  return g_memdup2 (self, sizeof *self);
}

G_DEFINE_BOXED_TYPE (SobreSyncReport, sobre_sync_report, report_copy, g_free)

/** Message: a signal on its way to the main context. The object may be gone when it arrives. */
typedef struct
{
  GWeakRef sync;
  const char *signal; /* NULL for a change of "busy" */
  GError *error;
} Message;

static gboolean
deliver_cb (gpointer data)
{
  Message *message = data;
  g_autoptr (SobreSync) sync = g_weak_ref_get (&message->sync);

  if (sync == NULL)
    return G_SOURCE_REMOVE;
  if (message->signal == NULL)
    g_object_notify (G_OBJECT (sync), "busy");
  else if (message->error != NULL)
    g_signal_emit_by_name (sync, message->signal, message->error);
  else
    g_signal_emit_by_name (sync, message->signal);
  return G_SOURCE_REMOVE;
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_weak_ref_clear (&message->sync);
  g_clear_error (&message->error);
  g_free (message);
}

/** Worker: what the thread owns. It holds the object only weakly, so that dropping the object ends the thread. */
typedef struct
{
  SobreSync *sync; /* not a reference: finalize joins the thread first */
  GAsyncQueue *commands;
  SobreSyncPass pass;
  gboolean watching;
} Worker;

static void
post (SobreSync *self, const char *signal, const GError *error)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_weak_ref_init (&message->sync, self);
  message->signal = signal;
  message->error = error != NULL ? g_error_copy (error) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, message, message_free);
  g_source_attach (source, self->context);
}

static void
progress_cb (const SobreSyncProgress *progress, gboolean committed, gpointer user_data)
{
  SobreSync *self = ((Worker *) user_data)->sync;
  gint64 now = g_get_monotonic_time ();
  gboolean tell;

  g_mutex_lock (&self->mutex);
  self->progress = *progress;
  tell = now - self->last_progress >= PROGRESS_US || (progress->listed && progress->done_objects == progress->total_objects);
  if (tell)
    self->last_progress = now;
  g_mutex_unlock (&self->mutex);
  if (tell)
    post (self, "progress", NULL);
  if (committed)
    post (self, "committed", NULL);
}

static void
set_busy (SobreSync *self, gboolean busy, GCancellable *cancellable)
{
  g_mutex_lock (&self->mutex);
  self->busy = busy;
  self->progress = (SobreSyncProgress) { 0 };
  g_set_object (&self->cancellable, cancellable);
  g_mutex_unlock (&self->mutex);
  post (self, NULL, NULL);
}

static void
run (Worker *worker, Command *command)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SobreSyncReport report;
  gboolean done;

  set_busy (worker->sync, TRUE, cancellable);
  worker->pass.cancellable = cancellable;
  done = sobre_sync_pass_run (&worker->pass, command->flags, &report, &error);
  worker->pass.cancellable = NULL;
  set_busy (worker->sync, FALSE, NULL);
  if (done)
    {
      post (worker->sync, "committed", NULL);
      dex_promise_resolve_boxed (command->promise, SOBRE_TYPE_SYNC_REPORT, report_copy (&report));
    }
  else
    dex_promise_reject (command->promise, g_steal_pointer (&error));
  if (!worker->watching)
    sobre_sync_pass_clear (&worker->pass);
}

static void
glance (Worker *worker)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  if (!sobre_sync_pass_glance (&worker->pass, &changed, &error))
    post (worker->sync, "failed", error);
  else if (changed)
    post (worker->sync, "committed", NULL);
}

static gpointer
thread_func (gpointer data)
{
  Worker *worker = data;
  gboolean running = TRUE;

  while (running)
    {
      Command *command =
          worker->watching ? g_async_queue_timeout_pop (worker->commands, GLANCE_US) : g_async_queue_pop (worker->commands);

      if (command == NULL)
        {
          glance (worker);
          continue;
        }
      if (command->kind == COMMAND_RUN)
        run (worker, command);
      else
        {
          worker->watching = command->kind == COMMAND_WATCH;
          running = command->kind != COMMAND_QUIT;
          if (!worker->watching)
            sobre_sync_pass_clear (&worker->pass);
        }
      dex_clear (&command->promise);
      g_free (command);
    }
  sobre_sync_pass_clear (&worker->pass);
  g_object_unref (worker->pass.workspace);
  g_object_unref (worker->pass.clock);
  g_async_queue_unref (worker->commands);
  g_free (worker);
  return NULL;
}

static void
send (SobreSync *self, CommandKind kind, SobreSyncFlags flags, DexPromise *promise)
{
  Command *command = g_new0 (Command, 1);

  command->kind = kind;
  command->flags = flags;
  command->promise = promise;
  g_async_queue_push (self->commands, command);
}

static void
sobre_sync_dispose (GObject *object)
{
  SobreSync *self = SOBRE_SYNC (object);

  if (self->thread != NULL)
    {
      sobre_sync_cancel (self);
      send (self, COMMAND_QUIT, 0, NULL);
      g_thread_join (g_steal_pointer (&self->thread));
    }
  G_OBJECT_CLASS (sobre_sync_parent_class)->dispose (object);
}

static void
sobre_sync_finalize (GObject *object)
{
  SobreSync *self = SOBRE_SYNC (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->commands, g_async_queue_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (sobre_sync_parent_class)->finalize (object);
}

static void
sobre_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SobreSync *self = SOBRE_SYNC (object);

  if (id != PROP_BUSY)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_mutex_lock (&self->mutex);
  g_value_set_boolean (value, self->busy);
  g_mutex_unlock (&self->mutex);
}

static void
sobre_sync_class_init (SobreSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sobre_sync_dispose;
  object_class->finalize = sobre_sync_finalize;
  object_class->get_property = sobre_sync_get_property;
  g_object_class_install_property (object_class, PROP_BUSY,
                                   g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("committed", SOBRE_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("progress", SOBRE_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("failed", SOBRE_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sobre_sync_init (SobreSync *self)
{
  g_mutex_init (&self->mutex);
  self->commands = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
}

SobreSync *
sobre_sync_new (SobreWorkspace *workspace)
{
  SobreSync *self = g_object_new (SOBRE_TYPE_SYNC, NULL);
  Worker *worker = g_new0 (Worker, 1);

  self->workspace = g_object_ref (workspace);
  worker->sync = self;
  worker->commands = g_async_queue_ref (self->commands);
  worker->pass.workspace = g_object_ref (workspace);
  worker->pass.clock = sobre_system_clock_new ();
  worker->pass.function = progress_cb;
  worker->pass.user_data = worker;
  self->thread = g_thread_new ("sobre-sync", thread_func, worker);
  return self;
}

DexFuture *
sobre_sync_run (SobreSync *self, SobreSyncFlags flags)
{
  DexPromise *promise = dex_promise_new ();

  send (self, COMMAND_RUN, flags, dex_ref (promise));
  return DEX_FUTURE (promise);
}

SobreSyncProgress
sobre_sync_get_progress (SobreSync *self)
{
  SobreSyncProgress progress;

  g_mutex_lock (&self->mutex);
  progress = self->progress;
  g_mutex_unlock (&self->mutex);
  return progress;
}

void
sobre_sync_cancel (SobreSync *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_mutex_lock (&self->mutex);
  cancellable = self->cancellable != NULL ? g_object_ref (self->cancellable) : NULL;
  g_mutex_unlock (&self->mutex);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

void
sobre_sync_set_watching (SobreSync *self, gboolean watching)
{
  send (self, watching ? COMMAND_WATCH : COMMAND_REST, 0, NULL);
}
