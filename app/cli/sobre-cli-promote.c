/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "sync/sobre-promote-proof.h"
#include "sync/sobre-sync-listing.h"
#include "sync/sobre-sync-pass.h"
#include "workspace/sobre-workspace-files.h"

/**
 * Promotion: what is done on a thread of its own, because it waits for what the pool's threads do.
 * @bucket: the one that is asked for
 * @what: the step that is under way, for people
 * @n_objects: what the folder has
 * @inspection: what folder and bucket both say
 * @not_adopted: (nullable): why the cache could not be told that it holds the bucket's objects
 */
typedef struct
{
  DexPromise *promise;
  SobreCli *cli;
  SobreWorkspace *workspace;
  const char *bucket;
  gboolean dry_run;
  GCancellable *cancellable;
  const char *what;
  guint64 n_objects;
  SobrePromoteReport report;
  SobreCacheInspection inspection;
  GError *not_adopted;
} Promotion;

/** Step: progress on its way to the main context. */
typedef struct
{
  SobreCli *cli;
  const char *what;
  double fraction;
} Step;

static gboolean
show_step_cb (gpointer data)
{
  Step *step = data;

  sobre_cli_output_progress (step->cli->output, step->what, step->fraction);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint64 done_bytes, guint64 total_bytes, gpointer user_data)
{
  Promotion *self = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();
  Step *step = g_new (Step, 1);

  *step = (Step) { self->cli, self->what, total_bytes > 0 ? (double) done_bytes / (double) total_bytes : 1 };
  g_source_set_callback (source, show_step_cb, step, g_free);
  g_source_attach (source, NULL);
}

/* What a promotion would do, from the two lists alone. */
static void
count_missing (SobrePromoteReport *report, GPtrArray *missing)
{
  report->sent = missing->len;
  for (guint i = 0; i < missing->len; i++)
    report->sent_bytes += ((const SobreLakeObject *) g_ptr_array_index (missing, i))->size;
}

static gboolean
copy (Promotion *self, SobreS3Lake *bucket, GPtrArray *missing, GPtrArray *there, GError **error)
{
  g_autoptr (SobreCompactOpening) opening = sobre_compact_opening_new (self->workspace, bucket, self->cancellable, error);
  gboolean done = opening != NULL && sobre_promote (sobre_workspace_get_lake (self->workspace), bucket, missing, there, opening,
                                                    progress_cb, self, self->cancellable, &self->report, error);

  return opening != NULL && sobre_compact_opening_end (opening, done ? error : NULL) && done;
}

/* What was proved to be the same need not be fetched by the next sync. Where the cache cannot be told so, that sync builds it anew: nothing is lost. */
static void
adopt (Promotion *self, GPtrArray *here, GPtrArray *there)
{
  SobreWorkspace *workspace = self->workspace;
  g_autofree char *state = g_path_get_dirname (sobre_workspace_get_spool_folder (workspace));
  g_autoptr (SobreForgotten) forgotten = sobre_forgotten_load (state, &self->not_adopted);
  g_autoptr (SobreCacheWriter) cache =
      forgotten != NULL ? sobre_sync_open_cache (workspace, forgotten, 0, &self->not_adopted) : NULL;

  if (cache != NULL)
    sobre_promote_adopt (cache, here, there, &self->not_adopted);
}

/* Copies what is missing, then fetches everything back and compares. The caches that this takes lie beside the workspace's own. */
static gboolean
copy_and_prove (Promotion *self, SobreS3Lake *bucket, GPtrArray *here, GPtrArray *there, GPtrArray *missing, GError **error)
{
  SobreDirLake *folder = sobre_workspace_get_lake (self->workspace);
  g_autofree char *scratch = g_build_filename (sobre_workspace_get_cache_folder (self->workspace), "promote", NULL);

  self->what = _ ("Copying the lake to the bucket");
  if (!copy (self, bucket, missing, there, error))
    return FALSE;
  self->what = _ ("Comparing the bucket with the folder");
  if (!sobre_promote_prove (folder, bucket, here, there, sobre_workspace_get_calendar (self->workspace), scratch, progress_cb,
                            self, self->cancellable, &self->inspection, error))
    return FALSE;
  adopt (self, here, there);
  return TRUE;
}

static gboolean
promote (Promotion *self, GError **error)
{
  SobreDirLake *folder = sobre_workspace_get_lake (self->workspace);
  SobreAwsAccount *account = sobre_workspace_get_account (self->workspace, error);
  g_autoptr (SobreS3Lake) bucket = NULL;
  g_autoptr (GPtrArray) there = NULL;
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  if (account == NULL)
    return FALSE;
  bucket = sobre_s3_lake_new (sobre_aws_account_get_client (account, SOBRE_AWS_S3), self->bucket);
  there = sobre_sync_list_lake (SOBRE_LAKE_SOURCE (bucket), error);
  here = there != NULL ? sobre_sync_list_lake (SOBRE_LAKE_SOURCE (folder), error) : NULL;
  if (here == NULL)
    return FALSE;
  self->n_objects = here->len;
  missing = sobre_promote_choose (here, there);
  if (!self->dry_run)
    return copy_and_prove (self, bucket, here, there, missing, error);
  count_missing (&self->report, missing);
  return TRUE;
}

