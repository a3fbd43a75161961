/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-service-calendar.h"

/* Numbers and dates as people read them, by locale. All results: (transfer full). */

/** "1,234"; a true minus sign for what is under zero. */
char *sobre_format_count (gint64 count);

/** "4.32"; an en dash for NaN. */
char *sobre_format_number (double value, guint decimals);

/** "+0.06", "−3", "±0" when it rounds to nothing. */
char *sobre_format_change (double value, guint decimals);

/** "55 %". */
char *sobre_format_share (double share);

/** "16 Nov"; with the year when @with_year. */
char *sobre_format_day (gint32 day, gboolean with_year);

/** "Fri 13 Nov". */
char *sobre_format_weekday_and_day (gint32 day);

/** "Mon". @weekday: 0 for Monday */
char *sobre_format_weekday (int weekday);

/** "Nov 2026". */
char *sobre_format_month (gint32 day);

/** "14:05" on the restaurant's clock. */
char *sobre_format_time (gint64 time_ms, const SobreServiceCalendar *calendar);

/** "16–22 Nov 2026"; one date for one day. */
char *sobre_format_span (gint32 from_day, gint32 to_day);
