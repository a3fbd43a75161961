/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The form of the lines and what goes into an id must stay as they are: a later version has to know what an earlier one imported. */

#include <string.h>

#include "import/sobre-import-names.h"
#include "import/sobre-import-record-private.h"
#include "model/sobre-hash.h"
#include "model/sobre-table.h"
#include "model/sobre-time.h"

#define DIGEST_BYTES 32
#define TIME_BYTES 6

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SobreImportSurvey *survey = user_data;
  const SobreImportColumn *first = g_ptr_array_index (survey->columns, *(const guint *) a);
  const SobreImportColumn *second = g_ptr_array_index (survey->columns, *(const guint *) b);

  return strcmp (first->name, second->name);
}

/* All columns but those that only count the rows: these differ between two exports of the same rows. Only names tell, because what a file
 * happens to hold must not. The first column without a name is that of the rows' names in what statistics programs write. */
static void
find_identifying (SobreImportRecorder *self)
{
  for (guint i = 0; i < self->survey->columns->len; i++)
    {
      const SobreImportColumn *column = g_ptr_array_index (self->survey->columns, i);
      g_autofree char *name = sobre_import_name_normalize (column->name);
      gboolean unnamed = i == 0 && strcmp (name, "1") == 0 && !self->mapping->reading.no_header;

      if (!unnamed && !sobre_import_name_is_counter (name))
        g_array_append_val (self->identifying, i);
    }
  g_array_sort_with_data (self->identifying, compare_names, (gpointer) self->survey);
}

static void
add_plans (SobreImportRecorder *self)
{
  for (guint i = 0; i < self->mapping->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->mapping->fields, i);
      SobreImportPlan plan = { field, -1, FALSE };

      if (field->column != NULL)
        {
          g_autofree char *name = g_ascii_strdown (field->column, -1);

          plan.place = sobre_import_survey_find (self->survey, field->column);
          plan.milliseconds = strstr (name, "ms") != NULL || strstr (name, "milli") != NULL;
        }
      if (field->kind == SOBRE_IMPORT_ANSWER)
        g_array_append_val (self->answers, plan);
      else
        self->single[field->kind] = plan;
    }
}

