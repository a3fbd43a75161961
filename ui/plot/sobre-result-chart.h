/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-saved-query.h"
#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_RESULT_CHART_MAX_BARS 40
#define SOBRE_RESULT_CHART_MAX_POINTS 2000

#define SOBRE_TYPE_RESULT_CHART (sobre_result_chart_get_type ())

/**
 * SobreResultChart:
 *
 * A query's result as a picture: a bar a row, lying, or a line through the rows in their order. Rows are what the first column chosen
 * says, however many of them there are room for; the others are named as left out.
 */
G_DECLARE_FINAL_TYPE (SobreResultChart, sobre_result_chart, SOBRE, RESULT_CHART, SobreDrawing)

/**
 * sobre_result_chart_new:
 * @table: kept by no one afterwards
 * @kind: SOBRE_CHART_BAR or SOBRE_CHART_LINE
 * @x: name of the column that says what a row is of
 * @y: name of the column with its figure
 *
 * Returns: (transfer full) (nullable): %NULL where the result has no such columns, or @y holds no numbers
 */
SobreResultChart *sobre_result_chart_new (SobreResultTable *table, SobreChartKind kind, const char *x, const char *y);

G_END_DECLS
