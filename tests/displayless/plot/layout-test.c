/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every drawing at many sizes, of many figures: nothing written touches anything else written or leaves the frame. */
#include <math.h>
#include <string.h>

#include "figures-fixture.h"
#include "model/sobre-time.h"
#include "sobre-report-pages.h"

typedef SobreDrawing *(*MakeFunc) (const SobreFigures *figures, const SobreFiguresLabels *labels);

static SobreDrawing *
make_tables (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  return sobre_figures_make_tables (figures, labels, 0);
}

static SobreDrawing *
make_comments (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  return sobre_figures_make_comments (figures, labels, 5);
}

static SobreDrawing *
make_first_tile (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  g_autoptr (GPtrArray) tiles = sobre_figures_make_tiles (figures, labels);

  return g_object_ref (g_ptr_array_index (tiles, 0));
}

static SobreDrawing *
make_last_tile (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  g_autoptr (GPtrArray) tiles = sobre_figures_make_tiles (figures, labels);

  return g_object_ref (g_ptr_array_index (tiles, tiles->len - 1));
}

static const MakeFunc makers[] = {
  make_first_tile, make_last_tile, sobre_figures_make_trend, sobre_figures_make_heat_map, sobre_figures_make_questions,
  make_tables,     make_comments
};

static SobreCanvas *
make_canvas (SobreThemeKind kind)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  SobreCanvas *canvas = sobre_canvas_new (cr, sobre_theme_get (kind));

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return canvas;
}

static void
assert_apart (SobreCanvas *canvas, const char *what, double width, double height)
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

static void
draw_at_random_sizes (const FiguresFixture *fixture, guint n_sizes)
{
  SobreFigures *figures = figures_fixture_make (fixture);
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  const SobreFiguresLabels labels = { .calendar = calendar };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (SobreDrawing) drawing = makers[i](figures, &labels);

      for (guint k = 0; k < n_sizes; k++)
        {
          SobreThemeKind kind = (SobreThemeKind) g_test_rand_int_range (0, SOBRE_N_THEMES);
          g_autoptr (SobreCanvas) canvas = make_canvas (kind);
          double width = g_test_rand_double_range (48, 1000);
          double natural = sobre_drawing_get_height (drawing, canvas, width);
          double height = i < 2 || k % 2 == 0 ? natural : g_test_rand_double_range (30, 700);

          g_assert_cmpfloat (natural, >, 0);
          sobre_drawing_draw (drawing, canvas, width, height);
          if (i < 2 || height >= 60)
            assert_apart (canvas, sobre_drawing_get_title (drawing), width, height);
        }
    }
  figures_fixture_free (figures);
}

static void
test_usual_weeks (void)
{
  FiguresFixture fixture = figures_fixture_usual ();

  draw_at_random_sizes (&fixture, 30);
}

static void
test_any_figures (void)
{
  const guint days[] = { 1, 2, 7, 13, 30, 85, 365, 1095, 4000 }, answers[] = { 0, 1, 3, 400 };

  for (guint d = 0; d < G_N_ELEMENTS (days); d++)
    for (guint a = 0; a < G_N_ELEMENTS (answers); a++)
      {
        FiguresFixture fixture = { sobre_day_from_civil (2026, 11, 22), days[d], answers[a], 1 + d % 3, 7, d * 10 + a };

        draw_at_random_sizes (&fixture, 4);
      }
}

static void
test_report_pages (void)
{
  const guint comments[] = { 0, 1, 12, 300 }, stores[] = { 1, 3 };

  for (guint c = 0; c < G_N_ELEMENTS (comments); c++)
    for (guint s = 0; s < G_N_ELEMENTS (stores); s++)
      {
        FiguresFixture fixture = { sobre_day_from_civil (2026, 11, 22), 42, 60, stores[s], comments[c], c };
        SobreFigures *figures = figures_fixture_make (&fixture);
        g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
        const SobreReport report = { .restaurant = "Gasthaus zur Goldenen Gans am Großen Tiergarten und Biergarten am See",
                                     .figures = figures,
                                     .labels = { .calendar = calendar } };
        g_autoptr (SobreReportPages) pages = sobre_report_pages_new (&report, SOBRE_REPORT_HEIGHT, 0);
        guint n_quotes = 0;

        for (guint page = 0; page < sobre_report_pages_get_n_pages (pages); page++)
          {
            g_autoptr (SobreCanvas) canvas = make_canvas (SOBRE_THEME_PRINT);
            GPtrArray *texts = sobre_canvas_get_texts (canvas);

            sobre_report_pages_draw (pages, canvas, page);
            assert_apart (canvas, "report", SOBRE_REPORT_WIDTH, SOBRE_REPORT_HEIGHT);
            for (guint i = 0; i < texts->len; i++)
              n_quotes += g_str_has_prefix (((SobrePlacedText *) g_ptr_array_index (texts, i))->text, "“");
          }
        g_assert_cmpuint (n_quotes, ==, comments[c]);
        figures_fixture_free (figures);
      }
}

static void
test_hits_are_where_the_marks_are (void)
{
  FiguresFixture fixture = figures_fixture_usual ();
  SobreFigures *figures = figures_fixture_make (&fixture);
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  const SobreFiguresLabels labels = { .calendar = calendar };
  g_autoptr (SobreCanvas) canvas = make_canvas (SOBRE_THEME_LIGHT);
  g_autoptr (SobreDrawing) map = sobre_figures_make_heat_map (figures, &labels);
  SobreBox box;
  int row, column;

  for (int day = 0; day < 7; day++)
    for (int hour = 0; hour < 24; hour++)
      {
        if (!sobre_drawing_get_cell_box (map, canvas, 480, 260, day, hour, &box))
          {
            g_assert_true (hour > 0 && hour < 12);
            continue;
          }
        g_assert_true (
            sobre_drawing_find_cell (map, canvas, 480, 260, box.x + box.width / 2, box.y + box.height / 2, &row, &column));
        g_assert_cmpint (row, ==, day);
        g_assert_cmpint (column, ==, hour);
      }
  g_assert_false (sobre_drawing_find_cell (map, canvas, 480, 260, 2, 2, &row, &column));
  g_assert_false (sobre_drawing_get_cell_box (map, canvas, 480, 260, 7, 12, &box));
  g_assert_null (sobre_drawing_hit_test (map, canvas, 480, 260, -5, 100));
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (SobreDrawing) drawing = makers[i](figures, &labels);

      for (guint k = 0; k < 200; k++)
        g_free (sobre_drawing_hit_test (drawing, canvas, 400, 250, g_test_rand_double_range (-10, 410),
                                        g_test_rand_double_range (-10, 260)));
    }
  figures_fixture_free (figures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/usual-weeks", test_usual_weeks);
  g_test_add_func ("/layout/any-figures", test_any_figures);
  g_test_add_func ("/layout/report-pages", test_report_pages);
  g_test_add_func ("/layout/hits-are-where-the-marks-are", test_hits_are_where_the_marks_are);
  return g_test_run ();
}
