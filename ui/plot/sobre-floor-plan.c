/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-floor-plan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "scan/sobre-figures.h"
#include "sobre-drawing-private.h"
#include "sobre-floor-layout.h"
#include "sobre-format.h"
#include "sobre-score-ramp.h"

#define FOOT_HEIGHT 26.0
#define NATURAL_HEIGHT 236.0
#define MOST_HEIGHT 420.0
#define HEIGHT_STEP 24.0
#define EASY_PITCH 26.0 /* numbers fit into tables that are so far apart */
#define ZONE_RADIUS 6.0
#define HIT_REACH 1.25
#define LEAST_AREA 24.0

struct _SobreFloorPlan
{
  SobreDrawing parent_instance;
  GPtrArray *floors; /* of SobreFloor */
  SobreScoreRamp ramp;
  double usual;
  guint n_unplaced;
};

G_DEFINE_FINAL_TYPE (SobreFloorPlan, sobre_floor_plan, SOBRE_TYPE_DRAWING)

static const SobreFloor *
get_floor (const SobreFloorPlan *self, guint row)
{
  return g_ptr_array_index (self->floors, row);
}

static const SobreFloorTable *
get_table (const SobreFloor *floor, guint column)
{
  return g_ptr_array_index (floor->tables, column);
}

static const SobreFloorPlace *
get_place (const SobreFloorLayout *layout, guint row)
{
  return g_ptr_array_index (layout->places, row);
}

static const SobreFloorPoint *
get_center (const SobreFloorLayout *layout, guint row, guint column)
{
  return &g_array_index (get_place (layout, row)->centers, SobreFloorPoint, column);
}

/* %NULL when there is no room for a plan. */
static SobreFloorLayout *
lay_out (const SobreFloorPlan *self, double width, double height)
{
  const SobreBox area = { 0.5, SOBRE_DRAWING_TITLES_HEIGHT, width - 1, height - SOBRE_DRAWING_TITLES_HEIGHT - FOOT_HEIGHT };

  return area.width >= LEAST_AREA && area.height >= LEAST_AREA ? sobre_floor_layout_new (self->floors, &area) : NULL;
}

/* The largest size at which the number fits into its table; 0 for none. */
static double
choose_number_size (SobreCanvas *canvas, const char *number, double radius)
{
  for (double size = 13; size >= 11; size--)
    {
      const SobreTextStyle style = { size, 600, { 0 } };

      if (hypot (sobre_canvas_measure (canvas, number, &style), size * 0.72) <= 2 * radius - 2.5)
        return size;
    }
  return 0;
}

static void
draw_number (SobreCanvas *canvas, const SobreFloorTable *table, SobreColor ink, const SobreFloorPoint *center, double radius)
{
  SobreTextStyle style = { choose_number_size (canvas, table->table_id, radius), 600, ink };
  double width;
  SobreBox box;

  if (style.size == 0)
    return;
  width = sobre_canvas_measure (canvas, table->table_id, &style);
  box = (SobreBox) { center->x - width / 2, center->y - style.size * 0.5, width, style.size };
  if (!sobre_canvas_is_taken (canvas, &box))
    sobre_canvas_draw_text (canvas, table->table_id, &style, SOBRE_ALIGN_CENTER, center->x, center->y + style.size * 0.36,
                            width + 1);
}

static void
draw_table (const SobreFloorPlan *self,
            SobreCanvas *canvas,
            const SobreFloorTable *table,
            const SobreFloorPoint *center,
            double radius)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  double position = table->n > 0 ? sobre_score_ramp_get_position (&self->ramp, table->mean) : 0;
  SobreColor color = table->n > 0 ? sobre_theme_diverge (theme, position) : theme->empty;
  gboolean few = table->n > 0 && table->n < SOBRE_SMALL_SAMPLE;
  gboolean hatched = theme->patterns && !few && position < SOBRE_SCORE_RAMP_HATCH_BELOW;

  cairo_new_path (cr);
  cairo_arc (cr, center->x, center->y, few ? radius - 0.6 : radius, 0, 2 * G_PI);
  if (few)
    {
      sobre_score_ramp_outline_few (canvas, position);
    }
  else
    {
      sobre_color_set (color, cr);
      cairo_fill_preserve (cr);
    }
  if (hatched)
    {
      sobre_canvas_hatch (canvas, theme->card, 5, TRUE);
      cairo_new_path (cr);
      cairo_arc (cr, center->x, center->y, radius * 0.66, 0, 2 * G_PI);
      sobre_color_set (color, cr);
      cairo_fill (cr);
    }
  cairo_new_path (cr);
  draw_number (canvas, table,
               table->n == 0 ? theme->dim
               : few         ? theme->ink
                             : sobre_theme_ink_on (theme, color),
               center, radius);
}

