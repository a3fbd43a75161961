/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-aggregate-private.h"

#include <math.h>
#include <string.h>

#include "query/sql/sobre-sql-decimal.h"
#include "query/sql/sobre-sql-tally.h"

/* Counts and sums, DISTINCT, and which kind does what. */

SobreSqlState *
sobre_sql_state_new (const SobreSqlAggregate *aggregate, SobreSqlBudget *budget)
{
  SobreSqlState *self = g_new0 (SobreSqlState, 1);
  const SobreSqlKeyRange ranges[2] = { { 0, 0 }, { 0, 0 } };

  self->aggregate = aggregate;
  self->budget = budget;
  self->physical =
      aggregate->n_arguments > 0 ? sobre_sql_type_get_physical (aggregate->arguments[0]->type) : SOBRE_SQL_PHYSICAL_BOOLEAN;
  if (aggregate->kind == SOBRE_SQL_AGGREGATE_LIST)
    sobre_sql_state_begin_list (self);
  else if (aggregate->distinct)
    self->distinct = sobre_sql_groups_new (2, ranges, budget);
  return self;
}

void
sobre_sql_state_free (SobreSqlState *self)
{
  sobre_sql_state_free_cells (self);
  sobre_sql_state_free_list (self);
  g_clear_pointer (&self->distinct, sobre_sql_groups_free);
  sobre_sql_budget_give_back (self->budget, self->taken);
  g_free (self->counts);
  g_free (self->ints);
  g_free (self->doubles);
  g_free (self->squares);
  g_free (self->decimals);
  g_free (self->pairs);
  g_free (self->samples);
  g_free (self->first_sample);
  g_free (self);
}

gboolean
sobre_sql_state_is_final (const SobreSqlAggregate *aggregate)
{
  return aggregate->distinct || aggregate->kind == SOBRE_SQL_AGGREGATE_PERCENTILE ||
         aggregate->kind == SOBRE_SQL_AGGREGATE_LIST;
}

gboolean
sobre_sql_state_take (SobreSqlState *self, gsize bytes, GError **error)
{
  if (!sobre_sql_budget_take (self->budget, (gint64) bytes, error))
    return FALSE;
  self->taken += (gint64) bytes;
  return TRUE;
}

static gpointer
grow (gpointer array, guint from, guint to, gsize size)
{
  array = g_realloc_n (array, to, size);
  memset ((guint8 *) array + from * size, 0, (to - from) * size);
  return array;
}

static gsize
get_group_size (const SobreSqlState *self)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;

  if (sobre_sql_state_is_pair (kind))
    return sizeof (SobreSqlPair);
  if (sobre_sql_state_has_cells (kind))
    return sizeof (gint64) + 2 * sizeof (SobreSqlCell);
  return sizeof (gint64) + sobre_sql_physical_get_size (self->physical) + 2 * sizeof (double);
}

static gboolean
reserve (SobreSqlState *self, guint n_groups, GError **error)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;
  guint from = self->capacity, to = MAX (from, 16);

  while (to < n_groups)
    to *= 2;
  if (to == from || kind >= SOBRE_SQL_AGGREGATE_PERCENTILE)
    return TRUE;
  if (!sobre_sql_state_take (self, (to - from) * get_group_size (self), error))
    return FALSE;
  self->capacity = to;
  if (sobre_sql_state_is_pair (kind))
    {
      self->pairs = grow (self->pairs, from, to, sizeof *self->pairs);
      return TRUE;
    }
  self->counts = grow (self->counts, from, to, sizeof *self->counts);
  if (kind == SOBRE_SQL_AGGREGATE_COUNT)
    return TRUE;
  if (sobre_sql_state_has_cells (kind))
    {
      self->cells = grow (self->cells, from, to, sizeof *self->cells);
      self->measures = grow (self->measures, from, to, sizeof *self->measures);
      return TRUE;
    }
  if (sobre_sql_state_is_moment (kind))
    self->squares = grow (self->squares, from, to, sizeof *self->squares);
  if (self->physical == SOBRE_SQL_PHYSICAL_DECIMAL)
    self->decimals = grow (self->decimals, from, to, sizeof *self->decimals);
  else if (self->physical == SOBRE_SQL_PHYSICAL_DOUBLE || kind == SOBRE_SQL_AGGREGATE_AVG)
    self->doubles = grow (self->doubles, from, to, sizeof *self->doubles);
  else
    self->ints = grow (self->ints, from, to, sizeof *self->ints);
  return TRUE;
}

