/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include "query/sql/sobre-sql-eval-private.h"

/* UNION, INTERSECT and EXCEPT. Rows are numbered by what they show; NULL equals NULL. */

#define BATCH_ROWS SOBRE_SCAN_BATCH_ROWS

/**
 * Operation:
 * @groups: (nullable): none for UNION ALL
 * @counts: by group, how often the right side still has it; 0 or 1 where equal rows count once
 * @texts: by column, room for a batch of texts
 */
typedef struct
{
  SobreSqlExecution *execution;
  const SobreSqlPlan *plan;
  SobreSqlRowSet *result;
  SobreSqlGroups *groups;
  GArray *counts;
  SobreText **texts;
  gboolean is_left;
} Operation;

static gboolean
append (Operation *self, const SobreSqlVector *columns, SobreSqlRows rows, GError **error)
{
  for (guint i = 0; i < self->plan->n_columns; i++)
    if (self->plan->columns[i].is_used && !sobre_sql_column_append (&self->result->columns[i], &columns[i], rows, error))
      return FALSE;
  self->result->n_rows += rows.n;
  return self->result->n_rows < G_MAXUINT32 / 2 ||
         sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "too many rows");
}

/* Whether a row of the left side, of group @group, is in the result; it is counted off. */
static gboolean
is_kept (Operation *self, guint32 group)
{
  const SobreSqlSetOperation *set = self->plan->set_operation;
  gint64 *count = &g_array_index (self->counts, gint64, group);
  gboolean has = *count > 0;

  if (set->operation == SOBRE_SQL_BODY_INTERSECT)
    {
      *count -= has ? 1 : 0;
      return has;
    }
  if (!set->distinct)
    {
      *count -= has ? 1 : 0;
      return !has;
    }
  /* EXCEPT: once a row has been given, it is as if the right side had it. */
  *count = 1;
  return !has;
}

static gboolean
keep (Operation *self, const SobreSqlVector *columns, guint n, GError **error)
{
  const SobreSqlSetOperation *set = self->plan->set_operation;
  g_autofree guint32 *groups = g_new (guint32, n + 1);
  g_autofree guint32 *kept = g_new (guint32, n + 1);
  guint n_kept = 0;

  if (!sobre_sql_groups_assign (self->groups, columns, (SobreSqlRows) { NULL, n }, groups, error))
    return FALSE;
  g_array_set_size (self->counts, sobre_sql_groups_get_n (self->groups));
  for (guint i = 0; i < n; i++)
    {
      gint64 *count = &g_array_index (self->counts, gint64, groups[i]);

      if (set->operation == SOBRE_SQL_BODY_UNION)
        {
          kept[n_kept] = i;
          n_kept += *count == 0;
          *count = 1;
        }
      else if (!self->is_left)
        *count = set->distinct ? 1 : *count + 1;
      else
        {
          kept[n_kept] = i;
          n_kept += is_kept (self, groups[i]);
        }
    }
  return append (self, columns, (SobreSqlRows) { kept, n_kept }, error);
}

/* The two sides may have codes of different dictionaries: they are compared as texts. */
static void
spell_out (Operation *self, guint column, guint n, SobreSqlVector *vector)
{
  SobreText *texts = self->texts[column];

  if (vector->physical != SOBRE_SQL_PHYSICAL_CODE)
    return;
  for (guint i = 0; i < n; i++)
    texts[i] = sobre_sql_vector_is_null (vector, i) ? SOBRE_TEXT_NONE : sobre_sql_vector_get_text (vector, i);
  vector->physical = SOBRE_SQL_PHYSICAL_TEXT;
  vector->s = texts;
  vector->dictionary = NULL;
  vector->n_dictionary = 0;
}

static gboolean
add_side (Operation *self, const SobreSqlPlan *side, gboolean is_left, GError **error)
{
  g_autoptr (SobreSqlRowSet) relation = sobre_sql_run_plan (self->execution, side, error);
  g_autofree SobreSqlVector *columns = g_new0 (SobreSqlVector, self->plan->n_columns + 1);

  if (relation == NULL)
    return FALSE;
  self->is_left = is_left;
  for (guint64 from = 0; from < relation->n_rows; from += BATCH_ROWS)
    {
      guint n = (guint) MIN (BATCH_ROWS, relation->n_rows - from);

      for (guint i = 0; i < self->plan->n_columns; i++)
        if (self->plan->columns[i].is_used)
          {
            columns[i] = sobre_sql_row_set_view (relation, i, self->plan->columns[i].type, from);
            if (self->groups != NULL)
              spell_out (self, i, n, &columns[i]);
          }
      if (self->groups == NULL ? !append (self, columns, (SobreSqlRows) { NULL, n }, error) : !keep (self, columns, n, error))
        return FALSE;
      if (!sobre_sql_budget_check_time (self->execution->budget, error))
        return FALSE;
    }
  return TRUE;
}

static void
begin (Operation *self)
{
  const SobreSqlPlan *plan = self->plan;
  g_autofree SobreSqlKeyRange *ranges = g_new0 (SobreSqlKeyRange, plan->n_columns + 1);

  self->result = sobre_sql_row_set_new (plan->n_columns, self->execution->budget);
  self->counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->texts = g_new0 (SobreText *, plan->n_columns + 1);
  if (plan->set_operation->operation == SOBRE_SQL_BODY_UNION && !plan->set_operation->distinct)
    return;
  self->groups = sobre_sql_groups_new (plan->n_columns, ranges, self->execution->budget);
  for (guint i = 0; i < plan->n_columns; i++)
    if (sobre_sql_type_get_physical (plan->columns[i].type) == SOBRE_SQL_PHYSICAL_TEXT)
      self->texts[i] = g_new (SobreText, BATCH_ROWS);
}

SobreSqlRowSet *
sobre_sql_run_set_operation (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error)
{
  const SobreSqlSetOperation *set = plan->set_operation;
  Operation operation = { .execution = self, .plan = plan };
  gboolean is_union = set->operation == SOBRE_SQL_BODY_UNION;
  gboolean done;

  begin (&operation);
  done = add_side (&operation, is_union ? set->left : set->right, is_union, error) &&
         add_side (&operation, is_union ? set->right : set->left, !is_union, error);
  g_clear_pointer (&operation.groups, sobre_sql_groups_free);
  g_array_unref (operation.counts);
  for (guint i = 0; i < plan->n_columns; i++)
    g_free (operation.texts[i]);
  g_free (operation.texts);
  if (!done)
    g_clear_pointer (&operation.result, sobre_sql_row_set_unref);
  return operation.result;
}
