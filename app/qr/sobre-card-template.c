/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The card, A6 upright, millimetres from its upper left corner:
 *
 *     0 –   3   band in the accent colour
 *          18   the restaurant's name, spaced
 *          33   the question
 *          40   what it costs the guest
 *    50 – 102   the code, in 4 modules of white
 *         112   the address in clear
 *   122 – 139   on one side the table's number, on the other who to ask about allergens, in up to six languages
 *
 * Numbers are baselines where a text stands on one. A card in a right-to-left language is the mirror image below the address. */
#include "qr/sobre-card-template.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "qr/sobre-card-job.h"
#include "qr/sobre-card-words.h"

#define MARGIN 14.0
#define TEXT_WIDTH (SOBRE_CARD_WIDTH - 2 * MARGIN)
#define BAND_HEIGHT 3.0
#define CODE_MIDDLE 76.0
#define CODE_WIDTH_MOST 53.5
#define GRID (25.4 / 150)
#define BOTTOM 138.5
#define ALLERGENS_HEIGHT 16.0
#define MAX_ALLERGENS 6

typedef struct
{
  double red;
  double green;
  double blue;
} Ink;

static const Ink paper = { 1, 1, 1 };
static const Ink black = { 0x1d / 255.0, 0x1d / 255.0, 0x20 / 255.0 };
static const Ink accent = { 0x0b / 255.0, 0x5a / 255.0, 0x6b / 255.0 };
static const Ink dim = { 0x5c / 255.0, 0x61 / 255.0, 0x68 / 255.0 };

/* How a text is set. All lengths in mm. */
typedef struct
{
  double size;
  double least_size; /* it is set smaller down to here, then shortened */
  int weight;
  double spacing;
  Ink ink;
  guint max_lines; /* of the least size; 1 where it is 0 */
  double rise;     /* how much of the further lines stands above the baseline: 1 for all of them */
  PangoEllipsizeMode ellipsize;
} Type;

typedef struct
{
  cairo_t *cr;
  PangoContext *context;
  GArray *boxes;
  gboolean mirrored;
} Press;

static void
set_ink (cairo_t *cr, Ink ink)
{
  cairo_set_source_rgb (cr, ink.red, ink.green, ink.blue);
}

static double
to_points (double mm)
{
  return mm * SOBRE_CARD_POINTS_PER_MM;
}

static PangoLayout *
set_type (PangoContext *context, const char *text, const Type *type, double size)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font =
      pango_font_description_from_string ("Cantarell,Adwaita Sans,Noto Sans,Noto Sans Arabic,sans-serif");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_weight (font, type->weight);
  pango_font_description_set_absolute_size (font, to_points (size) * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (type->spacing > 0)
    pango_attr_list_insert (attributes,
                            pango_attr_letter_spacing_new (to_points (type->spacing * size / type->size) * PANGO_SCALE));
  /* A hyphen that is no part of a table's id would make another id of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return logical.width / (double) PANGO_SCALE / SOBRE_CARD_POINTS_PER_MM;
}

/* The layout of @text in at most @width mm: as it is, else smaller, else in more lines, else shortened. */
static PangoLayout *
fit (PangoContext *context, const char *text, const Type *type, double width, PangoAlignment alignment)
{
  PangoLayout *layout = set_type (context, text, type, type->size);
  double natural = get_width (layout);
  double size;

  if (natural <= width)
    return layout;
  g_object_unref (layout);
  size = MAX (type->size * width / natural * 0.995, type->least_size);
  layout = set_type (context, text, type, size);
  if (get_width (layout) > width)
    {
      pango_layout_set_width (layout, to_points (width) * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -(int) MAX (type->max_lines, 1));
      pango_layout_set_ellipsize (layout, type->ellipsize);
      pango_layout_set_alignment (layout, alignment);
      pango_layout_set_auto_dir (layout, FALSE);
    }
  return layout;
}

/* The way from the first line's baseline to the last one's, and the first one's own, points from the layout's top. */
static double
measure_lines (PangoLayout *layout, double *first)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double last;

  *first = pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;
  while (pango_layout_iter_next_line (iter))
    ;
  last = pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;
  pango_layout_iter_free (iter);
  return last - *first;
}