static void
count_rows (SobreSqlState *self, SobreSqlRows rows, const SobreSqlMembers *members)
{
  gint64 *counts = self->counts;
  const guint32 *groups = members->groups;

  if (members->sizes != NULL)
    for (guint group = 0; group < members->n_groups; group++)
      counts[group] += members->sizes[group];
  else if (groups == NULL)
    counts[0] += rows.n;
  else if (members->run_ends != NULL)
    for (guint run = 0, begin = 0; run < members->n_runs; begin = members->run_ends[run++])
      counts[groups[begin]] += members->run_ends[run] - begin;
  else if (rows.index == NULL && sobre_sql_tally_pays (rows.n, members->n_groups))
    sobre_sql_tally (groups, rows.n, members->n_groups, counts);
  else
    SOBRE_SQL_EACH (rows, r, counts[groups[r]]++;);
}

static void
count_values (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const SobreSqlMembers *members)
{
  gint64 *counts = self->counts;
  const guint32 *groups = members->groups;

  if (argument->valid == NULL)
    count_rows (self, rows, members);
  else if (groups != NULL)
    SOBRE_SQL_EACH (rows, r, counts[groups[r]] += argument->valid[r & argument->mask];);
  else
    SOBRE_SQL_EACH_VALUE (argument, (void) at; counts[g]++;);
}

static gboolean
fail_sum (const SobreSqlState *self, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, self->aggregate->position, "a sum is too large for its type");
}

#define SUMS 8
#define LANES 4
#define MOST_LANED 64

