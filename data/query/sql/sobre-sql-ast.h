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
#define SOBRE_SQL_MAX_RELATIONS 32 /* in one FROM */
#define SOBRE_SQL_MAX_ROWS 10000   /* of VALUES */

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
 * @SOBRE_SQL_NODE_CALL: function text; children: arguments; @flag: DISTINCT; @star: (*); @filter, @order_by and @over may follow it
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
 * @SOBRE_SQL_NODE_ARRAY: ARRAY[…] of the children
 * @SOBRE_SQL_NODE_SUBQUERY: the one value that @query gives
 * @SOBRE_SQL_NODE_EXISTS: whether @query gives a row
 * @SOBRE_SQL_NODE_IN_QUERY: whether the one child is among what @query gives; @flag: NOT
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
  SOBRE_SQL_NODE_ARRAY,
  SOBRE_SQL_NODE_SUBQUERY,
  SOBRE_SQL_NODE_EXISTS,
  SOBRE_SQL_NODE_IN_QUERY,
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
typedef struct _SobreSqlSelect SobreSqlSelect;

/** SobreSqlOrder: one key of ORDER BY; NULLs come last unless asked for. */
typedef struct
{
  SobreSqlNode *node;
  gboolean descending;
  gboolean nulls_first;
} SobreSqlOrder;

typedef enum
{
  SOBRE_SQL_FRAME_RANGE,
  SOBRE_SQL_FRAME_ROWS,
} SobreSqlFrameUnit;

typedef enum
{
  SOBRE_SQL_BOUND_UNBOUNDED_PRECEDING,
  SOBRE_SQL_BOUND_PRECEDING,
  SOBRE_SQL_BOUND_CURRENT_ROW,
  SOBRE_SQL_BOUND_FOLLOWING,
  SOBRE_SQL_BOUND_UNBOUNDED_FOLLOWING,
} SobreSqlBoundKind;

/** SobreSqlBound: one end of a window's frame. @offset: (nullable): of PRECEDING and FOLLOWING */
typedef struct
{
  SobreSqlBoundKind kind;
  SobreSqlNode *offset;
} SobreSqlBound;

/**
 * SobreSqlOver: what stands behind OVER, or a window of the WINDOW clause.
 * @name: (nullable): the named window that it is, or that it is built on
 * @bare: OVER name, without brackets
 * @has_frame: whether a frame is written
 */
typedef struct
{
  const char *name;
  gboolean bare;
  SobreSqlNode **partition_by;
  guint n_partition_by;
  SobreSqlOrder *order_by;
  guint n_order_by;
  gboolean has_frame;
  SobreSqlFrameUnit unit;
  SobreSqlBound start;
  SobreSqlBound end;
  SobreSqlPosition position;
} SobreSqlOver;

/** SobreSqlNode: @ignores_nulls: IGNORE NULLS · @order_by: of ORDER BY inside a call or of WITHIN GROUP */
struct _SobreSqlNode
{
  SobreSqlNodeKind kind;
  SobreSqlOperator op;
  SobreSqlPosition position;
  guint height;
  gboolean flag;
  gboolean star;
  gboolean ignores_nulls;
  const char *text;
  gsize length;
  const char *qualifier;
  SobreSqlTypeName type;
  SobreSqlNode *filter;
  SobreSqlOrder *order_by;
  guint n_order_by;
  SobreSqlOver *over;
  SobreSqlSelect *query;
  SobreSqlNode **children;
  guint n_children;
};

/** SobreSqlItem: one column of SELECT. @alias: (nullable) · @spelled: (nullable): the alias, else the column's name, as it was written */
typedef struct
{
  SobreSqlNode *node;
  const char *alias;
  const char *spelled;
} SobreSqlItem;

/** SobreSqlNames: a list of names in brackets. */
typedef struct
{
  const char **names;
  guint n;
} SobreSqlNames;

/** SobreSqlNodes: a list of expressions. */
typedef struct
{
  SobreSqlNode **nodes;
  guint n;
} SobreSqlNodes;

typedef enum
{
  SOBRE_SQL_RELATION_TABLE,
  SOBRE_SQL_RELATION_QUERY,
  SOBRE_SQL_RELATION_UNNEST,
  SOBRE_SQL_RELATION_JOIN,
} SobreSqlRelationKind;

