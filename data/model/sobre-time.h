/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define SOBRE_DAY_MS G_GINT64_CONSTANT (86400000)
#define SOBRE_TIME_STRING_LENGTH 24
#define SOBRE_DAY_STRING_LENGTH 10

/* Times are gint64 milliseconds since the Unix epoch, UTC; days are gint32 days since 1970-01-01 (proleptic Gregorian). */

/** Days since the epoch of a civil date; the date must exist. */
gint32 sobre_day_from_civil (int year, int month, int day);
void sobre_day_to_civil (gint32 day, int *year, int *month, int *day_of_month);

/** 0 for Monday to 6 for Sunday (ISO 8601). */
int sobre_day_get_weekday (gint32 day);

/** Reads YYYY-MM-DD; %FALSE for anything else, dates that do not exist included. */
gboolean sobre_day_parse (const char *text, gsize length, gint32 *day);

/** Writes YYYY-MM-DD; a day outside the years 1 to 9999 as the nearest inside. */
void sobre_day_format (gint32 day, char string[SOBRE_DAY_STRING_LENGTH + 1]);

/** Reads YYYY-MM-DDTHH:MM:SS[.f{1,9}]Z, the fraction cut to milliseconds; %FALSE for anything else. */
gboolean sobre_time_parse (const char *text, gsize length, gint64 *time_ms);

/** Writes YYYY-MM-DDTHH:MM:SS.mmmZ; a time outside the years 1 to 9999 as the nearest inside. */
void sobre_time_format (gint64 time_ms, char string[SOBRE_TIME_STRING_LENGTH + 1]);
