/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-heat-map.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "sobre-drawing-private.h"
#include "sobre-format.h"
#include "sobre-score-ramp.h"

#define N_DAYS 7
#define N_HOURS 24
#define CELL_GAP 2.0
#define CELL_RADIUS 4.0
#define DAY_GAP 8.0
#define FOOT_HEIGHT 42.0
#define NATURAL_HEIGHT (SOBRE_DRAWING_TITLES_HEIGHT + N_DAYS * 27.0 + FOOT_HEIGHT)
#define LEAST_HOURS 6

struct _SobreHeatMap
{
  SobreDrawing parent_instance;
  SobreCellFigures cells[N_DAYS][N_HOURS];
  guint first_hour; /* of the service day */
  guint first;      /* column shown, counted from first_hour */
  guint n_columns;  /* 0 without answers */
  SobreScoreRamp ramp;
};

G_DEFINE_FINAL_TYPE (SobreHeatMap, sobre_heat_map, SOBRE_TYPE_DRAWING)

typedef struct
{
  SobreBox box;
  double cell_width;
  double cell_height;
} Grid;

static guint
get_hour (const SobreHeatMap *self, guint column)
{
  return (self->first_hour + self->first + column) % N_HOURS;
}

static Grid
make_grid (const SobreHeatMap *self, SobreCanvas *canvas, double width, double height)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  double widest = 0;
  Grid grid;

  for (int day = 0; day < N_DAYS; day++)
    {
      g_autofree char *name = sobre_format_weekday (day);

      widest = MAX (widest, sobre_canvas_measure (canvas, name, &style));
    }
  grid.box = (SobreBox) { widest + DAY_GAP, SOBRE_DRAWING_TITLES_HEIGHT, width - widest - DAY_GAP,
                          height - SOBRE_DRAWING_TITLES_HEIGHT - FOOT_HEIGHT };
  grid.cell_width = grid.box.width / MAX (self->n_columns, 1);
  grid.cell_height = grid.box.height / N_DAYS;
  return grid;
}

static SobreBox
get_box (const Grid *grid, int day, guint column)
{
  return (SobreBox) { grid->box.x + column * grid->cell_width, grid->box.y + day * grid->cell_height,
                      grid->cell_width - CELL_GAP, grid->cell_height - CELL_GAP };
}

/* With patterns, far under the usual score is hatched, and the score is written where there is room. */
static void
draw_cell (const SobreHeatMap *self, SobreCanvas *canvas, const SobreCellFigures *cell, const SobreBox *box)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  double position = sobre_score_ramp_get_position (&self->ramp, cell->mean);
  SobreColor color = sobre_theme_diverge (theme, position);
  gboolean few = cell->n < SOBRE_SMALL_SAMPLE;

  cairo_new_path (cr);
  sobre_canvas_add_rounded_box (canvas, box, CELL_RADIUS);
  if (cell->n == 0)
    {
      sobre_color_set (theme->empty, cr);
      cairo_fill (cr);
      return;
    }
  if (few)
    {
      cairo_new_path (cr);
      sobre_canvas_add_rounded_box (canvas, &(SobreBox) { box->x + 0.8, box->y + 0.8, box->width - 1.6, box->height - 1.6 },
                                    CELL_RADIUS);
      sobre_score_ramp_outline_few (canvas, position);
    }
  else
    {
      sobre_color_set (color, cr);
      cairo_fill_preserve (cr);
      if (theme->patterns && position < SOBRE_SCORE_RAMP_HATCH_BELOW)
        sobre_canvas_hatch (canvas, theme->card, 5, TRUE);
      cairo_new_path (cr);
    }
  if (theme->patterns && box->width >= 22 && box->height >= 14)
    {
      const SobreTextStyle style = { 11, 400, few ? theme->ink : sobre_theme_ink_on (theme, color) };
      g_autofree char *score = sobre_format_number (cell->mean, 1);

      if (!few && position < SOBRE_SCORE_RAMP_HATCH_BELOW)
        {
          sobre_canvas_add_rounded_box (canvas,
                                        &(SobreBox) { box->x + box->width / 2 - 11, box->y + box->height / 2 - 7, 22, 14 }, 3);
          sobre_color_set (color, cr);
          cairo_fill (cr);
        }
      sobre_canvas_draw_text (canvas, score, &style, SOBRE_ALIGN_CENTER, box->x + box->width / 2, box->y + box->height / 2 + 4,
                              box->width);
    }
}

static void
draw_days (const SobreHeatMap *self, SobreCanvas *canvas, const Grid *grid)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };

  for (int day = 0; day < N_DAYS && grid->cell_height >= 12; day++)
    {
      g_autofree char *name = sobre_format_weekday (day);

      sobre_canvas_draw_text (canvas, name, &style, SOBRE_ALIGN_END, grid->box.x - DAY_GAP,
                              grid->box.y + (day + 0.5) * grid->cell_height + 4, grid->box.x);
    }
}

