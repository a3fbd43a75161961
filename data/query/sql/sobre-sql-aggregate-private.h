/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-aggregate.h"

G_BEGIN_DECLS

/* What the kinds of aggregates share. Cells hold what a group has gathered; which members count follows from the aggregate:
 *
 *   count                   counts
 *   sum, avg                counts, and sums of int64, double or decimal
 *   geometric_mean          counts, and sums of logarithms
 *   min, max, arbitrary     counts, and the value so far
 *   min_by, max_by          counts, the value so far and what it is measured by
 *   stddev, variance        counts, mean, and the sum of squared distances from it (Welford; merged as Chan et al. do)
 *   corr, covar, regr       the same of two, and the sum of the products of their distances
 *   percentile              group and value of every row, sorted at the end
 *   listagg                 group, text and sort keys of every row, sorted at the end
 *   DISTINCT                the set of (group, value), of which each counts once at the end */

typedef struct
{
  guint32 group;
  union
  {
    double d;
    gint64 i;
  };
} SobreSqlSample;

/** SobreSqlPair: of two variables: how many, their means, and sums of squares and products of the distances from them. */
typedef struct
{
  gint64 n;
  double mean_y;
  double mean_x;
  double square_y;
  double square_x;
  double product;
} SobreSqlPair;

/** SobreSqlCell: one value that is kept. @text: its memory, where it is a text */
typedef struct
{
  SobreSqlValue value;
  char *text;
  gsize capacity;
} SobreSqlCell;

/** SobreSqlList: rows that are kept until the end. @results: by group; absent where there is none */
typedef struct
{
  GArray *groups;
  SobreSqlColumn *columns;
  SobreText *results;
  guint n_results;
  SobreSqlArena *texts;
} SobreSqlList;

struct _SobreSqlState
{
  const SobreSqlAggregate *aggregate;
  SobreSqlPhysical physical; /* of the first argument */
  SobreSqlBudget *budget;
  gint64 taken;
  guint capacity;
  gint64 *counts;
  gint64 *ints;
  double *doubles;
  double *squares;
  SobreSqlInt128 *decimals;
  SobreSqlPair *pairs;
  SobreSqlCell *cells;
  SobreSqlCell *measures;
  SobreSqlSample *samples;
  gsize n_samples;
  gsize samples_capacity;
  guint32 *first_sample; /* per group, after finish */
  SobreSqlList list;
  SobreSqlGroups *distinct;
};

gboolean sobre_sql_state_take (SobreSqlState *self, gsize bytes, GError **error);

/** Runs a statement for each row of which argument @argument is not NULL, with its group @g and its place @at. */
#define SOBRE_SQL_EACH_VALUE(argument, ...)                                                                                    \
  do                                                                                                                           \
    {                                                                                                                          \
      const guint8 *valid = (argument)->valid;                                                                                 \
      const guint mask = (argument)->mask;                                                                                     \
      if (valid != NULL && mask == 0 && !valid[0])                                                                             \
        break;                                                                                                                 \
      if (valid == NULL && groups != NULL)                                                                                     \
        SOBRE_SQL_EACH (rows, r, {                                                                                             \
          const guint32 g = groups[r];                                                                                         \
          const guint at = r & mask;                                                                                           \
          __VA_ARGS__                                                                                                          \
        });                                                                                                                    \
      else                                                                                                                     \
        SOBRE_SQL_EACH (rows, r, {                                                                                             \
          const guint32 g = groups != NULL ? groups[r] : 0;                                                                    \
          const guint at = r & mask;                                                                                           \
          if (valid == NULL || valid[at])                                                                                      \
            {                                                                                                                  \
              __VA_ARGS__                                                                                                      \
            }                                                                                                                  \
        });                                                                                                                    \
    }                                                                                                                          \
  while (0)

/* Values that are kept: min, max, arbitrary, min_by, max_by. In sobre-sql-aggregate-cells.c. */

gboolean sobre_sql_state_has_cells (SobreSqlAggregateKind kind);
void sobre_sql_state_free_cells (SobreSqlState *self);
gboolean sobre_sql_state_keep_values (SobreSqlState *self,
                                      const SobreSqlVector *arguments,
                                      SobreSqlRows rows,
                                      const guint32 *groups,
                                      GError **error);
gboolean
sobre_sql_state_merge_cells (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from, GError **error);

/* Means and distances from them. In sobre-sql-aggregate-moments.c. */

gboolean sobre_sql_state_is_moment (SobreSqlAggregateKind kind);
gboolean sobre_sql_state_is_pair (SobreSqlAggregateKind kind);
void
sobre_sql_state_add_moments (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups);
void sobre_sql_state_merge_moments (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from);
SobreSqlValue sobre_sql_state_get_moment (const SobreSqlState *self, guint group);
void sobre_sql_state_add_pairs (SobreSqlState *self, const SobreSqlVector *arguments, SobreSqlRows rows, const guint32 *groups);
void sobre_sql_state_merge_pairs (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from);
SobreSqlValue sobre_sql_state_get_pair (const SobreSqlState *self, guint group);

/* approx_percentile. In sobre-sql-aggregate-samples.c. */

gboolean sobre_sql_state_add_samples (SobreSqlState *self,
                                      const SobreSqlVector *argument,
                                      SobreSqlRows rows,
                                      const guint32 *groups,
                                      GError **error);
gboolean sobre_sql_state_merge_samples (SobreSqlState *self, SobreSqlState *other, const guint32 *groups, GError **error);
gboolean sobre_sql_state_sort_samples (SobreSqlState *self, guint n_groups, GError **error);
SobreSqlValue sobre_sql_state_get_percentile (const SobreSqlState *self, guint group);

/* listagg. In sobre-sql-aggregate-list.c. */

void sobre_sql_state_begin_list (SobreSqlState *self);
void sobre_sql_state_free_list (SobreSqlState *self);
gboolean sobre_sql_state_add_to_list (SobreSqlState *self,
                                      const SobreSqlVector *arguments,
                                      SobreSqlRows rows,
                                      const guint32 *groups,
                                      GError **error);
gboolean sobre_sql_state_merge_list (SobreSqlState *self, SobreSqlState *other, const guint32 *groups, GError **error);
gboolean sobre_sql_state_join_list (SobreSqlState *self, guint n_groups, GError **error);
SobreSqlValue sobre_sql_state_get_list (const SobreSqlState *self, guint group);

G_END_DECLS
