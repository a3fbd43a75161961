/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-axis.h"
#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_BANDS (sobre_bands_get_type ())

/** SobreBands: several measures of the same columns, one under the other, so that the eye compares them without a second axis. */
G_DECLARE_FINAL_TYPE (SobreBands, sobre_bands, SOBRE, BANDS, SobreDrawing)

/** sobre_bands_new: @columns: (array zero-terminated=1): a label each, at least one */
SobreBands *sobre_bands_new (const char *const *columns);

/**
 * sobre_bands_add:
 * @axis: (transfer full): its caption is the band's heading
 * @series: a point a column, its x the column's number from 0
 * @line: whether a line is drawn through the points, else a bar under each
 */
void sobre_bands_add (SobreBands *self, SobreAxis *axis, SobreSeries *series, gboolean line);

/** sobre_bands_add_words: a band that says in @words why it has nothing to show, translated */
void sobre_bands_add_words (SobreBands *self, const char *words);

/**
 * sobre_bands_set_words:
 * @summary: what the bands show, translated
 * @table: (transfer full): its figures, a row a column
 * @tips: (array zero-terminated=1): a column in a sentence each
 */
void sobre_bands_set_words (SobreBands *self, const char *summary, SobreDataTable *table, const char *const *tips);

/** sobre_bands_set_empty: @words: what to say in place of all bands */
void sobre_bands_set_empty (SobreBands *self, const char *words);

G_END_DECLS
