/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-column.h"

G_BEGIN_DECLS

/* What makes two keys of a grouping the same: NULL is a key like any other, NaN equals NaN and -0 equals 0. */

/** sobre_sql_key_hash: mixes the hash of one key into @hashes, at each row of @rows */
void sobre_sql_key_hash (const SobreSqlVector *vector, SobreSqlRows rows, guint64 *hashes);

/** sobre_sql_key_equal: whether the key of a group is the one of a row; both are of one physical kind, and codes of one dictionary */
gboolean sobre_sql_key_equal (const SobreSqlColumn *column, guint group, const SobreSqlVector *vector, guint row);

G_END_DECLS
