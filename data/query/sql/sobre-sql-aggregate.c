/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-aggregate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query/sql/sobre-sql-decimal.h"

/* Cells hold what a group has gathered; which members count follows from the aggregate:
 *
 *   count                   counts
 *   sum, avg                counts, and sums of int64, double or decimal
 *   min, max, arbitrary     counts, and the value so far (texts copied into buffers of their own)
 *   stddev, variance        counts, mean, and the sum of squared distances from it (Welford; merged as Chan et al. do)
 *   percentile              group and value of every row, sorted at the end
 *   DISTINCT                the set of (group, value), of which each counts once at the end */

typedef struct
{
  char *data;
  gsize length;
  gsize capacity;
} Buffer;

typedef struct
{
  guint32 group;
  union
  {
    double d;
    gint64 i;
  };
} Sample;

struct _SobreSqlState
{
  const SobreSqlAggregate *aggregate;
  SobreSqlPhysical physical; /* of the argument */
  SobreSqlBudget *budget;
  gint64 taken;
  guint capacity;
  gint64 *counts;
  gint64 *ints;
  double *doubles;
  double *squares;
  SobreSqlInt128 *decimals;
  Buffer *texts;
  Sample *samples;
  gsize n_samples;
  gsize samples_capacity;
  guint32 *first_sample; /* per group, after finish */
  SobreSqlGroups *distinct;
};

SobreSqlState *
sobre_sql_state_new (const SobreSqlAggregate *aggregate, SobreSqlBudget *budget)
{
  SobreSqlState *self = g_new0 (SobreSqlState, 1);
  const SobreSqlKeyRange ranges[2] = { { 0, 0 }, { 0, 0 } };

  self->aggregate = aggregate;
  self->budget = budget;
  self->physical =
      aggregate->argument != NULL ? sobre_sql_type_get_physical (aggregate->argument->type) : SOBRE_SQL_PHYSICAL_BOOLEAN;
  if (aggregate->distinct)
    self->distinct = sobre_sql_groups_new (2, ranges, budget);
  return self;
}

void
sobre_sql_state_free (SobreSqlState *self)
{
  for (guint i = 0; self->texts != NULL && i < self->capacity; i++)
    g_free (self->texts[i].data);
  g_clear_pointer (&self->distinct, sobre_sql_groups_free);
  sobre_sql_budget_give_back (self->budget, self->taken);
  g_free (self->counts);
  g_free (self->ints);
  g_free (self->doubles);
  g_free (self->squares);
  g_free (self->decimals);
  g_free (self->texts);
  g_free (self->samples);
  g_free (self->first_sample);
  g_free (self);
}

static gboolean
take (SobreSqlState *self, gsize bytes, GError **error)
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

static gboolean
is_moment (SobreSqlAggregateKind kind)
{
  return kind >= SOBRE_SQL_AGGREGATE_STDDEV_SAMP && kind <= SOBRE_SQL_AGGREGATE_VAR_POP;
}

static gboolean
reserve (SobreSqlState *self, guint n_groups, GError **error)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;
  guint from = self->capacity, to = MAX (from, 16);
  gsize size = sobre_sql_physical_get_size (self->physical) + sizeof (gint64) + (is_moment (kind) ? 2 * sizeof (double) : 0);

  while (to < n_groups)
    to *= 2;
  if (to == from || kind == SOBRE_SQL_AGGREGATE_PERCENTILE)
    return TRUE;
  if (!take (self, (to - from) * size, error))
    return FALSE;
  self->capacity = to;
  self->counts = grow (self->counts, from, to, sizeof *self->counts);
  if (kind == SOBRE_SQL_AGGREGATE_COUNT)
    return TRUE;
  if (is_moment (kind))
    self->squares = grow (self->squares, from, to, sizeof *self->squares);
  if (self->physical == SOBRE_SQL_PHYSICAL_DECIMAL)
    self->decimals = grow (self->decimals, from, to, sizeof *self->decimals);
  else if (self->physical == SOBRE_SQL_PHYSICAL_TEXT)
    self->texts = grow (self->texts, from, to, sizeof *self->texts);
  else if (self->physical == SOBRE_SQL_PHYSICAL_DOUBLE || kind == SOBRE_SQL_AGGREGATE_AVG)
    self->doubles = grow (self->doubles, from, to, sizeof *self->doubles);
  else
    self->ints = grow (self->ints, from, to, sizeof *self->ints);
  return TRUE;
}

