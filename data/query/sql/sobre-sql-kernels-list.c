/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

#include "model/sobre-time.h"

/* Functions that give lists, for UNNEST. A list has at most as many elements as Trino allows a sequence. */

#define MAX_SEQUENCE 10000

static gboolean
check_count (SobreSqlFrame *frame, gint64 n)
{
  return (n >= 0 && n <= MAX_SEQUENCE) || SOBRE_SQL_FAIL (frame, "a sequence has at most %d elements", MAX_SEQUENCE);
}

static gboolean
check_step (SobreSqlFrame *frame, gint64 start, gint64 stop, gint64 step)
{
  if (step == 0)
    return SOBRE_SQL_FAIL (frame, "the step of a sequence is not 0");
  return (step > 0 ? stop >= start : stop <= start) || SOBRE_SQL_FAIL (frame, "the step of a sequence leads away from its end");
}

/* start, start + step, … up to stop, whole numbers: bigints, days or milliseconds. */
static gboolean
count_up (SobreSqlFrame *frame, gint64 start, gint64 stop, gint64 step, GArray *elements)
{
  SobreSqlInt128 n;

  if (!check_step (frame, start, stop, step))
    return FALSE;
  n = ((SobreSqlInt128) stop - start) / step + 1;
  if (!check_count (frame, (gint64) MIN (n, MAX_SEQUENCE + 1)))
    return FALSE;
  for (gint64 i = 0; i < (gint64) n; i++)
    {
      SobreSqlValue value = { .i = start + i * step };

      g_array_append_val (elements, value);
    }
  return TRUE;
}

/* Steps of months, each counted from the start: 31 January, 28 February, 31 March. */
static gboolean
count_months (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements)
{
  gint64 unit = frame->expr->type.kind == SOBRE_SQL_DATE ? SOBRE_DAY_MS : 1;
  gint64 start = arguments[0].i * unit, stop = arguments[1].i * unit, step = arguments[2].i;
  gint64 n;

  if (!check_step (frame, start, stop, step))
    return FALSE;
  n = sobre_sql_count_months (start, stop, 1) / step + 1;
  if (!check_count (frame, n))
    return FALSE;
  for (gint64 i = 0; i < n; i++)
    {
      SobreSqlValue value = { FALSE };
      gint64 reached;

      if (!sobre_sql_add_months (start, i * step, &reached))
        return SOBRE_SQL_REFUSE (frame, "a date before the year 1 or after the year 9999 is not available offline");
      value.i = reached / unit;
      g_array_append_val (elements, value);
    }
  return TRUE;
}

gboolean
sobre_sql_list_sequence (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements)
{
  const SobreSqlExpr *expr = frame->expr;
  gint64 step = arguments[1].i >= arguments[0].i ? 1 : -1;
  SobreSqlTypeKind interval = expr->n_children > 2 ? expr->children[2]->type.kind : SOBRE_SQL_BIGINT;

  if (interval == SOBRE_SQL_INTERVAL_YEAR)
    return count_months (frame, arguments, elements);
  if (expr->n_children > 2)
    step = arguments[2].i;
  if (interval == SOBRE_SQL_INTERVAL_DAY && expr->type.kind == SOBRE_SQL_DATE)
    {
      if (step % SOBRE_DAY_MS != 0)
        return SOBRE_SQL_FAIL (frame, "the step of a sequence of days is whole days");
      step /= SOBRE_DAY_MS;
    }
  return count_up (frame, arguments[0].i, arguments[1].i, step, elements);
}

/* split(text, delimiter[, limit]): the last of so many pieces has all the rest. */
gboolean
sobre_sql_list_split (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements)
{
  SobreText rest = arguments[0].s, delimiter = arguments[1].s;
  gint64 limit = frame->expr->n_children > 2 ? arguments[2].i : G_MAXINT64;

  if (limit <= 0 || (limit > G_MAXINT32 && frame->expr->n_children > 2))
    return SOBRE_SQL_FAIL (frame, "split() gives a number of pieces above 0");
  if (delimiter.length == 0)
    return SOBRE_SQL_FAIL (frame, "the delimiter of split() is not empty");
  while (rest.length > 0 && elements->len + 1 < limit)
    {
      const char *at = memmem (rest.data, rest.length, delimiter.data, delimiter.length);
      SobreSqlValue piece = { .s = { rest.data, 0 } };

      if (at == NULL)
        break;
      piece.s.length = (gsize) (at - rest.data);
      g_array_append_val (elements, piece);
      rest = (SobreText) { at + delimiter.length, rest.length - piece.s.length - delimiter.length };
    }
  g_array_append_val (elements, ((SobreSqlValue) { .s = rest }));
  return TRUE;
}
