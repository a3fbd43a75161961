/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cloud-fixture.h"

static gboolean
shows (GtkWidget *widget, const char *wanted)
{
  const char *text = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  if (strstr (text, wanted) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, wanted))
      return TRUE;
  return FALSE;
}

gboolean
cloud_is_shown (gpointer data)
{
  return shows (((Cloud *) data)->window, ((Cloud *) data)->wanted);
}

static void
tell_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_test_message ("shown: %s", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    tell_labels (child);
}

void
cloud_expect (Cloud *self, const char *wanted)
{
  self->wanted = wanted;
  if (sobre_wait_until (cloud_is_shown, self, CLOUD_SECONDS))
    return;
  tell_labels (self->window);
  g_error ("“%s” is not shown", wanted);
}

static gboolean
is_gone (gpointer data)
{
  return !cloud_is_shown (data);
}

void
cloud_expect_gone (Cloud *self, const char *unwanted)
{
  self->wanted = unwanted;
  if (!sobre_wait_until (is_gone, self, CLOUD_SECONDS))
    g_error ("“%s” is still shown", unwanted);
}

void
cloud_open (Cloud *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (FALSE);
  self->stack.status = "UPDATE_COMPLETE";
  self->service = fake_stack_start (&self->stack, self->files->folder);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->page = g_object_new (SOBRE_TYPE_CLOUD_PAGE, "session", self->session, NULL);
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 1000);
}

void
cloud_close (Cloud *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
  fake_service_free (self->service);
  g_free (self->stack.sent);
}

void
cloud_show (Cloud *self, const char *tag)
{
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Answers up to ");
  g_assert_true (gtk_widget_activate_action (self->page, "cloud.show", "s", tag));
}

void
cloud_answer (Cloud *self, const char *response)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  g_assert_nonnull (dialog);
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  sobre_settle ();
}

GtkWidget *
cloud_find_panel (Cloud *self)
{
  AdwNavigationView *view = sobre_find_widget (self->page, ADW_TYPE_NAVIGATION_VIEW);

  return GTK_WIDGET (adw_navigation_view_get_visible_page (view));
}
