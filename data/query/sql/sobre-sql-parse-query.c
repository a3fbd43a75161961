/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* The grammar of a query:
 *
 *   [WITH name [(column {, column})] AS (query) {, …}]
 *   body
 *   [ORDER BY expression [ASC | DESC] [NULLS {FIRST | LAST}] {, …}]
 *   [OFFSET n [ROW | ROWS]] [LIMIT {n | ALL} | FETCH {FIRST | NEXT} [n] {ROW | ROWS} ONLY]
 *
 * where a body is a block, VALUES, a query in brackets, or two bodies with UNION, EXCEPT or (binding tighter) INTERSECT between
 * them. */

#define MAX_SET_OPERATIONS 50

static SobreSqlSelect *
new_select (SobreSqlParser *self, SobreSqlBody body)
{
  SobreSqlSelect *select = sobre_sql_arena_new_object (self->arena, SobreSqlSelect);

  select->body = body;
  select->position = self->token->position;
  return select;
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

SobreSqlOrder *
sobre_sql_parse_sort_keys (SobreSqlParser *self, guint *n)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (SobreSqlOrder));
  SobreSqlOrder *list;

  do
    {
      SobreSqlOrder key = { NULL, FALSE, FALSE };

      if (keys->len == SOBRE_SQL_MAX_COLUMNS)
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d sort keys",
                                 SOBRE_SQL_MAX_COLUMNS);
          return NULL;
        }
      if (!parse_order_key (self, &key))
        return NULL;
      g_array_append_val (keys, key);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  *n = keys->len;
  list = sobre_sql_arena_copy (self->arena, keys->data, keys->len * sizeof (SobreSqlOrder));
  return list;
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
take_rows (SobreSqlParser *self)
{
  return sobre_sql_parser_take_word (self, "rows") || sobre_sql_parser_take_word (self, "row");
}

/* FETCH FIRST n ROWS ONLY is LIMIT n. */
static gboolean
parse_fetch (SobreSqlParser *self, SobreSqlSelect *select)
{
  SobreSqlPosition position = self->token->position;

  if (!sobre_sql_parser_take_word (self, "first") && !sobre_sql_parser_expect_word (self, "next"))
    return FALSE;
  if (take_rows (self))
    select->limit = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_INTEGER, position, "1");
  else
    {
      select->limit = parse_count (self);
      if (select->limit == NULL || (!take_rows (self) && !sobre_sql_parser_fail_expected (self, "ROWS")))
        return FALSE;
    }
  if (sobre_sql_parser_is_word (self, 0, "with"))
    return sobre_sql_parser_refuse (self, self->token->position, "FETCH FIRST … WITH TIES");
  return sobre_sql_parser_expect_word (self, "only");
}

static gboolean
parse_limits (SobreSqlParser *self, SobreSqlSelect *select)
{
  if (sobre_sql_parser_take_word (self, "offset"))
    {
      select->offset = parse_count (self);
      if (select->offset == NULL)
        return FALSE;
      take_rows (self);
    }
  if (sobre_sql_parser_take_word (self, "fetch"))
    return parse_fetch (self, select);
  if (!sobre_sql_parser_take_word (self, "limit") || sobre_sql_parser_take_word (self, "all"))
    return TRUE;
  select->limit = parse_count (self);
  if (select->limit != NULL && sobre_sql_parser_is_word (self, 0, "offset"))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, self->token->position, "OFFSET stands before LIMIT");
  return select->limit != NULL;
}

/* A row of VALUES: one expression, or several in brackets. */
static gboolean
parse_row (SobreSqlParser *self, SobreSqlNodes *row)
{
  if (sobre_sql_parser_is_word (self, 0, "row") && sobre_sql_parser_is_symbol (self, 1, "("))
    self->token++;
  return sobre_sql_parse_row (self, row) &&
         (row->n > 0 ||
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, self->token->position, "a row of VALUES is empty"));
}

