/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-plan.h"

G_BEGIN_DECLS

/* What the parts of the binder share. Functions that return an expression return %NULL with the error set. */

#define SOBRE_SQL_MAX_INPUTS 60 /* of one block, so that a set of them is one word */

/** SobreSqlField: one column that FROM offers. @relation: (nullable): the name before its point · @expr: over the block's slots */
typedef struct
{
  const char *relation;
  const char *name;
  SobreSqlExpr *expr;
} SobreSqlField;

/** SobreSqlCorrelation: an expression of a sub-query that must equal one of the query around it. */
typedef struct
{
  SobreSqlExpr *inner;
  SobreSqlExpr *outer;
} SobreSqlCorrelation;

/**
 * SobreSqlCorrelations: how a sub-query hangs on the query around it.
 * @is_exists: (in): only whether it has rows counts
 * @equal: (element-type SobreSqlCorrelation): the inner sides are the plan's columns behind the visible ones, in this order
 * @pairs: (element-type SobreSqlExpr): further conditions, over slots of the sub-query and OUTER
 * @columns: (element-type guint): by slot of the sub-query, the column of the plan that shows it
 * @is_global: whether it is an aggregate over all rows, which gives a row also where it finds none
 */
typedef struct
{
  gboolean is_exists;
  gboolean is_global;
  guint n_visible;
  GArray *equal;
  GPtrArray *pairs;
  GArray *columns;
} SobreSqlCorrelations;

/** SobreSqlBoundWindow: a window function, its parts still expressions over the block's slots. */
typedef struct
{
  SobreSqlWindowFunction function;
  SobreSqlExpr *arguments[3];
  SobreSqlExpr **partition;
  guint n_partition;
  SobreSqlExpr **keys;
  SobreSqlSortKey *sort_keys;
  guint n_keys;
  SobreSqlExpr *start;
  SobreSqlExpr *end;
  SobreSqlExpr *range;
} SobreSqlBoundWindow;

typedef struct _SobreSqlBinding SobreSqlBinding;
typedef struct _SobreSqlCteScope SobreSqlCteScope;

/**
 * SobreSqlBinding: a block while it is being bound.
 * @previous: the block whose binding waits for this one's
 * @parent: (nullable): the block that this one is a sub-query of
 * @is_direct: whether the block is a sub-query inside an expression of @parent, and no part of its FROM
 * @fields: (element-type SobreSqlField): what FROM offers
 * @inputs: (element-type SobreSqlInput)
 * @late: (element-type guint): inputs whose keys stand in SELECT, HAVING or ORDER BY
 * @slots: (element-type SobreSqlSlot)
 * @aggregates: (element-type SobreSqlAggregate)
 * @windows: (element-type SobreSqlBoundWindow)
 * @correlations: (nullable): where to tell how it hangs on @parent
 * @clause: (nullable): the clause that aggregates cannot stand in
 * @outputs: (nullable): while binding ORDER BY: what aliases stand for
 * @without_rows: whether WHERE lets nothing through: what a sub-query gives where it finds nothing
 */
struct _SobreSqlBinding
{
  SobreSqlBinding *previous;
  SobreSqlBinding *parent;
  gboolean is_direct;
  gboolean without_rows;
  const SobreSqlSelect *select;
  SobreSqlPlan *plan;
  SobreSqlBlock *block;
  GArray *fields;
  GArray *inputs;
  GArray *late;
  GArray *slots;
  GArray *aggregates;
  GArray *windows;
  SobreSqlCorrelations *correlations;
  const char *clause;
  gboolean in_having;
  gboolean in_window;
  gboolean in_aggregate;
  gboolean is_correlated;
  SobreSqlExpr **outputs;
  guint n_outputs;
};

typedef struct
{
  SobreSqlArena *arena;
  SobreSqlZones *zones;
  const SobreQuery *query;
  gint64 now_ms;
  SobreSqlBudget *budget;
  GError **error;
  SobreSqlBinding *binding; /* the block that is being bound; NULL between blocks */
  SobreSqlCteScope *ctes;
  const SobreSqlRelation *tables;
  GPtrArray *plans; /* SobreSqlPlan, each behind those that it reads */
  guint next_id;
} SobreSqlBinder;

/* Queries. In sobre-sql-bind.c. */

/**
 * sobre_sql_bind_query:
 * @parent: (nullable): the block that the query stands in an expression of, or in FROM of
 * @is_direct: as in SobreSqlBinding
 * @without_rows: as in SobreSqlBinding
 * @correlations: (nullable)
 */
