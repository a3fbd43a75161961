/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ingest/sobre-ingest.h"

#include "ingest/sobre-ingest-private.h"
#include "ingest/sobre-wait.h"

#define N_THREADS 2
#define N_AHEAD 8
#define BATCH_ROWS 200000
#define BATCH_US (1 * G_USEC_PER_SEC)

/**
 * Pipeline: @next is the object that the next idle thread takes, @written how many the writer has taken; the difference stays below
 * N_AHEAD, which bounds the memory. @slots holds what is parsed, by index modulo N_AHEAD.
 */
typedef struct
{
  GMutex mutex;
  GCond changed;
  SobreLakeSource *lake;
  GPtrArray *objects;
  SobreDictionary *dictionary;
  SobreServiceCalendar *calendar;
  const SobreForgotten *forgotten;
  gint64 secret;
  guint next;
  guint written;
  gboolean stopped;
  SobreParsed *slots[N_AHEAD];
  GThread *threads[N_THREADS];
} Pipeline;

static gboolean
take_work (Pipeline *self, guint *index)
{
  gboolean work;

  g_mutex_lock (&self->mutex);
  while (!self->stopped && self->next < self->objects->len && self->next - self->written >= N_AHEAD)
    g_cond_wait (&self->changed, &self->mutex);
  work = !self->stopped && self->next < self->objects->len;
  if (work)
    *index = self->next++;
  g_mutex_unlock (&self->mutex);
  return work;
}

static SobreParsed *
parse (Pipeline *self, SobreParser *parser, const SobreLakeObject *object)
{
  g_autoptr (DexFuture) future = sobre_lake_source_fetch (self->lake, object);
  GError *error = NULL;
  const GValue *value = sobre_wait_for_future (future, &error);
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
  guint index;

  while (take_work (self, &index))
    {
      SobreParsed *parsed = parse (self, parser, g_ptr_array_index (self->objects, index));

      g_mutex_lock (&self->mutex);
      self->slots[index % N_AHEAD] = parsed;
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
  sobre_dictionary_unref (self->dictionary);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

static SobreParsed *
pipeline_take (Pipeline *self, guint index)
{
  SobreParsed *parsed;

  g_mutex_lock (&self->mutex);
  while (self->slots[index % N_AHEAD] == NULL)
    g_cond_wait (&self->changed, &self->mutex);
  parsed = g_steal_pointer (&self->slots[index % N_AHEAD]);
  self->written = index + 1;
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

  if (parsed->error != NULL && !g_error_matches (parsed->error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED) &&
      !g_error_matches (parsed->error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED))
    return TRUE;
  return sobre_ingest_write (writer, &source, object->dt, parsed, error);
}

static gboolean
begin (SobreCacheWriter *writer, guint64 epoch, gboolean *moved_on, GError **error)
{
  if (!sobre_cache_writer_begin (writer, error))
    return FALSE;
  *moved_on = sobre_cache_writer_get_epoch (writer) != epoch;
  if (*moved_on)
    sobre_cache_writer_rollback (writer);
  return TRUE;
}

/** Batches of whole objects. @uncommitted: objects since the last commit. */
static gboolean
write_all (Pipeline *pipeline,
           SobreCacheWriter *writer,
           SobreIngestFunction function,
           gpointer user_data,
           GCancellable *cancellable,
           guint *n_done,
           GError **error)
{
  guint64 epoch = sobre_cache_writer_get_epoch (writer);
  SobreIngestProgress progress = { 0 };
  gboolean open = FALSE;
  gint64 since = 0;

  for (guint i = 0; i < pipeline->objects->len; i++)
    {
      const SobreLakeObject *object = g_ptr_array_index (pipeline->objects, i);
      g_autoptr (SobreParsed) parsed = pipeline_take (pipeline, i);
      gboolean moved_on = FALSE, full;

      if (!open)
        {
          if (!begin (writer, epoch, &moved_on, error))
            return FALSE;
          if (moved_on)
            return TRUE;
          open = TRUE;
          since = g_get_monotonic_time ();
        }
      if (!write_object (writer, object, parsed, error))
        return FALSE;
      progress.objects++;
      progress.bytes += object->size;
      progress.rejects += parsed->n_rejects;
      progress.failed += parsed->error != NULL ? 1 : 0;

      full = sobre_cache_writer_get_pending (writer) >= BATCH_ROWS || g_get_monotonic_time () - since >= BATCH_US;
      if (full || i + 1 == pipeline->objects->len || g_cancellable_is_cancelled (cancellable))
        {
          if (!sobre_cache_writer_commit (writer, error))
            return FALSE;
          open = FALSE;
          *n_done = i + 1;
        }
      if (function != NULL)
        function (&progress, !open, user_data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
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
  Pipeline pipeline = { 0 };
  gboolean done;

  *n_done = 0;
  if (objects->len == 0)
    return TRUE;
  pipeline_start (&pipeline, writer, lake, objects, forgotten);
  done = write_all (&pipeline, writer, function, user_data, cancellable, n_done, error);
  if (!done)
    sobre_cache_writer_rollback (writer);
  pipeline_stop (&pipeline);
  return done;
}
