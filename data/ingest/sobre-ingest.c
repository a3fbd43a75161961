/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ingest/sobre-ingest.h"

#include "ingest/sobre-ingest-private.h"
#include "ingest/sobre-wait.h"

#define N_THREADS 2
#define N_AHEAD 8
#define N_FETCHES 64
#define FETCH_BYTES (64 << 20)
#define BATCH_ROWS 200000
#define BATCH_US (1 * G_USEC_PER_SEC)

/**
 * Pipeline: the objects are numbered from 0 on as they are named. @next is the one that the next idle thread takes, @written how many the writer has taken;
 * the difference stays below N_AHEAD, which bounds the memory. @slots holds what is parsed, by number modulo N_AHEAD. A lake may be far away, so objects are
 * asked for before a thread is idle: @asked is the first that was not, and what is on its way stays below N_FETCHES objects and FETCH_BYTES.
 *
 * @objects: those that are not committed; @n_committed came before the first of them
 * @ended: whether no more will be named
 */
typedef struct
{
  GMutex mutex; /* guards what may change */
  GCond changed;
  SobreLakeSource *lake;
  GPtrArray *objects;
  guint n_committed;
  gboolean ended;
  SobreDictionary *dictionary;
  SobreServiceCalendar *calendar;
  const SobreForgotten *forgotten;
  gint64 secret;
  guint asked;
  guint64 asked_bytes;
  DexFuture *fetches[N_FETCHES];
  guint next;
  guint written;
  gboolean stopped;
  SobreParsed *slots[N_AHEAD];
  GThread *threads[N_THREADS];
} Pipeline;

/* With the mutex held: how many were named. */
static guint
count_named (Pipeline *self)
{
  return self->n_committed + self->objects->len;
}

/* With the mutex held. An object stays where it is until it is committed. */
static const SobreLakeObject *
get_object (Pipeline *self, guint number)
{
  return g_ptr_array_index (self->objects, number - self->n_committed);
}

/* With the mutex held. The next object is asked for in any case. */
static void
ask_ahead (Pipeline *self)
{
  while (self->asked < count_named (self) && self->asked - self->next < N_FETCHES &&
         (self->asked == self->next || self->asked_bytes < FETCH_BYTES))
    {
      const SobreLakeObject *object = get_object (self, self->asked);

      self->fetches[self->asked % N_FETCHES] = sobre_lake_source_fetch (self->lake, object);
      self->asked_bytes += object->size;
      self->asked++;
    }
}

/* With the mutex held. */
static gboolean
has_to_wait (Pipeline *self)
{
  if (self->next == count_named (self))
    return !self->ended;
  return self->next - self->written >= N_AHEAD;
}

/* Returns: (nullable): the next object; NULL when there are no more */
static const SobreLakeObject *
take_work (Pipeline *self, guint *number, DexFuture **fetch)
{
  const SobreLakeObject *object = NULL;

  g_mutex_lock (&self->mutex);
  while (!self->stopped && has_to_wait (self))
    g_cond_wait (&self->changed, &self->mutex);
  if (!self->stopped && self->next < count_named (self))
    {
      ask_ahead (self);
      *number = self->next++;
      *fetch = g_steal_pointer (&self->fetches[*number % N_FETCHES]);
      object = get_object (self, *number);
      self->asked_bytes -= object->size;
    }
  g_mutex_unlock (&self->mutex);
  return object;
}

static SobreParsed *
parse (SobreParser *parser, const SobreLakeObject *object, DexFuture *fetch)
{
  GError *error = NULL;
  const GValue *value = sobre_wait_for_future (fetch, &error);
  g_autoptr (GBytes) bytes = value != NULL ? g_value_dup_boxed (value) : g_bytes_new (NULL, 0);
  SobreParsed *parsed = sobre_parser_read_object (parser, object->dataset, object->dt, bytes);

  if (error != NULL)
    {
      g_clear_error (&parsed->error);
      parsed->error = error;
    }
  return parsed;
}

