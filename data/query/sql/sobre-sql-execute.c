/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-result-table-private.h"
#include "query/sql/sobre-sql-aggregate.h"
#include "query/sql/sobre-sql-eval-private.h"
#include "query/sql/sobre-sql-rows.h"
#include "query/sql/sobre-sql-source.h"

#include <string.h>

#include "model/sobre-time.h"

/* Runs a plan.
 *
 *   part 0: scan → filter → groups and states ┐
 *   part 1: scan → filter → groups and states ┴ merge in order → having → outputs → rows → order, offset, limit → table
 *
 * Each part of the table has a thread with an evaluator, groups and states of its own; without grouping, a part goes from its filter
 * straight to outputs and rows. Batches are at most SOBRE_SCAN_BATCH_ROWS rows; the budget is asked at each. */

#define ID_LENGTH SOBRE_ID_STRING_LENGTH
#define N_DAYS 32872 /* 1970-01-01 to 2059-12-31 */

/** Days: the texts of the column dt, which is text in SQL and days in the cache: day n has code n. */
typedef struct
{
  SobreText texts[N_DAYS];
  char strings[N_DAYS][SOBRE_DAY_STRING_LENGTH + 1];
} Days;

typedef struct
{
  const SobreSqlPlan *plan;
  SobreSqlSource *source;
  SobreSqlBudget *budget;
  const Days *days; /* where the plan reads dt */
  gint *stop;       /* atomic: another part failed */
  guint part;
  GError *error;
  GThread *thread;

  gpointer cursor;
  SobreSqlEval *eval;
  SobreSqlVector *columns;
  guint32 *groups_of_rows;
  SobreSqlGroups *groups;
  SobreSqlState **states;
  SobreSqlRowStore *rows;
} Part;

static SobreSqlState **
new_states (const SobreSqlPlan *plan, SobreSqlBudget *budget)
{
  SobreSqlState **states = g_new0 (SobreSqlState *, plan->n_aggregates + 1);

  for (guint i = 0; i < plan->n_aggregates; i++)
    states[i] = sobre_sql_state_new (&plan->aggregates[i], budget);
  return states;
}

static void
free_states (SobreSqlState **states)
{
  for (guint i = 0; states != NULL && states[i] != NULL; i++)
    sobre_sql_state_free (states[i]);
  g_free (states);
}

static SobreSqlGroups *
new_groups (const SobreSqlPlan *plan, SobreSqlBudget *budget)
{
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, plan->n_keys + 1);

  for (guint i = 0; i < plan->n_keys; i++)
    ranges[i] = (SobreSqlKeyRange) { plan->keys[i]->low, plan->keys[i]->high };
  return sobre_sql_groups_new (plan->n_keys, ranges, budget);
}

/* Ids are kept as 16 bytes and become text when a query reads them. */
static gboolean
load_ids (Part *part, const SobreVector *from, guint n_rows, SobreSqlVector *to, GError **error)
{
  const SobreId *ids = from->values;
  char *texts = sobre_sql_eval_scratch (part->eval, (gsize) n_rows * (ID_LENGTH + 1), error);
  SobreText *values = sobre_sql_eval_scratch (part->eval, (gsize) n_rows * sizeof (SobreText), error);

  if (texts == NULL || values == NULL)
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    {
      sobre_id_format (&ids[i], texts + (gsize) i * (ID_LENGTH + 1));
      values[i] = (SobreText) { texts + (gsize) i * (ID_LENGTH + 1), ID_LENGTH };
    }
  to->physical = SOBRE_SQL_PHYSICAL_TEXT;
  to->s = values;
  return TRUE;
}

static gboolean
load_int32 (Part *part, const SobreVector *from, guint n_rows, SobreSqlVector *to, GError **error)
{
  const gint32 *values = from->values;

  to->physical = SOBRE_SQL_PHYSICAL_INT64;
  to->i = sobre_sql_eval_scratch (part->eval, (gsize) n_rows * sizeof (gint64), error);
  if (to->i == NULL)
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    to->i[i] = values[i];
  return TRUE;
}

static Days *
new_days (const SobreSqlPlan *plan)
{
  Days *days = NULL;

  for (guint i = 0; i < plan->n_columns && days == NULL; i++)
    if (plan->columns[i] == SOBRE_COLUMN_DT)
      days = g_new (Days, 1);
  for (gint32 day = 0; days != NULL && day < N_DAYS; day++)
    {
      sobre_day_format (day, days->strings[day]);
      days->texts[day] = (SobreText) { days->strings[day], SOBRE_DAY_STRING_LENGTH };
    }
  return days;
}

