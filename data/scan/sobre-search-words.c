/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-search-words.h"

#include <string.h>

#include "cache/sobre-cache-db.h"

/* The tokenizer of the table `comment`. */
#define TOKENIZER "unicode61"

/** Words: @match: grows by a quoted word each. */
typedef struct
{
  const char *text;
  GString *match;
} Words;

/* Returns: (transfer none) (nullable): as sqlite.org/fts5.html, section 7, says that it is found */
static fts5_api *
find_api (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sobre_cache_db_prepare (db, "SELECT fts5 (?)", error);
  fts5_api *api = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  if (sqlite3_step (statement) != SQLITE_ROW || api == NULL)
    {
      sobre_cache_db_set_error (db, error);
      return NULL;
    }
  return api;
}

/* The word as it was typed: what the tokenizer folds it to is the index's business. A word has no quote in it. */
static int
take_word_cb (void *data, int flags, const char *token, int n_token, int begin, int end)
{
  Words *words = data;

  g_string_append (words->match, words->match->len > 0 ? " AND \"" : "\"");
  g_string_append_len (words->match, words->text + begin, end - begin);
  g_string_append_c (words->match, '"');
  return SQLITE_OK;
}

char *
sobre_search_words_parse (sqlite3 *db, const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) match = g_string_new (NULL);
  Words words = { valid, match };
  fts5_api *api = find_api (db, error);
  fts5_tokenizer tokenizer;
  Fts5Tokenizer *instance = NULL;
  void *user_data;

  if (api == NULL)
    return NULL;
  if (api->xFindTokenizer (api, TOKENIZER, &user_data, &tokenizer) != SQLITE_OK ||
      tokenizer.xCreate (user_data, NULL, 0, &instance) != SQLITE_OK)
    {
      sobre_cache_db_set_error (db, error);
      return NULL;
    }
  tokenizer.xTokenize (instance, &words, FTS5_TOKENIZE_QUERY, valid, (int) strlen (valid), take_word_cb);
  tokenizer.xDelete (instance);
  if (match->len == 0)
    return NULL;
  g_string_append (match, " *");
  return g_string_free (g_steal_pointer (&match), FALSE);
}
