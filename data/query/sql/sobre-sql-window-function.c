/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-window-private.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

/* What a function gives at each position. Numbers are written by position and brought to their rows at the end; values are picked from the
 * row that the function points at; aggregates take rows in as the frame grows, and begin anew where it lets go of some. */

#define NO_ROW G_MAXUINT32
#define STEPS_OF_A_VALUE 64 /* what a value costs that an aggregate takes in, against one that is only looked at */

/** Work: @function: what is computed · @longs: by position; likewise @doubles, @picked: the row a value comes from · @valid: by position */
typedef struct
{
  const SobreSqlWindowFunction *function;
  gint64 *longs;
  double *doubles;
  guint32 *picked;
  guint8 *valid;
  SobreSqlState *state;
  SobreSqlArena *texts;
  SobreSqlValue *values;
} Work;

static const SobreSqlColumn *
get_argument (SobreSqlWindowRun *self, const Work *work, guint i)
{
  return &self->rows->columns[work->function->arguments[i]];
}

static gboolean
fail (const Work *work, const char *what, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_RUNTIME, work->function->position, "%s", what);
}

static gboolean
rank (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  Work *work = data;
  gint64 dense = 0;
  double n = end - begin;

  for (guint32 at = begin; at < end; at++)
    {
      dense += self->peer_starts[at] == at;
      switch (work->function->kind)
        {
        case SOBRE_SQL_WINDOW_ROW_NUMBER:
          work->longs[at] = (gint64) at - begin + 1;
          break;
        case SOBRE_SQL_WINDOW_RANK:
          work->longs[at] = (gint64) self->peer_starts[at] - begin + 1;
          break;
        case SOBRE_SQL_WINDOW_DENSE_RANK:
          work->longs[at] = dense;
          break;
        case SOBRE_SQL_WINDOW_PERCENT_RANK:
          work->doubles[at] = n > 1 ? (double) (self->peer_starts[at] - begin) / (n - 1) : 0;
          break;
        default:
          work->doubles[at] = (double) (self->peer_ends[at] - begin) / n;
          break;
        }
    }
  return TRUE;
}

/* The first parts get one row more where the rows cannot be shared out evenly. */
static gboolean
ntile (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  Work *work = data;
  const SobreSqlColumn *parts = get_argument (self, work, 0);

  for (guint32 at = begin; at < end; at++)
    {
      guint32 row = self->order[at];
      gint64 n = parts->valid[row] ? ((const gint64 *) parts->data)[row] : 1;
      gint64 size, larger, place = (gint64) at - begin;

      if (!sobre_sql_window_run_spend (self, 1, error))
        return FALSE;
      work->valid[at] = parts->valid[row];
      if (n <= 0)
        return fail (work, "ntile() takes a number above 0", error);
      size = (end - begin) / n;
      larger = (end - begin) % n;
      work->longs[at] = place < larger * (size + 1) ? place / (size + 1) + 1
                        : size == 0                 ? place + 1
                                                    : larger + (place - larger * (size + 1)) / size + 1;
    }
  return TRUE;
}

/* Steps @n rows on from @at, of those whose value is not NULL where NULLs are ignored; @place: -1 where there are not so many. */
static gboolean
step (SobreSqlWindowRun *self,
      const Work *work,
      guint32 begin,
      guint32 end,
      guint32 at,
      gint64 n,
      gint64 *place,
      GError **error)
{
  const SobreSqlColumn *values = get_argument (self, work, 0);
  gboolean back = work->function->kind == SOBRE_SQL_WINDOW_LAG;

  *place = at;
  if (!work->function->ignores_nulls || n == 0)
    *place = n > end - begin ? -1 : back ? *place - n : *place + n;
  else
    while (n > 0)
      {
        if (!sobre_sql_window_run_spend (self, 1, error))
          return FALSE;
        *place += back ? -1 : 1;
        if (*place < begin || *place >= end)
          {
            *place = -1;
            break;
          }
        n -= values->valid[self->order[*place]];
      }
  return TRUE;
}

