/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-compact-after.h"

#include <string.h>

#include "model/sobre-time.h"
#include "stack/sobre-stack-workspace.h"
#include "workspace/sobre-workspace-files.h"

#define MARK_FILE "compacted" /* the day on which it was done last */

/** After: @day: on which it is done, days since the epoch */
typedef struct
{
  SobreCompactWork work;
  gint32 day;
} After;

static void
after_free (gpointer data)
{
  After *self = data;

  g_object_unref (self->work.workspace);
  g_clear_object (&self->work.cancellable);
  g_free (self);
}

static gboolean
is_wanted (SobreWorkspace *workspace)
{
  const SobreSettings *settings = sobre_workspace_get_settings (workspace);

  return settings->lake_bucket != NULL &&
         (settings->athena.compact == SOBRE_COMPACT_AFTER_SYNC ||
          (settings->athena.compact == SOBRE_COMPACT_WHERE_DEPLOYED && sobre_stack_was_deployed (workspace)));
}

static gboolean
is_due (const After *self, const char *state)
{
  g_autofree char *text = NULL;
  gint32 day;

  if (!is_wanted (self->work.workspace))
    return FALSE;
  text = sobre_workspace_read_file (state, MARK_FILE, NULL, NULL);
  return text == NULL || !sobre_day_parse (text, strlen (g_strchomp (text)), &day) || day != self->day;
}

static SobreCompactReport *
compact (After *self, GError **error)
{
  SobreLakeSource *lake = sobre_workspace_get_source (self->work.workspace, error);

  if (lake == NULL)
    return NULL;
  self->work.lake = SOBRE_S3_LAKE (lake);
  return dex_await_boxed (sobre_compact (&self->work), error);
}

static DexFuture *
after_fiber (gpointer data)
{
  After *self = data;
  g_autofree char *state = g_build_filename (sobre_workspace_get_path (self->work.workspace), SOBRE_STATE_FOLDER, NULL);
  char day[SOBRE_DAY_STRING_LENGTH + 1];
  SobreCompactReport *report;
  GError *error = NULL;

  if (!is_due (self, state))
    return dex_future_new_take_boxed (SOBRE_TYPE_COMPACT_REPORT, sobre_compact_report_new ());
  report = compact (self, &error);
  sobre_day_format (self->day, day);
  if (report != NULL ? report->left == 0 || report->written == 0 : !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sobre_workspace_write_file (state, MARK_FILE, day, -1, NULL);
  return report != NULL ? dex_future_new_take_boxed (SOBRE_TYPE_COMPACT_REPORT, report) : dex_future_new_for_error (error);
}

DexFuture *
sobre_compact_after_sync (const SobreCompactWork *work, gint64 now)
{
  After *self = g_new0 (After, 1);

  self->work = *work;
  self->work.workspace = g_object_ref (work->workspace);
  self->work.cancellable = work->cancellable != NULL ? g_object_ref (work->cancellable) : NULL;
  self->work.max_days = SOBRE_COMPACT_AFTER_DAYS;
  self->day = (gint32) (now / SOBRE_DAY_MS);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, after_fiber, self, after_free);
}
