/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* show-pages: a window on the sample restaurant that shows what it is told to, a line of standard input each, and answers "shown LINE": a
 * page, a panel of the page "cloud", an editor of "menu" or "form" by its path, a dialog, "welcome" for a window without a restaurant, "nameless" for a button that says nothing. The last is there to prove
 * that whoever looks at the window would notice. It ends with its input. */

#include <gio/gunixinputstream.h>
#include <stdio.h>

#include "fake-service.h"
#include "fake-stack.h"
#include "pages/cloud/sobre-cloud-page.h"
#include "pages/menu/sobre-form-panel.h"
#include "pages/menu/sobre-menu-panel.h"
#include "pages/overview/sobre-overview-page.h"
#include "session/sobre-settings-source.h"
#include "shell/sobre-application.h"
#include "shell/sobre-window.h"
#include "window-fixture.h"

typedef struct
{
  GtkApplication *application;
  GSettings *settings;
  SobreWindowFixture *files;
  SobreWindow *window;
  GMainLoop *loop;
} Show;

static void
open_window (Show *self, gboolean with_restaurant)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = sobre_window_new (self->application, self->settings);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 900);
  if (with_restaurant)
    {
      sobre_window_set_workspace (self->window, self->files->workspace);
    }
  else
    {
      g_autofree char *missing = g_build_filename (self->files->folder, "none", NULL);

      sobre_window_open (self->window, missing);
    }
  gtk_window_present (GTK_WINDOW (self->window));
  if (with_restaurant && !sobre_wait_until (sobre_session_has_figures, sobre_window_get_session (self->window), 60))
    g_error ("No figures came up");
  sobre_settle ();
}

static void
show_dialog (Show *self, const char *name)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_autofree char *action = g_strconcat (g_str_equal (name, "notes") ? "overview." : "window.", name, NULL);
  GtkWidget *widget = g_str_equal (name, "notes") ? sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_OVERVIEW_PAGE)
                                                  : GTK_WIDGET (self->window);

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  if (*name != '\0')
    gtk_widget_activate_action (widget, action, NULL);
}

static void
add_nameless (Show *self)
{
  GtkWidget *bar = sobre_find_widget (GTK_WIDGET (self->window), ADW_TYPE_HEADER_BAR);

  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), gtk_button_new ());
}

static gboolean
has_document (gpointer data)
{
  return SOBRE_IS_MENU_PANEL (data) ? sobre_menu_panel_get_menu (data) != NULL : sobre_form_panel_get_form (data) != NULL;
}

/* @what: "menu" or "form", and the path of what is edited; its list without one */
static void
show_editor (Show *self, const char *what)
{
  g_auto (GStrv) words = g_strsplit (what, " ", 2);
  GType type = g_str_equal (words[0], "menu") ? SOBRE_TYPE_MENU_PANEL : SOBRE_TYPE_FORM_PANEL;
  GtkWidget *panel = sobre_find_widget (GTK_WIDGET (self->window), type);
  GtkWidget *stack = gtk_widget_get_ancestor (panel, ADW_TYPE_VIEW_STACK);

  sobre_window_show_page (self->window, "menu");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), words[0]);
  if (!sobre_wait_until (has_document, panel, 60))
    g_error ("No %s came up", words[0]);
  if (words[1] != NULL)
    gtk_widget_activate_action (panel, "editor.edit", "s", words[1]);
}

static void
show_panel (Show *self, const char *tag)
{
  GtkWidget *page = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_CLOUD_PAGE);

  sobre_window_show_page (self->window, "cloud");
  adw_navigation_view_pop_to_tag (sobre_find_widget (page, ADW_TYPE_NAVIGATION_VIEW), "cloud");
  gtk_widget_activate_action (page, "cloud.show", "s", tag);
}

static void
follow (Show *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  show_dialog (self, "");
  if (g_str_equal (words[0], "page") && words[1] != NULL)
    sobre_window_show_page (self->window, words[1]);
  else if (g_str_equal (words[0], "panel") && words[1] != NULL)
    show_panel (self, words[1]);
  else if (g_str_equal (words[0], "edit") && words[1] != NULL)
    show_editor (self, words[1]);
  else if (g_str_equal (words[0], "dialog") && words[1] != NULL)
    show_dialog (self, words[1]);
  else if (g_str_equal (words[0], "welcome"))
    open_window (self, FALSE);
  else if (g_str_equal (words[0], "nameless"))
    add_nameless (self);
  else
    g_error ("Nobody knows how to show “%s”", line);
  sobre_settle ();
  printf ("shown %s\n", line);
  fflush (stdout);
}

static void read_next (Show *self, GDataInputStream *input);

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Show *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  follow (self, line);
  read_next (self, G_DATA_INPUT_STREAM (source));
}

static void
read_next (Show *self, GDataInputStream *input)
{
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_read_cb, self);
}

int
main (int argc, char **argv)
{
  Show self = { 0 };
  FakeStack stack = {
    .status = "UPDATE_COMPLETE", .alarm = "LateEvents", .has_refused = TRUE, .is_drifted = TRUE, .n_dashboards = 2
  };
  FakeService *service;
  g_autoptr (SobreApplication) application = NULL;
  g_autoptr (GInputStream) raw = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (raw);
  g_autoptr (GError) error = NULL;

  adw_init ();
  dex_init ();
  application = sobre_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  self.application = GTK_APPLICATION (application);
  self.settings = sobre_settings_source_load ();
  self.files = sobre_window_fixture_new (TRUE);
  service = fake_stack_start (&stack, self.files->folder);
  self.loop = g_main_loop_new (NULL, FALSE);
  open_window (&self, TRUE);
  read_next (&self, input);
  g_main_loop_run (self.loop);
  gtk_window_destroy (GTK_WINDOW (self.window));
  sobre_settle ();
  g_main_loop_unref (self.loop);
  sobre_window_fixture_free (self.files);
  fake_service_free (service);
  g_object_unref (self.settings);
  return 0;
}
