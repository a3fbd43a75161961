/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "query/sobre-value-text.h"

/* The fields of an instant and its texts. A timestamp with time zone is looked at in its own zone, everything else as it stands. */

gint64
sobre_sql_get_local (SobreSqlType type, const SobreSqlValue *value)
{
  if (type.kind == SOBRE_SQL_DATE)
    return value->i * SOBRE_DAY_MS;
  if (type.kind == SOBRE_SQL_TIMESTAMP_TZ)
    return value->i + sobre_sql_zone_get_offset (type.zone, value->i);
  return value->i;
}

gboolean
sobre_sql_set_local (SobreSqlFrame *frame, SobreSqlType type, gint64 local, SobreSqlValue *value)
{
  if (local < SOBRE_SQL_MIN_TIME || local > SOBRE_SQL_MAX_TIME)
    return SOBRE_SQL_REFUSE (frame, "a date before the year 1 or after the year 9999 is not available offline");
  if (type.kind == SOBRE_SQL_DATE)
    value->i = sobre_sql_floor_divide (local, SOBRE_DAY_MS);
  else if (type.kind == SOBRE_SQL_TIMESTAMP_TZ)
    value->i = sobre_sql_zone_to_utc (type.zone, local);
  else
    value->i = local;
  return TRUE;
}

static gint64
get_local (const SobreSqlFrame *frame, const SobreSqlValue *arguments)
{
  return sobre_sql_get_local (frame->expr->children[0]->type, &arguments[0]);
}

static gint32
get_day (const SobreSqlFrame *frame, const SobreSqlValue *arguments)
{
  return (gint32) sobre_sql_floor_divide (get_local (frame, arguments), SOBRE_DAY_MS);
}

static gint64
get_time_of_day (const SobreSqlFrame *frame, const SobreSqlValue *arguments)
{
  gint64 local = get_local (frame, arguments);

  return local - sobre_sql_floor_divide (local, SOBRE_DAY_MS) * SOBRE_DAY_MS;
}

typedef struct
{
  int year, month, day;
} Civil;

static Civil
get_civil (gint32 day)
{
  Civil civil;

  sobre_day_to_civil (day, &civil.year, &civil.month, &civil.day);
  return civil;
}

/* The Thursday of a day's ISO week: its year is the week's year. */
static gint32
get_thursday (gint32 day)
{
  return day - sobre_day_get_weekday (day) + 3;
}

static gint64
get_week (gint32 day)
{
  gint32 thursday = get_thursday (day);

  return (thursday - sobre_day_from_civil (get_civil (thursday).year, 1, 1)) / 7 + 1;
}

static gint64
get_day_of_year (gint32 day)
{
  return day - sobre_day_from_civil (get_civil (day).year, 1, 1) + 1;
}

#define FIELD_KERNEL(name, expression)                                                                                         \
  SOBRE_SQL_DECLARE_KERNEL (name)                                                                                              \
  {                                                                                                                            \
    result->i = (expression);                                                                                                  \
    return TRUE;                                                                                                               \
  }

FIELD_KERNEL (year, get_civil (get_day (frame, arguments)).year)
FIELD_KERNEL (quarter, (get_civil (get_day (frame, arguments)).month + 2) / 3)
FIELD_KERNEL (month, get_civil (get_day (frame, arguments)).month)
FIELD_KERNEL (week, get_week (get_day (frame, arguments)))
FIELD_KERNEL (year_of_week, get_civil (get_thursday (get_day (frame, arguments))).year)
FIELD_KERNEL (day, get_civil (get_day (frame, arguments)).day)
FIELD_KERNEL (day_of_week, sobre_day_get_weekday (get_day (frame, arguments)) + 1)
FIELD_KERNEL (day_of_year, get_day_of_year (get_day (frame, arguments)))
FIELD_KERNEL (hour, get_time_of_day (frame, arguments) / 3600000)
FIELD_KERNEL (minute, get_time_of_day (frame, arguments) / 60000 % 60)
FIELD_KERNEL (second, get_time_of_day (frame, arguments) / 1000 % 60)
FIELD_KERNEL (millisecond, get_time_of_day (frame, arguments) % 1000)

gboolean
sobre_sql_parse_date (SobreText text, gint64 *day)
{
  gint32 parsed;

  if (!sobre_day_parse (text.data, text.length, &parsed) || parsed < SOBRE_SQL_MIN_TIME / SOBRE_DAY_MS)
    return FALSE;
  *day = parsed;
  return TRUE;
}

static gboolean
parse_two (const char *text, int limit, int *number)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *number = (text[0] - '0') * 10 + (text[1] - '0');
  return *number < limit;
}

