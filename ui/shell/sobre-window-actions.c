/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-window-private.h"

#include <glib/gi18n-lib.h>

#include "pages/import/sobre-import-dialog.h"
#include "shell/sobre-help-dialog.h"
#include "shell/sobre-preferences-dialog.h"
#include "shell/sobre-shortcuts-dialog.h"
#include "sobre-config.h"

static void
refresh_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_session_refresh (SOBRE_WINDOW (widget)->session);
}

static void
rebuild_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_session_rebuild (SOBRE_WINDOW (widget)->session);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_session_cancel (SOBRE_WINDOW (widget)->session);
}

static void
show_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_window_show_page (SOBRE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_message_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (SOBRE_WINDOW (widget)->toasts, toast);
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreWindow *self = SOBRE_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->split_view, !adw_navigation_split_view_get_show_content (self->split_view));
}

static void
print_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreWindow *self = SOBRE_WINDOW (widget);

  sobre_window_show_page (self, "cards");
  gtk_widget_activate_action (GTK_WIDGET (self->cards), "cards.print", NULL);
}

static void
export_report_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreWindow *self = SOBRE_WINDOW (widget);

  sobre_window_show_page (self, "overview");
  gtk_widget_activate_action (GTK_WIDGET (self->overview), "overview.export", NULL);
}

static void
search_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreWindow *self = SOBRE_WINDOW (widget);

  sobre_window_show_page (self, "overview");
  sobre_overview_page_start_search (self->overview);
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SobreWindow) self = user_data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;

  if (path != NULL)
    sobre_window_open (self, path);
}

static void
open_workspace_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Open Restaurant"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (widget), NULL, folder_chosen_cb, g_object_ref (widget));
}

static void
import_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_import_dialog_choose (widget, SOBRE_WINDOW (widget)->session);
}

/* A file that is dropped anywhere on the window is meant to be imported. */
static gboolean
dropped_cb (SobreWindow *self, const GValue *value)
{
  const GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;

  if (self->session == NULL || files == NULL ||
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return FALSE;
  if (path == NULL || files->next != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "window.show-message", "s",
                                  path == NULL ? _ ("Only a file on this computer can be imported: copy it here first")
                                               : _ ("One file is imported at a time"));
      return FALSE;
    }
  adw_dialog_present (sobre_import_dialog_new (self->session, path), GTK_WIDGET (self));
  return TRUE;
}

void
sobre_window_accept_drops (SobreWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
preferences_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_present (sobre_preferences_dialog_new (SOBRE_WINDOW (widget)->settings, SOBRE_WINDOW (widget)->session), widget);
}

static void
shortcuts_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_present (sobre_shortcuts_dialog_new (gtk_window_get_application (GTK_WINDOW (widget))), widget);
}

static void
help_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_present (sobre_help_dialog_new (), widget);
}

static void
about_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  adw_about_dialog_set_application_name (ADW_ABOUT_DIALOG (dialog), _ ("Sobremesa"));
  adw_about_dialog_set_application_icon (ADW_ABOUT_DIALOG (dialog), SOBRE_APP_ID);
  adw_about_dialog_set_version (ADW_ABOUT_DIALOG (dialog), SOBRE_VERSION);
  adw_about_dialog_set_developer_name (ADW_ABOUT_DIALOG (dialog), _ ("The Sobremesa developers"));
  adw_about_dialog_set_comments (ADW_ABOUT_DIALOG (dialog),
                                 _ ("Hear what guests say at the table, and see where and when it changes."));
  adw_about_dialog_set_license_type (ADW_ABOUT_DIALOG (dialog), GTK_LICENSE_GPL_3_0);
  /* Translators: your own names, one a line */
  adw_about_dialog_set_translator_credits (ADW_ABOUT_DIALOG (dialog), _ ("translator-credits"));
  adw_dialog_present (dialog, widget);
}

static void
close_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

void
sobre_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "session.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "session.rebuild", NULL, rebuild_action);
  gtk_widget_class_install_action (widget_class, "session.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "window.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "window.show-message", "s", show_message_action);
  gtk_widget_class_install_action (widget_class, "window.toggle-sidebar", NULL, toggle_sidebar_action);
  gtk_widget_class_install_action (widget_class, "window.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "window.export-report", NULL, export_report_action);
  gtk_widget_class_install_action (widget_class, "window.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "window.open-workspace", NULL, open_workspace_action);
  gtk_widget_class_install_action (widget_class, "window.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "window.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "window.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "window.help", NULL, help_action);
  gtk_widget_class_install_action (widget_class, "window.about", NULL, about_action);
  gtk_widget_class_install_action (widget_class, "window.close", NULL, close_action);
  gtk_widget_class_install_property_action (widget_class, "window.figures-as-tables", "figures-as-tables");
}

void
sobre_window_update_actions (SobreWindow *self)
{
  static const char *const actions[] = { "session.refresh",  "session.rebuild",       "session.cancel",
                                         "window.show-page", "window.toggle-sidebar", "window.print",
                                         "window.search",    "window.export-report",  "window.figures-as-tables",
                                         "window.import" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], self->session != NULL);
}
