/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pictures of visits, orders and dishes: legible at any size, true to their figures, and with something to say when there are none. */

#include <math.h>
#include <string.h>

#include "figures-fixture.h"
#include "model/sobre-time.h"
#include "sobre-report-pages.h"
#include "sobre-visits-plots.h"

#define LAST_DAY (sobre_day_from_civil (2026, 11, 22))

static const char form_json[] = "{\"id\":\"table\",\"version\":1,\"languages\":[\"en\"],\"title\":{\"en\":\"How was "
                                "it?\"},\"privacy\":{\"en\":\"{days} days\"},"
                                "\"thanks\":{\"en\":\"Thank you\"},\"questions\":["
                                "{\"id\":\"overall\",\"kind\":\"smiley\",\"label\":{\"en\":\"Overall\"}},"
                                "{\"id\":\"wrong\",\"kind\":\"text\",\"label\":{\"en\":\"What went "
                                "wrong\"},\"show_if\":{\"question\":\"overall\",\"at_most\":3}},"
                                "{\"id\":\"food\",\"kind\":\"stars\",\"label\":{\"en\":\"Food\"}},"
                                "{\"id\":\"service\",\"kind\":\"stars\",\"label\":{\"en\":\"Service\"}},"
                                "{\"id\":\"meal\",\"kind\":\"dish\",\"label\":{\"en\":\"Dishes\"}}]}";

typedef struct
{
  SobreFigures *figures;
  SobreFiguresLabels labels;
  SobreForm *form;
  SobreFilter *filter;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  FiguresFixture usual = figures_fixture_usual ();
  g_autoptr (GError) error = NULL;

  self->figures = figures_fixture_make (&usual);
  self->form = sobre_form_parse (form_json, -1, NULL, &error);
  g_assert_no_error (error);
  self->labels.calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  self->labels.form = self->form;
  self->filter = sobre_filter_new (LAST_DAY - 6, LAST_DAY);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  figures_fixture_free (self->figures);
  g_object_unref (self->form);
  sobre_service_calendar_unref (self->labels.calendar);
  sobre_filter_free (self->filter);
}

static void
add_dish (SobreVisitFigures *visits, const char *item, gint64 looks, gint64 scores, double mean)
{
  SobreDishFigures *dish = sobre_visit_figures_add_dish (visits, item);

  dish->visits = looks;
  dish->scores = dish->named = scores;
  dish->mean = scores > 0 ? mean : (double) NAN;
}

static void
add_reach (SobreVisitFigures *visits, const char *question, gint64 n)
{
  sobre_visit_figures_add_reach (visits, question)->visits = n;
}

static gint64
roll (gint64 most)
{
  return most > 0 ? g_test_rand_int_range (0, (gint32) most + 1) : 0;
}

/* Anything that a cache might say; @most: visits of a step. */
static SobreVisitFigures *
make_random (Fixture *self, gint64 most, guint n_dishes)
{
  SobreVisitFigures *visits = sobre_visit_figures_new (self->filter);

  visits->has_visits = visits->n_visits = most > 0;
  visits->has_orders = visits->n_lines = roll (most) > 0;
  for (guint i = 0; i < SOBRE_N_VISIT_STEPS; i++)
    visits->steps[i] = roll (most);
  for (guint i = 0; most > 0 && i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("question number %u of a form that has many of them", i);

      add_reach (visits, i < 2 ? (i == 0 ? "comment" : "service") : name, roll (most));
    }
  for (guint i = 0; i < n_dishes; i++)
    {
      g_autofree char *name =
          g_strdup_printf ("%.*s %u", (int) roll (48), "a dish with the longest name of all that are on it", i);

      add_dish (visits, name, roll (most), roll (30), g_test_rand_double_range (1, 5));
    }
  for (guint i = 0; i < 24; i++)
    {
      visits->hours[i].visits = i % 5 == 0 ? 0 : roll (most);
      visits->hours[i].lines = visits->has_orders ? roll (most * 3) : 0;
      visits->hours[i].scores = roll (most);
      visits->hours[i].mean = visits->hours[i].scores > 0 ? g_test_rand_double_range (1, 5) : (double) NAN;
    }
  return visits;
}

