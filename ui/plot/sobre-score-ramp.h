/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-canvas.h"

/** Below this position a score is hatched as well, where colour is backed by patterns. */
#define SOBRE_SCORE_RAMP_HATCH_BELOW -0.5

/**
 * SobreScoreRamp:
 * @usual: the score in the middle of the colours
 * @span: from there to their ends
 *
 * Scores as colours that diverge around the usual score. A value.
 */
typedef struct
{
  double usual;
  double span;
} SobreScoreRamp;

/**
 * sobre_score_ramp_make:
 * @usual: NaN when there is none
 * @farthest: how far from it the scores with enough answers lie at most
 *
 * The colours end there, so that one bad evening shows, but a steady week stays pale.
 */
SobreScoreRamp sobre_score_ramp_make (double usual, double farthest);

/** Where @score lies: -1 far under the usual score, 0 on it, 1 far above. */
double sobre_score_ramp_get_position (const SobreScoreRamp *self, double score);

/** Strokes the current path as what has few answers is drawn: dashed, in the colour of @position where that can be seen. */
void sobre_score_ramp_outline_few (SobreCanvas *canvas, double position);

/** What the colours, dashes and blanks stand for, in a line from @left to @right, as far as there is room. */
void sobre_score_ramp_draw_key (const SobreScoreRamp *self, SobreCanvas *canvas, double left, double right, double baseline);
