/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "intake/sobre-collector.h"
#include "sync/sobre-sync.h"

/* Running: what the command watches while it collects. */
typedef struct
{
  SobreCli *cli;
  SobreCollector *collector;
  DexPromise *ended; /* rejects when the collecting process ends by itself */
  guint64 shown;
} Running;

static void
state_cb (Running *self)
{
  const GError *error = sobre_collector_get_error (self->collector);

  if (sobre_collector_get_state (self->collector) == SOBRE_COLLECTOR_FAILED && error != NULL &&
      dex_future_get_status (DEX_FUTURE (self->ended)) == DEX_FUTURE_STATUS_PENDING)
    dex_promise_reject (self->ended, g_error_copy (error));
}

static void
accepted_cb (Running *self)
{
  guint64 accepted = sobre_collector_get_accepted (self->collector);

  if (accepted == self->shown)
    return;
  self->shown = accepted;
  sobre_cli_output_note (self->cli->output,
                         g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " answer", "%" PRIu64 " answers", accepted), accepted);
}

static void
failed_cb (SobreSync *sync, const GError *error, Running *self)
{
  sobre_cli_output_warn (self->cli->output, _ ("The cache is behind: %s. Answers are kept and it is tried again"),
                         error->message);
}

static void
print_address (SobreCli *self, SobreCollector *collector)
{
  g_autofree char *base = sobre_collector_dup_base_url (collector);
  g_autofree char *warning = sobre_collector_dup_warning (collector);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "base");
  json_builder_add_string_value (builder, base);
  json_builder_set_member_name (builder, "port");
  json_builder_add_int_value (builder, sobre_collector_get_port (collector));
  json_builder_set_member_name (builder, "warning");
  if (warning != NULL)
    json_builder_add_string_value (builder, warning);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, _ ("Collecting answers at %s"), base);
  if (warning != NULL)
    sobre_cli_output_warn (self->output, "%s", warning);
  sobre_cli_output_note (self->output, _ ("Ctrl+C stops it; what was acknowledged is kept"));
  /* Whoever started this reads the address to go on. */
  g_output_stream_flush (sobre_cli_output_get_stream (self->output), NULL, NULL);
}

/* Stops in order whatever happened: the segment is closed, rolled into the lake and read. */
static gboolean
stop (SobreCli *self, SobreCollector *collector, SobreSync *sync, GError **error)
{
  sobre_sync_set_watching (sync, FALSE);
  return sobre_cli_finish (self, sobre_collector_stop (collector), error) &&
         sobre_cli_finish (self, sobre_sync_run (sync, SOBRE_SYNC_DEFAULT), error);
}

static SobreCliStatus
collect (SobreCli *self, SobreWorkspace *workspace, const char *listen)
{
  g_autoptr (SobreCollector) collector = sobre_collector_new (workspace);
  g_autoptr (SobreSync) sync = sobre_sync_new (workspace);
  g_autoptr (DexPromise) ended = dex_promise_new ();
  Running running = { .cli = self, .collector = collector, .ended = ended };
  g_autoptr (GError) reason = NULL;
  GError *error = NULL;
  gboolean stopped;

  if (!sobre_cli_await (self, sobre_collector_start (collector, listen), &error))
    return sobre_cli_fail (self, error);
  g_signal_connect_swapped (collector, "notify::state", G_CALLBACK (state_cb), &running);
  g_signal_connect_swapped (collector, "notify::accepted", G_CALLBACK (accepted_cb), &running);
  g_signal_connect (sync, "failed", G_CALLBACK (failed_cb), &running);
  print_address (self, collector);
  sobre_sync_set_watching (sync, TRUE);

  sobre_cli_await (self, DEX_FUTURE (dex_ref (ended)), &reason);
  g_signal_handlers_disconnect_by_data (collector, &running);
  g_signal_handlers_disconnect_by_data (sync, &running);
  stopped = stop (self, collector, sync, &error);
  if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      return sobre_cli_fail (self, g_steal_pointer (&reason));
    }
  return stopped ? SOBRE_CLI_DONE : sobre_cli_fail (self, error);
}

SobreCliStatus
sobre_cli_intake (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *listen = NULL;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, N_ ("Where to listen; else 0.0.0.0:8080"), "ADDR:PORT" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  return collect (self, workspace, listen);
}
