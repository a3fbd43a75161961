/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"
#include "sobre-series.h"

G_BEGIN_DECLS

/**
 * SobreTileFigures:
 * @label: what the number is, translated
 * @value: the number, formatted
 * @interval: (nullable): how sure it is: "± 0.08"
 * @change: (nullable): from the period before, formatted with its sign
 * @sense: 1 when the change is for the better, -1 for the worse, 0 for neither
 * @detail: what stands beside the change: "n = 412"
 * @few: whether so few answers are behind it that it is shown grey
 * @spark: (nullable): the last weeks
 */
typedef struct
{
  const char *label;
  const char *value;
  const char *interval;
  const char *change;
  int sense;
  const char *detail;
  gboolean few;
  SobreSeries *spark;
} SobreTileFigures;

#define SOBRE_TYPE_TILE (sobre_tile_get_type ())

/** SobreTile: one number with its change and its last weeks. */
G_DECLARE_FINAL_TYPE (SobreTile, sobre_tile, SOBRE, TILE, SobreDrawing)

/** sobre_tile_new: @figures: copied. Returns: (transfer full) */
SobreTile *sobre_tile_new (const SobreTileFigures *figures);

G_END_DECLS
