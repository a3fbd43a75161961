/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "bench-lines.h"
#include "bench-records.h"
#include "model/sobre-time.h"

#define FIRST_DAY 20416 /* 2025-11-24 */
#define N_DAYS 365
#define N_WORDS 30000
#define N_TABLES 40

/* Of 100,000 places. */
#define BAD_SHARE 100
#define DUPLICATE_SHARE 1000

/* Of 100. */
#define CONFLICT_SHARE 1
#define RANDOM_ID_SHARE 5
#define COMMENT_SHARE 18

#define MAX_DUPLICATE_DISTANCE 50000

struct _BenchRecords
{
  guint64 seed;
  guint64 n_records;
  guint n_groups;
  char *words[N_WORDS];
};

static double
clamp_unit (double value)
{
  return CLAMP (value, 0, 0.999);
}

static Dice
make_dice (const BenchRecords *self, guint64 place, guint64 purpose)
{
  return dice_new (self->seed, place, purpose);
}

/* Words of one to four syllables, the short ones first, as in a language the frequent ones are short. */
static char *
make_word (guint rank)
{
  static const char *const syllables[] = { "la", "re", "so",  "mi", "ta",  "co", "den", "bi",  "no", "per", "qui", "va",
                                           "lo", "es", "tra", "ño", "gue", "ma", "ri",  "ten", "du", "ca",  "pé",  "fo" };
  GString *word = g_string_new (NULL);

  for (guint rest = rank + 1; rest > 0; rest /= G_N_ELEMENTS (syllables) + 1)
    {
      guint syllable = rest % (G_N_ELEMENTS (syllables) + 1);

      g_string_append (word, syllable > 0 ? syllables[syllable - 1] : "o");
    }
  return g_string_free_and_steal (word);
}

BenchRecords *
bench_records_new (guint64 seed, guint64 n_records, guint n_groups)
{
  BenchRecords *self = g_new0 (BenchRecords, 1);

  self->seed = seed;
  self->n_records = n_records;
  self->n_groups = n_groups;
  for (guint i = 0; i < N_WORDS; i++)
    self->words[i] = make_word (i);
  return self;
}

void
bench_records_free (BenchRecords *self)
{
  for (guint i = 0; i < N_WORDS; i++)
    g_free (self->words[i]);
  g_free (self);
}

guint64
bench_records_get_seed (const BenchRecords *self)
{
  return self->seed;
}

BenchKind
bench_records_get_kind (const BenchRecords *self, guint64 place)
{
  Dice dice = make_dice (self, place, 1);
  guint share = throw_below (&dice, 100000);

  if (share < BAD_SHARE)
    return BENCH_BAD;
  /* The first places have nothing before them to repeat. */
  if (share < BAD_SHARE + DUPLICATE_SHARE && place > 16)
    return throw_below (&dice, 100) < CONFLICT_SHARE ? BENCH_CONFLICT : BENCH_DUPLICATE;
  return BENCH_NORMAL;
}

/* Where @place lies in its stream's time, 0–1. */
static double
get_position (const BenchRecords *self, guint64 place)
{
  double groups = (double) place / (double) self->n_records * self->n_groups;
  double group = floor (groups);
  double share = groups - group;

  share = share < BENCH_LARGE_SHARE ? share / BENCH_LARGE_SHARE : (share - BENCH_LARGE_SHARE) / (1 - BENCH_LARGE_SHARE);
  return (group + share) / self->n_groups;
}

gint64
bench_records_get_arrival (const BenchRecords *self, guint64 place)
{
  /* Which share of a day's guests has answered by which hour, UTC: lunch, an afternoon's coffee, dinner. */
  static const struct
  {
    double share;
    double hour;
  } curve[] = { { 0, 7 }, { 0.06, 10.5 }, { 0.38, 14 }, { 0.47, 18 }, { 0.93, 22 }, { 1, 23.9 } };
  double position = get_position (self, place) * N_DAYS;
  double day = floor (position);
  double share = position - day;
  guint i = 1;
  double hour;

  while (share > curve[i].share)
    i++;
  hour = curve[i - 1].hour +
         (share - curve[i - 1].share) / (curve[i].share - curve[i - 1].share) * (curve[i].hour - curve[i - 1].hour);
  return (FIRST_DAY + (gint64) day) * SOBRE_DAY_MS + (gint64) (hour * 3600000);
}

