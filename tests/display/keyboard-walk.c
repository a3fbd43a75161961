/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everything that can be used is reached with Tab and the arrow keys, page by page, and every action has a key. */

#include "fake-service.h"
#include "fake-stack.h"
#include "pages/cloud/sobre-cloud-page.h"
#include "pages/menu/sobre-form-panel.h"
#include "pages/menu/sobre-menu-panel.h"
#include "pages/overview/sobre-overview-page.h"
#include "pages/welcome/sobre-welcome-page.h"
#include "shell/sobre-application.h"
#include "shell/sobre-window.h"
#include "widgets/sobre-chart.h"
#include "window-fixture.h"

#define MOST_STEPS 400

typedef struct
{
  SobreWindowFixture *files;
  FakeStack stack;
  FakeService *service;
  SobreApplication *application;
  SobreWindow *window;
} Walk;

static void
open_window (Walk *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.sobremesa.Sobremesa");

  self->files = sobre_window_fixture_new (TRUE);
  self->stack.status = "UPDATE_COMPLETE";
  self->stack.has_refused = self->stack.is_drifted = TRUE;
  self->stack.n_dashboards = 2;
  self->service = fake_stack_start (&self->stack, self->files->folder);
  self->application = g_object_ref ((gpointer) data);
  self->window = sobre_window_new (GTK_APPLICATION (self->application), settings);
  sobre_window_set_workspace (self->window, self->files->workspace);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (sobre_session_has_figures, sobre_window_get_session (self->window), 60));
  sobre_settle ();
}

static void
close_window (Walk *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_object_unref (self->application);
  sobre_window_fixture_free (self->files);
  fake_service_free (self->service);
}

/* Whether @widget passes the focus on between its children by the arrow keys. */
static gboolean
is_list (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) || GTK_IS_COLUMN_VIEW (widget) || ADW_IS_TOGGLE_GROUP (widget) ||
         GTK_IS_CALENDAR (widget);
}

/* What the arrow key does in @list. */
static gboolean
press_arrow (GtkWindow *window, GtkWidget *list, GtkDirectionType arrow)
{
  GtkWidget *before = gtk_window_get_focus (window);

  if (!GTK_IS_LIST_BOX (list))
    return gtk_widget_child_focus (list, arrow);
  if (arrow == GTK_DIR_UP || arrow == GTK_DIR_DOWN)
    g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, arrow == GTK_DIR_DOWN ? 1 : -1, FALSE, FALSE);
  return gtk_window_get_focus (window) != before;
}

/* From @start with the arrow keys to the ends of the list that it is in. */
static void
walk_list (GtkWindow *window, GHashTable *seen, GtkWidget *list, GtkWidget *start)
{
  static const GtkDirectionType arrows[] = { GTK_DIR_UP, GTK_DIR_DOWN, GTK_DIR_LEFT, GTK_DIR_RIGHT };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_grab_focus (start);
      for (guint step = 0; step < MOST_STEPS && press_arrow (window, list, arrows[i]); step++)
        if (!g_hash_table_add (seen, gtk_window_get_focus (window)))
          break;
    }
  gtk_widget_grab_focus (start);
}

/* Where the focus is, and what the arrow keys reach from there. */
static void
visit (GtkWindow *window, GHashTable *seen)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus == NULL || !g_hash_table_add (seen, focus))
    return;
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (is_list (widget))
      {
        walk_list (window, seen, widget, focus);
        return;
      }
}

/* From one page's button to the others the arrow keys go. */
static void
visit_beside (GtkWindow *window, GHashTable *seen)
{
  static const GtkDirectionType directions[] = { GTK_DIR_RIGHT, GTK_DIR_LEFT };
  GtkWidget *focus = gtk_window_get_focus (window);
  GType type = g_type_from_name ("AdwViewSwitcher");
  GtkWidget *switcher = focus != NULL && type != G_TYPE_INVALID ? gtk_widget_get_ancestor (focus, type) : NULL;

  for (guint i = 0; switcher != NULL && i < G_N_ELEMENTS (directions); i++)
    {
      gtk_widget_child_focus (switcher, directions[i]);
      visit (window, seen);
      gtk_widget_grab_focus (focus);
    }
}

