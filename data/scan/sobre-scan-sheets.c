/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-scan-private.h"

#include <string.h>

#include "cache/sobre-integers.h"
#include "cache/sobre-sheet.h"

/* Events and orders come sheet by sheet, and row by row where a day has changed since its sheets were made. The sheets and those days are
 * divided among the parts in turn. */

static SobreSheetTable
get_table (const SobreScan *self)
{
  return self->table == SOBRE_TABLE_EVENTS ? SOBRE_SHEET_EVENTS : SOBRE_SHEET_ORDERS;
}

static gboolean
add_units (SobreScan *self, gint32 day, gint64 n_rows, gboolean has_changed, GError **error)
{
  SobreScanUnit unit = { .day = day };

  if (n_rows < 0 || n_rows > G_MAXUINT32)
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  if (has_changed)
    {
      g_array_append_val (self->units, unit);
      return TRUE;
    }
  for (gint64 row = 0; row < n_rows; row += SOBRE_SHEET_ROWS)
    {
      unit.number = (guint) (row / SOBRE_SHEET_ROWS);
      unit.n_rows = (guint) MIN (n_rows - row, SOBRE_SHEET_ROWS);
      g_array_append_val (self->units, unit);
    }
  return TRUE;
}

static gboolean
list_units (SobreScan *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      sobre_cache_db_prepare (sobre_cache_reader_get_db (self->reader),
                              "SELECT id, n_rows, n_changed FROM sheet WHERE id BETWEEN ? AND ? ORDER BY id", error);
  gboolean row = statement != NULL;

  if (!row)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, sobre_sheet_get_day_key (SOBRE_SHEET_EVENTS, self->from_day));
  sqlite3_bind_int64 (statement, 2, sobre_sheet_get_day_key (SOBRE_SHEET_ORDERS, self->to_day));
  while (TRUE)
    {
      SobreSheetTable table;
      gint32 day;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      day = sobre_sheet_get_day (sqlite3_column_int64 (statement, 0), &table);
      if (table == get_table (self) &&
          !add_units (self, day, sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2) > 0, error))
        return FALSE;
    }
}

static void
clear_texts (gpointer data)
{
  SobreScanTexts *texts = data;

  g_clear_pointer (&texts->blob, g_bytes_unref);
  g_clear_pointer (&texts->texts, g_free);
}

gboolean
sobre_scan_begin_sheets (SobreScan *self, GError **error)
{
  self->units = g_array_new (FALSE, FALSE, sizeof (SobreScanUnit));
  self->unit = self->part;
  self->texts = g_array_new (FALSE, TRUE, sizeof (SobreScanTexts));
  g_array_set_clear_func (self->texts, clear_texts);
  g_array_set_size (self->texts, self->n_columns);
  self->get_blob = sobre_cache_db_prepare (sobre_cache_reader_get_db (self->reader),
                                           "SELECT crc, data FROM sheet_column WHERE id = ?", error);
  return self->get_blob != NULL && list_units (self, error) && sobre_scan_begin_rows (self, error);
}

static GBytes *
read_blob (SobreScan *self, const SobreScanUnit *unit, guint column, GError **error)
{
  GBytes *bytes = NULL;
  gboolean row;

  sqlite3_bind_int64 (self->get_blob, 1, sobre_sheet_get_blob_key (get_table (self), unit->day, unit->number, column));
  if (sobre_cache_db_step (self->get_blob, &row, error))
    {
      if (row)
        bytes = sobre_cache_db_get_blob (self->get_blob, 0, error);
      else
        sobre_cache_db_set_damaged (error);
    }
  sqlite3_reset (self->get_blob);
  return bytes;
}

/* Marks the rows that are not NULL, and notes where none is. */
#define SET_VALID(condition)                                                                                                   \
  do                                                                                                                           \
    {                                                                                                                          \
      guint8 all = 1;                                                                                                          \
      for (guint i = 0; i < n; i++)                                                                                            \
        {                                                                                                                      \
          buffer->valid[i] = (condition);                                                                                      \
          all &= buffer->valid[i];                                                                                             \
        }                                                                                                                      \
      vector->valid = all ? NULL : buffer->valid;                                                                              \
    }                                                                                                                          \
  while (0)

static void
set_bounds (SobreVector *vector, const gint64 *values, guint n)
{
  vector->low = vector->high = values[0];
  for (guint i = 1; i < n; i++)
    {
      vector->low = MIN (vector->low, values[i]);
      vector->high = MAX (vector->high, values[i]);
    }
  vector->has_bounds = TRUE;
}

/* Whether all codes are in the dictionary; and which are none. */
static gboolean
check_codes (SobreScan *self, guint n, SobreVector *vector, SobreScanBuffer *buffer)
{
  const guint32 *codes = (const guint32 *) (gconstpointer) buffer->values;
  guint32 largest = 0;
  guint n_entries;

  sobre_cache_reader_get_dictionary (self->reader, buffer->column, &n_entries);
  for (guint i = 0; i < n; i++)
    largest = MAX (largest, codes[i]);
  SET_VALID (codes[i] != SOBRE_CODE_NONE);
  return largest < n_entries;
}

