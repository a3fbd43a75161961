/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-lock.h"
#include "cache/sobre-cache-resources.h"
#include "cache/sobre-cache-writer-private.h"
#include "model/sobre-resource.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA_PATH "/io/github/sobremesa/Sobremesa/cache/cache.sql"
#define GENERATIONS_LOCK "generations.lock"

static const char *const STATEMENTS[SOBRE_WRITER_N_STATEMENTS] = {
  [SOBRE_WRITER_ADD_SEEN] = "INSERT OR IGNORE INTO seen VALUES (?, ?)",
  [SOBRE_WRITER_FIND_SEEN] = "SELECT row FROM seen WHERE key = ?",
  [SOBRE_WRITER_MOVE_SEEN] = "UPDATE seen SET row = ?2 WHERE key = ?1",
  [SOBRE_WRITER_FIND_AGAIN] = "SELECT row FROM seen_again WHERE id = ?",
  [SOBRE_WRITER_PUT_AGAIN] = "INSERT OR REPLACE INTO seen_again VALUES (?, ?)",
  [SOBRE_WRITER_ADD_CHUNK] = "INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  [SOBRE_WRITER_ADD_COLUMN] = "INSERT OR REPLACE INTO chunk_column VALUES (?, ?, ?)",
  [SOBRE_WRITER_GET_CHUNK] = "SELECT n_rows FROM chunk WHERE id = ?",
  [SOBRE_WRITER_GET_COLUMN] = "SELECT crc, data FROM chunk_column WHERE id = ?",
  [SOBRE_WRITER_ADD_DEAD] = "INSERT OR IGNORE INTO dead VALUES (?)",
  [SOBRE_WRITER_PUT_TAIL] = "INSERT OR REPLACE INTO tail VALUES (?, ?, ?)",
  [SOBRE_WRITER_GET_TAIL] = "SELECT row, crc, data FROM tail ORDER BY row",
  [SOBRE_WRITER_CLEAR_TAIL] = "DELETE FROM tail",
  [SOBRE_WRITER_ADD_COMMENT] = "INSERT INTO comment (rowid, text) VALUES (?, ?)",
  [SOBRE_WRITER_DROP_COMMENT] = "INSERT INTO comment (comment, rowid, text) VALUES ('delete', ?, ?)",
  [SOBRE_WRITER_GET_CUBE] = "SELECT crc, data FROM cube WHERE id = ?",
  [SOBRE_WRITER_PUT_CUBE] = "INSERT OR REPLACE INTO cube VALUES (?, ?, ?)",
  [SOBRE_WRITER_DROP_CUBE] = "DELETE FROM cube WHERE id = ?",
  [SOBRE_WRITER_PUT_LEDGER] = "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  [SOBRE_WRITER_DROP_LEDGER] = "DELETE FROM ledger WHERE key = ?",
  [SOBRE_WRITER_FIND_LEDGER] = "SELECT 1 FROM ledger WHERE key = ? AND etag = ? AND size = ?",
  [SOBRE_WRITER_RENAME_LEDGER] = "UPDATE ledger SET etag = ?4 WHERE key = ?1 AND etag = ?2 AND size = ?3",
  [SOBRE_WRITER_ADD_CONFLICT] = "INSERT OR IGNORE INTO conflict VALUES (?, ?, ?)",
  [SOBRE_WRITER_DROP_CONFLICT] = "DELETE FROM conflict WHERE id = ? AND body = ?",
  [SOBRE_WRITER_ADD_QUARANTINE] = "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?)",
  [SOBRE_WRITER_DROP_QUARANTINE] = "DELETE FROM quarantine WHERE object = ?",
  [SOBRE_WRITER_ADD_EVENT] = "INSERT OR IGNORE INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
  [SOBRE_WRITER_REPLACE_EVENT] =
      "UPDATE event SET at = ?2, received_at = ?3, dt = ?4, day = ?5, hour = ?6, visit = ?7, store = ?8, place = ?9, body = "
      "?14,"
      " page = ?10, action = ?11, target = ?12, ms = ?13 WHERE id = ?1 AND (?3, ?2, ?4, ?14) < (received_at, at, dt, body)",
  [SOBRE_WRITER_FIND_EVENT] = "SELECT day FROM event WHERE id = ?",
  [SOBRE_WRITER_ADD_PURCHASE] =
      "INSERT OR IGNORE INTO purchase VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
  [SOBRE_WRITER_REPLACE_PURCHASE] =
      "UPDATE purchase SET at = ?2, dt = ?3, day = ?4, hour = ?5, store = ?6, place = ?7, item_id = ?8, item = ?9, quantity = "
      "?10,"
      " amount = ?11, currency = ?12, body = ?13 WHERE id = ?1 AND (?2, ?3, ?13) < (at, dt, body)",
  [SOBRE_WRITER_FIND_PURCHASE] = "SELECT day FROM purchase WHERE id = ?",
  [SOBRE_WRITER_CHANGE_SHEET] =
      "INSERT INTO sheet VALUES (?1, 0, ?2) ON CONFLICT (id) DO UPDATE SET n_changed = n_changed + ?2",
  [SOBRE_WRITER_LIST_CHANGED] = "SELECT id, n_rows, n_changed FROM sheet WHERE n_changed > 0",
  [SOBRE_WRITER_PUT_SHEET] = "UPDATE sheet SET n_rows = ?2, n_changed = 0 WHERE id = ?1",
  [SOBRE_WRITER_ADD_SHEET_COLUMN] = "INSERT INTO sheet_column VALUES (?, ?, ?)",
  [SOBRE_WRITER_DROP_SHEET_COLUMNS] = "DELETE FROM sheet_column WHERE id >= ?1 AND id < ?2",
};

