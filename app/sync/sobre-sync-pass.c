/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-sync-pass.h"

#include <glib/gi18n-lib.h>

#include "ingest/sobre-ingest.h"
#include "ingest/sobre-wait.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-retention.h"
#include "lake/sobre-spool.h"
#include "model/sobre-time.h"

#define LOCK_NAME "sync.lock"

/* A cache that another program has rebuilt meanwhile is opened again; that many times in a row is no accident any more. */
#define MAX_RETRIES 5

static char *
get_state_folder (SobreSyncPass *self)
{
  return g_path_get_dirname (sobre_workspace_get_spool_folder (self->workspace));
}

static gboolean
open_writer (SobreSyncPass *self, gboolean anew, GError **error)
{
  const char *folder = sobre_workspace_get_cache_folder (self->workspace);
  g_autofree char *state = get_state_folder (self);
  g_autofree char *lock_path = g_build_filename (state, LOCK_NAME, NULL);
  guint64 generation = anew ? sobre_cache_generation_read (folder) + 1 : 0;

  g_clear_pointer (&self->writer, sobre_cache_writer_free);
  self->writer = sobre_cache_writer_open (folder, lock_path, sobre_workspace_get_calendar (self->workspace), generation, error);
  return self->writer != NULL;
}

/* All objects of all datasets, in key order. */
static GPtrArray *
list_lake (SobreSyncPass *self, GError **error)
{
  SobreLakeSource *lake = SOBRE_LAKE_SOURCE (sobre_workspace_get_lake (self->workspace));
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autofree char *after = NULL;

      do
        {
          g_autoptr (DexFuture) future = sobre_lake_source_list (lake, (SobreDataset) dataset, after);
          const GValue *value = sobre_wait_for_future (future, error);
          SobreLakePage *page;

          if (value == NULL)
            return NULL;
          page = g_value_get_boxed (value);
          g_free (after);
          after = g_strdup (page->next);
          for (guint i = 0; i < page->objects->len; i++)
            g_ptr_array_add (objects, sobre_lake_object_copy (g_ptr_array_index (page->objects, i)));
        }
      while (after != NULL);
    }
  return g_steal_pointer (&objects);
}

/* What of @objects is new or changed; NULL with STALE when the lake has lost something that the cache holds. */
static GPtrArray *
find_news (GPtrArray *objects, GHashTable *ledger, GError **error)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new ();
  guint known = 0, entered = 0;
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < objects->len; i++)
    {
      const SobreLakeObject *object = g_ptr_array_index (objects, i);
      const SobreLedgerEntry *entry = g_hash_table_lookup (ledger, object->key);

      known += entry != NULL ? 1 : 0;
      if (entry != NULL && object->size < entry->size)
        known--;
      if (entry == NULL || !g_str_equal (entry->etag, object->etag) || entry->size != object->size)
        g_ptr_array_add (news, (gpointer) object);
    }
  g_hash_table_iter_init (&iter, ledger);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    entered += g_str_has_prefix (key, "raw/") ? 1 : 0;
  if (known < entered)
    {
      g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                           _ ("The lake has lost objects that the cache holds. The cache is built anew."));
      return NULL;
    }
  return g_steal_pointer (&news);
}

/** Running: a pass's totals, for its progress. */
typedef struct
{
  SobreSyncPass *pass;
  SobreSyncProgress progress;
  SobreIngestProgress before;
  SobreIngestProgress last;
} Running;

static void
progress_cb (const SobreIngestProgress *progress, gboolean committed, gpointer user_data)
{
  Running *running = user_data;

  running->last = *progress;
  running->progress.done_objects = running->before.objects + progress->objects;
  running->progress.done_bytes = running->before.bytes + progress->bytes;
  running->progress.rows = sobre_cache_writer_get_tally (running->pass->writer).rows;
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
  running->before.objects += running->last.objects;
  running->before.bytes += running->last.bytes;
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

static gboolean
read_lake (SobreSyncPass *self,
           SobreSyncFlags flags,
           const SobreForgotten *forgotten,
           SobreSyncReport *report,
           gboolean *again,
           GError **error)
{
  g_autoptr (GPtrArray) objects = list_lake (self, error);
  g_autoptr (GHashTable) ledger = objects != NULL ? sobre_cache_writer_load_ledger (self->writer, error) : NULL;
  g_autoptr (GPtrArray) news = ledger != NULL ? find_news (objects, ledger, error) : NULL;
  Running running = { .pass = self };
  gboolean done;
  guint n_done;

  if (news == NULL)
    return FALSE;
  if (flags & SOBRE_SYNC_DRY_RUN)
    {
      report->objects = news->len;
      report->bytes = sum_sizes (news);
      return TRUE;
    }
  running.progress.total_objects = news->len;
  running.progress.total_bytes = sum_sizes (news);
  done = sobre_ingest_objects (self->writer, SOBRE_LAKE_SOURCE (sobre_workspace_get_lake (self->workspace)), news, forgotten,
                               progress_cb, &running, self->cancellable, &n_done, error);
  add_totals (&running, report);
  *again = done && n_done < news->len;
  return done;
}

static gboolean
run_once (SobreSyncPass *self, SobreSyncFlags flags, const SobreForgotten *forgotten, SobreSyncReport *report, GError **error)
{
  SobreCacheTally tally;
  guint64 n_bytes;
  gboolean again = FALSE;

  do
    {
      if (!read_lake (self, flags, forgotten, report, &again, error))
        return FALSE;
    }
  while (again && !g_cancellable_is_cancelled (self->cancellable));

  if (flags & SOBRE_SYNC_DRY_RUN)
    return TRUE;
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
  report->objects = report->bytes = report->rejects = report->failed = 0;
  return open_writer (self, TRUE, error) && run_once (self, SOBRE_SYNC_DEFAULT, forgotten, report, error) &&
         sobre_cache_writer_publish (self->writer, error);
}

static gboolean
prepare_lake (SobreSyncPass *self, SobreSyncReport *report, GError **error)
{
  SobreDirLake *lake = sobre_workspace_get_lake (self->workspace);
  gint32 today = (gint32) (g_get_real_time () / 1000 / SOBRE_DAY_MS);

  return sobre_spool_roll (sobre_workspace_get_spool_folder (self->workspace), lake, &report->rolled, error) &&
         sobre_lake_expire (lake, today, sobre_workspace_get_settings (self->workspace)->retention_days, NULL, error);
}

static gboolean
needs_rebuild (const GError *error)
{
  return g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE) ||
         g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED);
}

static gboolean
was_swapped (SobreSyncPass *self)
{
  return self->writer != NULL && sobre_cache_generation_read (sobre_workspace_get_cache_folder (self->workspace)) !=
                                     sobre_cache_writer_get_generation (self->writer);
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
      gboolean swapped = was_swapped (self);

      if (swapped)
        g_clear_pointer (&self->writer, sobre_cache_writer_free);
      if ((self->writer != NULL || open_writer (self, FALSE, &cause)) && run_once (self, flags, forgotten, report, &cause))
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
  SobreSyncReport report;
  guint64 n_bytes = 0;

  *changed = TRUE;
  if (self->writer == NULL || was_swapped (self) || has_closed_segment (self))
    return sobre_sync_pass_run (self, SOBRE_SYNC_DEFAULT, &report, error);

  if (!sobre_ingest_spool (self->writer, sobre_workspace_get_spool_folder (self->workspace), NULL, &n_bytes, error))
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
