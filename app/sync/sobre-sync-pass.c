/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-sync-pass.h"

#include "aws/sobre-s3-price.h"
#include "ingest/sobre-ingest.h"
#include "ingest/sobre-wait.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-retention.h"
#include "lake/sobre-spool.h"
#include "model/sobre-time.h"
#include "sync/sobre-promote.h"
#include "sync/sobre-sync-listing.h"

#define LOCK_NAME "sync.lock"

/* A cache that another program has rebuilt meanwhile is opened again; that many times in a row is no accident any more. */
#define MAX_RETRIES 5

/* So many objects are known before they are read, some megabytes of memory: of most lakes that is all that is new, and so it is soon known how much that is. */
#define MAX_WAITING 16384

static char *
get_state_folder (SobreSyncPass *self)
{
  return g_path_get_dirname (sobre_workspace_get_spool_folder (self->workspace));
}

SobreCacheWriter *
sobre_sync_open_cache (SobreWorkspace *workspace, const SobreForgotten *forgotten, guint64 generation, GError **error)
{
  g_autofree char *state = g_path_get_dirname (sobre_workspace_get_spool_folder (workspace));
  g_autofree char *lock_path = g_build_filename (state, LOCK_NAME, NULL);

  return sobre_cache_writer_open (sobre_workspace_get_cache_folder (workspace), lock_path,
                                  sobre_workspace_get_calendar (workspace), sobre_forgotten_get_n_ids (forgotten), generation,
                                  error);
}

static gboolean
open_writer (SobreSyncPass *self, const SobreForgotten *forgotten, gboolean anew, GError **error)
{
  guint64 generation = anew ? sobre_cache_generation_read (sobre_workspace_get_cache_folder (self->workspace)) + 1 : 0;

  g_clear_pointer (&self->writer, sobre_cache_writer_free);
  self->n_forgotten = sobre_forgotten_get_n_ids (forgotten);
  self->writer = sobre_sync_open_cache (self->workspace, forgotten, generation, error);
  return self->writer != NULL;
}

/**
 * Running: a look at the lake, and its totals.
 * @began_at: monotonic, µs; 0 until something is to be read
 * @before: what earlier calls of the ingest have taken, @last: what the running one has
 * @has_begun: whether it was noted that something is being read
 * @pending: (element-type SobreLakeObject): what is to be read and not in the cache yet
 */
typedef struct
{
  SobreSyncPass *pass;
  SobreLakeSource *lake;
  SobreSyncListing *listing;
  const SobreForgotten *forgotten;
  GPtrArray *pending;
  SobreSyncProgress progress;
  gint64 began_at;
  SobreIngestProgress before;
  SobreIngestProgress last;
  gboolean has_begun;
} Running;

static void
running_clear (Running *self)
{
  g_clear_pointer (&self->listing, sobre_sync_listing_free);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Running, running_clear)

static gboolean
running_start (Running *self, SobreSyncPass *pass, SobreSyncFlags flags, const SobreForgotten *forgotten, GError **error)
{
  self->pass = pass;
  self->forgotten = forgotten;
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);
  self->lake = sobre_workspace_get_source (pass->workspace, error);
  if (self->lake == NULL)
    return FALSE;
  self->listing =
      sobre_sync_listing_new (pass->writer, self->lake, sobre_clock_now (pass->clock), (flags & SOBRE_SYNC_FULL) != 0, error);
  return self->listing != NULL;
}

static void
progress_cb (const SobreIngestProgress *progress, gboolean committed, gpointer user_data)
{
  Running *running = user_data;

  running->last = *progress;
  running->progress.done_objects = running->before.objects + progress->objects;
  running->progress.done_bytes = running->before.bytes + progress->bytes;
  running->progress.rows = sobre_cache_writer_get_tally (running->pass->writer).rows;
  running->progress.elapsed_us = sobre_clock_monotonic (running->pass->clock) - running->began_at;
  if (running->pass->function != NULL)
    running->pass->function (&running->progress, committed, running->pass->user_data);
}

static void
add_totals (Running *running, SobreSyncReport *report)
{
  report->objects += running->last.objects;
  report->bytes += running->last.bytes;
  report->rejects += running->last.rejects;
  report->failed += running->last.failed;
  report->postponed += running->last.postponed;
  running->before.objects += running->last.objects;
  running->before.bytes += running->last.bytes;
  running->before.postponed += running->last.postponed;
  running->last = (SobreIngestProgress) { 0 };
}

static guint64
sum_sizes (GPtrArray *objects)
{
  guint64 sum = 0;

  for (guint i = 0; i < objects->len; i++)
    sum += ((const SobreLakeObject *) g_ptr_array_index (objects, i))->size;
  return sum;
}

/* Whoever is interrupted from now on lists all of the lake next time. */
static gboolean
note_news (Running *self, GPtrArray *news, GError **error)
{
  if (news->len == 0)
    return TRUE;
  self->progress.total_objects += news->len;
  self->progress.total_bytes += sum_sizes (news);
  if (self->has_begun)
    return TRUE;
  self->has_begun = TRUE;
  self->began_at = sobre_clock_monotonic (self->pass->clock);
  return sobre_sync_listing_begin (self->listing, error);
}

