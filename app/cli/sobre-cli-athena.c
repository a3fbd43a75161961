/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Queries that run on Athena: what they cost before, while and after. */

#include "sobre-config.h"

#include "cli/sobre-cli-athena.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "aws/sobre-athena-price.h"
#include "aws/sobre-athena-scan.h"
#include "lake/sobre-lake-catalogue.h"
#include "model/sobre-json-members.h"
#include "model/sobre-time.h"

#define TIMEOUT_MS (30 * 60 * 1000) /* Athena's own */
#define MINUTE_MS 60000

static void
add_price (JsonBuilder *builder, double dollars)
{
  json_builder_set_member_name (builder, "price_usd");
  json_builder_add_double_value (builder, dollars);
}

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->output, document);
}

/* "2026-11-29 06:50 UTC" */
static char *
format_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);

  return g_date_time_format (time, "%Y-%m-%d %H:%M UTC");
}

static char *
format_age (gint64 milliseconds)
{
  gint64 minutes = MAX (milliseconds, 0) / MINUTE_MS;

  if (minutes < 120)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", (gulong) minutes), (guint) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour", "%u hours", (gulong) (minutes / 60)),
                            (guint) (minutes / 60));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", (gulong) (minutes / 1440)),
                          (guint) (minutes / 1440));
}

SobreCliStatus
sobre_cli_write_result (SobreCli *self, SobreResultTable *result, SobreResultFormat format)
{
  GError *error = NULL;

  if (!sobre_result_table_write (result, format, sobre_cli_output_get_stream (self->output), NULL, &error))
    {
      /* Whoever reads has seen enough. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
        return sobre_cli_fail (self, error);
      g_error_free (error);
      return SOBRE_CLI_FAILED;
    }
  if (sobre_result_table_is_truncated (result))
    sobre_cli_output_note (self->output, _ ("There are more rows than these %" PRIu64), sobre_result_table_get_n_rows (result));
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_fail_query (SobreCli *self, GError *error)
{
  SobreSqlPosition position = sobre_query_error_get_position (error);

  if (position.line > 0)
    g_prefix_error (&error, _ ("line %u, column %u: "), position.line, position.column);
  return sobre_cli_fail (self, error);
}

/* What it has cost, whatever became of it. */
static void
tell_cost (SobreCli *self, SobreAthenaEngine *engine)
{
  g_autoptr (SobreAthenaRun) run = sobre_athena_engine_get_last_run (engine);
  g_autofree char *size = run != NULL ? g_format_size (run->bytes) : NULL;
  g_autofree char *price = run != NULL ? sobre_athena_format_price (run->price) : NULL;

  if (run == NULL)
    return;
  if (run->reused)
    sobre_cli_output_note (self->output, _ ("Athena took an earlier result: nothing was read"));
  else
    sobre_cli_output_note (self->output, _ ("Athena read %s in %.1f seconds: about %s"), size,
                           (double) run->milliseconds / 1000.0, price);
}

static SobreCliStatus
print_stored (SobreCli *self, SobreWorkspace *workspace, SobreQuery *query, SobreResultFormat format)
{
  g_autofree char *folder = sobre_workspace_dup_athena_folder (workspace);
  g_autoptr (SobreResultTable) table = NULL;
  g_autofree char *key = NULL;
  g_autofree char *when = NULL;
  g_autofree char *age = NULL;
  GError *error = NULL;
  gint64 at;

  key = sobre_athena_engine_dup_key (&sobre_workspace_get_settings (workspace)->athena, query, &error);
  table = key != NULL ? sobre_athena_journal_read (folder, key, &at, &error) : NULL;
  if (table == NULL)
    return sobre_cli_fail_query (self, error);
  when = format_time (at);
  age = format_age (sobre_clock_now (self->clock) - at);
  sobre_cli_output_note (self->output, _ ("This is the result of %s, %s old"), when, age);
  return sobre_cli_write_result (self, table, format);
}

static void
add_read (JsonBuilder *builder, const SobreAthenaRead *read)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "table", read->table);
  json_builder_set_member_name (builder, "bounded");
  json_builder_add_boolean_value (builder, read->is_bounded);
  sobre_day_format (read->from_day, day);
  sobre_json_add_text (builder, "from", read->from_day != G_MININT32 ? day : NULL);
  sobre_day_format (read->to_day, day);
  sobre_json_add_text (builder, "to", read->to_day != G_MAXINT32 ? day : NULL);
  json_builder_end_object (builder);
}

