/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-table.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_TABLE_ROW (sobre_table_row_get_type ())

/**
 * SobreTableRow: a table of the floor with what its guests gave. Properties: "table" (string), "store" (string), "zone" (string),
 * "seats" (uint), "answers" (int64).
 */
G_DECLARE_FINAL_TYPE (SobreTableRow, sobre_table_row, SOBRE, TABLE_ROW, GObject)

/** sobre_table_row_new: @store_name: as people call it. Returns: (transfer full) */
SobreTableRow *sobre_table_row_new (SobreTable *table, const char *store_name);
SobreTable *sobre_table_row_get_table (SobreTableRow *self);
void sobre_table_row_set_answers (SobreTableRow *self, gint64 answers);

G_END_DECLS
