/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/sobre-import-desk.h"

G_BEGIN_DECLS

/* What a file's columns and rows are called in the window. */

/** sobre_import_list_fields: Returns: (transfer full) (array zero-terminated=1): the names of what a column can be: those of the dataset, then the questions of @form */
char **sobre_import_list_fields (SobreDataset dataset, SobreForm *form);

/** sobre_import_field_say: @name: "time", "stars:food". Returns: (transfer full): "Date and time", "Food, stars" */
char *sobre_import_field_say (const char *name, SobreForm *form, const char *language);

/** sobre_import_reason_say: @reason: as docs/import.md lists them. Returns: (transfer none): why a row is not taken; @reason where there are no words for it */
const char *sobre_import_reason_say (const char *reason);

/** sobre_import_reading_say: Returns: (transfer full): "CSV with “;”, UTF-8 · 21,350 rows" */
char *sobre_import_reading_say (const SobreImportSight *sight);

/** sobre_import_fault_say: Returns: (transfer full) (nullable): what is missing before @sight can be imported, and what to do; %NULL for nothing */
char *sobre_import_fault_say (const SobreImportSight *sight);

/** sobre_import_count_say: Returns: (transfer full): "1,234 rows" */
char *sobre_import_count_say (guint64 n_rows);

/** sobre_import_sample_say: @line: a record, JSON · @title, @subtitle: (out) (transfer full): a row of it in a list */
void sobre_import_sample_say (const char *line, SobreWorkspace *workspace, char **title, char **subtitle);

G_END_DECLS
