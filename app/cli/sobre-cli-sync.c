/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-compact.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "model/sobre-json-members.h"
#include "sync/sobre-sync.h"

static void
progress_cb (SobreSync *sync, SobreCli *self)
{
  SobreSyncProgress progress = sobre_sync_get_progress (sync);
  g_autofree char *detail = sobre_sync_progress_dup_text (&progress);

  double share = sobre_sync_progress_get_share (&progress);

  if (progress.total_bytes > 0)
    sobre_cli_output_progress_detail (self->output, _ ("Reading the lake"), isnan (share) ? -1 : share, detail);
}

static void
print_document (SobreCli *self, const SobreSyncReport *report, gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, dry_run);
  sobre_json_add_number (builder, "objects", report->objects);
  sobre_json_add_number (builder, "bytes", report->bytes);
  sobre_json_add_number (builder, "rows", report->rows);
  sobre_json_add_number (builder, "duplicates", report->duplicates);
  sobre_json_add_number (builder, "conflicts", report->conflicts);
  sobre_json_add_number (builder, "rejects", report->rejects);
  sobre_json_add_number (builder, "failed", report->failed);
  sobre_json_add_number (builder, "postponed", report->postponed);
  sobre_json_add_number (builder, "rolled", report->rolled);
  sobre_json_add_number (builder, "delivered", report->delivered);
  if (dry_run)
    {
      json_builder_set_member_name (builder, "price");
      json_builder_add_double_value (builder, report->price);
    }
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

  if (dry_run && report->price > 0)
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " objects with %s would be fetched, for about $%.4f"), report->objects,
                            size, report->price);
  else if (dry_run)
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " objects with %s would be read"), report->objects, size);
  else
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " new records from %" PRIu64 " objects with %s"), report->rows,
                            report->objects, size);
  if (report->delivered > 0)
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " objects were copied to the bucket"), report->delivered);
  if (report->rebuilt)
    sobre_cli_output_print (self->output, _ ("The cache was built anew"));
  if (report->duplicates > 0)
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " records were there already, %" PRIu64 " of them with another text"),
                            report->duplicates, report->conflicts);
  if (report->rejects > 0)
    sobre_cli_output_warn (self->output,
                           _ ("%" PRIu64 " lines are no valid record and were left out; “sobremesa lake verify” lists them"),
                           report->rejects);
  if (report->postponed > 0)
    sobre_cli_output_warn (self->output,
                           _ ("%" PRIu64 " objects could not be reached or came damaged; the next sync asks for them again"),
                           report->postponed);
  if (report->failed > 0)
    sobre_cli_output_warn (self->output, _ ("%" PRIu64 " objects could not be read; “sobremesa lake verify” lists them"),
                           report->failed);
}

#define NOT_SAID (-1)

/* What the command line says of connections and speed counts more than what the workspace says. @speed: NaN where nothing is said */
static SobreCliStatus
limit (SobreCli *self, const SobreCliCommand *command, SobreWorkspace *workspace, int connections, double speed)
{
  SobreTransferSettings limits = sobre_workspace_get_settings (workspace)->transfer;
  GError *error = NULL;

  if (connections != NOT_SAID && (connections < 1 || connections > SOBRE_TRANSFER_MAX_CONNECTIONS))
    return sobre_cli_refuse_usage (self, command, _ ("--connections has to be a number from 1 to %d"),
                                   SOBRE_TRANSFER_MAX_CONNECTIONS);
  if (!isnan (speed) && speed != 0 && !(speed >= SOBRE_TRANSFER_MIN_MB_PER_SECOND && speed <= SOBRE_TRANSFER_MAX_MB_PER_SECOND))
    return sobre_cli_refuse_usage (self, command, _ ("--max-rate has to be 0 or a number of megabytes from %g to %d"),
                                   SOBRE_TRANSFER_MIN_MB_PER_SECOND, SOBRE_TRANSFER_MAX_MB_PER_SECOND);
  if (connections != NOT_SAID)
    limits.connections = (guint) connections;
  if (!isnan (speed))
    limits.mb_per_second = speed;
  return (connections == NOT_SAID && isnan (speed)) || sobre_workspace_limit_transfer (workspace, &limits, &error)
             ? SOBRE_CLI_DONE
             : sobre_cli_fail (self, error);
}

SobreCliStatus
sobre_cli_sync (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gboolean full = FALSE, dry_run = FALSE, no_compact = FALSE;
  int connections = NOT_SAID;
  double speed = NAN;
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_ ("Build the cache anew from the whole lake"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be read, and what it would cost"), NULL },
    { "connections", 0, 0, G_OPTION_ARG_INT, &connections, N_ ("How many objects to fetch from a bucket at once"), "N" },
    { "max-rate", 0, 0, G_OPTION_ARG_DOUBLE, &speed, N_ ("How many megabytes a second to fetch at most"), "MB" },
    { "no-compact", 0, 0, G_OPTION_ARG_NONE, &no_compact, N_ ("Write no closed days as Parquet afterwards"), NULL },
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
  status = limit (self, command, workspace, connections, speed);
  if (status != SOBRE_CLI_DONE)
    return status;

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
  if (!dry_run && !no_compact)
    sobre_cli_compact_after_sync (self, workspace);
  return SOBRE_CLI_DONE;
}
