/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-verify.h"
#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "sync/sobre-forget-bucket.h"
#include "sync/sobre-forget-traces.h"
#include "sync/sobre-sync.h"
#include "workspace/sobre-workspace-files.h"

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->output, document);
}

static void
print_findings (SobreCli *self, const SobreLakeReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *size = g_format_size (report->n_bytes);

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "objects", report->n_objects);
  sobre_json_add_number (builder, "bytes", report->n_bytes);
  sobre_json_add_number (builder, "records", report->n_records);
  sobre_json_add_number (builder, "rejects", report->n_rejects);
  sobre_json_add_number (builder, "failed", report->n_failed);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const SobreLakeFinding *finding = g_ptr_array_index (report->findings, i);

      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "key", finding->key);
      sobre_json_add_number (builder, "line", finding->line);
      sobre_json_add_text (builder, "reason", finding->reason);
      json_builder_end_object (builder);
      if (finding->line > 0)
        sobre_cli_output_print (self->output, "%s:%" G_GUINT64_FORMAT ": %s", finding->key, finding->line, finding->reason);
      else
        sobre_cli_output_print (self->output, "%s: %s", finding->key, finding->reason);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (
      self->output,
      _ ("%" PRIu64 " objects with %s: %" PRIu64 " records, %" PRIu64 " lines that are none, %" PRIu64 " damaged objects"),
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
  SobreLakeSource *lake;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  lake = sobre_workspace_get_source (workspace, &error);
  if (lake == NULL)
    return sobre_cli_fail (self, error);
  sobre_cli_output_progress (self->output, _ ("Reading every byte of the lake"), -1);
  future = sobre_lake_verify (lake, NULL, NULL, NULL);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  report = g_value_get_boxed (dex_future_get_value (future, NULL));
  print_findings (self, report);
  return report->n_failed == 0 ? SOBRE_CLI_DONE : SOBRE_CLI_FAILED;
}

/** Forgetting: what is done on a thread of its own. */
typedef struct
{
  SobreWorkspace *workspace;
  SobreId id;
  SobreForgetReport *report;
  GCancellable *cancellable;
} Forgetting;

static gboolean
forget_in_bucket (Forgetting *self, SobreS3Lake *lake, GError **error)
{
  g_autoptr (SobreCompactOpening) opening = sobre_compact_opening_new (self->workspace, lake, self->cancellable, error);
  gboolean done = opening != NULL && sobre_forget_in_bucket (lake, &self->id, opening, self->report, self->cancellable, error);

  return opening != NULL && sobre_compact_opening_end (opening, done ? error : NULL) && done;
}

static gboolean
forget_traces (Forgetting *self, SobreS3Lake *lake, GError **error)
{
  SobreAwsAccount *account = sobre_workspace_get_account (self->workspace, error);
  const SobreForgetTraces traces = {
    .s3 = account != NULL ? sobre_aws_account_get_client (account, SOBRE_AWS_S3) : NULL,
    .bucket = sobre_s3_lake_get_bucket (lake),
    .results = sobre_workspace_get_settings (self->workspace)->athena.results,
    .id = &self->id,
    .report = self->report,
    .cancellable = self->cancellable,
  };

  return account != NULL && sobre_forget_traces (&traces, error);
}

/* Half a forgetting is worse than none, so an interrupt only ends it between two objects of a bucket, and it says that it is not done. */
static gboolean
forget (gpointer data, GError **error)
{
  Forgetting *self = data;
  g_autofree char *state = g_build_filename (sobre_workspace_get_path (self->workspace), SOBRE_STATE_FOLDER, NULL);
  g_autofree char *results = sobre_workspace_dup_athena_folder (self->workspace);
  SobreLakeSource *lake = sobre_workspace_get_source (self->workspace, error);

  /* A result of Athena's that is kept may hold the answer. */
  if (lake == NULL || !sobre_athena_journal_drop (results, error))
    return FALSE;
  self->report = sobre_lake_forget (sobre_workspace_get_lake (self->workspace), state,
                                    sobre_workspace_get_spool_folder (self->workspace), &self->id, error);
  if (self->report == NULL)
    return FALSE;
  return !SOBRE_IS_S3_LAKE (lake) ||
         (forget_in_bucket (self, SOBRE_S3_LAKE (lake), error) && forget_traces (self, SOBRE_S3_LAKE (lake), error));
}

static SobreCliStatus
print_forgotten (SobreCli *self, const SobreForgetReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "records", report->n_records);
  sobre_json_add_number (builder, "objects", report->n_objects);
  sobre_json_add_number (builder, "rejects", report->n_rejects);
  sobre_json_add_number (builder, "results", report->n_results);
  sobre_json_add_number (builder, "versions", report->n_versions);
  sobre_json_add_number (builder, "open_segments", report->n_open);
  json_builder_set_member_name (builder, "unreadable");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->unreadable->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (report->unreadable, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (self->output, _ ("%u records were taken out of %u objects, and will not count if they come back"),
                          report->n_records, report->n_objects);
  if (report->n_rejects + report->n_results + report->n_versions > 0)
    sobre_cli_output_print (self->output,
                            _ ("%u refused copies, %u results of queries and %u earlier versions were removed, too"),
                            report->n_rejects, report->n_results, report->n_versions);
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
  Forgetting forgetting = { .workspace = workspace, .id = *id, .cancellable = self->cancellable };
  g_autoptr (SobreForgetReport) report = NULL;
  g_autoptr (SobreSync) sync = NULL;
  GError *error = NULL;
  gboolean done = sobre_cli_work_apart (self, forget, &forgetting, &error);

  report = forgetting.report;
  if (!done)
    return sobre_cli_fail (self, error);
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
