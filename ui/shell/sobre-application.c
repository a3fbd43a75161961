/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-application.h"

#include <glib/gi18n-lib.h>

#include "session/sobre-settings-source.h"
#include "shell/sobre-search-provider.h"
#include "shell/sobre-window.h"
#include "sobre-config.h"
#include "workspace/sobre-workspace.h"

struct _SobreApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  SobreSearchProvider *search;
};

G_DEFINE_FINAL_TYPE (SobreApplication, sobre_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *accels[3];
} Accel;

static DexFuture *
saved_cb (DexFuture *future, gpointer user_data)
{
  if (dex_future_get_value (future, NULL) != NULL)
    g_application_quit (user_data);
  return NULL;
}

/* Where something cannot be written, its window asks what to do, and nothing is quit. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);

  for (GList *item = gtk_application_get_windows (user_data); item != NULL; item = item->next)
    if (SOBRE_IS_WINDOW (item->data))
      g_ptr_array_add (futures, sobre_window_save (item->data));
  if (futures->len == 0)
    g_application_quit (user_data);
  else
    dex_future_disown (dex_future_finally (dex_future_allv ((DexFuture *const *) futures->pdata, futures->len), saved_cb,
                                           g_object_ref (user_data), g_object_unref));
}

static SobreWindow *
find_window (SobreApplication *self, const char *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    if (SOBRE_IS_WINDOW (item->data) && g_strcmp0 (sobre_window_get_path (item->data), path) == 0)
      return item->data;
  return NULL;
}

static SobreWindow *
show_workspace (SobreApplication *self, const char *path)
{
  SobreWindow *window = find_window (self, path);

  if (window == NULL)
    {
      window = sobre_window_new (GTK_APPLICATION (self), self->settings);
      sobre_window_open (window, path);
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The window that is looked at, else one of the default workspace. */
static SobreWindow *
show_any_workspace (SobreApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *path = NULL;

  if (SOBRE_IS_WINDOW (window))
    {
      gtk_window_present (window);
      return SOBRE_WINDOW (window);
    }
  path = sobre_workspace_resolve_path (NULL);
  return show_workspace (self, path);
}

/* "collect" and "cards" are what a launcher's menu offers, "cloud" what a notification does: they are called whether or not the program runs. */
static void
collect_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SobreWindow *window = show_any_workspace (user_data);

  sobre_window_show_page (window, "collect");
  sobre_window_collect (window, NULL);
}

static void
cards_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  sobre_window_show_page (show_any_workspace (user_data), "cards");
}

static void
cloud_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  sobre_window_show_page (show_any_workspace (user_data), "cloud");
}

/* What a notification of windows out of sight offers. Ending a window takes it off the list. */
static void
stop_collecting_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *item = windows; item != NULL; item = item->next)
    if (SOBRE_IS_WINDOW (item->data))
      sobre_window_stop_in_background (item->data);
}

static void
sobre_application_activate (GApplication *application)
{
  show_any_workspace (SOBRE_APPLICATION (application));
}

static void
sobre_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  SobreApplication *self = SOBRE_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      const char *file = g_file_peek_path (files[i]);
      g_autofree char *path = NULL;

      if (file == NULL)
        {
          gtk_widget_activate_action (GTK_WIDGET (show_any_workspace (self)), "window.show-message", "s",
                                      _ ("Only a restaurant on this computer can be opened: copy its folder here first"));
          continue;
        }
      path = sobre_workspace_resolve_path (file);
      show_workspace (self, path);
    }
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
  g_autofree char *listen = NULL;
  SobreWindow *window;

  if (!g_variant_dict_lookup (options, "workspace", "^ay", &path))
    return 0;
  window = show_workspace (SOBRE_APPLICATION (application), path);
  if (g_variant_dict_lookup (options, "listen", "s", &listen) || g_variant_dict_contains (options, "collect"))
    sobre_window_collect (window, listen);
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
    { "window.import", { "<Control>i" } },
    { "window.open-workspace", { "<Control>o" } },
    { "window.preferences", { "<Control>comma" } },
    { "window.print", { "<Control>p" } },
    { "window.search", { "<Control>f" } },
    { "window.shortcuts", { "<Control>question" } },
    { "window.show-page('overview')", { "<Control>1" } },
    { "window.show-page('queries')", { "<Control>2" } },
    { "window.show-page('cards')", { "<Control>3" } },
    { "window.show-page('menu')", { "<Control>4" } },
    { "window.show-page('collect')", { "<Control>5" } },
    { "window.show-page('cloud')", { "<Control>6" } },
    { "window.toggle-sidebar", { "F9" } },
  };
  static const GActionEntry actions[] = {
    { .name = "collect", .activate = collect_action }, { .name = "cards", .activate = cards_action },
    { .name = "cloud", .activate = cloud_action },     { .name = "stop-collecting", .activate = stop_collecting_action },
    { .name = "quit", .activate = quit_action },
  };

  G_APPLICATION_CLASS (sobre_application_parent_class)->startup (application);
  self->settings = sobre_settings_source_load ();
  gtk_window_set_default_icon_name (SOBRE_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].accels);
}

