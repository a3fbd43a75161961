/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A cache is built anew beside the one that is read, and swapped in whole; what it was made for decides whether it may be used. */

#include <glib/gstdio.h>
#include <string.h>

#include "cache-fixture.h"
#include "cache/sobre-cache-reader-private.h"
#include "lake-fixture.h"

#define DAY 20500

static void
write_responses (CacheFixture *fixture, guint n)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      MadeResponse response = made_response (fixture->random, DAY);

      made_response_append_line (&response, lines);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, DAY, lines->str);
}

static SobreCacheWriter *
open_aside (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SobreCacheWriter *writer = sobre_cache_writer_open (fixture->folder, fixture->lock_path, fixture->calendar, 0,
                                                      sobre_cache_generation_read (fixture->folder) + 1, &error);

  g_assert_no_error (error);
  return writer;
}

static guint
count_rows (SobreCacheReader *reader)
{
  guint n = 0;

  for (guint i = 0; i < sobre_cache_reader_get_n_chunks (reader); i++)
    {
      const SobreReaderChunk *chunk = sobre_cache_reader_get_chunk (reader, i, SOBRE_CHUNK_ALL_COLUMNS, NULL);

      g_assert_nonnull (chunk);
      n += chunk->chunk.n_rows - chunk->n_dead;
    }
  return n;
}

static void
begin (SobreCacheReader *reader)
{
  g_autoptr (GError) error = NULL;

  sobre_cache_reader_begin (reader, &error);
  g_assert_no_error (error);
}

static void
test_reader_keeps_its_state (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCacheReader) reader = NULL;

  write_responses (fixture, 5);
  reader = cache_fixture_read (fixture);
  begin (reader);
  g_assert_cmpuint (count_rows (reader), ==, 5);
  write_responses (fixture, 3);
  begin (reader);
  g_assert_cmpuint (count_rows (reader), ==, 5);
  sobre_cache_reader_end (reader);
  g_assert_cmpuint (count_rows (reader), ==, 5);
  sobre_cache_reader_end (reader);
  begin (reader);
  g_assert_cmpuint (count_rows (reader), ==, 8);
  sobre_cache_reader_end (reader);
}

static void
test_swap_while_reading (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCacheReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  SobreCacheWriter *old;

  write_responses (fixture, 2100);
  reader = cache_fixture_read (fixture);
  begin (reader);

  old = fixture->writer;
  fixture->writer = open_aside (fixture);
  write_responses (fixture, 7);
  g_assert_true (sobre_cache_writer_publish (fixture->writer, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sobre_cache_generation_read (fixture->folder), ==, 2);

  /* The file is gone from its folder, and all of it can be read. */
  g_assert_cmpuint (count_rows (reader), ==, 2100);
  sobre_cache_reader_end (reader);
  begin (reader);
  g_assert_cmpuint (count_rows (reader), ==, 7);
  sobre_cache_reader_end (reader);

  /* Who still writes to the old one is told. */
  g_assert_false (sobre_cache_writer_begin (old, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE);
  sobre_cache_writer_free (old);
}

static void
test_built_aside_but_never_published (CacheFixture *fixture, gconstpointer data)
{
  SobreCacheInspection before, after;
  SobreCacheWriter *current = fixture->writer;
  g_autofree char *left = sobre_cache_generation_get_path (fixture->folder, 2);

  write_responses (fixture, 9);
  before = cache_fixture_inspect (fixture);
  fixture->writer = open_aside (fixture);
  write_responses (fixture, 3);
  sobre_cache_writer_free (fixture->writer);
  fixture->writer = current;
  g_assert_true (g_file_test (left, G_FILE_TEST_EXISTS));
  after = cache_fixture_inspect (fixture);
  cache_fixture_assert_same (&before, &after);

  /* The next one begins from nothing, not with what was left. */
  fixture->writer = open_aside (fixture);
  g_assert_true (sobre_cache_writer_publish (fixture->writer, NULL));
  after = cache_fixture_inspect (fixture);
  g_assert_cmpuint (after.n_rows[SOBRE_TABLE_RESPONSES], ==, 0);
  sobre_cache_writer_free (current);
}

static void
test_missing (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  sobre_cache_writer_free (g_steal_pointer (&fixture->writer));
  fixture_write (fixture->folder, "current", "7\n", 2);
  g_assert_null (sobre_cache_reader_open (fixture->folder, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_MISSING);
  fixture_write (fixture->folder, "current", "none\n", 5);
  g_assert_null (sobre_cache_reader_open (fixture->folder, &again));
  g_assert_error (again, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_MISSING);
  cache_fixture_reopen (fixture);
  g_assert_cmpuint (sobre_cache_generation_read (fixture->folder), >, 0);
}

/** Other: what a cache may be opened for, other than what it was made for. */
typedef struct
{
  const char *time_zone;
  guint cutoff;
  guint n_forgotten;
} Other;

static void
test_made_for_something_else (CacheFixture *fixture, gconstpointer data)
{
  static const Other others[] = { { "Europe/Lisbon", CACHE_FIXTURE_CUTOFF, 0 },
                                  { CACHE_FIXTURE_ZONE, 0, 0 },
                                  { CACHE_FIXTURE_ZONE, CACHE_FIXTURE_CUTOFF, 1 } };

  sobre_cache_writer_free (g_steal_pointer (&fixture->writer));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new (others[i].time_zone, others[i].cutoff);
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_cache_writer_open (fixture->folder, fixture->lock_path, calendar, others[i].n_forgotten, 0, &error));
      g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE);
    }
  cache_fixture_reopen (fixture);
}

