/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include <glib.h>

/**
 * sobre_search_words_parse:
 * @db: a connection to a cache
 * @text: what somebody typed
 *
 * Cuts @text into words with the very tokenizer that cut the comments, so that each is one word of the index whatever its script.
 *
 * Returns: (transfer full) (nullable): an expression for MATCH that wants every word, the last one perhaps only begun; %NULL when there is
 *   no word in it, and with %SOBRE_CACHE_ERROR
 */
char *sobre_search_words_parse (sqlite3 *db, const char *text, GError **error);