static gboolean
load_dt (Part *part, const SobreVector *from, guint n_rows, SobreSqlVector *to, GError **error)
{
  const gint32 *values = from->values;

  to->physical = SOBRE_SQL_PHYSICAL_CODE;
  to->code = sobre_sql_eval_scratch (part->eval, (gsize) n_rows * sizeof (guint32), error);
  to->dictionary = part->days->texts;
  to->n_dictionary = N_DAYS;
  if (to->code == NULL)
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    {
      gboolean valid = from->valid == NULL || from->valid[i];

      if (valid && (values[i] < 0 || values[i] >= N_DAYS))
        return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "a dt before 1970 or after 2059");
      to->code[i] = valid ? (guint32) values[i] : 0;
    }
  return TRUE;
}

/* A scan's vector as one of the evaluator's: the same memory where the layout is the same. */
static gboolean
load_column (Part *part, guint column, const SobreVector *from, guint n_rows, GError **error)
{
  SobreSqlVector *to = &part->columns[column];

  *to = (SobreSqlVector) { .mask = G_MAXUINT, .data = (gpointer) from->values, .valid = (guint8 *) from->valid };
  switch (from->kind)
    {
    case SOBRE_VECTOR_INT32:
      if (part->plan->columns[column] == SOBRE_COLUMN_DT)
        return load_dt (part, from, n_rows, to, error);
      return load_int32 (part, from, n_rows, to, error);
    case SOBRE_VECTOR_ID:
      return load_ids (part, from, n_rows, to, error);
    case SOBRE_VECTOR_DOUBLE:
      to->physical = SOBRE_SQL_PHYSICAL_DOUBLE;
      return TRUE;
    case SOBRE_VECTOR_BOOLEAN:
      to->physical = SOBRE_SQL_PHYSICAL_BOOLEAN;
      return TRUE;
    case SOBRE_VECTOR_TEXT:
      to->physical = SOBRE_SQL_PHYSICAL_TEXT;
      return TRUE;
    case SOBRE_VECTOR_CODE:
      to->physical = SOBRE_SQL_PHYSICAL_CODE;
      to->dictionary =
          part->source->get_dictionary (part->source, part->cursor, part->plan->columns[column], &to->n_dictionary);
      return TRUE;
    case SOBRE_VECTOR_INT64:
    default:
      to->physical = SOBRE_SQL_PHYSICAL_INT64;
      return TRUE;
    }
}

/* Of the rows that show the same, only the first one ever seen remains. */
static gboolean
keep_new (SobreSqlEval *eval, SobreSqlGroups *seen, const SobreSqlVector *outputs, SobreSqlRows *rows, GError **error)
{
  guint32 *groups = sobre_sql_eval_scratch (eval, SOBRE_SCAN_BATCH_ROWS * sizeof (guint32), error);
  guint32 *kept = sobre_sql_eval_scratch (eval, SOBRE_SCAN_BATCH_ROWS * sizeof (guint32), error);
  guint next = sobre_sql_groups_get_n (seen);
  guint n = 0;

  if (groups == NULL || kept == NULL || !sobre_sql_groups_assign (seen, outputs, *rows, groups, error))
    return FALSE;
  SOBRE_SQL_EACH (*rows, r, {
    if (groups[r] == next)
      {
        kept[n++] = r;
        next++;
      }
  });
  *rows = (SobreSqlRows) { kept, n };
  return TRUE;
}

/* @seen: (nullable): the rows so far, where equal ones count once */
static gboolean
put_out (const SobreSqlPlan *plan,
         SobreSqlEval *eval,
         SobreSqlRows rows,
         SobreSqlGroups *seen,
         SobreSqlRowStore *store,
         GError **error)
{
  g_autofree SobreSqlVector *outputs = g_new (SobreSqlVector, plan->n_outputs);

  for (guint i = 0; i < plan->n_outputs; i++)
    if (!sobre_sql_eval (eval, plan->outputs[i], rows, &outputs[i], error))
      return FALSE;
  if (seen != NULL && !keep_new (eval, seen, outputs, &rows, error))
    return FALSE;
  return sobre_sql_row_store_append (store, outputs, rows, error);
}