static gboolean
shift (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  Work *work = data;
  const SobreSqlColumn *offsets = work->function->n_arguments > 1 ? get_argument (self, work, 1) : NULL;

  for (guint32 at = begin; at < end; at++)
    {
      guint32 row = self->order[at];
      gint64 n = 1, place;

      work->picked[at] = NO_ROW;
      work->valid[at] = TRUE;
      if (offsets != NULL && !offsets->valid[row])
        {
          work->valid[at] = FALSE;
          continue;
        }
      if (offsets != NULL)
        n = ((const gint64 *) offsets->data)[row];
      if (n < 0)
        return fail (work, "lag() and lead() take an offset that is not negative", error);
      if (!sobre_sql_window_run_spend (self, 1, error) || !step (self, work, begin, end, at, n, &place, error))
        return FALSE;
      if (place >= begin && place < end)
        work->picked[at] = self->order[place];
    }
  return TRUE;
}

/* The n-th row from one end of the frame at @at, of those whose value is not NULL where NULLs are ignored. */
static gboolean
pick_nth (SobreSqlWindowRun *self, Work *work, guint32 at, gint64 n, GError **error)
{
  const SobreSqlColumn *values = get_argument (self, work, 0);
  gboolean back = work->function->kind == SOBRE_SQL_WINDOW_LAST_VALUE;
  guint32 start = self->frame_starts[at], end = self->frame_ends[at];

  work->picked[at] = NO_ROW;
  if (start >= end)
    return TRUE;
  if (!work->function->ignores_nulls)
    {
      if (n <= (gint64) end - start)
        work->picked[at] = self->order[back ? end - n : start + n - 1];
      return TRUE;
    }
  for (guint32 i = 0; i < end - start && n > 0; i++)
    {
      guint32 row = self->order[back ? end - 1 - i : start + i];

      if (!sobre_sql_window_run_spend (self, 1, error))
        return FALSE;
      n -= values->valid[row];
      if (n == 0)
        work->picked[at] = row;
    }
  return TRUE;
}

static gboolean
pick (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  Work *work = data;
  gboolean nth = work->function->kind == SOBRE_SQL_WINDOW_NTH_VALUE;
  const SobreSqlColumn *numbers = nth ? get_argument (self, work, 1) : NULL;

  for (guint32 at = begin; at < end; at++)
    {
      guint32 row = self->order[at];
      gint64 n = numbers != NULL && numbers->valid[row] ? ((const gint64 *) numbers->data)[row] : 1;

      if (n < 1)
        return fail (work, "nth_value() counts from 1", error);
      work->valid[at] = numbers == NULL || numbers->valid[row];
      if (!sobre_sql_window_run_spend (self, 1, error) || !pick_nth (self, work, at, n, error))
        return FALSE;
    }
  return TRUE;
}

/* Takes the rows at some positions into the aggregate. */
static gboolean
take_in (SobreSqlWindowRun *self, Work *work, guint32 from, guint32 to, GError **error)
{
  const SobreSqlAggregate *aggregate = &work->function->aggregate;
  const SobreSqlPlanColumn *columns = self->stage->input->columns;
  SobreSqlVector arguments[SOBRE_SQL_MAX_COLUMNS + 1];

  for (guint32 at = from; at < to; at++)
    {
      guint32 row = self->order[at];

      if (!sobre_sql_window_run_spend (self, STEPS_OF_A_VALUE, error))
        return FALSE;
      if (aggregate->filter != NULL)
        {
          const SobreSqlColumn *filter = &self->rows->columns[aggregate->filter->slot];

          if (!filter->valid[row] || !((const guint8 *) filter->data)[row])
            continue;
        }
      for (guint i = 0; i < aggregate->n_arguments; i++)
        arguments[i] = sobre_sql_row_set_view (self->rows, aggregate->arguments[i]->slot,
                                               columns[aggregate->arguments[i]->slot].type, row);
      if (!sobre_sql_state_update (work->state, arguments, (SobreSqlRows) { NULL, 1 }, &(SobreSqlMembers) { NULL, 1 }, error))
        return FALSE;
    }
  return TRUE;
}

