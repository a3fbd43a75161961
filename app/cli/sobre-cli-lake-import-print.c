/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-lake-import.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"

#define SHOWN_REJECTS 20

static void
add_time (JsonBuilder *builder, const char *name, gint64 time, gboolean known)
{
  char text[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (time, text);
  sobre_json_add_text (builder, name, known ? text : NULL);
}

static char *
describe_reading (const SobreImport *import)
{
  const SobreImportSource *source = sobre_import_get_source (import);
  const char *encoding = sobre_import_source_get_encoding (source);

  if (sobre_import_source_is_json (source))
    return g_strdup_printf (_ ("JSON lines, %s"), encoding);
  if (sobre_import_source_get_delimiter (source) == '\t')
    return g_strdup_printf (_ ("CSV with tabs, %s"), encoding);
  return g_strdup_printf (_ ("CSV with “%c”, %s"), sobre_import_source_get_delimiter (source), encoding);
}

/* What is left out has to be seen as well, or nobody would miss it. */
static void
print_left_out (SobreCli *self, const SobreImport *import)
{
  const SobreImportSurvey *survey = sobre_import_get_survey (import);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < survey->columns->len; i++)
    {
      const SobreImportColumn *column = g_ptr_array_index (survey->columns, i);

      if (sobre_import_mapping_find_column (sobre_import_get_mapping (import), column->name) == NULL)
        g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", column->name);
    }
  if (names->len > 0)
    sobre_cli_output_print (self->output, _ ("  left out: %s"), names->str);
}

void
sobre_cli_import_print_mapping (SobreCli *self, const char *file, const SobreImport *import)
{
  const SobreImportMapping *mapping = sobre_import_get_mapping (import);
  g_autofree char *reading = describe_reading (import);
  const char *order = sobre_date_order_get_name (mapping->order);
  const char *decimal = sobre_decimal_get_name (mapping->decimal);

  sobre_cli_output_print (self->output, "%s: %s (%s)", file, sobre_import_dataset_get_name (mapping->dataset), reading);
  for (guint i = 0; i < mapping->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (mapping->fields, i);
      g_autofree char *name = sobre_import_field_dup_name (field);

      if (field->column != NULL)
        sobre_cli_output_print (self->output, _ ("  %-16s column “%s”"), name, field->column);
      else
        sobre_cli_output_print (self->output, _ ("  %-16s always “%s”"), name, field->value);
    }
  print_left_out (self, import);
  sobre_cli_output_print (self->output, _ ("  times are those of %s; dates %s, decimal %s; source “%s”"), mapping->time_zone,
                          order != NULL ? order : _ ("as they are written"), decimal != NULL ? decimal : _ ("either"),
                          mapping->source);
  if (sobre_import_is_known_form (import))
    sobre_cli_output_print (self->output, _ ("  as %s says"), sobre_import_get_mapping_file (import));
}

static void
print_rejects (SobreCli *self, const char *file, const SobreImportTarget *target, const SobreImportReport *report)
{
  GPtrArray *rejects = sobre_import_rejects_get_first (report->rejects);
  guint64 n = sobre_import_rejects_get_n (report->rejects);

  for (guint i = 0; i < MIN (rejects->len, SHOWN_REJECTS); i++)
    {
      const SobreImportReject *reject = g_ptr_array_index (rejects, i);

      if (reject->column != NULL)
        sobre_cli_output_print (self->output, _ ("%s:%" PRIu64 ": %s: “%.60s” in “%s”"), file, reject->line, reject->reason,
                                reject->value, reject->column);
      else
        sobre_cli_output_print (self->output, "%s:%" PRIu64 ": %s: %.60s", file, reject->line, reject->reason, reject->row);
    }
  if (n > SHOWN_REJECTS)
    sobre_cli_output_print (self->output, _ ("… and %" PRIu64 " more"), n - SHOWN_REJECTS);
  if (n > 0 && !target->dry_run)
    sobre_cli_output_warn (self->output, _ ("%" PRIu64 " rows were rejected; all of them are listed in %s"), n,
                           target->rejects);
}

