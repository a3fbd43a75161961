/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-panel-private.h"

#include <glib/gi18n-lib.h>

#include "pages/menu/sobre-menu-words.h"

#define MOST_ROWS 60
#define LIST_HEIGHT 280

static SobreWorkspace *
get_workspace (SobreEditorPanel *panel)
{
  return sobre_session_get_workspace (sobre_editor_panel_get_session (panel));
}

static SobreClock *
get_clock (SobreEditorPanel *panel)
{
  return sobre_session_get_clock (sobre_editor_panel_get_session (panel));
}

static void
mark_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreEditorPanel *panel = SOBRE_EDITOR_PANEL (widget);
  const char *item;
  gboolean sold_out;

  g_variant_get (parameter, "(&sb)", &item, &sold_out);
  if (!sobre_editor_panel_is_busy (panel) && sobre_editor_panel_get_session (panel) != NULL)
    sobre_editor_panel_run (panel, sobre_menu_desk_mark (get_workspace (panel), item, sold_out), SOBRE_EDITOR_MARK);
}

/* An allergen of an item that publishing changes. */
static GtkWidget *
make_change_row (const SobreAllergenChange *change)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = sobre_allergen_change_say (change);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  return row;
}

/* The allergens that change for guests; %NULL where there is nothing to say. */
static GtkWidget *
make_changes (const GPtrArray *changes)
{
  GtkWidget *scrolled, *list;

  if (changes->len == 0)
    return NULL;
  scrolled = gtk_scrolled_window_new ();
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Allergens that change"), -1);
  for (guint i = 0; i < MIN (changes->len, MOST_ROWS); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_change_row (g_ptr_array_index (changes, i)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT);
  return scrolled;
}

static void
sobre_menu_panel_ask (SobreEditorPanel *panel, AdwAlertDialog *dialog)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (panel);
  gboolean first = self->published == NULL || self->published->menu == NULL;
  g_autoptr (GString) body = g_string_new (_ ("Guests who look at the menu see it within 5 seconds."));
  guint n_dishes = sobre_menu_get_n_dishes (self->check->menu);
  guint n_warnings;

  g_free (sobre_issues_say (self->check->issues, NULL, &n_warnings));
  g_string_append_c (body, ' ');
  g_string_append_printf (body, ngettext ("It has %u dish.", "It has %u dishes.", n_dishes), n_dishes);
  if (n_warnings > 0)
    {
      g_string_append_c (body, ' ');
      g_string_append_printf (body, ngettext ("The check has %u warning.", "The check has %u warnings.", n_warnings),
                              n_warnings);
    }
  /* The first menu declares everything anew. */
  if (!first && self->check->changes->len == 0)
    g_string_append_printf (body, " %s", _ ("No allergen changes."));
  adw_alert_dialog_set_heading (dialog, _ ("Publish the Menu?"));
  adw_alert_dialog_set_body (dialog, body->str);
  if (!first)
    adw_alert_dialog_set_extra_child (dialog, make_changes (self->check->changes));
}

static DexFuture *
sobre_menu_panel_publish (SobreEditorPanel *panel)
{
  return sobre_menu_desk_publish (get_workspace (panel), get_clock (panel), sobre_editor_panel_get_root (panel));
}

static DexFuture *
sobre_menu_panel_roll_back (SobreEditorPanel *panel, guint version)
{
  return sobre_menu_desk_roll_back (get_workspace (panel), get_clock (panel), version);
}

static void
sobre_menu_panel_done (SobreEditorPanel *panel, SobreEditorWork work, guint version)
{
  g_autofree char *words = NULL;

  if (work == SOBRE_EDITOR_PUBLISH)
    words = g_strdup_printf (_ ("Version %u is published: guests see it within 5 seconds"), version);
  else if (work == SOBRE_EDITOR_ROLL_BACK)
    words = g_strdup_printf (_ ("Guests see version %u again, byte for byte"), version);
  if (words != NULL)
    sobre_editor_panel_say (panel, words, FALSE);
}

/* A version as a line of the list of versions. */
static void
add_version (SobreMenuPanel *self, SobreVersionsDialog *dialog, const SobreMenuEntry *entry, gboolean current)
{
  g_autofree char *moment = sobre_menu_panel_say_moment (self, entry->at);
  g_autofree char *dishes = g_strdup_printf (ngettext ("%u dish", "%u dishes", entry->n_dishes), entry->n_dishes);
  g_autofree char *changes =
      g_strdup_printf (ngettext ("%u allergen changed", "%u allergens changed", entry->changes->len), entry->changes->len);
  const char *action = entry->action == SOBRE_MENU_PUBLISHED ? _ ("Published") : _ ("Rolled back to");
  g_autofree char *subtitle = g_strdup_printf ("%s %s · %s · %s", action, moment, dishes, changes);
  g_autoptr (GStrvBuilder) details = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < MIN (entry->changes->len, MOST_ROWS); i++)
    {
      const SobreAllergenChange *change = g_ptr_array_index (entry->changes, i);
      g_autofree char *words = sobre_allergen_change_say (change);

      g_strv_builder_take (details, g_strdup_printf ("%s: %s", change->name, words));
    }
  lines = g_strv_builder_end (details);
  sobre_versions_dialog_add (dialog, entry->version, subtitle, (const char *const *) lines,
                             sobre_editor_panel_say_who (SOBRE_EDITOR_PANEL (self), entry->version, current), current);
}

static SobreVersionsDialog *
sobre_menu_panel_make_versions (SobreEditorPanel *panel)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (panel);
  const GPtrArray *history = self->published->history;
  SobreVersionsDialog *dialog = sobre_versions_dialog_new (
      _ ("Guests see that menu again, byte for byte, within 5 seconds. What is written here stays as it "
         "is, and so does what is sold out."));

  for (guint i = history->len; i > 0; i--)
    {
      const SobreMenuEntry *entry = g_ptr_array_index (history, i - 1);

      add_version (self, dialog, entry,
                   self->published->pointer != NULL && entry->version == self->published->pointer->version);
    }
  return dialog;
}

void
sobre_menu_panel_class_install_publishing (SobreEditorPanelClass *panel_class)
{
  panel_class->parts = SOBRE_SITE_MENU;
  panel_class->ask = sobre_menu_panel_ask;
  panel_class->publish = sobre_menu_panel_publish;
  panel_class->make_versions = sobre_menu_panel_make_versions;
  panel_class->roll_back = sobre_menu_panel_roll_back;
  panel_class->done = sobre_menu_panel_done;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (panel_class), "menu.mark", "(sb)", mark_action);
}
