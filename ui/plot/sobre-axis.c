/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-axis.h"

#define LABEL_SIZE 11.0
#define LABEL_GAP 8.0
#define LABEL_DROP 18.0
#define LEAST_LINE_SPACING 14.0

SobreAxis *
sobre_axis_new (SobreScale scale, const char *caption)
{
  SobreAxis *self = g_new0 (SobreAxis, 1);

  self->scale = scale;
  self->caption = g_strdup (caption);
  return self;
}

void
sobre_axis_free (SobreAxis *self)
{
  g_free (self->caption);
  g_free (self);
}

static SobreTextStyle
get_style (SobreCanvas *canvas)
{
  return (SobreTextStyle) { LABEL_SIZE, 400, sobre_canvas_get_theme (canvas)->dim };
}

double
sobre_axis_measure_left (const SobreAxis *self, SobreCanvas *canvas)
{
  const SobreTextStyle style = get_style (canvas);
  double widest = 0;

  for (guint i = 0; i < self->scale.n_ticks; i++)
    {
      g_autofree char *label = sobre_scale_format_tick (&self->scale, i);

      widest = MAX (widest, sobre_canvas_measure (canvas, label, &style));
    }
  return widest + LABEL_GAP;
}

/* Every tick, every second or only the ends, so that what is left does not touch. */
static guint
choose_stride (const SobreAxis *self, double height)
{
  guint intervals = MAX (self->scale.n_ticks, 2) - 1;

  for (guint stride = 1; stride < intervals; stride++)
    if (intervals % stride == 0 && height * stride / intervals >= LEAST_LINE_SPACING)
      return stride;
  return intervals;
}

void
sobre_axis_draw_left (const SobreAxis *self, SobreCanvas *canvas, const SobreFrame *frame)
{
  const SobreTextStyle style = get_style (canvas);
  guint stride = choose_stride (self, frame->box.height);

  for (guint i = 0; i < self->scale.n_ticks; i += stride)
    {
      g_autofree char *label = sobre_scale_format_tick (&self->scale, i);
      double y = sobre_frame_get_y (frame, self->scale.ticks[i]);

      sobre_canvas_draw_line (canvas, frame->box.x, y, frame->box.x + frame->box.width, y,
                              sobre_canvas_get_theme (canvas)->line, FALSE);
      if (i > 0 && frame->box.height * stride < LEAST_LINE_SPACING * (self->scale.n_ticks - 1))
        continue;
      sobre_canvas_draw_text (canvas, label, &style, SOBRE_ALIGN_END, frame->box.x - LABEL_GAP, y + LABEL_SIZE * 0.36,
                              frame->box.x - LABEL_GAP + 1);
    }
}

void
sobre_axis_draw_bottom (const SobreAxis *self, SobreCanvas *canvas, const SobreFrame *frame, double width)
{
  const SobreTextStyle style = get_style (canvas);
  double free_from = 0;

  for (guint i = 0; i < self->scale.n_ticks; i++)
    {
      g_autofree char *label = sobre_scale_format_tick (&self->scale, i);
      double label_width = sobre_canvas_measure (canvas, label, &style);
      double x = sobre_frame_get_x (frame, self->scale.ticks[i]);
      double left = CLAMP (x - label_width / 2, 0, MAX (width - label_width, 0));

      if (left < free_from || label_width > width)
        continue;
      sobre_canvas_draw_text (canvas, label, &style, SOBRE_ALIGN_START, left, frame->box.y + frame->box.height + LABEL_DROP,
                              label_width + 1);
      free_from = left + label_width + LABEL_GAP;
    }
}
