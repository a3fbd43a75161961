/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "scan/sobre-figures.h"
#include "sobre-format.h"

#define LINE_WIDTH 2.0
#define POINT_RADIUS 2.6
#define LEAST_POINT_SPACING 7.0
#define HIT_DISTANCE 24.0
#define MARK_STEP 6.0

G_DECLARE_FINAL_TYPE (SobreLineLayer, sobre_line_layer, SOBRE, LINE_LAYER, SobreLayer)

struct _SobreLineLayer
{
  SobreLayer parent_instance;
  SobreSeries *series;
};

G_DEFINE_FINAL_TYPE (SobreLineLayer, sobre_line_layer, SOBRE_TYPE_LAYER)

char *
sobre_series_describe (const SobreSeries *series, int point, gboolean days)
{
  g_autofree char *where =
      days ? sobre_format_weekday_and_day ((gint32) series->x[point]) : sobre_format_number (series->x[point], 2);
  g_autofree char *value = sobre_format_number (series->y[point], 2);
  g_autofree char *count = sobre_format_count (series->counts[point]);

  /* Translators: a point of a chart: its day, its value, the number of answers behind it. */
  return g_strdup_printf (_ ("%s: %s, n = %s"), where, value, count);
}

int
sobre_series_hit_test (const SobreSeries *series, const SobreFrame *frame, double x)
{
  double value = frame->x->min + (x - frame->box.x) / frame->box.width * (frame->x->max - frame->x->min);
  int nearest = sobre_series_find_nearest (series, value);

  if (nearest < 0 || fabs (sobre_frame_get_x (frame, series->x[nearest]) - x) > HIT_DISTANCE)
    return -1;
  return nearest;
}

static gboolean
is_gap (const SobreSeries *series, int point)
{
  return point < 0 || point >= (int) series->n_points || !isfinite (series->y[point]);
}

static void
draw_segment (const SobreSeries *series, cairo_t *cr, const SobreFrame *frame, int from)
{
  const double dashes[] = { 3, 2.5 };

  cairo_set_dash (cr, dashes, series->counts[from + 1] < SOBRE_SMALL_SAMPLE ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_move_to (cr, sobre_frame_get_x (frame, series->x[from]), sobre_frame_get_y (frame, series->y[from]));
  cairo_line_to (cr, sobre_frame_get_x (frame, series->x[from + 1]), sobre_frame_get_y (frame, series->y[from + 1]));
  cairo_stroke (cr);
}

/* A run of points with enough answers is one path, so that its corners are joined. */
static int
draw_run (const SobreSeries *series, cairo_t *cr, const SobreFrame *frame, int from)
{
  int i = from;

  cairo_move_to (cr, sobre_frame_get_x (frame, series->x[i]), sobre_frame_get_y (frame, series->y[i]));
  while (!is_gap (series, i + 1) && series->counts[i + 1] >= SOBRE_SMALL_SAMPLE)
    {
      i++;
      cairo_line_to (cr, sobre_frame_get_x (frame, series->x[i]), sobre_frame_get_y (frame, series->y[i]));
    }
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_stroke (cr);
  return i;
}

static void
draw_point (const SobreSeries *series, cairo_t *cr, const SobreFrame *frame, const SobreTheme *theme, int point)
{
  gboolean small = series->counts[point] < SOBRE_SMALL_SAMPLE;

  cairo_new_path (cr);
  cairo_arc (cr, sobre_frame_get_x (frame, series->x[point]), sobre_frame_get_y (frame, series->y[point]), POINT_RADIUS, 0,
             2 * G_PI);
  cairo_set_dash (cr, NULL, 0, 0);
  sobre_color_set (small ? theme->card : theme->data, cr);
  cairo_fill_preserve (cr);
  sobre_color_set (theme->data, cr);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

/* A segment's marks are small boxes along it, so that words may stand in the corner over or under it. */
static void
mark_segment (const SobreSeries *series, SobreCanvas *canvas, const SobreFrame *frame, int from)
{
  double x = sobre_frame_get_x (frame, series->x[from]), y = sobre_frame_get_y (frame, series->y[from]);
  double across = sobre_frame_get_x (frame, series->x[from + 1]) - x, down = sobre_frame_get_y (frame, series->y[from + 1]) - y;
  int n = MAX ((int) ceil (hypot (across, down) / MARK_STEP), 1);

  for (int i = 0; i <= n; i++)
    sobre_canvas_add_mark (
        canvas, &(SobreBox) { x + across * i / n - LINE_WIDTH, y + down * i / n - LINE_WIDTH, 2 * LINE_WIDTH, 2 * LINE_WIDTH });
}

static void
sobre_line_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  const SobreSeries *series = SOBRE_LINE_LAYER (layer)->series;
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  gboolean roomy = frame->box.width / MAX (series->n_points, 1) >= LEAST_POINT_SPACING;

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, LINE_WIDTH);
  sobre_color_set (theme->data, cr);
  for (int i = 0; i < (int) series->n_points; i++)
    {
      if (is_gap (series, i) || is_gap (series, i + 1))
        continue;
      if (series->counts[i + 1] < SOBRE_SMALL_SAMPLE)
        draw_segment (series, cr, frame, i);
      else
        i = draw_run (series, cr, frame, i) - 1;
    }
  for (int i = 0; i < (int) series->n_points; i++)
    if (!is_gap (series, i) && !is_gap (series, i + 1))
      mark_segment (series, canvas, frame, i);
  for (int i = 0; i < (int) series->n_points; i++)
    {
      gboolean alone = is_gap (series, i - 1) && is_gap (series, i + 1);

      if (!is_gap (series, i) && (alone || (roomy && series->counts[i] < SOBRE_SMALL_SAMPLE)))
        draw_point (series, cr, frame, theme, i);
    }
  cairo_restore (cr);
}

static int
sobre_line_layer_hit_test (SobreLayer *layer, const SobreFrame *frame, double x, double y)
{
  return sobre_series_hit_test (SOBRE_LINE_LAYER (layer)->series, frame, x);
}

static char *
sobre_line_layer_describe (SobreLayer *layer, int point)
{
  return sobre_series_describe (SOBRE_LINE_LAYER (layer)->series, point, TRUE);
}

static void
sobre_line_layer_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_LINE_LAYER (object)->series, sobre_series_unref);
  G_OBJECT_CLASS (sobre_line_layer_parent_class)->finalize (object);
}

static void
sobre_line_layer_class_init (SobreLineLayerClass *klass)
{
  SobreLayerClass *layer_class = SOBRE_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_line_layer_finalize;
  layer_class->draw = sobre_line_layer_draw;
  layer_class->hit_test = sobre_line_layer_hit_test;
  layer_class->describe = sobre_line_layer_describe;
}

static void
sobre_line_layer_init (SobreLineLayer *self)
{
}

SobreLayer *
sobre_line_layer_new (SobreSeries *series)
{
  SobreLineLayer *self = g_object_new (sobre_line_layer_get_type (), NULL);

  self->series = sobre_series_ref (series);
  return SOBRE_LAYER (self);
}
