/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* The grammar of a block:
 *
 *   SELECT [DISTINCT | ALL] item {, item} [FROM relations] [WHERE condition]
 *     [GROUP BY [DISTINCT | ALL] element {, element}] [HAVING condition] [WINDOW name AS (window) {, …}]
 *
 * where an element of GROUP BY is an expression, several in brackets, or ROLLUP, CUBE or GROUPING SETS of such. */

/* The name that an item ends in, which may stand in brackets. */
static const char *
get_spelled (const SobreSqlToken *behind)
{
  const SobreSqlToken *token = behind - 1;

  while (token->kind == SOBRE_SQL_TOKEN_SYMBOL)
    token--;
  return token->spelled;
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
  if (item->node->kind == SOBRE_SQL_NODE_STAR)
    return TRUE;
  if (item->node->kind == SOBRE_SQL_NODE_COLUMN)
    item->spelled = get_spelled (self->token);
  if (!sobre_sql_parser_take_alias (self, &item->alias))
    return FALSE;
  if (item->alias != NULL)
    item->spelled = get_spelled (self->token);
  return TRUE;
}

static gboolean
parse_items (SobreSqlParser *self, SobreSqlSelect *select)
{
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (SobreSqlItem));

  do
    {
      SobreSqlItem item = { NULL, NULL, NULL };

      if (items->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d columns",
                                      SOBRE_SQL_MAX_COLUMNS);
      if (!parse_item (self, &item))
        return FALSE;
      g_array_append_val (items, item);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  select->n_items = items->len;
  select->items = sobre_sql_arena_copy (self->arena, items->data, items->len * sizeof (SobreSqlItem));
  return TRUE;
}

/* Whether an expression goes on at @token, which follows a bracket that closes. */
static gboolean
goes_on (const SobreSqlToken *token)
{
  static const char *const words[] = { "and", "or", "is", "in", "not", "like", "between", "at" };

  if (token->kind == SOBRE_SQL_TOKEN_SYMBOL)
    return !g_str_equal (token->text, ",") && !g_str_equal (token->text, ")") && !g_str_equal (token->text, ";");
  for (guint i = 0; token->kind == SOBRE_SQL_TOKEN_WORD && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (token->text, words[i]))
      return TRUE;
  return FALSE;
}

/* Whether a list in brackets comes next and nothing more belongs to it: "(a, b)" and "()", but not "(a) + 1". */
static gboolean
is_whole_list (const SobreSqlParser *self)
{
  guint depth = 0;

  if (!sobre_sql_parser_is_symbol (self, 0, "(") || sobre_sql_parser_is_query (self))
    return FALSE;
  for (const SobreSqlToken *token = self->token; token->kind != SOBRE_SQL_TOKEN_END; token++)
    {
      if (token->kind != SOBRE_SQL_TOKEN_SYMBOL)
        continue;
      if (g_str_equal (token->text, "("))
        depth++;
      else if (g_str_equal (token->text, ")") && --depth == 0)
        return !goes_on (token + 1);
    }
  return FALSE;
}

/* One expression, or several in brackets, which may be none. */
gboolean
sobre_sql_parse_row (SobreSqlParser *self, SobreSqlNodes *set)
{
  SobreSqlNode *node;

  if (is_whole_list (self))
    {
      self->token++;
      if (sobre_sql_parser_take_symbol (self, ")"))
        return TRUE;
      set->nodes = sobre_sql_parse_expressions (self, SOBRE_SQL_MAX_COLUMNS, &set->n);
      return set->nodes != NULL && sobre_sql_parser_expect_symbol (self, ")");
    }
  node = sobre_sql_parse_expression (self);
  if (node == NULL)
    return FALSE;
  set->n = 1;
  set->nodes = sobre_sql_arena_new_array (self->arena, SobreSqlNode *, 1);
  set->nodes[0] = node;
  return TRUE;
}

static gboolean
parse_sets (SobreSqlParser *self, SobreSqlGroupElement *element)
{
  g_autoptr (GArray) sets = g_array_new (FALSE, TRUE, sizeof (SobreSqlNodes));
  gboolean several = element->kind != SOBRE_SQL_GROUP_SIMPLE;

  if (several && !sobre_sql_parser_expect_symbol (self, "("))
    return FALSE;
  do
    {
      SobreSqlNodes set = { NULL, 0 };

      if (sets->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d grouping sets",
                                      SOBRE_SQL_MAX_COLUMNS);
      if (!sobre_sql_parse_row (self, &set))
        return FALSE;
      g_array_append_val (sets, set);
    }
  while (several && sobre_sql_parser_take_symbol (self, ","));
  element->n_sets = sets->len;
  element->sets = sobre_sql_arena_copy (self->arena, sets->data, sets->len * sizeof (SobreSqlNodes));
  return !several || sobre_sql_parser_expect_symbol (self, ")");
}

