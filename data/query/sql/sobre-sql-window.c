/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-window-private.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

/* Window functions: the input's rows are kept, put into the order of each window in turn, and each function over it gives a column. */

#define BATCH_ROWS SOBRE_SCAN_BATCH_ROWS
#define SPEND_EVERY 16384

typedef struct
{
  const SobreSqlWindowRun *run;
  const SobreSqlWindowOrder *order;
  guint steps;
  gboolean over; /* time is */
} SortContext;

gboolean
sobre_sql_window_run_spend (SobreSqlWindowRun *self, guint64 steps, GError **error)
{
  self->steps += steps;
  if (self->steps < SPEND_EVERY)
    return TRUE;
  self->steps = 0;
  return sobre_sql_budget_check_time (self->execution->budget, error);
}

static int
compare_keys (const SobreSqlWindowRun *run, const SobreSqlWindowOrder *order, guint32 left, guint32 right)
{
  for (guint i = 0; i < order->n_keys; i++)
    {
      const SobreSqlSortKey *key = &order->keys[i];
      const SobreSqlColumn *column = &run->rows->columns[key->column];
      int result = sobre_sql_column_compare (column, left, right);

      if (result == 0)
        continue;
      if (!column->valid[left] || !column->valid[right])
        return key->nulls_first ? -result : result;
      return key->descending ? -result : result;
    }
  return 0;
}

/* By the keys, then by place: the order is total, so the result is the same at each run. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  SortContext *context = data;
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;
  int result;

  if ((++context->steps & 0xffff) == 0)
    context->over = context->over || !sobre_sql_budget_check_time (context->run->execution->budget, NULL);
  result = context->over ? 0 : compare_keys (context->run, context->order, left, right);
  return result != 0 ? result : (left > right) - (left < right);
}

/* The partition of each row, into @numbers. */
static gboolean
number_partitions (SobreSqlWindowRun *self, const SobreSqlWindowOrder *order, guint32 *numbers, GError **error)
{
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, order->n_partition + 1);
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, order->n_partition + 1);
  g_autoptr (SobreSqlGroups) groups = NULL;

  for (guint i = 0; i < order->n_partition; i++)
    {
      const SobreSqlPlanColumn *column = &self->stage->input->columns[order->partition[i]];

      ranges[i] = (SobreSqlKeyRange) { column->low, column->high };
    }
  groups = sobre_sql_groups_new (order->n_partition, ranges, self->execution->budget);
  for (guint32 from = 0; from < self->n; from += BATCH_ROWS)
    {
      SobreSqlRows rows = { NULL, MIN (BATCH_ROWS, self->n - from) };

      for (guint i = 0; i < order->n_partition; i++)
        keys[i] = sobre_sql_row_set_view (self->rows, order->partition[i],
                                          self->stage->input->columns[order->partition[i]].type, from);
      if (!sobre_sql_groups_assign (groups, keys, rows, numbers + from, error) ||
          !sobre_sql_budget_check_time (self->execution->budget, error))
        return FALSE;
    }
  self->n_partitions = sobre_sql_groups_get_n (groups);
  return TRUE;
}

static gboolean
find_partitions (SobreSqlWindowRun *self, const SobreSqlWindowOrder *order, GError **error)
{
  g_autofree guint32 *numbers = g_new0 (guint32, (gsize) self->n + 1);
  g_autofree guint32 *next = NULL;

  self->n_partitions = self->n > 0 ? 1 : 0;
  if (order->n_partition > 0 && self->n > 0 && !number_partitions (self, order, numbers, error))
    return FALSE;
  g_free (self->partitions);
  self->partitions = g_new0 (guint32, (gsize) self->n_partitions + 1);
  for (guint32 i = 0; i < self->n; i++)
    self->partitions[numbers[i] + 1]++;
  for (guint32 i = 0; i < self->n_partitions; i++)
    self->partitions[i + 1] += self->partitions[i];
  next = g_memdup2 (self->partitions, ((gsize) self->n_partitions + 1) * sizeof *next);
  for (guint32 i = 0; i < self->n; i++)
    self->order[next[numbers[i]]++] = i;
  return TRUE;
}

