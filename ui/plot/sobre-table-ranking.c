/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-table-ranking.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "scan/sobre-figures.h"
#include "sobre-drawing-private.h"
#include "sobre-format.h"

#define HEADER_HEIGHT 18.0
#define ROW_HEIGHT 21.0
#define EMPTY_HEIGHT 80.0
#define NAME_SHARE 0.36
#define MOST_NAME_SHARE 0.52
#define NAME_GAP 12.0
#define NUMBER_WIDTH 44.0
#define DOT_RADIUS 4.5
#define TWO_COLUMNS_FROM 600.0
#define COLUMN_GAP 28.0
#define FAR_BELOW 0.3 /* under the usual score by this much a table is marked */

typedef struct
{
  char *label;
  double mean;
  gint64 n;
  gboolean gap;
} Row;

struct _SobreTableRanking
{
  SobreDrawing parent_instance;
  GPtrArray *rows;
  double usual;
  char *heading;
  char *empty;
  char *summary;
};

G_DEFINE_FINAL_TYPE (SobreTableRanking, sobre_table_ranking, SOBRE_TYPE_DRAWING)

static void
row_free (Row *row)
{
  g_free (row->label);
  g_free (row);
}

/* Where the lines are: read down the first column, then down the second. */
typedef struct
{
  guint n_columns;
  guint n_lines; /* of the longest column */
  double width;
} Columns;

static Columns
make_columns (const SobreTableRanking *self, double width, double height)
{
  guint n_columns = width >= TWO_COLUMNS_FROM && self->rows->len > 1 ? 2 : 1;
  guint n_lines = (self->rows->len + n_columns - 1) / n_columns;

  return (Columns) { n_columns, MIN (sobre_table_ranking_count_lines (height), n_lines),
                     (width - (n_columns - 1) * COLUMN_GAP) / n_columns };
}

/* Score and count, the score alone, or neither. */
static guint
count_numbers (double width)
{
  return width >= 190 ? 2 : width >= 110 ? 1 : 0;
}

/* What long names take of the scale's room, so that they can be read. */
static double
measure_names (const SobreTableRanking *self, SobreCanvas *canvas, double width)
{
  const SobreTextStyle style = { 13, 400, sobre_canvas_get_theme (canvas)->ink };
  double widest = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);

      if (!row->gap)
        widest = MAX (widest, sobre_canvas_measure (canvas, row->label, &style));
    }
  return CLAMP (widest + NAME_GAP, width * NAME_SHARE, width * MOST_NAME_SHARE);
}

/* The scale under the dots: scores 1 to 5. */
static SobreBox
get_scale_box (double width, double left, double top)
{
  return (SobreBox) { left, top, width - left - MAX (count_numbers (width) * NUMBER_WIDTH, 2 * DOT_RADIUS), 0 };
}

/* Draws @score and @count, right-aligned, as far as they have a column each. */
static void
draw_numbers (SobreCanvas *canvas,
              const char *score,
              const SobreTextStyle *score_style,
              const char *count,
              const SobreTextStyle *count_style,
              double width,
              double baseline)
{
  guint n = count_numbers (width);

  if (n >= 1)
    sobre_canvas_draw_text (canvas, score, score_style, SOBRE_ALIGN_END, width - (n - 1) * NUMBER_WIDTH, baseline,
                            NUMBER_WIDTH - 6);
  if (n >= 2)
    sobre_canvas_draw_text (canvas, count, count_style, SOBRE_ALIGN_END, width, baseline, NUMBER_WIDTH - 6);
}

static double
get_x (const SobreBox *scale, double score)
{
  return scale->x + (CLAMP (score, 1, 5) - 1) / 4 * scale->width;
}

static void
draw_header (const SobreTableRanking *self, SobreCanvas *canvas, double width, double names, double top)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  SobreBox scale = get_scale_box (width, names, top);
  const double scores[] = { 1, 3, 5 };

  sobre_canvas_draw_text (canvas, self->heading, &style, SOBRE_ALIGN_START, 0, top + 9, scale.x - 8);
  for (guint i = 0; i < G_N_ELEMENTS (scores) && scale.width >= 60; i++)
    {
      g_autofree char *label = sobre_format_number (scores[i], 0);

      sobre_canvas_draw_text (canvas, label, &style, SOBRE_ALIGN_CENTER, get_x (&scale, scores[i]), top + 9, 20);
    }
  draw_numbers (canvas, _ ("Score"), &style, _ ("n"), &style, width, top + 9);
}