/* Runs a statement for each row that is not NULL, with its group @g. */
#define EACH_VALUE(...)                                                                                                        \
  do                                                                                                                           \
    {                                                                                                                          \
      const guint8 *valid = argument->valid;                                                                                   \
      const guint mask = argument->mask;                                                                                       \
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

static void
count_rows (SobreSqlState *self, SobreSqlRows rows, const guint32 *groups)
{
  gint64 *counts = self->counts;

  if (groups == NULL)
    counts[0] += rows.n;
  else
    SOBRE_SQL_EACH (rows, r, counts[groups[r]]++;);
}

static void
count_values (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups)
{
  gint64 *counts = self->counts;

  if (argument->valid == NULL)
    count_rows (self, rows, groups);
  else if (groups != NULL)
    SOBRE_SQL_EACH (rows, r, counts[groups[r]] += argument->valid[r & argument->mask];);
  else
    EACH_VALUE ((void) at; counts[g]++;);
}

static gboolean
fail_sum (const SobreSqlState *self, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, self->aggregate->argument->position,
                                "a sum is too large for its type");
}

static gboolean
sum_values (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups, GError **error)
{
  gint64 *counts = self->counts;
  gboolean overflow = FALSE;

  if (argument->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
    EACH_VALUE (counts[g]++; self->doubles[g] += argument->d[at];);
  else if (argument->physical == SOBRE_SQL_PHYSICAL_DECIMAL)
    EACH_VALUE (counts[g]++; overflow |= __builtin_add_overflow (self->decimals[g], argument->dec[at], &self->decimals[g]) ||
                                         !sobre_sql_decimal_fits (self->decimals[g], SOBRE_SQL_MAX_PRECISION););
  else if (self->doubles != NULL)
    EACH_VALUE (counts[g]++; self->doubles[g] += (double) argument->i[at];);
  else
    EACH_VALUE (counts[g]++; overflow |= __builtin_add_overflow (self->ints[g], argument->i[at], &self->ints[g]););
  return !overflow || fail_sum (self, error);
}

static SobreSqlValue
get_cell (const SobreSqlState *self, guint32 group)
{
  SobreSqlValue value = { .null = self->counts[group] == 0 };

  if (self->texts != NULL)
    value.s = (SobreText) { self->texts[group].data, self->texts[group].length };
  else if (self->decimals != NULL)
    value.dec = self->decimals[group];
  else if (self->doubles != NULL)
    value.d = self->doubles[group];
  else
    value.i = self->ints[group];
  return value;
}

static gboolean
set_cell (SobreSqlState *self, guint32 group, const SobreSqlValue *value, GError **error)
{
  if (self->decimals != NULL)
    self->decimals[group] = value->dec;
  else if (self->doubles != NULL)
    self->doubles[group] = value->d;
  else if (self->ints != NULL)
    self->ints[group] = value->i;
  else
    {
      Buffer *buffer = &self->texts[group];

      if (buffer->capacity < value->s.length + 1)
        {
          gsize capacity = MAX (value->s.length + 1, buffer->capacity * 2);

          if (!take (self, capacity - buffer->capacity, error))
            return FALSE;
          buffer->data = g_realloc (buffer->data, capacity);
          buffer->capacity = capacity;
        }
      if (value->s.length > 0)
        memcpy (buffer->data, value->s.data, value->s.length);
      buffer->length = value->s.length;
    }
  return TRUE;
}

/* Keeps @value where it is the first of its group or beats what is there. */
static gboolean
keep_better (SobreSqlState *self, guint32 group, const SobreSqlValue *value, GError **error)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;

  if (self->counts[group]++ > 0)
    {
      SobreSqlValue current;
      int order;

      if (kind == SOBRE_SQL_AGGREGATE_ARBITRARY)
        return TRUE;
      current = get_cell (self, group);
      order = sobre_sql_value_compare (self->aggregate->argument->type, value, &current);
      if (kind == SOBRE_SQL_AGGREGATE_MIN ? order >= 0 : order <= 0)
        return TRUE;
    }
  return set_cell (self, group, value, error);
}

