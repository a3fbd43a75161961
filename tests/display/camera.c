/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "camera.h"

#include "pages/cloud/sobre-cloud-page.h"
#include "window-fixture.h"

#define SECONDS_TO_LOAD 60
#define SECONDS_TO_SETTLE 0.8 /* page and colour transitions come to their end */
#define FRAMES_TO_SETTLE                                                                                                       \
  10 /* as many as that, too: where the machine is busy, a dialog may not have been laid out in that time */
#define SECONDS_TO_DRAW 30
#define RESIZE_TRIES 8
#define SNAPSHOT_TRIES 20

static gboolean
never (gpointer data)
{
  return FALSE;
}

void
camera_rest (void)
{
  sobre_wait_until (never, NULL, SECONDS_TO_SETTLE);
}

void
camera_wait (gboolean (*condition) (gpointer data), gpointer data, const char *what)
{
  if (!sobre_wait_until (condition, data, SECONDS_TO_LOAD))
    g_error ("%s never came up", what);
}

static GtkWidget *
get_content (Camera *self)
{
  return adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window));
}

static gboolean
has_size (gpointer data)
{
  Camera *self = data;

  return gtk_widget_get_width (get_content (self)) == self->size.width &&
         gtk_widget_get_height (get_content (self)) == self->size.height;
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *n_frames = data;

  (*n_frames)++;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_frames (gpointer data)
{
  return *(const guint *) data >= FRAMES_TO_SETTLE;
}

/* What was last asked for is on the screen, and stands still. */
static void
settle (Camera *self)
{
  guint n_frames = 0;
  guint counter = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), count_frame, &n_frames, NULL);

  camera_rest ();
  if (!sobre_wait_until (has_frames, &n_frames, SECONDS_TO_DRAW))
    g_error ("The window is not drawn");
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), counter);
}

/* Without a window manager a size is not always taken at once: a difference is made up for, unless it is so large that the size of before
 * must still be there. */
void
camera_resize (Camera *self, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (self->window);

  self->size.width = width;
  self->size.height = height;
  if (has_size (self))
    return;
  gtk_window_set_default_size (window, width, height);
  sobre_wait_until (has_size, self, 0.5);
  for (guint i = 0; i < RESIZE_TRIES && !has_size (self); i++)
    {
      int wide, high;

      gtk_window_get_default_size (window, &wide, &high);
      wide += width - gtk_widget_get_width (get_content (self));
      high += height - gtk_widget_get_height (get_content (self));
      if (wide > 0 && high > 0)
        gtk_window_set_default_size (window, wide, high);
      sobre_wait_until (has_size, self, 1);
    }
  if (!has_size (self))
    g_error ("The window is %d × %d, not %d × %d", gtk_widget_get_width (get_content (self)),
             gtk_widget_get_height (get_content (self)), width, height);
}

/* What the window looks like; nothing while it is about to be laid out. */
static GskRenderNode *
snapshot (Camera *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self->window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), self->size.width, self->size.height);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
save_picture (Camera *self, const char *path)
{
  g_autoptr (GskRenderNode) node = snapshot (self);
  g_autoptr (GdkTexture) texture = NULL;

  for (guint i = 0; node == NULL && i < SNAPSHOT_TRIES; i++)
    {
      settle (self);
      node = snapshot (self);
    }
  if (node == NULL)
    g_error ("The window is never laid out for %s", path);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (self->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, self->size.width, self->size.height));
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s could not be written", path);
}

void
camera_take (Camera *self, const char *name)
{
  gboolean both = g_str_equal (self->look, "plain") || g_str_equal (self->look, "contrast");

  for (int dark = 0; dark <= (both ? 1 : 0); dark++)
    {
      const char *scheme = dark ? "dark" : "light";
      const char *look = g_str_equal (self->look, "plain") ? "" : self->look;
      g_autofree char *file = g_strdup_printf ("%s-%d-%s%s%s.png", name, self->size.width, both ? scheme : "",
                                               both && *look != '\0' ? "-" : "", look);
      g_autofree char *path = g_build_filename (self->folder, file, NULL);

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
      settle (self);
      save_picture (self, path);
    }
}

/* AWS has answered. */
static gboolean
has_looked (gpointer data)
{
  GtkWidget *page = sobre_find_widget (GTK_WIDGET (((Camera *) data)->window), SOBRE_TYPE_CLOUD_PAGE);
  GtkStack *stack = sobre_find_widget (page, GTK_TYPE_STACK);

  return !g_str_equal (gtk_stack_get_visible_child_name (stack), "looking");
}

void
camera_show_page (Camera *self, const char *page)
{
  sobre_window_show_page (self->window, page);
  if (g_str_equal (page, "cloud") && !sobre_wait_until (has_looked, self, SECONDS_TO_LOAD))
    g_error ("AWS does not answer");
}
