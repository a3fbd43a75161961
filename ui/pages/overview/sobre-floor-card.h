/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/sobre-session.h"
#include "widgets/sobre-chart-card.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FLOOR_CARD (sobre_floor_card_get_type ())

/**
 * SobreFloorCard: the tables, on their floor where their places are known. A click on a table, or Enter on the one that the arrow keys
 * chose, narrows the "session"'s filter to it; a second one widens it again. Properties: "session" (SobreSession), "as-table" (boolean).
 */
G_DECLARE_FINAL_TYPE (SobreFloorCard, sobre_floor_card, SOBRE, FLOOR_CARD, GtkWidget)

/** @drawing: a floor plan or a ranking · @filter: of the figures that it is made of */
void sobre_floor_card_set_drawing (SobreFloorCard *self, SobreDrawing *drawing, const SobreFilter *filter);
SobreChart *sobre_floor_card_get_chart (SobreFloorCard *self);

G_END_DECLS
