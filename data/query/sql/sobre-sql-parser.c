/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* The parser's tokens, and the statement as a whole. The grammar is in sobre-sql-parse-query.c (clauses), sobre-sql-parse-relation.c
 * (FROM), sobre-sql-parse-expression.c, -word.c and -call.c.
 *
 * What Trino has beyond it is recognised where it would stand and refused by name, so that nothing is ever read as something else. */

static const char *const reserved_words[] = {
  "alter",        "and",
  "as",           "between",
  "by",           "case",
  "cast",         "constraint",
  "create",       "cross",
  "cube",         "current_catalog",
  "current_date", "current_path",
  "current_role", "current_schema",
  "current_time", "current_timestamp",
  "current_user", "deallocate",
  "delete",       "describe",
  "distinct",     "drop",
  "else",         "end",
  "escape",       "except",
  "execute",      "exists",
  "extract",      "false",
  "for",          "from",
  "full",         "group",
  "grouping",     "having",
  "in",           "inner",
  "insert",       "intersect",
  "into",         "is",
  "join",         "json_array",
  "json_exists",  "json_object",
  "json_query",   "json_table",
  "json_value",   "left",
  "like",         "listagg",
  "localtime",    "localtimestamp",
  "natural",      "normalize",
  "not",          "null",
  "on",           "or",
  "order",        "outer",
  "prepare",      "recursive",
  "right",        "rollup",
  "select",       "skip",
  "table",        "then",
  "trim",         "true",
  "uescape",      "union",
  "unnest",       "using",
  "values",       "when",
  "where",        "with",
};

/* Statements other than a query, as Trino and Athena know them. */
static const char *const refused_statements[] = {
  "insert", "update",   "delete",   "merge",   "create",  "drop",    "alter", "truncate", "grant",   "revoke",  "deny",
  "show",   "describe", "desc",     "explain", "use",     "set",     "reset", "call",     "execute", "prepare", "deallocate",
  "start",  "commit",   "rollback", "analyze", "comment", "refresh", "table", "unload",   "msck",    "vacuum",  "optimize",
};

gboolean
sobre_sql_word_is_reserved (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (reserved_words); i++)
    if (g_str_equal (reserved_words[i], word))
      return TRUE;
  return FALSE;
}

static const SobreSqlToken *
get_token (const SobreSqlParser *self, guint ahead)
{
  const SobreSqlToken *token = self->token;

  for (; ahead > 0 && token->kind != SOBRE_SQL_TOKEN_END; ahead--)
    token++;
  return token;
}

gboolean
sobre_sql_parser_is_word (const SobreSqlParser *self, guint ahead, const char *word)
{
  const SobreSqlToken *token = get_token (self, ahead);

  return token->kind == SOBRE_SQL_TOKEN_WORD && g_str_equal (token->text, word);
}

gboolean
sobre_sql_parser_is_symbol (const SobreSqlParser *self, guint ahead, const char *symbol)
{
  const SobreSqlToken *token = get_token (self, ahead);

  return token->kind == SOBRE_SQL_TOKEN_SYMBOL && g_str_equal (token->text, symbol);
}

gboolean
sobre_sql_parser_take_word (SobreSqlParser *self, const char *word)
{
  gboolean found = sobre_sql_parser_is_word (self, 0, word);

  self->token += found;
  return found;
}

gboolean
sobre_sql_parser_take_symbol (SobreSqlParser *self, const char *symbol)
{
  gboolean found = sobre_sql_parser_is_symbol (self, 0, symbol);

  self->token += found;
  return found;
}

gboolean
sobre_sql_parser_fail_expected (SobreSqlParser *self, const char *what)
{
  const SobreSqlToken *token = self->token;

  if (token->kind == SOBRE_SQL_TOKEN_END)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, token->position,
                                  "%s expected, but the query ends here", what);
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, token->position, "%s expected, found \"%.60s\"", what,
                                token->text);
}

gboolean
sobre_sql_parser_refuse (SobreSqlParser *self, SobreSqlPosition position, const char *what)
{
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, position, "%s is not available offline yet", what);
}

gboolean
sobre_sql_parser_expect_word (SobreSqlParser *self, const char *word)
{
  g_autofree char *upper = NULL;

  if (sobre_sql_parser_take_word (self, word))
    return TRUE;
  upper = g_ascii_strup (word, -1);
  return sobre_sql_parser_fail_expected (self, upper);
}

