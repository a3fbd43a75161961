/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "figures-fixture.h"

#include <math.h>

#include "model/sobre-time.h"

#define SPARK_DAYS 30

static void
question_free (SobreQuestionFigures *question)
{
  g_free (question->question);
  g_clear_pointer (&question->spark, g_array_unref);
  g_free (question);
}

static void
table_free (SobreTableFigures *table)
{
  g_free (table->store_id);
  g_free (table->table_id);
  g_free (table);
}

static void
comment_free (SobreComment *comment)
{
  g_free (comment->text);
  g_free (comment->store_id);
  g_free (comment->table_id);
  g_free (comment);
}

void
figures_fixture_free (SobreFigures *figures)
{
  sobre_filter_free (figures->filter);
  g_ptr_array_unref (figures->questions);
  g_array_unref (figures->days);
  g_array_unref (figures->spark);
  g_ptr_array_unref (figures->tables);
  g_ptr_array_unref (figures->comments);
  g_free (figures);
}

FiguresFixture
figures_fixture_usual (void)
{
  return (FiguresFixture) { sobre_day_from_civil (2026, 11, 22), 42, 60, 1, 12, 4 };
}

/* Shares answers over scores as a restaurant that is mostly liked gets them. */
static void
fill_question (SobreQuestionFigures *question, gint64 n, const double *weights, guint n_scores, guint first_score)
{
  double sum = 0, promoters = 0, detractors = 0;
  gint64 given = 0;

  for (guint i = 0; i < n_scores; i++)
    {
      gint64 count = i + 1 < n_scores ? (gint64) round (weights[i] * (double) n) : n - given;
      guint score = first_score + i;

      count = CLAMP (count, 0, n - given);
      question->histogram[score] = count;
      given += count;
      sum += (double) count * score;
      promoters += score >= 9 ? (double) count : 0;
      detractors += score <= 6 ? (double) count : 0;
    }
  question->n = n;
  question->mean = n > 0 ? sum / (double) n : NAN;
  question->nps = n > 0 ? 100 * (promoters - detractors) / (double) n : NAN;
  question->previous_n = n * 9 / 10;
  question->previous_mean = question->mean + 0.15;
  question->previous_nps = question->nps + 3;
}

static GArray *
make_days (const FiguresFixture *fixture, GRand *random, guint n_days)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (SobreDayFigures));

  for (guint i = 0; i < n_days; i++)
    {
      SobreDayFigures day = { .day = fixture->last_day - (gint32) (n_days - 1 - i) };
      double usual = 4.4 + 0.12 * sin (i / 7.0 * 2 * G_PI);
      gboolean closed = sobre_day_get_weekday (day.day) == 0 && fixture->answers_per_day < 20;

      day.n = closed ? 0 : g_rand_int_range (random, 0, (gint32) fixture->answers_per_day * 2 + 1);
      day.mean = day.n > 0 ? MIN (usual + g_rand_double_range (random, -0.12, 0.12), 5) : NAN;
      day.low = i >= 7 && fixture->answers_per_day > 0 ? usual - 0.22 : NAN;
      day.high = isfinite (day.low) ? usual + 0.22 : NAN;
      day.outlier = i == n_days * 4 / 5 && i >= 7 && day.n > 0;
      if (day.outlier)
        day.mean = 3.75;
      g_array_append_val (days, day);
    }
  return days;
}

static void
add_question (SobreFigures *figures,
              const FiguresFixture *fixture,
              GRand *random,
              const char *id,
              SobreAnswerKind kind,
              const double *weights)
{
  SobreQuestionFigures *question = g_new0 (SobreQuestionFigures, 1);
  gboolean nps = kind == SOBRE_ANSWER_NPS;

  question->question = g_strdup (id);
  question->kind = kind;
  fill_question (question, figures->n_responses, weights, nps ? 11 : 5, nps ? 0 : 1);
  question->spark = make_days (fixture, random, SPARK_DAYS);
  g_ptr_array_add (figures->questions, question);
}

static void
fill_heat (SobreFigures *figures, const FiguresFixture *fixture, GRand *random)
{
  for (guint day = 0; day < 7; day++)
    for (guint hour = 0; hour < 24; hour++)
      {
        SobreCellFigures *cell = &figures->heat[day][hour];
        gboolean open = (hour >= 12 || hour == 0) && !(day == 0 && hour < 17 && hour != 0);

        cell->n = open && fixture->answers_per_day > 0
                      ? g_rand_int_range (random, 0, (gint32) MIN (fixture->answers_per_day, 40) + 1)
                      : 0;
        cell->mean = cell->n > 0
                         ? 4.5 - (day == 4 && hour >= 19 && hour <= 21 ? 0.9 : 0) + g_rand_double_range (random, -0.25, 0.25)
                         : NAN;
      }
}