static void
add_rejects (JsonBuilder *builder, const SobreImportReport *report)
{
  GPtrArray *rejects = sobre_import_rejects_get_first (report->rejects);

  json_builder_set_member_name (builder, "rejects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rejects->len; i++)
    {
      const SobreImportReject *reject = g_ptr_array_index (rejects, i);

      json_builder_begin_object (builder);
      sobre_json_add_number (builder, "line", reject->line);
      sobre_json_add_text (builder, "reason", reject->reason);
      sobre_json_add_text (builder, "column", reject->column);
      sobre_json_add_text (builder, "value", reject->value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_samples (JsonBuilder *builder, const SobreImportReport *report)
{
  json_builder_set_member_name (builder, "samples");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->samples->len; i++)
    json_builder_add_value (builder, json_from_string (g_ptr_array_index (report->samples, i), NULL));
  json_builder_end_array (builder);
}

static void
add_report (JsonBuilder *builder,
            const char *file,
            const SobreImport *import,
            const SobreImportTarget *target,
            const SobreImportReport *report)
{
  const char delimiter[2] = { sobre_import_source_get_delimiter (sobre_import_get_source (import)), '\0' };
  g_autofree char *mapping = sobre_import_mapping_format (sobre_import_get_mapping (import));
  guint64 n_rejected = sobre_import_rejects_get_n (report->rejects);
  gboolean any = report->n_added + report->n_known > 0;

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "file", file);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, target->dry_run);
  sobre_json_add_text (builder, "encoding", sobre_import_source_get_encoding (sobre_import_get_source (import)));
  sobre_json_add_text (builder, "delimiter", delimiter[0] != '\0' ? delimiter : NULL);
  json_builder_set_member_name (builder, "mapping");
  json_builder_add_value (builder, json_from_string (mapping, NULL));
  sobre_json_add_text (builder, "mapping_file", sobre_import_get_mapping_file (import));
  json_builder_set_member_name (builder, "known_form");
  json_builder_add_boolean_value (builder, sobre_import_is_known_form (import));
  sobre_json_add_number (builder, "rows", report->n_rows);
  sobre_json_add_number (builder, "added", report->n_added);
  sobre_json_add_number (builder, "known", report->n_known);
  sobre_json_add_number (builder, "repeated", report->n_repeated);
  sobre_json_add_number (builder, "forgotten", report->n_forgotten);
  sobre_json_add_number (builder, "rejected", n_rejected);
  sobre_json_add_text (builder, "rejects_file", n_rejected > 0 && !target->dry_run ? target->rejects : NULL);
  sobre_json_add_text (builder, "batch", report->batch);
  sobre_json_add_number (builder, "objects", report->n_objects);
  add_time (builder, "first", report->first, any);
  add_time (builder, "last", report->last, any);
  add_samples (builder, report);
  add_rejects (builder, report);
  json_builder_end_object (builder);
}

static void
print_samples (SobreCli *self, const SobreImportReport *report)
{
  if (report->samples->len > 0)
    sobre_cli_output_print (self->output, _ ("The first rows, as they would be stored:"));
  for (guint i = 0; i < report->samples->len; i++)
    sobre_cli_output_print (self->output, "%s", (const char *) g_ptr_array_index (report->samples, i));
}

static void
print_counts (SobreCli *self, const char *file, const SobreImportTarget *target, const SobreImportReport *report)
{
  guint64 n_rejected = sobre_import_rejects_get_n (report->rejects);
  char first[SOBRE_TIME_STRING_LENGTH + 1], last[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_cli_output_print (
      self->output,
      target->dry_run
          ? _ ("%s: %" PRIu64 " rows: %" PRIu64 " would be added, %" PRIu64 " are known, %" PRIu64 " would be rejected")
          : _ ("%s: %" PRIu64 " rows: %" PRIu64 " added, %" PRIu64 " known, %" PRIu64 " rejected"),
      file, report->n_rows, report->n_added, report->n_known, n_rejected);
  if (report->n_repeated > 0)
    sobre_cli_output_print (self->output, _ ("  %" PRIu64 " rows repeat another one with the same id"), report->n_repeated);
  if (report->n_forgotten > 0)
    sobre_cli_output_print (self->output, _ ("  %" PRIu64 " rows were forgotten, and stay so"), report->n_forgotten);
  if (report->n_added + report->n_known == 0)
    return;
  sobre_time_format (report->first, first);
  sobre_time_format (report->last, last);
  sobre_cli_output_print (self->output, _ ("  from %s to %s"), first, last);
}

void
sobre_cli_import_print_report (SobreCli *self,
                               JsonBuilder *builder,
                               const char *file,
                               const SobreImport *import,
                               const SobreImportTarget *target,
                               const SobreImportReport *report,
                               double seconds)
{
  add_report (builder, file, import, target, report);
  if (target->dry_run)
    print_samples (self, report);
  print_rejects (self, file, target, report);
  print_counts (self, file, target, report);
  if (seconds > 0)
    sobre_cli_output_note (self->output, _ ("%.1f s, %.0f rows a second"), seconds, (double) report->n_rows / seconds);
  if (report->batch != NULL)
    sobre_cli_output_note (self->output,
                           _ ("“sobremesa lake import --undo %s” takes it back; “sobremesa sync” brings it into the figures"),
                           report->batch);
}
