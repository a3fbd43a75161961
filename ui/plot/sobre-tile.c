/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-tile.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-drawing-private.h"

#define NATURAL_HEIGHT 76.0
#define LABEL_BASELINE 11.0
#define VALUE_BASELINE 46.0
#define CHANGE_BASELINE 71.0
#define SPARK_SHARE 0.46
#define SPARK_TOP 25.0
#define SPARK_HEIGHT 28.0
#define GAP 10.0

struct _SobreTile
{
  SobreDrawing parent_instance;
  char *value;
  char *interval;
  char *change;
  int sense;
  char *detail;
  gboolean few;
  SobreSeries *spark;
};

G_DEFINE_FINAL_TYPE (SobreTile, sobre_tile, SOBRE_TYPE_DRAWING)

/* The line fills its box: a spark line shows the shape, the number beside it the size. */
static void
draw_spark (SobreTile *self, SobreCanvas *canvas, const SobreBox *box)
{
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  const SobreSeries *spark = self->spark;
  gboolean open = FALSE;
  double low, high, x = 0, y = 0;

  if (!sobre_series_get_range (spark, &low, &high))
    return;
  cairo_save (cr);
  sobre_color_set (self->few ? sobre_canvas_get_theme (canvas)->dim : sobre_canvas_get_theme (canvas)->data, cr);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_new_path (cr);
  for (guint i = 0; i < spark->n_points; i++)
    {
      gboolean gap = !isfinite (spark->y[i]);

      if (!gap)
        {
          x = box->x + box->width * i / MAX (spark->n_points - 1, 1);
          y = box->y + box->height * (high > low ? (high - spark->y[i]) / (high - low) : 0.5);
          (open ? cairo_line_to : cairo_move_to) (cr, x, y);
          if (!open)
            cairo_line_to (cr, x, y); /* a point between two gaps is a dot */
        }
      open = !gap;
    }
  cairo_stroke (cr);
  cairo_arc (cr, x, y, 3, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
}

static SobreColor
get_change_color (SobreTile *self, const SobreTheme *theme)
{
  return self->few || self->sense == 0 ? theme->dim : self->sense > 0 ? theme->good_ink : theme->warning_ink;
}

/* The largest size at which the value fits beside the spark line, or over the whole tile where it does not. */
static SobreTextStyle
fit_value (SobreTile *self, SobreCanvas *canvas, double width)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  SobreTextStyle style = { 30, 700, self->few ? theme->dim : theme->ink };
  double natural = sobre_canvas_measure (canvas, self->value, &style);

  if (natural > width)
    style.size = MAX (style.size * width / natural, 16);
  return style;
}

static void
sobre_tile_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreTile *self = SOBRE_TILE (drawing);
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle label = { 13, 500, theme->dim };
  const SobreTextStyle change = { 13, 700, get_change_color (self, theme) };
  const SobreTextStyle detail = { 12, 400, theme->dim };
  SobreTextStyle value = fit_value (self, canvas, width);
  double natural = sobre_canvas_measure (canvas, self->value, &value);
  SobreBox spark = { MAX (width * (1 - SPARK_SHARE), natural + GAP), SPARK_TOP, 0, SPARK_HEIGHT };
  gboolean mirrored = sobre_canvas_is_mirrored (canvas);
  double left = 0;
  SobreBox box;

  sobre_canvas_draw_from_start (canvas, sobre_drawing_get_title (drawing), &label, 0, LABEL_BASELINE, width, width);
  box = sobre_canvas_draw_from_start (canvas, self->value, &value, 0, VALUE_BASELINE, width, width + 1);
  spark.width = width - 4 - spark.x;
  if (self->spark != NULL && spark.width >= 48)
    draw_spark (self, canvas, &(SobreBox) { mirrored ? 4 : spark.x, spark.y, spark.width, spark.height });
  else
    spark.x = width + GAP;
  if (self->interval != NULL && box.width + 6 + sobre_canvas_measure (canvas, self->interval, &detail) <= spark.x - GAP)
    sobre_canvas_draw_from_start (canvas, self->interval, &detail, box.width + 6, VALUE_BASELINE, width, width);
  if (self->change != NULL)
    left = sobre_canvas_draw_from_start (canvas, self->change, &change, 0, CHANGE_BASELINE, width, width).width + GAP;
  sobre_canvas_draw_from_start (canvas, self->detail, &detail, left, CHANGE_BASELINE, width, width - left);
}

static double
sobre_tile_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  return NATURAL_HEIGHT;
}

static char *
sobre_tile_make_summary (SobreDrawing *drawing)
{
  SobreTile *self = SOBRE_TILE (drawing);
  g_autoptr (GString) words = g_string_new (NULL);

  /* Translators: a tile in words: its label and its value. */
  g_string_append_printf (words, _ ("%s: %s"), sobre_drawing_get_title (drawing), self->value);
  if (self->interval != NULL)
    g_string_append_printf (words, " %s", self->interval);
  if (self->change != NULL)
    g_string_append_printf (words, _ (", %s to the period before"), self->change);
  if (self->detail[0] != '\0')
    g_string_append_printf (words, ", %s", self->detail);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static SobreDataTable *
sobre_tile_make_table (SobreDrawing *drawing)
{
  SobreTile *self = SOBRE_TILE (drawing);
  const char *header[] = { _ ("Figure"), _ ("Value"), NULL };
  SobreDataTable *table = sobre_data_table_new (header);

  sobre_data_table_add (table, (const char *[]) { _ ("Value"), self->value, NULL });
  if (self->interval != NULL)
    sobre_data_table_add (table, (const char *[]) { _ ("Interval"), self->interval, NULL });
  if (self->change != NULL)
    sobre_data_table_add (table, (const char *[]) { _ ("Change"), self->change, NULL });
  sobre_data_table_add (table, (const char *[]) { _ ("Basis"), self->detail, NULL });
  return table;
}

static char *
sobre_tile_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  return sobre_tile_make_summary (drawing);
}

static void
sobre_tile_finalize (GObject *object)
{
  SobreTile *self = SOBRE_TILE (object);

  g_free (self->value);
  g_free (self->interval);
  g_free (self->change);
  g_free (self->detail);
  g_clear_pointer (&self->spark, sobre_series_unref);
  G_OBJECT_CLASS (sobre_tile_parent_class)->finalize (object);
}

static void
sobre_tile_class_init (SobreTileClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_tile_finalize;
  drawing_class->draw = sobre_tile_draw;
  drawing_class->get_height = sobre_tile_get_height;
  drawing_class->hit_test = sobre_tile_hit_test;
  drawing_class->make_summary = sobre_tile_make_summary;
  drawing_class->make_table = sobre_tile_make_table;
}

static void
sobre_tile_init (SobreTile *self)
{
}

SobreTile *
sobre_tile_new (const SobreTileFigures *figures)
{
  SobreTile *self = g_object_new (SOBRE_TYPE_TILE, NULL);

  sobre_drawing_set_titles (SOBRE_DRAWING (self), figures->label, "");
  self->value = g_strdup (figures->value);
  self->interval = g_strdup (figures->interval);
  self->change = g_strdup (figures->change);
  self->sense = figures->sense;
  self->detail = g_strdup (figures->detail);
  self->few = figures->few;
  self->spark = figures->spark != NULL ? sobre_series_ref (figures->spark) : NULL;
  return self;
}
