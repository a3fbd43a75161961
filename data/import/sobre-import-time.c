/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A date is first taken apart into numbers, words and the signs before them, then read from the left: the date, a time of day, a zone.
 * What is left over makes it none, so that a sentence with a date in it is not one. */

#include "import/sobre-import-value.h"
#include "model/sobre-time.h"

#define MAX_PARTS 16
#define MAX_TEXT 64
#define FIRST_YEAR 1900
#define LAST_YEAR 2099
#define FIRST_YEAR_OF_CENTURY 69 /* POSIX, strptime(): 69–99 are 1969–1999 */
#define NOON_MS (12 * G_GINT64_CONSTANT (3600000))

/** Part: @sign: the last byte before it that is no blank, 0 for none · @word: (nullable): of a word, in lower case, else a number */
typedef struct
{
  char sign;
  gboolean is_word;
  char word[MAX_TEXT + 1];
  gint64 number;
  guint n_digits;
} Part;

/** Parts: @at: the next one that is read */
typedef struct
{
  Part parts[MAX_PARTS];
  guint n;
  guint at;
} Parts;

/** What stands for a month in English, German, French, Spanish, Italian, Portuguese and Dutch: how such a word begins. */
static const char *const months[12] = {
  "jan|janv|ene|gen",
  "feb|fév|fev|feb",
  "mar|mär|mrz|maa|mrt",
  "apr|avr|abr",
  "may|mai|mei|mag|mayo",
  "jun|juin|giu|junho",
  "jul|juil|lug|julho",
  "aug|aoû|aou|ago",
  "sep|set",
  "oct|okt|ott|out",
  "nov",
  "dec|déc|dez|dic",
};

/* Words that may stand in a date and say nothing. */
static const char *const fillers[] = { "t",  "at", "um", "uhr", "de",    "del", "of", "st", "nd",    "rd",
                                       "th", "o",  "er", "à",   "a las", "le",  "el", "h",  "heures" };
static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo",  "di",  "mi",
                                        "do",  "fr",  "sa",  "so",  "lun", "mar", "mer", "mié", "jeu", "jue",
                                        "ven", "vie", "sam", "sáb", "sab", "dim", "dom", "gio", "seg", "ter",
                                        "qua", "qui", "sex", "maa", "woe", "don", "vri", "zat", "zon" };

static gboolean
add_part (Parts *parts, Part *part)
{
  if (parts->n == MAX_PARTS)
    return FALSE;
  parts->parts[parts->n++] = *part;
  return TRUE;
}

static gsize
read_word (const char *at, const char *end, Part *part)
{
  const char *from = at;
  gsize length = 0;

  while (at < end)
    {
      gunichar character = g_utf8_get_char_validated (at, end - at);

      if (character >= 0x80000000 || !g_unichar_isalpha (character))
        break;
      at = g_utf8_next_char (at);
      if (length + 6 <= MAX_TEXT)
        length += (gsize) g_unichar_to_utf8 (g_unichar_tolower (character), part->word + length);
    }
  part->word[length] = '\0';
  part->is_word = TRUE;
  return (gsize) (at - from);
}

static gsize
read_digits (const char *at, const char *end, Part *part)
{
  const char *from = at;

  part->is_word = FALSE;
  part->number = 0;
  while (at < end && g_ascii_isdigit (*at) && at - from < 18)
    part->number = part->number * 10 + (*at++ - '0');
  part->n_digits = (guint) (at - from);
  return (gsize) (at - from);
}

static gboolean
split (SobreText text, Parts *parts)
{
  const char *at = text.data;
  const char *end = at + text.length;
  char sign = '\0';

  parts->n = parts->at = 0;
  if (text.data == NULL || text.length > MAX_TEXT)
    return FALSE;
  while (at < end)
    {
      Part part = { .sign = sign };
      gsize n = g_ascii_isdigit (*at) ? read_digits (at, end, &part) : read_word (at, end, &part);

      if (n > 0)
        {
          if (!add_part (parts, &part))
            return FALSE;
          sign = '\0';
          at += n;
          continue;
        }
      /* A no-break space, which some locales put before AM, is a blank. */
      if (end - at >= 3 && memcmp (at, "\xe2\x80\xaf", 3) == 0)
        at += 3;
      else if (end - at >= 2 && memcmp (at, "\xc2\xa0", 2) == 0)
        at += 2;
      else if (strchr (" -/.,:+", *at) == NULL)
        return FALSE;
      else
        sign = *at++ == ' ' ? (sign == '\0' ? ' ' : sign) : at[-1];
    }
  return parts->n > 0;
}