static double
sum_doubles (const double *values, guint n)
{
  double sums[SUMS] = { 0 };
  guint i = 0;

  for (; i + SUMS <= n; i += SUMS)
    for (guint sum = 0; sum < SUMS; sum++)
      sums[sum] += values[i + sum];
  for (; i < n; i++)
    sums[i % SUMS] += values[i];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

/* A run is added up in registers: through memory each of its rows would wait for the one before it. */
static void
sum_runs (SobreSqlState *self, const double *values, const SobreSqlMembers *members)
{
  guint begin = 0;

  for (guint run = 0; run < members->n_runs; run++)
    {
      const guint end = members->run_ends[run];
      const guint32 group = members->groups != NULL ? members->groups[begin] : 0;

      self->counts[group] += end - begin;
      self->doubles[group] += sum_doubles (values + begin, end - begin);
      begin = end;
    }
}

/* The same for few groups at random: rows take turns in several sums of each. */
static void
sum_in_lanes (SobreSqlState *self, const double *values, guint n, const SobreSqlMembers *members)
{
  const guint32 *groups = members->groups;
  double sums[LANES][MOST_LANED] = { 0 };
  guint i = 0;

  for (; i + LANES <= n; i += LANES)
    for (guint lane = 0; lane < LANES; lane++)
      sums[lane][groups[i + lane]] += values[i + lane];
  for (; i < n; i++)
    sums[0][groups[i]] += values[i];
  sobre_sql_tally (groups, n, members->n_groups, self->counts);
  for (guint group = 0; group < members->n_groups; group++)
    self->doubles[group] += (sums[0][group] + sums[1][group]) + (sums[2][group] + sums[3][group]);
}

static gboolean
sum_values (SobreSqlState *self,
            const SobreSqlVector *argument,
            SobreSqlRows rows,
            const SobreSqlMembers *members,
            GError **error)
{
  gint64 *counts = self->counts;
  const guint32 *groups = members->groups;
  gboolean is_plain = argument->physical == SOBRE_SQL_PHYSICAL_DOUBLE && argument->valid == NULL && argument->mask != 0;
  gboolean overflow = FALSE;

  if (is_plain && members->run_ends != NULL)
    sum_runs (self, argument->d, members);
  else if (is_plain && rows.index == NULL && groups != NULL && members->n_groups <= MIN (MOST_LANED, rows.n / LANES))
    sum_in_lanes (self, argument->d, rows.n, members);
  else if (argument->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
    SOBRE_SQL_EACH_VALUE (argument, counts[g]++; self->doubles[g] += argument->d[at];);
  else if (argument->physical == SOBRE_SQL_PHYSICAL_DECIMAL)
    SOBRE_SQL_EACH_VALUE (argument, counts[g]++;
                          overflow |= __builtin_add_overflow (self->decimals[g], argument->dec[at], &self->decimals[g]) ||
                                      !sobre_sql_decimal_fits (self->decimals[g], SOBRE_SQL_MAX_PRECISION););
  else if (self->doubles != NULL)
    SOBRE_SQL_EACH_VALUE (argument, counts[g]++; self->doubles[g] += (double) argument->i[at];);
  else
    SOBRE_SQL_EACH_VALUE (argument, counts[g]++;
                          overflow |= __builtin_add_overflow (self->ints[g], argument->i[at], &self->ints[g]););
  return !overflow || fail_sum (self, error);
}

static void
add_logarithms (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups)
{
  SOBRE_SQL_EACH_VALUE (argument, self->counts[g]++; self->doubles[g] += log (argument->d[at]););
}

/* Adds (group, value) of each row to the set; NULL is no value. */
static gboolean
add_distinct (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups, GError **error)
{
  guint n = rows.n == 0 ? 0 : rows.index != NULL ? rows.index[rows.n - 1] + 1 : rows.n;
  g_autofree gint64 *group_keys = g_new0 (gint64, n + 1);
  g_autofree guint32 *index = g_new (guint32, n + 1);
  g_autofree guint32 *ignored = g_new (guint32, n + 1);
  SobreSqlVector keys[2] = { { .physical = SOBRE_SQL_PHYSICAL_INT64, .mask = G_MAXUINT, .i = group_keys }, *argument };
  guint n_index = 0;

  SOBRE_SQL_EACH_VALUE (argument, {
    (void) at;
    group_keys[r] = g;
    index[n_index++] = r;
  });
  return sobre_sql_groups_assign (self->distinct, keys, (SobreSqlRows) { index, n_index }, ignored, error);
}

static gboolean
add_values (SobreSqlState *self,
            const SobreSqlVector *arguments,
            SobreSqlRows rows,
            const SobreSqlMembers *members,
            GError **error)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;
  const guint32 *groups = members->groups;

  if (!reserve (self, members->n_groups, error))
    return FALSE;
  if (sobre_sql_state_has_cells (kind))
    return sobre_sql_state_keep_values (self, arguments, rows, groups, error);
  switch (kind)
    {
    case SOBRE_SQL_AGGREGATE_COUNT:
      if (self->aggregate->n_arguments == 0)
        count_rows (self, rows, members);
      else
        count_values (self, arguments, rows, members);
      return TRUE;
    case SOBRE_SQL_AGGREGATE_SUM:
    case SOBRE_SQL_AGGREGATE_AVG:
      return sum_values (self, arguments, rows, members, error);
    case SOBRE_SQL_AGGREGATE_GEOMETRIC_MEAN:
      add_logarithms (self, arguments, rows, groups);
      return TRUE;
    case SOBRE_SQL_AGGREGATE_PERCENTILE:
      return sobre_sql_state_add_samples (self, arguments, rows, groups, error);
    case SOBRE_SQL_AGGREGATE_LIST:
      return sobre_sql_state_add_to_list (self, arguments, rows, groups, error);
    default:
      if (sobre_sql_state_is_pair (kind))
        sobre_sql_state_add_pairs (self, arguments, rows, groups);
      else
        sobre_sql_state_add_moments (self, arguments, rows, groups);
      return TRUE;
    }
}

gboolean
sobre_sql_state_update (SobreSqlState *self,
                        const SobreSqlVector *arguments,
                        SobreSqlRows rows,
                        const SobreSqlMembers *members,
                        GError **error)
{
  if (self->distinct != NULL)
    return add_distinct (self, arguments, rows, members->groups, error);
  return add_values (self, arguments, rows, members, error);
}

static gboolean
merge_sum (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from)
{
  self->counts[to] += other->counts[from];
  if (self->doubles != NULL)
    self->doubles[to] += other->doubles[from];
  else if (self->decimals != NULL)
    return !__builtin_add_overflow (self->decimals[to], other->decimals[from], &self->decimals[to]) &&
           sobre_sql_decimal_fits (self->decimals[to], SOBRE_SQL_MAX_PRECISION);
  else
    return !__builtin_add_overflow (self->ints[to], other->ints[from], &self->ints[to]);
  return TRUE;
}

static gboolean
merge_group (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from, GError **error)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;

  if (kind == SOBRE_SQL_AGGREGATE_COUNT)
    self->counts[to] += other->counts[from];
  else if (sobre_sql_state_has_cells (kind))
    return sobre_sql_state_merge_cells (self, to, other, from, error);
  else if (sobre_sql_state_is_moment (kind))
    sobre_sql_state_merge_moments (self, to, other, from);
  else if (sobre_sql_state_is_pair (kind))
    sobre_sql_state_merge_pairs (self, to, other, from);
  else
    return merge_sum (self, to, other, from) || fail_sum (self, error);
  return TRUE;
}