static void
set_fingerprint (CacheFixture *fixture, const char *sql)
{
  g_autofree char *path = sobre_cache_generation_get_path (fixture->folder, 1);
  g_autoptr (sqlite3) db = sobre_cache_db_open (path, TRUE, NULL);

  g_assert_true (sobre_cache_db_exec (db, sql, NULL));
}

/* A reader learns time zone and cut-off from the cache, and refuses one that it does not understand. */
static void
test_reader_learns_the_calendar (CacheFixture *fixture, gconstpointer data)
{
  static const char *const stale[] = {
    "UPDATE meta SET value = 'schema 1, Europe/Madrid, cut-off 240' WHERE name = 'fingerprint'",
    "UPDATE meta SET value = '' WHERE name = 'fingerprint'", "UPDATE meta SET value = ', cut-off 5' WHERE name = 'fingerprint'"
  };
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
    SobreServiceCalendar *calendar = sobre_cache_reader_get_calendar (reader);

    g_assert_cmpstr (sobre_service_calendar_get_time_zone (calendar), ==, CACHE_FIXTURE_ZONE);
    g_assert_cmpuint (sobre_service_calendar_get_cutoff (calendar), ==, CACHE_FIXTURE_CUTOFF);
  }
  for (guint i = 0; i < G_N_ELEMENTS (stale); i++)
    {
      g_autoptr (GError) cause = NULL;

      set_fingerprint (fixture, stale[i]);
      g_assert_null (sobre_cache_reader_open (fixture->folder, &cause));
      g_assert_error (cause, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE);
    }
  set_fingerprint (fixture, "DELETE FROM meta");
  g_assert_null (sobre_cache_reader_open (fixture->folder, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                        \
  g_test_add ("/generations/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("reader-keeps-its-state", test_reader_keeps_its_state);
  ADD ("swap-while-reading", test_swap_while_reading);
  ADD ("built-aside-but-never-published", test_built_aside_but_never_published);
  ADD ("missing", test_missing);
  ADD ("made-for-something-else", test_made_for_something_else);
  ADD ("reader-learns-the-calendar", test_reader_learns_the_calendar);
#undef ADD

  return g_test_run ();
}
