/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-function.h"

G_BEGIN_DECLS

/* The kernels behind the function table, by subject. */

#define SOBRE_SQL_DECLARE_KERNEL(name)                                                                                         \
  gboolean sobre_sql_kernel_##name (SobreSqlFrame *frame, const SobreSqlValue *arguments, SobreSqlValue *result)

/* sobre-sql-kernels-string.c */
SOBRE_SQL_DECLARE_KERNEL (length);
SOBRE_SQL_DECLARE_KERNEL (lower);
SOBRE_SQL_DECLARE_KERNEL (upper);
SOBRE_SQL_DECLARE_KERNEL (concat);
SOBRE_SQL_DECLARE_KERNEL (concat_ws);
SOBRE_SQL_DECLARE_KERNEL (substr);
SOBRE_SQL_DECLARE_KERNEL (trim);
SOBRE_SQL_DECLARE_KERNEL (ltrim);
SOBRE_SQL_DECLARE_KERNEL (rtrim);
SOBRE_SQL_DECLARE_KERNEL (strpos);
SOBRE_SQL_DECLARE_KERNEL (replace);
SOBRE_SQL_DECLARE_KERNEL (reverse);
SOBRE_SQL_DECLARE_KERNEL (lpad);
SOBRE_SQL_DECLARE_KERNEL (rpad);
SOBRE_SQL_DECLARE_KERNEL (starts_with);
SOBRE_SQL_DECLARE_KERNEL (ends_with);
SOBRE_SQL_DECLARE_KERNEL (split_part);
SOBRE_SQL_DECLARE_KERNEL (chr);
SOBRE_SQL_DECLARE_KERNEL (codepoint);
SOBRE_SQL_DECLARE_KERNEL (like);

/* sobre-sql-kernels-maths.c */
SOBRE_SQL_DECLARE_KERNEL (abs);
SOBRE_SQL_DECLARE_KERNEL (ceil);
SOBRE_SQL_DECLARE_KERNEL (floor);
SOBRE_SQL_DECLARE_KERNEL (round);
SOBRE_SQL_DECLARE_KERNEL (truncate);
SOBRE_SQL_DECLARE_KERNEL (sign);
SOBRE_SQL_DECLARE_KERNEL (power);
SOBRE_SQL_DECLARE_KERNEL (sqrt);
SOBRE_SQL_DECLARE_KERNEL (cbrt);
SOBRE_SQL_DECLARE_KERNEL (exp);
SOBRE_SQL_DECLARE_KERNEL (ln);
SOBRE_SQL_DECLARE_KERNEL (log2);
SOBRE_SQL_DECLARE_KERNEL (log10);
SOBRE_SQL_DECLARE_KERNEL (log);
SOBRE_SQL_DECLARE_KERNEL (sin);
SOBRE_SQL_DECLARE_KERNEL (cos);
SOBRE_SQL_DECLARE_KERNEL (tan);
SOBRE_SQL_DECLARE_KERNEL (asin);
SOBRE_SQL_DECLARE_KERNEL (acos);
SOBRE_SQL_DECLARE_KERNEL (atan);
SOBRE_SQL_DECLARE_KERNEL (atan2);
SOBRE_SQL_DECLARE_KERNEL (sinh);
SOBRE_SQL_DECLARE_KERNEL (cosh);
SOBRE_SQL_DECLARE_KERNEL (tanh);
SOBRE_SQL_DECLARE_KERNEL (bitwise_and);
SOBRE_SQL_DECLARE_KERNEL (bitwise_or);
SOBRE_SQL_DECLARE_KERNEL (bitwise_xor);
SOBRE_SQL_DECLARE_KERNEL (bitwise_not);
SOBRE_SQL_DECLARE_KERNEL (degrees);
SOBRE_SQL_DECLARE_KERNEL (radians);
SOBRE_SQL_DECLARE_KERNEL (width_bucket);
SOBRE_SQL_DECLARE_KERNEL (pi);
SOBRE_SQL_DECLARE_KERNEL (e);
SOBRE_SQL_DECLARE_KERNEL (nan);
SOBRE_SQL_DECLARE_KERNEL (infinity);
SOBRE_SQL_DECLARE_KERNEL (is_nan);
SOBRE_SQL_DECLARE_KERNEL (is_finite);
SOBRE_SQL_DECLARE_KERNEL (is_infinite);
SOBRE_SQL_DECLARE_KERNEL (greatest);
SOBRE_SQL_DECLARE_KERNEL (least);
SOBRE_SQL_DECLARE_KERNEL (grouping);
SobreSqlType sobre_sql_resolve_whole_decimal (const SobreSqlType *arguments, guint n_arguments);
SobreSqlType sobre_sql_resolve_round_decimal (const SobreSqlType *arguments, guint n_arguments);
SobreSqlType sobre_sql_resolve_same (const SobreSqlType *arguments, guint n_arguments);
SobreSqlType sobre_sql_resolve_sum_decimal (const SobreSqlType *arguments, guint n_arguments);
SobreSqlType sobre_sql_resolve_sign_decimal (const SobreSqlType *arguments, guint n_arguments);

