/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Visits, orders and answers for filters at random: what going through everything that was sent gives, a row at a time. */

#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "scan/sobre-visit-figures.h"
#include "visits-fixture.h"

#define N_FILTERS 80
#define LOAD_STEP 2

static SobreFilter *
choose_filter (GRand *random, const Sent *sent)
{
  const Row *like = &g_array_index (sent->events, Row, (guint) g_rand_int_range (random, 0, (gint32) sent->events->len));
  gint32 from = VISITS_FIRST_DAY + g_rand_int_range (random, -2, VISITS_N_DAYS);
  SobreFilter *filter = sobre_filter_new (from, from + g_rand_int_range (random, 0, VISITS_N_DAYS));

  if (g_rand_boolean (random))
    filter->store_id = g_strdup (g_rand_int_range (random, 0, 9) == 0 ? "no such store" : like->store);
  if (filter->store_id != NULL && g_rand_boolean (random))
    filter->table_id = g_strdup (like->table);
  if (g_rand_int_range (random, 0, 4) == 0)
    filter->language = g_strdup ("es");
  if (g_rand_int_range (random, 0, 4) == 0)
    filter->weekday = (gint8) sobre_day_get_weekday (like->day);
  if (g_rand_int_range (random, 0, 4) == 0)
    filter->hour = (gint8) like->hour;
  filter->unverified = g_rand_boolean (random);
  return filter;
}

static gboolean
is_in (const SobreFilter *filter, gint32 day, gint hour, const char *store, const char *table)
{
  return day >= filter->from_day && day <= filter->to_day &&
         (filter->store_id == NULL || g_str_equal (filter->store_id, store)) &&
         (filter->table_id == NULL || g_strcmp0 (filter->table_id, table) == 0) &&
         (filter->weekday < 0 || filter->weekday == sobre_day_get_weekday (day)) && (filter->hour < 0 || filter->hour == hour);
}

static gboolean
answers_count (const SobreFilter *filter, const Answered *row)
{
  return is_in (filter, row->day, row->hour, row->response.store, row->response.table) &&
         (row->response.verified || filter->unverified) &&
         (filter->language == NULL || g_str_equal (filter->language, row->response.language));
}

/* Different visits of the events that match all that is not %NULL, and @hour where it is not negative. */
static gint64
count_visits (const Sent *sent, const SobreFilter *filter, const char *page, const char *action, const char *target, gint hour)
{
  g_autoptr (GHashTable) visits = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sent->events->len; i++)
    {
      Row *row = &g_array_index (sent->events, Row, i);

      if (is_in (filter, row->day, row->hour, row->store, row->table) && (page == NULL || g_str_equal (page, row->page)) &&
          (action == NULL || g_str_equal (action, row->action)) && (target == NULL || g_strcmp0 (target, row->target) == 0) &&
          (hour < 0 || hour == row->hour))
        g_hash_table_add (visits, row->visit);
    }
  return g_hash_table_size (visits);
}

/** Sum: what an oracle adds up of answers. @named: with or without a score */
typedef struct
{
  gint64 named;
  gint64 scores;
  gint64 low;
  double sum;
} Sum;

/* Of the answers that match: @item where not %NULL, @question likewise, else stars and smileys where there is no item; @hour, @store and
 * @day where given. */
static Sum
add_up (const Sent *sent,
        const SobreFilter *filter,
        const char *item,
        const char *question,
        gint hour,
        const char *store,
        gint32 day)
{
  Sum sum = { 0 };

  for (guint i = 0; i < sent->responses->len; i++)
    {
      const Answered *row = &g_array_index (sent->responses, Answered, i);

      if (!answers_count (filter, row) || (hour >= 0 && hour != row->hour) || (day != 0 && day != row->day) ||
          (store != NULL && !g_str_equal (store, row->response.store)))
        continue;
      for (guint j = 0; j < row->response.n_answers; j++)
        {
          const MadeAnswer *answer = &row->response.answers[j];
          gboolean rating = answer->kind == SOBRE_ANSWER_STARS || answer->kind == SOBRE_ANSWER_SMILEY;
          gboolean wanted = item != NULL ? g_strcmp0 (item, answer->item) == 0
                                         : (question != NULL ? g_str_equal (question, answer->question) : rating);

          sum.named += wanted;
          if (!wanted || isnan (answer->score))
            continue;
          sum.scores++;
          sum.low += answer->score <= 2;
          sum.sum += answer->score;
        }
    }
  return sum;
}

static void
assert_scores (gint64 scores, gint64 low, double mean, Sum expected)
{
  g_assert_cmpint (scores, ==, expected.scores);
  g_assert_cmpint (low, ==, expected.low);
  if (scores > 0)
    g_assert_cmpfloat_with_epsilon (mean, expected.sum / (double) expected.scores, 1e-6);
  else
    g_assert_true (isnan (mean));
}