gboolean
sobre_sql_window_run_each_partition (SobreSqlWindowRun *self, SobreSqlWindowVisit visit, gpointer data, GError **error)
{
  for (guint32 i = 0; i < self->n_partitions; i++)
    if (!visit (self, self->partitions[i], self->partitions[i + 1], data, error) ||
        ((i & 255) == 0 && !sobre_sql_budget_check_time (self->execution->budget, error)))
      return FALSE;
  return TRUE;
}

static gboolean
sort_partition (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  SortContext *context = data;

  g_sort_array (self->order + begin, end - begin, sizeof *self->order, compare_rows, context);
  return !context->over || sobre_sql_budget_check_time (self->execution->budget, error);
}

static gboolean
find_peers (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  const SobreSqlWindowOrder *order = data;

  for (guint32 first = begin, next; first < end; first = next)
    {
      next = first + 1;
      while (next < end && compare_keys (self, order, self->order[first], self->order[next]) == 0)
        next++;
      for (guint32 i = first; i < next; i++)
        {
          self->peer_starts[i] = first;
          self->peer_ends[i] = next;
        }
      if (!sobre_sql_window_run_spend (self, next - first, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_sql_window_run_sort (SobreSqlWindowRun *self, const SobreSqlWindowOrder *order, GError **error)
{
  SortContext context = { self, order, 0, FALSE };

  if (!find_partitions (self, order, error))
    return FALSE;
  if (order->n_keys > 0 && !sobre_sql_window_run_each_partition (self, sort_partition, &context, error))
    return FALSE;
  return sobre_sql_window_run_each_partition (self, find_peers, (gpointer) order, error);
}

static gboolean
begin (SobreSqlWindowRun *self, GError **error)
{
  guint32 **arrays[] = { &self->order, &self->peer_starts, &self->peer_ends, &self->frame_starts, &self->frame_ends };

  self->n = (guint32) self->rows->n_rows;
  self->taken = (gint64) self->n * (gint64) (G_N_ELEMENTS (arrays) * sizeof (guint32));
  if (!sobre_sql_budget_take (self->execution->budget, self->taken, error))
    {
      self->taken = 0;
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_new (guint32, (gsize) self->n + 1);
  return TRUE;
}

static void
end (SobreSqlWindowRun *self)
{
  sobre_sql_budget_give_back (self->execution->budget, self->taken);
  g_free (self->order);
  g_free (self->partitions);
  g_free (self->peer_starts);
  g_free (self->peer_ends);
  g_free (self->frame_starts);
  g_free (self->frame_ends);
}

static gboolean
run_order (SobreSqlWindowRun *self, guint which, SobreSqlRowSet *result, GError **error)
{
  gboolean sorted = FALSE;

  for (guint i = 0; i < self->stage->n_functions; i++)
    {
      const SobreSqlWindowFunction *function = &self->stage->functions[i];

      if (function->order != which || !self->plan->columns[i].is_used)
        continue;
      if (!sorted && !sobre_sql_window_run_sort (self, &self->stage->orders[which], error))
        return FALSE;
      sorted = TRUE;
      if (!sobre_sql_window_run_find_frames (self, function, error) ||
          !sobre_sql_window_run_compute (self, function, &result->columns[i], error))
        return FALSE;
    }
  return TRUE;
}

SobreSqlRowSet *
sobre_sql_run_window (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error)
{
  const SobreSqlWindowStage *stage = plan->window;
  g_autoptr (SobreSqlRowSet) rows = sobre_sql_run_plan (self, stage->input, error);
  g_autoptr (SobreSqlRowSet) result = NULL;
  SobreSqlWindowRun run = { .execution = self, .plan = plan, .stage = stage, .rows = rows };
  gboolean done;

  if (rows == NULL)
    return NULL;
  result = sobre_sql_row_set_new (plan->n_columns, self->budget);
  done = begin (&run, error);
  for (guint i = 0; done && i < stage->n_orders; i++)
    done = run_order (&run, i, result, error);
  end (&run);
  if (!done)
    return NULL;
  /* The input is read by nobody else: its columns move over. */
  for (guint i = 0; i < stage->input->n_columns; i++)
    {
      result->columns[stage->n_functions + i] = rows->columns[i];
      sobre_sql_column_init (&rows->columns[i], self->budget);
    }
  result->n_rows = rows->n_rows;
  return g_steal_pointer (&result);
}
