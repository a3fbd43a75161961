/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-bar-list.h"

#include "sobre-drawing-private.h"

#define ROW_HEIGHT 40.0
#define LEAST_ROW_HEIGHT 32.0
#define NAME_BASELINE 12.0
#define BAR_TOP 18.0
#define BAR_HEIGHT 13.0
#define UNDER_BAR 7.0
#define APART 10.0
#define EMPTY_HEIGHT 80.0
#define LEAST_BAR 2.0

typedef struct
{
  char *name;
  char *value;
  char *note;
  char *words;
  double length;
  double lost;
  gboolean warn;
  gboolean apart;
} Row;

struct _SobreBarList
{
  SobreDrawing parent_instance;
  GPtrArray *rows;
  char **header;
  char *empty;
  char *summary;
};

G_DEFINE_FINAL_TYPE (SobreBarList, sobre_bar_list, SOBRE_TYPE_DRAWING)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->value);
  g_free (row->note);
  g_free (row->words);
  g_free (row);
}

/* The room that is left between groups, over the first @n rows. */
static double
measure_gaps (const SobreBarList *self, guint n)
{
  double gaps = 0;

  for (guint i = 1; i < n; i++)
    gaps += ((const Row *) g_ptr_array_index (self->rows, i))->apart ? APART : 0;
  return gaps;
}

/* Lower than suits a row, before one is left out. */
static double
choose_row_height (const SobreBarList *self, double height)
{
  double room = height - SOBRE_DRAWING_TITLES_HEIGHT - measure_gaps (self, self->rows->len) + UNDER_BAR;

  return CLAMP (room / MAX (self->rows->len, 1), LEAST_ROW_HEIGHT, ROW_HEIGHT);
}

static double
get_top (const SobreBarList *self, guint row, double row_height)
{
  return SOBRE_DRAWING_TITLES_HEIGHT + row * row_height + measure_gaps (self, row + 1);
}

/* As many rows as fit; what is left out is in the table. */
static guint
count_visible (const SobreBarList *self, double height, double row_height)
{
  guint n = 0;

  while (n < self->rows->len && get_top (self, n, row_height) + row_height - UNDER_BAR <= height + 0.5)
    n++;
  return n;
}

static void
draw_bar (SobreCanvas *canvas, const Row *row, double top, double width, double height)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  double length = row->length > 0 ? MAX (row->length * width, LEAST_BAR) : 0;
  double lost = MIN (row->lost * width, width - length);

  cairo_new_path (cr);
  if (lost > 0)
    {
      cairo_rectangle (cr, length, top, lost, height);
      sobre_color_set (theme->line, cr);
      cairo_fill_preserve (cr);
      if (theme->patterns)
        sobre_canvas_hatch (canvas, theme->card, 5, TRUE);
      cairo_new_path (cr);
    }
  cairo_rectangle (cr, 0, top, length, height);
  sobre_color_set (theme->data, cr);
  cairo_fill (cr);
}

static void
draw_row (SobreCanvas *canvas, const Row *row, double top, double width, double row_height)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle name = { 13, 500, theme->ink };
  const SobreTextStyle value = { 13, 700, theme->ink };
  const SobreTextStyle note = { 11, row->warn ? 600 : 400, row->warn ? theme->warning_ink : theme->dim };
  SobreBox number =
      sobre_canvas_draw_text (canvas, row->value, &value, SOBRE_ALIGN_END, width, top + NAME_BASELINE, width * 0.4);
  double right = width - number.width - 10;
  double note_width = row->note != NULL ? sobre_canvas_measure (canvas, row->note, &note) : 0;
  double whole = sobre_canvas_measure (canvas, row->name, &name);
  gboolean noted = note_width > 0 && whole + 8 + note_width <= right;

  sobre_canvas_draw_text (canvas, row->name, &name, SOBRE_ALIGN_START, 0, top + NAME_BASELINE, noted ? whole + 1 : right);
  if (noted)
    sobre_canvas_draw_text (canvas, row->note, &note, SOBRE_ALIGN_END, right, top + NAME_BASELINE, note_width + 1);
  draw_bar (canvas, row, top + BAR_TOP, width, MIN (BAR_HEIGHT, row_height - BAR_TOP - UNDER_BAR + 6));
}

