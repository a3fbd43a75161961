/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* The forms of an expression that begin with a word. */

/* Forms that Trino has and this grammar has not: named, so that nothing is taken for a function or a column. */
static const struct
{
  const char *word;
  const char *next; /* the symbol or word that must follow for it to be this form */
  const char *name;
} refused_forms[] = {
  { "array", "(", "ARRAY" },
  { "row", "(", "ROW" },
  { "map", "(", "MAP" },
  { "normalize", "(", "NORMALIZE" },
  { "json_exists", "(", "JSON_EXISTS" },
  { "json_value", "(", "JSON_VALUE" },
  { "json_query", "(", "JSON_QUERY" },
  { "json_object", "(", "JSON_OBJECT" },
  { "json_array", "(", "JSON_ARRAY" },
};

static gboolean
is_next (const SobreSqlParser *self, const char *next)
{
  return sobre_sql_parser_is_symbol (self, 1, next) || sobre_sql_parser_is_word (self, 1, next);
}

static SobreSqlNode *
parse_case (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_CASE, self->token->position, NULL);
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  SobreSqlNode *child;

  self->token++;
  node->flag = !sobre_sql_parser_is_word (self, 0, "when");
  if (node->flag)
    {
      child = sobre_sql_parse_expression (self);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
      if (!sobre_sql_parser_is_word (self, 0, "when"))
        {
          sobre_sql_parser_fail_expected (self, "WHEN");
          return NULL;
        }
    }
  while (sobre_sql_parser_take_word (self, "when"))
    {
      child = sobre_sql_parse_expression (self);
      if (child == NULL || !sobre_sql_parser_expect_word (self, "then"))
        return NULL;
      g_ptr_array_add (children, child);
      child = sobre_sql_parse_expression (self);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }
  node->star = sobre_sql_parser_take_word (self, "else");
  if (node->star)
    {
      child = sobre_sql_parse_expression (self);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }
  if (!sobre_sql_parser_expect_word (self, "end"))
    return NULL;
  return sobre_sql_parser_set_children (self, node, (SobreSqlNode **) children->pdata, children->len) ? node : NULL;
}

static gboolean
parse_type_number (SobreSqlParser *self, gint64 *number)
{
  guint64 value;

  if (self->token->kind != SOBRE_SQL_TOKEN_INTEGER ||
      !g_ascii_string_to_unsigned (self->token->text, 10, 0, G_MAXINT32, &value, NULL))
    return sobre_sql_parser_fail_expected (self, "a number");
  self->token++;
  *number = (gint64) value;
  return TRUE;
}

/* A type's name with its numbers: varchar(10), decimal(5, 2), timestamp(3) with time zone. */
static gboolean
parse_type (SobreSqlParser *self, SobreSqlTypeName *type)
{
  const char *name = sobre_sql_parser_take_name (self, "a type");

  *type = (SobreSqlTypeName) { name, -1, -1 };
  if (name == NULL)
    return FALSE;
  if (g_str_equal (name, "double"))
    sobre_sql_parser_take_word (self, "precision");
  if (sobre_sql_parser_take_symbol (self, "("))
    {
      if (!parse_type_number (self, &type->precision))
        return FALSE;
      if (sobre_sql_parser_take_symbol (self, ",") && !parse_type_number (self, &type->scale))
        return FALSE;
      if (!sobre_sql_parser_expect_symbol (self, ")"))
        return FALSE;
    }
  if ((g_str_equal (name, "timestamp") || g_str_equal (name, "time")) && sobre_sql_parser_take_word (self, "with"))
    {
      if (!sobre_sql_parser_expect_word (self, "time") || !sobre_sql_parser_expect_word (self, "zone"))
        return FALSE;
      type->name = g_str_equal (name, "time") ? "time with time zone" : "timestamp with time zone";
    }
  else if (g_str_equal (name, "timestamp") && sobre_sql_parser_take_word (self, "without"))
    return sobre_sql_parser_expect_word (self, "time") && sobre_sql_parser_expect_word (self, "zone");
  return TRUE;
}

static SobreSqlNode *
parse_cast (SobreSqlParser *self, gboolean try)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_CAST, self->token->position, NULL);
  SobreSqlNode *child;

  node->flag = try;
  self->token += 2;
  child = sobre_sql_parse_expression (self);
  if (child == NULL || !sobre_sql_parser_expect_word (self, "as") || !parse_type (self, &node->type) ||
      !sobre_sql_parser_expect_symbol (self, ")"))
    return NULL;
  return sobre_sql_parser_set_children (self, node, &child, 1) ? node : NULL;
}

