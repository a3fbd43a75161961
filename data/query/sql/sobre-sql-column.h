/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-eval.h"

G_BEGIN_DECLS

/**
 * SobreSqlColumn: values that are kept: the keys of groups, the rows of a result. It grows; texts are copied, codes stay codes as long
 * as all are of one dictionary.
 * @physical: of the first vector that was added; codes may become texts
 */
typedef struct
{
  SobreSqlPhysical physical;
  gboolean has_physical;
  gpointer data;
  guint8 *valid;
  gsize n;
  gsize capacity;
  const SobreText *dictionary;
  guint n_dictionary;
  SobreSqlArena *texts;
  gsize texts_size; /* of @texts, as far as the budget knows */
  gint64 taken;     /* from the budget */
  SobreSqlBudget *budget;
} SobreSqlColumn;

void sobre_sql_column_init (SobreSqlColumn *self, SobreSqlBudget *budget);
void sobre_sql_column_clear (SobreSqlColumn *self);

/** Adds the values at @rows; %FALSE when memory is over. */
gboolean sobre_sql_column_append (SobreSqlColumn *self, const SobreSqlVector *vector, SobreSqlRows rows, GError **error);

/** Drops everything and takes the values at @index of what it was. */
gboolean sobre_sql_column_permute (SobreSqlColumn *self, const guint32 *index, gsize n, GError **error);

/** The values from @from on, as a vector; valid until the column changes. */
SobreSqlVector sobre_sql_column_view (const SobreSqlColumn *self, gsize from);

/** Three-way order of two values; NULLs after everything. */
int sobre_sql_column_compare (const SobreSqlColumn *self, gsize a, gsize b);

G_END_DECLS
