/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-scale.h"

#include <math.h>

#include "model/sobre-time.h"
#include "sobre-format.h"

#define LEAST_INTERVALS 3
#define MOST_INTERVALS (SOBRE_SCALE_MAX_TICKS - 1)
#define DAYS_OF_MONDAYS 42    /* more days than six Mondays are apart */
#define DAYS_OF_FORTNIGHTS 84 /* likewise six second Mondays */

static double
count_intervals (double low, double high, double step)
{
  return ceil (high / step - 1e-9) - floor (low / step + 1e-9);
}

/* The step with the least room left over; among equals the one that is rounder. */
static double
choose_step (double low, double high)
{
  const double mantissas[] = { 1, 2, 5, 2.5 };
  double magnitude = pow (10, floor (log10 ((high - low) / MOST_INTERVALS)));
  double best = 0, best_waste = G_MAXDOUBLE;

  for (int power = 0; power <= 2; power++)
    for (guint i = 0; i < G_N_ELEMENTS (mantissas); i++)
      {
        double step = mantissas[i] * magnitude * pow (10, power);
        double intervals = count_intervals (low, high, step);
        double waste = intervals * step - (high - low);

        if (intervals < LEAST_INTERVALS || intervals > MOST_INTERVALS || waste >= best_waste - step * 1e-9)
          continue;
        best = step;
        best_waste = waste;
      }
  return best;
}

SobreScale
sobre_scale_make_linear (double low, double high)
{
  SobreScale self = { .kind = SOBRE_SCALE_LINEAR };
  double first;

  if (!isfinite (low) || !isfinite (high))
    low = high = 0;
  if (low > high)
    {
      double swapped = low;

      low = high;
      high = swapped;
    }
  /* Nothing between them, or less than double precision can divide: a unit or a millionth of the value around. */
  if (high - low <= MAX (fabs (low), fabs (high)) * 1e-9)
    {
      double room = MAX (fabs (low) * 1e-6, 0.5);

      low -= low == 0 ? 0 : room;
      high += low == 0 ? 1 : room;
    }
  self.step = choose_step (low, high);
  first = floor (low / self.step + 1e-9);
  self.n_ticks = (guint) count_intervals (low, high, self.step) + 1;
  for (guint i = 0; i < self.n_ticks; i++)
    self.ticks[i] = (first + i) * self.step;
  self.min = self.ticks[0];
  self.max = self.ticks[self.n_ticks - 1];
  return self;
}

SobreScale
sobre_scale_make_score (double low)
{
  double first = isfinite (low) ? CLAMP (floor (low), 1, 3) : 3;
  SobreScale self = { .kind = SOBRE_SCALE_LINEAR, .min = first, .max = 5, .step = first == 3 ? 0.5 : 1 };

  for (double tick = first; tick <= 5; tick += self.step)
    self.ticks[self.n_ticks++] = tick;
  return self;
}

static void
add_tick (SobreScale *self, gint32 day)
{
  if (day >= self->min && day <= self->max && self->n_ticks < SOBRE_SCALE_MAX_TICKS)
    self->ticks[self->n_ticks++] = day;
}

/* First days of every @months-th month, counted from January of year 0. */
static void
add_months (SobreScale *self, gint32 from_day, gint32 to_day, int months)
{
  int year, month, day;

  sobre_day_to_civil (from_day, &year, &month, &day);
  for (int i = (year * 12 + month - 1) / months * months;; i += months)
    {
      gint32 first = sobre_day_from_civil (i / 12, i % 12 + 1, 1);

      if (first > to_day)
        return;
      add_tick (self, first);
    }
}

static int
count_months (gint32 from_day, gint32 to_day, int months)
{
  int from_year, from_month, to_year, to_month, day;

  sobre_day_to_civil (from_day - 1, &from_year, &from_month, &day);
  sobre_day_to_civil (to_day, &to_year, &to_month, &day);
  return (to_year * 12 + to_month - 1) / months - (from_year * 12 + from_month - 1) / months;
}

SobreScale
sobre_scale_make_days (gint32 from_day, gint32 to_day)
{
  const int months[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000 };
  SobreScale self = { .kind = SOBRE_SCALE_DAYS, .min = from_day, .max = MAX (to_day, from_day) };
  gint32 n_days;

  to_day = MAX (to_day, from_day);
  n_days = to_day - from_day + 1;
  if (n_days <= 3 * SOBRE_SCALE_MAX_TICKS)
    {
      self.step = (n_days + SOBRE_SCALE_MAX_TICKS - 1) / SOBRE_SCALE_MAX_TICKS;
      for (gint32 day = from_day; day <= to_day; day += (gint32) self.step)
        add_tick (&self, day);
    }
  else if (n_days <= DAYS_OF_FORTNIGHTS)
    {
      self.step = n_days <= DAYS_OF_MONDAYS ? 7 : 14;
      for (gint32 day = from_day + (7 - sobre_day_get_weekday (from_day)) % 7; day <= to_day; day += (gint32) self.step)
        add_tick (&self, day);
    }
  else
    {
      guint i = 0;

      while (i + 1 < G_N_ELEMENTS (months) && count_months (from_day, to_day, months[i]) > SOBRE_SCALE_MAX_TICKS)
        i++;
      add_months (&self, from_day, to_day, months[i]);
    }
  if (from_day == to_day)
    {
      self.min -= 0.5; /* a single day lies in the middle */
      self.max += 0.5;
    }
  return self;
}

double
sobre_scale_map (const SobreScale *self, double value)
{
  return (value - self->min) / (self->max - self->min);
}

static char *
format_day_tick (const SobreScale *self, guint tick)
{
  gint32 day = (gint32) self->ticks[tick];
  int year, month, date;

  if (self->step > 0)
    return sobre_format_day (day, FALSE);
  sobre_day_to_civil (day, &year, &month, &date);
  if (self->n_ticks > 1 && self->ticks[1] - self->ticks[0] > 360)
    return g_strdup_printf ("%d", year);
  return sobre_format_month (day);
}

char *
sobre_scale_format_tick (const SobreScale *self, guint tick)
{
  guint decimals = 0;

  g_return_val_if_fail (tick < self->n_ticks, NULL);

  if (self->kind == SOBRE_SCALE_DAYS)
    return format_day_tick (self, tick);
  while (decimals < 9 && fabs (self->step * pow (10, decimals) - round (self->step * pow (10, decimals))) > 1e-6)
    decimals++;
  return sobre_format_number (self->ticks[tick], decimals);
}
