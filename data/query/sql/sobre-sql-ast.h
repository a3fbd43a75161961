/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query-error.h"
#include "query/sql/sobre-sql-arena.h"

G_BEGIN_DECLS

/* What the parser makes: the query as it was written, names not yet looked up. Everything lives in one arena and is immutable. */

#define SOBRE_SQL_MAX_DEPTH 100 /* of one expression, and of brackets around it */
#define SOBRE_SQL_MAX_COLUMNS 100
#define SOBRE_SQL_MAX_ARGUMENTS 32

/**
 * SobreSqlNodeKind: what an expression is, and what its children are.
 * @SOBRE_SQL_NODE_NULL: NULL
 * @SOBRE_SQL_NODE_BOOLEAN: text "true" or "false"
 * @SOBRE_SQL_NODE_INTEGER: text: the digits, a minus sign before them if negative
 * @SOBRE_SQL_NODE_DECIMAL: likewise, with a point
 * @SOBRE_SQL_NODE_DOUBLE: likewise, with an exponent
 * @SOBRE_SQL_NODE_STRING: text of @length bytes
 * @SOBRE_SQL_NODE_DATE: DATE 'text'
 * @SOBRE_SQL_NODE_TIMESTAMP: TIMESTAMP 'text'
 * @SOBRE_SQL_NODE_INTERVAL: INTERVAL 'text' unit (in @qualifier); the text carries the sign
 * @SOBRE_SQL_NODE_PARAMETER: :text
 * @SOBRE_SQL_NODE_COLUMN: text, perhaps of the relation @qualifier
 * @SOBRE_SQL_NODE_STAR: every column, perhaps of the relation @qualifier
 * @SOBRE_SQL_NODE_CALL: function text; children: arguments; @flag: DISTINCT; @star: (*); @filter
 * @SOBRE_SQL_NODE_NEGATE: one child
 * @SOBRE_SQL_NODE_NOT: one child
 * @SOBRE_SQL_NODE_AND: two or more children
 * @SOBRE_SQL_NODE_OR: two or more children
 * @SOBRE_SQL_NODE_BINARY: @operator and two children
 * @SOBRE_SQL_NODE_BETWEEN: value, low, high; @flag: NOT
 * @SOBRE_SQL_NODE_IN: value, then the list; @flag: NOT
 * @SOBRE_SQL_NODE_LIKE: value, pattern, perhaps escape; @flag: NOT
 * @SOBRE_SQL_NODE_IS_NULL: one child; @flag: NOT
 * @SOBRE_SQL_NODE_IS_DISTINCT: two children; @flag: NOT
 * @SOBRE_SQL_NODE_CASE: operand if @flag, then pairs of WHEN and THEN, then ELSE if @star
 * @SOBRE_SQL_NODE_CAST: one child to the type named text; @flag: TRY_CAST
 * @SOBRE_SQL_NODE_AT_TIME_ZONE: value, zone
 */
typedef enum
{
  SOBRE_SQL_NODE_NULL,
  SOBRE_SQL_NODE_BOOLEAN,
  SOBRE_SQL_NODE_INTEGER,
  SOBRE_SQL_NODE_DECIMAL,
  SOBRE_SQL_NODE_DOUBLE,
  SOBRE_SQL_NODE_STRING,
  SOBRE_SQL_NODE_DATE,
  SOBRE_SQL_NODE_TIMESTAMP,
  SOBRE_SQL_NODE_INTERVAL,
  SOBRE_SQL_NODE_PARAMETER,
  SOBRE_SQL_NODE_COLUMN,
  SOBRE_SQL_NODE_STAR,
  SOBRE_SQL_NODE_CALL,
  SOBRE_SQL_NODE_NEGATE,
  SOBRE_SQL_NODE_NOT,
  SOBRE_SQL_NODE_AND,
  SOBRE_SQL_NODE_OR,
  SOBRE_SQL_NODE_BINARY,
  SOBRE_SQL_NODE_BETWEEN,
  SOBRE_SQL_NODE_IN,
  SOBRE_SQL_NODE_LIKE,
  SOBRE_SQL_NODE_IS_NULL,
  SOBRE_SQL_NODE_IS_DISTINCT,
  SOBRE_SQL_NODE_CASE,
  SOBRE_SQL_NODE_CAST,
  SOBRE_SQL_NODE_AT_TIME_ZONE,
} SobreSqlNodeKind;

