/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The menu in the window: marked, edited, checked, published and rolled back, in the files that guests are served from. */

#include <string.h>

#include "editor-fixture.h"
#include "fields/sobre-texts-field.h"
#include "pages/menu/sobre-menu-line-row.h"
#include "pages/menu/sobre-menu-panel.h"
#include "publish/sobre-menu-store.h"

static gboolean
is_ready (gpointer data)
{
  return sobre_menu_panel_get_menu (data) != NULL && sobre_menu_panel_get_published (data) != NULL;
}

static char *
read_menu (EditorDesk *self)
{
  return editor_desk_read (self, "menu.json");
}

static void
write_menu (EditorDesk *self, const char *text)
{
  g_autofree char *path = editor_desk_dup_path (self, "menu.json");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* The sample's menu, published, in a restaurant without answers. */
static void
publish_sample (EditorDesk *self)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "data", "resources", "sample", "menu.json", NULL);
  const SobreSettings *settings = sobre_workspace_get_settings (self->files->workspace);
  g_autoptr (SobreMenuPointer) pointer = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  write_menu (self, text);
  document = g_bytes_new_take (text, strlen (text));
  pointer = sobre_menu_store_publish (sobre_workspace_get_menu_folder (self->files->workspace), document, settings->currency,
                                      settings->time_zone, sobre_clock_now (self->files->clock), &error);
  g_assert_no_error (error);
}

static void
open_desk (EditorDesk *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (FALSE);
  publish_sample (self);
  editor_desk_open (self, SOBRE_TYPE_MENU_PANEL);
  g_assert_true (sobre_wait_until (is_ready, self->panel, 60));
  sobre_settle ();
}

static void
close_desk (EditorDesk *self, gconstpointer data)
{
  editor_desk_close (self);
}

static void
expect (EditorDesk *self, const char *text, gboolean there)
{
  editor_desk_expect (self, "menu.json", text, there);
}

static char **
dup_sold_out (EditorDesk *self)
{
  g_autoptr (SobreMenuPointer) pointer =
      sobre_menu_store_look (sobre_workspace_get_menu_folder (self->files->workspace), NULL, NULL);

  return g_strdupv (pointer->sold_out);
}

/* Marked: whether the oysters are sold out for guests, and in the list. */
static gboolean
is_marked (gpointer data)
{
  EditorDesk *self = data;
  g_auto (GStrv) items = dup_sold_out (self);

  return g_strv_contains ((const char *const *) items, "oysters") &&
         sobre_published_menu_is_sold_out (sobre_menu_panel_get_published (SOBRE_MENU_PANEL (self->panel)), "oysters");
}

static gboolean
is_back (gpointer data)
{
  EditorDesk *self = data;
  g_auto (GStrv) items = dup_sold_out (self);

  return !g_strv_contains ((const char *const *) items, "oysters") &&
         !sobre_published_menu_is_sold_out (sobre_menu_panel_get_published (SOBRE_MENU_PANEL (self->panel)), "oysters");
}

