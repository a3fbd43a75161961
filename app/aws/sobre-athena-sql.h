/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query.h"

G_BEGIN_DECLS

/**
 * SobreAthenaSql:
 * @text: with a "?" for each place where a parameter stood
 * @values: (element-type utf8): a literal for each of them, in their order
 *
 * A query as Athena takes it.
 */
typedef struct
{
  char *text;
  GPtrArray *values;
} SobreAthenaSql;

/**
 * sobre_athena_sql_new:
 *
 * Each :name becomes CAST (? AS type), and a plain ? behind LIMIT and OFFSET, which take nothing else; the values travel beside the text. Names in strings,
 * quoted identifiers and comments stay.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_QUERY_ERROR_NAME for a parameter that has no value, _UNSUPPORTED for a statement that does not
 *   only read, _SYNTAX where a quote or a comment does not end
 */
SobreAthenaSql *sobre_athena_sql_new (const SobreQuery *query, GError **error);
void sobre_athena_sql_free (SobreAthenaSql *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAthenaSql, sobre_athena_sql_free)

G_END_DECLS
