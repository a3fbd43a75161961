/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* claim ─▶ for each closed day: empty its folder ─▶ UNLOAD ─▶ prove ─▶ state/lake.json ─▶ the views
 *
 * The claim lies in the state too, and each write of the state says which version it replaces: of two computers that compact at once one is told, and one that
 * was away for longer than its claim cannot publish. Nothing reads a day's Parquet files before the state says so, so they may be removed and written again until
 * then. */

#include "sync/sobre-compact-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-athena-engine.h"
#include "aws/sobre-athena-statement.h"
#include "aws/sobre-athena-views.h"
#include "model/sobre-time.h"
#include "query/sobre-local-engine.h"

#define ID_TAIL 28 /* where an id's last 32 bits begin, in hexadecimal */
#define ID_DIGITS 8
#define LOCAL_TIMEOUT_MS 300000

/** Figures: what a day is proved by. @total: sum of the ids' last 32 bits */
typedef struct
{
  guint64 records;
  guint64 ids;
  guint64 total;
} Figures;

SobreCompactReport *
sobre_compact_report_new (void)
{
  SobreCompactReport *self = g_new0 (SobreCompactReport, 1);

  self->through = SOBRE_LAKE_NO_DAY;
  self->unproved = g_array_new (FALSE, FALSE, sizeof (gint32));
  return self;
}

static SobreCompactReport *
report_copy (SobreCompactReport *self)
{
  SobreCompactReport *copy = g_memdup2 (self, sizeof *self);

  copy->unproved = g_array_ref (self->unproved);
  return copy;
}

void
sobre_compact_report_free (SobreCompactReport *self)
{
  g_array_unref (self->unproved);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreCompactReport, sobre_compact_report, report_copy, sobre_compact_report_free)

static const SobreLakeDay *
find_raw (const SobreCompaction *self, SobreDataset dataset, gint32 day)
{
  for (guint i = 0; i < self->raw->len; i++)
    {
      const SobreLakeDay *it = g_ptr_array_index (self->raw, i);

      if (it->dataset == dataset && it->dt == day)
        return it;
    }
  return NULL;
}

/* @figures: (array fixed-size=SOBRE_N_DATASETS) (out): of a proof's table */
static void
read_figures (SobreResultTable *table, Figures *figures)
{
  memset (figures, 0, sizeof *figures * SOBRE_N_DATASETS);
  for (guint64 row = 0; row < sobre_result_table_get_n_rows (table); row++)
    {
      guint64 numbers[4] = { 0 };

      for (guint column = 0; column < G_N_ELEMENTS (numbers); column++)
        {
          g_autofree char *text = sobre_result_table_dup_text (table, row, column);

          numbers[column] = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
        }
      if (numbers[0] < SOBRE_N_DATASETS)
        figures[numbers[0]] = (Figures) { numbers[1], numbers[2], numbers[3] };
    }
}

static SobreResultTable *
ask (SobreQueryEngine *engine, const char *sql, GCancellable *cancellable, GError **error)
{
  g_autoptr (SobreQuery) query = sobre_query_new (sql);

  sobre_query_set_timeout (query, LOCAL_TIMEOUT_MS);
  return dex_await_object (sobre_query_engine_run (engine, query, cancellable), error);
}

static gboolean
ask_athena (SobreCompaction *self, guint datasets, gint32 day, Figures *figures, GError **error)
{
  g_autofree char *journal = sobre_workspace_dup_athena_folder (self->work.workspace);
  g_autoptr (SobreAthenaEngine) engine = sobre_athena_engine_new (self->account, &self->athena, NULL, journal);
  g_autofree char *sql = sobre_athena_proof_dup_sql (datasets, day);
  g_autoptr (SobreResultTable) table = NULL;

  sobre_athena_engine_set_name (engine, "lake compact");
  sobre_athena_engine_set_reuse (engine, 0);
  table = ask (SOBRE_QUERY_ENGINE (engine), sql, self->work.cancellable, error);
  if (table == NULL)
    return FALSE;
  read_figures (table, figures);
  return TRUE;
}

