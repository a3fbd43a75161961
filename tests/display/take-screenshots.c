/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* take-screenshots FOLDER LOOK [menu, cloud or aws]: every page, dialog and state at three widths, rendered by the window itself, so that a picture holds
 * neither pointer nor other windows. LOOK is "plain" or "contrast", light and dark each, or one of "rtl", "large" and "text": right to
 * left, text half as large again, the texts of the user's language. With "menu" only form and menu are taken, with "cloud" only the Cloud page and its panels,
 * with "aws" only what has to do with an account. High contrast is asked for by the environment, see screenshots.sh. */

#include <locale.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "camera.h"
#include "fake-service.h"
#include "fake-stack.h"
#include "pages/cloud/sobre-cloud-page.h"
#include "pages/menu/sobre-form-panel.h"
#include "pages/menu/sobre-menu-panel.h"
#include "pages/overview/sobre-overview-page.h"
#include "session/sobre-settings-source.h"
#include "shell/sobre-page-row.h"
#include "sobre-config.h"
#include "window-fixture.h"

#define SECONDS_TO_LOAD 60
#define LARGE_TEXT_DPI (144 * 1024)

typedef struct
{
  int width;
  int height;
  int full_height;  /* at which the figures of the overview are seen */
  int whole_height; /* at which all of it is */
} Size;

static const Size sizes[] = { { 1280, 800, 800, 1560 }, { 800, 900, 1560, 2700 }, { 360, 720, 2040, 3700 } };

/* The names of the pages in the sidebar. */
static GPtrArray *
list_pages (Camera *self)
{
  GtkListBox *list = sobre_find_widget (GTK_WIDGET (self->window), GTK_TYPE_LIST_BOX);
  GPtrArray *pages = g_ptr_array_new ();
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    g_ptr_array_add (pages, (gpointer) sobre_page_row_get_page (SOBRE_PAGE_ROW (row)));
  return pages;
}

static void
take_dialogs (Camera *self)
{
  static const char *const dialogs[] = { "preferences", "shortcuts", "help", "about" };

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *action = g_strdup_printf ("window.%s", dialogs[i]);
      AdwDialog *dialog;

      gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL);
      camera_take (self, dialogs[i]);
      dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
      if (dialog == NULL)
        g_error ("%s opened nothing", action);
      adw_dialog_force_close (dialog);
    }
}

static void
take_notes (Camera *self)
{
  GtkWidget *overview = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_OVERVIEW_PAGE);

  gtk_widget_activate_action (overview, "overview.notes", NULL);
  camera_take (self, "notes");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
}

static gboolean
shows_menu (gpointer data)
{
  return sobre_menu_panel_get_menu (data) != NULL && sobre_menu_panel_get_published (data) != NULL;
}

static void
take_menu_dialog (Camera *self, GtkWidget *panel, const char *action, const char *name)
{
  AdwDialog *dialog;

  if (!gtk_widget_activate_action (panel, action, NULL))
    g_error ("%s cannot be done", action);
  camera_take (self, name);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  if (dialog == NULL)
    g_error ("%s opened nothing", action);
  adw_dialog_force_close (dialog);
  camera_rest ();
}

static void
leave_editor (Camera *self, GtkWidget *panel)
{
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (adw_bin_get_child (ADW_BIN (panel))));
  camera_rest ();
}

/* The menu: its list, its editors, what a phone shows, what is asked before publishing. */
static void
take_menu (Camera *self, const Size *size)
{
  GtkWidget *panel;

  camera_resize (self, size->width, size->height);
  sobre_window_show_page (self->window, "menu");
  panel = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_MENU_PANEL);
  if (!sobre_wait_until (shows_menu, panel, SECONDS_TO_LOAD))
    g_error ("No menu came up");
  camera_take (self, "menu");
  if (size->width < 860)
    {
      gtk_widget_activate_action (panel, "page.preview", NULL);
      camera_take (self, "menu-preview");
      gtk_widget_activate_action (panel, "page.preview", NULL);
    }
  gtk_widget_activate_action (panel, "editor.edit", "s", "sections[1].dishes[0]");
  camera_take (self, "menu-dish");
  camera_resize (self, size->width, 1900);
  camera_take (self, "menu-dish-whole");
  camera_resize (self, size->width, size->height);
  leave_editor (self, panel);
  gtk_widget_activate_action (panel, "editor.edit", "s", "sections[1]");
  camera_take (self, "menu-section");
  leave_editor (self, panel);
  gtk_widget_activate_action (panel, "editor.edit-head", NULL);
  camera_take (self, "menu-texts");
  leave_editor (self, panel);
  take_menu_dialog (self, panel, "editor.check", "menu-check");
  take_menu_dialog (self, panel, "editor.versions", "menu-versions");
  gtk_widget_activate_action (panel, "menu.move-down", "s", "sections[0].dishes[0]");
  camera_rest ();
  take_menu_dialog (self, panel, "editor.publish", "menu-publish");
  gtk_widget_activate_action (panel, "editor.undo", NULL);
}

