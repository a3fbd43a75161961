/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* Calls:
 *
 *   name ([DISTINCT | ALL] [argument {, argument}] [ORDER BY …]) [FILTER (WHERE condition)]
 *     [[{IGNORE | RESPECT} NULLS] OVER {name | (window)}]
 *   listagg ([DISTINCT | ALL] argument [, separator]) WITHIN GROUP (ORDER BY …) [FILTER (WHERE condition)]
 *
 * where a window is
 *
 *   [name] [PARTITION BY expression {, expression}] [ORDER BY …] [{ROWS | RANGE} {bound | BETWEEN bound AND bound}] */

static gboolean
fail_arguments (SobreSqlParser *self)
{
  if (sobre_sql_parser_is_word (self, 0, "from"))
    return sobre_sql_parser_refuse (self, self->token->position, "FROM inside a function");
  if (sobre_sql_parser_is_word (self, 0, "on") && sobre_sql_parser_is_word (self, 1, "overflow"))
    return sobre_sql_parser_refuse (self, self->token->position, "ON OVERFLOW");
  return sobre_sql_parser_fail_expected (self, "\")\"");
}

static gboolean
is_list (const SobreSqlNode *node)
{
  return g_str_equal (node->text, "listagg");
}

static gboolean
parse_order (SobreSqlParser *self, SobreSqlNode *node)
{
  if (!sobre_sql_parser_take_word (self, "order"))
    return TRUE;
  if (!sobre_sql_parser_expect_word (self, "by"))
    return FALSE;
  node->order_by = sobre_sql_parse_sort_keys (self, &node->n_order_by);
  return node->order_by != NULL;
}

static gboolean
parse_order_inside (SobreSqlParser *self, SobreSqlNode *node)
{
  if (is_list (node) && sobre_sql_parser_is_word (self, 0, "order"))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, self->token->position,
                                  "ORDER BY inside the brackets of listagg() is not available: it stands in WITHIN GROUP "
                                  "(ORDER BY …) behind them");
  return parse_order (self, node);
}

static gboolean
parse_arguments (SobreSqlParser *self, SobreSqlNode *node)
{
  SobreSqlNode **arguments;
  guint n;

  if (sobre_sql_parser_take_symbol (self, "*"))
    {
      node->star = TRUE;
      return sobre_sql_parser_expect_symbol (self, ")");
    }
  if (sobre_sql_parser_take_symbol (self, ")"))
    return TRUE;
  node->flag = sobre_sql_parser_take_word (self, "distinct");
  if (!node->flag)
    sobre_sql_parser_take_word (self, "all");
  if (g_str_equal (node->text, "trim") &&
      (sobre_sql_parser_is_word (self, 0, "both") || sobre_sql_parser_is_word (self, 0, "leading") ||
       sobre_sql_parser_is_word (self, 0, "trailing")))
    return sobre_sql_parser_refuse (self, node->position, "TRIM with BOTH, LEADING or TRAILING");
  arguments = sobre_sql_parse_expressions (self, SOBRE_SQL_MAX_ARGUMENTS, &n);
  if (arguments == NULL || !parse_order_inside (self, node))
    return FALSE;
  if (!sobre_sql_parser_take_symbol (self, ")"))
    return fail_arguments (self);
  return sobre_sql_parser_set_children (self, node, arguments, n);
}

static gboolean
parse_filter (SobreSqlParser *self, SobreSqlNode *node)
{
  if (!sobre_sql_parser_is_word (self, 0, "filter") || !sobre_sql_parser_is_symbol (self, 1, "("))
    return TRUE;
  self->token += 2;
  if (!sobre_sql_parser_expect_word (self, "where"))
    return FALSE;
  node->filter = sobre_sql_parse_expression (self);
  return node->filter != NULL && sobre_sql_parser_expect_symbol (self, ")");
}

static gboolean
parse_within_group (SobreSqlParser *self, SobreSqlNode *node)
{
  SobreSqlPosition position = self->token->position;

  if (!sobre_sql_parser_take_word (self, "within"))
    return TRUE;
  if (!is_list (node))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, position,
                                  "WITHIN GROUP is available behind listagg() only, not behind %s()", node->text);
  return sobre_sql_parser_expect_word (self, "group") && sobre_sql_parser_expect_symbol (self, "(") &&
         (sobre_sql_parser_is_word (self, 0, "order") || sobre_sql_parser_fail_expected (self, "ORDER")) &&
         parse_order (self, node) && sobre_sql_parser_expect_symbol (self, ")");
}

static gboolean
parse_bound (SobreSqlParser *self, SobreSqlBound *bound)
{
  gboolean unbounded = sobre_sql_parser_take_word (self, "unbounded");

  if (!unbounded && sobre_sql_parser_take_word (self, "current"))
    {
      bound->kind = SOBRE_SQL_BOUND_CURRENT_ROW;
      return sobre_sql_parser_expect_word (self, "row");
    }
  if (!unbounded && (bound->offset = sobre_sql_parse_value (self)) == NULL)
    return FALSE;
  if (sobre_sql_parser_take_word (self, "preceding"))
    bound->kind = unbounded ? SOBRE_SQL_BOUND_UNBOUNDED_PRECEDING : SOBRE_SQL_BOUND_PRECEDING;
  else if (sobre_sql_parser_take_word (self, "following"))
    bound->kind = unbounded ? SOBRE_SQL_BOUND_UNBOUNDED_FOLLOWING : SOBRE_SQL_BOUND_FOLLOWING;
  else
    return sobre_sql_parser_fail_expected (self, "PRECEDING or FOLLOWING");
  return TRUE;
}

