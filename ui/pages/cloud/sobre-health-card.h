/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stack/sobre-health.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_HEALTH_CARD (sobre_health_card_get_type ())

/** SobreHealthCard: one stage of an answer's way through AWS: its state as a picture, a word and a colour, when it last did what it is for, and why. */
G_DECLARE_FINAL_TYPE (SobreHealthCard, sobre_health_card, SOBRE, HEALTH_CARD, AdwBin)

/** sobre_health_card_new: @last: (nullable): when it last did what it is for, for a reader. Returns: (transfer floating) */
GtkWidget *sobre_health_card_new (SobreHealthStage stage, const SobreHealthReport *report, const char *last);

G_END_DECLS