/* A zone's name stands in its corner, unless a table does. */
static void
draw_zone (SobreCanvas *canvas, const SobreFloorPlace *place, const SobreFloorZone *zone, double radius)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle style = { 11, 400, theme->dim };
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  double width = MIN (sobre_canvas_measure (canvas, zone->name, &style), zone->box.width - 14);
  const SobreBox label = { zone->box.x + 7, zone->box.y + 3, width, 12 };

  cairo_new_path (cr);
  sobre_canvas_add_rounded_box (canvas, &zone->box, ZONE_RADIUS);
  cairo_set_line_width (cr, 1);
  sobre_color_set (theme->line, cr);
  cairo_stroke (cr);
  for (guint i = 0; i < place->centers->len; i++)
    {
      const SobreFloorPoint *center = &g_array_index (place->centers, SobreFloorPoint, i);
      const SobreBox table = { center->x - radius, center->y - radius, 2 * radius, 2 * radius };

      if (sobre_box_overlaps (&label, &table))
        return;
    }
  sobre_canvas_draw_text (canvas, zone->name, &style, SOBRE_ALIGN_START, label.x, label.y + 9, width + 1);
}

static void
draw_floor (const SobreFloorPlan *self, SobreCanvas *canvas, const SobreFloorLayout *layout, guint row)
{
  const SobreTextStyle heading = { 12, 500, sobre_canvas_get_theme (canvas)->dim };
  const SobreFloorPlace *place = get_place (layout, row);
  const SobreFloor *floor = get_floor (self, row);

  if (self->floors->len > 1)
    sobre_canvas_draw_text (canvas, floor->name, &heading, SOBRE_ALIGN_START, place->box.x + 1, place->box.y - 7,
                            place->box.width);
  for (guint i = 0; i < place->zones->len; i++)
    draw_zone (canvas, place, &g_array_index (place->zones, SobreFloorZone, i), layout->radius);
  for (guint i = 0; i < floor->tables->len; i++)
    draw_table (self, canvas, get_table (floor, i), get_center (layout, row, i), layout->radius);
}

/* The key, or how many tables the plan does not have: that has to be said, the colours explain themselves. */
static void
draw_foot (const SobreFloorPlan *self, SobreCanvas *canvas, double width, double height)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  g_autofree char *words = NULL;

  if (self->n_unplaced == 0)
    {
      sobre_score_ramp_draw_key (&self->ramp, canvas, 0, width, height - 3);
      return;
    }
  words = g_strdup_printf (ngettext ("%u table with answers has no place in tables.csv",
                                     "%u tables with answers have no place in tables.csv", self->n_unplaced),
                           self->n_unplaced);
  sobre_canvas_draw_text (canvas, words, &style, SOBRE_ALIGN_START, 0, height - 3, width);
}

static void
sobre_floor_plan_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  g_autoptr (SobreFloorLayout) layout = lay_out (self, width, height);

  sobre_drawing_draw_titles (drawing, canvas, width);
  if (layout == NULL)
    return;
  for (guint row = 0; row < self->floors->len; row++)
    draw_floor (self, canvas, layout, row);
  draw_foot (self, canvas, width, height);
}

/* Higher where tables would be too close for their numbers. */
static double
sobre_floor_plan_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  double height = NATURAL_HEIGHT, chrome = SOBRE_DRAWING_TITLES_HEIGHT + FOOT_HEIGHT;

  while (height < MOST_HEIGHT && sobre_floor_layout_measure_pitch (self->floors, width - 1, height - chrome) < EASY_PITCH &&
         sobre_floor_layout_measure_pitch (self->floors, width - 1, MOST_HEIGHT) >
             sobre_floor_layout_measure_pitch (self->floors, width - 1, height - chrome))
    height += HEIGHT_STEP;
  return height;
}