char *
sobre_cache_make_fingerprint (SobreServiceCalendar *calendar)
{
  return g_strdup_printf ("schema %d, rows of %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " bytes, %s, cut-off %u",
                          SOBRE_CACHE_SCHEMA_VERSION, sizeof (SobreRow), sizeof (SobreRowAnswer),
                          sobre_service_calendar_get_time_zone (calendar), sobre_service_calendar_get_cutoff (calendar));
}

static gboolean
lock (SobreCacheWriter *self, GError **error)
{
  return sobre_cache_lock (&self->lock, self->lock_path, error);
}

static void
unlock (SobreCacheWriter *self)
{
  sobre_cache_unlock (self->lock);
}

/* Whoever makes a generation has this lock until it is the current one: two who make the next one would write to the same file. It is
 * taken before the writers' lock, which is not held for so long. */
static gboolean
lock_generations (SobreCacheWriter *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, GENERATIONS_LOCK, NULL);

  return sobre_cache_lock (&self->generations_lock, path, error);
}

static void
unlock_generations (SobreCacheWriter *self)
{
  sobre_cache_unlock (self->generations_lock);
}

/* Reads what the writer keeps in memory from the file. */
static gboolean
load_state (SobreCacheWriter *self, GError **error)
{
  g_clear_pointer (&self->dictionary, sobre_dictionary_unref);
  self->dictionary = sobre_dictionary_new ();
  sobre_writer_drop_kept (self);
  sobre_cubes_clear (self->cubes);
  self->secret = sobre_cache_db_get_int (self->db, "SELECT value FROM meta WHERE name = 'secret'", 0);
  self->data_version = sobre_cache_db_get_int (self->db, "PRAGMA data_version", 0);
  self->epoch++;
  return sobre_dictionary_load (self->dictionary, self->db, error) && sobre_writer_load_tail (self, error);
}

static gboolean
create_schema (SobreCacheWriter *self, GError **error)
{
  g_autoptr (GBytes) schema = sobre_resource_load (sobre_cache_get_resource, SCHEMA_PATH);
  g_autofree char *fingerprint = sobre_cache_make_fingerprint (self->calendar);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gint64 secret = (gint64) ((guint64) g_random_int () << 32 | g_random_int ());

  if (!sobre_cache_db_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!sobre_cache_db_exec (self->db, g_bytes_get_data (schema, NULL), error))
    return FALSE;
  statement = sobre_cache_db_prepare (
      self->db, "INSERT INTO meta VALUES ('fingerprint', ?), ('secret', ?), ('forgotten', ?), ('commits', 0)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, fingerprint, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, secret);
  sqlite3_bind_int64 (statement, 3, self->n_forgotten);
  return sobre_cache_db_run (statement, error) && sobre_cache_db_exec (self->db, "COMMIT", error);
}

static gboolean
create_generation (SobreCacheWriter *self, guint64 generation, GError **error)
{
  g_autofree char *path = sobre_cache_generation_get_path (self->folder, generation);

  sobre_cache_generation_remove (self->folder, generation);
  self->db = sobre_cache_db_open (path, TRUE, error);
  self->generation = generation;
  return self->db != NULL && create_schema (self, error);
}

static gboolean
check_generation (SobreCacheWriter *self, GError **error)
{
  g_autofree char *expected = sobre_cache_make_fingerprint (self->calendar);
  g_autofree char *found = sobre_cache_db_get_text (self->db, "SELECT value FROM meta WHERE name = 'fingerprint'");

  if (found == NULL)
    {
      sobre_cache_db_set_damaged (error);
      return FALSE;
    }
  if (!g_str_equal (found, expected))
    {
      g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                           _ ("The cache was made for another time zone, cut-off or version. It is built anew."));
      return FALSE;
    }
  if (sobre_cache_db_get_int (self->db, "SELECT value FROM meta WHERE name = 'forgotten'", -1) != self->n_forgotten)
    {
      g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                           _ ("An answer was forgotten that the cache may hold. It is built anew."));
      return FALSE;
    }
  return TRUE;
}