/* What the keyboard reaches inside @root, from its start until it comes round. (element-type GtkWidget) */
static GHashTable *
walk (GtkWindow *window, GtkWidget *root)
{
  GHashTable *seen = g_hash_table_new (NULL, NULL);
  GtkWidget *first = NULL;

  gtk_window_set_focus (window, NULL);
  for (guint step = 0; step < MOST_STEPS; step++)
    {
      gtk_widget_child_focus (root, GTK_DIR_TAB_FORWARD);
      if (first != NULL && gtk_window_get_focus (window) == first)
        break;
      first = first != NULL ? first : gtk_window_get_focus (window);
      visit (window, seen);
      visit_beside (window, seen);
    }
  return seen;
}

/* Buttons that have keys of their own: a window is closed by Ctrl+W and a dialog by Escape, and a number grows with the Up key. */
static gboolean
has_own_key (GtkWidget *widget)
{
  static const char *const holders[] = { "GtkWindowControls", "AdwSheetControls", "GtkSpinButton" };

  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    {
      GType type = g_type_from_name (holders[i]);

      if (type != G_TYPE_INVALID && GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, type) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody would press, switch or fill it. */
static gboolean
is_usable (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) || gtk_widget_get_width (widget) == 0 ||
      has_own_key (widget))
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_TEXT (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         SOBRE_IS_CHART (widget) ||
         (GTK_IS_LIST_BOX_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)));
}

/* Whether the focus gets to it, to a part of it or to the row that it is the switch of. */
static gboolean
is_reached (GHashTable *seen, GtkWidget *widget)
{
  GHashTableIter iter;
  gpointer focus;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &focus, NULL))
    if (focus == widget || gtk_widget_is_ancestor (focus, widget) ||
        (ADW_IS_ACTION_ROW (focus) && gtk_widget_is_ancestor (widget, focus) &&
         adw_action_row_get_activatable_widget (focus) == widget))
      return TRUE;
  return FALSE;
}

