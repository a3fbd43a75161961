/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_PAGE_ROW (sobre_page_row_get_type ())

/** SobrePageRow: a page in the sidebar. Properties: "page" (string, its name), "label" (string), "icon-name" (string). */
G_DECLARE_FINAL_TYPE (SobrePageRow, sobre_page_row, SOBRE, PAGE_ROW, GtkListBoxRow)

const char *sobre_page_row_get_page (SobrePageRow *self);
const char *sobre_page_row_get_label (SobrePageRow *self);

G_END_DECLS
