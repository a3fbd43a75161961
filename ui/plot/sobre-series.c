/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-series.h"

#include <math.h>

SobreSeries *
sobre_series_new (const char *name, guint n_points)
{
  SobreSeries *self = g_new0 (SobreSeries, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->n_points = n_points;
  self->x = g_new0 (double, n_points);
  self->y = g_new0 (double, n_points);
  self->counts = g_new0 (gint64, n_points);
  for (guint i = 0; i < n_points; i++)
    self->y[i] = NAN;
  return self;
}

SobreSeries *
sobre_series_ref (SobreSeries *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_series_unref (SobreSeries *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->x);
  g_free (self->y);
  g_free (self->counts);
  g_free (self);
}

gboolean
sobre_series_get_range (const SobreSeries *self, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < self->n_points; i++)
    if (isfinite (self->y[i]))
      {
        *low = MIN (*low, self->y[i]);
        *high = MAX (*high, self->y[i]);
      }
  return *low <= *high;
}

int
sobre_series_find_nearest (const SobreSeries *self, double x)
{
  int nearest = -1;

  for (guint i = 0; i < self->n_points; i++)
    if (isfinite (self->y[i]) && (nearest < 0 || fabs (self->x[i] - x) < fabs (self->x[nearest] - x)))
      nearest = (int) i;
  return nearest;
}
