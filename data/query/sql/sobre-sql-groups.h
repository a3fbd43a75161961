/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-column.h"
#include "query/sql/sobre-sql-mix.h"

G_BEGIN_DECLS

/**
 * SobreSqlGroups:
 *
 * Gives each distinct tuple of keys a number, in the order of first sight. NULL is a key like any other, NaN equals NaN and -0 equals 0.
 * Keys of few possible values (codes, booleans, hours, days) are looked up in an array, others by hash.
 */
typedef struct _SobreSqlGroups SobreSqlGroups;

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

/**
 * sobre_sql_groups_count:
 * @scratch: (array): room for a number a row
 * @sizes: (out) (array): how many of the rows each group has; room for SOBRE_SQL_MOST_TALLIED
 *
 * Counts the rows of each group without finding out which group each row belongs to.
 *
 * Returns: %FALSE when nothing was counted, because a group is new, or hardly quicker than to assign the rows and count then
 */
gboolean sobre_sql_groups_count (const SobreSqlGroups *self,
                                 const SobreSqlVector *keys,
                                 SobreSqlRows rows,
                                 guint32 *scratch,
                                 gint64 *sizes);

#define SOBRE_SQL_NO_GROUP G_MAXUINT32

/**
 * sobre_sql_groups_find:
 * @keys: (array): without NULLs at @rows; codes are of the dictionary that the groups' keys are of
 * @scratch: (array): room at each row of @rows
 * @groups: (out) (array): written at each row of @rows; SOBRE_SQL_NO_GROUP where there is none
 *
 * Several threads may look up at once, as long as none assigns.
 */
void sobre_sql_groups_find (const SobreSqlGroups *self,
                            const SobreSqlVector *keys,
                            SobreSqlRows rows,
                            guint64 *scratch,
                            guint32 *groups);

guint sobre_sql_groups_get_n (const SobreSqlGroups *self);

/** The keys of the groups from number @from on. */
SobreSqlVector sobre_sql_groups_view (const SobreSqlGroups *self, guint key, guint from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlGroups, sobre_sql_groups_free)

G_END_DECLS
