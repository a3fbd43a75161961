/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-lexer.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  SobreSqlPosition position;
  SobreSqlArena *arena;
  GArray *tokens;
  GError **error;
} Lexer;

static gboolean
fail (Lexer *lexer, SobreSqlPosition position, const char *message)
{
  return sobre_query_error_set (lexer->error, SOBRE_QUERY_ERROR_SYNTAX, position, "%s", message);
}

static char
peek (const Lexer *lexer, gsize ahead)
{
  return (gsize) (lexer->end - lexer->at) > ahead ? lexer->at[ahead] : '\0';
}

/* Steps over @n bytes; a column is a character, so continuation bytes of UTF-8 do not count. */
static void
step (Lexer *lexer, gsize n)
{
  for (; n > 0; n--, lexer->at++)
    {
      if (*lexer->at == '\n')
        lexer->position = (SobreSqlPosition) { lexer->position.line + 1, 1 };
      else if (((guchar) *lexer->at & 0xc0) != 0x80)
        lexer->position.column++;
    }
}

static gboolean
is_word_start (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static char *
copy_lower (Lexer *lexer, const char *text, gsize length)
{
  char *copy = sobre_sql_arena_string (lexer->arena, text, length);

  for (gsize i = 0; i < length; i++)
    copy[i] = g_ascii_tolower (copy[i]);
  return copy;
}

static void
add_token (Lexer *lexer, SobreSqlTokenKind kind, SobreSqlPosition position, const char *text, gsize length)
{
  SobreSqlToken token = { kind, text, length, position, text };

  g_array_append_val (lexer->tokens, token);
}

/* A name: small and capital letters are the same, but a result's columns are called what was written. */
static void
add_name (Lexer *lexer, SobreSqlTokenKind kind, SobreSqlPosition position, const char *text, gsize length)
{
  const char *spelled = sobre_sql_arena_string (lexer->arena, text, length);
  SobreSqlToken token = { kind, copy_lower (lexer, text, length), length, position, spelled };

  g_array_append_val (lexer->tokens, token);
}

/* Skips blanks, "-- …" and one level of C comments. */
static gboolean
skip_blanks (Lexer *lexer)
{
  while (lexer->at < lexer->end)
    {
      if (g_ascii_isspace (*lexer->at))
        step (lexer, 1);
      else if (peek (lexer, 0) == '-' && peek (lexer, 1) == '-')
        {
          while (lexer->at < lexer->end && *lexer->at != '\n')
            step (lexer, 1);
        }
      else if (peek (lexer, 0) == '/' && peek (lexer, 1) == '*')
        {
          SobreSqlPosition start = lexer->position;

          step (lexer, 2);
          while (lexer->at < lexer->end && !(peek (lexer, 0) == '*' && peek (lexer, 1) == '/'))
            step (lexer, 1);
          if (lexer->at == lexer->end)
            return fail (lexer, start, "a comment is not closed: */ is missing");
          step (lexer, 2);
        }
      else
        break;
    }
  return TRUE;
}

static gboolean
read_quoted (Lexer *lexer, char quote)
{
  SobreSqlPosition start = lexer->position;
  GString *text = g_string_new (NULL);
  gboolean is_empty;

  step (lexer, 1);
  while (lexer->at < lexer->end && (*lexer->at != quote || peek (lexer, 1) == quote))
    {
      g_string_append_c (text, *lexer->at);
      step (lexer, *lexer->at == quote ? 2 : 1);
    }
  is_empty = text->len == 0;
  if (quote == '"')
    add_name (lexer, SOBRE_SQL_TOKEN_QUOTED, start, text->str, text->len);
  else
    add_token (lexer, SOBRE_SQL_TOKEN_STRING, start, sobre_sql_arena_string (lexer->arena, text->str, text->len), text->len);
  g_string_free (text, TRUE);
  if (lexer->at == lexer->end)
    return fail (lexer, start, quote == '"' ? "a name is not closed: \" is missing" : "a text is not closed: ' is missing");
  step (lexer, 1);
  if (quote == '"' && is_empty)
    return fail (lexer, start, "a name in double quotes is empty");
  return TRUE;
}

static void
step_digits (Lexer *lexer)
{
  while (g_ascii_isdigit (peek (lexer, 0)))
    step (lexer, 1);
}

static gboolean
read_number (Lexer *lexer)
{
  SobreSqlPosition start = lexer->position;
  const char *from = lexer->at;
  SobreSqlTokenKind kind = SOBRE_SQL_TOKEN_INTEGER;

  step_digits (lexer);
  if (peek (lexer, 0) == '.')
    {
      kind = SOBRE_SQL_TOKEN_DECIMAL;
      step (lexer, 1);
      step_digits (lexer);
    }
  if (peek (lexer, 0) == 'e' || peek (lexer, 0) == 'E')
    {
      gsize sign = peek (lexer, 1) == '+' || peek (lexer, 1) == '-' ? 1 : 0;

      if (!g_ascii_isdigit (peek (lexer, 1 + sign)))
        return fail (lexer, start, "a number's exponent has no digits");
      kind = SOBRE_SQL_TOKEN_DOUBLE;
      step (lexer, 1 + sign);
      step_digits (lexer);
    }
  if (is_word (peek (lexer, 0)))
    return fail (lexer, start, "a name begins with a digit, or a number ends in letters");
  add_token (lexer, kind, start, sobre_sql_arena_string (lexer->arena, from, (gsize) (lexer->at - from)),
             (gsize) (lexer->at - from));
  return TRUE;
}

static gboolean
read_word (Lexer *lexer, SobreSqlTokenKind kind)
{
  SobreSqlPosition start = lexer->position;
  const char *from;

  if (kind == SOBRE_SQL_TOKEN_PARAMETER)
    step (lexer, 1);
  from = lexer->at;
  while (is_word (peek (lexer, 0)))
    step (lexer, 1);
  add_name (lexer, kind, start, from, (gsize) (lexer->at - from));
  if (peek (lexer, 0) == '\'' && lexer->at - from == 1 && (*from == 'x' || *from == 'X'))
    return sobre_query_error_set (lexer->error, SOBRE_QUERY_ERROR_UNSUPPORTED, start,
                                  "X'…' (varbinary) is not available offline yet");
  if (peek (lexer, 0) == '&' && lexer->at - from == 1 && (*from == 'u' || *from == 'U'))
    return sobre_query_error_set (lexer->error, SOBRE_QUERY_ERROR_UNSUPPORTED, start,
                                  "U&'…' (escaped text) is not available offline yet");
  return TRUE;
}

static gboolean
read_symbol (Lexer *lexer)
{
  static const char *const symbols[] = {
    "<>", "!=", "<=", ">=", "||", "->", "=>", "(", ")", ",", ".", ";", "*",
    "+",  "-",  "/",  "%",  "=",  "<",  ">",  "?", "[", "]", "{", "}", "|",
  };
  SobreSqlPosition start = lexer->position;

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      gsize length = strlen (symbols[i]);

      if ((gsize) (lexer->end - lexer->at) < length || memcmp (lexer->at, symbols[i], length) != 0)
        continue;
      add_token (lexer, SOBRE_SQL_TOKEN_SYMBOL, start, symbols[i][0] == '!' ? "<>" : symbols[i], length);
      step (lexer, length);
      return TRUE;
    }
  if (*lexer->at == '`')
    return fail (lexer, start, "names are quoted with \"…\", not with `…`");
  if ((guchar) *lexer->at >= 0x80)
    return fail (lexer, start, "letters other than a–z, digits and _ need double quotes around the name");
  return sobre_query_error_set (lexer->error, SOBRE_QUERY_ERROR_SYNTAX, start, "\"%c\" means nothing here", *lexer->at);
}