static gpointer
thread_func (gpointer data)
{
  Pipeline *self = data;
  g_autoptr (SobreParser) parser = sobre_parser_new (self->dictionary, self->calendar, self->secret, self->forgotten);
  const SobreLakeObject *object;
  DexFuture *fetch;
  guint number;

  while ((object = take_work (self, &number, &fetch)) != NULL)
    {
      SobreParsed *parsed = parse (parser, object, fetch);

      dex_unref (fetch);
      g_mutex_lock (&self->mutex);
      self->slots[number % N_AHEAD] = parsed;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

static void
pipeline_start (Pipeline *self,
                SobreCacheWriter *writer,
                SobreLakeSource *lake,
                GPtrArray *objects,
                const SobreForgotten *forgotten)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->lake = lake;
  self->objects = objects;
  self->dictionary = sobre_dictionary_ref (sobre_cache_writer_get_dictionary (writer));
  self->calendar = sobre_cache_writer_get_calendar (writer);
  self->secret = sobre_cache_writer_get_secret (writer);
  self->forgotten = forgotten;
  for (guint i = 0; i < N_THREADS; i++)
    self->threads[i] = g_thread_new ("sobre-parser", thread_func, self);
}

static void
pipeline_stop (Pipeline *self)
{
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (self->threads[i]);
  for (guint i = 0; i < N_AHEAD; i++)
    g_clear_pointer (&self->slots[i], sobre_parsed_free);
  for (guint i = 0; i < N_FETCHES; i++)
    dex_clear (&self->fetches[i]);
  sobre_dictionary_unref (self->dictionary);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

/* Empties @more. */
static void
pipeline_add (Pipeline *self, GPtrArray *more, gboolean ended)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_extend_and_steal (self->objects, g_ptr_array_ref (more));
  self->ended = ended;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
pipeline_commit (Pipeline *self)
{
  g_mutex_lock (&self->mutex);
  if (self->written > self->n_committed)
    g_ptr_array_remove_range (self->objects, 0, self->written - self->n_committed);
  self->n_committed = self->written;
  g_mutex_unlock (&self->mutex);
}

static SobreParsed *
pipeline_take (Pipeline *self, const SobreLakeObject **object)
{
  SobreParsed *parsed;
  guint number;

  g_mutex_lock (&self->mutex);
  number = self->written;
  while (self->slots[number % N_AHEAD] == NULL)
    g_cond_wait (&self->changed, &self->mutex);
  parsed = g_steal_pointer (&self->slots[number % N_AHEAD]);
  *object = get_object (self, number);
  self->written++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return parsed;
}

gboolean
sobre_ingest_write (SobreCacheWriter *writer,
                    const SobreCacheSource *source,
                    gint32 dt,
                    const SobreParsed *parsed,
                    GError **error)
{
  guint64 rows = parsed->batch->rows->len + parsed->events->len + parsed->orders->len;

  if (!sobre_cache_writer_take (writer, source, parsed->batch, error))
    return FALSE;
  for (guint i = 0; i < parsed->events->len; i++)
    {
      if (!sobre_cache_writer_take_event (writer, &g_array_index (parsed->events, SobreEvent, i), dt, error))
        return FALSE;
    }
  for (guint i = 0; i < parsed->orders->len; i++)
    {
      if (!sobre_cache_writer_take_order (writer, &g_array_index (parsed->orders, SobreOrder, i), dt, error))
        return FALSE;
    }
  for (guint i = 0; i < parsed->rejects->len; i++)
    {
      if (!sobre_cache_writer_quarantine (writer, source, &g_array_index (parsed->rejects, SobreReject, i), error))
        return FALSE;
    }
  return sobre_cache_writer_enter (writer, source, rows, error);
}

/* An object that cannot be reached now is no object that is damaged: it has no entry, so that the next sync asks for it again. */
static gboolean
is_postponed (const SobreParsed *parsed)
{
  return parsed->error != NULL && !g_error_matches (parsed->error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED) &&
         !g_error_matches (parsed->error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED);
}

static gboolean
write_object (SobreCacheWriter *writer, const SobreLakeObject *object, const SobreParsed *parsed, GError **error)
{
  SobreCacheSource source = {
    .key = object->key,
    .etag = object->etag,
    .size = object->size,
    .dataset = object->dataset,
    .n_rejects = parsed->n_rejects,
    .failure = parsed->error != NULL ? parsed->error->message : NULL,
  };

  if (is_postponed (parsed))
    return TRUE;
  /* What is read again had no records, but it may have had lines in quarantine. */
  return sobre_cache_writer_strike (writer, object->key, error) &&
         sobre_ingest_write (writer, &source, object->dt, parsed, error);
}

/**
 * Writing: batches of whole objects.
 * @open: whether a transaction is
 * @since: when it was begun, monotonic, µs
 * @moved_on: whether another program has written since @epoch
 */
typedef struct
{
  Pipeline pipeline;
  SobreCacheWriter *writer;
  SobreIngestFeed feed;
  SobreIngestFunction function;
  gpointer user_data;
  GCancellable *cancellable;
  SobreIngestProgress progress;
  guint64 epoch;
  gint64 since;
  gboolean open;
  gboolean moved_on;
} Writing;

static guint
count_waiting (Writing *self)
{
  Pipeline *pipeline = &self->pipeline;

  /* Only this thread changes these. */
  return pipeline->n_committed + pipeline->objects->len - pipeline->written;
}

static gboolean
begin (Writing *self, GError **error)
{
  if (!sobre_cache_writer_begin (self->writer, error))
    return FALSE;
  self->moved_on = sobre_cache_writer_get_epoch (self->writer) != self->epoch;
  self->open = !self->moved_on;
  self->since = g_get_monotonic_time ();
  if (self->moved_on)
    sobre_cache_writer_rollback (self->writer);
  return TRUE;
}

static gboolean
commit (Writing *self, GError **error)
{
  if (!sobre_cache_writer_commit (self->writer, error))
    return FALSE;
  self->open = FALSE;
  pipeline_commit (&self->pipeline);
  return TRUE;
}

/* A list that fails ends it, but not what was read before. */
static gboolean
ask_for_more (Writing *self, GError **error)
{
  g_autoptr (GPtrArray) more = g_ptr_array_new ();
  guint n_waiting = count_waiting (self);
  gboolean ended = FALSE, good;

  if (self->pipeline.ended)
    return TRUE;
  good = self->feed (more, n_waiting, n_waiting == 0, &ended, self->user_data, error);
  if (more->len > 0 || ended)
    pipeline_add (&self->pipeline, more, ended);
  if (!good && self->open)
    commit (self, NULL);
  return good;
}

static void
count (Writing *self, const SobreLakeObject *object, const SobreParsed *parsed)
{
  self->progress.objects++;
  self->progress.bytes += object->size;
  self->progress.rejects += parsed->n_rejects;
  self->progress.postponed += is_postponed (parsed) ? 1 : 0;
  self->progress.failed += parsed->error != NULL && !is_postponed (parsed) ? 1 : 0;
}

/* Writes the next object, and commits when it is time. */
static gboolean
write_next (Writing *self, GError **error)
{
  const SobreLakeObject *object;
  g_autoptr (SobreParsed) parsed = pipeline_take (&self->pipeline, &object);

  if (!write_object (self->writer, object, parsed, error))
    return FALSE;
  count (self, object, parsed);
  if ((sobre_cache_writer_get_pending (self->writer) >= BATCH_ROWS || g_get_monotonic_time () - self->since >= BATCH_US ||
       count_waiting (self) == 0) &&
      !commit (self, error))
    return FALSE;
  if (self->function != NULL)
    self->function (&self->progress, !self->open, self->user_data);
  if (!g_cancellable_is_cancelled (self->cancellable))
    return TRUE;
  return (!self->open || commit (self, error)) && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
write_all (Writing *self, GError **error)
{
  for (;;)
    {
      if (!ask_for_more (self, error))
        return FALSE;
      if (count_waiting (self) == 0 && self->pipeline.ended)
        return TRUE;
      if (count_waiting (self) == 0)
        continue;
      if (!self->open && !begin (self, error))
        return FALSE;
      if (self->moved_on)
        return TRUE;
      if (!write_next (self, error))
        return FALSE;
    }
}

gboolean
sobre_ingest_stream (SobreCacheWriter *writer,
                     SobreLakeSource *lake,
                     GPtrArray *objects,
                     SobreIngestFeed feed,
                     const SobreForgotten *forgotten,
                     SobreIngestFunction function,
                     gpointer user_data,
                     GCancellable *cancellable,
                     gboolean *done,
                     GError **error)
{
  Writing writing = {
    .writer = writer, .feed = feed, .function = function, .user_data = user_data, .cancellable = cancellable
  };
  gboolean good;

  *done = FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  writing.epoch = sobre_cache_writer_get_epoch (writer);
  pipeline_start (&writing.pipeline, writer, lake, objects, forgotten);
  good = write_all (&writing, error);
  if (!good)
    sobre_cache_writer_rollback (writer);
  pipeline_stop (&writing.pipeline);
  *done = good && !writing.moved_on;
  return good;
}

/* Of objects that are all known. */
static gboolean
end_cb (GPtrArray *more, guint n_waiting, gboolean wait, gboolean *ended, gpointer user_data, GError **error)
{
  *ended = TRUE;
  return TRUE;
}

gboolean
sobre_ingest_objects (SobreCacheWriter *writer,
                      SobreLakeSource *lake,
                      GPtrArray *objects,
                      const SobreForgotten *forgotten,
                      SobreIngestFunction function,
                      gpointer user_data,
                      GCancellable *cancellable,
                      guint *n_done,
                      GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_sized_new (objects->len);
  gboolean done, good;

  *n_done = 0;
  if (objects->len == 0)
    return TRUE;
  for (guint i = 0; i < objects->len; i++)
    g_ptr_array_add (left, g_ptr_array_index (objects, i));
  good = sobre_ingest_stream (writer, lake, left, end_cb, forgotten, function, user_data, cancellable, &done, error);
  *n_done = objects->len - left->len;
  return good;
}
