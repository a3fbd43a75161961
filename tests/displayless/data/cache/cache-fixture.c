/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "ingest/sobre-ingest-private.h"
#include "lake-fixture.h"
#include "model/sobre-time.h"

#define FILLING_DAY 20000

static void
open_writer (CacheFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->writer = sobre_cache_writer_open (self->folder, self->lock_path, self->calendar, 0, 0, &error);
  g_assert_no_error (error);
}

void
cache_fixture_set_up (CacheFixture *self, gconstpointer data)
{
  self->root = g_dir_make_tmp ("sobre-cache-XXXXXX", NULL);
  self->folder = g_build_filename (self->root, "cache", NULL);
  self->lock_path = g_build_filename (self->root, "sync.lock", NULL);
  self->calendar = sobre_service_calendar_new (CACHE_FIXTURE_ZONE, CACHE_FIXTURE_CUTOFF);
  self->random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  open_writer (self);
}

void
cache_fixture_tear_down (CacheFixture *self, gconstpointer data)
{
  g_clear_pointer (&self->writer, sobre_cache_writer_free);
  fixture_remove (self->root);
  sobre_service_calendar_unref (self->calendar);
  g_rand_free (self->random);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->lock_path);
}

void
cache_fixture_reset (CacheFixture *self)
{
  g_clear_pointer (&self->writer, sobre_cache_writer_free);
  fixture_remove (self->folder);
  open_writer (self);
}

void
cache_fixture_reopen (CacheFixture *self)
{
  g_clear_pointer (&self->writer, sobre_cache_writer_free);
  open_writer (self);
}

void
cache_fixture_take (CacheFixture *self, SobreDataset dataset, gint32 dt, const char *lines)
{
  g_autoptr (SobreParser) parser = sobre_parser_new (sobre_cache_writer_get_dictionary (self->writer), self->calendar,
                                                     sobre_cache_writer_get_secret (self->writer), NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (lines, strlen (lines));
  g_autoptr (SobreParsed) parsed = sobre_parser_read_lines (parser, dataset, dt, bytes);
  SobreCacheSource source = { .key = "raw/test", .etag = "", .dataset = dataset, .n_rejects = parsed->n_rejects };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (parsed->n_read, ==, strlen (lines));
  sobre_ingest_write (self->writer, &source, dt, parsed, &error);
  g_assert_no_error (error);
}

void
cache_fixture_write (CacheFixture *self, SobreDataset dataset, gint32 dt, const char *lines)
{
  g_autoptr (GError) error = NULL;

  sobre_cache_writer_begin (self->writer, &error);
  g_assert_no_error (error);
  cache_fixture_take (self, dataset, dt, lines);
  sobre_cache_writer_commit (self->writer, &error);
  g_assert_no_error (error);
}

void
cache_fixture_take_responses (CacheFixture *self, const MadeResponse *responses, guint n)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      made_response_append_line (&responses[i], lines);
      if (i + 1 < n && responses[i + 1].dt == responses[i].dt)
        continue;
      cache_fixture_take (self, SOBRE_DATASET_RESPONSES, responses[i].dt, lines->str);
      g_string_truncate (lines, 0);
    }
}

void
cache_fixture_take_filling (CacheFixture *self, guint n)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  MadeResponse filling = {
    .submitted_at = FILLING_DAY * G_GINT64_CONSTANT (86400000),
    .received_at = FILLING_DAY * G_GINT64_CONSTANT (86400000),
    .duration_ms = -1,
    .dt = FILLING_DAY,
    .store = "filling",
    .table = "t",
    .form = "main",
    .language = "es",
    .verified = TRUE,
  };

  for (guint i = 0; i < n; i++)
    {
      filling.id = made_id (self->random, filling.submitted_at + i);
      made_response_append_line (&filling, lines);
    }
  cache_fixture_take (self, SOBRE_DATASET_RESPONSES, FILLING_DAY, lines->str);
}

