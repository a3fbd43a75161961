/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* Expressions by precedence climbing, as Trino's grammar orders them, from loose to tight:
 *
 *   OR · AND · NOT · one predicate (=, <, BETWEEN, IN, LIKE, IS) · || · + - · * / % · unary sign · AT TIME ZONE
 *
 * A predicate does not chain: "a = b = c" is an error. AND and OR are nodes with as many children as the text has terms, so a
 * long condition is wide, not deep. */

#define MAX_LIST 10000

static SobreSqlNode *
new_parent (SobreSqlParser *self, SobreSqlNodeKind kind, SobreSqlPosition position, SobreSqlNode **children, guint n_children)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, kind, position, NULL);

  return sobre_sql_parser_set_children (self, node, children, n_children) ? node : NULL;
}

static SobreSqlNode *
new_binary (SobreSqlParser *self, SobreSqlOperator op, SobreSqlPosition position, SobreSqlNode *left, SobreSqlNode *right)
{
  SobreSqlNode *node = new_parent (self, SOBRE_SQL_NODE_BINARY, position, (SobreSqlNode *[]) { left, right }, 2);

  if (node != NULL)
    node->op = op;
  return node;
}

static SobreSqlNode *
parse_number (SobreSqlParser *self, gboolean negative)
{
  const SobreSqlToken *token = self->token++;
  SobreSqlNodeKind kind = token->kind == SOBRE_SQL_TOKEN_INTEGER   ? SOBRE_SQL_NODE_INTEGER
                          : token->kind == SOBRE_SQL_TOKEN_DECIMAL ? SOBRE_SQL_NODE_DECIMAL
                                                                   : SOBRE_SQL_NODE_DOUBLE;
  char *text = sobre_sql_arena_alloc (self->arena, token->length + 2);

  if (negative)
    text[0] = '-';
  memcpy (text + (negative ? 1 : 0), token->text, token->length);
  return sobre_sql_parser_new_node (self, kind, token->position, text);
}

static SobreSqlNode *
parse_brackets (SobreSqlParser *self)
{
  SobreSqlPosition position = self->token->position;
  SobreSqlNode *node;

  if (sobre_sql_parser_is_query (self))
    {
      node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_SUBQUERY, position, NULL);
      return sobre_sql_parser_set_query (self, node) ? node : NULL;
    }
  self->token++;
  node = sobre_sql_parse_expression (self);
  if (node == NULL)
    return NULL;
  if (sobre_sql_parser_is_symbol (self, 0, ","))
    {
      sobre_sql_parser_refuse (self, position, "a row of values in brackets");
      return NULL;
    }
  return sobre_sql_parser_expect_symbol (self, ")") ? node : NULL;
}

static SobreSqlNode *
parse_primary (SobreSqlParser *self)
{
  const SobreSqlToken *token = self->token;
  SobreSqlNode *node;

  switch (token->kind)
    {
    case SOBRE_SQL_TOKEN_INTEGER:
    case SOBRE_SQL_TOKEN_DECIMAL:
    case SOBRE_SQL_TOKEN_DOUBLE:
      return parse_number (self, FALSE);
    case SOBRE_SQL_TOKEN_STRING:
      node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_STRING, token->position, token->text);
      self->token++;
      return node;
    case SOBRE_SQL_TOKEN_PARAMETER:
      node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_PARAMETER, token->position, token->text);
      self->token++;
      return node;
    case SOBRE_SQL_TOKEN_WORD:
    case SOBRE_SQL_TOKEN_QUOTED:
      return sobre_sql_parse_word (self);
    case SOBRE_SQL_TOKEN_SYMBOL:
      if (sobre_sql_parser_is_symbol (self, 0, "("))
        return parse_brackets (self);
      if (sobre_sql_parser_is_symbol (self, 0, "?"))
        {
          sobre_sql_parser_refuse (self, token->position, "a parameter without a name (write :name)");
          return NULL;
        }
      break;
    case SOBRE_SQL_TOKEN_END:
    default:
      break;
    }
  sobre_sql_parser_fail_expected (self, "an expression");
  return NULL;
}

