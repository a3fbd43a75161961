/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-type.h"

gboolean
sobre_sql_type_equal (SobreSqlType a, SobreSqlType b)
{
  return a.kind == b.kind && a.precision == b.precision && a.scale == b.scale && a.zone == b.zone;
}

char *
sobre_sql_type_dup_name (SobreSqlType type)
{
  static const char *const names[] = {
    "unknown",
    "boolean",
    "integer",
    "bigint",
    "decimal",
    "double",
    "varchar",
    "date",
    "timestamp(3)",
    "timestamp(3) with time zone",
    "interval day to second",
    "interval year to month",
  };

  if (type.kind == SOBRE_SQL_DECIMAL)
    return g_strdup_printf ("decimal(%u, %u)", (guint) type.precision, (guint) type.scale);
  return g_strdup (names[type.kind]);
}

gboolean
sobre_sql_type_is_numeric (SobreSqlType type)
{
  return type.kind >= SOBRE_SQL_INTEGER && type.kind <= SOBRE_SQL_DOUBLE;
}

SobreSqlType
sobre_sql_integer_as_decimal (SobreSqlType type)
{
  if (type.kind == SOBRE_SQL_INTEGER)
    return sobre_sql_decimal_type (10, 0);
  if (type.kind == SOBRE_SQL_BIGINT)
    return sobre_sql_decimal_type (19, 0);
  return type;
}

static SobreSqlType
unify_decimals (SobreSqlType a, SobreSqlType b)
{
  guint scale = MAX (a.scale, b.scale);
  guint whole = MAX (a.precision - a.scale, b.precision - b.scale);

  return sobre_sql_decimal_type (MIN (SOBRE_SQL_MAX_PRECISION, whole + scale), scale);
}

static gboolean
is_date_or_time (SobreSqlType type)
{
  return type.kind >= SOBRE_SQL_DATE && type.kind <= SOBRE_SQL_TIMESTAMP_TZ;
}

gboolean
sobre_sql_type_unify (SobreSqlType a, SobreSqlType b, SobreSqlType *type)
{
  if (a.kind == SOBRE_SQL_UNKNOWN || sobre_sql_type_equal (a, b))
    *type = b;
  else if (b.kind == SOBRE_SQL_UNKNOWN)
    *type = a;
  else if (a.kind == SOBRE_SQL_TIMESTAMP_TZ && b.kind == SOBRE_SQL_TIMESTAMP_TZ)
    *type = a;
  else if (sobre_sql_type_is_numeric (a) && sobre_sql_type_is_numeric (b))
    {
      if (a.kind == SOBRE_SQL_DOUBLE || b.kind == SOBRE_SQL_DOUBLE)
        *type = SOBRE_SQL_TYPE (DOUBLE);
      else if (a.kind == SOBRE_SQL_DECIMAL || b.kind == SOBRE_SQL_DECIMAL)
        *type = unify_decimals (sobre_sql_integer_as_decimal (a), sobre_sql_integer_as_decimal (b));
      else
        *type = SOBRE_SQL_TYPE (BIGINT);
    }
  else if (is_date_or_time (a) && is_date_or_time (b))
    *type = a.kind > b.kind ? a : b;
  else
    return FALSE;
  return TRUE;
}

gboolean
sobre_sql_type_can_become (SobreSqlType from, SobreSqlType to)
{
  SobreSqlType common;

  if (!sobre_sql_type_unify (from, to, &common))
    return FALSE;
  return sobre_sql_type_equal (common, to) || (common.kind == SOBRE_SQL_TIMESTAMP_TZ && to.kind == SOBRE_SQL_TIMESTAMP_TZ);
}
