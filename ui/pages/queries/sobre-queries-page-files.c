/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-queries-page-private.h"

#include <glib/gi18n-lib.h>

static void
say (SobreQueriesPage *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.show-message", "s", message);
}

static DexFuture *
saved_cb (DexFuture *future, gpointer user_data)
{
  SobreQueriesPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->session == NULL)
    return NULL;
  if (value == NULL)
    {
      g_autofree char *message = g_strdup_printf (_ ("The query was not saved: %s"), error->message);

      say (self, message);
      return NULL;
    }
  g_set_str (&self->chosen, sobre_saved_query_get_name (g_value_get_object (value)));
  sobre_query_editor_set_saved (self->editor);
  sobre_queries_page_load_list (self);
  say (self, _ ("Saved among your queries"));
  return NULL;
}

void
sobre_queries_page_save (SobreQueriesPage *self, const char *title)
{
  g_autofree char *text = sobre_query_editor_dup_text (self->editor);
  g_autofree char *titled = sobre_query_desk_set_title (text, title);
  g_autofree char *own_name = sobre_query_desk_make_name (title);
  gboolean same = self->chosen != NULL && g_str_equal (title, sobre_query_editor_get_title (self->editor));

  if (!g_str_equal (text, titled))
    sobre_query_editor_set_text (self->editor, titled);
  dex_future_disown (dex_future_finally (
      sobre_query_desk_save (sobre_session_get_workspace (self->session), same ? self->chosen : own_name, titled), saved_cb,
      g_object_ref (self), g_object_unref));
}

static void
named_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  SobreQueriesPage *self = user_data;
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (g_str_equal (response, "save") && *title != '\0' && self->session != NULL)
    sobre_queries_page_save (self, title);
}

static void
title_changed_cb (GtkEditable *entry, AdwAlertDialog *dialog)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "save", *title != '\0');
}

static void
save_as_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreQueriesPage *self = SOBRE_QUERIES_PAGE (widget);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (
      adw_alert_dialog_new (_ ("Save Query"), _ ("It is kept with the restaurant. A query of the same title is replaced.")));
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), sobre_query_editor_get_title (self->editor));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Title"), -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "save");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (title_changed_cb), dialog, G_CONNECT_DEFAULT);
  g_signal_connect_object (dialog, "response", G_CALLBACK (named_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreQueriesPage *self = SOBRE_QUERIES_PAGE (widget);

  if (self->chosen == NULL)
    save_as_action (widget, action_name, parameter);
  else
    sobre_queries_page_save (self, sobre_query_editor_get_title (self->editor));
}

/* A query that was deleted, to bring it back. */
typedef struct
{
  SobreQueriesPage *page;
  char *name;
  char *text;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *self = data;

  g_object_unref (self->page);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static void
undo_cb (AdwToast *toast, Deleted *deleted)
{
  if (deleted->page->session != NULL)
    dex_future_disown (dex_future_finally (
        sobre_query_desk_save (sobre_session_get_workspace (deleted->page->session), deleted->name, deleted->text), saved_cb,
        g_object_ref (deleted->page), g_object_unref));
}

static DexFuture *
deleted_cb (DexFuture *future, gpointer user_data)
{
  Deleted *deleted = user_data;
  SobreQueriesPage *self = deleted->page;
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (GError) error = NULL;
  Deleted *kept;
  AdwToast *toast;

  if (self->session == NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    {
      say (self, error->message);
      return NULL;
    }
  g_clear_pointer (&self->chosen, g_free);
  sobre_query_editor_set_saved (self->editor);
  sobre_queries_page_load_list (self);
  if (overlay == NULL)
    return NULL;
  kept = g_new0 (Deleted, 1);
  kept->page = g_object_ref (self);
  kept->name = g_strdup (deleted->name);
  kept->text = g_strdup (deleted->text);
  toast = adw_toast_new (_ ("Query deleted"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), kept, (GClosureNotify) (gpointer) deleted_free,
                         G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  return NULL;
}

static void
delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreQueriesPage *self = SOBRE_QUERIES_PAGE (widget);
  g_autoptr (SobreQueryEntry) entry = sobre_queries_page_find_chosen (self);
  Deleted *deleted;

  if (entry == NULL)
    return;
  deleted = g_new0 (Deleted, 1);
  deleted->page = g_object_ref (self);
  deleted->name = g_strdup (self->chosen);
  deleted->text = g_strdup (sobre_saved_query_get_sql (sobre_query_entry_get_query (entry)));
  dex_future_disown (dex_future_finally (sobre_query_desk_remove (sobre_session_get_workspace (self->session), self->chosen),
                                         deleted_cb, deleted, deleted_free));
}

void
sobre_queries_page_class_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "query.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "query.save-as", NULL, save_as_action);
  gtk_widget_class_install_action (widget_class, "query.delete", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "query.save", NULL);
}
