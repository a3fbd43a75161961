/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-execute-private.h"

#include <string.h>

#include "model/sobre-time.h"
#include "query/sql/sobre-sql-eval-private.h"

/* A scan's vectors as those of the evaluator: the same memory where the layout is the same. */

#define ID_LENGTH SOBRE_ID_STRING_LENGTH
#define N_DAYS 32872 /* 1970-01-01 to 2059-12-31 */

struct _SobreSqlDays
{
  SobreText texts[N_DAYS];
  char strings[N_DAYS][SOBRE_DAY_STRING_LENGTH + 1];
};

void
sobre_sql_days_free (SobreSqlDays *self)
{
  g_free (self);
}

/* The day after another that ends in 01 to 27 differs from it in these two digits alone. */
static void
format_next_day (SobreSqlDays *self, gint32 day)
{
  const char *before = day > 0 ? self->strings[day - 1] : NULL;
  char *text = self->strings[day];
  int number = before != NULL ? (before[8] - '0') * 10 + (before[9] - '0') : 28;

  if (number >= 28)
    {
      sobre_day_format (day, text);
      return;
    }
  memcpy (text, before, sizeof self->strings[day]);
  number++;
  text[8] = (char) ('0' + number / 10);
  text[9] = (char) ('0' + number % 10);
}

void
sobre_sql_need_days (SobreSqlExecution *self, const SobreSqlScan *scan)
{
  gboolean needed = FALSE;

  for (guint i = 0; i < scan->n_columns; i++)
    needed = needed || scan->columns[i] == SOBRE_COLUMN_DT;
  if (!needed || self->days != NULL)
    return;
  self->days = g_new (SobreSqlDays, 1);
  for (gint32 day = 0; day < N_DAYS; day++)
    {
      format_next_day (self->days, day);
      self->days->texts[day] = (SobreText) { self->days->strings[day], SOBRE_DAY_STRING_LENGTH };
    }
}

/* Ids are kept as 16 bytes and become text when a query reads them. */
static gboolean
make_ids (SobreSqlEval *eval, SobreSqlRows rows, SobreSqlVector *vector, GError **error)
{
  const SobreId *ids = ((const SobreVector *) vector->raw)->values;
  gsize n = MAX (rows.n, 1), next = 0;
  char *texts = sobre_sql_eval_scratch (eval, n * (ID_LENGTH + 1), error);
  SobreText *values = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1) * sizeof (SobreText), error);

  if (texts == NULL || values == NULL)
    return FALSE;
  if (vector->mask == 0)
    rows = (SobreSqlRows) { NULL, 1 };
  SOBRE_SQL_EACH (rows, r, {
    sobre_id_format (&ids[r], texts + next);
    values[r] = (SobreText) { texts + next, ID_LENGTH };
    next += ID_LENGTH + 1;
  });
  vector->s = values;
  return TRUE;
}

static gboolean
make_dt (SobreSqlEval *eval, SobreSqlRows rows, SobreSqlVector *vector, GError **error)
{
  const gint64 *values = ((const SobreVector *) vector->raw)->values;
  guint32 *codes = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1) * sizeof (guint32), error);
  gboolean inside = TRUE;

  if (codes == NULL)
    return FALSE;
  if (vector->mask == 0)
    rows = (SobreSqlRows) { NULL, 1 };
  SOBRE_SQL_EACH (rows, r, {
    gboolean valid = !sobre_sql_vector_is_null (vector, r);

    inside = inside && (!valid || (values[r] >= 0 && values[r] < N_DAYS));
    codes[r] = valid ? (guint32) values[r] : 0;
  });
  vector->code = codes;
  return inside || sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "a dt before 1970 or after 2059");
}

void
sobre_sql_load_column (SobreSqlPart *self, SobreScanColumn column, const SobreVector *from, SobreSqlVector *to)
{
  SobreSqlSource *source = self->execution->source;

  *to = (SobreSqlVector) { .mask = from->is_constant ? 0 : G_MAXUINT,
                           .data = (gpointer) from->values,
                           .valid = (guint8 *) from->valid,
                           .has_bounds = from->has_bounds,
                           .low = from->low,
                           .high = from->high,
                           .raw = from };
  if (column == SOBRE_COLUMN_DT)
    {
      to->physical = SOBRE_SQL_PHYSICAL_CODE;
      to->dictionary = self->execution->days->texts;
      to->n_dictionary = N_DAYS;
      to->make = make_dt;
      return;
    }
  switch (from->kind)
    {
    case SOBRE_VECTOR_ID:
      to->physical = SOBRE_SQL_PHYSICAL_TEXT;
      to->make = make_ids;
      break;
    case SOBRE_VECTOR_DOUBLE:
      to->physical = SOBRE_SQL_PHYSICAL_DOUBLE;
      break;
    case SOBRE_VECTOR_BOOLEAN:
      to->physical = SOBRE_SQL_PHYSICAL_BOOLEAN;
      break;
    case SOBRE_VECTOR_TEXT:
      to->physical = SOBRE_SQL_PHYSICAL_TEXT;
      break;
    case SOBRE_VECTOR_CODE:
      to->physical = SOBRE_SQL_PHYSICAL_CODE;
      to->dictionary = source->get_dictionary (source, self->cursor, column, &to->n_dictionary);
      break;
    case SOBRE_VECTOR_INT64:
    default:
      to->physical = SOBRE_SQL_PHYSICAL_INT64;
      break;
    }
}
