/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * SobreSeries:
 * @name: what it is of, translated
 * @n_points: of them
 * @x: (array length=n_points): ascending
 * @y: (array length=n_points): NaN where there is a gap: a closed day, no answers
 * @counts: (array length=n_points): answers behind each point
 *
 * Points to draw. Immutable; layers share it.
 */
typedef struct
{
  char *name;
  guint n_points;
  double *x;
  double *y;
  gint64 *counts;
  gatomicrefcount ref_count;
} SobreSeries;

/** sobre_series_new: Returns: (transfer full): a series of gaps without answers at 0; fill its arrays before sharing it */
SobreSeries *sobre_series_new (const char *name, guint n_points);
SobreSeries *sobre_series_ref (SobreSeries *self);
void sobre_series_unref (SobreSeries *self);

/** The least and the greatest of @y, gaps left out; %FALSE when there are only gaps. */
gboolean sobre_series_get_range (const SobreSeries *self, double *low, double *high);

/** The index of the point nearest to @x that is no gap; -1 for none. */
int sobre_series_find_nearest (const SobreSeries *self, double x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSeries, sobre_series_unref)
