/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-report-export.h"

#include <glib/gi18n-lib.h>

#include "session/sobre-job.h"
#include "session/sobre-workspace-labels.h"
#include "sobre-report.h"

/* What an export under way holds: figures, notes and workspace are immutable, so the thread may read them. */
typedef struct
{
  GtkWidget *widget;
  SobreWorkspace *workspace;
  SobreForm *form;
  SobreMenu *menu; /* (nullable) */
  SobreFigures *figures;
  GListModel *notes;
  SobreVisitFigures *visits;
  gint64 made_at;
  char *path;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->workspace);
  g_object_unref (self->form);
  g_clear_object (&self->menu);
  sobre_figures_unref (self->figures);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->visits, sobre_visit_figures_unref);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static gboolean
write_worker (gpointer data, GValue *result, GError **error)
{
  Export *self = data;
  SobreReport report = {
    .restaurant = sobre_workspace_get_settings (self->workspace)->name,
    .figures = self->figures,
    .labels = sobre_workspace_get_labels (self->workspace),
    .visits = self->visits,
    .made_at = self->made_at,
  };

  report.labels.notes = self->notes;
  report.labels.form = self->form;
  report.labels.menu = self->menu;
  return sobre_report_write (&report, self->path, error);
}

static void
say (GtkWidget *widget, const char *message)
{
  gtk_widget_activate_action (widget, "window.show-message", "s", message);
}

static DexFuture *
written_cb (DexFuture *future, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    message = g_strdup_printf (_ ("Saved as %s"), self->path);
  else
    message = g_strdup_printf (_ ("The report was not saved: %s"), error->message);
  say (self->widget, message);
  return NULL;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  Export *export;

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        say (self->widget, error->message);
      return;
    }
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      say (self->widget, _ ("The report was not saved: choose a folder on this computer."));
      return;
    }
  export = g_steal_pointer (&self);
  dex_future_disown (dex_future_finally (sobre_job_run ("report", write_worker, export, NULL), written_cb, export,
                                         (GDestroyNotify) export_free));
}

void
sobre_report_export_start (GtkWidget *widget, SobreSession *session)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  SobreVisitFigures *visits = sobre_visit_counter_get_visits (sobre_session_get_visit_counter (session));
  Export *self = g_new0 (Export, 1);

  self->widget = g_object_ref (widget);
  self->workspace = g_object_ref (sobre_session_get_workspace (session));
  self->form = g_object_ref (sobre_workspace_get_form (self->workspace));
  g_set_object (&self->menu, sobre_workspace_get_menu (self->workspace));
  self->figures = sobre_figures_ref (sobre_session_get_figures (session));
  g_set_object (&self->notes, sobre_note_book_get_notes (sobre_session_get_note_book (session)));
  if (visits != NULL && sobre_filter_equal (visits->filter, self->figures->filter))
    self->visits = sobre_visit_figures_ref (visits);
  self->made_at = sobre_clock_now (sobre_session_get_clock (session));
  gtk_file_filter_set_name (filter, _ ("PDF, SVG, PNG and HTML"));
  gtk_file_filter_add_suffix (filter, "pdf");
  gtk_file_filter_add_suffix (filter, "svg");
  gtk_file_filter_add_suffix (filter, "png");
  gtk_file_filter_add_suffix (filter, "html");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Export Report"));
  gtk_file_dialog_set_initial_name (dialog, "report.pdf");
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen_cb, self);
}
