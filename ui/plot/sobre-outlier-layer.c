/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

#include <math.h>

#define RING_RADIUS 5.0
#define RING_WIDTH 2.5
#define REACH (RING_RADIUS + RING_WIDTH / 2)
#define GAP 5.0
#define N_SIDES 3
#define N_CANDIDATES (9 * N_SIDES)

/* An outlier's ring is always drawn; its words only where they are free, the newest first. */

G_DECLARE_FINAL_TYPE (SobreOutlierLayer, sobre_outlier_layer, SOBRE, OUTLIER_LAYER, SobreLayer)

struct _SobreOutlierLayer
{
  SobreLayer parent_instance;
  SobreSeries *series;
  char **labels;
};

G_DEFINE_FINAL_TYPE (SobreOutlierLayer, sobre_outlier_layer, SOBRE_TYPE_LAYER)

static void
draw_ring (cairo_t *cr, const SobreTheme *theme, double x, double y)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, RING_RADIUS, 0, 2 * G_PI);
  sobre_color_set (theme->card, cr);
  cairo_fill_preserve (cr);
  sobre_color_set (theme->warning, cr);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_stroke (cr);
}

static gboolean
covers_ring (const SobreOutlierLayer *self, const SobreFrame *frame, const SobreBox *box)
{
  for (guint i = 0; i < self->series->n_points; i++)
    {
      double x = sobre_frame_get_x (frame, self->series->x[i]);
      double y = sobre_frame_get_y (frame, self->series->y[i]);
      SobreBox ring = { x - REACH, y - REACH, 2 * REACH, 2 * REACH };

      if (isfinite (self->series->y[i]) && sobre_box_overlaps (box, &ring))
        return TRUE;
    }
  return FALSE;
}

/* Where words may stand, the best place first: beside the ring, then farther and farther over and under it. */
static SobreBox
get_candidate (guint i, double x, double y, double width, double size)
{
  const double lifts[] = { 0, 14, -14, 22, -22, 32, -32, 44, -44 };
  double lift = lifts[i / N_SIDES];
  double left = x - REACH - GAP - width;

  if (i % N_SIDES == 1)
    left = x + REACH + GAP;
  else if (i % N_SIDES == 2)
    left = x - width / 2;
  return (SobreBox) { left - 2, y + size * 0.36 + lift - size, width + 4, size * 1.3 };
}

static gboolean
is_free (const SobreOutlierLayer *self, SobreCanvas *canvas, const SobreFrame *frame, const SobreBox *box)
{
  return sobre_box_contains (&frame->box, box) && !sobre_canvas_is_taken (canvas, box) && !covers_ring (self, frame, box);
}

/* Rather over the line than not at all, but then with a rim, so that it can be read. */
static void
draw_label (const SobreOutlierLayer *self, SobreCanvas *canvas, const SobreFrame *frame, const char *label, double x, double y)
{
  const SobreTextStyle style = { 12, 600, sobre_canvas_get_theme (canvas)->warning_ink };
  double width = sobre_canvas_measure (canvas, label, &style);

  for (int over_marks = 0; over_marks <= 1; over_marks++)
    for (guint i = 0; i < N_CANDIDATES; i++)
      {
        SobreBox box = get_candidate (i, x, y, width, style.size);

        if (!is_free (self, canvas, frame, &box) || (!over_marks && sobre_canvas_is_marked (canvas, &box)))
          continue;
        sobre_canvas_draw_rim (canvas, label, &style, box.x + 2, box.y + style.size);
        sobre_canvas_draw_text (canvas, label, &style, SOBRE_ALIGN_START, box.x + 2, box.y + style.size, width + 1);
        return;
      }
}

static void
sobre_outlier_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  SobreOutlierLayer *self = SOBRE_OUTLIER_LAYER (layer);
  const SobreSeries *series = self->series;
  cairo_t *cr = sobre_canvas_get_cr (canvas);

  cairo_save (cr);
  for (guint i = series->n_points; i > 0; i--)
    {
      double x = sobre_frame_get_x (frame, series->x[i - 1]), y = sobre_frame_get_y (frame, series->y[i - 1]);

      if (!isfinite (y))
        continue;
      draw_ring (cr, sobre_canvas_get_theme (canvas), x, y);
      draw_label (self, canvas, frame, self->labels[i - 1], x, y);
    }
  cairo_restore (cr);
}

static int
sobre_outlier_layer_hit_test (SobreLayer *layer, const SobreFrame *frame, double x, double y)
{
  const SobreSeries *series = SOBRE_OUTLIER_LAYER (layer)->series;

  for (guint i = 0; i < series->n_points; i++)
    if (hypot (sobre_frame_get_x (frame, series->x[i]) - x, sobre_frame_get_y (frame, series->y[i]) - y) <= 2 * REACH)
      return (int) i;
  return -1;
}

static char *
sobre_outlier_layer_describe (SobreLayer *layer, int point)
{
  return g_strdup (SOBRE_OUTLIER_LAYER (layer)->labels[point]);
}

static void
sobre_outlier_layer_finalize (GObject *object)
{
  SobreOutlierLayer *self = SOBRE_OUTLIER_LAYER (object);

  g_clear_pointer (&self->series, sobre_series_unref);
  g_strfreev (self->labels);
  G_OBJECT_CLASS (sobre_outlier_layer_parent_class)->finalize (object);
}

static void
sobre_outlier_layer_class_init (SobreOutlierLayerClass *klass)
{
  SobreLayerClass *layer_class = SOBRE_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_outlier_layer_finalize;
  layer_class->draw = sobre_outlier_layer_draw;
  layer_class->hit_test = sobre_outlier_layer_hit_test;
  layer_class->describe = sobre_outlier_layer_describe;
}

static void
sobre_outlier_layer_init (SobreOutlierLayer *self)
{
}

SobreLayer *
sobre_outlier_layer_new (SobreSeries *series, const char *const *labels)
{
  SobreOutlierLayer *self = g_object_new (sobre_outlier_layer_get_type (), NULL);

  g_return_val_if_fail (g_strv_length ((char **) labels) == series->n_points, NULL);

  self->series = sobre_series_ref (series);
  self->labels = g_strdupv ((char **) labels);
  return SOBRE_LAYER (self);
}
