/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-ast.h"
#include "query/sql/sobre-sql-lexer.h"

G_BEGIN_DECLS

/* What the two halves of the parser, statements and expressions, share. Each function that returns a node or %FALSE sets the
 * parser's error first; nothing goes on after the first error. */

typedef struct
{
  SobreSqlArena *arena;
  const SobreSqlToken *token; /* the one to be read next; the last one is END and never passed */
  guint depth;
  guint height;      /* of the highest expression since the query began */
  guint n_relations; /* in the FROM that is being read */
  const SobreSqlRelation *tables;
  GError **error;
} SobreSqlParser;

gboolean sobre_sql_parser_is_word (const SobreSqlParser *self, guint ahead, const char *word);
gboolean sobre_sql_parser_is_symbol (const SobreSqlParser *self, guint ahead, const char *symbol);
gboolean sobre_sql_parser_take_word (SobreSqlParser *self, const char *word);
gboolean sobre_sql_parser_take_symbol (SobreSqlParser *self, const char *symbol);
gboolean sobre_sql_parser_expect_word (SobreSqlParser *self, const char *word);
gboolean sobre_sql_parser_expect_symbol (SobreSqlParser *self, const char *symbol);

/** "…" expected, found "…". */
gboolean sobre_sql_parser_fail_expected (SobreSqlParser *self, const char *what);

/** @what is not available offline yet. */
gboolean sobre_sql_parser_refuse (SobreSqlParser *self, SobreSqlPosition position, const char *what);

/** A word that cannot be a name without double quotes. */
gboolean sobre_sql_word_is_reserved (const char *word);

/** A name, bare or quoted; %NULL with the error set. */
const char *sobre_sql_parser_take_name (SobreSqlParser *self, const char *what);

/** [AS] alias, %NULL where there is none; %FALSE with the error set. Words that begin the next clause are no alias. */
gboolean sobre_sql_parser_take_alias (SobreSqlParser *self, const char **alias);

/** One more level of nesting; %FALSE with the error set where there are too many. */
gboolean sobre_sql_parser_enter (SobreSqlParser *self);
void sobre_sql_parser_leave (SobreSqlParser *self);

/** Whether the bracket that comes next encloses a query. */
gboolean sobre_sql_parser_is_query (const SobreSqlParser *self);

/** A query with WITH and everything, up to what cannot belong to it. */
SobreSqlSelect *sobre_sql_parse_query (SobreSqlParser *self);

/** "(" query ")". */
SobreSqlSelect *sobre_sql_parse_query_in_brackets (SobreSqlParser *self);

/** A block, from SELECT to WINDOW, into @select. */
gboolean sobre_sql_parse_block (SobreSqlParser *self, SobreSqlSelect *select);

/** One expression, or several in brackets, which may be none. */
gboolean sobre_sql_parse_row (SobreSqlParser *self, SobreSqlNodes *row);

/** What stands behind FROM. */
SobreSqlRelation *sobre_sql_parse_from (SobreSqlParser *self);

/** One or more sort keys between commas. */
SobreSqlOrder *sobre_sql_parse_sort_keys (SobreSqlParser *self, guint *n);

/** "(" name {, name} ")". */
gboolean sobre_sql_parse_names (SobreSqlParser *self, SobreSqlNames *names, const char *what);

/** A function's call, and what may follow it: FILTER, WITHIN GROUP, OVER. In sobre-sql-parse-call.c. */
SobreSqlNode *sobre_sql_parse_call (SobreSqlParser *self);

/** A window in brackets. */
SobreSqlOver *sobre_sql_parse_window (SobreSqlParser *self);

SobreSqlNode *sobre_sql_parse_expression (SobreSqlParser *self);

/** An expression that is no predicate: neither comparison nor AND, OR, NOT, IN, … outside brackets. */
SobreSqlNode *sobre_sql_parse_value (SobreSqlParser *self);

/** One or more expressions between commas. */
SobreSqlNode **sobre_sql_parse_expressions (SobreSqlParser *self, guint max, guint *n);

/** The forms that begin with a word: calls, literals with a type, CASE, CAST, names. In sobre-sql-parse-word.c. */
SobreSqlNode *sobre_sql_parse_word (SobreSqlParser *self);

SobreSqlNode *
sobre_sql_parser_new_node (SobreSqlParser *self, SobreSqlNodeKind kind, SobreSqlPosition position, const char *text);

/** Gives @node its children; %FALSE when it grows too deep. */
gboolean sobre_sql_parser_set_children (SobreSqlParser *self, SobreSqlNode *node, SobreSqlNode **children, guint n_children);

/** Makes @node at least @height high; %FALSE when that is too deep. */
gboolean sobre_sql_parser_set_height (SobreSqlParser *self, SobreSqlNode *node, guint height);

/** Gives @node the query in brackets that comes next. */
gboolean sobre_sql_parser_set_query (SobreSqlParser *self, SobreSqlNode *node);

G_END_DECLS