/* After a program that did not end by itself, or after a reader that met damage, the file is looked through; else this costs nothing. */
static gboolean
check_file (SobreCacheWriter *self, const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *result = NULL;
  GStatBuf info;

  if (sobre_cache_is_suspected (self->folder))
    return sobre_cache_db_verify (self->db, error) && sobre_cache_trust (self->folder, error);
  if (g_stat (wal, &info) != 0 || info.st_size == 0)
    return TRUE;
  result = sobre_cache_db_get_text (self->db, "PRAGMA quick_check (1)");
  if (g_strcmp0 (result, "ok") == 0)
    return TRUE;
  sobre_cache_db_set_damaged (error);
  return FALSE;
}

static gboolean
has_current (SobreCacheWriter *self)
{
  guint64 generation = sobre_cache_generation_read (self->folder);
  g_autofree char *path = sobre_cache_generation_get_path (self->folder, generation);

  return generation > 0 && g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Makes a generation and, unless it is built aside, the current one of it. */
static gboolean
open_next (SobreCacheWriter *self, guint64 generation, GError **error)
{
  generation = MAX (generation, sobre_cache_generation_read (self->folder) + 1);
  return create_generation (self, generation, error) &&
         (self->aside || sobre_cache_generation_swap (self->folder, generation, error));
}

static gboolean
open_current (SobreCacheWriter *self, GError **error)
{
  guint64 generation = sobre_cache_generation_read (self->folder);
  g_autofree char *path = sobre_cache_generation_get_path (self->folder, generation);

  self->generation = generation;
  self->db = sobre_cache_db_open (path, TRUE, error);
  return self->db != NULL && check_generation (self, error) && check_file (self, path, error);
}

static gboolean
prepare (SobreCacheWriter *self, GError **error)
{
  for (guint i = 0; i < SOBRE_WRITER_N_STATEMENTS; i++)
    {
      self->statements[i] = sobre_cache_db_prepare (self->db, STATEMENTS[i], error);
      if (self->statements[i] == NULL)
        return FALSE;
    }
  return sobre_writer_prepare_sheets (self, error);
}

SobreCacheWriter *
sobre_cache_writer_open (const char *folder,
                         const char *lock_path,
                         SobreServiceCalendar *calendar,
                         guint n_forgotten,
                         guint64 generation,
                         GError **error)
{
  g_autoptr (SobreCacheWriter) self = g_new0 (SobreCacheWriter, 1);
  gboolean opened;

  self->folder = g_strdup (folder);
  self->lock_path = g_strdup (lock_path);
  self->lock = self->generations_lock = -1;
  self->calendar = sobre_service_calendar_ref (calendar);
  self->n_forgotten = n_forgotten;
  self->cubes = sobre_cubes_new ();
  self->touched = g_hash_table_new (NULL, NULL);
  self->aside = generation != 0;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SOBRE_CACHE_ERROR, errno == ENOSPC ? SOBRE_CACHE_ERROR_FULL : SOBRE_CACHE_ERROR_FAILED,
                   _ ("The folder %s could not be made: %s."), folder, g_strerror (errno));
      return NULL;
    }
  if (((self->aside || !has_current (self)) && !lock_generations (self, error)) || !lock (self, error))
    return NULL;
  /* Another program may have made one while this one waited. */
  opened = (self->aside || !has_current (self) ? open_next (self, generation, error) : open_current (self, error)) &&
           prepare (self, error) && load_state (self, error);
  unlock (self);
  if (!self->aside)
    unlock_generations (self);
  return opened ? g_steal_pointer (&self) : NULL;
}