SobreSqlPlan *sobre_sql_bind_query (SobreSqlBinder *self,
                                    const SobreSqlSelect *select,
                                    SobreSqlBinding *parent,
                                    gboolean is_direct,
                                    gboolean without_rows,
                                    SobreSqlCorrelations *correlations);

/** A block. In sobre-sql-bind-block.c. */
SobreSqlPlan *sobre_sql_bind_block (SobreSqlBinder *self,
                                    const SobreSqlSelect *select,
                                    SobreSqlBinding *parent,
                                    gboolean is_direct,
                                    gboolean without_rows,
                                    SobreSqlCorrelations *correlations);

/** ORDER BY, OFFSET and LIMIT of @select around @plan, where it has any. */
SobreSqlPlan *sobre_sql_bind_wrap (SobreSqlBinder *self, const SobreSqlSelect *select, SobreSqlPlan *plan);

/** A plan of this kind with room for its columns, which the caller fills in; it gets its number by sobre_sql_binder_add_plan(). */
SobreSqlPlan *sobre_sql_binder_new_plan (SobreSqlBinder *self, SobreSqlPlanKind kind, guint n_columns);

/** Whether it only picks rows and columns of one table. */
gboolean sobre_sql_plan_is_simple (const SobreSqlPlan *plan);

/** Whether a block that reads @plan can do its work itself. */
gboolean sobre_sql_plan_is_inlinable (const SobreSqlPlan *plan);

/** Numbers a plan that is whole; %FALSE when there are too many. */
gboolean sobre_sql_binder_add_plan (SobreSqlBinder *self, SobreSqlPlan *plan);

/** sobre_sql_binder_find_cte: Returns: (nullable): what a name of WITH stands for; %NULL with @found %FALSE where there is none */
SobreSqlPlan *sobre_sql_binder_find_cte (SobreSqlBinder *self, const char *name, gboolean *found);

/* Blocks. */

void
sobre_sql_binding_begin (SobreSqlBinding *self, SobreSqlBinder *binder, const SobreSqlSelect *select, SobreSqlBinding *parent);
void sobre_sql_binding_end (SobreSqlBinding *self, SobreSqlBinder *binder);

/** Adds an input, with a slot for each of its columns; the first of them is @first_slot. */
SobreSqlInput *
sobre_sql_binding_add_table (SobreSqlBinding *self, SobreTableKind table, SobreSqlPosition position, guint *first_slot);
SobreSqlInput *sobre_sql_binding_add_plan (SobreSqlBinding *self,
                                           SobreSqlInputKind kind,
                                           SobreSqlPlan *plan,
                                           SobreSqlPosition position,
                                           guint *first_slot);

/** Adds a slot of an input. */
guint sobre_sql_binding_add_slot (SobreSqlBinding *self, guint input, guint column, SobreSqlType type, gint32 low, gint32 high);

/** The expression that a slot is. */
SobreSqlExpr *sobre_sql_binder_slot (SobreSqlBinder *self, guint slot, SobreSqlPosition position);

/** Puts what has been gathered into the block. */
void sobre_sql_binding_keep (SobreSqlBinding *self, SobreSqlBinder *binder);

/** Adds what a relation offers. */
void sobre_sql_fields_add (GArray *fields, const char *relation, const char *name, SobreSqlExpr *expr);

/** Takes the work of a plan that is inlinable into the block, and adds its columns to @fields. In sobre-sql-bind-inline.c. */
gboolean sobre_sql_bind_inline (SobreSqlBinder *self, const SobreSqlPlan *plan, const char *name, GArray *fields);

/** FROM. In sobre-sql-bind-relation.c. */
gboolean sobre_sql_bind_from (SobreSqlBinder *self);

/**
 * sobre_sql_bind_unnest:
 * @is_optional: whether a row without elements remains
 * @plan: (out): the rows as an operator, where they hang on nothing before them; %NULL where they became an input of the block
 * @fields: where the input's columns go, without names
 *
 * UNNEST. In sobre-sql-bind-unnest.c.
 */
gboolean sobre_sql_bind_unnest (SobreSqlBinder *self,
                                const SobreSqlRelation *relation,
                                const char *name,
                                gboolean is_optional,
                                SobreSqlPlan **plan,
                                GArray *fields);

/** What GROUP BY says, and the number that grouping() gives. In sobre-sql-bind-group.c. */
gboolean sobre_sql_bind_group_by (SobreSqlBinder *self);
SobreSqlExpr *sobre_sql_bind_grouping (SobreSqlBinder *self, const SobreSqlNode *node);

/** Turns an expression over slots into one over groups. */
SobreSqlExpr *sobre_sql_binder_regroup (SobreSqlBinder *self, SobreSqlExpr *expr);