/* Primary, then what may follow it: AT TIME ZONE, and what is refused behind it. */
static SobreSqlNode *
parse_postfix (SobreSqlParser *self)
{
  SobreSqlNode *node = parse_primary (self);

  while (node != NULL)
    {
      SobreSqlPosition position = self->token->position;

      if (sobre_sql_parser_is_symbol (self, 0, "["))
        {
          sobre_sql_parser_refuse (self, position, "a subscript");
          return NULL;
        }
      if (sobre_sql_parser_is_symbol (self, 0, "->"))
        {
          sobre_sql_parser_refuse (self, position, "a lambda");
          return NULL;
        }
      if (!sobre_sql_parser_is_word (self, 0, "at") || !sobre_sql_parser_is_word (self, 1, "time"))
        break;
      self->token += 2;
      if (!sobre_sql_parser_expect_word (self, "zone"))
        return NULL;
      SobreSqlNode *zone = parse_primary (self);
      if (zone == NULL)
        return NULL;
      node = new_parent (self, SOBRE_SQL_NODE_AT_TIME_ZONE, position, (SobreSqlNode *[]) { node, zone }, 2);
    }
  return node;
}

static SobreSqlNode *
parse_sign (SobreSqlParser *self)
{
  SobreSqlPosition position = self->token->position;
  SobreSqlNode *child;

  if (sobre_sql_parser_take_symbol (self, "+"))
    {
      if (!sobre_sql_parser_enter (self))
        return NULL;
      child = parse_sign (self);
      sobre_sql_parser_leave (self);
      return child;
    }
  if (!sobre_sql_parser_take_symbol (self, "-"))
    return parse_postfix (self);
  if (self->token->kind >= SOBRE_SQL_TOKEN_INTEGER && self->token->kind <= SOBRE_SQL_TOKEN_DOUBLE)
    return parse_number (self, TRUE);
  if (!sobre_sql_parser_enter (self))
    return NULL;
  child = parse_sign (self);
  sobre_sql_parser_leave (self);
  return child != NULL ? new_parent (self, SOBRE_SQL_NODE_NEGATE, position, &child, 1) : NULL;
}

