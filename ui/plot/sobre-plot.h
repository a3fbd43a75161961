/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-axis.h"
#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_PLOT (sobre_plot_get_type ())

/** SobrePlot: two axes and the layers between them. */
G_DECLARE_FINAL_TYPE (SobrePlot, sobre_plot, SOBRE, PLOT, SobreDrawing)

/** sobre_plot_new: @x: (transfer full) · @y: (transfer full) */
SobrePlot *sobre_plot_new (SobreAxis *x, SobreAxis *y);

/** sobre_plot_add_layer: @layer: (transfer full): drawn over those added before */
void sobre_plot_add_layer (SobrePlot *self, SobreLayer *layer);

/** sobre_plot_set_words: @summary: what the plot shows, translated · @table: (transfer full): its figures */
void sobre_plot_set_words (SobrePlot *self, const char *summary, SobreDataTable *table);

/** sobre_plot_set_empty: @words: (nullable): what to say in place of axes and layers, when there is nothing to show */
void sobre_plot_set_empty (SobrePlot *self, const char *words);

/** Where the values are when the plot is drawn at @width × @height. The frame's scales live as long as the plot. */
SobreFrame sobre_plot_get_frame (SobrePlot *self, SobreCanvas *canvas, double width, double height);

G_END_DECLS