/**
 * sobre_sql_bind_stages:
 * @around: (out): begun also where it fails, and to be ended
 * @outputs: over slots; becomes what the last block puts out
 *
 * Where window functions, or look-ups of groups, stand between a block's rows and its outputs: makes of the block one that gives what they
 * need, the windows over it, and a block around them, which then is the one that is being bound.
 */
gboolean sobre_sql_bind_stages (SobreSqlBinder *self, SobreSqlBinding *around, GPtrArray *outputs);

/** What a column's number in GROUP BY stands for; %NULL with the error set. */
const SobreSqlNode *sobre_sql_bind_ordinal (SobreSqlBinder *self, const SobreSqlNode *node, const char *clause);

/** A sub-query inside an expression. In sobre-sql-bind-subquery.c. */
SobreSqlExpr *sobre_sql_bind_subquery (SobreSqlBinder *self, const SobreSqlNode *node);

/** Takes what hangs on the block around this one out of its conditions: it becomes further columns, and keys where the block is grouped.
 * %FALSE where it cannot be taken out. */
gboolean sobre_sql_bind_correlations (SobreSqlBinder *self, GPtrArray *outputs);

/** A clause's expression; aggregates cannot stand in it. */
SobreSqlExpr *sobre_sql_bind_in_clause (SobreSqlBinder *self, const SobreSqlNode *node, const char *clause);

/* Conditions and copies. In sobre-sql-bind-map.c. */

/** Adds what @expr demands, what AND joins one by one. */
void sobre_sql_conditions_add (SobreSqlConditions *self, SobreSqlArena *arena, SobreSqlExpr *expr);

/** All conditions as one; %NULL for none. */
SobreSqlExpr *sobre_sql_binder_all_of (SobreSqlBinder *self, SobreSqlExpr **exprs, guint n_exprs);

/** Whether the query's expressions are still few enough and its time is not over; else the error is set. */
gboolean sobre_sql_binder_check_size (SobreSqlBinder *self, SobreSqlPosition position);

/** What stands for a node of an expression; %NULL to look at its children. */
typedef SobreSqlExpr *(*SobreSqlReplace) (SobreSqlBinder *self, SobreSqlExpr *expr, gpointer data);

/** sobre_sql_binder_map: Returns: (nullable): a copy of @expr with nodes replaced; %NULL with SOBRE_QUERY_ERROR_LIMIT */
SobreSqlExpr *sobre_sql_binder_map (SobreSqlBinder *self, SobreSqlExpr *expr, SobreSqlReplace replace, gpointer data);

/** A copy in which each slot s is slot @slots[s]. */
SobreSqlExpr *sobre_sql_binder_renumber (SobreSqlBinder *self, SobreSqlExpr *expr, const guint *slots);

/* What follows binding. In sobre-sql-plan-*.c. */

/** Orders the joins of every block, pushes conditions down to what is read, and marks what is used. */
gboolean sobre_sql_plan_finish (SobreSqlBinder *self, SobreSqlPlan *root);

/** Gives a condition to @plan itself; its slots are the plan's columns. @taken: (out): else it must be checked outside */
gboolean sobre_sql_plan_push (SobreSqlBinder *self, SobreSqlPlan *plan, SobreSqlExpr *condition, gboolean *taken);

/** Orders the joins of one block and says where each condition is checked. */
gboolean sobre_sql_plan_joins (SobreSqlBinder *self, SobreSqlPlan *plan);

SobreSqlExpr *sobre_sql_bind_node (SobreSqlBinder *self, const SobreSqlNode *node);

/** A call of a scalar function, an aggregate or a special form. */
SobreSqlExpr *sobre_sql_bind_call (SobreSqlBinder *self, const SobreSqlNode *node);

/** An aggregate over groups. In sobre-sql-bind-aggregate.c. */
SobreSqlExpr *sobre_sql_bind_aggregate (SobreSqlBinder *self, const SobreSqlNode *node);
gboolean sobre_sql_bind_aggregate_parts (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlAggregate *aggregate);

/** A function OVER a window. In sobre-sql-bind-window.c. */
SobreSqlExpr *sobre_sql_bind_window (SobreSqlBinder *self, const SobreSqlNode *node, const SobreSqlFunction *function);

/** A literal, a parameter. */
SobreSqlExpr *sobre_sql_bind_literal (SobreSqlBinder *self, const SobreSqlNode *node);

/** A column of FROM, or while binding ORDER BY perhaps of the result. */
SobreSqlExpr *sobre_sql_bind_column (SobreSqlBinder *self, const SobreSqlNode *node);

