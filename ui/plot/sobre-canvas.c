/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-canvas.h"

#include <math.h>

#define FONTS "Cantarell,Adwaita Sans,Inter,Noto Sans,Noto Sans Arabic,sans-serif"
#define RIM_WIDTH 4.0

struct _SobreCanvas
{
  gboolean mirrored;
  cairo_t *cr;
  const SobreTheme *theme;
  PangoContext *context;
  GPtrArray *texts;
  GArray *marks;         /* of SobreBox */
  cairo_matrix_t origin; /* of the canvas: boxes are told in its units, whatever was pushed since */
};

gboolean
sobre_box_overlaps (const SobreBox *a, const SobreBox *b)
{
  return a->x + a->width > b->x && b->x + b->width > a->x && a->y + a->height > b->y && b->y + b->height > a->y;
}

gboolean
sobre_box_contains (const SobreBox *outer, const SobreBox *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y && inner->x + inner->width <= outer->x + outer->width &&
         inner->y + inner->height <= outer->y + outer->height;
}

static void
placed_text_free (SobrePlacedText *self)
{
  g_free (self->text);
  g_free (self);
}

SobreCanvas *
sobre_canvas_new (cairo_t *cr, const SobreTheme *theme)
{
  SobreCanvas *self = g_new0 (SobreCanvas, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->cr = cairo_reference (cr);
  self->theme = theme;
  self->context = pango_cairo_create_context (cr);
  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) placed_text_free);
  self->marks = g_array_new (FALSE, FALSE, sizeof (SobreBox));
  cairo_get_matrix (cr, &self->origin);

  /* A text is as wide on paper as on any screen, so all of them are laid out alike. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (self->context, options);
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  return self;
}

void
sobre_canvas_free (SobreCanvas *self)
{
  cairo_destroy (self->cr);
  g_object_unref (self->context);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->marks);
  g_free (self);
}

cairo_t *
sobre_canvas_get_cr (SobreCanvas *self)
{
  return self->cr;
}

const SobreTheme *
sobre_canvas_get_theme (SobreCanvas *self)
{
  return self->theme;
}

GPtrArray *
sobre_canvas_get_texts (SobreCanvas *self)
{
  return self->texts;
}

void
sobre_canvas_push (SobreCanvas *self, double x, double y)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
}

void
sobre_canvas_pop (SobreCanvas *self)
{
  cairo_restore (self->cr);
}

static PangoLayout *
make_layout (SobreCanvas *self, const char *text, const SobreTextStyle *style)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FONTS);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_weight (font, style->weight);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
to_units (int pango_units)
{
  return pango_units / (double) PANGO_SCALE;
}

double
sobre_canvas_measure (SobreCanvas *self, const char *text, const SobreTextStyle *style)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, style);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return to_units (logical.width);
}

static void
to_canvas_units (SobreCanvas *self, SobreBox *box)
{
  cairo_matrix_t inverse = self->origin, matrix;

  cairo_get_matrix (self->cr, &matrix);
  if (cairo_matrix_invert (&inverse) != CAIRO_STATUS_SUCCESS)
    return;
  cairo_matrix_multiply (&matrix, &matrix, &inverse);
  cairo_matrix_transform_point (&matrix, &box->x, &box->y);
  cairo_matrix_transform_distance (&matrix, &box->width, &box->height);
}

gboolean
sobre_canvas_is_taken (SobreCanvas *self, const SobreBox *box)
{
  SobreBox wanted = *box;

  to_canvas_units (self, &wanted);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const SobrePlacedText *placed = g_ptr_array_index (self->texts, i);

      if (sobre_box_overlaps (&placed->box, &wanted))
        return TRUE;
    }
  return FALSE;
}

void
sobre_canvas_add_mark (SobreCanvas *self, const SobreBox *box)
{
  SobreBox mark = *box;

  to_canvas_units (self, &mark);
  g_array_append_val (self->marks, mark);
}

gboolean
sobre_canvas_is_marked (SobreCanvas *self, const SobreBox *box)
{
  SobreBox wanted = *box;

  to_canvas_units (self, &wanted);
  for (guint i = 0; i < self->marks->len; i++)
    if (sobre_box_overlaps (&g_array_index (self->marks, SobreBox, i), &wanted))
      return TRUE;
  return FALSE;
}

/* Notes what lies at @left, @top of the current origin, in the canvas's units. */
static SobreBox
remember (SobreCanvas *self, const char *text, PangoLayout *layout, double left, double top)
{
  SobrePlacedText *placed = g_new0 (SobrePlacedText, 1);
  PangoRectangle ink, logical;
  SobreBox box;

  pango_layout_get_extents (layout, &ink, &logical);
  box = (SobreBox) { left + to_units (logical.x), top + to_units (ink.y), to_units (logical.width), to_units (ink.height) };
  placed->text = g_strdup (text);
  placed->box = box;
  to_canvas_units (self, &placed->box);
  g_ptr_array_add (self->texts, placed);
  return box;
}

