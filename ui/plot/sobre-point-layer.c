/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

#include <math.h>
#include <stdlib.h>

#include "scan/sobre-figures.h"

#define RADIUS 4.5
#define GAP 2.0
#define HIT_DISTANCE 16.0
#define LABEL_SIZE 11.0
#define LABEL_WIDTH 150.0
#define LINE_SHARE 1.7 /* of the letters' size: what a line of them takes at most, in any font */
#define BASELINE_SHARE 1.2
#define LABEL_MARGIN 2.0
#define FAR_BELOW 0.3 /* under the usual by this much a point is marked */
#define N_PLACES 6

/* Each point is drawn; its name only where there is room for it, those that are farthest from the usual first. */

G_DECLARE_FINAL_TYPE (SobrePointLayer, sobre_point_layer, SOBRE, POINT_LAYER, SobreLayer)

struct _SobrePointLayer
{
  SobreLayer parent_instance;
  SobreSeries *series;
  double usual;
  char **names;
  char **words;
};

G_DEFINE_FINAL_TYPE (SobrePointLayer, sobre_point_layer, SOBRE_TYPE_LAYER)

static SobreBox
get_mark (const SobreSeries *series, const SobreFrame *frame, guint point)
{
  double x = sobre_frame_get_x (frame, series->x[point]), y = sobre_frame_get_y (frame, series->y[point]);

  return (SobreBox) { x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS };
}