static gboolean
fill_numbers (SobreScan *self, const guint8 *packed, guint n, SobreVector *vector, SobreScanBuffer *buffer)
{
  gboolean is_whole = TRUE;

  vector->valid = NULL;
  if (vector->kind == SOBRE_VECTOR_CODE)
    {
      sobre_integers_decode_int32 (packed, n, (gint32 *) (gpointer) buffer->values);
      is_whole = check_codes (self, n, vector, buffer);
    }
  else
    {
      sobre_integers_decode_int64 (packed, n, (gint64 *) (gpointer) buffer->values);
      if (buffer->column == SOBRE_COLUMN_MS)
        SET_VALID (((const gint64 *) (gconstpointer) buffer->values)[i] >= 0);
    }
  if (buffer->column == SOBRE_COLUMN_DT)
    set_bounds (vector, (const gint64 *) (gconstpointer) buffer->values, n);
  vector->is_constant = sobre_integers_are_constant (packed);
  return is_whole;
}

static gboolean
fill_texts (SobreScan *self, SobreScanTexts *kept, GBytes *bytes, guint n, SobreVector *vector, SobreScanBuffer *buffer)
{
  SobreText *values = (SobreText *) (gpointer) buffer->values;
  guint32 *places = self->positions;
  SobreSheetTexts texts;

  clear_texts (kept);
  if (!sobre_sheet_open_texts (bytes, n, &texts))
    return FALSE;
  kept->blob = g_bytes_ref (bytes);
  kept->texts = texts.texts;
  sobre_integers_decode_int32 (texts.places, n, (gint32 *) places);
  for (guint i = 0; i < n; i++)
    {
      if (places[i] > texts.n)
        return FALSE;
      values[i] = texts.texts[places[i]];
    }
  SET_VALID (places[i] != 0);
  return TRUE;
}

static void
fill_day (gint32 day, guint n, SobreVector *vector, SobreScanBuffer *buffer)
{
  for (guint i = 0; i < n; i++)
    ((gint64 *) (gpointer) buffer->values)[i] = day;
  vector->valid = NULL;
  vector->is_constant = vector->has_bounds = TRUE;
  vector->low = vector->high = day;
}

static gboolean
fill_column (SobreScan *self, const SobreScanUnit *unit, guint index, GError **error)
{
  SobreScanBuffer *buffer = &self->buffers[index];
  SobreVector *vector = &self->vectors[index];
  guint n_columns;
  const SobreSheetColumn *columns = sobre_sheet_get_columns (get_table (self), &n_columns);
  const char *name = sobre_scan_get_row_column (buffer->column);
  guint column = 0;
  g_autoptr (GBytes) bytes = NULL;
  gboolean fits = TRUE;

  while (column < n_columns && !g_str_equal (columns[column].name, name))
    column++;
  if (column == n_columns)
    {
      fill_day (unit->day, unit->n_rows, vector, buffer);
      return TRUE;
    }
  bytes = read_blob (self, unit, column, error);
  if (bytes == NULL)
    return FALSE;
  if (columns[column].kind == SOBRE_SHEET_TEXT)
    fits = fill_texts (self, &g_array_index (self->texts, SobreScanTexts, index), bytes, unit->n_rows, vector, buffer);
  else if (!sobre_sheet_measure (columns[column].kind, bytes, unit->n_rows))
    fits = FALSE;
  else if (columns[column].kind == SOBRE_SHEET_NUMBER)
    fits = fill_numbers (self, g_bytes_get_data (bytes, NULL), unit->n_rows, vector, buffer);
  else
    {
      memcpy (buffer->values, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      vector->valid = NULL;
    }
  if (!fits)
    sobre_cache_db_set_damaged (error);
  return fits;
}

static gboolean
fill_sheet (SobreScan *self, const SobreScanUnit *unit, GError **error)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->vectors[i].is_constant = self->vectors[i].has_bounds = FALSE;
      if (!fill_column (self, unit, i, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_scan_next_of_sheets (SobreScan *self, guint *n_rows, GError **error)
{
  g_autoptr (GError) cause = NULL;

  for (; self->unit < self->units->len; self->unit += self->n_parts)
    {
      const SobreScanUnit *unit = &g_array_index (self->units, SobreScanUnit, self->unit);

      *n_rows = unit->n_rows;
      if (unit->n_rows > 0 && fill_sheet (self, unit, &cause))
        {
          self->unit += self->n_parts;
          return TRUE;
        }
      if (unit->n_rows == 0 && sobre_scan_next_rows (self, unit->day, n_rows, &cause))
        return TRUE;
      if (cause != NULL)
        {
          sobre_cache_reader_fail (self->reader, g_steal_pointer (&cause), error);
          return FALSE;
        }
    }
  return FALSE;
}
