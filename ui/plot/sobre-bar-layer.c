/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer-private.h"

#include <math.h>

#define BAR_SHARE 0.7 /* of the room a point has */

G_DECLARE_FINAL_TYPE (SobreBarLayer, sobre_bar_layer, SOBRE, BAR_LAYER, SobreLayer)

struct _SobreBarLayer
{
  SobreLayer parent_instance;
  SobreSeries *series;
};

G_DEFINE_FINAL_TYPE (SobreBarLayer, sobre_bar_layer, SOBRE_TYPE_LAYER)

static void
sobre_bar_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  const SobreSeries *series = SOBRE_BAR_LAYER (layer)->series;
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  double width = MAX (frame->box.width / MAX (series->n_points, 1) * BAR_SHARE, 0.5);
  double zero = sobre_frame_get_y (frame, 0);

  cairo_save (cr);
  cairo_rectangle (cr, frame->box.x, frame->box.y, frame->box.width, frame->box.height);
  cairo_clip (cr);
  sobre_color_set (sobre_canvas_get_theme (canvas)->data, cr);
  for (guint i = 0; i < series->n_points; i++)
    if (isfinite (series->y[i]))
      cairo_rectangle (cr, sobre_frame_get_x (frame, series->x[i]) - width / 2, zero, width,
                       sobre_frame_get_y (frame, series->y[i]) - zero);
  cairo_fill (cr);
  cairo_restore (cr);
}

static int
sobre_bar_layer_hit_test (SobreLayer *layer, const SobreFrame *frame, double x, double y)
{
  return sobre_series_hit_test (SOBRE_BAR_LAYER (layer)->series, frame, x);
}

static char *
sobre_bar_layer_describe (SobreLayer *layer, int point)
{
  return sobre_series_describe (SOBRE_BAR_LAYER (layer)->series, point, TRUE);
}

static void
sobre_bar_layer_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_BAR_LAYER (object)->series, sobre_series_unref);
  G_OBJECT_CLASS (sobre_bar_layer_parent_class)->finalize (object);
}

static void
sobre_bar_layer_class_init (SobreBarLayerClass *klass)
{
  SobreLayerClass *layer_class = SOBRE_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_bar_layer_finalize;
  layer_class->draw = sobre_bar_layer_draw;
  layer_class->hit_test = sobre_bar_layer_hit_test;
  layer_class->describe = sobre_bar_layer_describe;
}

static void
sobre_bar_layer_init (SobreBarLayer *self)
{
}

SobreLayer *
sobre_bar_layer_new (SobreSeries *series)
{
  SobreBarLayer *self = g_object_new (sobre_bar_layer_get_type (), NULL);

  self->series = sobre_series_ref (series);
  return SOBRE_LAYER (self);
}
