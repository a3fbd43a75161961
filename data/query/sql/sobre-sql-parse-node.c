/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-parser-private.h"

/* Nodes of the tree, and how high it gets: what goes through it later takes as many calls. */

SobreSqlNode *
sobre_sql_parser_new_node (SobreSqlParser *self, SobreSqlNodeKind kind, SobreSqlPosition position, const char *text)
{
  SobreSqlNode *node = sobre_sql_arena_new_object (self->arena, SobreSqlNode);

  node->kind = kind;
  node->position = position;
  node->text = text;
  node->length = text != NULL ? strlen (text) : 0;
  node->height = 1;
  return node;
}

static gboolean
fail_depth (SobreSqlParser *self, SobreSqlPosition position)
{
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, position, "the expression is more than %d levels deep",
                                SOBRE_SQL_MAX_DEPTH);
}

gboolean
sobre_sql_parser_set_height (SobreSqlParser *self, SobreSqlNode *node, guint height)
{
  node->height = MAX (node->height, height);
  self->height = MAX (self->height, node->height);
  return node->height <= SOBRE_SQL_MAX_DEPTH || fail_depth (self, node->position);
}

gboolean
sobre_sql_parser_set_children (SobreSqlParser *self, SobreSqlNode *node, SobreSqlNode **children, guint n_children)
{
  guint height = 0;

  node->children = sobre_sql_arena_new_array (self->arena, SobreSqlNode *, n_children);
  node->n_children = n_children;
  for (guint i = 0; i < n_children; i++)
    {
      node->children[i] = children[i];
      height = MAX (height, children[i]->height);
    }
  return sobre_sql_parser_set_height (self, node, height + 1);
}

gboolean
sobre_sql_parser_set_query (SobreSqlParser *self, SobreSqlNode *node)
{
  guint before = self->height;
  guint n_relations = self->n_relations;
  guint height;

  self->height = 0;
  node->query = sobre_sql_parse_query_in_brackets (self);
  height = self->height + 1;
  self->height = before;
  self->n_relations = n_relations;
  return node->query != NULL && sobre_sql_parser_set_height (self, node, height);
}
