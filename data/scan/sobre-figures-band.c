/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-figures-private.h"

#include <math.h>
#include <stdlib.h>

/* What a day's mean is expected to be: the median of the means on the same weekday of the eight weeks before (a Saturday is compared with
 * Saturdays), give or take three times a robust spread. The spread is the larger of two: 1.4826 × the median absolute deviation of those
 * means, which estimates a normal standard deviation while up to half of the days may be odd (P. J. Rousseeuw, C. Croux: "Alternatives to
 * the median absolute deviation", 1993), and the standard error that a mean of that day's n scores has anyway, so that a day with few
 * answers is not called odd for being small. Days with fewer than SOBRE_SMALL_SAMPLE scores neither count as history nor as odd, and
 * with fewer than four such days there is no band. */

#define LEAST_HISTORY 4
#define WIDTH 3.0
#define MAD_TO_SIGMA 1.4826

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void
expect (const SobreTally *self, gint32 number, SobreDayFigures *day)
{
  double means[SOBRE_TALLY_BAND_WEEKS], deviations[SOBRE_TALLY_BAND_WEEKS];
  double scores = 0, sum = 0, squares = 0, median, spread, variance, mean;
  const SobreTallyDay *own = &self->days[number - self->first];
  guint n = 0;

  for (guint week = 1; week <= SOBRE_TALLY_BAND_WEEKS; week++)
    {
      gint32 before = number - 7 * (gint32) week;
      const SobreTallyDay *past = before >= self->first ? &self->days[before - self->first] : NULL;

      if (past == NULL || past->scores.n < SOBRE_SMALL_SAMPLE)
        continue;
      means[n++] = (double) past->scores.sum / SOBRE_CUBE_SUM_UNIT / (double) past->scores.n;
      scores += (double) past->scores.n;
      sum += (double) past->scores.sum / SOBRE_CUBE_SUM_UNIT;
      squares += (double) past->squares;
    }
  if (n < LEAST_HISTORY)
    return;

  median = find_median (means, n);
  for (guint i = 0; i < n; i++)
    deviations[i] = fabs (means[i] - median);
  mean = sum / scores;
  variance = MAX (squares / scores - mean * mean, 0);
  spread = MAX (MAD_TO_SIGMA * find_median (deviations, n), own->scores.n > 0 ? sqrt (variance / (double) own->scores.n) : 0);
  day->low = median - WIDTH * spread;
  day->high = median + WIDTH * spread;
  day->outlier = own->scores.n >= SOBRE_SMALL_SAMPLE && (day->mean < day->low || day->mean > day->high);
}

void
sobre_tally_make_band (const SobreTally *self, gint32 from, GArray *days)
{
  for (guint i = 0; i < days->len; i++)
    expect (self, from + (gint32) i, &g_array_index (days, SobreDayFigures, i));
}
