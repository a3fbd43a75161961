/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query.h"
#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-function.h"
#include "scan/sobre-scan.h"

G_BEGIN_DECLS

/* A plan is a query with every name looked up and every type known: a tree of operators that each give rows of typed columns. A plan
 * lives in the arena that it was bound in and is immutable once it is bound. */

typedef struct _SobreSqlPlan SobreSqlPlan;

/** SobreSqlConditions: conditions that must all hold. In an arena. */
typedef struct
{
  SobreSqlExpr **exprs;
  guint n;
  guint capacity;
} SobreSqlConditions;

/** SobreSqlSortKey: @column: of what is sorted */
typedef struct
{
  guint column;
  gboolean descending;
  gboolean nulls_first;
} SobreSqlSortKey;

/**
 * SobreSqlAggregate: one aggregate of a block.
 * @arguments: (array length=n_arguments): over the block's slots; none for count(*). Those that listagg() sorts by come last
 * @sort_keys: (array length=n_sort_keys): of listagg(); their columns are places among @arguments
 * @separator: of listagg()
 * @filter: (nullable): rows that count
 * @fraction: of approx_percentile()
 * @is_used: whether anything shows it
 */
typedef struct
{
  SobreSqlAggregateKind kind;
  SobreSqlType type;
  SobreSqlPosition position;
  SobreSqlExpr **arguments;
  guint n_arguments;
  SobreSqlSortKey *sort_keys;
  guint n_sort_keys;
  SobreText separator;
  SobreSqlExpr *filter;
  gboolean distinct;
  double fraction;
  gboolean is_used;
} SobreSqlAggregate;

/** SobreSqlScan: what is read of a table. @from_day: no row of an earlier service day counts; G_MININT32 when that is not known */
typedef struct
{
  SobreTableKind table;
  SobreScanColumn *columns;
  guint n_columns;
  gint32 from_day;
  gint32 to_day;
} SobreSqlScan;

/** SobreSqlInputKind: UNNEST are lists that hang on the inputs before it, or on nothing · MOVED is none any more: a later block has it */
typedef enum
{
  SOBRE_SQL_INPUT_TABLE,
  SOBRE_SQL_INPUT_PLAN,
  SOBRE_SQL_INPUT_SCALAR,
  SOBRE_SQL_INPUT_UNNEST,
  SOBRE_SQL_INPUT_MOVED,
} SobreSqlInputKind;

/**
 * SobreSqlStepKind: how an input is joined to the rows so far.
 * @SOBRE_SQL_STEP_INNER: the pairs of which the keys are equal
 * @SOBRE_SQL_STEP_LEFT: likewise, and each row so far at least once
 * @SOBRE_SQL_STEP_FULL: likewise, and each row of the input at least once
 * @SOBRE_SQL_STEP_SINGLE: as LEFT; more than one row of the input to a row so far is an error
 * @SOBRE_SQL_STEP_IN: no pairs: one boolean, whether the last key is among those of the input whose other keys are equal
 * @SOBRE_SQL_STEP_EXISTS: no pairs: one boolean, whether there is a pair
 */
typedef enum
{
  SOBRE_SQL_STEP_INNER,
  SOBRE_SQL_STEP_LEFT,
  SOBRE_SQL_STEP_FULL,
  SOBRE_SQL_STEP_SINGLE,
  SOBRE_SQL_STEP_IN,
  SOBRE_SQL_STEP_EXISTS,
} SobreSqlStepKind;

/**
 * SobreSqlInput: one relation that a block reads.
 * @scan: of a table
 * @plan: whose rows they are; of a scalar, one row at most
 * @step: how it is joined; of no meaning for a scalar
 * @probe_keys: over the slots of the inputs before it
 * @build_keys: over its own slots
 * @pairs: (nullable): what pairs must meet beside equal keys
 * @rows: (nullable): what its own rows must meet before they are joined
 * @filter: (nullable): what rows must meet once it has been joined
 * @unnest: (array length=n_unnest) (nullable): over the slots of the inputs before it: lists whose elements become rows
 * @with_ordinality: whether a last column counts them
 * @conditions: its ON, until the block's joins are planned
 */
