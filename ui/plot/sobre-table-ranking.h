/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_TABLE_RANKING (sobre_table_ranking_get_type ())

/** SobreTableRanking: a line a table (or whatever else has a score), its mean score as a dot beside the usual one. */
G_DECLARE_FINAL_TYPE (SobreTableRanking, sobre_table_ranking, SOBRE, TABLE_RANKING, SobreDrawing)

/** sobre_table_ranking_new: @usual: the score that the dotted vertical stands at; NaN for none */
SobreTableRanking *sobre_table_ranking_new (double usual);

/**
 * sobre_table_ranking_set_words:
 * @heading: over the names; “Table” unless it is set
 * @empty: what to say without a line
 * @summary: (nullable): what the lines show; how many tables there are and which one is lowest where it is %NULL
 */
void sobre_table_ranking_set_words (SobreTableRanking *self, const char *heading, const char *empty, const char *summary);

/** Adds a line that says in @words what is left out between the lines over and under it. */
void sobre_table_ranking_add_gap (SobreTableRanking *self, const char *words);

/** Adds a line under those that are there. @label: the table's name, with its store's where there are several */
void sobre_table_ranking_add (SobreTableRanking *self, const char *label, double mean, gint64 n);

/** How many lines a ranking of that height has in each of its columns. */
guint sobre_table_ranking_count_lines (double height);

G_END_DECLS