static void
collect_unreached (GHashTable *seen, GtkWidget *widget, GPtrArray *unreached)
{
  if (is_usable (widget) && !is_reached (seen, widget))
    g_ptr_array_add (unreached, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      collect_unreached (seen, child, unreached);
}

/* What inside @root can be used by the pointer and not by the keyboard. (transfer full) (element-type GtkWidget) */
static GPtrArray *
find_unreached (Walk *self, GtkWidget *root)
{
  g_autoptr (GHashTable) seen = walk (GTK_WINDOW (self->window), root);
  GPtrArray *unreached = g_ptr_array_new ();

  collect_unreached (seen, root, unreached);
  return unreached;
}

static guint
count_usable (GtkWidget *widget)
{
  guint n = is_usable (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      n += count_usable (child);
  return n;
}

static char *
describe (GtkWidget *widget)
{
  GString *trail = g_string_new (NULL);

  for (guint depth = 0; widget != NULL && depth < 6; depth++, widget = gtk_widget_get_parent (widget))
    {
      const char *tooltip = gtk_widget_get_tooltip_text (widget);

      g_string_append_printf (trail, "%s%s%s%s", depth > 0 ? " in " : "", G_OBJECT_TYPE_NAME (widget),
                              tooltip != NULL ? " " : "", tooltip != NULL ? tooltip : "");
    }
  return g_string_free_and_steal (trail);
}

typedef struct
{
  GtkWidget *root;
  guint least;
} Wanted;

static gboolean
has_enough (gpointer data)
{
  const Wanted *wanted = data;

  return count_usable (wanted->root) >= wanted->least;
}

/* @least: how much there is to use at least, so that a page that is empty, or not laid out yet, does not pass. */
static void
assert_all_reached (Walk *self, GtkWidget *root, const char *where, guint least)
{
  g_autoptr (GPtrArray) unreached = NULL;
  Wanted wanted = { root, least };

  if (!sobre_wait_until (has_enough, &wanted, 60))
    g_error ("%s: only %u of %u things to use", where, count_usable (root), least);
  sobre_settle ();
  unreached = find_unreached (self, root);
  for (guint i = 0; i < unreached->len; i++)
    {
      g_autofree char *what = describe (g_ptr_array_index (unreached, i));

      g_test_message ("%s: not reached: %s", where, what);
    }
  g_assert_cmpuint (unreached->len, ==, 0);
}

static void
test_pages (Walk *self, gconstpointer data)
{
  const struct
  {
    const char *name;
    guint least;
  } pages[] = { { "overview", 20 }, { "cards", 8 }, { "menu", 20 }, { "collect", 4 }, { "queries", 10 }, { "cloud", 12 } };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      sobre_window_show_page (self->window, pages[i].name);
      sobre_settle ();
      assert_all_reached (self, GTK_WIDGET (self->window), pages[i].name, pages[i].least);
    }
}

/* A panel that asks AWS has its answer. */
static gboolean
has_answer (gpointer data)
{
  GtkStack *stack = sobre_find_widget (data, GTK_TYPE_STACK);
  const char *name = stack != NULL ? gtk_stack_get_visible_child_name (stack) : "";

  return !g_str_equal (name, "busy") && !g_str_equal (name, "reading");
}

/* The panels of the Cloud page. */
static void
test_panels (Walk *self, gconstpointer data)
{
  const struct
  {
    const char *tag;
    guint least;
  } panels[] = { { "rejects", 4 },    { "test", 3 },   { "drift", 2 }, { "resources", 6 },
                 { "dashboards", 3 }, { "deploy", 6 }, { "remove", 3 } };
  GtkWidget *page = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_CLOUD_PAGE);
  AdwNavigationView *view = sobre_find_widget (page, ADW_TYPE_NAVIGATION_VIEW);

  sobre_window_show_page (self->window, "cloud");
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      GtkWidget *panel;

      gtk_widget_activate_action (page, "cloud.show", "s", panels[i].tag);
      panel = GTK_WIDGET (adw_navigation_view_get_visible_page (view));
      g_assert_true (sobre_wait_until (has_answer, panel, 60));
      assert_all_reached (self, panel, panels[i].tag, panels[i].least);
      adw_navigation_view_pop_to_tag (view, "cloud");
      sobre_settle ();
    }
}

static gboolean
has_documents (gpointer data)
{
  SobreMenuPanel *menu = sobre_find_widget (data, SOBRE_TYPE_MENU_PANEL);
  SobreFormPanel *form = sobre_find_widget (data, SOBRE_TYPE_FORM_PANEL);

  return sobre_menu_panel_get_menu (menu) != NULL && sobre_form_panel_get_form (form) != NULL;
}

/* The editors of a dish and of a question, with everything that they have. */
static void
test_editors (Walk *self, gconstpointer data)
{
  GtkWidget *menu = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_MENU_PANEL);
  GtkWidget *form = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_FORM_PANEL);
  GtkWidget *stack = gtk_widget_get_ancestor (menu, ADW_TYPE_VIEW_STACK);

  sobre_window_show_page (self->window, "menu");
  g_assert_true (sobre_wait_until (has_documents, self->window, 60));
  g_assert_true (gtk_widget_activate_action (menu, "editor.edit", "s", "sections[0].dishes[1]"));
  assert_all_reached (self, GTK_WIDGET (self->window), "dish", 50);
  adw_view_stack_set_visible_child (ADW_VIEW_STACK (stack), form);
  assert_all_reached (self, GTK_WIDGET (self->window), "form", 12);
  g_assert_true (gtk_widget_activate_action (form, "editor.edit", "s", "questions[1]"));
  assert_all_reached (self, GTK_WIDGET (self->window), "question", 30);
}

