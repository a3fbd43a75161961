/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* What the lines of all the bench lake's datasets are made with. */

/** Dice: a row of random numbers (SplitMix64). */
typedef struct
{
  guint64 state;
} Dice;

static inline guint64 throw (Dice * dice)
{
  guint64 z = dice->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ z >> 31;
}

static inline guint
throw_below (Dice *dice, guint limit)
{
  return (guint) ((throw (dice) >> 32) * limit >> 32);
}

static inline double
throw_unit (Dice *dice)
{
  return (double) (throw (dice) >> 11) * 0x1p-53;
}

/** The dice of one @place, another for each @purpose. */
static inline Dice
dice_new (guint64 seed, guint64 place, guint64 purpose)
{
  Dice dice = { seed ^ place * G_GUINT64_CONSTANT (0xD1B54A32D192ED03) ^ purpose << 56 };

  throw (&dice);
  return dice;
}

void bench_append_number (GString *line, guint64 number);

/** bench_append_time: a further member of the object */
void bench_append_time (GString *line, const char *member, gint64 time_ms);

/** bench_append_text: a further member; @text needs no escapes */
void bench_append_text (GString *line, const char *member, const char *text);

/** bench_append_id: begins the object with v and an id. @version: of the UUID; 7 and 8 carry @time_ms, 4 does not */
void bench_append_id (GString *line, Dice *dice, gint64 time_ms, guint version);

/** bench_pick: one of @choices; @shares: per cent, together 100 */
const char *bench_pick (Dice *dice, const char *const *choices, const guint8 *shares);
