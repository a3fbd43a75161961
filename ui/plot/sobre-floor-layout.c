/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-floor-layout.h"

#include <math.h>
#include <string.h>

#define FLOOR_GAP 12.0
#define ZONE_GAP 6.0
#define ZONE_PADDING 6.0
#define LEAST_ZONE_PADDING 2.0
#define MOST_PITCH 50.0
#define RADIUS_SHARE 0.36
#define MOST_STRETCH 1.5 /* a floor may be drawn so much longer one way than it is */

/* A floor measured in its pitch, the least distance between two of its tables. */
typedef struct
{
  double left;
  double top;
  double width;
  double height;
  double pitch;
} Extent;

/* Floors in rows of @n_columns; @pitch: picture units from table to table, so that all of them fit. */
typedef struct
{
  guint n_columns;
  guint n_rows;
  double pitch;
} Arrangement;

static void
floor_table_free (SobreFloorTable *self)
{
  g_free (self->table_id);
  g_free (self->zone);
  g_free (self);
}

SobreFloor *
sobre_floor_new (const char *store_id, const char *name)
{
  SobreFloor *self = g_new0 (SobreFloor, 1);

  self->store_id = g_strdup (store_id);
  self->name = g_strdup (name);
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) floor_table_free);
  return self;
}

void
sobre_floor_free (SobreFloor *self)
{
  g_free (self->store_id);
  g_free (self->name);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

void
sobre_floor_add (SobreFloor *self, const char *table_id, const char *zone, double x, double y, double mean, gint64 n)
{
  SobreFloorTable *table = g_new0 (SobreFloorTable, 1);

  table->table_id = g_strdup (table_id);
  table->zone = g_strdup (zone != NULL ? zone : "");
  table->x = x;
  table->y = y;
  table->mean = mean;
  table->n = n;
  g_ptr_array_add (self->tables, table);
}

static const SobreFloorTable *
get_table (const SobreFloor *floor, guint i)
{
  return g_ptr_array_index (floor->tables, i);
}

/* Tables at one place are one as far as distances go. */
static double
find_pitch (const SobreFloor *floor)
{
  double least = INFINITY;

  for (guint i = 0; i < floor->tables->len; i++)
    for (guint k = 0; k < i; k++)
      {
        double distance =
            hypot (get_table (floor, i)->x - get_table (floor, k)->x, get_table (floor, i)->y - get_table (floor, k)->y);

        if (distance > 0)
          least = MIN (least, distance);
      }
  return isfinite (least) ? least : 1;
}

static Extent
measure_floor (const SobreFloor *floor)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
  double pitch = find_pitch (floor);

  for (guint i = 0; i < floor->tables->len; i++)
    {
      left = MIN (left, get_table (floor, i)->x);
      right = MAX (right, get_table (floor, i)->x);
      top = MIN (top, get_table (floor, i)->y);
      bottom = MAX (bottom, get_table (floor, i)->y);
    }
  return (Extent) { left, top, (right - left) / pitch, (bottom - top) / pitch, pitch };
}

static gboolean
has_zones (const GPtrArray *floors)
{
  for (guint i = 0; i < floors->len; i++)
    {
      const SobreFloor *floor = g_ptr_array_index (floors, i);

      for (guint k = 0; k < floor->tables->len; k++)
        if (get_table (floor, k)->zone[0] != '\0')
          return TRUE;
    }
  return FALSE;
}

/* What stands over the tables of a floor. */
static double
get_head_height (const GPtrArray *floors)
{
  return (floors->len > 1 ? SOBRE_FLOOR_HEADING : 0) + (has_zones (floors) ? SOBRE_FLOOR_ZONE_LABEL : 0);
}

/* How many pitches wide the floors of @column, or high those of @row, are at most; half a pitch lies around the tables. */
static double
find_column_width (const Extent *extents, guint n, guint n_columns, guint column)
{
  double widest = 0;

  for (guint i = column; i < n; i += n_columns)
    widest = MAX (widest, extents[i].width + 1);
  return widest;
}

static double
find_row_height (const Extent *extents, guint n, guint n_columns, guint row)
{
  double highest = 0;

  for (guint i = row * n_columns; i < MIN (n, (row + 1) * n_columns); i++)
    highest = MAX (highest, extents[i].height + 1);
  return highest;
}

static Arrangement
arrange (const Extent *extents, guint n, guint n_columns, double head, double width, double height)
{
  Arrangement result = { n_columns, (n + n_columns - 1) / n_columns, 0 };
  double across = 0, down = 0;

  for (guint column = 0; column < n_columns; column++)
    across += find_column_width (extents, n, n_columns, column);
  for (guint row = 0; row < result.n_rows; row++)
    down += find_row_height (extents, n, n_columns, row);
  result.pitch = MIN ((width - (n_columns - 1) * FLOOR_GAP) / across,
                      (height - (result.n_rows - 1) * FLOOR_GAP - result.n_rows * head) / down);
  result.pitch = CLAMP (result.pitch, 0, MOST_PITCH);
  return result;
}

