/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A dashboard's numbers for filters at random: what a count of the sent answers gives, whether cubes or chunks were asked. */

#include <math.h>
#include <string.h>

#include "cache-fixture.h"
#include "model/sobre-time.h"
#include "scan/sobre-figures.h"

#define FIRST_DAY 20500
#define N_DAYS 20
#define N_RESPONSES 500
#define N_FILTERS 120

/** Sent: a response and where it counts. */
typedef struct
{
  MadeResponse response;
  gint32 day;
  gint hour;
} Sent;

/** Sum: what an oracle adds up. @n: scores · @guests: responses that they are of */
typedef struct
{
  gint64 n;
  gint64 guests;
  double sum;
} Sum;

static void
add (Sum *sum, double score)
{
  sum->n++;
  sum->sum += score;
}

static void
assert_mean (gint64 n, double mean, Sum expected)
{
  g_assert_cmpint (n, ==, expected.n);
  if (n > 0)
    g_assert_cmpfloat_with_epsilon (mean, expected.sum / (double) expected.n, 1e-9);
  else
    g_assert_true (isnan (mean));
}

/* Of a place: how many guests scored there, and the mean of all their scores. */
static void
assert_place (gint64 n, double mean, Sum expected)
{
  g_assert_cmpint (n, ==, expected.guests);
  assert_mean (expected.n, mean, expected);
}

static GArray *
send (CacheFixture *fixture)
{
  GArray *sent = g_array_new (FALSE, FALSE, sizeof (Sent));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < N_RESPONSES; i++)
    {
      Sent one = { .response = made_response (fixture->random, FIRST_DAY) };

      one.response.dt = FIRST_DAY;
      cache_fixture_locate (&one.response, &one.day, &one.hour);
      made_response_append_line (&one.response, lines);
      g_array_append_val (sent, one);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, FIRST_DAY, lines->str);
  return sent;
}

/* Another copy, earlier and of another table, replaces the first. */
static void
send_copies (CacheFixture *fixture, GArray *sent)
{
  for (guint i = 0; i < sent->len; i += 9)
    {
      Sent *one = &g_array_index (sent, Sent, i);
      g_autoptr (GString) line = g_string_new (NULL);

      one->response.received_at -= 1;
      one->response.table = "t2";
      cache_fixture_locate (&one->response, &one->day, &one->hour);
      made_response_append_line (&one->response, line);
      cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, FIRST_DAY, line->str);
    }
}

static SobreFilter *
choose_filter (GRand *random, const GArray *sent)
{
  const Sent *like = &g_array_index (sent, Sent, (guint) g_rand_int_range (random, 0, (gint32) sent->len));
  gint32 from = FIRST_DAY + g_rand_int_range (random, -2, N_DAYS);
  SobreFilter *filter = sobre_filter_new (from, from + g_rand_int_range (random, 0, N_DAYS));

  if (g_rand_boolean (random))
    filter->store_id = g_strdup (g_rand_int_range (random, 0, 9) == 0 ? "no such store" : like->response.store);
  if (filter->store_id != NULL && g_rand_boolean (random))
    filter->table_id = g_strdup (like->response.table);
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->language = g_strdup (like->response.language);
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->weekday = (gint8) sobre_day_get_weekday (like->day);
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->hour = (gint8) like->hour;
  filter->unverified = g_rand_boolean (random);
  return filter;
}

static gboolean
matches (const SobreFilter *filter, const Sent *one, gint32 from, gint32 to)
{
  return one->day >= from && one->day <= to &&
         (filter->store_id == NULL || g_str_equal (filter->store_id, one->response.store)) &&
         (filter->table_id == NULL || g_str_equal (filter->table_id, one->response.table)) &&
         (filter->language == NULL || g_str_equal (filter->language, one->response.language)) &&
         (filter->weekday < 0 || filter->weekday == sobre_day_get_weekday (one->day)) &&
         (filter->hour < 0 || filter->hour == one->hour);
}

static gboolean
is_rating (const MadeAnswer *answer)
{
  return answer->kind == SOBRE_ANSWER_STARS || answer->kind == SOBRE_ANSWER_SMILEY;
}

