/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which days of a bucket's lake are read from where: the state in the bucket, the claim in it, the files and the views. */

#include "sync/sobre-compact-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-athena-views.h"
#include "model/sobre-time.h"

#define CLAIM_MS (60 * 60 * 1000) /* twice what a query may take */
#define ID_BYTES 12
#define WRITES "writes-"
#define COMPACTS "compacts-"

G_DEFINE_QUARK (sobre-compact-error-quark, sobre_compact_error)

static char *
make_id (const char *kind, SobreRandom *random)
{
  guint8 bytes[ID_BYTES];
  GString *id = g_string_new (kind);

  sobre_random_fill (random, bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (id, "%02x", bytes[i]);
  return g_string_free_and_steal (id);
}

SobreCompaction *
sobre_compaction_new (const SobreCompactWork *work, gboolean writes, GError **error)
{
  SobreAwsAccount *account = sobre_workspace_get_account (work->workspace, error);
  SobreCompaction *self;

  if (account == NULL)
    return NULL;
  self = g_new0 (SobreCompaction, 1);
  self->work = *work;
  g_object_ref (self->work.workspace);
  g_object_ref (self->work.lake);
  if (self->work.cancellable != NULL)
    g_object_ref (self->work.cancellable);
  self->athena = work->athena != NULL ? *work->athena : sobre_workspace_get_settings (work->workspace)->athena;
  self->athena.database = g_strdup (self->athena.database);
  self->athena.workgroup = g_strdup (self->athena.workgroup);
  self->athena.results = g_strdup (self->athena.results);
  self->account = g_object_ref (account);
  self->s3 = sobre_aws_account_get_client (account, SOBRE_AWS_S3);
  self->clock = sobre_aws_account_get_means (account)->clock;
  self->bucket = sobre_s3_lake_get_bucket (work->lake);
  self->id = make_id (writes ? WRITES : COMPACTS, sobre_aws_account_get_means (account)->random);
  self->report = sobre_compact_report_new ();
  return self;
}

void
sobre_compaction_free (SobreCompaction *self)
{
  g_clear_pointer (&self->state, sobre_lake_state_free);
  g_clear_pointer (&self->raw, g_ptr_array_unref);
  g_clear_pointer (&self->report, sobre_compact_report_free);
  g_object_unref (self->account);
  g_free (self->athena.database);
  g_free (self->athena.workgroup);
  g_free (self->athena.results);
  g_object_unref (self->work.workspace);
  g_object_unref (self->work.lake);
  g_clear_object (&self->work.cancellable);
  g_free (self->id);
  g_free (self);
}

gboolean
sobre_compaction_load (SobreCompaction *self, GError **error)
{
  SobreLakeState *state = sobre_lake_state_load (self->s3, self->bucket, self->work.cancellable, error);

  if (state == NULL)
    return FALSE;
  g_clear_pointer (&self->state, sobre_lake_state_free);
  self->state = state;
  return TRUE;
}

gboolean
sobre_compaction_list_raw (SobreCompaction *self, GError **error)
{
  GPtrArray *raw = dex_await_boxed (sobre_lake_catalogue (SOBRE_LAKE_SOURCE (self->work.lake), NULL), error);

  if (raw == NULL)
    return FALSE;
  g_clear_pointer (&self->raw, g_ptr_array_unref);
  self->raw = raw;
  return TRUE;
}

char *
sobre_compaction_dup_prefix (const char *form, SobreDataset dataset, gint32 day)
{
  char text[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (day, text);
  return g_strdup_printf ("%s/%s/dt=%s/", form, sobre_dataset_get_name (dataset), text);
}

gboolean
sobre_compaction_look (SobreCompaction *self, const char *prefix, SobreLakeFolder *folder, GPtrArray *keys, GError **error)
{
  g_autofree char *after = NULL;
  gboolean more = TRUE;

  *folder = (SobreLakeFolder) { 0 };
  while (more)
    {
      g_autoptr (SobreS3Page) page =
          dex_await_boxed (sobre_s3_list (self->s3, self->bucket, prefix, after, 1000, self->work.cancellable), error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);

          folder->n_objects++;
          folder->n_bytes += object->size;
          folder->newest = MAX (folder->newest, object->modified_at);
          g_set_str (&after, object->key);
          if (keys != NULL)
            g_ptr_array_add (keys, g_strdup (object->key));
        }
      more = page->is_truncated && page->objects->len > 0;
    }
  return TRUE;
}

/* What is somebody else's doing is said in words that tell what to do. */
gboolean
sobre_compaction_store (SobreCompaction *self, GError **error)
{
  GError *failure = NULL;

  if (sobre_lake_state_store (self->state, self->s3, self->bucket, &failure))
    return TRUE;
  if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT))
    {
      g_clear_error (&failure);
      g_set_error_literal (&failure, SOBRE_COMPACT_ERROR, SOBRE_COMPACT_ERROR_CHANGED,
                           _ ("The lake was changed from elsewhere meanwhile; try again"));
    }
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
sobre_compaction_is_ours (const SobreCompaction *self)
{
  return g_strcmp0 (self->state->by, self->id) == 0;
}

/* Of those that write one may take the claim of another: what is to be kept off is a compaction. */
static gboolean
is_kept_off (const SobreCompaction *self, gint64 now)
{
  return self->state->by != NULL && self->state->until > now && !sobre_compaction_is_ours (self) &&
         !(g_str_has_prefix (self->id, WRITES) && g_str_has_prefix (self->state->by, WRITES));
}