gboolean
sobre_sql_parser_expect_symbol (SobreSqlParser *self, const char *symbol)
{
  g_autofree char *quoted = NULL;

  if (sobre_sql_parser_take_symbol (self, symbol))
    return TRUE;
  quoted = g_strdup_printf ("\"%s\"", symbol);
  return sobre_sql_parser_fail_expected (self, quoted);
}

const char *
sobre_sql_parser_take_name (SobreSqlParser *self, const char *what)
{
  const SobreSqlToken *token = self->token;

  if (token->kind == SOBRE_SQL_TOKEN_QUOTED ||
      (token->kind == SOBRE_SQL_TOKEN_WORD && !sobre_sql_word_is_reserved (token->text)))
    {
      self->token++;
      return token->text;
    }
  sobre_sql_parser_fail_expected (self, what);
  return NULL;
}

gboolean
sobre_sql_parser_take_alias (SobreSqlParser *self, const char **alias)
{
  static const char *const clauses[] = { "limit", "offset", "fetch", "window", "tablesample", "match_recognize" };

  *alias = NULL;
  if (sobre_sql_parser_take_word (self, "as"))
    {
      *alias = sobre_sql_parser_take_name (self, "an alias");
      return *alias != NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (clauses); i++)
    if (sobre_sql_parser_is_word (self, 0, clauses[i]))
      return TRUE;
  if (self->token->kind == SOBRE_SQL_TOKEN_QUOTED ||
      (self->token->kind == SOBRE_SQL_TOKEN_WORD && !sobre_sql_word_is_reserved (self->token->text)))
    *alias = sobre_sql_parser_take_name (self, "an alias");
  return TRUE;
}

gboolean
sobre_sql_parse_names (SobreSqlParser *self, SobreSqlNames *names, const char *what)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  if (!sobre_sql_parser_expect_symbol (self, "("))
    return FALSE;
  do
    {
      const char *name = sobre_sql_parser_take_name (self, what);

      if (name == NULL)
        return FALSE;
      if (list->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d columns",
                                      SOBRE_SQL_MAX_COLUMNS);
      g_ptr_array_add (list, (gpointer) self->token[-1].spelled);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  names->n = list->len;
  names->names = sobre_sql_arena_copy (self->arena, list->pdata, list->len * sizeof (char *));
  return sobre_sql_parser_expect_symbol (self, ")");
}

gboolean
sobre_sql_parser_enter (SobreSqlParser *self)
{
  if (++self->depth <= SOBRE_SQL_MAX_DEPTH)
    return TRUE;
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position,
                                "the expression is more than %d levels deep", SOBRE_SQL_MAX_DEPTH);
}

void
sobre_sql_parser_leave (SobreSqlParser *self)
{
  self->depth--;
}

static gboolean
refuse_statement (SobreSqlParser *self)
{
  const SobreSqlToken *token = self->token;

  for (guint i = 0; token->kind == SOBRE_SQL_TOKEN_WORD && i < G_N_ELEMENTS (refused_statements); i++)
    if (g_str_equal (token->text, refused_statements[i]))
      {
        g_autofree char *upper = g_ascii_strup (token->text, -1);

        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, token->position,
                                      "%s is not available: a query only reads, and begins with SELECT", upper);
      }
  return TRUE;
}

const SobreSqlSelect *
sobre_sql_parse (const char *sql, gsize length, SobreSqlArena *arena, GError **error)
{
  g_autoptr (GArray) tokens = sobre_sql_tokenize (sql, length, arena, error);
  SobreSqlParser self = { .arena = arena, .error = error };
  SobreSqlSelect *select;

  if (tokens == NULL)
    return NULL;
  self.token = &g_array_index (tokens, SobreSqlToken, 0);
  if (!refuse_statement (&self))
    return NULL;
  select = sobre_sql_parse_query (&self);
  if (select == NULL)
    return NULL;
  if (sobre_sql_parser_take_symbol (&self, ";") && self.token->kind != SOBRE_SQL_TOKEN_END)
    {
      sobre_sql_parser_refuse (&self, self.token->position, "a second statement");
      return NULL;
    }
  if (self.token->kind != SOBRE_SQL_TOKEN_END)
    {
      sobre_sql_parser_fail_expected (&self, "the end of the query");
      return NULL;
    }
  select->tables = self.tables;
  return select;
}
