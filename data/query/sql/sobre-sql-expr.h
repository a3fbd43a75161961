/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query-error.h"
#include "query/sql/sobre-sql-ast.h"
#include "query/sql/sobre-sql-regexp.h"
#include "query/sql/sobre-sql-type.h"

G_BEGIN_DECLS

typedef struct _SobreSqlExpr SobreSqlExpr;
typedef struct _SobreSqlFunction SobreSqlFunction;

/**
 * SobreSqlExprKind: a typed expression. BETWEEN, NULLIF, IF, simple CASE and the like are already put in terms of these.
 * @SOBRE_SQL_EXPR_CONSTANT: @constant
 * @SOBRE_SQL_EXPR_COLUMN: column @slot of the batch
 * @SOBRE_SQL_EXPR_AGGREGATE: aggregate @slot of the block; only while binding
 * @SOBRE_SQL_EXPR_WINDOW: window function @slot of the block; only while binding
 * @SOBRE_SQL_EXPR_GROUPING: grouping(), by the number of the grouping set in @set; only while binding
 * @SOBRE_SQL_EXPR_OUTER: @outer, an expression of the block around this one; only while binding
 * @SOBRE_SQL_EXPR_CALL: @function of the children
 * @SOBRE_SQL_EXPR_ARITHMETIC: @op + - * / % of two children of one type (decimals may differ in scale)
 * @SOBRE_SQL_EXPR_NEGATE: one child
 * @SOBRE_SQL_EXPR_COMPARE: @op = <> < <= > >= of two children of one type
 * @SOBRE_SQL_EXPR_DISTINCT: two children of one type; NULL equals NULL
 * @SOBRE_SQL_EXPR_AND: of two or more
 * @SOBRE_SQL_EXPR_OR: of two or more
 * @SOBRE_SQL_EXPR_NOT: one child
 * @SOBRE_SQL_EXPR_IS_NULL: one child
 * @SOBRE_SQL_EXPR_IN: one child, in the sorted @set; @has_null: NULL is in the list too
 * @SOBRE_SQL_EXPR_CASE: pairs of condition and value, then the value otherwise
 * @SOBRE_SQL_EXPR_COALESCE: the first that is not NULL
 * @SOBRE_SQL_EXPR_TRY: one child; NULL where computing it fails
 * @SOBRE_SQL_EXPR_LIST: elements of @type, of the children or given by @function of them; only in UNNEST, and never computed as a value
 * @SOBRE_SQL_EXPR_CAST: one child to @type; @is_try: NULL where it fails; @length: of a varchar(n), else 0
 */
typedef enum
{
  SOBRE_SQL_EXPR_CONSTANT,
  SOBRE_SQL_EXPR_COLUMN,
  SOBRE_SQL_EXPR_AGGREGATE,
  SOBRE_SQL_EXPR_WINDOW,
  SOBRE_SQL_EXPR_GROUPING,
  SOBRE_SQL_EXPR_OUTER,
  SOBRE_SQL_EXPR_CALL,
  SOBRE_SQL_EXPR_ARITHMETIC,
  SOBRE_SQL_EXPR_NEGATE,
  SOBRE_SQL_EXPR_COMPARE,
  SOBRE_SQL_EXPR_DISTINCT,
  SOBRE_SQL_EXPR_AND,
  SOBRE_SQL_EXPR_OR,
  SOBRE_SQL_EXPR_NOT,
  SOBRE_SQL_EXPR_IS_NULL,
  SOBRE_SQL_EXPR_IN,
  SOBRE_SQL_EXPR_CASE,
  SOBRE_SQL_EXPR_COALESCE,
  SOBRE_SQL_EXPR_TRY,
  SOBRE_SQL_EXPR_CAST,
  SOBRE_SQL_EXPR_LIST,
} SobreSqlExprKind;

/** SobreSqlExpr: @is_total: no value of its columns makes it fail · @low, @high: bounds of an integer result, where low < high ·
 * @regexp: of a function of regular expressions: its second argument, of the arena · @weight: nodes below it and itself, shared ones counted as often as they are reached: what computing it once takes */
#define SOBRE_SQL_MAX_WEIGHT 50000

struct _SobreSqlExpr
{
  SobreSqlExprKind kind;
  SobreSqlOperator op;
  SobreSqlType type;
  SobreSqlPosition position;
  guint id;
  guint weight;
  guint slot;
  gboolean is_total;
  gboolean is_try;
  gboolean has_null;
  gint64 length;
  gint32 low;
  gint32 high;
  const SobreSqlFunction *function;
  const SobreSqlRegexp *regexp;
  SobreSqlValue constant;
  SobreSqlExpr *outer;
  SobreSqlValue *set;
  guint n_set;
  SobreSqlExpr **children;
  guint n_children;
};

/** Whether two expressions always have the same value. */
gboolean sobre_sql_expr_equal (const SobreSqlExpr *a, const SobreSqlExpr *b);

/** Whether @expr has a node of @kind. */
gboolean sobre_sql_expr_has (const SobreSqlExpr *expr, SobreSqlExprKind kind);

/** Runs @visit for each slot in @expr. */
void sobre_sql_expr_each_slot (const SobreSqlExpr *expr, void (*visit) (guint slot, gpointer data), gpointer data);

/** Three-way order of two values of @type that are not NULL: NaN is the largest double. */
int sobre_sql_value_compare (SobreSqlType type, const SobreSqlValue *a, const SobreSqlValue *b);

G_END_DECLS