static void
append_score (GString *line, const char *question, const char *kind, guint score)
{
  g_string_append (line, line->str[line->len - 1] == '[' ? "{\"question\":\"" : ",{\"question\":\"");
  g_string_append (line, question);
  g_string_append (line, "\",\"kind\":\"");
  g_string_append (line, kind);
  g_string_append (line, "\",\"score\":");
  bench_append_number (line, score);
  g_string_append_c (line, '}');
}

static void
append_words (const BenchRecords *self, Dice *dice, GString *line, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      /* The rank's logarithm is spread evenly: Zipf's law with exponent 1. */
      guint rank = (guint) exp (throw_unit (dice) * log (N_WORDS + 1.0)) - 1;

      if (i > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, self->words[MIN (rank, N_WORDS - 1)]);
    }
}

/* Guests are of one mind: one mood decides all their scores. It sinks at some tables and on Saturday nights. */
static double
make_mood (Dice *dice, guint store, guint table, gint64 arrival)
{
  double mood = (throw_unit (dice) + throw_unit (dice) + throw_unit (dice)) / 3;
  int weekday = sobre_day_get_weekday ((gint32) (arrival / SOBRE_DAY_MS));

  mood += 0.18 - 0.05 * store - (table % 7 == 3 ? 0.12 : 0) - (weekday == 5 ? 0.06 : 0);
  return clamp_unit (mood);
}

static guint
append_answers (const BenchRecords *self, Dice *dice, GString *line, double mood)
{
  static const char *const dishes[] = { "paella", "croquetas", "tortilla", "pulpo", "gazpacho", "flan" };
  guint n_answers = 3;

  append_score (line, "food", "stars", 1 + (guint) (clamp_unit (mood + throw_unit (dice) * 0.3 - 0.1) * 5));
  append_score (line, "service", "stars", 1 + (guint) (clamp_unit (mood + throw_unit (dice) * 0.4 - 0.2) * 5));
  append_score (line, "recommend", "nps", (guint) (clamp_unit (mood + throw_unit (dice) * 0.2 - 0.05) * 11));
  if (throw_below (dice, 100) < 70)
    {
      append_score (line, "ambience", "smiley", 1 + (guint) (mood * 5));
      n_answers++;
    }
  if (throw_below (dice, 100) < 55)
    {
      guint dish = throw_below (dice, G_N_ELEMENTS (dishes));

      g_string_append (line, ",{\"question\":\"favourite_dish\",\"kind\":\"choice\",\"choice\":\"");
      g_string_append (line, dishes[dish]);
      g_string_append (line, "\",\"item\":\"m");
      bench_append_number (line, dish + 1);
      g_string_append (line, "\"}");
      n_answers++;
    }
  if (throw_below (dice, 100) < 5)
    {
      g_string_append (line, ",{\"question\":\"wish\",\"kind\":\"text\",\"text\":\"");
      append_words (self, dice, line, 1 + throw_below (dice, 5));
      g_string_append (line, "\"}");
      n_answers++;
    }
  return n_answers;
}

/* Most are sent at once; some wait in a phone without a network, and a few phones' clocks are wrong. */
static gint64
make_submitted_at (Dice *dice, gint64 arrival)
{
  guint share = throw_below (dice, 1000);

  if (share < 2)
    return arrival - (gint64) 400 * SOBRE_DAY_MS;
  if (share < 12)
    return arrival - (gint64) throw_below (dice, 48 * 3600000);
  return arrival - 80 - throw_below (dice, 1500);
}