static SobreDrawing *
make_dishes (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  return sobre_visits_make_dishes (visits, figures, labels, 11);
}

typedef SobreDrawing *(*MakeFunc) (const SobreVisitFigures *visits,
                                   const SobreFigures *figures,
                                   const SobreFiguresLabels *labels);

static const MakeFunc makers[] = { sobre_visits_make_funnel, sobre_visits_make_drop_off, sobre_visits_make_hours,
                                   sobre_visits_make_interest, make_dishes };

static void
test_any_size (Fixture *self, gconstpointer data)
{
  static const gint64 most[] = { 0, 1, 40, 2000000 };
  static const guint n_dishes[] = { 0, 1, 9, 120 };

  for (guint n = 0; n < 40; n++)
    {
      g_autoptr (SobreVisitFigures) visits = make_random (self, most[n % 4], n_dishes[n / 4 % 4]);

      for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
        {
          g_autoptr (SobreDrawing) drawing = makers[i](visits, self->figures, &self->labels);
          SobreThemeKind kind = (SobreThemeKind) g_test_rand_int_range (0, SOBRE_N_THEMES);
          g_autoptr (SobreCanvas) canvas = figures_fixture_make_canvas (kind);
          double width = g_test_rand_double_range (120, 900);
          double natural = sobre_drawing_get_height (drawing, canvas, width);
          double height = n % 2 == 0 ? natural : g_test_rand_double_range (60, 600);
          g_autofree char *summary = sobre_drawing_make_summary (drawing);

          g_assert_cmpstr (summary, !=, "");
          sobre_drawing_draw (drawing, canvas, width, height);
          figures_fixture_assert_apart (canvas, sobre_drawing_get_title (drawing), width, height);
          for (guint k = 0; k < 50; k++)
            g_free (sobre_drawing_hit_test (drawing, canvas, width, height, g_test_rand_double_range (-10, width + 10),
                                            g_test_rand_double_range (-10, height + 10)));
        }
    }
}

static char **
get_row (const SobreDataTable *table, guint row)
{
  g_assert_cmpuint (row, <, table->rows->len);
  return g_ptr_array_index (table->rows, row);
}

static void
test_funnel (Fixture *self, gconstpointer data)
{
  g_autoptr (SobreVisitFigures) visits = sobre_visit_figures_new (self->filter);
  static const gint64 steps[] = { 200, 150, 100, 80, 75, 30 };
  g_autoptr (SobreDrawing) drawing = NULL;
  g_autoptr (SobreDataTable) table = NULL;
  g_autofree char *summary = NULL;

  visits->has_visits = TRUE;
  memcpy (visits->steps, steps, sizeof steps);
  drawing = sobre_visits_make_funnel (visits, self->figures, &self->labels);
  table = sobre_drawing_make_table (drawing);
  g_assert_cmpuint (table->rows->len, ==, SOBRE_N_VISIT_STEPS);
  g_assert_cmpstr (get_row (table, 1)[2], ==, "75 %");                     /* of menus opened */
  g_assert_cmpstr (get_row (table, 3)[2], ==, "80 %");                     /* of forms opened */
  g_assert_cmpstr (get_row (table, 5)[2], ==, "30 %, most end before it"); /* 45 of 75 do */
  summary = sobre_drawing_make_summary (drawing);
  g_assert_nonnull (strstr (summary, "200"));
  g_assert_nonnull (strstr (summary, "30 %"));
}