static void
sobre_bar_list_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreBarList *self = SOBRE_BAR_LIST (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);
  double row_height = choose_row_height (self, height);
  guint n_visible = count_visible (self, height, row_height);

  if (self->rows->len == 0)
    sobre_drawing_draw_empty (canvas, self->empty, width, top, height - top);
  for (guint i = 0; i < n_visible; i++)
    draw_row (canvas, g_ptr_array_index (self->rows, i), get_top (self, i, row_height), width, row_height);
}

static double
sobre_bar_list_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  SobreBarList *self = SOBRE_BAR_LIST (drawing);
  guint n = self->rows->len;

  return SOBRE_DRAWING_TITLES_HEIGHT + (n > 0 ? n * ROW_HEIGHT + measure_gaps (self, n) - UNDER_BAR : EMPTY_HEIGHT);
}

static char *
sobre_bar_list_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  SobreBarList *self = SOBRE_BAR_LIST (drawing);
  double row_height = choose_row_height (self, height);
  guint n_visible = count_visible (self, height, row_height);

  for (guint i = 0; i < n_visible; i++)
    {
      double top = get_top (self, i, row_height);

      if (y >= top && y < top + row_height)
        return g_strdup (((const Row *) g_ptr_array_index (self->rows, i))->words);
    }
  return NULL;
}

static char *
sobre_bar_list_make_summary (SobreDrawing *drawing)
{
  SobreBarList *self = SOBRE_BAR_LIST (drawing);

  return g_strdup (self->rows->len > 0 ? self->summary : self->empty);
}

static SobreDataTable *
sobre_bar_list_make_table (SobreDrawing *drawing)
{
  SobreBarList *self = SOBRE_BAR_LIST (drawing);
  SobreDataTable *table = sobre_data_table_new ((const char *const *) self->header);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);

      sobre_data_table_add (table, (const char *[]) { row->name, row->value, row->note != NULL ? row->note : "", NULL });
    }
  return table;
}

static void
sobre_bar_list_finalize (GObject *object)
{
  SobreBarList *self = SOBRE_BAR_LIST (object);

  g_ptr_array_unref (self->rows);
  g_strfreev (self->header);
  g_free (self->empty);
  g_free (self->summary);
  G_OBJECT_CLASS (sobre_bar_list_parent_class)->finalize (object);
}

static void
sobre_bar_list_class_init (SobreBarListClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_bar_list_finalize;
  drawing_class->draw = sobre_bar_list_draw;
  drawing_class->get_height = sobre_bar_list_get_height;
  drawing_class->hit_test = sobre_bar_list_hit_test;
  drawing_class->make_summary = sobre_bar_list_make_summary;
  drawing_class->make_table = sobre_bar_list_make_table;
}

static void
sobre_bar_list_init (SobreBarList *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->summary = g_strdup ("");
}

SobreBarList *
sobre_bar_list_new (const char *const *header, const char *empty)
{
  SobreBarList *self = g_object_new (SOBRE_TYPE_BAR_LIST, NULL);

  self->header = g_strdupv ((char **) header);
  self->empty = g_strdup (empty);
  return self;
}

void
sobre_bar_list_add (SobreBarList *self, const SobreBar *bar)
{
  Row *row = g_new0 (Row, 1);

  row->name = g_strdup (bar->name);
  row->value = g_strdup (bar->value);
  row->note = g_strdup (bar->note);
  row->words = g_strdup (bar->words);
  row->length = CLAMP (bar->length, 0, 1);
  row->lost = CLAMP (bar->lost, 0, 1);
  row->warn = bar->warn;
  row->apart = bar->apart;
  g_ptr_array_add (self->rows, row);
}

void
sobre_bar_list_set_summary (SobreBarList *self, const char *summary)
{
  g_set_str (&self->summary, summary);
}
