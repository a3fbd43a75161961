/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sobre-canvas.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DRAWING (sobre_drawing_get_type ())

/**
 * SobreDrawing:
 *
 * A picture of figures that can be drawn at any size, said in words and read as a table: the base of tiles, plots, heat maps
 * and lists. It holds values, never a widget, so a window, a printer and the command line show the same. Immutable once built;
 * may be drawn on any thread.
 */
G_DECLARE_DERIVABLE_TYPE (SobreDrawing, sobre_drawing, SOBRE, DRAWING, GObject)

/**
 * SobreDataTable: a drawing's figures as text.
 * @header: (array zero-terminated=1): a title per column, units in it
 * @n_names: how many of the first columns say what a row is of; figures follow. 1 unless it is set
 * @rows: (element-type GStrv): as many cells each
 */
typedef struct
{
  char **header;
  guint n_names;
  GPtrArray *rows;
} SobreDataTable;

/**
 * SobreDrawingClass:
 * @draw: draws into a box of @width × @height at the origin and never outside it
 * @get_height: the height that suits @width
 * @hit_test: (nullable): what lies at @x, @y, in words for a tooltip; %NULL for nothing
 * @make_summary: one or two sentences that say what the picture shows
 * @make_table: the same figures as a table
 * @find_cell: (nullable): for a map of cells, which one lies at @x, @y
 * @get_cell_box: (nullable): likewise, where that cell lies
 * @step_cell: (nullable): likewise, the next cell in a direction
 */
struct _SobreDrawingClass
{
  GObjectClass parent_class;

  void (*draw) (SobreDrawing *self, SobreCanvas *canvas, double width, double height);
  double (*get_height) (SobreDrawing *self, SobreCanvas *canvas, double width);
  char *(*hit_test) (SobreDrawing *self, SobreCanvas *canvas, double width, double height, double x, double y);
  char *(*make_summary) (SobreDrawing *self);
  SobreDataTable *(*make_table) (SobreDrawing *self);
  gboolean (*find_cell) (SobreDrawing *self,
                         SobreCanvas *canvas,
                         double width,
                         double height,
                         double x,
                         double y,
                         int *row,
                         int *column);
  gboolean (
      *get_cell_box) (SobreDrawing *self, SobreCanvas *canvas, double width, double height, int row, int column, SobreBox *box);
  gboolean (*step_cell) (SobreDrawing *self,
                         SobreCanvas *canvas,
                         double width,
                         double height,
                         int down,
                         int right,
                         int *row,
                         int *column);
};

/** The heading and, dim in the corner, what it is of and how old: drawn by every drawing itself. Translated. */
const char *sobre_drawing_get_title (SobreDrawing *self);
const char *sobre_drawing_get_note (SobreDrawing *self);
void sobre_drawing_set_titles (SobreDrawing *self, const char *title, const char *note);

/** What stands in the corner where the whole note has no room; nothing does without. Translated. */
void sobre_drawing_set_short_note (SobreDrawing *self, const char *short_note);

void sobre_drawing_draw (SobreDrawing *self, SobreCanvas *canvas, double width, double height);
double sobre_drawing_get_height (SobreDrawing *self, SobreCanvas *canvas, double width);

/** sobre_drawing_hit_test: Returns: (transfer full) (nullable) */
char *sobre_drawing_hit_test (SobreDrawing *self, SobreCanvas *canvas, double width, double height, double x, double y);

/** sobre_drawing_make_summary: Returns: (transfer full): for assistive technology, translated */
char *sobre_drawing_make_summary (SobreDrawing *self);

/** sobre_drawing_make_table: Returns: (transfer full) */
SobreDataTable *sobre_drawing_make_table (SobreDrawing *self);

/**
 * sobre_drawing_find_cell:
 * @row: (out): of the heat map the weekday, 0 for Monday; of the floor plan the floor
 * @column: (out): of the heat map the hour, 0–23; of the floor plan the table
 *
 * Returns: %FALSE where no cell is, and for a drawing that has none
 */
gboolean sobre_drawing_find_cell (SobreDrawing *self,
                                  SobreCanvas *canvas,
                                  double width,
                                  double height,
                                  double x,
                                  double y,
                                  int *row,
                                  int *column);

/** Where the cell of @row and @column lies; %FALSE when the drawing does not show it. */
gboolean sobre_drawing_get_cell_box (SobreDrawing *self,
                                     SobreCanvas *canvas,
                                     double width,
                                     double height,
                                     int row,
                                     int column,
                                     SobreBox *box);

/**
 * sobre_drawing_step_cell:
 * @down: 1 or -1 to go down or up, else 0
 * @right: likewise to the right
 * @row: (inout): of the cell to go from; -1 goes to the first one
 * @column: (inout): likewise
 *
 * Returns: %FALSE when there is no cell in that direction; @row and @column stay then
 */
gboolean sobre_drawing_step_cell (SobreDrawing *self,
                                  SobreCanvas *canvas,
                                  double width,
                                  double height,
                                  int down,
                                  int right,
                                  int *row,
                                  int *column);

SobreDataTable *sobre_data_table_new (const char *const *header);
/** @cells: as many as the header has */
void sobre_data_table_add (SobreDataTable *self, const char *const *cells);

/** sobre_data_table_copy: Returns: (transfer full) */
SobreDataTable *sobre_data_table_copy (const SobreDataTable *self);
void sobre_data_table_free (SobreDataTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreDataTable, sobre_data_table_free)

G_END_DECLS
