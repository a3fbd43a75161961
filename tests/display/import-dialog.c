/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A till's file in the window: what its columns are is guessed and corrected, its rows are seen before they are stored, stopped, imported and taken back. */

#include <string.h>

#include "editor-fixture.h"
#include "pages/import/sobre-import-dialog.h"
#include "pages/import/sobre-import-words.h"
#include "shell/sobre-window.h"

#define SECONDS 30
#define MANY_ROWS 20000
#define ORDERS                                                                                                                 \
  "Datum;Tisch;Artikel;Menge;Betrag\n"                                                                                         \
  "24.12.2025 19:05;7;Espresso;2;5,00\n"                                                                                       \
  "24.12.2025 19:06;7;Kabeljau;1;18,50\n"                                                                                      \
  "25.12.2025 20:15;3;Espresso;1;viel\n"

typedef struct
{
  EditorDesk desk;
  char *file;
  AdwDialog *dialog; /* (nullable): weak */
} Import;

static void
open_file (Import *self, const char *text)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->desk.files = sobre_window_fixture_new (FALSE);
  self->desk.session = sobre_session_new (self->desk.files->workspace, self->desk.files->clock);
  self->desk.window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->desk.window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (self->desk.window), 700, 900);
  gtk_window_present (GTK_WINDOW (self->desk.window));
  self->file = g_build_filename (self->desk.files->folder, "till.csv", NULL);
  g_assert_true (g_file_set_contents (self->file, text, -1, NULL));
  self->dialog = sobre_import_dialog_new (self->desk.session, self->file);
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  adw_dialog_present (self->dialog, self->desk.window);
}

static void
open_orders (Import *self, gconstpointer text)
{
  open_file (self, text);
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "The Rows Are");
}

static void
close_file (Import *self, gconstpointer data)
{
  if (self->dialog != NULL)
    adw_dialog_force_close (self->dialog);
  g_free (self->file);
  editor_desk_close (&self->desk);
  g_assert_null (self->dialog);
}

/* How many objects imports have in the lake. */
static guint
count_objects (Import *self)
{
  g_autofree char *raw = editor_desk_dup_path (&self->desk, "lake/raw/orders");
  g_autoptr (GDir) days = g_dir_open (raw, 0, NULL);
  const char *day;
  guint n = 0;

  while (days != NULL && (day = g_dir_read_name (days)) != NULL)
    {
      g_autofree char *path = g_build_filename (raw, day, NULL);
      g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
      const char *name;

      while (files != NULL && (name = g_dir_read_name (files)) != NULL)
        n += g_str_has_prefix (name, "import-");
    }
  return n;
}

static void
act (Import *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->dialog), action, NULL));
}

static gboolean
can_press (GtkWidget *widget, const char *label)
{
  GtkWidget *button = editor_desk_find_button (widget, label);

  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

static gboolean
can_go_on (gpointer data)
{
  return can_press (data, "Preview");
}

static gboolean
can_import_many (gpointer data)
{
  g_autofree char *count = sobre_import_count_say (MANY_ROWS);
  g_autofree char *label = g_strconcat ("Import ", count, NULL);

  return can_press (data, label);
}

/* The row of a column, or another combo row with that title. */
static AdwComboRow *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_COMBO_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return ADW_COMBO_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
get_choice (Import *self, const char *title)
{
  return gtk_string_object_get_string (adw_combo_row_get_selected_item (find_row (GTK_WIDGET (self->dialog), title)));
}

static void
choose (Import *self, const char *title, const char *choice)
{
  AdwComboRow *row = find_row (GTK_WIDGET (self->dialog), title);
  GListModel *choices = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    if (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (choices), i), choice) == 0)
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  g_error ("“%s” cannot be “%s”", title, choice);
}

/* From the file to the lake and back, with what cannot be taken listed. */
static void
test_orders (Import *self, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_assert_cmpstr (get_choice (self, "Datum"), ==, "Date and time");
  g_assert_cmpstr (get_choice (self, "Betrag"), ==, "Amount of the line");
  g_assert_true (sobre_wait_until (can_go_on, self->dialog, SECONDS));
  act (self, "import.next");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "2 rows would be added");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "2 × Espresso");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "Line 4: Not an amount of money");
  g_assert_cmpuint (count_objects (self), ==, 0);
  act (self, "import.next");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "2 rows Imported");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "1 cannot be taken");
  g_assert_cmpuint (count_objects (self), ==, 1);
  list = editor_desk_read (&self->desk, "lake/errors/orders/till.csv.rejects.csv");
  g_assert_nonnull (strstr (list, "viel"));
  act (self, "import.undo");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "The Import Was Taken Back");
  g_assert_cmpuint (count_objects (self), ==, 0);
}

