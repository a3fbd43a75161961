/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

#define SOBRE_DRAWING_TITLES_HEIGHT 30.0

/** Draws title and note along the top. Returns: where the picture begins */
double sobre_drawing_draw_titles (SobreDrawing *self, SobreCanvas *canvas, double width);

/** Says in the middle that there is nothing to show. @words: translated */
void sobre_drawing_draw_empty (SobreCanvas *canvas, const char *words, double width, double top, double height);