static void
begin_state (SobreSqlWindowRun *self, Work *work)
{
  g_clear_pointer (&work->state, sobre_sql_state_free);
  work->state = sobre_sql_state_new (&work->function->aggregate, self->execution->budget);
}

static gboolean
read_state (Work *work, guint32 at, gboolean is_text, GError **error)
{
  if (!sobre_sql_state_finish (work->state, 1, error))
    return FALSE;
  work->values[at] = sobre_sql_state_get (work->state, 0);
  if (is_text && !work->values[at].null)
    work->values[at].s = sobre_sql_arena_text (work->texts, work->values[at].s);
  return TRUE;
}

/* An aggregate at each position: frames that are the same as the one before give the same, those that only grow take in what is new. */
static gboolean
aggregate (SobreSqlWindowRun *self, guint32 begin, guint32 end, gpointer data, GError **error)
{
  Work *work = data;
  gboolean is_text = sobre_sql_type_get_physical (work->function->type) == SOBRE_SQL_PHYSICAL_TEXT;
  gboolean grows = !sobre_sql_state_is_final (&work->function->aggregate);
  guint32 start = 0, stop = 0;

  for (guint32 at = begin; at < end; at++)
    {
      guint32 from = self->frame_starts[at];
      guint32 to = MAX (self->frame_ends[at], from);

      if (!sobre_sql_window_run_spend (self, STEPS_OF_A_VALUE, error))
        return FALSE;
      if (at > begin && from == start && to == stop)
        {
          work->values[at] = work->values[at - 1];
          continue;
        }
      if (at == begin || from != start || to < stop || !grows)
        {
          begin_state (self, work);
          stop = from;
        }
      if (!take_in (self, work, stop, to, error) || !read_state (work, at, is_text, error))
        return FALSE;
      start = from;
      stop = to;
    }
  return TRUE;
}

/* What was written by position becomes a column by row. */
static gboolean
put_numbers (SobreSqlWindowRun *self, const Work *work, SobreSqlColumn *result, GError **error)
{
  g_autofree guint32 *places = g_new (guint32, (gsize) self->n + 1);
  SobreSqlVector vector = { .mask = G_MAXUINT, .valid = work->valid };

  for (guint32 at = 0; at < self->n; at++)
    places[self->order[at]] = at;
  vector.physical = sobre_sql_type_get_physical (work->function->type);
  vector.data = work->doubles != NULL ? (gpointer) work->doubles : work->longs;
  return sobre_sql_column_append (result, &vector, (SobreSqlRows) { places, self->n }, error);
}

