/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-compact-opening.h"

#include "ingest/sobre-wait.h"
#include "model/sobre-time.h"
#include "sync/sobre-compact-private.h"

/* Others that write change the state too. */
#define MAX_RETRIES 5

/** SobreCompactOpening: @days: (element-type gint32): to be opened next · @is_begun: whether anything was asked of the bucket · @has_put: whether the views were
 * made: somebody who was killed may have left holes that they do not know of yet */
struct _SobreCompactOpening
{
  SobreCompaction *compaction;
  GArray *days;
  gboolean is_begun;
  gboolean has_put;
};

SobreCompactOpening *
sobre_compact_opening_new (SobreWorkspace *workspace, SobreS3Lake *lake, GCancellable *cancellable, GError **error)
{
  const SobreCompactWork work = { .workspace = workspace, .lake = lake, .cancellable = cancellable };
  SobreCompaction *compaction = sobre_compaction_new (&work, TRUE, error);
  SobreCompactOpening *self;

  if (compaction == NULL)
    return NULL;
  self = g_new0 (SobreCompactOpening, 1);
  self->compaction = compaction;
  self->days = g_array_new (FALSE, FALSE, sizeof (gint32));
  return self;
}

void
sobre_compact_opening_free (SobreCompactOpening *self)
{
  sobre_compaction_free (self->compaction);
  g_array_unref (self->days);
  g_free (self);
}

/* A run that was killed may have left files of days that nothing reads from them: those go, too. */
static gboolean
empty (SobreCompaction *compaction, GArray *days, GError **error)
{
  for (guint i = 0; i < days->len; i++)
    if (!sobre_compaction_empty_day (compaction, g_array_index (days, gint32, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
begin (SobreCompactOpening *self, GError **error)
{
  SobreCompaction *compaction = self->compaction;
  gboolean changed = !self->has_put;

  if (!sobre_compaction_load (compaction, error))
    return FALSE;
  if (compaction->state->etag == NULL)
    return TRUE;
  if (!sobre_compaction_claim (compaction, error) || !sobre_compaction_list_raw (compaction, error))
    return FALSE;
  for (guint i = 0; i < self->days->len; i++)
    changed = sobre_compaction_open (compaction, g_array_index (self->days, gint32, i)) || changed;
  self->has_put =
      sobre_compaction_store (compaction, error) && (!changed || sobre_compaction_put_views (compaction, NULL, error));
  return self->has_put && empty (compaction, self->days, error);
}

static gboolean
finish (SobreCompactOpening *self, GError **error)
{
  SobreCompaction *compaction = self->compaction;
  gboolean changed, ours;

  if (!sobre_compaction_load (compaction, error))
    return FALSE;
  if (compaction->state->etag == NULL)
    return TRUE;
  ours = sobre_compaction_is_ours (compaction);
  return sobre_compaction_list_raw (compaction, error) && sobre_compaction_find_stale (compaction, &changed, error) &&
         (!changed || (sobre_compaction_store (compaction, error) && sobre_compaction_put_views (compaction, NULL, error) &&
                       (!ours || empty (compaction, compaction->state->holes, error))));
}

static DexFuture *
begin_fiber (gpointer data)
{
  GError *error = NULL;
  gboolean done = begin (data, &error);

  for (guint i = 0; i < MAX_RETRIES && g_error_matches (error, SOBRE_COMPACT_ERROR, SOBRE_COMPACT_ERROR_CHANGED); i++)
    {
      g_clear_error (&error);
      done = begin (data, &error);
    }
  return done ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

static DexFuture *
finish_fiber (gpointer data)
{
  SobreCompactOpening *self = data;
  GError *error = NULL;
  gboolean done = finish (self, &error);

  if (self->compaction->state != NULL && self->compaction->state->etag != NULL)
    sobre_compaction_release (self->compaction);
  return done ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

static gboolean
wait_for (SobreCompactOpening *self, DexFiberFunc fiber, GError **error)
{
  g_autoptr (DexFuture) future = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, self, NULL);

  return sobre_wait_for_future (future, error) != NULL;
}

gboolean
sobre_compact_opening_add (SobreCompactOpening *self, GArray *days, GError **error)
{
  gint32 today = (gint32) (sobre_clock_now (self->compaction->clock) / SOBRE_DAY_MS);

  g_array_set_size (self->days, 0);
  for (guint i = 0; i < days->len; i++)
    if (g_array_index (days, gint32, i) < today - SOBRE_COMPACT_CLOSED_DAYS)
      g_array_append_val (self->days, g_array_index (days, gint32, i));
  if (self->days->len == 0)
    return TRUE;
  self->is_begun = TRUE;
  return wait_for (self, begin_fiber, error);
}

gboolean
sobre_compact_opening_end (SobreCompactOpening *self, GError **error)
{
  return !self->is_begun || wait_for (self, finish_fiber, error);
}
