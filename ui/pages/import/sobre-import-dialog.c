/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/import/sobre-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "pages/import/sobre-import-mapping-page.h"
#include "pages/import/sobre-import-preview.h"
#include "pages/import/sobre-import-words.h"

struct _SobreImportDialog
{
  AdwDialog parent_instance;

  GtkWidget *back_button;
  AdwBanner *banner;
  GtkStack *stack;
  GtkLabel *working_label;
  GtkProgressBar *progress_bar;
  GtkLabel *count_label;
  SobreImportMappingPage *mapping_page;
  AdwBin *preview_bin;
  AdwStatusPage *done_page;
  GtkWidget *rejects_button;
  GtkWidget *undo_button;
  AdwStatusPage *failed_page;
  GtkWidget *buttons;
  GtkButton *next_button;
  SobreSession *session;
  SobreImportDesk *desk;
  SobreImportSight *sight;     /* (nullable): until the file was read */
  SobreImportOutcome *outcome; /* (nullable): of a preview, then of the import */
  gboolean settling;
  gboolean outdated; /* what is being settled is not what is chosen any more */
  gboolean rereads;  /* once what is being settled is over */
};

G_DEFINE_FINAL_TYPE (SobreImportDialog, sobre_import_dialog, ADW_TYPE_DIALOG)

static void
show (SobreImportDialog *self, const char *page)
{
  gboolean is_mapping = g_str_equal (page, "mapping");
  gboolean is_preview = g_str_equal (page, "preview");
  g_autofree char *fault = is_mapping ? sobre_import_fault_say (self->sight) : NULL;
  guint64 n = is_preview ? self->outcome->report->n_added : 0;
  g_autofree char *count = sobre_import_count_say (n);
  /* Translators: "1,234 rows" */
  g_autofree char *verb = g_strdup_printf (_ ("Import %s"), count);

  gtk_stack_set_visible_child_name (self->stack, page);
  adw_banner_set_title (self->banner, fault != NULL ? fault : "");
  adw_banner_set_revealed (self->banner, fault != NULL);
  gtk_widget_set_visible (self->back_button, is_preview);
  gtk_widget_set_visible (self->buttons, is_mapping || is_preview);
  gtk_button_set_label (self->next_button, is_mapping ? _ ("Preview") : verb);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.back", is_preview);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", (is_mapping && fault == NULL) || n > 0);
}

static void
work (SobreImportDialog *self, const char *words)
{
  gtk_label_set_text (self->working_label, words);
  gtk_label_set_text (self->count_label, "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  show (self, "working");
}

static void
progress_cb (SobreImportDialog *self, double fraction, guint64 n_rows)
{
  g_autofree char *count = sobre_import_count_say (n_rows);

  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (fraction, 0, 1));
  gtk_label_set_text (self->count_label, count);
}

static void
fail (SobreImportDialog *self, const GError *error)
{
  adw_status_page_set_description (self->failed_page, error->message);
  show (self, "failed");
}

static void
take_sight (SobreImportDialog *self, const GValue *value)
{
  g_clear_pointer (&self->sight, sobre_import_sight_unref);
  self->sight = g_value_dup_boxed (value);
  sobre_import_mapping_page_show (self->mapping_page, sobre_import_desk_get_path (self->desk),
                                  sobre_import_desk_get_workspace (self->desk), self->sight);
  show (self, "mapping");
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  SobreImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->stack == NULL)
    return NULL;
  if (value != NULL)
    take_sight (self, value);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_dialog_close (ADW_DIALOG (self));
  else
    fail (self, error);
  return NULL;
}

static void
look (SobreImportDialog *self)
{
  SobreImportReading reading;

  sobre_import_mapping_page_dup_reading (self->mapping_page, &reading);
  work (self, _ ("Looking through the file"));
  dex_future_disown (
      dex_future_finally (sobre_import_desk_look (self->desk, &reading), looked_cb, g_object_ref (self), g_object_unref));
  sobre_import_reading_clear (&reading);
}