/** CAST, and the conversions that happen by themselves. */
SobreSqlExpr *sobre_sql_bind_cast (SobreSqlBinder *self, const SobreSqlNode *node);
SobreSqlExpr *sobre_sql_binder_cast (SobreSqlBinder *self, SobreSqlExpr *expr, SobreSqlType type);

SobreSqlExpr *sobre_sql_binder_new (SobreSqlBinder *self,
                                    SobreSqlExprKind kind,
                                    SobreSqlType type,
                                    SobreSqlPosition position,
                                    SobreSqlExpr **children,
                                    guint n_children);

/** Works out whether the finished @expr can fail, and its value where that is constant. */
SobreSqlExpr *sobre_sql_binder_finish (SobreSqlBinder *self, SobreSqlExpr *expr);
SobreSqlExpr *
sobre_sql_binder_constant (SobreSqlBinder *self, SobreSqlType type, SobreSqlValue value, SobreSqlPosition position);

/** Comparison of two expressions, made one type first. */
SobreSqlExpr *sobre_sql_binder_compare (SobreSqlBinder *self,
                                        SobreSqlOperator op,
                                        SobreSqlExpr *left,
                                        SobreSqlExpr *right,
                                        SobreSqlPosition position);
SobreSqlExpr *sobre_sql_binder_arithmetic (SobreSqlBinder *self,
                                           SobreSqlOperator op,
                                           SobreSqlExpr *left,
                                           SobreSqlExpr *right,
                                           SobreSqlPosition position);
SobreSqlExpr *sobre_sql_binder_negate (SobreSqlBinder *self, SobreSqlExpr *child, SobreSqlPosition position);

/** Says that there is no such operator of the two, and what to write instead. Returns: %NULL */
SobreSqlExpr *sobre_sql_binder_fail_operator (SobreSqlBinder *self,
                                              SobreSqlOperator op,
                                              const SobreSqlExpr *left,
                                              const SobreSqlExpr *right,
                                              SobreSqlPosition position);

/** CASE of pairs of condition and value, perhaps with an ELSE at the end: makes the values one type. */
SobreSqlExpr *
sobre_sql_binder_case (SobreSqlBinder *self, SobreSqlExpr **children, guint n_children, SobreSqlPosition position);

/** AT TIME ZONE. */
SobreSqlExpr *
sobre_sql_binder_at_zone (SobreSqlBinder *self, SobreSqlExpr *value, SobreSqlExpr *zone, SobreSqlPosition position);

/** The function of this name whose signature fits the children, as a call with them converted. */
SobreSqlExpr *sobre_sql_binder_call (SobreSqlBinder *self,
                                     const char *name,
                                     SobreSqlExpr **children,
                                     guint n_children,
                                     SobreSqlPosition position);

/** sobre_sql_binder_match: Returns: (nullable): the function of this name whose signature fits, with the children converted to it */
const SobreSqlFunction *sobre_sql_binder_match (SobreSqlBinder *self,
                                                const char *name,
                                                SobreSqlExpr **children,
                                                guint n_children,
                                                SobreSqlPosition position,
                                                SobreSqlType *type);

/** Compiles the second argument of @expr where its function takes a regular expression. */
gboolean sobre_sql_binder_take_pattern (SobreSqlBinder *self, SobreSqlExpr *expr);

/** UTC, as a zone. */
const SobreSqlZone *sobre_sql_binder_get_utc (SobreSqlBinder *self);

/** Whether @expr is boolean, or NULL; else the error is set. */
gboolean sobre_sql_binder_check_condition (SobreSqlBinder *self, SobreSqlExpr **expr, const char *what);

/** sobre_sql_suggest: Returns: (nullable): which of @names is meant by @name, if one is near */
const char *sobre_sql_suggest (const char *name, const char *const *names, guint n_names);

/** The bounds of service_day that follow from the filter of a block's base. In sobre-sql-bind-bounds.c. */
void sobre_sql_find_day_bounds (SobreSqlBlock *block);

/**
 * sobre_sql_fold:
 *
 * @budget: the query's: what is computed here counts as much as what is computed for rows
 * @error: SOBRE_QUERY_ERROR_TIMEOUT when time is over; SOBRE_QUERY_ERROR_RUNTIME or _LIMIT when the expression fails: it is then
 *   computed, and fails, when a row needs it
 *
 * Computes an expression of constants. In sobre-sql-eval.c.
 */
gboolean
sobre_sql_fold (const SobreSqlExpr *expr, SobreSqlArena *arena, SobreSqlBudget *budget, SobreSqlValue *value, GError **error);

G_END_DECLS
