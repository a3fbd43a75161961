/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-table.h"
#include "model/sobre-time.h"
#include "workspace/sobre-dice.h"

/* A made-up guest of the sample restaurant: when and where they sat and how content they are. */

typedef enum
{
  SOBRE_SAMPLE_OVERALL,
  SOBRE_SAMPLE_FOOD,
  SOBRE_SAMPLE_SERVICE,
  SOBRE_SAMPLE_PLACE,
  SOBRE_SAMPLE_VALUE,
} SobreSampleAspect;

#define SOBRE_N_SAMPLE_ASPECTS (SOBRE_SAMPLE_VALUE + 1)

/** "overall", "food", "service", "place", "value". */
const char *sobre_sample_aspect_get_name (SobreSampleAspect aspect);

/** Days with less than this age have the new menu. */
#define SOBRE_SAMPLE_NEW_MENU_AGE 25

/**
 * SobreSampleDay:
 * @day: service day
 * @age: days before the sample's last one
 * @incident: whether the terrace waited that evening
 */
typedef struct
{
  gint32 day;
  guint age;
  gboolean incident;
} SobreSampleDay;

/**
 * SobreSampleGuest:
 * @minute: local minutes after midnight at which the form was sent
 * @waited: whether waiting spoiled it
 * @moods: what the guest thinks, by aspect, on the scale of stars but neither rounded nor cut
 */
typedef struct
{
  guint minute;
  SobreTable *table;
  gboolean waited;
  double moods[SOBRE_N_SAMPLE_ASPECTS];
} SobreSampleGuest;

/** How many guests answered in @store_id that day: none when it is closed. */
guint sobre_sample_count_guests (SobreDice *dice, const SobreSampleDay *day, gboolean main_store);

/**
 * sobre_sample_make_guest:
 * @tables: (element-type SobreTable): of one store
 */
SobreSampleGuest sobre_sample_make_guest (SobreDice *dice, const SobreSampleDay *day, GPtrArray *tables, gboolean main_store);

/** A mood as a score from @low to @high. */
int sobre_sample_round_score (double mood, int low, int high);

/** The guest's answer to "would you recommend us", 0–10. */
int sobre_sample_make_nps (SobreDice *dice, const SobreSampleGuest *guest);
