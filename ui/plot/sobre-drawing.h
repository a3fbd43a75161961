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
 * @rows: (element-type GStrv): as many cells each
 */
typedef struct
{
  char **header;
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
};

/** The heading and, dim in the corner, what it is of and how old: drawn by every drawing itself. Translated. */
const char *sobre_drawing_get_title (SobreDrawing *self);
const char *sobre_drawing_get_note (SobreDrawing *self);
void sobre_drawing_set_titles (SobreDrawing *self, const char *title, const char *note);

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
 * @row: (out): of the heat map the weekday, 0 for Monday
 * @column: (out): of the heat map the hour, 0–23
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

SobreDataTable *sobre_data_table_new (const char *const *header);
/** @cells: as many as the header has */
void sobre_data_table_add (SobreDataTable *self, const char *const *cells);
void sobre_data_table_free (SobreDataTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreDataTable, sobre_data_table_free)

G_END_DECLS
