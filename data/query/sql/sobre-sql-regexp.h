/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-budget.h"
#include "query/sql/sobre-sql-type.h"

G_BEGIN_DECLS

/**
 * SobreSqlRegexp:
 *
 * A regular expression that means the same here and in Athena. Immutable, so that several threads may match with it.
 */
typedef struct _SobreSqlRegexp SobreSqlRegexp;

/** SobreSqlMatch: @starts: by group, 0 for the whole, where it begins; G_MAXUINT where the group is not in the match · @ends: behind it */
#define SOBRE_SQL_MAX_GROUPS 32
typedef struct
{
  guint starts[SOBRE_SQL_MAX_GROUPS + 1];
  guint ends[SOBRE_SQL_MAX_GROUPS + 1];
} SobreSqlMatch;

/**
 * sobre_sql_regexp_new:
 * @pattern: in the syntax of docs/sql.md
 * @position: of the pattern in the query
 * @error: SOBRE_QUERY_ERROR_UNSUPPORTED for what is not taken, _TYPE for what is no regular expression, _LIMIT for too large a one
 *
 * Returns: (transfer full) (nullable)
 */
SobreSqlRegexp *sobre_sql_regexp_new (SobreText pattern, SobreSqlPosition position, GError **error);
void sobre_sql_regexp_free (SobreSqlRegexp *self);

guint sobre_sql_regexp_get_n_groups (const SobreSqlRegexp *self);

/**
 * sobre_sql_regexp_check:
 * @error: SOBRE_QUERY_ERROR_UNSUPPORTED when engines could find something different in @text
 */
gboolean sobre_sql_regexp_check (const SobreSqlRegexp *self, SobreText text, SobreSqlPosition position, GError **error);

/**
 * sobre_sql_regexp_match:
 * @from: bytes of @text before which no match begins
 * @found: (out)
 * @error: SOBRE_QUERY_ERROR_LIMIT when looking for it takes too many steps, _TIMEOUT when time is over
 */
gboolean sobre_sql_regexp_match (const SobreSqlRegexp *self,
                                 SobreText text,
                                 gsize from,
                                 SobreSqlPosition position,
                                 SobreSqlBudget *budget,
                                 SobreSqlMatch *match,
                                 gboolean *found,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlRegexp, sobre_sql_regexp_free)

G_END_DECLS