typedef struct
{
  SobreSqlInputKind kind;
  SobreSqlPosition position;
  SobreSqlScan scan;
  SobreSqlPlan *plan;
  SobreSqlStepKind step;
  SobreSqlExpr **probe_keys;
  SobreSqlExpr **build_keys;
  guint n_keys;
  SobreSqlExpr *pairs;
  SobreSqlExpr *rows;
  SobreSqlExpr *filter;
  SobreSqlExpr **unnest;
  guint n_unnest;
  gboolean with_ordinality;
  SobreSqlConditions conditions;
} SobreSqlInput;

#define SOBRE_SQL_MARK G_MAXUINT /* the column that is the boolean of IN or EXISTS */

/** SobreSqlSlot: one column that a block's expressions see. @column: of the table, or of the plan · @place: among those that are read */
typedef struct
{
  guint input;
  guint column;
  SobreSqlType type;
  gint32 low;
  gint32 high;
  gboolean is_used;
  guint place;
} SobreSqlSlot;

/**
 * SobreSqlBlock: SELECT … FROM … WHERE … GROUP BY … HAVING … ORDER BY … LIMIT.
 * @inputs: those of FROM, and those of sub-queries
 * @order: the inputs that are joined, in that order
 * @reads_first: whether the first of them is read row by row; the others are kept in memory and looked up. Where it is not, the block
 *   begins with one row without columns
 * @conditions: of WHERE and of inner joins, until the joins are planned
 * @filter: (nullable): what does not hang on an input
 * @is_grouped: whether rows are grouped; then outputs and @having are over groups: the keys, the number of the grouping set where there
 *   are sets, the aggregates, the scalars
 * @sets: (array length=n_sets): of each grouping set, the keys that it has, a bit each; none for plain GROUP BY
 * @outputs: the columns of the result, then those that only the order needs
 * @n_visible: how many are columns of the result
 * @distinct: whether equal rows count once
 * @limit: rows at most; G_MAXUINT64 for all
 */
typedef struct
{
  SobreSqlInput *inputs;
  guint n_inputs;
  guint *order;
  guint n_order;
  gboolean reads_first;
  SobreSqlSlot *slots;
  guint n_slots;
  SobreSqlConditions conditions;
  SobreSqlExpr *filter;
  gboolean is_grouped;
  SobreSqlExpr **keys;
  guint n_keys;
  guint64 *sets;
  guint n_sets;
  SobreSqlAggregate *aggregates;
  guint n_aggregates;
  SobreSqlExpr *having;
  SobreSqlExpr **outputs;
  guint n_outputs;
  guint n_visible;
  gboolean distinct;
  SobreSqlSortKey *sort_keys;
  guint n_sort_keys;
  guint64 limit;
  guint64 offset;
} SobreSqlBlock;

/** SobreSqlSetOperation: rows of @left and @right. @distinct: equal rows count once */
typedef struct
{
  SobreSqlBody operation;
  gboolean distinct;
  SobreSqlPlan *left;
  SobreSqlPlan *right;
} SobreSqlSetOperation;

/** SobreSqlValues: rows that are written down: @rows of as many expressions as there are columns. */
typedef struct
{
  SobreSqlExpr ***rows;
  guint n_rows;
} SobreSqlValues;

/** SobreSqlWindowOrder: @partition: (array length=n_partition): columns of the input; rows that are equal there belong together */
typedef struct
{
  guint *partition;
  guint n_partition;
  SobreSqlSortKey *keys;
  guint n_keys;
} SobreSqlWindowOrder;

#define SOBRE_SQL_NO_COLUMN G_MAXUINT

/**
 * SobreSqlWindowFunction: one function OVER a window. Columns are those of the stage's input.
 * @order: which of the stage's orders it is over
 * @arguments: (array length=n_arguments)
 * @aggregate: of AGGREGATE: its arguments and its filter are expressions that are columns
 * @ignores_nulls: IGNORE NULLS
 * @start_column: the number of rows, or with RANGE the value, at which the frame starts; likewise @end_column
 * @range_column: what that value is compared with
 */
