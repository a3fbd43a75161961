/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How days of events and orders become sheets. A sheet is a copy: the rows lie in their tables, where a second copy of an id is found and
 * replaced, and the day's sheets are made from them. A day is made anew once a quarter of its rows have changed, or when a commit no longer
 * touches it; until then it is read from its rows. So a day that guests are visiting costs a little at each question, not a sheet at each
 * commit, and a day that is over lies in columns. */

#include "cache/sobre-cache-writer-private.h"

#define LEAST_CHANGES 256 /* fewer are no reason by themselves */

gboolean
sobre_writer_prepare_sheets (SobreCacheWriter *self, GError **error)
{
  for (SobreSheetTable table = 0; table < SOBRE_N_SHEET_TABLES; table++)
    {
      guint n;
      const SobreSheetColumn *columns = sobre_sheet_get_columns (table, &n);
      g_autoptr (GString) sql = g_string_new ("SELECT ");

      for (guint i = 0; i < n; i++)
        g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", columns[i].name);
      g_string_append_printf (sql, " FROM %s WHERE day = ? ORDER BY id", sobre_sheet_get_table_name (table));
      self->day_rows[table] = sobre_cache_db_prepare (self->db, sql->str, error);
      if (self->day_rows[table] == NULL)
        return FALSE;
    }
  return TRUE;
}

void
sobre_writer_touch_day (SobreCacheWriter *self, SobreSheetTable table, gint32 day)
{
  gpointer key = GINT_TO_POINTER ((gint) sobre_sheet_get_day_key (table, day));
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->touched, key));

  g_hash_table_insert (self->touched, key, GUINT_TO_POINTER (n + 1));
}

static gboolean
note_changes (SobreCacheWriter *self, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_CHANGE_SHEET);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      sqlite3_bind_int64 (statement, 1, GPOINTER_TO_INT (key));
      sqlite3_bind_int64 (statement, 2, GPOINTER_TO_UINT (value));
      if (!sobre_cache_db_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* The keys of the days that are to be made anew. */
static gboolean
choose_days (SobreCacheWriter *self, GArray *keys, GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_LIST_CHANGED);
  gboolean row = TRUE;

  while (row)
    {
      gint64 key, n_rows, n_changed;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      key = sqlite3_column_int64 (statement, 0);
      n_rows = sqlite3_column_int64 (statement, 1);
      n_changed = sqlite3_column_int64 (statement, 2);
      if (n_changed >= MAX (LEAST_CHANGES, n_rows / 4) || !g_hash_table_contains (self->touched, GINT_TO_POINTER ((gint) key)))
        g_array_append_val (keys, key);
    }
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
write_sheet (SobreCacheWriter *self,
             SobreSheetEncoder *encoder,
             SobreSheetTable table,
             gint32 day,
             guint number,
             GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_ADD_SHEET_COLUMN);
  guint n_columns;

  sobre_sheet_get_columns (table, &n_columns);
  for (guint column = 0; column < n_columns; column++)
    {
      g_autoptr (GBytes) bytes = sobre_sheet_encoder_make (encoder, column);

      sqlite3_bind_int64 (statement, 1, sobre_sheet_get_blob_key (table, day, number, column));
      sobre_cache_db_bind_blob (statement, 2, bytes);
      if (!sobre_cache_db_run (statement, error))
        return FALSE;
    }
  sobre_sheet_encoder_clear (encoder);
  return TRUE;
}

/* Goes through the rows of a day and writes its sheets. @n_rows: (out): how many rows there are */
static gboolean
write_day (SobreCacheWriter *self, SobreSheetTable table, gint32 day, gint64 *n_rows, GError **error)
{
  sqlite3_stmt *statement = self->day_rows[table];
  g_autoptr (SobreSheetEncoder) encoder = sobre_sheet_encoder_new (table);
  gboolean row = TRUE, done = TRUE;
  guint number = 0;

  sqlite3_bind_int64 (statement, 1, day);
  for (*n_rows = 0; done; *n_rows += 1)
    {
      done = sobre_cache_db_step (statement, &row, error);
      if (!done || !row)
        break;
      sobre_sheet_encoder_add (encoder, statement);
      if (sobre_sheet_encoder_get_n_rows (encoder) == SOBRE_SHEET_ROWS)
        done = write_sheet (self, encoder, table, day, number++, error);
    }
  sqlite3_reset (statement);
  return done && (sobre_sheet_encoder_get_n_rows (encoder) == 0 || write_sheet (self, encoder, table, day, number, error));
}

static gboolean
make_day (SobreCacheWriter *self, gint64 key, GError **error)
{
  sqlite3_stmt *drop = sobre_writer_statement (self, SOBRE_WRITER_DROP_SHEET_COLUMNS);
  sqlite3_stmt *put = sobre_writer_statement (self, SOBRE_WRITER_PUT_SHEET);
  SobreSheetTable table;
  gint32 day = sobre_sheet_get_day (key, &table);
  gint64 n_rows;

  sqlite3_bind_int64 (drop, 1, sobre_sheet_get_blob_key (table, day, 0, 0));
  sqlite3_bind_int64 (drop, 2, sobre_sheet_get_blob_key (table, day, 0, 0) + (G_GINT64_CONSTANT (1) << 24));
  if (!sobre_cache_db_run (drop, error) || !write_day (self, table, day, &n_rows, error))
    return FALSE;
  sqlite3_bind_int64 (put, 1, key);
  sqlite3_bind_int64 (put, 2, n_rows);
  return sobre_cache_db_run (put, error);
}

gboolean
sobre_writer_flush_sheets (SobreCacheWriter *self, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean done = note_changes (self, error) && choose_days (self, keys, error);

  for (guint i = 0; i < keys->len && done; i++)
    done = make_day (self, g_array_index (keys, gint64, i), error);
  g_hash_table_remove_all (self->touched);
  return done;
}
