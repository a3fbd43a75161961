/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-column.h"

G_BEGIN_DECLS

/**
 * SobreSqlGroups:
 *
 * Gives each distinct tuple of keys a number, in the order of first sight. NULL is a key like any other, NaN equals NaN and -0 equals 0.
 * Keys of few possible values (codes, booleans, hours, days) are looked up in an array, others by hash.
 */
typedef struct _SobreSqlGroups SobreSqlGroups;

/** SobreSqlKeyRange: bounds of an integer key; none where low == high */
typedef struct
{
  gint32 low;
  gint32 high;
} SobreSqlKeyRange;

/**
 * sobre_sql_groups_new:
 * @ranges: (array length=n_keys)
 */
SobreSqlGroups *sobre_sql_groups_new (guint n_keys, const SobreSqlKeyRange *ranges, SobreSqlBudget *budget);
void sobre_sql_groups_free (SobreSqlGroups *self);

/**
 * sobre_sql_groups_assign:
 * @keys: (array): vectors of the same kinds at each call
 * @groups: (out) (array): written at each row of @rows
 *
 * Returns: %FALSE when memory is over
 */
gboolean
sobre_sql_groups_assign (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups, GError **error);

guint sobre_sql_groups_get_n (const SobreSqlGroups *self);

/** The keys of the groups from number @from on. */
SobreSqlVector sobre_sql_groups_view (const SobreSqlGroups *self, guint key, guint from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlGroups, sobre_sql_groups_free)

G_END_DECLS
