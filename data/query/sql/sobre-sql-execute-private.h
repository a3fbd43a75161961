/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-result-table.h"
#include "query/sql/sobre-sql-aggregate.h"
#include "query/sql/sobre-sql-lookup.h"
#include "query/sql/sobre-sql-row-set.h"
#include "query/sql/sobre-sql-rows.h"
#include "query/sql/sobre-sql-source.h"

G_BEGIN_DECLS

/* What the parts of the executor share.
 *
 * An operator's rows are asked for by the one that reads them. Of what a block reads, everything but the first input is computed before
 * and kept; then the first is read in parts, a thread each, and every batch of it goes through the block's steps:
 *
 *   part 0: read → filter → join → filter → … → groups and states, or rows ┐
 *   part 1: read → filter → join → filter → … → groups and states, or rows ┴ merge in order → having → outputs → rows → order, limit
 */

/** SobreSqlDays: the texts of the column dt, which is text in SQL and days in the cache: day n has code n. */
typedef struct _SobreSqlDays SobreSqlDays;

/**
 * SobreSqlExecution: one run of a program.
 * @results: by operator: its rows, while somebody is still to read them
 * @n_left: by operator: how many are
 */
typedef struct
{
  const SobreSqlProgram *program;
  SobreSqlSource *source;
  SobreSqlBudget *budget;
  SobreSqlDays *days;
  SobreSqlRowSet **results;
  guint *n_left;
} SobreSqlExecution;

/**
 * SobreSqlJoin: what a block's step looks up in, shared by the parts.
 * @others: (nullable): of IN that has further keys: the rows by those
 * @other_nulls: by group of @others: whether a row of it has NULL for the last key
 * @matched: (nullable): of FULL: by row of the relation, whether a pair has it
 */
typedef struct
{
  SobreSqlRowSet *relation;
  SobreSqlLookup *lookup;
  SobreSqlLookup *others;
  guint8 *other_nulls;
  guint8 *matched;
} SobreSqlJoin;

/**
 * SobreSqlStage: the rows of a part between two steps.
 * @slots: the block's slots, as far as they are joined
 * @stamps: by slot: SobreVector's, of those that are read from a table; 0 of the others
 * @probe: (nullable): looks up in the next step's join; likewise @others
 * @left: room for the rows of pairs; likewise @right
 */
typedef struct
{
  SobreSqlEval *eval;
  SobreSqlVector *slots;
  guint64 *stamps;
  SobreSqlProbe *probe;
  SobreSqlProbe *others;
  guint32 *left;
  guint32 *right;
} SobreSqlStage;

/**
 * SobreSqlGrouping: the groups of a block and their states.
 * @counts_rows: whether all that aggregates ask for is how many rows a group has
 * @groups_of_rows: of the last batch; likewise @run_ends, @sizes, and @members, which is made of them
 * @key_slots: (array length=n_key_slots): what the keys are made of
 * @key_stamps: (array length=n_key_slots): of the last batch
 * @n_rows: of the last batch; 0 where it was not whole
 */
typedef struct
{
  SobreSqlGroups *groups;
  SobreSqlState **states;
  gboolean counts_rows;
  guint32 *groups_of_rows;
  guint32 *run_ends;
  gint64 *sizes;
  SobreSqlMembers members;
  guint *key_slots;
  guint n_key_slots;
  guint64 *key_stamps;
  guint n_rows;
} SobreSqlGrouping;

/** SobreSqlPart: one thread's share of a block. */
typedef struct
{
  SobreSqlExecution *execution;
  const SobreSqlPlan *plan;
  const SobreSqlBlock *block;
  SobreSqlJoin *joins;      /* by the stage that they lead to */
  const guint *last_stages; /* by slot: after which stage nothing reads it */
  SobreSqlValue *scalars;   /* by input */
  SobreSqlRowSet *relation; /* of the first input, where that is a plan */
  guint part;
  guint n_parts;
  gint *stop; /* atomic: another part failed */
  GError *error;
  GThread *thread;
  gpointer cursor;
  SobreSqlStage *stages;
  guint n_stages;
  SobreSqlGrouping grouping;
  SobreSqlRowStore *rows;
} SobreSqlPart;

/** sobre_sql_run_plan: Returns: (transfer full) (nullable): the rows of an operator. In sobre-sql-execute.c. */
SobreSqlRowSet *sobre_sql_run_plan (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error);

