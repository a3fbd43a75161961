/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sobre-canvas.h"
#include "sobre-scale.h"
#include "sobre-series.h"

G_BEGIN_DECLS

/**
 * SobreFrame: the part of a plot where values are.
 * @box: its place
 * @x: along the bottom
 * @y: along the left, upwards
 */
typedef struct
{
  SobreBox box;
  const SobreScale *x;
  const SobreScale *y;
} SobreFrame;

double sobre_frame_get_x (const SobreFrame *self, double value);
double sobre_frame_get_y (const SobreFrame *self, double value);

#define SOBRE_TYPE_LAYER (sobre_layer_get_type ())

/** SobreLayer: one kind of mark in a plot. Layers are drawn in the order in which they were added. */
G_DECLARE_DERIVABLE_TYPE (SobreLayer, sobre_layer, SOBRE, LAYER, GObject)

/**
 * SobreLayerClass:
 * @draw: draws its marks into the frame
 * @hit_test: (nullable): which point is at @x, @y: an index of the layer's series; -1 for none
 * @describe: (nullable): the point in words. (transfer full)
 */
struct _SobreLayerClass
{
  GObjectClass parent_class;

  void (*draw) (SobreLayer *self, SobreCanvas *canvas, const SobreFrame *frame);
  int (*hit_test) (SobreLayer *self, const SobreFrame *frame, double x, double y);
  char *(*describe) (SobreLayer *self, int point);
};

void sobre_layer_draw (SobreLayer *self, SobreCanvas *canvas, const SobreFrame *frame);

/** sobre_layer_hit_test: Returns: (transfer full) (nullable): what lies at @x, @y in words */
char *sobre_layer_hit_test (SobreLayer *self, const SobreFrame *frame, double x, double y);

/** A line through the points, broken at gaps; points of fewer than SOBRE_SMALL_SAMPLE answers are hollow, the line to them dashed. */
SobreLayer *sobre_line_layer_new (SobreSeries *series);

/** A pale area between two series that share their x. */
SobreLayer *sobre_band_layer_new (SobreSeries *low, SobreSeries *high);

/** Bars from zero to the points. */
SobreLayer *sobre_bar_layer_new (SobreSeries *series);

/** Points that are out of the ordinary, each an open ring with its words beside it. @labels: (array): one for each point of @series */
SobreLayer *sobre_outlier_layer_new (SobreSeries *series, const char *const *labels);

/**
 * sobre_point_layer_new:
 * @series: a dot each, all of them with a value
 * @usual: where the dotted horizontal stands; NaN for none. Dots far under it warn
 * @names: (array): what stands beside each dot where there is room
 * @words: (array): each dot in a sentence
 */
SobreLayer *sobre_point_layer_new (SobreSeries *series, double usual, const char *const *names, const char *const *words);

/** A pale ground from @from to @to: the part of the axis that everything beside the plot is about. */
SobreLayer *sobre_span_layer_new (double from, double to);

/**
 * sobre_note_layer_new:
 * @notes: a GListModel of SobreNote; its days are on the axis below
 *
 * What happened, each a dotted vertical with its words at the head. Words that find no room are left out, those of older notes first;
 * the pointer finds all of them.
 */
SobreLayer *sobre_note_layer_new (GListModel *notes);

G_END_DECLS
