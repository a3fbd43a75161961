/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Floors of any shape: tables lie apart and inside, zones do not overlap, and every table can be found and reached. */
#include <math.h>

#include "sobre-floor-layout.h"
#include "sobre-floor-plan.h"

#define N_ROUNDS 200

static SobreFloor *
make_floor (guint n_columns, guint n_rows, gboolean zones)
{
  SobreFloor *floor = sobre_floor_new ("store", "Store");
  double unit = g_test_rand_double_range (0.01, 500), left = g_test_rand_double_range (-1000, 1000);

  for (guint row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        g_autofree char *id = g_strdup_printf ("%u", row * n_columns + column + 1);
        const char *zone = !zones                              ? ""
                           : g_test_rand_int_range (0, 8) == 0 ? "bar"
                           : column < n_columns / 2            ? "room"
                                                               : "terrace";

        if (floor->tables->len == 0 || g_test_rand_int_range (0, 5) > 0)
          sobre_floor_add (floor, id, zone, left + column * unit + g_test_rand_double_range (0, unit / 3), row * unit, 4.2, 20);
      }
  return floor;
}

static GPtrArray *
make_floors (guint n_floors)
{
  GPtrArray *floors = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_floor_free);

  for (guint i = 0; i < n_floors; i++)
    g_ptr_array_add (
        floors, make_floor ((guint) g_test_rand_int_range (1, 9), (guint) g_test_rand_int_range (1, 7), g_test_rand_bit ()));
  return floors;
}

static void
assert_apart (const SobreFloorPlace *place, const SobreFloor *floor, double radius)
{
  const SobreBox roomy = { place->box.x - 0.01, place->box.y - 0.01, place->box.width + 0.02, place->box.height + 0.02 };

  for (guint i = 0; i < place->centers->len; i++)
    {
      const SobreFloorPoint *center = &g_array_index (place->centers, SobreFloorPoint, i);
      const SobreBox box = { center->x - radius, center->y - radius, 2 * radius, 2 * radius };

      g_assert_true (sobre_box_contains (&roomy, &box));
      for (guint k = 0; k < i; k++)
        {
          const SobreFloorPoint *other = &g_array_index (place->centers, SobreFloorPoint, k);

          g_assert_cmpfloat (hypot (center->x - other->x, center->y - other->y), >=, 2 * radius);
        }
    }
  for (guint i = 0; i < place->zones->len; i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (sobre_box_overlaps (&g_array_index (place->zones, SobreFloorZone, i).box,
                                          &g_array_index (place->zones, SobreFloorZone, k).box));
}

static void
assert_tables_are_in_their_zones (const SobreFloorPlace *place, const SobreFloor *floor)
{
  for (guint i = 0; i < floor->tables->len; i++)
    {
      const SobreFloorTable *table = g_ptr_array_index (floor->tables, i);
      const SobreFloorPoint *center = &g_array_index (place->centers, SobreFloorPoint, i);
      const SobreBox point = { center->x, center->y, 0, 0 };
      gboolean found = FALSE;

      for (guint k = 0; k < place->zones->len; k++)
        {
          const SobreFloorZone *zone = &g_array_index (place->zones, SobreFloorZone, k);

          if (place->zones->len == 1 || g_str_equal (zone->name, table->zone))
            found = found || sobre_box_contains (&zone->box, &point);
        }
      g_assert_true (found);
    }
}

static void
test_layout (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) floors = make_floors ((guint) g_test_rand_int_range (1, 6));
      const SobreBox area = { 3, 30, g_test_rand_double_range (120, 900), g_test_rand_double_range (80, 500) };
      g_autoptr (SobreFloorLayout) layout = sobre_floor_layout_new (floors, &area);

      g_assert_cmpuint (layout->places->len, ==, floors->len);
      for (guint i = 0; i < floors->len; i++)
        {
          const SobreFloorPlace *place = g_ptr_array_index (layout->places, i);

          g_assert_cmpfloat (place->box.x, >=, area.x - 0.01);
          g_assert_cmpfloat (place->box.x + place->box.width, <=, area.x + area.width + 0.01);
          assert_apart (place, g_ptr_array_index (floors, i), layout->radius);
          assert_tables_are_in_their_zones (place, g_ptr_array_index (floors, i));
        }
    }
}

