/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-execute-private.h"

G_BEGIN_DECLS

/**
 * SobreSqlWindowRun: the rows of a window stage in the order of one window.
 * @order: the rows' numbers, partition after partition, each in its order. "Position" is a place in it
 * @n: how many rows
 * @partitions: (array length=n_partitions + 1): the position at which each partition begins
 * @peer_starts: by position: where the rows of the same order begin
 * @peer_ends: by position: behind the last of them
 * @frame_starts: by position: where the frame of the function at hand begins
 * @frame_ends: by position: behind its last row; not behind its first where it is empty
 * @steps: rows that were looked at since the clock was
 */
typedef struct
{
  SobreSqlExecution *execution;
  const SobreSqlPlan *plan;
  const SobreSqlWindowStage *stage;
  SobreSqlRowSet *rows;
  guint32 *order;
  guint32 n;
  guint32 *partitions;
  guint32 n_partitions;
  guint32 *peer_starts;
  guint32 *peer_ends;
  guint32 *frame_starts;
  guint32 *frame_ends;
  gint64 taken;
  guint64 steps;
} SobreSqlWindowRun;

/** Counts @steps rows that were looked at; %FALSE with the error set when time is over. */
gboolean sobre_sql_window_run_spend (SobreSqlWindowRun *self, guint64 steps, GError **error);

/** Puts the rows in the order of @order, and finds partitions and peers. */
gboolean sobre_sql_window_run_sort (SobreSqlWindowRun *self, const SobreSqlWindowOrder *order, GError **error);

/** Finds the frame of each row. In sobre-sql-window-frame.c. */
gboolean sobre_sql_window_run_find_frames (SobreSqlWindowRun *self, const SobreSqlWindowFunction *function, GError **error);

/** Computes a function, into @result by row. In sobre-sql-window-function.c. */
gboolean sobre_sql_window_run_compute (SobreSqlWindowRun *self,
                                       const SobreSqlWindowFunction *function,
                                       SobreSqlColumn *result,
                                       GError **error);

/** The partition of a position is passed as its first and last position plus one. */
typedef gboolean (*SobreSqlWindowVisit) (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error);

/** Runs @visit for each partition; %FALSE as soon as it says so, or time is over. */
gboolean
sobre_sql_window_run_each_partition (SobreSqlWindowRun *self, SobreSqlWindowVisit visit, gpointer data, GError **error);

G_END_DECLS
