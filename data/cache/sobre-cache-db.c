/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libdeflate.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 5000
#define CURRENT "current"

/* Pages of 8 KiB suit blobs of some KiB. With WAL and synchronous=NORMAL a commit is atomic but may be lost with the power: then its ledger
 * entries are lost with it, and the next sync reads those objects again. */
static const char SETTINGS[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;"
                               "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST;";

static SobreCacheError
code_of (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SOBRE_CACHE_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SOBRE_CACHE_ERROR_BUSY;
    case SQLITE_FULL:
      return SOBRE_CACHE_ERROR_FULL;
    default:
      return SOBRE_CACHE_ERROR_FAILED;
    }
}

void
sobre_cache_db_set_damaged (GError **error)
{
  g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED,
                       _ ("The cache is damaged. The next sync builds it anew from the lake."));
}

void
sobre_cache_db_set_error (sqlite3 *db, GError **error)
{
  int result = sqlite3_extended_errcode (db);
  SobreCacheError code = code_of (result);

  if (code == SOBRE_CACHE_ERROR_FAILED && sqlite3_system_errno (db) == ENOSPC)
    code = SOBRE_CACHE_ERROR_FULL;
  if (code == SOBRE_CACHE_ERROR_FULL)
    g_set_error_literal (error, SOBRE_CACHE_ERROR, code,
                         _ ("The disk is full. What is in the cache stays; free some space and sync again."));
  else
    g_set_error (error, SOBRE_CACHE_ERROR, code, _ ("The cache could not be used: %s."), sqlite3_errmsg (db));
}

gboolean
sobre_cache_db_exec (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  sobre_cache_db_set_error (db, error);
  return FALSE;
}

sqlite3_stmt *
sobre_cache_db_prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK)
    return statement;
  /* The text is ours: it does not fit only where the file's schema is not what it was made with. */
  if (sqlite3_errcode (db) == SQLITE_ERROR)
    sobre_cache_db_set_damaged (error);
  else
    sobre_cache_db_set_error (db, error);
  return NULL;
}

gboolean
sobre_cache_db_run (sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_DONE)
    sobre_cache_db_set_error (sqlite3_db_handle (statement), error);
  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

gboolean
sobre_cache_db_step (sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int result = sqlite3_step (statement);

  *row = result == SQLITE_ROW;
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  sobre_cache_db_set_error (sqlite3_db_handle (statement), error);
  return FALSE;
}

gint64
sobre_cache_db_get_int (sqlite3 *db, const char *sql, gint64 fallback)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, sql, NULL);

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW || sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return fallback;
  return sqlite3_column_int64 (statement, 0);
}

char *
sobre_cache_db_get_text (sqlite3 *db, const char *sql)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, sql, NULL);

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (statement, 0));
}

void
sobre_cache_db_bind_blob (sqlite3_stmt *statement, int first, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  sqlite3_bind_int64 (statement, first, libdeflate_crc32 (0, data, length));
  sqlite3_bind_blob64 (statement, first + 1, data != NULL ? data : "", length, SQLITE_STATIC);
}

GBytes *
sobre_cache_db_get_blob (sqlite3_stmt *statement, int first, GError **error)
{
  const void *data = sqlite3_column_blob (statement, first + 1);
  gsize length = (gsize) sqlite3_column_bytes (statement, first + 1);

  if (libdeflate_crc32 (0, data, length) == sqlite3_column_int64 (statement, first))
    return g_bytes_new (data, length);
  sobre_cache_db_set_damaged (error);
  return NULL;
}

/* Every table with columns that carry a CRC. */
static const char *const CHECKED[] = {
  "SELECT crc, data FROM chunk_column", "SELECT crc, data FROM tail",       "SELECT crc, data FROM cube",
  "SELECT crc, data FROM sheet_column", "SELECT crc, text FROM dictionary",
};

static gboolean
verify_crcs (sqlite3 *db, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, sql, error);
  gboolean row = statement != NULL;

  while (row)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!sobre_cache_db_step (statement, &row, error))
        return FALSE;
      bytes = row ? sobre_cache_db_get_blob (statement, 0, error) : NULL;
      if (row && bytes == NULL)
        return FALSE;
    }
  return statement != NULL;
}

gboolean
sobre_cache_db_verify (sqlite3 *db, GError **error)
{
  g_autofree char *result = sobre_cache_db_get_text (db, "PRAGMA integrity_check (1)");

  if (g_strcmp0 (result, "ok") != 0)
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (CHECKED); i++)
    {
      if (!verify_crcs (db, CHECKED[i], error))
        return FALSE;
    }
  return TRUE;
}

sqlite3 *
sobre_cache_db_open (const char *path, gboolean writable, GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  int flags = writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  int result = sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);

  if (result != SQLITE_OK)
    {
      if (db != NULL)
        sobre_cache_db_set_error (db, error);
      else
        g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_FAILED, sqlite3_errstr (result));
      return NULL;
    }
  /* SQLite opens a file that may not be written for reading alone, and says so only when something is written. */
  if (writable && sqlite3_db_readonly (db, "main") == 1)
    {
      g_set_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_FAILED, _ ("The cache “%s” may not be written to."), path);
      return NULL;
    }
  sqlite3_busy_timeout (db, BUSY_MS);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  if (writable && !sobre_cache_db_exec (db, "PRAGMA page_size = 8192", error))
    return NULL;
  if (writable && !sobre_cache_db_exec (db, SETTINGS, error))
    return NULL;
  if (writable)
    g_chmod (path, 0600);

  return g_steal_pointer (&db);
}

void
sobre_cache_db_close (sqlite3 *db)
{
  sqlite3_close_v2 (db);
}

guint64
sobre_cache_generation_read (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, CURRENT, NULL);
  g_autofree char *text = NULL;
  guint64 generation;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  g_strchomp (text);
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &generation, NULL) ? generation : 0;
}

char *
sobre_cache_generation_get_path (const char *folder, guint64 generation)
{
  return g_strdup_printf ("%s/cache-%" G_GUINT64_FORMAT ".db", folder, generation);
}

void
sobre_cache_generation_remove (const char *folder, guint64 generation)
{
  g_autofree char *path = sobre_cache_generation_get_path (folder, generation);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (wal);
  g_unlink (shm);
}

static void
remove_others (const char *folder, guint64 kept)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *digits = NULL;
      guint64 generation;

      if (!g_str_has_prefix (name, "cache-") || !g_str_has_suffix (name, ".db"))
        continue;
      digits = g_strndup (name + strlen ("cache-"), strlen (name) - strlen ("cache-.db"));
      if (g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT32, &generation, NULL) && generation != kept)
        sobre_cache_generation_remove (folder, generation);
    }
}

gboolean
sobre_cache_generation_swap (const char *folder, guint64 generation, GError **error)
{
  g_autofree char *path = g_build_filename (folder, CURRENT, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", generation);
  g_autoptr (GError) cause = NULL;

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    {
      gboolean full = g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC);

      g_set_error (error, SOBRE_CACHE_ERROR, full ? SOBRE_CACHE_ERROR_FULL : SOBRE_CACHE_ERROR_FAILED, "%s", cause->message);
      return FALSE;
    }
  remove_others (folder, generation);
  return TRUE;
}
