/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-window-private.h"

/* Where the frame of each row begins and ends. */

typedef struct
{
  const SobreSqlWindowFunction *function;
  gboolean is_start;
  guint32 *result;
} Bound;

static gboolean
fail_offset (const SobreSqlWindowFunction *function, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, function->position,
                                "a frame begins and ends a number of rows away that is neither negative nor NULL");
}

/* ROWS n PRECEDING or FOLLOWING: n rows away, kept within the partition. */
static gboolean
step_rows (SobreSqlWindowRun *self, const Bound *bound, guint32 begin, guint32 end, guint32 at, GError **error)
{
  const SobreSqlWindowFunction *function = bound->function;
  SobreSqlBoundKind kind = bound->is_start ? function->start : function->end;
  const SobreSqlColumn *column = &self->rows->columns[bound->is_start ? function->start_column : function->end_column];
  guint32 row = self->order[at];
  gint64 n;

  if (!column->valid[row] || (n = ((const gint64 *) column->data)[row]) < 0)
    return fail_offset (function, error);
  n = MIN (n, G_MAXUINT32);
  if (kind == SOBRE_SQL_BOUND_PRECEDING)
    bound->result[at] = (guint32) CLAMP ((gint64) at - n + (bound->is_start ? 0 : 1), (gint64) begin, (gint64) end);
  else
    bound->result[at] = (guint32) CLAMP ((gint64) at + n + (bound->is_start ? 0 : 1), (gint64) begin, (gint64) end);
  return TRUE;
}

/* The order of the value that a frame reaches to, in row @row, and the value of row @other. */
static int
compare_reach (SobreSqlWindowRun *self, const Bound *bound, guint32 row, guint32 other)
{
  const SobreSqlWindowFunction *function = bound->function;
  guint column = bound->is_start ? function->start_column : function->end_column;
  SobreSqlType type = self->stage->input->columns[column].type;
  SobreSqlVector reach = sobre_sql_row_set_view (self->rows, column, type, 0);
  SobreSqlVector values = sobre_sql_row_set_view (self->rows, function->range_column, type, 0);
  SobreSqlValue a = sobre_sql_vector_get (&reach, row);
  SobreSqlValue b = sobre_sql_vector_get (&values, other);
  int order = sobre_sql_value_compare (type, &a, &b);

  return self->stage->orders[function->order].keys[0].descending ? -order : order;
}

/* RANGE x PRECEDING or FOLLOWING: up to the value that is so far away, found by bisection among the rows whose value is not NULL. */
static void
step_range (SobreSqlWindowRun *self, const Bound *bound, guint32 begin, guint32 end, guint32 at)
{
  const SobreSqlColumn *values = &self->rows->columns[bound->function->range_column];
  guint32 low = begin, high = end;

  if (!values->valid[self->order[at]])
    {
      bound->result[at] = bound->is_start ? self->peer_starts[at] : self->peer_ends[at];
      return;
    }
  while (low < high && !values->valid[self->order[low]])
    low = self->peer_ends[low];
  while (low < high && !values->valid[self->order[high - 1]])
    high = self->peer_starts[high - 1];
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = compare_reach (self, bound, self->order[at], self->order[middle]);

      if (bound->is_start ? order <= 0 : order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  bound->result[at] = low;
}

static gboolean
find_bound (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  const Bound *bound = data;
  SobreSqlBoundKind kind = bound->is_start ? bound->function->start : bound->function->end;
  gboolean by_rows = bound->function->unit == SOBRE_SQL_FRAME_ROWS;

  for (guint32 at = begin; at < end; at++)
    {
      if (!sobre_sql_window_run_spend (self, 1, error))
        return FALSE;
      switch (kind)
        {
        case SOBRE_SQL_BOUND_UNBOUNDED_PRECEDING:
          bound->result[at] = begin;
          break;
        case SOBRE_SQL_BOUND_UNBOUNDED_FOLLOWING:
          bound->result[at] = end;
          break;
        case SOBRE_SQL_BOUND_CURRENT_ROW:
          if (bound->is_start)
            bound->result[at] = by_rows ? at : self->peer_starts[at];
          else
            bound->result[at] = by_rows ? at + 1 : self->peer_ends[at];
          break;
        default:
          if (!by_rows)
            step_range (self, bound, begin, end, at);
          else if (!step_rows (self, bound, begin, end, at, error))
            return FALSE;
          break;
        }
    }
  return TRUE;
}

gboolean
sobre_sql_window_run_find_frames (SobreSqlWindowRun *self, const SobreSqlWindowFunction *function, GError **error)
{
  Bound start = { function, TRUE, self->frame_starts };
  Bound end = { function, FALSE, self->frame_ends };

  if (function->kind != SOBRE_SQL_WINDOW_AGGREGATE && function->kind < SOBRE_SQL_WINDOW_FIRST_VALUE)
    return TRUE;
  return sobre_sql_window_run_each_partition (self, find_bound, &start, error) &&
         sobre_sql_window_run_each_partition (self, find_bound, &end, error);
}