static gboolean
shows_no_dialog (gpointer data)
{
  return adw_application_window_get_visible_dialog (data) == NULL;
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static void
test_dialogs (Walk *self, gconstpointer data)
{
  const struct
  {
    const char *action;
    const char *page; /* of the preferences */
    guint least;
  } dialogs[] = {
    { "window.preferences", NULL, 5 }, { "window.preferences", "account", 5 },
    { "window.shortcuts", NULL, 0 },   { "window.help", NULL, 0 },
    { "window.about", NULL, 2 },       { "overview.notes", NULL, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      gboolean of_overview = g_str_has_prefix (dialogs[i].action, "overview");
      GtkWidget *widget =
          of_overview ? sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_OVERVIEW_PAGE) : GTK_WIDGET (self->window);
      AdwDialog *dialog;

      g_assert_true (gtk_widget_activate_action (widget, dialogs[i].action, NULL));
      sobre_settle ();
      dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
      g_assert_nonnull (dialog);
      if (dialogs[i].page != NULL)
        adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), dialogs[i].page);
      g_assert_true (sobre_wait_until (is_laid_out, dialog, 60));
      sobre_settle ();
      assert_all_reached (self, GTK_WIDGET (dialog), dialogs[i].action, dialogs[i].least);
      adw_dialog_force_close (dialog);
      g_assert_true (sobre_wait_until (shows_no_dialog, self->window, 60));
    }
}

static gboolean
shows_welcome (gpointer data)
{
  GtkWidget *page = sobre_find_widget (data, SOBRE_TYPE_WELCOME_PAGE);

  return gtk_widget_get_mapped (page);
}

static void
test_welcome (Walk *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (self->files->folder, "none", NULL);

  sobre_window_open (self->window, missing);
  g_assert_true (sobre_wait_until (shows_welcome, self->window, 60));
  sobre_settle ();
  assert_all_reached (self, GTK_WIDGET (self->window), "welcome", 3);
}

/* The walk notices a button that the keyboard cannot reach, and that one alone. */
static void
test_notices (Walk *self, gconstpointer data)
{
  GtkWidget *page = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_OVERVIEW_PAGE);
  GtkWidget *bar = sobre_find_widget (page, ADW_TYPE_HEADER_BAR);
  GtkWidget *button = gtk_button_new_with_label ("Out of reach");
  g_autoptr (GPtrArray) unreached = NULL;

  gtk_widget_set_focusable (button, FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), button);
  g_assert_true (sobre_wait_until (is_laid_out, button, 60));
  sobre_settle ();
  unreached = find_unreached (self, GTK_WIDGET (self->window));
  g_assert_cmpuint (unreached->len, ==, 1);
  g_assert_true (g_ptr_array_index (unreached, 0) == button);
}

/* Every action of the main menu has a key, or is in the menu that F10 opens; every key belongs to an action that the window knows. */
static void
test_shortcuts (Walk *self, gconstpointer data)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (self->application));

  g_assert_cmpuint (g_strv_length (actions), >=, 15);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_action_parse_detailed_name (actions[i], &name, &target, &error));
      g_assert_no_error (error);
      if (g_str_has_prefix (name, "app."))
        {
          g_assert_true (g_action_group_has_action (G_ACTION_GROUP (self->application), name + strlen ("app.")));
        }
      else
        {
          gboolean known = FALSE;
          GType owner;
          const char *known_name;
          const char *property;
          const GVariantType *parameter;

          for (guint j = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (self->window), j, &owner, &known_name,
                                                           &parameter, &property);
               j++)
            known |= g_str_equal (known_name, name);
          g_assert_true (known);
        }
    }
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
  /* A page that is on its way out is still there, and cannot be reached. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/keyboard/pages-are-reached", Walk, application, open_window, test_pages, close_window);
  g_test_add ("/keyboard/editors-are-reached", Walk, application, open_window, test_editors, close_window);
  g_test_add ("/keyboard/panels-are-reached", Walk, application, open_window, test_panels, close_window);
  g_test_add ("/keyboard/dialogs-are-reached", Walk, application, open_window, test_dialogs, close_window);
  g_test_add ("/keyboard/welcome-is-reached", Walk, application, open_window, test_welcome, close_window);
  g_test_add ("/keyboard/out-of-reach-is-noticed", Walk, application, open_window, test_notices, close_window);
  g_test_add ("/keyboard/keys-have-actions", Walk, application, open_window, test_shortcuts, close_window);
  return g_test_run ();
}
