/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-plot.h"

#include "sobre-drawing-private.h"

#define NATURAL_HEIGHT 218.0
#define CAPTION_HEIGHT 18.0
#define BOTTOM_HEIGHT 24.0
#define TOP_MARGIN 6.0
#define RIGHT_MARGIN 7.0

struct _SobrePlot
{
  SobreDrawing parent_instance;
  SobreAxis *x;
  SobreAxis *y;
  GPtrArray *layers;
  char *summary;
  SobreDataTable *table;
  char *empty;
};

G_DEFINE_FINAL_TYPE (SobrePlot, sobre_plot, SOBRE_TYPE_DRAWING)

SobreFrame
sobre_plot_get_frame (SobrePlot *self, SobreCanvas *canvas, double width, double height)
{
  double left = sobre_axis_measure_left (self->y, canvas);
  double top = SOBRE_DRAWING_TITLES_HEIGHT + (self->y->caption != NULL ? CAPTION_HEIGHT : 0) + TOP_MARGIN;

  return (SobreFrame) {
    .box = { left, top, MAX (width - left - RIGHT_MARGIN, 1), MAX (height - top - BOTTOM_HEIGHT, 1) },
    .x = &self->x->scale,
    .y = &self->y->scale,
  };
}

/* A caption is pieces with " · " between, the less important ones last: as many of them as fit. */
static void
draw_caption (SobrePlot *self, SobreCanvas *canvas, double width, double baseline)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  g_autofree char *words = g_strdup (self->y->caption);
  char *end;

  while (sobre_canvas_measure (canvas, words, &style) > width && (end = g_strrstr (words, " · ")) != NULL)
    *end = '\0';
  sobre_canvas_draw_from_start (canvas, words, &style, 0, baseline, width, width);
}

static void
sobre_plot_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobrePlot *self = SOBRE_PLOT (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);
  SobreFrame frame = sobre_plot_get_frame (self, canvas, width, height);

  if (self->empty != NULL)
    {
      sobre_drawing_draw_empty (canvas, self->empty, width, top, height - top);
      return;
    }
  if (frame.box.width < 24 || frame.box.height < 14)
    return;
  if (self->y->caption != NULL)
    draw_caption (self, canvas, width, top + 9);
  sobre_axis_draw_left (self->y, canvas, &frame);
  sobre_axis_draw_bottom (self->x, canvas, &frame, width);
  for (guint i = 0; i < self->layers->len; i++)
    sobre_layer_draw (g_ptr_array_index (self->layers, i), canvas, &frame);
}

static double
sobre_plot_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  return NATURAL_HEIGHT;
}

/* The layer on top answers first. */
static char *
sobre_plot_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  SobrePlot *self = SOBRE_PLOT (drawing);
  SobreFrame frame = sobre_plot_get_frame (self, canvas, width, height);
  const SobreBox pointer = { x, y, 0, 0 };

  if (self->empty != NULL || !sobre_box_contains (&frame.box, &pointer))
    return NULL;
  for (guint i = self->layers->len; i > 0; i--)
    {
      char *found = sobre_layer_hit_test (g_ptr_array_index (self->layers, i - 1), &frame, x, y);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *
sobre_plot_make_summary (SobreDrawing *drawing)
{
  return g_strdup (SOBRE_PLOT (drawing)->summary);
}

static SobreDataTable *
sobre_plot_make_table (SobreDrawing *drawing)
{
  return sobre_data_table_copy (SOBRE_PLOT (drawing)->table);
}

static void
sobre_plot_finalize (GObject *object)
{
  SobrePlot *self = SOBRE_PLOT (object);

  g_clear_pointer (&self->x, sobre_axis_free);
  g_clear_pointer (&self->y, sobre_axis_free);
  g_ptr_array_unref (self->layers);
  g_free (self->summary);
  g_free (self->empty);
  g_clear_pointer (&self->table, sobre_data_table_free);
  G_OBJECT_CLASS (sobre_plot_parent_class)->finalize (object);
}

static void
sobre_plot_class_init (SobrePlotClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_plot_finalize;
  drawing_class->draw = sobre_plot_draw;
  drawing_class->get_height = sobre_plot_get_height;
  drawing_class->hit_test = sobre_plot_hit_test;
  drawing_class->make_summary = sobre_plot_make_summary;
  drawing_class->make_table = sobre_plot_make_table;
}

static void
sobre_plot_init (SobrePlot *self)
{
  const char *header[] = { NULL };

  self->layers = g_ptr_array_new_with_free_func (g_object_unref);
  self->summary = g_strdup ("");
  self->table = sobre_data_table_new (header);
}

SobrePlot *
sobre_plot_new (SobreAxis *x, SobreAxis *y)
{
  SobrePlot *self = g_object_new (SOBRE_TYPE_PLOT, NULL);

  self->x = x;
  self->y = y;
  return self;
}

void
sobre_plot_add_layer (SobrePlot *self, SobreLayer *layer)
{
  g_return_if_fail (SOBRE_IS_LAYER (layer));

  g_ptr_array_add (self->layers, layer);
}

void
sobre_plot_set_words (SobrePlot *self, const char *summary, SobreDataTable *table)
{
  g_set_str (&self->summary, summary);
  g_clear_pointer (&self->table, sobre_data_table_free);
  self->table = table;
}

void
sobre_plot_set_empty (SobrePlot *self, const char *words)
{
  g_set_str (&self->empty, words);
}