SobreCacheReader *
cache_fixture_read (CacheFixture *self)
{
  g_autoptr (GError) error = NULL;
  SobreCacheReader *reader = sobre_cache_reader_open (self->folder, &error);

  g_assert_no_error (error);
  return reader;
}

SobreCacheInspection
cache_fixture_inspect (CacheFixture *self)
{
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (self);
  g_autoptr (GError) error = NULL;
  SobreCacheInspection inspection;

  sobre_cache_inspect (reader, &inspection, &error);
  g_assert_no_error (error);
  return inspection;
}

void
cache_fixture_assert_same (const SobreCacheInspection *a, const SobreCacheInspection *b)
{
  for (SobreTableKind table = SOBRE_TABLE_RESPONSES; table <= SOBRE_TABLE_ORDERS; table++)
    g_assert_cmpuint (a->n_rows[table], ==, b->n_rows[table]);
  g_assert_cmpuint (a->n_conflicts, ==, b->n_conflicts);
  g_assert_cmpuint (a->hash[0], ==, b->hash[0]);
  g_assert_cmpuint (a->hash[1], ==, b->hash[1]);
}

/** Row: one row of a batch, read by the place that its column has in the list of columns. */
typedef struct
{
  const SobreScanBatch *batch;
  const SobreText *const *dictionaries;
  guint index;
} Row;

static gint64
get_number (const Row *row, guint column)
{
  const SobreVector *vector = &row->batch->columns[column];

  if (vector->valid != NULL && !vector->valid[row->index])
    return -1;
  switch (vector->kind)
    {
    case SOBRE_VECTOR_INT64:
      return ((const gint64 *) vector->values)[row->index];
    default:
      g_assert_cmpint (vector->kind, ==, SOBRE_VECTOR_BOOLEAN);
      return ((const guint8 *) vector->values)[row->index];
    }
}

/* The texts are interned, so that they outlive the batch. */
static const char *
get_text (const Row *row, guint column)
{
  const SobreVector *vector = &row->batch->columns[column];
  g_autofree char *copy = NULL;
  SobreText text;

  if (vector->valid != NULL && !vector->valid[row->index])
    return NULL;
  if (vector->kind == SOBRE_VECTOR_CODE)
    text = row->dictionaries[column][((const guint32 *) vector->values)[row->index]];
  else
    text = ((const SobreText *) vector->values)[row->index];
  copy = g_strndup (text.data, text.length);
  return g_intern_string (copy);
}

static char *
get_id (const Row *row)
{
  char *text = g_malloc (SOBRE_ID_STRING_LENGTH + 1);

  sobre_id_format (&((const SobreId *) row->batch->columns[0].values)[row->index], text);
  return text;
}

typedef void (*RowFunction) (const Row *row, GHashTable *found);

static void
take_response (const Row *row, GHashTable *found)
{
  SobreChannel channel;
  const char *name = get_text (row, 12);
  MadeResponse *response = g_new0 (MadeResponse, 1);

  g_assert_true (sobre_channel_parse (sobre_text (name), &channel));
  *response = (MadeResponse) {
    .submitted_at = get_number (row, 1),
    .received_at = get_number (row, 2),
    .dt = (gint32) get_number (row, 3),
    .store = get_text (row, 4),
    .table = get_text (row, 5),
    .verified = get_number (row, 6) != 0,
    .form = get_text (row, 7),
    .form_version = (gint32) get_number (row, 8),
    .language = get_text (row, 9),
    .comment = get_text (row, 10),
    .duration_ms = get_number (row, 11),
    .channel = channel,
  };
  g_assert_true (g_hash_table_insert (found, get_id (row), response));
}

