/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-writer-private.h"

void
sobre_ledger_entry_free (SobreLedgerEntry *self)
{
  g_free (self->etag);
  g_free (self);
}

/* What @statement finds, by key. */
static GHashTable *
load_entries (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GHashTable) ledger =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sobre_ledger_entry_free);
  gboolean row = TRUE;

  while (sobre_cache_db_step (statement, &row, error))
    {
      SobreLedgerEntry *entry;

      if (!row)
        return g_steal_pointer (&ledger);
      entry = g_new0 (SobreLedgerEntry, 1);
      entry->etag = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      entry->size = (guint64) sqlite3_column_int64 (statement, 2);
      entry->cursor = (guint64) sqlite3_column_int64 (statement, 3);
      entry->rows = (guint64) sqlite3_column_int64 (statement, 4);
      g_hash_table_replace (ledger, g_strdup ((const char *) sqlite3_column_text (statement, 0)), entry);
    }
  return NULL;
}

GHashTable *
sobre_cache_writer_load_ledger (SobreCacheWriter *self, const char *prefix, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (
      self->db, "SELECT key, etag, size, cursor, rows FROM ledger WHERE key >= ?1 AND substr (key, 1, length (?1)) = ?1",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, prefix, -1, SQLITE_STATIC);
  return load_entries (statement, error);
}

GHashTable *
sobre_cache_writer_load_ledger_range (SobreCacheWriter *self, const char *after, const char *last, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      sobre_cache_db_prepare (self->db, "SELECT key, etag, size, cursor, rows FROM ledger WHERE key > ? AND key <= ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, after, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, last, -1, SQLITE_STATIC);
  return load_entries (statement, error);
}

gboolean
sobre_cache_writer_find_newest (SobreCacheWriter *self, const char *after, const char *last, char **key, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      sobre_cache_db_prepare (self->db, "SELECT max (key) FROM ledger WHERE key > ? AND key <= ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, after, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, last, -1, SQLITE_STATIC);
  if (!sobre_cache_db_step (statement, &row, error))
    return FALSE;
  *key = row ? g_strdup ((const char *) sqlite3_column_text (statement, 0)) : NULL;
  return TRUE;
}

static void
bind_version (sqlite3_stmt *statement, const char *key, const char *etag, guint64 size)
{
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, etag, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, (gint64) size);
}

gboolean
sobre_cache_writer_has_entry (SobreCacheWriter *self,
                              const char *key,
                              const char *etag,
                              guint64 size,
                              gboolean *has,
                              GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_FIND_LEDGER);
  gboolean good;

  bind_version (statement, key, etag, size);
  good = sobre_cache_db_step (statement, has, error);
  sqlite3_reset (statement);
  return good;
}

gboolean
sobre_cache_writer_rename_version (SobreCacheWriter *self,
                                   const char *key,
                                   const char *etag,
                                   guint64 size,
                                   const char *renamed,
                                   GError **error)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, SOBRE_WRITER_RENAME_LEDGER);

  bind_version (statement, key, etag, size);
  sqlite3_bind_text (statement, 4, renamed, -1, SQLITE_STATIC);
  return sobre_cache_db_run (statement, error);
}

char *
sobre_cache_writer_dup_listing (SobreCacheWriter *self, gint64 *whole_at)
{
  *whole_at = sobre_cache_db_get_int (self->db, "SELECT value FROM meta WHERE name = 'listed_at'", 0);
  return sobre_cache_db_get_text (self->db, "SELECT value FROM meta WHERE name = 'lake'");
}

static gboolean
put_listing (SobreCacheWriter *self, const char *lake, gint64 whole_at, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (lake == NULL)
    return sobre_cache_db_exec (self->db, "DELETE FROM meta WHERE name IN ('lake', 'listed_at')", error);
  statement = sobre_cache_db_prepare (self->db, "INSERT OR REPLACE INTO meta VALUES ('lake', ?), ('listed_at', ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, lake, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, whole_at);
  return sobre_cache_db_run (statement, error);
}

gboolean
sobre_cache_writer_set_listing (SobreCacheWriter *self, const char *lake, gint64 whole_at, GError **error)
{
  if (!sobre_cache_writer_begin (self, error))
    return FALSE;
  if (put_listing (self, lake, whole_at, error))
    return sobre_cache_writer_commit (self, error);
  sobre_cache_writer_rollback (self);
  return FALSE;
}