static gboolean
feed_cb (GPtrArray *more, guint n_waiting, gboolean wait, gboolean *ended, gpointer user_data, GError **error)
{
  Running *self = user_data;
  guint limit = n_waiting < MAX_WAITING ? MAX_WAITING - n_waiting : 0;

  if (!sobre_sync_listing_take_news (self->listing, more, limit, wait, self->pass->cancellable, error))
    return FALSE;
  *ended = sobre_sync_listing_has_ended (self->listing);
  self->progress.listed = *ended;
  return note_news (self, more, error);
}

/* Another program has written in between, and may have read some of what is pending. */
static gboolean
drop_known (Running *self, GError **error)
{
  for (guint i = self->pending->len; i > 0; i--)
    {
      const SobreLakeObject *object = g_ptr_array_index (self->pending, i - 1);
      gboolean known;

      if (!sobre_cache_writer_has_entry (self->pass->writer, object->key, object->etag, object->size, &known, error))
        return FALSE;
      if (!known)
        continue;
      self->progress.total_objects--;
      self->progress.total_bytes -= object->size;
      g_ptr_array_remove_index (self->pending, i - 1);
    }
  return TRUE;
}

/* Reads what is pending, and what the list still names. */
static gboolean
read_pending (Running *self, SobreSyncReport *report, GError **error)
{
  gboolean done = FALSE, good = TRUE;

  while (good && !done)
    {
      good = sobre_ingest_stream (self->pass->writer, self->lake, self->pending, feed_cb, self->forgotten, progress_cb, self,
                                  self->pass->cancellable, &done, error);
      add_totals (self, report);
      good = good && (done || drop_known (self, error));
    }
  return good;
}

/* A lake in a bucket gets what intake left in the workspace's folder. What was sent is read from there. */
static gboolean
deliver (Running *self, SobreSyncReport *report, GError **error)
{
  SobreSyncPass *pass = self->pass;
  SobreDirLake *folder = sobre_workspace_get_lake (pass->workspace);
  SobreS3Lake *bucket = SOBRE_S3_LAKE (self->lake);
  g_autoptr (GPtrArray) missing =
      sobre_sync_listing_find_absent (self->listing, SOBRE_LAKE_SOURCE (folder), self->before.postponed == 0, error);
  g_autoptr (SobreCompactOpening) opening = NULL;
  SobrePromoteReport promoted;
  gboolean done;

  if (missing == NULL || missing->len == 0)
    return missing != NULL;
  opening = sobre_compact_opening_new (pass->workspace, bucket, pass->cancellable, error);
  if (opening == NULL)
    return FALSE;
  done = sobre_promote (folder, bucket, missing, self->pending, opening, NULL, NULL, pass->cancellable, &promoted, error);
  report->delivered += promoted.sent;
  return sobre_compact_opening_end (opening, done ? error : NULL) && done && note_news (self, self->pending, error) &&
         read_pending (self, report, error);
}

static gboolean
read_news (Running *self, SobreSyncReport *report, GError **error)
{
  return read_pending (self, report, error) && sobre_sync_listing_check_missing (self->listing, error) &&
         (!SOBRE_IS_S3_LAKE (self->lake) || deliver (self, report, error)) &&
         (self->before.postponed > 0 || sobre_sync_listing_finish (self->listing, error));
}

/* What would be read, page by page. */
static gboolean
foretell (Running *self, SobreSyncReport *report, GError **error)
{
  while (!sobre_sync_listing_has_ended (self->listing))
    {
      if (!sobre_sync_listing_take_news (self->listing, self->pending, MAX_WAITING, TRUE, self->pass->cancellable, error))
        return FALSE;
      report->objects += self->pending->len;
      report->bytes += sum_sizes (self->pending);
      g_ptr_array_set_size (self->pending, 0);
    }
  if (sobre_lake_source_get_name (self->lake) != NULL)
    report->price = sobre_s3_price_compute (&sobre_workspace_get_settings (self->pass->workspace)->transfer,
                                            sobre_sync_listing_count_requests (self->listing), report->objects, report->bytes);
  return sobre_sync_listing_check_missing (self->listing, error);
}

static gboolean
run_once (SobreSyncPass *self, SobreSyncFlags flags, const SobreForgotten *forgotten, SobreSyncReport *report, GError **error)
{
  g_auto (Running) running = { 0 };
  SobreCacheTally tally;
  guint64 n_bytes;

  if (!running_start (&running, self, flags, forgotten, error))
    return FALSE;
  if (flags & SOBRE_SYNC_DRY_RUN)
    return foretell (&running, report, error);
  if (!read_news (&running, report, error))
    return FALSE;
  if (!sobre_ingest_spool (self->writer, sobre_workspace_get_spool_folder (self->workspace), forgotten, &n_bytes, error))
    return FALSE;
  tally = sobre_cache_writer_get_tally (self->writer);
  report->rows = tally.rows;
  report->duplicates = tally.duplicates;
  report->conflicts = tally.conflicts;
  return TRUE;
}

