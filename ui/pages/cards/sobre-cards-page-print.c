/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cards/sobre-cards-page-private.h"

#include <glib/gi18n-lib.h>

/* One print or export on its way: prepare, read back, hand over. @done is what the caller waits for. */
typedef struct
{
  SobreCardsPage *page;
  SobreCardJob *job;
  char *base;
  char *path;
  GtkPrintOperationAction action;
  DexPromise *done;
  gatomicrefcount ref_count;
} Print;

static Print *
print_ref (Print *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
print_unref (gpointer data)
{
  Print *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->page);
  g_clear_pointer (&self->job, sobre_card_job_unref);
  g_free (self->base);
  g_free (self->path);
  dex_unref (self->done);
  g_free (self);
}

static void
say (Print *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self->page), "window.show-message", "s", message);
}

static void
save_instead_cb (SobreCardsPage *page)
{
  sobre_cards_page_export (page);
}

/* A printer may be missing or broken; a file can be printed elsewhere. */
static void
refuse (Print *self, GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("No Card Was Printed"), error->message);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  if (error->domain == GTK_PRINT_ERROR)
    {
      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "save", _ ("_Save as File…"));
      g_signal_connect_object (dialog, "response::save", G_CALLBACK (save_instead_cb), self->page, G_CONNECT_SWAPPED);
    }
  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  if (gtk_widget_get_root (GTK_WIDGET (self->page)) != NULL)
    adw_dialog_present (dialog, GTK_WIDGET (self->page));
  else
    g_object_unref (g_object_ref_sink (dialog));
  dex_promise_reject (self->done, g_error_copy (error));
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *self)
{
  sobre_card_job_draw_page (self->job, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Print *self)
{
  g_autoptr (GError) error = NULL;

  switch (result)
    {
    case GTK_PRINT_OPERATION_RESULT_APPLY:
      sobre_cards_page_set_printed (self->page, self->base);
      say (self, _ ("The cards were sent to the printer"));
      dex_promise_resolve_boolean (self->done, TRUE);
      break;
    case GTK_PRINT_OPERATION_RESULT_ERROR:
      gtk_print_operation_get_error (operation, &error);
      refuse (self, error);
      break;
    case GTK_PRINT_OPERATION_RESULT_CANCEL:
    case GTK_PRINT_OPERATION_RESULT_IN_PROGRESS:
    default:
      dex_promise_reject (self->done, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The print was cancelled")));
      break;
    }
}

static GtkPageSetup *
make_page_setup (const SobreCardJob *job)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = NULL;
  double width;
  double height;

  sobre_card_job_get_page_size (job, &width, &height);
  size = gtk_paper_size_new (width < 400 ? "iso_a6" : GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  return setup;
}

static void
hand_over (Print *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup (self->job);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_job_name (operation, _ ("Table cards"));
  gtk_print_operation_set_n_pages (operation, (int) sobre_card_job_get_n_pages (self->job));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (self->path != NULL)
    gtk_print_operation_set_export_filename (operation, self->path);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), self);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), print_ref (self), (GClosureNotify) (GCallback) print_unref,
                         G_CONNECT_DEFAULT);
  gtk_print_operation_run (operation, self->action, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &error);
}

static DexFuture *
checked_cb (DexFuture *future, gpointer user_data)
{
  Print *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    refuse (self, error);
  else
    hand_over (self);
  return NULL;
}

static DexFuture *
prepared_cb (DexFuture *future, gpointer user_data)
{
  Print *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      refuse (self, error);
      return NULL;
    }
  self->job = g_value_dup_boxed (value);
  dex_future_disown (dex_future_finally (sobre_card_desk_check (self->job), checked_cb, print_ref (self), print_unref));
  return NULL;
}

static DexFuture *
prepare (SobreCardsPage *page, const char *base)
{
  g_autoptr (GListModel) tables = sobre_cards_page_list_tables (page);
  SobreCardSetup setup = sobre_cards_page_get_setup (page, base);

  return sobre_card_desk_prepare (sobre_session_get_workspace (page->session), tables, &setup);
}

static Print *
print_new (SobreCardsPage *page)
{
  Print *self = g_new0 (Print, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->page = g_object_ref (page);
  self->base = sobre_session_dup_guest_base (page->session);
  self->done = dex_promise_new ();
  return self;
}

DexFuture *
sobre_cards_page_print (SobreCardsPage *page, GtkPrintOperationAction action, const char *export_path)
{
  Print *self;
  DexFuture *done;

  if (page->session == NULL)
    return dex_future_new_reject (SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_EMPTY, "%s", _ ("There is no table to print a card for"));
  self = print_new (page);
  self->action = action;
  self->path = g_strdup (export_path);
  done = dex_ref (DEX_FUTURE (self->done));
  dex_future_disown (dex_future_finally (prepare (page, self->base), prepared_cb, self, print_unref));
  return done;
}

static DexFuture *
written_cb (DexFuture *future, gpointer user_data)
{
  Print *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      refuse (self, error);
      return NULL;
    }
  message = g_strdup_printf (_ ("Saved as %s"), self->path);
  sobre_cards_page_set_printed (self->page, self->base);
  say (self, message);
  return NULL;
}

static DexFuture *
prepared_for_file_cb (DexFuture *future, gpointer user_data)
{
  Print *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    refuse (self, error);
  else
    dex_future_disown (dex_future_finally (sobre_card_desk_write (g_value_get_boxed (value), self->path), written_cb,
                                           print_ref (self), print_unref));
  return NULL;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Print *self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  self->path = file != NULL ? g_file_get_path (file) : NULL;
  if (self->path != NULL && self->page->session != NULL)
    dex_future_disown (
        dex_future_finally (prepare (self->page, self->base), prepared_for_file_cb, print_ref (self), print_unref));
  else if (file != NULL)
    say (self, _ ("The cards were not saved: choose a folder on this computer."));
  print_unref (self);
}

void
sobre_cards_page_export (SobreCardsPage *page)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("PDF, SVG, PNG and ZIP"));
  gtk_file_filter_add_suffix (filter, "pdf");
  gtk_file_filter_add_suffix (filter, "svg");
  gtk_file_filter_add_suffix (filter, "png");
  gtk_file_filter_add_suffix (filter, "zip");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Export Cards"));
  gtk_file_dialog_set_initial_name (dialog, "cards.pdf");
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), NULL, file_chosen_cb, print_new (page));
}
