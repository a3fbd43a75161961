/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The band of what is expected, on made-up restaurants whose days are known to be harmless, or not. */

#include <math.h>

#include "scan/sobre-figures-private.h"

#define N_DAYS 10000
#define N_HISTORY (7 * SOBRE_TALLY_BAND_WEEKS)
#define MOST_ALARMS 0.015
#define N_SEEDS 3

/**
 * House: a made-up restaurant.
 * @least_guests: on a day; @most_guests likewise
 * @n_questions: that each guest answers
 * @mood: standard deviation of what a whole day's guests have in common, in points
 * @sameness: standard deviation of what a guest's scores have in common
 * @weekend: how much lower the score is on Saturdays and Sundays
 */
typedef struct
{
  const char *name;
  int least_guests;
  int most_guests;
  int n_questions;
  double mood;
  double sameness;
  double weekend;
} House;

static const House houses[] = {
  { "one question, only chance", 20, 60, 1, 0, 0.9, 0 },   { "days differ", 20, 60, 1, 0.12, 0.9, 0.3 },
  { "four questions", 15, 50, 4, 0.06, 0.8, 0.2 },         { "few guests", 5, 14, 1, 0, 0.9, 0 },
  { "few guests, four questions", 5, 12, 4, 0.1, 0.8, 0 }, { "many guests", 200, 400, 3, 0.05, 0.8, 0.25 },
};

static double
draw_normal (GRand *rand)
{
  return sqrt (-2 * log (1 - g_rand_double (rand))) * cos (2 * G_PI * g_rand_double (rand));
}

/* Guests are content on the whole, and stars end at five. */
static void
fill_day (const House *house, GRand *rand, double level, SobreTallyDay *day)
{
  int n_guests = g_rand_int_range (rand, house->least_guests, house->most_guests + 1);
  double mood = level + house->mood * draw_normal (rand);

  *day = (SobreTallyDay) { .responses = n_guests, .rated = n_guests };
  for (int guest = 0; guest < n_guests; guest++)
    {
      double own = mood + house->sameness * draw_normal (rand);

      for (int question = 0; question < house->n_questions; question++)
        {
          gint64 score = (gint64) CLAMP (lround (own + 0.4 * draw_normal (rand)), 1, 5);

          day->scores.n++;
          day->scores.sum += score * SOBRE_CUBE_SUM_UNIT;
          day->squares += score * score;
        }
    }
}

/* @drop: by how much the day after each 50 harmless ones is lower; 0 for harmless days only */
static void
fill_days (const House *house, GRand *rand, double drop, SobreTallyDay *days, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      double level = 4.3 - (i % 7 >= 5 ? house->weekend : 0) - (i >= N_HISTORY && i % 50 == 0 ? drop : 0);

      fill_day (house, rand, level, &days[i]);
    }
}

static GArray *
judge (const SobreTallyDay *days, guint n)
{
  GArray *judged = g_array_sized_new (FALSE, TRUE, sizeof (SobreDayFigures), n - N_HISTORY);
  SobreTally tally = { .first = 0, .from = N_HISTORY, .to = (gint32) n - 1, .days = (SobreTallyDay *) days };

  for (guint i = N_HISTORY; i < n; i++)
    {
      SobreDayFigures day = { (gint32) i, days[i].rated, NAN, NAN, NAN, FALSE };

      day.mean = (double) days[i].scores.sum / SOBRE_CUBE_SUM_UNIT / (double) days[i].scores.n;
      g_array_append_val (judged, day);
    }
  sobre_tally_make_band (&tally, N_HISTORY, judged);
  return judged;
}