/* A column that nobody could know is said what it is; one that is left out stays so. */
static void
test_correct (Import *self, gconstpointer data)
{
  choose (self, "The Rows Are", "Orders of the till");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "No column says what was sold");
  g_assert_false (can_go_on (self->dialog));
  choose (self, "Xyz", "What was sold");
  g_assert_true (sobre_wait_until (can_go_on, self->dialog, SECONDS));
  choose (self, "Tisch", "Left out");
  g_assert_true (sobre_wait_until (can_go_on, self->dialog, SECONDS));
  choose (self, "Menge", "Left out");
  g_assert_true (sobre_wait_until (can_go_on, self->dialog, SECONDS));
  g_assert_cmpstr (get_choice (self, "Xyz"), ==, "What was sold");
  g_assert_cmpstr (get_choice (self, "Tisch"), ==, "Left out");
  g_assert_cmpstr (get_choice (self, "Menge"), ==, "Left out");
  act (self, "import.next");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "1 × Espresso");
}

/* What can be read in two ways is asked for. */
static void
test_ambiguous (Import *self, gconstpointer data)
{
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "whether day or month comes first");
  choose (self, "Order of Dates", "Month first, 12/31/2025");
  g_assert_true (sobre_wait_until (can_go_on, self->dialog, SECONDS));
  act (self, "import.next");
  editor_desk_expect_shown (GTK_WIDGET (self->dialog), "4 Mar 2025, 19:05");
}

static char *
make_many (void)
{
  GString *text = g_string_new ("Datum;Artikel;Betrag\n");

  for (guint i = 0; i < MANY_ROWS; i++)
    g_string_append_printf (text, "24.12.2025 %02u:%02u;Dish %u;5,00\n", i / 60 % 24, i % 60, i);
  return g_string_free_and_steal (text);
}

/* Stopped on its way it has stored nothing, and can be done after all. */
static void
test_stopped (void)
{
  Import self = { 0 };
  g_autofree char *many = make_many ();

  open_orders (&self, many);
  g_assert_true (sobre_wait_until (can_go_on, self.dialog, SECONDS));
  act (&self, "import.next");
  act (&self, "import.stop");
  g_assert_true (sobre_wait_until (can_go_on, self.dialog, SECONDS));
  act (&self, "import.next");
  g_assert_true (sobre_wait_until (can_import_many, self.dialog, SECONDS));
  act (&self, "import.next");
  act (&self, "import.stop");
  g_assert_true (sobre_wait_until (can_import_many, self.dialog, SECONDS));
  g_assert_cmpuint (count_objects (&self), ==, 0);
  close_file (&self, NULL);
}

static void
test_unreadable (void)
{
  Import self = { 0 };

  open_file (&self, "");
  editor_desk_expect_shown (GTK_WIDGET (self.dialog), "Nothing Was Imported");
  g_assert_true (g_file_set_contents (self.file, ORDERS, -1, NULL));
  act (&self, "import.again");
  editor_desk_expect_shown (GTK_WIDGET (self.dialog), "Columns");
  close_file (&self, NULL);
}

/* A file that is dropped on the window is looked at. */
static void
test_dropped (void)
{
  Import self = { .desk = { .files = sobre_window_fixture_new (FALSE) } };
  GtkWidget *window = g_object_new (SOBRE_TYPE_WINDOW, NULL);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  g_autofree char *path = g_build_filename (self.desk.files->folder, "till.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_assert_true (g_file_set_contents (path, ORDERS, -1, NULL));
  sobre_window_set_workspace (SOBRE_WINDOW (window), self.desk.files->workspace);
  gtk_window_present (GTK_WINDOW (window));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
  editor_desk_expect_shown (window, "Datum");
  gtk_window_destroy (GTK_WINDOW (window));
  sobre_settle ();
  sobre_window_fixture_free (self.desk.files);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/import/orders", Import, ORDERS, open_orders, test_orders, close_file);
  g_test_add ("/import/correct", Import, "Datum;Tisch;Xyz;Menge;Betrag\n24.12.2025 19:05;7;Espresso;2;5,00\n", open_orders,
              test_correct, close_file);
  g_test_add ("/import/ambiguous", Import, "Date,Item,Amount\n03/04/2025 19:05,Espresso,2.50\n03/05/2025 19:06,Espresso,2.50\n",
              open_orders, test_ambiguous, close_file);
  g_test_add_func ("/import/stopped", test_stopped);
  g_test_add_func ("/import/unreadable", test_unreadable);
  g_test_add_func ("/import/dropped", test_dropped);
  return g_test_run ();
}