static Part *
peek (Parts *parts)
{
  return parts->at < parts->n ? &parts->parts[parts->at] : NULL;
}

static gboolean
is_one_of (const char *word, const char *const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (strcmp (words[i], word) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
skip_fillers (Parts *parts)
{
  for (Part *part = peek (parts); part != NULL && part->is_word && is_one_of (part->word, fillers, G_N_ELEMENTS (fillers));
       part = peek (parts))
    parts->at++;
}

/* 1–12, 0 for a word that is no month. */
static int
find_month (const char *word)
{
  for (int month = 0; month < 12; month++)
    {
      g_auto (GStrv) beginnings = g_strsplit (months[month], "|", -1);

      for (guint i = 0; beginnings[i] != NULL; i++)
        {
          if (g_str_has_prefix (word, beginnings[i]))
            return month + 1;
        }
    }
  return 0;
}

static void
skip_weekday (Parts *parts)
{
  const Part *part = peek (parts);
  const Part *next = parts->at + 1 < parts->n ? part + 1 : NULL;

  if (part == NULL || !part->is_word || next == NULL)
    return;
  /* "Mar 3, 2015" is March, "mar. 3 mars 2015" is a Tuesday. */
  if (find_month (part->word) != 0)
    {
      gboolean other = FALSE;

      for (guint i = parts->at + 1; i < parts->n; i++)
        other |= parts->parts[i].is_word && find_month (parts->parts[i].word) != 0;
      if (!other)
        return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (weekdays); i++)
    {
      if (g_str_has_prefix (part->word, weekdays[i]))
        {
          parts->at++;
          return;
        }
    }
}

static gboolean
make_day (gint64 year, guint n_year_digits, gint64 month, gint64 day, gint32 *result)
{
  int y, m, d;

  if (n_year_digits <= 2)
    year += year >= FIRST_YEAR_OF_CENTURY ? 1900 : 2000;
  else if (n_year_digits != 4)
    return FALSE;
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  *result = sobre_day_from_civil ((int) year, (int) month, (int) day);
  sobre_day_to_civil (*result, &y, &m, &d);
  return d == day;
}

/* A date with the month as a word: 3 Jan 2015, Jan 3, 2015, 2015 Jan 3. */
static gboolean
read_worded_date (const Part *numbers[2], int month, gboolean month_first, gint32 *day)
{
  gboolean year_first = !month_first && numbers[0]->n_digits == 4;
  const Part *year = numbers[year_first ? 0 : 1];
  const Part *day_part = numbers[year_first ? 1 : 0];

  return day_part->n_digits <= 2 && make_day (year->number, year->n_digits, month, day_part->number, day);
}

static gboolean
read_numeric_date (const Part *parts[3], guint order, gint32 *day)
{
  const Part *year, *month, *day_part;
  char sign = parts[1]->sign;

  if (sign != parts[2]->sign || strchr ("-/. ", sign) == NULL)
    return FALSE;
  if (parts[0]->n_digits == 4)
    order = SOBRE_DATE_YMD;
  else if (order == SOBRE_DATE_YMD && parts[2]->n_digits == 4)
    return FALSE;
  /* With points, the day comes first wherever it is written so. */
  else if (sign == '.')
    order = SOBRE_DATE_DMY;
  year = order == SOBRE_DATE_YMD ? parts[0] : parts[2];
  month = order == SOBRE_DATE_MDY ? parts[0] : parts[1];
  day_part = order == SOBRE_DATE_DMY ? parts[0] : order == SOBRE_DATE_MDY ? parts[1] : parts[2];
  if (month->n_digits > 2 || day_part->n_digits > 2)
    return FALSE;
  return make_day (year->number, year->n_digits, month->number, day_part->number, day);
}

static gboolean
read_date (Parts *parts, guint order, gint32 *day)
{
  const Part *numbers[3] = { NULL, NULL, NULL };
  guint n = 0;
  int month = 0;
  gboolean month_first = FALSE;

  skip_weekday (parts);
  while (n + (month != 0) < 3)
    {
      const Part *part;

      if (n > 0 || month != 0)
        skip_fillers (parts);
      part = peek (parts);
      if (part == NULL)
        return FALSE;
      parts->at++;
      if (!part->is_word)
        {
          numbers[n++] = part;
          continue;
        }
      if (month != 0 || (month = find_month (part->word)) == 0)
        return FALSE;
      month_first = n == 0;
    }
  return month != 0 ? read_worded_date (numbers, month, month_first, day) : read_numeric_date (numbers, order, day);
}

static gboolean
take_number (Parts *parts, const char *signs, guint min_digits, guint max_digits, gint64 limit, gint64 *number)
{
  const Part *part = peek (parts);

  if (part == NULL || part->is_word || (part->sign != '\0' && strchr (signs, part->sign) == NULL) ||
      part->n_digits < min_digits || part->n_digits > max_digits || part->number > limit)
    return FALSE;
  *number = part->number;
  parts->at++;
  return TRUE;
}

/* "am", "p", "p m": 0 for none, 1 for the morning, 2 for the afternoon. */
static guint
take_half (Parts *parts)
{
  const Part *part = peek (parts);
  const Part *next = parts->at + 1 < parts->n ? part + 1 : NULL;
  gboolean apart = next != NULL && next->is_word && strcmp (next->word, "m") == 0;

  if (part == NULL || !part->is_word)
    return 0;
  if (strcmp (part->word, "am") == 0 || (apart && strcmp (part->word, "a") == 0))
    {
      parts->at += part->word[1] == '\0' ? 2 : 1;
      return 1;
    }
  if (strcmp (part->word, "pm") == 0 || (apart && strcmp (part->word, "p") == 0))
    {
      parts->at += part->word[1] == '\0' ? 2 : 1;
      return 2;
    }
  return 0;
}

static gint64
read_fraction (const Part *part)
{
  gint64 value = part->number;

  for (guint i = part->n_digits; i < 3; i++)
    value *= 10;
  for (guint i = part->n_digits; i > 3; i--)
    value /= 10;
  return value;
}

/* The time of day at the next part. */
static gboolean
read_clock (Parts *parts, gint64 *ms)
{
  gint64 hour, minute = 0, second = 0, fraction = 0;
  gboolean has_minute;
  guint half;

  if (!take_number (parts, " ,T", 1, 2, 24, &hour))
    return FALSE;
  if (peek (parts) != NULL && peek (parts)->is_word && strcmp (peek (parts)->word, "h") == 0)
    parts->at++;
  has_minute = take_number (parts, ":.", 2, 2, 59, &minute);
  if (has_minute && take_number (parts, ":.", 2, 2, 60, &second) && peek (parts) != NULL && !peek (parts)->is_word &&
      strchr (".,", peek (parts)->sign) != NULL && peek (parts)->sign != '\0' && peek (parts)->n_digits <= 9)
    fraction = read_fraction (&parts->parts[parts->at++]);
  half = take_half (parts);
  if ((half == 0 && !has_minute) || (half != 0 && (hour < 1 || hour > 12)) || hour * 60 + minute > 24 * 60)
    return FALSE;
  if (half != 0)
    hour = hour % 12 + (half == 2 ? 12 : 0);
  *ms = ((hour * 60 + minute) * 60 + MIN (second, 59)) * 1000 + fraction;
  return TRUE;
}

static gboolean
take_zone_word (Parts *parts)
{
  static const char *const names[] = { "z", "utc", "gmt" };
  const Part *part = peek (parts);

  if (part == NULL || !part->is_word || !is_one_of (part->word, names, G_N_ELEMENTS (names)))
    return FALSE;
  parts->at++;
  return TRUE;
}

/* Z, UTC, GMT+2, +02:00, -0530. */
static gboolean
read_zone (Parts *parts, SobreImportTime *time)
{
  const Part *part;
  gint64 sign, hours, minutes = 0;

  time->has_zone = take_zone_word (parts);
  part = peek (parts);
  if (part == NULL || part->is_word || (part->sign != '+' && part->sign != '-'))
    return TRUE;
  sign = part->sign == '+' ? 1 : -1;
  if (part->n_digits == 4)
    {
      hours = part->number / 100;
      minutes = part->number % 100;
      parts->at++;
    }
  else if (!take_number (parts, "+-", 1, 2, 15, &hours))
    return FALSE;
  else
    take_number (parts, ":", 2, 2, 59, &minutes);
  time->has_zone = TRUE;
  time->offset = sign * (hours * 60 + minutes) * 60000;
  return hours <= 15 && minutes <= 59;
}

/* One number alone: a date without signs between, or an instant. */
static gboolean
read_alone (const Part *part, SobreImportTime *time)
{
  gint64 date = part->number, clock = 0;
  gint32 day;

  if (part->n_digits == 10 || part->n_digits == 13)
    {
      *time = (SobreImportTime) { part->number * (part->n_digits == 10 ? 1000 : 1), TRUE, TRUE, 0 };
      return TRUE;
    }
  if (part->n_digits != 8 && part->n_digits != 14)
    return FALSE;
  if (part->n_digits == 14)
    {
      date = part->number / 1000000;
      clock = part->number % 1000000;
    }
  if (!make_day (date / 10000, 4, date / 100 % 100, date % 100, &day) || clock / 10000 > 23 || clock / 100 % 100 > 59 ||
      clock % 100 > 59)
    return FALSE;
  *time = (SobreImportTime) { .local = day * SOBRE_DAY_MS, .has_clock = part->n_digits == 14 };
  time->local += time->has_clock ? ((clock / 10000 * 60 + clock / 100 % 100) * 60 + clock % 100) * 1000 : NOON_MS;
  return TRUE;
}

gboolean
sobre_import_time_parse (SobreText text, guint order, SobreImportTime *time)
{
  gint64 clock;
  gint32 day;
  Parts parts;

  *time = (SobreImportTime) { 0 };
  if (!split (text, &parts))
    return FALSE;
  if (parts.n == 1)
    return !parts.parts[0].is_word && parts.parts[0].sign == '\0' && read_alone (&parts.parts[0], time);
  if (!read_date (&parts, order, &day))
    return FALSE;
  time->local = day * SOBRE_DAY_MS + NOON_MS;
  skip_fillers (&parts);
  if (peek (&parts) != NULL)
    {
      if (!read_clock (&parts, &clock))
        return FALSE;
      time->has_clock = TRUE;
      time->local += clock - NOON_MS;
      skip_fillers (&parts);
      if (!read_zone (&parts, time))
        return FALSE;
    }
  return peek (&parts) == NULL;
}

guint
sobre_import_time_get_orders (SobreText text, gboolean *differ)
{
  static const guint orders[] = { SOBRE_DATE_DMY, SOBRE_DATE_MDY, SOBRE_DATE_YMD };
  guint possible = 0;
  gint64 first = 0;

  *differ = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      SobreImportTime time;

      if (!sobre_import_time_parse (text, orders[i], &time))
        continue;
      if (possible == 0)
        first = time.local;
      *differ |= time.local != first;
      possible |= orders[i];
    }
  /* Where two orders come to the same, the third one would only be the wrong one by its look. */
  return possible != 0 && !*differ && (possible & (possible - 1)) != 0 ? SOBRE_DATE_ANY : possible;
}

gboolean
sobre_import_clock_parse (SobreText text, gint64 *ms)
{
  Parts parts;

  if (!split (text, &parts) || !read_clock (&parts, ms))
    return FALSE;
  skip_fillers (&parts);
  return peek (&parts) == NULL && *ms < SOBRE_DAY_MS;
}
