/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_OVERVIEW_PAGE (sobre_overview_page_get_type ())

/**
 * SobreOverviewPage:
 *
 * The dashboard: what matters in a sentence, four numbers, the pictures that explain them, people's words. Properties: "session"
 * (SobreSession, nullable), "as-table" (boolean: every picture shown as a table).
 */
G_DECLARE_FINAL_TYPE (SobreOverviewPage, sobre_overview_page, SOBRE, OVERVIEW_PAGE, AdwBin)

/** Puts the keyboard into the search of comments. */
void sobre_overview_page_start_search (SobreOverviewPage *self);

/** sobre_overview_page_search: @text: words that are searched for at once */
void sobre_overview_page_search (SobreOverviewPage *self, const char *text);

G_END_DECLS