static gboolean
keep_values (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups, GError **error)
{
  EACH_VALUE ({
    SobreSqlValue value = sobre_sql_vector_get (argument, r);

    (void) at;
    if (!keep_better (self, g, &value, error))
      return FALSE;
  });
  return TRUE;
}

static void
add_moments (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups)
{
  EACH_VALUE ({
    double distance = argument->d[at] - self->doubles[g];

    self->counts[g]++;
    self->doubles[g] += distance / (double) self->counts[g];
    self->squares[g] += distance * (argument->d[at] - self->doubles[g]);
  });
}

static gboolean
reserve_samples (SobreSqlState *self, gsize n, GError **error)
{
  gsize capacity = MAX (self->samples_capacity, 1024);

  while (capacity < n)
    capacity += capacity / 2;
  if (capacity == self->samples_capacity)
    return TRUE;
  if (!take (self, (capacity - self->samples_capacity) * sizeof (Sample), error))
    return FALSE;
  self->samples = g_renew (Sample, self->samples, capacity);
  self->samples_capacity = capacity;
  return TRUE;
}

static gboolean
add_samples (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups, GError **error)
{
  gboolean whole = argument->physical == SOBRE_SQL_PHYSICAL_INT64;

  if (!reserve_samples (self, self->n_samples + rows.n, error))
    return FALSE;
  EACH_VALUE ({
    Sample *sample = &self->samples[self->n_samples++];

    sample->group = g;
    if (whole)
      sample->i = argument->i[at];
    else
      sample->d = argument->d[at];
  });
  return TRUE;
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

  EACH_VALUE ({
    (void) at;
    group_keys[r] = g;
    index[n_index++] = r;
  });
  return sobre_sql_groups_assign (self->distinct, keys, (SobreSqlRows) { index, n_index }, ignored, error);
}

static gboolean
add_values (SobreSqlState *self,
            const SobreSqlVector *argument,
            SobreSqlRows rows,
            const guint32 *groups,
            guint n_groups,
            GError **error)
{
  if (!reserve (self, n_groups, error))
    return FALSE;
  switch (self->aggregate->kind)
    {
    case SOBRE_SQL_AGGREGATE_COUNT:
      if (argument == NULL)
        count_rows (self, rows, groups);
      else
        count_values (self, argument, rows, groups);
      return TRUE;
    case SOBRE_SQL_AGGREGATE_SUM:
    case SOBRE_SQL_AGGREGATE_AVG:
      return sum_values (self, argument, rows, groups, error);
    case SOBRE_SQL_AGGREGATE_MIN:
    case SOBRE_SQL_AGGREGATE_MAX:
    case SOBRE_SQL_AGGREGATE_ARBITRARY:
      return keep_values (self, argument, rows, groups, error);
    case SOBRE_SQL_AGGREGATE_PERCENTILE:
      return add_samples (self, argument, rows, groups, error);
    default:
      add_moments (self, argument, rows, groups);
      return TRUE;
    }
}

gboolean
sobre_sql_state_update (SobreSqlState *self,
                        const SobreSqlVector *argument,
                        SobreSqlRows rows,
                        const guint32 *groups,
                        guint n_groups,
                        GError **error)
{
  if (self->distinct != NULL)
    return add_distinct (self, argument, rows, groups, error);
  return add_values (self, argument, rows, groups, n_groups, error);
}