static void
draw_dot (const SobreTableRanking *self, SobreCanvas *canvas, const Row *row, double x, double y)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  gboolean low = isfinite (self->usual) && row->mean <= self->usual - FAR_BELOW;
  const double dashes[] = { 2, 1.5 };

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, DOT_RADIUS, 0, 2 * G_PI);
  if (row->n < SOBRE_SMALL_SAMPLE)
    {
      sobre_color_set (theme->card, cr);
      cairo_fill_preserve (cr);
      sobre_color_set (theme->dim, cr);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_set_line_width (cr, 1.2);
      cairo_stroke (cr);
    }
  else
    {
      sobre_color_set (low ? theme->warning : theme->data, cr);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

static void
draw_row (const SobreTableRanking *self, SobreCanvas *canvas, const Row *row, double width, double names, double top)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  gboolean few = row->n < SOBRE_SMALL_SAMPLE;
  const SobreTextStyle name = { 13, 400, few ? theme->dim : theme->ink };
  const SobreTextStyle score = { 13, 600, few ? theme->dim : theme->ink };
  const SobreTextStyle count = { 12, 400, theme->dim };
  SobreBox scale = get_scale_box (width, names, top);
  double middle = top + ROW_HEIGHT / 2;
  g_autofree char *score_words = sobre_format_number (row->mean, 2);
  g_autofree char *n = sobre_format_count (row->n);

  if (row->gap)
    {
      sobre_canvas_draw_text (canvas, row->label, &count, SOBRE_ALIGN_START, 0, middle + 4.5, width);
      return;
    }
  sobre_canvas_draw_text (canvas, row->label, &name, SOBRE_ALIGN_START, 0, middle + 4.5, scale.x - 12);
  draw_numbers (canvas, score_words, &score, n, &count, width, middle + 4.5);
  if (scale.width < 24 || !isfinite (row->mean))
    return;
  sobre_canvas_draw_line (canvas, scale.x, middle, scale.x + scale.width, middle, theme->line, FALSE);
  draw_dot (self, canvas, row, get_x (&scale, row->mean), middle);
}

static void
draw_column (const SobreTableRanking *self, SobreCanvas *canvas, const Columns *columns, guint first)
{
  double names = measure_names (self, canvas, columns->width);
  SobreBox scale = get_scale_box (columns->width, names, 0);
  guint n_lines = MIN (columns->n_lines, self->rows->len - first);

  draw_header (self, canvas, columns->width, names, 0);
  if (isfinite (self->usual) && scale.width >= 24)
    sobre_canvas_draw_line (canvas, get_x (&scale, self->usual), HEADER_HEIGHT, get_x (&scale, self->usual),
                            HEADER_HEIGHT + n_lines * ROW_HEIGHT, sobre_canvas_get_theme (canvas)->dim, TRUE);
  for (guint i = 0; i < n_lines; i++)
    draw_row (self, canvas, g_ptr_array_index (self->rows, first + i), columns->width, names, HEADER_HEIGHT + i * ROW_HEIGHT);
}

static void
sobre_table_ranking_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreTableRanking *self = SOBRE_TABLE_RANKING (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);
  Columns columns = make_columns (self, width, height);

  if (self->rows->len == 0)
    sobre_drawing_draw_empty (canvas, self->empty, width, top, height - top);
  for (guint i = 0; i < columns.n_columns && i * columns.n_lines < self->rows->len && columns.n_lines > 0; i++)
    {
      sobre_canvas_push (canvas, i * (columns.width + COLUMN_GAP), top);
      draw_column (self, canvas, &columns, i * columns.n_lines);
      sobre_canvas_pop (canvas);
    }
}

static double
sobre_table_ranking_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  SobreTableRanking *self = SOBRE_TABLE_RANKING (drawing);
  Columns columns = make_columns (self, width, G_MAXFLOAT);

  return SOBRE_DRAWING_TITLES_HEIGHT + (self->rows->len > 0 ? HEADER_HEIGHT + columns.n_lines * ROW_HEIGHT : EMPTY_HEIGHT);
}

