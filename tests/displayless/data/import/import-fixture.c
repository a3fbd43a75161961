/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import-fixture.h"

#include "model/sobre-table.h"

#define LATEST G_GINT64_CONSTANT (4102444800000) /* 2100-01-01 */

static const char form[] =
    "{\"id\":\"visit\",\"version\":1,\"languages\":[\"en\",\"de\"],\"title\":{\"en\":\"How was it?\",\"de\":\"Wie war es?\"},"
    "\"thanks\":{\"en\":\"Thanks\",\"de\":\"Danke\"},\"privacy\":{\"en\":\"Kept for {days} days.\",\"de\":\"{days} "
    "Tage.\"},\"questions\":["
    "{\"id\":\"overall\",\"kind\":\"smiley\",\"label\":{\"en\":\"Overall\",\"de\":\"Gesamt\"},\"text\":{\"en\":\"Overall?\"}},"
    "{\"id\":\"food\",\"kind\":\"stars\",\"label\":{\"en\":\"Food\",\"de\":\"Essen\"},\"text\":{\"en\":\"The food?\"}}]}";

static const char settings_format[] =
    "{\"version\":1,\"name\":\"House\",\"stores\":[{\"id\":\"harbour\",\"name\":\"Am Hafen\"}%s],"
    "\"time_zone\":\"Europe/Berlin\",\"day_cutoff\":\"04:00\",\"currency\":\"EUR\","
    "\"languages\":[\"en\"]}";

Table *
table_new (const char *text, gboolean one_store)
{
  Table *self = g_new0 (Table, 1);
  g_autofree char *settings = g_strdup_printf (settings_format, one_store ? "" : ",{\"id\":\"market\",\"name\":\"Am Markt\"}");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  SobreImportReading reading = { 0 };
  g_autoptr (GError) error = NULL;

  self->settings = sobre_settings_parse (settings, -1, &error);
  g_assert_no_error (error);
  self->tables = sobre_table_list_parse (
      "store_id,table_id,zone,seats,x,y\nharbour,1,,2,,\nharbour,2,,2,,\nharbour,T3,,2,,\nmarket,1,,2,,\n", -1, &error);
  g_assert_no_error (error);
  self->form = sobre_form_parse (form, -1, NULL, &error);
  g_assert_no_error (error);
  self->house = (SobreImportHouse) { self->settings, self->tables, self->form };
  self->source = sobre_import_source_new (bytes, &reading, &error);
  g_assert_no_error (error);
  self->survey = sobre_import_survey_new (self->source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
table_free (Table *self)
{
  sobre_import_survey_free (self->survey);
  sobre_import_source_free (self->source);
  g_object_unref (self->form);
  g_object_unref (self->tables);
  sobre_settings_free (self->settings);
  g_free (self);
}

SobreImportMapping *
table_guess (Table *self, const SobreImportWishes *wishes, GError **error)
{
  static const SobreImportWishes nothing = { 0 };
  g_autoptr (SobreImportMapping) mapping = NULL;
  SobreDataset dataset;

  if (wishes == NULL)
    wishes = &nothing;
  if (wishes->kind != NULL)
    g_assert_true (sobre_import_dataset_parse (wishes->kind, &dataset));
  else if (!sobre_import_guess_dataset (self->survey, &self->house, &dataset, error))
    return NULL;
  mapping = sobre_import_mapping_guess (self->survey, &self->house, dataset);
  return sobre_import_mapping_complete (mapping, self->survey, &self->house, wishes, error) ? g_steal_pointer (&mapping) : NULL;
}

char *
table_describe (const SobreImportMapping *mapping)
{
  GString *text = g_string_new (sobre_import_dataset_get_name (mapping->dataset));

  for (guint i = 0; i < mapping->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (mapping->fields, i);
      g_autofree char *name = sobre_import_field_dup_name (field);

      g_string_append_printf (text, " %s%s%s", name,
                              field->column != NULL ? "=" : ":=", field->column != NULL ? field->column : field->value);
    }
  return g_string_free (text, FALSE);
}

GPtrArray *
table_take (Table *self, const SobreImportMapping *mapping)
{
  g_autoptr (SobreImportRecorder) recorder = sobre_import_recorder_new (mapping, self->survey, &self->house, LATEST);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const SobreImportRow *row;

  g_assert_true (sobre_import_source_rewind (self->source, &error));
  while ((row = sobre_import_source_next (self->source, &error)) != NULL)
    {
      const SobreImportRecord *record = row->reason == NULL ? sobre_import_recorder_take (recorder, row) : NULL;
      const char *reason = record != NULL ? record->reason : row->reason;

      if (reason != NULL)
        g_ptr_array_add (lines, g_strdup_printf ("%" G_GUINT64_FORMAT ": %s", row->line, reason));
      else
        g_ptr_array_add (lines, g_strndup (record->line.data, record->line.length - 1));
    }
  g_assert_no_error (error);
  return lines;
}