gboolean
sobre_compaction_claim (SobreCompaction *self, GError **error)
{
  gint64 now = sobre_clock_now (self->clock);
  char until[SOBRE_TIME_STRING_LENGTH + 1];

  if (is_kept_off (self, now))
    {
      sobre_time_format (self->state->until, until);
      g_set_error (error, SOBRE_COMPACT_ERROR, SOBRE_COMPACT_ERROR_BUSY,
                   _ ("Another computer is at work on the lake, or was stopped while it was; it may until %s"), until);
      return FALSE;
    }
  g_set_str (&self->state->by, self->id);
  self->state->until = now + CLAIM_MS;
  return TRUE;
}

/* Somebody who marked holes meanwhile has left the claim in the state, so that is read once more. */
void
sobre_compaction_release (SobreCompaction *self)
{
  gboolean done = FALSE;

  for (guint i = 0; i < 2 && !done && (i == 0 || sobre_compaction_load (self, NULL)) && sobre_compaction_is_ours (self); i++)
    {
      g_clear_pointer (&self->state->by, g_free);
      done = sobre_compaction_store (self, NULL);
    }
}

/* The days of a dataset's Parquet files, and when the oldest file of each was written. */
static GHashTable *
list_parquet (SobreCompaction *self, SobreDataset dataset, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("parquet/%s/dt=", sobre_dataset_get_name (dataset));
  g_autoptr (GHashTable) oldest = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree char *after = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (SobreS3Page) page =
          dex_await_boxed (sobre_s3_list (self->s3, self->bucket, prefix, after, 1000, self->work.cancellable), error);

      if (page == NULL)
        return NULL;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);
          const gint64 *known;
          gint32 day;

          g_set_str (&after, object->key);
          if (!sobre_day_parse (object->key + strlen (prefix),
                                MIN (strlen (object->key + strlen (prefix)), SOBRE_DAY_STRING_LENGTH), &day))
            continue;
          known = g_hash_table_lookup (oldest, GINT_TO_POINTER (day));
          if (known == NULL || *known > object->modified_at)
            g_hash_table_insert (oldest, GINT_TO_POINTER (day), g_memdup2 (&object->modified_at, sizeof object->modified_at));
        }
      more = page->is_truncated && page->objects->len > 0;
    }
  return g_steal_pointer (&oldest);
}

/* A record that comes to @day may be a copy of one in any of the days whose files were made with a look at it. */
gboolean
sobre_compaction_open (SobreCompaction *self, gint32 day)
{
  gboolean changed = sobre_lake_state_set_hole (self->state, day, TRUE);

  for (guint i = 0; i < self->raw->len; i++)
    {
      gint32 other = ((const SobreLakeDay *) g_ptr_array_index (self->raw, i))->dt;

      if (other >= day - SOBRE_ATHENA_LATER_DAYS && other <= day + SOBRE_ATHENA_COPY_DAYS)
        changed = sobre_lake_state_set_hole (self->state, other, TRUE) || changed;
    }
  return changed;
}

/* A day that got an object after its Parquet files were written is a hole until it was compacted again, and so is one that has lost them. */
gboolean
sobre_compaction_find_stale (SobreCompaction *self, gboolean *changed, GError **error)
{
  *changed = FALSE;
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autoptr (GHashTable) oldest = list_parquet (self, (SobreDataset) dataset, error);

      if (oldest == NULL)
        return FALSE;
      for (guint i = 0; i < self->raw->len; i++)
        {
          const SobreLakeDay *day = g_ptr_array_index (self->raw, i);
          const gint64 *written = g_hash_table_lookup (oldest, GINT_TO_POINTER (day->dt));

          if (day->dataset == (SobreDataset) dataset && (written == NULL || day->last_arrival >= *written) &&
              sobre_lake_state_is_cold (self->state, day->dt))
            *changed = sobre_compaction_open (self, day->dt);
        }
    }
  return TRUE;
}

/* Nothing reads the folder: its day is no cold one. */
static gboolean
empty (SobreCompaction *self, SobreDataset dataset, gint32 day, GError **error)
{
  g_autofree char *prefix = sobre_compaction_dup_prefix ("parquet", dataset, day);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  SobreLakeFolder parquet;

  if (!sobre_compaction_look (self, prefix, &parquet, keys, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    if (!dex_await (sobre_s3_remove (self->s3, self->bucket, g_ptr_array_index (keys, i), self->work.cancellable), error))
      return FALSE;
  return TRUE;
}

gboolean
sobre_compaction_empty_day (SobreCompaction *self, gint32 day, GError **error)
{
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (!empty (self, (SobreDataset) dataset, day, error))
      return FALSE;
  return TRUE;
}

/* Whoever moved the state meanwhile may have made the views before us: then ours would be old ones. */
gboolean
sobre_compaction_put_views (SobreCompaction *self, gint32 *first, GError **error)
{
  gint32 begin = (gint32) (sobre_clock_now (self->clock) / SOBRE_DAY_MS);
  g_autofree char *etag = NULL;

  for (guint i = 0; i < self->raw->len; i++)
    begin = MIN (begin, ((const SobreLakeDay *) g_ptr_array_index (self->raw, i))->dt);
  do
    {
      const SobreAthenaShape shape = { sobre_workspace_get_calendar (self->work.workspace), begin, self->state };

      g_set_str (&etag, self->state->etag);
      if (!dex_await (sobre_athena_put_views (self->account, &self->athena, &shape, self->work.cancellable), error) ||
          !sobre_compaction_load (self, error))
        return FALSE;
    }
  while (g_strcmp0 (etag, self->state->etag) != 0);
  if (first != NULL)
    *first = begin;
  return TRUE;
}
