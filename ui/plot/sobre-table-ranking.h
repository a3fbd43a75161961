/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_TABLE_RANKING (sobre_table_ranking_get_type ())

/** SobreTableRanking: a line a table, its mean score as a dot beside the usual one. */
G_DECLARE_FINAL_TYPE (SobreTableRanking, sobre_table_ranking, SOBRE, TABLE_RANKING, SobreDrawing)

/** sobre_table_ranking_new: @usual: the score that the dotted vertical stands at; NaN for none */
SobreTableRanking *sobre_table_ranking_new (double usual);

/** Adds a line under those that are there. @label: the table's name, with its store's where there are several */
void sobre_table_ranking_add (SobreTableRanking *self, const char *label, double mean, gint64 n);

G_END_DECLS
