/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-cloud-rows.h"

#include <glib/gi18n-lib.h>

#include "stack/sobre-stack-follow.h"

GtkWidget *
sobre_cloud_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  return row;
}

GtkWidget *
sobre_cloud_row_new_for_event (const SobreStackEvent *event)
{
  g_autofree char *title = g_strdup_printf ("%s  %s", event->status, event->logical_id);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", event->at != NULL ? event->at : "", event->reason != NULL ? "\n" : "",
                                               event->reason != NULL ? event->reason : "");
  GtkWidget *row = sobre_cloud_row_new (title, subtitle);

  if (sobre_stack_event_is_failure (event))
    gtk_widget_add_css_class (row, "error");
  return row;
}

void
sobre_cloud_row_add_figure (GtkWidget *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), label);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

void
sobre_cloud_row_add_icon (GtkWidget *row, const char *icon, const char *style, const char *meaning)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  if (style != NULL)
    gtk_widget_add_css_class (image, style);
  if (meaning != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, meaning, -1);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), image);
  else
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
}

void
sobre_cloud_row_add_link (GtkWidget *row, const char *uri)
{
  GtkWidget *image = gtk_image_new_from_icon_name ("adw-external-link-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "cloud.open-uri");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  gtk_widget_activate_action (widget, "window.show-message", "s", _ ("No program of this computer opens web pages"));
}

void
sobre_cloud_open (GtkWidget *widget, const char *uri)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_uri_launcher_launch (launcher, root != NULL ? GTK_WINDOW (root) : NULL, NULL, opened_cb, g_object_ref (widget));
}