/* A record as it came first (@again 0), or once more: later, and perhaps with another body. */
static guint
append_record (const BenchRecords *self, guint64 place, gint64 later, gboolean other_body, GString *line)
{
  static const char *const stores[] = { "centro", "playa", "norte" };
  static const guint8 store_shares[] = { 50, 30, 20 };
  static const char *const languages[] = { "es", "en", "de", "fr", "ar" };
  static const guint8 language_shares[] = { 60, 24, 9, 5, 2 };
  static const char *const channels[] = { "local", "direct", "api" };
  static const guint8 channel_shares[] = { 70, 25, 5 };
  Dice dice = make_dice (self, place, 2);
  gint64 arrival = bench_records_get_arrival (self, place);
  gint64 submitted_at = make_submitted_at (&dice, arrival);
  guint duration = 8000 + throw_below (&dice, 90000);
  guint table = 1 + throw_below (&dice, N_TABLES);
  guint n_answers;
  const char *store;

  bench_append_id (line, &dice, submitted_at, throw_below (&dice, 100) < RANDOM_ID_SHARE ? 4 : 7);
  bench_append_time (line, "submitted_at", submitted_at);
  bench_append_time (line, "received_at", arrival + later);
  store = bench_pick (&dice, stores, store_shares);
  g_string_append (line, ",\"store_id\":\"");
  g_string_append (line, store);
  g_string_append (line, "\",\"table_id\":\"t");
  bench_append_number (line, table);
  g_string_append (line, throw_below (&dice, 100) < 97 ? "\",\"verified\":true" : "\",\"verified\":false");
  g_string_append (line, ",\"form_id\":\"main\",\"form_version\":");
  bench_append_number (line, 1 + place * 3 / self->n_records);
  g_string_append (line, ",\"language\":\"");
  g_string_append (line, bench_pick (&dice, languages, language_shares));
  g_string_append (line, "\",\"answers\":[");
  n_answers = append_answers (self, &dice, line, make_mood (&dice, store == stores[1], table, arrival));
  g_string_append_c (line, ']');
  if (throw_below (&dice, 100) < COMMENT_SHARE || other_body)
    {
      g_string_append (line, ",\"comment\":\"");
      append_words (self, &dice, line, 3 + throw_below (&dice, 20));
      g_string_append (line, other_body ? " otra\"" : "\"");
    }
  g_string_append (line, ",\"duration_ms\":");
  bench_append_number (line, duration);
  g_string_append (line, ",\"channel\":\"");
  g_string_append (line, bench_pick (&dice, channels, channel_shares));
  g_string_append (line, "\"}");
  return n_answers;
}

/* One of the ways in which lines go wrong. */
static void
spoil (GString *line, gsize begin, guint way)
{
  switch (way)
    {
    case 0:
      g_string_truncate (line, begin + (line->len - begin) / 2);
      break;

    case 1:
      line->str[begin + strlen ("{\"v\":1,\"id\":\"")] = 'G';
      break;

    case 2:
      line->str[begin + strlen ("{\"v\":")] = '9';
      break;

    case 3:
      line->str[line->len - 3] = (char) 0xFF;
      break;

    case 4:
      g_string_insert (line, (gssize) begin + 1, "\"id\":\"x\",");
      break;

    default:
      g_string_overwrite (line, begin, "[[[[");
    }
}

static guint64
find_earlier (const BenchRecords *self, Dice *dice, guint64 place)
{
  guint64 earlier = place - 1 - throw_below (dice, (guint) MIN (place - 1, MAX_DUPLICATE_DISTANCE));

  while (earlier > 0 && bench_records_get_kind (self, earlier) != BENCH_NORMAL)
    earlier--;
  return earlier;
}

guint
bench_records_append (const BenchRecords *self, guint64 place, GString *line)
{
  Dice dice = make_dice (self, place, 3);
  BenchKind kind = bench_records_get_kind (self, place);
  gsize begin = line->len;
  guint n_answers = 0;

  switch (kind)
    {
    case BENCH_NORMAL:
      n_answers = append_record (self, place, 0, FALSE, line);
      break;

    case BENCH_DUPLICATE:
    case BENCH_CONFLICT:
      {
        guint64 earlier = find_earlier (self, &dice, place);
        gint64 passed = bench_records_get_arrival (self, place) - bench_records_get_arrival (self, earlier);
        gint64 later = kind == BENCH_CONFLICT || throw_below (&dice, 2) == 0 ? MAX (passed, 1000) : 0;

        n_answers = append_record (self, earlier, later, kind == BENCH_CONFLICT, line);
      }
      break;

    case BENCH_BAD:
      append_record (self, place, 0, FALSE, line);
      spoil (line, begin, throw_below (&dice, 6));
      break;

    default:
      g_assert_not_reached ();
    }

  g_string_append_c (line, '\n');
  return n_answers;
}
