/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-resources.h"
#include "cache/sobre-cache-writer-private.h"
#include "model/sobre-resource.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SCHEMA_PATH "/io/github/sobremesa/Sobremesa/cache/cache.sql"
#define LOCK_WAIT_MS 5000
#define LOCK_STEP_MS 20

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
  [SOBRE_WRITER_ADD_CONFLICT] = "INSERT OR IGNORE INTO conflict VALUES (?, ?, ?)",
  [SOBRE_WRITER_DROP_CONFLICT] = "DELETE FROM conflict WHERE id = ? AND body = ?",
  [SOBRE_WRITER_ADD_QUARANTINE] = "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?)",
  [SOBRE_WRITER_DROP_QUARANTINE] = "DELETE FROM quarantine WHERE object = ?",
  [SOBRE_WRITER_ADD_EVENT] = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                             " at = excluded.at, received_at = excluded.received_at, dt = excluded.dt, day = excluded.day,"
                             " hour = excluded.hour, visit = excluded.visit, store = excluded.store, place = excluded.place,"
                             " page = excluded.page, action = excluded.action, target = excluded.target, ms = excluded.ms"
                             " WHERE (excluded.received_at, excluded.at, excluded.dt) < (received_at, at, dt)",
  [SOBRE_WRITER_ADD_PURCHASE] =
      "INSERT INTO purchase VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
      " at = excluded.at, dt = excluded.dt, day = excluded.day, hour = excluded.hour, store = excluded.store,"
      " place = excluded.place, item_id = excluded.item_id, item = excluded.item,"
      " quantity = excluded.quantity, amount = excluded.amount, currency = excluded.currency"
      " WHERE (excluded.at, excluded.dt) < (at, dt)",
};

void
sobre_ledger_entry_free (SobreLedgerEntry *self)
{
  g_free (self->etag);
  g_free (self);
}

char *
sobre_cache_make_fingerprint (SobreServiceCalendar *calendar)
{
  return g_strdup_printf ("schema %d, rows of %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " bytes, %s, cut-off %u",
                          SOBRE_CACHE_SCHEMA_VERSION, sizeof (SobreRow), sizeof (SobreRowAnswer),
                          sobre_service_calendar_get_time_zone (calendar), sobre_service_calendar_get_cutoff (calendar));
}

static void
describe_holder (SobreCacheWriter *self, GError **error)
{
  g_autofree char *holder = NULL;

  g_file_get_contents (self->lock_path, &holder, NULL, NULL);
  g_strdelimit (g_strstrip (holder != NULL ? holder : (holder = g_strdup (""))), "\n", ' ');
  g_set_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_BUSY,
               _ ("Another program is writing to the cache (%s). Nothing was changed; try again when it is done."),
               holder[0] != '\0' ? holder : _ ("unknown"));
}

static gboolean
lock (SobreCacheWriter *self, GError **error)
{
  g_autofree char *holder = NULL;
  gssize written;

  if (self->lock < 0)
    self->lock = open (self->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0)
    {
      g_set_error (error, SOBRE_CACHE_ERROR, errno == ENOSPC ? SOBRE_CACHE_ERROR_FULL : SOBRE_CACHE_ERROR_FAILED,
                   _ ("The lock %s could not be opened: %s."), self->lock_path, g_strerror (errno));
      return FALSE;
    }
  for (guint waited = 0; flock (self->lock, LOCK_EX | LOCK_NB) != 0; waited += LOCK_STEP_MS)
    {
      if (waited >= LOCK_WAIT_MS)
        {
          describe_holder (self, error);
          return FALSE;
        }
      g_usleep (LOCK_STEP_MS * 1000);
    }
  /* Only for the message that another program shows: whether it could be written does not matter. */
  holder = g_strdup_printf ("%s, process %d\n", g_get_prgname () != NULL ? g_get_prgname () : "sobremesa", (int) getpid ());
  written = ftruncate (self->lock, 0) == 0 ? pwrite (self->lock, holder, strlen (holder), 0) : -1;
  (void) written;
  return TRUE;
}