SobreBox
sobre_canvas_draw_text (SobreCanvas *self,
                        const char *text,
                        const SobreTextStyle *style,
                        SobreAlign align,
                        double x,
                        double baseline,
                        double max_width)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, style);
  const double shares[] = { 0, 0.5, 1 };
  PangoRectangle logical;
  double top;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_extents (layout, NULL, &logical);
  if (to_units (logical.width) > max_width)
    {
      /* Narrower than a letter and an ellipsis says nothing. */
      if (max_width < 2 * style->size)
        return (SobreBox) { x, baseline, 0, 0 };
      pango_layout_set_width (layout, max_width * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_extents (layout, NULL, &logical);
    }
  if (text[0] == '\0')
    return (SobreBox) { x, baseline, 0, 0 };
  x -= shares[align] * to_units (logical.width) + to_units (logical.x);
  top = baseline - to_units (pango_layout_get_baseline (layout));
  sobre_color_set (style->color, self->cr);
  cairo_move_to (self->cr, x, top);
  pango_cairo_show_layout (self->cr, layout);
  cairo_new_path (self->cr);
  return remember (self, text, layout, x, top);
}

void
sobre_canvas_set_mirrored (SobreCanvas *self, gboolean mirrored)
{
  self->mirrored = mirrored;
}

gboolean
sobre_canvas_is_mirrored (SobreCanvas *self)
{
  return self->mirrored;
}

SobreBox
sobre_canvas_draw_from_start (SobreCanvas *self,
                              const char *text,
                              const SobreTextStyle *style,
                              double offset,
                              double baseline,
                              double width,
                              double max_width)
{
  return sobre_canvas_draw_text (self, text, style, self->mirrored ? SOBRE_ALIGN_END : SOBRE_ALIGN_START,
                                 self->mirrored ? width - offset : offset, baseline, max_width);
}

void
sobre_canvas_draw_rim (SobreCanvas *self, const char *text, const SobreTextStyle *style, double x, double baseline)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, style);

  cairo_save (self->cr);
  cairo_move_to (self->cr, x, baseline - to_units (pango_layout_get_baseline (layout)));
  pango_cairo_layout_path (self->cr, layout);
  sobre_color_set (self->theme->card, self->cr);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (self->cr, RIM_WIDTH);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

gboolean
sobre_canvas_is_right_to_left (SobreCanvas *self, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);

  pango_layout_set_text (layout, text, -1);
  return pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;
}

double
sobre_canvas_draw_paragraph (SobreCanvas *self,
                             const char *text,
                             const SobreTextStyle *style,
                             double x,
                             double y,
                             double width,
                             guint max_lines,
                             gboolean draw)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, style);
  PangoRectangle logical;

  pango_layout_set_width (layout, MAX (width, style->size) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (max_lines > 0)
    {
      pango_layout_set_height (layout, -(int) max_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_extents (layout, NULL, &logical);
  if (draw)
    {
      sobre_color_set (style->color, self->cr);
      cairo_move_to (self->cr, x, y);
      pango_cairo_show_layout (self->cr, layout);
      cairo_new_path (self->cr);
      remember (self, text, layout, x, y);
    }
  return to_units (logical.height);
}

static gboolean
is_raster (cairo_t *cr)
{
  return cairo_surface_get_type (cairo_get_group_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;
}

void
sobre_canvas_draw_line (SobreCanvas *self, double x1, double y1, double x2, double y2, SobreColor color, gboolean dotted)
{
  const double dashes[] = { 3, 3 };
  double width = 1, unused = 0;

  cairo_save (self->cr);
  if (is_raster (self->cr))
    cairo_device_to_user_distance (self->cr, &width, &unused);
  else
    width = 0.5;
  if (dotted)
    {
      cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
      width *= 1.5;
    }
  cairo_move_to (self->cr, x1, y1);
  cairo_line_to (self->cr, x2, y2);
  cairo_set_line_width (self->cr, width);
  sobre_color_set (color, self->cr);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

void
sobre_canvas_add_rounded_box (SobreCanvas *self, const SobreBox *box, double radius)
{
  double r = MIN (radius, MIN (box->width, box->height) / 2);

  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, box->x + box->width - r, box->y + r, r, -G_PI_2, 0);
  cairo_arc (self->cr, box->x + box->width - r, box->y + box->height - r, r, 0, G_PI_2);
  cairo_arc (self->cr, box->x + r, box->y + box->height - r, r, G_PI_2, G_PI);
  cairo_arc (self->cr, box->x + r, box->y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (self->cr);
}

void
sobre_canvas_hatch (SobreCanvas *self, SobreColor color, double spacing, gboolean rising)
{
  double x1, y1, x2, y2;
  cairo_path_t *path = cairo_copy_path (self->cr);

  cairo_save (self->cr);
  cairo_path_extents (self->cr, &x1, &y1, &x2, &y2);
  cairo_clip (self->cr);
  for (double x = x1 - (y2 - y1); x < x2; x += spacing)
    {
      cairo_move_to (self->cr, x, rising ? y2 : y1);
      cairo_line_to (self->cr, x + (y2 - y1), rising ? y1 : y2);
    }
  cairo_set_line_width (self->cr, 0.7);
  sobre_color_set (color, self->cr);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
  cairo_append_path (self->cr, path);
  cairo_path_destroy (path);
}
