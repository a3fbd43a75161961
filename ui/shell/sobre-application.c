/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-application.h"

#include <glib/gi18n-lib.h>

#include "session/sobre-settings-source.h"
#include "shell/sobre-window.h"
#include "sobre-config.h"
#include "workspace/sobre-workspace.h"

struct _SobreApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (SobreApplication, sobre_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *accels[3];
} Accel;

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (user_data);
}

static SobreWindow *
find_window (SobreApplication *self, const char *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    if (SOBRE_IS_WINDOW (item->data) && g_strcmp0 (sobre_window_get_path (item->data), path) == 0)
      return item->data;
  return NULL;
}

static void
show_workspace (SobreApplication *self, const char *path)
{
  SobreWindow *window = find_window (self, path);

  if (window == NULL)
    {
      window = sobre_window_new (GTK_APPLICATION (self), self->settings);
      sobre_window_open (window, path);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
sobre_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autofree char *path = NULL;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  path = sobre_workspace_resolve_path (NULL);
  show_workspace (SOBRE_APPLICATION (application), path);
}

/* The path is settled by the process that was started, whose folder and environment it means. */
static int
sobre_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autofree char *option = NULL;
  g_autofree char *path = NULL;
  g_autofree char *absolute = NULL;

  g_variant_dict_lookup (options, "workspace", "^ay", &option);
  path = sobre_workspace_resolve_path (option);
  absolute = g_canonicalize_filename (path, NULL);
  g_variant_dict_insert (options, "workspace", "^ay", absolute);
  return -1;
}

static int
sobre_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree char *path = NULL;

  if (g_variant_dict_lookup (options, "workspace", "^ay", &path))
    show_workspace (SOBRE_APPLICATION (application), path);
  return 0;
}

static void
sobre_application_startup (GApplication *application)
{
  SobreApplication *self = SOBRE_APPLICATION (application);
  static const Accel accels[] = {
    { "app.quit", { "<Control>q" } },
    { "session.refresh", { "<Control>r", "F5" } },
    { "window.close", { "<Control>w" } },
    { "window.export-report", { "<Control>e" } },
    { "window.figures-as-tables", { "<Control>t" } },
    { "window.help", { "F1" } },
    { "window.open-workspace", { "<Control>o" } },
    { "window.preferences", { "<Control>comma" } },
    { "window.print", { "<Control>p" } },
    { "window.search", { "<Control>f" } },
    { "window.shortcuts", { "<Control>question" } },
    { "window.show-page('overview')", { "<Control>1" } },
    { "window.show-page('cards')", { "<Control>2" } },
    { "window.show-page('collect')", { "<Control>3" } },
    { "window.toggle-sidebar", { "F9" } },
  };
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit_action } };

  G_APPLICATION_CLASS (sobre_application_parent_class)->startup (application);
  self->settings = sobre_settings_source_load ();
  gtk_window_set_default_icon_name (SOBRE_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].accels);
}

static void
sobre_application_dispose (GObject *object)
{
  g_clear_object (&SOBRE_APPLICATION (object)->settings);
  G_OBJECT_CLASS (sobre_application_parent_class)->dispose (object);
}

static void
sobre_application_class_init (SobreApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_application_dispose;
  application_class->activate = sobre_application_activate;
  application_class->handle_local_options = sobre_application_handle_local_options;
  application_class->command_line = sobre_application_command_line;
  application_class->startup = sobre_application_startup;
}

static void
sobre_application_init (SobreApplication *self)
{
  static const GOptionEntry options[] = {
    { "workspace", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL, N_ ("The restaurant's folder"), N_ ("DIR") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_version (G_APPLICATION (self), SOBRE_VERSION);
}

SobreApplication *
sobre_application_new (void)
{
  return g_object_new (SOBRE_TYPE_APPLICATION, "application-id", SOBRE_APP_ID, "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/sobremesa/Sobremesa", NULL);
}
