/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events and orders in columns: the same rows as in their tables, whatever came after the columns were made. */

#include <string.h>

#include "cache-fixture.h"
#include "cache/sobre-sheet.h"
#include "model/sobre-time.h"

#define FIRST_DAY 20500
#define MANY (2 * SOBRE_SHEET_ROWS + 100)

/* @n records, each with an id of its own. */
static char *
make_lines (CacheFixture *fixture, SobreDataset dataset, guint n)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      gsize begin = lines->len;
      SobreId id = made_id (fixture->random, FIRST_DAY * SOBRE_DAY_MS + i);
      char text[SOBRE_ID_STRING_LENGTH + 1];
      char *place;

      (dataset == SOBRE_DATASET_EVENTS ? made_event_append_line : made_order_append_line) (fixture->random, FIRST_DAY, lines);
      place = strstr (lines->str + begin, "\"id\":\"");
      g_assert_nonnull (place);
      sobre_id_format (&id, text);
      memcpy (place + strlen ("\"id\":\""), text, SOBRE_ID_STRING_LENGTH);
    }
  return g_string_free_and_steal (lines);
}

static char *
get_cache_path (CacheFixture *fixture)
{
  return sobre_cache_generation_get_path (fixture->folder, sobre_cache_writer_get_generation (fixture->writer));
}

static gint64
ask (CacheFixture *fixture, const char *sql)
{
  g_autofree char *path = get_cache_path (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3) db = sobre_cache_db_open (path, FALSE, &error);

  g_assert_no_error (error);
  return sobre_cache_db_get_int (db, sql, -1);
}

/* Says of every day that its rows have changed, or that they have not. */
static void
set_changed (CacheFixture *fixture, gboolean changed)
{
  g_autofree char *path = get_cache_path (fixture);
  g_autofree char *sql = g_strdup_printf ("UPDATE sheet SET n_changed = %d", changed);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3) db = sobre_cache_db_open (path, TRUE, &error);

  g_assert_no_error (error);
  sobre_cache_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Every day lies in columns, and they say what the rows say. */
static void
assert_columns_say_the_same (CacheFixture *fixture)
{
  SobreCacheInspection columns, rows;

  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM sheet WHERE n_changed > 0"), ==, 0);
  columns = cache_fixture_inspect (fixture);
  set_changed (fixture, TRUE);
  rows = cache_fixture_inspect (fixture);
  set_changed (fixture, FALSE);
  cache_fixture_assert_same (&columns, &rows);
}

/* A commit that touches nothing makes the columns of all days that have changed. */
static void
settle (CacheFixture *fixture)
{
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, FIRST_DAY, "");
}

static void
test_same_rows (CacheFixture *fixture, gconstpointer data)
{
  SobreDataset dataset = (SobreDataset) GPOINTER_TO_INT (data);
  SobreTableKind table = dataset == SOBRE_DATASET_EVENTS ? SOBRE_TABLE_EVENTS : SOBRE_TABLE_ORDERS;
  g_autofree char *lines = make_lines (fixture, dataset, MANY);
  SobreCacheInspection seen;

  cache_fixture_write (fixture, dataset, FIRST_DAY, lines);
  settle (fixture);
  seen = cache_fixture_inspect (fixture);
  g_assert_cmpuint (seen.n_rows[table], >, SOBRE_SHEET_ROWS);
  g_assert_cmpint (ask (fixture, "SELECT sum (n_rows) FROM sheet"), ==, (gint64) seen.n_rows[table]);
  assert_columns_say_the_same (fixture);
}

