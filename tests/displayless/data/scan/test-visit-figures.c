/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Visits, orders and answers for filters at random: what going through everything that was sent gives, a row at a time. */

#include <math.h>
#include <string.h>

#include "cache-fixture.h"
#include "model/sobre-time.h"
#include "scan/sobre-visit-figures.h"

#define FIRST_DAY 20500
#define N_DAYS 20
#define N_RESPONSES 300
#define N_EVENTS 1500
#define N_ORDERS 600
#define N_VISITS 90
#define N_FILTERS 80
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define LOAD_STEP 2

static const char *const stores[] = { "centro", "playa", "2" };
static const char *const tables[] = { "t1", "t2", "t10", NULL };
static const char *const items[] = { "m1", "m2", "cake", "O'Brien", NULL };
static const char *const questions[] = { "food", "service", "recommend", NULL };

/** Row: an event, or an order where @visit is %NULL. */
typedef struct
{
  gint64 at;
  gint64 received_at;
  gint32 day;
  gint hour;
  char visit[8];
  const char *store;
  const char *table;
  const char *page;
  const char *action;
  const char *target;
  int quantity;
} Row;

/** Answered: a response and where it counts. */
typedef struct
{
  MadeResponse response;
  gint32 day;
  gint hour;
} Answered;

typedef struct
{
  GArray *events;
  GArray *orders;
  GArray *responses;
} Sent;

#define PICK(random, texts) ((texts)[g_rand_int_range ((random), 0, G_N_ELEMENTS (texts))])

static void
append_member (GString *line, const char *name, const char *text)
{
  if (text != NULL)
    g_string_append_printf (line, ",\"%s\":\"%s\"", name, text);
}

static void
append_time (GString *line, const char *name, gint64 time)
{
  char text[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (time, text);
  append_member (line, name, text);
}

static void
begin_line (GRand *random, const Row *row, GString *line)
{
  SobreId id = made_id (random, row->at);
  char text[SOBRE_ID_STRING_LENGTH + 1];

  sobre_id_format (&id, text);
  g_string_append_printf (line, "{\"v\":1,\"id\":\"%s\"", text);
  append_time (line, "at", row->at);
  append_member (line, "store_id", row->store);
  append_member (line, "table_id", row->table);
}

static void
place (GRand *random, Row *row)
{
  MadeResponse like;

  row->at = (FIRST_DAY + g_rand_int_range (random, 0, N_DAYS)) * SOBRE_DAY_MS + g_rand_int_range (random, 0, 24) * HOUR_MS +
            g_rand_int_range (random, -1, 2);
  row->received_at = row->at + g_rand_int_range (random, 0, 5000);
  row->store = PICK (random, stores);
  row->table = PICK (random, tables);
  like = (MadeResponse) { .submitted_at = row->at, .received_at = row->received_at };
  cache_fixture_locate (&like, &row->day, &row->hour);
}

/* A phone's clock that is half a year ahead: the event counts when it came. */
static void
spoil_clock (Row *row)
{
  MadeResponse like = { .submitted_at = row->at + 180 * SOBRE_DAY_MS, .received_at = row->received_at };

  row->at = like.submitted_at;
  cache_fixture_locate (&like, &row->day, &row->hour);
}

static GArray *
send_events (CacheFixture *fixture)
{
  static const char *const pages[] = { "menu", "form" };
  static const char *const actions[] = { "open", "item", "language", "start", "question", "submit", "leave" };
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      Row row = { 0 };

      place (fixture->random, &row);
      if (g_rand_int_range (fixture->random, 0, 20) == 0)
        spoil_clock (&row);
      row.page = PICK (fixture->random, pages);
      row.action = PICK (fixture->random, actions);
      row.target = g_str_equal (row.action, "question") ? PICK (fixture->random, questions) : PICK (fixture->random, items);
      g_snprintf (row.visit, sizeof row.visit, "v%d", g_rand_int_range (fixture->random, 0, N_VISITS));
      begin_line (fixture->random, &row, lines);
      append_time (lines, "received_at", row.received_at);
      append_member (lines, "visit", row.visit);
      append_member (lines, "page", row.page);
      append_member (lines, "action", row.action);
      append_member (lines, "target", row.target);
      g_string_append (lines, "}\n");
      g_array_append_val (rows, row);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_EVENTS, FIRST_DAY, lines->str);
  return rows;
}