void
sobre_cache_writer_free (SobreCacheWriter *self)
{
  if (self->in_transaction)
    sobre_cache_writer_rollback (self);
  for (guint i = 0; i < SOBRE_WRITER_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  for (guint i = 0; i < SOBRE_N_SHEET_TABLES; i++)
    sqlite3_finalize (self->day_rows[i]);
  g_clear_pointer (&self->db, sobre_cache_db_close);
  if (self->lock >= 0)
    close (self->lock);
  if (self->generations_lock >= 0)
    close (self->generations_lock);
  sobre_writer_drop_kept (self);
  g_clear_pointer (&self->open, sobre_row_batch_unref);
  g_clear_pointer (&self->dictionary, sobre_dictionary_unref);
  g_clear_pointer (&self->cubes, sobre_cubes_free);
  g_hash_table_unref (self->touched);
  sobre_service_calendar_unref (self->calendar);
  g_free (self->folder);
  g_free (self->lock_path);
  g_free (self);
}

SobreServiceCalendar *
sobre_cache_writer_get_calendar (SobreCacheWriter *self)
{
  return self->calendar;
}

SobreDictionary *
sobre_cache_writer_get_dictionary (SobreCacheWriter *self)
{
  return self->dictionary;
}

gint64
sobre_cache_writer_get_secret (SobreCacheWriter *self)
{
  return self->secret;
}

guint64
sobre_cache_writer_get_generation (SobreCacheWriter *self)
{
  return self->generation;
}

gboolean
sobre_cache_writer_publish (SobreCacheWriter *self, GError **error)
{
  gboolean done;

  if (!lock (self, error))
    return FALSE;
  done = sobre_cache_db_exec (self->db, "PRAGMA wal_checkpoint (TRUNCATE)", error) &&
         sobre_cache_generation_swap (self->folder, self->generation, error);
  if (done)
    {
      sobre_cache_trust (self->folder, NULL);
      self->aside = FALSE;
      unlock_generations (self);
    }
  unlock (self);
  return done;
}

gboolean
sobre_cache_writer_begin (SobreCacheWriter *self, GError **error)
{
  if (!lock (self, error))
    return FALSE;
  if (!self->aside && sobre_cache_generation_read (self->folder) != self->generation)
    {
      unlock (self);
      g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE, _ ("The cache was built anew meanwhile."));
      return FALSE;
    }
  if (!sobre_cache_db_exec (self->db, "BEGIN IMMEDIATE", error))
    {
      unlock (self);
      return FALSE;
    }
  self->in_transaction = TRUE;
  self->n_pending = 0;
  if (sobre_cache_db_get_int (self->db, "PRAGMA data_version", 0) != self->data_version && !load_state (self, error))
    {
      sobre_cache_writer_rollback (self);
      return FALSE;
    }
  return TRUE;
}

gboolean
sobre_cache_writer_commit (SobreCacheWriter *self, GError **error)
{
  if (!sobre_writer_flush (self, error) || !sobre_writer_flush_sheets (self, error) ||
      !sobre_dictionary_save (self->dictionary, self->db, error) ||
      !sobre_cache_db_exec (self->db, "UPDATE meta SET value = value + 1 WHERE name = 'commits'; COMMIT", error))
    {
      sobre_cache_writer_rollback (self);
      return FALSE;
    }
  sobre_dictionary_saved (self->dictionary);
  self->in_transaction = FALSE;
  self->n_pending = 0;
  unlock (self);
  return TRUE;
}

void
sobre_cache_writer_rollback (SobreCacheWriter *self)
{
  if (!self->in_transaction)
    return;
  for (guint i = 0; i < SOBRE_WRITER_N_STATEMENTS; i++)
    sqlite3_reset (self->statements[i]);
  for (guint i = 0; i < SOBRE_N_SHEET_TABLES; i++)
    sqlite3_reset (self->day_rows[i]);
  g_hash_table_remove_all (self->touched);
  sobre_cache_db_exec (self->db, "ROLLBACK", NULL);
  self->in_transaction = FALSE;
  self->n_pending = 0;
  sobre_cubes_clear (self->cubes);
  sobre_writer_drop_kept (self);
  /* The dictionary keeps what it has learnt: parsers hold its codes, and the next commit writes them. */
  sobre_writer_load_tail (self, NULL);
  unlock (self);
}

guint64
sobre_cache_writer_get_epoch (SobreCacheWriter *self)
{
  return self->epoch;
}

guint64
sobre_cache_writer_get_pending (SobreCacheWriter *self)
{
  return self->n_pending;
}

SobreCacheTally
sobre_cache_writer_get_tally (SobreCacheWriter *self)
{
  return self->tally;
}
