/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-moment.h"

#include <glib/gi18n-lib.h>

char *
sobre_moment_format (gint64 time_ms, const SobreServiceCalendar *calendar)
{
  gint64 local_ms = time_ms + sobre_service_calendar_get_offset (calendar, time_ms);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (local_ms / 1000);

  if (date == NULL)
    return g_strdup ("–");
  /* Translators: a moment, "Fri 20 Nov, 20:41" */
  return g_date_time_format (date, C_ ("date", "%a %-e %b, %H:%M"));
}

char *
sobre_moment_format_cell (int weekday, int hour)
{
  /* 5 January 1970 was a Monday. */
  g_autoptr (GDateTime) date = g_date_time_new_utc (1970, 1, 5 + weekday, 12, 0, 0);
  g_autofree char *name = g_date_time_format (date, "%A");

  /* Translators: a weekday and an hour of it: "Friday 20:00–21:00" */
  return g_strdup_printf (_ ("%s %d:00–%d:00"), name, hour, (hour + 1) % 24);
}