static void
assert_steps (const SobreVisitFigures *figures, const Sent *sent)
{
  const SobreFilter *filter = figures->filter;
  const char *const steps[][2] = { { "menu", "open" },  { "menu", "item" },     { "form", "open" },
                                   { "form", "start" }, { "form", "question" }, { "form", "submit" } };

  g_assert_cmpint (figures->n_visits, ==, count_visits (sent, filter, NULL, NULL, NULL, -1));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpint (figures->steps[i], ==, count_visits (sent, filter, steps[i][0], steps[i][1], NULL, -1));
}

static void
assert_reach (const SobreVisitFigures *figures, const Sent *sent)
{
  guint n_expected = 0;

  for (guint i = 0; visits_questions[i] != NULL; i++)
    n_expected += count_visits (sent, figures->filter, "form", "question", visits_questions[i], -1) > 0;
  g_assert_cmpuint (figures->reach->len, ==, n_expected);
  for (guint i = 0; i < figures->reach->len; i++)
    {
      const SobreReachFigures *reach = g_ptr_array_index (figures->reach, i);

      g_assert_cmpint (reach->visits, ==, count_visits (sent, figures->filter, "form", "question", reach->question, -1));
      if (i > 0)
        g_assert_cmpint (((const SobreReachFigures *) g_ptr_array_index (figures->reach, i - 1))->visits, >=, reach->visits);
    }
}

static gint64
count_sold (const Sent *sent, const SobreFilter *filter, const char *item)
{
  gint64 sold = 0;

  for (guint i = 0; i < sent->orders->len; i++)
    {
      const Row *row = &g_array_index (sent->orders, Row, i);

      if (is_in (filter, row->day, row->hour, row->store, row->table) && g_strcmp0 (item, row->target) == 0)
        sold += row->quantity;
    }
  return sold;
}

static void
assert_dishes (const SobreVisitFigures *figures, const Sent *sent)
{
  g_autoptr (GHashTable) expected = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sent->events->len; i++)
    {
      const Row *row = &g_array_index (sent->events, Row, i);

      if (is_in (figures->filter, row->day, row->hour, row->store, row->table) && row->target != NULL &&
          g_str_equal (row->page, "menu") && g_str_equal (row->action, "item"))
        g_hash_table_add (expected, (gpointer) row->target);
    }
  for (guint i = 0; i < sent->responses->len; i++)
    {
      const Answered *row = &g_array_index (sent->responses, Answered, i);

      for (guint j = 0; answers_count (figures->filter, row) && j < row->response.n_answers; j++)
        if (row->response.answers[j].item != NULL && row->response.answers[j].item[0] != '\0')
          g_hash_table_add (expected, (gpointer) row->response.answers[j].item);
    }
  g_assert_cmpuint (figures->dishes->len, ==, g_hash_table_size (expected));
  for (guint i = 0; i < figures->dishes->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (figures->dishes, i);
      Sum sum = add_up (sent, figures->filter, dish->item, NULL, -1, NULL, 0);

      g_assert_true (g_hash_table_contains (expected, dish->item));
      g_assert_cmpint (dish->visits, ==, count_visits (sent, figures->filter, "menu", "item", dish->item, -1));
      g_assert_cmpint (dish->sold, ==, count_sold (sent, figures->filter, dish->item));
      g_assert_cmpint (dish->named, ==, sum.named);
      assert_scores (dish->scores, dish->low, dish->mean, sum);
    }
}

static gint64
count_lines (const Sent *sent, const SobreFilter *filter, gint hour, const char *store, gint32 day)
{
  gint64 n = 0;

  for (guint i = 0; i < sent->orders->len; i++)
    {
      const Row *row = &g_array_index (sent->orders, Row, i);

      n += is_in (filter, row->day, row->hour, row->store, row->table) && (hour < 0 || hour == row->hour) &&
           (store == NULL || g_str_equal (store, row->store)) && (day == 0 || day == row->day);
    }
  return n;
}

static void
assert_hours (const SobreVisitFigures *figures, const Sent *sent, const char *question)
{
  g_assert_cmpint (figures->n_lines, ==, count_lines (sent, figures->filter, -1, NULL, 0));
  for (gint hour = 0; hour < 24; hour++)
    {
      const SobreHourFigures *own = &figures->hours[hour];
      g_autoptr (GHashTable) visits = g_hash_table_new (g_str_hash, g_str_equal);
      gint64 opened[2] = { 0 };

      for (guint i = 0; i < sent->events->len; i++)
        {
          Row *row = &g_array_index (sent->events, Row, i);

          if (row->hour != hour || !is_in (figures->filter, row->day, row->hour, row->store, row->table) ||
              !g_str_equal (row->action, "open"))
            continue;
          opened[g_str_equal (row->page, "form")]++;
          g_hash_table_add (visits, row->visit);
        }
      g_assert_cmpint (own->visits, ==, g_hash_table_size (visits));
      g_assert_cmpint (own->menus, ==, opened[0]);
      g_assert_cmpint (own->forms, ==, opened[1]);
      g_assert_cmpint (own->lines, ==, count_lines (sent, figures->filter, hour, NULL, 0));
      assert_scores (own->scores, own->low, own->mean, add_up (sent, figures->filter, NULL, question, hour, NULL, 0));
    }
}

