/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-shortcuts-dialog.h"

#include <glib/gi18n-lib.h>

struct _SobreShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *general_group;
  AdwPreferencesGroup *pages_group;
};

/* The keys are asked of the application, so that what is shown is what works. */
typedef struct
{
  const char *title;
  const char *action;
} Shortcut;

G_DEFINE_FINAL_TYPE (SobreShortcutsDialog, sobre_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *keys)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (keys);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (label, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
}

static void
add_shortcuts (AdwPreferencesGroup *group, GtkApplication *application, const Shortcut *shortcuts, gsize n_shortcuts)
{
  for (gsize i = 0; i < n_shortcuts; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, shortcuts[i].action);
      guint key;
      GdkModifierType modifiers;

      if (accels[0] != NULL && gtk_accelerator_parse (accels[0], &key, &modifiers))
        {
          g_autofree char *keys = gtk_accelerator_get_label (key, modifiers);

          add_row (group, _ (shortcuts[i].title), keys);
        }
    }
}

static void
sobre_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (sobre_shortcuts_dialog_parent_class)->dispose (object);
}

static void
sobre_shortcuts_dialog_class_init (SobreShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreShortcutsDialog, general_group);
  gtk_widget_class_bind_template_child (widget_class, SobreShortcutsDialog, pages_group);
}

static void
sobre_shortcuts_dialog_init (SobreShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
sobre_shortcuts_dialog_new (GtkApplication *application)
{
  SobreShortcutsDialog *self = g_object_new (SOBRE_TYPE_SHORTCUTS_DIALOG, NULL);
  static const Shortcut general[] = {
    { N_ ("Look for new answers"), "session.refresh" },
    { N_ ("Search comments"), "window.search" },
    { N_ ("Figures as tables"), "window.figures-as-tables" },
    { N_ ("Export the report"), "window.export-report" },
    { N_ ("Import a file"), "window.import" },
    { N_ ("Print cards"), "window.print" },
    { N_ ("Open a restaurant"), "window.open-workspace" },
    { N_ ("Preferences"), "window.preferences" },
    { N_ ("Help"), "window.help" },
    { N_ ("Keyboard shortcuts"), "window.shortcuts" },
    { N_ ("Close the window"), "window.close" },
    { N_ ("Quit"), "app.quit" },
  };
  static const Shortcut pages[] = {
    { N_ ("Overview"), "window.show-page('overview')" },
    { N_ ("Queries"), "window.show-page('queries')" },
    { N_ ("Tables and cards"), "window.show-page('cards')" },
    { N_ ("Form and menu"), "window.show-page('menu')" },
    { N_ ("Collect"), "window.show-page('collect')" },
    { N_ ("Cloud"), "window.show-page('cloud')" },
    { N_ ("Show or hide the page list in a narrow window"), "window.toggle-sidebar" },
  };

  add_shortcuts (self->general_group, application, general, G_N_ELEMENTS (general));
  add_row (self->general_group, _ ("Main menu"), "F10");
  add_row (self->general_group, _ ("Run the query"), _ ("Ctrl+Enter"));
  add_row (self->general_group, _ ("Save the query"), _ ("Ctrl+S"));
  add_row (self->general_group, _ ("Take back a change of form or menu"), _ ("Ctrl+Z"));
  add_row (self->general_group, _ ("Make it again"), _ ("Shift+Ctrl+Z"));
  add_shortcuts (self->pages_group, application, pages, G_N_ELEMENTS (pages));
  return ADW_DIALOG (self);
}