static void
unlock (SobreCacheWriter *self)
{
  if (self->lock >= 0)
    flock (self->lock, LOCK_UN);
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
  statement = sobre_cache_db_prepare (self->db, "INSERT INTO meta VALUES ('fingerprint', ?), ('secret', ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, fingerprint, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, secret);
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
      sobre_writer_set_damaged (error);
      return FALSE;
    }
  if (!g_str_equal (found, expected))
    {
      g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                           _ ("The cache was made for another time zone, cut-off or version. It is built anew."));
      return FALSE;
    }
  return TRUE;
}

/* After a program that did not end by itself the file is looked through; after a clean end the log is gone and this costs nothing. */
static gboolean
check_after_crash (SobreCacheWriter *self, const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *result = NULL;
  GStatBuf info;

  if (g_stat (wal, &info) != 0 || info.st_size == 0)
    return TRUE;
  result = sobre_cache_db_get_text (self->db, "PRAGMA quick_check (1)");
  if (g_strcmp0 (result, "ok") == 0)
    return TRUE;
  sobre_writer_set_damaged (error);
  return FALSE;
}

static gboolean
open_current (SobreCacheWriter *self, GError **error)
{
  guint64 generation = sobre_cache_generation_read (self->folder);
  g_autofree char *path = sobre_cache_generation_get_path (self->folder, generation);

  if (generation == 0 || !g_file_test (path, G_FILE_TEST_EXISTS))
    return create_generation (self, generation + 1, error) && sobre_cache_generation_swap (self->folder, generation + 1, error);

  self->generation = generation;
  self->db = sobre_cache_db_open (path, TRUE, error);
  return self->db != NULL && check_after_crash (self, path, error) && check_generation (self, error);
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
  return TRUE;
}

SobreCacheWriter *
sobre_cache_writer_open (const char *folder,
                         const char *lock_path,
                         SobreServiceCalendar *calendar,
                         guint64 generation,
                         GError **error)
{
  g_autoptr (SobreCacheWriter) self = g_new0 (SobreCacheWriter, 1);
  gboolean opened;

  self->folder = g_strdup (folder);
  self->lock_path = g_strdup (lock_path);
  self->lock = -1;
  self->calendar = sobre_service_calendar_ref (calendar);
  self->cubes = sobre_cubes_new ();
  self->aside = generation != 0;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SOBRE_CACHE_ERROR, errno == ENOSPC ? SOBRE_CACHE_ERROR_FULL : SOBRE_CACHE_ERROR_FAILED,
                   _ ("The folder %s could not be made: %s."), folder, g_strerror (errno));
      return NULL;
    }
  if (!lock (self, error))
    return NULL;
  opened = (self->aside ? create_generation (self, generation, error) : open_current (self, error)) && prepare (self, error) &&
           load_state (self, error);
  unlock (self);
  return opened ? g_steal_pointer (&self) : NULL;
}

void
sobre_cache_writer_free (SobreCacheWriter *self)
{
  if (self->in_transaction)
    sobre_cache_writer_rollback (self);
  for (guint i = 0; i < SOBRE_WRITER_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  g_clear_pointer (&self->db, sobre_cache_db_close);
  if (self->lock >= 0)
    close (self->lock);
  sobre_writer_drop_kept (self);
  g_clear_pointer (&self->open, sobre_row_batch_unref);
  g_clear_pointer (&self->dictionary, sobre_dictionary_unref);
  g_clear_pointer (&self->cubes, sobre_cubes_free);
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
  unlock (self);
  if (done)
    self->aside = FALSE;
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
  if (!sobre_writer_flush (self, error) || !sobre_dictionary_save (self->dictionary, self->db, error) ||
      !sobre_cache_db_exec (self->db, "COMMIT", error))
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

GHashTable *
sobre_cache_writer_load_ledger (SobreCacheWriter *self, GError **error)
{
  g_autoptr (GHashTable) ledger =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sobre_ledger_entry_free);
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (self->db, "SELECT key, etag, size, cursor FROM ledger", error);
  gboolean row = statement != NULL;

  while (row)
    {
      SobreLedgerEntry *entry;

      if (!sobre_cache_db_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&ledger);
      entry = g_new0 (SobreLedgerEntry, 1);
      entry->etag = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      entry->size = (guint64) sqlite3_column_int64 (statement, 2);
      entry->cursor = (guint64) sqlite3_column_int64 (statement, 3);
      g_hash_table_replace (ledger, g_strdup ((const char *) sqlite3_column_text (statement, 0)), entry);
    }
  return NULL;
}