static PangoAlignment
get_alignment (double side)
{
  return side < 0.5 ? PANGO_ALIGN_LEFT : side > 0.5 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_CENTER;
}

/* @x is the text's start for @side 0, its middle for 0.5, its end for 1. Returns the width used. */
static double
print_text (Press *press, const char *text, const Type *type, double x, double side, double baseline, double width)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle ink, logical;
  double first, further, left, used;

  if (press->mirrored)
    {
      x = SOBRE_CARD_WIDTH - x;
      side = 1 - side;
    }
  layout = fit (press->context, text, type, width, get_alignment (side));
  further = measure_lines (layout, &first);
  first += further * type->rise;
  pango_layout_get_extents (layout, &ink, &logical);
  used = logical.width / (double) PANGO_SCALE / SOBRE_CARD_POINTS_PER_MM;
  left = x - side * used;
  set_ink (press->cr, type->ink);
  cairo_move_to (press->cr, to_points (left) - logical.x / (double) PANGO_SCALE, to_points (baseline) - first);
  pango_cairo_show_layout (press->cr, layout);
  if (press->boxes != NULL)
    {
      double unit = PANGO_SCALE * SOBRE_CARD_POINTS_PER_MM;
      SobreCardBox box = { left, baseline - first / SOBRE_CARD_POINTS_PER_MM + ink.y / unit, used, ink.height / unit };

      g_array_append_val (press->boxes, box);
    }
  return used;
}

SobreCardBox
sobre_card_template_place_code (const SobreQrCode *code)
{
  guint n_modules = sobre_qr_code_get_size (code);
  double module = MAX (floor (CODE_WIDTH_MOST / GRID / n_modules), 1) * GRID;
  double size = module * n_modules;

  return (SobreCardBox) {
    round ((SOBRE_CARD_WIDTH - size) / 2 / GRID) * GRID,
    round ((CODE_MIDDLE - size / 2) / GRID) * GRID,
    size,
    size,
  };
}

static void
print_code (Press *press, const SobreQrCode *code)
{
  SobreCardBox box = sobre_card_template_place_code (code);
  double quiet = box.width / sobre_qr_code_get_size (code) * SOBRE_QR_QUIET_MODULES;

  set_ink (press->cr, black);
  sobre_qr_code_draw (code, press->cr, to_points (box.x), to_points (box.y), to_points (box.width));
  if (press->boxes != NULL)
    {
      SobreCardBox with_quiet = { box.x - quiet, box.y - quiet, box.width + 2 * quiet, box.height + 2 * quiet };

      g_array_append_val (press->boxes, with_quiet);
    }
}

/* The allergen sentence once in each language that has words of its own, in English where none has. */
static guint
collect_allergens (const char *const *languages, const char *sentences[MAX_ALLERGENS])
{
  guint n = 0;

  for (guint i = 0; languages[i] != NULL && n < MAX_ALLERGENS; i++)
    {
      const char *sentence = sobre_card_words_get (languages[i])->allergens;
      gboolean known = !sobre_card_words_has (languages[i]);

      for (guint k = 0; k < n; k++)
        known |= sentences[k] == sentence;
      if (!known)
        sentences[n++] = sentence;
    }
  if (n == 0)
    sentences[n++] = sobre_card_words_get ("en")->allergens;
  return n;
}

/* Returns the width used. */
static double
print_allergens (Press *press, const char *const *languages)
{
  const char *sentences[MAX_ALLERGENS];
  guint n = collect_allergens (languages, sentences);
  double step = n > 1 ? MIN (4.5, ALLERGENS_HEIGHT / (n - 1)) : 4.5;
  double widest = 0;

  for (guint i = 0; i < n; i++)
    {
      Type type = { .size = MIN (3.1, step * 0.75),
                    .least_size = 1.9,
                    .weight = i == 0 ? 500 : 400,
                    .ink = i == 0 ? black : dim,
                    .ellipsize = PANGO_ELLIPSIZE_END };
      double used =
          print_text (press, sentences[i], &type, SOBRE_CARD_WIDTH - MARGIN, 1, BOTTOM - (n - 1 - i) * step, TEXT_WIDTH * 0.64);

      widest = MAX (widest, used);
    }
  return widest;
}

