/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-eval-private.h"

/* One value in and out of a vector, whatever its layout. */

gsize
sobre_sql_physical_get_size (SobreSqlPhysical physical)
{
  switch (physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      return sizeof (guint8);
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      return sizeof (SobreSqlInt128);
    case SOBRE_SQL_PHYSICAL_TEXT:
      return sizeof (SobreText);
    case SOBRE_SQL_PHYSICAL_CODE:
      return sizeof (guint32);
    default:
      return sizeof (gint64);
    }
}

SobreSqlValue
sobre_sql_vector_get (const SobreSqlVector *vector, guint row)
{
  SobreSqlValue value = { .null = sobre_sql_vector_is_null (vector, row) };

  if (value.null)
    return value;
  row &= vector->mask;
  switch (vector->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      value.i = vector->b[row];
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      value.d = vector->d[row];
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      value.dec = vector->dec[row];
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      value.s = vector->s[row];
      break;
    case SOBRE_SQL_PHYSICAL_CODE:
      value.s = vector->dictionary[vector->code[row]];
      break;
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      value.i = vector->i[row];
      break;
    }
  return value;
}

void
sobre_sql_vector_set (SobreSqlVector *vector, guint row, const SobreSqlValue *value)
{
  if (vector->valid != NULL)
    vector->valid[row] = !value->null;
  if (value->null)
    return;
  switch (vector->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      vector->b[row] = value->i != 0;
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      vector->d[row] = value->d;
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      vector->dec[row] = value->dec;
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      vector->s[row] = value->s;
      break;
    default:
      vector->i[row] = value->i;
      break;
    }
}