typedef enum
{
  SOBRE_SQL_ADD,
  SOBRE_SQL_SUBTRACT,
  SOBRE_SQL_MULTIPLY,
  SOBRE_SQL_DIVIDE,
  SOBRE_SQL_MODULO,
  SOBRE_SQL_CONCAT,
  SOBRE_SQL_EQUAL,
  SOBRE_SQL_NOT_EQUAL,
  SOBRE_SQL_LESS,
  SOBRE_SQL_LESS_EQUAL,
  SOBRE_SQL_GREATER,
  SOBRE_SQL_GREATER_EQUAL,
} SobreSqlOperator;

/** "+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">=". */
const char *sobre_sql_operator_get_name (SobreSqlOperator op);

/** SobreSqlTypeName: a type as CAST writes it. @precision and @scale: -1 where not given */
typedef struct
{
  const char *name;
  gint64 precision;
  gint64 scale;
} SobreSqlTypeName;

typedef struct _SobreSqlNode SobreSqlNode;

struct _SobreSqlNode
{
  SobreSqlNodeKind kind;
  SobreSqlOperator op;
  SobreSqlPosition position;
  guint height;
  gboolean flag;
  gboolean star;
  const char *text;
  gsize length;
  const char *qualifier;
  SobreSqlTypeName type;
  SobreSqlNode *filter;
  SobreSqlNode **children;
  guint n_children;
};

/** SobreSqlItem: one column of SELECT. @alias: (nullable) */
typedef struct
{
  SobreSqlNode *node;
  const char *alias;
} SobreSqlItem;

/** SobreSqlRelation: what FROM names. @alias: (nullable). Joins and sub-queries will be further kinds of it. */
typedef struct
{
  const char *name;
  const char *alias;
  SobreSqlPosition position;
} SobreSqlRelation;

/** SobreSqlOrder: one key of ORDER BY; NULLs come last unless asked for. */
typedef struct
{
  SobreSqlNode *node;
  gboolean descending;
  gboolean nulls_first;
} SobreSqlOrder;

/** SobreSqlSelect: one query block. @from, @where, @having, @limit, @offset: (nullable) */
typedef struct
{
  gboolean distinct;
  SobreSqlItem *items;
  guint n_items;
  SobreSqlRelation *from;
  SobreSqlNode *where;
  SobreSqlNode **group_by;
  guint n_group_by;
  SobreSqlNode *having;
  SobreSqlOrder *order_by;
  guint n_order_by;
  SobreSqlNode *limit;
  SobreSqlNode *offset;
  SobreSqlPosition position;
} SobreSqlSelect;

/**
 * sobre_sql_parse:
 * @sql: the text of one query, @length bytes; a ; at its end is allowed
 * @arena: owns what is returned
 * @error: SOBRE_QUERY_ERROR_SYNTAX, _LIMIT, or _UNSUPPORTED for what is SQL but not in this grammar, with its place
 *
 * Returns: (transfer none) (nullable)
 */
const SobreSqlSelect *sobre_sql_parse (const char *sql, gsize length, SobreSqlArena *arena, GError **error);

/** sobre_sql_format: Returns: (transfer full): SQL that parses to the same tree */
char *sobre_sql_format (const SobreSqlSelect *select);

/** Whether two trees are the same, places aside. */
gboolean sobre_sql_select_equal (const SobreSqlSelect *a, const SobreSqlSelect *b);
gboolean sobre_sql_node_equal (const SobreSqlNode *a, const SobreSqlNode *b);

G_END_DECLS
