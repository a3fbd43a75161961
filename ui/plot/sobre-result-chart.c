/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-result-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-format.h"

#define LINE_HEIGHT 190.0
#define EMPTY_HEIGHT 80.0
#define DECIMALS 2

struct _SobreResultChart
{
  SobreDrawing parent_instance;

  SobreChartKind kind;
  char *x;
  char *y;
  SobreResultPoints points;
};

G_DEFINE_FINAL_TYPE (SobreResultChart, sobre_result_chart, SOBRE_TYPE_DRAWING)

char *
sobre_result_points_format (const SobreResultPoints *self, guint row)
{
  if (self->decimals == 0 && isfinite (self->values[row]))
    return sobre_format_count ((gint64) self->values[row]);
  return sobre_format_number (self->values[row], self->decimals);
}

static char *
describe (const SobreResultPoints *points, guint row)
{
  g_autofree char *value = sobre_result_points_format (points, row);

  return g_strdup_printf ("%s: %s", points->labels[row], value);
}

static void
sobre_result_chart_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreResultChart *self = SOBRE_RESULT_CHART (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);

  if (self->points.n == 0)
    sobre_drawing_draw_empty (canvas, _ ("No rows"), width, top, height - top);
  else if (self->kind == SOBRE_CHART_BAR)
    sobre_result_bars_draw (&self->points, canvas, width, top);
  else
    sobre_result_line_draw (&self->points, canvas, width, top, height - top);
}

static double
sobre_result_chart_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  SobreResultChart *self = SOBRE_RESULT_CHART (drawing);

  if (self->points.n == 0)
    return SOBRE_DRAWING_TITLES_HEIGHT + EMPTY_HEIGHT;
  return SOBRE_DRAWING_TITLES_HEIGHT +
         (self->kind == SOBRE_CHART_BAR ? sobre_result_bars_get_height (&self->points) : LINE_HEIGHT);
}

static char *
sobre_result_chart_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  SobreResultChart *self = SOBRE_RESULT_CHART (drawing);
  int row = self->kind == SOBRE_CHART_BAR ? sobre_result_bars_hit_test (&self->points, y - SOBRE_DRAWING_TITLES_HEIGHT)
                                          : sobre_result_line_hit_test (&self->points, canvas, width, x);

  return row >= 0 && row < (int) self->points.n ? describe (&self->points, (guint) row) : NULL;
}

static int
find_extreme (const SobreResultPoints *points, gboolean highest)
{
  int found = -1;

  for (guint i = 0; i < points->n; i++)
    if (isfinite (points->values[i]) &&
        (found < 0 || (highest ? points->values[i] > points->values[found] : points->values[i] < points->values[found])))
      found = (int) i;
  return found;
}

static char *
sobre_result_chart_make_summary (SobreDrawing *drawing)
{
  SobreResultChart *self = SOBRE_RESULT_CHART (drawing);
  int lowest = find_extreme (&self->points, FALSE), highest = find_extreme (&self->points, TRUE);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (lowest < 0)
    return g_strdup (_ ("No rows"));
  low = describe (&self->points, (guint) lowest);
  high = describe (&self->points, (guint) highest);
  /* Translators: a chart of a query's result: the figure's name, what it is of, the highest row and the lowest one. */
  return g_strdup_printf (_ ("%s by %s. Highest: %s. Lowest: %s."), self->y, self->x, high, low);
}

static SobreDataTable *
sobre_result_chart_make_table (SobreDrawing *drawing)
{
  SobreResultChart *self = SOBRE_RESULT_CHART (drawing);
  SobreDataTable *table = sobre_data_table_new ((const char *[]) { self->x, self->y, NULL });

  for (guint i = 0; i < self->points.n; i++)
    {
      g_autofree char *value = sobre_result_points_format (&self->points, i);

      sobre_data_table_add (table, (const char *[]) { self->points.labels[i], value, NULL });
    }
  return table;
}

static void
sobre_result_chart_finalize (GObject *object)
{
  SobreResultChart *self = SOBRE_RESULT_CHART (object);

  g_free (self->x);
  g_free (self->y);
  g_strfreev (self->points.labels);
  g_free (self->points.values);
  G_OBJECT_CLASS (sobre_result_chart_parent_class)->finalize (object);
}

static void
sobre_result_chart_class_init (SobreResultChartClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_result_chart_finalize;
  drawing_class->draw = sobre_result_chart_draw;
  drawing_class->get_height = sobre_result_chart_get_height;
  drawing_class->hit_test = sobre_result_chart_hit_test;
  drawing_class->make_summary = sobre_result_chart_make_summary;
  drawing_class->make_table = sobre_result_chart_make_table;
}

static void
sobre_result_chart_init (SobreResultChart *self)
{
}

static gboolean
find_column (SobreResultTable *table, const char *name, guint *column)
{
  for (guint i = 0; name != NULL && i < sobre_result_table_get_n_columns (table); i++)
    if (g_str_equal (sobre_result_table_get_column_name (table, i), name))
      {
        *column = i;
        return TRUE;
      }
  return FALSE;
}

static char *
make_label (SobreResultTable *table, guint64 row, guint column)
{
  char *text;

  if (sobre_result_table_get_column_type (table, column) == SOBRE_VALUE_DATE &&
      !sobre_result_table_is_null (table, row, column))
    return sobre_format_day ((gint32) sobre_result_table_get_double (table, row, column), FALSE);
  text = sobre_result_table_dup_text (table, row, column);
  return text != NULL ? text : g_strdup (_ ("none"));
}

static void
take_points (SobreResultPoints *points, SobreResultTable *table, guint x, guint y, guint most)
{
  guint64 n_rows = sobre_result_table_get_n_rows (table);

  points->n = (guint) MIN (n_rows, most);
  points->n_left_out = n_rows - points->n;
  points->labels = g_new0 (char *, points->n + 1);
  points->values = g_new0 (double, points->n + 1);
  for (guint i = 0; i < points->n; i++)
    {
      points->labels[i] = make_label (table, i, x);
      points->values[i] = sobre_result_table_get_double (table, i, y);
      if (isfinite (points->values[i]) && points->values[i] != floor (points->values[i]))
        points->decimals = DECIMALS;
    }
}

SobreResultChart *
sobre_result_chart_new (SobreResultTable *table, SobreChartKind kind, const char *x, const char *y)
{
  guint most = kind == SOBRE_CHART_BAR ? SOBRE_RESULT_CHART_MAX_BARS : SOBRE_RESULT_CHART_MAX_POINTS;
  SobreResultChart *self;
  guint x_column, y_column;

  if ((kind != SOBRE_CHART_BAR && kind != SOBRE_CHART_LINE) || !find_column (table, x, &x_column) ||
      !find_column (table, y, &y_column) || !sobre_value_type_is_number (sobre_result_table_get_column_type (table, y_column)))
    return NULL;
  self = g_object_new (SOBRE_TYPE_RESULT_CHART, NULL);
  self->kind = kind;
  self->x = g_strdup (x);
  self->y = g_strdup (y);
  take_points (&self->points, table, x_column, y_column, most);
  return self;
}
