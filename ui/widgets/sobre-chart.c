/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-chart.h"

#include <adwaita.h>
#include <math.h>

#define CHART_MINIMUM_WIDTH 120
#define CHART_NATURAL_WIDTH 320
#define CURSOR_WIDTH 2.0

/* A plot may be drawn somewhat lower than suits it, so that a page fits its window; a tile may not. */
#define CHART_RIGID_HEIGHT 160
#define CHART_LEAST_SHARE 0.86

#define USUAL_DPI 96
#define MOST_SCALE 3
#define CURSOR_RADIUS 6.0
#define CURSOR_GAP 1.5

struct _SobreChart
{
  GtkWidget parent_instance;

  SobreDrawing *drawing;
  cairo_surface_t *measure_surface;
  gboolean rigid;
  int cursor_row; /* of a drawing with cells; -1 before the keyboard was used */
  int cursor_column;
  int selected_row; /* -1 for none */
  int selected_column;
};

enum
{
  PROP_DRAWING = 1,
};

G_DEFINE_FINAL_TYPE (SobreChart, sobre_chart, GTK_TYPE_WIDGET)

static const SobreTheme *
get_theme (SobreChart *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return sobre_theme_get (dark ? SOBRE_THEME_DARK_CONTRAST : SOBRE_THEME_LIGHT_CONTRAST);
  return sobre_theme_get (dark ? SOBRE_THEME_DARK : SOBRE_THEME_LIGHT);
}

/* How many pixels a unit of the drawing has: with large text, all of it is drawn larger. */
static double
get_scale (SobreChart *self)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / 1024.0 / USUAL_DPI, 1, MOST_SCALE) : 1;
}

static double
get_width (SobreChart *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) / get_scale (self);
}

static double
get_height (SobreChart *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self)) / get_scale (self);
}

/* Text is measured on a surface of no size, with the same fonts that the screen gets. */
static SobreCanvas *
make_measure_canvas (SobreChart *self)
{
  cairo_t *cr = cairo_create (self->measure_surface);
  SobreCanvas *canvas = sobre_canvas_new (cr, get_theme (self));

  cairo_destroy (cr);
  return canvas;
}

static void
sobre_chart_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  SobreChart *self = SOBRE_CHART (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = CHART_MINIMUM_WIDTH;
      *natural = CHART_NATURAL_WIDTH;
    }
  else if (self->drawing != NULL)
    {
      g_autoptr (SobreCanvas) canvas = make_measure_canvas (self);
      double scale = get_scale (self);
      double width = for_size > 0 ? for_size / scale : CHART_NATURAL_WIDTH;

      *natural = (int) ceil (sobre_drawing_get_height (self->drawing, canvas, width) * scale);
      *minimum = !self->rigid && *natural > CHART_RIGID_HEIGHT ? (int) (*natural * CHART_LEAST_SHARE) : *natural;
    }
  else
    {
      *minimum = *natural = 0;
    }
}

static GtkSizeRequestMode
sobre_chart_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
get_cell_box (SobreChart *self, int row, int column, SobreBox *box)
{
  g_autoptr (SobreCanvas) canvas = make_measure_canvas (self);

  return self->drawing != NULL &&
         sobre_drawing_get_cell_box (self->drawing, canvas, get_width (self), get_height (self), row, column, box);
}

static void
outline_cell (SobreChart *self, cairo_t *cr, int row, int column)
{
  g_autoptr (SobreCanvas) canvas = NULL;
  SobreBox box;

  if (row < 0 || !get_cell_box (self, row, column, &box))
    return;
  canvas = sobre_canvas_new (cr, get_theme (self));
  box = (SobreBox) { box.x - CURSOR_GAP, box.y - CURSOR_GAP, box.width + 2 * CURSOR_GAP, box.height + 2 * CURSOR_GAP };
  cairo_new_path (cr);
  sobre_canvas_add_rounded_box (canvas, &box, CURSOR_RADIUS);
  sobre_color_set (get_theme (self)->ink, cr);
  cairo_set_line_width (cr, CURSOR_WIDTH);
  cairo_stroke (cr);
}