static void
test_drop_off (Fixture *self, gconstpointer data)
{
  g_autoptr (SobreVisitFigures) visits = sobre_visit_figures_new (self->filter);
  static const char *const names[] = { "Overall", "What went wrong", "Food", "Service", "Dishes", "Comment", "Contact" };
  g_autoptr (SobreDrawing) drawing = NULL;
  g_autoptr (SobreDataTable) table = NULL;

  visits->has_visits = TRUE;
  visits->steps[SOBRE_VISIT_FORM_OPENED] = 100;
  add_reach (visits, "contact", 40);
  add_reach (visits, "food", 85);
  add_reach (visits, "comment", 45);
  add_reach (visits, "overall", 90);
  add_reach (visits, "wrong", 20);
  add_reach (visits, "service", 50);
  add_reach (visits, "meal", 10);
  drawing = sobre_visits_make_drop_off (visits, self->figures, &self->labels);
  table = sobre_drawing_make_table (drawing);
  g_assert_cmpuint (table->rows->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (get_row (table, i)[0], ==, names[i]);
  g_assert_cmpstr (get_row (table, 1)[2], ==, "20 %, asked of some"); /* no loss, however few they are */
  g_assert_cmpstr (get_row (table, 2)[2], ==, "85 %");
  g_assert_cmpstr (get_row (table, 3)[2], ==, "50 %, most end before it");
  g_assert_cmpstr (get_row (table, 4)[2], ==, "10 %, asked of some"); /* not without a menu */
}

/* The service day ends at four: what comes after midnight is its end. */
static void
test_hours_follow_the_service_day (Fixture *self, gconstpointer data)
{
  g_autoptr (SobreVisitFigures) visits = sobre_visit_figures_new (self->filter);
  g_autoptr (SobreDrawing) drawing = NULL;
  g_autoptr (SobreDataTable) table = NULL;
  g_autofree char *summary = NULL;

  visits->has_visits = visits->has_orders = TRUE;
  visits->n_visits = 12;
  visits->n_lines = 30;
  visits->hours[22] = (SobreHourFigures) { 7, 4, 3, 9, 6, 1, 4.5 };
  visits->hours[1] = (SobreHourFigures) { 5, 5, 0, 21, 0, 0, (double) NAN };
  drawing = sobre_visits_make_hours (visits, self->figures, &self->labels);
  table = sobre_drawing_make_table (drawing);
  g_assert_cmpuint (table->rows->len, ==, 4);
  g_assert_cmpstr (get_row (table, 0)[0], ==, "22:00");
  g_assert_cmpstr (get_row (table, 0)[1], ==, "7");
  g_assert_cmpstr (get_row (table, 0)[4], ==, "9");
  g_assert_cmpstr (get_row (table, 0)[5], ==, "4.50");
  g_assert_cmpstr (get_row (table, 3)[0], ==, "01:00");
  g_assert_cmpstr (get_row (table, 3)[4], ==, "21");
  summary = sobre_drawing_make_summary (drawing);
  g_assert_nonnull (strstr (summary, "01:00")); /* the busiest */
}

static void
test_dishes (Fixture *self, gconstpointer data)
{
  g_autoptr (SobreVisitFigures) visits = sobre_visit_figures_new (self->filter);
  static const char *const expected[] = { "dish-0", "dish-1", "dish-8", "dish-9" };
  g_autoptr (SobreDrawing) drawing = NULL;
  g_autoptr (SobreDrawing) interest = NULL;
  g_autoptr (SobreDataTable) table = NULL;
  g_autofree char *summary = NULL;

  visits->has_visits = TRUE;
  visits->n_visits = 100;
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *item = g_strdup_printf ("dish-%u", i);

      add_dish (visits, item, 50 - i, 20, 2 + i * 0.3);
    }
  add_dish (visits, "tried by one", 80, 1, 1);
  add_dish (visits, "looked at", 90, 0, 0);
  drawing = sobre_visits_make_dishes (visits, self->figures, &self->labels, 5);
  table = sobre_drawing_make_table (drawing);
  g_assert_cmpuint (table->rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (get_row (table, i)[0], ==, expected[i]);
  summary = sobre_drawing_make_summary (drawing);
  g_assert_nonnull (strstr (summary, "dish-0"));
  g_assert_nonnull (strstr (summary, "dish-9"));
  g_assert_null (strstr (summary, "tried by one"));

  interest = sobre_visits_make_interest (visits, self->figures, &self->labels);
  g_clear_pointer (&summary, g_free);
  summary = sobre_drawing_make_summary (interest);
  g_assert_nonnull (strstr (summary, "tried by one: 80")); /* the most looked at of those with a score */
  g_assert_nonnull (strstr (summary, "Lowest score: dish-0"));
}

/* Who has nothing to see is told why: because there never was a visit, or because there was none in this period. */
static void
test_empty (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers) - 1; i++)
    {
      g_autoptr (SobreVisitFigures) visits = sobre_visit_figures_new (self->filter);
      g_autoptr (SobreDrawing) never = makers[i](visits, self->figures, &self->labels);
      g_autofree char *never_words = sobre_drawing_make_summary (never);
      g_autoptr (SobreDrawing) now = NULL;
      g_autofree char *now_words = NULL;

      g_assert_false (sobre_visits_have_anything (visits));
      visits->has_visits = TRUE;
      g_assert_true (sobre_visits_have_anything (visits));
      now = makers[i](visits, self->figures, &self->labels);
      now_words = sobre_drawing_make_summary (now);
      g_assert_nonnull (strstr (never_words, "print cards"));
      g_assert_cmpstr (now_words, ==, "No visits in this period");
    }
}

