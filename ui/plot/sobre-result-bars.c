/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-format.h"
#include "sobre-result-chart-private.h"

#define ROW_HEIGHT 22.0
#define BAR_HEIGHT 12.0
#define NAME_SHARE 0.32
#define VALUE_GAP 8.0
#define TEXT_SIZE 13.0
#define LEAST_BAR_ROOM 24.0

/* Where the bars lie: from the least to the greatest figure, zero among them. */
typedef struct
{
  double left;
  double width;
  double low;
  double high;
} Scale;

static double
measure_values (const SobreResultPoints *self, SobreCanvas *canvas, const SobreTextStyle *style)
{
  double widest = 0;

  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *value = sobre_result_points_format (self, i);

      widest = MAX (widest, sobre_canvas_measure (canvas, value, style));
    }
  return widest;
}

static Scale
make_scale (const SobreResultPoints *self, double width, double value_width)
{
  double left = width * NAME_SHARE;
  Scale scale = { left, MAX (width - left - value_width - VALUE_GAP, 0), 0, 0 };

  for (guint i = 0; i < self->n; i++)
    if (isfinite (self->values[i]))
      {
        scale.low = MIN (scale.low, self->values[i]);
        scale.high = MAX (scale.high, self->values[i]);
      }
  if (scale.high <= scale.low)
    scale.high = scale.low + 1;
  return scale;
}

static double
get_x (const Scale *scale, double value)
{
  return scale->left + (value - scale->low) / (scale->high - scale->low) * scale->width;
}

static void
draw_bar (SobreCanvas *canvas, const Scale *scale, double value, double middle)
{
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  double zero = get_x (scale, 0), end = get_x (scale, value);

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, MIN (zero, end), middle - BAR_HEIGHT / 2, MAX (fabs (end - zero), 1), BAR_HEIGHT);
  sobre_color_set (value < 0 ? sobre_canvas_get_theme (canvas)->warning : sobre_canvas_get_theme (canvas)->data, cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_left_out (const SobreResultPoints *self, SobreCanvas *canvas, double width, double baseline)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  g_autofree char *count = sobre_format_count ((gint64) self->n_left_out);
  /* Translators: under a chart that has no room for every row; %s is a number. */
  g_autofree char *words = g_strdup_printf (
      ngettext ("%s more row is in the table", "%s more rows are in the table", (gulong) self->n_left_out), count);

  sobre_canvas_draw_text (canvas, words, &style, SOBRE_ALIGN_START, 0, baseline, width);
}

void
sobre_result_bars_draw (const SobreResultPoints *self, SobreCanvas *canvas, double width, double top)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle name = { TEXT_SIZE, 400, theme->ink };
  const SobreTextStyle figure = { TEXT_SIZE, 600, theme->ink };
  Scale scale = make_scale (self, width, measure_values (self, canvas, &figure));

  for (guint i = 0; i < self->n; i++)
    {
      double middle = top + (i + 0.5) * ROW_HEIGHT;
      g_autofree char *value = sobre_result_points_format (self, i);

      sobre_canvas_draw_text (canvas, self->labels[i], &name, SOBRE_ALIGN_START, 0, middle + 4.5, scale.left - VALUE_GAP);
      if (isfinite (self->values[i]) && scale.width >= LEAST_BAR_ROOM)
        draw_bar (canvas, &scale, self->values[i], middle);
      sobre_canvas_draw_text (canvas, value, &figure, SOBRE_ALIGN_END, width, middle + 4.5, width - scale.left);
    }
  if (scale.low < 0 && scale.width >= LEAST_BAR_ROOM)
    sobre_canvas_draw_line (canvas, get_x (&scale, 0), top, get_x (&scale, 0), top + self->n * ROW_HEIGHT, theme->dim, FALSE);
  if (self->n_left_out > 0)
    draw_left_out (self, canvas, width, top + self->n * ROW_HEIGHT + 15);
}

double
sobre_result_bars_get_height (const SobreResultPoints *self)
{
  return self->n * ROW_HEIGHT + (self->n_left_out > 0 ? ROW_HEIGHT : 0);
}

int
sobre_result_bars_hit_test (const SobreResultPoints *self, double y)
{
  return y < 0 || y >= self->n * ROW_HEIGHT ? -1 : (int) (y / ROW_HEIGHT);
}
