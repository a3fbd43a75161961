/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-groups.h"
#include "query/sql/sobre-sql-plan.h"

G_BEGIN_DECLS

/**
 * SobreSqlState:
 *
 * One aggregate's values for all groups. Each part of a table fills a state of its own; they are then merged in the order of the parts,
 * so that sums of doubles are the same at each run.
 */
typedef struct _SobreSqlState SobreSqlState;

SobreSqlState *sobre_sql_state_new (const SobreSqlAggregate *aggregate, SobreSqlBudget *budget);
void sobre_sql_state_free (SobreSqlState *self);

/**
 * SobreSqlMembers: which groups the rows of a batch belong to.
 * @groups: (nullable): each row's group; %NULL when all rows are of group 0
 * @n_groups: how many there are by now
 * @run_ends: (array length=n_runs) (nullable): where rows of one group come in runs, as those of a day do where they are stored by day,
 *   and the rows are all of the batch: behind each run, the number of the next row
 * @sizes: (array length=n_groups) (nullable): how many of the rows each group has; all that is known where the block's aggregates ask for
 *   nothing else
 */
typedef struct
{
  const guint32 *groups;
  guint n_groups;
  const guint32 *run_ends;
  guint n_runs;
  const gint64 *sizes;
} SobreSqlMembers;

/**
 * sobre_sql_state_update:
 * @arguments: (array): as many as the aggregate has
 */
gboolean sobre_sql_state_update (SobreSqlState *self,
                                 const SobreSqlVector *arguments,
                                 SobreSqlRows rows,
                                 const SobreSqlMembers *members,
                                 GError **error);

/** sobre_sql_state_merge: adds @other, whose group i is group @groups[i] here. @other may be emptied. */
gboolean sobre_sql_state_merge (SobreSqlState *self,
                                SobreSqlState *other,
                                const guint32 *groups,
                                guint n_other,
                                guint n_groups,
                                GError **error);

/** sobre_sql_state_finish: to be called after the last update and merge, before results are read. */
gboolean sobre_sql_state_finish (SobreSqlState *self, guint n_groups, GError **error);

/** sobre_sql_state_get: the result of one group. */
SobreSqlValue sobre_sql_state_get (const SobreSqlState *self, guint group);

/** Whether the aggregate can only be finished once: it takes nothing in after that. */
gboolean sobre_sql_state_is_final (const SobreSqlAggregate *aggregate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlState, sobre_sql_state_free)

G_END_DECLS
