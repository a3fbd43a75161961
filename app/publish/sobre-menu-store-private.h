/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-menu-store.h"

/* What stands in the store's files. Nothing of it is believed before it has the form that a writer gives it. */

/** Whether @name is what a document is called: no path, nothing that leads elsewhere. */
gboolean sobre_menu_is_document_name (const char *name);

/** sobre_menu_pointer_parse: Returns: (transfer full) (nullable): %NULL with %SOBRE_MENU_ERROR_DAMAGED */
SobreMenuPointer *sobre_menu_pointer_parse (const char *json, gsize length, GError **error);
GBytes *sobre_menu_pointer_format (const SobreMenuPointer *self);

/** sobre_menu_entry_parse: @line: without its end. Returns: (transfer full) (nullable): %NULL when it is none */
SobreMenuEntry *sobre_menu_entry_parse (const char *line, gsize length);

/** sobre_menu_entry_format: Returns: (transfer full): the line with its end */
GBytes *sobre_menu_entry_format (const SobreMenuEntry *self);

/**
 * sobre_menu_list_sold_out:
 * @pointer: (nullable): what guests see until now
 *
 * Returns: (transfer full): what is sold out when @menu takes its place, in order: what was and is still on it, and what it says itself
 */
char **sobre_menu_list_sold_out (const SobreMenuPointer *pointer, SobreMenu *menu);

/** sobre_menu_sort_texts: Returns: (transfer full): the members of @set, which is empty then, in order */
char **sobre_menu_sort_texts (GHashTable *set);
