/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "editor-fixture.h"

#include <string.h>

#include "fields/sobre-field.h"

#define SECONDS 20

void
editor_desk_open (EditorDesk *self, GType type)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->window = adw_window_new ();
  self->panel = g_object_new (type, "session", self->session, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->panel);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 1000);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
editor_desk_close (EditorDesk *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->session);
  sobre_settle ();
  sobre_window_fixture_free (self->files);
}

char *
editor_desk_dup_path (EditorDesk *self, const char *name)
{
  return g_build_filename (sobre_workspace_get_path (self->files->workspace), name, NULL);
}

char *
editor_desk_read (EditorDesk *self, const char *name)
{
  g_autofree char *path = editor_desk_dup_path (self, name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* Wanted: a text that a file has to hold, or must not. */
typedef struct
{
  EditorDesk *desk;
  const char *file;
  const char *text;
  gboolean there;
} Wanted;

static gboolean
is_met (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *text = editor_desk_read (wanted->desk, wanted->file);

  return sobre_editor_panel_is_saved (SOBRE_EDITOR_PANEL (wanted->desk->panel)) &&
         (text != NULL && strstr (text, wanted->text) != NULL) == wanted->there;
}

void
editor_desk_expect (EditorDesk *self, const char *name, const char *text, gboolean there)
{
  Wanted wanted = { self, name, text, there };

  if (!sobre_wait_until (is_met, &wanted, SECONDS))
    g_error ("%s %s “%s”", name, there ? "lacks" : "holds", text);
  sobre_settle ();
}

void
editor_desk_act (EditorDesk *self, const char *action, const char *path)
{
  g_assert_true (path != NULL ? gtk_widget_activate_action (self->panel, action, "s", path)
                              : gtk_widget_activate_action (self->panel, action, NULL));
  sobre_settle ();
}

SobreNodeEditor *
editor_desk_edit (EditorDesk *self, const char *path)
{
  AdwNavigationPage *page;

  editor_desk_act (self, "editor.edit", path);
  page = adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (adw_bin_get_child (ADW_BIN (self->panel))));
  g_assert_true (SOBRE_IS_NODE_EDITOR (page));
  return SOBRE_NODE_EDITOR (page);
}

GtkWidget *
editor_desk_find_field (SobreNodeEditor *editor, const char *member)
{
  g_autoptr (GPtrArray) fields = sobre_fields_collect (GTK_WIDGET (editor));

  for (guint i = 0; i < fields->len; i++)
    if (g_strcmp0 (sobre_field_get_member (g_ptr_array_index (fields, i)), member) == 0)
      return g_ptr_array_index (fields, i);
  g_error ("There is no field “%s”", member);
}

void
editor_desk_type (SobreNodeEditor *editor, const char *member, const char *text)
{
  GtkWidget *field = editor_desk_find_field (editor, member);

  gtk_editable_set_text (GTK_EDITABLE (sobre_find_widget (field, GTK_TYPE_ENTRY)), text);
}

AdwDialog *
editor_desk_get_dialog (EditorDesk *self)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  g_assert_nonnull (dialog);
  return dialog;
}

void
editor_desk_answer (EditorDesk *self, const char *action, const char *response)
{
  AdwDialog *dialog;

  editor_desk_act (self, action, NULL);
  dialog = editor_desk_get_dialog (self);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
}

void
editor_desk_roll_back (EditorDesk *self, guint version)
{
  AdwDialog *dialog;

  editor_desk_act (self, "editor.versions", NULL);
  dialog = editor_desk_get_dialog (self);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "versions.roll-back", "u", version));
  g_signal_emit_by_name (editor_desk_get_dialog (self), "response", "back");
  while ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window))) != NULL)
    adw_dialog_force_close (dialog);
}

static gboolean
can_publish (gpointer data)
{
  return gtk_widget_is_sensitive (editor_desk_find_button (data, "Publish…"));
}

static gboolean
cannot_publish (gpointer data)
{
  return !can_publish (data);
}

void
editor_desk_expect_publishable (EditorDesk *self, gboolean publishable)
{
  g_assert_true (sobre_wait_until (publishable ? can_publish : cannot_publish, self->panel, SECONDS));
}

GtkWidget *
editor_desk_find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = editor_desk_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

typedef struct
{
  GtkWidget *widget;
  const char *text;
} Shown;

static gboolean
is_shown (gpointer data)
{
  const Shown *shown = data;

  return shows (shown->widget, shown->text);
}

void
editor_desk_expect_shown (GtkWidget *widget, const char *text)
{
  Shown shown = { widget, text };

  if (!sobre_wait_until (is_shown, &shown, SECONDS))
    g_error ("“%s” is not shown", text);
}
