/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-text.h"

/* Dates, times and numbers as other programs write them. Which of day and month comes first, and which of comma and point is the decimal
 * sign, a single value often does not say; so each reader also tells which readings a value leaves, and a column's values together tell more. */

/** SobreDateOrder: bits of a set, too. */
typedef enum
{
  SOBRE_DATE_DMY = 1 << 0,
  SOBRE_DATE_MDY = 1 << 1,
  SOBRE_DATE_YMD = 1 << 2,
} SobreDateOrder;

#define SOBRE_DATE_ANY (SOBRE_DATE_DMY | SOBRE_DATE_MDY | SOBRE_DATE_YMD)

/** SobreDecimal: bits of a set, too. */
typedef enum
{
  SOBRE_DECIMAL_POINT = 1 << 0,
  SOBRE_DECIMAL_COMMA = 1 << 1,
} SobreDecimal;

#define SOBRE_DECIMAL_ANY (SOBRE_DECIMAL_POINT | SOBRE_DECIMAL_COMMA)

/** "dmy", "mdy", "ymd" and "point", "comma": as options and mappings name them. %NULL for a set of several. */
const char *sobre_date_order_get_name (guint order);
gboolean sobre_date_order_parse (const char *name, guint *order);
const char *sobre_decimal_get_name (guint decimal);
gboolean sobre_decimal_parse (const char *name, guint *decimal);

/**
 * SobreImportTime:
 * @local: milliseconds from the epoch to the wall clock's time, as if it were UTC
 * @has_clock: whether a time of day was given; @local is that of 12:00 where not
 * @has_zone: whether an offset from UTC was given
 * @offset: it, milliseconds east
 */
typedef struct
{
  gint64 local;
  gboolean has_clock;
  gboolean has_zone;
  gint64 offset;
} SobreImportTime;

/**
 * sobre_import_time_parse:
 * @order: one %SobreDateOrder; counts only where the text leaves more than one
 *
 * Reads a date, with or without a time of day: year first, year last with slashes, dashes, points (day first then) or blanks, years of two
 * digits (69–99 are 1969–1999), months as words in seven languages, AM and PM, fractions of seconds, Z, UTC, GMT and offsets, a
 * weekday before it; seconds or milliseconds since the epoch; YYYYMMDD and YYYYMMDDHHMMSS. Years are 1900 to 2099.
 *
 * Returns: %FALSE when @text is anything else
 */
gboolean sobre_import_time_parse (SobreText text, guint order, SobreImportTime *time);

/**
 * sobre_import_time_get_orders:
 * @differ: (out): whether it makes a difference which of them is taken
 *
 * Returns: the set of orders that @text can be read in; 0 for no date
 */
guint sobre_import_time_get_orders (SobreText text, gboolean *differ);

/** sobre_import_clock_parse: a time of day alone: "20:15", "8:15:30 PM", "20.15", "20h15". @ms: (out): milliseconds after midnight */
gboolean sobre_import_clock_parse (SobreText text, gint64 *ms);

/** SobreImportNumber: @mantissa × 10^−@scale, without zeros at its end · @currency: the code or sign beside it as a code, or "" */
typedef struct
{
  gint64 mantissa;
  guint scale;
  char currency[4];
} SobreImportNumber;

/**
 * sobre_import_number_parse:
 * @decimal: one %SobreDecimal
 *
 * Reads a number of at most 15 digits and 6 decimals: thousands apart by point, comma, blank or apostrophe, in groups of three; a sign
 * before or behind, or brackets for below zero; a currency's sign or code before or behind ("$" has no code: the currency is "$").
 *
 * Returns: %FALSE when @text is anything else
 */
gboolean sobre_import_number_parse (SobreText text, guint decimal, SobreImportNumber *number);

/**
 * sobre_import_number_get_decimals:
 * @differ: (out): whether it makes a difference which of them is taken
 *
 * Returns: the set of decimal signs that @text can be read with; 0 for no number
 */
guint sobre_import_number_get_decimals (SobreText text, gboolean *differ);

/** sobre_import_number_append: writes it as JSON has it */
void sobre_import_number_append (GString *json, const SobreImportNumber *number);
