/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* The grammar of one query:
 *
 *   SELECT [DISTINCT | ALL] item {, item}
 *     [FROM table [[AS] alias]] [WHERE condition]
 *     [GROUP BY expression {, expression}] [HAVING condition]
 *     [ORDER BY expression [ASC | DESC] [NULLS {FIRST | LAST}] {, …}]
 *     [OFFSET n [ROW | ROWS]] [LIMIT {n | ALL}] [;]
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
  "insert",  "update",  "delete",  "merge",      "create", "drop",    "alter",    "truncate", "grant",
  "revoke",  "deny",    "show",    "describe",   "desc",   "explain", "use",      "set",      "reset",
  "call",    "execute", "prepare", "deallocate", "start",  "commit",  "rollback", "analyze",  "comment",
  "refresh", "table",   "values",  "unload",     "msck",   "vacuum",  "optimize",
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

/* [AS] alias: words that begin the next clause are no alias, although Trino does not reserve them. */
static gboolean
parse_alias (SobreSqlParser *self, const char **alias)
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

static gboolean
parse_item (SobreSqlParser *self, SobreSqlItem *item)
{
  SobreSqlPosition position = self->token->position;

  if (sobre_sql_parser_take_symbol (self, "*"))
    {
      item->node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_STAR, position, NULL);
      return TRUE;
    }
  item->node = sobre_sql_parse_expression (self);
  if (item->node == NULL)
    return FALSE;
  return item->node->kind == SOBRE_SQL_NODE_STAR || parse_alias (self, &item->alias);
}

static gboolean
parse_items (SobreSqlParser *self, SobreSqlSelect *select)
{
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (SobreSqlItem));

  do
    {
      SobreSqlItem item = { NULL, NULL };

      if (items->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d columns",
                                      SOBRE_SQL_MAX_COLUMNS);
      if (!parse_item (self, &item))
        return FALSE;
      g_array_append_val (items, item);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  select->n_items = items->len;
  select->items = sobre_sql_arena_new_array (self->arena, SobreSqlItem, items->len);
  memcpy (select->items, items->data, items->len * sizeof (SobreSqlItem));
  return TRUE;
}