/* The row of a dish in the list. */
static SobreMenuLineRow *
find_row (GtkWidget *widget, const char *id)
{
  if (SOBRE_IS_MENU_LINE_ROW (widget))
    {
      g_autoptr (SobreMenuLine) line = NULL;

      g_object_get (widget, "line", &line, NULL);
      return line != NULL && g_strcmp0 (sobre_menu_line_get_id (line), id) == 0 ? SOBRE_MENU_LINE_ROW (widget) : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      SobreMenuLineRow *found = find_row (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
test_sold_out (EditorDesk *self, gconstpointer data)
{
  g_autofree char *before = read_menu (self);
  g_autofree char *after = NULL;
  GtkWidget *row = GTK_WIDGET (find_row (self->panel, "oysters"));
  GtkWidget *button;

  g_assert_nonnull (row);
  button = sobre_find_widget (row, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  press (button);
  g_assert_true (sobre_wait_until (is_marked, self, 60));
  sobre_settle ();
  button = sobre_find_widget (GTK_WIDGET (find_row (self->panel, "oysters")), GTK_TYPE_TOGGLE_BUTTON);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  press (button);
  g_assert_true (sobre_wait_until (is_back, self, 60));
  /* The menu that is being written has nothing to do with it. */
  after = read_menu (self);
  g_assert_cmpstr (before, ==, after);
}

/* What the editor does not know stays; what was typed can be taken back and made again. */
static void
test_edit (EditorDesk *self, gconstpointer data)
{
  g_autofree char *text = read_menu (self);
  g_autofree char *with_unknown = NULL;
  SobreNodeEditor *editor;

  g_assert_true (g_str_has_prefix (text, "{"));
  with_unknown = g_strconcat ("{\"x-till\": {\"plu\": [7, 8]},", text + 1, NULL);
  write_menu (self, with_unknown);
  sobre_editor_panel_reload (SOBRE_EDITOR_PANEL (self->panel));
  editor_desk_expect_shown (self->panel, "cannot be published");
  editor = editor_desk_edit (self, "sections[0].dishes[0]");
  editor_desk_type (editor, "name", "Seven oysters");
  editor_desk_type (editor, "price", "13,5");
  expect (self, "Seven oysters", TRUE);
  expect (self, "\"13.5\"", TRUE);
  expect (self, "\"x-till\": {\"plu\": [7, 8]}", TRUE);
  expect (self, "Austern auf Eis", TRUE);
  editor_desk_act (self, "editor.undo", NULL);
  expect (self, "\"13.5\"", FALSE);
  expect (self, "Seven oysters", TRUE);
  editor_desk_act (self, "editor.undo", NULL);
  expect (self, "Seven oysters", FALSE);
  editor_desk_act (self, "editor.redo", NULL);
  expect (self, "Seven oysters", TRUE);
  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (editor)), ==, "Seven oysters");
}

/* A fault is said at its field and in the list, and keeps the menu from being published. */
static void
test_faults (EditorDesk *self, gconstpointer data)
{
  SobreNodeEditor *editor = editor_desk_edit (self, "sections[0].dishes[0]");

  editor_desk_type (editor, "price", "cheap");
  editor_desk_expect_shown (editor_desk_find_field (editor, "price"), "This has to be a price");
  editor_desk_expect_publishable (self, FALSE);
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (adw_bin_get_child (ADW_BIN (self->panel))));
  editor_desk_expect_shown (self->panel, "This has to be a price");
  editor_desk_expect_shown (self->panel, "1 fault");
  editor = editor_desk_edit (self, "sections[0].dishes[0]");
  editor_desk_type (editor, "price", "9.90");
  editor_desk_expect_publishable (self, TRUE);
}

/* A new dish has no allergens declared until somebody does, if only as none. */
static void
test_allergens (EditorDesk *self, gconstpointer data)
{
  SobreNodeEditor *editor = editor_desk_edit (self, "sections[0].dishes[0]");
  GtkWidget *field = editor_desk_find_field (editor, "allergens");
  g_autofree char *text = NULL;

  press (editor_desk_find_button (field, "Milk"));
  expect (self, "\"allergens\": [\"milk\", \"sulphites\", \"molluscs\"]", TRUE);
  press (editor_desk_find_button (field, "None of the 14"));
  expect (self, "\"allergens\": [],", TRUE);
  press (editor_desk_find_button (field, "None of the 14"));
  editor_desk_expect_shown (field, "This is missing");
  editor_desk_expect_publishable (self, FALSE);
  editor_desk_act (self, "editor.undo", NULL);
  expect (self, "\"allergens\": [\"molluscs\", \"sulphites\"]", TRUE);
}

static void
test_arrange (EditorDesk *self, gconstpointer data)
{
  g_autofree char *before = read_menu (self);
  const char *oysters = strstr (before, "\"oysters\"");
  const char *soup = strstr (before, "\"fish-soup\"");
  g_autofree char *after = NULL;

  g_assert_true (oysters < soup);
  editor_desk_act (self, "menu.move-down", "sections[0].dishes[0]");
  g_assert_false (gtk_widget_activate_action (self->panel, "menu.nothing", NULL));
  expect (self, "\"oysters\"", TRUE);
  after = read_menu (self);
  g_assert_true (strstr (after, "\"oysters\"") > strstr (after, "\"fish-soup\""));
  editor_desk_act (self, "menu.duplicate", "sections[0].dishes[0]");
  expect (self, "\"harbour-fish-soup\"", TRUE);
  editor_desk_act (self, "menu.remove", "sections[0].dishes[1]");
  expect (self, "\"harbour-fish-soup\"", FALSE);
  editor_desk_act (self, "menu.remove", "sections[0]");
  expect (self, "\"oysters\"", FALSE);
  editor_desk_act (self, "editor.undo", NULL);
  expect (self, "\"oysters\"", TRUE);
}

static guint
get_version (EditorDesk *self)
{
  g_autoptr (SobreMenuPointer) pointer =
      sobre_menu_store_look (sobre_workspace_get_menu_folder (self->files->workspace), NULL, NULL);

  return pointer->version;
}

static gboolean
is_second (gpointer data)
{
  SobrePublishedMenu *published = sobre_menu_panel_get_published (SOBRE_MENU_PANEL (((EditorDesk *) data)->panel));

  return get_version (data) == 2 && published->pointer->version == 2;
}

static gboolean
is_first (gpointer data)
{
  SobrePublishedMenu *published = sobre_menu_panel_get_published (SOBRE_MENU_PANEL (((EditorDesk *) data)->panel));

  return get_version (data) == 1 && published->pointer->version == 1;
}

/* Publishing asks first and says which allergens change; so does going back, which leaves menu.json alone. */
static void
test_publish (EditorDesk *self, gconstpointer data)
{
  SobreNodeEditor *editor = editor_desk_edit (self, "sections[0].dishes[0]");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AdwDialog *dialog;

  press (editor_desk_find_button (editor_desk_find_field (editor, "allergens"), "Milk"));
  editor_desk_expect_publishable (self, TRUE);
  editor_desk_act (self, "editor.publish", NULL);
  dialog = editor_desk_get_dialog (self);
  editor_desk_expect_shown (GTK_WIDGET (dialog), "Milk: none → contains");
  g_signal_emit_by_name (dialog, "response", "cancel");
  g_assert_cmpuint (get_version (self), ==, 1);
  g_signal_emit_by_name (dialog, "response", "publish");
  adw_dialog_force_close (dialog);
  g_assert_true (sobre_wait_until (is_second, self, 60));
  editor_desk_expect_publishable (self, FALSE);
  before = read_menu (self);
  g_assert_cmpuint (get_version (self), ==, 2);
  editor_desk_roll_back (self, 1);
  g_assert_true (sobre_wait_until (is_first, self, 60));
  after = read_menu (self);
  g_assert_cmpstr (before, ==, after);
}

/* What somebody else has changed at the same place stays, is shown and said. */
static void
test_beside_others (EditorDesk *self, gconstpointer data)
{
  g_autofree char *text = read_menu (self);
  g_auto (GStrv) parts = g_strsplit (text, "Oysters on ice", 2);
  g_autofree char *theirs = g_strjoinv ("Clams on ice", parts);
  SobreNodeEditor *editor = editor_desk_edit (self, "sections[0].dishes[0]");

  write_menu (self, theirs);
  editor_desk_type (editor, "name", "Mine");
  editor_desk_expect_shown (self->window, "was changed by another program");
  expect (self, "Clams on ice", TRUE);
  expect (self, "\"Mine\"", FALSE);
  editor_desk_expect_shown (GTK_WIDGET (editor), "Clams on ice");
}

/* What only a person can mend is left alone. */
static void
test_broken (EditorDesk *self, gconstpointer data)
{
  g_autofree char *after = NULL;

  write_menu (self, "{\"languages\": [\"en\"], \"languages\": [\"de\"]}");
  sobre_editor_panel_reload (SOBRE_EDITOR_PANEL (self->panel));
  editor_desk_expect_shown (self->panel, "second time");
  after = read_menu (self);
  g_assert_cmpstr (after, ==, "{\"languages\": [\"en\"], \"languages\": [\"de\"]}");
}

static gboolean
offers_a_start (gpointer data)
{
  GtkWidget *button = editor_desk_find_button (data, "Start a Menu");

  return button != NULL && gtk_widget_get_mapped (button);
}

/* From nothing to a menu with a dish. */
static void
test_start (void)
{
  EditorDesk desk = { .files = sobre_window_fixture_new (FALSE) };
  g_autofree char *path = editor_desk_dup_path (&desk, "menu.json");
  AdwDialog *dialog;

  remove (path);
  editor_desk_open (&desk, SOBRE_TYPE_MENU_PANEL);
  g_assert_true (sobre_wait_until (offers_a_start, desk.panel, 60));
  editor_desk_act (&desk, "menu.start", NULL);
  expect (&desk, "\"sections\": []", TRUE);
  editor_desk_act (&desk, "menu.add-section", NULL);
  dialog = editor_desk_get_dialog (&desk);
  gtk_editable_set_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog))), " Starters ");
  g_signal_emit_by_name (dialog, "response", "add");
  adw_dialog_force_close (dialog);
  expect (&desk, "\"id\": \"starters\"", TRUE);
  editor_desk_act (&desk, "menu.add-dish", "sections[0]");
  dialog = editor_desk_get_dialog (&desk);
  gtk_editable_set_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog))), "Soup");
  g_signal_emit_by_name (dialog, "response", "add");
  adw_dialog_force_close (dialog);
  expect (&desk, "\"id\": \"soup\"", TRUE);
  close_desk (&desk, NULL);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/menu/sold-out", EditorDesk, NULL, open_desk, test_sold_out, close_desk);
  g_test_add ("/menu/edit", EditorDesk, NULL, open_desk, test_edit, close_desk);
  g_test_add ("/menu/faults", EditorDesk, NULL, open_desk, test_faults, close_desk);
  g_test_add ("/menu/allergens", EditorDesk, NULL, open_desk, test_allergens, close_desk);
  g_test_add ("/menu/arrange", EditorDesk, NULL, open_desk, test_arrange, close_desk);
  g_test_add ("/menu/publish", EditorDesk, NULL, open_desk, test_publish, close_desk);
  g_test_add ("/menu/beside-others", EditorDesk, NULL, open_desk, test_beside_others, close_desk);
  g_test_add ("/menu/broken", EditorDesk, NULL, open_desk, test_broken, close_desk);
  g_test_add_func ("/menu/start", test_start);
  return g_test_run ();
}
