/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-score-ramp.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-format.h"

#define LEAST_SPAN 0.5
#define PALE 0.35
#define BAR_WIDTH 90.0
#define BAR_FROM 220.0 /* a narrower line has no room for the bar */
#define LABEL_GAP 5.0
#define GAP 14.0

SobreScoreRamp
sobre_score_ramp_make (double usual, double farthest)
{
  return (SobreScoreRamp) { isfinite (usual) ? usual : 3, isfinite (usual) ? MAX (farthest, LEAST_SPAN) : LEAST_SPAN };
}

double
sobre_score_ramp_get_position (const SobreScoreRamp *self, double score)
{
  return (score - self->usual) / self->span;
}

void
sobre_score_ramp_outline_few (SobreCanvas *canvas, double position)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const double dashes[] = { 2.5, 2 };
  cairo_t *cr = sobre_canvas_get_cr (canvas);

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 1.2);
  sobre_color_set (fabs (position) < PALE ? theme->dim : sobre_theme_diverge (theme, position), cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Returns: where the bar with its labels begins */
static double
draw_bar (const SobreScoreRamp *self, SobreCanvas *canvas, double right, double baseline)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle style = { 11, 400, theme->dim };
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  g_autofree char *low = sobre_format_number (MAX (self->usual - self->span, 1), 1);
  g_autofree char *high = sobre_format_number (MIN (self->usual + self->span, 5), 1);
  double left = right - sobre_canvas_measure (canvas, high, &style) - LABEL_GAP - BAR_WIDTH;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (left, 0, left + BAR_WIDTH, 0);
  const SobreColor stops[] = { theme->low, theme->middle, theme->high };

  sobre_canvas_draw_text (canvas, high, &style, SOBRE_ALIGN_END, right, baseline, BAR_WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    cairo_pattern_add_color_stop_rgb (pattern, i / 2.0, stops[i].red, stops[i].green, stops[i].blue);
  cairo_save (cr);
  cairo_rectangle (cr, left, baseline - 9, BAR_WIDTH, 10);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
  return sobre_canvas_draw_text (canvas, low, &style, SOBRE_ALIGN_END, left - LABEL_GAP, baseline, BAR_WIDTH).x;
}

void
sobre_score_ramp_draw_key (const SobreScoreRamp *self, SobreCanvas *canvas, double left, double right, double baseline)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  const char *words[] = { _ ("dashed: fewer than 5 answers · blank: none"), _ ("dashed: fewer than 5 answers"),
                          _ ("dashed: n < 5") };
  double end = right - left >= BAR_FROM ? draw_bar (self, canvas, right, baseline) - GAP : right;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (sobre_canvas_measure (canvas, words[i], &style) <= end - left)
      {
        sobre_canvas_draw_text (canvas, words[i], &style, SOBRE_ALIGN_START, left, baseline, end - left + 1);
        return;
      }
}
