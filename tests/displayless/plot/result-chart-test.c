/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Charts of results, of any rows at any size: nothing written touches anything else written or leaves the frame; every row can be found by
 * the pointer; what cannot be drawn is refused. */
#include <math.h>
#include <string.h>

#include "query/sobre-result-table-private.h"
#include "sobre-result-chart.h"

#define N_ROUNDS 120

static const char *const names[] = { "Overall", "مهرجان الشارع", "a very long name of a dish with a story of its own", "7",
                                     "2026-11-28" };

static SobreResultColumn
make_texts (const char *name, guint n_rows)
{
  SobreResultColumn column = {
    .name = g_strdup (name), .type = SOBRE_VALUE_VARCHAR, .valid = g_malloc0 (n_rows + 1), .ends = g_new0 (guint64, n_rows + 1)
  };
  GString *bytes = g_string_new (NULL);

  for (guint i = 0; i < n_rows; i++)
    {
      column.valid[i] = g_test_rand_int_range (0, 12) > 0;
      if (column.valid[i])
        g_string_append (bytes, names[g_test_rand_int_range (0, G_N_ELEMENTS (names))]);
      column.ends[i] = bytes->len;
    }
  column.bytes = g_string_free (bytes, FALSE);
  return column;
}

static SobreResultColumn
make_numbers (const char *name, guint n_rows)
{
  SobreResultColumn column = { .name = g_strdup (name), .type = SOBRE_VALUE_DOUBLE, .valid = g_malloc0 (n_rows + 1) };
  double *values = g_new0 (double, n_rows + 1);
  double size = pow (10, g_test_rand_int_range (-2, 9));
  gboolean whole = g_test_rand_bit (), negative = g_test_rand_bit ();

  for (guint i = 0; i < n_rows; i++)
    {
      values[i] = g_test_rand_double_range (negative ? -size : 0, size);
      values[i] = whole ? floor (values[i]) : values[i];
      column.valid[i] = g_test_rand_int_range (0, 12) > 0;
    }
  column.values = values;
  return column;
}

static SobreResultTable *
make_table (guint n_rows)
{
  GArray *columns = sobre_result_columns_new ();
  SobreResultColumn texts = make_texts ("what", n_rows), numbers = make_numbers ("how many", n_rows);

  g_array_append_val (columns, texts);
  g_array_append_val (columns, numbers);
  return sobre_result_table_new (columns, n_rows, FALSE);
}

static void
assert_texts_apart (SobreCanvas *canvas, double width, double height)
{
  GPtrArray *texts = sobre_canvas_get_texts (canvas);
  const SobreBox frame = { -0.5, -0.5, width + 1, height + 1 };

  for (guint i = 0; i < texts->len; i++)
    {
      const SobrePlacedText *text = g_ptr_array_index (texts, i);

      if (!sobre_box_contains (&frame, &text->box))
        g_error ("“%s” leaves a chart of %g × %g", text->text, width, height);
      for (guint k = 0; k < i; k++)
        {
          const SobrePlacedText *other = g_ptr_array_index (texts, k);

          if (sobre_box_overlaps (&text->box, &other->box))
            g_error ("“%s” touches “%s” in a chart of %g × %g", text->text, other->text, width, height);
        }
    }
}

static void
test_layout (gconstpointer data)
{
  SobreChartKind kind = (SobreChartKind) GPOINTER_TO_INT (data);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint n_rows = (guint) g_test_rand_int_range (0, round % 4 == 0 ? 300 : 20);
      g_autoptr (SobreResultTable) table = make_table (n_rows);
      g_autoptr (SobreResultChart) chart = sobre_result_chart_new (table, kind, "what", "how many");
      double width = g_test_rand_double_range (120, 1100);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 8, 8);
      cairo_t *cr = cairo_create (surface);
      g_autoptr (SobreCanvas) canvas = sobre_canvas_new (cr, sobre_theme_get (SOBRE_THEME_LIGHT));
      double height = sobre_drawing_get_height (SOBRE_DRAWING (chart), canvas, width);
      g_autofree char *summary = sobre_drawing_make_summary (SOBRE_DRAWING (chart));
      g_autoptr (SobreDataTable) figures = sobre_drawing_make_table (SOBRE_DRAWING (chart));
      guint shown = figures->rows->len;

      sobre_drawing_set_titles (SOBRE_DRAWING (chart), "A title", "a note");
      sobre_drawing_draw (SOBRE_DRAWING (chart), canvas, width, height);
      assert_texts_apart (canvas, width, height);
      g_assert_cmpint (strlen (summary), >, 0);
      g_assert_cmpuint (shown, ==, kind == SOBRE_CHART_BAR ? MIN (n_rows, SOBRE_RESULT_CHART_MAX_BARS) : n_rows);
      if (shown > 0)
        {
          g_autofree char *found = sobre_drawing_hit_test (SOBRE_DRAWING (chart), canvas, width, height, width - 8, 36);

          g_assert_nonnull (found);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_refusals (void)
{
  g_autoptr (SobreResultTable) table = make_table (3);

  g_assert_null (sobre_result_chart_new (table, SOBRE_CHART_BAR, "what", "no such"));
  g_assert_null (sobre_result_chart_new (table, SOBRE_CHART_BAR, "how many", "what"));
  g_assert_null (sobre_result_chart_new (table, SOBRE_CHART_BAR, NULL, NULL));
  g_assert_null (sobre_result_chart_new (table, SOBRE_CHART_TABLE, "what", "how many"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/result-chart/bars", GINT_TO_POINTER (SOBRE_CHART_BAR), test_layout);
  g_test_add_data_func ("/result-chart/line", GINT_TO_POINTER (SOBRE_CHART_LINE), test_layout);
  g_test_add_func ("/result-chart/refusals", test_refusals);
  return g_test_run ();
}