typedef enum
{
  SOBRE_SQL_JOIN_CROSS,
  SOBRE_SQL_JOIN_INNER,
  SOBRE_SQL_JOIN_LEFT,
  SOBRE_SQL_JOIN_RIGHT,
  SOBRE_SQL_JOIN_FULL,
} SobreSqlJoinType;

typedef struct _SobreSqlRelation SobreSqlRelation;

/**
 * SobreSqlRelation: what FROM names; a comma is a cross join.
 * @name: of a table
 * @alias: (nullable)
 * @columns: column aliases behind the alias
 * @query: of a sub-query
 * @arguments: of UNNEST
 * @with_ordinality: UNNEST … WITH ORDINALITY
 * @join: how @left and @right are joined, by @on (nullable) or the columns @using
 * @next: of a table: one that the text names before it
 */
struct _SobreSqlRelation
{
  SobreSqlRelationKind kind;
  SobreSqlPosition position;
  const char *name;
  const char *alias;
  SobreSqlNames columns;
  SobreSqlSelect *query;
  SobreSqlNodes arguments;
  gboolean with_ordinality;
  SobreSqlJoinType join;
  SobreSqlRelation *left;
  SobreSqlRelation *right;
  SobreSqlNode *on;
  SobreSqlNames using;
  const SobreSqlRelation *next;
};

typedef enum
{
  SOBRE_SQL_GROUP_SIMPLE,
  SOBRE_SQL_GROUP_ROLLUP,
  SOBRE_SQL_GROUP_CUBE,
  SOBRE_SQL_GROUP_SETS,
} SobreSqlGroupKind;

/** SobreSqlGroupElement: one element of GROUP BY. @sets: one for SIMPLE; the columns of ROLLUP and CUBE, each one or more expressions */
typedef struct
{
  SobreSqlGroupKind kind;
  SobreSqlNodes *sets;
  guint n_sets;
  SobreSqlPosition position;
} SobreSqlGroupElement;

/** SobreSqlCte: one query of WITH. */
typedef struct
{
  const char *name;
  SobreSqlNames columns;
  SobreSqlSelect *query;
  SobreSqlPosition position;
} SobreSqlCte;

/**
 * SobreSqlBody: what a query is at heart.
 * @SOBRE_SQL_BODY_BLOCK: SELECT …
 * @SOBRE_SQL_BODY_VALUES: VALUES @rows
 * @SOBRE_SQL_BODY_UNION: @left and @right
 * @SOBRE_SQL_BODY_INTERSECT: likewise
 * @SOBRE_SQL_BODY_EXCEPT: likewise
 * @SOBRE_SQL_BODY_BRACKETS: (@left), with clauses of its own behind it
 */
typedef enum
{
  SOBRE_SQL_BODY_BLOCK,
  SOBRE_SQL_BODY_VALUES,
  SOBRE_SQL_BODY_UNION,
  SOBRE_SQL_BODY_INTERSECT,
  SOBRE_SQL_BODY_EXCEPT,
  SOBRE_SQL_BODY_BRACKETS,
} SobreSqlBody;

/**
 * SobreSqlSelect: one query, with the clauses around its body. @from, @where, @having, @limit, @offset: (nullable)
 * @distinct: SELECT DISTINCT; of a set operation: not ALL
 * @distinct_sets: GROUP BY DISTINCT
 * @windows: of the WINDOW clause; their names are in @window_names
 * @tables: of a whole statement: every place where it names a table
 */
struct _SobreSqlSelect
{
  SobreSqlBody body;
  SobreSqlPosition position;
  SobreSqlCte *ctes;
  guint n_ctes;
  gboolean distinct;
  SobreSqlItem *items;
  guint n_items;
  SobreSqlRelation *from;
  SobreSqlNode *where;
  gboolean distinct_sets;
  SobreSqlGroupElement *group_by;
  guint n_group_by;
  SobreSqlNode *having;
  SobreSqlNames window_names;
  SobreSqlOver *windows;
  SobreSqlNodes *rows;
  guint n_rows;
  SobreSqlSelect *left;
  SobreSqlSelect *right;
  SobreSqlOrder *order_by;
  guint n_order_by;
  SobreSqlNode *limit;
  SobreSqlNode *offset;
  const SobreSqlRelation *tables;
};

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
