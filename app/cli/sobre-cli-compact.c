/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-compact.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-lake-state.h"
#include "model/sobre-time.h"
#include "sync/sobre-compact-after.h"
#include "sync/sobre-sync.h"

/** Step: progress on its way to the main context. */
typedef struct
{
  SobreCli *cli;
  double fraction;
} Step;

static gboolean
show_step_cb (gpointer data)
{
  Step *step = data;

  sobre_cli_output_progress (step->cli->output, _ ("Writing closed days as Parquet"), step->fraction);
  return G_SOURCE_REMOVE;
}

static void
tell_cb (double fraction, gpointer user_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Step *step = g_new (Step, 1);

  *step = (Step) { user_data, fraction };
  g_source_set_callback (source, show_step_cb, step, g_free);
  g_source_attach (source, NULL);
}

static void
print_report (SobreCli *self, const SobreCompactReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "through");
  sobre_day_format (report->through, day);
  if (report->through != SOBRE_LAKE_NO_DAY)
    json_builder_add_string_value (builder, day);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "written");
  json_builder_add_int_value (builder, report->written);
  json_builder_set_member_name (builder, "holes");
  json_builder_add_int_value (builder, report->holes);
  json_builder_set_member_name (builder, "unproved");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->unproved->len; i++)
    {
      sobre_day_format (g_array_index (report->unproved, gint32, i), day);
      json_builder_add_string_value (builder, day);
      sobre_cli_output_warn (self->output, _ ("%s: its files do not say what the cache says, so it is read as it came"), day);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_day_format (report->through, day);
  if (report->through == SOBRE_LAKE_NO_DAY)
    sobre_cli_output_print (self->output, _ ("No day is closed yet; the tables that queries name are made"));
  else
    sobre_cli_output_print (self->output, _ ("%u days were written; Parquet is read up to %s, but for %u days"),
                            report->written, day, report->holes);
}

/* The cache is what a day is proved against, so it is brought up to date first. */
static gboolean
compact (SobreCli *self, SobreWorkspace *workspace, SobreS3Lake *lake, GError **error)
{
  const SobreCompactWork work = {
    .workspace = workspace, .lake = lake, .tell = tell_cb, .tell_data = self, .cancellable = self->cancellable
  };
  g_autoptr (SobreSync) sync = sobre_sync_new (workspace);
  g_autoptr (DexFuture) future = NULL;

  if (!sobre_cli_finish (self, sobre_sync_run (sync, SOBRE_SYNC_DEFAULT), error))
    return FALSE;
  future = sobre_compact (&work);
  if (!sobre_cli_finish (self, dex_ref (future), error))
    return FALSE;
  print_report (self, g_value_get_boxed (dex_future_get_value (future, NULL)));
  return TRUE;
}

SobreWorkspace *
sobre_cli_open_bucket (SobreCli *self,
                       const SobreCliCommand *command,
                       const char *refusal,
                       SobreS3Lake **lake,
                       SobreCliStatus *status)
{
  g_autoptr (SobreWorkspace) workspace = sobre_cli_open_workspace (self);
  SobreLakeSource *source;
  GError *error = NULL;

  *status = SOBRE_CLI_FAILED;
  if (workspace == NULL)
    return NULL;
  source = sobre_workspace_get_source (workspace, &error);
  if (source == NULL)
    *status = sobre_cli_fail (self, error);
  else if (!SOBRE_IS_S3_LAKE (source))
    *status = sobre_cli_refuse_usage (self, command, "%s", refusal);
  else
    {
      *lake = SOBRE_S3_LAKE (source);
      return g_steal_pointer (&workspace);
    }
  return NULL;
}

SobreCliStatus
sobre_cli_lake_compact (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  SobreS3Lake *lake;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace =
      sobre_cli_open_bucket (self, command, _ ("the lake is in a folder: only one in a bucket is compacted"), &lake, &status);
  if (workspace == NULL)
    return status;
  return compact (self, workspace, lake, &error) ? SOBRE_CLI_DONE : sobre_cli_fail (self, error);
}

void
sobre_cli_compact_after_sync (SobreCli *self, SobreWorkspace *workspace)
{
  const SobreCompactWork work = {
    .workspace = workspace, .tell = tell_cb, .tell_data = self, .cancellable = self->cancellable
  };
  g_autoptr (DexFuture) future = sobre_compact_after_sync (&work, sobre_clock_now (self->clock));
  g_autoptr (GError) error = NULL;
  const SobreCompactReport *report;
  gboolean done = sobre_cli_finish (self, dex_ref (future), &error);

  sobre_cli_output_clear_progress (self->output);
  if (done)
    {
      report = g_value_get_boxed (dex_future_get_value (future, NULL));
      if (report->written > 0)
        sobre_cli_output_note (self->output, _ ("%u closed days were written as Parquet, %u are left"), report->written,
                               report->left + report->unproved->len);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sobre_cli_output_warn (
        self->output,
        _ ("The sync is done, but closed days could not be written as Parquet: %s. They are read as they came; it is "
           "tried again tomorrow, or by “sobremesa lake compact”"),
        error->message);
}
