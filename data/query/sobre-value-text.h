/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How values are written, in results and by CAST, as Athena writes them. */

/**
 * sobre_double_get_digits:
 * @number: finite
 * @digits: (out): significant digits without leading or trailing zeros, "0" for zero, terminated
 * @exponent: (out): so that |number| = d.ddd… × 10^exponent
 *
 * The shortest decimal that reads back as @number. Independent of the locale.
 *
 * Returns: how many digits
 */
guint sobre_double_get_digits (double number, char digits[18], int *exponent);

/** Appends @number as Java's Double.toString() does: 4.0, 0.001, 1.0E7, NaN, -Infinity. */
void sobre_append_double (GString *string, double number);

/** Appends @number as Trino casts a double to varchar: 4.0E0, 1.25E-3, NaN, -Infinity. */
void sobre_append_double_scientific (GString *string, double number);

/** Appends YYYY-MM-DD; years outside 0–9999 with a sign or more digits. */
void sobre_append_date (GString *string, gint64 day);

/** Appends HH:MM:SS.mmm. */
void sobre_append_time_of_day (GString *string, gint64 milliseconds);

/** Appends "YYYY-MM-DD HH:MM:SS.mmm". */
void sobre_append_timestamp (GString *string, gint64 time_ms);

G_END_DECLS
