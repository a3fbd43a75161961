/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-scan-private.h"

#include <string.h>

#include "cache/sobre-sheet.h"

/* Events and orders as they lie in SQLite, for days whose sheets are not up to date: a batch is filled row by row. */

const char *
sobre_scan_get_row_column (SobreScanColumn column)
{
  switch (column)
    {
    case SOBRE_COLUMN_SERVICE_DAY:
      return "day";
    case SOBRE_COLUMN_STORE_ID:
      return "store";
    case SOBRE_COLUMN_TABLE_ID:
      return "place";
    case SOBRE_COLUMN_LOCAL_HOUR:
      return "hour";
    default:
      return sobre_scan_column_get_name (column);
    }
}

gboolean
sobre_scan_begin_rows (SobreScan *self, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT 0");

  for (guint i = 0; i < self->n_columns; i++)
    g_string_append_printf (sql, ", %s", sobre_scan_get_row_column (self->buffers[i].column));
  g_string_append_printf (
      sql, " FROM %s WHERE day = ? ORDER BY id",
      sobre_sheet_get_table_name (self->table == SOBRE_TABLE_EVENTS ? SOBRE_SHEET_EVENTS : SOBRE_SHEET_ORDERS));
  self->statement = sobre_cache_db_prepare (sobre_cache_reader_get_db (self->reader), sql->str, error);
  self->text = g_byte_array_new ();
  self->text_offsets = g_new (gsize, (gsize) self->n_columns * SOBRE_SCAN_BATCH_ROWS);
  return self->statement != NULL;
}

static void
take_value (SobreScan *self, guint index, guint row)
{
  SobreScanBuffer *buffer = &self->buffers[index];
  sqlite3_stmt *statement = self->statement;
  int source = (int) index + 1;

  buffer->valid[row] = sqlite3_column_type (statement, source) != SQLITE_NULL;
  switch (self->vectors[index].kind)
    {
    case SOBRE_VECTOR_INT64:
      ((gint64 *) (gpointer) buffer->values)[row] = sqlite3_column_int64 (statement, source);
      break;

    case SOBRE_VECTOR_CODE:
      ((guint32 *) (gpointer) buffer->values)[row] = (guint32) sqlite3_column_int64 (statement, source);
      buffer->valid[row] = ((guint32 *) (gpointer) buffer->values)[row] != SOBRE_CODE_NONE;
      break;

    case SOBRE_VECTOR_DOUBLE:
      ((double *) (gpointer) buffer->values)[row] = sqlite3_column_double (statement, source);
      break;

    case SOBRE_VECTOR_BOOLEAN:
      buffer->values[row] = sqlite3_column_int (statement, source) != 0;
      break;

    case SOBRE_VECTOR_ID:
      {
        const void *id = sqlite3_column_blob (statement, source);

        if (sqlite3_column_bytes (statement, source) == sizeof (SobreId))
          memcpy (buffer->values + row * sizeof (SobreId), id, sizeof (SobreId));
        break;
      }

    case SOBRE_VECTOR_TEXT:
    default:
      {
        const guint8 *text = sqlite3_column_text (statement, source);
        guint length = (guint) sqlite3_column_bytes (statement, source);

        self->text_offsets[(gsize) index * SOBRE_SCAN_BATCH_ROWS + row] = self->text->len;
        ((SobreText *) (gpointer) buffer->values)[row].length = length;
        if (length > 0)
          g_byte_array_append (self->text, text, length);
        break;
      }
    }
}

/* The buffer moves as it grows, so texts find their place when the batch is whole. */
static void
place_texts (SobreScan *self, guint n_rows)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      SobreText *values = (SobreText *) (gpointer) self->buffers[i].values;

      self->vectors[i].valid = self->buffers[i].valid;
      self->vectors[i].is_constant = self->vectors[i].has_bounds = FALSE;
      for (guint row = 0; self->vectors[i].kind == SOBRE_VECTOR_TEXT && row < n_rows; row++)
        {
          if (!self->buffers[i].valid[row])
            values[row] = SOBRE_TEXT_NONE;
          else
            values[row].data = values[row].length > 0 ? (const char *) self->text->data +
                                                            self->text_offsets[(gsize) i * SOBRE_SCAN_BATCH_ROWS + row]
                                                      : "";
        }
    }
}

gboolean
sobre_scan_next_rows (SobreScan *self, gint32 day, guint *n_rows, GError **error)
{
  gboolean row = TRUE;

  *n_rows = 0;
  if (self->is_over)
    {
      self->is_over = FALSE;
      return FALSE;
    }
  if (!self->is_stepping)
    sqlite3_bind_int (self->statement, 1, day);
  self->is_stepping = TRUE;
  g_byte_array_set_size (self->text, 0);
  while (*n_rows < SOBRE_SCAN_BATCH_ROWS)
    {
      if (!sobre_cache_db_step (self->statement, &row, error))
        return FALSE;
      if (!row)
        break;
      for (guint i = 0; i < self->n_columns; i++)
        take_value (self, i, *n_rows);
      (*n_rows)++;
    }
  place_texts (self, *n_rows);
  if (!row)
    {
      sqlite3_reset (self->statement);
      self->is_stepping = FALSE;
      self->is_over = *n_rows > 0;
    }
  return *n_rows > 0;
}
