/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-cache-inspection.h"

#include <string.h>

#include "cache/sobre-reader-state.h"
#include "scan/sobre-figures-private.h"

/** Hash: two lanes of 64 bits that differ in their multipliers. */
typedef struct
{
  guint64 lanes[2];
} Hash;

static void
absorb_word (Hash *self, guint64 word)
{
  self->lanes[0] = (self->lanes[0] ^ word) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
  self->lanes[1] = (self->lanes[1] ^ word) * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f);
  self->lanes[0] ^= self->lanes[0] >> 32;
  self->lanes[1] ^= self->lanes[1] >> 29;
}

static void
absorb_bytes (Hash *self, const void *data, gsize length)
{
  const guint8 *bytes = data;
  guint64 word;

  absorb_word (self, length);
  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      absorb_word (self, word);
    }
  word = 0;
  if (length > 0)
    memcpy (&word, bytes, length);
  absorb_word (self, word);
}

static void
absorb_value (Hash *self, const SobreVector *vector, const SobreText *dictionary, guint row)
{
  const guint8 *values = vector->values;

  if (vector->valid != NULL && !vector->valid[row])
    {
      absorb_word (self, G_GUINT64_CONSTANT (0x6e756c6c));
      return;
    }
  switch (vector->kind)
    {
    case SOBRE_VECTOR_INT64:
    case SOBRE_VECTOR_DOUBLE:
      absorb_bytes (self, values + row * 8, 8);
      break;

    case SOBRE_VECTOR_BOOLEAN:
      absorb_word (self, values[row]);
      break;

    case SOBRE_VECTOR_ID:
      absorb_bytes (self, values + row * sizeof (SobreId), sizeof (SobreId));
      break;

    case SOBRE_VECTOR_CODE:
      {
        SobreText text = dictionary[((const guint32 *) (gconstpointer) values)[row]];

        absorb_bytes (self, text.data, text.length);
        break;
      }

    case SOBRE_VECTOR_TEXT:
    default:
      {
        SobreText text = ((const SobreText *) (gconstpointer) values)[row];

        absorb_bytes (self, text.data, text.length);
        break;
      }
    }
}

/* Rows are added up, so their order does not matter. */
static void
absorb_batch (SobreCacheInspection *self,
              SobreTableKind table,
              const SobreScanBatch *batch,
              guint n_columns,
              const SobreText *const *dictionaries)
{
  for (guint row = 0; row < batch->n_rows; row++)
    {
      Hash hash = { { table + 1, table + 1 } };

      for (guint i = 0; i < n_columns; i++)
        absorb_value (&hash, &batch->columns[i], dictionaries[i], row);
      self->hash[0] += hash.lanes[0];
      self->hash[1] += hash.lanes[1];
    }
  self->n_rows[table] += batch->n_rows;
}

