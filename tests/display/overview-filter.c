/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The filter of the session and what the Overview shows of it, by pointer and by keyboard. */

#include "pages/overview/sobre-comments-card.h"
#include "pages/overview/sobre-floor-card.h"
#include "pages/overview/sobre-heat-card.h"
#include "pages/overview/sobre-overview-page.h"
#include "sobre-floor-plan.h"
#include "window-fixture.h"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  GtkWidget *window;
  GtkWidget *page;
} Overview;

static void
open_overview (Overview *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (TRUE);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->window = adw_window_new ();
  self->page = g_object_new (SOBRE_TYPE_OVERVIEW_PAGE, "session", self->session, NULL);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 900);
  gtk_window_present (GTK_WINDOW (self->window));
  sobre_session_set_period (self->session, SOBRE_PERIOD_MONTH);
  sobre_session_start (self->session);
  g_assert_true (sobre_wait_until (sobre_session_has_figures, self->session, 60));
  sobre_settle ();
}

static void
close_overview (Overview *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_session_stop (self->session);
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
}

static gboolean
shows_one_hour (gpointer data)
{
  const SobreFigures *figures = sobre_session_get_figures (data);

  return figures->filter->weekday >= 0 && figures->filter->hour >= 0;
}

static gboolean
shows_all_hours (gpointer data)
{
  return !shows_one_hour (data);
}

static gint64
count_cells (const SobreFigures *figures)
{
  gint64 n = 0;

  for (int weekday = 0; weekday < 7; weekday++)
    for (int hour = 0; hour < 24; hour++)
      n += figures->heat[weekday][hour].n;
  return n;
}

/* An hour narrows every figure to its answers, and the same hour again gives all of them back. */
static void
test_cell (Overview *self, gconstpointer data)
{
  SobreHeatCard *card = sobre_find_widget (self->page, SOBRE_TYPE_HEAT_CARD);
  SobreChart *chart = sobre_heat_card_get_chart (card);
  gint64 all = sobre_session_get_figures (self->session)->n_responses;
  gint64 cell = sobre_session_get_figures (self->session)->heat[4][20].n;

  g_assert_cmpint (cell, >, 0);
  g_assert_cmpint (count_cells (sobre_session_get_figures (self->session)), >, cell);
  g_signal_emit_by_name (chart, "cell-activated", 4, 20);
  g_assert_true (sobre_wait_until (shows_one_hour, self->session, 60));
  g_assert_cmpint (count_cells (sobre_session_get_figures (self->session)), ==, cell);
  g_assert_cmpint (sobre_session_get_figures (self->session)->n_responses, <, all);
  g_signal_emit_by_name (chart, "cell-activated", 4, 20);
  g_assert_true (sobre_wait_until (shows_all_hours, self->session, 60));
  g_assert_cmpint (sobre_session_get_figures (self->session)->n_responses, ==, all);
}

/* The chip over the figures takes the hour away again. */
static void
test_chip (Overview *self, gconstpointer data)
{
  sobre_session_set_cell (self->session, 4, 20);
  g_assert_true (sobre_wait_until (shows_one_hour, self->session, 60));
  g_assert_true (gtk_widget_activate_action (self->page, "overview.clear-cell", NULL));
  g_assert_true (sobre_wait_until (shows_all_hours, self->session, 60));
}

static gboolean
is_of_store (gpointer data)
{
  const SobreFigures *figures = sobre_session_get_figures (data);

  return figures->filter->store_id != NULL;
}

static void
test_store (Overview *self, gconstpointer data)
{
  const GPtrArray *stores = sobre_workspace_get_settings (self->files->workspace)->stores;
  const SobreStore *store = g_ptr_array_index (stores, 0);
  const SobreFigures *figures;

  sobre_session_set_store (self->session, store->id);
  g_assert_true (sobre_wait_until (is_of_store, self->session, 60));
  figures = sobre_session_get_figures (self->session);
  g_assert_cmpuint (figures->tables->len, >, 0);
  for (guint i = 0; i < figures->tables->len; i++)
    g_assert_cmpstr (((SobreTableFigures *) g_ptr_array_index (figures->tables, i))->store_id, ==, store->id);
}

static gboolean
is_of_table (gpointer data)
{
  return ((const SobreFigures *) sobre_session_get_figures (data))->filter->table_id != NULL;
}

static gboolean
is_of_all_tables (gpointer data)
{
  return !is_of_table (data);
}

/* A table on the plan narrows the figures to its answers, and stays one of many on the plan; the same table again gives all back. */
static void
test_table (Overview *self, gconstpointer data)
{
  SobreFloorCard *card = sobre_find_widget (self->page, SOBRE_TYPE_FLOOR_CARD);
  SobreChart *chart = sobre_floor_card_get_chart (card);
  SobreDrawing *plan = sobre_chart_get_drawing (chart);
  gint64 all = sobre_session_get_figures (self->session)->n_responses;

  g_assert_true (SOBRE_IS_FLOOR_PLAN (plan));
  g_signal_emit_by_name (chart, "cell-activated", 0, 3);
  g_assert_true (sobre_wait_until (is_of_table, self->session, 60));
  g_assert_cmpint (sobre_session_get_figures (self->session)->n_responses, <, all);
  g_assert_true (sobre_chart_get_drawing (chart) == plan);
  g_signal_emit_by_name (chart, "cell-activated", 0, 3);
  g_assert_true (sobre_wait_until (is_of_all_tables, self->session, 60));
  g_assert_cmpint (sobre_session_get_figures (self->session)->n_responses, ==, all);
  g_assert_null (sobre_session_get_filter (self->session)->store_id);
}

/* The buttons beside the headline. */
static void
test_evidence (Overview *self, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (self->page, "overview.show-hour", "(ii)", 4, 20));
  g_assert_true (sobre_wait_until (shows_one_hour, self->session, 60));
  g_assert_true (gtk_widget_activate_action (self->page, "overview.show-table", "(ss)", "harbour", "12"));
  g_assert_true (sobre_wait_until (is_of_table, self->session, 60));
  g_assert_cmpstr (sobre_session_get_filter (self->session)->table_id, ==, "12");
}

/* Figures that were asked for before the filter changed are never shown. */
static void
test_outdated (Overview *self, gconstpointer data)
{
  for (int round = 0; round < 20; round++)
    sobre_session_set_cell (self->session, round % 7, 12 + round % 10);
  sobre_session_set_cell (self->session, 5, 19);
  g_assert_true (sobre_wait_until (shows_one_hour, self->session, 60));
  sobre_settle ();
  g_assert_cmpint (sobre_session_get_figures (self->session)->filter->weekday, ==, 5);
  g_assert_cmpint (sobre_session_get_figures (self->session)->filter->hour, ==, 19);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/overview/cell-filters", Overview, NULL, open_overview, test_cell, close_overview);
  g_test_add ("/overview/chip-clears", Overview, NULL, open_overview, test_chip, close_overview);
  g_test_add ("/overview/store-filters", Overview, NULL, open_overview, test_store, close_overview);
  g_test_add ("/overview/table-filters", Overview, NULL, open_overview, test_table, close_overview);
  g_test_add ("/overview/evidence-is-one-click-away", Overview, NULL, open_overview, test_evidence, close_overview);
  g_test_add ("/overview/outdated-figures-are-dropped", Overview, NULL, open_overview, test_outdated, close_overview);
  return g_test_run ();
}
