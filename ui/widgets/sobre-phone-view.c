/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-phone-view.h"

#define LEAST_WIDTH 240
#define BOTTOM 32

struct _SobrePhoneView
{
  GtkWidget parent_instance;

  SobrePhoneSketch *sketch;
  char *anchor; /* (nullable): what is to be in sight once there is room for it */
};

G_DEFINE_FINAL_TYPE (SobrePhoneView, sobre_phone_view, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
sobre_phone_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sobre_phone_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  SobrePhoneView *self = SOBRE_PHONE_VIEW (widget);
  double scale = (for_size > 0 ? for_size : LEAST_WIDTH) / SOBRE_PHONE_WIDTH;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = (int) SOBRE_PHONE_WIDTH;
    }
  else
    *minimum = *natural = self->sketch != NULL ? (int) (scale * (sobre_phone_sketch_get_y (self->sketch) + BOTTOM)) : 0;
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SobrePhoneView *self = SOBRE_PHONE_VIEW (widget);
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  double y = self->sketch != NULL && self->anchor != NULL ? sobre_phone_sketch_find_anchor (self->sketch, self->anchor) : -1;
  double scale = gtk_widget_get_width (widget) / SOBRE_PHONE_WIDTH;

  if (y >= 0 && scrolled != NULL)
    {
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), y * scale);
      g_clear_pointer (&self->anchor, g_free);
    }
  return G_SOURCE_REMOVE;
}

static void
sobre_phone_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SobrePhoneView *self = SOBRE_PHONE_VIEW (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  float width = (float) gtk_widget_get_width (widget);
  float scale = width / (float) SOBRE_PHONE_WIDTH;
  GdkRGBA ground;

  if (self->sketch == NULL)
    return;
  ground = sobre_phone_sketch_get_ground (self->sketch, dark);
  gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, 0, width, (float) gtk_widget_get_height (widget)));
  gtk_snapshot_scale (snapshot, scale, scale);
  sobre_phone_sketch_snapshot (self->sketch, snapshot, dark);
}

/* The height is known now, so the place is there. */
static void
sobre_phone_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SobrePhoneView *self = SOBRE_PHONE_VIEW (widget);

  if (self->anchor != NULL)
    gtk_widget_add_tick_callback (widget, scroll_cb, NULL, NULL);
}

static void
sobre_phone_view_dispose (GObject *object)
{
  g_clear_pointer (&SOBRE_PHONE_VIEW (object)->sketch, sobre_phone_sketch_free);
  g_clear_pointer (&SOBRE_PHONE_VIEW (object)->anchor, g_free);
  G_OBJECT_CLASS (sobre_phone_view_parent_class)->dispose (object);
}

static void
sobre_phone_view_class_init (SobrePhoneViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_phone_view_dispose;
  widget_class->get_request_mode = sobre_phone_view_get_request_mode;
  widget_class->measure = sobre_phone_view_measure;
  widget_class->size_allocate = sobre_phone_view_size_allocate;
  widget_class->snapshot = sobre_phone_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "phone");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sobre_phone_view_init (SobrePhoneView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

void
sobre_phone_view_set_sketch (SobrePhoneView *self, SobrePhoneSketch *sketch, const char *label)
{
  g_clear_pointer (&self->sketch, sobre_phone_sketch_free);
  self->sketch = sketch;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
sobre_phone_view_show (SobrePhoneView *self, const char *anchor)
{
  g_set_str (&self->anchor, anchor);
  if (anchor != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}
