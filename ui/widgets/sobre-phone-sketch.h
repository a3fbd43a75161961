/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A guest's page as a list of texts, boxes and stars on a phone's width, from top to bottom, in the inks of infra/site/base.css. */

/** A phone's width, and the margin of its pages, in the pixels of a style sheet. */
#define SOBRE_PHONE_WIDTH 360.0
#define SOBRE_PHONE_MARGIN 20.0

/** SobreInk: the colours of a page by what they are for; each has a light and a dark one. */
typedef enum
{
  SOBRE_INK_NONE,
  SOBRE_INK_GROUND,
  SOBRE_INK_CARD,
  SOBRE_INK_TEXT,
  SOBRE_INK_DIM,
  SOBRE_INK_LINE,
  SOBRE_INK_EDGE,
  SOBRE_INK_ACCENT,
  SOBRE_INK_ON_ACCENT,
  SOBRE_INK_TINT,
  SOBRE_INK_BAD,
} SobreInk;

/** SobreType: how a text is set. @size: in pixels · @bold: semibold, as pages have it */
typedef struct
{
  double size;
  gboolean bold;
  gboolean serif;
  gboolean struck;
  SobreInk ink;
} SobreType;

/** SobreMark: what is drawn by lines. */
typedef enum
{
  SOBRE_MARK_STAR,
  SOBRE_MARK_FACE, /* @score says which: 1, sad, to 5 */
  SOBRE_MARK_DOTS, /* a dotted line to the price */
} SobreMark;

typedef struct _SobrePhoneSketch SobrePhoneSketch;

/**
 * sobre_phone_sketch_new:
 * @context: what texts are set with
 * @right_to_left: whether the page is read from the right; every x is from the side that reading begins at
 * @ground: of the page
 */
SobrePhoneSketch *sobre_phone_sketch_new (PangoContext *context, gboolean right_to_left, SobreInk ground);
void sobre_phone_sketch_free (SobrePhoneSketch *self);

/** Where the next thing is drawn, from the top. */
double sobre_phone_sketch_get_y (SobrePhoneSketch *self);
void sobre_phone_sketch_set_y (SobrePhoneSketch *self, double y);
void sobre_phone_sketch_skip (SobrePhoneSketch *self, double height);

/** sobre_phone_sketch_measure: how wide @text is on one line. */
double sobre_phone_sketch_measure (SobrePhoneSketch *self, const SobreType *type, const char *text);

/** sobre_phone_sketch_text: sets @text, (nullable), into a column. Returns: its height; y stays as it is */
double sobre_phone_sketch_text (SobrePhoneSketch *self,
                                const SobreType *type,
                                PangoAlignment align,
                                const char *text,
                                double x,
                                double width);

/** sobre_phone_sketch_box: @fill, @edge: each may be %SOBRE_INK_NONE. It lies below what is drawn after it */
void sobre_phone_sketch_box (SobrePhoneSketch *self,
                             SobreInk fill,
                             SobreInk edge,
                             double x,
                             double y,
                             double width,
                             double height,
                             double radius);

/** sobre_phone_sketch_begin_box: a box that ends where sobre_phone_sketch_end_box() is called. Returns: what to call it by */
guint sobre_phone_sketch_begin_box (SobrePhoneSketch *self, SobreInk fill, double x, double width, double radius);
void sobre_phone_sketch_end_box (SobrePhoneSketch *self, guint box);

void sobre_phone_sketch_mark (SobrePhoneSketch *self,
                              SobreMark mark,
                              guint score,
                              SobreInk ink,
                              double x,
                              double y,
                              double width,
                              double height);

/** sobre_phone_sketch_set_anchor: what is drawn next can be found again as @name */
void sobre_phone_sketch_set_anchor (SobrePhoneSketch *self, const char *name);

/** sobre_phone_sketch_find_anchor: Returns: its y, 0 for “”, -1 where there is none */
double sobre_phone_sketch_find_anchor (SobrePhoneSketch *self, const char *name);

void sobre_phone_sketch_snapshot (SobrePhoneSketch *self, GtkSnapshot *snapshot, gboolean dark);

/** sobre_phone_sketch_get_ground: the colour behind everything. */
GdkRGBA sobre_phone_sketch_get_ground (SobrePhoneSketch *self, gboolean dark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobrePhoneSketch, sobre_phone_sketch_free)

G_END_DECLS