static gboolean
parse_group_element (SobreSqlParser *self, SobreSqlGroupElement *element)
{
  element->position = self->token->position;
  element->kind = SOBRE_SQL_GROUP_SIMPLE;
  if (sobre_sql_parser_take_word (self, "rollup"))
    element->kind = SOBRE_SQL_GROUP_ROLLUP;
  else if (sobre_sql_parser_take_word (self, "cube"))
    element->kind = SOBRE_SQL_GROUP_CUBE;
  else if (sobre_sql_parser_is_word (self, 0, "grouping") && sobre_sql_parser_is_word (self, 1, "sets"))
    {
      self->token += 2;
      element->kind = SOBRE_SQL_GROUP_SETS;
    }
  return parse_sets (self, element);
}

static gboolean
parse_group_by (SobreSqlParser *self, SobreSqlSelect *select)
{
  g_autoptr (GArray) elements = g_array_new (FALSE, TRUE, sizeof (SobreSqlGroupElement));

  if (!sobre_sql_parser_expect_word (self, "by"))
    return FALSE;
  if (sobre_sql_parser_is_word (self, 0, "auto"))
    return sobre_sql_parser_refuse (self, self->token->position, "GROUP BY AUTO");
  select->distinct_sets = sobre_sql_parser_take_word (self, "distinct");
  if (!select->distinct_sets)
    sobre_sql_parser_take_word (self, "all");
  do
    {
      SobreSqlGroupElement element = { 0 };

      if (elements->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d columns",
                                      SOBRE_SQL_MAX_COLUMNS);
      if (!parse_group_element (self, &element))
        return FALSE;
      g_array_append_val (elements, element);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  select->n_group_by = elements->len;
  select->group_by = sobre_sql_arena_copy (self->arena, elements->data, elements->len * sizeof (SobreSqlGroupElement));
  return TRUE;
}

static gboolean
parse_window_clause (SobreSqlParser *self, SobreSqlSelect *select)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GArray) windows = g_array_new (FALSE, TRUE, sizeof (SobreSqlOver));

  do
    {
      const char *name = sobre_sql_parser_take_name (self, "a window's name");
      SobreSqlOver *over;

      if (name == NULL || !sobre_sql_parser_expect_word (self, "as"))
        return FALSE;
      if (names->len == SOBRE_SQL_MAX_COLUMNS)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, self->token->position, "more than %d windows",
                                      SOBRE_SQL_MAX_COLUMNS);
      over = sobre_sql_parse_window (self);
      if (over == NULL)
        return FALSE;
      g_ptr_array_add (names, (gpointer) name);
      g_array_append_val (windows, *over);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  select->window_names.n = names->len;
  select->window_names.names = sobre_sql_arena_copy (self->arena, names->pdata, names->len * sizeof (char *));
  select->windows = sobre_sql_arena_copy (self->arena, windows->data, names->len * sizeof (SobreSqlOver));
  return TRUE;
}

gboolean
sobre_sql_parse_block (SobreSqlParser *self, SobreSqlSelect *select)
{

  if (!sobre_sql_parser_expect_word (self, "select"))
    return FALSE;
  select->distinct = sobre_sql_parser_take_word (self, "distinct");
  if (!select->distinct)
    sobre_sql_parser_take_word (self, "all");
  if (!parse_items (self, select))
    return FALSE;
  if (sobre_sql_parser_take_word (self, "from") && (select->from = sobre_sql_parse_from (self)) == NULL)
    return FALSE;
  if (sobre_sql_parser_take_word (self, "where") && (select->where = sobre_sql_parse_expression (self)) == NULL)
    return FALSE;
  if (sobre_sql_parser_take_word (self, "group") && !parse_group_by (self, select))
    return FALSE;
  if (sobre_sql_parser_take_word (self, "having") && (select->having = sobre_sql_parse_expression (self)) == NULL)
    return FALSE;
  if (sobre_sql_parser_take_word (self, "window") && !parse_window_clause (self, select))
    return FALSE;
  if (sobre_sql_parser_is_word (self, 0, "qualify"))
    return sobre_sql_parser_refuse (self, self->token->position, "QUALIFY");
  return TRUE;
}