/* Two means and sums of squares into one. */
static void
merge_moments (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from)
{
  double a = (double) self->counts[to], b = (double) other->counts[from];
  double distance = other->doubles[from] - self->doubles[to];

  if (b == 0)
    return;
  self->squares[to] += other->squares[from] + distance * distance * a * b / (a + b);
  self->doubles[to] += distance * b / (a + b);
  self->counts[to] += other->counts[from];
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
  SobreSqlValue value;

  if (kind == SOBRE_SQL_AGGREGATE_COUNT)
    self->counts[to] += other->counts[from];
  else if (is_moment (kind))
    merge_moments (self, to, other, from);
  else if (kind == SOBRE_SQL_AGGREGATE_SUM || kind == SOBRE_SQL_AGGREGATE_AVG)
    return merge_sum (self, to, other, from) || fail_sum (self, error);
  else if (other->counts[from] > 0)
    {
      value = get_cell (other, from);
      return keep_better (self, to, &value, error);
    }
  return TRUE;
}

static gboolean
merge_samples (SobreSqlState *self, SobreSqlState *other, const guint32 *groups, GError **error)
{
  if (!reserve_samples (self, self->n_samples + other->n_samples, error))
    return FALSE;
  for (gsize i = 0; i < other->n_samples; i++)
    {
      Sample sample = other->samples[i];

      sample.group = groups[sample.group];
      self->samples[self->n_samples++] = sample;
    }
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
                             : add_values (self, &values, rows, slice, n_groups, error);
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
    return merge_samples (self, other, groups, error);
  for (guint from = 0; from < MIN (n_other, other->capacity); from++)
    if (!merge_group (self, groups[from], other, from, error))
      return FALSE;
  return TRUE;
}

static int
compare_whole_samples (const void *a, const void *b)
{
  const Sample *left = a, *right = b;

  if (left->group != right->group)
    return left->group < right->group ? -1 : 1;
  return (left->i > right->i) - (left->i < right->i);
}

static int
compare_double_samples (const void *a, const void *b)
{
  const Sample *left = a, *right = b;

  if (left->group != right->group)
    return left->group < right->group ? -1 : 1;
  if (isnan (left->d) || isnan (right->d))
    return (isnan (left->d) != 0) - (isnan (right->d) != 0);
  return (left->d > right->d) - (left->d < right->d);
}

static gboolean
sort_samples (SobreSqlState *self, guint n_groups, GError **error)
{
  gsize at = 0;

  if (!take (self, ((gsize) n_groups + 1) * sizeof (guint32), error))
    return FALSE;
  self->first_sample = g_new (guint32, (gsize) n_groups + 1);
  if (self->n_samples > 0)
    qsort (self->samples, self->n_samples, sizeof (Sample),
           self->physical == SOBRE_SQL_PHYSICAL_INT64 ? compare_whole_samples : compare_double_samples);
  for (guint group = 0; group <= n_groups; group++)
    {
      while (at < self->n_samples && self->samples[at].group < group)
        at++;
      self->first_sample[group] = (guint32) at;
    }
  return TRUE;
}

gboolean
sobre_sql_state_finish (SobreSqlState *self, guint n_groups, GError **error)
{
  if (!reserve (self, n_groups, error))
    return FALSE;
  if (self->distinct != NULL)
    return replay_distinct (self, self->distinct, NULL, n_groups, error);
  return self->aggregate->kind != SOBRE_SQL_AGGREGATE_PERCENTILE || sort_samples (self, n_groups, error);
}

static SobreSqlValue
get_moment (const SobreSqlState *self, guint group)
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

static SobreSqlValue
get_percentile (const SobreSqlState *self, guint group)
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

SobreSqlValue
sobre_sql_state_get (const SobreSqlState *self, guint group)
{
  SobreSqlAggregateKind kind = self->aggregate->kind;
  SobreSqlValue value;

  if (kind == SOBRE_SQL_AGGREGATE_COUNT)
    return (SobreSqlValue) { .i = self->counts[group] };
  if (kind == SOBRE_SQL_AGGREGATE_PERCENTILE)
    return get_percentile (self, group);
  if (is_moment (kind))
    return get_moment (self, group);
  value = get_cell (self, group);
  if (kind == SOBRE_SQL_AGGREGATE_AVG && !value.null)
    {
      if (self->decimals != NULL)
        value.dec = sobre_sql_decimal_divide_rounded (value.dec, self->counts[group]);
      else
        value.d /= (double) self->counts[group];
    }
  return value;
}