static void
fill_tables (SobreFigures *figures, const FiguresFixture *fixture, GRand *random)
{
  const char *stores[] = { "harbour", "old-town", "station" };

  for (guint store = 0; store < fixture->n_stores; store++)
    for (guint i = 1; i <= 14; i++)
      {
        SobreTableFigures *table = g_new0 (SobreTableFigures, 1);

        table->store_id = g_strdup (stores[store % G_N_ELEMENTS (stores)]);
        table->table_id = g_strdup_printf ("%u", i);
        table->n = fixture->answers_per_day > 0 ? g_rand_int_range (random, i == 9 ? 1 : 2, i == 9 ? 4 : 60) : 0;
        table->mean = table->n > 0 ? 4.4 - (i > 10 ? 0.8 : 0) + g_rand_double_range (random, -0.4, 0.4) : NAN;
        g_ptr_array_add (figures->tables, table);
      }
}

static void
fill_comments (SobreFigures *figures, const FiguresFixture *fixture, GRand *random)
{
  const char *texts[] = {
    "Waited half an hour for the bill.",
    "Best risotto in town.",
    "Lovely, but so noisy outside.",
    "Der Kellner war sehr aufmerksam, die Rindfleischsuppe allerdings lauwarm, und auf die Nachspeise haben wir so lange "
    "gewartet, dass wir am Ende ohne sie gegangen sind. Schade, denn sonst war alles wirklich hervorragend.",
    "الطعام لذيذ جدا والخدمة ممتازة",
    "<b>&amp; 5 < 6</b>"
  };

  for (guint i = 0; i < fixture->n_comments; i++)
    {
      SobreComment *comment = g_new0 (SobreComment, 1);

      comment->text = g_strdup (texts[i % G_N_ELEMENTS (texts)]);
      comment->store_id = g_strdup ("harbour");
      comment->table_id = g_strdup_printf ("%d", g_rand_int_range (random, 1, 15));
      comment->submitted_at = fixture->last_day * SOBRE_DAY_MS + 20 * 3600000 - i * 5400000;
      comment->score = i % 7 == 6 ? NAN : g_rand_int_range (random, 1, 6);
      g_ptr_array_add (figures->comments, comment);
    }
}

SobreFigures *
figures_fixture_make (const FiguresFixture *fixture)
{
  const double good[] = { 0.02, 0.04, 0.09, 0.30, 0.55 }, fair[] = { 0.08, 0.11, 0.16, 0.33, 0.32 };
  const double nps[] = { 0.01, 0.01, 0.02, 0.02, 0.03, 0.04, 0.05, 0.12, 0.2, 0.25, 0.25 };
  SobreFigures *figures = g_new0 (SobreFigures, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (fixture->seed);
  gint64 n = 0;

  figures->filter = sobre_filter_new (fixture->last_day - (gint32) fixture->n_days + 1, fixture->last_day);
  figures->days = make_days (fixture, random, fixture->n_days);
  figures->spark = make_days (fixture, random, SPARK_DAYS);
  for (guint i = 0; i < figures->days->len; i++)
    n += g_array_index (figures->days, SobreDayFigures, i).n;
  figures->n_responses = n;
  figures->previous_n_responses = n * 9 / 10;
  figures->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) question_free);
  figures->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) table_free);
  figures->comments = g_ptr_array_new_with_free_func ((GDestroyNotify) comment_free);
  fill_question (&figures->overall, n, good, 5, 1);
  figures->overall.previous_mean = figures->overall.mean - 0.06;
  add_question (figures, fixture, random, "food", SOBRE_ANSWER_STARS, good);
  add_question (figures, fixture, random, "service", SOBRE_ANSWER_STARS, fair);
  add_question (figures, fixture, random, "place", SOBRE_ANSWER_SMILEY, good);
  add_question (figures, fixture, random, "recommend", SOBRE_ANSWER_NPS, nps);
  fill_heat (figures, fixture, random);
  fill_tables (figures, fixture, random);
  fill_comments (figures, fixture, random);
  figures->newest = n > 0 ? fixture->last_day * SOBRE_DAY_MS + 13 * 3600000 + 5 * 60000 : 0;
  return figures;
}

SobreCanvas *
figures_fixture_make_canvas (SobreThemeKind kind)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  SobreCanvas *canvas = sobre_canvas_new (cr, sobre_theme_get (kind));

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return canvas;
}

void
figures_fixture_assert_apart (SobreCanvas *canvas, const char *what, double width, double height)
{
  GPtrArray *texts = sobre_canvas_get_texts (canvas);
  const SobreBox frame = { -1.5, -1.5, width + 3, height + 3 };

  for (guint i = 0; i < texts->len; i++)
    {
      const SobrePlacedText *text = g_ptr_array_index (texts, i);

      if (!sobre_box_contains (&frame, &text->box))
        g_error ("%s at %.1f × %.1f: “%s” leaves the frame: %.1f, %.1f, %.1f × %.1f", what, width, height, text->text,
                 text->box.x, text->box.y, text->box.width, text->box.height);
      for (guint k = 0; k < i; k++)
        {
          const SobrePlacedText *other = g_ptr_array_index (texts, k);

          if (sobre_box_overlaps (&text->box, &other->box))
            g_error ("%s at %.1f × %.1f: “%s” lies over “%s”", what, width, height, text->text, other->text);
        }
    }
}
