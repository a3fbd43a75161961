/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CHART (sobre_chart_get_type ())

/**
 * SobreChart:
 *
 * Shows a SobreDrawing in the colours of the desktop: light, dark and high contrast. It is an image with a name and a summary to
 * assistive technology, takes the keyboard focus so that these are read out, and says what lies under the pointer in a tooltip. Of a
 * drawing with cells, the arrow keys choose one and say what it shows; the signal "cell-activated" (row, column) comes with Enter or a
 * click.
 */
G_DECLARE_FINAL_TYPE (SobreChart, sobre_chart, SOBRE, CHART, GtkWidget)

GtkWidget *sobre_chart_new (void);

/** @drawing: (nullable) (transfer none): nothing is shown without */
void sobre_chart_set_drawing (SobreChart *self, SobreDrawing *drawing);
SobreDrawing *sobre_chart_get_drawing (SobreChart *self);

/** Whether the height that suits the drawing is the least it has, so that a list loses no line where there is little room; not so before. */
void sobre_chart_set_rigid (SobreChart *self, gboolean rigid);

/** Outlines the cell that a filter is narrowed to; -1 for none. */
void sobre_chart_select_cell (SobreChart *self, int row, int column);

G_END_DECLS
