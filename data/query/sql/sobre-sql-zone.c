/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-type.h"

#include <string.h>

/* Time zones by GTimeZone. Looking an instant up there walks a list, so the offset is remembered per quarter of an hour: no zone
 * has changed its offset anywhere else since 1972. One word holds slot and offset, so threads may race on it without harm. */

#define SLOT_MS (G_GINT64_CONSTANT (900) * 1000)
#define N_SLOTS 1024
#define SAFE_FROM_MS (G_GINT64_CONSTANT (86400000) * 730)
#define DAY_MS G_GINT64_CONSTANT (86400000)

struct _SobreSqlZone
{
  char *name;
  GTimeZone *zone;
  gint64 slots[N_SLOTS]; /* (quarter of an hour + 1) << 20 | offset in seconds + 2^19 */
};

struct _SobreSqlZones
{
  GPtrArray *zones;
};

static void
zone_free (gpointer data)
{
  SobreSqlZone *zone = data;

  g_time_zone_unref (zone->zone);
  g_free (zone->name);
  g_free (zone);
}

SobreSqlZones *
sobre_sql_zones_new (void)
{
  SobreSqlZones *self = g_new0 (SobreSqlZones, 1);

  self->zones = g_ptr_array_new_with_free_func (zone_free);
  return self;
}

void
sobre_sql_zones_free (SobreSqlZones *self)
{
  g_ptr_array_unref (self->zones);
  g_free (self);
}

/* Only names as the zone database has them: GTimeZone would open any path it is given. */
static gboolean
is_zone_name (SobreText name)
{
  if (name.length == 0 || name.length > 64 || name.data[0] == '/' || name.data[0] == ':')
    return FALSE;
  for (gsize i = 0; i < name.length; i++)
    if (!g_ascii_isalnum (name.data[i]) && strchr ("_+-/:", name.data[i]) == NULL)
      return FALSE;
  return memchr (name.data, '\0', name.length) == NULL;
}

const SobreSqlZone *
sobre_sql_zones_lookup (SobreSqlZones *self, SobreText name)
{
  g_autofree char *copy = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  SobreSqlZone *made;

  if (!is_zone_name (name))
    return NULL;
  copy = g_strndup (name.data, name.length);
  for (guint i = 0; i < self->zones->len; i++)
    {
      const SobreSqlZone *known = g_ptr_array_index (self->zones, i);

      if (g_str_equal (known->name, copy))
        return known;
    }
  zone = g_time_zone_new_identifier (copy);
  if (zone == NULL)
    return NULL;
  made = g_new0 (SobreSqlZone, 1);
  made->name = g_steal_pointer (&copy);
  made->zone = g_steal_pointer (&zone);
  g_ptr_array_add (self->zones, made);
  return made;
}

const char *
sobre_sql_zone_get_name (const SobreSqlZone *self)
{
  return self->name;
}

static gint64
find_offset (const SobreSqlZone *self, gint64 time_ms)
{
  gint64 seconds = time_ms / 1000 - (time_ms % 1000 < 0);
  gint interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return g_time_zone_get_offset (self->zone, MAX (interval, 0));
}

gint64
sobre_sql_zone_get_offset (const SobreSqlZone *self, gint64 time_ms)
{
  gint64 quarter = time_ms / SLOT_MS;
  gint64 *slot = (gint64 *) &self->slots[(guint64) quarter % N_SLOTS];
  gint64 seconds;
  gint64 known;

  if (time_ms < SAFE_FROM_MS)
    return find_offset (self, time_ms) * 1000;
  known = __atomic_load_n (slot, __ATOMIC_RELAXED);
  if (known >> 20 == quarter + 1)
    return ((known & 0xfffff) - 0x80000) * 1000;
  seconds = find_offset (self, time_ms);
  __atomic_store_n (slot, ((quarter + 1) << 20) | (seconds + 0x80000), __ATOMIC_RELAXED);
  return seconds * 1000;
}

gint64
sobre_sql_zone_to_utc (const SobreSqlZone *self, gint64 local_ms)
{
  gint64 before = sobre_sql_zone_get_offset (self, local_ms - DAY_MS);
  gint64 after = sobre_sql_zone_get_offset (self, local_ms + DAY_MS);

  if (sobre_sql_zone_get_offset (self, local_ms - before) == before)
    return local_ms - before;
  if (sobre_sql_zone_get_offset (self, local_ms - after) == after)
    return local_ms - after;
  return local_ms - before;
}
