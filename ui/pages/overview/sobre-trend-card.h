/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/sobre-chart-card.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_TREND_CARD (sobre_trend_card_get_type ())

/** SobreTrendCard: the score by day on a card, with a way to the notes in it. Property: "as-table" (boolean). */
G_DECLARE_FINAL_TYPE (SobreTrendCard, sobre_trend_card, SOBRE, TREND_CARD, GtkWidget)

void sobre_trend_card_set_drawing (SobreTrendCard *self, SobreDrawing *drawing);
SobreChart *sobre_trend_card_get_chart (SobreTrendCard *self);

G_END_DECLS