static gboolean
inspect_table (SobreCacheReader *reader, SobreTableKind table, SobreCacheInspection *inspection, GError **error)
{
  SobreScanColumn columns[SOBRE_N_SCAN_COLUMNS];
  const SobreText *dictionaries[SOBRE_N_SCAN_COLUMNS] = { NULL };
  g_autoptr (SobreScan) scan = NULL;
  g_autoptr (GError) cause = NULL;
  SobreScanBatch batch;
  guint n_columns = 0, n_entries;

  for (SobreScanColumn column = 0; column < SOBRE_N_SCAN_COLUMNS; column++)
    {
      if (!sobre_table_has_column (table, column))
        continue;
      if (sobre_scan_column_get_kind (column) == SOBRE_VECTOR_CODE)
        dictionaries[n_columns] = sobre_cache_reader_get_dictionary (reader, column, &n_entries);
      columns[n_columns++] = column;
    }
  scan = sobre_scan_new (reader, table, columns, n_columns, G_MININT32, G_MAXINT32, 0, 1, error);
  if (scan == NULL)
    return FALSE;
  while (sobre_scan_next (scan, &batch, &cause))
    absorb_batch (inspection, table, &batch, n_columns, dictionaries);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
is_same_question (const SobreTallyQuestion *a, const SobreTallyQuestion *b)
{
  return memcmp (&a->now, &b->now, sizeof a->now) == 0 && memcmp (a->histogram, b->histogram, sizeof a->histogram) == 0;
}

/* A question that only dead rows answered is known to one side, with nothing counted. */
static gboolean
have_same_questions (SobreTally *a, SobreTally *b)
{
  for (guint i = 0; i < a->questions->len; i++)
    {
      const SobreTallyQuestion *question = g_ptr_array_index (a->questions, i);

      if (!is_same_question (question, sobre_tally_need_question (b, question->question, question->kind)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
have_same_days (SobreTally *a, SobreTally *b)
{
  return memcmp (a->days, b->days, sizeof *a->days * (gsize) (a->to - a->first + 1)) == 0 && have_same_questions (a, b) &&
         have_same_questions (b, a);
}

static gboolean
have_same_tables (const SobreTally *a, SobreTally *b)
{
  guint n_rated[2] = { 0 };

  for (guint i = 0; i < b->tables->len; i++)
    n_rated[1] += g_array_index (b->tables, SobreTallyTable, i).scores.n > 0;
  for (guint i = 0; i < a->tables->len; i++)
    {
      const SobreTallyTable *table = &g_array_index (a->tables, SobreTallyTable, i);
      const SobreTallyTable *other = sobre_tally_need_table (b, table->store, table->table);

      n_rated[0] += table->scores.n > 0;
      if (table->rated != other->rated || table->scores.n != other->scores.n || table->scores.sum != other->scores.sum)
        return FALSE;
    }
  return n_rated[0] == n_rated[1];
}

/* Counts all rows anew and compares the count with what each of the cubes says. */
static gboolean
do_cubes_agree (SobreCacheReader *reader, gboolean *agree, GError **error)
{
  g_autoptr (SobreFilter) filter = NULL;
  g_autoptr (SobreTally) rows = NULL;
  gint32 first, last;

  *agree = TRUE;
  if (!sobre_cache_reader_get_days (reader, &first, &last))
    {
      for (guint i = 0; i < sobre_cache_reader_get_n_chunks (reader); i++)
        {
          const SobreReaderChunk *chunk = sobre_cache_reader_get_chunk (reader, i, 0, error);

          *agree = *agree && chunk->chunk.n_rows == chunk->n_dead;
        }
      return TRUE;
    }
  filter = sobre_filter_new (first, last);
  filter->unverified = TRUE;
  rows = sobre_tally_new (reader, filter);
  if (!sobre_tally_feed_from_chunks (rows, reader, SOBRE_TALLY_DAYS | SOBRE_TALLY_HEAT | SOBRE_TALLY_TABLES, error))
    return FALSE;
  for (SobreCubeKind cube = 0; cube < SOBRE_N_CUBES; cube++)
    {
      g_autoptr (SobreTally) cells = sobre_tally_new (reader, filter);

      if (!sobre_tally_feed_from_cube (cells, reader, cube, SOBRE_TALLY_DAYS | SOBRE_TALLY_HEAT | SOBRE_TALLY_TABLES, error))
        return FALSE;
      *agree = *agree && have_same_days (rows, cells);
      if (cube == SOBRE_CUBE_HOUR)
        *agree = *agree && memcmp (rows->heat, cells->heat, sizeof rows->heat) == 0 &&
                 memcmp (rows->heat_rated, cells->heat_rated, sizeof rows->heat_rated) == 0;
      if (cube == SOBRE_CUBE_TABLE)
        *agree = *agree && have_same_tables (rows, cells);
    }
  return TRUE;
}

static gboolean
inspect (SobreCacheReader *reader, SobreCacheInspection *inspection, GError **error)
{
  sqlite3 *db = sobre_cache_reader_get_db (reader);
  g_autofree char *check = sobre_cache_db_get_text (db, "PRAGMA quick_check (1)");
  gboolean agree;

  if (g_strcmp0 (check, "ok") != 0)
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  for (SobreTableKind table = SOBRE_TABLE_RESPONSES; table <= SOBRE_TABLE_ORDERS; table++)
    {
      if (!inspect_table (reader, table, inspection, error))
        return FALSE;
    }
  inspection->n_conflicts = (guint64) sobre_cache_db_get_int (db, "SELECT count(*) FROM conflict", 0);
  if (!do_cubes_agree (reader, &agree, error))
    return FALSE;
  if (!agree)
    sobre_cache_db_set_damaged (error);
  return agree;
}

gboolean
sobre_cache_inspect (SobreCacheReader *reader, SobreCacheInspection *inspection, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean done;

  memset (inspection, 0, sizeof *inspection);
  if (!sobre_cache_reader_begin (reader, error))
    return FALSE;
  done = inspect (reader, inspection, &cause);
  sobre_cache_reader_end (reader);
  if (!done)
    sobre_cache_reader_fail (reader, g_steal_pointer (&cause), error);
  return done;
}
