/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cards/sobre-cards-page.h"
#include "pages/cards/sobre-table-row.h"
#include "session/sobre-card-desk.h"
#include "widgets/sobre-card-preview.h"

G_BEGIN_DECLS

struct _SobreCardsPage
{
  AdwBin parent_instance;

  AdwBanner *banner;
  GtkButton *print_button;
  GtkStack *stack;
  GtkColumnView *list;
  GtkColumnViewColumn *table_column;
  GtkColumnViewColumn *store_column;
  GtkColumnViewColumn *zone_column;
  SobreCardPreview *preview;
  GtkLabel *size_label;
  GtkLabel *address_label;
  AdwToggleGroup *paper_group;
  SobreSession *session;
  GSettings *settings;
  GListStore *rows;
  GtkMultiSelection *selection;
  DexFuture *previewing;
  DexFuture *loading_printed;
  char *printed;
  char *previewed_table;
};

/** The tables to print: the selected ones in the list's order, all when none is. (transfer full) */
GListModel *sobre_cards_page_list_tables (SobreCardsPage *self);

/** @base: kept by the caller as long as the result is used */
SobreCardSetup sobre_cards_page_get_setup (SobreCardsPage *self, const char *base);

/** Remembers that cards were printed for @base. */
void sobre_cards_page_set_printed (SobreCardsPage *self, const char *base);

/** Asks where to and writes the cards there. */
void sobre_cards_page_export (SobreCardsPage *self);

G_END_DECLS
