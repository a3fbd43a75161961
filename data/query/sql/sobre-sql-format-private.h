/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-ast.h"

G_BEGIN_DECLS

/* What the writers of expressions and of queries share. */

void sobre_sql_format_quoted (GString *sql, const char *text, char quote);
void sobre_sql_format_node (GString *sql, const SobreSqlNode *node);
void sobre_sql_format_over (GString *sql, const SobreSqlOver *over);
void sobre_sql_format_order_by (GString *sql, const SobreSqlOrder *keys, guint n_keys);
void sobre_sql_format_select (GString *sql, const SobreSqlSelect *select);

G_END_DECLS