static void settle (SobreImportDialog *self);

static DexFuture *
settled_cb (DexFuture *future, gpointer user_data)
{
  SobreImportDialog *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  self->settling = FALSE;
  if (self->stack == NULL || value == NULL)
    return NULL;
  if (self->rereads)
    {
      self->rereads = FALSE;
      look (self);
    }
  else if (self->outdated)
    settle (self);
  else
    take_sight (self, value);
  return NULL;
}

/* One is under way at a time: what is chosen meanwhile makes its answer outdated. */
static void
settle (SobreImportDialog *self)
{
  self->outdated = self->settling;
  if (self->settling)
    return;
  self->settling = TRUE;
  dex_future_disown (dex_future_finally (sobre_import_mapping_page_settle (self->mapping_page, self->desk), settled_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
mapping_changed_cb (SobreImportDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", FALSE);
  settle (self);
}

static void
reading_changed_cb (SobreImportDialog *self)
{
  self->rereads = self->settling;
  if (!self->settling)
    look (self);
}

static void
take_outcome (SobreImportDialog *self, const GValue *value)
{
  g_clear_pointer (&self->outcome, sobre_import_outcome_unref);
  self->outcome = g_value_dup_boxed (value);
}

static DexFuture *
previewed_cb (DexFuture *future, gpointer user_data)
{
  SobreImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->stack == NULL)
    return NULL;
  if (value != NULL)
    {
      take_outcome (self, value);
      adw_bin_set_child (self->preview_bin,
                         sobre_import_preview_new (self->outcome, sobre_import_desk_get_workspace (self->desk)));
      show (self, "preview");
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show (self, "mapping");
  else
    fail (self, error);
  return NULL;
}

static void
show_done (SobreImportDialog *self)
{
  const SobreImportReport *report = self->outcome->report;
  g_autofree char *count = sobre_import_count_say (report->n_added);
  /* Translators: "1,234 rows" */
  g_autofree char *title = g_strdup_printf (_ ("%s Imported"), count);
  g_autofree char *rest = sobre_import_preview_say (report);
  g_autofree char *description = *rest != '\0'
                                     ? g_strdup_printf (_ ("They are in the figures in a moment. Of the others %s."), rest)
                                     : g_strdup (_ ("They are in the figures in a moment."));

  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, description);
  gtk_widget_set_visible (self->rejects_button, sobre_import_rejects_get_n (report->rejects) > 0);
  gtk_widget_set_visible (self->undo_button, report->batch != NULL);
  show (self, "done");
}

static DexFuture *
imported_cb (DexFuture *future, gpointer user_data)
{
  SobreImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    sobre_session_refresh (self->session);
  if (self->stack == NULL)
    return NULL;
  if (value != NULL)
    {
      take_outcome (self, value);
      show_done (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show (self, "preview");
  else
    fail (self, error);
  return NULL;
}

static void
next_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreImportDialog *self = SOBRE_IMPORT_DIALOG (widget);
  gboolean dry = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "mapping");

  work (self, dry ? _ ("Trying it, without storing anything") : _ ("Importing"));
  dex_future_disown (dex_future_finally (sobre_import_desk_run (self->desk, dry), dry ? previewed_cb : imported_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
back_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show (SOBRE_IMPORT_DIALOG (widget), "mapping");
}

static void
again_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  look (SOBRE_IMPORT_DIALOG (widget));
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_import_desk_cancel (SOBRE_IMPORT_DIALOG (widget)->desk);
}

static void
close_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static DexFuture *
undone_cb (DexFuture *future, gpointer user_data)
{
  SobreImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  /* What is gone from a bucket is only seen when all of it is listed. */
  if (sobre_workspace_get_settings (sobre_import_desk_get_workspace (self->desk))->lake_bucket != NULL)
    sobre_session_rebuild (self->session);
  else
    sobre_session_refresh (self->session);
  if (self->stack == NULL)
    return NULL;
  adw_status_page_set_title (self->done_page, value != NULL ? _ ("The Import Was Taken Back") : _ ("It Was Not Taken Back"));
  adw_status_page_set_description (self->done_page,
                                   value != NULL ? _ ("What it added goes from the figures in a moment.") : error->message);
  gtk_widget_set_visible (self->rejects_button, FALSE);
  gtk_widget_set_visible (self->undo_button, value == NULL);
  show (self, "done");
  return NULL;
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreImportDialog *self = SOBRE_IMPORT_DIALOG (widget);

  gtk_widget_set_visible (self->undo_button, FALSE);
  dex_future_disown (dex_future_finally (sobre_import_desk_undo (self->desk, self->outcome->report->batch), undone_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
show_rejects_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_path (SOBRE_IMPORT_DIALOG (widget)->outcome->rejects);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}

/* What is under way is of no use to anybody any more; it leaves all or nothing. */
static void
sobre_import_dialog_closed (AdwDialog *dialog)
{
  sobre_import_desk_cancel (SOBRE_IMPORT_DIALOG (dialog)->desk);
}

static void
sobre_import_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_IMPORT_DIALOG);
  G_OBJECT_CLASS (sobre_import_dialog_parent_class)->dispose (object);
}

static void
sobre_import_dialog_finalize (GObject *object)
{
  SobreImportDialog *self = SOBRE_IMPORT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sight, sobre_import_sight_unref);
  g_clear_pointer (&self->outcome, sobre_import_outcome_unref);
  G_OBJECT_CLASS (sobre_import_dialog_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "import.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "import.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.show-rejects", NULL, show_rejects_action);
  gtk_widget_class_install_action (widget_class, "import.close", NULL, close_action);
}

static void
sobre_import_dialog_class_init (SobreImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sobre_import_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = sobre_import_dialog_closed;
  g_type_ensure (SOBRE_TYPE_IMPORT_MAPPING_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, working_label);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, mapping_page);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, preview_bin);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, rejects_button);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, undo_button);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, buttons);
  gtk_widget_class_bind_template_child (widget_class, SobreImportDialog, next_button);
  gtk_widget_class_bind_template_callback (widget_class, mapping_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reading_changed_cb);
  install_actions (widget_class);
}

