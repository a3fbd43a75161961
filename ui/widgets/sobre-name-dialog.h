/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * sobre_name_dialog_ask:
 * @heading: "New Dish"
 * @label: of the field
 * @verb: of the button, with its mnemonic: "_Add"
 *
 * Returns: (transfer full): a future of what was typed, without blanks around it and never empty; rejects with %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_name_dialog_ask (GtkWidget *parent, const char *heading, const char *label, const char *verb);

G_END_DECLS