/* Whoever looks at one language's answers is told that visits and orders are everybody's; the list of scores is that language's alone. */
static void
test_language (Fixture *self, gconstpointer data)
{
  g_autofree char *age = sobre_figures_describe_age (self->figures, &self->labels);

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    for (guint orders = 0; orders < 2; orders++)
      {
        g_autoptr (SobreVisitFigures) visits = make_random (self, 40, 9);
        g_autoptr (SobreDrawing) all = NULL;
        g_autoptr (SobreDrawing) one = NULL;
        g_autofree char *note = g_strdup_printf ("visits%s of all languages · %s", orders > 0 ? " and orders" : "", age);

        visits->has_orders = orders > 0;
        all = makers[i](visits, self->figures, &self->labels);
        g_assert_cmpstr (sobre_drawing_get_note (all), ==, age);
        visits->filter->language = g_strdup ("de");
        one = makers[i](visits, self->figures, &self->labels);
        g_assert_cmpstr (sobre_drawing_get_note (one), ==, makers[i] == make_dishes ? age : note);
      }
}

static void
test_report (Fixture *self, gconstpointer data)
{
  static const guint n_dishes[] = { 0, 3, 120 };

  for (guint i = 0; i < G_N_ELEMENTS (n_dishes); i++)
    {
      g_autoptr (SobreVisitFigures) visits = make_random (self, 5000, n_dishes[i]);
      const SobreReport report = {
        .restaurant = "Harbour Kitchen", .figures = self->figures, .visits = visits, .labels = self->labels
      };
      g_autoptr (SobreReportPages) pages = sobre_report_pages_new (&report, SOBRE_REPORT_HEIGHT, 0);
      gboolean found = FALSE;

      for (guint page = 0; page < sobre_report_pages_get_n_pages (pages); page++)
        {
          g_autoptr (SobreCanvas) canvas = figures_fixture_make_canvas (SOBRE_THEME_PRINT);
          GPtrArray *texts = sobre_canvas_get_texts (canvas);

          sobre_report_pages_draw (pages, canvas, page);
          figures_fixture_assert_apart (canvas, "report", SOBRE_REPORT_WIDTH, SOBRE_REPORT_HEIGHT);
          for (guint k = 0; k < texts->len; k++)
            found |= g_str_equal (((SobrePlacedText *) g_ptr_array_index (texts, k))->text, "Answer sent");
        }
      g_assert_true (found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/visits/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("any-size", test_any_size);
  ADD ("funnel", test_funnel);
  ADD ("drop-off", test_drop_off);
  ADD ("hours-follow-the-service-day", test_hours_follow_the_service_day);
  ADD ("dishes", test_dishes);
  ADD ("empty", test_empty);
  ADD ("language", test_language);
  ADD ("report", test_report);
#undef ADD

  return g_test_run ();
}
