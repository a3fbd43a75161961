/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-source.h"

/* A table in memory for tests: rows as text, one a line, fields between bars, "-" for NULL. */

/**
 * table_source_new:
 * @columns: the columns' names between bars
 * @rows: the rows
 * @n_parts: how many parts it has; rows are dealt out to them in blocks
 * @batch_rows: rows of a batch at most
 *
 * Strings of columns with a dictionary come as codes, as they do from the cache.
 */
SobreSqlSource *
table_source_new (SobreTableKind table, const char *columns, const char *const *rows, guint n_parts, guint batch_rows);
void table_source_free (SobreSqlSource *self);

/** How many parts were opened since the source was made. */
guint table_source_get_n_opened (SobreSqlSource *self);
