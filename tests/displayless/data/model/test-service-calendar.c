/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "model/sobre-service-calendar.h"
#include "model/sobre-time.h"

#define CHECKS 20000

/* The same, the slow way. */
static SobreServiceTime
locate_with_gdatetime (GTimeZone *zone, guint cutoff, gint64 time_ms)
{
  gint64 second = time_ms >= 0 ? time_ms / 1000 : (time_ms - 999) / 1000;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (second);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  gint32 day =
      sobre_day_from_civil (g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local));
  guint minutes = (guint) (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));

  return (SobreServiceTime) { minutes < cutoff ? day - 1 : day, (gint8) g_date_time_get_hour (local) };
}

static void
check_zone (const char *name, guint cutoff)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new (name, cutoff);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (calendar);
  for (guint i = 0; i < CHECKS; i++)
    {
      /* 1970 to 2037, how far the system's tables reach. */
      gint64 time_ms = (gint64) (g_test_rand_double () * 2145916799.0) * 1000 + g_test_rand_int_range (0, 1000);
      SobreServiceTime expected = locate_with_gdatetime (zone, cutoff, time_ms);
      SobreServiceTime found = sobre_service_calendar_locate (calendar, time_ms);

      g_assert_cmpint (found.day, ==, expected.day);
      g_assert_cmpint (found.hour, ==, expected.hour);
    }
}

static void
test_zones (void)
{
  check_zone ("Europe/Madrid", 240);
  check_zone ("America/New_York", 0);
  check_zone ("Australia/Lord_Howe", 300); /* half an hour of summer time */
  check_zone ("Asia/Kathmandu", 1439);
  check_zone ("Africa/Casablanca", 180); /* winter time during Ramadan */
  check_zone ("Pacific/Apia", 240);      /* skipped a day */
  check_zone ("UTC", 60);
}

static void
test_each_second_around_a_change (void)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Madrid", 240);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  const gint64 changes[] = { G_GINT64_CONSTANT (1774746000),
                             G_GINT64_CONSTANT (1792890000) }; /* 2026-03-29, 2026-10-25, 01:00 UTC */

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      for (gint64 second = changes[i] - 14400; second < changes[i] + 14400; second++)
        {
          SobreServiceTime expected = locate_with_gdatetime (zone, 240, second * 1000);
          SobreServiceTime found = sobre_service_calendar_locate (calendar, second * 1000);

          g_assert_cmpint (found.day, ==, expected.day);
          g_assert_cmpint (found.hour, ==, expected.hour);
        }
    }
}

static void
test_night_belongs_to_its_evening (void)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Madrid", 240);
  gint64 begin, end;

  /* 04:00 in winter is 03:00 UTC. */
  g_assert_true (sobre_time_parse ("2026-11-24T02:59:59.999Z", 24, &end));
  g_assert_true (sobre_time_parse ("2026-11-24T03:00:00.000Z", 24, &begin));
  g_assert_cmpint (sobre_service_calendar_locate (calendar, end).day, ==, sobre_day_from_civil (2026, 11, 23));
  g_assert_cmpint (sobre_service_calendar_locate (calendar, end).hour, ==, 3);
  g_assert_cmpint (sobre_service_calendar_locate (calendar, begin).day, ==, sobre_day_from_civil (2026, 11, 24));
  g_assert_cmpint (sobre_service_calendar_get_offset (calendar, begin), ==, 3600000);
}

static void
test_far_times (void)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Madrid", 240);

  g_assert_cmpint (sobre_service_calendar_locate (calendar, -1).day, ==, -1);
  g_assert_cmpint (sobre_service_calendar_locate (calendar, G_GINT64_CONSTANT (-86400000) * 365).hour, ==, 1);
  g_assert_cmpint (sobre_service_calendar_locate (calendar, G_GINT64_CONSTANT (253402300799999)).day, >=, 2932896);
}

static void
test_refuses_what_is_no_zone (void)
{
  static const char *const names[] = {
    "", "Europe/Madird", "+01:00", "../../etc/passwd", "/etc/localtime", "Europe/../UTC", "Europe Madrid", "5"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (sobre_service_calendar_new (names[i], 0));
  g_assert_null (sobre_service_calendar_new ("UTC", 1440));
}

static void
test_clamp (void)
{
  const gint64 received = G_GINT64_CONSTANT (1795548600000);
  const gint64 ahead = 5 * 60000, behind = 30 * SOBRE_DAY_MS;

  g_assert_cmpint (sobre_service_calendar_clamp (received - 1, received), ==, received - 1);
  g_assert_cmpint (sobre_service_calendar_clamp (received + ahead, received), ==, received + ahead);
  g_assert_cmpint (sobre_service_calendar_clamp (received + ahead + 1, received), ==, received);
  g_assert_cmpint (sobre_service_calendar_clamp (received - behind, received), ==, received - behind);
  g_assert_cmpint (sobre_service_calendar_clamp (received - behind - 1, received), ==, received);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service-calendar/zones", test_zones);
  g_test_add_func ("/service-calendar/each-second-around-a-change", test_each_second_around_a_change);
  g_test_add_func ("/service-calendar/night-belongs-to-its-evening", test_night_belongs_to_its_evening);
  g_test_add_func ("/service-calendar/far-times", test_far_times);
  g_test_add_func ("/service-calendar/refuses-what-is-no-zone", test_refuses_what_is_no_zone);
  g_test_add_func ("/service-calendar/clamp", test_clamp);

  return g_test_run ();
}