static gboolean
group_rows (Part *part, SobreSqlRows rows, GError **error)
{
  const SobreSqlPlan *plan = part->plan;
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, plan->n_keys + 1);
  guint32 *groups = plan->n_keys > 0 ? part->groups_of_rows : NULL;
  guint n_groups = 1;

  for (guint i = 0; i < plan->n_keys; i++)
    if (!sobre_sql_eval (part->eval, plan->keys[i], rows, &keys[i], error))
      return FALSE;
  if (groups != NULL)
    {
      if (!sobre_sql_groups_assign (part->groups, keys, rows, groups, error))
        return FALSE;
      n_groups = sobre_sql_groups_get_n (part->groups);
    }
  for (guint i = 0; i < plan->n_aggregates; i++)
    {
      const SobreSqlAggregate *aggregate = &plan->aggregates[i];
      SobreSqlRows counted = rows;
      SobreSqlVector argument;

      if (aggregate->filter != NULL && !sobre_sql_eval_filter (part->eval, aggregate->filter, &counted, error))
        return FALSE;
      if (aggregate->argument != NULL && !sobre_sql_eval (part->eval, aggregate->argument, counted, &argument, error))
        return FALSE;
      if (!sobre_sql_state_update (part->states[i], aggregate->argument != NULL ? &argument : NULL, counted, groups, n_groups,
                                   error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_batch (Part *part, const SobreScanBatch *batch, GError **error)
{
  const SobreSqlPlan *plan = part->plan;
  SobreSqlRows rows = { NULL, batch->n_rows };

  sobre_sql_eval_begin (part->eval, part->columns, plan->n_columns, batch->n_rows);
  for (guint i = 0; i < plan->n_columns; i++)
    if (!load_column (part, i, &batch->columns[i], batch->n_rows, error))
      return FALSE;
  if (plan->filter != NULL && !sobre_sql_eval_filter (part->eval, plan->filter, &rows, error))
    return FALSE;
  if (rows.n == 0)
    return TRUE;
  return plan->is_grouped ? group_rows (part, rows, error) : put_out (plan, part->eval, rows, NULL, part->rows, error);
}

static gboolean
run_table (Part *part, GError **error)
{
  SobreScanBatch batch;
  GError *failure = NULL;

  while (part->source->next (part->source, part->cursor, &batch, &failure))
    {
      if (g_atomic_int_get (part->stop))
        return TRUE;
      if (!sobre_sql_budget_check_time (part->budget, error) || !run_batch (part, &batch, error))
        return FALSE;
      if (!part->plan->is_grouped && sobre_sql_row_store_is_full (part->rows))
        return TRUE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gpointer
run_part (gpointer data)
{
  Part *part = data;
  SobreScanBatch single = { 1, NULL };
  gboolean done = part->plan->has_table ? run_table (part, &part->error) : run_batch (part, &single, &part->error);

  if (!done)
    g_atomic_int_set (part->stop, 1);
  return NULL;
}

static void
begin_part (Part *part, guint64 max_rows)
{
  const SobreSqlPlan *plan = part->plan;

  part->eval = sobre_sql_eval_new (plan->n_expressions, part->budget);
  part->columns = g_new0 (SobreSqlVector, plan->n_columns + 1);
  part->groups_of_rows = g_new (guint32, SOBRE_SCAN_BATCH_ROWS);
  part->groups = new_groups (plan, part->budget);
  part->states = new_states (plan, part->budget);
  part->rows = sobre_sql_row_store_new (plan, max_rows, part->budget);
}

static void
end_part (SobreSqlSource *source, Part *part)
{
  sobre_sql_row_store_free (part->rows);
  free_states (part->states);
  sobre_sql_groups_free (part->groups);
  g_free (part->groups_of_rows);
  g_free (part->columns);
  sobre_sql_eval_free (part->eval);
  if (part->cursor != NULL)
    source->close (source, part->cursor);
  g_clear_error (&part->error);
}

/* Brings the groups and states of @from into those of @to. */
static gboolean
merge_part (Part *to, Part *from, GError **error)
{
  const SobreSqlPlan *plan = to->plan;
  guint n = plan->n_keys > 0 ? sobre_sql_groups_get_n (from->groups) : 1;
  g_autofree guint32 *groups = g_new0 (guint32, MAX (n, 1));
  g_autofree SobreSqlVector *keys = g_new (SobreSqlVector, plan->n_keys + 1);
  guint n_groups = 1;

  for (guint i = 0; i < plan->n_keys; i++)
    keys[i] = sobre_sql_groups_view (from->groups, i, 0);
  if (plan->n_keys > 0 && n > 0)
    {
      if (!sobre_sql_groups_assign (to->groups, keys, (SobreSqlRows) { NULL, n }, groups, error))
        return FALSE;
      n_groups = sobre_sql_groups_get_n (to->groups);
    }
  for (guint i = 0; i < plan->n_aggregates; i++)
    if (n > 0 && !sobre_sql_state_merge (to->states[i], from->states[i], groups, n, n_groups, error))
      return FALSE;
  return sobre_sql_budget_check_time (to->budget, error);
}

/* One aggregate's results for some groups, as a vector. */
static gboolean
load_results (Part *part, guint aggregate, guint from, guint n, SobreSqlVector *vector, GError **error)
{
  SobreSqlPhysical physical = sobre_sql_type_get_physical (part->plan->aggregates[aggregate].type);
  gsize size = sobre_sql_physical_get_size (physical);

  *vector = (SobreSqlVector) { .physical = physical, .mask = G_MAXUINT };
  vector->data = sobre_sql_eval_scratch (part->eval, size * MAX (n, 1), error);
  vector->valid = sobre_sql_eval_scratch (part->eval, MAX (n, 1), error);
  if (vector->data == NULL || vector->valid == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      SobreSqlValue value = sobre_sql_state_get (part->states[aggregate], from + i);

      sobre_sql_vector_set (vector, i, &value);
    }
  return TRUE;
}

static gboolean
put_out_groups (Part *part, SobreSqlRowStore *store, GError **error)
{
  const SobreSqlPlan *plan = part->plan;
  guint n_groups = plan->n_keys > 0 ? sobre_sql_groups_get_n (part->groups) : 1;
  g_autofree SobreSqlVector *columns = g_new0 (SobreSqlVector, plan->n_keys + plan->n_aggregates + 1);
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, plan->n_visible + 1);
  g_autoptr (SobreSqlGroups) seen = plan->distinct ? sobre_sql_groups_new (plan->n_visible, ranges, part->budget) : NULL;

  for (guint i = 0; i < plan->n_aggregates; i++)
    if (!sobre_sql_state_finish (part->states[i], n_groups, error))
      return FALSE;
  for (guint from = 0; from < n_groups && !sobre_sql_row_store_is_full (store); from += SOBRE_SCAN_BATCH_ROWS)
    {
      SobreSqlRows rows = { NULL, MIN (SOBRE_SCAN_BATCH_ROWS, n_groups - from) };

      sobre_sql_eval_begin (part->eval, columns, plan->n_keys + plan->n_aggregates, rows.n);
      for (guint i = 0; i < plan->n_keys; i++)
        columns[i] = sobre_sql_groups_view (part->groups, i, from);
      for (guint i = 0; i < plan->n_aggregates; i++)
        if (!load_results (part, i, from, rows.n, &columns[plan->n_keys + i], error))
          return FALSE;
      if (plan->having != NULL && !sobre_sql_eval_filter (part->eval, plan->having, &rows, error))
        return FALSE;
      if (rows.n > 0 && !put_out (plan, part->eval, rows, seen, store, error))
        return FALSE;
      if (!sobre_sql_budget_check_time (part->budget, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_parts (const SobreSqlPlan *plan, SobreSqlSource *source, Part *parts, guint n_parts, GError **error)
{
  g_autofree gpointer *cursors = g_new0 (gpointer, n_parts);

  if (!plan->has_table)
    return TRUE;
  if (!source->open (source, plan, cursors, error))
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    parts[i].cursor = cursors[i];
  return TRUE;
}

static gboolean
run_parts (Part *parts, guint n_parts, GError **error)
{
  for (guint i = 1; i < n_parts; i++)
    parts[i].thread = g_thread_new ("query", run_part, &parts[i]);
  run_part (&parts[0]);
  for (guint i = 1; i < n_parts; i++)
    g_thread_join (parts[i].thread);
  for (guint i = 0; i < n_parts; i++)
    if (parts[i].error != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&parts[i].error));
        return FALSE;
      }
  return TRUE;
}

static SobreResultTable *
finish_parts (Part *parts, guint n_parts, guint64 max_rows, GError **error)
{
  const SobreSqlPlan *plan = parts[0].plan;

  for (guint i = 1; i < n_parts; i++)
    if (plan->is_grouped ? !merge_part (&parts[0], &parts[i], error)
                         : !sobre_sql_row_store_merge (parts[0].rows, parts[i].rows, error))
      return NULL;
  if (plan->is_grouped && !put_out_groups (&parts[0], parts[0].rows, error))
    return NULL;
  return sobre_sql_row_store_finish (parts[0].rows, max_rows, error);
}

SobreResultTable *
sobre_sql_execute (const SobreSqlPlan *plan, SobreSqlSource *source, SobreSqlBudget *budget, guint64 max_rows, GError **error)
{
  guint n_parts = plan->has_table ? source->n_parts : 1;
  g_autofree Part *parts = g_new0 (Part, n_parts);
  g_autofree Days *days = new_days (plan);
  SobreResultTable *table = NULL;
  gint stop = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      parts[i] = (Part) { .plan = plan, .source = source, .budget = budget, .days = days, .stop = &stop, .part = i };
      begin_part (&parts[i], max_rows);
    }
  if (open_parts (plan, source, parts, n_parts, error) && run_parts (parts, n_parts, error))
    table = finish_parts (parts, n_parts, max_rows, error);
  for (guint i = 0; i < n_parts; i++)
    end_part (source, &parts[i]);
  return table;
}
