/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/sobre-session.h"
#include "widgets/sobre-chart-card.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_HEAT_CARD (sobre_heat_card_get_type ())

/**
 * SobreHeatCard: the hour by weekday map. A click on an hour, or Enter on the one that the arrow keys chose, narrows the "session"'s
 * filter to it; a second one widens it again. Properties: "session" (SobreSession), "as-table" (boolean).
 */
G_DECLARE_FINAL_TYPE (SobreHeatCard, sobre_heat_card, SOBRE, HEAT_CARD, GtkWidget)

/** @filter: of the figures that @drawing is made of */
void sobre_heat_card_set_drawing (SobreHeatCard *self, SobreDrawing *drawing, const SobreFilter *filter);
SobreChart *sobre_heat_card_get_chart (SobreHeatCard *self);

G_END_DECLS
