/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CARDS_PAGE (sobre_cards_page_get_type ())

/**
 * SobreCardsPage:
 *
 * The floor's tables, the card of the chosen one as it will be printed, and the print. Properties: "session" (SobreSession,
 * nullable), "settings" (GSettings, nullable: paper and the printer's correction).
 */
G_DECLARE_FINAL_TYPE (SobreCardsPage, sobre_cards_page, SOBRE, CARDS_PAGE, AdwBin)

/**
 * sobre_cards_page_print:
 * @action: what the print operation does; a test exports instead of asking
 * @export_path: (nullable): where to, for %GTK_PRINT_OPERATION_ACTION_EXPORT
 *
 * Makes the cards of the selected tables, of all where none is selected, reads every code back, and prints them. Cards that do
 * not read back are refused with a dialog that names the table.
 *
 * Returns: (transfer full): a future of %TRUE once they are printed; rejects with %SOBRE_CARD_ERROR or %GTK_PRINT_ERROR
 */
DexFuture *sobre_cards_page_print (SobreCardsPage *self, GtkPrintOperationAction action, const char *export_path);

G_END_DECLS
