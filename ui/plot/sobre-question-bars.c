/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-question-bars.h"

#include <glib/gi18n-lib.h>

#include "scan/sobre-figures.h"
#include "sobre-drawing-private.h"
#include "sobre-format.h"

#define ROW_HEIGHT 46.0
#define LEAST_ROW_HEIGHT 36.0
#define NAME_BASELINE 12.0
#define BAR_TOP 19.0
#define BAR_HEIGHT 16.0
#define UNDER_BAR 5.0 /* at least */
#define BAR_GAP 1.0
#define EMPTY_HEIGHT 80.0

struct _SobreQuestionBars
{
  SobreDrawing parent_instance;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (SobreQuestionBars, sobre_question_bars, SOBRE_TYPE_DRAWING)

SobreQuestionRow *
sobre_question_row_new (const char *name, const char *value, gint64 n)
{
  SobreQuestionRow *self = g_new0 (SobreQuestionRow, 1);

  self->name = g_strdup (name);
  self->value = g_strdup (value);
  self->n = n;
  return self;
}

void
sobre_question_row_free (SobreQuestionRow *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

/* Lower than suits a row, before one is left out. */
static double
choose_row_height (const SobreQuestionBars *self, double height)
{
  return CLAMP ((height - SOBRE_DRAWING_TITLES_HEIGHT + UNDER_BAR) / MAX (self->rows->len, 1), LEAST_ROW_HEIGHT, ROW_HEIGHT);
}

static double
get_bar_height (double row_height)
{
  return MIN (BAR_HEIGHT, row_height - BAR_TOP - UNDER_BAR);
}

/* As many rows as fit; what is left out is in the table. */
static guint
count_visible (const SobreQuestionBars *self, double height, double row_height)
{
  double room = height - SOBRE_DRAWING_TITLES_HEIGHT + (row_height - BAR_TOP - get_bar_height (row_height));

  return MIN (self->rows->len, (guint) MAX (room / row_height, 0));
}

static SobreColor
get_share_color (const SobreTheme *theme, const SobreQuestionRow *row, guint share)
{
  return sobre_theme_diverge (theme, 2.0 * share / (row->n_shares - 1) - 1);
}

/* With patterns, the two worst shares are hatched in opposite ways and each share is written where it fits. */
static void
draw_share (SobreCanvas *canvas, const SobreQuestionRow *row, guint share, const SobreBox *box)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  SobreColor color = get_share_color (theme, row, share);
  const SobreTextStyle style = { 11, 500, sobre_theme_ink_on (theme, color) };
  g_autofree char *words = sobre_format_share (row->shares[share]);
  gboolean hatched = theme->patterns && share < row->n_shares / 2;
  double width;

  cairo_new_path (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  sobre_color_set (color, cr);
  cairo_fill_preserve (cr);
  if (hatched)
    sobre_canvas_hatch (canvas, theme->card, 5, share % 2 == 0);
  cairo_new_path (cr);
  width = sobre_canvas_measure (canvas, words, &style) + 6;
  if (!theme->patterns || width > box->width)
    return;
  if (hatched)
    {
      cairo_rectangle (cr, box->x + (box->width - width) / 2, box->y, width, box->height);
      sobre_color_set (color, cr);
      cairo_fill (cr);
    }
  sobre_canvas_draw_text (canvas, words, &style, SOBRE_ALIGN_CENTER, box->x + box->width / 2, box->y + box->height / 2 + 4,
                          box->width);
}

static void
draw_bar (SobreCanvas *canvas, const SobreQuestionRow *row, double top, double width, double height)
{
  double left = 0;

  for (guint i = 0; i < row->n_shares; i++)
    {
      double right = left + row->shares[i] * width;
      SobreBox box = { left, top + BAR_TOP, MAX (right - left - BAR_GAP, 0), height };

      if (row->shares[i] > 0)
        draw_share (canvas, row, i, &box);
      left = right;
    }
}

static void
outline_bar (SobreCanvas *canvas, double top, double width, double height)
{
  const double dashes[] = { 3, 3 };
  cairo_t *cr = sobre_canvas_get_cr (canvas);

  cairo_save (cr);
  cairo_rectangle (cr, 0.6, top + BAR_TOP + 0.6, width - 1.2, height - 1.2);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 1.2);
  sobre_color_set (sobre_canvas_get_theme (canvas)->dim, cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_row (SobreCanvas *canvas, const SobreQuestionRow *row, double top, double width, double height)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  gboolean few = row->n < SOBRE_SMALL_SAMPLE;
  const SobreTextStyle name = { 13, 500, theme->ink };
  const SobreTextStyle value = { 13, 700, few ? theme->dim : theme->ink };
  const SobreTextStyle count = { 11, 400, theme->dim };
  g_autofree char *n = sobre_format_count (row->n);
  g_autofree char *n_words = g_strdup_printf (_ ("n = %s"), n);
  SobreBox value_box =
      sobre_canvas_draw_text (canvas, row->value, &value, SOBRE_ALIGN_END, width, top + NAME_BASELINE, width * 0.5);
  double right = width - value_box.width - 10;
  double n_width = sobre_canvas_measure (canvas, n_words, &count);
  SobreBox name_box =
      sobre_canvas_draw_text (canvas, row->name, &name, SOBRE_ALIGN_START, 0, top + NAME_BASELINE, right - n_width - 8);

  if (name_box.width + 8 + n_width <= right)
    sobre_canvas_draw_text (canvas, n_words, &count, SOBRE_ALIGN_END, right, top + NAME_BASELINE, n_width + 1);
  if (few)
    outline_bar (canvas, top, width, get_bar_height (height));
  else
    draw_bar (canvas, row, top, width, get_bar_height (height));
}

static void
sobre_question_bars_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreQuestionBars *self = SOBRE_QUESTION_BARS (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);
  double row_height = choose_row_height (self, height);
  guint n_visible = count_visible (self, height, row_height);

  if (self->rows->len == 0)
    sobre_drawing_draw_empty (canvas, _ ("No answers in this period"), width, top, height - top);
  for (guint i = 0; i < n_visible; i++)
    draw_row (canvas, g_ptr_array_index (self->rows, i), top + i * row_height, width, row_height);
}

static double
sobre_question_bars_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  guint n_rows = SOBRE_QUESTION_BARS (drawing)->rows->len;