/* The sum of the numbers that the ids' last digits are, "(strpos('0123456789abcdef', substr(id, 29, 1)) - 1) * 268435456 + …". The cache has each id once. */
char *
sobre_compaction_dup_proof (guint datasets, gint32 day)
{
  g_autoptr (GString) total = g_string_new (NULL);
  GString *sql = g_string_new (NULL);
  char text[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (day, text);
  for (guint i = 0; i < ID_DIGITS; i++)
    g_string_append_printf (total, "%s(strpos('0123456789abcdef', substr(id, %u, 1)) - 1) * %" G_GUINT64_FORMAT,
                            i > 0 ? " + " : "", ID_TAIL + 1 + i, G_GUINT64_CONSTANT (1) << (4 * (ID_DIGITS - 1 - i)));
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (datasets & 1u << dataset)
      g_string_append_printf (
          sql,
          "%sSELECT %u AS dataset, count(*) AS records, count(*) AS ids, coalesce(sum(%s), 0) AS total FROM %s WHERE dt = '%s'",
          sql->len > 0 ? " UNION ALL " : "", dataset, total->str, sobre_dataset_get_name ((SobreDataset) dataset), text);
  return g_string_free_and_steal (sql);
}

static gboolean
ask_cache (SobreCompaction *self, guint datasets, gint32 day, Figures *figures, GError **error)
{
  g_autoptr (SobreLocalEngine) engine =
      sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (self->work.workspace), self->clock);
  g_autofree char *sql = sobre_compaction_dup_proof (datasets, day);
  g_autoptr (SobreResultTable) table = ask (SOBRE_QUERY_ENGINE (engine), sql, self->work.cancellable, error);

  if (table == NULL)
    return FALSE;
  read_figures (table, figures);
  return TRUE;
}

/* Where nothing of a day counts, UNLOAD leaves nothing; Athena does not read what begins like this, but it says when the day was compacted. */
static gboolean
mark_empty (SobreCompaction *self, const char *folder, GError **error)
{
  g_autofree char *key = g_strconcat (folder, "_nothing", NULL);
  g_autofree char *etag = NULL;
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);

  etag = dex_await_string (sobre_s3_put (self->s3, self->bucket, key, none, NULL, NULL, self->work.cancellable), error);
  return etag != NULL;
}

static gboolean
unload (SobreCompaction *self, const SobreLakeDay *raw, GError **error)
{
  g_autofree char *to = sobre_compaction_dup_prefix ("parquet", raw->dataset, raw->dt);
  g_autofree char *url = g_strdup_printf ("s3://%s/%s", self->bucket, to);
  g_autofree char *statement = sobre_athena_unload_dup_statement (raw->dataset, url, raw->dt);

  return sobre_athena_run_statement (self->account, &self->athena, statement, self->work.cancellable, error);
}

/* An object that comes while the day is read may be in its files or not: then it is not proved. */
static gboolean
prove_part (SobreCompaction *self,
            const SobreLakeDay *raw,
            const Figures *ours,
            const Figures *theirs,
            gboolean *proved,
            GError **error)
{
  g_autofree char *from = sobre_compaction_dup_prefix ("raw", raw->dataset, raw->dt);
  g_autofree char *to = sobre_compaction_dup_prefix ("parquet", raw->dataset, raw->dt);
  SobreLakeFolder after;

  if (!sobre_compaction_look (self, from, &after, NULL, error))
    return FALSE;
  *proved = *proved && ours->records == theirs->records && ours->ids == theirs->ids && ours->total == theirs->total &&
            after.n_objects == raw->n_objects && after.n_bytes == raw->n_bytes && after.newest == raw->last_arrival;
  return theirs->records > 0 || mark_empty (self, to, error);
}

/* Writes the files of a day and proves them. */
static gboolean
write_files (SobreCompaction *self, gint32 day, gboolean *proved, GError **error)
{
  const SobreLakeDay *raw[SOBRE_N_DATASETS];
  Figures ours[SOBRE_N_DATASETS], theirs[SOBRE_N_DATASETS];
  guint datasets = 0;

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      raw[dataset] = find_raw (self, (SobreDataset) dataset, day);
      if (raw[dataset] != NULL && !unload (self, raw[dataset], error))
        return FALSE;
      datasets |= raw[dataset] != NULL ? 1u << dataset : 0;
    }
  if (!ask_athena (self, datasets, day, theirs, error) || !ask_cache (self, datasets, day, ours, error))
    return FALSE;
  *proved = TRUE;
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (raw[dataset] != NULL && !prove_part (self, raw[dataset], &ours[dataset], &theirs[dataset], proved, error))
      return FALSE;
  return TRUE;
}

