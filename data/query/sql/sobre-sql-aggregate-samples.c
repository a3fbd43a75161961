/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-aggregate-private.h"

#include <math.h>
#include <stdlib.h>

/* approx_percentile, which is exact here: every value with its group, sorted at the end. */

static gboolean
reserve_samples (SobreSqlState *self, gsize n, GError **error)
{
  gsize capacity = MAX (self->samples_capacity, 1024);

  while (capacity < n)
    capacity += capacity / 2;
  if (capacity == self->samples_capacity)
    return TRUE;
  if (!sobre_sql_state_take (self, (capacity - self->samples_capacity) * sizeof (SobreSqlSample), error))
    return FALSE;
  self->samples = g_renew (SobreSqlSample, self->samples, capacity);
  self->samples_capacity = capacity;
  return TRUE;
}

gboolean
sobre_sql_state_add_samples (SobreSqlState *self,
                             const SobreSqlVector *argument,
                             SobreSqlRows rows,
                             const guint32 *groups,
                             GError **error)
{
  gboolean whole = argument->physical == SOBRE_SQL_PHYSICAL_INT64;

  if (!reserve_samples (self, self->n_samples + rows.n, error))
    return FALSE;
  SOBRE_SQL_EACH_VALUE (argument, {
    SobreSqlSample *sample = &self->samples[self->n_samples++];

    sample->group = g;
    if (whole)
      sample->i = argument->i[at];
    else
      sample->d = argument->d[at];
  });
  return TRUE;
}

gboolean
sobre_sql_state_merge_samples (SobreSqlState *self, SobreSqlState *other, const guint32 *groups, GError **error)
{
  if (!reserve_samples (self, self->n_samples + other->n_samples, error))
    return FALSE;
  for (gsize i = 0; i < other->n_samples; i++)
    {
      SobreSqlSample sample = other->samples[i];

      sample.group = groups[sample.group];
      self->samples[self->n_samples++] = sample;
    }
  return TRUE;
}

static int
compare_whole_samples (const void *a, const void *b)
{
  const SobreSqlSample *left = a, *right = b;

  if (left->group != right->group)
    return left->group < right->group ? -1 : 1;
  return (left->i > right->i) - (left->i < right->i);
}

static int
compare_double_samples (const void *a, const void *b)
{
  const SobreSqlSample *left = a, *right = b;

  if (left->group != right->group)
    return left->group < right->group ? -1 : 1;
  if (isnan (left->d) || isnan (right->d))
    return (isnan (left->d) != 0) - (isnan (right->d) != 0);
  return (left->d > right->d) - (left->d < right->d);
}

gboolean
sobre_sql_state_sort_samples (SobreSqlState *self, guint n_groups, GError **error)
{
  gsize at = 0;

  if (!sobre_sql_state_take (self, ((gsize) n_groups + 1) * sizeof (guint32), error))
    return FALSE;
  self->first_sample = g_new (guint32, (gsize) n_groups + 1);
  if (self->n_samples > 0)
    qsort (self->samples, self->n_samples, sizeof (SobreSqlSample),
           self->physical == SOBRE_SQL_PHYSICAL_INT64 ? compare_whole_samples : compare_double_samples);
  for (guint group = 0; group <= n_groups; group++)
    {
      while (at < self->n_samples && self->samples[at].group < group)
        at++;
      self->first_sample[group] = (guint32) at;
    }
  return TRUE;
}

SobreSqlValue
sobre_sql_state_get_percentile (const SobreSqlState *self, guint group)
{
  gsize first = self->first_sample[group];
  gsize n = self->first_sample[group + 1] - first;
  SobreSqlValue value = { .null = n == 0 };
  gsize rank;

  if (value.null)
    return value;
  rank = (gsize) ceil (self->aggregate->fraction * (double) n);
  rank = CLAMP (rank, 1, n);
  if (self->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
    value.d = self->samples[first + rank - 1].d;
  else
    value.i = self->samples[first + rank - 1].i;
  return value;
}