static void
take_answer (const Row *row, GHashTable *found)
{
  g_autofree char *id = get_id (row);
  MadeResponse *response = g_hash_table_lookup (found, id);
  MadeAnswer *answer;
  const SobreVector *score = &row->batch->columns[3];

  g_assert_nonnull (response);
  g_assert_cmpuint (response->n_answers, <, MADE_MAX_ANSWERS);
  answer = &response->answers[response->n_answers++];
  answer->question = get_text (row, 1);
  g_assert_true (sobre_answer_kind_parse (sobre_text (get_text (row, 2)), &answer->kind));
  answer->score = score->valid == NULL || score->valid[row->index] ? ((const double *) score->values)[row->index] : NAN;
  answer->choice = get_text (row, 4);
  answer->text = get_text (row, 5);
  answer->item = get_text (row, 6);
}

static void
scan (SobreCacheReader *reader,
      SobreTableKind table,
      const SobreScanColumn *columns,
      guint n_columns,
      RowFunction function,
      GHashTable *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreScan) self = sobre_scan_new (reader, table, columns, n_columns, G_MININT32, G_MAXINT32, 0, 1, &error);
  const SobreText *dictionaries[SOBRE_N_SCAN_COLUMNS] = { NULL };
  SobreScanBatch batch;
  guint n_entries;

  g_assert_no_error (error);
  for (guint i = 0; i < n_columns; i++)
    {
      if (sobre_scan_column_get_kind (columns[i]) == SOBRE_VECTOR_CODE)
        dictionaries[i] = sobre_cache_reader_get_dictionary (reader, columns[i], &n_entries);
    }
  while (sobre_scan_next (self, &batch, &error))
    {
      for (guint i = 0; i < batch.n_rows; i++)
        function (&(Row) { &batch, dictionaries, i }, found);
    }
  g_assert_no_error (error);
}

GHashTable *
cache_fixture_describe (CacheFixture *self)
{
  static const SobreScanColumn of_responses[] = { SOBRE_COLUMN_ID,       SOBRE_COLUMN_SUBMITTED_AT, SOBRE_COLUMN_RECEIVED_AT,
                                                  SOBRE_COLUMN_DT,       SOBRE_COLUMN_STORE_ID,     SOBRE_COLUMN_TABLE_ID,
                                                  SOBRE_COLUMN_VERIFIED, SOBRE_COLUMN_FORM_ID,      SOBRE_COLUMN_FORM_VERSION,
                                                  SOBRE_COLUMN_LANGUAGE, SOBRE_COLUMN_COMMENT,      SOBRE_COLUMN_DURATION_MS,
                                                  SOBRE_COLUMN_CHANNEL };
  static const SobreScanColumn of_answers[] = { SOBRE_COLUMN_ID,    SOBRE_COLUMN_QUESTION, SOBRE_COLUMN_KIND,
                                                SOBRE_COLUMN_SCORE, SOBRE_COLUMN_CHOICE,   SOBRE_COLUMN_TEXT,
                                                SOBRE_COLUMN_ITEM };
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (self);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTable *described = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  scan (reader, SOBRE_TABLE_RESPONSES, of_responses, G_N_ELEMENTS (of_responses), take_response, found);
  scan (reader, SOBRE_TABLE_ANSWERS, of_answers, G_N_ELEMENTS (of_answers), take_answer, found);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (described, g_strdup (key), made_response_describe (value));
  return described;
}

/* The instant that counts, as the documents say it. */
static gint64
get_instant (const MadeResponse *response)
{
  gint64 ahead = response->submitted_at - response->received_at;

  return ahead > 5 * 60000 || -ahead > 30 * SOBRE_DAY_MS ? response->received_at : response->submitted_at;
}

void
cache_fixture_locate (const MadeResponse *response, gint32 *day, gint *hour)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (CACHE_FIXTURE_ZONE);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (get_instant (response) * 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  gint64 wall = g_date_time_to_unix (local) * 1000 + g_date_time_get_utc_offset (local) / 1000;

  *hour = g_date_time_get_hour (local);
  *day = (gint32) (wall / SOBRE_DAY_MS) - (*hour * 60 + g_date_time_get_minute (local) < CACHE_FIXTURE_CUTOFF ? 1 : 0);
}