static SobreSqlSelect *
parse_values (SobreSqlParser *self)
{
  SobreSqlSelect *select = new_select (self, SOBRE_SQL_BODY_VALUES);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (SobreSqlNodes));

  if (!sobre_sql_parser_expect_word (self, "values"))
    return NULL;
  do
    {
      SobreSqlNodes row = { NULL, 0 };

      if (rows->len == SOBRE_SQL_MAX_ROWS)
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d rows of VALUES",
                                 SOBRE_SQL_MAX_ROWS);
          return NULL;
        }
      if (!parse_row (self, &row))
        return NULL;
      g_array_append_val (rows, row);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  select->n_rows = rows->len;
  select->rows = sobre_sql_arena_copy (self->arena, rows->data, rows->len * sizeof (SobreSqlNodes));
  return select;
}

static SobreSqlSelect *
parse_primary (SobreSqlParser *self)
{
  SobreSqlSelect *select;

  if (sobre_sql_parser_is_word (self, 0, "values"))
    return parse_values (self);
  if (sobre_sql_parser_is_word (self, 0, "table"))
    {
      sobre_sql_parser_refuse (self, self->token->position, "TABLE (write SELECT * FROM)");
      return NULL;
    }
  if (!sobre_sql_parser_is_symbol (self, 0, "("))
    {
      select = new_select (self, SOBRE_SQL_BODY_BLOCK);
      return sobre_sql_parse_block (self, select) ? select : NULL;
    }
  select = new_select (self, SOBRE_SQL_BODY_BRACKETS);
  select->left = sobre_sql_parse_query_in_brackets (self);
  return select->left != NULL ? select : NULL;
}

/* "(query)" with nothing around it is the query. */
static SobreSqlSelect *
simplify (SobreSqlSelect *select)
{
  while (select->body == SOBRE_SQL_BODY_BRACKETS && select->n_ctes == 0 && select->n_order_by == 0 && select->limit == NULL &&
         select->offset == NULL)
    select = select->left;
  return select;
}

static SobreSqlSelect *
parse_body (SobreSqlParser *self, gboolean intersect)
{
  SobreSqlSelect *left = intersect ? parse_primary (self) : parse_body (self, TRUE);

  for (guint n = 0; left != NULL; n++)
    {
      SobreSqlSelect *select = new_select (self, SOBRE_SQL_BODY_UNION);

      if (intersect && sobre_sql_parser_take_word (self, "intersect"))
        select->body = SOBRE_SQL_BODY_INTERSECT;
      else if (!intersect && sobre_sql_parser_take_word (self, "except"))
        select->body = SOBRE_SQL_BODY_EXCEPT;
      else if (intersect || !sobre_sql_parser_take_word (self, "union"))
        return left;
      if (n == MAX_SET_OPERATIONS)
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, select->position,
                                 "more than %d UNION, INTERSECT or EXCEPT", MAX_SET_OPERATIONS);
          return NULL;
        }
      select->distinct = !sobre_sql_parser_take_word (self, "all");
      if (select->distinct)
        sobre_sql_parser_take_word (self, "distinct");
      if (sobre_sql_parser_is_word (self, 0, "corresponding"))
        {
          sobre_sql_parser_refuse (self, self->token->position, "CORRESPONDING");
          return NULL;
        }
      select->left = simplify (left);
      select->right = intersect ? parse_primary (self) : parse_body (self, TRUE);
      if (select->right == NULL)
        return NULL;
      select->right = simplify (select->right);
      left = select;
    }
  return NULL;
}

static gboolean
parse_cte (SobreSqlParser *self, SobreSqlCte *cte)
{
  cte->position = self->token->position;
  cte->name = sobre_sql_parser_take_name (self, "a name");
  if (cte->name == NULL)
    return FALSE;
  if (sobre_sql_parser_is_symbol (self, 0, "(") && !sobre_sql_parse_names (self, &cte->columns, "a column's name"))
    return FALSE;
  if (!sobre_sql_parser_expect_word (self, "as"))
    return FALSE;
  cte->query = sobre_sql_parse_query_in_brackets (self);
  return cte->query != NULL;
}

