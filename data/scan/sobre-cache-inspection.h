/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scan/sobre-scan.h"

/**
 * SobreCacheInspection: what a cache says, however it came to say it.
 * @n_rows: rows of each table, by SobreTableKind
 * @hash: over every value of every row of every table; the order of rows, their numbers and the dictionaries' codes do not matter
 * @n_conflicts: bodies that lost against another one of the same id
 */
typedef struct
{
  guint64 n_rows[SOBRE_TABLE_ORDERS + 1];
  guint64 hash[2];
  guint64 n_conflicts;
} SobreCacheInspection;

/**
 * sobre_cache_inspect:
 * @inspection: (out): what was found
 *
 * Reads the whole cache. Two caches of the same lake have the same inspection: one that grew object by object, in whatever order, with
 * whatever interruptions, and one that was built at once. Beside that the file is checked by SQLite, and all three cubes are compared
 * with a new count of the rows. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR; DAMAGED when the cache contradicts itself
 */
gboolean sobre_cache_inspect (SobreCacheReader *reader, SobreCacheInspection *inspection, GError **error);
