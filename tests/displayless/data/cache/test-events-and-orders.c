/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events and orders: one row an id, the same one in whatever order the copies come, and a count of new rows that is the number of ids. */

#include <string.h>

#include "cache-fixture.h"

#define FIRST_DAY 20500
#define ROUNDS 10

static void
shuffle (GRand *random, char **lines, guint n)
{
  for (guint i = n - 1; i > 0; i--)
    {
      guint other = (guint) g_rand_int_range (random, 0, (gint32) i + 1);
      char *swapped = lines[i];

      lines[i] = lines[other];
      lines[other] = swapped;
    }
}

static void
test_any_order (CacheFixture *fixture, gconstpointer data)
{
  SobreDataset dataset = (SobreDataset) GPOINTER_TO_INT (data);
  SobreTableKind table = dataset == SOBRE_DATASET_EVENTS ? SOBRE_TABLE_EVENTS : SOBRE_TABLE_ORDERS;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_auto (GStrv) lines = NULL;
      SobreCacheInspection first, other;
      guint n;

      for (guint i = 0; i < 60; i++)
        (dataset == SOBRE_DATASET_EVENTS ? made_event_append_line : made_order_append_line) (fixture->random, FIRST_DAY, text);
      lines = g_strsplit (text->str, "\n", -1);
      n = g_strv_length (lines) - 1;
      for (guint order = 0; order < 4; order++)
        {
          SobreCacheTally tally;

          cache_fixture_reset (fixture);
          for (guint i = 0; i < n; i++)
            {
              g_autofree char *line = g_strconcat (lines[i], "\n", NULL);

              cache_fixture_write (fixture, dataset, FIRST_DAY, line);
            }
          other = cache_fixture_inspect (fixture);
          tally = sobre_cache_writer_get_tally (fixture->writer);
          g_assert_cmpuint (tally.rows, ==, other.n_rows[table]);
          g_assert_cmpuint (tally.rows + tally.duplicates, ==, n);
          if (order == 0)
            first = other;
          cache_fixture_assert_same (&first, &other);
          shuffle (fixture->random, lines, n);
        }
    }
}

/* The one copy that came from another day's object counts, because that day is earlier. */
static void
test_earlier_day_wins (CacheFixture *fixture, gconstpointer data)
{
  SobreDataset dataset = (SobreDataset) GPOINTER_TO_INT (data);
  g_autoptr (GString) line = g_string_new (NULL);
  SobreCacheInspection later, earlier;

  (dataset == SOBRE_DATASET_EVENTS ? made_event_append_line : made_order_append_line) (fixture->random, FIRST_DAY, line);
  cache_fixture_write (fixture, dataset, FIRST_DAY + 1, line->str);
  later = cache_fixture_inspect (fixture);
  cache_fixture_write (fixture, dataset, FIRST_DAY, line->str);
  earlier = cache_fixture_inspect (fixture);
  g_assert_cmpuint (later.hash[0], !=, earlier.hash[0]);
  cache_fixture_reset (fixture);
  cache_fixture_write (fixture, dataset, FIRST_DAY, line->str);
  cache_fixture_write (fixture, dataset, FIRST_DAY + 1, line->str);
  later = cache_fixture_inspect (fixture);
  cache_fixture_assert_same (&earlier, &later);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, dataset, func)                                                                                               \
  g_test_add ("/events-and-orders/" name, CacheFixture, GINT_TO_POINTER (dataset), cache_fixture_set_up, func,                 \
              cache_fixture_tear_down)
  ADD ("events/any-order", SOBRE_DATASET_EVENTS, test_any_order);
  ADD ("events/earlier-day-wins", SOBRE_DATASET_EVENTS, test_earlier_day_wins);
  ADD ("orders/any-order", SOBRE_DATASET_ORDERS, test_any_order);
  ADD ("orders/earlier-day-wins", SOBRE_DATASET_ORDERS, test_earlier_day_wins);
#undef ADD

  return g_test_run ();
}