/* Builds the next generation aside; the current one serves its readers until the swap. */
static gboolean
rebuild (SobreSyncPass *self, const SobreForgotten *forgotten, SobreSyncReport *report, GError **error)
{
  report->rebuilt = TRUE;
  report->objects = report->bytes = report->rejects = report->failed = report->postponed = 0;
  return open_writer (self, forgotten, TRUE, error) && run_once (self, SOBRE_SYNC_DEFAULT, forgotten, report, error) &&
         sobre_cache_writer_publish (self->writer, error);
}

static gboolean
prepare_lake (SobreSyncPass *self, SobreSyncReport *report, GError **error)
{
  SobreDirLake *lake = sobre_workspace_get_lake (self->workspace);
  gint32 today = (gint32) (sobre_clock_now (self->clock) / SOBRE_DAY_MS);

  return sobre_spool_roll (sobre_workspace_get_spool_folder (self->workspace), lake, &report->rolled, error) &&
         sobre_lake_expire (lake, today, sobre_workspace_get_settings (self->workspace)->retention_days, NULL, error);
}

static gboolean
needs_rebuild (const GError *error)
{
  return g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE) ||
         g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED);
}

/* Another program has swapped generations since the writer was opened. */
static gboolean
was_swapped (SobreSyncPass *self)
{
  return self->writer != NULL && sobre_cache_generation_read (sobre_workspace_get_cache_folder (self->workspace)) !=
                                     sobre_cache_writer_get_generation (self->writer);
}

/* The writer that is open is the right one to go on with. */
static gboolean
is_current (SobreSyncPass *self, const SobreForgotten *forgotten)
{
  return self->writer != NULL && !was_swapped (self) &&
         !sobre_cache_is_suspected (sobre_workspace_get_cache_folder (self->workspace)) &&
         self->n_forgotten == sobre_forgotten_get_n_ids (forgotten);
}

gboolean
sobre_sync_pass_run (SobreSyncPass *self, SobreSyncFlags flags, SobreSyncReport *report, GError **error)
{
  g_autofree char *state = get_state_folder (self);
  g_autoptr (SobreForgotten) forgotten = sobre_forgotten_load (state, error);

  *report = (SobreSyncReport) { 0 };
  if (forgotten == NULL || (!(flags & SOBRE_SYNC_DRY_RUN) && !prepare_lake (self, report, error)))
    return FALSE;
  if ((flags & SOBRE_SYNC_FULL) && !(flags & SOBRE_SYNC_DRY_RUN))
    return rebuild (self, forgotten, report, error);

  for (guint i = 0;; i++)
    {
      g_autoptr (GError) cause = NULL;
      gboolean swapped;

      if (!is_current (self, forgotten))
        g_clear_pointer (&self->writer, sobre_cache_writer_free);
      if ((self->writer != NULL || open_writer (self, forgotten, FALSE, &cause)) &&
          run_once (self, flags, forgotten, report, &cause))
        return TRUE;
      swapped = was_swapped (self);
      g_clear_pointer (&self->writer, sobre_cache_writer_free);
      if (needs_rebuild (cause) && !swapped && !(flags & SOBRE_SYNC_DRY_RUN))
        return rebuild (self, forgotten, report, error);
      if (!swapped || i == MAX_RETRIES)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
}

static gboolean
has_closed_segment (SobreSyncPass *self)
{
  g_autoptr (GPtrArray) segments = sobre_spool_list (sobre_workspace_get_spool_folder (self->workspace), NULL);

  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      if (((const SobreSpoolSegment *) g_ptr_array_index (segments, i))->closed)
        return TRUE;
    }
  return FALSE;
}

gboolean
sobre_sync_pass_glance (SobreSyncPass *self, gboolean *changed, GError **error)
{
  g_autofree char *state = get_state_folder (self);
  g_autoptr (SobreForgotten) forgotten = sobre_forgotten_load (state, error);
  SobreSyncReport report;
  guint64 n_bytes = 0;

  *changed = TRUE;
  if (forgotten == NULL)
    return FALSE;
  if (!is_current (self, forgotten) || has_closed_segment (self))
    return sobre_sync_pass_run (self, SOBRE_SYNC_DEFAULT, &report, error);

  if (!sobre_ingest_spool (self->writer, sobre_workspace_get_spool_folder (self->workspace), forgotten, &n_bytes, error))
    {
      g_clear_pointer (&self->writer, sobre_cache_writer_free);
      return FALSE;
    }
  *changed = n_bytes > 0;
  return TRUE;
}

void
sobre_sync_pass_clear (SobreSyncPass *self)
{
  g_clear_pointer (&self->writer, sobre_cache_writer_free);
}
