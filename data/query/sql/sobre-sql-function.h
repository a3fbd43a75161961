/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-expr.h"

G_BEGIN_DECLS

/* The one table of functions: the binder looks calls up in it, docs/sql.md is written from it, and the tests walk it. */

/**
 * SobreSqlFrame: what a function sees beside its arguments.
 * @expr: the call: types of arguments and result
 * @arena: where text results live
 * @error: set before %FALSE is returned
 */
typedef struct
{
  const SobreSqlExpr *expr;
  SobreSqlArena *arena;
  SobreSqlBudget *budget;
  GError **error;
} SobreSqlFrame;

/** Computes one value. @result: its null flag is clear when the function is called. */
typedef gboolean (*SobreSqlKernel) (SobreSqlFrame *frame, const SobreSqlValue *arguments, SobreSqlValue *result);

/** Adds the elements of a list, SobreSqlValue each, to @elements. Called for arguments that are not NULL. */
typedef gboolean (*SobreSqlListKernel) (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements);

/** The result type of a function whose signature alone does not tell it. */
typedef SobreSqlType (*SobreSqlResolve) (const SobreSqlType *arguments, guint n_arguments);

typedef enum
{
  SOBRE_SQL_CONDITIONAL,
  SOBRE_SQL_STRING,
  SOBRE_SQL_MATHS,
  SOBRE_SQL_DATE_TIME,
  SOBRE_SQL_AGGREGATION,
  SOBRE_SQL_WINDOW,
  SOBRE_SQL_LISTS,
} SobreSqlCategory;

#define SOBRE_SQL_N_CATEGORIES (SOBRE_SQL_LISTS + 1)

typedef enum
{
  SOBRE_SQL_WINDOW_AGGREGATE, /* any aggregate, over the frame */
  SOBRE_SQL_WINDOW_ROW_NUMBER,
  SOBRE_SQL_WINDOW_RANK,
  SOBRE_SQL_WINDOW_DENSE_RANK,
  SOBRE_SQL_WINDOW_PERCENT_RANK,
  SOBRE_SQL_WINDOW_CUME_DIST,
  SOBRE_SQL_WINDOW_NTILE,
  SOBRE_SQL_WINDOW_LAG,
  SOBRE_SQL_WINDOW_LEAD,
  SOBRE_SQL_WINDOW_FIRST_VALUE,
  SOBRE_SQL_WINDOW_LAST_VALUE,
  SOBRE_SQL_WINDOW_NTH_VALUE,
} SobreSqlWindowKind;

typedef enum
{
  SOBRE_SQL_AGGREGATE_COUNT,
  SOBRE_SQL_AGGREGATE_SUM,
  SOBRE_SQL_AGGREGATE_AVG,
  SOBRE_SQL_AGGREGATE_MIN,
  SOBRE_SQL_AGGREGATE_MAX,
  SOBRE_SQL_AGGREGATE_ARBITRARY,
  SOBRE_SQL_AGGREGATE_STDDEV_SAMP,
  SOBRE_SQL_AGGREGATE_STDDEV_POP,
  SOBRE_SQL_AGGREGATE_VAR_SAMP,
  SOBRE_SQL_AGGREGATE_VAR_POP,
  SOBRE_SQL_AGGREGATE_COVAR_SAMP,
  SOBRE_SQL_AGGREGATE_COVAR_POP,
  SOBRE_SQL_AGGREGATE_CORR,
  SOBRE_SQL_AGGREGATE_REGR_SLOPE,
  SOBRE_SQL_AGGREGATE_REGR_INTERCEPT,
  SOBRE_SQL_AGGREGATE_GEOMETRIC_MEAN,
  SOBRE_SQL_AGGREGATE_MIN_BY,
  SOBRE_SQL_AGGREGATE_MAX_BY,
  SOBRE_SQL_AGGREGATE_PERCENTILE,
  SOBRE_SQL_AGGREGATE_LIST,
} SobreSqlAggregateKind;

/**
 * SobreSqlFunctionFlags:
 * @SOBRE_SQL_TOTAL: no argument makes it fail
 * @SOBRE_SQL_SPECIAL: the binder turns it into something else; it has no kernel
 * @SOBRE_SQL_HIDDEN: made by the binder only, no query can name it
 * @SOBRE_SQL_FILTERS: count_if: the argument is a filter
 * @SOBRE_SQL_DISTINCT: always over distinct values
 * @SOBRE_SQL_NULLS: called for NULL arguments too
 * @SOBRE_SQL_PATTERN: the second argument is a regular expression, and a literal
 */
typedef enum
{
  SOBRE_SQL_TOTAL = 1 << 0,
  SOBRE_SQL_SPECIAL = 1 << 1,
  SOBRE_SQL_HIDDEN = 1 << 2,
  SOBRE_SQL_FILTERS = 1 << 3,
  SOBRE_SQL_DISTINCT = 1 << 4,
  SOBRE_SQL_NULLS = 1 << 5,
  SOBRE_SQL_PATTERN = 1 << 6,
} SobreSqlFunctionFlags;

/**
 * SobreSqlFunction:
 * @name: lower case
 * @signature: result, a colon, arguments; a letter each: b boolean, i integer, I bigint, D decimal, d double, s varchar, a date,
 *   t timestamp, z timestamp with time zone, v an interval, T any one type, U any other type, * the last argument as often as wanted. Of several signatures of one
 *   name the first that fits without coercion is taken, else the first that fits
 * @list: of a list, whose elements are of the result's type
 * @low: smallest integer result, when @high is larger: groups by it are counted in an array
 * @high: largest
 */
struct _SobreSqlFunction
{
  const char *name;
  const char *signature;
  SobreSqlCategory category;
  SobreSqlFunctionFlags flags;
  SobreSqlKernel kernel;
  SobreSqlResolve resolve;
  SobreSqlAggregateKind aggregate;
  gint32 low;
  gint32 high;
  const char *documentation;
  SobreSqlWindowKind window;
  SobreSqlListKernel list;
};

/** sobre_sql_functions_get: Returns: (array length=n): all of them, overloads beside each other */
const SobreSqlFunction *sobre_sql_functions_get (guint *n);

/** sobre_sql_function_find: Returns: (nullable): the first of @name */
const SobreSqlFunction *sobre_sql_function_find (const char *name);

/** Whether Trino has a function @name that this engine has not. */
gboolean sobre_sql_function_is_refused (const char *name);

/** Whether a value of @type fits the letter @code of a signature; @exact: without coercion. */
gboolean sobre_sql_signature_fits (char code, SobreSqlType type, gboolean exact);

/** The type of the letter @code; UNKNOWN for T, U, D and v. */
SobreSqlType sobre_sql_signature_get_type (char code);

/** sobre_sql_documentation_dup: Returns: (transfer full): the part of docs/sql.md that lists the functions */
char *sobre_sql_documentation_dup (void);

/** A value that Trino might compute and that this engine does not: unlike a failure it shows through try() and TRY_CAST. */
#define SOBRE_SQL_REFUSE(frame, ...)                                                                                           \
  sobre_query_error_set ((frame)->error, SOBRE_QUERY_ERROR_UNSUPPORTED, (frame)->expr->position, __VA_ARGS__)

/** A value that cannot be computed, here or in Trino: try() makes NULL of it. */
#define SOBRE_SQL_FAIL(frame, ...)                                                                                             \
  sobre_query_error_set ((frame)->error, SOBRE_QUERY_ERROR_RUNTIME, (frame)->expr->position, __VA_ARGS__)

G_END_DECLS
