/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scan/sobre-figures.h"
#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_HEAT_MAP (sobre_heat_map_get_type ())

/** SobreHeatMap: mean score by weekday and hour, coloured around the usual score. */
G_DECLARE_FINAL_TYPE (SobreHeatMap, sobre_heat_map, SOBRE, HEAT_MAP, SobreDrawing)

/**
 * sobre_heat_map_new:
 * @cells: by weekday (Monday first) and local hour; copied
 * @first_hour: at which the service day begins, 0–23: the hours after midnight stand behind the evening's
 * @usual: the score in the middle of the colours
 *
 * Returns: (transfer full)
 */
SobreHeatMap *sobre_heat_map_new (const SobreCellFigures cells[7][24], guint first_hour, double usual);

G_END_DECLS