static char *
describe_row (const Row *row)
{
  g_autofree char *score = sobre_format_number (row->mean, 2);
  g_autofree char *n = sobre_format_count (row->n);

  if (row->gap)
    return g_strdup (row->label);
  /* Translators: a table, its score and the number of answers. */
  return g_strdup_printf (_ ("%s: %s, n = %s"), row->label, score, n);
}

static char *
sobre_table_ranking_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  SobreTableRanking *self = SOBRE_TABLE_RANKING (drawing);
  Columns columns = make_columns (self, width, height);
  double top = SOBRE_DRAWING_TITLES_HEIGHT + HEADER_HEIGHT;
  guint line = (guint) MAX ((y - top) / ROW_HEIGHT, 0);
  guint row = line + (x > columns.width ? columns.n_lines : 0);

  if (y < top || line >= columns.n_lines || row >= self->rows->len)
    return NULL;
  return describe_row (g_ptr_array_index (self->rows, row));
}

static char *
sobre_table_ranking_make_summary (SobreDrawing *drawing)
{
  SobreTableRanking *self = SOBRE_TABLE_RANKING (drawing);
  g_autofree char *first = NULL;

  if (self->rows->len == 0)
    return g_strdup (self->empty);
  if (self->summary != NULL)
    return g_strdup (self->summary);
  first = describe_row (g_ptr_array_index (self->rows, 0));
  return g_strdup_printf (ngettext ("%u table. Lowest: %s.", "%u tables. Lowest: %s.", self->rows->len), self->rows->len,
                          first);
}

static SobreDataTable *
sobre_table_ranking_make_table (SobreDrawing *drawing)
{
  SobreTableRanking *self = SOBRE_TABLE_RANKING (drawing);
  const char *header[] = { self->heading, _ ("Mean score"), _ ("Answers"), NULL };
  SobreDataTable *table = sobre_data_table_new (header);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);
      g_autofree char *score = sobre_format_number (row->mean, 2);
      g_autofree char *n = sobre_format_count (row->n);

      if (row->gap)
        continue;
      sobre_data_table_add (table, (const char *[]) { row->label, score, n, NULL });
    }
  return table;
}

static void
sobre_table_ranking_finalize (GObject *object)
{
  SobreTableRanking *self = SOBRE_TABLE_RANKING (object);

  g_ptr_array_unref (self->rows);
  g_free (self->heading);
  g_free (self->empty);
  g_free (self->summary);
  G_OBJECT_CLASS (sobre_table_ranking_parent_class)->finalize (object);
}

static void
sobre_table_ranking_class_init (SobreTableRankingClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_table_ranking_finalize;
  drawing_class->draw = sobre_table_ranking_draw;
  drawing_class->get_height = sobre_table_ranking_get_height;
  drawing_class->hit_test = sobre_table_ranking_hit_test;
  drawing_class->make_summary = sobre_table_ranking_make_summary;
  drawing_class->make_table = sobre_table_ranking_make_table;
}

static void
sobre_table_ranking_init (SobreTableRanking *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->heading = g_strdup (_ ("Table"));
  self->empty = g_strdup (_ ("No answers in this period"));
}

SobreTableRanking *
sobre_table_ranking_new (double usual)
{
  SobreTableRanking *self = g_object_new (SOBRE_TYPE_TABLE_RANKING, NULL);

  self->usual = usual;
  return self;
}

void
sobre_table_ranking_add (SobreTableRanking *self, const char *label, double mean, gint64 n)
{
  Row *row = g_new0 (Row, 1);

  row->label = g_strdup (label);
  row->mean = mean;
  row->n = n;
  g_ptr_array_add (self->rows, row);
}

void
sobre_table_ranking_add_gap (SobreTableRanking *self, const char *words)
{
  sobre_table_ranking_add (self, words, (double) NAN, 0);
  ((Row *) g_ptr_array_index (self->rows, self->rows->len - 1))->gap = TRUE;
}

void
sobre_table_ranking_set_words (SobreTableRanking *self, const char *heading, const char *empty, const char *summary)
{
  g_set_str (&self->heading, heading);
  g_set_str (&self->empty, empty);
  g_set_str (&self->summary, summary);
}

guint
sobre_table_ranking_count_lines (double height)
{
  return (guint) CLAMP ((height - SOBRE_DRAWING_TITLES_HEIGHT - HEADER_HEIGHT + 0.5) / ROW_HEIGHT, 0, G_MAXUINT16);
}
