/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "pages/menu/sobre-menu-line.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_MENU_LINE_ROW (sobre_menu_line_row_get_type ())

/**
 * SobreMenuLineRow:
 *
 * A SobreMenuLine in the list. What it offers are actions of the panel around it, with the line's path, or of "menu.mark" its item.
 * Properties: "line" (SobreMenuLine, nullable), "busy" (boolean: something is being marked, so nothing else can be).
 */
G_DECLARE_FINAL_TYPE (SobreMenuLineRow, sobre_menu_line_row, SOBRE, MENU_LINE_ROW, AdwBin)

G_END_DECLS