static gpointer
promote_worker (gpointer data)
{
  Promotion *self = data;
  GError *error = NULL;

  if (promote (self, &error))
    dex_promise_resolve_boolean (self->promise, TRUE);
  else
    dex_promise_reject (self->promise, error);
  return NULL;
}

/* The cache is brought up to date first: what intake still holds becomes objects of the folder. */
static gboolean
roll (SobreCli *self, SobreWorkspace *workspace, GError **error)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (workspace);

  return sobre_cli_finish (self, sobre_sync_run (sync, SOBRE_SYNC_DEFAULT), error);
}

/* Waits for the copying; an interrupt ends it at the next object. */
static gboolean
run (SobreCli *self, Promotion *promotion, GError **error)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();
  GThread *thread;
  gboolean done;

  promotion->promise = promise;
  thread = g_thread_new ("promote", promote_worker, promotion);
  done = sobre_cli_await (self, dex_ref (DEX_FUTURE (promise)), error);
  if (!done)
    g_cancellable_cancel (promotion->cancellable);
  g_thread_join (thread);
  sobre_cli_output_clear_progress (self->output);
  return done;
}

static void
print_report (SobreCli *self, const Promotion *promotion)
{
  const SobrePromoteReport *report = &promotion->report;
  const guint64 *n_rows = promotion->inspection.n_rows;
  guint64 records = n_rows[SOBRE_TABLE_RESPONSES] + n_rows[SOBRE_TABLE_EVENTS] + n_rows[SOBRE_TABLE_ORDERS];
  g_autofree char *size = g_format_size (report->sent_bytes);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  const struct
  {
    const char *name;
    guint64 number;
  } numbers[] = { { "objects", promotion->n_objects },
                  { "sent", report->sent },
                  { "sent_bytes", report->sent_bytes },
                  { "compared", promotion->dry_run ? 0 : promotion->n_objects },
                  { "records", records } };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "bucket");
  json_builder_add_string_value (builder, promotion->bucket);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, promotion->dry_run);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      json_builder_set_member_name (builder, numbers[i].name);
      json_builder_add_int_value (builder, (gint64) numbers[i].number);
    }
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  if (promotion->dry_run)
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " of %" PRIu64 " objects, %s, would be copied to %s"), report->sent,
                            promotion->n_objects, size, promotion->bucket);
  else
    sobre_cli_output_print (self->output,
                            _ ("%" PRIu64 " of %" PRIu64 " objects, %s, were copied to %s. All were fetched from there and "
                               "compared: they are the same bytes and give the same %" PRIu64
                               " records. The workspace reads from the bucket now; its folder stays as it is."),
                            report->sent, promotion->n_objects, size, promotion->bucket, records);
  if (promotion->not_adopted != NULL)
    sobre_cli_output_warn (self->output, _ ("The next sync fetches the whole lake from the bucket. %s"),
                           promotion->not_adopted->message);
}

/* From the next start on the workspace reads from the bucket. */
static gboolean
point_workspace (SobreWorkspace *workspace, const char *bucket, GError **error)
{
  SobreSettings changed = *sobre_workspace_get_settings (workspace);
  g_autofree char *text = NULL;

  if (g_strcmp0 (changed.lake_bucket, bucket) == 0)
    return TRUE;
  changed.lake_bucket = (char *) bucket;
  text = sobre_settings_format (&changed);
  return sobre_workspace_write_file (sobre_workspace_get_path (workspace), SOBRE_WORKSPACE_FILE, text, -1, error);
}

SobreCliStatus
sobre_cli_lake_promote (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *option = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "bucket", 0, 0, G_OPTION_ARG_STRING, &option, N_ ("The bucket; else the one that workspace.json names"), "NAME" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be copied"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SobreCliStatus status;
  Promotion promotion;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  promotion = (Promotion) { .cli = self, .workspace = workspace, .dry_run = dry_run, .cancellable = cancellable };
  promotion.bucket = option != NULL ? option : sobre_workspace_get_settings (workspace)->lake_bucket;
  if (promotion.bucket == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("workspace.json names no bucket: --bucket NAME does"));
  if (!sobre_s3_bucket_is_valid (promotion.bucket))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is no name of a bucket"), promotion.bucket);
  if ((!dry_run && !roll (self, workspace, &error)) || !run (self, &promotion, &error) ||
      (!dry_run && !point_workspace (workspace, promotion.bucket, &error)))
    status = sobre_cli_fail (self, error);
  else
    print_report (self, &promotion);
  g_clear_error (&promotion.not_adopted);
  return status;
}