/* Adds up every score that a test of the answer and the response lets through. */
static Sum
add_up (const GArray *sent,
        const SobreFilter *filter,
        gint32 from,
        gint32 to,
        const char *question,
        const char *store,
        const char *table)
{
  Sum sum = { 0 };

  for (guint i = 0; i < sent->len; i++)
    {
      const Sent *one = &g_array_index (sent, Sent, i);
      gint64 before = sum.n;

      if (!matches (filter, one, from, to) || (!one->response.verified && !filter->unverified) ||
          (store != NULL && !g_str_equal (store, one->response.store)) ||
          (table != NULL && !g_str_equal (table, one->response.table)))
        continue;
      for (guint j = 0; j < one->response.n_answers; j++)
        {
          const MadeAnswer *answer = &one->response.answers[j];

          if (!isnan (answer->score) && (question != NULL ? g_str_equal (question, answer->question) : is_rating (answer)))
            add (&sum, answer->score);
        }
      sum.guests += sum.n > before;
    }
  return sum;
}

static void
assert_counts (const SobreFigures *figures, const GArray *sent)
{
  const SobreFilter *filter = figures->filter;
  gint32 length = filter->to_day - filter->from_day + 1;
  gint64 n = 0, n_previous = 0, n_unverified = 0;

  for (guint i = 0; i < sent->len; i++)
    {
      const Sent *one = &g_array_index (sent, Sent, i);
      gboolean counts = one->response.verified || filter->unverified;

      n += counts && matches (filter, one, filter->from_day, filter->to_day);
      n_previous += counts && matches (filter, one, filter->from_day - length, filter->from_day - 1);
      n_unverified += !counts && matches (filter, one, filter->from_day, filter->to_day);
    }
  g_assert_cmpint (figures->n_responses, ==, n);
  g_assert_cmpint (figures->previous_n_responses, ==, n_previous);
  g_assert_cmpint (figures->n_unverified, ==, n_unverified);
}

static void
assert_questions (const SobreFigures *figures, const GArray *sent)
{
  static const char *const questions[] = { "food", "service", "recommend", "place" };
  const SobreFilter *filter = figures->filter;
  gint32 length = filter->to_day - filter->from_day + 1;
  Sum now = add_up (sent, filter, filter->from_day, filter->to_day, NULL, NULL, NULL);
  guint n_expected = 0;

  assert_mean (figures->overall.n, figures->overall.mean, now);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      Sum current = add_up (sent, filter, filter->from_day, filter->to_day, questions[i], NULL, NULL);
      Sum previous = add_up (sent, filter, filter->from_day - length, filter->from_day - 1, questions[i], NULL, NULL);
      const SobreQuestionFigures *found = NULL;
      gint64 in_histogram = 0;

      for (guint j = 0; j < figures->questions->len; j++)
        {
          const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, j);

          found = g_str_equal (question->question, questions[i]) ? question : found;
        }
      n_expected += current.n + previous.n > 0;
      g_assert_true ((found != NULL) == (current.n + previous.n > 0));
      if (found == NULL)
        continue;
      assert_mean (found->n, found->mean, current);
      assert_mean (found->previous_n, found->previous_mean, previous);
      for (guint score = 0; score <= 10; score++)
        in_histogram += found->histogram[score];
      g_assert_cmpint (in_histogram, ==, current.n);
      g_assert_true (isfinite (found->nps) == (found->kind == SOBRE_ANSWER_NPS && current.n > 0));
    }
  g_assert_cmpuint (figures->questions->len, ==, n_expected);
}

static void
assert_days_and_tables (const SobreFigures *figures, const GArray *sent)
{
  const SobreFilter *filter = figures->filter;
  gint64 n = 0;

  g_assert_cmpuint (figures->days->len, ==, (guint) (filter->to_day - filter->from_day + 1));
  for (guint i = 0; i < figures->days->len; i++)
    {
      const SobreDayFigures *day = &g_array_index (figures->days, SobreDayFigures, i);
      Sum expected = add_up (sent, filter, day->day, day->day, NULL, NULL, NULL);

      if (expected.n > 0)
        g_assert_cmpfloat_with_epsilon (day->mean, expected.sum / (double) expected.n, 1e-9);
      else
        g_assert_true (isnan (day->mean));
    }
  for (guint i = 0; i < figures->tables->len; i++)
    {
      const SobreTableFigures *table = g_ptr_array_index (figures->tables, i);

      assert_place (table->n, table->mean,
                    add_up (sent, filter, filter->from_day, filter->to_day, NULL, table->store_id, table->table_id));
      n += table->n;
    }
  g_assert_cmpint (n, ==, add_up (sent, filter, filter->from_day, filter->to_day, NULL, NULL, NULL).guests);
}