/* EXTRACT(field FROM x) is the function named as the field. */
static SobreSqlNode *
parse_extract (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_CALL, self->token->position, NULL);
  SobreSqlNode *child;

  self->token += 2;
  node->text = sobre_sql_parser_take_name (self, "a field such as YEAR or HOUR");
  if (node->text == NULL || !sobre_sql_parser_expect_word (self, "from"))
    return NULL;
  child = sobre_sql_parse_expression (self);
  if (child == NULL || !sobre_sql_parser_expect_symbol (self, ")"))
    return NULL;
  node->length = strlen (node->text);
  return sobre_sql_parser_set_children (self, node, &child, 1) ? node : NULL;
}

/* POSITION(a IN b) is strpos(b, a). */
static SobreSqlNode *
parse_position (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_CALL, self->token->position, "strpos");
  SobreSqlNode *part, *whole;

  self->token += 2;
  part = sobre_sql_parse_value (self);
  if (part == NULL || !sobre_sql_parser_expect_word (self, "in"))
    return NULL;
  whole = sobre_sql_parse_value (self);
  if (whole == NULL || !sobre_sql_parser_expect_symbol (self, ")"))
    return NULL;
  return sobre_sql_parser_set_children (self, node, (SobreSqlNode *[]) { whole, part }, 2) ? node : NULL;
}

static SobreSqlNode *
parse_interval (SobreSqlParser *self)
{
  static const char *const units[] = { "second", "minute", "hour", "day", "month", "year" };
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_INTERVAL, self->token->position, NULL);
  gboolean negative;

  self->token++;
  negative = sobre_sql_parser_take_symbol (self, "-");
  if (!negative)
    sobre_sql_parser_take_symbol (self, "+");
  if (self->token->kind != SOBRE_SQL_TOKEN_STRING)
    {
      sobre_sql_parser_fail_expected (self, "the interval's length in single quotes");
      return NULL;
    }
  node->text = self->token->text;
  if (negative)
    {
      g_autofree char *signed_text = g_strconcat ("-", self->token->text, NULL);

      node->text = sobre_sql_arena_string (self->arena, signed_text, strlen (signed_text));
    }
  node->length = strlen (node->text);
  self->token++;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (sobre_sql_parser_take_word (self, units[i]))
      {
        node->qualifier = units[i];
        if (!sobre_sql_parser_is_word (self, 0, "to"))
          return node;
        sobre_sql_parser_refuse (self, self->token->position, "an interval of two units (TO)");
        return NULL;
      }
  sobre_sql_parser_fail_expected (self, "SECOND, MINUTE, HOUR, DAY, MONTH or YEAR");
  return NULL;
}

/* DATE '…' and TIMESTAMP '…', and the typed literals that are refused. */
static SobreSqlNode *
parse_typed_literal (SobreSqlParser *self)
{
  const SobreSqlToken *token = self->token;
  SobreSqlNodeKind kind = g_str_equal (token->text, "date") ? SOBRE_SQL_NODE_DATE : SOBRE_SQL_NODE_TIMESTAMP;
  g_autofree char *refused = NULL;

  if (!g_str_equal (token->text, "date") && !g_str_equal (token->text, "timestamp"))
    {
      g_autofree char *upper = g_ascii_strup (token->text, -1);

      refused = g_strdup_printf ("a literal %s '…'", upper);
      sobre_sql_parser_refuse (self, token->position, refused);
      return NULL;
    }
  self->token += 2;
  return sobre_sql_parser_new_node (self, kind, token->position, token[1].text);
}

static SobreSqlNode *
parse_name (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_COLUMN, self->token->position, NULL);

  node->text = sobre_sql_parser_take_name (self, "an expression");
  if (node->text == NULL)
    return NULL;
  if (sobre_sql_parser_is_symbol (self, 0, ".") && !sobre_sql_parser_is_symbol (self, 1, "*"))
    {
      self->token++;
      node->qualifier = node->text;
      node->text = sobre_sql_parser_take_name (self, "a column");
      if (node->text == NULL)
        return NULL;
      if (sobre_sql_parser_is_symbol (self, 0, "."))
        {
          sobre_sql_parser_refuse (self, self->token->position, "a name of more than two parts");
          return NULL;
        }
    }
  else if (sobre_sql_parser_is_symbol (self, 0, "."))
    {
      self->token += 2;
      node->kind = SOBRE_SQL_NODE_STAR;
      node->qualifier = node->text;
      node->text = NULL;
    }
  node->length = node->text != NULL ? strlen (node->text) : 0;
  return node;
}

