/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "sobre-theme.h"

/* Where a drawing draws: a Cairo context, the colours, and text that stays in its place. Every word on a chart goes through here, so
 * a test can ask where each one lies. */

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} SobreBox;

/** Whether two boxes share more than an edge. */
gboolean sobre_box_overlaps (const SobreBox *a, const SobreBox *b);
gboolean sobre_box_contains (const SobreBox *outer, const SobreBox *inner);

/** SobrePlacedText: @box: the ink and logical extents together, in the units that drawings are given */
typedef struct
{
  char *text;
  SobreBox box;
} SobrePlacedText;

typedef struct _SobreCanvas SobreCanvas;

/**
 * sobre_canvas_new:
 * @cr: user units are px of 1/96 inch on a screen, points of 1/72 inch on paper
 *
 * Returns: (transfer full)
 */
SobreCanvas *sobre_canvas_new (cairo_t *cr, const SobreTheme *theme);
void sobre_canvas_free (SobreCanvas *self);

cairo_t *sobre_canvas_get_cr (SobreCanvas *self);
const SobreTheme *sobre_canvas_get_theme (SobreCanvas *self);

/** sobre_canvas_get_texts: Returns: (transfer none) (element-type SobrePlacedText): every text drawn so far, in the first units */
GPtrArray *sobre_canvas_get_texts (SobreCanvas *self);

/** Whether a text of @box (current origin) would touch one that is there already. */
gboolean sobre_canvas_is_taken (SobreCanvas *self, const SobreBox *box);

/** Notes that a mark of data lies in @box (current origin), which words should not cover. */
void sobre_canvas_add_mark (SobreCanvas *self, const SobreBox *box);

/** Whether a text of @box would cover a mark of data. */
gboolean sobre_canvas_is_marked (SobreCanvas *self, const SobreBox *box);

/** Moves the origin of what follows, until the matching pop. */
void sobre_canvas_push (SobreCanvas *self, double x, double y);
void sobre_canvas_pop (SobreCanvas *self);

typedef enum
{
  SOBRE_ALIGN_START,
  SOBRE_ALIGN_CENTER,
  SOBRE_ALIGN_END,
} SobreAlign;

/**
 * SobreTextStyle:
 * @size: of the font, user units
 * @weight: 400 regular, 500 medium, 600 semibold, 700 bold
 * @color: of the letters
 */
typedef struct
{
  double size;
  int weight;
  SobreColor color;
} SobreTextStyle;

/** The width of @text in one line. */
double sobre_canvas_measure (SobreCanvas *self, const char *text, const SobreTextStyle *style);

/**
 * sobre_canvas_draw_text:
 * @x: of the text's start, middle or end, as @align says (end is the right one in every language)
 * @baseline: of the letters
 * @max_width: the text is shortened with an ellipsis to fit; nothing is drawn when not even that fits
 *
 * Digits are tabular.
 *
 * Returns: the box that was drawn over, empty when none was
 */
SobreBox sobre_canvas_draw_text (SobreCanvas *self,
                                 const char *text,
                                 const SobreTextStyle *style,
                                 SobreAlign align,
                                 double x,
                                 double baseline,
                                 double max_width);

/** Whether words begin on the right, as the page around them does. %FALSE at first; it moves words only, see docs/conventions.md. */
void sobre_canvas_set_mirrored (SobreCanvas *self, gboolean mirrored);
gboolean sobre_canvas_is_mirrored (SobreCanvas *self);

/**
 * sobre_canvas_draw_from_start:
 * @offset: from where a line of @width begins, on the right of a mirrored canvas
 *
 * sobre_canvas_draw_text() in the direction in which the page is read. Returns: likewise
 */
SobreBox sobre_canvas_draw_from_start (SobreCanvas *self,
                                       const char *text,
                                       const SobreTextStyle *style,
                                       double offset,
                                       double baseline,
                                       double width,
                                       double max_width);

/** Draws the ground's colour around the letters of a text that is going to lie at @x, @baseline, over marks. */
void sobre_canvas_draw_rim (SobreCanvas *self, const char *text, const SobreTextStyle *style, double x, double baseline);

/**
 * sobre_canvas_draw_paragraph:
 * @max_lines: more are cut with an ellipsis; 0 for no limit
 * @draw: %FALSE only measures
 *
 * Wraps at words; text of a right-to-left script stands on the right.
 *
 * Returns: the height
 */
double sobre_canvas_draw_paragraph (SobreCanvas *self,
                                    const char *text,
                                    const SobreTextStyle *style,
                                    double x,
                                    double y,
                                    double width,
                                    guint max_lines,
                                    gboolean draw);

/** Whether @text begins in a script that is written from the right. */
gboolean sobre_canvas_is_right_to_left (SobreCanvas *self, const char *text);

/** Lines across the current path, a second sign beside colour: @spacing apart, rising to the right when @rising. Keeps the path. */
void sobre_canvas_hatch (SobreCanvas *self, SobreColor color, double spacing, gboolean rising);

/** A hairline: one device pixel on a raster, 0.5 units in a vector. */
void sobre_canvas_draw_line (SobreCanvas *self, double x1, double y1, double x2, double y2, SobreColor color, gboolean dotted);
void sobre_canvas_add_rounded_box (SobreCanvas *self, const SobreBox *box, double radius);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCanvas, sobre_canvas_free)
