/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>

#include "sync/sobre-sync.h"

static void
progress_cb (SobreSync *sync, SobreCli *self)
{
  SobreSyncProgress progress = sobre_sync_get_progress (sync);

  if (progress.total_bytes > 0)
    sobre_cli_output_progress (self->output, _ ("Reading the lake"),
                               (double) progress.done_bytes / (double) progress.total_bytes);
}

static void
add_number (JsonBuilder *builder, const char *name, guint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

static void
print_document (SobreCli *self, const SobreSyncReport *report, gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, dry_run);
  add_number (builder, "objects", report->objects);
  add_number (builder, "bytes", report->bytes);
  add_number (builder, "rows", report->rows);
  add_number (builder, "duplicates", report->duplicates);
  add_number (builder, "conflicts", report->conflicts);
  add_number (builder, "rejects", report->rejects);
  add_number (builder, "failed", report->failed);
  add_number (builder, "rolled", report->rolled);
  json_builder_set_member_name (builder, "rebuilt");
  json_builder_add_boolean_value (builder, report->rebuilt);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
}

static void
print_text (SobreCli *self, const SobreSyncReport *report, gboolean dry_run)
{
  g_autofree char *size = g_format_size (report->bytes);

  if (dry_run)
    sobre_cli_output_print (self->output, _ ("%" G_GUINT64_FORMAT " objects with %s would be read"), report->objects, size);
  else
    sobre_cli_output_print (self->output, _ ("%" G_GUINT64_FORMAT " new records from %" G_GUINT64_FORMAT " objects with %s"),
                            report->rows, report->objects, size);
  if (report->rebuilt)
    sobre_cli_output_print (self->output, _ ("The cache was built anew"));
  if (report->duplicates > 0)
    sobre_cli_output_print (
        self->output, _ ("%" G_GUINT64_FORMAT " records were there already, %" G_GUINT64_FORMAT " of them with another text"),
        report->duplicates, report->conflicts);
  if (report->rejects > 0)
    sobre_cli_output_warn (
        self->output,
        _ ("%" G_GUINT64_FORMAT " lines are no valid record and were left out; “sobremesa lake verify” lists them"),
        report->rejects);
  if (report->failed > 0)
    sobre_cli_output_warn (self->output,
                           _ ("%" G_GUINT64_FORMAT " objects could not be read; “sobremesa lake verify” lists them"),
                           report->failed);
}

SobreCliStatus
sobre_cli_sync (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gboolean full = FALSE, dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_ ("Build the cache anew from the whole lake"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be read"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreSync) sync = NULL;
  g_autoptr (DexFuture) future = NULL;
  const SobreSyncReport *report;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;

  sync = sobre_sync_new (workspace);
  g_signal_connect (sync, "progress", G_CALLBACK (progress_cb), self);
  future = sobre_sync_run (sync, (full ? SOBRE_SYNC_FULL : 0) | (dry_run ? SOBRE_SYNC_DRY_RUN : 0));
  if (!sobre_cli_await (self, dex_ref (future), &error))
    {
      sobre_sync_cancel (sync);
      return sobre_cli_fail (self, error);
    }
  report = g_value_get_boxed (dex_future_get_value (future, NULL));
  print_document (self, report, dry_run);
  print_text (self, report, dry_run);
  return SOBRE_CLI_DONE;
}