typedef struct
{
  SobreSqlWindowKind kind;
  SobreSqlType type;
  guint order;
  guint arguments[3];
  guint n_arguments;
  SobreSqlAggregate aggregate;
  gboolean ignores_nulls;
  SobreSqlFrameUnit unit;
  SobreSqlBoundKind start;
  SobreSqlBoundKind end;
  guint start_column;
  guint end_column;
  guint range_column;
  SobreSqlPosition position;
} SobreSqlWindowFunction;

/** SobreSqlWindowStage: the rows of @input, with a column for each function before its own. */
typedef struct
{
  SobreSqlPlan *input;
  SobreSqlWindowOrder *orders;
  guint n_orders;
  SobreSqlWindowFunction *functions;
  guint n_functions;
} SobreSqlWindowStage;

typedef enum
{
  SOBRE_SQL_PLAN_BLOCK,
  SOBRE_SQL_PLAN_SET_OPERATION,
  SOBRE_SQL_PLAN_VALUES,
  SOBRE_SQL_PLAN_WINDOW,
} SobreSqlPlanKind;

/** SobreSqlPlanColumn: @is_used: whether anything reads it · @low, @high: bounds of a whole number, where low < high */
typedef struct
{
  const char *name;
  SobreSqlType type;
  gint32 low;
  gint32 high;
  gboolean is_used;
} SobreSqlPlanColumn;

/**
 * SobreSqlPlan:
 * @id: its number among all operators of the query
 * @n_readers: how many operators read its rows: they are computed once
 * @is_shared: whether there may be several
 * @block: of a block; likewise the others
 */
struct _SobreSqlPlan
{
  SobreSqlPlanKind kind;
  guint id;
  guint n_readers;
  gboolean is_shared;
  SobreSqlPlanColumn *columns;
  guint n_columns;
  SobreSqlBlock *block;
  SobreSqlSetOperation *set_operation;
  SobreSqlValues *values;
  SobreSqlWindowStage *window;
};

/**
 * SobreSqlProgram: a whole query.
 * @root: a block; its columns are those of the result
 * @n_plans: ids of operators are below this
 * @n_expressions: ids of expressions are below this
 */
typedef struct
{
  const SobreSqlPlan *root;
  guint n_plans;
  guint n_expressions;
} SobreSqlProgram;

/**
 * sobre_sql_bind:
 * @select: from sobre_sql_parse()
 * @query: its parameters
 * @now_ms: what current_date and now() stand for
 * @zones: where time zones come from; must outlive the plan
 * @budget: the query's: constants are computed here
 * @error: SOBRE_QUERY_ERROR_NAME, _TYPE, _UNSUPPORTED, _LIMIT or _TIMEOUT
 *
 * Returns: (transfer none) (nullable): in @arena
 */
const SobreSqlProgram *sobre_sql_bind (const SobreSqlSelect *select,
                                       const SobreQuery *query,
                                       gint64 now_ms,
                                       SobreSqlZones *zones,
                                       SobreSqlBudget *budget,
                                       SobreSqlArena *arena,
                                       GError **error);

/** The slot of the number of the grouping set, of an aggregate and of a scalar, over the groups of @block. */
static inline guint
sobre_sql_block_get_set_slot (const SobreSqlBlock *block)
{
  return block->n_keys;
}

static inline guint
sobre_sql_block_get_aggregate_slot (const SobreSqlBlock *block, guint aggregate)
{
  return block->n_keys + (block->n_sets > 0 ? 1 : 0) + aggregate;
}

static inline guint
sobre_sql_block_get_scalar_slot (const SobreSqlBlock *block, guint input)
{
  return block->n_keys + (block->n_sets > 0 ? 1 : 0) + block->n_aggregates + input;
}

/** Whether output @output of a block is needed at all. */
static inline gboolean
sobre_sql_plan_shows (const SobreSqlPlan *plan, guint output)
{
  return output >= plan->n_columns || plan->columns[output].is_used;
}

/** The SQL type of a column. */
SobreSqlType sobre_sql_column_get_type (SobreScanColumn column);

/** sobre_sql_table_get_columns: Returns: (array length=n): the columns of a table in the order of its * */
const SobreScanColumn *sobre_sql_table_get_columns (SobreTableKind table, guint *n);

/** "responses", "answers", "events", "orders". */
const char *sobre_sql_table_get_name (SobreTableKind table);

G_END_DECLS
