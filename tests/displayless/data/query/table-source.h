/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-source.h"

/* Tables in memory for tests: rows as text, one a line, fields between bars, "-" for NULL. */

/**
 * table_source_new:
 * @n_parts: how many parts a table has; rows are dealt out to them in blocks
 * @batch_rows: rows of a batch at most
 *
 * Strings of columns with a dictionary come as codes, as they do from the cache. A table that nothing was added to is empty.
 */
SobreSqlSource *table_source_new (guint n_parts, guint batch_rows);
void table_source_free (SobreSqlSource *self);

/** table_source_add: @columns: the columns' names between bars · @rows: (array zero-terminated=1) */
void table_source_add (SobreSqlSource *self, SobreTableKind table, const char *columns, const char *const *rows);

/** How many parts were opened since the source was made. */
guint table_source_get_n_opened (SobreSqlSource *self);
