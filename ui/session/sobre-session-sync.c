/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-session-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-format.h"

static void
set_progress (SobreSession *self, const char *progress)
{
  if (g_set_str (&self->progress, progress))
    g_object_notify (G_OBJECT (self), "progress");
}

static void
progress_cb (SobreSession *self)
{
  SobreSyncProgress progress = sobre_sync_get_progress (self->sync);
  double done = sobre_sync_progress_get_share (&progress);
  g_autofree char *detail = sobre_sync_progress_dup_text (&progress);
  g_autofree char *share = NULL;
  g_autofree char *text = NULL;

  if (progress.total_bytes == 0)
    return;
  share = isnan (done) ? NULL : sobre_format_share (done);
  if (share == NULL && detail == NULL)
    text = g_strdup (_ ("Reading answers…"));
  else if (share == NULL || detail == NULL)
    /* Translators: how much of the answers is in the figures: "Reading answers: 55 %" */
    text = g_strdup_printf (_ ("Reading answers: %s"), share != NULL ? share : detail);
  else
    /* Translators: and how fast, and how long it will take: "Reading answers: 55 %, 8.1 MB/s, 6 s left" */
    text = g_strdup_printf (_ ("Reading answers: %s, %s"), share, detail);
  set_progress (self, text);
}

/* A sync's own progress goes first. */
static void
closing_cb (SobreSession *self)
{
  if (!self->syncing)
    set_progress (self, sobre_day_closer_get_progress (self->day_closer));
}

static void
failed_cb (SobreSession *self, const GError *error)
{
  sobre_session_report (self, error);
}

static DexFuture *
synced_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (SobreSession) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return NULL;
  self->syncing = FALSE;
  if (!self->started)
    return NULL;
  set_progress (self, NULL);
  if (dex_future_get_value (future, &error) != NULL)
    sobre_day_closer_run (self->day_closer);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sobre_session_report (self, error);
  sobre_session_compute (self);
  return NULL;
}

void
sobre_session_synchronise (SobreSession *self, SobreSyncFlags flags)
{
  if (!self->started || self->syncing)
    return;
  self->syncing = TRUE;
  dex_future_disown (dex_future_finally (sobre_sync_run (self->sync, flags), synced_cb, sobre_session_make_weak_ref (self),
                                         sobre_session_free_weak_ref));
}

void
sobre_session_connect_sync (SobreSession *self)
{
  g_signal_connect_object (self->day_closer, "notify::progress", G_CALLBACK (closing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "committed", G_CALLBACK (sobre_session_compute), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

void
sobre_session_rebuild (SobreSession *self)
{
  sobre_code_desk_allow (self->code_desk);
  sobre_session_synchronise (self, SOBRE_SYNC_FULL);
}

void
sobre_session_cancel (SobreSession *self)
{
  sobre_sync_cancel (self->sync);
}