/* The operator of the next token and how tightly it binds: 1 for ||, 2 for + and -, 3 for *, / and %; 0 for none. */
static guint
get_arithmetic (const SobreSqlParser *self, SobreSqlOperator *op)
{
  static const struct
  {
    const char *symbol;
    SobreSqlOperator op;
    guint level;
  } operators[] = {
    { "||", SOBRE_SQL_CONCAT, 1 },  { "+", SOBRE_SQL_ADD, 2 },    { "-", SOBRE_SQL_SUBTRACT, 2 },
    { "*", SOBRE_SQL_MULTIPLY, 3 }, { "/", SOBRE_SQL_DIVIDE, 3 }, { "%", SOBRE_SQL_MODULO, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (sobre_sql_parser_is_symbol (self, 0, operators[i].symbol))
      {
        *op = operators[i].op;
        return operators[i].level;
      }
  return 0;
}

static SobreSqlNode *
parse_value (SobreSqlParser *self, guint level)
{
  SobreSqlNode *left = level > 3 ? parse_sign (self) : parse_value (self, level + 1);
  SobreSqlOperator op;

  if (level > 3)
    return left;
  while (left != NULL && get_arithmetic (self, &op) == level)
    {
      SobreSqlPosition position = self->token->position;
      SobreSqlNode *right;

      self->token++;
      right = parse_value (self, level + 1);
      left = right != NULL ? new_binary (self, op, position, left, right) : NULL;
    }
  return left;
}

static gboolean
take_comparison (SobreSqlParser *self, SobreSqlOperator *op)
{
  for (SobreSqlOperator i = SOBRE_SQL_EQUAL; i <= SOBRE_SQL_GREATER_EQUAL; i++)
    if (sobre_sql_parser_take_symbol (self, sobre_sql_operator_get_name (i)))
      {
        *op = i;
        return TRUE;
      }
  return FALSE;
}

static SobreSqlNode *
parse_in_query (SobreSqlParser *self, SobreSqlNode *value, SobreSqlPosition position)
{
  SobreSqlNode *node = new_parent (self, SOBRE_SQL_NODE_IN_QUERY, position, &value, 1);

  return node != NULL && sobre_sql_parser_set_query (self, node) ? node : NULL;
}

/* = ANY (query) is IN, <> ALL (query) is NOT IN; the other comparisons with a whole query are refused. */
static SobreSqlNode *
parse_quantified (SobreSqlParser *self, SobreSqlNode *left, SobreSqlOperator op, SobreSqlPosition position)
{
  gboolean all = sobre_sql_parser_is_word (self, 0, "all");
  SobreSqlNode *node;

  self->token++;
  if (op != (all ? SOBRE_SQL_NOT_EQUAL : SOBRE_SQL_EQUAL) || !sobre_sql_parser_is_query (self))
    {
      sobre_sql_parser_refuse (self, position, "a comparison with ANY, ALL or SOME other than = ANY and <> ALL");
      return NULL;
    }
  node = parse_in_query (self, left, position);
  if (node != NULL)
    node->flag = all;
  return node;
}

static SobreSqlNode *
parse_comparison (SobreSqlParser *self, SobreSqlNode *left, SobreSqlOperator op, SobreSqlPosition position)
{
  SobreSqlNode *right;

  if ((sobre_sql_parser_is_word (self, 0, "any") || sobre_sql_parser_is_word (self, 0, "all") ||
       sobre_sql_parser_is_word (self, 0, "some")) &&
      sobre_sql_parser_is_symbol (self, 1, "("))
    return parse_quantified (self, left, op, position);
  right = parse_value (self, 1);
  return right != NULL ? new_binary (self, op, position, left, right) : NULL;
}

static SobreSqlNode *
parse_between (SobreSqlParser *self, SobreSqlNode *value, SobreSqlPosition position)
{
  SobreSqlNode *low = parse_value (self, 1);
  SobreSqlNode *high;

  if (low == NULL || !sobre_sql_parser_expect_word (self, "and"))
    return NULL;
  high = parse_value (self, 1);
  if (high == NULL)
    return NULL;
  return new_parent (self, SOBRE_SQL_NODE_BETWEEN, position, (SobreSqlNode *[]) { value, low, high }, 3);
}

static SobreSqlNode *
parse_in (SobreSqlParser *self, SobreSqlNode *value, SobreSqlPosition position)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_IN, position, NULL);
  g_autofree SobreSqlNode **children = NULL;
  SobreSqlNode **list;
  guint n;

  if (sobre_sql_parser_is_query (self))
    return parse_in_query (self, value, position);
  if (!sobre_sql_parser_expect_symbol (self, "("))
    return NULL;
  list = sobre_sql_parse_expressions (self, MAX_LIST, &n);
  if (list == NULL || !sobre_sql_parser_expect_symbol (self, ")"))
    return NULL;
  children = g_new (SobreSqlNode *, n + 1);
  children[0] = value;
  memcpy (children + 1, list, n * sizeof *list);
  return sobre_sql_parser_set_children (self, node, children, n + 1) ? node : NULL;
}

static SobreSqlNode *
parse_like (SobreSqlParser *self, SobreSqlNode *value, SobreSqlPosition position)
{
  SobreSqlNode *children[3] = { value, parse_value (self, 1), NULL };
  guint n = 2;

  if (children[1] == NULL)
    return NULL;
  if (sobre_sql_parser_take_word (self, "escape"))
    {
      children[n++] = parse_value (self, 1);
      if (children[2] == NULL)
        return NULL;
    }
  return new_parent (self, SOBRE_SQL_NODE_LIKE, position, children, n);
}

static SobreSqlNode *
parse_is (SobreSqlParser *self, SobreSqlNode *value, SobreSqlPosition position)
{
  gboolean negated = sobre_sql_parser_take_word (self, "not");
  SobreSqlNode *node, *other;

  if (sobre_sql_parser_take_word (self, "null"))
    node = new_parent (self, SOBRE_SQL_NODE_IS_NULL, position, &value, 1);
  else if (sobre_sql_parser_take_word (self, "distinct"))
    {
      if (!sobre_sql_parser_expect_word (self, "from"))
        return NULL;
      other = parse_value (self, 1);
      node = other != NULL ? new_parent (self, SOBRE_SQL_NODE_IS_DISTINCT, position, (SobreSqlNode *[]) { value, other }, 2)
                           : NULL;
    }
  else
    {
      sobre_sql_parser_fail_expected (self, "NULL or DISTINCT FROM");
      return NULL;
    }
  if (node != NULL)
    node->flag = negated;
  return node;
}

