/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everything that can be used is reached with the Tab key, and every action has a key. */

#include "shell/sobre-application.h"
#include "shell/sobre-window.h"
#include "widgets/sobre-chart.h"
#include "widgets/sobre-qr-view.h"
#include "window-fixture.h"

#define MOST_STEPS 400

typedef struct
{
  SobreWindowFixture *files;
  SobreApplication *application;
  SobreWindow *window;
} Walk;

static void
open_window (Walk *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.sobremesa.Sobremesa");

  self->files = sobre_window_fixture_new (TRUE);
  self->application = g_object_ref ((gpointer) data);
  self->window = sobre_window_new (GTK_APPLICATION (self->application), settings);
  sobre_window_set_workspace (self->window, self->files->workspace);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (sobre_session_has_figures, sobre_window_get_session (self->window), 30));
  sobre_settle ();
}

static void
close_window (Walk *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_object_unref (self->application);
  sobre_window_fixture_free (self->files);
}

/* The widgets of @type that Tab reaches from the window's start, before it comes round. */
static guint
walk (GtkWindow *window, GType type)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_found = 0;

  for (guint step = 0; step < MOST_STEPS; step++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (window);
      if (focus == NULL || !g_hash_table_add (seen, focus))
        continue;
      if (g_type_is_a (G_OBJECT_TYPE (focus), type))
        n_found++;
    }
  return n_found;
}

static guint
count_shown (GtkWidget *widget, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_shown (child, type);
  return n;
}

static void
test_charts (Walk *self, gconstpointer data)
{
  guint shown = count_shown (GTK_WIDGET (self->window), SOBRE_TYPE_CHART);

  g_assert_cmpuint (shown, >=, 7);
  g_assert_cmpuint (walk (GTK_WINDOW (self->window), SOBRE_TYPE_CHART), ==, shown);
}

static void
test_pages (Walk *self, gconstpointer data)
{
  sobre_window_show_page (self->window, "cards");
  sobre_settle ();
  g_assert_cmpuint (walk (GTK_WINDOW (self->window), GTK_TYPE_BUTTON), >=, 3);
  sobre_window_show_page (self->window, "collect");
  sobre_settle ();
  g_assert_cmpuint (walk (GTK_WINDOW (self->window), ADW_TYPE_SWITCH_ROW) + walk (GTK_WINDOW (self->window), GTK_TYPE_SWITCH),
                    >=, 1);
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
  g_test_add ("/keyboard/charts-are-reached", Walk, application, open_window, test_charts, close_window);
  g_test_add ("/keyboard/pages-are-reached", Walk, application, open_window, test_pages, close_window);
  g_test_add ("/keyboard/keys-have-actions", Walk, application, open_window, test_shortcuts, close_window);
  return g_test_run ();
}