static void
sobre_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SobreChart *self = SOBRE_CHART (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr (SobreCanvas) canvas = NULL;
  cairo_t *cr;

  if (self->drawing == NULL || width == 0 || height == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_scale (cr, get_scale (self), get_scale (self));
  canvas = sobre_canvas_new (cr, get_theme (self));
  sobre_canvas_set_mirrored (canvas, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  sobre_drawing_draw (self->drawing, canvas, get_width (self), get_height (self));
  outline_cell (self, cr, self->selected_row, self->selected_column);
  if (gtk_widget_has_visible_focus (widget))
    outline_cell (self, cr, self->cursor_row, self->cursor_column);
  cairo_destroy (cr);
}

static gboolean
sobre_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_mode, GtkTooltip *tooltip)
{
  SobreChart *self = SOBRE_CHART (widget);
  g_autoptr (SobreCanvas) canvas = NULL;
  g_autofree char *text = NULL;

  if (self->drawing == NULL)
    return FALSE;
  if (keyboard_mode)
    {
      text = sobre_drawing_make_summary (self->drawing);
    }
  else
    {
      canvas = make_measure_canvas (self);
      text = sobre_drawing_hit_test (self->drawing, canvas, get_width (self), get_height (self), x / get_scale (self),
                                     y / get_scale (self));
    }
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* Says what the cell under the cursor shows, as its tooltip does. */
static void
announce_cursor (SobreChart *self)
{
  g_autoptr (SobreCanvas) canvas = make_measure_canvas (self);
  g_autofree char *text = NULL;
  SobreBox box;

  if (get_cell_box (self, self->cursor_row, self->cursor_column, &box))
    text = sobre_drawing_hit_test (self->drawing, canvas, get_width (self), get_height (self), box.x + box.width / 2,
                                   box.y + box.height / 2);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
move_cursor (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  SobreChart *self = SOBRE_CHART (widget);
  g_autoptr (SobreCanvas) canvas = make_measure_canvas (self);
  int down;
  int right;

  if (self->drawing == NULL)
    return FALSE;
  g_variant_get (arguments, "(ii)", &down, &right);
  if (!sobre_drawing_step_cell (self->drawing, canvas, get_width (self), get_height (self), down, right, &self->cursor_row,
                                &self->cursor_column) &&
      self->cursor_row < 0)
    return FALSE;
  announce_cursor (self);
  return TRUE;
}

static gboolean
activate_cursor (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  SobreChart *self = SOBRE_CHART (widget);

  if (self->cursor_row < 0)
    return FALSE;
  g_signal_emit_by_name (self, "cell-activated", self->cursor_row, self->cursor_column);
  return TRUE;
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, SobreChart *self)
{
  g_autoptr (SobreCanvas) canvas = make_measure_canvas (self);
  int row;
  int column;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->drawing == NULL || !sobre_drawing_find_cell (self->drawing, canvas, get_width (self), get_height (self),
                                                         x / get_scale (self), y / get_scale (self), &row, &column))
    return;
  self->cursor_row = row;
  self->cursor_column = column;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "cell-activated", row, column);
}

static void
sobre_chart_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_DRAWING)
    g_value_set_object (value, SOBRE_CHART (object)->drawing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_chart_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_DRAWING)
    sobre_chart_set_drawing (SOBRE_CHART (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_chart_dispose (GObject *object)
{
  SobreChart *self = SOBRE_CHART (object);

  g_clear_object (&self->drawing);
  G_OBJECT_CLASS (sobre_chart_parent_class)->dispose (object);
}

static void
sobre_chart_finalize (GObject *object)
{
  cairo_surface_destroy (SOBRE_CHART (object)->measure_surface);
  G_OBJECT_CLASS (sobre_chart_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, move_cursor, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, move_cursor, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_cursor, "(ii)", 0, -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_cursor, "(ii)", 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cursor, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cursor, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cursor, NULL);
}

static void
sobre_chart_class_init (SobreChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_chart_get_property;
  object_class->set_property = sobre_chart_set_property;
  object_class->dispose = sobre_chart_dispose;
  object_class->finalize = sobre_chart_finalize;
  widget_class->measure = sobre_chart_measure;
  widget_class->get_request_mode = sobre_chart_get_request_mode;
  widget_class->snapshot = sobre_chart_snapshot;
  widget_class->query_tooltip = sobre_chart_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  g_object_class_install_property (object_class, PROP_DRAWING,
                                   g_param_spec_object ("drawing", NULL, NULL, SOBRE_TYPE_DRAWING,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));

  /**
   * SobreChart::cell-activated:
   * @row: as sobre_drawing_find_cell() says
   * @column: likewise
   *
   * A cell was clicked, or Enter or Space was pressed on it.
   */
  g_signal_new ("cell-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT,
                G_TYPE_INT);
  add_bindings (widget_class);
}

static void
sobre_chart_init (SobreChart *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  self->cursor_row = self->cursor_column = -1;
  self->selected_row = self->selected_column = -1;
  self->measure_surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sobre_chart_new (void)
{
  return g_object_new (SOBRE_TYPE_CHART, NULL);
}

SobreDrawing *
sobre_chart_get_drawing (SobreChart *self)
{
  return self->drawing;
}

void
sobre_chart_set_drawing (SobreChart *self, SobreDrawing *drawing)
{
  g_autofree char *summary = NULL;

  if (!g_set_object (&self->drawing, drawing))
    return;
  if (drawing != NULL)
    {
      summary = sobre_drawing_make_summary (drawing);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sobre_drawing_get_title (drawing),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "drawing");
}

void
sobre_chart_select_cell (SobreChart *self, int row, int column)
{
  self->selected_row = row;
  self->selected_column = column;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sobre_chart_set_rigid (SobreChart *self, gboolean rigid)
{
  self->rigid = rigid;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
