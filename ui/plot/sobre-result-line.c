/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "sobre-axis.h"
#include "sobre-result-chart-private.h"

#define LABEL_SIZE 11.0
#define LABEL_GAP 8.0
#define LABEL_DROP 18.0
#define BOTTOM_HEIGHT 24.0
#define TOP_MARGIN 6.0
#define RIGHT_MARGIN 7.0
#define LINE_WIDTH 2.0
#define POINT_RADIUS 2.6
#define LEAST_POINT_SPACING 7.0

/* Rows stand side by side at equal distances, in the order of the result: hours, days, months and steps alike. */

static SobreAxis *
make_axis (const SobreResultPoints *self)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < self->n; i++)
    if (isfinite (self->values[i]))
      {
        low = MIN (low, self->values[i]);
        high = MAX (high, self->values[i]);
      }
  if (!isfinite (low))
    low = high = 0;
  /* Counts begin at zero; a mean's line would be flat there. */
  if (self->decimals == 0)
    low = MIN (low, 0);
  if (high <= low)
    high = low + 1;
  return sobre_axis_new (sobre_scale_make_linear (low, high), NULL);
}

static SobreFrame
make_frame (const SobreResultPoints *self, const SobreAxis *axis, const SobreScale *x, SobreCanvas *canvas, const SobreBox *box)
{
  double left = sobre_axis_measure_left (axis, canvas);

  return (SobreFrame) {
    .box = { left, box->y + TOP_MARGIN, MAX (box->width - left - RIGHT_MARGIN, 1),
             MAX (box->height - TOP_MARGIN - BOTTOM_HEIGHT, 1) },
    .x = x,
    .y = &axis->scale,
  };
}

static SobreScale
make_steps (const SobreResultPoints *self)
{
  return (SobreScale) { .kind = SOBRE_SCALE_LINEAR, .min = 0, .max = MAX (self->n, 2) - 1 };
}

static void
draw_line (const SobreResultPoints *self, SobreCanvas *canvas, const SobreFrame *frame)
{
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  gboolean dots = frame->box.width / MAX (self->n, 1) >= LEAST_POINT_SPACING;
  gboolean broken = TRUE;

  cairo_save (cr);
  cairo_new_path (cr);
  sobre_color_set (sobre_canvas_get_theme (canvas)->data, cr);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->n; i++)
    {
      if (!isfinite (self->values[i]))
        broken = TRUE;
      else if (broken)
        cairo_move_to (cr, sobre_frame_get_x (frame, i), sobre_frame_get_y (frame, self->values[i]));
      else
        cairo_line_to (cr, sobre_frame_get_x (frame, i), sobre_frame_get_y (frame, self->values[i]));
      broken = !isfinite (self->values[i]);
    }
  cairo_stroke (cr);
  for (guint i = 0; i < self->n; i++)
    if (isfinite (self->values[i]) && (dots || self->n == 1))
      {
        cairo_arc (cr, sobre_frame_get_x (frame, i), sobre_frame_get_y (frame, self->values[i]), POINT_RADIUS, 0, 2 * G_PI);
        cairo_fill (cr);
      }
  cairo_restore (cr);
}

/* As many as do not touch, from the first on. */
static void
draw_labels (const SobreResultPoints *self, SobreCanvas *canvas, const SobreFrame *frame, double width)
{
  const SobreTextStyle style = { LABEL_SIZE, 400, sobre_canvas_get_theme (canvas)->dim };
  double free_from = 0;

  for (guint i = 0; i < self->n; i++)
    {
      double label_width = sobre_canvas_measure (canvas, self->labels[i], &style);
      double left = CLAMP (sobre_frame_get_x (frame, i) - label_width / 2, 0, MAX (width - label_width, 0));

      if (left < free_from || label_width > width)
        continue;
      sobre_canvas_draw_text (canvas, self->labels[i], &style, SOBRE_ALIGN_START, left,
                              frame->box.y + frame->box.height + LABEL_DROP, label_width + 1);
      free_from = left + label_width + LABEL_GAP;
    }
}

void
sobre_result_line_draw (const SobreResultPoints *self, SobreCanvas *canvas, double width, double top, double height)
{
  g_autoptr (SobreAxis) axis = make_axis (self);
  const SobreScale steps = make_steps (self);
  SobreFrame frame = make_frame (self, axis, &steps, canvas, &(SobreBox) { 0, top, width, height });

  if (frame.box.width < 24 || frame.box.height < 14)
    return;
  sobre_axis_draw_left (axis, canvas, &frame);
  draw_labels (self, canvas, &frame, width);
  draw_line (self, canvas, &frame);
}

int
sobre_result_line_hit_test (const SobreResultPoints *self, SobreCanvas *canvas, double width, double x)
{
  g_autoptr (SobreAxis) axis = make_axis (self);
  const SobreScale steps = make_steps (self);
  SobreFrame frame = make_frame (self, axis, &steps, canvas, &(SobreBox) { 0, 0, width, 100 });

  if (x < frame.box.x - LABEL_GAP || self->n == 0)
    return -1;
  return (int) CLAMP (round ((x - frame.box.x) / frame.box.width * steps.max), 0, self->n - 1);
}