/** sobre_sql_run_block: Returns: (transfer full) (nullable): the rows of a block, as it leaves them. In sobre-sql-block.c. */
SobreSqlRowStore *sobre_sql_run_block (SobreSqlExecution *self, const SobreSqlPlan *plan, guint64 max_rows, GError **error);

/** sobre_sql_run_set_operation: Returns: (transfer full) (nullable). In sobre-sql-set-operation.c. */
SobreSqlRowSet *sobre_sql_run_set_operation (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error);

/** sobre_sql_run_window: Returns: (transfer full) (nullable). In sobre-sql-window.c. */
SobreSqlRowSet *sobre_sql_run_window (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error);

/* Reading a table. In sobre-sql-load.c. */

void sobre_sql_days_free (SobreSqlDays *self);

/** Makes the texts of days where the scan reads dt. */
void sobre_sql_need_days (SobreSqlExecution *self, const SobreSqlScan *scan);

/** Makes @to of one column of a batch, which has to stay: the same memory where the layout is the same, else made when it is needed. */
void sobre_sql_load_column (SobreSqlPart *self, SobreScanColumn column, const SobreVector *from, SobreSqlVector *to);

/* Rows through the steps. In sobre-sql-part.c and sobre-sql-join.c. */

void sobre_sql_part_begin (SobreSqlPart *self, guint64 max_rows);
void sobre_sql_part_end (SobreSqlPart *self);

/** Reads the part's share and sends it through the steps. */
gboolean sobre_sql_part_run (SobreSqlPart *self, GError **error);

/** Puts the scalars into stage 0. */
gboolean sobre_sql_part_fill_scalars (SobreSqlPart *self, GError **error);

/** Sends the rows of stage @stage on: through its filter, and to the next step or to the end. */
gboolean sobre_sql_part_send (SobreSqlPart *self, guint stage, SobreSqlRows rows, GError **error);

/** The input that was joined last at @stage; %NULL when none was. */
const SobreSqlInput *sobre_sql_block_get_input (const SobreSqlBlock *block, guint stage);

/** How many stages the rows of a block go through. */
guint sobre_sql_block_get_n_stages (const SobreSqlBlock *block);

/** Joins what the next step has to the rows of stage @stage. */
gboolean sobre_sql_part_join (SobreSqlPart *self, guint stage, SobreSqlRows rows, GError **error);

/** Joins the elements of lists to the rows of stage @stage. In sobre-sql-unnest.c. */
gboolean sobre_sql_part_unnest (SobreSqlPart *self, guint stage, SobreSqlRows rows, GError **error);

/** Whether something reads @slot at @stage or later. */
static inline gboolean
sobre_sql_part_reads (const SobreSqlPart *self, guint slot, guint stage)
{
  return self->block->slots[slot].is_used && self->last_stages[slot] >= stage;
}

/** Sends the rows of a FULL join's second side that no pair has. */
gboolean sobre_sql_part_send_unmatched (SobreSqlPart *self, GError **error);

/** Computes what a step looks up in. In sobre-sql-join-build.c. */
gboolean sobre_sql_join_build (SobreSqlJoin *self,
                               SobreSqlExecution *execution,
                               const SobreSqlBlock *block,
                               const SobreSqlInput *input,
                               GError **error);
void sobre_sql_join_clear (SobreSqlJoin *self);

/* Groups and outputs. In sobre-sql-grouping.c. */

void sobre_sql_grouping_begin (SobreSqlGrouping *self, const SobreSqlBlock *block, SobreSqlBudget *budget);
void sobre_sql_grouping_clear (SobreSqlGrouping *self);

/** Adds rows to the part's groups. */
gboolean sobre_sql_grouping_add (SobreSqlPart *part, SobreSqlEval *eval, SobreSqlRows rows, GError **error);

/** Brings the groups of @from into @self. */
gboolean sobre_sql_grouping_merge (SobreSqlGrouping *self,
                                   SobreSqlGrouping *from,
                                   const SobreSqlBlock *block,
                                   SobreSqlBudget *budget,
                                   GError **error);

/** Puts out the part's groups: grouping sets, HAVING, outputs. */
gboolean sobre_sql_grouping_put_out (SobreSqlPart *part, SobreSqlRowStore *store, GError **error);

/** Computes the outputs of @rows and adds them to @store. @seen: (nullable): the rows so far, where equal ones count once */
gboolean sobre_sql_put_out (const SobreSqlPlan *plan,
                            SobreSqlEval *eval,
                            SobreSqlRows rows,
                            SobreSqlGroups *seen,
                            SobreSqlRowStore *store,
                            GError **error);

G_END_DECLS