static SobreSqlNode *
parse_exists (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_EXISTS, self->token->position, NULL);

  self->token++;
  return sobre_sql_parser_set_query (self, node) ? node : NULL;
}

static SobreSqlNode *
parse_array (SobreSqlParser *self)
{
  SobreSqlNode *node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_ARRAY, self->token->position, NULL);
  SobreSqlNode **elements;
  guint n;

  self->token += 2;
  if (sobre_sql_parser_take_symbol (self, "]"))
    return node;
  elements = sobre_sql_parse_expressions (self, SOBRE_SQL_MAX_ROWS, &n);
  if (elements == NULL || !sobre_sql_parser_expect_symbol (self, "]") ||
      !sobre_sql_parser_set_children (self, node, elements, n))
    return NULL;
  return node;
}

/* Words that stand for a value or a call without brackets. */
static SobreSqlNode *
parse_constant_word (SobreSqlParser *self)
{
  const SobreSqlToken *token = self->token;
  SobreSqlNode *node = NULL;

  if (g_str_equal (token->text, "null"))
    node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_NULL, token->position, NULL);
  else if (g_str_equal (token->text, "true") || g_str_equal (token->text, "false"))
    node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_BOOLEAN, token->position, token->text);
  else if (g_str_equal (token->text, "current_date") || g_str_equal (token->text, "current_timestamp") ||
           g_str_equal (token->text, "localtimestamp"))
    node = sobre_sql_parser_new_node (self, SOBRE_SQL_NODE_CALL, token->position, token->text);
  if (node != NULL)
    self->token++;
  return node;
}

/* The forms that a word and what follows it make; %NULL without an error when it is none of them. */
static SobreSqlNode *
parse_form (SobreSqlParser *self, gboolean *is_form)
{
  const SobreSqlToken *token = self->token;

  *is_form = TRUE;
  if (g_str_equal (token->text, "case"))
    return parse_case (self);
  if (g_str_equal (token->text, "interval") &&
      (token[1].kind == SOBRE_SQL_TOKEN_STRING || is_next (self, "-") || is_next (self, "+")))
    return parse_interval (self);
  if (g_str_equal (token->text, "array") && is_next (self, "["))
    return parse_array (self);
  if (is_next (self, "("))
    {
      if (g_str_equal (token->text, "cast") || g_str_equal (token->text, "try_cast"))
        return parse_cast (self, token->text[0] == 't');
      if (g_str_equal (token->text, "extract"))
        return parse_extract (self);
      if (g_str_equal (token->text, "position"))
        return parse_position (self);
      if (g_str_equal (token->text, "exists"))
        return parse_exists (self);
    }
  *is_form = FALSE;
  return NULL;
}

SobreSqlNode *
sobre_sql_parse_word (SobreSqlParser *self)
{
  static const char *const reserved_functions[] = { "trim", "grouping", "listagg" };
  const SobreSqlToken *token = self->token;
  gboolean is_form;
  SobreSqlNode *node;

  if (token->kind == SOBRE_SQL_TOKEN_QUOTED)
    return parse_name (self);
  for (guint i = 0; i < G_N_ELEMENTS (refused_forms); i++)
    if (g_str_equal (token->text, refused_forms[i].word) && is_next (self, refused_forms[i].next))
      {
        sobre_sql_parser_refuse (self, token->position, refused_forms[i].name);
        return NULL;
      }
  node = parse_constant_word (self);
  if (node != NULL)
    return node;
  node = parse_form (self, &is_form);
  if (is_form)
    return node;
  if (token[0].kind == SOBRE_SQL_TOKEN_WORD && token[0].text[0] != '\0' && token[1].kind == SOBRE_SQL_TOKEN_STRING &&
      !sobre_sql_word_is_reserved (token->text))
    return parse_typed_literal (self);
  if (is_next (self, "("))
    {
      if (!sobre_sql_word_is_reserved (token->text))
        return sobre_sql_parse_call (self);
      for (guint i = 0; i < G_N_ELEMENTS (reserved_functions); i++)
        if (g_str_equal (token->text, reserved_functions[i]))
          return sobre_sql_parse_call (self);
    }
  return parse_name (self);
}