static void
print_reads (SobreCli *self, SobreWorkspace *workspace, GPtrArray *reads, guint64 bytes)
{
  double price = sobre_athena_get_price (bytes, sobre_workspace_get_settings (workspace)->athena.price_per_tb);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *unbounded = sobre_athena_dup_unbounded (reads);
  g_autofree char *size = g_format_size (bytes);
  g_autofree char *dollars = sobre_athena_format_price (price);

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "bytes", bytes);
  sobre_json_add_number (builder, "billed_bytes", sobre_athena_get_billed (bytes));
  add_price (builder, price);
  json_builder_set_member_name (builder, "reads");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reads->len; i++)
    add_read (builder, g_ptr_array_index (reads, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  sobre_cli_output_print (self->output, _ ("Athena would read up to %s: about %s at most"), size, dollars);
  if (unbounded != NULL)
    sobre_cli_output_print (self->output, _ ("Read whole, for want of a condition on dt: %s"), unbounded);
}

/* Nothing is sent to Athena; the lake is listed. */
static SobreCliStatus
print_estimate (SobreCli *self, SobreWorkspace *workspace, SobreQuery *query)
{
  gint32 today = (gint32) (sobre_clock_now (self->clock) / SOBRE_DAY_MS);
  g_autoptr (GPtrArray) reads = sobre_athena_find_reads (query, today);
  g_autoptr (DexFuture) future = NULL;
  SobreLakeSource *lake;
  GError *error = NULL;

  if (reads == NULL)
    {
      sobre_query_error_set (&error, SOBRE_QUERY_ERROR_UNSUPPORTED, SOBRE_SQL_NOWHERE,
                             _ ("what this query reads cannot be told beforehand: it holds what is not known offline"));
      return sobre_cli_fail (self, error);
    }
  lake = sobre_workspace_get_source (workspace, &error);
  if (lake == NULL)
    return sobre_cli_fail (self, error);
  future = sobre_lake_catalogue (lake, NULL);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  print_reads (self, workspace, reads, sobre_athena_estimate (reads, g_value_get_boxed (dex_future_get_value (future, NULL))));
  return SOBRE_CLI_DONE;
}

/* Interrupted, it waits until the query is stopped on Athena as well, where it would else go on costing. */
static SobreCliStatus
run (SobreCli *self, SobreAthenaEngine *engine, SobreQuery *query, SobreResultFormat format)
{
  g_autoptr (DexFuture) future = sobre_query_engine_run (SOBRE_QUERY_ENGINE (engine), query, self->cancellable);
  GError *error = NULL;

  sobre_cli_output_progress (self->output, _ ("Waiting for Athena"), -1);
  if (!sobre_cli_finish (self, dex_ref (future), &error))
    {
      sobre_cli_output_clear_progress (self->output);
      tell_cost (self, engine);
      return sobre_cli_fail_query (self, error);
    }
  sobre_cli_output_clear_progress (self->output);
  tell_cost (self, engine);
  return sobre_cli_write_result (self, g_value_get_object (dex_future_get_value (future, NULL)), format);
}

SobreCliStatus
sobre_cli_run_athena (SobreCli *self,
                      SobreWorkspace *workspace,
                      SobreQuery *query,
                      const char *name,
                      SobreResultFormat format,
                      const SobreCliAthena *options)
{
  g_autoptr (SobreAthenaEngine) engine = NULL;
  GError *error = NULL;

  if (options->stored)
    return print_stored (self, workspace, query, format);
  if (options->estimate)
    return print_estimate (self, workspace, query);
  engine = sobre_workspace_new_athena_engine (workspace, &error);
  if (engine == NULL)
    return sobre_cli_fail (self, error);
  sobre_athena_engine_set_name (engine, name);
  if (options->reuse_minutes >= 0)
    sobre_athena_engine_set_reuse (engine, (guint) options->reuse_minutes);
  sobre_query_set_timeout (query, TIMEOUT_MS);
  return run (self, engine, query, format);
}

static void
add_run (JsonBuilder *builder, const SobreAthenaRun *entry)
{
  char time[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (entry->at, time);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "at", time);
  sobre_json_add_text (builder, "name", entry->name);
  sobre_json_add_text (builder, "sql", entry->sql);
  sobre_json_add_text (builder, "execution", entry->execution);
  sobre_json_add_text (builder, "state", entry->state);
  sobre_json_add_number (builder, "bytes", entry->bytes);
  add_price (builder, entry->price);
  sobre_json_add_number (builder, "milliseconds", entry->milliseconds);
  sobre_json_add_number (builder, "rows", entry->rows);
  json_builder_set_member_name (builder, "reused");
  json_builder_add_boolean_value (builder, entry->reused);
  json_builder_end_object (builder);
}

static void
add_month (JsonBuilder *builder, const SobreAthenaMonth *month)
{
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "month", month->name);
  sobre_json_add_number (builder, "runs", month->n_runs);
  sobre_json_add_number (builder, "bytes", month->bytes);
  add_price (builder, month->price);
  json_builder_end_object (builder);
}

static void
print_run (SobreCli *self, const SobreAthenaRun *entry)
{
  g_autofree char *when = format_time (entry->at);
  g_autofree char *size = g_format_size (entry->bytes);
  g_autofree char *price = sobre_athena_format_price (entry->price);

  sobre_cli_output_print (self->output, "%s  %-9s  %10s  %s  %.60s", when, entry->state, size, price,
                          entry->name != NULL ? entry->name : entry->sql);
}

SobreCliStatus
sobre_cli_print_athena_history (SobreCli *self, SobreWorkspace *workspace)
{
  g_autofree char *folder = sobre_workspace_dup_athena_folder (workspace);
  g_autoptr (GPtrArray) runs = sobre_athena_journal_load (folder);
  g_autoptr (GArray) months = sobre_athena_journal_sum_months (runs);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < runs->len; i++)
    {
      add_run (builder, g_ptr_array_index (runs, i));
      print_run (self, g_ptr_array_index (runs, i));
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "months");
  json_builder_begin_array (builder);
  for (guint i = 0; i < months->len; i++)
    {
      const SobreAthenaMonth *month = &g_array_index (months, SobreAthenaMonth, i);
      g_autofree char *price = sobre_athena_format_price (month->price);

      add_month (builder, month);
      sobre_cli_output_print (self->output, _ ("%s: %u queries, about %s"), month->name, month->n_runs, price);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  return SOBRE_CLI_DONE;
}
