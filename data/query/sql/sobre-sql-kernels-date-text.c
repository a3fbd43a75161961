/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

#include "model/sobre-time.h"

/* date_parse() by MySQL's fields and format_datetime() by Joda's letters: what of them is plain. The rest is refused. */

/** Fields: of a time that is read: all as they are written */
typedef struct
{
  gint64 year, month, day, hour, minute, second, millisecond;
  gboolean has_year;
} Fields;

/* One to @most digits, as Joda reads them. */
static gboolean
read_digits (SobreText *text, gsize most, gint64 *number)
{
  gsize n = 0;

  for (*number = 0; n < most && n < text->length && g_ascii_isdigit (text->data[n]); n++)
    *number = *number * 10 + (text->data[n] - '0');
  *text = (SobreText) { text->data + n, text->length - n };
  return n > 0;
}

/* Up to nine digits behind the point of seconds, of which three count. */
static gboolean
read_fraction (SobreText *text, gint64 *milliseconds)
{
  gint64 unit = 100;
  gsize n = 0;

  for (*milliseconds = 0; n < 9 && n < text->length && g_ascii_isdigit (text->data[n]); n++, unit /= 10)
    *milliseconds += (text->data[n] - '0') * unit;
  *text = (SobreText) { text->data + n, text->length - n };
  return n > 0;
}

static gboolean
read_literal (SobreText *text, char letter)
{
  if (text->length == 0 || g_ascii_tolower (text->data[0]) != g_ascii_tolower (letter))
    return FALSE;
  *text = (SobreText) { text->data + 1, text->length - 1 };
  return TRUE;
}

static gboolean
read_clock (SobreText *text, Fields *fields)
{
  return read_digits (text, 2, &fields->hour) && read_literal (text, ':') && read_digits (text, 2, &fields->minute) &&
         read_literal (text, ':') && read_digits (text, 2, &fields->second);
}

/* @known: %FALSE for a field that is not read here */
static gboolean
read_field (SobreText *text, char field, Fields *fields, gboolean *known)
{
  *known = TRUE;
  switch (field)
    {
    case 'Y':
      fields->has_year = TRUE;
      return read_digits (text, 4, &fields->year);
    case 'm':
    case 'c':
      return read_digits (text, 2, &fields->month);
    case 'd':
    case 'e':
      return read_digits (text, 2, &fields->day);
    case 'H':
    case 'k':
      return read_digits (text, 2, &fields->hour);
    case 'i':
      return read_digits (text, 2, &fields->minute);
    case 's':
    case 'S':
      return read_digits (text, 2, &fields->second);
    case 'f':
      return read_fraction (text, &fields->millisecond);
    case 'T':
      return read_clock (text, fields);
    case '%':
      return read_literal (text, '%');
    default:
      *known = FALSE;
      return FALSE;
    }
}

