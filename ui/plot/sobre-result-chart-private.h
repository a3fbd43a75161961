/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing-private.h"
#include "sobre-result-chart.h"

/**
 * SobreResultPoints: what a chart of a result is drawn from.
 * @labels: (array length=n): what each row is of
 * @values: (array length=n): NaN for NULL
 * @n: rows on show
 * @n_left_out: rows that the result has beyond them
 * @decimals: that the figures are written with
 */
typedef struct
{
  char **labels;
  double *values;
  guint n;
  guint64 n_left_out;
  guint decimals;
} SobreResultPoints;

/** The figure of a row in words. (transfer full) */
char *sobre_result_points_format (const SobreResultPoints *self, guint row);

void sobre_result_bars_draw (const SobreResultPoints *self, SobreCanvas *canvas, double width, double top);
double sobre_result_bars_get_height (const SobreResultPoints *self);

/** The row at @y below the titles; -1 for none. */
int sobre_result_bars_hit_test (const SobreResultPoints *self, double y);

void sobre_result_line_draw (const SobreResultPoints *self, SobreCanvas *canvas, double width, double top, double height);
int sobre_result_line_hit_test (const SobreResultPoints *self, SobreCanvas *canvas, double width, double x);
