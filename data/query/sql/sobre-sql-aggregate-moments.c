/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-aggregate-private.h"

#include <math.h>

/* Means, and what is measured from them: variance, covariance, correlation, regression. */

gboolean
sobre_sql_state_is_moment (SobreSqlAggregateKind kind)
{
  return kind >= SOBRE_SQL_AGGREGATE_STDDEV_SAMP && kind <= SOBRE_SQL_AGGREGATE_VAR_POP;
}

gboolean
sobre_sql_state_is_pair (SobreSqlAggregateKind kind)
{
  return kind >= SOBRE_SQL_AGGREGATE_COVAR_SAMP && kind <= SOBRE_SQL_AGGREGATE_REGR_INTERCEPT;
}

void
sobre_sql_state_add_moments (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups)
{
  SOBRE_SQL_EACH_VALUE (argument, {
    double distance = argument->d[at] - self->doubles[g];

    self->counts[g]++;
    self->doubles[g] += distance / (double) self->counts[g];
    self->squares[g] += distance * (argument->d[at] - self->doubles[g]);
  });
}

void
sobre_sql_state_merge_moments (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from)
{
  double a = (double) self->counts[to], b = (double) other->counts[from];
  double distance = other->doubles[from] - self->doubles[to];

  if (b == 0)
    return;
  self->squares[to] += other->squares[from] + distance * distance * a * b / (a + b);
  self->doubles[to] += distance * b / (a + b);
  self->counts[to] += other->counts[from];
}

SobreSqlValue
sobre_sql_state_get_moment (const SobreSqlState *self, guint group)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;
  gboolean sample = kind == SOBRE_SQL_AGGREGATE_STDDEV_SAMP || kind == SOBRE_SQL_AGGREGATE_VAR_SAMP;
  gint64 n = self->counts[group] - (sample ? 1 : 0);
  SobreSqlValue value = { .null = n <= 0 };

  if (value.null)
    return value;
  value.d = self->squares[group] / (double) n;
  if (kind == SOBRE_SQL_AGGREGATE_STDDEV_SAMP || kind == SOBRE_SQL_AGGREGATE_STDDEV_POP)
    value.d = sqrt (value.d);
  return value;
}

/* A row counts where neither is NULL. */
void
sobre_sql_state_add_pairs (SobreSqlState *self, const SobreSqlVector *arguments, SobreSqlRows rows, const guint32 *groups)
{
  SOBRE_SQL_EACH_VALUE (&arguments[0], {
    SobreSqlPair *pair = &self->pairs[g];
    double y = arguments[0].d[at];
    double x = arguments[1].d[r & arguments[1].mask];
    double from_y, from_x;

    if (sobre_sql_vector_is_null (&arguments[1], r))
      continue;
    pair->n++;
    from_y = y - pair->mean_y;
    from_x = x - pair->mean_x;
    pair->mean_y += from_y / (double) pair->n;
    pair->mean_x += from_x / (double) pair->n;
    pair->square_y += from_y * (y - pair->mean_y);
    pair->square_x += from_x * (x - pair->mean_x);
    pair->product += from_x * (y - pair->mean_y);
  });
}

void
sobre_sql_state_merge_pairs (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from)
{
  SobreSqlPair *a = &self->pairs[to];
  const SobreSqlPair *b = &other->pairs[from];
  double n = (double) (a->n + b->n);
  double between_y = b->mean_y - a->mean_y, between_x = b->mean_x - a->mean_x;
  double weight;

  if (b->n == 0)
    return;
  weight = (double) a->n * (double) b->n / n;
  a->square_y += b->square_y + between_y * between_y * weight;
  a->square_x += b->square_x + between_x * between_x * weight;
  a->product += b->product + between_y * between_x * weight;
  a->mean_y += between_y * (double) b->n / n;
  a->mean_x += between_x * (double) b->n / n;
  a->n += b->n;
}

SobreSqlValue
sobre_sql_state_get_pair (const SobreSqlState *self, guint group)
{
  const SobreSqlPair *pair = &self->pairs[group];
  SobreSqlValue value = { .null = pair->n == 0 };

  switch (self->aggregate->kind)
    {
    case SOBRE_SQL_AGGREGATE_COVAR_POP:
      value.d = pair->product / (double) pair->n;
      return value;
    case SOBRE_SQL_AGGREGATE_COVAR_SAMP:
      value.null = pair->n < 2;
      value.d = pair->product / (double) (pair->n - 1);
      return value;
    case SOBRE_SQL_AGGREGATE_CORR:
      value.d = pair->product / sqrt (pair->square_y * pair->square_x);
      break;
    case SOBRE_SQL_AGGREGATE_REGR_SLOPE:
      value.d = pair->product / pair->square_x;
      break;
    default:
      value.d = pair->mean_y - pair->product / pair->square_x * pair->mean_x;
      break;
    }
  value.null = value.null || !isfinite (value.d);
  return value;
}
