/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/sobre-chart.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CHART_CARD (sobre_chart_card_get_type ())

/**
 * SobreChartCard:
 *
 * A chart on a card of its own, with a switch that shows the same figures as a table. Properties: "drawing" (SobreDrawing,
 * nullable), "as-table" (boolean).
 */
G_DECLARE_FINAL_TYPE (SobreChartCard, sobre_chart_card, SOBRE, CHART_CARD, GtkWidget)

void sobre_chart_card_set_drawing (SobreChartCard *self, SobreDrawing *drawing);
SobreChart *sobre_chart_card_get_chart (SobreChartCard *self);

G_END_DECLS
