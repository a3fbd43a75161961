/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

/** Puts the title of the column at @position over the right end of its numbers. */
void sobre_column_view_align_title (GtkColumnView *view, guint position);