/* What is searched: the restaurant that is looked at, else the default one. */
static char *
dup_search_place (gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (SOBRE_IS_WINDOW (window))
    return g_strdup (sobre_window_get_path (SOBRE_WINDOW (window)));
  return sobre_workspace_resolve_path (NULL);
}

static void
found_chosen_cb (SobreApplication *self, SobreFound *found, const char *words)
{
  sobre_window_show_found (show_workspace (self, sobre_found_get_path (found)), found, words);
}

static void
search_launched_cb (SobreApplication *self, const char *words)
{
  sobre_window_search (show_any_workspace (self), words);
}

static gboolean
sobre_application_dbus_register (GApplication *application, GDBusConnection *bus, const char *path, GError **error)
{
  SobreApplication *self = SOBRE_APPLICATION (application);
  g_autofree char *search_path = g_strconcat (path, "/SearchProvider", NULL);

  if (!G_APPLICATION_CLASS (sobre_application_parent_class)->dbus_register (application, bus, path, error))
    return FALSE;
  self->search = sobre_search_provider_new (application, dup_search_place, self);
  g_signal_connect_object (self->search, "chosen", G_CALLBACK (found_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "launched", G_CALLBACK (search_launched_cb), self, G_CONNECT_SWAPPED);
  return sobre_search_provider_export (self->search, bus, search_path, error);
}

static void
sobre_application_dbus_unregister (GApplication *application, GDBusConnection *bus, const char *path)
{
  SobreApplication *self = SOBRE_APPLICATION (application);

  if (self->search != NULL)
    sobre_search_provider_unexport (self->search, bus);
  g_clear_object (&self->search);
  G_APPLICATION_CLASS (sobre_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
sobre_application_dispose (GObject *object)
{
  g_clear_object (&SOBRE_APPLICATION (object)->search);
  g_clear_object (&SOBRE_APPLICATION (object)->settings);
  G_OBJECT_CLASS (sobre_application_parent_class)->dispose (object);
}

static void
sobre_application_class_init (SobreApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_application_dispose;
  application_class->activate = sobre_application_activate;
  application_class->open = sobre_application_open;
  application_class->handle_local_options = sobre_application_handle_local_options;
  application_class->command_line = sobre_application_command_line;
  application_class->dbus_register = sobre_application_dbus_register;
  application_class->dbus_unregister = sobre_application_dbus_unregister;
  application_class->startup = sobre_application_startup;
}

static void
sobre_application_init (SobreApplication *self)
{
  static const GOptionEntry options[] = {
    { "workspace", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL, N_ ("The restaurant's folder"), N_ ("DIR") },
    { "collect", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Collect answers at once"), NULL },
    { "listen", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, N_ ("Collect at once, at this address"), N_ ("ADDR:PORT") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_version (G_APPLICATION (self), SOBRE_VERSION);
}

SobreApplication *
sobre_application_new (void)
{
  return g_object_new (SOBRE_TYPE_APPLICATION, "application-id", SOBRE_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/sobremesa/Sobremesa", NULL);
}
