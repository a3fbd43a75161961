/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a reader keeps of the cubes: cells of the days that somebody asked for. A dashboard of four weeks looks at a quarter of a year, a
 * query at none. */

#include "cache/sobre-reader-state.h"

static void
free_day (gpointer data)
{
  SobreReaderDay *day = data;

  g_free (day->cells);
  g_free (day);
}

GHashTable *
sobre_reader_days_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_day);
}

static SobreReaderDay *
find_day (SobreReaderState *self, gint64 id)
{
  return g_hash_table_lookup (self->days, &id);
}

static gboolean
is_outdated (gpointer key, gpointer value, gpointer user_data)
{
  SobreReaderDay *day = value;
  gboolean outdated = !day->current && day->crc != SOBRE_READER_NO_DAY;

  day->current = FALSE;
  return outdated;
}

static gboolean
check_days (SobreReaderState *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, "SELECT id, crc FROM cube", error);
  gboolean row = statement != NULL;

  while (row)
    {
      gint64 id;
      SobreReaderDay *day;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        {
          g_hash_table_foreach_remove (self->days, is_outdated, NULL);
          return TRUE;
        }
      id = sqlite3_column_int64 (statement, 0);
      day = find_day (self, id);
      if (day != NULL && day->crc == sqlite3_column_int64 (statement, 1))
        day->current = TRUE;
      else if (day != NULL)
        g_hash_table_remove (self->days, &id);
    }
  return FALSE;
}

/* Each end has a query of its own: SQLite finds one by the index, but reads the whole table for both at once. */
gboolean
sobre_reader_state_check_cubes (SobreReaderState *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      sobre_cache_db_prepare (db, "SELECT (SELECT min (id) FROM cube), (SELECT max (id) FROM cube)", error);
  gboolean row;

  if (statement == NULL || !sobre_cache_db_step (statement, &row, error))
    return FALSE;
  self->first_day = G_MAXINT32;
  self->last_day = G_MININT32;
  if (row && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    {
      self->first_day = (gint32) (sqlite3_column_int64 (statement, 0) >> 2);
      self->last_day = (gint32) (sqlite3_column_int64 (statement, 1) >> 2);
    }
  return g_hash_table_size (self->days) == 0 || check_days (self, db, error);
}

static gboolean
take_day (SobreReaderState *self, gint64 id, sqlite3_stmt *statement, GArray *cells, GError **error)
{
  g_autoptr (GBytes) bytes = sobre_cache_db_get_blob (statement, 1, error);
  SobreReaderDay *day;

  if (bytes == NULL)
    return FALSE;
  g_array_set_size (cells, 0);
  if (!sobre_cube_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), cells))
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  day = g_new0 (SobreReaderDay, 1);
  day->crc = sqlite3_column_int64 (statement, 1);
  day->cells = g_memdup2 (cells->data, cells->len * sizeof (SobreCubeCell));
  day->n_cells = cells->len;
  g_hash_table_replace (self->days, g_memdup2 (&id, sizeof id), day);
  return TRUE;
}

/* Reads days that follow each other and of which none is in memory. Those that the file does not have are remembered as such. */
static gboolean
read_days (SobreReaderState *self, sqlite3_stmt *statement, SobreCubeKind cube, gint32 from, gint32 to, GError **error)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (SobreCubeCell));
  gboolean row = TRUE;

  sqlite3_bind_int64 (statement, 1, sobre_cube_get_id (from, cube));
  sqlite3_bind_int64 (statement, 2, sobre_cube_get_id (to, cube));
  while (row)
    {
      gint64 id;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      id = row ? sqlite3_column_int64 (statement, 0) : 0;
      if (row && (id & 3) == (gint64) cube && !take_day (self, id, statement, cells, error))
        return FALSE;
    }
  sqlite3_reset (statement);
  for (gint32 day = from; day <= to; day++)
    {
      gint64 id = sobre_cube_get_id (day, cube);
      SobreReaderDay *none;

      if (find_day (self, id) != NULL)
        continue;
      none = g_new0 (SobreReaderDay, 1);
      none->crc = SOBRE_READER_NO_DAY;
      g_hash_table_insert (self->days, g_memdup2 (&id, sizeof id), none);
    }
  return TRUE;
}

gboolean
sobre_reader_state_need_cube (SobreReaderState *self, sqlite3 *db, SobreCubeKind cube, gint32 from, gint32 to, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  from = MAX (from, self->first_day);
  to = MIN (to, self->last_day);
  for (gint32 day = from; day <= to; day++)
    {
      gint32 begin = day;

      while (day <= to && find_day (self, sobre_cube_get_id (day, cube)) == NULL)
        day++;
      if (day == begin)
        continue;
      if (statement == NULL)
        statement = sobre_cache_db_prepare (db, "SELECT id, crc, data FROM cube WHERE id BETWEEN ? AND ?", error);
      if (statement == NULL || !read_days (self, statement, cube, begin, day - 1, error))
        return FALSE;
    }
  return TRUE;
}

const SobreCubeCell *
sobre_reader_state_get_cube (SobreReaderState *self, gint32 day, SobreCubeKind cube, guint *n_cells)
{
  const SobreReaderDay *found = find_day (self, sobre_cube_get_id (day, cube));

  *n_cells = found != NULL ? found->n_cells : 0;
  return *n_cells > 0 ? found->cells : NULL;
}
