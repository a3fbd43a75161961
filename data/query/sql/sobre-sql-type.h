/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-text.h"
#include "query/sql/sobre-sql-arena.h"

G_BEGIN_DECLS

/* Types and values of the SQL engine.
 *
 * How each type lies in memory (SobreSqlPhysical):
 *
 *   boolean                   guint8, 0 or 1
 *   integer, bigint           gint64 (integer is checked to fit 32 bits)
 *   double                    double
 *   decimal(p, s)             __int128: the value times 10^s
 *   varchar                   SobreText, or a code into a dictionary
 *   date                      gint64, days since 1970-01-01
 *   timestamp(3)              gint64, milliseconds since the epoch
 *   timestamp(3) with zone    the same, UTC; the zone belongs to the type, so it is one for a whole column
 *   interval day to second    gint64, milliseconds
 *   interval year to month    gint64, months */

typedef enum
{
  SOBRE_SQL_UNKNOWN, /* of a bare NULL */
  SOBRE_SQL_BOOLEAN,
  SOBRE_SQL_INTEGER,
  SOBRE_SQL_BIGINT,
  SOBRE_SQL_DECIMAL,
  SOBRE_SQL_DOUBLE,
  SOBRE_SQL_VARCHAR,
  SOBRE_SQL_DATE,
  SOBRE_SQL_TIMESTAMP,
  SOBRE_SQL_TIMESTAMP_TZ,
  SOBRE_SQL_INTERVAL_DAY,
  SOBRE_SQL_INTERVAL_YEAR,
} SobreSqlTypeKind;

typedef enum
{
  SOBRE_SQL_PHYSICAL_BOOLEAN,
  SOBRE_SQL_PHYSICAL_INT64,
  SOBRE_SQL_PHYSICAL_DOUBLE,
  SOBRE_SQL_PHYSICAL_DECIMAL,
  SOBRE_SQL_PHYSICAL_TEXT,
  SOBRE_SQL_PHYSICAL_CODE,
} SobreSqlPhysical;

#define SOBRE_SQL_MAX_PRECISION 38
#define SOBRE_SQL_MAX_TEXT 100000 /* bytes of one text value */

typedef __int128 SobreSqlInt128;

/** SobreSqlZone: a time zone with its name as written; owned by SobreSqlZones. */
typedef struct _SobreSqlZone SobreSqlZone;

/** SobreSqlType: @precision and @scale: of a decimal · @zone: of a timestamp with time zone */
typedef struct
{
  SobreSqlTypeKind kind;
  guint8 precision;
  guint8 scale;
  const SobreSqlZone *zone;
} SobreSqlType;

#define SOBRE_SQL_TYPE(kind) ((SobreSqlType) { SOBRE_SQL_##kind, 0, 0, NULL })

/** SobreSqlValue: one value; which member counts follows from its type. */
typedef struct
{
  gboolean null;
  union
  {
    gint64 i; /* boolean too */
    double d;
    SobreText s;
    SobreSqlInt128 dec;
  };
} SobreSqlValue;

static inline SobreSqlType
sobre_sql_decimal_type (guint precision, guint scale)
{
  return (SobreSqlType) { SOBRE_SQL_DECIMAL, (guint8) precision, (guint8) scale, NULL };
}

static inline SobreSqlPhysical
sobre_sql_type_get_physical (SobreSqlType type)
{
  switch (type.kind)
    {
    case SOBRE_SQL_BOOLEAN:
      return SOBRE_SQL_PHYSICAL_BOOLEAN;
    case SOBRE_SQL_DOUBLE:
      return SOBRE_SQL_PHYSICAL_DOUBLE;
    case SOBRE_SQL_DECIMAL:
      return SOBRE_SQL_PHYSICAL_DECIMAL;
    case SOBRE_SQL_VARCHAR:
      return SOBRE_SQL_PHYSICAL_TEXT;
    default:
      return SOBRE_SQL_PHYSICAL_INT64;
    }
}

gboolean sobre_sql_type_equal (SobreSqlType a, SobreSqlType b);

/** sobre_sql_type_dup_name: Returns: (transfer full): as Trino writes it: "decimal(5, 2)", "timestamp(3) with time zone" */
char *sobre_sql_type_dup_name (SobreSqlType type);

gboolean sobre_sql_type_is_numeric (SobreSqlType type);

static inline gboolean
sobre_sql_type_is_interval (SobreSqlType type)
{
  return type.kind >= SOBRE_SQL_INTERVAL_DAY;
}

/** A day, or a time on one. */
static inline gboolean
sobre_sql_type_is_instant (SobreSqlType type)
{
  return type.kind >= SOBRE_SQL_DATE && type.kind <= SOBRE_SQL_TIMESTAMP_TZ;
}

/**
 * sobre_sql_type_unify:
 *
 * The type that values of both can become without a cast: integer → bigint → decimal → double, date → timestamp → timestamp with
 * time zone, NULL → anything. Texts and numbers never become each other.
 *
 * Returns: %FALSE when there is none
 */
gboolean sobre_sql_type_unify (SobreSqlType a, SobreSqlType b, SobreSqlType *type);

/** Whether a value of @from becomes @to without a cast. */
gboolean sobre_sql_type_can_become (SobreSqlType from, SobreSqlType to);

/** sobre_sql_integer_as_decimal: Returns: decimal(10, 0) for integer, decimal(19, 0) for bigint, a decimal as it is */
SobreSqlType sobre_sql_integer_as_decimal (SobreSqlType type);

/** SobreSqlZones: the time zones that a query names, loaded at most once each. May be read from several threads, filled from one. */
typedef struct _SobreSqlZones SobreSqlZones;

SobreSqlZones *sobre_sql_zones_new (void);
void sobre_sql_zones_free (SobreSqlZones *self);

/**
 * sobre_sql_zones_lookup:
 * @name: an IANA name or an offset such as +02:00
 *
 * Returns: (transfer none) (nullable): the zone; %NULL when there is none of that name
 */
const SobreSqlZone *sobre_sql_zones_lookup (SobreSqlZones *self, SobreText name);
const char *sobre_sql_zone_get_name (const SobreSqlZone *self);

/** Milliseconds east of UTC at the instant @time_ms. */
gint64 sobre_sql_zone_get_offset (const SobreSqlZone *self, gint64 time_ms);

/** The instant of a local wall-clock time: the earlier one where it occurs twice, shifted by the gap where it does not occur. */
gint64 sobre_sql_zone_to_utc (const SobreSqlZone *self, gint64 local_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlZones, sobre_sql_zones_free)

G_END_DECLS
