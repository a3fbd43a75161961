/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include "query/sql/sobre-sql-eval-private.h"

/* Runs a program: each operator once, when the first of its readers asks for its rows. */

/* VALUES: a row at a time. */
static SobreSqlRowSet *
run_values (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error)
{
  g_autoptr (SobreSqlRowSet) relation = sobre_sql_row_set_new (plan->n_columns, self->budget);
  g_autoptr (SobreSqlEval) eval = sobre_sql_eval_new (self->program->n_expressions, self->budget);

  for (guint row = 0; row < plan->values->n_rows; row++)
    {
      const SobreSqlRows one = { NULL, 1 };

      sobre_sql_eval_begin (eval, NULL, 0, 1);
      for (guint i = 0; i < plan->n_columns; i++)
        {
          SobreSqlVector vector;

          if (plan->columns[i].is_used && (!sobre_sql_eval (eval, plan->values->rows[row][i], one, &vector, error) ||
                                           !sobre_sql_column_append (&relation->columns[i], &vector, one, error)))
            return NULL;
        }
      if (!sobre_sql_budget_check_time (self->budget, error))
        return NULL;
      relation->n_rows++;
    }
  return g_steal_pointer (&relation);
}

static SobreSqlRowSet *
compute (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error)
{
  g_autoptr (SobreSqlRowStore) rows = NULL;

  switch (plan->kind)
    {
    case SOBRE_SQL_PLAN_SET_OPERATION:
      return sobre_sql_run_set_operation (self, plan, error);
    case SOBRE_SQL_PLAN_WINDOW:
      return sobre_sql_run_window (self, plan, error);
    case SOBRE_SQL_PLAN_VALUES:
      return run_values (self, plan, error);
    case SOBRE_SQL_PLAN_BLOCK:
    default:
      rows = sobre_sql_run_block (self, plan, G_MAXUINT64, error);
      return rows != NULL ? sobre_sql_row_store_take_row_set (rows, error) : NULL;
    }
}

SobreSqlRowSet *
sobre_sql_run_plan (SobreSqlExecution *self, const SobreSqlPlan *plan, GError **error)
{
  SobreSqlRowSet **result = &self->results[plan->id];
  guint *n_left = &self->n_left[plan->id];

  if (*result == NULL)
    {
      *result = compute (self, plan, error);
      *n_left = plan->n_readers;
    }
  if (*result == NULL)
    return NULL;
  return --*n_left > 0 ? sobre_sql_row_set_ref (*result) : g_steal_pointer (result);
}

SobreResultTable *
sobre_sql_execute (const SobreSqlProgram *program,
                   SobreSqlSource *source,
                   SobreSqlBudget *budget,
                   guint64 max_rows,
                   GError **error)
{
  g_autofree SobreSqlRowSet **results = g_new0 (SobreSqlRowSet *, program->n_plans);
  g_autofree guint *n_left = g_new0 (guint, program->n_plans);
  SobreSqlExecution self = { .program = program, .source = source, .budget = budget, .results = results, .n_left = n_left };
  g_autoptr (SobreSqlRowStore) rows = sobre_sql_run_block (&self, program->root, max_rows, error);
  SobreResultTable *table = rows != NULL ? sobre_sql_row_store_finish (rows, max_rows, error) : NULL;

  for (guint i = 0; i < program->n_plans; i++)
    g_clear_pointer (&results[i], sobre_sql_row_set_unref);
  g_clear_pointer (&rows, sobre_sql_row_store_free);
  sobre_sql_days_free (self.days);
  return table;
}