static Arrangement
choose_arrangement (const GPtrArray *floors, const Extent *extents, double width, double height)
{
  double head = get_head_height (floors);
  Arrangement best = arrange (extents, floors->len, floors->len, head, width, height);

  for (guint n_columns = floors->len - 1; n_columns > 0; n_columns--)
    {
      Arrangement other = arrange (extents, floors->len, n_columns, head, width, height);

      if (other.pitch > best.pitch)
        best = other;
    }
  return best;
}

static Extent *
measure_floors (const GPtrArray *floors)
{
  Extent *extents = g_new0 (Extent, floors->len);

  for (guint i = 0; i < floors->len; i++)
    extents[i] = measure_floor (g_ptr_array_index (floors, i));
  return extents;
}

double
sobre_floor_layout_measure_pitch (const GPtrArray *floors, double width, double height)
{
  g_autofree Extent *extents = measure_floors (floors);

  return choose_arrangement (floors, extents, width, height).pitch;
}

/* Picture units per pitch: what the room allows, but not too far from @pitch. */
static double
stretch (double room, double extent, double pitch)
{
  return extent > 0 ? CLAMP (room / extent, 0, pitch * MOST_STRETCH) : 0;
}

static void
place_tables (SobreFloorPlace *place, const SobreFloor *floor, const Extent *extent, double pitch, double label_height)
{
  double width = MAX (place->box.width - pitch, 0), height = MAX (place->box.height - label_height - pitch, 0);
  double across = stretch (width, extent->width, pitch), down = stretch (height, extent->height, pitch);
  double left = place->box.x + (place->box.width - extent->width * across) / 2;
  double top = place->box.y + label_height + (place->box.height - label_height - extent->height * down) / 2;

  for (guint i = 0; i < floor->tables->len; i++)
    {
      SobreFloorPoint center = { left + (get_table (floor, i)->x - extent->left) / extent->pitch * across,
                                 top + (get_table (floor, i)->y - extent->top) / extent->pitch * down };

      g_array_append_val (place->centers, center);
    }
}

static SobreFloorZone *
find_zone (SobreFloorPlace *place, const char *name)
{
  for (guint i = 0; i < place->zones->len; i++)
    if (strcmp (g_array_index (place->zones, SobreFloorZone, i).name, name) == 0)
      return &g_array_index (place->zones, SobreFloorZone, i);
  return NULL;
}

static void
include (SobreBox *box, const SobreFloorPoint *center, double reach)
{
  double right = MAX (box->x + box->width, center->x + reach), bottom = MAX (box->y + box->height, center->y + reach);

  box->x = MIN (box->x, center->x - reach);
  box->y = MIN (box->y, center->y - reach);
  box->width = right - box->x;
  box->height = bottom - box->y;
}

/* A zone's tables with what lies around each; %FALSE when two zones are not apart. */
static gboolean
enclose_zones (SobreFloorPlace *place, const SobreFloor *floor, double reach)
{
  for (guint i = 0; i < floor->tables->len; i++)
    {
      const SobreFloorPoint *center = &g_array_index (place->centers, SobreFloorPoint, i);
      SobreFloorZone *zone = find_zone (place, get_table (floor, i)->zone);

      if (zone != NULL)
        {
          include (&zone->box, center, reach);
          continue;
        }
      g_array_append_val (place->zones, ((SobreFloorZone) { get_table (floor, i)->zone,
                                                            { center->x - reach, center->y - reach, 2 * reach, 2 * reach } }));
    }
  for (guint i = 0; i < place->zones->len; i++)
    for (guint k = 0; k < i; k++)
      if (sobre_box_overlaps (&g_array_index (place->zones, SobreFloorZone, i).box,
                              &g_array_index (place->zones, SobreFloorZone, k).box))
        return FALSE;
  return TRUE;
}

/* Lengthens [@start, @start + @length] to the floor's ends or half-way to those that are beside it. */
typedef struct
{
  double start;
  double end;
} Span;

static Span
get_span (const SobreBox *box, gboolean across)
{
  return across ? (Span) { box->x, box->x + box->width } : (Span) { box->y, box->y + box->height };
}

