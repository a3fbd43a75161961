/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-lake-import.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "import/sobre-import-writer.h"
#include "sync/sobre-sync.h"
#include "sync/sobre-withdraw.h"
#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace-imports.h"

#define BATCH_DIGITS 12
#define PROGRESS_US 100000

/** Options: as the command line gives them. */
typedef struct
{
  char *kind;
  char **maps;
  char **sets;
  char *store;
  char *order;
  char *decimal;
  char *time_zone;
  char *encoding;
  char *delimiter;
  gboolean no_header;
  char *source;
  gboolean dry_run;
  char *rejects;
  char *undo;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->kind);
  g_strfreev (self->maps);
  g_strfreev (self->sets);
  g_free (self->store);
  g_free (self->order);
  g_free (self->decimal);
  g_free (self->time_zone);
  g_free (self->encoding);
  g_free (self->delimiter);
  g_free (self->source);
  g_free (self->rejects);
  g_free (self->undo);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/**
 * Job: one step of the work on one file, on a thread of its own, so that it can be interrupted.
 * @began_at: when the step began, @shown_at: when progress was last shown, on the clock that never steps back, microseconds
 */
typedef struct
{
  SobreCli *cli;
  DexPromise *promise;
  GCancellable *cancellable;
  const char *file;
  const char *path;
  SobreImportHouse house;
  SobreImportReading reading;
  SobreImportWishes wishes;
  SobreImportTarget target;
  SobreImport *import;
  SobreImportReport *report;
  gint64 began_at;
  gint64 shown_at;
} Job;

/** Step: progress on its way to the main context. */
typedef struct
{
  SobreCli *cli;
  char *what;
  double fraction;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->what);
  g_free (step);
}

static gboolean
show_step_cb (gpointer data)
{
  Step *step = data;

  sobre_cli_output_progress (step->cli->output, step->what, step->fraction);
  return G_SOURCE_REMOVE;
}

/* On a terminal with the rate; where each line stays, the same words each time. */
static char *
describe_step (const Job *self, guint64 n_rows, gint64 now)
{
  double seconds = (double) (now - self->began_at) / G_USEC_PER_SEC;

  if (!sobre_cli_output_is_terminal (self->cli->output))
    return g_strdup_printf (self->import == NULL ? _ ("Looking through %s") : _ ("Reading %s"), self->file);
  return g_strdup_printf (_ ("%s: %" PRIu64 " rows, %.0f a second"), self->file, n_rows,
                          seconds > 0 ? (double) n_rows / seconds : 0);
}

static void
progress_cb (double fraction, guint64 n_rows, gpointer user_data)
{
  Job *self = user_data;
  gint64 now = sobre_clock_monotonic (self->cli->clock);
  g_autoptr (GSource) source = NULL;
  Step *step;

  if (now - self->shown_at < PROGRESS_US)
    return;
  self->shown_at = now;
  source = g_idle_source_new ();
  step = g_new (Step, 1);
  *step = (Step) { self->cli, describe_step (self, n_rows, now), fraction };
  g_source_set_callback (source, show_step_cb, step, step_free);
  g_source_attach (source, NULL);
}

static gboolean
work (Job *self, GError **error)
{
  self->began_at = self->shown_at = sobre_clock_monotonic (self->cli->clock);
  if (self->import == NULL)
    self->import = sobre_import_open (self->file, &self->reading, self->path, &self->house, &self->wishes, progress_cb, self,
                                      self->cancellable, error);
  else
    {
      self->report = sobre_import_run (self->import, &self->target, progress_cb, self, self->cancellable, error);
      return self->report != NULL;
    }
  return self->import != NULL;
}

static gpointer
worker (gpointer data)
{
  Job *self = data;
  GError *error = NULL;

  if (work (self, &error))
    dex_promise_resolve_boolean (self->promise, TRUE);
  else
    dex_promise_reject (self->promise, error);
  return NULL;
}

/* Does the next step. An interrupt ends it, unless it came so late that all was done. */
static gboolean
run_step (Job *self, GError **error)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();
  GError *cause = NULL;
  GThread *thread;

  self->promise = promise;
  thread = g_thread_new ("import", worker, self);
  if (!sobre_cli_await (self->cli, dex_ref (DEX_FUTURE (promise)), &cause))
    g_cancellable_cancel (self->cancellable);
  g_thread_join (thread);
  sobre_cli_output_clear_progress (self->cli->output);
  if (cause != NULL && self->report != NULL)
    g_clear_error (&cause);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

