/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-local-engine.h"

#include "sobre-config.h"

#include <gio/gunixinputstream.h>

#include "cache/sobre-cache.h"
#include "query/sobre-query-wire.h"

#define CHUNK 65536

struct _SobreLocalEngine
{
  GObject parent_instance;

  char *program;
  char *cache_folder;
  SobreClock *clock;
};

/* One run in flight, on its pool thread. */
typedef struct
{
  SobreLocalEngine *engine;
  SobreQuery *query;
  GCancellable *cancellable;
} Run;

static void sobre_local_engine_query_engine_init (SobreQueryEngineInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreLocalEngine,
                               sobre_local_engine,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_QUERY_ENGINE, sobre_local_engine_query_engine_init))

SobreLocalEngine *
sobre_local_engine_new (const char *program, const char *cache_folder, SobreClock *clock)
{
  SobreLocalEngine *self = g_object_new (SOBRE_TYPE_LOCAL_ENGINE, NULL);

  self->program = program != NULL ? g_strdup (program) : g_build_filename (SOBRE_LIBEXECDIR, "sobremesa-query", NULL);
  self->cache_folder = g_strdup (cache_folder);
  self->clock = g_object_ref (clock);
  return self;
}

/* The child gets an empty environment: nothing in ours is its business. */
static GSubprocess *
start (SobreLocalEngine *self, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  char *environment[] = { NULL };
  g_autoptr (GError) failure = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_environ (launcher, environment);
  process = g_subprocess_launcher_spawn (launcher, &failure, self->program, NULL);
  if (process == NULL)
    sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE,
                           "the program that runs queries could not be started: %s", failure->message);
  return process;
}

static gboolean
send_request (GSubprocess *process, GBytes *request, GError **error)
{
  GOutputStream *stream = g_subprocess_get_stdin_pipe (process);
  g_autoptr (GError) failure = NULL;

  if (g_output_stream_write_all (stream, g_bytes_get_data (request, NULL), g_bytes_get_size (request), NULL, NULL, &failure) &&
      g_output_stream_close (stream, NULL, &failure))
    return TRUE;
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE,
                                "the program that runs queries does not listen: %s", failure->message);
}

/* Waits until the answer goes on, the time is over or the query is cancelled. */
static gboolean
wait_for_more (GInputStream *stream, GCancellable *cancellable, gint64 deadline, GError **error)
{
  GPollFD polled[2] = { { .fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream)),
                          .events = G_IO_IN | G_IO_HUP | G_IO_ERR } };
  gboolean cancels = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &polled[1]);
  gint64 left = (deadline - g_get_monotonic_time ()) / 1000;

  if (left > 0)
    g_poll (polled, cancels ? 2 : 1, (gint) MIN (left, G_MAXINT));
  if (cancels)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_get_monotonic_time () >= deadline)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TIMEOUT, SOBRE_SQL_NOWHERE,
                                  "the query took too long and was stopped");
  return TRUE;
}

static GBytes *
receive_reply (GSubprocess *process, GCancellable *cancellable, gint64 deadline, GError **error)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  gssize n = 1;

  while (n > 0)
    {
      guint length = reply->len;

      if (!wait_for_more (stream, cancellable, deadline, error))
        return NULL;
      if (length > SOBRE_QUERY_MAX_REPLY)
        {
          sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "the result is larger than %d MiB",
                                 (int) (SOBRE_QUERY_MAX_REPLY >> 20));
          return NULL;
        }
      g_byte_array_set_size (reply, length + CHUNK);
      n = g_input_stream_read (stream, reply->data + length, CHUNK, NULL, error);
      g_byte_array_set_size (reply, length + (guint) MAX (n, 0));
    }
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&reply)) : NULL;
}

static SobreResultTable *
talk (SobreLocalEngine *self, GSubprocess *process, SobreQuery *query, GCancellable *cancellable, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) sobre_query_get_timeout (query) * 1000;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) reply = NULL;
  gint64 now;

  if (!sobre_query_get_now (query, &now))
    now = sobre_clock_now (self->clock);
  request = sobre_query_wire_write_request (query, self->cache_folder, now);
  if (!send_request (process, request, error))
    return NULL;
  reply = receive_reply (process, cancellable, deadline, error);
  if (reply == NULL)
    return NULL;
  if (g_bytes_get_size (reply) == 0)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE,
                             "the program that runs queries ended without an answer; the query may need too much memory");
      return NULL;
    }
  return sobre_query_wire_read_reply (reply, error);
}

SobreResultTable *
sobre_local_engine_run_sync (SobreLocalEngine *self, SobreQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) cause = NULL;
  SobreResultTable *table;

  g_return_val_if_fail (SOBRE_IS_LOCAL_ENGINE (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  process = start (self, error);
  if (process == NULL)
    return NULL;
  table = talk (self, process, query, cancellable, &cause);
  /* Whatever came of it, the worker's work is over. */
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  /* The worker may not write: what it could not read is noted for the next sync here. */
  if (g_error_matches (cause, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_CACHE))
    sobre_cache_suspect (self->cache_folder);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return table;
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->engine);
  sobre_query_unref (run->query);
  g_clear_object (&run->cancellable);
  g_free (run);
}

static DexFuture *
run_worker (gpointer data)
{
  Run *run = data;
  GError *error = NULL;
  SobreResultTable *table = sobre_local_engine_run_sync (run->engine, run->query, run->cancellable, &error);

  return table != NULL ? dex_future_new_take_object (table) : dex_future_new_for_error (error);
}

static DexFuture *
sobre_local_engine_run (SobreQueryEngine *engine, SobreQuery *query, GCancellable *cancellable)
{
  Run *run = g_new0 (Run, 1);

  run->engine = g_object_ref (SOBRE_LOCAL_ENGINE (engine));
  run->query = sobre_query_ref (query);
  run->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, run_worker, run, run_free);
}

static void
sobre_local_engine_query_engine_init (SobreQueryEngineInterface *iface)
{
  iface->run = sobre_local_engine_run;
}

static void
sobre_local_engine_finalize (GObject *object)
{
  SobreLocalEngine *self = SOBRE_LOCAL_ENGINE (object);

  g_free (self->program);
  g_free (self->cache_folder);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (sobre_local_engine_parent_class)->finalize (object);
}

static void
sobre_local_engine_class_init (SobreLocalEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_local_engine_finalize;
}

static void
sobre_local_engine_init (SobreLocalEngine *self)
{
}