static Span
lengthen (const SobreFloorPlace *place, const SobreBox *boxes, guint own, gboolean across)
{
  Span span = get_span (&boxes[own], across), side = get_span (&boxes[own], !across), result = get_span (&place->box, across);

  for (guint i = 0; i < place->zones->len; i++)
    {
      Span other = get_span (&boxes[i], across), other_side = get_span (&boxes[i], !across);

      if (i == own || other_side.start >= side.end || other_side.end <= side.start)
        continue;
      if (other.start >= span.end)
        result.end = MIN (result.end, MAX ((span.end + other.start - ZONE_GAP) / 2, span.end));
      else
        result.start = MAX (result.start, MIN ((span.start + other.end + ZONE_GAP) / 2, span.start));
    }
  return result;
}

/* First sideways, then up and down: boxes that are apart stay so, since each pass only goes half-way to those beside it. */
static void
fill_floor_with_zones (SobreFloorPlace *place)
{
  g_autofree SobreBox *boxes = g_new0 (SobreBox, place->zones->len);

  for (int across = 1; across >= 0; across--)
    {
      for (guint i = 0; i < place->zones->len; i++)
        boxes[i] = g_array_index (place->zones, SobreFloorZone, i).box;
      for (guint i = 0; i < place->zones->len; i++)
        {
          SobreBox *box = &g_array_index (place->zones, SobreFloorZone, i).box;
          Span span = lengthen (place, boxes, i, across);

          *(across ? &box->x : &box->y) = span.start;
          *(across ? &box->width : &box->height) = span.end - span.start;
        }
    }
}

static void
place_zones (SobreFloorPlace *place, const SobreFloor *floor, double radius)
{
  gboolean apart = enclose_zones (place, floor, radius + ZONE_PADDING);

  if (!apart)
    {
      g_array_set_size (place->zones, 0);
      apart = enclose_zones (place, floor, radius + LEAST_ZONE_PADDING);
    }
  if (apart)
    {
      fill_floor_with_zones (place);
      return;
    }
  g_array_set_size (place->zones, 0);
  g_array_append_val (place->zones, ((SobreFloorZone) { "", place->box }));
}

static void
place_free (SobreFloorPlace *self)
{
  g_array_unref (self->centers);
  g_array_unref (self->zones);
  g_free (self);
}

/* What stands over the floors comes first; rows and columns share the rest by what they need. */
static SobreFloorPlace *
add_place (SobreFloorLayout *self,
           const Extent *extents,
           guint n,
           guint i,
           const Arrangement *grid,
           const SobreBox *area,
           double head)
{
  SobreFloorPlace *place = g_new0 (SobreFloorPlace, 1);
  double across = 0, down = 0, left = 0, above = 0;
  double width = MAX (area->width - (grid->n_columns - 1) * FLOOR_GAP, 0);
  double height = MAX (area->height - (grid->n_rows - 1) * FLOOR_GAP - grid->n_rows * head, 0);
  guint column = i % grid->n_columns, row = i / grid->n_columns;

  for (guint k = 0; k < grid->n_columns; k++)
    {
      double part = find_column_width (extents, n, grid->n_columns, k);

      across += part;
      left += k < column ? part : 0;
    }
  for (guint k = 0; k < grid->n_rows; k++)
    {
      double part = find_row_height (extents, n, grid->n_columns, k);

      down += part;
      above += k < row ? part : 0;
    }
  place->box = (SobreBox) { area->x + width * left / across + column * FLOOR_GAP,
                            area->y + height * above / down + row * (FLOOR_GAP + head),
                            width * find_column_width (extents, n, grid->n_columns, column) / across,
                            head + height * find_row_height (extents, n, grid->n_columns, row) / down };
  place->centers = g_array_new (FALSE, FALSE, sizeof (SobreFloorPoint));
  place->zones = g_array_new (FALSE, FALSE, sizeof (SobreFloorZone));
  g_ptr_array_add (self->places, place);
  return place;
}

SobreFloorLayout *
sobre_floor_layout_new (const GPtrArray *floors, const SobreBox *area)
{
  SobreFloorLayout *self = g_new0 (SobreFloorLayout, 1);
  g_autofree Extent *extents = measure_floors (floors);
  Arrangement grid = choose_arrangement (floors, extents, area->width, area->height);
  double label_height = has_zones (floors) ? SOBRE_FLOOR_ZONE_LABEL : 0;
  double heading = floors->len > 1 ? SOBRE_FLOOR_HEADING : 0;

  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  self->radius = RADIUS_SHARE * grid.pitch;
  for (guint i = 0; i < floors->len; i++)
    {
      SobreFloorPlace *place = add_place (self, extents, floors->len, i, &grid, area, heading + label_height);

      place->box.y += heading;
      place->box.height -= heading;
      place_tables (place, g_ptr_array_index (floors, i), &extents[i], grid.pitch, label_height);
      place_zones (place, g_ptr_array_index (floors, i), self->radius);
    }
  return self;
}

void
sobre_floor_layout_free (SobreFloorLayout *self)
{
  g_ptr_array_unref (self->places);
  g_free (self);
}
