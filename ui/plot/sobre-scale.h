/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define SOBRE_SCALE_MAX_TICKS 6

/** SobreScaleKind: @SOBRE_SCALE_DAYS: values are days since the epoch */
typedef enum
{
  SOBRE_SCALE_LINEAR,
  SOBRE_SCALE_DAYS,
} SobreScaleKind;

/**
 * SobreScale:
 * @min: the value at 0
 * @max: the value at 1, more than @min
 * @ticks: (array length=n_ticks): round values within, ascending
 * @step: between ticks of a linear scale; in days for one of days under a month, else 0
 *
 * Where values lie along an axis, and the round ones worth a label. A value.
 */
typedef struct
{
  SobreScaleKind kind;
  double min;
  double max;
  double ticks[SOBRE_SCALE_MAX_TICKS];
  guint n_ticks;
  double step;
} SobreScale;

/** A scale that begins and ends at ticks, four to six of them, steps of 1, 2, 2.5 or 5 times a power of ten, around @low and @high. */
SobreScale sobre_scale_make_linear (double low, double high);

/** A scale of scores to 5 that begins at the whole score under @low, at 3 at most and at 1 at least. */
SobreScale sobre_scale_make_score (double low);

/** A scale from @from_day to @to_day; ticks at every, every second or third day, Mondays, firsts of months, quarters or years. */
SobreScale sobre_scale_make_days (gint32 from_day, gint32 to_day);

/** Where @value lies, 0 at min and 1 at max; outside it goes on. */
double sobre_scale_map (const SobreScale *self, double value);

/** The tick's label: no more decimals than the step needs; days as "16 Nov", months as "Nov 2026", years as "2026". */
char *sobre_scale_format_tick (const SobreScale *self, guint tick);
