/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sample restaurant's model. The main store opens for lunch and dinner, on Mondays for dinner only; the market counter serves lunch
 * and rests on Sundays. Service sags when the room is full (19:00 to 21:00 from Thursday to Sunday), food rose a little with the
 * menu in its fourth week, each table has its own small advantage or draught, and on one Friday evening the terrace waited. */

#include "sobre-config.h"

#include "workspace/sobre-sample-guest.h"

#define FIRST_HOUR 12
#define N_HOURS 12
#define DINNER_HOUR 18

static const double main_hours[N_HOURS] = { 3, 7, 6, 3, 2, 3, 6, 9, 11, 10, 6, 2 };
static const double market_hours[N_HOURS] = { 8, 10, 7, 4, 2, 1, 0, 0, 0, 0, 0, 0 };
static const double evening_hours[N_HOURS] = { 0, 0, 0, 0, 0, 2, 6, 9, 11, 10, 6, 2 };

/* Answers a day, Monday first. */
static const double main_answers[7] = { 48, 66, 70, 86, 120, 132, 98 };
static const double market_answers[7] = { 16, 18, 18, 20, 28, 32, 0 };

static const double usual_mood[SOBRE_N_SAMPLE_ASPECTS] = { 4.50, 4.66, 4.36, 4.42, 4.18 };
static const double incident_terrace[SOBRE_N_SAMPLE_ASPECTS] = { -1.7, -0.5, -2.3, -0.7, -0.9 };
static const double incident_room[SOBRE_N_SAMPLE_ASPECTS] = { -0.5, -0.1, -0.8, -0.2, -0.2 };

/* Service by hour from FIRST_HOUR on a full day and on a quiet one. */
static const double full_day[N_HOURS] = { 0.1, 0, -0.1, 0.1, 0.2, 0.1, -0.15, -0.5, -0.55, -0.4, 0, 0.15 };
static const double quiet_day[N_HOURS] = { 0.1, 0.05, 0, 0.1, 0.15, 0.1, -0.1, -0.2, -0.15, -0.1, 0.1, 0.15 };

static const char *const aspect_names[SOBRE_N_SAMPLE_ASPECTS] = { "overall", "food", "service", "place", "value" };

const char *
sobre_sample_aspect_get_name (SobreSampleAspect aspect)
{
  return aspect_names[aspect];
}

guint
sobre_sample_count_guests (SobreDice *dice, const SobreSampleDay *day, gboolean main_store)
{
  const double *answers = main_store ? main_answers : market_answers;
  double season = 1 + 0.08 * sin (day->day * 2 * G_PI / 45);
  double usual = answers[sobre_day_get_weekday (day->day)];

  return usual == 0 ? 0 : (guint) MAX (1, usual * season * (0.85 + 0.3 * sobre_dice_unit (dice)) + 0.5);
}

static guint
pick_minute (SobreDice *dice, const SobreSampleDay *day, gboolean main_store)
{
  const double *hours = market_hours;

  if (main_store)
    hours = sobre_day_get_weekday (day->day) == 0 || day->incident ? evening_hours : main_hours;
  return (FIRST_HOUR + sobre_dice_pick (dice, hours, N_HOURS)) * 60 + sobre_dice_roll (dice, 60);
}

/* On the evening that went wrong the terrace was full and cross, and cross guests write. */
static SobreTable *
pick_table (SobreDice *dice, const SobreSampleDay *day, GPtrArray *tables)
{
  SobreTable *table = g_ptr_array_index (tables, sobre_dice_roll (dice, tables->len));
  gboolean terrace = g_str_equal (sobre_table_get_zone (table), "terrace");

  /* Table 9 stands by the kitchen door and is given away last. */
  if (g_str_equal (sobre_table_get_table_id (table), "9") && sobre_dice_chance (dice, 0.85))
    return pick_table (dice, day, tables);
  if (day->incident && !terrace && sobre_dice_chance (dice, 0.6))
    return pick_table (dice, day, tables);
  return table;
}

/* The same table is always the same: its number decides. */
static double
table_effect (SobreTable *table)
{
  guint hash = g_str_hash (sobre_table_get_table_id (table)) * 2654435761u;

  return ((hash >> 8) % 1000 / 1000.0 - 0.5) * 0.5;
}

static double
aspect_effect (const SobreSampleDay *day, SobreTable *table, guint minute, SobreSampleAspect aspect)
{
  int weekday = sobre_day_get_weekday (day->day);
  guint hour = minute / 60 - FIRST_HOUR;
  gboolean terrace = g_str_equal (sobre_table_get_zone (table), "terrace");
  double service = weekday >= 3 ? full_day[hour] : quiet_day[hour];

  switch (aspect)
    {
    case SOBRE_SAMPLE_SERVICE:
      return service - (terrace ? 0.15 : 0);
    case SOBRE_SAMPLE_OVERALL:
      return 0.5 * service;
    case SOBRE_SAMPLE_FOOD:
      return day->age < SOBRE_SAMPLE_NEW_MENU_AGE ? 0.12 : 0;
    case SOBRE_SAMPLE_PLACE:
      return table_effect (table) - (terrace && weekday >= 4 ? 0.3 : 0);
    case SOBRE_SAMPLE_VALUE:
      return minute / 60 < DINNER_HOUR ? 0.15 : -0.05;
    default:
      return 0;
    }
}

SobreSampleGuest
sobre_sample_make_guest (SobreDice *dice, const SobreSampleDay *day, GPtrArray *tables, gboolean main_store)
{
  SobreSampleGuest guest = { 0 };
  double temper = sobre_dice_normal (dice, 0, 0.4);
  double drift = 0.05 * sin (day->day * 2 * G_PI / 21);
  gboolean terrace, incident;

  guest.minute = pick_minute (dice, day, main_store);
  guest.table = pick_table (dice, day, tables);
  terrace = g_str_equal (sobre_table_get_zone (guest.table), "terrace");
  incident = day->incident && main_store && guest.minute / 60 >= DINNER_HOUR;
  guest.waited = incident ? sobre_dice_chance (dice, terrace ? 0.85 : 0.3) : sobre_dice_chance (dice, 0.01);

  for (guint i = 0; i < SOBRE_N_SAMPLE_ASPECTS; i++)
    {
      double mood = usual_mood[i] + temper + drift + 0.6 * table_effect (guest.table);

      mood += aspect_effect (day, guest.table, guest.minute, i) + sobre_dice_normal (dice, 0, 0.55);
      if (incident)
        mood += terrace ? incident_terrace[i] : incident_room[i];
      else if (guest.waited)
        mood += incident_terrace[i];
      guest.moods[i] = mood;
    }
  return guest;
}

int
sobre_sample_round_score (double mood, int low, int high)
{
  return CLAMP ((int) lround (mood), low, high);
}

int
sobre_sample_make_nps (SobreDice *dice, const SobreSampleGuest *guest)
{
  double mood = 0;

  for (guint i = 0; i < SOBRE_N_SAMPLE_ASPECTS; i++)
    mood += guest->moods[i] / SOBRE_N_SAMPLE_ASPECTS;
  return sobre_sample_round_score (sobre_dice_normal (dice, 8.55 + 2.0 * (mood - 4.35), 1.2), 0, 10);
}