static gboolean
parse_with (SobreSqlParser *self, GArray *ctes)
{
  if (sobre_sql_parser_is_word (self, 0, "recursive"))
    return sobre_sql_parser_refuse (self, self->token->position, "WITH RECURSIVE");
  do
    {
      SobreSqlCte cte = { 0 };

      if (ctes->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position,
                                      "more than %d queries in WITH", SOBRE_SQL_MAX_COLUMNS);
      if (!parse_cte (self, &cte))
        return FALSE;
      g_array_append_val (ctes, cte);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  return TRUE;
}

static SobreSqlSelect *
parse_clauses (SobreSqlParser *self)
{
  g_autoptr (GArray) ctes = g_array_new (FALSE, TRUE, sizeof (SobreSqlCte));
  SobreSqlSelect *select;

  if (sobre_sql_parser_take_word (self, "with") && !parse_with (self, ctes))
    return NULL;
  select = parse_body (self, FALSE);
  if (select == NULL)
    return NULL;
  select->n_ctes = ctes->len;
  select->ctes = sobre_sql_arena_copy (self->arena, ctes->data, ctes->len * sizeof (SobreSqlCte));
  if (sobre_sql_parser_take_word (self, "order"))
    {
      if (!sobre_sql_parser_expect_word (self, "by"))
        return NULL;
      select->order_by = sobre_sql_parse_sort_keys (self, &select->n_order_by);
      if (select->order_by == NULL)
        return NULL;
    }
  return parse_limits (self, select) ? simplify (select) : NULL;
}

SobreSqlSelect *
sobre_sql_parse_query (SobreSqlParser *self)
{
  SobreSqlSelect *select;

  if (!sobre_sql_parser_enter (self))
    return NULL;
  select = parse_clauses (self);
  sobre_sql_parser_leave (self);
  return select;
}

SobreSqlSelect *
sobre_sql_parse_query_in_brackets (SobreSqlParser *self)
{
  SobreSqlSelect *select;

  if (!sobre_sql_parser_expect_symbol (self, "("))
    return NULL;
  select = sobre_sql_parse_query (self);
  return select != NULL && sobre_sql_parser_expect_symbol (self, ")") ? select : NULL;
}

gboolean
sobre_sql_parser_is_query (const SobreSqlParser *self)
{
  static const char *const behind[] = { "union", "intersect", "except", "order", "offset", "limit", "fetch" };
  const SobreSqlToken *token = self->token;
  guint brackets = 0, depth = 0;

  while (token[brackets].kind == SOBRE_SQL_TOKEN_SYMBOL && g_str_equal (token[brackets].text, "("))
    brackets++;
  if (brackets == 0 || token[brackets].kind != SOBRE_SQL_TOKEN_WORD ||
      (!g_str_equal (token[brackets].text, "select") && !g_str_equal (token[brackets].text, "with") &&
       !g_str_equal (token[brackets].text, "values")))
    return FALSE;
  if (brackets == 1)
    return TRUE;
  /* "((SELECT …" is a query in two pairs of brackets, or something that begins with a query in brackets: what follows tells. */
  for (token++; token->kind != SOBRE_SQL_TOKEN_END; token++)
    {
      if (token->kind != SOBRE_SQL_TOKEN_SYMBOL)
        continue;
      if (g_str_equal (token->text, "("))
        depth++;
      else if (g_str_equal (token->text, ")") && --depth == 0)
        break;
    }
  if (token->kind == SOBRE_SQL_TOKEN_END)
    return FALSE;
  token++;
  if (token->kind == SOBRE_SQL_TOKEN_SYMBOL)
    return g_str_equal (token->text, ")");
  for (guint i = 0; token->kind == SOBRE_SQL_TOKEN_WORD && i < G_N_ELEMENTS (behind); i++)
    if (g_str_equal (token->text, behind[i]))
      return TRUE;
  return FALSE;
}