static void
assert_heat (const SobreFigures *figures, const GArray *sent)
{
  SobreFilter *narrow = sobre_filter_copy (figures->filter);

  for (guint weekday = 0; weekday < 7; weekday++)
    {
      for (guint hour = 0; hour < 24; hour++)
        {
          gboolean wanted = (figures->filter->weekday < 0 || figures->filter->weekday == (gint8) weekday) &&
                            (figures->filter->hour < 0 || figures->filter->hour == (gint8) hour);
          Sum expected = { 0 };

          narrow->weekday = (gint8) weekday;
          narrow->hour = (gint8) hour;
          if (wanted)
            expected = add_up (sent, narrow, narrow->from_day, narrow->to_day, NULL, NULL, NULL);
          assert_place (figures->heat[weekday][hour].n, figures->heat[weekday][hour].mean, expected);
        }
    }
  sobre_filter_free (narrow);
}

static void
assert_comments (const SobreFigures *figures, const GArray *sent)
{
  const SobreFilter *filter = figures->filter;
  guint n = 0;

  for (guint i = 0; i < sent->len; i++)
    {
      const Sent *one = &g_array_index (sent, Sent, i);

      n += matches (filter, one, filter->from_day, filter->to_day) && (one->response.verified || filter->unverified) &&
           one->response.comment != NULL && one->response.comment[0] != '\0';
    }
  g_assert_cmpuint (figures->comments->len, ==, MIN (n, 7));
  for (guint i = 1; i < figures->comments->len; i++)
    {
      const SobreComment *before = g_ptr_array_index (figures->comments, i - 1),
                         *comment = g_ptr_array_index (figures->comments, i);

      g_assert_cmpint (before->submitted_at, >=, comment->submitted_at);
    }
}

static void
test_random_filters (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) sent = send (fixture);
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);

  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr (SobreFilter) filter = choose_filter (fixture->random, sent);
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreFigures) figures = NULL;

      /* The reader goes on with what it has kept when something is replaced under it. */
      if (i == N_FILTERS / 2)
        send_copies (fixture, sent);
      figures = sobre_figures_compute (reader, filter, 7, &error);
      g_assert_no_error (error);
      assert_counts (figures, sent);
      assert_questions (figures, sent);
      assert_days_and_tables (figures, sent);
      assert_heat (figures, sent);
      assert_comments (figures, sent);
    }
}

/* Tables follow each other as people count: 2 before 10. */
static void
test_natural_order (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) sent = send (fixture);
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (FIRST_DAY - 1, FIRST_DAY + N_DAYS);
  g_autoptr (SobreFigures) figures = sobre_figures_compute (reader, filter, 0, NULL);
  static const char *const stores[] = { "2", "10", "centro", "playa" };
  const SobreTableFigures *table;

  g_assert_cmpuint (figures->tables->len, ==, 16);
  for (guint i = 0; i < figures->tables->len; i++)
    {
      table = g_ptr_array_index (figures->tables, i);
      g_assert_cmpstr (table->store_id, ==, stores[i / 4]);
    }
  table = g_ptr_array_index (figures->tables, 2);
  g_assert_cmpstr (table->table_id, ==, "t2");
  table = g_ptr_array_index (figures->tables, 3);
  g_assert_cmpstr (table->table_id, ==, "t10");
}

static void
test_empty_cache (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (FIRST_DAY, FIRST_DAY + N_DAYS);
  g_autoptr (SobreFigures) figures = sobre_figures_compute (reader, filter, 7, NULL);

  g_assert_nonnull (figures);
  g_assert_cmpint (figures->n_responses, ==, 0);
  g_assert_true (isnan (figures->overall.mean));
  g_assert_cmpuint (figures->days->len, ==, N_DAYS + 1);
  g_assert_cmpuint (figures->tables->len, ==, 0);
  g_assert_cmpint (figures->newest, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/figures/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("random-filters", test_random_filters);
  ADD ("natural-order", test_natural_order);
  ADD ("empty-cache", test_empty_cache);
#undef ADD

  return g_test_run ();
}