static void
test_harmless_days (gconstpointer data)
{
  const House *house = data;
  guint n = N_DAYS + N_HISTORY;
  g_autofree SobreTallyDay *days = g_new0 (SobreTallyDay, n);

  for (guint32 seed = 1; seed <= N_SEEDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GArray) judged = NULL;
      guint n_alarms = 0;

      fill_days (house, rand, 0, days, n);
      judged = judge (days, n);
      g_assert_cmpuint (judged->len, ==, N_DAYS);
      for (guint i = 0; i < judged->len; i++)
        {
          const SobreDayFigures *day = &g_array_index (judged, SobreDayFigures, i);

          g_assert_true (isfinite (day->low) && day->low <= day->high);
          n_alarms += day->outlier;
        }
      g_test_message ("%s, seed %u: %.2f %% of harmless days are called odd", house->name, seed, 100.0 * n_alarms / N_DAYS);
      g_assert_cmpfloat ((double) n_alarms / N_DAYS, <, MOST_ALARMS);
    }
}

/* A day whose guests give about a star less is found, among days that differ as well. */
static void
test_real_drops (void)
{
  const House *house = &houses[1];
  guint n = N_DAYS + N_HISTORY, n_drops = 0, n_found = 0;
  g_autofree SobreTallyDay *days = g_new0 (SobreTallyDay, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GArray) judged = NULL;

  fill_days (house, rand, 1.2, days, n);
  judged = judge (days, n);
  for (guint i = 0; i < judged->len; i++)
    {
      const SobreDayFigures *day = &g_array_index (judged, SobreDayFigures, i);

      if (day->day % 50 != 0)
        continue;
      n_drops++;
      n_found += day->outlier && day->mean < day->low;
    }
  g_test_message ("%u of %u drops are found", n_found, n_drops);
  g_assert_cmpuint (n_drops, >, 150);
  g_assert_cmpuint (n_found * 20, >=, n_drops * 19);
}

/* Up to half of the days before may be odd themselves without hiding the next one. */
static void
test_odd_history (void)
{
  const House *house = &houses[1];
  SobreTallyDay days[N_HISTORY + 1];
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GArray) judged = NULL;

  for (guint i = 0; i < N_HISTORY; i++)
    fill_day (house, rand, i / 7 % 4 == 3 ? 1.5 : 4.3, &days[i]);
  fill_day (house, rand, 2.8, &days[N_HISTORY]);
  judged = judge (days, N_HISTORY + 1);
  g_assert_true (g_array_index (judged, SobreDayFigures, 0).outlier);
}

/* Four days of a weekday are the least that say anything, and a day of four guests is never odd. */
static void
test_little_history (void)
{
  const House *house = &houses[0];
  SobreTallyDay days[N_HISTORY + 1];
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint n_weeks = 0; n_weeks <= SOBRE_TALLY_BAND_WEEKS; n_weeks++)
    {
      g_autoptr (GArray) judged = NULL;
      const SobreDayFigures *day;

      for (guint i = 0; i <= N_HISTORY; i++)
        if (i < N_HISTORY && i / 7 >= n_weeks)
          days[i] = (SobreTallyDay) { 0 };
        else
          fill_day (house, rand, 4.3, &days[i]);
      judged = judge (days, N_HISTORY + 1);
      day = &g_array_index (judged, SobreDayFigures, 0);
      g_assert_true (isfinite (day->low) == (n_weeks >= 4));
    }
  days[N_HISTORY] = (SobreTallyDay) { 4, 0, 4, { 4, 4 * SOBRE_CUBE_SUM_UNIT }, 4 };
  {
    g_autoptr (GArray) judged = judge (days, N_HISTORY + 1);

    g_assert_false (g_array_index (judged, SobreDayFigures, 0).outlier);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (houses); i++)
    {
      g_autofree char *slug = g_strdelimit (g_strdup (houses[i].name), " ,", '-');
      g_autofree char *path = g_strconcat ("/band/harmless-days/", slug, NULL);

      g_test_add_data_func (path, &houses[i], test_harmless_days);
    }
  g_test_add_func ("/band/real-drops", test_real_drops);
  g_test_add_func ("/band/odd-history", test_odd_history);
  g_test_add_func ("/band/little-history", test_little_history);
  return g_test_run ();
}
