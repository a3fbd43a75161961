/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Civil dates and instants, without a library call on the way: a lake of a million answers holds two million of these texts.
 *
 * The day count is the one of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013): years are counted from
 * 1 March, so that a leap day is the last day of its year, and in eras of 400 years, which all have 146,097 days. */

#include <string.h>

#include "model/sobre-time.h"

#define DAYS_PER_ERA 146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

#define FIRST_TIME_MS G_GINT64_CONSTANT (-62135596800000) /* 0001-01-01T00:00:00.000Z */
#define LAST_TIME_MS G_GINT64_CONSTANT (253402300799999)  /* 9999-12-31T23:59:59.999Z */

gint32
sobre_day_from_civil (int year, int month, int day)
{
  int shifted = month <= 2 ? year - 1 : year;
  int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  int year_of_era = shifted - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

void
sobre_day_to_civil (gint32 day, int *year, int *month, int *day_of_month)
{
  gint64 shifted = (gint64) day + DAYS_TO_EPOCH;
  gint64 era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int day_of_era = (int) (shifted - era * DAYS_PER_ERA);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted_month = (5 * day_of_year + 2) / 153;

  *day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  *year = (int) (year_of_era + era * 400) + (*month <= 2);
}

int
sobre_day_get_weekday (gint32 day)
{
  /* 1970-01-01 was a Thursday. */
  int weekday = (int) (((gint64) day + 3) % 7);

  return weekday < 0 ? weekday + 7 : weekday;
}

/* Reads two digits; a byte that is none makes the result negative or at least 100. */
static inline int
read_two_digits (const char *text)
{
  guint tens = (guint) (guint8) text[0] - '0';
  guint ones = (guint) (guint8) text[1] - '0';

  return tens <= 9 && ones <= 9 ? (int) (tens * 10 + ones) : -1;
}

static inline int
count_days_of_month (int year, int month)
{
  static const guint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    return 29;
  return lengths[month - 1];
}

static inline gboolean
read_date (const char *text, gint32 *day)
{
  int century = read_two_digits (text);
  int year_of_century = read_two_digits (text + 2);
  int month = read_two_digits (text + 5);
  int day_of_month = read_two_digits (text + 8);
  int year = century * 100 + year_of_century;

  if ((century | year_of_century | month | day_of_month) < 0 || text[4] != '-' || text[7] != '-')
    return FALSE;
  if (year == 0 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > count_days_of_month (year, month))
    return FALSE;

  *day = sobre_day_from_civil (year, month, day_of_month);
  return TRUE;
}

gboolean
sobre_day_parse (const char *text, gsize length, gint32 *day)
{
  return length == SOBRE_DAY_STRING_LENGTH && read_date (text, day);
}

static void
write_digits (char *at, guint value, guint n_digits)
{
  for (guint i = n_digits; i > 0; i--, value /= 10)
    at[i - 1] = (char) ('0' + value % 10);
}

void
sobre_day_format (gint32 day, char string[SOBRE_DAY_STRING_LENGTH + 1])
{
  int year, month, day_of_month;

  day = CLAMP (day, (gint32) (FIRST_TIME_MS / SOBRE_DAY_MS), (gint32) (LAST_TIME_MS / SOBRE_DAY_MS));
  sobre_day_to_civil (day, &year, &month, &day_of_month);
  write_digits (string, (guint) year, 4);
  write_digits (string + 5, (guint) month, 2);
  write_digits (string + 8, (guint) day_of_month, 2);
  string[4] = string[7] = '-';
  string[SOBRE_DAY_STRING_LENGTH] = '\0';
}

/* Reads the digits between the decimal point and the Z, the first three of which count. */
static inline gboolean
read_fraction (const char *digits, gsize n_digits, int *milliseconds)
{
  static const int weights[] = { 100, 10, 1, 0, 0, 0, 0, 0, 0 };
  int sum = 0;

  if (n_digits < 1 || n_digits > G_N_ELEMENTS (weights))
    return FALSE;
  for (gsize i = 0; i < n_digits; i++)
    {
      guint digit = (guint) (guint8) digits[i] - '0';

      if (digit > 9)
        return FALSE;
      sum += (int) digit * weights[i];
    }

  *milliseconds = sum;
  return TRUE;
}

gboolean
sobre_time_parse (const char *text, gsize length, gint64 *time_ms)
{
  int hour, minute, second, milliseconds = 0;
  gint32 day;

  if (length < strlen ("YYYY-MM-DDTHH:MM:SSZ") || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[length - 1] != 'Z')
    return FALSE;

  hour = read_two_digits (text + 11);
  minute = read_two_digits (text + 14);
  second = read_two_digits (text + 17);
  if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59 || !read_date (text, &day))
    return FALSE;
  if (length > 20 && (text[19] != '.' || !read_fraction (text + 20, length - 21, &milliseconds)))
    return FALSE;

  *time_ms = day * SOBRE_DAY_MS + (hour * 3600 + minute * 60 + second) * G_GINT64_CONSTANT (1000) + milliseconds;
  return TRUE;
}

void
sobre_time_format (gint64 time_ms, char string[SOBRE_TIME_STRING_LENGTH + 1])
{
  gint64 day;
  guint of_day;

  time_ms = CLAMP (time_ms, FIRST_TIME_MS, LAST_TIME_MS);
  day = (time_ms >= 0 ? time_ms : time_ms - (SOBRE_DAY_MS - 1)) / SOBRE_DAY_MS;
  of_day = (guint) (time_ms - day * SOBRE_DAY_MS);

  sobre_day_format ((gint32) day, string);
  write_digits (string + 11, of_day / 3600000, 2);
  write_digits (string + 14, of_day / 60000 % 60, 2);
  write_digits (string + 17, of_day / 1000 % 60, 2);
  write_digits (string + 20, of_day % 1000, 3);
  string[10] = 'T';
  string[13] = string[16] = ':';
  string[19] = '.';
  string[23] = 'Z';
  string[SOBRE_TIME_STRING_LENGTH] = '\0';
}
