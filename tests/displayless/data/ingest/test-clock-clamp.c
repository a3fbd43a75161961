/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A guest's clock that is wrong moves no answer to another day: what arrives is placed when it arrived. */

#include <string.h>

#include "cache-fixture.h"
#include "cache/sobre-cache-reader-private.h"
#include "cache/sobre-integers.h"
#include "model/sobre-time.h"

#define MINUTE G_GINT64_CONSTANT (60000)

/* Madrid, 2026-03-10, 22:30 by the wall. */
#define RECEIVED (20522 * SOBRE_DAY_MS + 21 * 60 * MINUTE + 30 * MINUTE)

/** Case: how much later the guest's clock is than the collector's, and where the answer counts. */
typedef struct
{
  gint64 ahead;
  gint32 day;
  guint hour;
} Case;

static const Case CASES[] = {
  { 0, 20522, 22 },
  { 5 * MINUTE, 20522, 22 },  /* not more than 5 minutes ahead: the guest's own time */
  { 40 * MINUTE, 20522, 22 }, /* ahead: when it arrived, though the guest's clock says 23 */
  { 3 * SOBRE_DAY_MS, 20522, 22 },
  { -31 * MINUTE, 20522, 21 }, /* waited in a phone */
  { -24 * 60 * MINUTE, 20521, 22 },
  { -30 * SOBRE_DAY_MS, 20492, 22 }, /* not more than 30 days */
  { -30 * SOBRE_DAY_MS - 1, 20522, 22 },
  { -400 * SOBRE_DAY_MS, 20522, 22 },
  { -18 * 60 * MINUTE - 29 * MINUTE, 20522, 4 }, /* 04:01 by the wall: the new service day */
  { -18 * 60 * MINUTE - 31 * MINUTE, 20521, 3 }, /* 03:59: the evening before goes on */
};

static void
test_where_an_answer_counts (CacheFixture *fixture, gconstpointer data)
{
  const Case *at = data;
  MadeResponse response = made_response (fixture->random, 20500);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (SobreCacheReader) reader = NULL;
  const SobreReaderChunk *chunk;
  guint n_cells;

  response.received_at = RECEIVED;
  response.submitted_at = RECEIVED + at->ahead;
  made_response_append_line (&response, line);
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, 20522, line->str);

  reader = cache_fixture_read (fixture);
  g_assert_true (sobre_cache_reader_begin (reader, NULL));
  g_assert_cmpuint (sobre_cache_reader_get_n_chunks (reader), ==, 1);
  chunk = sobre_cache_reader_get_chunk (reader, 0, SOBRE_CHUNK_ALL_COLUMNS, NULL);
  g_assert_cmpint (sobre_integers_get (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_DAY), 0), ==, at->day);
  g_assert_cmpint (sobre_integers_get (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_HOUR), 0), ==, at->hour);
  /* What the guest's clock said is kept. */
  g_assert_cmpint (sobre_integers_get (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_SUBMITTED), 0), ==,
                   RECEIVED + at->ahead);
  g_assert_true (sobre_cache_reader_need_cube (reader, SOBRE_CUBE_HOUR, at->day, at->day, NULL));
  g_assert_nonnull (sobre_cache_reader_get_cube (reader, at->day, SOBRE_CUBE_HOUR, &n_cells));
  sobre_cache_reader_end (reader);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *name = g_strdup_printf ("/clock-clamp/ahead-by/%" G_GINT64_FORMAT, CASES[i].ahead);

      g_test_add (name, CacheFixture, &CASES[i], cache_fixture_set_up, test_where_an_answer_counts, cache_fixture_tear_down);
    }
  return g_test_run ();
}
