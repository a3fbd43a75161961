/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* The grammar of FROM:
 *
 *   relation {, relation}
 *
 * where a relation is a primary with joins behind it, which bind from left to right, and a primary is a table, a query or a relation in
 * brackets, or UNNEST(…) [WITH ORDINALITY], each with [[AS] alias [(column {, column})]]. */

static SobreSqlRelation *parse_relation (SobreSqlParser *self);

static SobreSqlRelation *
new_relation (SobreSqlParser *self, SobreSqlRelationKind kind)
{
  SobreSqlRelation *relation = sobre_sql_arena_new_object (self->arena, SobreSqlRelation);

  relation->kind = kind;
  relation->position = self->token->position;
  if (kind != SOBRE_SQL_RELATION_JOIN && ++self->n_relations > SOBRE_SQL_MAX_RELATIONS)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, relation->position, "more than %d tables in one FROM",
                             SOBRE_SQL_MAX_RELATIONS);
      return NULL;
    }
  return relation;
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
    { "natural", "NATURAL JOIN" },
    { "tablesample", "TABLESAMPLE" },
    { "for", "FOR … AS OF" },
    { "match_recognize", "MATCH_RECOGNIZE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (sobre_sql_parser_is_word (self, 0, forms[i].word))
      return sobre_sql_parser_refuse (self, self->token->position, forms[i].name);
  return TRUE;
}

static gboolean
parse_alias (SobreSqlParser *self, SobreSqlRelation *relation)
{
  if (!refuse_after_table (self) || !sobre_sql_parser_take_alias (self, &relation->alias))
    return FALSE;
  if (relation->alias != NULL && sobre_sql_parser_is_symbol (self, 0, "(") &&
      !sobre_sql_parse_names (self, &relation->columns, "a column's name"))
    return FALSE;
  return refuse_after_table (self);
}

static SobreSqlRelation *
parse_unnest (SobreSqlParser *self)
{
  SobreSqlRelation *relation = new_relation (self, SOBRE_SQL_RELATION_UNNEST);

  if (relation == NULL)
    return NULL;
  self->token++;
  if (!sobre_sql_parser_expect_symbol (self, "("))
    return NULL;
  relation->arguments.nodes = sobre_sql_parse_expressions (self, SOBRE_SQL_MAX_ARGUMENTS, &relation->arguments.n);
  if (relation->arguments.nodes == NULL || !sobre_sql_parser_expect_symbol (self, ")"))
    return NULL;
  if (sobre_sql_parser_is_word (self, 0, "with") && sobre_sql_parser_is_word (self, 1, "ordinality"))
    {
      self->token += 2;
      relation->with_ordinality = TRUE;
    }
  return relation;
}

static SobreSqlRelation *
parse_table (SobreSqlParser *self)
{
  SobreSqlRelation *relation = new_relation (self, SOBRE_SQL_RELATION_TABLE);

  if (relation == NULL)
    return NULL;
  relation->name = sobre_sql_parser_take_name (self, "a table");
  if (relation->name == NULL)
    return NULL;
  if (sobre_sql_parser_is_symbol (self, 0, "."))
    {
      sobre_sql_parser_refuse (self, relation->position, "a catalogue or schema before a table's name");
      return NULL;
    }
  if (sobre_sql_parser_is_symbol (self, 0, "("))
    {
      sobre_sql_parser_refuse (self, relation->position, "a table function");
      return NULL;
    }
  relation->next = self->tables;
  self->tables = relation;
  return relation;
}

static SobreSqlRelation *
parse_brackets (SobreSqlParser *self)
{
  SobreSqlRelation *relation;

  if (sobre_sql_parser_is_query (self))
    {
      relation = new_relation (self, SOBRE_SQL_RELATION_QUERY);
      if (relation == NULL)
        return NULL;
      relation->query = sobre_sql_parse_query_in_brackets (self);
      return relation->query != NULL ? relation : NULL;
    }
  self->token++;
  if (!sobre_sql_parser_enter (self))
    return NULL;
  relation = parse_relation (self);
  sobre_sql_parser_leave (self);
  if (relation == NULL || !sobre_sql_parser_expect_symbol (self, ")"))
    return NULL;
  /* Brackets around joins only say where they belong; an alias for them would hide the names inside. */
  if (relation->kind == SOBRE_SQL_RELATION_JOIN)
    {
      const SobreSqlToken *token = self->token;

      if (!sobre_sql_parser_take_alias (self, &relation->alias))
        return NULL;
      if (relation->alias != NULL)
        {
          sobre_sql_parser_refuse (self, token->position, "an alias for joined tables in brackets");
          return NULL;
        }
    }
  return relation;
}