static void
print_table (Press *press, const SobreCardWords *words, const char *table_id, double width)
{
  static const Type word = { .size = 3.6, .least_size = 2.6, .weight = 400, .ink = dim, .ellipsize = PANGO_ELLIPSIZE_END };
  static const Type number = {
    .size = 11, .least_size = 2.8, .weight = 700, .ink = black, .max_lines = 4, .rise = 1, .ellipsize = PANGO_ELLIPSIZE_END
  };
  double used = print_text (press, words->table, &word, MARGIN, 0, BOTTOM, width * 0.5);

  print_text (press, table_id, &number, MARGIN + used + 2.2, 0, BOTTOM, width - used - 2.2);
}

static gboolean
is_right_to_left (PangoContext *context, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  pango_layout_set_text (layout, text, -1);
  return pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;
}

/* Letters of right-to-left scripts join, so they are never spaced. */
static void
print_name (Press *press, const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  Type type = { .size = 4.2,
                .least_size = 3,
                .weight = 700,
                .spacing = is_right_to_left (press->context, name) ? 0 : 0.7,
                .ink = accent,
                .max_lines = 2,
                .rise = 0.5,
                .ellipsize = PANGO_ELLIPSIZE_END };

  print_text (press, upper, &type, SOBRE_CARD_WIDTH / 2, 0.5, 18, TEXT_WIDTH + 8);
}

static PangoContext *
make_context (cairo_t *cr)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Metrics that do not depend on the device: the preview, the print and the file break and shorten alike. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

void
sobre_card_template_draw (const SobreCardFace *face, cairo_t *cr, GArray *boxes)
{
  static const Type headline = { .size = 7.4, .least_size = 5, .weight = 700, .ink = black, .ellipsize = PANGO_ELLIPSIZE_END };
  static const Type subline = { .size = 3.7, .least_size = 2.8, .weight = 400, .ink = dim, .ellipsize = PANGO_ELLIPSIZE_END };
  static const Type address = {
    .size = 3.1, .least_size = 2.2, .weight = 400, .ink = dim, .ellipsize = PANGO_ELLIPSIZE_MIDDLE
  };
  const SobreCardWords *words = sobre_card_words_get (face->languages[0] != NULL ? face->languages[0] : "en");
  PangoContext *context = make_context (cr);
  Press press = { cr, context, boxes, FALSE };
  double allergens_width;

  cairo_save (cr);
  set_ink (cr, paper);
  cairo_rectangle (cr, 0, 0, to_points (SOBRE_CARD_WIDTH), to_points (SOBRE_CARD_HEIGHT));
  cairo_fill (cr);
  set_ink (cr, accent);
  cairo_rectangle (cr, 0, 0, to_points (SOBRE_CARD_WIDTH), to_points (BAND_HEIGHT));
  cairo_fill (cr);

  print_name (&press, face->name);
  print_text (&press, words->headline, &headline, SOBRE_CARD_WIDTH / 2, 0.5, 33, SOBRE_CARD_WIDTH - 16);
  print_text (&press, words->subline, &subline, SOBRE_CARD_WIDTH / 2, 0.5, 40, SOBRE_CARD_WIDTH - 16);
  print_code (&press, face->code);
  print_text (&press, face->address, &address, SOBRE_CARD_WIDTH / 2, 0.5, 112.5, TEXT_WIDTH + 8);

  press.mirrored = is_right_to_left (context, words->headline);
  allergens_width = print_allergens (&press, face->languages);
  print_table (&press, words, face->table_id, TEXT_WIDTH - allergens_width - 5);
  cairo_restore (cr);
  g_object_unref (context);
}