  return SOBRE_DRAWING_TITLES_HEIGHT + (n_rows > 0 ? n_rows * ROW_HEIGHT : EMPTY_HEIGHT);
}

static char *
describe_row (const SobreQuestionRow *row)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *n = sobre_format_count (row->n);

  /* Translators: a question, its figure and the number of answers. */
  g_string_append_printf (words, _ ("%s: %s, n = %s"), row->name, row->value, n);
  for (guint i = 0; i < row->n_shares && row->n > 0; i++)
    {
      g_autofree char *share = sobre_format_share (row->shares[i]);

      g_string_append_printf (words, "%s %s", i == 0 ? " ·" : " /", share);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
sobre_question_bars_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  SobreQuestionBars *self = SOBRE_QUESTION_BARS (drawing);
  double row_height = choose_row_height (self, height);
  guint row = (guint) MAX ((y - SOBRE_DRAWING_TITLES_HEIGHT) / row_height, 0);

  if (y < SOBRE_DRAWING_TITLES_HEIGHT || row >= count_visible (self, height, row_height))
    return NULL;
  return describe_row (g_ptr_array_index (self->rows, row));
}

static char *
sobre_question_bars_make_summary (SobreDrawing *drawing)
{
  SobreQuestionBars *self = SOBRE_QUESTION_BARS (drawing);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SobreQuestionRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *n = sobre_format_count (row->n);

      g_string_append (words, i > 0 ? "; " : "");
      g_string_append_printf (words, _ ("%s: %s, n = %s"), row->name, row->value, n);
    }
  if (self->rows->len == 0)
    g_string_append (words, _ ("No answers in this period"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static SobreDataTable *
sobre_question_bars_make_table (SobreDrawing *drawing)
{
  SobreQuestionBars *self = SOBRE_QUESTION_BARS (drawing);
  const char *header[] = { _ ("Question"), _ ("Figure"), _ ("Answers"), _ ("Shares from worst to best"), NULL };
  SobreDataTable *table = sobre_data_table_new (header);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SobreQuestionRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *n = sobre_format_count (row->n);
      g_autoptr (GString) shares = g_string_new (NULL);

      for (guint k = 0; k < row->n_shares; k++)
        {
          g_autofree char *share = sobre_format_share (row->shares[k]);

          g_string_append_printf (shares, "%s%s", k > 0 ? " / " : "", share);
        }
      sobre_data_table_add (table, (const char *[]) { row->name, row->value, n, shares->str, NULL });
    }
  return table;
}

static void
sobre_question_bars_finalize (GObject *object)
{
  g_ptr_array_unref (SOBRE_QUESTION_BARS (object)->rows);
  G_OBJECT_CLASS (sobre_question_bars_parent_class)->finalize (object);
}

static void
sobre_question_bars_class_init (SobreQuestionBarsClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_question_bars_finalize;
  drawing_class->draw = sobre_question_bars_draw;
  drawing_class->get_height = sobre_question_bars_get_height;
  drawing_class->hit_test = sobre_question_bars_hit_test;
  drawing_class->make_summary = sobre_question_bars_make_summary;
  drawing_class->make_table = sobre_question_bars_make_table;
}

static void
sobre_question_bars_init (SobreQuestionBars *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_question_row_free);
}

SobreQuestionBars *
sobre_question_bars_new (void)
{
  return g_object_new (SOBRE_TYPE_QUESTION_BARS, NULL);
}

void
sobre_question_bars_add (SobreQuestionBars *self, SobreQuestionRow *row)
{
  g_ptr_array_add (self->rows, row);
}