static gboolean
shows_form (gpointer data)
{
  return sobre_form_panel_get_form (data) != NULL;
}

/* The form: its questions, its editors, what a phone shows. */
static void
take_form (Camera *self, const Size *size)
{
  GtkWidget *panel = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_FORM_PANEL);
  GtkWidget *stack = gtk_widget_get_ancestor (panel, ADW_TYPE_VIEW_STACK);

  camera_resize (self, size->width, size->height);
  sobre_window_show_page (self->window, "menu");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "form");
  if (!sobre_wait_until (shows_form, panel, SECONDS_TO_LOAD))
    g_error ("No form came up");
  camera_take (self, "form");
  if (size->width < 860)
    {
      gtk_widget_activate_action (panel, "page.preview", NULL);
      camera_take (self, "form-preview");
      gtk_widget_activate_action (panel, "page.preview", NULL);
    }
  camera_resize (self, size->width, 1500);
  gtk_widget_activate_action (panel, "editor.edit", "s", "questions[1]");
  camera_take (self, "form-question");
  leave_editor (self, panel);
  gtk_widget_activate_action (panel, "editor.edit-head", NULL);
  camera_take (self, "form-texts");
  leave_editor (self, panel);
  camera_resize (self, size->width, size->height);
  take_menu_dialog (self, panel, "editor.versions", "form-versions");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "menu");
}

static void
take_pages (Camera *self, const Size *size)
{
  g_autoptr (GPtrArray) pages = list_pages (self);

  for (guint i = 0; i < pages->len; i++)
    {
      const char *page = g_ptr_array_index (pages, i);

      camera_resize (self, size->width, g_str_equal (page, "overview") ? size->full_height : size->height);
      camera_show_page (self, page);
      camera_take (self, page);
    }
  sobre_window_show_page (self->window, "overview");
  camera_resize (self, size->width, size->whole_height);
  camera_take (self, "overview-whole");
  camera_resize (self, size->width, size->full_height);
  g_object_set (self->window, "figures-as-tables", TRUE, NULL);
  camera_take (self, "overview-tables");
  g_object_set (self->window, "figures-as-tables", FALSE, NULL);
  sobre_session_set_cell (sobre_window_get_session (self->window), 4, 20);
  camera_take (self, "overview-hour");
  sobre_session_set_cell (sobre_window_get_session (self->window), -1, -1);
  camera_resize (self, size->width, size->height);
  take_dialogs (self);
  take_notes (self);
  if (size->width < 720)
    {
      gtk_widget_activate_action (GTK_WIDGET (self->window), "window.toggle-sidebar", NULL);
      camera_take (self, "sidebar");
      gtk_widget_activate_action (GTK_WIDGET (self->window), "window.toggle-sidebar", NULL);
    }
}

