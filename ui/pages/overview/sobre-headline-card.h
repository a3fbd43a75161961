/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "pages/overview/sobre-headline.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_HEADLINE_CARD (sobre_headline_card_get_type ())

/**
 * SobreHeadlineCard: what matters, in one sentence, and beside it what it rests on: an hour or a table that is named is a button which
 * shows its answers, by the actions "overview.show-hour" and "overview.show-table" of the page around. Property: "stacked" (boolean: the
 * evidence stands in lines of its own, not beside each other).
 */
G_DECLARE_FINAL_TYPE (SobreHeadlineCard, sobre_headline_card, SOBRE, HEADLINE_CARD, GtkWidget)

void sobre_headline_card_show (SobreHeadlineCard *self, const SobreHeadline *headline);

G_END_DECLS
