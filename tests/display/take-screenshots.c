/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* take-screenshots FOLDER: renders the window itself, so a picture holds neither pointer nor other windows. */

#include <locale.h>

#include "session/sobre-settings-source.h"
#include "shell/sobre-application.h"
#include "shell/sobre-window.h"
#include "widgets/sobre-chart.h"
#include "window-fixture.h"

#define SECONDS_TO_LOAD 60

typedef struct
{
  int width;
  int height;
} Size;

typedef struct
{
  SobreWindow *window;
  Size size;
} Resize;

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

static gboolean
has_size (gpointer data)
{
  const Resize *resize = data;

  return gtk_widget_get_width (GTK_WIDGET (resize->window)) == resize->size.width &&
         gtk_widget_get_height (GTK_WIDGET (resize->window)) == resize->size.height;
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

/* Without a window manager the border counts, so what is missing the first time is asked for on top. */
static void
resize_window (Resize *resize)
{
  GtkWindow *window = GTK_WINDOW (resize->window);

  gtk_window_set_default_size (window, resize->size.width, resize->size.height);
  sobre_wait_until (never, NULL, 0.5);
  gtk_window_set_default_size (window, 2 * resize->size.width - gtk_widget_get_width (GTK_WIDGET (window)),
                               2 * resize->size.height - gtk_widget_get_height (GTK_WIDGET (window)));
  if (!sobre_wait_until (has_size, resize, 10))
    g_error ("The window did not get %d × %d", resize->size.width, resize->size.height);
}

static void
save_picture (SobreWindow *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s could not be written", path);
}

static void
take_pictures (SobreWindow *window, const char *folder, Size size)
{
  static const char *const pages[] = { "overview", "cards", "collect" };
  AdwStyleManager *manager = adw_style_manager_get_default ();
  Resize resize = { window, size };

  resize_window (&resize);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    for (int dark = 0; dark <= 1; dark++)
      {
        g_autofree char *name = g_strdup_printf ("%s-%d-%s.png", pages[i], size.width, dark ? "dark" : "light");
        g_autofree char *path = g_build_filename (folder, name, NULL);

        adw_style_manager_set_color_scheme (manager, dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
        sobre_window_show_page (window, pages[i]);
        gtk_window_set_focus (GTK_WINDOW (window), NULL);
        sobre_wait_until (never, NULL, 0.8); /* page and colour transitions come to their end */
        save_picture (window, path);
      }
}

int
main (int argc, char **argv)
{
  static const Size sizes[] = { { 1280, 800 }, { 800, 900 }, { 360, 720 } };
  g_autoptr (SobreApplication) application = NULL;
  g_autoptr (SobreWindowFixture) fixture = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (DexFuture) listening = NULL;
  g_autoptr (GError) error = NULL;
  SobreWindow *window;
  SobreSession *session;

  if (argc != 2)
    {
      g_printerr ("usage: take-screenshots FOLDER\n");
      return 2;
    }
  setlocale (LC_ALL, "");
  adw_init ();
  dex_init ();
  application = sobre_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  settings = sobre_settings_source_load ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11", NULL);
  fixture = sobre_window_fixture_new (TRUE);
  window = sobre_window_new (GTK_APPLICATION (application), settings);
  sobre_window_set_workspace (window, fixture->workspace);
  session = sobre_window_get_session (window);
  gtk_window_present (GTK_WINDOW (window));
  listening = sobre_collector_start (sobre_session_get_collector (session), NULL);
  sobre_wait_until (is_settled, listening, 15);
  if (!sobre_wait_until (sobre_session_has_figures, session, SECONDS_TO_LOAD))
    g_error ("No figures came up");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    take_pictures (window, argv[1], sizes[i]);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
