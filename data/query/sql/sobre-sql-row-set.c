/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-row-set.h"

#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

SobreSqlRowSet *
sobre_sql_row_set_new (guint n_columns, SobreSqlBudget *budget)
{
  SobreSqlRowSet *self = g_new0 (SobreSqlRowSet, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_columns = n_columns;
  self->columns = g_new0 (SobreSqlColumn, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    sobre_sql_column_init (&self->columns[i], budget);
  return self;
}

SobreSqlRowSet *
sobre_sql_row_set_ref (SobreSqlRowSet *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_sql_row_set_unref (SobreSqlRowSet *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_columns; i++)
    sobre_sql_column_clear (&self->columns[i]);
  g_free (self->columns);
  g_free (self);
}

SobreSqlVector
sobre_sql_vector_nothing (SobreSqlType type)
{
  static const SobreSqlInt128 nothing[2] = { 0 };

  return (SobreSqlVector) {
    .physical = sobre_sql_type_get_physical (type),
    .data = (gpointer) nothing,
    .valid = (guint8 *) nothing,
  };
}

SobreSqlVector
sobre_sql_row_set_view (const SobreSqlRowSet *self, guint column, SobreSqlType type, guint64 from)
{
  const SobreSqlColumn *what = &self->columns[column];

  return what->has_physical ? sobre_sql_column_view (what, from) : sobre_sql_vector_nothing (type);
}

#define GATHER(Type)                                                                                                           \
  do                                                                                                                           \
    {                                                                                                                          \
      const Type *from = what->data;                                                                                           \
      Type *to = vector->data;                                                                                                 \
      SOBRE_SQL_EACH (rows, r, {                                                                                               \
        const guint32 row = index[r];                                                                                          \
        vector->valid[r] = row != G_MAXUINT32 && what->valid[row];                                                             \
        if (vector->valid[r])                                                                                                  \
          to[r] = from[row];                                                                                                   \
        else                                                                                                                   \
          memset (&to[r], 0, sizeof to[r]);                                                                                    \
      });                                                                                                                      \
    }                                                                                                                          \
  while (0)

gboolean
sobre_sql_row_set_gather (const SobreSqlRowSet *self,
                          guint column,
                          SobreSqlType type,
                          const guint32 *index,
                          SobreSqlRows rows,
                          SobreSqlEval *eval,
                          SobreSqlVector *vector,
                          GError **error)
{
  const SobreSqlColumn *what = &self->columns[column];

  if (!what->has_physical)
    {
      *vector = sobre_sql_vector_nothing (type);
      return TRUE;
    }
  if (!sobre_sql_eval_make (eval, what->physical, vector, error))
    return FALSE;
  vector->valid = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1), error);
  vector->dictionary = what->dictionary;
  vector->n_dictionary = what->n_dictionary;
  if (vector->valid == NULL)
    return FALSE;
  switch (what->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      GATHER (guint8);
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      GATHER (double);
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      GATHER (SobreSqlInt128);
      break;
    case SOBRE_SQL_PHYSICAL_CODE:
      GATHER (guint32);
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      GATHER (SobreText);
      break;
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      GATHER (gint64);
      break;
    }
  return TRUE;
}

#define PICK(member)                                                                                                           \
  do                                                                                                                           \
    for (guint i = 0; i < n; i++)                                                                                              \
      vector->member[i] = from->member[index[i]];                                                                              \
  while (0)

gboolean
sobre_sql_vector_gather (const SobreSqlVector *from,
                         const guint32 *index,
                         guint n,
                         SobreSqlEval *eval,
                         SobreSqlVector *vector,
                         GError **error)
{
  if (from->mask == 0)
    {
      *vector = *from;
      return TRUE;
    }
  if (!sobre_sql_eval_make (eval, from->physical, vector, error))
    return FALSE;
  vector->dictionary = from->dictionary;
  vector->n_dictionary = from->n_dictionary;
  if (from->valid != NULL)
    {
      vector->valid = sobre_sql_eval_scratch (eval, MAX (n, 1), error);
      if (vector->valid == NULL)
        return FALSE;
      PICK (valid);
    }
  switch (from->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      PICK (b);
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      PICK (d);
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      PICK (dec);
      break;
    case SOBRE_SQL_PHYSICAL_CODE:
      PICK (code);
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      PICK (s);
      break;
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      PICK (i);
      break;
    }
  return TRUE;
}
