/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Notes in the trend: drawn, said, found by the pointer and listed, and only those of the days on show. */

#include <string.h>

#include "figures-fixture.h"
#include "model/sobre-note.h"

static GListModel *
make_notes (const FiguresFixture *fixture)
{
  const struct
  {
    gint32 age;
    const char *text;
  } notes[] = { { 4000, "Opening" }, { 20, "New menu" }, { 20, "Second cook" }, { 3, "Street festival" }, { -5, "Holiday" } };
  GListStore *store = g_list_store_new (SOBRE_TYPE_NOTE);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (SobreNote) note = sobre_note_new (fixture->last_day - notes[i].age, notes[i].text);

      g_list_store_append (store, note);
    }
  return G_LIST_MODEL (store);
}

static SobreDrawing *
make_trend (const FiguresFixture *fixture, GListModel *notes)
{
  SobreFigures *figures = figures_fixture_make (fixture);
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  const SobreFiguresLabels labels = { .calendar = calendar, .notes = notes };
  SobreDrawing *trend = sobre_figures_make_trend (figures, &labels);

  figures_fixture_free (figures);
  return trend;
}

static SobreCanvas *
make_canvas (void)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  SobreCanvas *canvas = sobre_canvas_new (cr, sobre_theme_get (SOBRE_THEME_LIGHT));

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return canvas;
}

static gboolean
is_drawn (SobreCanvas *canvas, const char *text)
{
  GPtrArray *texts = sobre_canvas_get_texts (canvas);

  for (guint i = 0; i < texts->len; i++)
    if (strcmp (((const SobrePlacedText *) g_ptr_array_index (texts, i))->text, text) == 0)
      return TRUE;
  return FALSE;
}

static void
test_drawn_and_said (void)
{
  FiguresFixture fixture = figures_fixture_usual ();
  g_autoptr (GListModel) notes = make_notes (&fixture);
  g_autoptr (SobreDrawing) trend = make_trend (&fixture, notes);
  g_autoptr (SobreCanvas) canvas = make_canvas ();
  g_autofree char *summary = sobre_drawing_make_summary (trend);

  sobre_drawing_draw (trend, canvas, 900, 260);
  g_assert_true (is_drawn (canvas, "New menu"));
  g_assert_true (is_drawn (canvas, "Street festival"));
  g_assert_false (is_drawn (canvas, "Opening"));
  g_assert_false (is_drawn (canvas, "Holiday"));
  g_assert_nonnull (strstr (summary, "New menu."));
  g_assert_nonnull (strstr (summary, "Second cook."));
  g_assert_null (strstr (summary, "Opening"));
}

static char *
find_cell (const SobreDataTable *table, guint column, const char *text)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      char **cells = g_ptr_array_index (table->rows, i);

      if (strcmp (cells[column], text) == 0)
        return cells[0];
    }
  return NULL;
}

/* Days of a day, of a week and of a month. */
static void
test_listed (void)
{
  const guint days[] = { 42, 365, 1500 };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      FiguresFixture fixture = figures_fixture_usual ();
      g_autoptr (GListModel) notes = NULL;
      g_autoptr (SobreDrawing) trend = NULL;
      g_autoptr (SobreDataTable) table = NULL;

      fixture.n_days = days[i];
      notes = make_notes (&fixture);
      trend = make_trend (&fixture, notes);
      table = sobre_drawing_make_table (trend);
      g_assert_cmpuint (table->n_names, ==, 2);
      g_assert_cmpuint (g_strv_length (table->header), ==, 6);
      if (i < 2)
        {
          g_assert_nonnull (find_cell (table, 1, "New menu; Second cook"));
          g_assert_nonnull (find_cell (table, 1, "Street festival"));
        }
      g_assert_null (find_cell (table, 1, "Opening"));
    }
}

static void
test_none (void)
{
  FiguresFixture fixture = figures_fixture_usual ();
  g_autoptr (SobreDrawing) trend = make_trend (&fixture, NULL);
  g_autoptr (SobreDataTable) table = sobre_drawing_make_table (trend);

  g_assert_cmpuint (table->n_names, ==, 1);
  g_assert_cmpuint (g_strv_length (table->header), ==, 5);
}

/* Along the middle of the plot: where a note's line is, the pointer finds all of that day. */
static void
test_found (void)
{
  FiguresFixture fixture = figures_fixture_usual ();
  g_autoptr (GListModel) notes = make_notes (&fixture);
  g_autoptr (SobreDrawing) trend = make_trend (&fixture, notes);
  g_autoptr (SobreCanvas) canvas = make_canvas ();
  gboolean found = FALSE;

  for (int x = 0; x < 900; x++)
    {
      g_autofree char *words = sobre_drawing_hit_test (trend, canvas, 900, 260, x, 230);

      g_assert_true (words == NULL || strstr (words, "Opening") == NULL);
      found = found || (words != NULL && strstr (words, ": New menu; Second cook") != NULL);
    }
  g_assert_true (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notes/drawn-and-said", test_drawn_and_said);
  g_test_add_func ("/notes/listed", test_listed);
  g_test_add_func ("/notes/none", test_none);
  g_test_add_func ("/notes/found-by-the-pointer", test_found);
  return g_test_run ();
}
