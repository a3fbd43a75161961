/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lake/sobre-lake-catalogue.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-verify.h"
#include "model/sobre-time.h"
#include "sync/sobre-sync.h"
#include "workspace/sobre-workspace-files.h"

static void
add_number (JsonBuilder *builder, const char *name, guint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->output, document);
}

static void
print_days (SobreCli *self, GPtrArray *days)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint64 n_objects = 0, n_bytes = 0;
  g_autofree char *total = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "days");
  json_builder_begin_array (builder);
  for (guint i = 0; i < days->len; i++)
    {
      const SobreLakeDay *day = g_ptr_array_index (days, i);
      g_autofree char *size = g_format_size (day->n_bytes);
      char dt[SOBRE_DAY_STRING_LENGTH + 1], arrival[SOBRE_TIME_STRING_LENGTH + 1];

      sobre_day_format (day->dt, dt);
      sobre_time_format (day->last_arrival, arrival);
      json_builder_begin_object (builder);
      add_text (builder, "dataset", sobre_dataset_get_name (day->dataset));
      add_text (builder, "dt", dt);
      add_number (builder, "objects", day->n_objects);
      add_number (builder, "bytes", day->n_bytes);
      add_text (builder, "last_arrival", arrival);
      json_builder_end_object (builder);
      sobre_cli_output_print (self->output, "%-10s %s %6" G_GUINT64_FORMAT " %10s  %s", sobre_dataset_get_name (day->dataset),
                              dt, day->n_objects, size, arrival);
      n_objects += day->n_objects;
      n_bytes += day->n_bytes;
    }
  json_builder_end_array (builder);
  add_number (builder, "objects", n_objects);
  add_number (builder, "bytes", n_bytes);
  json_builder_end_object (builder);
  print_document (self, builder);
  total = g_format_size (n_bytes);
  sobre_cli_output_note (self->output, _ ("%" G_GUINT64_FORMAT " objects with %s"), n_objects, total);
}

SobreCliStatus
sobre_cli_lake_ls (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (DexFuture) future = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  future = sobre_lake_catalogue (SOBRE_LAKE_SOURCE (sobre_workspace_get_lake (workspace)));
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  print_days (self, g_value_get_boxed (dex_future_get_value (future, NULL)));
  return SOBRE_CLI_DONE;
}

static void
print_findings (SobreCli *self, const SobreLakeReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *size = g_format_size (report->n_bytes);

  json_builder_begin_object (builder);
  add_number (builder, "objects", report->n_objects);
  add_number (builder, "bytes", report->n_bytes);
  add_number (builder, "records", report->n_records);
  add_number (builder, "rejects", report->n_rejects);
  add_number (builder, "failed", report->n_failed);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const SobreLakeFinding *finding = g_ptr_array_index (report->findings, i);

      json_builder_begin_object (builder);
      add_text (builder, "key", finding->key);
      add_number (builder, "line", finding->line);
      add_text (builder, "reason", finding->reason);
      json_builder_end_object (builder);
      if (finding->line > 0)
        sobre_cli_output_print (self->output, "%s:%" G_GUINT64_FORMAT ": %s", finding->key, finding->line, finding->reason);
      else
        sobre_cli_output_print (self->output, "%s: %s", finding->key, finding->reason);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (self->output,
                          _ ("%" G_GUINT64_FORMAT " objects with %s: %" G_GUINT64_FORMAT " records, %" G_GUINT64_FORMAT
                             " lines that are none, %" G_GUINT64_FORMAT " damaged objects"),
                          report->n_objects, size, report->n_records, report->n_rejects, report->n_failed);
}

/* A line that is no record is what a hostile sender can make at will: it is told, but the lake is whole. A damaged object is not. */
SobreCliStatus
sobre_cli_lake_verify (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (DexFuture) future = NULL;
  const SobreLakeReport *report;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  sobre_cli_output_progress (self->output, _ ("Reading every byte of the lake"), -1);
  future = sobre_lake_verify (SOBRE_LAKE_SOURCE (sobre_workspace_get_lake (workspace)), NULL, NULL, NULL);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  report = g_value_get_boxed (dex_future_get_value (future, NULL));
  print_findings (self, report);
  return report->n_failed == 0 ? SOBRE_CLI_DONE : SOBRE_CLI_FAILED;
}

/* Forgetting: what is done on the pool thread. */
typedef struct
{
  SobreWorkspace *workspace;
  SobreId id;
  SobreForgetReport *report;
} Forgetting;

static gboolean
forget (gpointer data, GError **error)
{
  Forgetting *self = data;
  g_autofree char *state = g_build_filename (sobre_workspace_get_path (self->workspace), SOBRE_STATE_FOLDER, NULL);

  self->report = sobre_lake_forget (sobre_workspace_get_lake (self->workspace), state,
                                    sobre_workspace_get_spool_folder (self->workspace), &self->id, error);
  return self->report != NULL;
}

static SobreCliStatus
print_forgotten (SobreCli *self, const SobreForgetReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_number (builder, "records", report->n_records);
  add_number (builder, "objects", report->n_objects);
  add_number (builder, "open_segments", report->n_open);
  json_builder_set_member_name (builder, "unreadable");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->unreadable->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (report->unreadable, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (self->output, _ ("%u records were taken out of %u objects, and will not count if they come back"),
                          report->n_records, report->n_objects);
  if (report->n_open > 0)
    sobre_cli_output_warn (self->output,
                           _ ("Answers that are being collected hold it still: stop collecting and forget it again"));
  for (guint i = 0; i < report->unreadable->len; i++)
    sobre_cli_output_warn (self->output, _ ("%s cannot be read, so it was not searched"),
                           (const char *) g_ptr_array_index (report->unreadable, i));
  return report->n_open == 0 && report->unreadable->len == 0 ? SOBRE_CLI_DONE : SOBRE_CLI_FAILED;
}

/* The cache is built anew, so that none of its pages holds the words any more. */
static SobreCliStatus
forget_everywhere (SobreCli *self, SobreWorkspace *workspace, const SobreId *id)
{
  Forgetting forgetting = { .workspace = workspace, .id = *id };
  g_autoptr (SobreForgetReport) report = NULL;
  g_autoptr (SobreSync) sync = NULL;
  GError *error = NULL;
  gboolean done = sobre_cli_work (self, forget, &forgetting, &error);

  if (!done)
    return sobre_cli_fail (self, error);
  report = forgetting.report;
  sync = sobre_sync_new (workspace);
  if (!sobre_cli_finish (self, sobre_sync_run (sync, SOBRE_SYNC_FULL), &error))
    return sobre_cli_fail (self, error);
  return print_forgotten (self, report);
}

SobreCliStatus
sobre_cli_lake_forget (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  SobreCliStatus status;
  SobreId id;

  if (!sobre_cli_parse (self, command, NULL, &words, 1, 1, &status))
    return status;
  if (!sobre_id_parse (words[1], strlen (words[1]), &id))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is no id of an answer: it has 36 characters, 0–9, a–f and dashes"),
                                   words[1]);
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  return forget_everywhere (self, workspace, &id);
}