static gboolean
parse_frame (SobreSqlParser *self, SobreSqlOver *over)
{
  SobreSqlPosition position = self->token->position;

  if (sobre_sql_parser_is_word (self, 0, "groups"))
    return sobre_sql_parser_refuse (self, position, "a frame of GROUPS");
  over->has_frame = TRUE;
  over->unit = SOBRE_SQL_FRAME_ROWS;
  if (!sobre_sql_parser_take_word (self, "rows"))
    {
      if (!sobre_sql_parser_expect_word (self, "range"))
        return FALSE;
      over->unit = SOBRE_SQL_FRAME_RANGE;
    }
  over->end.kind = SOBRE_SQL_BOUND_CURRENT_ROW;
  if (!sobre_sql_parser_take_word (self, "between"))
    {
      if (!parse_bound (self, &over->start))
        return FALSE;
    }
  else if (!parse_bound (self, &over->start) || !sobre_sql_parser_expect_word (self, "and") || !parse_bound (self, &over->end))
    return FALSE;
  if (over->start.kind == SOBRE_SQL_BOUND_UNBOUNDED_FOLLOWING || over->end.kind == SOBRE_SQL_BOUND_UNBOUNDED_PRECEDING ||
      over->start.kind > over->end.kind)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, position, "the frame ends before it begins");
  if (sobre_sql_parser_is_word (self, 0, "exclude"))
    return sobre_sql_parser_refuse (self, self->token->position, "EXCLUDE");
  return TRUE;
}

static gboolean
parse_window_parts (SobreSqlParser *self, SobreSqlOver *over)
{
  static const char *const parts[] = { "partition", "order", "rows", "range", "groups", "measures", "pattern", "after" };
  gboolean is_part = sobre_sql_parser_is_symbol (self, 0, ")");

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    is_part = is_part || sobre_sql_parser_is_word (self, 0, parts[i]);
  if (!is_part && (over->name = sobre_sql_parser_take_name (self, "PARTITION BY or ORDER BY")) == NULL)
    return FALSE;
  if (sobre_sql_parser_take_word (self, "partition"))
    {
      if (!sobre_sql_parser_expect_word (self, "by"))
        return FALSE;
      over->partition_by = sobre_sql_parse_expressions (self, SOBRE_SQL_MAX_COLUMNS, &over->n_partition_by);
      if (over->partition_by == NULL)
        return FALSE;
    }
  if (sobre_sql_parser_take_word (self, "order"))
    {
      if (!sobre_sql_parser_expect_word (self, "by"))
        return FALSE;
      over->order_by = sobre_sql_parse_sort_keys (self, &over->n_order_by);
      if (over->order_by == NULL)
        return FALSE;
    }
  if (sobre_sql_parser_is_symbol (self, 0, ")"))
    return TRUE;
  return parse_frame (self, over);
}

SobreSqlOver *
sobre_sql_parse_window (SobreSqlParser *self)
{
  SobreSqlOver *over = sobre_sql_arena_new_object (self->arena, SobreSqlOver);
  gboolean parsed;

  over->position = self->token->position;
  over->start.kind = SOBRE_SQL_BOUND_UNBOUNDED_PRECEDING;
  over->end.kind = SOBRE_SQL_BOUND_CURRENT_ROW;
  if (!sobre_sql_parser_expect_symbol (self, "(") || !sobre_sql_parser_enter (self))
    return NULL;
  parsed = parse_window_parts (self, over);
  sobre_sql_parser_leave (self);
  return parsed && sobre_sql_parser_expect_symbol (self, ")") ? over : NULL;
}

static gboolean
parse_over (SobreSqlParser *self, SobreSqlNode *node)
{
  SobreSqlPosition position = self->token->position;

  if ((sobre_sql_parser_is_word (self, 0, "ignore") || sobre_sql_parser_is_word (self, 0, "respect")) &&
      sobre_sql_parser_is_word (self, 1, "nulls"))
    {
      node->ignores_nulls = sobre_sql_parser_is_word (self, 0, "ignore");
      self->token += 2;
      if (!sobre_sql_parser_is_word (self, 0, "over"))
        return sobre_sql_parser_fail_expected (self, "OVER");
    }
  if (is_list (node) && sobre_sql_parser_is_word (self, 0, "over"))
    return sobre_sql_parser_refuse (self, position, "listagg() over a window");
  if (!sobre_sql_parser_take_word (self, "over"))
    return TRUE;
  if (sobre_sql_parser_is_symbol (self, 0, "("))
    node->over = sobre_sql_parse_window (self);
  else
    {
      SobreSqlOver *over = sobre_sql_arena_new_object (self->arena, SobreSqlOver);

      over->position = position;
      over->bare = TRUE;
      over->name = sobre_sql_parser_take_name (self, "a window");
      node->over = over->name != NULL ? over : NULL;
    }
  return node->over != NULL;
}

/* How high the expressions are that hang on a call beside its arguments. */
static gboolean
measure_call (SobreSqlParser *self, SobreSqlNode *node)
{
  guint height = node->filter != NULL ? node->filter->height : 0;

  for (guint i = 0; i < node->n_order_by; i++)
    height = MAX (height, node->order_by[i].node->height);
  for (guint i = 0; node->over != NULL && i < node->over->n_partition_by; i++)
    height = MAX (height, node->over->partition_by[i]->height);
  for (guint i = 0; node->over != NULL && i < node->over->n_order_by; i++)
    height = MAX (height, node->over->order_by[i].node->height);
  return sobre_sql_parser_set_height (self, node, height + 1);
}

SobreSqlNode *
sobre_sql_parse_call (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_CALL, self->token->position, self->token->text);

  self->token += 2;
  if (!parse_arguments (self, node) || !parse_within_group (self, node) || !parse_filter (self, node) ||
      !parse_over (self, node) || !measure_call (self, node))
    return NULL;
  return node;
}
