/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-figures-private.h"

#include <math.h>
#include <stdlib.h>

/* What a day's mean is expected to be: the median of the means on the same weekday of the eight weeks before (a Saturday is compared with
 * Saturdays), give or take three times what a day usually differs from that.
 *
 * How much a day differs is the larger of two. One is 1.4826 × the median of how far each day of those weeks lay from the median of its own
 * weekday, which estimates a normal standard deviation while up to half of the days may be odd (P. J. Rousseeuw, C. Croux: "Alternatives
 * to the median absolute deviation", 1993). It is taken over all weekdays together, because eight values alone estimate it so badly
 * that a band of three such widths leaves out two harmless days of thirty. The other is the standard error that a mean of that day's n
 * guests has anyway, so that a day with few answers is not called odd for being small; a guest's scores count as one, because whoever
 * is content with the soup is content with the service.
 *
 * The days that make the median lie nearer to it than a new one will: of a median of m values the former have (m−1)/m of the variance,
 * while the new day adds the median's own, π/2m of it (H. Cramér: "Mathematical Methods of Statistics", 1946, 28.5). With that, three
 * widths leave out fewer than 1 in 100 harmless days. Days with fewer than SOBRE_SMALL_SAMPLE guests neither count as history nor as
 * odd, and a weekday with fewer than four such days has no band. */

#define LEAST_HISTORY 4
#define WIDTH 3.0
#define MAD_TO_SIGMA 1.4826
#define MAX_PAST (7 * SOBRE_TALLY_BAND_WEEKS)

/**
 * Weekday: the days before some day that were of one weekday.
 * @means: (array length=n): theirs
 * @median: of @means; NAN when they are too few to say
 * @scores: how many scores they are of; @sum and @squares of those
 */
typedef struct
{
  double means[SOBRE_TALLY_BAND_WEEKS];
  guint n;
  double median;
  double scores;
  double sum;
  double squares;
} Weekday;

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

/* The days 7, 14, … before @day. */
static void
read_weekday (const SobreTally *self, gint32 day, Weekday *weekday)
{
  *weekday = (Weekday) { .median = NAN };
  for (gint32 week = 1; week <= SOBRE_TALLY_BAND_WEEKS; week++)
    {
      gint32 before = day - 7 * week;
      const SobreTallyDay *past = before >= self->first ? &self->days[before - self->first] : NULL;

      if (past == NULL || past->rated < SOBRE_SMALL_SAMPLE)
        continue;
      weekday->means[weekday->n++] = (double) past->scores.sum / SOBRE_CUBE_SUM_UNIT / (double) past->scores.n;
      weekday->scores += (double) past->scores.n;
      weekday->sum += (double) past->scores.sum / SOBRE_CUBE_SUM_UNIT;
      weekday->squares += (double) past->squares;
    }
  if (weekday->n >= LEAST_HISTORY)
    weekday->median = find_median (weekday->means, weekday->n);
}

/* How far a new mean may be expected to lie from the median of @n, for each unit that past ones did. */
static double
get_inflation (double n)
{
  return sqrt (n / (n - 1) * (1 + G_PI / (2 * n)));
}

/* The weekdays of the week that ends with @number each have their own median; how far days lie from it is of one kind. */
static double
measure_spread (const SobreTally *self, gint32 number)
{
  double deviations[MAX_PAST];
  guint n = 0;

  for (gint32 day = number; day > number - 7; day--)
    {
      Weekday weekday;

      read_weekday (self, day, &weekday);
      for (guint i = 0; isfinite (weekday.median) && i < weekday.n; i++)
        deviations[n++] = fabs (weekday.means[i] - weekday.median);
    }
  return n > 0 ? MAD_TO_SIGMA * find_median (deviations, n) : NAN;
}

static void
expect (const SobreTally *self, gint32 number, SobreDayFigures *day)
{
  const SobreTallyDay *own = &self->days[number - self->first];
  double variance, mean, error, spread;
  Weekday weekday;

  read_weekday (self, number, &weekday);
  if (!isfinite (weekday.median))
    return;
  mean = weekday.sum / weekday.scores;
  variance = MAX (weekday.squares / weekday.scores - mean * mean, 0);
  error = own->rated > 0 ? sqrt (variance / (double) own->rated) : 0;
  spread = MAX (measure_spread (self, number), error) * get_inflation (weekday.n);
  day->low = weekday.median - WIDTH * spread;
  day->high = weekday.median + WIDTH * spread;
  day->outlier = own->rated >= SOBRE_SMALL_SAMPLE && (day->mean < day->low || day->mean > day->high);
}

void
sobre_tally_make_band (const SobreTally *self, gint32 from, GArray *days)
{
  for (guint i = 0; i < days->len; i++)
    expect (self, from + (gint32) i, &g_array_index (days, SobreDayFigures, i));
}
