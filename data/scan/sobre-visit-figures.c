/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-visit-figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scan/sobre-visit-tally-private.h"

static void
free_reach (gpointer data)
{
  SobreReachFigures *reach = data;

  g_free (reach->question);
  g_free (reach);
}

static void
free_dish (gpointer data)
{
  SobreDishFigures *dish = data;

  g_free (dish->item);
  g_free (dish);
}

static double
divide (SobreTallySum sum)
{
  return sum.n > 0 ? (double) sum.sum / SOBRE_CUBE_SUM_UNIT / (double) sum.n : (double) NAN;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* Of pairs number << 32 | visit, how many different visits each number has. (transfer full) (array): by number, from 1 to @n */
static gint64 *
count_visits (GArray *pairs, guint n)
{
  gint64 *counts = g_new0 (gint64, (gsize) n + 1);

  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      guint64 pair = g_array_index (pairs, guint64, i);

      if (i == 0 || pair != g_array_index (pairs, guint64, i - 1))
        counts[pair >> 32]++;
    }
  return counts;
}

static int
compare_reach (gconstpointer a, gconstpointer b)
{
  const SobreReachFigures *x = *(const SobreReachFigures *const *) a, *y = *(const SobreReachFigures *const *) b;

  if (x->visits != y->visits)
    return x->visits > y->visits ? -1 : 1;
  return strcmp (x->question, y->question);
}

static int
compare_dishes (gconstpointer a, gconstpointer b)
{
  const SobreDishFigures *x = *(const SobreDishFigures *const *) a, *y = *(const SobreDishFigures *const *) b;

  if (x->visits != y->visits)
    return x->visits > y->visits ? -1 : 1;
  return strcmp (x->item, y->item);
}

static void
make_reach (SobreVisitFigures *self, const SobreVisitTally *tally)
{
  guint n = tally->question_names->len;
  g_autofree gint64 *visits = count_visits (tally->question_visits, n);

  for (guint i = 0; i < n; i++)
    sobre_visit_figures_add_reach (self, g_ptr_array_index (tally->question_names, i))->visits = visits[i + 1];
  g_ptr_array_sort (self->reach, compare_reach);
}

/* What was only sold tells nothing of guests' interest or opinion. */
static void
make_dishes (SobreVisitFigures *self, const SobreVisitTally *tally)
{
  guint n = tally->dish_names->len;
  g_autofree gint64 *visits = count_visits (tally->dish_visits, n);

  for (guint i = 0; i < n; i++)
    {
      const SobreVisitDish *from = &g_array_index (tally->dish_tallies, SobreVisitDish, i);
      SobreDishFigures *dish;

      if (visits[i + 1] == 0 && from->named == 0)
        continue;
      dish = sobre_visit_figures_add_dish (self, g_ptr_array_index (tally->dish_names, i));
      dish->visits = visits[i + 1];
      dish->sold = from->sold;
      dish->named = from->named;
      dish->scores = from->scores.n;
      dish->low = from->low;
      dish->mean = divide (from->scores);
    }
  g_ptr_array_sort (self->dishes, compare_dishes);
}

static void
make_steps_and_hours (SobreVisitFigures *self, const SobreVisitTally *tally)
{
  self->n_visits = tally->marks->len;
  self->n_lines = tally->n_lines;
  for (guint i = 0; i < tally->marks->len; i++)
    {
      guint32 marks = g_array_index (tally->marks, guint32, i), open = g_array_index (tally->hours_open, guint32, i);

      for (guint step = 0; step < SOBRE_N_VISIT_STEPS; step++)
        self->steps[step] += marks >> step & 1;
      for (guint hour = 0; open != 0 && hour < 24; hour++)
        self->hours[hour].visits += open >> hour & 1;
    }
  for (guint hour = 0; hour < 24; hour++)
    {
      const SobreVisitHour *from = &tally->hours[hour];

      self->hours[hour].menus = from->menus;
      self->hours[hour].forms = from->forms;
      self->hours[hour].lines = from->lines;
      self->hours[hour].scores = from->scores.n;
      self->hours[hour].low = from->low;
      self->hours[hour].mean = divide (from->scores);
    }
}

