/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the Overview shows of visits, orders and dishes: the figures of its filter, as pictures and as tables, and what to do without. */

#include <ftw.h>
#include <stdio.h>

#include "pages/overview/sobre-overview-page.h"
#include "pages/overview/sobre-visits-section.h"
#include "widgets/sobre-chart-card.h"
#include "window-fixture.h"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *section;
} Overview;

static gboolean
has_visits (gpointer data)
{
  const SobreVisitFigures *visits = sobre_visit_counter_get_visits (sobre_session_get_visit_counter (data));

  return visits != NULL && sobre_filter_equal (visits->filter, sobre_session_get_filter (data));
}

/* The cache grows while the window is open: the first figures may know of no visit, and of no dish. */
static gboolean
has_some_visits (gpointer data)
{
  return has_visits (data) && sobre_visit_counter_get_visits (sobre_session_get_visit_counter (data))->n_visits > 0;
}

static gboolean
has_dishes (gpointer data)
{
  return has_visits (data) && sobre_visit_counter_get_visits (sobre_session_get_visit_counter (data))->dishes->len > 0;
}

static gboolean
is_shown (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
start (Overview *self)
{
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->window = adw_window_new ();
  self->page = g_object_new (SOBRE_TYPE_OVERVIEW_PAGE, "session", self->session, NULL);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 900);
  gtk_window_present (GTK_WINDOW (self->window));
  sobre_session_start (self->session);
  g_assert_true (sobre_wait_until (sobre_session_has_figures, self->session, 60));
  self->section = sobre_find_widget (self->page, SOBRE_TYPE_VISITS_SECTION);
}

static int
remove_entry (const char *path, const struct stat *status, int flag, struct FTW *place)
{
  return remove (path);
}

/* @data: whether the lake holds visits and orders too */
static void
open_overview (Overview *self, gconstpointer data)
{
  static const char *const folders[] = { "events", "orders" };

  self->files = sobre_window_fixture_new (TRUE);
  for (guint i = 0; !GPOINTER_TO_INT (data) && i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (self->files->folder, "restaurant", "lake", "raw", folders[i], NULL);

      g_assert_cmpint (nftw (path, remove_entry, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
    }
  start (self);
}

static void
close_overview (Overview *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_session_stop (self->session);
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
}

static void
list_cards (GtkWidget *widget, GPtrArray *cards)
{
  if (SOBRE_IS_CHART_CARD (widget))
    g_ptr_array_add (cards, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_cards (child, cards);
}

/* The figure in a cell of the funnel's table. */
static char *
dup_cell (Overview *self, guint row)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  g_autoptr (SobreDataTable) table = NULL;

  list_cards (self->section, cards);
  g_assert_cmpuint (cards->len, ==, 5);
  table = sobre_drawing_make_table (sobre_chart_get_drawing (sobre_chart_card_get_chart (g_ptr_array_index (cards, 0))));
  return g_strdup (((char **) g_ptr_array_index (table->rows, row))[1]);
}

static void
test_follows_the_filter (Overview *self, gconstpointer data)
{
  g_autofree char *all = NULL;
  g_autofree char *of_table = NULL;
  const SobreVisitFigures *visits;
  g_autofree char *expected = NULL;

  g_assert_true (sobre_wait_until (has_some_visits, self->session, 60));
  g_assert_true (sobre_wait_until (is_shown, self->section, 60));
  sobre_session_set_table (self->session, "harbour", "12");
  g_assert_true (sobre_wait_until (has_some_visits, self->session, 60));
  visits = sobre_visit_counter_get_visits (sobre_session_get_visit_counter (self->session));
  expected = g_strdup_printf ("%" G_GINT64_FORMAT, visits->steps[SOBRE_VISIT_MENU_OPENED]);
  of_table = dup_cell (self, 0);
  g_assert_cmpstr (of_table, ==, expected);
  g_assert_cmpint (g_ascii_strtoll (of_table, NULL, 10), >, 0);
  sobre_session_set_table (self->session, NULL, NULL);
  g_assert_true (sobre_wait_until (has_some_visits, self->session, 60));
  all = dup_cell (self, 0);
  g_assert_cmpint (g_ascii_strtoll (of_table, NULL, 10), <, g_ascii_strtoll (all, NULL, 10));
}

/* The switch for all figures of the page reaches these too, and each picture says what it shows. */
static void
test_tables_and_words (Overview *self, gconstpointer data)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();

  g_assert_true (sobre_wait_until (has_some_visits, self->session, 60));
  list_cards (self->section, cards);
  g_object_set (self->page, "as-table", TRUE, NULL);
  for (guint i = 0; i < cards->len; i++)
    {
      SobreDrawing *drawing = sobre_chart_get_drawing (sobre_chart_card_get_chart (g_ptr_array_index (cards, i)));
      g_autofree char *summary = sobre_drawing_make_summary (drawing);
      gboolean as_table;

      g_object_get (g_ptr_array_index (cards, i), "as-table", &as_table, NULL);
      g_assert_true (as_table);
      g_assert_cmpuint (strlen (summary), >, 20);
    }
}

static void
test_nothing_yet (Overview *self, gconstpointer data)
{
  GtkStack *stack;
  GtkWidget *button;

  g_assert_true (sobre_wait_until (has_dishes, self->session, 60));
  stack = sobre_find_widget (self->section, GTK_TYPE_STACK);
  /* The stars of dishes are answers, so there is something; a filter before them leaves nothing at all. */
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "figures");
  sobre_session_set_cell (self->session, 0, 5);
  g_assert_true (sobre_wait_until (has_visits, self->session, 60));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "nothing");
  button = sobre_find_widget (gtk_stack_get_visible_child (stack), GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "window.show-page");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
#define ADD(name, visits, func)                                                                                                \
  g_test_add ("/visits/" name, Overview, GINT_TO_POINTER (visits), open_overview, func, close_overview)
  ADD ("follows-the-filter", TRUE, test_follows_the_filter);
  ADD ("tables-and-words", TRUE, test_tables_and_words);
  ADD ("nothing-yet", FALSE, test_nothing_yet);
#undef ADD
  return g_test_run ();
}
