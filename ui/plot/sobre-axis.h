/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-layer.h"

/**
 * SobreAxis:
 * @scale: its values
 * @caption: (nullable): unit and, where the scale does not begin where it might be expected, where it does: "Mean score, axis from 3"
 *
 * A scale with the words that make it readable.
 */
typedef struct
{
  SobreScale scale;
  char *caption;
} SobreAxis;

SobreAxis *sobre_axis_new (SobreScale scale, const char *caption);
void sobre_axis_free (SobreAxis *self);

/** The room that the labels take left of a plot. */
double sobre_axis_measure_left (const SobreAxis *self, SobreCanvas *canvas);

/** Hairlines across @frame at the ticks, their labels right-aligned on its left. Labels that would touch are left out. */
void sobre_axis_draw_left (const SobreAxis *self, SobreCanvas *canvas, const SobreFrame *frame);

/** Labels under @frame, within @width of the drawing; those that would touch are left out. */
void sobre_axis_draw_bottom (const SobreAxis *self, SobreCanvas *canvas, const SobreFrame *frame, double width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAxis, sobre_axis_free)