static char *
describe_table (const SobreFloorPlan *self, guint row, guint column)
{
  const SobreFloor *floor = get_floor (self, row);
  const SobreFloorTable *table = get_table (floor, column);
  g_autofree char *name = self->floors->len > 1 ? g_strdup_printf (_ ("Table %s, %s"), table->table_id, floor->name)
                                                : g_strdup_printf (_ ("Table %s"), table->table_id);
  g_autofree char *score = sobre_format_number (table->mean, 2);
  g_autofree char *n = sobre_format_count (table->n);

  if (table->n == 0)
    return g_strdup_printf (_ ("%s: no answers"), name);
  /* Translators: a table, its score and the number of answers. */
  return g_strdup_printf (_ ("%s: %s, n = %s"), name, score, n);
}

static gboolean
sobre_floor_plan_find_cell (SobreDrawing *drawing,
                            SobreCanvas *canvas,
                            double width,
                            double height,
                            double x,
                            double y,
                            int *row,
                            int *column)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  g_autoptr (SobreFloorLayout) layout = lay_out (self, width, height);
  double nearest = layout != NULL ? HIT_REACH * layout->radius : 0;
  gboolean found = FALSE;

  for (guint i = 0; layout != NULL && i < self->floors->len; i++)
    for (guint k = 0; k < get_floor (self, i)->tables->len; k++)
      {
        double distance = hypot (get_center (layout, i, k)->x - x, get_center (layout, i, k)->y - y);

        if (distance >= nearest)
          continue;
        nearest = distance;
        *row = (int) i;
        *column = (int) k;
        found = TRUE;
      }
  return found;
}

static gboolean
has_cell (const SobreFloorPlan *self, int row, int column)
{
  return row >= 0 && row < (int) self->floors->len && column >= 0 && column < (int) get_floor (self, (guint) row)->tables->len;
}

static gboolean
sobre_floor_plan_get_cell_box (SobreDrawing *drawing,
                               SobreCanvas *canvas,
                               double width,
                               double height,
                               int row,
                               int column,
                               SobreBox *box)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  g_autoptr (SobreFloorLayout) layout = lay_out (self, width, height);
  const SobreFloorPoint *center;

  if (layout == NULL || !has_cell (self, row, column))
    return FALSE;
  center = get_center (layout, (guint) row, (guint) column);
  *box = (SobreBox) { center->x - layout->radius, center->y - layout->radius, 2 * layout->radius, 2 * layout->radius };
  return TRUE;
}

/* The nearest table in that direction; one that is more sideways than ahead counts as farther away. */
static gboolean
sobre_floor_plan_step_cell (SobreDrawing *drawing,
                            SobreCanvas *canvas,
                            double width,
                            double height,
                            int down,
                            int right,
                            int *row,
                            int *column)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  g_autoptr (SobreFloorLayout) layout = lay_out (self, width, height);
  SobreFloorPoint from;
  double nearest = INFINITY;

  if (layout == NULL)
    return FALSE;
  if (!has_cell (self, *row, *column))
    {
      *row = *column = 0;
      return has_cell (self, 0, 0);
    }
  from = *get_center (layout, (guint) *row, (guint) *column);
  for (guint i = 0; i < self->floors->len; i++)
    for (guint k = 0; k < get_floor (self, i)->tables->len; k++)
      {
        const SobreFloorPoint *to = get_center (layout, i, k);
        double ahead = (to->x - from.x) * right + (to->y - from.y) * down;
        double aside = fabs ((to->x - from.x) * down) + fabs ((to->y - from.y) * right);

        if (ahead < 1 || ahead + 2 * aside >= nearest)
          continue;
        nearest = ahead + 2 * aside;
        *row = (int) i;
        *column = (int) k;
      }
  return isfinite (nearest);
}

static char *
sobre_floor_plan_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  int row, column;

  if (!sobre_floor_plan_find_cell (drawing, canvas, width, height, x, y, &row, &column))
    return NULL;
  return describe_table (SOBRE_FLOOR_PLAN (drawing), (guint) row, (guint) column);
}

static char *
sobre_floor_plan_make_summary (SobreDrawing *drawing)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  g_autofree char *lowest = NULL;
  double mean = INFINITY;
  guint n_tables = 0;

  for (guint i = 0; i < self->floors->len; i++)
    for (guint k = 0; k < get_floor (self, i)->tables->len; k++)
      {
        const SobreFloorTable *table = get_table (get_floor (self, i), k);

        n_tables++;
        if (table->n < SOBRE_SMALL_SAMPLE || table->mean >= mean)
          continue;
        mean = table->mean;
        g_free (lowest);
        lowest = describe_table (self, i, k);
      }
  if (lowest == NULL)
    return g_strdup (_ ("No table has five answers yet."));
  return g_strdup_printf (ngettext ("%u table. Lowest: %s.", "%u tables. Lowest: %s.", n_tables), n_tables, lowest);
}