/* HH:MM[:SS[.fff]]; more than three digits of a fraction are not exact here, so they are none. */
static gboolean
parse_time_of_day (const char *text, gsize length, gint64 *milliseconds)
{
  int hour, minute, second = 0;
  gint64 fraction = 0;

  if (length < 5 || !parse_two (text, 24, &hour) || text[2] != ':' || !parse_two (text + 3, 60, &minute))
    return FALSE;
  if (length > 5 && (length < 8 || text[5] != ':' || !parse_two (text + 6, 60, &second)))
    return FALSE;
  if (length > 8)
    {
      gint64 unit = 100;

      if (text[8] != '.' || length == 9 || length > 12)
        return FALSE;
      for (gsize i = 9; i < length; i++, unit /= 10)
        {
          if (!g_ascii_isdigit (text[i]))
            return FALSE;
          fraction += (text[i] - '0') * unit;
        }
    }
  *milliseconds = ((hour * G_GINT64_CONSTANT (60) + minute) * 60 + second) * 1000 + fraction;
  return TRUE;
}

gboolean
sobre_sql_parse_timestamp (SobreText text, gboolean iso, gint64 *time_ms)
{
  gint64 day, time = 0;
  gsize length = text.length;

  if (iso && length > 0 && text.data[length - 1] == 'Z')
    length--;
  if (length < 10 || !sobre_sql_parse_date ((SobreText) { text.data, 10 }, &day))
    return FALSE;
  if (length > 10 && (text.data[10] != (iso ? 'T' : ' ') || !parse_time_of_day (text.data + 11, length - 11, &time)))
    return FALSE;
  *time_ms = day * SOBRE_DAY_MS + time;
  return TRUE;
}

/* Whether @text is made of @letters alone, and not empty. */
static gboolean
strspn_text (SobreText text, const char *letters)
{
  for (gsize i = 0; i < text.length; i++)
    if (strchr (letters, text.data[i]) == NULL)
      return FALSE;
  return text.length > 0;
}

SOBRE_SQL_DECLARE_KERNEL (from_iso8601_date)
{
  if (sobre_sql_parse_date (arguments[0].s, &result->i))
    return TRUE;
  if (strspn_text (arguments[0].s, "0123456789-W"))
    return SOBRE_SQL_REFUSE (frame, "\"%.*s\" is no date of the form YYYY-MM-DD, and no other form is available offline yet",
                             (int) MIN (arguments[0].s.length, 40), arguments[0].s.data);
  return SOBRE_SQL_FAIL (frame, "\"%.*s\" is no date of the form YYYY-MM-DD", (int) MIN (arguments[0].s.length, 40),
                         arguments[0].s.data);
}

SOBRE_SQL_DECLARE_KERNEL (from_iso8601_timestamp)
{
  if (sobre_sql_parse_timestamp (arguments[0].s, TRUE, &result->i))
    return TRUE;
  if (strspn_text (arguments[0].s, "0123456789-+:.,TWZ"))
    return SOBRE_SQL_REFUSE (
        frame, "\"%.*s\" is no time of the form YYYY-MM-DDTHH:MM:SS.mmmZ, and no other form is available offline yet",
        (int) MIN (arguments[0].s.length, 40), arguments[0].s.data);
  return SOBRE_SQL_FAIL (frame, "\"%.*s\" is no time of the form YYYY-MM-DDTHH:MM:SS.mmmZ",
                         (int) MIN (arguments[0].s.length, 40), arguments[0].s.data);
}

