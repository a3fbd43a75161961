/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-type.h"

G_BEGIN_DECLS

/* Exact decimals: an integer of at most 38 digits times 10^-scale. Each function gives %FALSE where the result would not fit. */

/** 10 to the power @n, 0 ≤ n ≤ 38. */
SobreSqlInt128 sobre_sql_power_of_ten (guint n);

/** Whether @value has at most @precision digits. */
gboolean sobre_sql_decimal_fits (SobreSqlInt128 value, guint precision);

/** From one scale to another; digits that go are rounded half away from zero. */
gboolean sobre_sql_decimal_rescale (SobreSqlInt128 value, guint from_scale, guint to_scale, SobreSqlInt128 *result);

/** @value / @divisor, rounded half away from zero; @divisor is not 0. */
SobreSqlInt128 sobre_sql_decimal_divide_rounded (SobreSqlInt128 value, SobreSqlInt128 divisor);

/** Reads [+-]digits[.digits]; precision and scale as Trino counts them (leading zeros do not count). */
gboolean sobre_sql_decimal_parse (SobreText text, SobreSqlInt128 *value, guint *precision, guint *scale);

double sobre_sql_decimal_to_double (SobreSqlInt128 value, guint scale);

/** Rounds half away from zero to @scale; %FALSE for what does not fit @precision, infinities and NaN. */
gboolean sobre_sql_decimal_from_double (double number, guint precision, guint scale, SobreSqlInt128 *value);

/** Appends it in plain notation with all @scale digits. */
void sobre_sql_decimal_append (GString *string, SobreSqlInt128 value, guint scale);

G_END_DECLS