/* Every first, second, third … hour, so that the labels do not touch. */
static void
draw_hours (const SobreHeatMap *self, SobreCanvas *canvas, const Grid *grid, double width)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  double label_width = sobre_canvas_measure (canvas, "00:00", &style);
  guint stride = (guint) ceil ((label_width + 6) / grid->cell_width);

  for (guint column = 0; column < self->n_columns; column += MAX (stride, 1))
    {
      g_autofree char *label = g_strdup_printf ("%u:00", get_hour (self, column));
      double x = grid->box.x + (column + 0.5) * grid->cell_width;

      if (x + label_width / 2 <= width)
        sobre_canvas_draw_text (canvas, label, &style, SOBRE_ALIGN_CENTER, x, grid->box.y + grid->box.height + 15,
                                label_width + 1);
    }
}

static void
sobre_heat_map_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreHeatMap *self = SOBRE_HEAT_MAP (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);
  Grid grid = make_grid (self, canvas, width, height);

  if (self->n_columns == 0)
    {
      sobre_drawing_draw_empty (canvas, _ ("No answers in this period"), width, top, height - top);
      return;
    }
  if (grid.box.width < self->n_columns * 3 || grid.box.height < N_DAYS * 3)
    return;
  draw_days (self, canvas, &grid);
  for (int day = 0; day < N_DAYS; day++)
    for (guint column = 0; column < self->n_columns; column++)
      {
        SobreBox box = get_box (&grid, day, column);

        draw_cell (self, canvas, &self->cells[day][get_hour (self, column)], &box);
      }
  draw_hours (self, canvas, &grid, width);
  sobre_score_ramp_draw_key (&self->ramp, canvas, grid.box.x, width - CELL_GAP, height - 3);
}

static double
sobre_heat_map_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  return NATURAL_HEIGHT;
}

static char *
describe_cell (const SobreHeatMap *self, int day, guint hour)
{
  const SobreCellFigures *cell = &self->cells[day][hour];
  g_autofree char *name = sobre_format_weekday (day);
  g_autofree char *score = sobre_format_number (cell->mean, 2);
  g_autofree char *count = sobre_format_count (cell->n);

  if (cell->n == 0)
    return g_strdup_printf (_ ("%s %u:00: no answers"), name, hour);
  /* Translators: a weekday, an hour, a score and the number of answers behind it. */
  return g_strdup_printf (_ ("%s %u:00: %s, n = %s"), name, hour, score, count);
}

/* A row is a weekday, a column an hour of the clock, wherever it stands. */
static gboolean
sobre_heat_map_find_cell (SobreDrawing *drawing,
                          SobreCanvas *canvas,
                          double width,
                          double height,
                          double x,
                          double y,
                          int *row,
                          int *column)
{
  SobreHeatMap *self = SOBRE_HEAT_MAP (drawing);
  Grid grid = make_grid (self, canvas, width, height);
  const SobreBox pointer = { x, y, 0, 0 };

  if (self->n_columns == 0 || !sobre_box_contains (&grid.box, &pointer))
    return FALSE;
  *column = (int) get_hour (self, MIN ((guint) ((x - grid.box.x) / grid.cell_width), self->n_columns - 1));
  *row = (int) MIN ((guint) ((y - grid.box.y) / grid.cell_height), N_DAYS - 1);
  return TRUE;
}

static gboolean
sobre_heat_map_get_cell_box (SobreDrawing *drawing,
                             SobreCanvas *canvas,
                             double width,
                             double height,
                             int row,
                             int column,
                             SobreBox *box)
{
  SobreHeatMap *self = SOBRE_HEAT_MAP (drawing);
  Grid grid = make_grid (self, canvas, width, height);

  for (guint i = 0; i < self->n_columns && row >= 0 && row < N_DAYS; i++)
    if ((int) get_hour (self, i) == column)
      {
        *box = get_box (&grid, row, i);
        return TRUE;
      }
  return FALSE;
}

/* The evening goes on behind midnight: columns are stepped through as they stand. */
static gboolean
sobre_heat_map_step_cell (SobreDrawing *drawing,
                          SobreCanvas *canvas,
                          double width,
                          double height,
                          int down,
                          int right,
                          int *row,
                          int *column)
{
  SobreHeatMap *self = SOBRE_HEAT_MAP (drawing);
  guint from = ((guint) *column + 2 * N_HOURS - self->first_hour - self->first) % N_HOURS;
  int day = *row < 0 ? 0 : *row + down, place = *row < 0 ? 0 : (int) from + right;

  if (day < 0 || day >= N_DAYS || place < 0 || place >= (int) self->n_columns)
    return FALSE;
  *row = day;
  *column = (int) get_hour (self, (guint) place);
  return TRUE;
}

