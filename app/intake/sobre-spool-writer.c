/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-spool-writer.h"

#include <unistd.h>

#include "model/sobre-time.h"

/* How often an idle writer looks whether a segment has become old. */
#define TICK_US G_USEC_PER_SEC

typedef struct
{
  SobreSpoolDone done;
  gpointer user_data;
  SobreDataset dataset;
} Waiter;

/* What one commit takes: the lines by dataset, and who waits for them. */
typedef struct
{
  GByteArray *lines[SOBRE_N_DATASETS];
  GArray *waiters;
  GError *errors[SOBRE_N_DATASETS];
} Batch;

/* Segments are touched by the thread only. */
typedef struct
{
  SobreSpoolFile *file;
  gint64 begun;
} Segment;

struct _SobreSpoolWriter
{
  GMainContext *context;
  SobreClock *clock;
  SobreRandom *random;
  SobreSpoolLimits limits;
  int spool;
  GThread *thread;
  Segment segments[SOBRE_N_DATASETS];

  GMutex mutex;
  GCond cond;
  Batch *gathering;
  GQueue finished;
  GSource *delivery;
  gboolean stopping;
};

static Batch *
batch_new (void)
{
  Batch *batch = g_new0 (Batch, 1);

  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    batch->lines[dataset] = g_byte_array_new ();
  batch->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  return batch;
}

static void
batch_free (Batch *batch)
{
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_byte_array_unref (batch->lines[dataset]);
      g_clear_error (&batch->errors[dataset]);
    }
  g_array_unref (batch->waiters);
  g_free (batch);
}

static void
close_segment (Segment *segment)
{
  g_autoptr (GError) error = NULL;

  if (!sobre_spool_file_close (g_steal_pointer (&segment->file), &error))
    g_warning ("spool segment stays open until the next start: %s", error->message);
}

static gboolean
is_over (SobreSpoolWriter *self, const Segment *segment)
{
  return sobre_spool_file_get_size (segment->file) >= self->limits.segment_bytes ||
         sobre_clock_monotonic (self->clock) - segment->begun >= self->limits.segment_seconds * G_USEC_PER_SEC ||
         sobre_spool_file_get_dt (segment->file) != sobre_clock_now (self->clock) / SOBRE_DAY_MS;
}

static void
close_old_segments (SobreSpoolWriter *self)
{
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (self->segments[dataset].file != NULL && is_over (self, &self->segments[dataset]))
      close_segment (&self->segments[dataset]);
}

static gboolean
commit_dataset (SobreSpoolWriter *self, SobreDataset dataset, const GByteArray *lines, GError **error)
{
  Segment *segment = &self->segments[dataset];

  if (segment->file == NULL)
    {
      SobreId id = sobre_id_make_v7 (self->clock, self->random);

      segment->file = sobre_spool_file_create (self->spool, dataset, sobre_clock_now (self->clock) / SOBRE_DAY_MS, &id, error);
      if (segment->file == NULL)
        return FALSE;
      segment->begun = sobre_clock_monotonic (self->clock);
    }
  if (sobre_spool_file_append (segment->file, lines->data, lines->len, error))
    return TRUE;
  close_segment (segment);
  return FALSE;
}

static void
commit (SobreSpoolWriter *self, Batch *batch)
{
  close_old_segments (self);
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (batch->lines[dataset]->len > 0)
      commit_dataset (self, dataset, batch->lines[dataset], &batch->errors[dataset]);
}

static Batch *
take_finished (SobreSpoolWriter *self)
{
  Batch *batch;

  g_mutex_lock (&self->mutex);
  batch = g_queue_pop_head (&self->finished);
  if (batch == NULL)
    g_clear_pointer (&self->delivery, g_source_unref);
  g_mutex_unlock (&self->mutex);
  return batch;
}

static gboolean
deliver_cb (gpointer user_data)
{
  SobreSpoolWriter *self = user_data;
  Batch *batch;

  while ((batch = take_finished (self)) != NULL)
    {
      for (guint i = 0; i < batch->waiters->len; i++)
        {
          const Waiter *waiter = &g_array_index (batch->waiters, Waiter, i);

          waiter->done (waiter->user_data, batch->errors[waiter->dataset]);
        }
      batch_free (batch);
    }
  return G_SOURCE_REMOVE;
}

/* Called with the mutex held. */
static void
schedule_delivery (SobreSpoolWriter *self)
{
  if (self->delivery != NULL)
    return;
  self->delivery = g_idle_source_new ();
  g_source_set_priority (self->delivery, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->delivery, deliver_cb, self, NULL);
  g_source_attach (self->delivery, self->context);
}

/* Called with the mutex held; it is released while the disk works. */
static void
commit_gathered (SobreSpoolWriter *self)
{
  Batch *batch = g_steal_pointer (&self->gathering);

  g_mutex_unlock (&self->mutex);
  commit (self, batch);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->finished, batch);
  schedule_delivery (self);
}

static gboolean
has_segment (SobreSpoolWriter *self)
{
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (self->segments[dataset].file != NULL)
      return TRUE;
  return FALSE;
}

static gpointer
write_thread (gpointer data)
{
  SobreSpoolWriter *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping || self->gathering != NULL)
    {
      if (self->gathering != NULL)
        commit_gathered (self);
      else if (!has_segment (self))
        g_cond_wait (&self->cond, &self->mutex);
      else if (!g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + TICK_US))
        {
          g_mutex_unlock (&self->mutex);
          close_old_segments (self);
          g_mutex_lock (&self->mutex);
        }
    }
  g_mutex_unlock (&self->mutex);
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (self->segments[dataset].file != NULL)
      close_segment (&self->segments[dataset]);
  return NULL;
}

SobreSpoolWriter *
sobre_spool_writer_new (int spool, SobreClock *clock, SobreRandom *random, const SobreSpoolLimits *limits)
{
  SobreSpoolWriter *self = g_new0 (SobreSpoolWriter, 1);

  self->context = g_main_context_ref_thread_default ();
  self->clock = g_object_ref (clock);
  self->random = g_object_ref (random);
  self->limits = limits != NULL ? *limits : (SobreSpoolLimits) { SOBRE_SPOOL_SEGMENT_BYTES, SOBRE_SPOOL_SEGMENT_SECONDS };
  self->spool = spool;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->finished);
  self->thread = g_thread_new ("spool", write_thread, self);
  return self;
}

void
sobre_spool_writer_append (SobreSpoolWriter *self,
                           SobreDataset dataset,
                           const char *lines,
                           gsize length,
                           SobreSpoolDone done,
                           gpointer user_data)
{
  const Waiter waiter = { done, user_data, dataset };
  Batch *batch;

  g_assert (length > 0 && lines[length - 1] == '\n');

  g_mutex_lock (&self->mutex);
  if (self->gathering == NULL)
    {
      self->gathering = batch_new ();
      g_cond_signal (&self->cond);
    }
  batch = self->gathering;
  g_byte_array_append (batch->lines[dataset], (const guint8 *) lines, length);
  g_array_append_val (batch->waiters, waiter);
  g_mutex_unlock (&self->mutex);
}

void
sobre_spool_writer_free (SobreSpoolWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  if (self->delivery != NULL)
    g_source_destroy (self->delivery);
  deliver_cb (self);
  close (self->spool);
  g_object_unref (self->clock);
  g_object_unref (self->random);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_main_context_unref (self->context);
  g_free (self);
}
