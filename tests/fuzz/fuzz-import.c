/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first byte says what is known beforehand: the kind, the order of dates, the decimal sign, the delimiter. Whatever follows is a file
 * of rows: each is refused for a reason or becomes a line of the lake with an id of its own, twice the same; a mapping is written as one
 * that reads back as the same; and the cells of a row are written as CSV that reads back as these cells. */

#include "import/sobre-import-guess.h"
#include "import/sobre-import-keys.h"
#include "import/sobre-import-record.h"
#include "model/sobre-table.h"

#define LATEST G_GINT64_CONSTANT (4102444800000) /* 2100-01-01 */

static const char settings_json[] =
    "{\"version\":1,\"name\":\"House\",\"stores\":[{\"id\":\"a\",\"name\":\"A\"}],\"time_zone\":\"Europe/Berlin\","
    "\"day_cutoff\":\"04:00\",\"currency\":\"EUR\",\"languages\":[\"en\"]}";

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_row (const SobreImportRow *row, char delimiter)
{
  g_autoptr (GString) csv = g_string_new ("x"); /* a file may begin with a mark or a hint, which are no cell */
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SobreImportInput) input = NULL;
  g_autoptr (SobreCsvReader) reader = NULL;
  const SobreImportRow *again;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_string_append_c (csv, delimiter);
      sobre_csv_append_cell (csv, row->cells[i], delimiter, FALSE);
    }
  bytes = g_bytes_new (csv->str, csv->len);
  input = sobre_import_input_new (bytes, "UTF-8", NULL);
  reader = sobre_csv_reader_new (input, delimiter, NULL);
  again = sobre_csv_reader_next (reader, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->n_cells, ==, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    g_assert_true (
        again->cells[i + 1].length == row->cells[i].length &&
        (row->cells[i].length == 0 || memcmp (again->cells[i + 1].data, row->cells[i].data, row->cells[i].length) == 0));
  g_assert_null (sobre_csv_reader_next (reader, NULL));
}

static void
check_mapping (const SobreImportMapping *mapping)
{
  g_autofree char *text = sobre_import_mapping_format (mapping);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreImportMapping) again = sobre_import_mapping_parse (text, -1, &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  text_again = sobre_import_mapping_format (again);
  g_assert_cmpstr (text, ==, text_again);
}

/* One pass; returns a hash of all that came out. */
static guint64
read_rows (SobreImportSource *source,
           const SobreImportMapping *mapping,
           const SobreImportSurvey *survey,
           const SobreImportHouse *house)
{
  g_autoptr (SobreImportRecorder) recorder = sobre_import_recorder_new (mapping, survey, house, LATEST);
  g_autoptr (SobreImportKeys) keys = sobre_import_keys_new ();
  gboolean own_ids = sobre_import_mapping_find (mapping, SOBRE_IMPORT_ID) != NULL;
  const SobreImportRow *row;
  guint64 result = 0, line = 0;

  if (!sobre_import_source_rewind (source, NULL))
    return 0;
  while ((row = sobre_import_source_next (source, NULL)) != NULL)
    {
      const SobreImportRecord *record;
      guint8 key[SOBRE_IMPORT_KEY_BYTES];
      gboolean found;
      SobreId id;

      g_assert_cmpuint (row->line, >, line);
      line = row->line;
      result = result * 31 + line;
      if (row->reason != NULL)
        continue;
      record = sobre_import_recorder_take (recorder, row);
      if (record->reason != NULL)
        continue;
      g_assert_true (sobre_import_line_get_id (record->line, &id));
      g_assert_cmpint (sobre_id_compare (&id, &record->id), ==, 0);
      g_assert_cmpuint (sobre_id_get_version (&id), ==, 8);
      g_assert_cmpint (sobre_id_get_time (&id), ==, record->time);
      sobre_import_id_get_key (&id, key);
      *sobre_import_keys_find (keys, key, &found) = 1;
      g_assert_true (own_ids || !found);
      result = result * 31 + sobre_import_line_hash (record->line);
    }
  return result;
}

static void
read_file (const guint8 *data, size_t size, guint8 hints, const SobreImportHouse *house)
{
  static const char delimiters[] = { '\0', ';', '\t', '|' };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  SobreImportReading reading = { NULL, delimiters[hints >> 6], (hints & 0x20) != 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreImportSource) source = sobre_import_source_new (bytes, &reading, &error);
  g_autoptr (SobreImportSurvey) survey = NULL;
  g_autoptr (SobreImportMapping) mapping = NULL;
  SobreImportWishes wishes = { .order = (hints & 0x1C) >> 2, .decimal = hints & 3 };
  const SobreImportRow *row;
  SobreDataset dataset;

  g_assert_cmpint (source == NULL, ==, error != NULL);
  if (source == NULL)
    return;
  for (guint i = 0; i < 100 && (row = sobre_import_source_next (source, NULL)) != NULL; i++)
    {
      if (row->reason == NULL && row->n_cells < SOBRE_IMPORT_MAX_COLUMNS && !sobre_import_source_is_json (source))
        check_row (row, sobre_import_source_get_delimiter (source));
    }
  if (!sobre_import_source_rewind (source, NULL))
    return;
  survey = sobre_import_survey_new (source, NULL, NULL, NULL, NULL);
  if (survey == NULL)
    return;
  /* Sets of several orders or signs are nothing that somebody can say. */
  if ((wishes.order & (wishes.order - 1)) != 0)
    wishes.order = SOBRE_DATE_DMY;
  if ((wishes.decimal & (wishes.decimal - 1)) != 0)
    wishes.decimal = SOBRE_DECIMAL_POINT;
  if (!sobre_import_guess_dataset (survey, house, &dataset, NULL))
    dataset = hints & 1 ? SOBRE_DATASET_ORDERS : SOBRE_DATASET_RESPONSES;
  mapping = sobre_import_mapping_guess (survey, house, dataset);
  if (!sobre_import_mapping_complete (mapping, survey, house, &wishes, &error))
    return;
  check_mapping (mapping);
  g_assert_cmpuint (read_rows (source, mapping, survey, house), ==, read_rows (source, mapping, survey, house));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  SobreSettings *settings;
  g_autoptr (GListModel) tables = NULL;
  SobreImportHouse house = { 0 };

  if (size == 0)
    return 0;
  settings = sobre_settings_parse (settings_json, -1, NULL);
  tables = sobre_table_list_parse ("store_id,table_id,zone,seats,x,y\na,1,,,,\n", -1, NULL);
  house.settings = settings;
  house.tables = tables;
  read_file (data + 1, size - 1, data[0], &house);
  sobre_settings_free (settings);
  return 0;
}
