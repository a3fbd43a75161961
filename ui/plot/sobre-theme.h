/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

/** SobreColor: 0–1 each, not premultiplied. */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} SobreColor;

/** SobreThemeKind: @SOBRE_THEME_PRINT: as light, on white, with patterns behind the colours */
typedef enum
{
  SOBRE_THEME_LIGHT,
  SOBRE_THEME_DARK,
  SOBRE_THEME_LIGHT_CONTRAST,
  SOBRE_THEME_DARK_CONTRAST,
  SOBRE_THEME_PRINT,
} SobreThemeKind;

#define SOBRE_N_THEMES (SOBRE_THEME_PRINT + 1)
#define SOBRE_N_CATEGORIES 8

/**
 * SobreTheme:
 * @card: what charts are drawn on
 * @ink: text
 * @dim: secondary text, 4.5:1 on @card like @ink
 * @line: hairlines of the grid
 * @empty: ground of cells without answers
 * @data: marks that show data, 3:1 on @card
 * @warning: marks that warn, 3:1
 * @warning_ink: words that warn, 4.5:1; a change for the worse, always with a minus sign
 * @good_ink: a change for the better, 4.5:1; always with a plus sign
 * @low: a score far under the usual
 * @middle: a usual score
 * @high: a score far above
 * @categories: (array): Okabe and Ito's, adapted to @card, for kinds of things
 * @patterns: whether colour is backed by patterns
 */
typedef struct
{
  SobreColor card;
  SobreColor ink;
  SobreColor dim;
  SobreColor line;
  SobreColor empty;
  SobreColor data;
  SobreColor warning;
  SobreColor warning_ink;
  SobreColor good_ink;
  SobreColor low;
  SobreColor middle;
  SobreColor high;
  SobreColor categories[SOBRE_N_CATEGORIES];
  gboolean patterns;
} SobreTheme;

/** sobre_theme_get: Returns: (transfer none) */
const SobreTheme *sobre_theme_get (SobreThemeKind kind);

/** The colour at @position of the ramp low – middle – high: -1, 0, 1; clamped. */
SobreColor sobre_theme_diverge (const SobreTheme *self, double position);

/** Black or white, whichever reads better on @ground. */
SobreColor sobre_theme_ink_on (const SobreTheme *self, SobreColor ground);

/** Contrast ratio of two opaque colours, 1–21 (WCAG 2.1, relative luminance). */
double sobre_color_contrast (SobreColor a, SobreColor b);
void sobre_color_set (SobreColor self, cairo_t *cr);
