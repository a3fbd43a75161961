/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-visits.h"

#include <math.h>
#include <string.h>

#include "bench-lines.h"

#define N_TABLES 40
#define N_DISHES 60
#define DOUBLE_SHARE 2 /* of 1,000 */

typedef struct
{
  const char *page;
  const char *action;
  const char *target; /* a dish where it is "m" */
} Step;

/* Three kinds of visits; a letter in @path is a step. */
static const Step steps[] = {
  ['o' - 'a'] = { "menu", "open", NULL },           ['i' - 'a'] = { "menu", "item", "m" },
  ['l' - 'a'] = { "menu", "language", "en" },       ['f' - 'a'] = { "form", "open", NULL },
  ['s' - 'a'] = { "form", "start", NULL },          ['a' - 'a'] = { "form", "question", "food" },
  ['b' - 'a'] = { "form", "question", "service" },  ['c' - 'a'] = { "form", "question", "recommend" },
  ['d' - 'a'] = { "form", "question", "ambience" }, ['e' - 'a'] = { "form", "question", "favourite_dish" },
  ['t' - 'a'] = { "form", "submit", NULL },         ['x' - 'a'] = { "form", "leave", NULL },
};
static const char *const paths[] = { "oiiifsabct", "oiiifsabxx", "oliiiiiiii", "fsabcdetxx", "oiifsabcdt" };
static const guint8 path_shares[] = { 35, 8, 30, 20, 7 };

static const char *const stores[] = { "centro", "playa", "norte" };
static const guint8 store_shares[] = { 50, 30, 20 };

/* Where a visit or bill takes place. */
typedef struct
{
  const char *store;
  guint table;
  gint64 time;
} Place;

static Place
make_place (const BenchRecords *records, guint64 place, Dice *dice)
{
  Place made;

  made.store = bench_pick (dice, stores, store_shares);
  made.table = 1 + throw_below (dice, N_TABLES);
  made.time = bench_records_get_arrival (records, place);
  return made;
}

/* The first dishes of the menu are looked at and ordered more than the last. */
static guint
pick_dish (Dice *dice)
{
  return 1 + (guint) (N_DISHES * throw_unit (dice) * throw_unit (dice));
}

static void
append_table (GString *line, const Place *place)
{
  char table[8];

  g_snprintf (table, sizeof table, "t%u", place->table);
  bench_append_text (line, "table_id", table);
}

static void
append_dish (GString *line, const char *member, guint dish)
{
  char item[8];

  g_snprintf (item, sizeof item, "m%u", dish);
  bench_append_text (line, member, item);
}

static guint
end_line (GString *lines, gsize begin, Dice *dice)
{
  gsize length;

  g_string_append (lines, "}\n");
  length = lines->len - begin;
  if (throw_below (dice, 1000) >= DOUBLE_SHARE)
    return 1;
  g_string_set_size (lines, lines->len + length);
  memcpy (lines->str + begin + length, lines->str + begin, length);
  return 2;
}

guint
bench_events_append (const BenchRecords *records, guint64 place, GString *lines)
{
  Dice dice = dice_new (bench_records_get_seed (records), place, 4);
  Place where = make_place (records, place, &dice);
  const char *path = bench_pick (&dice, paths, path_shares);
  guint n = 0;
  char visit[17];

  g_snprintf (visit, sizeof visit, "%016" G_GINT64_MODIFIER "x", throw (&dice));
  for (guint i = 0; i < BENCH_EVENTS_PER_VISIT; i++)
    {
      const Step *step = &steps[path[i] - 'a'];
      gsize begin = lines->len;

      where.time += 500 + throw_below (&dice, 20000);
      bench_append_id (lines, &dice, where.time, 7);
      bench_append_time (lines, "at", where.time);
      bench_append_time (lines, "received_at", where.time + throw_below (&dice, 10000));
      bench_append_text (lines, "visit", visit);
      bench_append_text (lines, "store_id", where.store);
      append_table (lines, &where);
      bench_append_text (lines, "page", step->page);
      bench_append_text (lines, "action", step->action);
      if (step->target != NULL && g_str_equal (step->target, "m"))
        append_dish (lines, "target", pick_dish (&dice));
      else if (step->target != NULL)
        bench_append_text (lines, "target", step->target);
      g_string_append (lines, ",\"ms\":");
      bench_append_number (lines, throw_below (&dice, 60000));
      n += end_line (lines, begin, &dice);
    }
  return n;
}

guint
bench_orders_append (const BenchRecords *records, guint64 place, GString *lines)
{
  Dice dice = dice_new (bench_records_get_seed (records), place, 5);
  Place where = make_place (records, place, &dice);
  gboolean has_table = throw_below (&dice, 100) < 95;
  guint n = 0;

  for (guint i = 0; i < BENCH_LINES_PER_BILL; i++)
    {
      guint dish = pick_dish (&dice);
      guint quantity = 1 + throw_below (&dice, 3) * throw_below (&dice, 2);
      guint cents = (390 + 115 * (dish % 17)) * quantity;
      gsize begin = lines->len;

      where.time += throw_below (&dice, 600000);
      bench_append_id (lines, &dice, where.time, 8);
      bench_append_time (lines, "at", where.time);
      bench_append_text (lines, "store_id", where.store);
      if (has_table)
        append_table (lines, &where);
      append_dish (lines, "item_id", dish);
      append_dish (lines, "item", dish);
      g_string_append_printf (lines, ",\"quantity\":%u,\"amount\":%u.%02u", quantity, cents / 100, cents % 100);
      bench_append_text (lines, "currency", "EUR");
      n += end_line (lines, begin, &dice);
    }
  return n;
}
