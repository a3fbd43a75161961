/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the gate in AWS refused, with the rule that each record breaks; after a fix, what passes is brought to the lake. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "query/sobre-local-engine.h"
#include "stack/sobre-stack-journal.h"
#include "sync/sobre-rejects.h"
#include "sync/sobre-sync.h"
#include "workspace/sobre-workspace-files.h"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
print_rules (SobreCli *self, JsonBuilder *builder, const SobreRejects *found)
{
  g_autoptr (GPtrArray) rules = g_hash_table_get_keys_as_ptr_array (found->rules);

  g_ptr_array_sort (rules, compare_texts);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_object (builder);
  for (guint i = 0; i < rules->len; i++)
    {
      const char *rule = g_ptr_array_index (rules, i);
      g_autofree char *why = sobre_reject_dup_words (rule);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (found->rules, rule));

      sobre_json_add_number (builder, rule, n);
      sobre_cli_output_print (self->output, "%6u  %s  %s", n, rule, why);
    }
  json_builder_end_object (builder);
}

static void
add_rejects (JsonBuilder *builder, const SobreRejects *found)
{
  json_builder_set_member_name (builder, "rejects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < found->first->len; i++)
    {
      const SobreReject *reject = g_ptr_array_index (found->first, i);
      char at[SOBRE_TIME_STRING_LENGTH + 1];

      sobre_time_format (reject->arrived, at);
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "dataset", sobre_dataset_get_name (reject->dataset));
      sobre_json_add_text (builder, "arrived_at", at);
      sobre_json_add_text (builder, "rule", reject->rule);
      sobre_json_add_number (builder, "line", reject->line);
      sobre_json_add_number (builder, "bytes", reject->n_bytes);
      sobre_json_add_text (builder, "object", reject->key);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_result (SobreCli *self, const SobreRejects *found, gboolean replay)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "objects", found->n_objects);
  sobre_json_add_number (builder, "records", found->n_records);
  sobre_json_add_number (builder, "unreadable", found->n_unreadable);
  sobre_json_add_number (builder, "passing", found->n_passing);
  sobre_json_add_number (builder, "replayed", found->n_replayed);
  sobre_json_add_number (builder, "known", found->n_known);
  sobre_json_add_number (builder, "removed", found->n_removed);
  print_rules (self, builder, found);
  add_rejects (builder, found);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, _ ("%" PRIu64 " records were refused; %" PRIu64 " of them pass now"), found->n_records,
                          found->n_passing);
  if (found->n_unreadable > 0)
    sobre_cli_output_warn (self->output, _ ("%" PRIu64 " lines below errors/ are none of Firehose's and were left alone"),
                           found->n_unreadable);
  if (found->n_known > 0)
    sobre_cli_output_print (self->output, _ ("The lake has %" PRIu64 " of them already"), found->n_known);
  if (replay)
    sobre_cli_output_print (self->output, _ ("%" PRIu64 " records were brought to the lake; the next sync reads them"),
                            found->n_replayed);
  else if (found->n_passing > 0)
    sobre_cli_output_note (self->output, "%s", _ ("“sobremesa lake errors --replay” brings what passes to the lake"));
}

/* How what is refused had come: as the stack says that was deployed from here. */
static SobreChannel
find_channel (SobreCli *self, SobreWorkspace *workspace, SobreAwsAccount *account)
{
  g_autofree char *journals =
      g_build_filename (sobre_workspace_get_path (workspace), SOBRE_STATE_FOLDER, SOBRE_JOURNALS_FOLDER, NULL);
  g_autofree char *name = sobre_stack_find_name (journals, TRUE, NULL);
  g_autoptr (DexFuture) future = NULL;

  if (name == NULL)
    return SOBRE_CHANNEL_DIRECT;
  future =
      sobre_cloudformation_describe (sobre_aws_account_get_client (account, SOBRE_AWS_CLOUDFORMATION), name, self->cancellable);
  if (!sobre_cli_await (self, dex_ref (future), NULL))
    return SOBRE_CHANNEL_DIRECT;
  return g_hash_table_contains (((SobreStack *) g_value_get_boxed (dex_future_get_value (future, NULL)))->outputs, "ApiUrl")
             ? SOBRE_CHANNEL_API
             : SOBRE_CHANNEL_DIRECT;
}

/* What the lake has is known from the cache, which is brought up to date first. */
static SobreQueryEngine *
open_cache (SobreCli *self, SobreWorkspace *workspace, GError **error)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (workspace);

  if (!sobre_cli_finish (self, sobre_sync_run (sync, SOBRE_SYNC_DEFAULT), error))
    return NULL;
  return SOBRE_QUERY_ENGINE (sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (workspace), self->clock));
}

SobreCliStatus
sobre_cli_lake_errors (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gboolean replay = FALSE;
  const GOptionEntry entries[] = {
    { "replay", 0, 0, G_OPTION_ARG_NONE, &replay, N_ ("Bring what passes now to the lake"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobrePlaces) places = NULL;
  g_autoptr (SobreQueryEngine) cache = NULL;
  g_autoptr (GBytes) secret = NULL;
  g_autoptr (DexFuture) future = NULL;
  const SobreSettings *settings;
  SobreAwsAccount *account = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  settings = sobre_workspace_get_settings (workspace);
  if (settings->lake_bucket == NULL)
    error =
        g_error_new_literal (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING,
                             _ ("The lake is in the workspace's folder, whose collector tells guests at once what it refuses"));
  if (error == NULL)
    account = sobre_workspace_get_account (workspace, &error);
  if (error == NULL)
    secret = sobre_workspace_load_card_secret (workspace, &error);
  if (error == NULL && replay)
    cache = open_cache (self, workspace, &error);
  if (error != NULL)
    return sobre_cli_fail (self, error);
  places = sobre_places_new (sobre_workspace_get_tables (workspace), secret, settings->card_epoch);
  future = sobre_rejects_read (sobre_aws_account_get_client (account, SOBRE_AWS_S3), settings->lake_bucket, places,
                               find_channel (self, workspace, account), cache, self->clock, NULL, NULL, self->cancellable);
  if (!sobre_cli_finish (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  print_result (self, g_value_get_boxed (dex_future_get_value (future, NULL)), replay);
  return SOBRE_CLI_DONE;
}
