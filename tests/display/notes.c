/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Notes from the window: written, changed, removed and taken back through the dialog, in the file and in the chart. */

#include <string.h>

#include "pages/overview/sobre-notes-dialog.h"
#include "pages/overview/sobre-overview-page.h"
#include "pages/overview/sobre-trend-card.h"
#include "window-fixture.h"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  GtkWidget *window;
  GtkWidget *page;
  AdwDialog *dialog;
} Desk;

static void
open_desk (Desk *self, gconstpointer data)
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
  g_assert_true (gtk_widget_activate_action (self->page, "overview.notes", NULL));
  sobre_settle ();
  self->dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));
  g_assert_true (SOBRE_IS_NOTES_DIALOG (self->dialog));
}

static void
close_desk (Desk *self, gconstpointer data)
{
  adw_dialog_force_close (self->dialog);
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_session_stop (self->session);
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
}

typedef struct
{
  Desk *desk;
  const char *file;
} Expectation;

static char *
read_file (Desk *self)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self->files->workspace), "notes.csv", NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* What the chart says has to follow the file. */
static gboolean
holds (gpointer data)
{
  const Expectation *expectation = data;
  g_autofree char *text = read_file (expectation->desk);
  SobreTrendCard *card = sobre_find_widget (expectation->desk->page, SOBRE_TYPE_TREND_CARD);
  SobreDrawing *trend = sobre_chart_get_drawing (sobre_trend_card_get_chart (card));
  g_autofree char *summary = sobre_drawing_make_summary (trend);

  if (text == NULL || (strstr (text, expectation->file) == NULL))
    return FALSE;
  return strstr (summary, expectation->file + strlen ("yyyy-mm-dd,")) != NULL;
}

static gboolean
lacks (gpointer data)
{
  const Expectation *expectation = data;
  g_autofree char *text = read_file (expectation->desk);
  SobreTrendCard *card = sobre_find_widget (expectation->desk->page, SOBRE_TYPE_TREND_CARD);
  SobreDrawing *trend = sobre_chart_get_drawing (sobre_trend_card_get_chart (card));
  g_autofree char *summary = sobre_drawing_make_summary (trend);

  return text != NULL && strstr (text, expectation->file) == NULL && strstr (summary, expectation->file) == NULL;
}

static void
expect (Desk *self, gboolean (*condition) (gpointer data), const char *what)
{
  Expectation expectation = { self, what };

  if (!sobre_wait_until (condition, &expectation, 60))
    g_error ("“%s” did not come true", what);
  sobre_settle ();
}

static void
type (Desk *self, const char *text)
{
  GtkWidget *row = sobre_find_widget (GTK_WIDGET (self->dialog), ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
choose_day (Desk *self, int year, int month, int day)
{
  GtkWidget *button = sobre_find_widget (GTK_WIDGET (self->dialog), GTK_TYPE_MENU_BUTTON);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  GtkWidget *calendar = sobre_find_widget (GTK_WIDGET (popover), GTK_TYPE_CALENDAR);
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
  g_signal_emit_by_name (calendar, "day-selected");
}

/* The button of the note's row with the icon. */
static GtkWidget *
find_button (GtkWidget *widget, const char *note, const char *icon)
{
  if (ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), note) != 0)
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, note, icon);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (Desk *self, const char *note, const char *icon)
{
  GtkWidget *button = find_button (GTK_WIDGET (self->dialog), note, icon);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static char *
dup_today (Desk *self, const char *text)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc ((gint64) sobre_session_get_today (self->session) * 86400);
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

  return g_strdup_printf ("%s,%s", date, text);
}

static void
undo (Desk *self)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->dialog), "notes.undo", NULL));
}