/** Step: hours that were about as busy. */
typedef struct
{
  gint64 lines_from;
  gint64 hours;
  gint64 low;
  SobreTallySum scores;
} Step;

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;

  return (x->lines_from > y->lines_from) - (x->lines_from < y->lines_from);
}

/* Only hours that have both orders and scores say something of the two. */
static void
make_loads (SobreVisitFigures *self, const SobreVisitTally *tally, guint width)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, tally->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SobreVisitSlot *slot = value;
      Step step = { slot->lines / width * width, 1, slot->low, slot->scores };

      if (slot->lines > 0 && slot->scores.n > 0)
        g_array_append_val (steps, step);
    }
  g_array_sort (steps, compare_steps);
  for (guint i = 0, next; i < steps->len; i = next)
    {
      Step sum = g_array_index (steps, Step, i);
      SobreLoadFigures load;

      for (next = i + 1; next < steps->len && g_array_index (steps, Step, next).lines_from == sum.lines_from; next++)
        {
          const Step *other = &g_array_index (steps, Step, next);

          sum.hours++;
          sum.low += other->low;
          sum.scores.n += other->scores.n;
          sum.scores.sum += other->scores.sum;
        }
      load = (SobreLoadFigures) { sum.lines_from, sum.hours, sum.scores.n, sum.low, divide (sum.scores) };
      g_array_append_val (self->loads, load);
    }
}

static gboolean
fill (SobreVisitFigures *self, SobreCacheReader *reader, const SobreVisitQuery *query, GError **error)
{
  g_autoptr (SobreTally) filter = sobre_tally_new (reader, self->filter);
  g_autoptr (SobreVisitTally) tally = sobre_visit_tally_new (reader, filter, query);
  sqlite3 *db = sobre_cache_reader_get_db (reader);

  if (!sobre_visit_tally_feed_events (tally, reader, error) || !sobre_visit_tally_feed_orders (tally, reader, error) ||
      !sobre_visit_tally_feed_answers (tally, reader, error))
    return FALSE;
  make_steps_and_hours (self, tally);
  make_reach (self, tally);
  make_dishes (self, tally);
  make_loads (self, tally, MAX (query->load_step, 1));
  self->has_visits = sobre_cache_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM event)", 0) != 0;
  self->has_orders = sobre_cache_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM purchase)", 0) != 0;
  return TRUE;
}

SobreVisitFigures *
sobre_visit_figures_compute (SobreCacheReader *reader, const SobreFilter *filter, const SobreVisitQuery *query, GError **error)
{
  g_autoptr (SobreVisitFigures) self = sobre_visit_figures_new (filter);
  gboolean filled;

  if (!sobre_cache_reader_begin (reader, error))
    return NULL;
  filled = fill (self, reader, query, error);
  sobre_cache_reader_end (reader);
  return filled ? g_steal_pointer (&self) : NULL;
}

SobreVisitFigures *
sobre_visit_figures_new (const SobreFilter *filter)
{
  SobreVisitFigures *self = g_new0 (SobreVisitFigures, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->filter = sobre_filter_copy (filter);
  self->reach = g_ptr_array_new_with_free_func (free_reach);
  self->dishes = g_ptr_array_new_with_free_func (free_dish);
  self->loads = g_array_new (FALSE, TRUE, sizeof (SobreLoadFigures));
  for (guint hour = 0; hour < 24; hour++)
    self->hours[hour].mean = (double) NAN;
  return self;
}

SobreReachFigures *
sobre_visit_figures_add_reach (SobreVisitFigures *self, const char *question)
{
  SobreReachFigures *reach = g_new0 (SobreReachFigures, 1);

  reach->question = g_strdup (question);
  g_ptr_array_add (self->reach, reach);
  return reach;
}

SobreDishFigures *
sobre_visit_figures_add_dish (SobreVisitFigures *self, const char *item)
{
  SobreDishFigures *dish = g_new0 (SobreDishFigures, 1);

  dish->item = g_strdup (item);
  dish->mean = (double) NAN;
  g_ptr_array_add (self->dishes, dish);
  return dish;
}

SobreVisitFigures *
sobre_visit_figures_ref (SobreVisitFigures *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_visit_figures_unref (SobreVisitFigures *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sobre_filter_free (self->filter);
  g_ptr_array_unref (self->reach);
  g_ptr_array_unref (self->dishes);
  g_array_unref (self->loads);
  g_free (self);
}