static SobreSqlNode *
parse_predicate (SobreSqlParser *self)
{
  SobreSqlNode *value = parse_value (self, 1);
  SobreSqlPosition position = self->token->position;
  SobreSqlNode *node = value;
  SobreSqlOperator op;
  gboolean negated;

  if (value == NULL)
    return NULL;
  if (take_comparison (self, &op))
    return parse_comparison (self, value, op, position);
  if (sobre_sql_parser_take_word (self, "is"))
    return parse_is (self, value, position);
  negated = sobre_sql_parser_is_word (self, 0, "not") &&
            (sobre_sql_parser_is_word (self, 1, "between") || sobre_sql_parser_is_word (self, 1, "in") ||
             sobre_sql_parser_is_word (self, 1, "like"));
  if (negated)
    self->token++;
  if (sobre_sql_parser_take_word (self, "between"))
    node = parse_between (self, value, position);
  else if (sobre_sql_parser_take_word (self, "in"))
    node = parse_in (self, value, position);
  else if (sobre_sql_parser_take_word (self, "like"))
    node = parse_like (self, value, position);
  if (node != NULL && negated)
    node->flag = TRUE;
  return node;
}

static SobreSqlNode *parse_boolean (SobreSqlParser *self, SobreSqlNodeKind kind);

static SobreSqlNode *
parse_not (SobreSqlParser *self)
{
  SobreSqlPosition position = self->token->position;
  SobreSqlNode *child;

  if (!sobre_sql_parser_take_word (self, "not"))
    return parse_predicate (self);
  if (!sobre_sql_parser_enter (self))
    return NULL;
  child = parse_not (self);
  sobre_sql_parser_leave (self);
  return child != NULL ? new_parent (self, SOBRE_SQL_NODE_NOT, position, &child, 1) : NULL;
}

static SobreSqlNode *
parse_boolean (SobreSqlParser *self, SobreSqlNodeKind kind)
{
  const char *word = kind == SOBRE_SQL_NODE_OR ? "or" : "and";
  SobreSqlPosition position = self->token->position;
  SobreSqlNode *child = kind == SOBRE_SQL_NODE_OR ? parse_boolean (self, SOBRE_SQL_NODE_AND) : parse_not (self);
  g_autoptr (GPtrArray) children = NULL;

  if (child == NULL || !sobre_sql_parser_is_word (self, 0, word))
    return child;
  children = g_ptr_array_new ();
  g_ptr_array_add (children, child);
  while (sobre_sql_parser_take_word (self, word))
    {
      child = kind == SOBRE_SQL_NODE_OR ? parse_boolean (self, SOBRE_SQL_NODE_AND) : parse_not (self);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }
  return new_parent (self, kind, position, (SobreSqlNode **) children->pdata, children->len);
}

SobreSqlNode *
sobre_sql_parse_expression (SobreSqlParser *self)
{
  SobreSqlNode *node;

  if (!sobre_sql_parser_enter (self))
    return NULL;
  node = parse_boolean (self, SOBRE_SQL_NODE_OR);
  sobre_sql_parser_leave (self);
  return node;
}

SobreSqlNode **
sobre_sql_parse_expressions (SobreSqlParser *self, guint max, guint *n)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  SobreSqlNode **list;

  do
    {
      SobreSqlPosition position = self->token->position;
      SobreSqlNode *node = sobre_sql_parse_expression (self);

      if (node == NULL)
        return NULL;
      if (nodes->len == max)
        {
          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, position, "a list of more than %u expressions", max);
          return NULL;
        }
      g_ptr_array_add (nodes, node);
    }
  while (sobre_sql_parser_take_symbol (self, ","));
  *n = nodes->len;
  list = sobre_sql_arena_copy (self->arena, nodes->pdata, nodes->len * sizeof *list);
  return list;
}

SobreSqlNode *
sobre_sql_parse_value (SobreSqlParser *self)
{
  SobreSqlNode *node;

  if (!sobre_sql_parser_enter (self))
    return NULL;
  node = parse_value (self, 1);
  sobre_sql_parser_leave (self);
  return node;
}