/* Values from the rows that were picked; where there is none, from the third argument of lag() and lead(). */
static gboolean
put_picked (SobreSqlWindowRun *self, const Work *work, SobreSqlColumn *result, GError **error)
{
  const SobreSqlWindowFunction *function = work->function;
  g_autofree guint32 *places = g_new (guint32, (gsize) self->n + 1);
  SobreSqlVector values = sobre_sql_row_set_view (self->rows, function->arguments[0], function->type, 0);
  SobreSqlVector otherwise = sobre_sql_vector_nothing (function->type);
  const SobreSqlVector nothing = otherwise;

  if (function->n_arguments > 2)
    otherwise = sobre_sql_row_set_view (self->rows, function->arguments[2], function->type, 0);
  for (guint32 at = 0; at < self->n; at++)
    places[self->order[at]] = at;
  for (guint32 row = 0; row < self->n; row++)
    {
      guint32 at = places[row];
      gboolean found = work->picked[at] != NO_ROW && work->valid[at];
      guint32 from = found ? work->picked[at] : row;
      const SobreSqlVector *vector = found ? &values : work->valid[at] ? &otherwise : &nothing;

      if (!sobre_sql_column_append (result, vector, (SobreSqlRows) { &from, 1 }, error) ||
          ((row & 4095) == 0 && !sobre_sql_budget_check_time (self->execution->budget, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_values (SobreSqlWindowRun *self, const Work *work, SobreSqlColumn *result, GError **error)
{
  g_autoptr (SobreSqlEval) eval = sobre_sql_eval_new (0, self->execution->budget);
  g_autofree guint32 *places = g_new (guint32, (gsize) self->n + 1);

  for (guint32 at = 0; at < self->n; at++)
    places[self->order[at]] = at;
  for (guint32 from = 0; from < self->n; from += SOBRE_SCAN_BATCH_ROWS)
    {
      guint n = MIN (SOBRE_SCAN_BATCH_ROWS, self->n - from);
      SobreSqlVector vector;

      sobre_sql_eval_begin (eval, NULL, 0, n);
      if (!sobre_sql_eval_make (eval, sobre_sql_type_get_physical (work->function->type), &vector, error))
        return FALSE;
      vector.valid = sobre_sql_eval_scratch (eval, n, error);
      if (vector.valid == NULL)
        return FALSE;
      for (guint i = 0; i < n; i++)
        sobre_sql_vector_set (&vector, i, &work->values[places[from + i]]);
      if (!sobre_sql_column_append (result, &vector, (SobreSqlRows) { NULL, n }, error) ||
          !sobre_sql_budget_check_time (self->execution->budget, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compute (SobreSqlWindowRun *self, Work *work, SobreSqlColumn *result, GError **error)
{
  SobreSqlWindowKind kind = work->function->kind;
  gsize n = (gsize) self->n + 1;

  if (kind == SOBRE_SQL_WINDOW_AGGREGATE)
    {
      work->values = g_new0 (SobreSqlValue, n);
      work->texts = sobre_sql_arena_new ();
      return sobre_sql_window_run_each_partition (self, aggregate, work, error) && put_values (self, work, result, error);
    }
  work->valid = g_malloc (n);
  memset (work->valid, 1, n);
  if (kind >= SOBRE_SQL_WINDOW_LAG)
    {
      work->picked = g_new (guint32, n);
      return sobre_sql_window_run_each_partition (self, kind >= SOBRE_SQL_WINDOW_FIRST_VALUE ? pick : shift, work, error) &&
             put_picked (self, work, result, error);
    }
  if (kind == SOBRE_SQL_WINDOW_PERCENT_RANK || kind == SOBRE_SQL_WINDOW_CUME_DIST)
    work->doubles = g_new (double, n);
  else
    work->longs = g_new (gint64, n);
  return sobre_sql_window_run_each_partition (self, kind == SOBRE_SQL_WINDOW_NTILE ? ntile : rank, work, error) &&
         put_numbers (self, work, result, error);
}

gboolean
sobre_sql_window_run_compute (SobreSqlWindowRun *self,
                              const SobreSqlWindowFunction *function,
                              SobreSqlColumn *result,
                              GError **error)
{
  gboolean aggregates = function->kind == SOBRE_SQL_WINDOW_AGGREGATE;
  gint64 needed = (gint64) self->n * (gint64) (aggregates ? sizeof (SobreSqlValue) : sizeof (gint64) + 1);
  Work work = { .function = function };
  gboolean done;

  if (!sobre_sql_budget_take (self->execution->budget, needed, error))
    return FALSE;
  done = compute (self, &work, result, error);
  g_clear_pointer (&work.state, sobre_sql_state_free);
  g_clear_pointer (&work.texts, sobre_sql_arena_free);
  g_free (work.longs);
  g_free (work.doubles);
  g_free (work.picked);
  g_free (work.valid);
  g_free (work.values);
  sobre_sql_budget_give_back (self->execution->budget, needed);
  return done;
}
