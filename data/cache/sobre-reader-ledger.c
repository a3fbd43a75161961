/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-reader-private.h"
#include "lake/sobre-lake-catalogue.h"

static gboolean
read_counts (SobreCacheReader *reader, GHashTable *counts, GError **error)
{
  /* What the cache read of the spool lies there under names that no object has. */
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (
      sobre_cache_reader_get_db (reader), "SELECT key, etag, rows, rejects FROM ledger WHERE failure IS NULL", error);
  gboolean row = statement != NULL;

  while (row)
    {
      SobreLakeCount *count;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      count = g_new0 (SobreLakeCount, 1);
      count->etag = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      count->n_rows = (guint64) sqlite3_column_int64 (statement, 2);
      count->n_rejects = (guint64) sqlite3_column_int64 (statement, 3);
      g_hash_table_replace (counts, g_strdup ((const char *) sqlite3_column_text (statement, 0)), count);
    }
  return FALSE;
}

GHashTable *
sobre_cache_reader_load_counts (SobreCacheReader *self, GError **error)
{
  g_autoptr (GHashTable) counts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sobre_lake_count_free);
  g_autoptr (GError) cause = NULL;

  if (!sobre_cache_reader_begin (self, error))
    return NULL;
  read_counts (self, counts, &cause);
  sobre_cache_reader_end (self);
  if (cause == NULL)
    return g_steal_pointer (&counts);
  sobre_cache_reader_fail (self, g_steal_pointer (&cause), error);
  return NULL;
}
