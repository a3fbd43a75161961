/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

#define OPACITY 0.09

G_DECLARE_FINAL_TYPE (SobreSpanLayer, sobre_span_layer, SOBRE, SPAN_LAYER, SobreLayer)

struct _SobreSpanLayer
{
  SobreLayer parent_instance;
  double from;
  double to;
};

G_DEFINE_FINAL_TYPE (SobreSpanLayer, sobre_span_layer, SOBRE_TYPE_LAYER)

static void
sobre_span_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  SobreSpanLayer *self = SOBRE_SPAN_LAYER (layer);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  SobreColor ground = sobre_canvas_get_theme (canvas)->dim;
  double left = MAX (sobre_frame_get_x (frame, self->from), frame->box.x);
  double right = MIN (sobre_frame_get_x (frame, self->to), frame->box.x + frame->box.width);

  if (right <= left)
    return;
  cairo_rectangle (cr, left, frame->box.y, right - left, frame->box.height);
  ground.alpha = OPACITY; /* the grid shows through */
  sobre_color_set (ground, cr);
  cairo_fill (cr);
}

static void
sobre_span_layer_class_init (SobreSpanLayerClass *klass)
{
  SOBRE_LAYER_CLASS (klass)->draw = sobre_span_layer_draw;
}

static void
sobre_span_layer_init (SobreSpanLayer *self)
{
}

SobreLayer *
sobre_span_layer_new (double from, double to)
{
  SobreSpanLayer *self = g_object_new (sobre_span_layer_get_type (), NULL);

  self->from = from;
  self->to = to;
  return SOBRE_LAYER (self);
}
