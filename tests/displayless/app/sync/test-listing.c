/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Of a lake that is far away only the newest days are listed, and nothing is missed: not what comes a day late, not what is written while a list is read, not
 * what could not be fetched, not what a killed program left. */

#include <libdex.h>
#include <math.h>

#include "listing-fixture.h"
#include "sync/sobre-sync.h"

#define INTERLEAVINGS 10000
#define PASSES_A_ROUND 40

static void
test_nothing_is_missed (House *house, gconstpointer data)
{
  GRand *chance = house->lake->chance;
  guint n_passes = 0;

  while (house->lake->n_lived < INTERLEAVINGS)
    {
      for (guint i = 0; i < PASSES_A_ROUND; i++, n_passes++)
        {
          house->lake->failing = g_rand_int_range (chance, 0, 8) == 0 ? 3 : 0;
          house_pass (house, g_rand_int_range (chance, 0, 20) == 0);
          house->lake->now += g_rand_int_range (chance, 0, 6) * HOUR_MS;
          far_lake_write_some (house->lake);
        }
      house_check_nothing_is_missed (house);
    }
  g_test_message ("%u passes, %u of them over the newest days, over a lake of %u objects", n_passes, house->n_windows,
                  house->lake->n_made);
  g_assert_cmpuint (house->n_windows, >, n_passes / 2);
}

static guint
count_lists (House *house, gint64 now)
{
  g_autoptr (SobreSyncListing) listing =
      sobre_sync_listing_new (house->writer, SOBRE_LAKE_SOURCE (house->lake), now, FALSE, NULL);

  while (!sobre_sync_listing_has_ended (listing))
    {
      g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);

      g_assert_true (sobre_sync_listing_take_news (listing, news, PAGE_OBJECTS, TRUE, NULL, NULL));
    }
  return sobre_sync_listing_count_requests (listing);
}

/* All of the lake is listed again a day later, when the clock stepped back, and when something was left. */
static void
test_when_all_is_listed (House *house, gconstpointer data)
{
  FarLake *lake = house->lake;
  guint few;

  lake->quiet = TRUE;
  for (guint i = 0; i < 5000; i++)
    far_lake_write (lake, SOBRE_DATASET_RESPONSES, BEGIN_MS - (gint64) i * HOUR_MS);
  g_assert_cmpuint (count_lists (house, BEGIN_MS), ==, 7);
  house_pass (house, FALSE);
  few = count_lists (house, BEGIN_MS + HOUR_MS);
  g_assert_cmpuint (few, ==, SOBRE_N_DATASETS);
  g_assert_cmpuint (count_lists (house, BEGIN_MS + 23 * HOUR_MS), ==, few);
  g_assert_cmpuint (count_lists (house, BEGIN_MS + 24 * HOUR_MS), >, few);
  g_assert_cmpuint (count_lists (house, BEGIN_MS - 1), >, few);

  lake->failing = 10;
  far_lake_write (lake, SOBRE_DATASET_RESPONSES, BEGIN_MS);
  house_pass (house, FALSE);
  g_assert_cmpuint (count_lists (house, BEGIN_MS + HOUR_MS), >, few);
}

static void
test_where_a_list_begins (void)
{
  static const struct
  {
    gint32 newest;
    gint32 today;
    const char *start;
  } cases[] = {
    { 20600, 20600, "raw/events/dt=2026-05-25/" }, /* 26 hours before 2026-05-27 begins */
    { 20600, 20700, "raw/events/dt=2026-05-25/" }, /* nothing has come for long */
    { 99999, 20600, "raw/events/dt=2026-05-25/" }, /* a day that has not come */
    { 1, 20600, "raw/events/dt=1969-12-31/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *start = sobre_sync_listing_make_start (SOBRE_DATASET_EVENTS, cases[i].newest, cases[i].today);

      g_assert_cmpstr (start, ==, cases[i].start);
    }
}

static void
test_progress_in_words (void)
{
  SobreSyncProgress progress = {
    .done_bytes = 2000000, .total_bytes = 10000000, .elapsed_us = G_USEC_PER_SEC / 4, .listed = TRUE
  };
  g_autofree char *text = NULL;

  g_assert_null (sobre_sync_progress_dup_text (&progress));
  progress.elapsed_us = 4 * G_USEC_PER_SEC;
  g_assert_cmpfloat (sobre_sync_progress_get_rate (&progress), ==, 500000);
  g_assert_cmpfloat (sobre_sync_progress_get_seconds_left (&progress), ==, 16);
  text = sobre_sync_progress_dup_text (&progress);
  g_assert_cmpstr (text, ==, "500.0\302\240kB/s, 16 s left");
  g_set_str (&text, NULL);
  progress.total_bytes = G_GINT64_CONSTANT (5000000000);
  text = sobre_sync_progress_dup_text (&progress);
  g_assert_cmpstr (text, ==, "500.0\302\240kB/s, 2 h 46 min left");
  progress.listed = FALSE;
  g_assert_true (isnan (sobre_sync_progress_get_share (&progress)));
  g_set_str (&text, NULL);
  text = sobre_sync_progress_dup_text (&progress);
  g_assert_cmpstr (text, ==, "500.0\302\240kB/s, 2.0\302\240MB so far");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add ("/listing/nothing-is-missed", House, NULL, house_set_up, test_nothing_is_missed, house_tear_down);
  g_test_add ("/listing/when-all-is-listed", House, NULL, house_set_up, test_when_all_is_listed, house_tear_down);
  g_test_add_func ("/listing/where-a-list-begins", test_where_a_list_begins);
  g_test_add_func ("/listing/progress-in-words", test_progress_in_words);
  return g_test_run ();
}