/* What may stand behind a table in Trino. */
static gboolean
refuse_after_table (SobreSqlParser *self)
{
  static const struct
  {
    const char *word;
    const char *name;
  } forms[] = {
    { "join", "JOIN" },
    { "inner", "JOIN" },
    { "left", "LEFT JOIN" },
    { "right", "RIGHT JOIN" },
    { "full", "JOIN" },
    { "cross", "JOIN" },
    { "natural", "NATURAL JOIN" },
    { "tablesample", "TABLESAMPLE" },
    { "for", "FOR … AS OF" },
    { "match_recognize", "MATCH_RECOGNIZE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (sobre_sql_parser_is_word (self, 0, forms[i].word))
      return sobre_sql_parser_refuse (self, self->token->position, forms[i].name);
  if (sobre_sql_parser_is_symbol (self, 0, ","))
    return sobre_sql_parser_refuse (self, self->token->position, "a join of several tables in FROM");
  return TRUE;
}

static gboolean
parse_from (SobreSqlParser *self, SobreSqlSelect *select)
{
  SobreSqlRelation *relation = sobre_sql_arena_new_object (self->arena, SobreSqlRelation);
  static const char *const forms[] = { "unnest", "lateral", "values", "table", "json_table" };

  relation->position = self->token->position;
  if (sobre_sql_parser_is_symbol (self, 0, "("))
    return sobre_sql_parser_refuse (self, relation->position, "a sub-query");
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (sobre_sql_parser_is_word (self, 0, forms[i]))
      {
        g_autofree char *upper = g_ascii_strup (forms[i], -1);

        return sobre_sql_parser_refuse (self, relation->position, upper);
      }
  relation->name = sobre_sql_parser_take_name (self, "a table");
  if (relation->name == NULL)
    return FALSE;
  if (sobre_sql_parser_is_symbol (self, 0, "."))
    return sobre_sql_parser_refuse (self, relation->position, "a catalogue or schema before a table's name");
  if (sobre_sql_parser_is_symbol (self, 0, "("))
    return sobre_sql_parser_refuse (self, relation->position, "a table function");
  if (!refuse_after_table (self) || !parse_alias (self, &relation->alias))
    return FALSE;
  if (relation->alias != NULL && sobre_sql_parser_is_symbol (self, 0, "("))
    return sobre_sql_parser_refuse (self, self->token->position, "a list of column aliases");
  select->from = relation;
  return refuse_after_table (self);
}

static gboolean
parse_group_by (SobreSqlParser *self, SobreSqlSelect *select)
{
  static const char *const forms[] = { "rollup", "cube", "grouping", "all", "distinct", "auto" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (sobre_sql_parser_is_word (self, 0, forms[i]))
      {
        g_autofree char *upper = g_ascii_strup (forms[i], -1);
        g_autofree char *name = g_strconcat ("GROUP BY ", upper, NULL);

        return sobre_sql_parser_refuse (self, self->token->position, name);
      }
  if (sobre_sql_parser_is_symbol (self, 0, "(") && sobre_sql_parser_is_symbol (self, 1, ")"))
    return sobre_sql_parser_refuse (self, self->token->position, "GROUP BY ()");
  select->group_by = sobre_sql_parse_expressions (self, SOBRE_SQL_MAX_COLUMNS, &select->n_group_by);
  return select->group_by != NULL;
}

static gboolean
parse_order_key (SobreSqlParser *self, SobreSqlOrder *order)
{
  order->node = sobre_sql_parse_expression (self);
  if (order->node == NULL)
    return FALSE;
  order->descending = sobre_sql_parser_take_word (self, "desc");
  if (!order->descending)
    sobre_sql_parser_take_word (self, "asc");
  if (!sobre_sql_parser_take_word (self, "nulls"))
    return TRUE;
  order->nulls_first = sobre_sql_parser_take_word (self, "first");
  return order->nulls_first || sobre_sql_parser_expect_word (self, "last");
}

static gboolean
parse_order_by (SobreSqlParser *self, SobreSqlSelect *select)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (SobreSqlOrder));

  do
    {
      SobreSqlOrder key = { NULL, FALSE, FALSE };

      if (keys->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d sort keys",
                                      SOBRE_SQL_MAX_COLUMNS);
      if (!parse_order_key (self, &key))
        return FALSE;
      g_array_append_val (keys, key);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  select->n_order_by = keys->len;
  select->order_by = sobre_sql_arena_new_array (self->arena, SobreSqlOrder, keys->len);
  memcpy (select->order_by, keys->data, keys->len * sizeof (SobreSqlOrder));
  return TRUE;
}

static SobreSqlNode *
parse_count (SobreSqlParser *self)
{
  const SobreSqlToken *token = self->token;

  if (token->kind != SOBRE_SQL_TOKEN_INTEGER && token->kind != SOBRE_SQL_TOKEN_PARAMETER)
    {
      sobre_sql_parser_fail_expected (self, "a number of rows");
      return NULL;
    }
  self->token++;
  return sobre_sql_parser_new_node (self,
                                    token->kind == SOBRE_SQL_TOKEN_INTEGER ? SOBRE_SQL_NODE_INTEGER : SOBRE_SQL_NODE_PARAMETER,
                                    token->position, token->text);
}

static gboolean
parse_limits (SobreSqlParser *self, SobreSqlSelect *select)
{
  if (sobre_sql_parser_take_word (self, "offset"))
    {
      select->offset = parse_count (self);
      if (select->offset == NULL)
        return FALSE;
      if (!sobre_sql_parser_take_word (self, "rows"))
        sobre_sql_parser_take_word (self, "row");
    }
  if (sobre_sql_parser_is_word (self, 0, "fetch"))
    return sobre_sql_parser_refuse (self, self->token->position, "FETCH FIRST (write LIMIT)");
  if (!sobre_sql_parser_take_word (self, "limit") || sobre_sql_parser_take_word (self, "all"))
    return TRUE;
  select->limit = parse_count (self);
  if (select->limit != NULL && sobre_sql_parser_is_word (self, 0, "offset"))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, self->token->position, "OFFSET stands before LIMIT");
  return select->limit != NULL;
}

static gboolean
refuse_after_query (SobreSqlParser *self)
{
  static const char *const forms[] = { "union", "intersect", "except", "window", "qualify" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (sobre_sql_parser_is_word (self, 0, forms[i]))
      {
        g_autofree char *upper = g_ascii_strup (forms[i], -1);

        return sobre_sql_parser_refuse (self, self->token->position, upper);
      }
  return TRUE;
}

static gboolean
parse_clauses (SobreSqlParser *self, SobreSqlSelect *select)
{
  if (sobre_sql_parser_take_word (self, "from") && !parse_from (self, select))
    return FALSE;
  if (sobre_sql_parser_take_word (self, "where") && (select->where = sobre_sql_parse_expression (self)) == NULL)
    return FALSE;
  if (sobre_sql_parser_take_word (self, "group") &&
      (!sobre_sql_parser_expect_word (self, "by") || !parse_group_by (self, select)))
    return FALSE;
  if (sobre_sql_parser_take_word (self, "having") && (select->having = sobre_sql_parse_expression (self)) == NULL)
    return FALSE;
  if (!refuse_after_query (self))
    return FALSE;
  if (sobre_sql_parser_take_word (self, "order") &&
      (!sobre_sql_parser_expect_word (self, "by") || !parse_order_by (self, select)))
    return FALSE;
  return parse_limits (self, select);
}

static SobreSqlSelect *
parse_select (SobreSqlParser *self)
{
  SobreSqlSelect *select = sobre_sql_arena_new_object (self->arena, SobreSqlSelect);

  select->position = self->token->position;
  if (!sobre_sql_parser_expect_word (self, "select"))
    return NULL;
  select->distinct = sobre_sql_parser_take_word (self, "distinct");
  if (!select->distinct)
    sobre_sql_parser_take_word (self, "all");
  return parse_items (self, select) && parse_clauses (self, select) ? select : NULL;
}

static gboolean
refuse_statement (SobreSqlParser *self)
{
  const SobreSqlToken *token = self->token;

  if (token->kind != SOBRE_SQL_TOKEN_WORD)
    {
      if (sobre_sql_parser_is_symbol (self, 0, "("))
        return sobre_sql_parser_refuse (self, token->position, "a query in brackets");
      return TRUE;
    }
  if (g_str_equal (token->text, "with"))
    return sobre_sql_parser_refuse (self, token->position, "WITH");
  for (guint i = 0; i < G_N_ELEMENTS (refused_statements); i++)
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
  select = parse_select (&self);
  if (select == NULL || !refuse_after_query (&self))
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
  return select;
}
