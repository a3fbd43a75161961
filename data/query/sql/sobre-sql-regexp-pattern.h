/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-text.h"
#include "query/sobre-query-error.h"

G_BEGIN_DECLS

/**
 * SobreSqlPattern: what is in a regular expression.
 * @words: \w or \b
 * @digits: \d
 * @blanks: \s
 */
typedef struct
{
  guint n_groups;
  gboolean ignores_case;
  gboolean words;
  gboolean digits;
  gboolean blanks;
} SobreSqlPattern;

/**
 * sobre_sql_pattern_read:
 * @position: of the pattern in the query
 * @pattern: (out): what is in it
 * @error: SOBRE_QUERY_ERROR_UNSUPPORTED for what is not taken, _TYPE for what is no regular expression, _LIMIT for too large a one
 *
 * Reads a pattern through, to see that it means the same here and in Athena.
 */
gboolean sobre_sql_pattern_read (SobreText text, SobreSqlPosition position, SobreSqlPattern *pattern, GError **error);

/** Says that @what is not taken in a regular expression. Returns: %FALSE */
gboolean sobre_sql_pattern_refuse (const char *what, SobreSqlPosition position, GError **error);

G_END_DECLS