static gboolean
read_token (Lexer *lexer)
{
  char c = *lexer->at;

  if (is_word_start (c))
    return read_word (lexer, SOBRE_SQL_TOKEN_WORD);
  if (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (peek (lexer, 1))))
    return read_number (lexer);
  if (c == '\'' || c == '"')
    return read_quoted (lexer, c);
  if (c == ':' && is_word_start (peek (lexer, 1)))
    return read_word (lexer, SOBRE_SQL_TOKEN_PARAMETER);
  return read_symbol (lexer);
}

static gboolean
check_text (Lexer *lexer, gsize length)
{
  if (length > SOBRE_SQL_MAX_LENGTH)
    return sobre_query_error_set (lexer->error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "the query is longer than %d bytes",
                                  SOBRE_SQL_MAX_LENGTH);
  if (memchr (lexer->at, '\0', length) != NULL)
    return fail (lexer, SOBRE_SQL_NOWHERE, "the query holds a NUL byte");
  if (!g_utf8_validate_len (lexer->at, length, NULL))
    return fail (lexer, SOBRE_SQL_NOWHERE, "the query is not UTF-8");
  return TRUE;
}

GArray *
sobre_sql_tokenize (const char *sql, gsize length, SobreSqlArena *arena, GError **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (SobreSqlToken));
  Lexer lexer = { sql, sql + length, { 1, 1 }, arena, tokens, error };

  if (!check_text (&lexer, length))
    return NULL;
  while (TRUE)
    {
      if (!skip_blanks (&lexer))
        return NULL;
      if (lexer.at == lexer.end)
        break;
      if (!read_token (&lexer))
        return NULL;
    }
  add_token (&lexer, SOBRE_SQL_TOKEN_END, lexer.position, "", 0);
  return g_steal_pointer (&tokens);
}