static SobreFloorPlan *
make_plan (void)
{
  SobreFloorPlan *plan = sobre_floor_plan_new (4.2);

  sobre_floor_plan_add_floor (plan, "harbour", "Harbour");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);

      sobre_floor_plan_add_table (plan, id, i % 4 < 2 ? "room" : "terrace", i % 4 * 40.0, i / 4 * 50.0, 3.5 + i * 0.1, i);
    }
  sobre_floor_plan_add_floor (plan, "market", "Market");
  sobre_floor_plan_add_table (plan, "A1", NULL, 5, 5, NAN, 0);
  sobre_floor_plan_add_table (plan, "A2", NULL, 9, 5, 4.4, 3);
  sobre_floor_plan_finish (plan, 0);
  return plan;
}

static SobreCanvas *
make_canvas (void)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  SobreCanvas *canvas = sobre_canvas_new (cr, sobre_theme_get (SOBRE_THEME_LIGHT));

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return canvas;
}

/* From the first table, arrows alone lead to every one. */
static void
test_arrows_reach_every_table (void)
{
  g_autoptr (SobreFloorPlan) plan = make_plan ();
  g_autoptr (SobreCanvas) canvas = make_canvas ();
  const int steps[][2] = { { 0, 1 }, { 1, 0 }, { 0, -1 }, { -1, 0 } };
  gboolean reached[2][12] = { { FALSE } };
  GArray *queue = g_array_new (FALSE, FALSE, 2 * sizeof (int));
  int cell[2] = { -1, -1 };
  guint n_reached = 0;

  g_assert_true (sobre_drawing_step_cell (SOBRE_DRAWING (plan), canvas, 400, 260, 0, 1, &cell[0], &cell[1]));
  g_array_append_vals (queue, cell, 1);
  reached[cell[0]][cell[1]] = TRUE;
  for (; n_reached < queue->len; n_reached++)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      {
        const int *from = (const int *) (gpointer) (queue->data + n_reached * sizeof cell);

        cell[0] = from[0];
        cell[1] = from[1];
        if (!sobre_drawing_step_cell (SOBRE_DRAWING (plan), canvas, 400, 260, steps[i][0], steps[i][1], &cell[0], &cell[1]) ||
            reached[cell[0]][cell[1]])
          continue;
        reached[cell[0]][cell[1]] = TRUE;
        g_array_append_vals (queue, cell, 1);
      }
  g_assert_cmpuint (n_reached, ==, 14);
  g_array_unref (queue);
}

static void
test_every_table_is_where_it_is_drawn (void)
{
  g_autoptr (SobreFloorPlan) plan = make_plan ();
  g_autoptr (SobreCanvas) canvas = make_canvas ();
  const char *store_id, *table_id;
  SobreBox box;
  int row, column;

  for (int floor = 0; floor < 2; floor++)
    for (int table = 0; table < (floor == 0 ? 12 : 2); table++)
      {
        g_assert_true (sobre_drawing_get_cell_box (SOBRE_DRAWING (plan), canvas, 400, 260, floor, table, &box));
        g_assert_true (sobre_drawing_find_cell (SOBRE_DRAWING (plan), canvas, 400, 260, box.x + box.width / 2,
                                                box.y + box.height / 2, &row, &column));
        g_assert_cmpint (row, ==, floor);
        g_assert_cmpint (column, ==, table);
        g_assert_true (sobre_floor_plan_get_table (plan, row, column, &store_id, &table_id));
        g_assert_true (sobre_floor_plan_find_table (plan, store_id, table_id, &row, &column));
        g_assert_cmpint (row, ==, floor);
        g_assert_cmpint (column, ==, table);
      }
  g_assert_false (sobre_floor_plan_get_table (plan, 2, 0, &store_id, &table_id));
  g_assert_false (sobre_floor_plan_get_table (plan, 1, 2, &store_id, &table_id));
  g_assert_false (sobre_floor_plan_find_table (plan, "market", "12", &row, &column));
}

static void
test_words (void)
{
  g_autoptr (SobreFloorPlan) plan = make_plan ();
  g_autofree char *summary = sobre_drawing_make_summary (SOBRE_DRAWING (plan));
  g_autoptr (SobreDataTable) table = sobre_drawing_make_table (SOBRE_DRAWING (plan));

  /* Tables 1 to 5 have fewer than five answers and are not called the lowest. */
  g_assert_cmpstr (summary, ==, "14 tables. Lowest: Table 6, Harbour: 4.00, n = 5.");
  g_assert_cmpuint (table->rows->len, ==, 14);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/floor-plan/layout", test_layout);
  g_test_add_func ("/floor-plan/arrows-reach-every-table", test_arrows_reach_every_table);
  g_test_add_func ("/floor-plan/every-table-is-where-it-is-drawn", test_every_table_is_where_it_is_drawn);
  g_test_add_func ("/floor-plan/words", test_words);
  return g_test_run ();
}
