/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

#include <math.h>

#define BAND_OPACITY 0.13

G_DECLARE_FINAL_TYPE (SobreBandLayer, sobre_band_layer, SOBRE, BAND_LAYER, SobreLayer)

struct _SobreBandLayer
{
  SobreLayer parent_instance;
  SobreSeries *low;
  SobreSeries *high;
};

G_DEFINE_FINAL_TYPE (SobreBandLayer, sobre_band_layer, SOBRE_TYPE_LAYER)

static gboolean
has_both (const SobreBandLayer *self, guint point)
{
  return point < self->low->n_points && isfinite (self->low->y[point]) && isfinite (self->high->y[point]);
}

/* The band may reach beyond the scale; the frame's edge is where it ends. */
static double
get_y (const SobreFrame *frame, double value)
{
  return CLAMP (sobre_frame_get_y (frame, value), frame->box.y, frame->box.y + frame->box.height);
}

static void
fill_run (const SobreBandLayer *self, cairo_t *cr, const SobreFrame *frame, guint first, guint end)
{
  cairo_new_path (cr);
  for (guint i = first; i < end; i++)
    cairo_line_to (cr, sobre_frame_get_x (frame, self->high->x[i]), get_y (frame, self->high->y[i]));
  for (guint i = end; i > first; i--)
    cairo_line_to (cr, sobre_frame_get_x (frame, self->low->x[i - 1]), get_y (frame, self->low->y[i - 1]));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
sobre_band_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  const SobreBandLayer *self = SOBRE_BAND_LAYER (layer);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  SobreColor color = sobre_canvas_get_theme (canvas)->data;
  guint first = 0;

  color.alpha = BAND_OPACITY;
  cairo_save (cr);
  sobre_color_set (color, cr);
  while (first < self->low->n_points)
    {
      guint end = first;

      while (has_both (self, end))
        end++;
      if (end > first + 1)
        fill_run (self, cr, frame, first, end);
      first = end + 1;
    }
  cairo_restore (cr);
}

static void
sobre_band_layer_finalize (GObject *object)
{
  SobreBandLayer *self = SOBRE_BAND_LAYER (object);

  g_clear_pointer (&self->low, sobre_series_unref);
  g_clear_pointer (&self->high, sobre_series_unref);
  G_OBJECT_CLASS (sobre_band_layer_parent_class)->finalize (object);
}

static void
sobre_band_layer_class_init (SobreBandLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_band_layer_finalize;
  SOBRE_LAYER_CLASS (klass)->draw = sobre_band_layer_draw;
}

static void
sobre_band_layer_init (SobreBandLayer *self)
{
}

SobreLayer *
sobre_band_layer_new (SobreSeries *low, SobreSeries *high)
{
  SobreBandLayer *self = g_object_new (sobre_band_layer_get_type (), NULL);

  self->low = sobre_series_ref (low);
  self->high = sobre_series_ref (high);
  return SOBRE_LAYER (self);
}
