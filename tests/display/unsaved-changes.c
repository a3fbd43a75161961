/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was typed last is in the file when the window is closed, or the program quit, a moment later. */

#include <string.h>
#include <sys/stat.h>

#include "editor-fixture.h"
#include "pages/menu/sobre-form-panel.h"
#include "session/sobre-settings-source.h"
#include "shell/sobre-application.h"
#include "shell/sobre-window.h"

#define DRAFT ".sobremesa/form.json"
#define SECONDS 30

typedef struct
{
  EditorDesk desk;
  SobreApplication *application;
  GSettings *settings;
  SobreWindow *window;
  char *last; /* what the draft held when the window went */
} Closing;

static gboolean
is_ready (gpointer data)
{
  Closing *self = data;

  return self->desk.panel != NULL && sobre_form_panel_get_form (SOBRE_FORM_PANEL (self->desk.panel)) != NULL;
}

static void
gone_cb (Closing *self)
{
  self->last = editor_desk_read (&self->desk, DRAFT);
  self->window = NULL;
}

static void
find_panel (Closing *self)
{
  sobre_window_show_page (self->window, "menu");
  self->desk.panel = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_FORM_PANEL);
  adw_view_stack_set_visible_child (ADW_VIEW_STACK (gtk_widget_get_ancestor (self->desk.panel, ADW_TYPE_VIEW_STACK)),
                                    self->desk.panel);
}

static void
open_window (Closing *self, gconstpointer application)
{
  self->desk.files = sobre_window_fixture_new (FALSE);
  self->application = g_object_ref ((SobreApplication *) application);
  self->settings = sobre_settings_source_load ();
  self->window = sobre_window_new (GTK_APPLICATION (self->application), self->settings);
  sobre_window_set_workspace (self->window, self->desk.files->workspace);
  g_signal_connect_swapped (self->window, "destroy", G_CALLBACK (gone_cb), self);
  gtk_window_present (GTK_WINDOW (self->window));
  find_panel (self);
  g_assert_true (sobre_wait_until (is_ready, self, SECONDS));
  sobre_settle ();
}

static void
close_window (Closing *self, gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_clear_object (&self->settings);
  g_clear_object (&self->application);
  sobre_window_fixture_free (self->desk.files);
  g_free (self->last);
}

/* At different places, so that one waits for another. */
static void
type_quickly (Closing *self)
{
  static const char *const places[] = { "questions[0]", "questions[1]", "questions[2]" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = g_strdup_printf ("What was typed as number %u", i);

      editor_desk_type (editor_desk_edit (&self->desk, places[i]), "text", text);
    }
}

static gboolean
is_gone (gpointer data)
{
  return ((Closing *) data)->window == NULL;
}

static void
test_close (Closing *self, gconstpointer data)
{
  type_quickly (self);
  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (is_gone, self, SECONDS));
  g_assert_nonnull (self->last);
  g_assert_nonnull (strstr (self->last, "typed as number 2"));
}

static gboolean
asks (gpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (((Closing *) data)->window)) != NULL;
}

/* Where it cannot be written, nothing goes before somebody has said so. */
static void
test_refused (Closing *self, gconstpointer data)
{
  g_autofree char *state = editor_desk_dup_path (&self->desk, ".sobremesa");
  AdwDialog *dialog;

  chmod (state, 0500);
  type_quickly (self);
  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (asks, self, SECONDS));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_signal_emit_by_name (dialog, "response", "cancel");
  adw_dialog_force_close (dialog);
  sobre_settle ();
  g_assert_nonnull (self->window);
  chmod (state, 0700);
  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (is_gone, self, SECONDS));
  g_assert_nonnull (strstr (self->last, "typed as number 2"));
}

static void
test_discarded (Closing *self, gconstpointer data)
{
  g_autofree char *state = editor_desk_dup_path (&self->desk, ".sobremesa");
  AdwDialog *dialog;

  chmod (state, 0500);
  type_quickly (self);
  gtk_window_close (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (asks, self, SECONDS));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_signal_emit_by_name (dialog, "response", "close");
  adw_dialog_force_close (dialog);
  g_assert_true (sobre_wait_until (is_gone, self, SECONDS));
  chmod (state, 0700);
  g_assert_null (self->last);
}

static gboolean
quit_cb (gpointer data)
{
  Closing *self = data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  if (self->desk.panel == NULL && windows != NULL && SOBRE_IS_WINDOW (windows->data) &&
      sobre_window_get_session (windows->data) != NULL)
    {
      self->window = windows->data;
      find_panel (self);
    }
  if (!is_ready (self))
    return G_SOURCE_CONTINUE;
  type_quickly (self);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* The whole program, until it is quit. */
static void
test_quit (gconstpointer application)
{
  Closing self = { .desk = { .files = sobre_window_fixture_new (FALSE) }, .application = (SobreApplication *) application };
  char *arguments[] = { (char *) "sobremesa-window", (char *) "--workspace",
                        (char *) sobre_workspace_get_path (self.desk.files->workspace), NULL };
  g_autofree char *last = NULL;

  g_timeout_add (50, quit_cb, &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 3, arguments), ==, 0);
  last = editor_desk_read (&self.desk, DRAFT);
  g_assert_nonnull (last);
  g_assert_nonnull (strstr (last, "typed as number 2"));
  gtk_window_destroy (GTK_WINDOW (self.window));
  sobre_settle ();
  sobre_window_fixture_free (self.desk.files);
}

int
main (int argc, char **argv)
{
  g_autoptr (SobreApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  application = sobre_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add ("/unsaved/close", Closing, application, open_window, test_close, close_window);
  g_test_add ("/unsaved/refused", Closing, application, open_window, test_refused, close_window);
  g_test_add ("/unsaved/discarded", Closing, application, open_window, test_discarded, close_window);
  g_test_add_data_func ("/unsaved/quit", application, test_quit);
  return g_test_run ();
}