static void
sobre_import_dialog_init (SobreImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
sobre_import_dialog_new (SobreSession *session, const char *path)
{
  SobreImportDialog *self = g_object_new (SOBRE_TYPE_IMPORT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->desk = sobre_import_desk_new (sobre_session_get_workspace (session), sobre_session_get_clock (session), path);
  g_signal_connect_object (self->desk, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  look (self);
  return ADW_DIALOG (self);
}

/** Choosing: who asked for a file. */
typedef struct
{
  GtkWidget *parent;
  SobreSession *session;
} Choosing;

static void
choosing_free (Choosing *self)
{
  g_object_unref (self->parent);
  g_object_unref (self->session);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choosing, choosing_free)

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Choosing) choosing = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path != NULL)
    adw_dialog_present (sobre_import_dialog_new (choosing->session, path), choosing->parent);
  else if (file != NULL)
    gtk_widget_activate_action (choosing->parent, "window.show-message", "s",
                                _ ("Only a file on this computer can be imported: copy it here first"));
}

void
sobre_import_dialog_choose (GtkWidget *parent, SobreSession *session)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  Choosing *choosing = g_new (Choosing, 1);

  *choosing = (Choosing) { g_object_ref (parent), g_object_ref (session) };
  gtk_file_filter_set_name (tables, _ ("Tables: CSV and JSON lines"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_add_suffix (tables, "json");
  gtk_file_filter_add_suffix (tables, "jsonl");
  gtk_file_filter_add_suffix (tables, "ndjson");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Import Orders or Answers"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, chosen_cb, choosing);
}