/* sobre-sql-kernels-date.c: the fields and the texts of an instant */
SOBRE_SQL_DECLARE_KERNEL (year);
SOBRE_SQL_DECLARE_KERNEL (quarter);
SOBRE_SQL_DECLARE_KERNEL (month);
SOBRE_SQL_DECLARE_KERNEL (week);
SOBRE_SQL_DECLARE_KERNEL (year_of_week);
SOBRE_SQL_DECLARE_KERNEL (day);
SOBRE_SQL_DECLARE_KERNEL (day_of_week);
SOBRE_SQL_DECLARE_KERNEL (day_of_year);
SOBRE_SQL_DECLARE_KERNEL (hour);
SOBRE_SQL_DECLARE_KERNEL (minute);
SOBRE_SQL_DECLARE_KERNEL (second);
SOBRE_SQL_DECLARE_KERNEL (millisecond);
SOBRE_SQL_DECLARE_KERNEL (from_iso8601_date);
SOBRE_SQL_DECLARE_KERNEL (from_iso8601_timestamp);
SOBRE_SQL_DECLARE_KERNEL (to_iso8601);
SOBRE_SQL_DECLARE_KERNEL (date_format);
SOBRE_SQL_DECLARE_KERNEL (to_unixtime);
SOBRE_SQL_DECLARE_KERNEL (from_unixtime);

/* sobre-sql-kernels-span.c: arithmetic on instants */
SOBRE_SQL_DECLARE_KERNEL (date_trunc);
SOBRE_SQL_DECLARE_KERNEL (date_add);
SOBRE_SQL_DECLARE_KERNEL (date_diff);
SOBRE_SQL_DECLARE_KERNEL (last_day_of_month);
SOBRE_SQL_DECLARE_KERNEL (add_interval);
SOBRE_SQL_DECLARE_KERNEL (subtract_interval);
SOBRE_SQL_DECLARE_KERNEL (difference);

/* sobre-sql-kernels-letters.c: texts letter by letter */
SOBRE_SQL_DECLARE_KERNEL (trim_letters);
SOBRE_SQL_DECLARE_KERNEL (ltrim_letters);
SOBRE_SQL_DECLARE_KERNEL (rtrim_letters);
SOBRE_SQL_DECLARE_KERNEL (translate);
SOBRE_SQL_DECLARE_KERNEL (strpos_nth);
SOBRE_SQL_DECLARE_KERNEL (levenshtein_distance);
SOBRE_SQL_DECLARE_KERNEL (hamming_distance);

/* sobre-sql-kernels-date-text.c: times from and to texts by a format */
SOBRE_SQL_DECLARE_KERNEL (date_parse);
SOBRE_SQL_DECLARE_KERNEL (format_datetime);

/* sobre-sql-kernels-regexp.c: regular expressions */
SOBRE_SQL_DECLARE_KERNEL (regexp_like);
SOBRE_SQL_DECLARE_KERNEL (regexp_extract);
SOBRE_SQL_DECLARE_KERNEL (regexp_count);
SOBRE_SQL_DECLARE_KERNEL (regexp_position);
SOBRE_SQL_DECLARE_KERNEL (regexp_replace);
gboolean sobre_sql_list_regexp_extract_all (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements);
gboolean sobre_sql_list_regexp_split (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements);

/* sobre-sql-kernels-list.c: lists for UNNEST */
gboolean sobre_sql_list_sequence (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements);
gboolean sobre_sql_list_split (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements);

/** Steps a wall-clock time by months; the day is cut to the month's last. %FALSE outside the years 1 to 9999. */
gboolean sobre_sql_add_months (gint64 local, gint64 months, gint64 *result);

/** How many whole steps of @length months lead from @from towards @to without passing it. */
gint64 sobre_sql_count_months (gint64 from, gint64 to, gint64 length);

/** Whole days and the rest, rounding down. */
static inline gint64
sobre_sql_floor_divide (gint64 value, gint64 divisor)
{
  return value / divisor - (value % divisor < 0);
}

/** The wall-clock time of a date, timestamp or timestamp with time zone, milliseconds. */
gint64 sobre_sql_get_local (SobreSqlType type, const SobreSqlValue *value);

/** The other way round: the value of @type whose wall-clock time is @local; %FALSE with the error set when out of range. */
gboolean sobre_sql_set_local (SobreSqlFrame *frame, SobreSqlType type, gint64 local, SobreSqlValue *value);

/** Instants that this engine computes with: years 1 to 9999, milliseconds. */
#define SOBRE_SQL_MIN_TIME (-G_GINT64_CONSTANT (62135596800000))
#define SOBRE_SQL_MAX_TIME G_GINT64_CONSTANT (253402300799999)

/** Reads "YYYY-MM-DD[ HH:MM[:SS[.f]]]", or with @iso "YYYY-MM-DDTHH:MM…" and an optional Z; %FALSE for anything else. */
gboolean sobre_sql_parse_timestamp (SobreText text, gboolean iso, gint64 *time_ms);

/** Reads YYYY-MM-DD of the years 1 to 9999. */
gboolean sobre_sql_parse_date (SobreText text, gint64 *day);

/** Whether @text matches @pattern with % and _; @escape: 0 for none. %FALSE with the error set for a bad escape or when time is over. */
gboolean sobre_sql_like (SobreSqlFrame *frame, SobreText text, SobreText pattern, gunichar escape, gboolean *matches);

G_END_DECLS
