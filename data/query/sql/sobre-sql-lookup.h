/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-groups.h"

G_BEGIN_DECLS

/**
 * SobreSqlLookup:
 *
 * Rows of a relation by their keys: what a join looks rows up in. NULL and NaN equal nothing: a row that has one is found by nothing. Without keys,
 * every row is found. Filled by one thread, then read by several.
 */
typedef struct _SobreSqlLookup SobreSqlLookup;

/** sobre_sql_lookup_new: @ranges: (array length=n_keys) · @n_rows: of the relation */
SobreSqlLookup *sobre_sql_lookup_new (guint n_keys, const SobreSqlKeyRange *ranges, guint64 n_rows, SobreSqlBudget *budget);
void sobre_sql_lookup_free (SobreSqlLookup *self);

/** sobre_sql_lookup_add: @first: the number in the relation of what is row 0 of @keys. Rows are added in rising order. */
gboolean
sobre_sql_lookup_add (SobreSqlLookup *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 first, GError **error);

/** To be called once, after the last row and before the first look-up. */
gboolean sobre_sql_lookup_finish (SobreSqlLookup *self, GError **error);

/** How many rows were added, those with NULL among their keys included, and whether there was such a one. */
guint64 sobre_sql_lookup_get_n_rows (const SobreSqlLookup *self);
gboolean sobre_sql_lookup_has_null (const SobreSqlLookup *self);

/** Whether no key is that of two rows. */
gboolean sobre_sql_lookup_is_unique (const SobreSqlLookup *self);

/** How many different keys there are. */
guint sobre_sql_lookup_get_n_groups (const SobreSqlLookup *self);

/** The rows of one key. */
const guint32 *sobre_sql_lookup_get_rows (const SobreSqlLookup *self, guint32 group, guint *n);

/** SobreSqlProbe: looks up for one thread. */
typedef struct _SobreSqlProbe SobreSqlProbe;

SobreSqlProbe *sobre_sql_probe_new (const SobreSqlLookup *lookup);
void sobre_sql_probe_free (SobreSqlProbe *self);

/**
 * sobre_sql_probe_find:
 * @eval: for scratch memory
 * @groups: (out) (array): written at each row of @rows; SOBRE_SQL_NO_GROUP where nothing equals these keys
 */
gboolean sobre_sql_probe_find (SobreSqlProbe *self,
                               SobreSqlEval *eval,
                               const SobreSqlVector *keys,
                               SobreSqlRows rows,
                               guint32 *groups,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlLookup, sobre_sql_lookup_free)

G_END_DECLS