SOBRE_SQL_DECLARE_KERNEL (to_iso8601)
{
  SobreSqlType type = frame->expr->children[0]->type;
  gint64 local = get_local (frame, arguments);
  gint64 day = sobre_sql_floor_divide (local, SOBRE_DAY_MS);
  g_autoptr (GString) text = g_string_new (NULL);

  sobre_append_date (text, day);
  if (type.kind != SOBRE_SQL_DATE)
    {
      g_string_append_c (text, 'T');
      sobre_append_time_of_day (text, local - day * SOBRE_DAY_MS);
    }
  if (type.kind == SOBRE_SQL_TIMESTAMP_TZ)
    {
      gint64 offset = (local - arguments[0].i) / 60000;

      if (offset == 0)
        g_string_append_c (text, 'Z');
      else
        g_string_append_printf (text, "%c%02d:%02d", offset < 0 ? '-' : '+', (int) (ABS (offset) / 60),
                                (int) (ABS (offset) % 60));
    }
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { text->str, text->len });
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (to_unixtime)
{
  SobreSqlType type = frame->expr->children[0]->type;

  result->d = (double) (type.kind == SOBRE_SQL_DATE ? arguments[0].i * SOBRE_DAY_MS : arguments[0].i) / 1000.0;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (from_unixtime)
{
  double milliseconds = floor (arguments[0].d * 1000 + 0.5);

  if (!(milliseconds >= (double) SOBRE_SQL_MIN_TIME && milliseconds <= (double) SOBRE_SQL_MAX_TIME))
    return SOBRE_SQL_REFUSE (frame, "a time before the year 1 or after the year 9999 is not available offline");
  result->i = (gint64) milliseconds;
  return TRUE;
}

static const char *const month_names[] = { "January", "February", "March",     "April",   "May",      "June",
                                           "July",    "August",   "September", "October", "November", "December" };
static const char *const day_names[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

/* One field of a date_format() pattern, as MySQL names them; %FALSE for those that Trino does not take either. Any other letter stands for
 * itself. */
static gboolean
append_field (GString *text, char field, gint32 day, gint64 time)
{
  Civil civil = get_civil (day);
  int hour = (int) (time / 3600000);
  int half = hour % 12 == 0 ? 12 : hour % 12;
  int minute = (int) (time / 60000 % 60);
  int second = (int) (time / 1000 % 60);

  switch (field)
    {
    case 'a':
      g_string_append_len (text, day_names[sobre_day_get_weekday (day)], 3);
      break;
    case 'b':
      g_string_append_len (text, month_names[civil.month - 1], 3);
      break;
    case 'c':
      g_string_append_printf (text, "%d", civil.month);
      break;
    case 'd':
      g_string_append_printf (text, "%02d", civil.day);
      break;
    case 'e':
      g_string_append_printf (text, "%d", civil.day);
      break;
    case 'f':
      g_string_append_printf (text, "%03d000", (int) (time % 1000));
      break;
    case 'H':
      g_string_append_printf (text, "%02d", hour);
      break;
    case 'h':
    case 'I':
      g_string_append_printf (text, "%02d", half);
      break;
    case 'i':
      g_string_append_printf (text, "%02d", minute);
      break;
    case 'j':
      g_string_append_printf (text, "%03d", (int) get_day_of_year (day));
      break;
    case 'k':
      g_string_append_printf (text, "%d", hour);
      break;
    case 'l':
      g_string_append_printf (text, "%d", half);
      break;
    case 'M':
      g_string_append (text, month_names[civil.month - 1]);
      break;
    case 'm':
      g_string_append_printf (text, "%02d", civil.month);
      break;
    case 'p':
      g_string_append (text, hour < 12 ? "AM" : "PM");
      break;
    case 'r':
      g_string_append_printf (text, "%02d:%02d:%02d %s", half, minute, second, hour < 12 ? "AM" : "PM");
      break;
    case 'S':
    case 's':
      g_string_append_printf (text, "%02d", second);
      break;
    case 'T':
      g_string_append_printf (text, "%02d:%02d:%02d", hour, minute, second);
      break;
    case 'v':
      g_string_append_printf (text, "%02d", (int) get_week (day));
      break;
    case 'W':
      g_string_append (text, day_names[sobre_day_get_weekday (day)]);
      break;
    case 'x':
      g_string_append_printf (text, "%d", get_civil (get_thursday (day)).year);
      break;
    case 'Y':
      g_string_append_printf (text, "%04d", civil.year);
      break;
    case 'y':
      g_string_append_printf (text, "%02d", civil.year % 100);
      break;
    case 'D':
    case 'U':
    case 'u':
    case 'V':
    case 'w':
    case 'X':
      return FALSE;
    default:
      g_string_append_c (text, field);
      break;
    }
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (date_format)
{
  SobreText format = arguments[1].s;
  gint32 day = get_day (frame, arguments);
  gint64 time = get_time_of_day (frame, arguments);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < format.length; i++)
    {
      if (format.data[i] != '%')
        {
          g_string_append_c (text, format.data[i]);
          continue;
        }
      if (++i < format.length && !append_field (text, format.data[i], day, time))
        return SOBRE_SQL_FAIL (frame, "date_format() has no field %%%c", format.data[i]);
      if (text->len > SOBRE_SQL_MAX_TEXT)
        return sobre_query_error_set (frame->error, SOBRE_QUERY_ERROR_LIMIT, frame->expr->position,
                                      "a text longer than %d bytes", SOBRE_SQL_MAX_TEXT);
    }
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { text->str, text->len });
  return TRUE;
}