static void
draw_point (const SobrePointLayer *self, SobreCanvas *canvas, const SobreFrame *frame, guint point)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  const double dashes[] = { 2, 1.5 };
  gboolean low = isfinite (self->usual) && self->series->y[point] <= self->usual - FAR_BELOW;

  cairo_new_path (cr);
  cairo_arc (cr, sobre_frame_get_x (frame, self->series->x[point]), sobre_frame_get_y (frame, self->series->y[point]), RADIUS,
             0, 2 * G_PI);
  if (self->series->counts[point] < SOBRE_SMALL_SAMPLE)
    {
      sobre_color_set (theme->card, cr);
      cairo_fill_preserve (cr);
      sobre_color_set (theme->dim, cr);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
    }
  else
    {
      sobre_color_set (low ? theme->warning : theme->data, cr);
      cairo_fill_preserve (cr);
      sobre_color_set (theme->card, cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

/* Where a name may stand, the best place first: beside its point, over it, under it. */
static SobreBox
get_place (guint place, const SobreBox *mark, double width)
{
  const double height = LABEL_SIZE * LINE_SHARE;
  double x = mark->x + mark->width / 2, y = mark->y + mark->height / 2;
  const double lefts[N_PLACES] = { x + RADIUS + GAP, x - RADIUS - GAP - width, x - width / 2, x - width / 2, x, x - width };
  const double tops[N_PLACES] = {
    y - height / 2, y - height / 2, y - RADIUS - GAP - height, y + RADIUS + GAP, y - RADIUS - GAP - height, y + RADIUS + GAP
  };

  return (SobreBox) { lefts[place], tops[place], width, height };
}

static void
draw_name (const SobrePointLayer *self, SobreCanvas *canvas, const SobreFrame *frame, guint point)
{
  const SobreTextStyle style = { LABEL_SIZE, 500, sobre_canvas_get_theme (canvas)->ink };
  SobreBox mark = get_mark (self->series, frame, point);
  double width = MIN (sobre_canvas_measure (canvas, self->names[point], &style), LABEL_WIDTH);
  double room = width + 2 * LABEL_MARGIN;

  for (guint i = 0; i < N_PLACES; i++)
    {
      SobreBox box = get_place (i, &mark, room);

      if (!sobre_box_contains (&frame->box, &box) || sobre_canvas_is_taken (canvas, &box) ||
          sobre_canvas_is_marked (canvas, &box))
        continue;
      if (room < LABEL_WIDTH)
        sobre_canvas_draw_rim (canvas, self->names[point], &style, box.x + LABEL_MARGIN, box.y + LABEL_SIZE * BASELINE_SHARE);
      sobre_canvas_draw_text (canvas, self->names[point], &style, SOBRE_ALIGN_START, box.x + LABEL_MARGIN,
                              box.y + LABEL_SIZE * BASELINE_SHARE, width + 1);
      return;
    }
}

static void
draw_usual (const SobrePointLayer *self, SobreCanvas *canvas, const SobreFrame *frame)
{
  double y = sobre_frame_get_y (frame, self->usual);

  if (isfinite (self->usual) && self->usual >= frame->y->min && self->usual <= frame->y->max)
    sobre_canvas_draw_line (canvas, frame->box.x, y, frame->box.x + frame->box.width, y, sobre_canvas_get_theme (canvas)->dim,
                            TRUE);
}

/** Place: how far a point is from the usual. */
typedef struct
{
  double distance;
  guint point;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  return x->distance != y->distance ? (x->distance < y->distance) - (x->distance > y->distance)
                                    : (x->point > y->point) - (x->point < y->point);
}

/* How far from the usual and from the edge of nobody's interest: what a manager would ask about first. */
static GArray *
order_points (const SobrePointLayer *self, const SobreFrame *frame)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < self->series->n_points; i++)
    {
      double usual = isfinite (self->usual) ? self->usual : frame->y->min;
      Place place = { fabs (self->series->y[i] - usual) / (frame->y->max - frame->y->min) +
                          0.6 * sobre_scale_map (frame->x, self->series->x[i]),
                      i };

      if (self->series->counts[i] < SOBRE_SMALL_SAMPLE)
        place.distance -= 10;
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

static void
sobre_point_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  SobrePointLayer *self = SOBRE_POINT_LAYER (layer);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  g_autoptr (GArray) places = order_points (self, frame);

  cairo_save (cr);
  draw_usual (self, canvas, frame);
  for (guint i = places->len; i > 0; i--)
    {
      guint point = g_array_index (places, Place, i - 1).point;
      SobreBox mark = get_mark (self->series, frame, point);

      draw_point (self, canvas, frame, point);
      sobre_canvas_add_mark (canvas, &mark);
    }
  for (guint i = 0; i < places->len; i++)
    draw_name (self, canvas, frame, g_array_index (places, Place, i).point);
  cairo_restore (cr);
}

static int
sobre_point_layer_hit_test (SobreLayer *layer, const SobreFrame *frame, double x, double y)
{
  const SobreSeries *series = SOBRE_POINT_LAYER (layer)->series;
  double nearest = HIT_DISTANCE;
  int found = -1;

  for (guint i = 0; i < series->n_points; i++)
    {
      double distance = hypot (sobre_frame_get_x (frame, series->x[i]) - x, sobre_frame_get_y (frame, series->y[i]) - y);

      if (distance < nearest)
        {
          nearest = distance;
          found = (int) i;
        }
    }
  return found;
}

static char *
sobre_point_layer_describe (SobreLayer *layer, int point)
{
  return g_strdup (SOBRE_POINT_LAYER (layer)->words[point]);
}

static void
sobre_point_layer_finalize (GObject *object)
{
  SobrePointLayer *self = SOBRE_POINT_LAYER (object);

  g_clear_pointer (&self->series, sobre_series_unref);
  g_strfreev (self->names);
  g_strfreev (self->words);
  G_OBJECT_CLASS (sobre_point_layer_parent_class)->finalize (object);
}

static void
sobre_point_layer_class_init (SobrePointLayerClass *klass)
{
  SobreLayerClass *layer_class = SOBRE_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_point_layer_finalize;
  layer_class->draw = sobre_point_layer_draw;
  layer_class->hit_test = sobre_point_layer_hit_test;
  layer_class->describe = sobre_point_layer_describe;
}

static void
sobre_point_layer_init (SobrePointLayer *self)
{
}

SobreLayer *
sobre_point_layer_new (SobreSeries *series, double usual, const char *const *names, const char *const *words)
{
  SobrePointLayer *self = g_object_new (sobre_point_layer_get_type (), NULL);

  g_return_val_if_fail (g_strv_length ((char **) names) == series->n_points, NULL);
  g_return_val_if_fail (g_strv_length ((char **) words) == series->n_points, NULL);

  self->series = sobre_series_ref (series);
  self->usual = usual;
  self->names = g_strdupv ((char **) names);
  self->words = g_strdupv ((char **) words);
  return SOBRE_LAYER (self);
}
