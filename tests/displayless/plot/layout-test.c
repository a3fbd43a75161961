/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every drawing at many sizes, of many figures: nothing written touches anything else written or leaves the frame. */
#include <math.h>
#include <string.h>

#include "figures-fixture.h"
#include "model/sobre-note.h"
#include "model/sobre-table.h"
#include "model/sobre-time.h"
#include "sobre-report-pages.h"

typedef SobreDrawing *(*MakeFunc) (const SobreFigures *figures, const SobreFiguresLabels *labels);

/* Where the fixture's tables stand: every fifth has no place. */
static GListModel *
make_places (guint n_stores)
{
  const char *stores[] = { "harbour", "old-town", "station" };
  GListStore *tables = g_list_store_new (SOBRE_TYPE_TABLE);

  for (guint store = 0; store < n_stores; store++)
    for (guint i = 1; i <= 14; i++)
      {
        g_autofree char *id = g_strdup_printf ("%u", i);
        g_autoptr (SobreTable) table = sobre_table_new (stores[store], id, i < 8 ? "a room with a view" : "terrace", 4,
                                                        i % 5 == 4 ? NAN : i % 4 * 40.0, i / 4 * 40.0);

        g_list_store_append (tables, table);
      }
  return G_LIST_MODEL (tables);
}

/* Some of them outside the days, some on one day, some long. */
static GListModel *
make_notes (const FiguresFixture *fixture)
{
  const char *texts[] = { "New menu", "Street festival, the terrace was full until midnight", "مهرجان الشارع", "!" };
  GListStore *notes = g_list_store_new (SOBRE_TYPE_NOTE);

  for (gint32 day = (gint32) fixture->n_days + 2; day >= -2; day -= g_test_rand_int_range (0, MAX (fixture->n_days / 8, 2)))
    {
      g_autoptr (SobreNote) note =
          sobre_note_new (fixture->last_day - day, texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);

      g_list_store_append (notes, note);
    }
  return G_LIST_MODEL (notes);
}

static SobreDrawing *
make_floor_plan (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  return sobre_figures_make_tables (figures, labels, 0);
}

static SobreDrawing *
make_ranking (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  return sobre_figures_make_ranking (figures, labels, 0, 0);
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

static const MakeFunc makers[] = { make_first_tile,
                                   make_last_tile,
                                   sobre_figures_make_trend,
                                   sobre_figures_make_heat_map,
                                   sobre_figures_make_questions,
                                   make_floor_plan,
                                   make_ranking,
                                   make_comments };

static void
draw_at_random_sizes (const FiguresFixture *fixture, guint n_sizes)
{
  SobreFigures *figures = figures_fixture_make (fixture);
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  g_autoptr (GListModel) tables = make_places (fixture->n_stores);
  g_autoptr (GListModel) notes = make_notes (fixture);
  const SobreFiguresLabels labels = { .calendar = calendar, .tables = tables, .notes = notes };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (SobreDrawing) drawing = makers[i](figures, &labels);

      for (guint k = 0; k < n_sizes; k++)
        {
          SobreThemeKind kind = (SobreThemeKind) g_test_rand_int_range (0, SOBRE_N_THEMES);
          g_autoptr (SobreCanvas) canvas = figures_fixture_make_canvas (kind);
          double width = g_test_rand_double_range (48, 1000);
          double natural = sobre_drawing_get_height (drawing, canvas, width);
          double height = i < 2 || k % 2 == 0 ? natural : g_test_rand_double_range (30, 700);

          g_assert_cmpfloat (natural, >, 0);
          sobre_canvas_set_mirrored (canvas, g_test_rand_bit ());
          sobre_drawing_draw (drawing, canvas, width, height);
          if (i < 2 || height >= 60)
            figures_fixture_assert_apart (canvas, sobre_drawing_get_title (drawing), width, height);
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
            g_autoptr (SobreCanvas) canvas = figures_fixture_make_canvas (SOBRE_THEME_PRINT);
            GPtrArray *texts = sobre_canvas_get_texts (canvas);

            sobre_report_pages_draw (pages, canvas, page);
            figures_fixture_assert_apart (canvas, "report", SOBRE_REPORT_WIDTH, SOBRE_REPORT_HEIGHT);
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
  g_autoptr (SobreCanvas) canvas = figures_fixture_make_canvas (SOBRE_THEME_LIGHT);
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

static const SobrePlacedText *
find_text (SobreCanvas *canvas, const char *words)
{
  GPtrArray *texts = sobre_canvas_get_texts (canvas);

  for (guint i = 0; i < texts->len; i++)
    if (strcmp (((const SobrePlacedText *) g_ptr_array_index (texts, i))->text, words) == 0)
      return g_ptr_array_index (texts, i);
  return NULL;
}

/* From right to left, titles change sides with what stands beside them; time and figures run as they always do. */
static void
test_mirrored (void)
{
  FiguresFixture fixture = figures_fixture_usual ();
  SobreFigures *figures = figures_fixture_make (&fixture);
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  const SobreFiguresLabels labels = { .calendar = calendar };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (SobreDrawing) drawing = makers[i](figures, &labels);
      g_autoptr (SobreCanvas) plain = figures_fixture_make_canvas (SOBRE_THEME_LIGHT);
      g_autoptr (SobreCanvas) mirrored = figures_fixture_make_canvas (SOBRE_THEME_LIGHT);
      const SobrePlacedText *left, *right;

      sobre_canvas_set_mirrored (mirrored, TRUE);
      sobre_drawing_draw (drawing, plain, 600, 300);
      sobre_drawing_draw (drawing, mirrored, 600, 300);
      left = find_text (plain, sobre_drawing_get_title (drawing));
      right = find_text (mirrored, sobre_drawing_get_title (drawing));
      if (left == NULL)
        continue;
      g_assert_nonnull (right);
      g_assert_cmpfloat (left->box.x, <, 2);
      g_assert_cmpfloat (right->box.x + right->box.width, >, 598);
      left = find_text (plain, "4.5");
      right = find_text (mirrored, "4.5");
      if (left != NULL && i == 2)
        g_assert_cmpfloat (fabs (left->box.x - right->box.x), <, 0.01);
    }
  figures_fixture_free (figures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/usual-weeks", test_usual_weeks);
  g_test_add_func ("/layout/any-figures", test_any_figures);
  g_test_add_func ("/layout/mirrored", test_mirrored);
  g_test_add_func ("/layout/report-pages", test_report_pages);
  g_test_add_func ("/layout/hits-are-where-the-marks-are", test_hits_are_where_the_marks_are);
  return g_test_run ();
}
