/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

#include "model/sobre-time.h"

/* Arithmetic on dates and timestamps. On a timestamp with time zone, units of a day and more are steps of the wall clock, smaller
 * ones are steps of real time, as in Trino. */

typedef enum
{
  UNIT_MILLISECOND,
  UNIT_SECOND,
  UNIT_MINUTE,
  UNIT_HOUR,
  UNIT_DAY,
  UNIT_WEEK,
  UNIT_MONTH,
  UNIT_QUARTER,
  UNIT_YEAR,
  UNIT_NONE,
} Unit;

static const gint64 unit_lengths[] = { 1, 1000, 60000, 3600000, SOBRE_DAY_MS, 7 * SOBRE_DAY_MS };

static Unit
parse_unit (SobreText text)
{
  static const char *const names[] = { "millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == text.length && g_ascii_strncasecmp (names[i], text.data, text.length) == 0)
      return (Unit) i;
  return UNIT_NONE;
}

static gboolean
check_unit (SobreSqlFrame *frame, Unit unit, SobreSqlType type, SobreText name)
{
  if (unit == UNIT_NONE)
    return SOBRE_SQL_FAIL (frame,
                           "\"%.*s\" is no unit of time: it is one of millisecond, second, minute, hour, day, week, month, "
                           "quarter, year",
                           (int) MIN (name.length, 40), name.data);
  if (type.kind == SOBRE_SQL_DATE && unit < UNIT_DAY)
    return SOBRE_SQL_FAIL (frame, "a date has no %.*ss", (int) name.length, name.data);
  return TRUE;
}

static int
days_in_month (int year, int month)
{
  return month == 12 ? 31 : sobre_day_from_civil (year, month + 1, 1) - sobre_day_from_civil (year, month, 1);
}

gboolean
sobre_sql_add_months (gint64 local, gint64 months, gint64 *result)
{
  gint64 day = sobre_sql_floor_divide (local, SOBRE_DAY_MS);
  int year, month, day_of_month;
  gint64 total;

  sobre_day_to_civil ((gint32) day, &year, &month, &day_of_month);
  if (months < -G_GINT64_CONSTANT (120000) || months > 120000)
    return FALSE;
  total = year * G_GINT64_CONSTANT (12) + month - 1 + months;
  if (total < 12 || total >= 120000)
    return FALSE;
  year = (int) (total / 12);
  month = (int) (total % 12) + 1;
  *result = (gint64) sobre_day_from_civil (year, month, MIN (day_of_month, days_in_month (year, month))) * SOBRE_DAY_MS +
            (local - day * SOBRE_DAY_MS);
  return TRUE;
}

static guint
months_of (Unit unit)
{
  return unit == UNIT_YEAR ? 12 : unit == UNIT_QUARTER ? 3 : 1;
}

static gboolean
fail_range (SobreSqlFrame *frame)
{
  return SOBRE_SQL_REFUSE (frame, "a date before the year 1 or after the year 9999 is not available offline");
}

static gboolean
add_units (SobreSqlFrame *frame, SobreSqlType type, const SobreSqlValue *value, Unit unit, gint64 n, SobreSqlValue *result)
{
  gint64 local = sobre_sql_get_local (type, value);
  gint64 step;

  if (unit >= UNIT_MONTH)
    {
      if (__builtin_mul_overflow (n, (gint64) months_of (unit), &n) || !sobre_sql_add_months (local, n, &local))
        return fail_range (frame);
      return sobre_sql_set_local (frame, type, local, result);
    }
  if (__builtin_mul_overflow (n, unit_lengths[unit], &step) || __builtin_add_overflow (local, step, &local))
    return fail_range (frame);
  if (type.kind != SOBRE_SQL_TIMESTAMP_TZ || unit >= UNIT_DAY)
    return sobre_sql_set_local (frame, type, local, result);
  result->i = value->i + step;
  return result->i >= SOBRE_SQL_MIN_TIME && result->i <= SOBRE_SQL_MAX_TIME ? TRUE : fail_range (frame);
}

SOBRE_SQL_DECLARE_KERNEL (date_add)
{
  SobreSqlType type = frame->expr->children[2]->type;
  Unit unit = parse_unit (arguments[0].s);

  return check_unit (frame, unit, type, arguments[0].s) && add_units (frame, type, &arguments[2], unit, arguments[1].i, result);
}

static gint64
truncate_local (gint64 local, Unit unit)
{
  gint32 day = (gint32) sobre_sql_floor_divide (local, SOBRE_DAY_MS);
  int year, month, day_of_month;

  if (unit <= UNIT_DAY)
    return sobre_sql_floor_divide (local, unit_lengths[unit]) * unit_lengths[unit];
  if (unit == UNIT_WEEK)
    return (gint64) (day - sobre_day_get_weekday (day)) * SOBRE_DAY_MS;
  sobre_day_to_civil (day, &year, &month, &day_of_month);
  if (unit == UNIT_YEAR)
    month = 1;
  if (unit == UNIT_QUARTER)
    month -= (month - 1) % 3;
  return (gint64) sobre_day_from_civil (year, month, 1) * SOBRE_DAY_MS;
}

SOBRE_SQL_DECLARE_KERNEL (date_trunc)
{
  SobreSqlType type = frame->expr->children[1]->type;
  Unit unit = parse_unit (arguments[0].s);
  gint64 local, truncated;

  if (!check_unit (frame, unit, type, arguments[0].s))
    return FALSE;
  local = sobre_sql_get_local (type, &arguments[1]);
  truncated = truncate_local (local, unit);
  if (type.kind == SOBRE_SQL_TIMESTAMP_TZ && unit < UNIT_DAY)
    {
      result->i = arguments[1].i - (local - truncated);
      return TRUE;
    }
  return sobre_sql_set_local (frame, type, MAX (truncated, SOBRE_SQL_MIN_TIME), result);
}

gint64
sobre_sql_count_months (gint64 from, gint64 to, gint64 length)
{
  int from_year, from_month, to_year, to_month, unused;
  gint64 steps, reached;
  gint64 direction = to < from ? -1 : 1;

  sobre_day_to_civil ((gint32) sobre_sql_floor_divide (from, SOBRE_DAY_MS), &from_year, &from_month, &unused);
  sobre_day_to_civil ((gint32) sobre_sql_floor_divide (to, SOBRE_DAY_MS), &to_year, &to_month, &unused);
  steps = ((to_year - from_year) * G_GINT64_CONSTANT (12) + to_month - from_month) / length;
  if (sobre_sql_add_months (from, steps * length, &reached) && (direction > 0 ? reached > to : reached < to))
    steps -= direction;
  return steps;
}

SOBRE_SQL_DECLARE_KERNEL (date_diff)
{
  SobreSqlType type = frame->expr->children[1]->type;
  Unit unit = parse_unit (arguments[0].s);
  gint64 from, to;

  if (!check_unit (frame, unit, type, arguments[0].s))
    return FALSE;
  from = sobre_sql_get_local (type, &arguments[1]);
  to = sobre_sql_get_local (frame->expr->children[2]->type, &arguments[2]);
  if (unit >= UNIT_MONTH)
    result->i = sobre_sql_count_months (from, to, months_of (unit));
  else if (type.kind == SOBRE_SQL_TIMESTAMP_TZ && unit < UNIT_DAY)
    result->i = (arguments[2].i - arguments[1].i) / unit_lengths[unit];
  else
    result->i = (to - from) / unit_lengths[unit];
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (last_day_of_month)
{
  gint64 local = sobre_sql_get_local (frame->expr->children[0]->type, &arguments[0]);
  int year, month, day;

  sobre_day_to_civil ((gint32) sobre_sql_floor_divide (local, SOBRE_DAY_MS), &year, &month, &day);
  result->i = sobre_day_from_civil (year, month, days_in_month (year, month));
  return TRUE;
}

/* Instant and interval; a date takes only whole days. */
static gboolean
step_interval (SobreSqlFrame *frame, const SobreSqlValue *arguments, gint64 sign, SobreSqlValue *result)
{
  SobreSqlType type = frame->expr->children[0]->type;
  SobreSqlType interval = frame->expr->children[1]->type;
  gint64 n;

  if (__builtin_mul_overflow (arguments[1].i, sign, &n))
    return fail_range (frame);
  if (interval.kind == SOBRE_SQL_INTERVAL_YEAR)
    return add_units (frame, type, &arguments[0], UNIT_MONTH, n, result);
  if (type.kind == SOBRE_SQL_DATE && n % SOBRE_DAY_MS != 0)
    return SOBRE_SQL_FAIL (frame, "hours, minutes and seconds cannot be added to a date");
  if (type.kind == SOBRE_SQL_DATE)
    return add_units (frame, type, &arguments[0], UNIT_DAY, n / SOBRE_DAY_MS, result);
  return add_units (frame, type, &arguments[0], UNIT_MILLISECOND, n, result);
}

SOBRE_SQL_DECLARE_KERNEL (add_interval) { return step_interval (frame, arguments, 1, result); }

SOBRE_SQL_DECLARE_KERNEL (subtract_interval) { return step_interval (frame, arguments, -1, result); }

SOBRE_SQL_DECLARE_KERNEL (difference)
{
  gint64 unit = frame->expr->children[0]->type.kind == SOBRE_SQL_DATE ? SOBRE_DAY_MS : 1;

  result->i = (arguments[0].i - arguments[1].i) * unit;
  return TRUE;
}