static SobreCliStatus
fail (SobreCli *self, const char *file, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("Interrupted; nothing of the file was imported"));
    }
  g_prefix_error (&error, "%s: ", file);
  return sobre_cli_fail (self, error);
}

static char *
make_rejects_path (const Job *self, const Options *options, SobreWorkspace *workspace)
{
  if (options->rejects != NULL)
    return g_strdup (options->rejects);
  return sobre_workspace_dup_rejects_path (workspace, sobre_import_get_mapping (self->import)->dataset, self->file);
}

static SobreCliStatus
import_file (Job *self, const Options *options, SobreWorkspace *workspace, JsonBuilder *builder)
{
  g_autofree char *state = g_build_filename (sobre_workspace_get_path (workspace), SOBRE_STATE_FOLDER, NULL);
  g_autoptr (SobreImportReport) report = NULL;
  g_autoptr (SobreImport) import = NULL;
  g_autofree char *rejects = NULL;
  gint64 began_at = sobre_clock_monotonic (self->cli->clock);
  GError *error = NULL;
  double seconds;

  if (!run_step (self, &error))
    return fail (self->cli, self->file, error);
  import = self->import;
  sobre_cli_import_print_mapping (self->cli, self->file, import);
  rejects = make_rejects_path (self, options, workspace);
  self->target = (SobreImportTarget) { .lake = sobre_workspace_get_lake (workspace),
                                       .state = state,
                                       .now = sobre_clock_now (self->cli->clock),
                                       .dry_run = options->dry_run,
                                       .rejects = rejects };
  if (!run_step (self, &error))
    return fail (self->cli, self->file, error);
  report = self->report;
  seconds = (double) (sobre_clock_monotonic (self->cli->clock) - began_at) / G_USEC_PER_SEC;
  sobre_cli_import_print_report (self->cli, builder, self->file, import, &self->target, report, seconds);
  /* A file of which nothing can be taken has not been imported. */
  return sobre_import_rejects_get_n (report->rejects) == report->n_rows && report->n_rows > 0 ? SOBRE_CLI_FAILED
                                                                                              : SOBRE_CLI_DONE;
}

static SobreCliStatus
import_files (SobreCli *self, const Options *options, const SobreImportWishes *wishes, SobreWorkspace *workspace, char **files)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  SobreCliStatus status = SOBRE_CLI_DONE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (; *files != NULL; files++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Job job = { .cli = self,
                  .cancellable = cancellable,
                  .file = *files,
                  .path = sobre_workspace_get_path (workspace),
                  .house = { sobre_workspace_get_settings (workspace), sobre_workspace_get_tables (workspace),
                             sobre_workspace_get_form (workspace) },
                  .reading = { options->encoding, options->delimiter != NULL ? options->delimiter[0] : '\0',
                               options->no_header },
                  .wishes = *wishes };
      SobreCliStatus one = import_file (&job, options, workspace, builder);

      if (one == SOBRE_CLI_FAILED && job.report == NULL)
        return one;
      status = MAX (status, one);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  return status;
}

/** Withdrawal: what is done on a thread of its own. */
typedef struct
{
  SobreWorkspace *workspace;
  GCancellable *cancellable;
  const char *batch;
  SobreWithdrawn withdrawn;
} Withdrawal;

static gboolean
withdraw (gpointer data, GError **error)
{
  Withdrawal *self = data;

  return sobre_withdraw_import (self->workspace, self->batch, &self->withdrawn, self->cancellable, error);
}

static void
print_withdrawal (SobreCli *self, const SobreWithdrawn *withdrawn, gboolean has_bucket)
{
  guint n_objects = MAX (withdrawn->n_of_folder, withdrawn->n_of_bucket);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "objects");
  json_builder_add_int_value (builder, n_objects);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  if (!has_bucket)
    sobre_cli_output_print (
        self->output, _ ("%u objects were taken out of the lake; “sobremesa sync” takes them out of the figures"), n_objects);
  else
    sobre_cli_output_print (self->output, _ ("%u objects were taken out of the lake, and out of the figures"), n_objects);
  if (withdrawn->n_of_folder == 0)
    sobre_cli_output_warn (
        self->output,
        _ ("The folder of this workspace did not have it: where another computer imported it, take it back there too, "
           "or its next sync brings it again"));
}