#define SLICE 8192

/* Hands the set @from on in slices: @groups renumbers its groups, unless it is %NULL. */
static gboolean
replay_distinct (SobreSqlState *self, const SobreSqlGroups *from, const guint32 *groups, guint n_groups, GError **error)
{
  g_autofree guint32 *slice = g_new (guint32, SLICE);
  guint n = sobre_sql_groups_get_n (from);

  for (guint start = 0; start < n; start += SLICE)
    {
      SobreSqlVector group_keys = sobre_sql_groups_view (from, 0, start);
      SobreSqlVector values = sobre_sql_groups_view (from, 1, start);
      SobreSqlRows rows = { NULL, MIN (SLICE, n - start) };
      gboolean added;

      for (guint i = 0; i < rows.n; i++)
        slice[i] = groups != NULL ? groups[group_keys.i[i]] : (guint32) group_keys.i[i];
      added = groups != NULL ? add_distinct (self, &values, rows, slice, error)
                             : add_values (self, &values, rows, &(SobreSqlMembers) { slice, n_groups }, error);
      if (!added || !sobre_sql_budget_check_time (self->budget, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_sql_state_merge (SobreSqlState *self,
                       SobreSqlState *other,
                       const guint32 *groups,
                       guint n_other,
                       guint n_groups,
                       GError **error)
{
  if (self->distinct != NULL)
    return replay_distinct (self, other->distinct, groups, n_groups, error);
  if (!reserve (self, n_groups, error))
    return FALSE;
  if (self->aggregate->kind == SOBRE_SQL_AGGREGATE_PERCENTILE)
    return sobre_sql_state_merge_samples (self, other, groups, error);
  if (self->aggregate->kind == SOBRE_SQL_AGGREGATE_LIST)
    return sobre_sql_state_merge_list (self, other, groups, error);
  for (guint from = 0; from < MIN (n_other, other->capacity); from++)
    if (!merge_group (self, groups[from], other, from, error))
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_state_finish (SobreSqlState *self, guint n_groups, GError **error)
{
  if (!reserve (self, n_groups, error))
    return FALSE;
  if (self->distinct != NULL)
    return replay_distinct (self, self->distinct, NULL, n_groups, error);
  if (self->aggregate->kind == SOBRE_SQL_AGGREGATE_LIST)
    return sobre_sql_state_join_list (self, n_groups, error);
  return self->aggregate->kind != SOBRE_SQL_AGGREGATE_PERCENTILE || sobre_sql_state_sort_samples (self, n_groups, error);
}

static SobreSqlValue
get_sum (const SobreSqlState *self, guint group)
{
  SobreSqlValue value = { .null = self->counts[group] == 0 };

  if (value.null)
    return value;
  if (self->aggregate->kind == SOBRE_SQL_AGGREGATE_GEOMETRIC_MEAN)
    value.d = exp (self->doubles[group] / (double) self->counts[group]);
  else if (self->decimals != NULL)
    value.dec = self->aggregate->kind == SOBRE_SQL_AGGREGATE_AVG
                    ? sobre_sql_decimal_divide_rounded (self->decimals[group], self->counts[group])
                    : self->decimals[group];
  else if (self->doubles != NULL)
    value.d = self->aggregate->kind == SOBRE_SQL_AGGREGATE_AVG ? self->doubles[group] / (double) self->counts[group]
                                                               : self->doubles[group];
  else
    value.i = self->ints[group];
  return value;
}

SobreSqlValue
sobre_sql_state_get (const SobreSqlState *self, guint group)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;

  if (kind == SOBRE_SQL_AGGREGATE_COUNT)
    return (SobreSqlValue) { .i = self->counts[group] };
  if (kind == SOBRE_SQL_AGGREGATE_PERCENTILE)
    return sobre_sql_state_get_percentile (self, group);
  if (kind == SOBRE_SQL_AGGREGATE_LIST)
    return sobre_sql_state_get_list (self, group);
  if (sobre_sql_state_is_moment (kind))
    return sobre_sql_state_get_moment (self, group);
  if (sobre_sql_state_is_pair (kind))
    return sobre_sql_state_get_pair (self, group);
  if (sobre_sql_state_has_cells (kind))
    return self->counts[group] > 0 ? self->cells[group].value : (SobreSqlValue) { .null = TRUE };
  return get_sum (self, group);
}