static char *
sobre_heat_map_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  int row, column;

  if (!sobre_heat_map_find_cell (drawing, canvas, width, height, x, y, &row, &column))
    return NULL;
  return describe_cell (SOBRE_HEAT_MAP (drawing), row, (guint) column);
}

static char *
sobre_heat_map_make_summary (SobreDrawing *drawing)
{
  SobreHeatMap *self = SOBRE_HEAT_MAP (drawing);
  int worst_day = -1, best_day = -1;
  guint worst_hour = 0, best_hour = 0;
  g_autofree char *worst = NULL;
  g_autofree char *best = NULL;

  for (int day = 0; day < N_DAYS; day++)
    for (guint hour = 0; hour < N_HOURS; hour++)
      {
        if (self->cells[day][hour].n < SOBRE_SMALL_SAMPLE)
          continue;
        if (worst_day < 0 || self->cells[day][hour].mean < self->cells[worst_day][worst_hour].mean)
          worst_day = day, worst_hour = hour;
        if (best_day < 0 || self->cells[day][hour].mean > self->cells[best_day][best_hour].mean)
          best_day = day, best_hour = hour;
      }
  if (worst_day < 0)
    return g_strdup (_ ("No hour of the week has five answers yet."));
  worst = describe_cell (self, worst_day, worst_hour);
  best = describe_cell (self, best_day, best_hour);
  return g_strdup_printf (_ ("Lowest: %s. Highest: %s."), worst, best);
}

static SobreDataTable *
sobre_heat_map_make_table (SobreDrawing *drawing)
{
  SobreHeatMap *self = SOBRE_HEAT_MAP (drawing);
  const char *header[] = { _ ("Weekday"), _ ("Hour"), _ ("Mean score"), _ ("Answers"), NULL };
  SobreDataTable *table = sobre_data_table_new (header);

  for (int day = 0; day < N_DAYS; day++)
    for (guint column = 0; column < self->n_columns; column++)
      {
        const SobreCellFigures *cell = &self->cells[day][get_hour (self, column)];
        g_autofree char *name = sobre_format_weekday (day);
        g_autofree char *hour = g_strdup_printf ("%u:00", get_hour (self, column));
        g_autofree char *score = sobre_format_number (cell->mean, 2);
        g_autofree char *count = sobre_format_count (cell->n);

        if (cell->n > 0)
          sobre_data_table_add (table, (const char *[]) { name, hour, score, count, NULL });
      }
  return table;
}

static void
sobre_heat_map_class_init (SobreHeatMapClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  drawing_class->draw = sobre_heat_map_draw;
  drawing_class->get_height = sobre_heat_map_get_height;
  drawing_class->hit_test = sobre_heat_map_hit_test;
  drawing_class->make_summary = sobre_heat_map_make_summary;
  drawing_class->make_table = sobre_heat_map_make_table;
  drawing_class->find_cell = sobre_heat_map_find_cell;
  drawing_class->get_cell_box = sobre_heat_map_get_cell_box;
  drawing_class->step_cell = sobre_heat_map_step_cell;
}

static void
sobre_heat_map_init (SobreHeatMap *self)
{
}

static gboolean
column_has_answers (const SobreHeatMap *self, guint column)
{
  for (int day = 0; day < N_DAYS; day++)
    if (self->cells[day][(self->first_hour + column) % N_HOURS].n > 0)
      return TRUE;
  return FALSE;
}

/* Only the hours from the first to the last with answers, at least LEAST_HOURS of them. */
static void
find_columns (SobreHeatMap *self)
{
  guint end = 0;

  self->first = N_HOURS;
  for (guint column = 0; column < N_HOURS; column++)
    if (column_has_answers (self, column))
      {
        self->first = MIN (self->first, column);
        end = column + 1;
      }
  if (end == 0)
    return;
  end = MIN (MAX (end, self->first + LEAST_HOURS), N_HOURS);
  self->first = MIN (self->first, end - LEAST_HOURS);
  self->n_columns = end - self->first;
}

static double
find_farthest (const SobreHeatMap *self, double usual)
{
  double farthest = 0;

  for (int day = 0; day < N_DAYS; day++)
    for (guint hour = 0; hour < N_HOURS; hour++)
      if (self->cells[day][hour].n >= SOBRE_SMALL_SAMPLE)
        farthest = MAX (farthest, fabs (self->cells[day][hour].mean - usual));
  return farthest;
}

SobreHeatMap *
sobre_heat_map_new (const SobreCellFigures cells[7][24], guint first_hour, double usual)
{
  SobreHeatMap *self = g_object_new (SOBRE_TYPE_HEAT_MAP, NULL);

  memcpy (self->cells, cells, sizeof self->cells);
  self->first_hour = first_hour % N_HOURS;
  find_columns (self);
  self->ramp = sobre_score_ramp_make (usual, find_farthest (self, usual));
  return self;
}
