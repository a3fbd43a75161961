/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-aggregate-private.h"

#include <math.h>
#include <string.h>

/* Values that are kept: the first, the least or the largest, by itself or as something else measures it. */

gboolean
sobre_sql_state_has_cells (SobreSqlAggregateKind kind)
{
  return kind == SOBRE_SQL_AGGREGATE_MIN || kind == SOBRE_SQL_AGGREGATE_MAX || kind == SOBRE_SQL_AGGREGATE_ARBITRARY ||
         kind == SOBRE_SQL_AGGREGATE_MIN_BY || kind == SOBRE_SQL_AGGREGATE_MAX_BY;
}

void
sobre_sql_state_free_cells (SobreSqlState *self)
{
  for (guint i = 0; self->cells != NULL && i < self->capacity; i++)
    {
      g_free (self->cells[i].text);
      g_free (self->measures[i].text);
    }
  g_free (self->cells);
  g_free (self->measures);
}

static gboolean
set_cell (SobreSqlState *self, SobreSqlCell *cell, SobreSqlType type, const SobreSqlValue *value, GError **error)
{
  gsize length = value->s.length;

  cell->value = *value;
  if (value->null || sobre_sql_type_get_physical (type) != SOBRE_SQL_PHYSICAL_TEXT)
    return TRUE;
  if (cell->capacity < length + 1)
    {
      gsize capacity = MAX (length + 1, cell->capacity * 2);

      if (!sobre_sql_state_take (self, capacity - cell->capacity, error))
        return FALSE;
      cell->text = g_realloc (cell->text, capacity);
      cell->capacity = capacity;
    }
  if (length > 0)
    memmove (cell->text, value->s.data, length);
  cell->value.s.data = cell->text;
  return TRUE;
}

/* Keeps @value where it is the first of its group, or where @measure beats what is there. */
static gboolean
keep_better (SobreSqlState *self, guint32 group, const SobreSqlValue *value, const SobreSqlValue *measure, GError **error)
{
  const SobreSqlAggregate *aggregate = self->aggregate;
  gboolean by = aggregate->n_arguments > 1;
  SobreSqlType type = aggregate->arguments[0]->type;
  SobreSqlType measure_type = aggregate->arguments[by ? 1 : 0]->type;
  const SobreSqlCell *current = by ? &self->measures[group] : &self->cells[group];
  gboolean least = aggregate->kind == SOBRE_SQL_AGGREGATE_MIN || aggregate->kind == SOBRE_SQL_AGGREGATE_MIN_BY;

  if (self->counts[group]++ > 0)
    {
      int order;

      if (aggregate->kind == SOBRE_SQL_AGGREGATE_ARBITRARY)
        return TRUE;
      order = sobre_sql_value_compare (measure_type, measure, &current->value);
      if (least ? order >= 0 : order <= 0)
        return TRUE;
    }
  return set_cell (self, &self->cells[group], type, value, error) &&
         (!by || set_cell (self, &self->measures[group], measure_type, measure, error));
}

/* The least or the largest of numbers, by themselves. @beats: whether @new does better than @old */
#define KEEP_NUMBERS(member, beats)                                                                                            \
  SOBRE_SQL_EACH_VALUE (argument, {                                                                                            \
    SobreSqlValue *kept = &self->cells[g].value;                                                                               \
    const __typeof__ (kept->member) new = argument->member[at];                                                                \
    const __typeof__ (kept->member) old = kept->member;                                                                        \
                                                                                                                               \
    if (self->counts[g]++ == 0 || (beats))                                                                                     \
      *kept = (SobreSqlValue) { .member = new };                                                                               \
  })

/* %FALSE where they are no numbers, or something else measures them. */
static gboolean
keep_numbers (SobreSqlState *self, const SobreSqlVector *argument, SobreSqlRows rows, const guint32 *groups)
{
  const SobreSqlAggregateKind kind = self->aggregate->kind;

  if (kind != SOBRE_SQL_AGGREGATE_MIN && kind != SOBRE_SQL_AGGREGATE_MAX)
    return FALSE;
  if (argument->physical == SOBRE_SQL_PHYSICAL_INT64 && kind == SOBRE_SQL_AGGREGATE_MIN)
    KEEP_NUMBERS (i, new < old);
  else if (argument->physical == SOBRE_SQL_PHYSICAL_INT64)
    KEEP_NUMBERS (i, new > old);
  else if (argument->physical == SOBRE_SQL_PHYSICAL_DOUBLE && kind == SOBRE_SQL_AGGREGATE_MIN)
    KEEP_NUMBERS (d, new < old || (isnan (old) && !isnan (new)));
  else if (argument->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
    KEEP_NUMBERS (d, new > old || (isnan (new) && !isnan (old)));
  else
    return FALSE;
  return TRUE;
}

gboolean
sobre_sql_state_keep_values (SobreSqlState *self,
                             const SobreSqlVector *arguments,
                             SobreSqlRows rows,
                             const guint32 *groups,
                             GError **error)
{
  const SobreSqlVector *measures = &arguments[self->aggregate->n_arguments > 1 ? 1 : 0];

  if (keep_numbers (self, arguments, rows, groups))
    return TRUE;
  SOBRE_SQL_EACH_VALUE (measures, {
    SobreSqlValue value = sobre_sql_vector_get (&arguments[0], r);
    SobreSqlValue measure = sobre_sql_vector_get (measures, r);

    (void) at;
    if (!keep_better (self, g, &value, &measure, error))
      return FALSE;
  });
  return TRUE;
}

gboolean
sobre_sql_state_merge_cells (SobreSqlState *self, guint32 to, const SobreSqlState *other, guint32 from, GError **error)
{
  gboolean by = self->aggregate->n_arguments > 1;

  if (other->counts[from] == 0)
    return TRUE;
  return keep_better (self, to, &other->cells[from].value, by ? &other->measures[from].value : &other->cells[from].value,
                      error);
}