/* What is gone from a bucket is only seen when all of it is listed. */
static SobreCliStatus
undo (SobreCli *self, SobreWorkspace *workspace, const char *batch)
{
  Withdrawal withdrawal = { .workspace = workspace, .cancellable = self->cancellable, .batch = batch };
  gboolean has_bucket = sobre_workspace_get_settings (workspace)->lake_bucket != NULL;
  g_autoptr (SobreSync) sync = NULL;
  GError *error = NULL;

  if (!sobre_cli_work_apart (self, withdraw, &withdrawal, &error))
    return sobre_cli_fail (self, error);
  if (has_bucket)
    {
      sync = sobre_sync_new (workspace);
      if (!sobre_cli_finish (self, sobre_sync_run (sync, SOBRE_SYNC_FULL), &error))
        return sobre_cli_fail (self, error);
    }
  print_withdrawal (self, &withdrawal.withdrawn, has_bucket);
  return SOBRE_CLI_DONE;
}

static gboolean
read_wishes (const Options *options, SobreImportWishes *wishes, const char **wrong)
{
  SobreDataset dataset;

  *wishes = (SobreImportWishes) { .kind = options->kind,
                                  .maps = (const char *const *) options->maps,
                                  .sets = (const char *const *) options->sets,
                                  .store = options->store,
                                  .time_zone = options->time_zone,
                                  .source = options->source };
  if (options->kind != NULL && !sobre_import_dataset_parse (options->kind, &dataset))
    *wrong = options->kind;
  else if (options->order != NULL && !sobre_date_order_parse (options->order, &wishes->order))
    *wrong = options->order;
  else if (options->decimal != NULL && !sobre_decimal_parse (options->decimal, &wishes->decimal))
    *wrong = options->decimal;
  else if (options->delimiter != NULL && strlen (options->delimiter) != 1 && strcmp (options->delimiter, "tab") != 0)
    *wrong = options->delimiter;
  return *wrong == NULL;
}

static gboolean
is_batch (const char *text)
{
  return strlen (text) == BATCH_DIGITS && strspn (text, "0123456789abcdef") == BATCH_DIGITS;
}

SobreCliStatus
sobre_cli_lake_import (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, N_ ("What the rows are; else it is guessed"), "answers|orders" },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.maps,
      N_ ("Which column a field stands in; without COLUMN it is left out; several times"), "FIELD=COLUMN" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.sets, N_ ("What a field is in every row; several times"),
      "FIELD=VALUE" },
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, N_ ("The store that all rows belong to"), "S" },
    { "date-order", 0, 0, G_OPTION_ARG_STRING, &options.order, N_ ("How dates are written, where they do not tell"),
      "dmy|mdy|ymd" },
    { "decimal", 0, 0, G_OPTION_ARG_STRING, &options.decimal, N_ ("What stands before decimals, where the numbers do not tell"),
      "point|comma" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &options.time_zone, N_ ("Whose clocks the times are from; else the workspace's"),
      "ZONE" },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding, N_ ("The file's encoding; else it is found out"), "NAME" },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &options.delimiter, N_ ("What stands between cells, a character or “tab”"), "C" },
    { "no-header", 0, 0, G_OPTION_ARG_NONE, &options.no_header,
      N_ ("The first line is a row; the columns are called 1, 2, 3, …"), NULL },
    { "source", 0, 0, G_OPTION_ARG_STRING, &options.source,
      N_ ("A word for where the rows come from, if two sources have the same numbers"), "WORD" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Only show what would be imported"), NULL },
    { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &options.rejects, N_ ("Where to list the rows that are not taken"), "FILE" },
    { "undo", 0, 0, G_OPTION_ARG_STRING, &options.undo, N_ ("Take an earlier import back instead"), "BATCH" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  SobreImportWishes wishes;
  const char *wrong = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, G_MAXUINT, &status))
    return status;
  if (options.undo != NULL ? words[1] != NULL : words[1] == NULL)
    return sobre_cli_refuse_usage (self, command,
                                   options.undo != NULL ? _ ("--undo takes no file") : _ ("An argument is missing: FILE"));
  if (options.undo != NULL && !is_batch (options.undo))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is no batch: an import tells its own when it is done"),
                                   options.undo);
  if (!read_wishes (&options, &wishes, &wrong))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is not possible here"), wrong);
  if (g_strcmp0 (options.delimiter, "tab") == 0)
    g_set_str (&options.delimiter, "\t");

  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  if (options.undo != NULL)
    return undo (self, workspace, options.undo);
  return import_files (self, &options, &wishes, workspace, words + 1);
}