static void
open_window (Camera *self)
{
  self->window = sobre_window_new (GTK_APPLICATION (self->application), self->settings);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
close_window (Camera *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = NULL;
}

/* A restaurant with months of answers, whose cache then cannot be read. */
static void
take_sample (Camera *self)
{
  g_autoptr (SobreWindowFixture) fixture = sobre_window_fixture_new (TRUE);
  g_autoptr (DexFuture) listening = NULL;
  FakeStack stack = { .status = "UPDATE_COMPLETE", .alarm = "LateEvents" };
  g_autoptr (FakeService) service = fake_stack_start (&stack, fixture->folder);
  SobreSession *session;

  open_window (self);
  fake_stack_deploy (sobre_workspace_get_path (fixture->workspace));
  sobre_window_set_workspace (self->window, fixture->workspace);
  session = sobre_window_get_session (self->window);
  listening = sobre_collector_start (sobre_session_get_collector (session), NULL);
  sobre_wait_until (sobre_is_settled, listening, 15);
  if (!sobre_wait_until (sobre_session_has_figures, session, SECONDS_TO_LOAD))
    g_error ("No figures came up");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (self->only == NULL)
        take_pages (self, &sizes[i]);
      if (self->only == NULL || g_str_equal (self->only, "cloud"))
        camera_take_cloud (self, &stack, sizes[i].width, sizes[i].height);
      if (self->only == NULL || g_str_equal (self->only, "aws"))
        camera_take_aws (self, sizes[i].width, sizes[i].height);
      if (self->only != NULL && !g_str_equal (self->only, "menu"))
        continue;
      take_menu (self, &sizes[i]);
      take_form (self, &sizes[i]);
      camera_take_site (self, &stack, sizes[i].width, sizes[i].height);
      camera_take_import (self, fixture->folder, sizes[i].width, sizes[i].height);
    }
  if (self->only != NULL)
    {
      close_window (self);
      return;
    }
  chmod (sobre_workspace_get_spool_folder (fixture->workspace), 0);
  sobre_session_refresh (session);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      camera_resize (self, sizes[i].width, sizes[i].height);
      camera_take (self, "failure");
    }
  chmod (sobre_workspace_get_spool_folder (fixture->workspace), 0700);
  close_window (self);
}

/* A restaurant without an answer. */
static void
take_empty (Camera *self)
{
  g_autoptr (SobreWindowFixture) fixture = sobre_window_fixture_new (FALSE);
  FakeStack stack = { .is_missing = TRUE };
  g_autoptr (FakeService) service = fake_stack_start (&stack, fixture->folder);

  open_window (self);
  sobre_window_set_workspace (self->window, fixture->workspace);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GPtrArray) pages = list_pages (self);

      camera_resize (self, sizes[i].width, sizes[i].height);
      for (guint page = 0; page < pages->len; page++)
        {
          if (self->only != NULL && !g_str_equal (g_ptr_array_index (pages, page), self->only))
            continue;
          g_autofree char *name = g_strdup_printf ("empty-%s", (const char *) g_ptr_array_index (pages, page));

          camera_show_page (self, g_ptr_array_index (pages, page));
          camera_take (self, name);
        }
    }
  close_window (self);
}

/* No folder, and one that holds something else. */
static void
take_welcome (Camera *self)
{
  g_autofree char *folder = g_dir_make_tmp ("sobremesa-welcome-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "restaurant", NULL);
  g_autofree char *file = g_build_filename (folder, "workspace.json", NULL);

  open_window (self);
  g_file_set_contents (file, "{\"version\": 1}", -1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      camera_resize (self, sizes[i].width, sizes[i].height);
      sobre_window_open (self->window, missing);
      camera_take (self, "welcome");
      sobre_window_open (self->window, folder);
      camera_take (self, "welcome-broken");
    }
  close_window (self);
  remove (file);
  remove (folder);
}

/* A window without a compositor has a frame of its own, which is no part of a picture. */
static void
hide_frame (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_string (provider,
                                     "window { padding: 0; margin: 0; border: none; box-shadow: none; outline: none; }");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
}

static void
use_texts (void)
{
  const char *folder = g_getenv ("SOBRE_SCREENSHOT_LOCALES");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : SOBRE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  Camera camera = { 0 };
  g_autoptr (SobreApplication) application = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 3 || argc > 4)
    {
      g_printerr ("usage: take-screenshots FOLDER LOOK [menu, cloud or aws]\n");
      return 2;
    }
  use_texts ();
  camera.folder = argv[1];
  camera.look = argv[2];
  camera.only = argc == 4 ? argv[3] : NULL;
  adw_init ();
  if (g_str_equal (camera.look, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  dex_init ();
  camera.application = application = sobre_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  camera.settings = settings = sobre_settings_source_load ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11", NULL);
  if (g_str_equal (camera.look, "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE_TEXT_DPI, NULL);
  hide_frame ();
  take_sample (&camera);
  take_empty (&camera);
  if (camera.only == NULL)
    take_welcome (&camera);
  return 0;
}