static SobreDataTable *
sobre_floor_plan_make_table (SobreDrawing *drawing)
{
  SobreFloorPlan *self = SOBRE_FLOOR_PLAN (drawing);
  const char *header[] = { _ ("Table"), _ ("Store"), _ ("Zone"), _ ("Mean score"), _ ("Answers"), NULL };
  SobreDataTable *result = sobre_data_table_new (header);

  result->n_names = 3;
  for (guint i = 0; i < self->floors->len; i++)
    for (guint k = 0; k < get_floor (self, i)->tables->len; k++)
      {
        const SobreFloorTable *table = get_table (get_floor (self, i), k);
        g_autofree char *score = sobre_format_number (table->mean, 2);
        g_autofree char *n = sobre_format_count (table->n);

        sobre_data_table_add (result,
                              (const char *[]) { table->table_id, get_floor (self, i)->name, table->zone, score, n, NULL });
      }
  return result;
}

static void
sobre_floor_plan_finalize (GObject *object)
{
  g_ptr_array_unref (SOBRE_FLOOR_PLAN (object)->floors);
  G_OBJECT_CLASS (sobre_floor_plan_parent_class)->finalize (object);
}

static void
sobre_floor_plan_class_init (SobreFloorPlanClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_floor_plan_finalize;
  drawing_class->draw = sobre_floor_plan_draw;
  drawing_class->get_height = sobre_floor_plan_get_height;
  drawing_class->hit_test = sobre_floor_plan_hit_test;
  drawing_class->make_summary = sobre_floor_plan_make_summary;
  drawing_class->make_table = sobre_floor_plan_make_table;
  drawing_class->find_cell = sobre_floor_plan_find_cell;
  drawing_class->get_cell_box = sobre_floor_plan_get_cell_box;
  drawing_class->step_cell = sobre_floor_plan_step_cell;
}

static void
sobre_floor_plan_init (SobreFloorPlan *self)
{
  self->floors = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_floor_free);
}

SobreFloorPlan *
sobre_floor_plan_new (double usual)
{
  SobreFloorPlan *self = g_object_new (SOBRE_TYPE_FLOOR_PLAN, NULL);

  self->usual = usual;
  return self;
}

void
sobre_floor_plan_add_floor (SobreFloorPlan *self, const char *store_id, const char *name)
{
  g_ptr_array_add (self->floors, sobre_floor_new (store_id, name));
}

void
sobre_floor_plan_add_table (SobreFloorPlan *self,
                            const char *table_id,
                            const char *zone,
                            double x,
                            double y,
                            double mean,
                            gint64 n)
{
  g_return_if_fail (self->floors->len > 0 && isfinite (x) && isfinite (y));

  sobre_floor_add (g_ptr_array_index (self->floors, self->floors->len - 1), table_id, zone, x, y, mean, n);
}

void
sobre_floor_plan_finish (SobreFloorPlan *self, guint n_unplaced)
{
  double farthest = 0;

  for (guint i = 0; i < self->floors->len; i++)
    for (guint k = 0; k < get_floor (self, i)->tables->len; k++)
      {
        const SobreFloorTable *table = get_table (get_floor (self, i), k);

        if (table->n >= SOBRE_SMALL_SAMPLE)
          farthest = MAX (farthest, fabs (table->mean - self->usual));
      }
  self->ramp = sobre_score_ramp_make (self->usual, farthest);
  self->n_unplaced = n_unplaced;
}

gboolean
sobre_floor_plan_get_table (SobreFloorPlan *self, int row, int column, const char **store_id, const char **table_id)
{
  if (!has_cell (self, row, column))
    return FALSE;
  *store_id = get_floor (self, (guint) row)->store_id;
  *table_id = get_table (get_floor (self, (guint) row), (guint) column)->table_id;
  return TRUE;
}

gboolean
sobre_floor_plan_find_table (SobreFloorPlan *self, const char *store_id, const char *table_id, int *row, int *column)
{
  for (guint i = 0; i < self->floors->len; i++)
    for (guint k = 0; k < get_floor (self, i)->tables->len; k++)
      if (g_strcmp0 (get_floor (self, i)->store_id, store_id) == 0 &&
          g_strcmp0 (get_table (get_floor (self, i), k)->table_id, table_id) == 0)
        {
          *row = (int) i;
          *column = (int) k;
          return TRUE;
        }
  return FALSE;
}