/* What is added, or replaced by a copy that counts, shows at once, and in the columns once they are made anew. */
static void
test_changes (CacheFixture *fixture, gconstpointer data)
{
  SobreDataset dataset = (SobreDataset) GPOINTER_TO_INT (data);
  g_autofree char *lines = make_lines (fixture, dataset, 600);
  g_autofree char *more = make_lines (fixture, dataset, 3);
  g_autofree char *first = g_strndup (lines, (gsize) (strchr (lines, '\n') + 1 - lines));
  SobreCacheInspection before, at_once, later;

  cache_fixture_write (fixture, dataset, FIRST_DAY + 1, lines);
  settle (fixture);
  before = cache_fixture_inspect (fixture);
  cache_fixture_write (fixture, dataset, FIRST_DAY, first);
  cache_fixture_write (fixture, dataset, FIRST_DAY + 1, more);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM sheet WHERE n_changed > 0"), >, 0);
  at_once = cache_fixture_inspect (fixture);
  g_assert_cmpuint (before.hash[0], !=, at_once.hash[0]);
  settle (fixture);
  later = cache_fixture_inspect (fixture);
  cache_fixture_assert_same (&at_once, &later);
  assert_columns_say_the_same (fixture);
}

/* Cuts a blob or changes one of its bytes; its CRC is right then as well. */
static void
spoil_blob (CacheFixture *fixture)
{
  g_autofree char *path = get_cache_path (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3) db = sobre_cache_db_open (path, TRUE, &error);
  g_autoptr (sqlite3_stmt) pick = sobre_cache_db_prepare (
      db, "SELECT id, data FROM sheet_column LIMIT 1 OFFSET abs (random ()) % (SELECT count (*) FROM sheet_column)", &error);
  g_autoptr (sqlite3_stmt) put =
      sobre_cache_db_prepare (db, "UPDATE sheet_column SET crc = ?2, data = ?3 WHERE id = ?1", &error);
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GBytes) spoilt = NULL;
  gint32 length;

  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_step (pick), ==, SQLITE_ROW);
  length = sqlite3_column_bytes (pick, 1);
  bytes = g_memdup2 (sqlite3_column_blob (pick, 1), (gsize) length);
  if (g_rand_boolean (fixture->random))
    length = g_rand_int_range (fixture->random, 0, length);
  else
    bytes[g_rand_int_range (fixture->random, 0, MIN (length, 40))] = (guint8) g_rand_int (fixture->random);
  spoilt = g_bytes_new (bytes, (gsize) length);
  sqlite3_bind_int64 (put, 1, sqlite3_column_int64 (pick, 0));
  sobre_cache_db_bind_blob (put, 2, spoilt);
  g_assert_true (sobre_cache_db_run (put, &error));
  g_assert_no_error (error);
}

/* Whatever a blob of a sheet holds, reading it ends with its rows or says that the cache is damaged. */
static void
test_damaged (CacheFixture *fixture, gconstpointer data)
{
  SobreDataset dataset = (SobreDataset) GPOINTER_TO_INT (data);
  g_autofree char *lines = make_lines (fixture, dataset, 300);
  guint n_damaged = 0;

  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (SobreCacheReader) reader = NULL;
      g_autoptr (GError) error = NULL;
      SobreCacheInspection seen;

      cache_fixture_reset (fixture);
      cache_fixture_write (fixture, dataset, FIRST_DAY, lines);
      settle (fixture);
      spoil_blob (fixture);
      reader = cache_fixture_read (fixture);
      if (sobre_cache_inspect (reader, &seen, &error))
        continue;
      g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED);
      n_damaged++;
    }
  g_assert_cmpuint (n_damaged, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, dataset, func)                                                                                               \
  g_test_add ("/sheets/" name, CacheFixture, GINT_TO_POINTER (dataset), cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("events/same-rows", SOBRE_DATASET_EVENTS, test_same_rows);
  ADD ("events/changes", SOBRE_DATASET_EVENTS, test_changes);
  ADD ("events/damaged", SOBRE_DATASET_EVENTS, test_damaged);
  ADD ("orders/same-rows", SOBRE_DATASET_ORDERS, test_same_rows);
  ADD ("orders/changes", SOBRE_DATASET_ORDERS, test_changes);
  ADD ("orders/damaged", SOBRE_DATASET_ORDERS, test_damaged);
#undef ADD

  return g_test_run ();
}
