/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/** sobre_sql_words_attach: completes what is typed in @view with the names of tables, columns, functions, and words that the text has already */
void sobre_sql_words_attach (GtkSourceView *view);

/** sobre_sql_words_colour: the words of SQL in the colours of the desktop, which may change */
void sobre_sql_words_colour (GtkSourceBuffer *buffer);

G_END_DECLS