static void
assert_loads (const SobreVisitFigures *figures, const Sent *sent, const char *question)
{
  static const char *const all_stores[] = { "centro", "playa", "2", "10" };
  gint64 hours[VISITS_N_ORDERS] = { 0 };
  Sum sums[VISITS_N_ORDERS] = { 0 };
  guint n_expected = 0;

  for (guint store = 0; store < G_N_ELEMENTS (all_stores); store++)
    for (gint32 day = VISITS_FIRST_DAY - 1; day <= VISITS_FIRST_DAY + VISITS_N_DAYS; day++)
      for (gint hour = 0; hour < 24; hour++)
        {
          gint64 lines = count_lines (sent, figures->filter, hour, all_stores[store], day);
          Sum sum = add_up (sent, figures->filter, NULL, question, hour, all_stores[store], day);

          if (lines == 0 || sum.scores == 0)
            continue;
          hours[lines / LOAD_STEP]++;
          sums[lines / LOAD_STEP].scores += sum.scores;
          sums[lines / LOAD_STEP].low += sum.low;
          sums[lines / LOAD_STEP].sum += sum.sum;
        }
  for (guint i = 0; i < figures->loads->len; i++)
    {
      const SobreLoadFigures *load = &g_array_index (figures->loads, SobreLoadFigures, i);

      g_assert_cmpint (load->hours, ==, hours[load->lines_from / LOAD_STEP]);
      assert_scores (load->scores, load->low, load->mean, sums[load->lines_from / LOAD_STEP]);
      if (i > 0)
        g_assert_cmpint (g_array_index (figures->loads, SobreLoadFigures, i - 1).lines_from, <, load->lines_from);
    }
  for (guint i = 0; i < VISITS_N_ORDERS; i++)
    n_expected += hours[i] > 0;
  g_assert_cmpuint (figures->loads->len, ==, n_expected);
}

static void
test_random_filters (CacheFixture *fixture, gconstpointer data)
{
  g_auto (Sent) sent = visits_send (fixture);
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);

  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr (SobreFilter) filter = choose_filter (fixture->random, &sent);
      const char *question = i % 2 == 0 ? NULL : "service";
      SobreVisitQuery query = { question, LOAD_STEP };
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreVisitFigures) figures = sobre_visit_figures_compute (reader, filter, &query, &error);

      g_assert_no_error (error);
      g_assert_true (figures->has_visits && figures->has_orders);
      assert_steps (figures, &sent);
      assert_reach (figures, &sent);
      assert_dishes (figures, &sent);
      assert_hours (figures, &sent, question);
      assert_loads (figures, &sent, question);
    }
}

static void
test_empty_cache (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (VISITS_FIRST_DAY, VISITS_FIRST_DAY + VISITS_N_DAYS);
  SobreVisitQuery query = { NULL, 10 };
  g_autoptr (SobreVisitFigures) figures = sobre_visit_figures_compute (reader, filter, &query, NULL);

  g_assert_nonnull (figures);
  g_assert_cmpint (figures->n_visits, ==, 0);
  g_assert_cmpuint (figures->dishes->len + figures->reach->len + figures->loads->len, ==, 0);
  g_assert_true (isnan (figures->hours[12].mean));
  g_assert_false (figures->has_visits || figures->has_orders);
}

/* What came later is in the next figures of the same reader. */
static void
test_later_visit (CacheFixture *fixture, gconstpointer data)
{
  g_auto (Sent) sent = visits_send (fixture);
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (VISITS_FIRST_DAY - 1, VISITS_FIRST_DAY + VISITS_N_DAYS);
  SobreVisitQuery query = { NULL, 10 };
  g_autoptr (SobreVisitFigures) before = sobre_visit_figures_compute (reader, filter, &query, NULL);
  g_autoptr (SobreVisitFigures) after = NULL;

  visits_send_submit (fixture, "late");
  after = sobre_visit_figures_compute (reader, filter, &query, NULL);
  g_assert_cmpint (after->n_visits, ==, before->n_visits + 1);
  g_assert_cmpint (after->steps[SOBRE_VISIT_ANSWER_SENT], ==, before->steps[SOBRE_VISIT_ANSWER_SENT] + 1);
  g_assert_cmpint (after->steps[SOBRE_VISIT_FORM_OPENED], ==, before->steps[SOBRE_VISIT_FORM_OPENED]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                        \
  g_test_add ("/visit-figures/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("random-filters", test_random_filters);
  ADD ("empty-cache", test_empty_cache);
  ADD ("later-visit", test_later_visit);
#undef ADD

  return g_test_run ();
}
