/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#define SPECIAL(category, name, signature, documentation)                                                                      \
  { name, signature, SOBRE_SQL_##category, SOBRE_SQL_SPECIAL, NULL, NULL, 0, 0, 0, documentation }
#define SCALAR(category, name, signature, flags, kernel, documentation)                                                        \
  { name, signature, SOBRE_SQL_##category, flags, sobre_sql_kernel_##kernel, NULL, 0, 0, 0, documentation }
#define RESOLVED(name, signature, flags, kernel, resolve, documentation)                                                       \
  { name, signature, SOBRE_SQL_MATHS, flags, sobre_sql_kernel_##kernel, sobre_sql_resolve_##resolve, 0, 0, 0, documentation }
#define STRING(name, signature, flags, kernel, documentation) SCALAR (STRING, name, signature, flags, kernel, documentation)
#define MATHS(name, signature, flags, kernel, documentation) SCALAR (MATHS, name, signature, flags, kernel, documentation)
#define DATE_TIME(name, signature, flags, kernel, documentation)                                                               \
  SCALAR (DATE_TIME, name, signature, flags, kernel, documentation)
#define FIELD(name, kernel, low, high, documentation)                                                                          \
  { name, "I:a", SOBRE_SQL_DATE_TIME, SOBRE_SQL_TOTAL, sobre_sql_kernel_##kernel, NULL, 0, low, high, documentation },         \
      { name, "I:t", SOBRE_SQL_DATE_TIME, SOBRE_SQL_TOTAL, sobre_sql_kernel_##kernel, NULL, 0, low, high, documentation },     \
  {                                                                                                                            \
    name, "I:z", SOBRE_SQL_DATE_TIME, SOBRE_SQL_TOTAL, sobre_sql_kernel_##kernel, NULL, 0, low, high, documentation            \
  }
#define CLOCK_FIELD(name, kernel, high, documentation)                                                                         \
  { name, "I:t", SOBRE_SQL_DATE_TIME, SOBRE_SQL_TOTAL, sobre_sql_kernel_##kernel, NULL, 0, 0, high, documentation },           \
  {                                                                                                                            \
    name, "I:z", SOBRE_SQL_DATE_TIME, SOBRE_SQL_TOTAL, sobre_sql_kernel_##kernel, NULL, 0, 0, high, documentation              \
  }
#define AGGREGATE(name, signature, flags, resolve, aggregate, documentation)                                                   \
  { name, signature, SOBRE_SQL_AGGREGATION, flags, NULL, resolve, SOBRE_SQL_AGGREGATE_##aggregate, 0, 0, documentation }

#define WINDOW(name, signature, window, documentation)                                                                         \
  { name, signature, SOBRE_SQL_WINDOW, 0, NULL, NULL, 0, 0, 0, documentation, SOBRE_SQL_WINDOW_##window }

#define LIST(name, signature, flags, list, documentation)                                                                      \
  { name, signature, SOBRE_SQL_LISTS, flags, NULL, NULL, 0, 0, 0, documentation, 0, sobre_sql_list_##list }

static const SobreSqlFunction functions[] = {
  SPECIAL (CONDITIONAL, "if", "T:bTT", "the second argument where the first is true, else the third, NULL where there is none"),
  SPECIAL (CONDITIONAL, "coalesce", "T:T*", "the first argument that is not NULL"),
  SPECIAL (CONDITIONAL, "nullif", "T:TT", "NULL where both are equal, else the first"),

  SPECIAL (CONDITIONAL, "try", "T:T", "NULL where computing it fails: division by zero, a cast, a number out of range"),
  SCALAR (CONDITIONAL, "grouping", "i:I", SOBRE_SQL_HIDDEN | SOBRE_SQL_TOTAL, grouping, "grouping()"),

  STRING ("length", "I:s", SOBRE_SQL_TOTAL, length, "characters of the text"),
  STRING ("lower", "s:s", 0, lower, "in lower case, each character by itself"),
  STRING ("upper", "s:s", 0, upper, "in upper case, each character by itself"),
  STRING ("concat", "s:ss*", 0, concat, "the texts one after the other, as || does"),
  STRING ("concat_ws",
          "s:ss*",
          SOBRE_SQL_NULLS,
          concat_ws,
          "the texts after the first, with the first between them; NULLs are left out"),
  STRING ("substr",
          "s:sI",
          SOBRE_SQL_TOTAL,
          substr,
          "from the character at this place, counted from 1, from the end where negative"),
  STRING ("substr", "s:sII", SOBRE_SQL_TOTAL, substr, "likewise, so many characters at most"),
  STRING ("substring", "s:sI", SOBRE_SQL_TOTAL, substr, "substr"),
  STRING ("substring", "s:sII", SOBRE_SQL_TOTAL, substr, "substr"),
  STRING ("trim", "s:s", SOBRE_SQL_TOTAL, trim, "without white space at both ends"),
  STRING ("trim", "s:ss", 0, trim_letters, "likewise, without the letters of the second text instead"),
  STRING ("ltrim", "s:s", SOBRE_SQL_TOTAL, ltrim, "without white space at the beginning"),
  STRING ("ltrim", "s:ss", 0, ltrim_letters, "likewise, without the letters of the second text instead"),
  STRING ("rtrim", "s:s", SOBRE_SQL_TOTAL, rtrim, "without white space at the end"),
  STRING ("rtrim", "s:ss", 0, rtrim_letters, "likewise, without the letters of the second text instead"),
  STRING ("strpos",
          "I:ss",
          SOBRE_SQL_TOTAL,
          strpos,
          "where the second text first begins in the first, from 1; 0 where it does not"),
  STRING ("strpos", "I:ssI", 0, strpos_nth, "likewise the n-th, from the end where n is negative"),
  STRING ("replace", "s:ss", 0, replace, "without each occurrence of the second text"),
  STRING ("replace", "s:sss", 0, replace, "with the third text for each occurrence of the second"),
  STRING ("reverse", "s:s", SOBRE_SQL_TOTAL, reverse, "its characters from back to front"),
  STRING ("translate",
          "s:sss",
          0,
          translate,
          "with each letter of the second text as the one that the third has in its place, or without it"),
  STRING ("lpad", "s:sIs", 0, lpad, "cut or filled on the left to so many characters"),
  STRING ("rpad", "s:sIs", 0, rpad, "cut or filled on the right to so many characters"),
  STRING ("starts_with", "b:ss", SOBRE_SQL_TOTAL, starts_with, "whether the first text begins with the second"),
  STRING ("ends_with", "b:ss", SOBRE_SQL_TOTAL, ends_with, "whether the first text ends with the second"),
  STRING ("split_part", "s:ssI", 0, split_part, "the n-th piece between delimiters, from 1; NULL where there are fewer"),
  STRING ("regexp_like", "b:ss", SOBRE_SQL_PATTERN, regexp_like, "whether the regular expression is found in the text"),
  STRING ("regexp_extract",
          "s:ss",
          SOBRE_SQL_PATTERN,
          regexp_extract,
          "what it first finds, or what a group of it holds there; NULL where it finds nothing"),
  STRING ("regexp_extract", "s:ssI", SOBRE_SQL_PATTERN, regexp_extract, "likewise"),
  STRING ("regexp_replace",
          "s:ss",
          SOBRE_SQL_PATTERN,
          regexp_replace,
          "without what it finds, or with the third text for it, in which $1 is a group"),
  STRING ("regexp_replace", "s:sss", SOBRE_SQL_PATTERN, regexp_replace, "likewise"),
  STRING ("regexp_count", "I:ss", SOBRE_SQL_PATTERN, regexp_count, "how often it is found"),
  STRING ("regexp_position",
          "i:ss",
          SOBRE_SQL_PATTERN,
          regexp_position,
          "at which character it is first found; -1 where it is not"),
  STRING ("levenshtein_distance",
          "I:ss",
          0,
          levenshtein_distance,
          "how many letters are changed, added or left out between the texts"),
  STRING ("hamming_distance", "I:ss", 0, hamming_distance, "how many letters differ between two texts of the same length"),
  STRING ("chr", "s:I", 0, chr, "the character of this code point"),
  STRING ("codepoint", "i:s", 0, codepoint, "the code point of a text of one character"),
  STRING ("like", "b:ss", SOBRE_SQL_HIDDEN, like, "LIKE"),
  STRING ("like", "b:sss", SOBRE_SQL_HIDDEN, like, "LIKE … ESCAPE"),

  MATHS ("abs", "i:i", 0, abs, "without its sign"),
  MATHS ("abs", "I:I", 0, abs, "without its sign"),
  RESOLVED ("abs", "D:D", SOBRE_SQL_TOTAL, abs, same, "without its sign"),
  MATHS ("abs", "d:d", SOBRE_SQL_TOTAL, abs, "without its sign"),
  MATHS ("ceil", "i:i", SOBRE_SQL_TOTAL, ceil, "the next whole number up"),
  MATHS ("ceil", "I:I", SOBRE_SQL_TOTAL, ceil, "the next whole number up"),
  RESOLVED ("ceil", "D:D", SOBRE_SQL_TOTAL, ceil, whole_decimal, "the next whole number up"),
  MATHS ("ceil", "d:d", SOBRE_SQL_TOTAL, ceil, "the next whole number up"),
  MATHS ("ceiling", "i:i", SOBRE_SQL_TOTAL, ceil, "ceil"),
  MATHS ("ceiling", "I:I", SOBRE_SQL_TOTAL, ceil, "ceil"),
  RESOLVED ("ceiling", "D:D", SOBRE_SQL_TOTAL, ceil, whole_decimal, "ceil"),
  MATHS ("ceiling", "d:d", SOBRE_SQL_TOTAL, ceil, "ceil"),
  MATHS ("floor", "i:i", SOBRE_SQL_TOTAL, floor, "the next whole number down"),
  MATHS ("floor", "I:I", SOBRE_SQL_TOTAL, floor, "the next whole number down"),
  RESOLVED ("floor", "D:D", SOBRE_SQL_TOTAL, floor, whole_decimal, "the next whole number down"),
  MATHS ("floor", "d:d", SOBRE_SQL_TOTAL, floor, "the next whole number down"),
  MATHS ("round", "i:i", SOBRE_SQL_TOTAL, round, "the nearest whole number, halves away from zero"),
  MATHS ("round", "I:I", SOBRE_SQL_TOTAL, round, "the nearest whole number, halves away from zero"),
  RESOLVED ("round", "D:D", 0, round, round_decimal, "the nearest whole number, halves away from zero"),
  MATHS ("round", "d:d", 0, round, "the nearest whole number, halves away from zero"),
  MATHS ("round", "i:ii", 0, round, "to so many decimal places, halves away from zero"),
  MATHS ("round", "I:Ii", 0, round, "to so many decimal places, halves away from zero"),
  RESOLVED ("round", "D:Di", 0, round, round_decimal, "to so many decimal places, halves away from zero"),
  MATHS ("round", "d:di", 0, round, "to so many decimal places, halves away from zero"),
  RESOLVED ("truncate", "D:D", SOBRE_SQL_TOTAL, truncate, whole_decimal, "without what follows the point"),
  MATHS ("truncate", "d:d", SOBRE_SQL_TOTAL, truncate, "without what follows the point"),
  SPECIAL (MATHS, "mod", "T:TT", "the rest of a division, as % gives it"),
  MATHS ("sign", "i:i", SOBRE_SQL_TOTAL, sign, "-1, 0 or 1"),
  MATHS ("sign", "I:I", SOBRE_SQL_TOTAL, sign, "-1, 0 or 1"),
  RESOLVED ("sign", "D:D", SOBRE_SQL_TOTAL, sign, sign_decimal, "-1, 0 or 1"),
  MATHS ("sign", "d:d", SOBRE_SQL_TOTAL, sign, "-1, 0 or 1"),
  MATHS ("power", "d:dd", SOBRE_SQL_TOTAL, power, "the first to the power of the second"),
  MATHS ("pow", "d:dd", SOBRE_SQL_TOTAL, power, "power"),
  MATHS ("sqrt", "d:d", SOBRE_SQL_TOTAL, sqrt, "square root"),
  MATHS ("cbrt", "d:d", SOBRE_SQL_TOTAL, cbrt, "cube root"),
  MATHS ("exp", "d:d", SOBRE_SQL_TOTAL, exp, "Euler's number to this power"),
  MATHS ("ln", "d:d", SOBRE_SQL_TOTAL, ln, "natural logarithm"),
  MATHS ("log2", "d:d", SOBRE_SQL_TOTAL, log2, "logarithm to base 2"),
  MATHS ("log10", "d:d", SOBRE_SQL_TOTAL, log10, "logarithm to base 10"),
  MATHS ("log", "d:dd", SOBRE_SQL_TOTAL, log, "logarithm of the second to the base of the first"),
  MATHS ("sin", "d:d", SOBRE_SQL_TOTAL, sin, "sine"),
  MATHS ("cos", "d:d", SOBRE_SQL_TOTAL, cos, "cosine"),
  MATHS ("tan", "d:d", SOBRE_SQL_TOTAL, tan, "tangent"),
  MATHS ("asin", "d:d", SOBRE_SQL_TOTAL, asin, "arc sine"),
  MATHS ("acos", "d:d", SOBRE_SQL_TOTAL, acos, "arc cosine"),
  MATHS ("atan", "d:d", SOBRE_SQL_TOTAL, atan, "arc tangent"),
  MATHS ("atan2", "d:dd", SOBRE_SQL_TOTAL, atan2, "arc tangent of the first by the second"),
  MATHS ("sinh", "d:d", SOBRE_SQL_TOTAL, sinh, "hyperbolic sine"),
  MATHS ("cosh", "d:d", SOBRE_SQL_TOTAL, cosh, "hyperbolic cosine"),
  MATHS ("tanh", "d:d", SOBRE_SQL_TOTAL, tanh, "hyperbolic tangent"),
  MATHS ("bitwise_and", "I:II", SOBRE_SQL_TOTAL, bitwise_and, "bits that both have"),
  MATHS ("bitwise_or", "I:II", SOBRE_SQL_TOTAL, bitwise_or, "bits that one has"),
  MATHS ("bitwise_xor", "I:II", SOBRE_SQL_TOTAL, bitwise_xor, "bits that only one has"),
  MATHS ("bitwise_not", "I:I", SOBRE_SQL_TOTAL, bitwise_not, "bits that it has not"),
  MATHS ("degrees", "d:d", SOBRE_SQL_TOTAL, degrees, "radians as degrees"),
  MATHS ("radians", "d:d", SOBRE_SQL_TOTAL, radians, "degrees as radians"),
  MATHS (
      "width_bucket",
      "I:dddI",
      0,
      width_bucket,
      "which of so many equal parts between two bounds it is in, from 1; 0 before them, one more than there are behind them"),
  MATHS ("pi", "d:", SOBRE_SQL_TOTAL, pi, "the circle's number"),
  MATHS ("e", "d:", SOBRE_SQL_TOTAL, e, "Euler's number"),
  MATHS ("nan", "d:", SOBRE_SQL_TOTAL, nan, "not a number"),
  MATHS ("infinity", "d:", SOBRE_SQL_TOTAL, infinity, "positive infinity"),
  MATHS ("is_nan", "b:d", SOBRE_SQL_TOTAL, is_nan, "whether it is not a number"),
  MATHS ("is_finite", "b:d", SOBRE_SQL_TOTAL, is_finite, "whether it is neither infinite nor NaN"),
  MATHS ("is_infinite", "b:d", SOBRE_SQL_TOTAL, is_infinite, "whether it is infinite"),
  MATHS ("greatest", "T:T*", SOBRE_SQL_TOTAL, greatest, "the largest; NULL where one is NULL"),
  MATHS ("least", "T:T*", SOBRE_SQL_TOTAL, least, "the smallest; NULL where one is NULL"),

  SPECIAL (DATE_TIME, "current_date", "a:", "today in UTC; written without brackets"),
  SPECIAL (DATE_TIME, "current_timestamp", "z:", "now in UTC; written without brackets"),
  SPECIAL (DATE_TIME, "localtimestamp", "t:", "now in UTC as a timestamp without zone; written without brackets"),
  SPECIAL (DATE_TIME, "now", "z:", "now in UTC"),
  SPECIAL (DATE_TIME, "current_timezone", "s:", "UTC"),
  SPECIAL (DATE_TIME, "date", "a:T", "CAST(x AS date)"),
  SPECIAL (DATE_TIME,
           "at_timezone",
           "z:zs",
           "the same instant in this time zone, as AT TIME ZONE gives it; the zone is a literal"),
  FIELD ("year", year, 1, 9999, "year"),
  FIELD ("quarter", quarter, 1, 4, "quarter, 1 to 4"),
  FIELD ("month", month, 1, 12, "month, 1 to 12"),
  FIELD ("week", week, 1, 53, "ISO week, 1 to 53"),
  FIELD ("week_of_year", week, 1, 53, "week"),
  FIELD ("day", day, 1, 31, "day of the month"),
  FIELD ("day_of_month", day, 1, 31, "day"),
  FIELD ("day_of_week", day_of_week, 1, 7, "1 for Monday to 7 for Sunday"),
  FIELD ("dow", day_of_week, 1, 7, "day_of_week"),
  FIELD ("day_of_year", day_of_year, 1, 366, "day of the year"),
  FIELD ("doy", day_of_year, 1, 366, "day_of_year"),
  FIELD ("year_of_week", year_of_week, 0, 10000, "year that the ISO week belongs to"),
  FIELD ("yow", year_of_week, 0, 10000, "year_of_week"),
  CLOCK_FIELD ("hour", hour, 23, "hour, 0 to 23"),
  CLOCK_FIELD ("minute", minute, 59, "minute"),
  CLOCK_FIELD ("second", second, 59, "second"),
  CLOCK_FIELD ("millisecond", millisecond, 999, "millisecond"),
  DATE_TIME ("date_trunc", "a:sa", 0, date_trunc, "the beginning of its unit: 'day', 'week', 'month', 'quarter', 'year'"),
  DATE_TIME ("date_trunc", "t:st", 0, date_trunc, "likewise, and 'millisecond', 'second', 'minute', 'hour'"),
  DATE_TIME ("date_trunc", "z:sz", 0, date_trunc, "likewise, by the clock of its zone"),
  DATE_TIME ("date_add", "a:sIa", 0, date_add, "so many units later"),
  DATE_TIME ("date_add", "t:sIt", 0, date_add, "so many units later"),
  DATE_TIME ("date_add", "z:sIz", 0, date_add, "so many units later"),
  DATE_TIME ("date_diff", "I:saa", 0, date_diff, "whole units from the first to the second"),
  DATE_TIME ("date_diff", "I:stt", 0, date_diff, "whole units from the first to the second"),
  DATE_TIME ("date_diff", "I:szz", 0, date_diff, "whole units from the first to the second"),
  DATE_TIME ("last_day_of_month", "a:a", SOBRE_SQL_TOTAL, last_day_of_month, "the last day of its month"),
  DATE_TIME ("last_day_of_month", "a:t", SOBRE_SQL_TOTAL, last_day_of_month, "the last day of its month"),
  DATE_TIME ("last_day_of_month", "a:z", SOBRE_SQL_TOTAL, last_day_of_month, "the last day of its month"),
  DATE_TIME ("from_iso8601_date", "a:s", 0, from_iso8601_date, "reads YYYY-MM-DD"),
  DATE_TIME ("from_iso8601_timestamp", "z:s", 0, from_iso8601_timestamp, "reads YYYY-MM-DDTHH:MM:SS.mmmZ"),
  DATE_TIME ("to_iso8601", "s:a", SOBRE_SQL_TOTAL, to_iso8601, "as ISO 8601 writes it"),
  DATE_TIME ("to_iso8601", "s:t", SOBRE_SQL_TOTAL, to_iso8601, "as ISO 8601 writes it"),
  DATE_TIME ("to_iso8601", "s:z", SOBRE_SQL_TOTAL, to_iso8601, "as ISO 8601 writes it"),
  DATE_TIME ("date_format", "s:ts", 0, date_format, "by a pattern of MySQL's fields: %Y %m %d %H %i %s %a %W …"),
  DATE_TIME ("date_format", "s:zs", 0, date_format, "likewise, by the clock of its zone"),
  DATE_TIME ("date_parse", "t:ss", 0, date_parse, "reads a text by a pattern of MySQL's fields: %Y %m %d %H %i %s %f %T …"),
  DATE_TIME ("format_datetime",
             "s:ts",
             0,
             format_datetime,
             "by a pattern of Joda's letters: yyyy MM dd HH mm ss SSS EEE MMMM a …"),
  DATE_TIME ("format_datetime", "s:zs", 0, format_datetime, "likewise, by the clock of its zone"),
  DATE_TIME ("to_unixtime", "d:t", SOBRE_SQL_TOTAL, to_unixtime, "seconds since 1970 in UTC"),
  DATE_TIME ("to_unixtime", "d:z", SOBRE_SQL_TOTAL, to_unixtime, "seconds since 1970 in UTC"),
  DATE_TIME ("from_unixtime", "z:d", 0, from_unixtime, "the instant so many seconds after 1970 in UTC"),
  DATE_TIME ("+", "a:aT", SOBRE_SQL_HIDDEN, add_interval, "date and interval"),
  DATE_TIME ("-", "a:aT", SOBRE_SQL_HIDDEN, subtract_interval, "date less interval"),
  DATE_TIME ("- ", "T:TT", SOBRE_SQL_HIDDEN | SOBRE_SQL_TOTAL, difference, "between two dates"),

  AGGREGATE ("count", "I:", 0, NULL, COUNT, "count(*): rows"),
  AGGREGATE ("count", "I:T", 0, NULL, COUNT, "values that are not NULL"),
  AGGREGATE ("count_if", "I:b", SOBRE_SQL_FILTERS, NULL, COUNT, "rows where it is true"),
  AGGREGATE ("sum", "I:I", 0, NULL, SUM, "sum; NULL of no values"),
  AGGREGATE ("sum", "D:D", 0, sobre_sql_resolve_sum_decimal, SUM, "sum; NULL of no values"),
  AGGREGATE ("sum", "d:d", 0, NULL, SUM, "sum; NULL of no values"),
  AGGREGATE ("avg", "d:I", 0, NULL, AVG, "arithmetic mean"),
  AGGREGATE ("avg", "D:D", 0, sobre_sql_resolve_same, AVG, "arithmetic mean, rounded to the scale of the values"),
  AGGREGATE ("avg", "d:d", 0, NULL, AVG, "arithmetic mean"),
  AGGREGATE ("min", "T:T", 0, NULL, MIN, "smallest value"),
  AGGREGATE ("max", "T:T", 0, NULL, MAX, "largest value"),
  AGGREGATE ("arbitrary", "T:T", 0, NULL, ARBITRARY, "one of the values that are not NULL"),
  AGGREGATE ("any_value", "T:T", 0, NULL, ARBITRARY, "arbitrary"),
  AGGREGATE ("bool_and", "b:b", 0, NULL, MIN, "whether all are true"),
  AGGREGATE ("every", "b:b", 0, NULL, MIN, "bool_and"),
  AGGREGATE ("bool_or", "b:b", 0, NULL, MAX, "whether one is true"),
  AGGREGATE ("approx_distinct", "I:T", SOBRE_SQL_DISTINCT, NULL, COUNT, "different values; exact here"),
  AGGREGATE ("approx_percentile",
             "I:Id",
             0,
             NULL,
             PERCENTILE,
             "the value below which this share lies, by nearest rank; exact here"),
  AGGREGATE ("approx_percentile",
             "d:dd",
             0,
             NULL,
             PERCENTILE,
             "the value below which this share lies, by nearest rank; exact here"),
  AGGREGATE ("stddev", "d:d", 0, NULL, STDDEV_SAMP, "standard deviation of a sample"),
  AGGREGATE ("stddev_samp", "d:d", 0, NULL, STDDEV_SAMP, "standard deviation of a sample"),
  AGGREGATE ("stddev_pop", "d:d", 0, NULL, STDDEV_POP, "standard deviation of the whole"),
  AGGREGATE ("variance", "d:d", 0, NULL, VAR_SAMP, "variance of a sample"),
  AGGREGATE ("var_samp", "d:d", 0, NULL, VAR_SAMP, "variance of a sample"),
  AGGREGATE ("var_pop", "d:d", 0, NULL, VAR_POP, "variance of the whole"),
  AGGREGATE ("covar_samp", "d:dd", 0, NULL, COVAR_SAMP, "covariance of a sample"),
  AGGREGATE ("covar_pop", "d:dd", 0, NULL, COVAR_POP, "covariance of the whole"),
  AGGREGATE ("corr", "d:dd", 0, NULL, CORR, "correlation coefficient"),
  AGGREGATE ("regr_slope", "d:dd", 0, NULL, REGR_SLOPE, "slope of the line through the points (second, first)"),
  AGGREGATE ("regr_intercept", "d:dd", 0, NULL, REGR_INTERCEPT, "where that line is at 0"),
  AGGREGATE ("geometric_mean", "d:d", 0, NULL, GEOMETRIC_MEAN, "geometric mean"),
  AGGREGATE ("min_by", "T:TU", 0, NULL, MIN_BY, "the first where the second is smallest"),
  AGGREGATE ("max_by", "T:TU", 0, NULL, MAX_BY, "the first where the second is largest"),
  AGGREGATE ("listagg", "s:s", 0, NULL, LIST, "the texts one after the other; WITHIN GROUP (ORDER BY …) says in which order"),
  AGGREGATE ("listagg", "s:ss", 0, NULL, LIST, "likewise, with the second between them, which is a literal"),

  WINDOW ("row_number", "I:", ROW_NUMBER, "the row's number in its partition, from 1"),
  WINDOW ("rank", "I:", RANK, "likewise, rows of the same order with the same number, and then a gap"),
  WINDOW ("dense_rank", "I:", DENSE_RANK, "likewise, without gaps"),
  WINDOW ("percent_rank", "d:", PERCENT_RANK, "(rank - 1) / (rows - 1), 0 for a single row"),
  WINDOW ("cume_dist", "d:", CUME_DIST, "the share of rows up to this one and those of the same order"),
  WINDOW ("ntile", "I:I", NTILE, "which of so many parts of about the same size the row is in, from 1"),
  WINDOW ("lag", "T:T", LAG, "the value one row before; needs ORDER BY and takes no frame"),
  WINDOW ("lag", "T:TI", LAG, "the value so many rows before"),
  WINDOW ("lag", "T:TIT", LAG, "the value so many rows before, the third argument where there is no such row"),
  WINDOW ("lead", "T:T", LEAD, "the value one row after; needs ORDER BY and takes no frame"),
  WINDOW ("lead", "T:TI", LEAD, "the value so many rows after"),
  WINDOW ("lead", "T:TIT", LEAD, "the value so many rows after, the third argument where there is no such row"),
  WINDOW ("first_value", "T:T", FIRST_VALUE, "the value of the frame's first row"),
  WINDOW ("last_value", "T:T", LAST_VALUE, "the value of the frame's last row"),
  WINDOW ("nth_value", "T:TI", NTH_VALUE, "the value of the frame's row of this number, from 1"),

  LIST ("sequence",
        "I:II",
        0,
        sequence,
        "from the first to the second, both included, in steps of the third; of 1, or of -1 where it counts down, without it"),
  LIST ("sequence", "I:III", 0, sequence, "likewise"),
  LIST ("sequence", "a:aa", 0, sequence, "likewise, in days"),
  LIST ("sequence", "a:aav", 0, sequence, "likewise, in steps of an interval of days or months"),
  LIST ("sequence", "t:ttv", 0, sequence, "likewise, in steps of an interval"),
  LIST ("split", "s:ss", 0, split, "the pieces between delimiters; of so many at most, the last has the rest"),
  LIST ("split", "s:ssI", 0, split, "likewise"),
  LIST ("regexp_extract_all",
        "s:ss",
        SOBRE_SQL_PATTERN,
        regexp_extract_all,
        "what the regular expression finds, one after the other, or what a group of it holds there"),
  LIST ("regexp_extract_all", "s:ssI", SOBRE_SQL_PATTERN, regexp_extract_all, "likewise"),
  LIST ("regexp_split", "s:ss", SOBRE_SQL_PATTERN, regexp_split, "the pieces between what the regular expression finds"),
};

const SobreSqlFunction *
sobre_sql_functions_get (guint *n)
{
  *n = G_N_ELEMENTS (functions);
  return functions;
}

const SobreSqlFunction *
sobre_sql_function_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name))
      return &functions[i];
  return NULL;
}

SobreSqlType
sobre_sql_signature_get_type (char code)
{
  switch (code)
    {
    case 'b':
      return SOBRE_SQL_TYPE (BOOLEAN);
    case 'i':
      return SOBRE_SQL_TYPE (INTEGER);
    case 'I':
      return SOBRE_SQL_TYPE (BIGINT);
    case 'd':
      return SOBRE_SQL_TYPE (DOUBLE);
    case 's':
      return SOBRE_SQL_TYPE (VARCHAR);
    case 'a':
      return SOBRE_SQL_TYPE (DATE);
    case 't':
      return SOBRE_SQL_TYPE (TIMESTAMP);
    case 'z':
      return SOBRE_SQL_TYPE (TIMESTAMP_TZ);
    default:
      return SOBRE_SQL_TYPE (UNKNOWN);
    }
}

gboolean
sobre_sql_signature_fits (char code, SobreSqlType type, gboolean exact)
{
  SobreSqlType wanted = sobre_sql_signature_get_type (code);

  if (code == 'T' || code == 'U' || type.kind == SOBRE_SQL_UNKNOWN)
    return TRUE;
  if (code == 'v')
    return type.kind >= SOBRE_SQL_INTERVAL_DAY;
  if (code == 'D')
    return exact ? type.kind == SOBRE_SQL_DECIMAL : type.kind >= SOBRE_SQL_INTEGER && type.kind <= SOBRE_SQL_DECIMAL;
  return exact ? type.kind == wanted.kind : sobre_sql_type_can_become (type, wanted);
}