/* Whether the button of the action can be pressed. */
static gboolean
can (GtkWidget *widget, const char *action)
{
  gboolean found = FALSE;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return gtk_widget_is_sensitive (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = can (child, action);
  return found;
}

static void
test_add (Desk *self, gconstpointer data)
{
  g_autofree char *wanted = dup_today (self, "New chef");

  g_assert_false (can (GTK_WIDGET (self->dialog), "notes.undo"));
  type (self, "  New chef ");
  expect (self, holds, wanted);
  g_assert_true (can (GTK_WIDGET (self->dialog), "notes.undo"));
  undo (self);
  expect (self, lacks, "New chef");
  g_assert_false (can (GTK_WIDGET (self->dialog), "notes.undo"));
}

static void
test_change (Desk *self, gconstpointer data)
{
  g_autofree char *wanted = NULL;
  g_autofree char *moved = NULL;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc ((gint64) (sobre_session_get_today (self->session) - 3) * 86400);

  press (self, "New menu", "document-edit-symbolic");
  type (self, "Winter menu");
  expect (self, lacks, "New menu");
  press (self, "Winter menu", "document-edit-symbolic");
  choose_day (self, g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day));
  type (self, "Winter menu");
  wanted = g_date_time_format (day, "%Y-%m-%d");
  moved = g_strdup_printf ("%s,Winter menu", wanted);
  expect (self, holds, moved);
  undo (self);
  undo (self);
  expect (self, lacks, "Winter menu");
}

static void
test_remove (Desk *self, gconstpointer data)
{
  g_autofree char *before = read_file (self);
  const char *note = strchr (before, '\n') + 1;

  *strchr (note, '\n') = '\0';
  press (self, "New menu", "user-trash-symbolic");
  expect (self, lacks, "New menu");
  undo (self);
  expect (self, holds, note);
}

/* What another program wrote meanwhile stays, and what does not fit is refused without a change. */
static void
test_beside_others (Desk *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self->files->workspace), "notes.csv", NULL);
  g_autofree char *wanted = dup_today (self, "New chef");
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;

  g_file_set_contents (path, "day,note\n2026-01-01,Written by hand\n", -1, NULL);
  type (self, "New chef");
  expect (self, holds, wanted);
  text = read_file (self);
  g_assert_nonnull (strstr (text, "2026-01-01,Written by hand"));

  g_file_set_contents (path, "day,note\nnonsense\n", -1, NULL);
  type (self, "Second chef");
  sobre_session_refresh (self->session);
  while (message == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (sobre_session_get_note_book (self->session), "message", &message, NULL);
    }
  g_assert_nonnull (strstr (message, "Line 2"));
  g_clear_pointer (&text, g_free);
  text = read_file (self);
  g_assert_cmpstr (text, ==, "day,note\nnonsense\n");
}

/* Text that cannot be a note cannot be saved. */
static void
test_limits (Desk *self, gconstpointer data)
{
  GtkWidget *row = sobre_find_widget (GTK_WIDGET (self->dialog), ADW_TYPE_ENTRY_ROW);
  g_autofree char *longer = g_strnfill (SOBRE_NOTE_MAX_LENGTH + 1, 'a');

  g_assert_false (can (GTK_WIDGET (self->dialog), "notes.save"));
  gtk_editable_set_text (GTK_EDITABLE (row), "   ");
  g_assert_false (can (GTK_WIDGET (self->dialog), "notes.save"));
  gtk_editable_set_text (GTK_EDITABLE (row), longer);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_false (can (GTK_WIDGET (self->dialog), "notes.save"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/notes/add", Desk, NULL, open_desk, test_add, close_desk);
  g_test_add ("/notes/change", Desk, NULL, open_desk, test_change, close_desk);
  g_test_add ("/notes/remove", Desk, NULL, open_desk, test_remove, close_desk);
  g_test_add ("/notes/beside-others", Desk, NULL, open_desk, test_beside_others, close_desk);
  g_test_add ("/notes/limits", Desk, NULL, open_desk, test_limits, close_desk);
  return g_test_run ();
}
