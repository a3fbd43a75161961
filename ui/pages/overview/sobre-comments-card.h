/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/sobre-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_COMMENTS_CARD (sobre_comments_card_get_type ())

/** SobreCommentsCard: what guests wrote, within the filter of its "session", and a search over it. */
G_DECLARE_FINAL_TYPE (SobreCommentsCard, sobre_comments_card, SOBRE, COMMENTS_CARD, GtkWidget)

/** Opens the search and puts the keyboard into it. */
void sobre_comments_card_start_search (SobreCommentsCard *self);

/** sobre_comments_card_search: opens the search with @text in it */
void sobre_comments_card_search (SobreCommentsCard *self, const char *text);

G_END_DECLS
