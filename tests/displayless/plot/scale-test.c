/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "sobre-scale.h"

static gboolean
is_round (double step)
{
  double mantissa = step / pow (10, floor (log10 (step) + 1e-9));

  return fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 || fabs (mantissa - 2.5) < 1e-6 || fabs (mantissa - 5) < 1e-6;
}

static void
assert_linear (double low, double high)
{
  SobreScale scale = sobre_scale_make_linear (low, high);
  double slack = scale.step * 1e-6;

  g_assert_cmpuint (scale.n_ticks, >=, 4);
  g_assert_cmpuint (scale.n_ticks, <=, SOBRE_SCALE_MAX_TICKS);
  g_assert_true (is_round (scale.step));
  g_assert_cmpfloat (scale.min, <=, MIN (low, high) + slack);
  g_assert_cmpfloat (scale.max, >=, MAX (low, high) - slack);
  g_assert_cmpfloat (scale.min, ==, scale.ticks[0]);
  g_assert_cmpfloat (scale.max, ==, scale.ticks[scale.n_ticks - 1]);
  for (guint i = 0; i < scale.n_ticks; i++)
    g_assert_cmpfloat (fabs (scale.ticks[i] / scale.step - round (scale.ticks[i] / scale.step)), <, 1e-6);
}

static void
test_linear_ticks_are_round_and_cover (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      double magnitude = pow (10, g_test_rand_double_range (-6, 9));
      double low = g_test_rand_double_range (-1, 1) * magnitude;

      assert_linear (low, low + g_test_rand_double_range (1e-6, 1) * magnitude);
    }
  assert_linear (0, 1);
  assert_linear (-100, 100);
  assert_linear (7, 3);
}

static void
test_nothing_between_is_made_room_for (void)
{
  const double values[] = { 0, 4.32, -7, 1e9 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    assert_linear (values[i], values[i]);
  g_assert_cmpuint (sobre_scale_make_linear (NAN, 3).n_ticks, >=, 4);
  g_assert_cmpuint (sobre_scale_make_linear (0, INFINITY).n_ticks, >=, 4);
}

static void
test_score_axis_says_where_it_starts (void)
{
  g_assert_cmpfloat (sobre_scale_make_score (4.4).min, ==, 3);
  g_assert_cmpfloat (sobre_scale_make_score (3).min, ==, 3);
  g_assert_cmpfloat (sobre_scale_make_score (2.9).min, ==, 2);
  g_assert_cmpfloat (sobre_scale_make_score (0.2).min, ==, 1);
  g_assert_cmpfloat (sobre_scale_make_score (NAN).min, ==, 3);
  g_assert_cmpuint (sobre_scale_make_score (2.9).n_ticks, ==, 4);
  g_assert_cmpuint (sobre_scale_make_score (1).n_ticks, ==, 5);
}

static void
test_day_ticks_are_landmarks (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint32 from = g_test_rand_int_range (0, 30000);
      gint32 to = from + (gint32) pow (10, g_test_rand_double_range (0, 4)) - 1;
      SobreScale scale = sobre_scale_make_days (from, to);

      g_assert_cmpuint (scale.n_ticks, <=, SOBRE_SCALE_MAX_TICKS);
      g_assert_cmpuint (scale.n_ticks, >=, to > from ? 2 : 1);
      for (guint k = 0; k < scale.n_ticks; k++)
        {
          int year, month, day;

          g_assert_cmpfloat (scale.ticks[k], >=, from);
          g_assert_cmpfloat (scale.ticks[k], <=, to);
          g_assert_true (k == 0 || scale.ticks[k] > scale.ticks[k - 1]);
          sobre_day_to_civil ((gint32) scale.ticks[k], &year, &month, &day);
          if (scale.step >= 7)
            g_assert_cmpint (sobre_day_get_weekday ((gint32) scale.ticks[k]), ==, 0);
          if (scale.step == 0)
            g_assert_cmpint (day, ==, 1);
        }
    }
}

static void
test_labels_have_no_more_decimals_than_needed (void)
{
  SobreScale whole = sobre_scale_make_linear (0, 60), halves = sobre_scale_make_score (3),
             below = sobre_scale_make_linear (-3, 0);
  SobreScale years = sobre_scale_make_days (sobre_day_from_civil (2020, 5, 5), sobre_day_from_civil (2026, 5, 5));
  SobreScale weeks = sobre_scale_make_days (sobre_day_from_civil (2026, 10, 12), sobre_day_from_civil (2026, 11, 22));
  g_autofree char *twenty = sobre_scale_format_tick (&whole, 1);
  g_autofree char *three_and_a_half = sobre_scale_format_tick (&halves, 1);
  g_autofree char *minus_three = sobre_scale_format_tick (&below, 0);
  g_autofree char *year = sobre_scale_format_tick (&years, 0);
  g_autofree char *week = sobre_scale_format_tick (&weeks, 1);

  g_assert_cmpstr (twenty, ==, "20");
  g_assert_cmpstr (three_and_a_half, ==, "3.5");
  g_assert_true (g_str_has_prefix (minus_three, "\342\210\222"));
  g_assert_cmpstr (year, ==, "2021");
  g_assert_cmpstr (week, ==, "19 Oct");
}

static void
test_map_is_linear (void)
{
  SobreScale scale = sobre_scale_make_linear (0, 50);

  g_assert_cmpfloat_with_epsilon (sobre_scale_map (&scale, 0), 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (sobre_scale_map (&scale, 25), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (sobre_scale_map (&scale, 100), 2, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/linear-ticks-are-round-and-cover", test_linear_ticks_are_round_and_cover);
  g_test_add_func ("/scale/nothing-between-is-made-room-for", test_nothing_between_is_made_room_for);
  g_test_add_func ("/scale/score-axis-says-where-it-starts", test_score_axis_says_where_it_starts);
  g_test_add_func ("/scale/day-ticks-are-landmarks", test_day_ticks_are_landmarks);
  g_test_add_func ("/scale/labels-have-no-more-decimals-than-needed", test_labels_have_no_more_decimals_than_needed);
  g_test_add_func ("/scale/map-is-linear", test_map_is_linear);
  return g_test_run ();
}
