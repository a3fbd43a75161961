/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-canvas.h"

/* Where the tables of one or several floors lie in a picture. Each floor has a unit of its own, so that tables everywhere are about as
 * large and as far apart; within a floor their places keep their order and, within limits, their proportions. */

#define SOBRE_FLOOR_HEADING 20.0
#define SOBRE_FLOOR_ZONE_LABEL 16.0

/** SobreFloorTable: @zone: empty when it has none · @x: place, any unit, finite · @y: likewise, downwards · @mean: NaN without answers */
typedef struct
{
  char *table_id;
  char *zone;
  double x;
  double y;
  double mean;
  gint64 n;
} SobreFloorTable;

/** SobreFloor: @name: shown where there are several · @tables: (element-type SobreFloorTable): at least one */
typedef struct
{
  char *store_id;
  char *name;
  GPtrArray *tables;
} SobreFloor;

SobreFloor *sobre_floor_new (const char *store_id, const char *name);
void sobre_floor_free (SobreFloor *self);
void sobre_floor_add (SobreFloor *self, const char *table_id, const char *zone, double x, double y, double mean, gint64 n);

typedef struct
{
  double x;
  double y;
} SobreFloorPoint;

/** SobreFloorZone: @name: (transfer none): empty when zones cannot be told apart by boxes */
typedef struct
{
  const char *name;
  SobreBox box;
} SobreFloorZone;

/**
 * SobreFloorPlace:
 * @box: of the whole floor, under its heading
 * @centers: (element-type SobreFloorPoint): of its tables
 * @zones: (element-type SobreFloorZone): boxes that do not overlap and hold their tables
 */
typedef struct
{
  SobreBox box;
  GArray *centers;
  GArray *zones;
} SobreFloorPlace;

/**
 * SobreFloorLayout:
 * @places: (element-type SobreFloorPlace): one for each floor
 * @radius: of every table
 */
typedef struct
{
  GPtrArray *places;
  double radius;
} SobreFloorLayout;

/**
 * sobre_floor_layout_new:
 * @floors: (element-type SobreFloor): borrowed while the layout lives
 * @area: where they may lie
 *
 * Returns: (transfer full)
 */
SobreFloorLayout *sobre_floor_layout_new (const GPtrArray *floors, const SobreBox *area);
void sobre_floor_layout_free (SobreFloorLayout *self);

/** How far apart neighbouring tables would be in an area of @width × @height; not more than is of use. */
double sobre_floor_layout_measure_pitch (const GPtrArray *floors, double width, double height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreFloorLayout, sobre_floor_layout_free)