/* Makes @day a day that is read from Parquet, or a hole, and says so in the bucket. */
static gboolean
write_day (SobreCompaction *self, gint32 day, GError **error)
{
  gboolean proved;

  if (!sobre_compaction_empty_day (self, day, error) || !write_files (self, day, &proved, error))
    return FALSE;
  if (proved)
    self->report->written++;
  else
    {
      g_array_append_val (self->report->unproved, day);
      if (!sobre_compaction_empty_day (self, day, error))
        return FALSE;
    }
  self->state->through = MAX (self->state->through, day);
  sobre_lake_state_set_hole (self->state, day, !proved);
  return sobre_compaction_claim (self, error) && sobre_compaction_store (self, error);
}

/* Closed days that are not read from Parquet, once each. */
static GArray *
list_days (const SobreCompaction *self, gint32 last)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->raw->len; i++)
    {
      const SobreLakeDay *day = g_ptr_array_index (self->raw, i);

      if (day->dt <= last && !sobre_lake_state_is_cold (self->state, day->dt) &&
          g_hash_table_add (seen, GINT_TO_POINTER (day->dt)))
        g_array_append_val (days, day->dt);
    }
  return days;
}

/* Days behind the last one that is read from Parquet come first, as the days before those that were never proved would else keep them from it. @data: that day */
static int
compare_days (gconstpointer a, gconstpointer b, gpointer data)
{
  gint32 one = *(const gint32 *) a, other = *(const gint32 *) b, through = *(const gint32 *) data;

  if ((one > through) != (other > through))
    return one > through ? -1 : 1;
  return (one > other) - (one < other);
}

static gboolean
write_days (SobreCompaction *self, GError **error)
{
  gint32 last = (gint32) (sobre_clock_now (self->clock) / SOBRE_DAY_MS) - 1 - SOBRE_COMPACT_CLOSED_DAYS;
  g_autoptr (GArray) days = list_days (self, last);
  guint n = self->work.max_days > 0 ? MIN (days->len, self->work.max_days) : days->len;

  g_array_sort_with_data (days, compare_days, &self->state->through);
  self->report->left = days->len - n;
  for (guint i = 0; i < n; i++)
    {
      if (self->work.tell != NULL)
        self->work.tell ((double) i / n, self->work.tell_data);
      if (g_cancellable_set_error_if_cancelled (self->work.cancellable, error) ||
          !write_day (self, g_array_index (days, gint32, i), error))
        return FALSE;
    }
  return TRUE;
}

/* The files of a hole may be written anew once no view reads them any more. */
static gboolean
leave_holes (SobreCompaction *self, GError **error)
{
  gboolean changed;

  return sobre_compaction_find_stale (self, &changed, error) &&
         (self->state->holes->len == 0 ||
          (sobre_compaction_store (self, error) && sobre_compaction_put_views (self, NULL, error)));
}

static gboolean
run (SobreCompaction *self, GError **error)
{
  gboolean done;

  if (!sobre_compaction_load (self, error) || !sobre_compaction_claim (self, error) || !sobre_compaction_store (self, error))
    return FALSE;
  done = sobre_compaction_list_raw (self, error) && leave_holes (self, error) && write_days (self, error);
  sobre_compaction_release (self);
  if (!done || !sobre_compaction_put_views (self, NULL, error))
    return FALSE;
  self->report->through = self->state->through;
  self->report->holes = self->state->holes->len;
  return TRUE;
}

static DexFuture *
compact_fiber (gpointer data)
{
  SobreCompaction *self = data;
  GError *error = NULL;

  return run (self, &error) ? dex_future_new_take_boxed (SOBRE_TYPE_COMPACT_REPORT, g_steal_pointer (&self->report))
                            : dex_future_new_for_error (error);
}

static DexFuture *
views_fiber (gpointer data)
{
  SobreCompaction *self = data;
  GError *error = NULL;
  gint32 first;

  return sobre_compaction_load (self, &error) && sobre_compaction_list_raw (self, &error) &&
                 sobre_compaction_put_views (self, &first, &error)
             ? dex_future_new_for_int (first)
             : dex_future_new_for_error (error);
}

static DexFuture *
spawn (const SobreCompactWork *work, DexFiberFunc fiber)
{
  GError *error = NULL;
  SobreCompaction *self = sobre_compaction_new (work, FALSE, &error);

  if (self == NULL)
    return dex_future_new_for_error (error);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, self, (GDestroyNotify) sobre_compaction_free);
}

DexFuture *
sobre_compact (const SobreCompactWork *work)
{
  return spawn (work, compact_fiber);
}

DexFuture *
sobre_compact_put_views (const SobreCompactWork *work)
{
  return spawn (work, views_fiber);
}
