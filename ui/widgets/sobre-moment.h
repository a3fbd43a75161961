/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-service-calendar.h"

/* Moments as the window names them, by locale. All results: (transfer full). */

/** "Fri 20 Nov, 20:41" on the restaurant's clock. */
char *sobre_moment_format (gint64 time_ms, const SobreServiceCalendar *calendar);

/** "Friday 20:00–21:00". @weekday: 0 for Monday to 6 · @hour: 0–23 */
char *sobre_moment_format_cell (int weekday, int hour);