static GArray *
send_orders (CacheFixture *fixture)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < N_ORDERS; i++)
    {
      Row row = { 0 };

      place (fixture->random, &row);
      row.received_at = row.at;
      row.target = PICK (fixture->random, items);
      row.quantity = g_rand_int_range (fixture->random, -1, 4);
      begin_line (fixture->random, &row, lines);
      append_member (lines, "item_id", row.target);
      g_string_append_printf (lines, ",\"item\":\"x\",\"quantity\":%d,\"amount\":1.5,\"currency\":\"EUR\"}\n", row.quantity);
      g_array_append_val (rows, row);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_ORDERS, FIRST_DAY, lines->str);
  return rows;
}

static GArray *
send_responses (CacheFixture *fixture)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Answered));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < N_RESPONSES; i++)
    {
      Answered row = { .response = made_response (fixture->random, FIRST_DAY) };

      row.response.dt = FIRST_DAY;
      cache_fixture_locate (&row.response, &row.day, &row.hour);
      made_response_append_line (&row.response, lines);
      g_array_append_val (rows, row);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, FIRST_DAY, lines->str);
  return rows;
}

static Sent
send (CacheFixture *fixture)
{
  return (Sent) { send_events (fixture), send_orders (fixture), send_responses (fixture) };
}

static void
sent_clear (Sent *self)
{
  g_array_unref (self->events);
  g_array_unref (self->orders);
  g_array_unref (self->responses);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sent, sent_clear)

static SobreFilter *
choose_filter (GRand *random, const Sent *sent)
{
  const Row *like = &g_array_index (sent->events, Row, (guint) g_rand_int_range (random, 0, (gint32) sent->events->len));
  gint32 from = FIRST_DAY + g_rand_int_range (random, -2, N_DAYS);
  SobreFilter *filter = sobre_filter_new (from, from + g_rand_int_range (random, 0, N_DAYS));

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

  for (guint i = 0; questions[i] != NULL; i++)
    n_expected += count_visits (sent, figures->filter, "form", "question", questions[i], -1) > 0;
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
  gint64 hours[N_ORDERS] = { 0 };
  Sum sums[N_ORDERS] = { 0 };
  guint n_expected = 0;

  for (guint store = 0; store < G_N_ELEMENTS (all_stores); store++)
    for (gint32 day = FIRST_DAY - 1; day <= FIRST_DAY + N_DAYS; day++)
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
  for (guint i = 0; i < N_ORDERS; i++)
    n_expected += hours[i] > 0;
  g_assert_cmpuint (figures->loads->len, ==, n_expected);
}

static void
test_random_filters (CacheFixture *fixture, gconstpointer data)
{
  g_auto (Sent) sent = send (fixture);
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
  g_autoptr (SobreFilter) filter = sobre_filter_new (FIRST_DAY, FIRST_DAY + N_DAYS);
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
  g_auto (Sent) sent = send (fixture);
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (FIRST_DAY - 1, FIRST_DAY + N_DAYS);
  SobreVisitQuery query = { NULL, 10 };
  g_autoptr (SobreVisitFigures) before = sobre_visit_figures_compute (reader, filter, &query, NULL);
  g_autoptr (SobreVisitFigures) after = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  Row row = { 0 };

  place (fixture->random, &row);
  begin_line (fixture->random, &row, line);
  append_time (line, "received_at", row.received_at);
  g_string_append (line, ",\"visit\":\"late\",\"page\":\"form\",\"action\":\"submit\"}\n");
  cache_fixture_write (fixture, SOBRE_DATASET_EVENTS, FIRST_DAY, line->str);
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
