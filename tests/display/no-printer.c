/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A computer without a printer: its print dialog offers a file, and the cards get there. When nothing came out, it is said why and what
 * can be done, and the workspace does not believe that anything was printed. */

#include <gtk/gtkunixprint.h>
#include <string.h>

#include "pages/cards/sobre-cards-page.h"
#include "window-fixture.h"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  GtkWidget *window;
  SobreCardsPage *page;
} Desk;

static void
open_desk (Desk *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (TRUE);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->page = g_object_new (SOBRE_TYPE_CARDS_PAGE, "session", self->session, NULL);
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  sobre_settle ();
}

static void
close_desk (Desk *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
}

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

static gboolean
shows_dialog (gpointer window)
{
  return adw_window_get_visible_dialog (window) != NULL;
}

static gboolean
has_printed_base (gpointer workspace)
{
  g_autofree char *base = sobre_workspace_dup_printed_base (workspace);

  return base != NULL;
}

/* Whether it is a printer of paper. */
static gboolean
count_printer (GtkPrinter *printer, gpointer data)
{
  guint *n = data;

  *n += !gtk_printer_is_virtual (printer);
  return FALSE;
}

static GtkPrintUnixDialog *
find_print_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_IS_PRINT_UNIX_DIALOG (window))
        return GTK_PRINT_UNIX_DIALOG (window);
    }
  return NULL;
}

/* The list that a printer is chosen from. */
static GtkSelectionModel *
get_printers (void)
{
  GtkPrintUnixDialog *dialog = find_print_dialog ();
  GtkColumnView *view = dialog != NULL ? sobre_find_widget (GTK_WIDGET (dialog), GTK_TYPE_COLUMN_VIEW) : NULL;

  return view != NULL ? gtk_column_view_get_model (view) : NULL;
}

/* Chooses the first one. */
static gboolean
choose_printer (gpointer data)
{
  GtkSelectionModel *printers = get_printers ();

  return printers != NULL && g_list_model_get_n_items (G_LIST_MODEL (printers)) > 0 &&
         gtk_selection_model_select_item (printers, 0, TRUE) &&
         gtk_print_unix_dialog_get_selected_printer (find_print_dialog ()) != NULL;
}

static gboolean
offers_a_dialog (gpointer data)
{
  return find_print_dialog () != NULL;
}

/* The button with the label. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The only thing that the dialog offers is a file. */
static void
test_into_a_file (Desk *self, gconstpointer data)
{
  g_autofree char *pdf = g_build_filename (self->files->folder, "printed.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (pdf, NULL, NULL);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (DexFuture) printed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GtkPrintUnixDialog *dialog;
  guint n_printers = 0;
  gsize length;

  gtk_enumerate_printers (count_printer, &n_printers, NULL, TRUE);
  g_assert_cmpuint (n_printers, ==, 0);
  printed = sobre_cards_page_print (self->page, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
  g_assert_true (sobre_wait_until (offers_a_dialog, NULL, 60));
  dialog = find_print_dialog ();
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, uri);
  gtk_print_unix_dialog_set_settings (dialog, settings);
  g_assert_true (sobre_wait_until (choose_printer, NULL, 60));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_printers ())), ==, 1);
  g_assert_true (gtk_printer_is_virtual (gtk_print_unix_dialog_get_selected_printer (dialog)));
  sobre_settle ();
  g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_OK);
  g_assert_true (sobre_wait_until (is_settled, printed, 60));
  g_assert_nonnull (dex_future_get_value (printed, &error));
  g_assert_no_error (error);
  g_assert_true (sobre_wait_until (has_printed_base, self->files->workspace, 60));
  g_assert_true (g_file_get_contents (pdf, &text, &length, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
}

/* Whoever closes the dialog has printed nothing and needs not be told. */
static void
test_given_up (Desk *self, gconstpointer data)
{
  g_autoptr (DexFuture) printed = sobre_cards_page_print (self->page, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (sobre_wait_until (offers_a_dialog, NULL, 60));
  g_signal_emit_by_name (find_print_dialog (), "response", GTK_RESPONSE_CANCEL);
  g_assert_true (sobre_wait_until (is_settled, printed, 60));
  g_assert_null (dex_future_get_value (printed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sobre_settle ();
  g_assert_false (shows_dialog (self->window));
  g_assert_false (has_printed_base (self->files->workspace));
}

/* What went wrong is said, with a way out, and the next try is not held up by it. */
static void
test_said_plainly (Desk *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (self->files->folder, "missing", "cards.pdf", NULL);
  g_autofree char *pdf = g_build_filename (self->files->folder, "cards.pdf", NULL);
  g_autoptr (DexFuture) refused = sobre_cards_page_print (self->page, GTK_PRINT_OPERATION_ACTION_EXPORT, missing);
  g_autoptr (DexFuture) printed = NULL;
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog;

  g_assert_true (sobre_wait_until (is_settled, refused, 60));
  g_assert_null (dex_future_get_value (refused, &error));
  g_assert_true (error->domain == GTK_PRINT_ERROR);
  g_assert_true (sobre_wait_until (shows_dialog, self->window, 60));
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), ==, "No Card Was Printed");
  g_assert_cmpstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), ==, error->message);
  g_assert_cmpuint (strlen (error->message), >, 5);
  g_assert_nonnull (find_button (GTK_WIDGET (dialog), "_Save as File…"));
  g_assert_false (has_printed_base (self->files->workspace));
  adw_dialog_force_close (dialog);
  sobre_settle ();

  printed = sobre_cards_page_print (self->page, GTK_PRINT_OPERATION_ACTION_EXPORT, pdf);
  g_assert_true (sobre_wait_until (is_settled, printed, 60));
  g_assert_nonnull (dex_future_get_value (printed, NULL));
  g_assert_true (g_file_test (pdf, G_FILE_TEST_IS_REGULAR));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  /* The backend of files is the only one that is sure to be there; that of a print server waits for one. */
  g_object_set (gtk_settings_get_default (), "gtk-print-backends", "file", NULL);
  g_test_add ("/no-printer/into-a-file", Desk, NULL, open_desk, test_into_a_file, close_desk);
  g_test_add ("/no-printer/given-up", Desk, NULL, open_desk, test_given_up, close_desk);
  g_test_add ("/no-printer/said-plainly", Desk, NULL, open_desk, test_said_plainly, close_desk);
  return g_test_run ();
}
