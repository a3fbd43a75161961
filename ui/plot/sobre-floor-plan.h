/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FLOOR_PLAN (sobre_floor_plan_get_type ())

/**
 * SobreFloorPlan: the tables where they stand, coloured around the usual score. Its cells are tables: the row is the floor, the column
 * the table on it.
 */
G_DECLARE_FINAL_TYPE (SobreFloorPlan, sobre_floor_plan, SOBRE, FLOOR_PLAN, SobreDrawing)

/** sobre_floor_plan_new: @usual: the score in the middle of the colours. Returns: (transfer full) */
SobreFloorPlan *sobre_floor_plan_new (double usual);

/** Begins a floor. @name: the heading where there are several */
void sobre_floor_plan_add_floor (SobreFloorPlan *self, const char *store_id, const char *name);

/**
 * sobre_floor_plan_add_table:
 * @zone: (nullable): part of the floor
 * @x: place, any unit, finite
 * @y: likewise, downwards
 * @mean: NaN without answers
 *
 * On the floor that was begun last.
 */
void sobre_floor_plan_add_table (SobreFloorPlan *self,
                                 const char *table_id,
                                 const char *zone,
                                 double x,
                                 double y,
                                 double mean,
                                 gint64 n);

/** Ends the building: the colours are chosen. @n_unplaced: how many tables with answers have no place on the plan */
void sobre_floor_plan_finish (SobreFloorPlan *self, guint n_unplaced);

/** Which table the cell is. @store_id: (out) (transfer none) · @table_id: likewise. %FALSE when there is no such cell */
gboolean sobre_floor_plan_get_table (SobreFloorPlan *self, int row, int column, const char **store_id, const char **table_id);

/** Likewise the other way round. */
gboolean sobre_floor_plan_find_table (SobreFloorPlan *self, const char *store_id, const char *table_id, int *row, int *column);

G_END_DECLS
