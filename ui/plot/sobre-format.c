/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "model/sobre-time.h"

#define MINUS "\342\210\222"
#define PLUS_MINUS "\302\261"
#define EN_DASH "\342\200\223"

char *
sobre_format_count (gint64 count)
{
  return g_strdup_printf ("%s%'" G_GINT64_FORMAT, count < 0 ? MINUS : "", ABS (count));
}

char *
sobre_format_number (double value, guint decimals)
{
  if (!isfinite (value))
    return g_strdup (EN_DASH);
  return g_strdup_printf ("%s%'.*f", value < 0 && round (value * pow (10, decimals)) != 0 ? MINUS : "", (int) decimals,
                          fabs (value));
}

char *
sobre_format_change (double value, guint decimals)
{
  double rounded = round (value * pow (10, decimals));

  if (!isfinite (value))
    return g_strdup ("");
  return g_strdup_printf ("%s%'.*f", rounded > 0 ? "+" : rounded < 0 ? MINUS : PLUS_MINUS, (int) decimals, fabs (value));
}

char *
sobre_format_share (double share)
{
  return g_strdup_printf (_ ("%.0f %%"), share * 100);
}

static GDateTime *
to_date (gint32 day)
{
  return g_date_time_new_from_unix_utc (day * (SOBRE_DAY_MS / 1000));
}

static char *
format_date (gint32 day, const char *format)
{
  g_autoptr (GDateTime) date = to_date (day);

  return date != NULL ? g_date_time_format (date, format) : g_strdup ("");
}

char *
sobre_format_day (gint32 day, gboolean with_year)
{
  /* Translators: a day and a month in short, for g_date_time_format(). */
  return format_date (day, with_year ? C_ ("date", "%-e %b %Y") : C_ ("date", "%-e %b"));
}

char *
sobre_format_weekday_and_day (gint32 day)
{
  return format_date (day, C_ ("date", "%a %-e %b"));
}

char *
sobre_format_weekday (int weekday)
{
  const gint32 a_monday = 4; /* 5 January 1970 */

  return format_date (a_monday + weekday, "%a");
}

char *
sobre_format_month (gint32 day)
{
  return format_date (day, C_ ("date", "%b %Y"));
}

char *
sobre_format_time (gint64 time_ms, const SobreServiceCalendar *calendar)
{
  g_autoptr (GDateTime) local =
      g_date_time_new_from_unix_utc ((time_ms + sobre_service_calendar_get_offset (calendar, time_ms)) / 1000);

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

char *
sobre_format_span (gint32 from_day, gint32 to_day)
{
  int from_year, from_month, from_date, to_year, to_month, to_date;
  g_autofree char *from = NULL;
  g_autofree char *to = sobre_format_day (to_day, TRUE);

  if (from_day >= to_day)
    return g_steal_pointer (&to);
  sobre_day_to_civil (from_day, &from_year, &from_month, &from_date);
  sobre_day_to_civil (to_day, &to_year, &to_month, &to_date);
  if (from_year != to_year)
    from = sobre_format_day (from_day, TRUE);
  else if (from_month != to_month)
    from = sobre_format_day (from_day, FALSE);
  else
    /* Translators: the day alone, before a dash and the last day of a span: "16" of "16–22 Nov 2026", for g_date_time_format(). */
    from = format_date (from_day, C_ ("date", "%-e"));
  return g_strdup_printf ("%s" EN_DASH "%s", from, to);
}