static SobreSqlRelation *
parse_primary (SobreSqlParser *self)
{
  static const char *const refused[] = { "lateral", "table", "json_table" };
  gboolean brackets = sobre_sql_parser_is_symbol (self, 0, "(");
  SobreSqlRelation *relation;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (sobre_sql_parser_is_word (self, 0, refused[i]))
      {
        g_autofree char *upper = g_ascii_strup (refused[i], -1);

        sobre_sql_parser_refuse (self, self->token->position, upper);
        return NULL;
      }
  if (sobre_sql_parser_is_word (self, 0, "unnest"))
    relation = parse_unnest (self);
  else
    relation = brackets ? parse_brackets (self) : parse_table (self);
  if (relation == NULL || relation->kind == SOBRE_SQL_RELATION_JOIN || relation->alias != NULL)
    return relation;
  return parse_alias (self, relation) ? relation : NULL;
}

/* The kind of the join that comes next; %FALSE when none does. */
static gboolean
take_join (SobreSqlParser *self, SobreSqlJoinType *type, gboolean *failed)
{
  static const struct
  {
    const char *word;
    SobreSqlJoinType type;
    gboolean outer;
  } joins[] = {
    { "cross", SOBRE_SQL_JOIN_CROSS, FALSE }, { "inner", SOBRE_SQL_JOIN_INNER, FALSE }, { "left", SOBRE_SQL_JOIN_LEFT, TRUE },
    { "right", SOBRE_SQL_JOIN_RIGHT, TRUE },  { "full", SOBRE_SQL_JOIN_FULL, TRUE },
  };

  *failed = FALSE;
  *type = SOBRE_SQL_JOIN_INNER;
  if (sobre_sql_parser_take_word (self, "join"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (joins); i++)
    if (sobre_sql_parser_take_word (self, joins[i].word))
      {
        *type = joins[i].type;
        if (joins[i].outer)
          sobre_sql_parser_take_word (self, "outer");
        *failed = !sobre_sql_parser_expect_word (self, "join");
        return !*failed;
      }
  return FALSE;
}

static gboolean
parse_condition (SobreSqlParser *self, SobreSqlRelation *join)
{
  if (join->join == SOBRE_SQL_JOIN_CROSS)
    return TRUE;
  if (sobre_sql_parser_take_word (self, "on"))
    {
      join->on = sobre_sql_parse_expression (self);
      return join->on != NULL;
    }
  if (sobre_sql_parser_take_word (self, "using"))
    return sobre_sql_parse_names (self, &join->using, "a column's name");
  return sobre_sql_parser_fail_expected (self, "ON or USING");
}

static SobreSqlRelation *parse_joins (SobreSqlParser *self, SobreSqlRelation *left, gboolean nested);

/* The right side of a join with a condition: in "a JOIN b JOIN c ON … ON …" it is itself a join. */
static SobreSqlRelation *
parse_right_side (SobreSqlParser *self)
{
  SobreSqlRelation *right;

  if (!sobre_sql_parser_enter (self))
    return NULL;
  right = parse_primary (self);
  if (right != NULL)
    right = parse_joins (self, right, TRUE);
  sobre_sql_parser_leave (self);
  return right;
}

static SobreSqlRelation *
parse_joins (SobreSqlParser *self, SobreSqlRelation *left, gboolean nested)
{
  SobreSqlJoinType type;
  gboolean failed;

  while (TRUE)
    {
      SobreSqlPosition position = self->token->position;
      SobreSqlRelation *join;

      if (nested && (sobre_sql_parser_is_word (self, 0, "on") || sobre_sql_parser_is_word (self, 0, "using")))
        return left;
      if (!take_join (self, &type, &failed))
        return failed ? NULL : left;
      join = new_relation (self, SOBRE_SQL_RELATION_JOIN);
      join->position = position;
      join->join = type;
      join->left = left;
      join->right = type == SOBRE_SQL_JOIN_CROSS ? parse_primary (self) : parse_right_side (self);
      if (join->right == NULL || !parse_condition (self, join))
        return NULL;
      left = join;
    }
}

/* Joins bind from left to right. */
static SobreSqlRelation *
parse_relation (SobreSqlParser *self)
{
  SobreSqlRelation *left = parse_primary (self);

  return left != NULL ? parse_joins (self, left, FALSE) : NULL;
}

SobreSqlRelation *
sobre_sql_parse_from (SobreSqlParser *self)
{
  guint n_before = self->n_relations;
  SobreSqlRelation *left;

  self->n_relations = 0;
  left = parse_relation (self);
  while (left != NULL && sobre_sql_parser_take_symbol (self, ","))
    {
      SobreSqlRelation *join = new_relation (self, SOBRE_SQL_RELATION_JOIN);

      join->join = SOBRE_SQL_JOIN_CROSS;
      join->left = left;
      join->right = parse_relation (self);
      if (join->right == NULL)
        return NULL;
      left = join;
    }
  self->n_relations = n_before;
  return left;
}