static void
add_places (SobreImportRecorder *self, const SobreImportHouse *house)
{
  for (guint i = 0; i < house->settings->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (house->settings->stores, i);

      g_hash_table_insert (self->stores, g_utf8_casefold (store->name, -1), store->id);
    }
  /* An id counts more than a name. */
  for (guint i = 0; i < house->settings->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (house->settings->stores, i);

      g_hash_table_insert (self->stores, g_utf8_casefold (store->id, -1), store->id);
    }
  for (guint i = 0; i < g_list_model_get_n_items (house->tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (house->tables, i);
      g_autofree char *place = g_strdup_printf ("%s/%s", sobre_table_get_store_id (table), sobre_table_get_table_id (table));

      g_hash_table_insert (self->tables, g_utf8_casefold (place, -1), g_strdup (sobre_table_get_table_id (table)));
    }
}

SobreImportRecorder *
sobre_import_recorder_new (const SobreImportMapping *mapping,
                           const SobreImportSurvey *survey,
                           const SobreImportHouse *house,
                           gint64 latest)
{
  SobreImportRecorder *self = g_new0 (SobreImportRecorder, 1);
  g_autoptr (SobreRules) rules = sobre_rules_new ();

  self->mapping = mapping;
  self->survey = survey;
  self->latest = latest;
  /* Where it makes no difference, any will do. */
  self->decimal = mapping->decimal != 0 ? mapping->decimal : SOBRE_DECIMAL_POINT;
  self->answers = g_array_new (FALSE, FALSE, sizeof (SobreImportPlan));
  self->identifying = g_array_new (FALSE, FALSE, sizeof (guint));
  self->seen = sobre_import_keys_new ();
  self->stores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->zone = sobre_service_calendar_new (mapping->time_zone, 0);
  self->checker = sobre_record_checker_new (rules);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->line = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  add_plans (self);
  add_places (self, house);
  find_identifying (self);
  return self;
}

void
sobre_import_recorder_free (SobreImportRecorder *self)
{
  g_array_unref (self->answers);
  g_array_unref (self->identifying);
  sobre_import_keys_free (self->seen);
  g_hash_table_unref (self->stores);
  g_hash_table_unref (self->tables);
  sobre_service_calendar_unref (self->zone);
  sobre_record_checker_free (self->checker);
  g_checksum_free (self->checksum);
  g_string_free (self->line, TRUE);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

static void
hash (SobreImportRecorder *self, SobreText text, char end)
{
  g_checksum_update (self->checksum, (const guchar *) text.data, (gssize) text.length);
  g_checksum_update (self->checksum, (const guchar *) &end, 1);
}

/* What makes two rows the same, whatever else was said when they were read. */
static void
hash_identity (SobreImportRecorder *self, const SobreImportRow *row, SobreText store, guint8 digest[DIGEST_BYTES])
{
  gsize length = DIGEST_BYTES;
  SobreText own = sobre_import_get (self, row, &self->single[SOBRE_IMPORT_ID]);

  g_checksum_reset (self->checksum);
  hash (self, sobre_text (self->mapping->source), '\0');
  hash (self, sobre_text (sobre_import_dataset_get_name (self->mapping->dataset)), '\0');
  hash (self, store, '\0');
  if (own.data != NULL)
    hash (self, own, '\0');
  for (guint i = 0; own.data == NULL && i < self->identifying->len; i++)
    {
      guint place = g_array_index (self->identifying, guint, i);
      SobreText cell = place < row->n_cells ? row->cells[place] : SOBRE_TEXT_NONE;

      if (cell.length == 0)
        continue;
      hash (self, sobre_text (((const SobreImportColumn *) g_ptr_array_index (self->survey->columns, place))->name), '\x1e');
      hash (self, cell, '\x1f');
    }
  g_checksum_get_digest (self->checksum, digest, &length);

  /* A row that says itself which one it is, is that one each time; others that are alike are counted. */
  if (own.data == NULL)
    {
      gboolean found;
      guint64 *count = sobre_import_keys_find (self->seen, digest, &found);

      if (found)
        {
          guint64 place = GUINT64_TO_LE (*count);

          g_checksum_reset (self->checksum);
          g_checksum_update (self->checksum, digest, DIGEST_BYTES);
          g_checksum_update (self->checksum, (const guchar *) &place, sizeof place);
          length = DIGEST_BYTES;
          g_checksum_get_digest (self->checksum, digest, &length);
        }
      (*count)++;
    }
}

/* RFC 9562, section 5.8: six bytes of time, as in version 7, and 74 bits of the hash. */
static SobreId
make_id (gint64 time, const guint8 digest[DIGEST_BYTES])
{
  SobreId id;

  for (guint i = 0; i < TIME_BYTES; i++)
    id.bytes[i] = (guint8) (time >> (40 - 8 * i));
  memcpy (id.bytes + TIME_BYTES, digest, sizeof id.bytes - TIME_BYTES);
  id.bytes[6] = (id.bytes[6] & 0x0F) | 0x80;
  id.bytes[8] = (id.bytes[8] & 0x3F) | 0x80;
  return id;
}

static const char *
check (SobreImportRecorder *self)
{
  gsize offset = 0;
  const char *reason = sobre_record_checker_load (self->checker, self->line->str, self->line->len);

  if (reason == NULL)
    reason = sobre_record_checker_read (self->checker, self->mapping->dataset, FALSE, &offset, NULL);
  return reason;
}

static const char *
take (SobreImportRecorder *self, const SobreImportRow *row)
{
  gboolean orders = self->mapping->dataset == SOBRE_DATASET_ORDERS;
  const char *reason;
  guint8 digest[DIGEST_BYTES];
  char text[SOBRE_ID_STRING_LENGTH + 1], time[SOBRE_TIME_STRING_LENGTH + 1];
  SobreText store;

  reason = sobre_import_read_time (self, row, &self->single[SOBRE_IMPORT_TIME], &self->single[SOBRE_IMPORT_CLOCK],
                                   &self->record.time);
  if (reason == NULL)
    reason = sobre_import_read_store (self, row, &store);
  if (reason != NULL)
    return reason;
  if (self->record.time < 0 || self->record.time > self->latest)
    return sobre_import_refuse (self, &self->single[SOBRE_IMPORT_TIME],
                                sobre_import_get (self, row, &self->single[SOBRE_IMPORT_TIME]),
                                self->record.time < 0 ? "time.past" : "time.future");

  hash_identity (self, row, store, digest);
  self->record.id = make_id (self->record.time, digest);
  sobre_id_format (&self->record.id, text);
  sobre_time_format (self->record.time, time);
  g_string_truncate (self->line, 0);
  g_string_append (self->line, SOBRE_IMPORT_ID_PREFIX);
  g_string_append_len (self->line, text, SOBRE_ID_STRING_LENGTH);
  g_string_append_c (self->line, '"');
  sobre_import_append_member (self->line, orders ? "at" : "submitted_at", sobre_text (time));
  reason = orders ? sobre_import_write_order (self, row, store) : sobre_import_write_response (self, row, store);
  if (reason != NULL)
    return reason;
  g_string_append_c (self->line, '}');
  reason = check (self);
  g_string_append_c (self->line, '\n');
  return reason;
}

const SobreImportRecord *
sobre_import_recorder_take (SobreImportRecorder *self, const SobreImportRow *row)
{
  self->record = (SobreImportRecord) { 0 };
  self->record.reason = take (self, row);
  self->record.line = (SobreText) { self->line->str, self->line->len };
  return &self->record;
}

void
sobre_import_id_get_key (const SobreId *id, guint8 key[16])
{
  memset (key, 0, 16);
  /* The last bytes first, because all of their bits are the hash's. */
  for (guint i = TIME_BYTES; i < sizeof id->bytes; i++)
    key[sizeof id->bytes - 1 - i] = id->bytes[i];
}

gboolean
sobre_import_line_get_id (SobreText line, SobreId *id)
{
  gsize prefix = strlen (SOBRE_IMPORT_ID_PREFIX);

  return line.length > prefix + SOBRE_ID_STRING_LENGTH && memcmp (line.data, SOBRE_IMPORT_ID_PREFIX, prefix) == 0 &&
         sobre_id_parse (line.data + prefix, SOBRE_ID_STRING_LENGTH, id);
}

guint64
sobre_import_line_hash (SobreText line)
{
  gsize before = strlen (SOBRE_IMPORT_ID_PREFIX) + SOBRE_ID_STRING_LENGTH;

  while (line.length > before && line.data[line.length - 1] == '\n')
    line.length--;
  return sobre_hash_bytes (1, line.data + before, line.length - before) | 1;
}