static gboolean
put_together (SobreSqlFrame *frame, const Fields *fields, SobreSqlValue *result)
{
  char text[16];
  gint64 day;

  if (fields->year < 1)
    return SOBRE_SQL_REFUSE (frame, "a date before the year 1 or after the year 9999 is not available offline");
  g_snprintf (text, sizeof text, "%04d-%02d-%02d", (int) fields->year, (int) fields->month, (int) fields->day);
  if (!sobre_sql_parse_date (sobre_text (text), &day) || fields->hour > 23 || fields->minute > 59 || fields->second > 59)
    return SOBRE_SQL_FAIL (frame, "there is no such date or time");
  result->i = day * SOBRE_DAY_MS + ((fields->hour * 60 + fields->minute) * 60 + fields->second) * 1000 + fields->millisecond;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (date_parse)
{
  SobreText text = arguments[0].s, format = arguments[1].s;
  Fields fields = { .year = 1970, .month = 1, .day = 1 };

  for (gsize i = 0; i < format.length; i++)
    {
      gboolean known = TRUE, read;

      if (format.data[i] != '%')
        read = read_literal (&text, format.data[i]);
      else if (++i == format.length)
        return SOBRE_SQL_REFUSE (frame, "a format that ends in %% is not available offline");
      else
        read = read_field (&text, format.data[i], &fields, &known);
      if (!known)
        return SOBRE_SQL_REFUSE (frame, "date_parse() with %%%c is not available offline yet", format.data[i]);
      if (!read && format.data[i] == 'Y' && text.length > 0 && strchr ("+-", text.data[0]) != NULL)
        return SOBRE_SQL_REFUSE (frame, "a year with a sign is not available offline");
      if (!read)
        return SOBRE_SQL_FAIL (frame, "a text that is not of the format of date_parse()");
    }
  if (text.length > 0)
    return SOBRE_SQL_FAIL (frame, "a text that goes on behind the format of date_parse()");
  if (!fields.has_year)
    return SOBRE_SQL_REFUSE (frame, "date_parse() without %%Y is not available offline yet");
  return put_together (frame, &fields, result);
}

static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December" };
static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

/* Three letters of a name, or all of it where there are four of the format's. */
static gboolean
append_name (GString *text, const char *name, gsize n)
{
  if (n >= 4)
    g_string_append (text, name);
  else
    g_string_append_len (text, name, 3);
  return TRUE;
}

static gboolean
append_number (GString *text, gint64 number, gsize n, gsize most)
{
  g_string_append_printf (text, "%0*d", (int) n, (int) number);
  return n <= most;
}

/* @n times @letter; %FALSE for what is not written here. */
static gboolean
append_letters (GString *text, char letter, gsize n, gint64 local)
{
  gint64 day = sobre_sql_floor_divide (local, SOBRE_DAY_MS);
  gint64 time = local - day * SOBRE_DAY_MS;
  gint64 hour = time / 3600000;
  int year, month, day_of_month;

  sobre_day_to_civil ((gint32) day, &year, &month, &day_of_month);
  switch (letter)
    {
    case 'y':
    case 'Y':
      return n == 4 && append_number (text, year, n, 4);
    case 'M':
      return n >= 3 ? append_name (text, months[month - 1], n) : append_number (text, month, n, 2);
    case 'd':
      return append_number (text, day_of_month, n, 2);
    case 'E':
      return append_name (text, days[sobre_day_get_weekday ((gint32) day)], n);
    case 'H':
      return append_number (text, hour, n, 2);
    case 'h':
      return append_number (text, hour % 12 == 0 ? 12 : hour % 12, n, 2);
    case 'm':
      return append_number (text, time / 60000 % 60, n, 2);
    case 's':
      return append_number (text, time / 1000 % 60, n, 2);
    case 'S':
      return n == 3 && append_number (text, time % 1000, n, 3);
    case 'a':
      g_string_append (text, hour < 12 ? "AM" : "PM");
      return TRUE;
    default:
      return FALSE;
    }
}

/* A text in quotes, of which two stand for one; from its first quote on. @i: (inout): of the last character that belongs to it */
static gboolean
append_quoted (GString *text, SobreText format, gsize *i)
{
  if (*i + 1 < format.length && format.data[*i + 1] == '\'')
    {
      g_string_append_c (text, '\'');
      (*i)++;
      return TRUE;
    }
  for ((*i)++; *i < format.length; (*i)++)
    if (format.data[*i] != '\'')
      g_string_append_c (text, format.data[*i]);
    else if (*i + 1 < format.length && format.data[*i + 1] == '\'')
      {
        g_string_append_c (text, '\'');
        (*i)++;
      }
    else
      return TRUE;
  return FALSE;
}

SOBRE_SQL_DECLARE_KERNEL (format_datetime)
{
  SobreText format = arguments[1].s;
  gint64 local = sobre_sql_get_local (frame->expr->children[0]->type, &arguments[0]);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < format.length; i++)
    {
      char letter = format.data[i];
      gsize n = 1;

      if (letter == '\'' && append_quoted (text, format, &i))
        continue;
      if (!g_ascii_isalpha (letter) && letter != '\'')
        {
          g_string_append_c (text, letter);
          continue;
        }
      for (; i + 1 < format.length && format.data[i + 1] == letter; i++)
        n++;
      if (letter == '\'' || !append_letters (text, letter, n, local))
        return SOBRE_SQL_REFUSE (frame, "format_datetime() with %u times %c is not available offline yet", (guint) n, letter);
      if (text->len > SOBRE_SQL_MAX_TEXT)
        return sobre_query_error_set (frame->error, SOBRE_QUERY_ERROR_LIMIT, frame->expr->position,
                                      "a text longer than %d bytes", SOBRE_SQL_MAX_TEXT);
    }
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { text->str, text->len });
  return TRUE;
}
