/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* GTimeZone answers each question by walking its list of intervals, which is too slow for millions of records. So the zone's
 * changes of offset between 1970 and 2100 are found once, by bisection, into a sorted table; an index with one entry per
 * 2^31 ms (about 25 days, in which no zone changes twice as a rule) leads from an instant to its interval in a step or two.
 * Before the first change the offset of 1970 holds, after the last one that of 2100. */

#include <string.h>

#include "model/sobre-service-calendar.h"
#include "model/sobre-time.h"

#define FIRST_SECOND G_GINT64_CONSTANT (0)
#define LAST_SECOND G_GINT64_CONSTANT (4102444800) /* 2100-01-01 */
#define BUCKET_BITS 31
#define N_BUCKETS ((guint) (LAST_SECOND * 1000 >> BUCKET_BITS) + 1)

#define CLOCK_AHEAD_MS G_GINT64_CONSTANT (300000)               /* 5 minutes */
#define CLOCK_BEHIND_MS (G_GINT64_CONSTANT (30) * SOBRE_DAY_MS) /* 30 days */

/** Interval: local time is @offset_ms ahead of UTC from @begin_ms until the next one begins. */
typedef struct
{
  gint64 begin_ms;
  gint64 offset_ms;
} Interval;

struct _SobreServiceCalendar
{
  char *time_zone;
  guint cutoff_minutes;
  gint64 cutoff_ms;
  GArray *intervals;
  guint16 buckets[N_BUCKETS]; /* the interval in which the bucket begins */
};

static gint32
find_offset (GTimeZone *zone, gint64 second)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second));
}

/* The first second after @from at which the zone is in another interval than at @from, or at most @to. */
static gint64
find_next_change (GTimeZone *zone, gint64 from, gint64 to)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, from);

  while (to - from > 1)
    {
      gint64 middle = from + (to - from) / 2;

      if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle) == interval)
        from = middle;
      else
        to = middle;
    }

  return to;
}

static GArray *
list_intervals (GTimeZone *zone)
{
  GArray *intervals = g_array_new (FALSE, FALSE, sizeof (Interval));
  Interval interval = { G_MININT64, find_offset (zone, FIRST_SECOND) * G_GINT64_CONSTANT (1000) };

  g_array_append_val (intervals, interval);
  for (gint64 second = find_next_change (zone, FIRST_SECOND, LAST_SECOND); second < LAST_SECOND;
       second = find_next_change (zone, second, LAST_SECOND))
    {
      gint64 offset_ms = find_offset (zone, second) * G_GINT64_CONSTANT (1000);

      /* A change of the abbreviation alone is none to us. */
      if (offset_ms == interval.offset_ms)
        continue;
      interval = (Interval) { second * 1000, offset_ms };
      g_array_append_val (intervals, interval);
    }

  return intervals;
}

static void
fill_buckets (SobreServiceCalendar *self)
{
  guint current = 0;

  for (guint bucket = 0; bucket < N_BUCKETS; bucket++)
    {
      gint64 begin_ms = (gint64) bucket << BUCKET_BITS;

      while (current + 1 < self->intervals->len && g_array_index (self->intervals, Interval, current + 1).begin_ms <= begin_ms)
        current++;
      self->buckets[bucket] = (guint16) current;
    }
}

/* GTimeZone also takes offsets ("+01:00"), POSIX rules and paths; a workspace names a zone. */
static gboolean
looks_like_iana_name (const char *name)
{
  if (!g_ascii_isalpha (name[0]) || strstr (name, "..") != NULL || strlen (name) > 64)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("_+-/", *c) == NULL)
        return FALSE;
    }
  return TRUE;
}

SobreServiceCalendar *
sobre_service_calendar_new (const char *time_zone, guint cutoff_minutes)
{
  g_autoptr (GTimeZone) zone = NULL;
  SobreServiceCalendar *self;

  if (cutoff_minutes >= 24 * 60 || !looks_like_iana_name (time_zone))
    return NULL;
  zone = g_time_zone_new_identifier (time_zone);
  if (zone == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (SobreServiceCalendar);
  self->time_zone = g_strdup (time_zone);
  self->cutoff_minutes = cutoff_minutes;
  self->cutoff_ms = cutoff_minutes * G_GINT64_CONSTANT (60000);
  self->intervals = list_intervals (zone);
  fill_buckets (self);

  return self;
}

SobreServiceCalendar *
sobre_service_calendar_ref (SobreServiceCalendar *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SobreServiceCalendar *self = data;

  g_free (self->time_zone);
  g_array_unref (self->intervals);
}

void
sobre_service_calendar_unref (SobreServiceCalendar *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gint64
sobre_service_calendar_get_offset (const SobreServiceCalendar *self, gint64 time_ms)
{
  const Interval *intervals = (const Interval *) (gconstpointer) self->intervals->data;
  guint bucket = time_ms < 0 ? 0 : (guint) MIN (time_ms >> BUCKET_BITS, (gint64) N_BUCKETS - 1);
  guint current = self->buckets[bucket];

  while (current + 1 < self->intervals->len && intervals[current + 1].begin_ms <= time_ms)
    current++;

  return intervals[current].offset_ms;
}

SobreServiceTime
sobre_service_calendar_locate (const SobreServiceCalendar *self, gint64 time_ms)
{
  gint64 local_ms = time_ms + sobre_service_calendar_get_offset (self, time_ms);
  gint64 service_ms = local_ms - self->cutoff_ms;
  gint64 day = (service_ms >= 0 ? service_ms : service_ms - (SOBRE_DAY_MS - 1)) / SOBRE_DAY_MS;
  gint64 of_day = local_ms % SOBRE_DAY_MS;

  return (SobreServiceTime) {
    .day = (gint32) day,
    .hour = (gint8) ((of_day < 0 ? of_day + SOBRE_DAY_MS : of_day) / 3600000),
  };
}

const char *
sobre_service_calendar_get_time_zone (const SobreServiceCalendar *self)
{
  return self->time_zone;
}

guint
sobre_service_calendar_get_cutoff (const SobreServiceCalendar *self)
{
  return self->cutoff_minutes;
}

gint64
sobre_service_calendar_clamp (gint64 submitted_at, gint64 received_at)
{
  if (submitted_at > received_at + CLOCK_AHEAD_MS || submitted_at < received_at - CLOCK_BEHIND_MS)
    return received_at;
  return submitted_at;
}
