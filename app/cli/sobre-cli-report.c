/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "scan/sobre-visit-figures.h"
#include "sobre-report.h"
#include "workspace/sobre-workspace-notes.h"

#define DEFAULT_DAYS 28
#define MAX_COMMENTS 40

typedef struct
{
  char *output;
  char *from;
  char *to;
  char *store;
  char *table;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->output);
  g_free (self->from);
  g_free (self->to);
  g_free (self->store);
  g_free (self->table);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Job: what is done on the pool thread. */
typedef struct
{
  SobreWorkspace *workspace;
  const SobreFilter *filter;
  const char *path;
  gint64 now;
  SobreFigures *figures;
  SobreVisitFigures *visits;
} Job;

static gboolean
write_report (gpointer data, GError **error)
{
  Job *job = data;
  const SobreSettings *settings = sobre_workspace_get_settings (job->workspace);
  g_autoptr (SobreCacheReader) reader = sobre_cache_reader_open (sobre_workspace_get_cache_folder (job->workspace), error);
  g_autoptr (GListModel) notes = NULL;
  SobreReport report = { .restaurant = settings->name, .made_at = job->now };

  if (reader == NULL)
    return FALSE;
  notes = sobre_workspace_load_notes (job->workspace, error);
  if (notes == NULL)
    return FALSE;
  job->figures = sobre_figures_compute (reader, job->filter, MAX_COMMENTS, error);
  if (job->figures == NULL)
    return FALSE;
  job->visits = sobre_visit_figures_compute (reader, job->filter, &(SobreVisitQuery) { NULL, 1 }, error);
  if (job->visits == NULL)
    return FALSE;
  report.figures = job->figures;
  report.visits = job->visits;
  report.labels.calendar = sobre_workspace_get_calendar (job->workspace);
  report.labels.form = sobre_workspace_get_form (job->workspace);
  report.labels.language = settings->languages[0];
  report.labels.stores = settings->stores;
  report.labels.tables = sobre_workspace_get_tables (job->workspace);
  report.labels.notes = notes;
  report.labels.menu = sobre_workspace_get_menu (job->workspace);
  return sobre_report_write (&report, job->path, error);
}

static void
add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  if (isnan (number))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, number);
}

static void
add_visits (JsonBuilder *builder, const SobreVisitFigures *visits)
{
  static const char *const steps[SOBRE_N_VISIT_STEPS] = { "menu_opened", "dish_looked_at",   "form_opened",
                                                          "form_begun",  "question_reached", "answer_sent" };

  json_builder_set_member_name (builder, "visits");
  json_builder_begin_object (builder);
  for (guint i = 0; i < SOBRE_N_VISIT_STEPS; i++)
    {
      json_builder_set_member_name (builder, steps[i]);
      json_builder_add_int_value (builder, visits->steps[i]);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "order_lines");
  json_builder_add_int_value (builder, visits->n_lines);
}

static void
print_result (SobreCli *self, const Job *job)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  const SobreFigures *figures = job->figures;
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, job->path);
  json_builder_set_member_name (builder, "from");
  sobre_day_format (job->filter->from_day, day);
  json_builder_add_string_value (builder, day);
  json_builder_set_member_name (builder, "to");
  sobre_day_format (job->filter->to_day, day);
  json_builder_add_string_value (builder, day);
  json_builder_set_member_name (builder, "responses");
  json_builder_add_int_value (builder, figures->n_responses);
  json_builder_set_member_name (builder, "unverified");
  json_builder_add_int_value (builder, figures->n_unverified);
  add_number (builder, "mean", figures->overall.mean);
  json_builder_set_member_name (builder, "questions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->questions->len; i++)
    {
      const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "question");
      json_builder_add_string_value (builder, question->question);
      json_builder_set_member_name (builder, "n");
      json_builder_add_int_value (builder, question->n);
      add_number (builder, "mean", question->mean);
      add_number (builder, "nps", question->nps);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_visits (builder, job->visits);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, "%s", job->path);
}

static gboolean
parse_day (const char *text, gint32 *day)
{
  return text == NULL || sobre_day_parse (text, strlen (text), day);
}

/* A store or table that does not exist would give an empty report, which looks like an empty restaurant. */
static gboolean
check_place (SobreWorkspace *workspace, SobreFilter *filter, GError **error)
{
  GListModel *tables = sobre_workspace_get_tables (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);

      if ((filter->store_id == NULL || g_str_equal (filter->store_id, sobre_table_get_store_id (table))) &&
          (filter->table_id == NULL || g_str_equal (filter->table_id, sobre_table_get_table_id (table))))
        {
          if (filter->table_id != NULL && filter->store_id == NULL)
            filter->store_id = g_strdup (sobre_table_get_store_id (table));
          return TRUE;
        }
    }
  g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
               _ ("tables.csv has no such store or table: “%s%s%s”"), filter->store_id != NULL ? filter->store_id : "",
               filter->store_id != NULL && filter->table_id != NULL ? "/" : "",
               filter->table_id != NULL ? filter->table_id : "");
  return FALSE;
}

static SobreCliStatus
run (SobreCli *self, const SobreCliCommand *command, const Options *options)
{
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreFilter) filter = NULL;
  SobreReportFormat format;
  Job job = { .path = options->output, .now = sobre_clock_now (self->clock) };
  gint32 from, to;
  GError *error = NULL;
  gboolean done;

  if (options->output == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("--output FILE is missing"));
  if (!sobre_report_format_from_path (options->output, &format, &error))
    {
      g_autoptr (GError) owned = error;

      return sobre_cli_refuse_usage (self, command, "%s", owned->message);
    }
  if (!parse_day (options->to, &to) || !parse_day (options->from, &from))
    return sobre_cli_refuse_usage (self, command, _ ("--from and --to have to be dates such as 2026-11-24"));

  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  if (options->to == NULL)
    to = sobre_service_calendar_locate (sobre_workspace_get_calendar (workspace), job.now).day;
  if (options->from == NULL)
    from = to - (DEFAULT_DAYS - 1);
  if (from > to)
    return sobre_cli_refuse_usage (self, command, _ ("--from is later than --to"));
  filter = sobre_filter_new (from, to);
  filter->store_id = g_strdup (options->store);
  filter->table_id = g_strdup (options->table);
  if (!check_place (workspace, filter, &error))
    return sobre_cli_fail (self, error);

  job.workspace = workspace;
  job.filter = filter;
  done = sobre_cli_work (self, write_report, &job, &error);
  if (done)
    print_result (self, &job);
  g_clear_pointer (&job.figures, sobre_figures_unref);
  g_clear_pointer (&job.visits, sobre_visit_figures_unref);
  return done ? SOBRE_CLI_DONE : sobre_cli_fail (self, error);
}

SobreCliStatus
sobre_cli_report (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Where to write; the ending tells the format"), "FILE" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("First service day, YYYY-MM-DD; else four weeks up to the last"),
      "D" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Last service day; else today"), "D" },
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, N_ ("Only this store"), "S" },
    { "table", 0, 0, G_OPTION_ARG_STRING, &options.table, N_ ("Only this table"), "T" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  return run (self, command, &options);
}
