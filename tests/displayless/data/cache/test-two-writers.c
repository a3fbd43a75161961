/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two programs write to one cache in turns. Each sees what the other wrote, and who has to wait too long is told for whom. */

#include <string.h>
#include <unistd.h>

#include "cache-fixture.h"

#define DAY 20500

static SobreCacheWriter *
open_other (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SobreCacheWriter *writer = sobre_cache_writer_open (fixture->folder, fixture->lock_path, fixture->calendar, 0, 0, &error);

  g_assert_no_error (error);
  return writer;
}

static void
write_with (CacheFixture *fixture, SobreCacheWriter *writer, const char *lines)
{
  SobreCacheWriter *own = fixture->writer;

  fixture->writer = writer;
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, DAY, lines);
  fixture->writer = own;
}

/* Copies of the same ids come through both, each in a world of texts that gave them other codes at first. */
static void
test_turns (CacheFixture *fixture, gconstpointer data)
{
  SobreCacheWriter *other = open_other (fixture);
  g_autoptr (GString) all = g_string_new (NULL);
  MadeResponse responses[30];
  SobreCacheInspection together, alone;

  for (guint step = 0; step < 40; step++)
    {
      g_autoptr (GString) lines = g_string_new (NULL);

      for (guint i = 0; i < 5; i++)
        {
          guint which = (guint) g_rand_int_range (fixture->random, 0, G_N_ELEMENTS (responses));

          responses[which] = step < 20 || g_rand_boolean (fixture->random)
                                 ? made_response (fixture->random, DAY)
                                 : made_response_vary (fixture->random, &responses[which]);
          responses[which].dt = DAY;
          made_response_append_line (&responses[which], lines);
        }
      g_string_append (all, lines->str);
      write_with (fixture, g_rand_boolean (fixture->random) ? other : fixture->writer, lines->str);
    }
  sobre_cache_writer_free (other);
  together = cache_fixture_inspect (fixture);
  cache_fixture_reset (fixture);
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, DAY, all->str);
  alone = cache_fixture_inspect (fixture);
  cache_fixture_assert_same (&together, &alone);
}

/* Codes that a parser made before the other one wrote may mean something else now: the epoch says so. */
static void
test_epoch_tells_of_the_other (CacheFixture *fixture, gconstpointer data)
{
  SobreCacheWriter *other = open_other (fixture);
  g_autoptr (GString) lines = g_string_new (NULL);
  MadeResponse response = made_response (fixture->random, DAY);
  guint64 epoch = sobre_cache_writer_get_epoch (fixture->writer);

  made_response_append_line (&response, lines);
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, DAY, lines->str);
  g_assert_cmpuint (sobre_cache_writer_get_epoch (fixture->writer), ==, epoch);
  write_with (fixture, other, lines->str);
  g_assert_true (sobre_cache_writer_begin (fixture->writer, NULL));
  g_assert_cmpuint (sobre_cache_writer_get_epoch (fixture->writer), >, epoch);
  sobre_cache_writer_rollback (fixture->writer);
  sobre_cache_writer_free (other);
}

static void
test_who_waits_too_long_is_told (CacheFixture *fixture, gconstpointer data)
{
  SobreCacheWriter *other = open_other (fixture);
  g_autofree char *process = g_strdup_printf ("process %d", (int) getpid ());
  g_autoptr (GError) error = NULL;

  g_assert_true (sobre_cache_writer_begin (fixture->writer, NULL));
  g_assert_false (sobre_cache_writer_begin (other, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, process));
  sobre_cache_writer_rollback (fixture->writer);
  g_assert_true (sobre_cache_writer_begin (other, NULL));
  sobre_cache_writer_rollback (other);
  sobre_cache_writer_free (other);
}

static gpointer
commit_soon (gpointer data)
{
  SobreCacheWriter *writer = data;

  g_usleep (100000);
  return GINT_TO_POINTER (sobre_cache_writer_commit (writer, NULL));
}

static void
test_who_waits_shortly_gets_the_turn (CacheFixture *fixture, gconstpointer data)
{
  SobreCacheWriter *other = open_other (fixture);
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_assert_true (sobre_cache_writer_begin (fixture->writer, NULL));
  thread = g_thread_new ("commit", commit_soon, fixture->writer);
  sobre_cache_writer_begin (other, &error);
  g_assert_no_error (error);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
  sobre_cache_writer_rollback (other);
  sobre_cache_writer_free (other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                        \
  g_test_add ("/two-writers/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("turns", test_turns);
  ADD ("epoch-tells-of-the-other", test_epoch_tells_of_the_other);
  ADD ("who-waits-too-long-is-told", test_who_waits_too_long_is_told);
  ADD ("who-waits-shortly-gets-the-turn", test_who_waits_shortly_gets_the_turn);
#undef ADD

  return g_test_run ();
}
