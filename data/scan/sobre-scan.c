/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-scan-private.h"

#include <glib/gi18n-lib.h>

/* A batch is a chunk of responses, or up to as many answers to one question of a chunk, or a sheet of events or orders. A scan holds a read
 * transaction from its first call to its end, so all its batches are of one state. */

static guint32
list_needed (SobreScan *self)
{
  guint32 needed = self->table == SOBRE_TABLE_ANSWERS ? SOBRE_CHUNK_BIT (SOBRE_CHUNK_ANSWERS) : 0;

  for (guint i = 0; i < self->n_columns; i++)
    {
      SobreChunkColumn source = sobre_scan_column_get_source (self->table, self->buffers[i].column);

      needed |= SOBRE_CHUNK_BIT (source);
      if (source == SOBRE_CHUNK_RECEIVED)
        needed |= SOBRE_CHUNK_BIT (SOBRE_CHUNK_SUBMITTED);
    }
  return needed & SOBRE_CHUNK_ALL_COLUMNS;
}

static void
make_buffers (SobreScan *self, const SobreScanColumn *columns)
{
  self->buffers = g_new0 (SobreScanBuffer, self->n_columns);
  self->vectors = g_new0 (SobreVector, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->buffers[i].column = columns[i];
      self->buffers[i].values = g_malloc (SOBRE_SCAN_BATCH_ROWS * sizeof (SobreText));
      self->buffers[i].valid = g_malloc (SOBRE_SCAN_BATCH_ROWS);
      self->vectors[i].kind = sobre_scan_column_get_kind (columns[i]);
      self->vectors[i].values = self->buffers[i].values;
    }
}

SobreScan *
sobre_scan_new (SobreCacheReader *reader,
                SobreTableKind table,
                const SobreScanColumn *columns,
                guint n_columns,
                gint32 from_day,
                gint32 to_day,
                guint part,
                guint n_parts,
                GError **error)
{
  SobreScan *self;

  g_return_val_if_fail (n_parts > 0 && part < n_parts, NULL);
  for (guint i = 0; i < n_columns; i++)
    g_return_val_if_fail (sobre_table_has_column (table, columns[i]), NULL);

  if (!sobre_cache_reader_begin (reader, error))
    return NULL;
  self = g_new0 (SobreScan, 1);
  self->reader = g_object_ref (reader);
  self->table = table;
  self->n_columns = n_columns;
  self->from_day = from_day;
  self->to_day = to_day;
  self->part = part;
  self->n_parts = n_parts;
  self->chunk = part;
  self->rows = g_new (guint16, SOBRE_SCAN_BATCH_ROWS);
  self->positions = g_new (guint32, SOBRE_SCAN_BATCH_ROWS);
  make_buffers (self, columns);
  self->needed = list_needed (self);
  if ((table == SOBRE_TABLE_EVENTS || table == SOBRE_TABLE_ORDERS) && !sobre_scan_begin_sheets (self, error))
    {
      sobre_scan_free (self);
      return NULL;
    }
  return self;
}

void
sobre_scan_free (SobreScan *self)
{
  sqlite3_finalize (self->statement);
  sqlite3_finalize (self->get_blob);
  g_clear_pointer (&self->units, g_array_unref);
  g_clear_pointer (&self->texts, g_array_unref);
  sobre_cache_reader_end (self->reader);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_free (self->buffers[i].values);
      g_free (self->buffers[i].valid);
    }
  g_free (self->numbers);
  g_free (self->buffers);
  g_free (self->vectors);
  g_free (self->rows);
  g_free (self->positions);
  g_clear_pointer (&self->text, g_byte_array_unref);
  g_free (self->text_offsets);
  g_object_unref (self->reader);
  g_free (self);
}

static void
go_to_next_chunk (SobreScan *self)
{
  self->chunk += self->n_parts;
  self->group = 0;
  self->offset = 0;
}

static gboolean
next_of_chunks (SobreScan *self, guint *n_rows, GError **error)
{
  for (; self->chunk < sobre_cache_reader_get_n_chunks (self->reader); go_to_next_chunk (self))
    {
      SobreReaderChunk *chunk = sobre_cache_reader_get_chunk (self->reader, self->chunk, 0, error);

      if (chunk == NULL)
        return FALSE;
      if (chunk->chunk.max_day < self->from_day || chunk->chunk.min_day > self->to_day)
        continue;
      chunk = sobre_cache_reader_get_chunk (self->reader, self->chunk, self->needed, error);
      if (chunk == NULL)
        return FALSE;
      if (self->table == SOBRE_TABLE_RESPONSES ? sobre_scan_next_responses (self, chunk, n_rows)
                                               : sobre_scan_next_answers (self, chunk, n_rows))
        return TRUE;
    }
  return FALSE;
}

gboolean
sobre_scan_next (SobreScan *self, SobreScanBatch *batch, GError **error)
{
  gboolean found;
  guint n_rows = 0;

  if (self->finished)
    return FALSE;
  if (self->table == SOBRE_TABLE_EVENTS || self->table == SOBRE_TABLE_ORDERS)
    found = sobre_scan_next_of_sheets (self, &n_rows, error);
  else
    found = next_of_chunks (self, &n_rows, error);
  self->finished = !found;
  batch->n_rows = n_rows;
  batch->columns = self->vectors;
  return found;
}
